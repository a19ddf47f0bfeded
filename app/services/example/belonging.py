"""Part: who is on which register in which role, who waits for a place, who has left."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from app.services.example.members import Spell
from app.services.example.telling import phrases
from app.services.example.world import World

_TIDY_AFTER = 21
"""Days after which somebody who stopped coming is taken off the register, where anybody does."""
_LINGER = 55

Row = tuple[Any, ...]


def _text(day: int) -> str:
    return dt.date.fromordinal(day).isoformat()


def gone(world: World) -> dict[int, tuple[int, str]]:
    """Return who has left for good, on which day and why; not everybody's leaving was noted."""
    chance = world.chance("leaving")
    end: dict[int, int] = {}
    for spell in world.spells:
        end[spell.person] = max(end.get(spell.person, 0), spell.last)
    left: dict[int, tuple[int, str]] = {}
    today = world.ending.toordinal()
    for member in world.members:
        last = end.get(member.index, today)
        noted = chance.random() < 0.6
        key = "young_left_reason" if member.age(last) < 19 else "left_reason"
        reason = chance.choice(phrases()[key]) if chance.random() < 0.8 else ""
        if noted and last < today - _LINGER:
            left[member.index] = (max(last, member.joined) + 1 + chance.randrange(20), reason)
    return left


def enrolments(world: World, left: dict[int, tuple[int, str]]) -> Iterator[Row]:
    """Yield times on a register: (person, activity, role, from, to)."""
    chance = world.chance("enrolments")
    today = world.ending.toordinal()
    for spell in world.spells:
        if spell.role == "leader" or (not spell.stay and spell.role == "participant"):
            if spell.role == "leader" or chance.random() < 0.8:
                continue  # leaders are not on the list; those who looked in mostly neither
        yield (spell.person, spell.activity, spell.role, _text(spell.first), _until(spell, today))


def _until(spell: Spell, today: int) -> str | None:
    """Return the day somebody came off the list; those who stopped lately are still on it."""
    return _text(spell.last + _TIDY_AFTER) if spell.last < today - _LINGER else None


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
            role = "leader" if world.leaders.get(spell.activity) is world.members[spell.person] else spell.role
            yield (spell.person, role, spell.activity, _text(spell.first), _ended(spell.last, today))
    for person, (first, last) in span.items():
        yield (person, "participant", None, _text(first), _ended(last, today))
    for member in world.members:
        helps = world.leaders.get(member.home) is member
        if helps and (world.size == "small" or chance.random() < 0.4):
            yield (member.index, "committee", None, _text(member.joined), None)


def _ended(last: int, today: int) -> str | None:
    return _text(last) if last < today - _LINGER else None


def waiting(world: World) -> Iterator[Row]:
    """Yield the waiting list: (person, activity, from, to, outcome).

    Those who got their place waited for the weeks before they joined; some wait now, for another
    activity than their own.
    """
    chance = world.chance("waiting")
    full = {plan.index for plan in world.plans if plan.draft.capacity}
    today = world.ending.toordinal()
    first = world.first.toordinal()
    taken: set[tuple[int, int]] = set()
    for spell in world.spells:
        fits = spell.activity in full and spell.stay and spell.role == "participant"
        if fits and spell.first > first + 40 and chance.random() < 0.07:
            start = spell.first - chance.randrange(9, 60)
            yield (spell.person, spell.activity, _text(start), _text(spell.first), "place")
            taken.add((spell.person, spell.activity))
    share = 0.06 if world.size == "small" else 0.012
    comes = {(spell.person, spell.activity) for spell in world.spells}
    for member in world.members:
        if chance.random() >= share * 2 or member.age(today) < 20:
            continue
        plans = [
            plan
            for plan in world.plans
            if plan.group == member.group
            and plan.index in full
            and plan.draft.age_to is None
            and (member.index, plan.index) not in comes
        ]
        if not plans:
            continue
        start = max(member.joined, today - chance.randrange(4, 90))
        now = start > today - 91 and chance.random() < 0.5
        ends = None if now else _text(min(today, start + chance.randrange(5, 40)))
        outcome = "" if now else chance.choice(("gave_up", "gave_up", "other"))
        yield (member.index, chance.choice(plans).index, _text(min(start, today)), ends, outcome)
