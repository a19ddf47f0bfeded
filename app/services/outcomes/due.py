"""Who is due to be asked: first when they have come, and again some weeks after their answers."""

import datetime as dt
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.domain.ids import PersonId
from app.domain.measures import Measure
from app.domain.outcomes import PAIR_DAYS, MeasureUse, Stage
from app.domain.people import AgeSpan, age_span
from app.services.outcomes.measuring import MeasureHere, measures_here
from app.storage import questionnaires
from app.storage.people import PersonRow
from app.storage.register import Register

LATELY = 84
"""Days: whoever has not come for longer is not asked again and again."""
_DAYS_AT_ONCE = 12
_PEOPLE_AT_ONCE = 600
"""Read and reckoned between two moments at which somebody else may go first."""
_MANY = 1_500
"""People from which on looking at all of them takes more than a moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One questionnaire that somebody is due."""

    person: PersonRow = field(repr=False)
    measure: Measure
    stage: Stage
    due_on: dt.date
    """A first one: the day they came; a follow-up: so many days after the first answers."""
    first_answered_on: dt.date | None = None
    last_came_on: dt.date | None = None

    def days_late(self, today: dt.date) -> int:
        """How many days it is late."""
        return max(0, (today - self.due_on).days)


class DueKey(NamedTuple):
    """One of the questionnaires due, in the order of the list: tens of thousands are sorted by it."""

    due_on: str
    rank: int
    """The person's place among the names."""
    place: int
    """The measure's place among those asked."""
    person_id: PersonId
    stage: Stage
    first_answered_on: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLook:
    """Everything that is due, the longest first; who it is, is read of those that are shown."""

    measures: tuple[Measure, ...] = ()
    keys: tuple[DueKey, ...] = ()
    last_came: Mapping[PersonId, str] = field(default_factory=dict, repr=False)


_Came = dict[PersonId, tuple[str, str]]
_FollowUp = tuple[PersonId, str, str]
"""Who, due when, and when they first answered."""


def is_long(register: Register) -> bool:
    """Return whether to look at what is due takes more than a moment."""
    return questionnaires.are_many(register, _MANY)


def due_list(register: Register, *, today: dt.date) -> tuple[Due, ...]:
    """Return what is due of the measures the group asks, the longest due first.

    A first time is due when somebody came in the last twelve weeks and was never asked; declined
    and not asked count as asked. A follow-up is due once, while they come or in the twelve weeks
    after it fell due.
    """
    look = due_now(register, today=today)
    return read_due(register, look, look.keys)


def due_now(register: Register, *, today: dt.date, person_id: PersonId | None = None) -> DueLook:
    """Return what is due, of everybody or of one person, without a pause."""
    looking = look_at_due(register, today=today, person_id=person_id)
    while True:
        try:
            next(looking)
        except StopIteration as end:
            found: DueLook = end.value
            return found


def due_of(register: Register, person_id: PersonId, *, today: dt.date) -> tuple[Due, ...]:
    """Return what one person is due."""
    look = due_now(register, today=today, person_id=person_id)
    return read_due(register, look, look.keys)


def read_due(register: Register, look: DueLook, keys: Sequence[DueKey]) -> tuple[Due, ...]:
    """Return some of what is due with who it is; whoever is gone meanwhile is left out."""
    lines = questionnaires.persons(register, tuple({key.person_id for key in keys}))
    return tuple(
        Due(
            person=lines[key.person_id], measure=look.measures[key.place], stage=key.stage,
            due_on=dt.date.fromisoformat(key.due_on),
            first_answered_on=_day(key.first_answered_on),
            last_came_on=_day(look.last_came.get(key.person_id)),
        )
        for key in keys
        if key.person_id in lines
    )  # fmt: skip


def look_at_due(
    register: Register, *, today: dt.date, person_id: PersonId | None = None
) -> Generator[tuple[int, int], None, DueLook]:
    """Return everything that is due, giving how far it is now and then: others may go first."""
    here = [one for one in measures_here(register) if one.use.asked]
    if not here:
        return DueLook()
    came = yield from _came(register, today, person_id)
    asked: list[set[PersonId]] = []
    again: list[list[_FollowUp]] = []
    for one in here:
        before, follow_ups = _asked(register, one, today, came, person_id)
        asked.append(before)
        again.append(follow_ups)
        yield 0, 0
    wanted = came.keys() - set.intersection(*asked) | {row[0] for some in again for row in some}
    if person_id is not None:
        wanted &= {person_id}  # a record that was joined to another is asked nothing itself
    ranks, spans = yield from _whom(register, sorted(wanted), today)
    keys: list[DueKey] = []
    for place, one in enumerate(here):
        fit = {person for person, span in spans.items() if _is_for(one.measure, span)}
        keys += _keys(place, came, asked[place], again[place], fit, ranks)
        yield 0, 0
    keys.sort()
    return DueLook(
        measures=tuple(one.measure for one in here),
        keys=tuple(keys),
        last_came={person: days[1] for person, days in came.items()},
    )


def _came(
    register: Register, today: dt.date, person_id: PersonId | None
) -> Generator[tuple[int, int], None, _Came]:
    """Return who came lately, with the first and last day; some weeks at a time.

    Whoever is in the bin too: they are left out with those who are not asked.
    """
    came: _Came = {}
    kept = questionnaires.joined(register)
    since = today - dt.timedelta(days=LATELY)
    while since <= today:
        until = min(today, since + dt.timedelta(days=_DAYS_AT_ONCE))
        for record, first, last in questionnaires.came_lately(register, since, until, person_id):
            person = kept.get(record, record)
            before = came.get(person)
            came[person] = (
                (min(before[0], first), max(before[1], last)) if before else (first, last)
            )
        since = until + dt.timedelta(days=1)
        yield 0, 0
    return came


def _asked(
    register: Register, one: MeasureHere, today: dt.date, came: _Came, person_id: PersonId | None
) -> tuple[set[PersonId], list[_FollowUp]]:
    """Return who was asked a measure before, and of those whoever is due a follow-up."""
    before: set[PersonId] = set()
    found: list[_FollowUp] = []
    for person, last, answered in questionnaires.asked(register, one.measure.id, person_id):
        before.add(person)
        if answered is not None:
            due_on = _follow_up_on(answered, last, one.use, today, lately=person in came)
            if due_on is not None:
                found.append((person, due_on.isoformat(), answered))
    return before, found


def _follow_up_on(
    answered: str, last: str, use: MeasureUse, today: dt.date, *, lately: bool
) -> dt.date | None:
    """Return the day of a follow-up that is due and was not done far enough from the first."""
    first = dt.date.fromisoformat(answered)
    due_on = first + dt.timedelta(days=use.follow_up_days)
    if due_on > today or not (lately or (today - due_on).days <= LATELY):
        return None
    done = (dt.date.fromisoformat(last) - first).days >= PAIR_DAYS
    return None if done else due_on


def _whom(
    register: Register, ids: Sequence[PersonId], today: dt.date
) -> Generator[tuple[int, int], None, tuple[dict[PersonId, int], dict[PersonId, AgeSpan | None]]]:
    """Return, of those who count and have not left, their places among the names and their ages."""
    names: list[tuple[str, PersonId]] = []
    spans: dict[PersonId, AgeSpan | None] = {}
    for start in range(0, len(ids), _PEOPLE_AT_ONCE):
        part = ids[start : start + _PEOPLE_AT_ONCE]
        for person, line in questionnaires.askable(register, part, today).items():
            names.append((line.name, person))
            spans[person] = age_span(line, today)
        yield start + len(part), len(ids)
    return {person: rank for rank, (_, person) in enumerate(sorted(names))}, spans


def _keys(
    place: int, came: _Came, asked: set[PersonId], again: Sequence[_FollowUp], fit: set[PersonId],
    ranks: Mapping[PersonId, int],
) -> Iterator[DueKey]:  # fmt: skip
    """Yield what is due of one measure."""
    for person, (first, _) in came.items():
        if person in fit and person not in asked:
            yield DueKey(first, ranks[person], place, person, Stage.START, None)
    for person, due_on, answered in again:
        if person in fit:
            yield DueKey(due_on, ranks[person], place, person, Stage.FOLLOW_UP, answered)


def _is_for(measure: Measure, span: AgeSpan | None) -> bool:
    if span is None:
        return True
    return span.high >= measure.age_from and (measure.age_to is None or span.low <= measure.age_to)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
