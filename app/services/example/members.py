"""The pretend people: who comes to what, from when until when, and how often."""

import datetime as dt
import random
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.services.example import names
from app.services.example.chance import Weighted, stream
from app.services.example.meetings import Meeting
from app.services.example.names import FEMALE, MALE, Name
from app.services.example.places import places
from app.services.example.programme import Plan
from app.services.example.size import Scale

_YEAR = 365.2425
_REFERRED_SHARE, _BATCH_EVERY = 0.17, 38
_BACK_SHARE = 0.13


@dataclass(slots=True, kw_only=True)
class Spell:
    """A time in which somebody comes to an activity; days are ordinals, both ends included."""

    person: int
    activity: int
    first: int
    last: int
    often: float
    """Chance of coming to an ordinary session."""
    role: str = "participant"
    stay: float = 0.0
    """Length in units that are settled for the whole book at once; 0: the length is fixed."""
    limit: int = 0
    """The last day it may reach, whatever its length."""


@dataclass(slots=True, kw_only=True)
class Member:
    """One pretend person, before the small print."""

    index: int
    group: int
    town: str
    home: int
    """The activity that brought them."""
    sex: int
    born: int
    """Day of birth as an ordinal."""
    name: Name = field(repr=False)
    joined: int
    batch: int = -1
    """Which cluster of referred people they came with, or -1."""
    known_as: str = ""
    extra: dict[str, str] = field(default_factory=dict, repr=False)

    def age(self, day: int) -> float:
        """Return the age in years on a day."""
        return (day - self.born) / _YEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A place as helper or leader that somebody fills for a while."""

    activity: int
    first: int
    last: int
    role: str
    was_participant: bool


class Crowd:
    """Everybody of a book, drawn activity by activity."""

    def __init__(
        self,
        plans: Sequence[Plan],
        meetings: Sequence[Sequence[Meeting]],
        scale: Scale,
        ending: dt.date,
        seed: int,
    ) -> None:
        self.plans = plans
        self.scale = scale
        self.ending = ending.toordinal()
        self.members: list[Member] = []
        self.spells: list[Spell] = []
        self.leaders: dict[int, Member] = {}
        self._chance = stream(seed, ending, "members")
        self._held = [_held_days(list(group)) for group in meetings]
        self._groups: dict[int, list[Plan]] = {}
        for plan in plans:
            self._groups.setdefault(plan.group, []).append(plan)

    # --- drawing -----------------------------------------------------------------------------

    def draw(self) -> None:
        """Draw everybody."""
        chains = [chain for plan in self.plans for chain in self._chains(plan)]
        fresh = [chain for chain in chains if not chain.was_participant]
        for chain in fresh:
            self._draw_helper(chain)
        homes = self._homes(self.scale.people - len(fresh))
        for home in homes:
            self._draw_participant(home)
        self._settle_lengths()
        self._promote([chain for chain in chains if chain.was_participant])

    def _homes(self, count: int) -> list[Plan]:
        """Return the activity that brings each participant, in proportion to what happens there."""
        weights = [plan.size * len(self._held[plan.index]) for plan in self.plans]
        whole = sum(weights)
        homes: list[Plan] = []
        upto = 0.0
        for plan, weight in zip(self.plans, weights, strict=True):
            upto += weight
            homes += [plan] * (round(count * upto / whole) - len(homes))
        return homes

    def _span(self, plan: Plan) -> tuple[int, int]:
        held = self._held[plan.index]
        return (held[0], held[-1]) if held else (self.ending, self.ending)

    # --- helpers and leaders -----------------------------------------------------------------

    def _chains(self, plan: Plan) -> list[Chain]:
        first, last = self._span(plan)
        if not self._held[plan.index]:
            return []
        chains = self._follow(plan, first, last, plan.leader_role or "leader", 1500, 0.0)
        for _ in range(1 + int(plan.size) // 14):
            chains += self._follow(plan, first, last, "volunteer", 620, 0.35)
        return chains

    def _follow(
        self, plan: Plan, first: int, last: int, role: str, stay: int, was: float
    ) -> list[Chain]:
        """Return people who fill one place after another."""
        chains: list[Chain] = []
        day = first
        while day <= last:
            end = day + 90 + int(self._chance.expovariate(1 / stay))
            if last - end < 120:
                end = last
            began = bool(chains) or role == "volunteer"
            came = began and day - first > 100 and self._chance.random() < was
            chains.append(
                Chain(activity=plan.index, first=day, last=end, role=role, was_participant=came)
            )
            gap = 0 if role != "volunteer" else self._chance.randrange(0, 60)
            day = end + 1 + gap
        if role == "volunteer" and len(chains) == 1 and last - first > 300:
            # Somebody steps in half way: the next to last place is a participant's.
            half = (first + last) // 2
            chains = [
                Chain(activity=plan.index, first=half, last=last, role=role, was_participant=True)
            ]
        return chains

    def _draw_helper(self, chain: Chain) -> None:
        plan = self.plans[chain.activity]
        age = min(max(self._chance.gauss(54, 14), 19), 79)
        member = self._draw_member(plan, chain.first, age)
        lead = chain.role == "leader" or (
            plan.leader_role == "volunteer" and plan.index not in self.leaders
        )
        if lead or plan.index not in self.leaders:
            self.leaders[plan.index] = member  # the latest of a chain stays
        self.spells.append(
            Spell(
                person=member.index,
                activity=plan.index,
                first=chain.first,
                last=chain.last,
                often=0.86 if lead else 0.38,
                role=chain.role,
            )
        )

    def _promote(self, chains: Sequence[Chain]) -> None:
        """Let participants become helpers: their time as a participant ends there."""
        by_activity: dict[int, list[Spell]] = {}
        for spell in self.spells:
            if spell.role == "participant" and spell.often > 0.5:
                by_activity.setdefault(spell.activity, []).append(spell)
        for chain in chains:
            fitting = [
                spell
                for spell in by_activity.get(chain.activity, ())
                if spell.first + 60 < chain.first < spell.last - 30
                and self.members[spell.person].age(chain.first) >= 16
            ]
            if not fitting:
                continue
            spell = self._chance.choice(fitting)
            by_activity[chain.activity].remove(spell)
            end = max(spell.last, min(chain.last, self._span(self.plans[chain.activity])[1]))
            self.spells.append(
                Spell(
                    person=spell.person,
                    activity=chain.activity,
                    first=chain.first,
                    last=end,
                    often=0.6,
                    role="volunteer",
                )
            )
            spell.last = chain.first - 1

    # --- participants ------------------------------------------------------------------------

    def _draw_participant(self, plan: Plan) -> None:
        chance = self._chance
        first, last = self._span(plan)
        joined = max(first, int(chance.uniform(first - self.scale.stay * 0.6, last - 6)))
        joined = self._bump(joined, first, last)
        batch = -1
        if joined > first and chance.random() < _REFERRED_SHARE:
            batch = (joined - first) // _BATCH_EVERY
            joined = min(last, first + batch * _BATCH_EVERY + 9 + chance.randrange(12))
        age = plan.ages.draw(chance)
        member = self._draw_member(plan, joined, age)
        member.batch = batch
        kind = chance.random()
        if kind < self.scale.casual:
            self._casual(plan, member, once=kind < self.scale.casual * 0.55)
            return
        stalwart = kind > 0.76
        often = chance.uniform(0.74, 0.95) if stalwart else chance.betavariate(5, 3.2)
        stay = (1.3 + 2 * chance.expovariate(1)) if stalwart else 0.15 + chance.expovariate(1)
        self._add(plan, member, joined, often, stay)
        if chance.random() < _BACK_SHARE:
            self._come_back(plan, member, joined, often, stay)
        if plan.draft.age_to is None:
            self._more(plan, member, joined, stay)
        elif chance.random() < 0.2:
            self._more(plan, member, joined, stay)

    def _bump(self, joined: int, first: int, last: int) -> int:
        """New years and new terms bring people."""
        if joined <= first or self._chance.random() > 0.3:
            return joined
        day = dt.date.fromordinal(joined)
        start = dt.date(day.year, 1 if day.month < 6 else 9, 5).toordinal()
        return min(max(first, start + self._chance.randrange(24)), last)

    def _casual(self, plan: Plan, member: Member, *, once: bool) -> None:
        """Somebody who looked in once, or a few times."""
        held = self._held[plan.index]
        at = min(bisect_left(held, member.joined), len(held) - 1)
        upto = at if once else min(at + self._chance.randrange(2, 6), len(held) - 1)
        self.spells.append(
            Spell(
                person=member.index,
                activity=plan.index,
                first=held[at],
                last=held[upto],
                often=1.0 if once else 0.55,
            )
        )
        member.joined = held[at]

    def _add(
        self, plan: Plan, member: Member, first: int, often: float, stay: float
    ) -> None:
        limit = self._span(plan)[1]
        if plan.draft.age_to is not None:
            limit = min(limit, member.born + int(_YEAR * (plan.draft.age_to + 1)) - 1)
        if first > limit:
            return
        self.spells.append(
            Spell(
                person=member.index,
                activity=plan.index,
                first=first,
                last=limit,
                often=often,
                stay=stay,
                limit=limit,
            )
        )

    def _come_back(
        self, plan: Plan, member: Member, joined: int, often: float, stay: float
    ) -> None:
        """Somebody who leaves and comes back: the first time ends before the second starts."""
        first = joined + int(self.scale.stay * 0.25) + self._chance.randrange(120, 420)
        back = self.spells[-1]
        if back.person != member.index or first >= self._span(plan)[1]:
            return
        gap = self._chance.randrange(90, 240)
        if first - gap <= joined:
            return
        back.limit = min(back.limit, first - gap)
        self._add(plan, member, first, often, stay)

    def _more(self, home: Plan, member: Member, joined: int, stay: float) -> None:
        """Let somebody come to further activities of the group that suit them."""
        chance = self._chance
        count = int(self.scale.more) + (chance.random() < self.scale.more % 1)
        taken = {home.draft.weekday}
        for _ in range(count + (chance.random() < 0.12)):
            fitting = [
                plan
                for plan in self._groups[member.group]
                if plan.draft.weekday not in taken and self._suits(plan, member, joined)
            ]
            if not fitting:
                return
            plan = Weighted([(plan, plan.size) for plan in fitting]).pick(chance)
            taken.add(plan.draft.weekday)
            first, last = self._span(plan)
            start = max(first, joined + int(chance.expovariate(1 / 60)))
            if start < last:
                self._add(plan, member, start, chance.betavariate(5, 3), stay * 0.8)

    def _suits(self, plan: Plan, member: Member, day: int) -> bool:
        age = member.age(day)
        low = plan.draft.age_from or plan.ages.lowest - 4
        high = plan.draft.age_to or plan.ages.highest + 6
        first, last = self._span(plan)
        return (
            low <= age <= high
            and first < last
            and day < last - 30
            and not (plan.skew == 1 and member.sex == MALE)
            and not (plan.skew < 0.05 and member.sex == FEMALE)
        )

    def _draw_member(self, plan: Plan, joined: int, age: float) -> Member:
        chance = self._chance
        sex = FEMALE if chance.random() < plan.skew else MALE
        code = places()[plan.town].people.pick(chance)
        member = Member(
            index=len(self.members),
            group=plan.group,
            town=plan.town,
            home=plan.index,
            sex=sex,
            born=joined - int(age * _YEAR) - 1,
            name=names.draw(chance, code, sex, int(age)),
            joined=joined,
        )
        self.members.append(member)
        return member

    # --- settling ----------------------------------------------------------------------------

    def _settle_lengths(self) -> None:
        """Find the length of stay at which the whole book has the attendances wanted."""
        low, high = 5.0, 6000.0
        for _ in range(18):
            middle = (low * high) ** 0.5
            self._stretch(middle)
            low, high = (middle, high) if self.expected() < self.scale.attendances else (low, middle)
        self._stretch((low * high) ** 0.5)

    def _stretch(self, days: float) -> None:
        for spell in self.spells:
            if spell.stay:
                spell.last = min(spell.limit, spell.first + int(spell.stay * days))

    def expected(self) -> float:
        """Return about how many participant attendances the spells come to."""
        total = 0.0
        for spell in self.spells:
            if spell.role == "participant":
                held = self._held[spell.activity]
                count = bisect_right(held, spell.last) - bisect_left(held, spell.first)
                if count:
                    total += 1 + spell.often * (count - 1)
        return total


def _held_days(meetings: Sequence[Meeting]) -> list[int]:
    return [meeting.day.toordinal() for meeting in meetings if meeting.state == "held"]

