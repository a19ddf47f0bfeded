"""The commands backup, restore, password and recovery-sheet."""

import argparse
import datetime as dt
import os

from app.cli.opening import NEW_PASSWORD, ask, with_password
from app.cli.output import Outcome, pairs
from app.domain.errors import Refused as RefusedError
from app.domain.problems import Problem
from app.services import backups
from app.services import password as passwords
from app.services.result import Refused


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def backup(options: argparse.Namespace) -> Outcome:
    """Make a dated copy that was opened, checked and counted."""
    made = with_password(
        lambda password: backups.make(
            options.register, options.folder, password=password, now=_now()
        ),
        of=options.register,
    )
    return Outcome(
        document={"file": str(made.file), "checked": True, "counts": made.counts},
        lines=(f"Made {made.file}, opened it and counted it.", *pairs(made.counts)),
    )


def restore(options: argparse.Namespace) -> Outcome:
    """Put a backup in a register's place."""
    done = with_password(
        lambda password: backups.restore(
            options.backup, options.register, password=password, now=_now()
        ),
        of=options.backup,
    )
    document = {
        "register": str(done.file),
        "backup": str(options.backup),
        "saved": str(done.saved) if done.saved else None,
        "saved_checked": done.saved_checked,
        "counts": done.counts,
    }
    saved = (f"What was there is saved as {done.saved}.",) if done.saved else ()
    unread = (
        ("It could not be opened with this password, so it was kept as it was, byte for byte.",)
        if done.saved and not done.saved_checked
        else ()
    )
    return Outcome(
        document=document,
        lines=(f"Restored {done.file}.", *saved, *unread, *pairs(done.counts)),
    )


def password(options: argparse.Namespace) -> Outcome:
    """Set, change or remove a register's password."""
    work = {"set": _set, "change": _change, "remove": _remove}[options.what]
    lines = work(options)
    return Outcome(
        document={"register": str(options.register), "encrypted": options.what != "remove"},
        lines=lines,
    )


def _set(options: argparse.Namespace) -> tuple[str, ...]:
    _done(passwords.may_set_password(options.register))
    _done(passwords.set_password(options.register, new=_new_password(), now=_now()))
    return (
        f"{options.register.name} has a password now. A lost password cannot be found again.",
        "Copies made before can still be opened without it: make a backup now, then remove them.",
    )


def _change(options: argparse.Namespace) -> tuple[str, ...]:
    def change(old: str | None) -> None:
        _done(passwords.check_password(options.register, old))
        new = _new_password()
        _done(passwords.change_password(options.register, old=old, new=new, now=_now()))

    with_password(change, of=options.register)
    return (
        f"{options.register.name} has its new password.",
        "Copies made before still open with the old one: make a backup now.",
    )


def _remove(options: argparse.Namespace) -> tuple[str, ...]:
    with_password(
        lambda old: _done(passwords.remove_password(options.register, old=old, now=_now())),
        of=options.register,
    )
    return (
        f"{options.register.name} has no password any more: anybody who has the file can read it.",
    )


def recovery_sheet(options: argparse.Namespace) -> Outcome:
    """Print a recovery sheet; an earlier one opens the register no longer."""
    # Imported here: they bring in what prints, which the other commands can do without.
    from app.services import recovery, returns

    def make(typed: str | None) -> returns.FilledReturn:
        return recovery.make(options.register, password=typed, holder=options.holder, now=_now())

    sheet = with_password(make, of=options.register)
    rendered = returns.write_pdf(sheet, options.out)
    return Outcome(
        document={
            "register": str(options.register),
            "file": str(options.out),
            "pages": rendered.pages,
        },
        lines=(
            (
                f"Printed {options.out}. Whoever has it can open the register: print it on paper, give "
                "it to another member of the committee, then delete the file."
            ),
            "An earlier sheet no longer opens the register. Backups made before it still do.",
        ),
    )


def _done(answer: object) -> None:
    if isinstance(answer, Refused):
        raise RefusedError(answer.text)


def _new_password() -> str:
    """Return the new password of the environment, or ask for it twice; "" if nobody is there."""
    given = os.environ.get(NEW_PASSWORD)
    if given is not None:
        return given
    typed = ask("New password: ")
    if typed and ask("The same once more: ") != typed:
        raise RefusedError(Problem(code="password_differs").text)
    return typed
