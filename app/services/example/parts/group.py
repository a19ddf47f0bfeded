"""Part: the group itself: what it is called, what it does, what an hour of a volunteer is worth."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from app.domain.activities import ActivityDraft
from app.domain.names import full_name
from app.domain.settings import Settings
from app.services.example.programme import book, group_facts
from app.services.example.world import World
from app.services.example.writing import Writer

_DRAFT_FIELDS = tuple(field.name for field in fields(ActivityDraft))
_SOURCE = "National Living Wage of the year, agreed by the committee"


def write(writer: Writer) -> None:
    """Write settings, rates and activities."""
    facts = group_facts(writer.world.size)
    writer.settings(
        Settings(
            group_name=facts["name"],
            tagline=facts["tagline"],
            contact=facts["contact"],
            year_end=facts["year_end"],
            pretend=True,
        )
    )
    writer.rows("rate", "kind from_on pence source", rates(writer.world))
    columns = " ".join(("code", *_DRAFT_FIELDS))
    writer.counts["activities"] = writer.rows("activity", columns, activities(writer.world))


def activities(world: World) -> Iterator[tuple[Any, ...]]:
    """Yield the activities: code, then the fields of a draft."""
    for plan in world.plans:
        leader = world.leaders.get(plan.index)
        values = {name: getattr(plan.draft, name) for name in _DRAFT_FIELDS}
        if leader and not values["leader"]:
            values["leader"] = full_name(leader.name.given, leader.name.family)
        values["repeat"] = plan.draft.repeat.value
        said_on = plan.draft.can_take_on
        values["can_take_on"] = said_on.isoformat() if said_on else None
        values["skip_bank_holidays"] = int(plan.draft.skip_bank_holidays)
        yield (plan.code, *values.values())


def rates(world: World) -> Iterator[tuple[str, str, int, str]]:
    """Yield what an hour is worth from when: (kind, from, pence, source)."""
    table = {dt.date(int(year), 4, 1): pence for year, pence in book()["rates"].items()}
    before = [day for day in table if day <= world.first]
    start = table[max(before)] if before else min(table.values())
    yield ("volunteer_hour", world.first.isoformat(), start, _SOURCE)
    for day, pence in sorted(table.items()):
        if world.first < day <= world.ending:
            yield ("volunteer_hour", day.isoformat(), pence, _SOURCE)
