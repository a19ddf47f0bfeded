"""Whom the pretend group asked what, when, and what they said."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.domain.measures import Item, Measure
from app.domain.scoring import scores
from app.figures.measures import shipped
from app.services.example.members import Member
from app.services.example.size import Size
from app.services.example.world import World

ASKED = ("ons4", "loneliness", "activity", "health_care", "ageing_well", "goals")
"""The measures the pretend groups ask."""
_ASKED_FOR_YEARS = 3
"""Nobody was asked anything before."""
_SHARE = {Size.SMALL: 0.85, Size.BUSY: 0.3, Size.UMBRELLA: 0.08}
_DECLINED, _NOT_ASKED, _BLANK, _ITEM_DECLINED, _MISTAKES = 0.05, 0.03, 0.015, 0.01, 0.01
_AGAIN, _THIRD = 0.72, 0.4
_OLDER, _GROWN, _ABLE = 62, 17, 11
"""Ages, a year above what a measure asks, so that a birthday decides nothing."""
_DAYS_TO_NEXT = 84


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One questionnaire of one pretend person; ``answers`` are (item, state, value)."""

    person: int
    measure: str
    day: int
    state: str = "answered"
    method: str = "paper"
    answers: tuple[tuple[str, str, float | None], ...] = field(default=(), repr=False)
    scores: tuple[tuple[str, float], ...] = ()
    binned: bool = False


def sheets(world: World, goals: dict[int, tuple[str, ...]]) -> Iterator[Sheet]:
    """Yield every questionnaire in the order of people; ``goals`` are items' codes by person."""
    chance = world.chance("outcomes")
    since = world.ending.toordinal() - _ASKED_FOR_YEARS * 365
    came: dict[int, tuple[int, int]] = {}
    for spell in world.spells:
        if spell.role == "participant" and spell.often > 0:
            first, last = came.get(spell.person, (spell.first, spell.last))
            came[spell.person] = (min(first, spell.first), max(last, spell.last))
    for person, (first, last) in sorted(came.items()):
        wanted = chance.random() < _SHARE[world.size]
        if wanted and last >= since:
            start = max(first, since)
            yield from _of_person(world, world.members[person], start, last, goals, chance)


def _of_person(
    world: World, member: Member, first: int, last: int, goals: dict[int, tuple[str, ...]],
    chance: random.Random,
) -> Iterator[Sheet]:  # fmt: skip
    """Yield what one person was asked: at the start, after twelve weeks, some later still."""
    days = [first + chance.randrange(15)]
    if chance.random() < _AGAIN:
        days.append(days[0] + _DAYS_TO_NEXT + chance.randrange(-7, 22))
        if chance.random() < _THIRD:
            days.append(days[1] + _DAYS_TO_NEXT + chance.randrange(-7, 40))
    # How somebody is, from 0 to 1, and how much better or worse the next time.
    mood = min(0.95, max(0.1, chance.gauss(0.52, 0.17)))
    measures = _measures_for(member, first, member.index in goals, chance)
    until = min(last + 14, world.ending.toordinal() - 1)
    for day in days:
        if day > until:
            return
        refused = chance.random()
        for measure in measures:
            if measure.id == "ons4" and refused < _DECLINED + _NOT_ASKED:
                state = "declined" if refused < _DECLINED else "not_asked"
                yield Sheet(person=member.index, measure=measure.id, day=day, state=state)
            elif refused >= _DECLINED + _NOT_ASKED:
                own = goals.get(member.index, ())
                yield from _answered(member, measure, day, mood, own, chance)
        mood = min(0.97, max(0.05, mood + chance.gauss(0.06, 0.12)))


def _measures_for(
    member: Member, day: int, has_goals: bool, chance: random.Random
) -> tuple[Measure, ...]:
    age, known = member.age(day), shipped()
    names = ["ons4"] if age >= _ABLE else []
    if age >= _GROWN:
        names.append("loneliness")
        names += ["activity"] if chance.random() < 0.4 else []
    if age >= _OLDER:
        names += ["health_care", "ageing_well"]
    if has_goals and age >= _GROWN:
        names.append("goals")
    return tuple(known[name] for name in names)


def _answered(
    member: Member, measure: Measure, day: int, mood: float, goals: tuple[str, ...],
    chance: random.Random,
) -> Iterator[Sheet]:  # fmt: skip
    items = measure.items_for(99 if member.age(day) >= _GROWN else 12)
    if goals and measure.id == "goals":
        items = tuple(Item(code=code) for code in goals)
    answers: list[tuple[str, str, float | None]] = []
    for item in items:
        luck = chance.random()
        value = float(_value(measure, item, mood, chance))
        if luck < _BLANK:
            answers.append((item.code, "blank", None))
        elif luck < _BLANK + _ITEM_DECLINED:
            answers.append((item.code, "declined", None))
        else:
            answers.append((item.code, "answered", value))
    if all(state == "blank" for _, state, _ in answers):
        answers[0] = (items[0].code, "declined", None)
    found = scores(measure, {code: value for code, _, value in answers})
    sheet = Sheet(
        person=member.index, measure=measure.id, day=day, answers=tuple(answers),
        scores=tuple(found.items()), method="asked_aloud" if chance.random() < 0.2 else "paper",
    )  # fmt: skip
    yield sheet
    if chance.random() < _MISTAKES:
        yield Sheet(
            person=member.index, measure=measure.id, day=day, answers=tuple(answers),
            scores=tuple(found.items()), binned=True,
        )  # fmt: skip


def _value(measure: Measure, item: Item, mood: float, chance: random.Random) -> int:
    """Return an answer near to how somebody is: high where high is better, else low."""
    if item.unit in {"minutes", "times"}:
        return _counted(item, mood, chance)
    scale = next((one for one in measure.scales if item.code in one.items), measure.scales[0])
    near = mood if scale.better == "higher" else 1 - mood
    near = min(1.0, max(0.0, near + chance.gauss(0, 0.12)))
    return round(item.low + near * (item.high - item.low))


def _counted(item: Item, mood: float, chance: random.Random) -> int:
    if item.code == "moderate":
        return int(chance.expovariate(1 / (30 + 160 * mood)) // 10 * 10)
    if item.code == "vigorous":
        return int(chance.expovariate(1 / 25) // 10 * 10) if chance.random() < mood * 0.5 else 0
    mean = (1 - mood) * (4 if item.code == "gp" else 0.5)
    return int(chance.expovariate(1 / max(0.05, mean)))
