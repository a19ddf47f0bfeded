"""The command export."""

import argparse
import datetime as dt
from collections.abc import Callable, Mapping

from app.cli.opening import open_register
from app.cli.output import Outcome, pairs, say
from app.services.registers import Register


def export(options: argparse.Namespace) -> Outcome:
    """Write what is in the book in an open format."""
    with open_register(options.register, write=False) as register:
        counts = _KINDS[options.kind](register, options)
    return Outcome(document=counts, lines=(f"Wrote {options.out}.", *pairs(counts)))


# Each is imported by its own command, which does not wait for the others.


def _everything(register: Register, options: argparse.Namespace) -> dict[str, int]:
    from app.services import exports

    return exports.export_everything(register, options.out)


def _sheet(register: Register, options: argparse.Namespace) -> dict[str, int]:
    from app.services.everything_sheet import export_sheet

    return export_sheet(register, options.out)


def _grants(register: Register, options: argparse.Namespace) -> dict[str, int]:
    from app.services.open_data import export_360giving

    exported = export_360giving(register, options.out, now=dt.datetime.now().astimezone())
    for sentence in exported.left_out:
        say(sentence)
    return exported.counts


def _activities(register: Register, options: argparse.Namespace) -> dict[str, int]:
    from app.services.open_data import export_openreferral

    today = dt.datetime.now().astimezone().date()
    return export_openreferral(register, options.out, today=today).counts


_KINDS: Mapping[str, Callable[[Register, argparse.Namespace], dict[str, int]]] = {
    "everything": _everything,
    "xlsx": _sheet,
    "360giving": _grants,
    "openreferral": _activities,
}
