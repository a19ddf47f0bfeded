"""What the fields and marks of an import are called on the screen."""

from collections.abc import Mapping

from app.domain.attendance import Mark, Role
from app.services.imports import (
    NOT_PERSONAL,
    REFERRAL_ONLY,
    SESSION_ONLY,
    SET_ASIDE,
    Field,
    MarkMeaning,
)

FIELDS: Mapping[str, str] = {
    Field.GIVEN_NAME: "First name",
    Field.FAMILY_NAME: "Family name",
    Field.FULL_NAME: "Whole name",
    Field.KNOWN_AS: "Known as",
    Field.OWN_SCRIPT_NAME: "Name in their own script",
    Field.TITLE: "Title, such as Mrs",
    Field.PRONOUNS: "Pronouns",
    Field.BORN_ON: "Date of birth",
    Field.BIRTH_YEAR: "Year of birth",
    Field.AGE: "Age or age band",
    Field.SEX: "Sex",
    Field.GENDER_SAME: "Gender same as at birth",
    Field.ETHNICITY: "Ethnic group",
    Field.DISABILITY: "Disability",
    Field.CARER: "Unpaid carer",
    Field.ORIENTATION: "Sexual orientation",
    Field.RELIGION: "Religion",
    Field.EMAIL: "Email",
    Field.PHONE: "Phone",
    Field.PHONE_2: "Second phone",
    Field.ADDRESS: "Address",
    Field.POSTCODE: "Postcode",
    Field.AREA: "Area or ward",
    Field.ACCESS_NEEDS: "Access needs",
    Field.HEALTH: "Health, allergies",
    Field.WHAT_HELPS: "What helps",
    Field.NOTES: "Notes",
    Field.JOINED_ON: "Joined on",
    Field.LEFT_ON: "Left on",
    Field.LEFT_REASON: "Why they left",
    Field.CONTACT_NAME: "Emergency contact",
    Field.CONTACT_PHONE: "Emergency contact’s phone",
    Field.CONTACT_RELATIONSHIP: "Emergency contact’s relationship",
    Field.ROLE: "Role: comes, volunteers, leads",
    Field.DATE: "Date of the session",
    Field.ACTIVITY: "Activity",
    Field.MARK: "Mark: here, away …",
    Field.START_TIME: "Session starts",
    Field.END_TIME: "Session ends",
    Field.GUESTS: "Number of guests",
    Field.STATE: "Held or cancelled",
    Field.REFERENCE: "Their reference, referral ID",
    Field.RECEIVED_ON: "Day the referral was received",
    Field.SOURCE_TYPE: "Kind of referrer",
    Field.ORGANISATION: "Organisation that referred",
    Field.WORKER: "Who there referred them",
    Field.WORKER_JOB: "Referrer’s job",
    Field.WORKER_PHONE: "Referrer’s phone",
    Field.WORKER_EMAIL: "Referrer’s email",
    Field.CHANNEL: "How it came: phone, email …",
    Field.REASONS: "Reasons for the referral",
    Field.NEEDS: "Needs",
    Field.REFERRAL_STATE: "How the referral stands",
    Field.STATE_ON: "Day since when it stands so",
    Field.STATE_REASON: "Why not accepted, or why left",
    Field.CONTACTED_ON: "Day of first contact",
    Field.WAITING_ON: "Day put on the waiting list",
    Field.ACCEPTED_ON: "Day accepted",
    Field.NOT_ACCEPTED_ON: "Day not accepted",
    Field.ENDED_ON: "Day it ended",
    Field.WHO_PAYS: "Who pays",
    Field.REPORT_BACK: "May the referrer be told",
}
"""Every field a column can be taken for, in the order offered."""

ASIDE_WORDS = "Set aside: not brought in"

MEANINGS: tuple[tuple[str, str], ...] = (
    (Mark.PRESENT, "Here"),
    (Mark.LATE, "Here, came late"),
    (Mark.APOLOGY, "Sent apologies"),
    (Mark.ABSENT, "Away"),
    (Role.VOLUNTEER, "Here as a volunteer"),
    (Role.LEADER, "Here as the leader"),
    (Role.CARER, "Here as somebody’s carer"),
    ("blank", "Nothing: leave it blank"),
)
"""What a mark can mean: the answer handed back, and its words."""

KINDS = {
    "people": "A list of people", "attendance": "A register, or a list of who came when",
    "referrals": "Referrals received",
}  # fmt: skip
_PERSON_ONLY = frozenset({Field.ROLE, Field.JOINED_ON, Field.LEFT_ON, Field.LEFT_REASON})
"""What a list of referrals does not say of a person."""

_BY = {
    "your answer": "as you said",
    "the file's own key": "the file explains it",
    "initials": "initials beside names",
    "usual": "as most people write it",
    "other marks say absent": "other marks say away",
}


def fields_for(kind: str, *, is_list: bool) -> tuple[tuple[str, str], ...]:
    """Return what a column of such a file can be taken for: the answer, and its words."""
    left_out = NOT_PERSONAL
    if kind == "referrals":
        left_out = SESSION_ONLY | _PERSON_ONLY
    elif kind == "attendance" and is_list:
        left_out = REFERRAL_ONLY
    names = [(str(f), word) for f, word in FIELDS.items() if f not in left_out | {Field.TITLE}]
    if kind == "referrals":  # what a list of referrals is about comes first
        names.sort(key=lambda one: one[0] not in REFERRAL_ONLY | {Field.ACTIVITY})
    return ((SET_ASIDE, ASIDE_WORDS), *names)


def word_of(field: str) -> str:
    """Return a field's words."""
    return FIELDS.get(field, ASIDE_WORDS)


def answer_of(meaning: MarkMeaning) -> str:
    """Return a meaning as the answer that would give it."""
    if meaning.role is not None and meaning.role is not Role.PARTICIPANT:
        return str(meaning.role)
    return str(meaning.mark) if meaning.mark is not None else "blank"


def reason_of(meaning: MarkMeaning) -> str:
    """Return by what a mark was understood."""
    return _BY.get(meaning.by, meaning.by)
