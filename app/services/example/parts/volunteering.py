"""Part: hours that volunteers gave outside sessions."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from app.services.example.telling import phrases
from app.services.example.world import World
from app.services.example.writing import Writer

_EVERY_DAYS = 55
"""On average somebody who helps writes hours down this often."""


def write(writer: Writer) -> None:
    """Write the log of hours."""
    minutes = 0

    def rows() -> Iterator[tuple[Any, ...]]:
        nonlocal minutes
        for person, day, length, activity, what in hours(writer.world):
            minutes += length
            yield (writer.person(person), day, length, writer.activity(activity), what)

    writer.rows("volunteer_log", "person_id logged_on minutes activity_id what", rows())
    writer.counts["volunteer_hours"] = round(minutes / 60)


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
