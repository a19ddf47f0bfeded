"""Part: who is on which register in which role, who waits for a place, who has left."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from app.services.example.leaving import LINGER
from app.services.example.members import Member, Spell
from app.services.example.size import Size
from app.services.example.world import World
from app.services.example.writing import Writer

_TIDY_AFTER = 21
"""Days after which somebody who stopped coming is taken off the register, where anybody does."""
_RECENT = 330
_WAITED_SHARE, _ON_COMMITTEE_SHARE, _CASUAL_LISTED_SHARE = 0.07, 0.4, 0.2

Row = tuple[Any, ...]


def write(writer: Writer) -> None:
    """Write who belongs where."""
    listed = (
        (writer.person(person), writer.activity(activity), role, first, last)
        for person, activity, role, first, last in enrolments(writer.world)
    )
    columns = "person_id activity_id role from_on to_on"
    writer.counts["enrolments"] = writer.rows("enrolment", columns, listed)
    held = (
        (writer.person(person), role, writer.activity(activity), first, last)
        for person, role, activity, first, last in roles(writer.world)
    )
    writer.rows("person_role", "person_id role activity_id from_on to_on", held)
    waiting_list = (
        (writer.person(person), writer.activity(activity), *rest)
        for person, activity, *rest in waiting(writer.world)
    )
    columns = "person_id activity_id from_on to_on outcome"
    writer.counts["waiting"] = writer.rows("waiting_place", columns, waiting_list)


def _text(day: int) -> str:
    return dt.date.fromordinal(day).isoformat()


def enrolments(world: World) -> Iterator[Row]:
    """Yield times on a register: (person, activity, role, from, to)."""
    chance = world.chance("enrolments")
    today = world.ending.toordinal()
    for spell in world.spells:
        casual = spell.role == "participant" and not spell.stay
        if spell.role == "leader" or (casual and chance.random() >= _CASUAL_LISTED_SHARE):
            continue  # leaders are not on the list; those who looked in mostly neither
        yield (spell.person, spell.activity, spell.role, _text(spell.first), _until(spell, today))


def _until(spell: Spell, today: int) -> str | None:
    """Return the day somebody came off the list; those who stopped lately are still on it."""
    return _text(spell.last + _TIDY_AFTER) if spell.last < today - LINGER else None


def roles(world: World) -> Iterator[Row]:
    """Yield what people were to the group, over time: (person, role, activity or None, from, to)."""
    chance = world.chance("roles")
    today = world.ending.toordinal()
    span: dict[int, tuple[int, int]] = {}
    for spell in world.spells:
        if spell.role == "participant":
            first, last = span.get(spell.person, (spell.first, spell.last))
            span[spell.person] = (min(first, spell.first), max(last, spell.last))
        else:
            leads = world.leaders.get(spell.activity) is world.members[spell.person]
            role = "leader" if leads else spell.role
            until = _ended(spell.last, today)
            yield (spell.person, role, spell.activity, _text(spell.first), until)
    for person, (first, last) in span.items():
        yield (person, "participant", None, _text(first), _ended(last, today))
    for member in world.members:
        leads = world.leaders.get(member.home) is member
        if leads and (world.size is Size.SMALL or chance.random() < _ON_COMMITTEE_SHARE):
            yield (member.index, "committee", None, _text(member.joined), None)


def _ended(last: int, today: int) -> str | None:
    return _text(last) if last < today - LINGER else None


def waiting(world: World) -> Iterator[Row]:
    """Yield the waiting list: (person, activity, from, to, outcome).

    Some got their place after some weeks; some wait now, for another activity than their own.
    """
    chance = world.chance("waiting")
    full = {plan.index for plan in world.plans if plan.draft.capacity}
    first = world.first.toordinal()
    for spell in world.spells:
        fits = spell.activity in full and spell.stay and spell.role == "participant"
        if fits and spell.first > first + 90 and chance.random() < _WAITED_SHARE:
            start = spell.first - chance.randrange(9, 60)
            yield (spell.person, spell.activity, _text(start), _text(spell.first), "place")
    yield from _waiting_now(world, full, chance)


def _waiting_now(world: World, full: set[int], chance: random.Random) -> Iterator[Row]:
    today = world.ending.toordinal()
    comes = {(spell.person, spell.activity) for spell in world.spells}
    groups: dict[int, list[Member]] = {}
    for member in world.members:
        groups.setdefault(member.group, []).append(member)
    for plan in world.plans:
        if plan.index not in full or plan.days[-1][0] <= world.ending:
            continue
        suiting = [
            member
            for member in groups[plan.group]
            if (member.index, plan.index) not in comes
            and (plan.draft.age_from or 18) <= member.age(today) <= (plan.draft.age_to or 130)
        ]
        lately = [member for member in suiting if member.joined > today - _RECENT]
        suiting = lately or suiting
        count = min(len(suiting), 3 if world.size is Size.SMALL else chance.randrange(5))
        for place, member in enumerate(chance.sample(suiting, count)):
            start = max(member.joined, today - chance.randrange(2, 80))
            if place and chance.random() < 0.3:
                ends = min(today, start + chance.randrange(5, 40))
                outcome = chance.choice(("gave_up", "gave_up", "other"))
                yield (member.index, plan.index, _text(start), _text(ends), outcome)
            else:
                yield (member.index, plan.index, _text(min(start, today)), None, "")
