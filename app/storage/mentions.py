"""Where a name stands in text that somebody typed about something else, to be looked at by a person."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.domain.ids import PersonId
from app.storage.register import Register

_MOST = 200
"""Places of one kind that are listed."""
_ROUND = 40
"""Letters shown before and after a name."""


class Place(StrEnum):
    """What has to be opened to see a text; the row's number says which one."""

    SESSION = "session"
    ACTIVITY = "activity"
    ENTRY = "entry"
    PERSON = "person"
    REFERRAL = "referral"
    STORY = "story"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A text with a name in it: where it is in words, what opens it, and the words round the name."""

    where: str
    place: Place
    row: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """Columns of a table that people type into."""

    table: str
    where: str
    columns: tuple[str, ...]
    place: Place = Place.OTHER
    row: str = "t.id"
    """The number of what is opened."""
    of_person: str = ""
    """The record a row belongs to: what belongs to the person looked for is no mention."""


_TYPED: tuple[_Typed, ...] = (
    _Typed(table="session", where="notes of sessions", columns=("notes", "leader", "cancelled_note"),
           place=Place.SESSION),
    _Typed(table="activity", where="activities", columns=("leader", "notes", "description"),
           place=Place.ACTIVITY),
    _Typed(table="entry", where="payments and receipts",
           columns=("payee", "description", "note", "bank_text", "approved_by"), place=Place.ENTRY),
    _Typed(table="entry_line", where="lines of payments", columns=("note",), place=Place.ENTRY,
           row="t.entry_id"),
    _Typed(table="attachment", where="file names of receipts", columns=("file_name",),
           place=Place.ENTRY, row="t.entry_id"),
    _Typed(table="claim", where="claims of others", columns=("approved_by", "note"),
           of_person="t.person_id"),
    _Typed(table="gift_in_kind", where="gifts in kind", columns=("giver", "what", "basis")),
    _Typed(table="person", where="notes on other people",
           columns=("notes", "what_helps", "left_reason"), place=Place.PERSON,
           of_person="coalesce(t.merged_into, t.id)"),
    _Typed(table="person_access", where="access notes of others", columns=("access_needs", "health"),
           place=Place.PERSON, row="t.person_id", of_person="t.person_id"),
    _Typed(table="guardian", where="parents and carers of others", columns=("name",),
           place=Place.PERSON, row="t.person_id", of_person="t.person_id"),
    _Typed(table="emergency_contact", where="emergency contacts of others", columns=("name",),
           place=Place.PERSON, row="t.person_id", of_person="t.person_id"),
    _Typed(table="consent", where="consents of others", columns=("taken_by", "detail"),
           place=Place.PERSON, row="t.person_id", of_person="t.person_id"),
    _Typed(table="referral", where="referrals of others", columns=("notes", "what_helps"),
           place=Place.REFERRAL, of_person="t.person_id"),
    _Typed(table="referral_step", where="referrals of others", columns=("note",),
           place=Place.REFERRAL, row="t.referral_id",
           of_person="(SELECT r.person_id FROM referral r WHERE r.id = t.referral_id)"),
    _Typed(table="referrer_worker", where="people who send others to you", columns=("name",)),
    _Typed(table="volunteer_log", where="hours of others", columns=("what",), place=Place.PERSON,
           row="t.person_id", of_person="t.person_id"),
    _Typed(table="story", where="stories and quotes", columns=("wording", "credited_as"),
           place=Place.STORY, of_person="t.person_id"),
    _Typed(table="draft_answer", where="answers of returns", columns=("answer",), row="t.draft_id"),
    _Typed(table="standing_answer", where="kept answers", columns=("answer",)),
    _Typed(table="issued_return", where="returns that were issued: they stay as they were sent",
           columns=("filled_json", "about")),
    _Typed(table="rights_request", where="the log of requests",
           columns=("asked_by", "outcome", "note", "extended_because"), of_person="t.person_id"),
    _Typed(table="breach", where="the log of breaches",
           columns=("what", "done_about_it", "why_not_told")),
    _Typed(table="setting", where="settings", columns=("value",), row="0"),
)  # fmt: skip
"""Where somebody may have typed a name that stays when a person is made nameless."""


def mentions(
    register: Register, words: Iterable[str], records: Iterable[PersonId] = ()
) -> tuple[Mention, ...]:
    """Return where names stand in typed text; what belongs to the person's own records is left out."""
    names = [word for word in words if len(word) > 2]
    if not names:
        return ()
    values = {f"w{place}": f"%{_escaped(name)}%" for place, name in enumerate(names)}
    values["ids"] = json.dumps(list(records))
    return tuple(found for typed in _TYPED for found in _of_table(register, typed, names, values))


def counted(found: Iterable[Mention]) -> tuple[tuple[str, int], ...]:
    """Return in how many rows of each kind a name stands, in the order found."""
    many: dict[str, int] = {}
    for one in found:
        many[one.where] = many.get(one.where, 0) + 1
    return tuple(many.items())


def _of_table(
    register: Register, typed: _Typed, names: list[str], values: dict[str, Any]
) -> Iterable[Mention]:
    tests = " OR ".join(
        f"t.{column} LIKE :w{place} ESCAPE '\\'"
        for column in typed.columns
        for place in range(len(names))
    )
    others = (
        f" AND ({typed.of_person} IS NULL OR {typed.of_person} NOT IN"
        " (SELECT value FROM json_each(:ids)))"
        if typed.of_person
        else ""
    )
    rows = register.rows(
        f"SELECT {typed.row} AS row, {', '.join('t.' + name for name in typed.columns)}"
        f" FROM {typed.table} t WHERE ({tests}){others} LIMIT {_MOST}",
        values,
    )
    for row in rows:
        texts = [str(row[name]) for name in typed.columns]
        yield Mention(
            where=typed.where, place=typed.place, row=int(row["row"]), text=_round(texts, names)
        )


def _round(texts: list[str], names: list[str]) -> str:
    """Return the first words round a name."""
    for text in texts:
        for name in names:
            at = text.casefold().find(name.casefold())
            if at >= 0:
                start, end = max(0, at - _ROUND), at + len(name) + _ROUND
                cut = " ".join(text[start:end].split())
                return f"{'…' if start else ''}{cut}{'…' if end < len(text) else ''}"
    return ""


def _escaped(name: str) -> str:
    return name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
