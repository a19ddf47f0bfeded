"""Likely doubles: offered while a name is typed, and looked for in the whole book."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from app.domain import names, short_names
from app.domain.changes import Topic
from app.domain.ids import PersonId
from app.domain.short_names import alike_but_for_short_form
from app.services.result import Done
from app.storage import people, people_list, settings
from app.storage.people import PersonRow
from app.storage.people_list import Wanted, Where
from app.storage.register import Register

_DOUBLES_LIMIT = 5
_ALIKE = 84
"""How alike, of 100, two names must be to be offered as a likely double."""
_ALIKE_UNASKED = 85
"""How alike they must be in a look through the whole book, where nobody named either."""
_SHORT_FORM = 90
"""How alike Kate and Katherine Smith are taken to be."""
_WORDS_TRIED = 3
_LARGE_BLOCK = 120
"""People of a block that are all compared with each other; of more, only neighbours by name."""
_NEIGHBOURS = 12
_NOT_DOUBLES = "not_doubles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """Somebody already in the book who may be the one being typed."""

    row: PersonRow
    name: str = field(repr=False)
    last_seen: dt.date | None
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What of a person is compared, as plain values for another thread."""

    id: PersonId
    name: str = field(repr=False)
    known_as: str = field(repr=False)
    born: str = field(repr=False)
    phone: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyPair:
    """Two records that may be one person, and why; ``score`` is of 100."""

    first: PersonId
    second: PersonId
    score: int
    reasons: tuple[str, ...]
    """same_name, like_name, same_birth, same_phone."""


def likely_doubles(
    register: Register, typed: str, *, but: PersonId | None = None
) -> tuple[Likely, ...]:
    """Return people in the book who may be the one whose name is being typed, likeliest first.

    Offered, never joined unasked. Found by the beginnings of the words, then by likeness.
    """
    # Imported here: only typing needs it.
    from rapidfuzz import fuzz

    wanted = names.plain(typed) if len(typed) <= names.WHOLE_NAME_LIMIT else ""
    if len(wanted) < 2:
        return ()
    rows: dict[int, PersonRow] = {}
    for query in _queries(wanted):
        for row in people.found(register, query, limit=200):
            if row.id != but:
                rows.setdefault(row.id, row)
    scored = []
    for row in rows.values():
        shown = names.plain(f"{row.full_name} {row.known_as} {row.own_script_name}")
        score = max(
            fuzz.token_set_ratio(wanted, shown),
            fuzz.partial_ratio(wanted, names.plain(row.full_name)),
        )
        if alike_but_for_short_form(wanted.split(), names.plain(row.full_name).split()):
            score = max(score, _SHORT_FORM)
        if score >= _ALIKE or all(
            any(have.startswith(word) for have in shown.split()) for word in wanted.split()
        ):
            scored.append((-score, row.list_name, row.id))
    best = [PersonId(person) for _, __, person in sorted(scored)[:_DOUBLES_LIMIT]]
    return _told(register, rows, best)


def _told(
    register: Register, rows: dict[int, PersonRow], best: list[PersonId]
) -> tuple[Likely, ...]:
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
    words = wanted.split()[: names.MOST_WORDS]
    every = " ".join(f'"{word}"*' for word in words)
    stems = " OR ".join(f'"{word[:3]}"*' for word in words if len(word) >= 2)
    return [every, *_short_forms(words), *([stems] if stems else [])]


def _short_forms(words: list[str]) -> list[str]:
    """Return what finds Robert Jones for "Bob Jones": one word by its other forms, the rest as typed."""
    found = []
    for place, word in enumerate(words[:_WORDS_TRIED]):
        forms = short_names.forms_of(word)
        if forms and len(words) > 1:
            either = " OR ".join(f'"{form}"' for form in sorted(forms))
            rest = " AND ".join(f'"{w}"*' for i, w in enumerate(words) if i != place)
            found.append(f"({either}) AND {rest}")
    return found


# --- the whole book ------------------------------------------------------------------------------

_PART = 500


def read_names(register: Register, today: dt.date) -> Iterator[tuple[Named, ...]]:
    """Yield everybody in parts, as plain values: the comparing is done by another thread."""
    ids = people_list.ids(register, Wanted(today=today, where=Where.EVERYBODY))
    yield ()  # whose names are to be read is enough at once in a long book
    for start in range(0, len(ids), _PART):
        rows = people_list.by_ids(register, ids[start : start + _PART])
        yield tuple(_named(row) for row in rows)


def _named(row: PersonRow) -> Named:
    born = row.born_on.isoformat() if row.born_on else str(row.birth_year or "")
    return Named(
        id=row.id,
        name=names.plain(row.full_name),
        known_as=names.plain(row.known_as),
        born=born,
        phone="".join(c for c in names.at_home(row.phone) if c.isdigit())[-9:],
    )


def find_pairs(
    everybody: Sequence[Named],
    apart: frozenset[tuple[int, int]] = frozenset(),
    tell: Callable[[int, int], None] | None = None,
) -> tuple[LikelyPair, ...]:
    """Return the likely doubles among everybody, likeliest first; ``apart`` are known to be two.

    A function of plain values, for another thread; ``tell`` hears how far it is and may raise to
    stop it. People are compared within small blocks: like beginnings of names, one birthday and
    initial, one telephone number.
    """
    blocks = _blocks(everybody)
    found: dict[tuple[int, int], LikelyPair] = {}
    tried: set[tuple[int, int]] = set()
    for done, block in enumerate(blocks):
        if tell and done % 200 == 0:
            tell(done, len(blocks))
        for one, other in _candidates(block):
            key = (min(one.id, other.id), max(one.id, other.id))
            if key in tried or key in apart:
                continue
            tried.add(key)
            pair = _compared(one, other)
            if pair is not None:
                found[key] = pair
    best = sorted(found.values(), key=lambda pair: (-pair.score, pair.first, pair.second))
    return tuple(best)


def _blocks(everybody: Sequence[Named]) -> list[list[Named]]:
    blocks: dict[tuple[str, ...], list[Named]] = defaultdict(list)
    for person in everybody:
        words = person.name.split()
        first, last = (words[0], words[-1]) if words else ("", "")
        keys: set[tuple[str, ...]] = {
            ("names", first[:2], last[:4]),
            ("names", last[:2], first[:4]),
        }
        keys.add(("ends", first[-3:], last[-3:], first[:1]))
        for family in short_names.families_of(first):
            keys.add(("short", str(family), last[:4]))
        if person.known_as:
            keys.add(("names", person.known_as[:2], last[:4]))
        if len(person.born) == 10:
            keys.add(("born", person.born, first[:1]))
        if len(person.phone) >= 9:
            keys.add(("phone", person.phone))
        for key in keys:
            blocks[key].append(person)
    return [block for block in blocks.values() if len(block) > 1]


def _candidates(block: list[Named]) -> Iterator[tuple[Named, Named]]:
    if len(block) <= _LARGE_BLOCK:
        yield from combinations(block, 2)
        return
    block = sorted(block, key=lambda person: (person.name, person.born))
    for place, person in enumerate(block):
        for other in block[place + 1 : place + 1 + _NEIGHBOURS]:
            yield person, other


def _compared(one: Named, other: Named) -> LikelyPair | None:
    from rapidfuzz import fuzz

    same_birth = bool(one.born) and one.born == other.born and len(one.born) == 10
    if one.born and other.born and not _births_agree(one.born, other.born):
        return None
    same_phone = len(one.phone) >= 9 and one.phone == other.phone
    score = max(
        fuzz.token_sort_ratio(one.name, other.name),
        fuzz.ratio(one.name.replace(" ", ""), other.name.replace(" ", "")),
        _by_known_as(one, other),
        _SHORT_FORM if alike_but_for_short_form(one.name.split(), other.name.split()) else 0,
    )
    # One telephone is often a whole family's: then the first name must be like the other too.
    first = _first_alike(one, other)
    needed = 78 if same_birth or (same_phone and first >= 80) else _ALIKE_UNASKED
    if score < needed or (first < 60 and not same_birth):
        return None
    reasons = ["same_name" if one.name == other.name else "like_name"]
    reasons += ["same_birth"] if same_birth else []
    reasons += ["same_phone"] if same_phone else []
    sure = min(100, round(score * 0.8) + 12 * same_birth + 8 * same_phone)
    low, high = sorted((one.id, other.id))
    return LikelyPair(first=low, second=high, score=sure, reasons=tuple(reasons))


def _first_alike(one: Named, other: Named) -> float:
    """Return how alike two first names are; some write the family name first."""
    from rapidfuzz import fuzz

    mine, theirs = one.name.split() or [""], other.name.split() or [""]
    tried = {(mine[0], theirs[0]), (mine[0], theirs[-1]), (mine[-1], theirs[0])}
    tried |= {(one.known_as, theirs[0]), (mine[0], other.known_as)}
    if any(short_names.go_together(a, b) for a, b in tried):
        return 100.0
    return max((fuzz.ratio(a, b) for a, b in tried if a and b), default=0.0)


def _births_agree(one: str, other: str) -> bool:
    """Whether one is the other, or a year of it is all that is known."""
    return one == other or (len(one) != len(other) and one[:4] == other[:4])


def _by_known_as(one: Named, other: Named) -> float:
    from rapidfuzz import fuzz

    best = 0.0
    for known, full in ((one, other), (other, one)):
        if not known.known_as:
            continue
        words = known.name.split()
        as_called = " ".join((known.known_as, *words[1:])) if len(words) > 1 else known.known_as
        best = max(best, fuzz.token_sort_ratio(as_called, full.name))
    return best


# --- known to be two people ----------------------------------------------------------------------


def known_apart(register: Register) -> frozenset[tuple[int, int]]:
    """Return the pairs of whom somebody said that they are two people."""
    kept = settings.read_kept(register, _NOT_DOUBLES)
    return frozenset((low, high) for low, high in json.loads(kept or "[]"))


def keep_apart(register: Register, one: PersonId, other: PersonId) -> Done:
    """Remember that two records are two people, so that they are not offered again."""
    pairs = {*known_apart(register), (min(one, other), max(one, other))}
    topics = frozenset({Topic.PEOPLE})
    text = "say that they are two people"
    with register.transaction("person.apart", text=text, topics=topics, subject_ids=(one, other)):
        settings.keep(register, _NOT_DOUBLES, json.dumps(sorted(pairs)))
    return Done(changes=topics, text=text, ids=(one, other))
