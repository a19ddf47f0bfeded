"""Part: hours given outside sessions, and what the group says an hour is worth."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from app.services.example.programme import book
from app.services.example.telling import phrases
from app.services.example.world import World

_EVERY_DAYS = 55
"""On average somebody who helps writes hours down this often."""


def hours(world: World) -> Iterator[tuple[Any, ...]]:
    """Yield logged hours: (person, day, minutes, activity or None, what)."""
    chance = world.chance("volunteer log")
    tasks = phrases()["log"]
    today = world.ending.toordinal()
    for spell in world.spells:
        if spell.role not in {"volunteer", "leader"}:
            continue
        day = spell.first + int(chance.expovariate(1 / _EVERY_DAYS))
        while day <= min(spell.last, today):
            what = chance.choice(tasks)
            minutes = 15 * (2 + int(chance.expovariate(1 / 4)))
            activity = spell.activity if chance.random() < 0.6 else None
            yield (
                spell.person,
                dt.date.fromordinal(day).isoformat(),
                min(minutes, 480),
                activity,
                what if chance.random() < 0.9 else "",
            )
            day += 1 + int(chance.expovariate(1 / _EVERY_DAYS))


def rates(world: World) -> Iterator[tuple[str, str, int, str]]:
    """Yield what an hour is worth from when: (kind, from, pence, source)."""
    table = {dt.date(int(year), 4, 1): pence for year, pence in book()["rates"].items()}
    before = [day for day in table if day <= world.first]
    start = table[max(before)] if before else min(table.values())
    yield ("volunteer_hour", world.first.isoformat(), start, _SOURCE)
    for day, pence in sorted(table.items()):
        if world.first < day <= world.ending:
            yield ("volunteer_hour", day.isoformat(), pence, _SOURCE)


_SOURCE = "National Living Wage of the year, agreed by the committee"
