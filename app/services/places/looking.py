"""Who has a funded place, what is left of it, and whose has run out or soon will."""

import datetime as dt

from app.domain.ids import AgreementId, PersonId, PlaceId
from app.domain.places import EXPIRING_DAYS, PlaceSession
from app.storage import place_counts, places
from app.storage.place_counts import PlaceStanding
from app.storage.register import Register


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
    by_person: dict[PersonId, list[PlaceStanding]] = {}
    for one in place_counts.standings(register, today, begun=True):
        if one.last_on is None or one.last_on >= today:
            by_person.setdefault(one.person_id, []).append(one)
    return tuple(
        every[-1] for every in by_person.values() if not any(one.count.left for one in every)
    )


def expiring_places(register: Register, *, today: dt.date) -> tuple[PlaceStanding, ...]:
    """Return the places that end within 28 days with something left, the soonest first."""
    found = [
        one
        for one in place_counts.standings(register, today, begun=True)
        if one.ends_within(today, EXPIRING_DAYS)
    ]
    return tuple(sorted(found, key=lambda one: one.last_on or today))
