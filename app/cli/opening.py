"""Opening registers and reading periods from the command line."""

import argparse
import datetime as dt
import getpass
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from app.cli.output import say
from app.domain.errors import NotFound, PasswordNeeded, Refused, WrongPassword
from app.domain.ids import ActivityId, GrantId
from app.domain.periods import Period, long_date
from app.domain.problems import Problem
from app.services import guesses, registers

Result = TypeVar("Result")
PASSWORD, NEW_PASSWORD = "HALLBOOK_PASSWORD", "HALLBOOK_NEW_PASSWORD"


def open_register(path: Path, *, write: bool) -> registers.Register:
    """Open a register, with the password of the environment, or asking for it at a terminal."""
    return with_password(
        lambda password: registers.open_register(path, password=password, write=write), of=path
    )


def with_password(work: Callable[[str | None], Result], *, of: Path) -> Result:
    """Do work with the password of the environment; ask at a terminal if it turns out to need one.

    Wrong passwords for the file ``of`` make the next one wait, here and in the window.
    """
    typed = os.environ.get(PASSWORD) or None
    if typed is None:
        try:
            return work(None)
        except PasswordNeeded:
            typed = ask("Password: ")
            if not typed:
                raise
    pause(guesses.wait_left(of, dt.datetime.now(dt.UTC)))
    try:
        done = work(typed)
    except WrongPassword:
        guesses.note_wrong(of, dt.datetime.now(dt.UTC))
        raise
    guesses.note_right(of)
    return done


def pause(seconds: float) -> None:
    """Let the seconds pass that a wrong password costs."""
    if seconds > 0:
        time.sleep(seconds)


def copy_first(register: registers.Register) -> None:
    """Copy a register before a large change, quietly; trouble is said and stands in nobody's way."""
    # Imported here: only what writes in bulk needs it.
    from app.services import standing

    if trouble := standing.copy_first(register, now=dt.datetime.now().astimezone()):
        say(f"No copy was made before this: {trouble}")


def ask(words: str) -> str:
    """Ask for a password at a terminal; "" when there is nobody to ask."""
    if sys.stdin is None or not sys.stdin.isatty():
        return ""
    try:
        return getpass.getpass(words)
    except EOFError:
        return ""


def new_password() -> str | None:
    """Return the password for a new register, if one was given in the environment."""
    return os.environ.get(NEW_PASSWORD) or None


def period_of(options: argparse.Namespace) -> Period:
    """Return the period --from to --to, both days in it."""
    if options.last < options.first:
        values = {"start": long_date(options.first), "end": long_date(options.last)}
        raise Refused(Problem(code="period_backwards", values=values).text)
    return Period(first=options.first, last=options.last)


def grant_of(register: registers.Register, reference: str | None) -> GrantId | None:
    """Return the grant that --grant names by its reference, or None without one."""
    if reference is None:
        return None
    from app.services.money import grants

    grant = grants.find_grant(register, reference)
    if grant is None:
        known = ", ".join(one.reference for one in grants.list_grants(register)) or "none yet"
        raise NotFound(
            f"There is no grant with the reference {reference}. The grants are: {known}."
        )
    return grant.id


def activity_of(register: registers.Register, name: str | None) -> ActivityId | None:
    """Return the activity that --activity names, or None without one."""
    if name is None:
        return None
    # Imported here: most commands are about all activities and need not wait for it.
    from app.services import activities

    activity = activities.find_activity(register, name)
    if activity is None:
        known = ", ".join(a.name for a in activities.list_activities(register)) or "none yet"
        raise NotFound(f"There is no activity called {name}. The activities are: {known}.")
    return activity.id
