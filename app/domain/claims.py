"""Claims for expenses and mileage: what was really spent, or miles at the rate of the day.

Volunteers are paid what they spent and nothing flat, which could look like pay [S98]. Miles are
paid at HMRC's approved rates by the day of the journey; by car, the first 10,000 miles of a tax
year have one rate and the rest another [S60][S99].
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.ids import ActivityId, EntryId, FundId, GrantId, HeadingId, PersonId
from app.domain.names import NAME_LIMIT, TEXT_LIMIT
from app.domain.periods import short_date
from app.domain.problems import Problem

MOST_AT_THE_FIRST_RATE = 100_000
"""Tenths of a mile by car in a tax year at the first rate."""
MOST_TENTHS = 20_000
"""Tenths of a mile in one journey: 2,000 miles, further than anybody drives for a lunch club."""
TAX_YEAR = (4, 6)
"""The month and day on which a tax year begins."""


class ClaimKind(StrEnum):
    """What is claimed on a line."""

    EXPENSE = "expense"
    CAR = "car"
    MOTORCYCLE = "motorcycle"
    BICYCLE = "bicycle"


KIND_WORDS: Mapping[ClaimKind, str] = {
    ClaimKind.EXPENSE: "Money spent",
    ClaimKind.CAR: "Miles by car or van",
    ClaimKind.MOTORCYCLE: "Miles by motorcycle",
    ClaimKind.BICYCLE: "Miles by bicycle",
}
"""Every kind in words."""

RATE_KINDS: Mapping[ClaimKind, str] = {
    ClaimKind.CAR: "mile_car",
    ClaimKind.MOTORCYCLE: "mile_motorcycle",
    ClaimKind.BICYCLE: "mile_bicycle",
}
"""The rate each kind of journey is paid at, as rates.toml calls it."""
BEYOND = "mile_car_beyond"
"""The rate by car above the first 10,000 miles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MileRate:
    """Pence a mile, in force from a day until the next one's."""

    from_on: dt.date
    pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLineDraft:
    """One thing claimed: money spent (pence), or a journey (tenths of a mile)."""

    kind: ClaimKind = ClaimKind.EXPENSE
    spent_on: dt.date | None = None
    what: str = field(default="", repr=False)
    tenths_of_miles: int | None = None
    amount_pence: int | None = None
    heading_id: HeadingId | None = None
    fund_id: FundId | None = None
    activity_id: ActivityId | None = None
    grant_id: GrantId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDraft:
    """A claim of one person."""

    person_id: PersonId | None
    claimed_on: dt.date | None
    lines: tuple[ClaimLineDraft, ...]
    approved_by: str = field(default="", repr=False)
    approved_on: dt.date | None = None
    note: str = field(default="", repr=False)

    @property
    def total_pence(self) -> int:
        """What is claimed, journeys as far as they were priced."""
        return sum(line.amount_pence or 0 for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(ClaimDraft):
    """A kept claim; ``entry_id`` is the payment it was paid by, None while it waits."""

    id: int
    claimed_on: dt.date
    entry_id: EntryId | None = None


def tax_year_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of the tax year a day lies in: 6 April to 5 April."""
    year = day.year if (day.month, day.day) >= TAX_YEAR else day.year - 1
    first = dt.date(year, *TAX_YEAR)
    return first, dt.date(year + 1, *TAX_YEAR) - dt.timedelta(days=1)


def rate_on(rates: Sequence[MileRate], day: dt.date) -> int | None:
    """Return the pence a mile in force on a day, or None before the first rate."""
    held = [rate for rate in rates if rate.from_on <= day]
    return max(held, key=lambda rate: rate.from_on).pence if held else None


def journey_pence(
    kind: ClaimKind,
    day: dt.date,
    tenths: int,
    *,
    driven_before: int,
    rates: Mapping[str, Sequence[MileRate]],
) -> int | None:
    """Return what a journey is paid, in pence, rounded half up once; None where no rate holds.

    ``driven_before`` is what the person drove by car in the tax year before this journey, in
    tenths of a mile. A journey that crosses the step is paid by both rates.
    """
    first = rate_on(rates.get(RATE_KINDS[kind], ()), day)
    if first is None:
        return None
    at_first, beyond = tenths, 0
    if kind is ClaimKind.CAR:
        at_first = max(0, min(tenths, MOST_AT_THE_FIRST_RATE - driven_before))
        beyond = tenths - at_first
    second = rate_on(rates.get(BEYOND, ()), day) if beyond else 0
    if second is None:
        return None
    return (at_first * first + beyond * second + 5) // 10


def validate_claim(draft: ClaimDraft, *, today: dt.date) -> tuple[Problem, ...]:
    """Return what has to be corrected before a claim can be kept."""
    problems: list[Problem] = []
    if draft.person_id is None:
        problems.append(Problem(code="person_needed", field="person_id"))
    if draft.claimed_on is None:
        problems.append(Problem(code="date_needed", field="claimed_on"))
    elif draft.claimed_on > today:
        values = {"value": short_date(draft.claimed_on)}
        problems.append(Problem(code="entry_future", field="claimed_on", values=values))
    if not draft.lines:
        problems.append(Problem(code="amount_needed", field="amount_pence"))
    for line in draft.lines:
        problems += _line_problems(line, today)
    if len(draft.approved_by) > NAME_LIMIT:
        values = {"limit": f"{NAME_LIMIT:,}"}
        problems.append(Problem(code="text_too_long", field="approved_by", values=values))
    return tuple(problems)


def _line_problems(line: ClaimLineDraft, today: dt.date) -> list[Problem]:
    problems: list[Problem] = []
    if line.spent_on is None:
        problems.append(Problem(code="date_needed", field="spent_on"))
    elif line.spent_on > today:
        values = {"value": short_date(line.spent_on)}
        problems.append(Problem(code="entry_future", field="spent_on", values=values))
    if line.kind is ClaimKind.EXPENSE:
        if not line.what:
            problems.append(Problem(code="claim_what_needed", field="what"))
        if not line.amount_pence or line.amount_pence < 0:
            problems.append(Problem(code="amount_needed", field="amount_pence"))
    elif not line.tenths_of_miles or not 0 < line.tenths_of_miles <= MOST_TENTHS:
        values = {"limit": f"{MOST_TENTHS // 10:,}"}
        problems.append(Problem(code="miles_range", field="tenths_of_miles", values=values))
    if len(line.what) > TEXT_LIMIT:
        values = {"limit": f"{TEXT_LIMIT:,}"}
        problems.append(Problem(code="text_too_long", field="what", values=values))
    return problems
