"""Pretend referrals: who was sent to the group and when, whether they came, and what was done."""

import datetime as dt
import random
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.activities import SessionState
from app.services.example import steps
from app.services.example.members import YEAR, Member, Spell
from app.services.example.referrers import Organisation, Referrers, Worker, odds, some
from app.services.example.size import SCALES, Size
from app.services.example.steps import Step
from app.services.example.telling import phrases
from app.services.example.world import World

_STARTED_SHARE, _ALREADY_SHARE, _DOUBLED_SHARE = 0.67, 0.035, 0.02
_OPEN_NOW = {Size.SMALL: 6, Size.BUSY: 24, Size.UMBRELLA: 330}
"""Referrals of the last weeks whose people have not come."""
STRANGERS = {Size.SMALL: 2, Size.BUSY: 60, Size.UMBRELLA: 1000}
"""People who were referred and never came at all."""
_APART = 30
_LATELY = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """Somebody who was referred and never came."""

    index: int
    town: str
    sex: int
    born: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """One pretend referral; days are ordinals."""

    member: int | None
    stranger: int | None = None
    activity: int | None
    received: int
    source_type: str
    organisation: Organisation | None = field(repr=False)
    worker: Worker | None = field(repr=False)
    channel: str
    reference: str
    reasons: tuple[str, ...]
    needs: tuple[str, ...]
    what_helps: str = field(repr=False)
    report_back: str
    who_pays: str
    steps: tuple[Step, ...]


@dataclass(slots=True)
class _Arrival:
    """The first time somebody comes to an activity in one go, and when that time ends."""

    person: int
    activity: int
    first: int
    last: int
    sent: bool
    """Whether they are one of those whom the notes call referred."""


class Referring:
    """Everybody who was referred to one pretend group."""

    def __init__(self, world: World) -> None:
        self.referrers = Referrers(world)
        self.strangers: list[Stranger] = []
        self._world = world
        self._chance = world.chance("referrals")
        self._today = world.ending.toordinal()
        self._first = world.first.toordinal()
        self._arrivals = _arrivals(world)
        self._last: dict[int, int] = {}
        for arrival in self._arrivals:
            self._last[arrival.person] = max(self._last.get(arrival.person, 0), arrival.last)
        self._helps = _first_helping(world.spells)
        self._received: dict[int, list[int]] = {}

    def draw(self) -> list[Referral]:
        """Draw every referral, in the order in which they were received."""
        wanted = SCALES[self._world.size].referrals
        already = round(wanted * _ALREADY_SHARE)
        made = list(self._started(round(wanted * _STARTED_SHARE)))
        made += self._coming_already(already)
        made += self._never_seen()
        made += self._lately(_OPEN_NOW[self._world.size])
        made += self._not_started(wanted - len(made))
        if len(made) < wanted:  # a book in which nobody leaves: more of those who come already
            made += self._coming_already(wanted - len(made))
        made.sort(key=lambda one: (one.received, one.member or -1, one.source_type))
        return made

    def _started(self, count: int) -> Iterator[Referral]:
        """Yield referrals after which somebody came, often days to weeks later."""
        chance = self._chance
        order = chance.sample(self._arrivals, len(self._arrivals))
        order.sort(key=lambda arrival: not arrival.sent)
        for arrival in order:
            if not count:
                return
            wait = 2 + min(int(chance.expovariate(1 / 17)), 110)
            received = arrival.first if chance.random() < 0.02 else arrival.first - wait
            received = _weekday(received) if wait > 2 else received
            if received < self._first or not self._free(arrival.person, received):
                continue
            count -= 1
            yield self._after(arrival, received)

    def _after(self, arrival: _Arrival, received: int) -> Referral:
        last = self._last[arrival.person]
        done = steps.started(
            received,
            arrival.first,
            self._chance,
            ended=last if last < self._today - 30 else None,
            helps=self._helps.get(arrival.person),
            today=self._today,
        )
        return self._of(arrival.person, arrival.activity, received, done)

    def _coming_already(self, count: int) -> Iterator[Referral]:
        """Yield referrals of people whom the group knew already, and who came again after it."""
        order = self._chance.sample(self._arrivals, len(self._arrivals))
        staying = [arrival for arrival in order if arrival.last - arrival.first > 50]
        for arrival in staying[:count]:
            received = self._chance.randrange(arrival.first + 1, arrival.last - 14)
            done = steps.started(
                received, received + 7, self._chance, ended=None, helps=None, today=self._today
            )
            yield self._of(arrival.person, arrival.activity, received, done)

    def _never_seen(self) -> Iterator[Referral]:
        """Yield referrals of people who never came at all, some of whom were sent twice."""
        chance = self._chance
        count = STRANGERS[self._world.size]
        for index, end in enumerate(steps.ends(count, chance, lately=False)):
            plan = chance.choice(self._world.plans)
            opened, ended = plan.days[0][0].toordinal(), plan.days[-1][0].toordinal()
            low, high = max(self._first, opened), min(self._today, ended)
            received = _weekday(chance.randrange(low, max(low + 1, high)))
            born = received - int(plan.ages.draw(chance) * YEAR) - 1
            sex = int(chance.random() >= plan.skew)
            self.strangers.append(Stranger(index=index, town=plan.town, sex=sex, born=born))
            for again in range(1 + (chance.random() < 0.1)):
                day = min(self._today, received + again * 12)
                done = steps.not_started(end, day, chance, today=self._today)
                yield self._of(None, plan.index, day, done, stranger=index)

    def _lately(self, count: int) -> Iterator[Referral]:
        """Yield referrals of the last weeks: most of them wait for an answer."""
        gone = [person for person in sorted(self._last) if self._last[person] < self._today - 60]
        people = self._chance.sample(gone, min(count, len(gone)))
        dealt = steps.ends(count, self._chance, lately=True)
        for person, end in zip(people, dealt, strict=False):
            received = _weekday(self._today - self._chance.randrange(_LATELY))
            if not self._free(person, received):
                continue
            done = steps.not_started(end, received, self._chance, today=self._today)
            yield self._of(person, self._home(person), received, done)

    def _not_started(self, count: int) -> Iterator[Referral]:
        """Yield referrals of people who had been here before and did not come again."""
        chance = self._chance
        gone = [person for person in sorted(self._last) if self._last[person] < self._today - 45]
        dealt = steps.ends(count, chance, lately=False)
        for _ in range(8):
            for person in chance.sample(gone, len(gone)):
                if not dealt:
                    return
                low = self._last[person] + 15
                high = min(self._today - 10, low + 700)
                received = _weekday(chance.randrange(low, max(low + 1, high)))
                if received <= self._last[person] or not self._free(person, received):
                    continue
                done = steps.not_started(dealt.pop(), received, chance, today=self._today)
                yield self._of(person, self._home(person), received, done)

    def _free(self, person: int, received: int) -> bool:
        """Say whether somebody may be referred on a day: rarely by two within a month."""
        before = self._received.get(person, ())
        near = any(abs(received - day) < _APART for day in before)
        return not near or self._chance.random() < _DOUBLED_SHARE

    def _home(self, person: int) -> int:
        return self._world.members[person].home

    def _of(
        self,
        person: int | None,
        activity: int,
        received: int,
        done: Sequence[Step],
        *,
        stranger: int | None = None,
    ) -> Referral:
        chance = self._chance
        one: Member | Stranger
        if person is None:
            one = self.strangers[-1]
        else:
            one = self._world.members[person]
            self._received.setdefault(person, []).append(received)
        age = (received - one.born) / YEAR
        kind, organisation, worker = self.referrers.pick(one.town, age, chance)
        channel = odds("channel").pick(chance)
        alone = kind in {"self", "family"}
        return Referral(
            member=person,
            stranger=stranger,
            activity=activity if chance.random() < 0.88 else None,
            received=received,
            source_type=kind,
            organisation=organisation,
            worker=worker,
            channel="phone" if alone and channel == "platform" else channel,
            reference=_reference(chance) if channel == "platform" and not alone else "",
            **_told(age, chance),
            report_back=chance.choice(_REPORT) if not alone else "not_asked",
            who_pays=odds("pays").pick(chance) if not alone else "nobody",
            steps=tuple(done),
        )


_REPORT = ("yes",) * 6 + ("no",) + ("not_asked",) * 3


def _told(age: float, chance: random.Random) -> dict[str, Any]:
    """Return what the referral says of the person: why, who it is for, what helps."""
    reasons = some(chance, odds("reasons", "young" if age < 18 else "adult"), 0.4)
    if chance.random() < 0.05:
        reasons = ("not_told",) if chance.random() < 0.6 else ()
    needs = some(chance, odds("needs"), 0.2) if chance.random() < 0.7 else ()
    helps = str(chance.choice(phrases()["what_helps"])) if chance.random() < 0.12 else ""
    return {"reasons": reasons, "needs": needs, "what_helps": helps}


def _reference(chance: random.Random) -> str:
    return f"SP-{chance.randrange(100_000, 1_000_000)}"


def _weekday(day: int) -> int:
    """Return the day, or the Friday before it: offices write referrals."""
    return day - max(0, dt.date.fromordinal(day).weekday() - 4)


def _arrivals(world: World) -> list[_Arrival]:
    """Return when participants first came to an activity: to the first session of their time."""
    held = [
        [meeting.day.toordinal() for meeting in group if meeting.state is SessionState.HELD]
        for group in world.meetings
    ]
    found: list[_Arrival] = []
    for spell in world.spells:
        days = held[spell.activity]
        at = bisect_left(days, spell.first)
        if spell.role != "participant" or not spell.often or at == len(days):
            continue
        if days[at] <= spell.last:
            member = world.members[spell.person]
            sent = member.batch >= 0 and member.home == spell.activity
            last = min(spell.last, world.ending.toordinal())
            found.append(_Arrival(spell.person, spell.activity, days[at], last, sent))
    return found


def _first_helping(spells: Sequence[Spell]) -> dict[int, int]:
    """Return the first day on which people helped, by person."""
    found: dict[int, int] = {}
    for spell in spells:
        if spell.role == "volunteer":
            found[spell.person] = min(spell.first, found.get(spell.person, spell.first))
    return found
