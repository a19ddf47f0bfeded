"""Who is due to be asked: first when they have come, and again some weeks after their answers."""

import datetime as dt
from collections.abc import Generator
from dataclasses import dataclass, field

from app.domain.ids import PersonId
from app.domain.measures import Measure
from app.domain.outcomes import MeasureUse, Stage
from app.domain.people import AgeSpan, age_span
from app.services.outcomes.measuring import measures_here
from app.storage import questionnaires
from app.storage.people import PersonRow
from app.storage.questionnaires import Asked
from app.storage.register import Register

_AT_ONCE = 300
"""Questionnaires put together between two moments at which somebody else may go first."""
LATELY = 84
"""Days: whoever has not come for longer is not asked again and again."""


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


def due_list(register: Register, *, today: dt.date) -> tuple[Due, ...]:
    """Return what is due of the measures the group asks, the longest due first.

    A first time is due when somebody came in the last twelve weeks and was never asked; declined
    and not asked count as asked. A follow-up is due once, while they come or in the twelve weeks
    after it fell due.
    """
    looking = look_at_due(register, today=today)
    while True:
        try:
            next(looking)
        except StopIteration as end:
            found: tuple[Due, ...] = end.value
            return found


def look_at_due(
    register: Register, *, today: dt.date
) -> Generator[tuple[int, int], None, tuple[Due, ...]]:
    """Return the same, giving how far it is now and then, so that others may go first."""
    asked = [one for one in measures_here(register) if one.use.asked]
    if not asked:
        return ()
    came = questionnaires.came_lately(register, today - dt.timedelta(days=LATELY), today)
    wanted: list[tuple[PersonId, Measure, Stage, dt.date, dt.date | None]] = []
    for one in asked:
        before = questionnaires.asked(register, one.measure.id)
        wanted += [
            (person, one.measure, Stage.START, days[0], None)
            for person, days in came.items()
            if person not in before
        ]
        for person, past in before.items():
            due_on = _follow_up_on(past, one.use, today, lately=person in came)
            if due_on is not None:
                wanted.append((person, one.measure, Stage.FOLLOW_UP, due_on, past.answered_on))
        yield 0, 0
    found: list[Due] = []
    lines: dict[PersonId, PersonRow] = {}
    spans: dict[PersonId, AgeSpan | None] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        # Whoever is asked more than one thing is read, and their age reckoned, once.
        new = questionnaires.persons(register, tuple({row[0] for row in part} - lines.keys()))
        lines.update(new)
        spans.update({person: age_span(line, today) for person, line in new.items()})
        found += (
            Due(
                person=lines[person], measure=measure, stage=stage, due_on=due_on,
                first_answered_on=first, last_came_on=came[person][1] if person in came else None,
            )
            for person, measure, stage, due_on, first in part
            if person in lines and _is_for(measure, lines[person], spans[person], today)
        )  # fmt: skip
        yield start + len(part), len(wanted)
    names = {person: line.list_name.casefold() for person, line in lines.items()}
    return tuple(sorted(found, key=lambda d: (d.due_on, names[d.person.id], d.person.id)))


def due_of(register: Register, person_id: PersonId, *, today: dt.date) -> tuple[Due, ...]:
    """Return what one person is due."""
    return tuple(one for one in due_list(register, today=today) if one.person.id == person_id)


def _follow_up_on(past: Asked, use: MeasureUse, today: dt.date, *, lately: bool) -> dt.date | None:
    if past.answered_on is None or past.followed_up:
        return None
    due_on = past.answered_on + dt.timedelta(days=use.follow_up_days)
    if due_on > today:
        return None
    return due_on if lately or (today - due_on).days <= LATELY else None


def _is_for(measure: Measure, person: PersonRow, span: AgeSpan | None, today: dt.date) -> bool:
    if person.left_on is not None and person.left_on <= today:
        return False
    if span is None:
        return True
    return span.high >= measure.age_from and (measure.age_to is None or span.low <= measure.age_to)
