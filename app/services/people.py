"""People: list, find, add, change, bin, join."""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain import names
from app.domain.changes import Topic
from app.domain.ids import PersonId
from app.domain.people import DRAFT_FIELDS, Person, PersonDraft, validate_person
from app.domain.problems import Problem
from app.services.result import Done, Refused
from app.storage import people
from app.storage.people import PersonRow
from app.storage.register import Register

__all__ = [
    "Likely",
    "PeopleList",
    "PersonRow",
    "change_person",
    "get_person",
    "last_came",
    "likely_doubles",
    "list_people",
    "merge_people",
    "put_in_bin",
    "save_new",
    "seen",
    "take_out_of_bin",
    "unmerge_person",
]

_LIST_LIMIT = 50_000
_DOUBLES_LIMIT = 5
_LINES = (
    "given_name", "family_name", "known_as", "own_script_name", "pronouns", "area", "email", "phone",
)  # fmt: skip
_TEXTS = ("address", "what_helps", "notes", "left_reason")
_ALIKE = 84
"""How alike, of 100, two names must be to be offered as a likely double."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleList:
    """People for a list, and how many there are in all."""

    rows: tuple[PersonRow, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """Somebody already in the book who may be the one being typed."""

    row: PersonRow
    name: str = field(repr=False)
    last_seen: dt.date | None
    times: int


def list_people(
    register: Register,
    typed: str = "",
    *,
    left_too: bool = False,
    limit: int = _LIST_LIMIT,
    offset: int = 0,
) -> PeopleList:
    """Return the people whose name, phone or postcode begins with what was typed, in order.

    A long list is read in parts: ``offset`` people are passed over and ``limit`` returned.
    """
    query = names.search_query(typed)
    if query:
        rows = people.found(register, query, limit=limit, offset=offset, left_too=left_too)
    elif typed.strip():
        rows = ()
    else:
        rows = people.listed(register, limit=limit, offset=offset, left_too=left_too)
    if rows and len(rows) < limit:
        total = offset + len(rows)
    else:
        nothing = typed.strip() and not query
        total = 0 if nothing else people.count(register, query, left_too=left_too)
    return PeopleList(rows=rows, total=total)


def last_came(register: Register, ids: tuple[PersonId, ...]) -> dict[int, dt.date]:
    """Return the last day each of some people came; those who never did are not in it."""
    return {person: day for person, (day, _) in people.seen(register, ids).items()}


def seen(register: Register, person_id: PersonId) -> tuple[dt.date, int] | None:
    """Return the last day a person came and how often they ever did, or None."""
    return people.seen(register, (person_id,)).get(person_id)


def get_person(register: Register, person_id: PersonId) -> Person | None:
    """Return a person's details, or None."""
    return people.get(register, person_id)


def tidy(draft: PersonDraft) -> PersonDraft:
    """Return a draft with clean texts, the postcode spaced and the phone as people write it."""
    texts: dict[str, Any] = {name: names.clean(getattr(draft, name)) for name in _LINES}
    texts |= {name: names.clean_lines(getattr(draft, name)) for name in _TEXTS}
    return replace(
        draft,
        **texts,
        postcode=names.normal_postcode(draft.postcode) if draft.postcode else "",
    )


def save_new(register: Register, draft: PersonDraft, *, today: dt.date) -> Done | Refused:
    """Add a person; only a name is needed. Who is still with the group joined today, if not told."""
    draft = tidy(draft)
    problems = validate_person(draft, today=today)
    if problems:
        return Refused(problems=problems)
    if draft.joined_on is None and draft.left_on is None:
        draft = replace(draft, joined_on=today)
    text = f"add {_short(draft)}"
    with register.transaction("person.add", text=text, topics=frozenset({Topic.PEOPLE})):
        person_id = people.add(register, draft)
    return Done(changes=frozenset({Topic.PEOPLE}), text=text, ids=(person_id,))


def change_person(
    register: Register, person_id: PersonId, draft: PersonDraft, *, today: dt.date
) -> Done | Refused:
    """Change a person's details; what is the same already is not written again."""
    draft = tidy(draft)
    person = people.get(register, person_id)
    if person is None:
        return Refused(problems=(Problem(code="person_gone"),))
    problems = validate_person(draft, today=today)
    if problems:
        return Refused(problems=problems)
    text = f"change {_short(draft)}"
    if all(getattr(draft, name) == getattr(person, name) for name in DRAFT_FIELDS):
        return Done(changes=frozenset(), text=text, ids=(person_id,))
    topics = frozenset({Topic.PEOPLE})
    with register.transaction("person.change", text=text, topics=topics, subject_id=person_id):
        people.change(register, person_id, draft)
    return Done(changes=topics, text=text, ids=(person_id,))


def put_in_bin(register: Register, person_id: PersonId) -> Done | Refused:
    """Put a person in the bin: they no longer count, and can be taken out again."""
    return _bin(register, person_id, register.stamp(), "put {name} in the bin")


def take_out_of_bin(register: Register, person_id: PersonId) -> Done | Refused:
    """Take a person out of the bin."""
    return _bin(register, person_id, None, "take {name} out of the bin")


def _bin(register: Register, person_id: PersonId, at: str | None, text: str) -> Done | Refused:
    person = people.get(register, person_id)
    if person is None:
        return Refused(problems=(Problem(code="person_gone"),))
    if person.merged_into is not None:
        return Refused(problems=(Problem(code="person_joined"),))
    text = text.format(name=_short(person))
    topics = frozenset({Topic.PEOPLE, Topic.ATTENDANCE})
    with register.transaction("person.bin", text=text, topics=topics, subject_id=person_id):
        people.set_binned(register, person_id, at)
    return Done(changes=topics, text=text, ids=(person_id,))


def merge_people(register: Register, kept: PersonId, merged: PersonId) -> Done | Refused:
    """Make two records one person, now and in every earlier period; can be taken back for ever."""
    keeper, other = people.get(register, kept), people.get(register, merged)
    if keeper is None or other is None:
        return Refused(problems=(Problem(code="person_gone"),))
    if kept == merged:
        return Refused(problems=(Problem(code="merge_with_self"),))
    if keeper.binned or other.binned:
        return Refused(problems=(Problem(code="person_in_bin"),))
    if keeper.merged_into or other.merged_into:
        return Refused(problems=(Problem(code="person_joined"),))
    text = f"join {_short(other)} with {_short(keeper)}"
    topics = frozenset({Topic.PEOPLE, Topic.ATTENDANCE})
    with register.transaction("person.merge", text=text, topics=topics, subject_id=kept):
        people.merge(register, kept, merged, register.stamp())
    return Done(changes=topics, text=text, ids=(kept, merged))


def unmerge_person(register: Register, merged: PersonId) -> Done | Refused:
    """Make a joined record a person of its own again, as it was before."""
    other = people.get(register, merged)
    if other is None:
        return Refused(problems=(Problem(code="person_gone"),))
    if other.merged_into is None:
        return Refused(problems=(Problem(code="not_joined"),))
    text = f"part {_short(other)} again"
    topics = frozenset({Topic.PEOPLE, Topic.ATTENDANCE})
    with register.transaction("person.unmerge", text=text, topics=topics, subject_id=merged):
        people.unmerge(register, merged, register.stamp())
    return Done(changes=topics, text=text, ids=(merged,))


def likely_doubles(register: Register, typed: str) -> tuple[Likely, ...]:
    """Return people in the book who may be the one whose name is being typed, likeliest first.

    Offered, never joined unasked. Found by the beginnings of the words, then by likeness.
    """
    # Imported here: only typing needs it.
    from rapidfuzz import fuzz

    wanted = names.plain(typed)
    if len(wanted) < 2:
        return ()
    rows: dict[int, PersonRow] = {}
    for query in _queries(wanted):
        for row in people.found(register, query, limit=200):
            rows.setdefault(row.id, row)
    scored = []
    for row in rows.values():
        shown = names.plain(f"{row.full_name} {row.known_as} {row.own_script_name}")
        score = max(
            fuzz.token_set_ratio(wanted, shown),
            fuzz.partial_ratio(wanted, names.plain(row.full_name)),
        )
        if score >= _ALIKE or all(
            any(have.startswith(word) for have in shown.split()) for word in wanted.split()
        ):
            scored.append((-score, row.list_name, row.id))
    best = [PersonId(person) for _, __, person in sorted(scored)[:_DOUBLES_LIMIT]]
    seen = people.seen(register, tuple(best))
    return tuple(
        Likely(
            row=rows[person],
            name=rows[person].full_name,
            last_seen=seen[person][0] if person in seen else None,
            times=seen[person][1] if person in seen else 0,
        )
        for person in best
    )


def _queries(wanted: str) -> list[str]:
    words = wanted.split()
    every = " ".join(f'"{word}"*' for word in words)
    stems = " OR ".join(f'"{word[:3]}"*' for word in words if len(word) >= 2)
    return [every, stems] if stems else [every]


def _short(draft: PersonDraft) -> str:
    return draft.known_as or draft.given_name or draft.family_name or "a person"
