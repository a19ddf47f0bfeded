"""Part: who paid for places, for whom, from which referral, and what was corrected by hand."""

import datetime as dt
import random
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.activities import SessionState
from app.services.example.members import YEAR
from app.services.example.programme import Plan
from app.services.example.size import Size
from app.services.example.world import World
from app.services.example.writing import Promise, Writer

_AGREEMENTS_A_GROUP = {Size.SMALL: 1, Size.BUSY: 9, Size.UMBRELLA: 3}
_SPOTS_A_GROUP = {Size.SMALL: 1, Size.BUSY: 3, Size.UMBRELLA: 1}
_OLDEST_CHILD = 18
_CONTRACT_PENCE = 125_000
_ENDED_EARLY, _CORRECTED, _TASTER = 0.07, 0.06, "A taster, not counted"
_FUNDERS = (
    "Health and Care Partnership",
    "Borough Council public health",
    "Primary Care Network",
    "Community Foundation",
)
_AGREEMENT = (
    "kind funder reference from_on to_on price_pence price_per places counted_by units_each"
    " age_from age_to parent_consent no_show_uses quarterly_pence who_counts"
)

Row = tuple[Any, ...]


@dataclass(slots=True, kw_only=True)
class _Agreement:
    """A pretend agreement; days are ordinals."""

    group: int
    kind: str
    reference: str
    funder: str
    first: int
    last: int
    plans: tuple[Plan, ...]
    young: bool = False
    weeks: bool = False
    places: int = 1
    units: int = 12
    pence: int = 12_000
    wanted: int = field(default=1)


@dataclass(slots=True, kw_only=True)
class _Candidate:
    """Somebody who came from a day on, and the referral they came by, if any."""

    person: int
    activity: int
    day: int
    referral: int | None


def write(writer: Writer) -> None:
    """Write agreements and places, and tie the referrals to what paid for them."""
    world, chance = writer.world, writer.world.chance("funded places")
    agreements = list(_agreements(world, chance))
    first = writer.next_id("agreement")
    writer.counts["agreements"] = writer.rows("agreement", _AGREEMENT, map(_row, agreements))
    writer.fill(
        "agreement_activity",
        "agreement_id activity_id",
        (
            (first + at, writer.activity(plan.index))
            for at, one in enumerate(agreements)
            for plan in one.plans
        ),
    )
    given = list(_given(writer, agreements, chance))
    referral = world.first_id("referral")
    writer.promised = [*_promises(agreements, given, first, referral)]
    place = writer.next_id("funded_place")
    columns = "agreement_id person_id referral_id from_on to_on units"
    writer.counts["funded_places"] = writer.rows(
        "funded_place", columns, _places(writer, agreements, given, first, chance)
    )
    writer.fill(
        "place_correction", "place_id session_id uses why",
        _corrections(writer, given, place, chance),
    )  # fmt: skip
    writer.change(
        "referral",
        "who_pays agreement_id",
        (
            (*_paid(agreements[at], first + at), referral + one.referral)
            for at, one in given
            if one.referral is not None
        ),
    )  # fmt: skip


def _promises(
    agreements: Sequence[_Agreement],
    given: Sequence[tuple[int, _Candidate]],
    first: int,
    referral: int,
) -> Iterator[Promise]:
    """Yield what agreements pay, then what is paid for one referral at a time."""
    for at, agreement in enumerate(agreements):
        yield _promise(agreement, first + at)
    for at, one in given:
        agreement = agreements[at]
        if one.referral is not None and agreement.kind == "spot":
            yield Promise(
                group=agreement.group, funder=agreement.funder, first=one.day, last=one.day,
                pence=agreement.pence, referral_id=referral + one.referral,
            )  # fmt: skip


def _promise(one: _Agreement, agreement_id: int) -> Promise:
    """Return what an agreement pays a quarter; what is bought one by one is paid by referral."""
    pence = _CONTRACT_PENCE if one.kind == "contract" else one.places * one.pence // 4
    return Promise(
        group=one.group, funder=one.funder, first=one.first, last=one.last,
        pence=0 if one.kind == "spot" else pence, agreement_id=agreement_id,
    )  # fmt: skip


def _paid(agreement: _Agreement, agreement_id: int) -> tuple[str, int | None]:
    """Return who pays as a referral says it: only places and contracts are named there."""
    return ("spot", None) if agreement.kind == "spot" else ("agreement", agreement_id)


def _text(day: int) -> str:
    return dt.date.fromordinal(day).isoformat()


def _agreements(world: World, chance: random.Random) -> Iterator[_Agreement]:
    """Yield each group's agreements: those for young people first, then over the years."""
    today, start = world.ending.toordinal(), world.first.toordinal()
    groups: dict[int, list[Plan]] = {}
    for plan in world.plans:
        if plan.days and plan.days[0][0] <= world.ending:
            groups.setdefault(plan.group, []).append(plan)
    for group, plans in sorted(groups.items()):
        goes_on = [plan for plan in plans if plan.days[-1][0] > world.ending]
        young = tuple(plan for plan in goes_on if (plan.draft.age_to or 99) <= _OLDEST_CHILD)
        count = _AGREEMENTS_A_GROUP[world.size]
        for turn in range(count):
            if turn == 0:
                one = _pilot(group, young, today - 190, today + 120)
            else:
                first = start + (today - start) * (turn - 1) // max(1, count - 1)
                one = _yearly(group, turn, first, plans, chance)
            one.places = one.wanted = {Size.SMALL: 10, Size.BUSY: 24}.get(world.size, 5)
            yield one
        for turn in range(_SPOTS_A_GROUP[world.size]):
            first = today - 150 - 40 * turn
            yield _Agreement(
                group=group, kind="spot", reference=f"SPOT-{group + 1:02}-{turn + 1}",
                funder="The surgery", first=first, last=first + 240, plans=(), pence=7_200,
            )  # fmt: skip


def _pilot(group: int, young: tuple[Plan, ...], first: int, last: int) -> _Agreement:
    year = dt.date.fromordinal(first).year
    return _Agreement(
        group=group, kind="places", first=first, last=last, plans=young, young=bool(young),
        reference=f"{'YP' if young else 'MOVE'}-{year}-{group + 1:02}", funder=_FUNDERS[0],
        weeks=bool(young), pence=14_400 if young else 9_600,
    )  # fmt: skip


def _yearly(
    group: int, turn: int, first: int, plans: Sequence[Plan], chance: random.Random
) -> _Agreement:
    year = dt.date.fromordinal(first).year
    contract = turn % 4 == 0
    open_then = [plan for plan in plans if plan.draft.age_to is None]
    some = chance.sample(open_then, min(3, len(open_then))) if turn % 3 == 1 else []
    return _Agreement(
        group=group, kind="contract" if contract else "places", first=first, last=first + 364,
        reference=f"{'CON' if contract else 'FP'}-{year}-{group + 1:02}-{turn}",
        funder=_FUNDERS[turn % len(_FUNDERS)],
        plans=tuple(sorted(some, key=lambda plan: plan.index)),
        units=chance.choice((8, 10, 12, 12)), pence=chance.choice((6_000, 7_200, 9_600)),
    )  # fmt: skip


def _row(one: _Agreement) -> Row:
    ages = (11, _OLDEST_CHILD) if one.young else (None, None)
    by_session = one.kind == "spot"
    return (
        one.kind,
        one.funder,
        one.reference,
        _text(one.first),
        _text(one.last),
        600 if by_session else one.pence,
        "session" if by_session else "place",
        one.places,
        "weeks" if one.weeks else "sessions",
        one.units,
        *ages,
        int(one.young),
        int(one.young),
        _CONTRACT_PENCE if one.kind == "contract" else None,
        "Young people who were referred" if one.young else "",
    )


def _given(
    writer: Writer, agreements: Sequence[_Agreement], chance: random.Random
) -> Iterator[tuple[int, _Candidate]]:
    """Yield who got a place under which agreement: by referral first, each person once."""
    by_group: dict[int, list[_Candidate]] = {}
    for one in _candidates(writer):
        by_group.setdefault(writer.world.members[one.person].group, []).append(one)
    has: set[int] = set()
    for group in by_group.values():
        group.sort(key=lambda one: one.day)
    for at, agreement in enumerate(agreements):
        group = by_group.get(agreement.group, [])
        low = bisect_left(group, agreement.first, key=lambda one: one.day)
        high = bisect_left(group, agreement.last + 1, key=lambda one: one.day)
        fitting = [
            one for one in group[low:high]
            if one.person not in has and _suits(writer.world, agreement, one)
        ]  # fmt: skip
        wanted = min(agreement.wanted, max(1, len(fitting) * 2 // 3))
        chosen: dict[int, _Candidate] = {}
        for one in sorted(chance.sample(fitting, len(fitting)), key=lambda o: o.referral is None):
            if len(chosen) < wanted:
                chosen.setdefault(one.person, one)
        has |= chosen.keys()
        for one in sorted(chosen.values(), key=lambda one: (one.day, one.person)):
            yield at, one


def _candidates(writer: Writer) -> Iterator[_Candidate]:
    """Yield those who came: from the day their referral was accepted, or their first day."""
    for index, one in enumerate(writer.referrals):
        accepted = [day for step, day, _ in one.steps if step == "accepted"]
        refused = any(step == "not_accepted" for step, _, _ in one.steps)
        if one.member is not None and accepted and not refused and one.activity is not None:
            day = max(one.received, accepted[-1])
            yield _Candidate(
                person=one.member, activity=one.activity, day=day, referral=index
            )  # fmt: skip
    for spell in writer.world.spells:
        if spell.role == "participant" and spell.stay:
            yield _Candidate(
                person=spell.person, activity=spell.activity, day=spell.first, referral=None
            )  # fmt: skip


def _suits(world: World, agreement: _Agreement, one: _Candidate) -> bool:
    if agreement.plans and one.activity not in {plan.index for plan in agreement.plans}:
        return False
    if one.day > world.ending.toordinal():
        return False
    age = (one.day - world.members[one.person].born) / YEAR
    return not agreement.young or 11.1 <= age < _OLDEST_CHILD + 0.9


def _places(
    writer: Writer,
    agreements: Sequence[_Agreement],
    given: Sequence[tuple[int, _Candidate]],
    first: int,
    chance: random.Random,
) -> Iterator[Row]:
    referral = writer.world.first_id("referral")
    for at, one in given:
        agreement = agreements[at]
        early = one.day + 49 if chance.random() < _ENDED_EARLY else agreement.last
        yield (
            first + at,
            writer.person(one.person),
            None if one.referral is None else referral + one.referral,
            _text(one.day),
            _text(early) if early < agreement.last else None,
            agreement.units,
        )


def _corrections(
    writer: Writer, given: Sequence[tuple[int, _Candidate]], place: int, chance: random.Random
) -> Iterator[Row]:
    """Yield sessions that were said not to use a place: the first one after it was given."""
    for number, (_, one) in enumerate(given):
        if chance.random() >= _CORRECTED:
            continue
        for meeting in writer.world.meetings[one.activity]:
            if meeting.state is SessionState.HELD and meeting.day.toordinal() >= one.day:
                yield (place + number, writer.session(meeting.index), 0, _TASTER)
                break
