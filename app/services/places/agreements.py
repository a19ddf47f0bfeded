"""Agreements that pay for places: keep one, put it in the bin, list them as they stand."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.domain import places as rules
from app.domain.changes import Topic
from app.domain.ids import AgreementId
from app.domain.names import clean, clean_lines
from app.domain.periods import Period
from app.domain.places import (
    EXPIRING_DAYS,
    Agreement,
    AgreementDraft,
    AgreementKind,
    FundedPlace,
    PlaceCount,
)
from app.domain.problems import Problem
from app.services.result import Done, Refused
from app.storage import place_counts, places
from app.storage.place_counts import PlaceStanding, Source
from app.storage.register import Register

TOPICS = frozenset({Topic.PLACES})


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementStanding:
    """An agreement and how its places stand together on a day."""

    agreement: Agreement
    given: int
    """Places that were given, to whom they may still be coming included."""
    count: PlaceCount
    """In sessions or weeks, of places that have begun."""
    expiring: int
    """Places that end within 28 days with something left."""
    out: int
    """Places on which nothing is left to use before their last day."""
    worth_pence: int | None
    """Prices of the places that have begun, or of each session used; None if no price."""

    @property
    def free(self) -> int | None:
        """Places that can still be given, None where no number is agreed."""
        places = self.agreement.places
        return None if places is None else max(0, places - self.given)

    def over(self, day: dt.date) -> bool:
        """Say whether the agreement has ended before a day."""
        return self.agreement.to_on is not None and self.agreement.to_on < day


def save_agreement(
    register: Register,
    draft: AgreementDraft,
    agreement_id: AgreementId | None = None,
    *,
    today: dt.date,
) -> Done | Refused:
    """Add an agreement or (with an id) change one; its places have to stay within it."""
    draft = _tidy(draft)
    if agreement_id is not None and get_agreement(register, agreement_id) is None:
        return Refused(problems=(Problem(code="agreement_gone"),))
    problems = rules.validate_agreement(draft, today=today)
    problems += _taken(register, draft, agreement_id)
    if agreement_id is not None and not problems:
        problems = _leaves_places(register, draft, agreement_id)
    if problems:
        return Refused(problems=problems)
    name = draft.reference or draft.funder
    text = f"{'change' if agreement_id else 'add'} the agreement {name}"
    with register.transaction("agreement.save", text=text, topics=TOPICS, subject_id=agreement_id):
        if agreement_id is None:
            agreement_id = places.add_agreement(register, draft)
        else:
            places.change_agreement(register, agreement_id, draft)
    return Done(changes=TOPICS, text=text, ids=(agreement_id,))


def _tidy(draft: AgreementDraft) -> AgreementDraft:
    one = draft.kind is AgreementKind.SPOT and draft.places is None
    return replace(
        draft,
        funder=clean(draft.funder),
        reference=clean(draft.reference),
        who_counts=clean_lines(draft.who_counts),
        notes=clean_lines(draft.notes),
        places=1 if one else draft.places,
        quarterly_pence=draft.quarterly_pence if draft.kind is AgreementKind.CONTRACT else None,
    )


def _taken(
    register: Register, draft: AgreementDraft, agreement_id: AgreementId | None
) -> tuple[Problem, ...]:
    other = places.agreement_of_reference(register, draft.reference) if draft.reference else None
    if other is None or other.id == agreement_id:
        return ()
    values = {"value": draft.reference}
    return (Problem(code="agreement_reference_taken", field="reference", values=values),)


def _leaves_places(
    register: Register, draft: AgreementDraft, agreement_id: AgreementId
) -> tuple[Problem, ...]:
    given = places.places_under(register, agreement_id)
    if draft.places is not None and len(given) > draft.places:
        values = {"count": str(len(given)), "places": str(draft.places)}
        return (Problem(code="agreement_fewer_places", field="places", values=values),)
    if draft.from_on is None:
        return ()
    whole = Agreement(
        id=agreement_id, kind=draft.kind, from_on=draft.from_on, to_on=draft.to_on
    )  # fmt: skip
    outside = sum(1 for place in given if not _within(place, whole))
    if not outside:
        return ()
    values = {"count": str(outside), "days": rules.days_of(whole)}
    return (Problem(code="agreement_leaves_places", field="to_on", values=values),)


def _within(place: FundedPlace, agreement: Agreement) -> bool:
    return agreement.goes_on(place.from_on) and (
        place.to_on is None or agreement.goes_on(place.to_on)
    )


def get_agreement(register: Register, agreement_id: AgreementId) -> Agreement | None:
    """Return an agreement, or None when it is gone or in the bin."""
    agreement = places.get_agreement(register, agreement_id)
    return None if agreement is None or agreement.binned else agreement


def find_agreement(register: Register, reference: str) -> Agreement | None:
    """Return the agreement of a reference, capitals aside, or None."""
    return places.agreement_of_reference(register, clean(reference))


def put_agreement_in_bin(register: Register, agreement_id: AgreementId) -> Done | Refused:
    """Put an agreement in the bin under which nobody has a place."""
    agreement = get_agreement(register, agreement_id)
    if agreement is None:
        return Refused(problems=(Problem(code="agreement_gone"),))
    if places.places_under(register, agreement_id):
        values = {"name": agreement.name}
        return Refused(problems=(Problem(code="agreement_has_places", values=values),))
    text = f"put the agreement {agreement.name} in the bin"
    with register.transaction("agreement.bin", text=text, topics=TOPICS, subject_id=agreement_id):
        places.set_agreement_binned(register, agreement_id, register.stamp())
    return Done(changes=TOPICS, text=text, ids=(agreement_id,))


def take_agreement_out_of_bin(register: Register, agreement_id: AgreementId) -> Done | Refused:
    """Take an agreement out of the bin, as it was."""
    agreement = places.get_agreement(register, agreement_id)
    if agreement is None:
        return Refused(problems=(Problem(code="agreement_gone"),))
    problems = _taken(register, agreement, agreement_id)
    if problems:
        return Refused(problems=problems)
    text = f"take the agreement {agreement.name} out of the bin"
    with register.transaction("agreement.unbin", text=text, topics=TOPICS, subject_id=agreement_id):
        places.set_agreement_binned(register, agreement_id, None)
    return Done(changes=TOPICS, text=text, ids=(agreement_id,))


def list_agreements(register: Register) -> tuple[Agreement, ...]:
    """Return the agreements, the newest first."""
    return places.agreements(register)


def agreement_standings(
    register: Register, *, today: dt.date, found: Iterable[PlaceStanding] | None = None
) -> tuple[AgreementStanding, ...]:
    """Return the agreements with how their places stand today; those that are over come last.

    ``found`` are the places as they stand today, where somebody has read them already.
    """
    if found is None:
        found = place_counts.standings(register, today)
    under: dict[AgreementId, list[PlaceStanding]] = {}
    for place in found:
        under.setdefault(place.agreement_id, []).append(place)
    every = [_together(one, under.get(one.id, []), today) for one in places.agreements(register)]
    over = [one for one in every if one.over(today)]
    return (*(one for one in every if not one.over(today)), *over)


def standing_of(
    register: Register, agreement_id: AgreementId, *, today: dt.date
) -> AgreementStanding | None:
    """Return how an agreement's places stand together today, None when it is gone."""
    agreement = get_agreement(register, agreement_id)
    if agreement is None:
        return None
    given = place_counts.standings(register, today, agreement_id=agreement_id)
    return _together(agreement, list(given), today)


def _together(
    agreement: Agreement, given: list[PlaceStanding], today: dt.date
) -> AgreementStanding:
    begun = [place for place in given if place.from_on <= today]
    worth = [place.worth_pence for place in begun]
    known = [pence for pence in worth if pence is not None]
    return AgreementStanding(
        agreement=agreement,
        given=len(given),
        count=added(place.count for place in begun),
        expiring=sum(place.ends_within(today, EXPIRING_DAYS) for place in begun),
        out=sum(_is_out(place, today) for place in begun),
        worth_pence=sum(known) if known or (agreement.price_pence is not None) else None,
    )


def _is_out(place: PlaceStanding, today: dt.date) -> bool:
    return place.count.out and (place.last_on is None or place.last_on >= today)


def added(counts: Iterable[PlaceCount]) -> PlaceCount:
    """Return several places counted together."""
    every = tuple(counts)
    return PlaceCount(
        **{
            name: sum(getattr(one, name) for one in every)
            for name in ("granted", "used", "left", "expired", "sessions", "no_shows")
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterValue:
    """What a contract is worth in one calendar quarter, as far as the quarter is asked for."""

    agreement: Agreement
    quarter: Period
    pence: int | None


def contract_values(register: Register, period: Period) -> tuple[QuarterValue, ...]:
    """Return the quarterly value of every contract for each quarter that a period touches."""
    return tuple(
        QuarterValue(agreement=one, quarter=quarter, pence=one.quarterly_pence)
        for one in places.agreements(register)
        if one.kind is AgreementKind.CONTRACT
        for quarter in rules.contract_quarters(one, period)
    )


def places_of_reference(source: Source, reference: str, day: dt.date) -> tuple[PlaceStanding, ...]:
    """Return the places under the agreement of a reference that had begun by a day, by name.

    They stand as at the end of that day; a snapshot serves as well as an open register.
    """
    return place_counts.standings(source, day, reference=clean(reference), begun=True)
