"""Everything a person's page tells besides their own details."""

import datetime as dt
from dataclasses import dataclass, field

from app.domain.consents import Consent
from app.domain.contacts import EmergencyContact, Guardian
from app.domain.ids import PersonId
from app.storage import attendance, belonging, consents, contacts, journal, merging
from app.storage.attendance import Past, Sitting
from app.storage.belonging import Membership
from app.storage.contacts import AccessNotes
from app.storage.journal import JournalLine
from app.storage.merging import JoinedRecord
from app.storage.register import Register

STRIP = 12
"""Sessions in the strip of a person's page."""
_JOURNAL_LINES = 200
_PAST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonStanding:
    """What belongs to a person, joined records' things included."""

    consents: tuple[Consent, ...] = field(repr=False)
    contacts: tuple[EmergencyContact, ...] = field(repr=False)
    guardians: tuple[Guardian, ...] = field(repr=False)
    children: tuple[tuple[PersonId, str], ...] = field(repr=False)
    access: AccessNotes = field(repr=False)
    memberships: tuple[Membership, ...]
    strip: tuple[Sitting, ...]
    past: tuple[Past, ...]
    helped_minutes: int
    logged_minutes: int
    joined: tuple[JoinedRecord, ...]


def standing_of(register: Register, person_id: PersonId, *, today: dt.date) -> PersonStanding:
    """Return everything that belongs to a person."""
    helped, logged = belonging.volunteer_minutes(register, person_id)
    return PersonStanding(
        consents=consents.of_person(register, person_id),
        contacts=contacts.emergency_contacts(register, person_id),
        guardians=contacts.guardians(register, person_id),
        children=contacts.children_of(register, person_id),
        access=contacts.access_notes(register, person_id),
        memberships=belonging.of_person(register, person_id),
        strip=attendance.last_sittings(register, person_id, today, limit=STRIP),
        past=attendance.history_of(register, person_id, _PAST),
        helped_minutes=helped,
        logged_minutes=logged,
        joined=merging.records_of(register, person_id),
    )


def history_of(register: Register, person_id: PersonId) -> tuple[JournalLine, ...]:
    """Return what was done to a person's record, newest first, without any value."""
    return journal.of_subject(register, person_id, limit=_JOURNAL_LINES)
