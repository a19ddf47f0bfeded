"""What the pretend groups take and spend, day by day, before it is known which money pays for it."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from app.domain.activities import SessionState
from app.figures.rates import rates
from app.services.example import prices
from app.services.example.granting import REPORT_AFTER, Grant
from app.services.example.meetings import Meeting
from app.services.example.programme import Plan
from app.services.example.size import Size
from app.services.example.world import World
from app.services.example.writing import Writer

ALWAYS = -1.0
"""The rank of what is in every book; of the rest as many as the book has room for."""
_IN, _MOVE, _OUT, _LAST = range(4)
"""The order of a day: nothing is paid before what came in."""
JOURNEY = 6
"""Days before it is paid for that a claimed journey was made."""
_EVERY_MONTHS = {Size.SMALL: 3, Size.BUSY: 1, Size.UMBRELLA: 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Something that came in or is to be paid (pence, above nothing); the day is an ordinal."""

    day: int
    order: int
    what: str
    group: int
    pence: int = 0
    more: int = 0
    """A second amount in the same entry: what was given beside the subs."""
    heading: str = ""
    activity: int | None = None
    session: int | None = None
    name: str = ""
    rank: float = ALWAYS
    lines: int = 1
    grant: Grant | None = None
    agreement_id: int | None = None
    referral_id: int | None = None
    person: int | None = None


def wishes(writer: Writer, grants: list[Grant], chance: random.Random) -> list[Wish]:
    """Return everything the groups would take and spend, in no order."""
    world = writer.world
    came = writer.came()
    made: list[Wish] = []
    for plan in world.plans:
        for meeting in world.meetings[plan.index]:
            if meeting.state is SessionState.HELD:
                here = came.get(writer.session(meeting.index), 0)
                made += _of_session(writer, plan, meeting, here, chance)
    today = world.ending.toordinal()
    made += _months(world, chance)
    made += _years(world, chance)
    made += _of_grants(grants, today)
    made += _promised(writer, today)
    made += _claims(world, chance)
    first = world.first.toordinal()
    return [wish for wish in made if first <= wish.day < today]


def _of_session(
    writer: Writer, plan: Plan, meeting: Meeting, came: int, chance: random.Random
) -> Iterator[Wish]:
    world, day = writer.world, meeting.day.toordinal()
    of = partial(Wish, group=plan.group, activity=plan.index)
    subs, given = prices.takings(plan, came, chance)
    if subs or given:
        yield of(
            day=day, order=_IN, what="takings", pence=subs, more=given, rank=chance.random() * 0.6,
            session=writer.session(meeting.index), lines=bool(subs) + bool(given),
        )  # fmt: skip
    if hire := prices.hire(plan):
        yield of(
            day=day + 3, order=_OUT, what="payment", heading=prices.HIRE, name=plan.draft.place,
            pence=prices.then(hire, day, world),
        )  # fmt: skip
    names = prices.book()["names"]
    if fee := prices.tutor(plan):
        leads = world.leaders.get(plan.index)
        name = leads.name if leads else None
        yield of(
            day=day + 2, order=_OUT, what="payment", heading=prices.TUTORS,
            pence=prices.then(fee, day, world), rank=0.3 + 0.7 * chance.random(),
            name=f"{name.given} {name.family}" if name else chance.choice(names["tutors"]),
        )  # fmt: skip
    for heading, low, high in (
        (prices.REFRESHMENTS, 280, 1_450),
        (prices.MATERIALS, 450, 3_600),
    ):
        pence = prices.then(prices.some(chance, low, high), day, world) + chance.randrange(10)
        yield of(
            day=day - 1, order=_OUT, what="petty", heading=heading, pence=pence,
            rank=0.4 + 0.6 * chance.random(), name=chance.choice(names[heading.lower()]),
        )  # fmt: skip


def _months(world: World, chance: random.Random) -> Iterator[Wish]:
    names, (low, high) = prices.book()["names"], prices.book()["overheads"]["printing"]
    for number in range((world.ending - world.first).days // 30):
        first = world.first.toordinal() + 3 + number * 30
        for group in _groups(world):
            if number % _EVERY_MONTHS[world.size] == 0:
                yield Wish(
                    day=first + 2, order=_OUT, what="payment", group=group, heading=prices.PRINTING,
                    pence=prices.some(chance, low, high), name=chance.choice(names["printing"]),
                )  # fmt: skip
                yield Wish(
                    day=first + 9, order=_IN, what="fundraising", group=group,
                    heading=prices.FUNDRAISING if chance.random() < 0.6 else prices.DONATIONS,
                    pence=500 * chance.randrange(4, 15),
                )  # fmt: skip
            yield Wish(day=first + 17, order=_MOVE, what="banking", group=group, lines=2)


def _years(world: World, chance: random.Random) -> Iterator[Wish]:
    names, (low, high) = prices.book()["names"], prices.book()["overheads"]["insurance"]
    first, last = world.first.toordinal(), world.ending.toordinal()
    for day in range(first + 45, last, 365):
        for group in _groups(world):
            pence = prices.then(prices.some(chance, low, high, 50), day, world)
            yield Wish(
                day=day, order=_OUT, what="insurance", group=group, heading=prices.INSURANCE,
                pence=pence, name=names["insurer"], lines=2,
            )  # fmt: skip
        yield Wish(day=day + 30, order=_MOVE, what="set aside", group=0, lines=2)
        yield Wish(
            day=day + 75, order=_OUT, what="equipment", group=0, heading=prices.EQUIPMENT,
            name=chance.choice(names["equipment"]),
        )  # fmt: skip


def _groups(world: World) -> list[int]:
    return sorted({plan.group for plan in world.plans})


def _of_grants(grants: list[Grant], today: int) -> Iterator[Wish]:
    for grant in grants:
        if not grant.awarded:
            continue
        for day, pence in grant.instalments():
            yield Wish(
                day=day, order=_IN, what="grant", group=grant.group, pence=pence, grant=grant,
                heading=prices.GRANTS, name=grant.funder,
            )  # fmt: skip
        heading, share = prices.EQUIPMENT, 1.0
        if grant.tight:
            heading, share = prices.REFRESHMENTS, 1.2
        yield Wish(
            day=(3 * grant.first + grant.last) // 4, order=_OUT, what="bought", grant=grant,
            group=grant.group, heading=heading, pence=int(grant.budget[heading] * share),
            activity=grant.activities[0] if grant.activities else None,
            name=prices.book()["names"][heading.lower()][grant.index % 4],
        )  # fmt: skip
        if grant.last + REPORT_AFTER < today:
            yield Wish(
                day=grant.last, order=_LAST, what="given back", group=grant.group, grant=grant,
                heading=prices.OTHER_OUT, name=grant.funder,
            )  # fmt: skip


def _promised(writer: Writer, today: int) -> Iterator[Wish]:
    for one in writer.promised:
        once = one.referral_id is not None
        for day in [one.first + 14] if once else range(one.first + 30, one.last, 91):
            if one.pence and writer.world.first.toordinal() <= day < today:
                yield Wish(
                    day=day, order=_IN, what="places", group=one.group, pence=one.pence,
                    heading=prices.PLACES, name=one.funder, agreement_id=one.agreement_id,
                    referral_id=one.referral_id,
                )  # fmt: skip


def _claims(world: World, chance: random.Random) -> Iterator[Wish]:
    """Yield what helpers spent and were paid: now and then one each."""
    helpers = [spell for spell in world.spells if spell.role in {"volunteer", "leader"}]
    wanted = {Size.SMALL: 3, Size.BUSY: 40, Size.UMBRELLA: 300}[world.size]
    low = world.first.toordinal() + 20
    for spell in chance.sample(helpers, min(wanted, len(helpers))):
        first, last = max(spell.first, low), min(spell.last, world.ending.toordinal() - 12)
        if first <= last:
            yield Wish(
                day=chance.randrange(first, last + 1) + 8, order=_OUT, what="claim",
                group=world.plans[spell.activity].group, activity=spell.activity,
                heading=prices.EXPENSES, person=spell.person,
                pence=chance.randrange(20, 320), more=prices.some(chance, 250, 1_900),
            )  # fmt: skip


def mile_pence(day: int) -> int:
    """Return what a mile by car was paid on a day; before the first rate, as much."""
    date, known = dt.date.fromordinal(day), rates("mile_car")
    return ([rate.pence for rate in known if rate.from_on <= date] or [known[0].pence])[-1]
