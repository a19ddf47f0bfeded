"""Everybody of a pretend book: who comes to what, from when until when, and how often."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from app.services.example import names
from app.services.example.cast import Cast, places_left, play
from app.services.example.chance import Weighted, stream
from app.services.example.leading import Chain, chains_of, promote
from app.services.example.meetings import Meeting
from app.services.example.members import YEAR, Diary, Member, Spell
from app.services.example.names import FEMALE, MALE
from app.services.example.places import places
from app.services.example.programme import Plan
from app.services.example.size import SCALES, Size

_REFERRED_SHARE, _BATCH_EVERY = 0.17, 38
_BACK_SHARE, _HELPER_MORE_SHARE, _YOUNG_MORE_SHARE = 0.13, 0.5, 0.2
_NEW_TERM_SHARE, _STALWART_SHARE = 0.3, 0.24
_LEADER_OFTEN, _HELPER_OFTEN = 0.86, 0.38
_NEWCOMER, _FOR_GOOD = 40, 500.0


class Crowd:
    """Everybody of a book, drawn activity by activity."""

    def __init__(
        self,
        plans: Sequence[Plan],
        meetings: Sequence[Sequence[Meeting]],
        size: Size,
        ending: dt.date,
        seed: int,
    ) -> None:
        scale = SCALES[size]
        self.plans = plans
        self.diary = Diary(plans, meetings, ending)
        self.members: list[Member] = []
        self.spells: list[Spell] = []
        self.leaders: dict[int, Member] = {}
        self._scale = scale
        self._cast = Cast(size, self.diary)
        self._chance = stream(seed, ending, "members")

    def draw(self) -> None:
        """Draw everybody."""
        chains = [
            chain for plan in self.plans for chain in chains_of(plan, self.diary, self._chance)
        ]
        fresh = [chain for chain in chains if not chain.was_participant]
        for chain in fresh:
            self._draw_helper(chain)
        cast = list(self._cast.participants())
        homes = self._homes(self._scale.people - len(fresh))
        for part, plan in cast:
            self._draw_cast(plan, part)
        for plan in places_left(homes, [plan for _, plan in cast]):
            self._draw_participant(plan)
        self._settle_lengths()
        stepped_in = [chain for chain in chains if chain.was_participant]
        self.spells += promote(stepped_in, self.spells, self.members, self._chance)

    def _homes(self, count: int) -> list[Plan]:
        """Return the activity that brings each participant, in proportion to what happens there."""
        # The young have one activity each, the others share more of theirs.
        weights = [
            plan.size
            * len(self.diary.held(plan))
            * (1 if plan.draft.age_to is None else 1 + 0.5 * self._scale.more)
            for plan in self.plans
        ]
        whole = sum(weights)
        homes: list[Plan] = []
        upto = 0.0
        for plan, weight in zip(self.plans, weights, strict=True):
            upto += weight
            homes += [plan] * (round(count * upto / whole) - len(homes))
        return homes

    def _draw_helper(self, chain: Chain) -> None:
        plan = self.plans[chain.activity]
        age = min(max(self._chance.gauss(54, 14), 19), 79)
        member = self._draw_member(plan, chain.first, age)
        if chain.leads:
            self.leaders[plan.index] = member  # the latest of them stays
            if part := self._cast.leader(plan):
                play(member, part)
        often = _LEADER_OFTEN if chain.leads else _HELPER_OFTEN
        self.spells.append(
            Spell(
                person=member.index,
                activity=plan.index,
                first=chain.first,
                last=chain.last,
                often=often if plan.leader_role or not chain.leads else 0.0,
                role=chain.role,
            )
        )
        if self._chance.random() < _HELPER_MORE_SHARE:  # who runs the lunch goes on the walk
            self._more(plan, member, chain.first, 2.0)

    def _draw_cast(self, plan: Plan, part: dict[str, Any]) -> None:
        """Draw somebody of the cast: they come often and are still there on the last day."""
        chance = self._chance
        first, last = self.diary.span(plan)
        ago = _NEWCOMER if part.get("new") else chance.randrange(150, 1500)
        member = self._draw_member(plan, max(first, last - ago), part["age"])
        play(member, part)
        self._add(plan, member, member.joined, chance.uniform(0.62, 0.94), _FOR_GOOD)
        if not part.get("new"):
            self._more(plan, member, member.joined, 2.0)

    def _draw_participant(self, plan: Plan) -> None:
        chance = self._chance
        first, last = self.diary.span(plan)
        joined = max(first, int(chance.uniform(first - self._scale.stay * 0.6, last - 20)))
        joined = self._new_term(joined, first, last)
        batch = -1
        if joined > first and chance.random() < _REFERRED_SHARE:
            batch = (joined - first) // _BATCH_EVERY
            joined = min(last, first + batch * _BATCH_EVERY + 9 + chance.randrange(12))
        member = self._draw_member(plan, joined, plan.ages.draw(chance))
        member.batch = batch
        kind = chance.random()
        if kind < self._scale.casual:
            self._casual(plan, member, once=kind < self._scale.casual * 0.55)
            return
        stalwart = kind > 1 - _STALWART_SHARE
        often = chance.uniform(0.78, 0.96) if stalwart else chance.betavariate(5, 2.0)
        stay = (1.3 + 2 * chance.expovariate(1)) if stalwart else 0.15 + chance.expovariate(1)
        spell = self._add(plan, member, joined, often, stay)
        if spell and chance.random() < _BACK_SHARE:
            self._come_back(plan, member, spell)
        if plan.draft.age_to is None or chance.random() < _YOUNG_MORE_SHARE:
            self._more(plan, member, joined, stay)

    def _new_term(self, joined: int, first: int, last: int) -> int:
        """New years and new terms bring people."""
        if joined <= first or self._chance.random() > _NEW_TERM_SHARE:
            return joined
        day = dt.date.fromordinal(joined)
        start = dt.date(day.year, 1 if day.month < 6 else 9, 5).toordinal()
        return min(max(first, start + self._chance.randrange(24)), last)

    def _casual(self, plan: Plan, member: Member, *, once: bool) -> None:
        """Add somebody who looked in once, or a few times."""
        held = self.diary.held(plan)
        at = min(bisect_left(held, member.joined), len(held) - 1)
        upto = at if once else min(at + self._chance.randrange(2, 6), len(held) - 1)
        member.born += held[at] - member.joined  # of the age drawn on the day they really came
        member.joined = held[at]
        self.spells.append(
            Spell(
                person=member.index,
                activity=plan.index,
                first=held[at],
                last=held[upto],
                often=1.0 if once else 0.55,
            )
        )

    def _add(
        self, plan: Plan, member: Member, first: int, often: float, stay: float
    ) -> Spell | None:
        limit = self.diary.span(plan)[1]
        if plan.draft.age_to is not None:
            limit = min(limit, member.born + int(YEAR * (plan.draft.age_to + 1)) - 3)
        if first > limit:
            return None
        spell = Spell(
            person=member.index,
            activity=plan.index,
            first=first,
            last=limit,
            often=often,
            stay=stay,
            limit=limit,
        )
        self.spells.append(spell)
        return spell

    def _come_back(self, plan: Plan, member: Member, spell: Spell) -> None:
        """Let somebody leave and come back: the first time ends before the second starts."""
        first = spell.first + int(self._scale.stay * 0.25) + self._chance.randrange(120, 420)
        away = self._chance.randrange(90, 240)
        if first < spell.limit and first - away > spell.first:
            spell.limit = first - away
            self._add(plan, member, first, spell.often, spell.stay)

    def _more(self, home: Plan, member: Member, joined: int, stay: float) -> None:
        """Let somebody come to further activities of the group that suit them."""
        chance = self._chance
        count = int(self._scale.more) + (chance.random() < self._scale.more % 1)
        taken = {home.draft.weekday}
        for _ in range(count + (chance.random() < 0.12)):
            fitting = self.diary.suiting(member, joined, taken)
            if not fitting:
                return
            plan = Weighted([(plan, plan.size) for plan in fitting]).pick(chance)
            taken.add(plan.draft.weekday)
            first, last = self.diary.span(plan)
            start = max(first, joined + int(chance.expovariate(1 / 60)))
            if start < last:
                self._add(plan, member, start, chance.betavariate(5, 2.2), stay * 0.8)

    def _draw_member(self, plan: Plan, joined: int, age: float) -> Member:
        chance = self._chance
        sex = FEMALE if chance.random() < plan.skew else MALE
        code = places()[plan.town].people.pick(chance)
        name = names.draw(chance, code, sex, int(age))
        member = Member(
            index=len(self.members),
            group=plan.group,
            town=plan.town,
            home=plan.index,
            sex=sex,
            born=joined - int(age * YEAR) - 1,
            name=name,
            joined=joined,
            known_as=name.spoken,
        )
        self.members.append(member)
        return member

    def _settle_lengths(self) -> None:
        """Find the length of stay at which the whole book has the attendances wanted."""
        low, high = 5.0, 6000.0
        for _ in range(18):
            middle = (low * high) ** 0.5
            self._stretch(middle)
            enough = self._expected() >= self._scale.attendances
            low, high = (low, middle) if enough else (middle, high)
        self._stretch((low * high) ** 0.5)

    def _stretch(self, days: float) -> None:
        for spell in self.spells:
            if spell.stay:
                spell.last = min(spell.limit, spell.first + int(spell.stay * days))

    def _expected(self) -> float:
        """Return about how many participant attendances the spells come to."""
        total = 0.0
        for spell in self.spells:
            if spell.role == "participant" and (count := self.diary.count(spell)):
                total += 1 + spell.often * (count - 1)
        return total
