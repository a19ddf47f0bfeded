"""The copies there are: when each was made, what it holds, or why it does not open."""

import datetime as dt
from pathlib import Path

from PySide6.QtCore import Qt

from app import paths
from app.domain.backups import book_name
from app.domain.money import pounds
from app.services import backups, searching
from app.services.backups import Found
from app.ui.jobs import JobContext
from app.ui.tables.rows_model import Column

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def columns() -> tuple[Column[Found], ...]:
    """Return the columns of the list."""
    return (
        Column(key="made", title="Made", text=made, look="strong", width=165, least=155),
        Column(key="group", title="Book", text=group, weight=2),
        Column(key="people", title="People", text=_people, width=75, least=65, align=_RIGHT),
        Column(
            key="sessions",
            title="Sessions",
            text=_sessions,
            width=85,
            least=75,
            align=_RIGHT,
            spare=2,
        ),
        Column(key="money", title="Money", text=_money, width=105, least=90, align=_RIGHT, spare=2),
        Column(key="last", title="Last entry", text=last_entry, width=160, least=150, spare=1),
        Column(key="state", title="State", text=_state, width=150, least=130, chip=_chip),
    )


def made(one: Found) -> str:
    """Return when a copy was made."""
    return f"{one.made_at.day} {one.made_at:%b %Y, %H:%M}"


def group(one: Found) -> str:
    """Return whose a copy is, or the name of its file."""
    return one.held.group if one.held else book_name(one.path.stem)


def _people(one: Found) -> str:
    return f"{one.held.people:,}" if one.held else ""


def _sessions(one: Found) -> str:
    return f"{one.held.sessions:,}" if one.held else ""


def _money(one: Found) -> str:
    return pounds(one.held.money_pence) if one.held else ""


def last_entry(one: Found) -> str:
    """Return when something was last saved in a copy; "" where that is not known."""
    if not one.held or not one.held.last_saved_at:
        return ""
    at = dt.datetime.fromisoformat(one.held.last_saved_at).astimezone()
    return f"{at.day} {at:%b %Y}, {at:%H:%M}"


def _state(one: Found) -> str:
    if one.locked:
        return "Has a password"
    return "Cannot be used" if one.trouble else "Opens"


def _chip(one: Found) -> tuple[str, str]:
    if one.locked:
        return "plain", "lock"
    return ("overdue", "triangle-alert") if one.trouble else ("good", "circle-check")


def look(
    context: JobContext, folders: tuple[Path, ...], key: str | None, *, likely: bool
) -> tuple[Found, ...]:
    """Look for copies in some folders, and in likely places too; for the worker."""
    places = dict.fromkeys(folders)
    if likely:
        places |= dict.fromkeys([paths.backup_folder()])
        found = searching.find_books(searching.likely_places(), cancelled=context.cancelled)
        places |= dict.fromkeys(book.path.parent for book in found.books)
    return backups.listing(tuple(places), password=key, cancelled=context.cancelled)
