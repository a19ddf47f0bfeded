"""Who has a funded place, what is left of it, and whose has run out or soon will."""

import datetime as dt
from collections.abc import Generator, Iterable
from dataclasses import dataclass

from app.domain.ids import AgreementId, PersonId, PlaceId
from app.domain.places import EXPIRING_DAYS, PlaceSession
from app.services.places.agreements import AgreementStanding, agreement_standings
from app.storage import place_counts, places
from app.storage.place_counts import PlaceStanding
from app.storage.register import Register

_PART = 40
"""People whose places are read at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesLooked:
    """Every agreement as it stands, and the places somebody has to be told about."""

    agreements: tuple[AgreementStanding, ...]
    expiring: tuple[PlaceStanding, ...]
    """Those that end within 28 days with something left, the soonest first."""
    out: tuple[PlaceStanding, ...]
    """Each person's newest place, of those who have nothing left though it still runs."""


def look_at_places(
    register: Register, *, today: dt.date
) -> Generator[tuple[int, int], None, PlacesLooked]:
    """Look at every place, some people at a time; yields how far it is (done, total)."""
    holders = place_counts.holders(register)
    found: list[PlaceStanding] = []
    for start in range(0, len(holders), _PART):
        yield start, len(holders)
        some = holders[start : start + _PART]
        found += place_counts.standings(register, today, people=some)
    return PlacesLooked(
        agreements=agreement_standings(register, today=today, found=found),
        expiring=_expiring(found, today),
        out=_out(found, today),
    )


def places_of(
    register: Register, person_id: PersonId, *, today: dt.date
) -> tuple[PlaceStanding, ...]:
    """Return a person's places as they stand today, the oldest first; joined records' too."""
    return place_counts.standings(register, today, person_id=person_id)


def places_under(
    register: Register, agreement_id: AgreementId, *, today: dt.date
) -> tuple[PlaceStanding, ...]:
    """Return the places under an agreement as they stand today, by name."""
    return place_counts.standings(register, today, agreement_id=agreement_id)


def sessions_of_place(register: Register, place_id: PlaceId) -> tuple[PlaceSession, ...]:
    """Return the sessions within a place at which its person was marked, and which used it."""
    return places.sessions_of(register, place_id)


def out_of_places(register: Register, *, today: dt.date) -> tuple[PlaceStanding, ...]:
    """Return each person's newest place, of those who have nothing left though it still runs."""
    return _out(place_counts.standings(register, today, begun=True), today)


def _out(found: Iterable[PlaceStanding], today: dt.date) -> tuple[PlaceStanding, ...]:
    by_person: dict[PersonId, list[PlaceStanding]] = {}
    for one in found:
        if one.from_on <= today and (one.last_on is None or one.last_on >= today):
            by_person.setdefault(one.person_id, []).append(one)
    return tuple(
        every[-1] for every in by_person.values() if not any(one.count.left for one in every)
    )


def expiring_places(register: Register, *, today: dt.date) -> tuple[PlaceStanding, ...]:
    """Return the places that end within 28 days with something left, the soonest first."""
    return _expiring(place_counts.standings(register, today, begun=True), today)


def _expiring(found: Iterable[PlaceStanding], today: dt.date) -> tuple[PlaceStanding, ...]:
    soon = [one for one in found if one.from_on <= today and one.ends_within(today, EXPIRING_DAYS)]
    return tuple(sorted(soon, key=lambda one: one.last_on or today))
