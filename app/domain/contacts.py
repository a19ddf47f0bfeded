"""Whom to ring, and who looks after those under 18."""

import datetime as dt
from dataclasses import dataclass, field

from app.domain.ids import PersonId
from app.domain.names import NAME_LIMIT
from app.domain.periods import short_date
from app.domain.problems import Problem

MOST_CONTACTS = 6
"""Emergency contacts, or parents and carers, of one person."""
CONSENT_DAYS = ("activity_consent_on", "medical_consent_on", "travel_consent_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyContact:
    """Somebody to ring; a name or a number is enough to be one."""

    name: str = field(default="", repr=False)
    relationship: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)

    @property
    def blank(self) -> bool:
        """Whether nothing at all is known."""
        return not (self.name or self.relationship or self.phone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardian:
    """A parent or carer of somebody under 18, and what they agreed to and when.

    Who is in the book themselves is named by their own record; ``shown_name`` is then theirs.
    """

    id: int | None = None
    person_id: PersonId | None = None
    name: str = field(default="", repr=False)
    relationship: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    has_responsibility: bool = True
    may_collect: bool = True
    activity_consent_on: dt.date | None = None
    medical_consent_on: dt.date | None = None
    travel_consent_on: dt.date | None = None
    shown_name: str = field(default="", repr=False)
    shown_phone: str = field(default="", repr=False)

    @property
    def blank(self) -> bool:
        """Whether nobody is named and nothing was agreed to."""
        texts = (self.name, self.relationship, self.phone, self.email)
        days = (getattr(self, name) for name in CONSENT_DAYS)
        return self.person_id is None and not any(texts) and not any(days)


def validate_contacts(contacts: tuple[EmergencyContact, ...]) -> tuple[Problem, ...]:
    """Return what has to be corrected in emergency contacts; fields are contact_1_phone and so on."""
    problems: list[Problem] = []
    for number, contact in enumerate(contacts, start=1):
        if contact.blank:
            continue
        if not contact.name and not contact.phone:
            problems.append(Problem(code="contact_needed", field=f"contact_{number}_name"))
        problems += _too_long(contact, ("name", "relationship", "phone"), f"contact_{number}")
    return tuple(problems)


def validate_guardians(guardians: tuple[Guardian, ...], *, today: dt.date) -> tuple[Problem, ...]:
    """Return what has to be corrected in parents and carers; fields are guardian_1_name and so on."""
    problems: list[Problem] = []
    for number, guardian in enumerate(guardians, start=1):
        if guardian.blank:
            continue
        place = f"guardian_{number}"
        if guardian.person_id is None and not guardian.name:
            problems.append(Problem(code="guardian_needed", field=f"{place}_name"))
        problems += _too_long(guardian, ("name", "relationship", "phone", "email"), place)
        for name in CONSENT_DAYS:
            day = getattr(guardian, name)
            if day is not None and day > today:
                values = {"value": short_date(day)}
                problems.append(
                    Problem(code="consent_future", field=f"{place}_{name}", values=values)
                )
    return tuple(problems)


def _too_long(record: object, names: tuple[str, ...], place: str) -> list[Problem]:
    return [
        Problem(code="text_too_long", field=f"{place}_{name}", values={"limit": str(NAME_LIMIT)})
        for name in names
        if len(getattr(record, name)) > NAME_LIMIT
    ]
