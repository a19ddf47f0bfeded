"""What is said of people: roles, ages, consents, marks, what was done."""

import datetime as dt
from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from app.domain.attendance import HERE, Mark, Role
from app.domain.consents import PURPOSES, Consent, Standing, latest
from app.domain.equality import Question
from app.domain.people import Aged, ConsentPurpose, PersonRole, age_span
from app.domain.periods import short_date
from app.services.attendance import Sitting

ROLES = {
    PersonRole.PARTICIPANT: "Comes along",
    PersonRole.VOLUNTEER: "Volunteer",
    PersonRole.LEADER: "Leader",
    PersonRole.CARER: "Carer",
    PersonRole.COMMITTEE: "Committee",
}
ROLE_ICONS = {
    PersonRole.PARTICIPANT: "user",
    PersonRole.VOLUNTEER: "hand-helping",
    PersonRole.LEADER: "stamp",
    PersonRole.CARER: "heart-handshake",
    PersonRole.COMMITTEE: "users",
}
QUESTIONS = {
    Question.SEX: "Sex",
    Question.GENDER_SAME: "Gender the same as the sex registered at birth",
    Question.ETHNICITY: "Ethnic group",
    Question.DISABILITY: "Long-term condition or disability",
    Question.CARER: "Looks after somebody",
    Question.ORIENTATION: "Sexual orientation",
    Question.RELIGION: "Religion",
}
STANDINGS = {
    Standing.GIVEN: ("Given", "good", "circle-check"),
    Standing.REFUSED: ("Said no", "plain", "ban"),
    Standing.WITHDRAWN: ("Withdrawn", "due", "undo-2"),
    Standing.NOT_ASKED: ("Not asked", "due", "circle"),
}
REASONS = {
    "same_name": "same name",
    "like_name": "names alike",
    "same_birth": "same date of birth",
    "same_phone": "same phone",
}
_DONE = {
    "person.add": "Added",
    "person.change": "Changed",
    "person.bin": "Put in the bin",
    "person.unbin": "Taken out of the bin",
    "person.merge": "Joined with another record",
    "person.unmerge": "Parted from another record",
    "person.leave": "Noted that they left",
    "person.return": "Noted that they came back",
    "person.area": "Changed the area",
    "person.put_on": "Put on an activity",
    "person.take_off": "Taken off an activity",
    "person.apart": "Told apart from another record",
    "consent.add": "Noted consent",
    "consent.change": "Corrected a consent",
    "consent.withdraw": "Noted that consent was withdrawn",
    "consent.remove": "Took away a consent",
    "hours.log": "Logged hours",
    "referral.record": "Recorded a referral",
    "referral.change": "Changed a referral",
    "referral.bin": "Put a referral in the bin",
    "referral.unbin": "Took a referral out of the bin",
    "referral.step": "Noted a step of a referral",
    "referral.step_correct": "Corrected a step of a referral",
    "referral.step_remove": "Took a step of a referral out",
    "referral.letter": "Noted a letter as sent",
    "referral.letter_remove": "Took out a letter",
    "undo": "Took the change before this one back",
    "redo": "Made a change again",
}
_PARTS = {
    "name": "name",
    "contact": "phone, email or address",
    "age": "age",
    "equality": "equality answers",
    "helps": "what helps",
    "notes": "notes",
    "membership": "joining or leaving",
    "access": "access and health notes",
    "contacts": "emergency contacts",
    "guardians": "parents or carers",
    "roles": "roles",
}


def tr(text: str) -> str:
    """Translate a text of no particular page."""
    return QCoreApplication.translate("people", text)


def role_words(roles: Iterable[str]) -> str:
    """Return roles as said: Volunteer, Committee; who only comes along needs no word."""
    order = list(PersonRole)
    known = sorted({PersonRole(role) for role in roles}, key=order.index)
    told = [role for role in known if role is not PersonRole.PARTICIPANT]
    return ", ".join(tr(ROLES[role]) for role in told or known)


def age_words(person: Aged, today: dt.date) -> str:
    """Return the age as said, or nothing."""
    span = age_span(person, today)
    return span.words if span else ""


def standing_words(consents: tuple[Consent, ...], purpose: ConsentPurpose) -> tuple[str, str, str]:
    """Return how a purpose stands as (words, tone, icon)."""
    answer = latest(consents).get(purpose)
    words, tone, icon = STANDINGS[answer.standing if answer else Standing.NOT_ASKED]
    return tr(words), tone, icon


def consent_words(consents: tuple[Consent, ...]) -> str:
    """Return in a few words what somebody agreed to, for a list."""
    standing = latest(consents)
    given = [p for p in PURPOSES if p in standing and standing[p].standing is Standing.GIVEN]
    if ConsentPurpose.HOLD_DETAILS not in given:
        return tr("Details: ") + standing_words(consents, ConsentPurpose.HOLD_DETAILS)[0].lower()
    return tr("{count} of {all} given").format(count=len(given), all=len(PURPOSES))


def sitting_words(sitting: Sitting) -> str:
    """Return what became of one session: here, late, apologies, not recorded, cancelled."""
    if sitting.cancelled:
        return tr("cancelled")
    if sitting.mark in HERE and sitting.role not in {None, Role.PARTICIPANT}:
        return str(sitting.role)
    return {
        Mark.PRESENT: tr("here"),
        Mark.LATE: tr("late"),
        Mark.ABSENT: tr("absent"),
        Mark.APOLOGY: tr("apologies"),
        None: tr("not recorded"),
    }[sitting.mark]


def done_words(use_case: str) -> str:
    """Return what was done, from the journal's use case; never with a value."""
    name, _, parts = use_case.partition(":")
    said = tr(_DONE.get(name, name.replace(".", ": ").replace("_", " ").capitalize()))
    told = [tr(_PARTS[part]) for part in parts.split("+") if part in _PARTS]
    return f"{said}: {', '.join(told)}" if told else said


def moment_words(at: dt.datetime) -> str:
    """Return day and time of an instant by this computer's clock: Tue 3 Nov 2026, 21:04."""
    local = at.astimezone()
    return f"{short_date(local.date())}, {local:%H:%M}"


def nobody_words(*, at_all: bool, filtered: bool, typed: str) -> tuple[str, str, str]:
    """Return what an empty list says: title, text, and the action that helps."""
    add = tr("Add person…")
    if at_all:
        text = tr("Everybody who comes, helps or is sent to you goes here. A first name is enough.")
        return tr("Nobody in the book yet"), text, add
    if filtered:
        text = tr("There is nobody of whom all of that is so.")
        return tr("Nobody here"), text, tr("Show everyone")
    if typed:
        text = tr("No name, phone or postcode begins with “{typed}”.").format(typed=typed)
        return tr("Nobody found"), text, add
    return tr("Nobody is here now"), tr("Everybody in the book has left, or is in the bin."), add


def totals_words(here: int, left: int, binned: int) -> str:
    """Return how many people there are, wherever they are: 68 here now, 12 have left."""
    parts = [tr("{count} here now").format(count=f"{here:,}")]
    if left:
        parts.append(tr("{count} have left").format(count=f"{left:,}"))
    if binned:
        parts.append(tr("{count} in the bin").format(count=f"{binned:,}"))
    return " · ".join(parts)
