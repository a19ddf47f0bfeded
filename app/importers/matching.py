"""Find who of a file is in the book already, and offer likely doubles; never join them unasked."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.names import plain
from app.domain.short_names import alike_but_for_short_form
from app.importers.base import PersonRow
from app.importers.gathering import born_differently
from app.importers.person_names import match_key
from app.importers.workbook import Tell

ALIKE = 86
"""How alike, of 100, two names must be to be offered as a likely double."""
ALIKE_WITH_MORE = 60
"""How alike names must be when the date of birth or the telephone is the same."""
MOST_OFFERED = 3
"""Likely doubles offered for one person."""
_SHORT_FORM = 90
"""How alike Kate and Katherine Smith are taken to be."""
_BLOCK_LETTERS = 2
_EVERY = 64
"""People between two tellings of how far it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody in the book, as far as matching needs it."""

    id: int
    given_name: str = field(repr=False)
    family_name: str = field(repr=False)
    known_as: str = field(default="", repr=False)
    born_on: dt.date | None = field(default=None, repr=False)
    birth_year: int | None = field(default=None, repr=False)
    phone: str = field(default="", repr=False)
    postcode: str = field(default="", repr=False)
    stands_for: int | None = None
    """The record this one was joined to."""
    binned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """Two that may be one: a person of the plan, and one of the book or another of the plan."""

    row: int
    known_id: int | None
    """The one in the book; None: it is another of the file."""
    other_row: int | None
    alike: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """Who was recognised (place in the plan -> id in the book), and who may be a double."""

    matched: dict[int, int]
    likely: tuple[Likely, ...]


def match_people(
    rows: Sequence[PersonRow], known: Sequence[Known], tell: Tell = lambda _done, _total: None
) -> Matching:
    """Match people of a plan with the book: by the export's id, or by the very same name.

    The same name is the same person where dates of birth and telephones do not disagree and there
    is only one such person; everything less is only offered. ``tell`` hears how many rows are done.
    """
    by_id = {person.id: person for person in known}
    by_key: dict[str, list[Known]] = defaultdict(list)
    for person in known:
        if not person.binned:
            by_key[_key(person)].append(person)
    matched: dict[int, int] = {}
    likely: list[Likely] = []
    new: list[int] = []
    for index, row in enumerate(rows):
        found = _same(row, by_id, by_key)
        if len(found) == 1:
            matched[index] = found[0].stands_for or found[0].id
            continue
        likely += [
            Likely(row=index, known_id=p.stands_for or p.id, other_row=None, alike=100,
                   why="the same name, which several people have")
            for p in found[:MOST_OFFERED]
        ]  # fmt: skip
        if row.file_id is None and not found:
            new.append(index)
    return Matching(matched=matched, likely=(*likely, *_offer(rows, new, known, tell)))


def _same(row: PersonRow, by_id: dict[int, Known], by_key: dict[str, list[Known]]) -> list[Known]:
    key = match_key(row.draft.given_name, row.draft.family_name, row.draft.known_as)
    if row.file_id is not None and (own := by_id.get(row.file_id)) is not None:
        if not row.known:
            return [own]
        if _key(own) == key:
            # The very record, joined or not: an export is not to move its marks.
            return [Known(id=own.id, given_name="", family_name="")]
    if row.file_id is not None and row.merged_into is not None:
        return []
    if not row.known or row.in_bin or not key:
        return []
    alike = list(
        {p.stands_for or p.id: p for p in by_key.get(key, ()) if not _disagrees(row, p)}.values()
    )
    if len(alike) > 1:
        sure = [p for p in alike if _agrees(row, p)]
        alike = sure if len(sure) == 1 else alike
    return alike


def _disagrees(row: PersonRow, person: Known) -> bool:
    other = _Birth(person.born_on, person.birth_year)
    if born_differently(row.draft, other):  # type: ignore[arg-type]
        return True
    mine, theirs = phone_digits(row.draft.phone), phone_digits(person.phone)
    return bool(mine and theirs and mine != theirs)


@dataclass(frozen=True, slots=True)
class _Birth:
    born_on: dt.date | None = field(repr=False)
    birth_year: int | None = field(repr=False)


def _agrees(row: PersonRow, person: Known) -> bool:
    draft = row.draft
    return bool(
        (draft.born_on and draft.born_on == person.born_on)
        or (draft.phone and phone_digits(draft.phone) == phone_digits(person.phone))
        or (draft.postcode and draft.postcode == person.postcode)
    )


# --- likely doubles ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Candidate:
    name: str = field(repr=False)
    born_on: dt.date | None = field(repr=False)
    birth_year: int | None = field(repr=False)
    phone: str = field(repr=False)
    known_id: int | None
    row: int | None


class _Blocks:
    """Candidates by every word of their names, by the beginnings of all words, by birth, by phone.

    Two names that are alike share a whole word, or begin alike in all of them: so few are compared.
    """

    def __init__(self) -> None:
        self.candidates: list[_Candidate] = []
        self.by_words: dict[str, list[int]] = defaultdict(list)
        self.by_birth: dict[dt.date, list[int]] = defaultdict(list)
        self.by_phone: dict[str, list[int]] = defaultdict(list)

    def add(self, candidate: _Candidate) -> None:
        index = len(self.candidates)
        self.candidates.append(candidate)
        for words in _blocks(candidate.name):
            self.by_words[words].append(index)
        if candidate.born_on:
            self.by_birth[candidate.born_on].append(index)
        if candidate.phone:
            self.by_phone[candidate.phone].append(index)

    def near(self, candidate: _Candidate) -> set[int]:
        found: set[int] = set()
        for words in _blocks(candidate.name):
            found.update(self.by_words.get(words, ()))
        return found


def _blocks(name: str) -> set[str]:
    words = name.split()
    return {*words, " ".join(word[:_BLOCK_LETTERS] for word in words)}


def _offer(
    rows: Sequence[PersonRow], new: Sequence[int], known: Sequence[Known], tell: Tell
) -> list[Likely]:
    if not new:
        return []
    blocks = _Blocks()
    for person in known:
        if person.binned:
            continue
        blocks.add(
            _Candidate(
                _spoken(person.given_name, person.family_name, person.known_as), person.born_on,
                person.birth_year, phone_digits(person.phone), person.stands_for or person.id, None,
            )
        )  # fmt: skip
    offers: list[Likely] = []
    for number, index in enumerate(new):
        if number % _EVERY == 0:
            tell(number, len(new))
        draft = rows[index].draft
        mine = _Candidate(
            _spoken(draft.given_name, draft.family_name, draft.known_as), draft.born_on,
            draft.birth_year, phone_digits(draft.phone), None, index,
        )  # fmt: skip
        offers += _offers_for(index, mine, blocks)
        blocks.add(mine)
    return offers


def _offers_for(index: int, mine: _Candidate, blocks: _Blocks) -> list[Likely]:
    # Imported here: nothing else needs it, and most starts import nothing.
    from rapidfuzz import fuzz, process

    scores: dict[int, tuple[float, str]] = {}
    near = {i: blocks.candidates[i].name for i in blocks.near(mine)}
    for _, score, i in process.extract(
        mine.name, near, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MOST_OFFERED * 3
    ):
        if not born_differently(mine, blocks.candidates[i]):  # type: ignore[arg-type]
            scores[i] = (score, "the names are alike")
    for found, why in (
        (blocks.by_birth.get(mine.born_on, ()) if mine.born_on else (), "the same date of birth"),
        (blocks.by_phone.get(mine.phone, ()) if mine.phone else (), "the same telephone number"),
    ):
        for i in found:
            score = fuzz.ratio(mine.name, blocks.candidates[i].name)
            if score >= ALIKE_WITH_MORE:
                scores[i] = (max(score, ALIKE), f"names a little alike, and {why}")
    words = mine.name.split()
    for i, name in near.items():
        if i in scores or not alike_but_for_short_form(words, name.split()):
            continue
        if not born_differently(mine, blocks.candidates[i]):  # type: ignore[arg-type]
            scores[i] = (_SHORT_FORM, "one first name may be short for the other")
    best = sorted(scores, key=lambda i: (-scores[i][0], i))[:MOST_OFFERED]
    return [
        Likely(
            row=index, known_id=blocks.candidates[i].known_id, other_row=blocks.candidates[i].row,
            alike=round(scores[i][0]), why=scores[i][1],
        )
        for i in best
    ]  # fmt: skip


def _spoken(given: str, family: str, known_as: str) -> str:
    # In order of the alphabet, so that "Smith Jane" and "Jane Smith" are the same.
    return " ".join(sorted(plain(f"{given} {family}".strip() or known_as).split()))


def _key(person: Known) -> str:
    return match_key(person.given_name, person.family_name, person.known_as)


def phone_digits(text: str) -> str:
    """Return the last ten digits of a telephone number, by which two are compared."""
    return re.sub(r"\D", "", text)[-10:]
