"""Tell people's rows from the rest under a header: totals, notes, headings, heads come again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from app.domain.attendance import Role
from app.importers.cells import Row, is_blank, text_of
from app.importers.columns import label
from app.importers.fields import field_of_header
from app.importers.tables import Table


class RowKind(Enum):
    """What a row under a header is."""

    ENTRY = auto()
    BLANK = auto()
    TOTAL = auto()
    GUESTS = auto()
    HEADING = auto()
    HEAD_AGAIN = auto()
    NOTE = auto()


WHY: Mapping[RowKind, str] = {
    RowKind.TOTAL: "a total or count; Hallbook counts for itself",
    RowKind.HEADING: "a heading",
    RowKind.HEAD_AGAIN: "the header again",
    RowKind.NOTE: "a note",
}
"""Why a row is left out, in words."""

_TOTAL = re.compile(
    r"(?:(?:grand|sub|overall|weekly|monthly|session|running)[\s-]*)?(?:totals?|tot|sum|count|"
    r"head\s?count|average|avg|ave|mean|median)\b.*"
    r"|(?:no|nos|num|number|numbers)\.?\s*(?:of\s+)?(?:present|attending|attended|people|"
    r"participants|members|attendees|here|in|on|attendance|adults|males?|females?|men|women|"
    r"boys|girls|who\s+attended|signed\s+in).*"
    r"|attendance(?:\s+(?:total|figures?|count|numbers?))?|present|numbers|%.*|percentage.*"
    r"|(?:people\s+)?attending|total",
    re.IGNORECASE,
)
_GUESTS = re.compile(
    r"(?:plus\s+|\+\s*)?(?:(?:no|number)\.?\s+(?:of\s+)?)?(?:guests?|visitors?|others?|other\s+people|"
    r"walk[\s-]?ins?|drop[\s-]?ins?|non[\s-]?members?|extras?|unnamed(?:\s+people)?|one[\s-]?offs?|"
    r"passers[\s-]?by|new\s+people|unregistered|additional(?:\s+people)?)"
    r"(?:\s*\((?:no\s+names?|number|unnamed|not\s+named)\))?",
    re.IGNORECASE,
)
_HEADINGS: Mapping[str, Role | None] = {
    "volunteers": Role.VOLUNTEER, "volunteer": Role.VOLUNTEER, "helpers": Role.VOLUNTEER,
    "our volunteers": Role.VOLUNTEER, "staff": Role.LEADER, "leaders": Role.LEADER,
    "leader": Role.LEADER, "tutors": Role.LEADER, "staff and volunteers": Role.VOLUNTEER,
    "volunteers and staff": Role.VOLUNTEER, "carers": Role.CARER, "support workers": Role.CARER,
    "participants": Role.PARTICIPANT, "members": Role.PARTICIPANT, "attendees": Role.PARTICIPANT,
    "regulars": Role.PARTICIPANT, "new members": Role.PARTICIPANT, "clients": Role.PARTICIPANT,
    "new": Role.PARTICIPANT, "newcomers": Role.PARTICIPANT, "learners": Role.PARTICIPANT,
    "young people": Role.PARTICIPANT, "children": Role.PARTICIPANT, "adults": Role.PARTICIPANT,
    "waiting list": None, "leavers": Role.PARTICIPANT, "left": Role.PARTICIPANT,
    "key": None, "notes": None, "note": None, "legend": None,
}  # fmt: skip
_PROSE = frozenset(
    [
        "the",
        "to",
        "and",
        "is",
        "are",
        "not",
        "please",
        "for",
        "of",
        "was",
        "were",
        "no",
        "with",
        "has",
        "have",
        "on",
        "at",
        "if",
        "when",
        "this",
        "that",
        "we",
        "by",
        "be",
        "will",
        "from",
        "nb",
        "return",
        "sheet",
        "week",
        "weeks",
        "means",
    ]
)


@dataclass(frozen=True, slots=True)
class Classified:
    """What a row is; for a heading, the role of those under it."""

    kind: RowKind
    text: str = ""
    role: Role | None = None


def classify(row: Row, table: Table, name_columns: tuple[int, ...]) -> Classified:
    """Return what a row under a table's header is, by its name cells and what else is filled."""
    filled = [i for i, cell in enumerate(row) if not is_blank(cell)]
    if not filled:
        return Classified(RowKind.BLANK)
    first = text_of(row[filled[0]])
    named = next((text_of(row[i]) for i in name_columns if i in filled), "")
    text = (named or first).strip(" :*-–")
    if _is_head_again(row, filled, table):
        return Classified(RowKind.HEAD_AGAIN, text)
    for candidate in (text, first.strip(" :*-–")):
        if _is_total(candidate):
            return Classified(RowKind.TOTAL, candidate)
    if _GUESTS.fullmatch(text):
        return Classified(RowKind.GUESTS, text)
    if len(filled) == 1 or {text_of(row[i]) for i in filled} == {first}:
        alone = _classify_alone(text, first)
        if alone is not None:
            return alone
    return Classified(RowKind.ENTRY if named else RowKind.NOTE, text)


def _classify_alone(text: str, first: str) -> Classified | None:
    """Return what a row with one filled cell is, when it is a heading or a note."""
    if text.casefold() in _HEADINGS:
        return Classified(RowKind.HEADING, text, _HEADINGS[text.casefold()])
    return Classified(RowKind.NOTE, first) if _is_prose(first) else None


def _is_total(text: str) -> bool:
    return bool(_TOTAL.fullmatch(text)) and not _is_person_like(text)


def _is_head_again(row: Row, filled: list[int], table: Table) -> bool:
    same = sum(
        1 for i in filled
        if (here := text_of(row[i])) and here in {label(table.plain_labels, i), label(table.labels, i)}
    )  # fmt: skip
    if same < 2 and not (same == 1 and len(filled) == 1):
        return False
    return any(field_of_header(row[i]) is not None for i in filled)


def _is_person_like(text: str) -> bool:
    """Say whether a word that could be a total is a surname beside a first name: Count, Mean."""
    words = text.split()
    if len(words) != 2 or words[1].casefold() not in {"count", "mean", "present"}:
        return False
    return (
        words[0].isalpha() and words[0].istitle() and not _TOTAL.fullmatch(f"{words[0]} of people")
    )


def _is_prose(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    if "=" in text or len(text) > 80:
        return True
    if len(words) >= 3 and (text.rstrip().endswith((".", ":", "!", "?")) or set(words) & _PROSE):
        return True
    return text.lstrip()[:1] in {"*", "†"} or text.casefold().startswith(
        ("nb", "n.b", "key", "note")
    )
