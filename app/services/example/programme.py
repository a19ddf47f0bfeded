"""The pretend programme: which activities there are, where, when, from when until when."""

import datetime as dt
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from app import resources
from app.domain.activities import ActivityDraft, Repeat, activity_code
from app.domain.periods import Period
from app.domain.recurrence import pattern_days
from app.services.example.chance import stream
from app.services.example.names import FEMALE, MALE
from app.services.example.places import places
from app.services.example.size import SCALES, Size
from app.services.example.times import Closure, closure

_ROOM_TO_CHOOSE = 1.10
"""Dates to choose sessions from, as a share of those wanted: nobody meets every single week."""
_UMBRELLA_GROWS = 1.35
"""How much fuller the umbrella's sessions are than those of one community hall."""
_MENS = 0.05
_STAPLES = 11
"""The first kinds of the file are in every busy book from the start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ages:
    """How old the people of an activity are: mean, spread and limits in years."""

    mean: float
    spread: float
    lowest: int
    highest: int

    def draw(self, chance: random.Random) -> float:
        """Return an age in years; one out of bounds is drawn again, so that none heap up there."""
        for _ in range(6):
            age = chance.gauss(self.mean, self.spread)
            if self.lowest <= age < self.highest + 1:
                return age
        return chance.uniform(self.lowest, self.highest + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An activity to be pretended: what the book says of it, and what steers chance."""

    index: int
    group: int
    town: str
    draft: ActivityDraft
    code: str
    days: tuple[tuple[dt.date, str], ...]
    """Every date of its pattern on which it could meet, with the bank holiday's name."""
    size: float
    ages: Ages
    skew: float
    """Share of women and girls."""
    marks: str
    """Whether its leader writes absences down: none, some, all."""
    guests: float
    """Share of sessions at which somebody came whose name was not taken."""
    terms: bool = False
    outdoors: bool = False
    shut: bool = True
    """Whether it shut in 2020 and 2021 as the law said."""
    carers: bool = False
    leader_role: str = ""
    """The role under which its leader is marked, "" when leaders do not mark themselves."""

    def welcomes(self, age: float, sex: int) -> bool:
        """Say whether somebody is of the age and sex it is for, give or take a few years."""
        low = (self.draft.age_from or self.ages.lowest - 4) + 0.01  # days short of a birthday
        high = (self.draft.age_to or self.ages.highest + 6) + 0.99
        others = MALE if self.skew == 1 else FEMALE if self.skew < _MENS else None
        return low <= age < high and sex != others


@cache
def book() -> dict[str, Any]:
    """Return the file of programmes."""
    return tomllib.loads(resources.path("example/programme.toml").read_text("utf-8"))


def group_facts(size: Size) -> dict[str, str]:
    """Return a pretend group's own name, tagline, contact and year end."""
    return {key: book()[size][key] for key in ("name", "tagline", "contact", "year_end")}


def build(size: Size, ending: dt.date, seed: int) -> tuple[Plan, ...]:
    """Return the activities: enough that their dates cover the sessions wanted."""
    scale = SCALES[size]
    chance = stream(seed, ending, "programme")
    span = Period(first=years_before(ending, scale.years), last=ending)
    horizon = ending + dt.timedelta(weeks=scale.weeks_ahead)
    plans: list[Plan] = []
    codes: dict[str, int] = {}
    room = 0
    for group, town, prefix, kind in _offers(size, chance):
        if size is not Size.SMALL and room >= scale.sessions * _ROOM_TO_CHOOSE:
            break
        draft = _draft(kind, prefix, ending - dt.timedelta(days=2 + 5 * len(plans) % 27))
        period = _lifetime(kind, span, horizon, chance, fixed=size is Size.SMALL)
        shut = (
            size is not Size.SMALL
        )  # a single year has to hold a year's sessions, whichever it is
        days = _days(draft, period, shut=shut, outdoors=kind.get("outdoors", False))
        room += len(days)
        plans.append(
            _plan(
                len(plans),
                group,
                town,
                draft,
                {**kind, "shut": shut},
                days,
                _new_code(draft.name, codes),
            )
        )
    return tuple(plans)


def years_before(day: dt.date, years: int) -> dt.date:
    """Return the first day of the whole years that end on a day: one year to 3 Nov is from 4 Nov."""
    after = day + dt.timedelta(days=1)
    month_day = (after.month, min(after.day, 28)) if after.month == 2 else (after.month, after.day)
    return dt.date(max(1950, after.year - years), *month_day)


def _offers(size: Size, chance: random.Random) -> Iterator[tuple[int, str, str, dict[str, Any]]]:
    """Yield group, town, name prefix and kind, the likeliest first."""
    if size is Size.SMALL:
        for kind in book()["small"]["activity"]:
            yield 0, book()["small"]["place"], "", kind
        return
    kinds = book()["kind"]
    if size is Size.BUSY:
        later = kinds[_STAPLES:]
        chance.shuffle(later := list(later))
        days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
        for kind in (*kinds[:_STAPLES], *later):
            yield 0, book()["busy"]["place"], "", kind
        for kind in kinds:  # only if the years were thin: the same again on another day
            other = (kind["weekday"] + 3) % 7
            yield (
                0,
                book()["busy"]["place"],
                "",
                {
                    **kind,
                    "name": f"{kind['name']} ({days[other]})",
                    "weekday": other,
                },
            )
        return
    yield from _group_offers(kinds, chance)


def _group_offers(
    kinds: list[dict[str, Any]], chance: random.Random
) -> Iterator[tuple[int, str, str, dict[str, Any]]]:
    areas = [(place.name, area) for place in places().values() for area in place.areas]
    chosen = sorted(chance.sample(range(len(areas)), SCALES[Size.UMBRELLA].groups))
    orders = [chance.sample(kinds, len(kinds)) for _ in chosen]
    for turn in range(len(kinds)):
        for group, (place, order) in enumerate(zip(chosen, orders, strict=True)):
            town, area = areas[place]
            kind = {**order[turn], "weekday": chance.randrange(7 if turn % 3 == 0 else 6)}
            kind["size"] *= _UMBRELLA_GROWS
            if "capacity" in kind:  # larger halls, by fives
                kind["capacity"] = 5 * round(kind["capacity"] * _UMBRELLA_GROWS * 1.25 / 5)
            yield group, town, f"{area} ", {**kind, "at": f"{area} {_hall(chance)}"}


def _hall(chance: random.Random) -> str:
    return chance.choice(("community centre", "church hall", "library", "school hall", "rooms"))


def _lifetime(
    kind: dict[str, Any], span: Period, horizon: dt.date, chance: random.Random, *, fixed: bool
) -> Period:
    """Return when an activity runs: some started later than the book, some have ended."""
    start, end = kind.get("from", 0.0), kind.get("to", 1.0)
    if not fixed:
        start = max(start, chance.choice((*(0.0,) * 4, chance.uniform(0.05, 0.5))))
        end = min(end, chance.choice((*(1.0,) * 9, chance.uniform(0.55, 0.95))))
    days = span.days - 1
    first = span.first + dt.timedelta(days=int(days * start))
    last = horizon if end >= 1 else span.first + dt.timedelta(days=int(days * end))
    return Period(first=first, last=last)


def _days(
    draft: ActivityDraft, period: Period, *, shut: bool, outdoors: bool
) -> tuple[tuple[dt.date, str], ...]:
    return tuple(
        (planned.day, planned.holiday)
        for planned in pattern_days(draft, period)
        if not (planned.holiday and draft.skip_bank_holidays)
        and not (shut and closure(planned.day, outdoors=outdoors) is Closure.NONE)
    )


def _draft(kind: dict[str, Any], prefix: str, said_on: dt.date) -> ActivityDraft:
    """Return the activity of a kind; ``said_on``: when it was said how many more can come."""
    can_take = kind.get("can_take")
    return ActivityDraft(
        name=f"{prefix}{kind['name']}",
        description=kind.get("description", ""),
        place=kind["at"],
        leader=kind.get("leader", ""),
        start_time=kind["start"],
        end_time=kind["end"],
        capacity=kind.get("capacity"),
        age_from=kind.get("age_from"),
        age_to=kind.get("age_to"),
        repeat=Repeat(kind.get("repeat", "weekly")),
        weekday=kind["weekday"],
        nth=kind.get("nth"),
        access=kind["access"],
        what_to_bring=kind["bring"],
        cost_to_come=kind["cost"],
        can_take=can_take,
        can_take_on=None if can_take is None else said_on,
    )


def _plan(
    index: int,
    group: int,
    town: str,
    draft: ActivityDraft,
    kind: dict[str, Any],
    days: tuple[tuple[dt.date, str], ...],
    code: str,
) -> Plan:
    mean, spread, lowest, highest = book()["ages"][kind["ages"]]
    ages = Ages(
        mean=mean,
        spread=spread,
        lowest=max(lowest, draft.age_from or 0),
        highest=min(highest, draft.age_to or highest),
    )
    return Plan(
        index=index,
        group=group,
        town=town,
        draft=draft,
        code=code,
        days=days,
        size=kind["size"],
        ages=ages,
        skew=kind["skew"] / 100,
        marks=kind["marks"],
        guests=kind.get("guests", 6) / 100,
        terms=kind.get("terms", False),
        outdoors=kind.get("outdoors", False),
        shut=kind["shut"],
        carers=kind.get("carers", False),
        leader_role=kind.get("leader_role", ("", "leader", "volunteer")[index % 3]),
    )


def _new_code(name: str, codes: dict[str, int]) -> str:
    code = activity_code(name)
    codes[code] = codes.get(code, 0) + 1
    return code if codes[code] == 1 else f"{code}{codes[code]}"
