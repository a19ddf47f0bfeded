"""What a key means on a register, and how typed letters find a name; no Qt in here."""

import re
from enum import StrEnum

from app.domain.attendance import HERE, Mark, MarkChange, RegisterLine, Role
from app.domain.ids import SessionId
from app.domain.names import plain


class MarkKey(StrEnum):
    """The keys that mark the person in hand; pressed again they take the mark away."""

    HERE = "here"
    APOLOGY = "a"
    LATE = "l"
    VOLUNTEER = "v"
    ABSENT = "absent"


_ASKED = {
    MarkKey.APOLOGY: Mark.APOLOGY,
    MarkKey.LATE: Mark.LATE,
    MarkKey.ABSENT: Mark.ABSENT,
}


def change_for(session_id: SessionId, line: RegisterLine, key: MarkKey) -> MarkChange:
    """Return the change that a key asks for on a line."""
    mark, role = wanted(line.mark, line.role, key)
    return MarkChange(session_id=session_id, person_id=line.person_id, mark=mark, role=role)


def wanted(mark: Mark | None, role: Role, key: MarkKey) -> tuple[Mark | None, Role]:
    """Return the mark and role that a key makes of what is entered; again takes it away."""
    here = mark in HERE
    if key is MarkKey.VOLUNTEER:
        if here and role is Role.VOLUNTEER:
            return None, role
        return (mark if here else Mark.PRESENT), Role.VOLUNTEER
    if key is MarkKey.HERE:
        return (None if here else Mark.PRESENT), role
    asked = _ASKED[key]
    return (None if mark is asked else asked), role


_BY_ROW = re.compile(r"\s*(\d{1,4})\s*([alv])?\s*", re.IGNORECASE)
_LETTERS = {"a": MarkKey.APOLOGY, "l": MarkKey.LATE, "v": MarkKey.VOLUNTEER}


def by_row(typed: str) -> tuple[int, MarkKey] | None:
    """Return the row number and the mark of "12" or "12a", as on the sheet; None for a name."""
    match = _BY_ROW.fullmatch(typed)
    if not match:
        return None
    return int(match[1]), _LETTERS.get((match[2] or "").lower(), MarkKey.HERE)


def matches(lines: tuple[RegisterLine, ...], typed: str) -> tuple[int, ...]:
    """Return the places of the lines where some word of the name begins as typed, in order.

    Family names come first: "sh" goes to Shah before Shaheda. A number is a row of the sheet.
    """
    numbered = by_row(typed)
    if numbered:
        row, _ = numbered
        return tuple(place for place, line in enumerate(lines) if line.row == row)
    wanted = plain(typed)
    if not wanted:
        return ()
    first = [place for place, line in enumerate(lines) if _family(line).startswith(wanted)]
    other = [
        place
        for place, line in enumerate(lines)
        if place not in first and any(word.startswith(wanted) for word in _words(line))
    ]
    return (*first, *other)


def _family(line: RegisterLine) -> str:
    return plain(line.family_name or line.given_name or line.known_as).replace(" ", "")


def _words(line: RegisterLine) -> tuple[str, ...]:
    texts = (line.family_name, line.given_name, line.known_as, line.own_script_name)
    words = [word for text in texts for word in plain(text).split()]
    return (*words, *(plain(text).replace(" ", "") for text in texts))
