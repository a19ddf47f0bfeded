"""Funded places: agreements that pay for them, one person's place, what makes both fit to keep.

Source: places of so many sessions or weeks, used, left and expiring, with no-shows and the price
of a place [S44][S45]; the young people's pilot pays for up to 12 weeks at ages 11 to 18.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.activities import EARLIEST_YEAR, FURTHEST_YEARS_AHEAD, HIGHEST_AGE
from app.domain.ids import ActivityId, AgreementId, PersonId, PlaceId, ReferralId, SessionId
from app.domain.names import NAME_LIMIT, TEXT_LIMIT
from app.domain.people import Aged, age_span
from app.domain.periods import Period, short_date
from app.domain.problems import Problem
from app.domain.referrals import SOURCE_TYPES

MOST_PLACES = 100_000
MOST_UNITS = 1_000
MOST_PENCE = 100_000_000
"""A million pounds: more is a slip of the finger."""
EXPIRING_DAYS = 28
"""A place that ends within so many days with something left is worth a word to its person."""


class AgreementKind(StrEnum):
    """How somebody pays: so many places, one person's spot payment, or a sum each quarter."""

    PLACES = "places"
    SPOT = "spot"
    CONTRACT = "contract"


class CountedBy(StrEnum):
    """What a place is counted in. A week is Monday to Sunday with at least one session."""

    SESSIONS = "sessions"
    WEEKS = "weeks"


class PricePer(StrEnum):
    """What a price is for: the whole place, or each session that used it."""

    PLACE = "place"
    SESSION = "session"


KINDS: Mapping[AgreementKind, str] = {
    AgreementKind.PLACES: "Funded places",
    AgreementKind.SPOT: "Spot payment for one person",
    AgreementKind.CONTRACT: "Contract",
}
"""Kinds of agreement in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementDraft:
    """What a form knows of an agreement: its funder and first day are needed."""

    kind: AgreementKind = AgreementKind.PLACES
    funder: str = ""
    reference: str = ""
    from_on: dt.date | None = None
    to_on: dt.date | None = None
    price_pence: int | None = None
    price_per: PricePer = PricePer.PLACE
    places: int | None = None
    counted_by: CountedBy = CountedBy.SESSIONS
    units_each: int | None = None
    """Sessions or weeks of each place."""
    age_from: int | None = None
    age_to: int | None = None
    parent_consent: bool = False
    """Whether a parent or carer has to agree before the first session."""
    no_show_uses: bool = False
    """Whether not coming without a word uses a session or week up too."""
    quarterly_pence: int | None = None
    who_counts: str = ""
    notes: str = field(default="", repr=False)
    activities: tuple[ActivityId, ...] = ()
    """What it pays for; none is every activity."""
    source_types: tuple[str, ...] = ()
    """The kinds of referrer whose people it pays for; none is all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(AgreementDraft):
    """A kept agreement."""

    id: AgreementId
    from_on: dt.date
    binned: bool = False

    @property
    def name(self) -> str:
        """What it is called: by its reference, else by who pays."""
        return self.reference or self.funder

    def pays_for(self, activity_id: ActivityId) -> bool:
        """Say whether sessions of an activity can use its places."""
        return not self.activities or activity_id in self.activities

    def goes_on(self, day: dt.date) -> bool:
        """Say whether it holds on a day."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceDraft:
    """What a form knows of one person's place; its day is needed, units come from the agreement."""

    agreement_id: AgreementId | None = None
    person_id: PersonId | None = None
    referral_id: ReferralId | None = None
    from_on: dt.date | None = None
    to_on: dt.date | None = None
    """Its last day, where it ends before the agreement does."""
    units: int | None = None
    price_pence: int | None = None
    """Its own price, where it is not the agreement's."""
    notes: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FundedPlace(PlaceDraft):
    """A kept place; ``last_on`` is its last day, its own or its agreement's, None while open."""

    id: PlaceId
    agreement_id: AgreementId
    person_id: PersonId
    from_on: dt.date
    units: int
    last_on: dt.date | None
    binned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCount:
    """How a place, or several together, stand at the end of a day, in sessions or weeks."""

    granted: int
    used: int
    left: int
    expired: int
    sessions: int = 0
    """Sessions that used it: in a week there can be several."""
    no_shows: int = 0

    @property
    def out(self) -> bool:
        """Whether everything that was granted is used."""
        return self.used >= self.granted


def count_place(
    units: int, used: int, last_on: dt.date | None, day: dt.date, *, sessions: int, no_shows: int
) -> PlaceCount:
    """Return how a place stands: what is unused when its last day has passed is expired."""
    rest = units - used
    over = last_on is not None and last_on <= day
    return PlaceCount(
        granted=units, used=used, left=0 if over else rest, expired=rest if over else 0,
        sessions=sessions, no_shows=no_shows,
    )  # fmt: skip


def worth_pence(price: int | None, per: PricePer, *, places: int, sessions: int) -> int | None:
    """Return what places are worth in pence: each place, or each session used; None if no price."""
    if price is None:
        return None
    return price * (places if per is PricePer.PLACE else sessions)


def validate_agreement(draft: AgreementDraft, *, today: dt.date) -> tuple[Problem, ...]:
    """Return what has to be corrected before an agreement can be kept."""
    problems: list[Problem] = []
    if not draft.funder:
        problems.append(Problem(code="funder_needed", field="funder"))
    problems += _day_problems(draft.from_on, draft.to_on, today)
    problems += _age_problems(draft)
    for name, limit in (("places", MOST_PLACES), ("units_each", MOST_UNITS)):
        number = getattr(draft, name)
        if number is not None and not 1 <= number <= limit:
            values = {"limit": f"{limit:,}"}
            problems.append(Problem(code="places_range", field=name, values=values))
    if draft.kind is AgreementKind.SPOT and draft.places not in {None, 1}:
        problems.append(Problem(code="spot_is_one", field="places"))
    for name in ("price_pence", "quarterly_pence"):
        problems += _pence_problems(name, getattr(draft, name))
    if set(draft.source_types) - SOURCE_TYPES.keys():
        problems.append(Problem(code="answer_unknown", field="source_types"))
    for name in ("funder", "reference"):
        problems += _length_problems(name, getattr(draft, name), NAME_LIMIT)
    for name in ("who_counts", "notes"):
        problems += _length_problems(name, getattr(draft, name), TEXT_LIMIT)
    return tuple(problems)


def _day_problems(first: dt.date | None, last: dt.date | None, today: dt.date) -> list[Problem]:
    if first is None:
        return [Problem(code="date_needed", field="from_on")]
    for name, day in (("from_on", first), ("to_on", last)):
        if day and not EARLIEST_YEAR <= day.year <= today.year + 2 * FURTHEST_YEARS_AHEAD:
            values = {"value": short_date(day)}
            return [Problem(code="day_out_of_reach", field=name, values=values)]
    if last is not None and last < first:
        values = {"end": short_date(last), "start": short_date(first)}
        return [Problem(code="period_backwards", field="to_on", values=values)]
    return []


def _age_problems(draft: AgreementDraft) -> list[Problem]:
    for name in ("age_from", "age_to"):
        age = getattr(draft, name)
        if age is not None and not 0 <= age <= HIGHEST_AGE:
            return [Problem(code="age_unlikely", field=name, values={"limit": str(HIGHEST_AGE)})]
    if draft.age_from is not None and draft.age_to is not None and draft.age_from > draft.age_to:
        return [Problem(code="age_range", field="age_from")]
    return []


def _pence_problems(name: str, pence: int | None) -> list[Problem]:
    if pence is None or 0 <= pence <= MOST_PENCE:
        return []
    values = {"limit": f"{MOST_PENCE // 100:,}"}
    return [Problem(code="amount_range", field=name, values=values)]


def _length_problems(name: str, text: str, limit: int) -> list[Problem]:
    if len(text) <= limit:
        return []
    return [Problem(code="text_too_long", field=name, values={"limit": f"{limit:,}"})]


def validate_place(
    draft: PlaceDraft, agreement: Agreement, *, today: dt.date
) -> tuple[Problem, ...]:
    """Return what has to be corrected before a place can be kept under its agreement."""
    problems = _day_problems(draft.from_on, draft.to_on, today)
    if draft.units is None and agreement.units_each is None:
        problems.append(Problem(code="units_needed", field="units"))
    if draft.units is not None and not 1 <= draft.units <= MOST_UNITS:
        values = {"limit": f"{MOST_UNITS:,}"}
        problems.append(Problem(code="places_range", field="units", values=values))
    problems += _pence_problems("price_pence", draft.price_pence)
    problems += _length_problems("notes", draft.notes, TEXT_LIMIT)
    if problems or draft.from_on is None:
        return tuple(problems)
    for name, day in (("from_on", draft.from_on), ("to_on", draft.to_on)):
        if day is not None and not agreement.goes_on(day):
            values = {"value": short_date(day), "name": agreement.name, "days": days_of(agreement)}
            problems.append(Problem(code="place_outside_agreement", field=name, values=values))
    return tuple(problems)


def days_of(agreement: Agreement) -> str:
    """Return from when until when an agreement holds, in words."""
    if agreement.to_on is None:
        return f"from {short_date(agreement.from_on)}"
    return f"{short_date(agreement.from_on)} to {short_date(agreement.to_on)}"


def age_problem(agreement: Agreement, person: Aged, day: dt.date) -> Problem | None:
    """Return what is wrong with somebody's age for an agreement on a day, where it is known."""
    span = age_span(person, day)
    low = 0 if agreement.age_from is None else agreement.age_from
    high = HIGHEST_AGE if agreement.age_to is None else agreement.age_to
    if span is None or not (span.high < low or span.low > high):
        return None
    values = {"age": span.words, "name": agreement.name, "ages": ages_of(agreement)}
    return Problem(code="age_outside_place", field="person_id", values=values)


def age_unsure(agreement: Agreement, person: Aged, day: dt.date) -> Problem | None:
    """Return a word of care where it cannot be said that somebody's age is within the agreement."""
    if agreement.age_from is None and agreement.age_to is None:
        return None
    span = age_span(person, day)
    low = 0 if agreement.age_from is None else agreement.age_from
    high = HIGHEST_AGE if agreement.age_to is None else agreement.age_to
    if span is not None and low <= span.low and span.high <= high:
        return None
    values = {"name": agreement.name, "ages": ages_of(agreement)}
    return Problem(code="age_not_sure", field="person_id", values=values)


def ages_of(agreement: Agreement) -> str:
    """Return an agreement's ages in words: 11 to 18, 65 and over, up to 25."""
    if agreement.age_from is None:
        return "any age" if agreement.age_to is None else f"up to {agreement.age_to}"
    if agreement.age_to is None:
        return f"{agreement.age_from} and over"
    return f"{agreement.age_from} to {agreement.age_to}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSession:
    """A session within a place's days: the mark there, and whether and how it used the place."""

    place_id: PlaceId
    session_id: SessionId
    activity_id: ActivityId
    activity_name: str
    session_on: dt.date
    mark: str
    """present, late, absent, apology, or blank where nobody was marked."""
    said: bool | None
    """What was said by hand: it uses the place, it does not, or nothing."""
    used: bool
    how: str = ""
    """came, no_show or said, where it used the place."""
    why: str = field(default="", repr=False)
    """The reason given with what was said by hand."""


def contract_quarters(agreement: Agreement, period: Period) -> tuple[Period, ...]:
    """Return the calendar quarters of a period, as far as a contract holds in each."""
    last = period.last if agreement.to_on is None else min(period.last, agreement.to_on)
    first = max(period.first, agreement.from_on)
    return Period(first=first, last=last).quarters() if first <= last else ()
