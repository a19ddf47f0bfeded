"""Who leads and helps at the pretend activities, some of them people who came themselves first."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.services.example.members import Diary, Member, Spell
from app.services.example.programme import Plan

_SHORT_BOOK = 400
"""Days: in so short a time nobody hands over."""
_LEADS_FOR, _HELPS_FOR, _AT_LEAST, _HARDLY_WORTH_IT = 1500, 620, 90, 120
_ONE_HELPER_PER = 14
_STEPPED_IN_SHARE, _YOUNGEST_HELPER = 0.35, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A place as helper or leader that somebody fills for a while."""

    activity: int
    first: int
    last: int
    role: str
    leads: bool
    was_participant: bool


def chains_of(plan: Plan, diary: Diary, chance: random.Random) -> list[Chain]:
    """Return the places at an activity that leaders and helpers fill, one after another."""
    if not diary.held(plan):
        return []
    chains = _follow(plan, diary, chance, leads=True)
    for _ in range(1 + int(plan.size) // _ONE_HELPER_PER):
        chains += _follow(plan, diary, chance, leads=False)
    return chains


def _follow(plan: Plan, diary: Diary, chance: random.Random, *, leads: bool) -> list[Chain]:
    first, last = diary.span(plan)
    short = last - first < _SHORT_BOOK
    day = first
    if not leads and short and chance.random() < 0.5:
        day = (first + last) // 2  # nobody helped until somebody who came anyway stepped in
    chains: list[Chain] = []
    while day <= last:
        end = day + _AT_LEAST + int(chance.expovariate(1 / (_LEADS_FOR if leads else _HELPS_FOR)))
        if last - end < _HARDLY_WORTH_IT or short:
            end = last
        stepped_in = not leads and day - first > 100
        chains.append(
            Chain(
                activity=plan.index,
                first=day,
                last=end,
                role=(plan.leader_role or "leader") if leads else "volunteer",
                leads=leads,
                was_participant=stepped_in and (short or chance.random() < _STEPPED_IN_SHARE),
            )
        )
        day = end + 1 + (0 if leads else chance.randrange(60))
    return chains


def promote(
    chains: Sequence[Chain],
    spells: Sequence[Spell],
    members: Sequence[Member],
    chance: random.Random,
) -> list[Spell]:
    """Let participants become helpers: their time as a participant ends where the new one starts.

    Those who left and came back stay as they are, so that no two times of theirs overlap.
    """
    times = Counter((spell.person, spell.activity) for spell in spells)
    by_activity: dict[int, list[Spell]] = {}
    for spell in spells:
        once = times[spell.person, spell.activity] == 1
        if spell.role == "participant" and spell.often > 0.5 and once:
            by_activity.setdefault(spell.activity, []).append(spell)
    made: list[Spell] = []
    for chain in chains:
        fitting = [
            spell
            for spell in by_activity.get(chain.activity, ())
            if spell.first + 60 < chain.first < spell.last - 30
            and members[spell.person].age(chain.first) >= _YOUNGEST_HELPER
        ]
        if fitting:
            spell = chance.choice(fitting)
            by_activity[chain.activity].remove(spell)
            made.append(
                Spell(
                    person=spell.person,
                    activity=chain.activity,
                    first=chain.first,
                    last=max(spell.last, chain.last),
                    often=0.6,
                    role="volunteer",
                )
            )
            spell.last = chain.first - 1
    return made
