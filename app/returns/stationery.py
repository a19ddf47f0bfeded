"""Paper, and what stands on letters and cards: the head of a letter, a notice to be seen from afar."""

from dataclasses import dataclass, field
from enum import StrEnum


class Paper(StrEnum):
    """The paper and its margins: a report's A4, an A5 card, an A4 letter for a window envelope."""

    A4 = "a4"
    A5 = "a5"
    LETTER = "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterHead:
    """The head of a letter: who writes, to whom (in the envelope's window), when, and references.

    `sender` is the group and its lines, the name first; `to` the lines of the address. The subject
    is the document's heading and stands below the greeting.
    """

    sender: tuple[str, ...] = field(repr=False)
    to: tuple[str, ...] = field(repr=False)
    date: str
    references: tuple[str, ...] = field(default=(), repr=False)
    greeting: str = field(default="", repr=False)
    subject: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing to be seen from afar: "We can take 4 more people", and a line about it.

    `quiet` draws it open instead of filled, for what is no good news; the words say it anyway.
    """

    text: str
    detail: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture (JPEG) as wide as the page lets it be; `alt` is what is heard instead of it."""

    content: bytes = field(repr=False)
    alt: str
