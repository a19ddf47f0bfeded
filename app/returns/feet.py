"""What every form of a return says besides its content: its foot, and what made it."""

import unicodedata
from collections.abc import Iterable

from app.returns.filled import FilledReturn

PROGRAM = "Hallbook"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MARK_TEXT = "Pretend group: everybody here is made up"
_LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"
_SIGNATURES = ((b"\x89PNG", "image/png"), (b"\xff\xd8", "image/jpeg"), (b"GIF8", "image/gif"))


def foot(filled: FilledReturn) -> str:
    """Return the foot of the pages: group, period, disclosure and the moment of the count."""
    if filled.foot:
        return _side_by_side(filled.foot)
    parts = (filled.group, filled.period, filled.disclosure_text, f"counted {moment(filled)}")
    return _side_by_side(part for part in parts if part)


def _side_by_side(parts: Iterable[str]) -> str:
    """Return parts with dots between; no number stands beyond a name that is read from the right."""
    return " · ".join(f"{part}{_LEFT_TO_RIGHT}" if _has_rtl(part) else part for part in parts)


def _has_rtl(words: str) -> bool:
    return not words.isascii() and any(
        unicodedata.bidirectional(letter) in {"R", "AL"} for letter in words
    )


def moment(filled: FilledReturn) -> str:
    """Return the moment of the count as it is printed: "3 Nov 2026, 21:10"."""
    at = filled.counted_at
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}, {at:%H:%M}"


def pretend_mark(filled: FilledReturn) -> str:
    """Return what marks every page of a pretend group; "" for a real one."""
    return _MARK_TEXT if filled.pretend else ""


def made_with() -> str:
    """Return the last line of a form that anybody can change: it says that Hallbook made it."""
    return f"Made with {PROGRAM}."


def media_type(picture: bytes) -> str:
    """Return what kind of picture some bytes are, by how they begin."""
    return next((kind for start, kind in _SIGNATURES if picture.startswith(start)), "image/webp")
