"""The commands new, example, info and check."""

import argparse
import dataclasses
import datetime as dt

from app.cli.opening import new_password, open_register
from app.cli.output import Outcome, pairs, say
from app.domain.errors import Refused as RefusedError
from app.services import registers
from app.services.result import Refused


def new(options: argparse.Namespace) -> Outcome:
    """Make an empty register."""
    made = registers.create(options.register, options.name, password=new_password())
    if isinstance(made, Refused):
        raise RefusedError(made.text)
    with made:
        document = {"register": str(made.path), "schema_version": made.schema_version}
    return Outcome(document=document, lines=(f"Made {made.path} for {options.name}.",))


def example(options: argparse.Namespace) -> Outcome:
    """Make a register of a pretend group."""
    # Imported here: only this command needs the names and places of the pretend group.
    from app.services.example import Size, make_example

    say("Making a pretend group; nobody in it is real.")
    path = registers.book_path(options.register)
    counts = make_example(
        path,
        size=Size(options.size),
        seed=options.seed,
        ending=options.ending or dt.datetime.now().astimezone().date(),
        password=new_password(),
    )
    return Outcome(document=counts, lines=(f"Made {path}.", *pairs(counts)))


def info(options: argparse.Namespace) -> Outcome:
    """Say what a register holds."""
    with open_register(options.register, write=False) as register:
        document = dataclasses.asdict(registers.info(register))
    return Outcome(document=document, lines=pairs(document))


def check(options: argparse.Namespace) -> Outcome:
    """Look for anything wrong in a register."""
    with open_register(options.register, write=False) as register:
        findings = list(registers.check(register))
    if findings:
        say(f"{options.register.name}: {len(findings)} thing(s) to look at.")
    return Outcome(
        document={"ok": not findings, "findings": findings},
        lines=tuple(findings) or (f"{options.register.name} is sound.",),
        faulty=bool(findings),
    )
