"""What a key means on a register, and how typed letters find a name; no Qt in here."""

from enum import StrEnum

from app.domain.attendance import Mark, MarkChange, RegisterLine, Role
from app.domain.ids import SessionId
from app.domain.names import plain


class MarkKey(StrEnum):
    """The keys that mark the person in hand; pressed again they take the mark away."""

    HERE = "here"
    APOLOGY = "a"
    LATE = "l"
    VOLUNTEER = "v"


def change_for(session_id: SessionId, line: RegisterLine, key: MarkKey) -> MarkChange:
    """Return the change that a key asks for on a line."""
    mark, role = _wanted(line, key)
    return MarkChange(session_id=session_id, person_id=line.person_id, mark=mark, role=role)


def _wanted(line: RegisterLine, key: MarkKey) -> tuple[Mark | None, Role]:
    if key is MarkKey.VOLUNTEER:
        again = line.here and line.role is Role.VOLUNTEER
        mark = line.mark if line.here else Mark.PRESENT
        return (None if again else mark), Role.VOLUNTEER
    if key is MarkKey.HERE:
        return (None if line.here else Mark.PRESENT), line.role
    asked = Mark.APOLOGY if key is MarkKey.APOLOGY else Mark.LATE
    return (None if line.mark is asked else asked), line.role


def matches(lines: tuple[RegisterLine, ...], typed: str) -> tuple[int, ...]:
    """Return the places of the lines where some word of the name begins as typed, in order.

    Family names come first: "sh" goes to Shah before Shaheda.
    """
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
