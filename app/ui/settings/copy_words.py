"""What the window says of copies and passwords."""

import datetime as dt
from pathlib import Path

from app.domain.money import pounds
from app.domain.periods import short_date
from app.services.standing import Last, Standing
from app.ui import texts


def about_copy(known: Standing, today: dt.date) -> str:
    """Return when the last good copy was made and what it holds, in one line."""
    if known.here is None:
        return "No copy of this book yet"
    return f"Backup checked {when(known.here.made_at, today)}: {holds(known.here)}"


def holds(last: Last) -> str:
    """Return what a copy holds: people, sessions, pounds."""
    people = texts.counted(last.people, "person", "people")
    sessions = texts.counted(last.sessions, "session", "sessions")
    return f"{people}, {sessions}, {pounds(last.money_pence)}"


def when(moment: dt.datetime, today: dt.date) -> str:
    """Return a day as people say it."""
    day = moment.astimezone().date()
    near = {0: "today", 1: "yesterday"}.get((today - day).days)
    return near or short_date(day)


def trouble_of(known: Standing, today: dt.date) -> tuple[str, str]:
    """Return what is wrong with the copies in a few words, and in all; both "" when nothing is."""
    days = known.days_without(today)
    without = f"No copy off this computer for {days} days" if days is not None else ""
    if known.trouble:
        here = known.here is not None and known.second is not None
        short = "The second place has no new copy" if here else "No copy could be made"
        return without or short, f"{without}. {known.trouble}" if without else known.trouble
    more = "" if known.second else " Choose a second place under Settings, Backups."
    return without, f"{without}.{more}" if without else ""


def about_away(known: Standing, today: dt.date) -> str:
    """Return how it stands with copies off this computer, in a sentence."""
    if known.second is None:
        return "Copies are kept on this computer only. If it is lost, they are lost with it."
    place = folder_name(known.second)
    if known.away is None:
        return f"No copy is in {place} yet."
    return f"The last copy in {place}: {when(known.away.made_at, today)}, {holds(known.away)}."


def folder_name(folder: Path) -> str:
    """Return a folder as it is known by."""
    return folder.name or str(folder)
