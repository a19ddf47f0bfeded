"""Everything a register holds on one person, section by section, for whoever asks to see it.

A test compares the tables named here with those that are wiped when somebody is made nameless, so
that nothing can be held that is not shown.
"""

import datetime as dt
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from app.domain.claims import KIND_WORDS
from app.domain.consents import METHODS as CONSENT_METHODS
from app.domain.consents import PURPOSES
from app.domain.equality import ANSWERS
from app.domain.ids import PersonId
from app.domain.outcomes import METHODS as ANSWER_METHODS
from app.domain.outcomes import STATES
from app.domain.periods import short_date
from app.domain.referrals import (
    CHANNELS,
    LETTER_KINDS,
    NEEDS,
    REASONS,
    REPORT_BACK,
    SOURCE_TYPES,
    STEP_REASONS,
    STEP_WORDS,
    WHO_PAYS,
    Step,
)
from app.domain.rights import REQUESTS
from app.domain.stories import PURPOSES as STORY_PURPOSES
from app.storage.register import Register

Words = Mapping[str, str]

_IDS = "(SELECT value FROM json_each(:ids))"
_MARKS: Words = {
    "present": "Came",
    "late": "Came late",
    "absent": "Was not there",
    "apology": "Sent apologies",
}
_ROLES: Words = {
    "participant": "Taking part", "volunteer": "Volunteer", "carer": "Carer", "leader": "Leader",
    "committee": "Committee",
}  # fmt: skip
_YES: Words = {"1": "Yes", "0": "No"}
_KINDS: Words = {"quote": "Quote", "story": "Story"}
_WAITING: Words = {"": "", "place": "Got a place", "gave_up": "Came off the list", "other": "Other"}
_BECAUSE: Words = {"asked": "You asked", "retention": "Kept long enough", "other": "Other"}


def _plain(words: Mapping[object, str]) -> Words:
    return {str(key): value for key, value in words.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One section: its title, the tables it shows, and the columns of its query."""

    title: str
    tables: tuple[str, ...]
    heads: tuple[str, ...]
    sql: str
    words: Mapping[str, Words] = field(default_factory=dict)
    """A column's codes in words, by the column's head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section as it is shown: rows of texts; dates and codes are in words already."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)


_DETAILS: tuple[tuple[str, str], ...] = (
    ("given_name", "Given name"), ("family_name", "Family name"), ("known_as", "Known as"),
    ("own_script_name", "Name in your own writing"), ("pronouns", "Pronouns"),
    ("born_on", "Date of birth"), ("birth_year", "Year of birth"), ("age_low", "Age from"),
    ("age_high", "Age to"), ("age_band_on", "Age as it was on"),
    *((question.value, question.value) for question in ANSWERS),
    ("email", "Email"), ("phone", "Telephone"), ("address", "Address"), ("postcode", "Postcode"),
    ("area", "Area"), ("what_helps", "What helps"), ("notes", "Notes"), ("joined_on", "Joined"),
    ("left_on", "Left"), ("left_reason", "Why you left"), ("anonymised_at", "Made nameless"),
    ("binned_at", "In the bin since"),
)  # fmt: skip
"""The columns of a person in the order in which they are shown; the rest orders and finds them."""
_QUESTIONS = {
    "sex": "Sex", "gender_same": "Gender the same as at birth", "ethnicity": "Ethnic group",
    "disability": "Disability", "carer": "Unpaid carer", "orientation": "Sexual orientation",
    "religion": "Religion",
}  # fmt: skip

_STEPS_TOLD = {
    Step.TRIED: "Tried to reach you", Step.CONTACTED: "Spoke with you",
    Step.PERSON_DECLINED: "You said no",
}  # fmt: skip
"""Steps whose words are about somebody, as they are told to that person."""
_OF_REFERRALS = f"referral_id IN (SELECT id FROM referral WHERE person_id IN {_IDS})"

SECTIONS: tuple[Asked, ...] = (
    Asked(
        title="Health and access",
        tables=("person_access",),
        heads=("What you need to take part", "Health", "Written"),
        sql=f"SELECT access_needs, health, updated_on FROM person_access WHERE person_id IN {_IDS}",
    ),
    Asked(
        title="Whom to ring",
        tables=("emergency_contact",),
        heads=("Name", "Relationship", "Telephone"),
        sql=f"SELECT name, relationship, phone FROM emergency_contact WHERE person_id IN {_IDS}"
        " ORDER BY position",
    ),
    Asked(
        title="Parents and carers",
        tables=("guardian",),
        heads=(
            "Name", "Relationship", "Telephone", "Email", "Responsible", "May collect",
            "Agreed to the activity", "Agreed to medical help", "Agreed to travel",
        ),
        sql="SELECT name, relationship, phone, email, has_responsibility, may_collect,"
        " activity_consent_on, medical_consent_on, travel_consent_on FROM guardian"
        f" WHERE person_id IN {_IDS}",
        words={"Responsible": _YES, "May collect": _YES},
    ),
    Asked(
        title="Whose parent or carer you are",
        tables=("guardian",),
        heads=("Record", "Relationship"),
        sql=f"SELECT 'A young person', relationship FROM guardian WHERE guardian_person_id IN {_IDS}",
    ),
    Asked(
        title="What you agreed to",
        tables=("consent",),
        heads=("For", "Agreed", "Asked on", "How", "Wording", "Asked by", "More", "Taken back"),
        sql="SELECT purpose, given, asked_on, method, wording_version, taken_by, detail, withdrawn_on"
        f" FROM consent WHERE person_id IN {_IDS} ORDER BY asked_on",
        words={"For": _plain({k.value: v for k, v in PURPOSES.items()}), "Agreed": _YES, "How": CONSENT_METHODS},
    ),
    Asked(
        title="Roles",
        tables=("person_role",),
        heads=("Role", "Activity", "From", "To"),
        sql="SELECT r.role, COALESCE(a.name, ''), r.from_on, r.to_on FROM person_role r"
        f" LEFT JOIN activity a ON a.id = r.activity_id WHERE r.person_id IN {_IDS} ORDER BY r.from_on",
        words={"Role": _ROLES},
    ),
    Asked(
        title="On the register of",
        tables=("enrolment",),
        heads=("Activity", "As", "From", "To"),
        sql="SELECT a.name, e.role, e.from_on, e.to_on FROM enrolment e"
        f" JOIN activity a ON a.id = e.activity_id WHERE e.person_id IN {_IDS} ORDER BY e.from_on",
        words={"As": _ROLES},
    ),
    Asked(
        title="On waiting lists",
        tables=("waiting_place",),
        heads=("Activity", "From", "To", "How it ended"),
        sql="SELECT COALESCE(a.name, 'Any activity'), w.from_on, w.to_on, w.outcome"
        " FROM waiting_place w LEFT JOIN activity a ON a.id = w.activity_id"
        f" WHERE w.person_id IN {_IDS} ORDER BY w.from_on",
        words={"How it ended": _WAITING},
    ),
    Asked(
        title="Sessions",
        tables=("attendance",),
        heads=("Date", "Activity", "Mark", "As"),
        sql="SELECT s.session_on, a.name, m.mark, m.role FROM attendance m"
        " JOIN session s ON s.id = m.session_id JOIN activity a ON a.id = s.activity_id"
        f" WHERE m.person_id IN {_IDS} ORDER BY s.session_on",
        words={"Mark": _MARKS, "As": _ROLES},
    ),
    Asked(
        title="Volunteer hours",
        tables=("volunteer_log",),
        heads=("Date", "Minutes", "Activity", "What"),
        sql="SELECT v.logged_on, v.minutes, COALESCE(a.name, ''), v.what FROM volunteer_log v"
        f" LEFT JOIN activity a ON a.id = v.activity_id WHERE v.person_id IN {_IDS}"
        " ORDER BY v.logged_on",
    ),
    Asked(
        title="Referrals",
        tables=("referral",),
        heads=(
            "Reached us", "From", "Organisation", "Written by", "Their reference", "Activity", "How",
            "What helps", "Notes", "Report back", "Who pays",
        ),
        sql="SELECT r.received_on, r.source_type, COALESCE(o.name, ''), COALESCE(w.name, ''),"
        " r.reference, COALESCE(a.name, ''), r.channel, r.what_helps, r.notes, r.report_back,"
        " r.who_pays FROM referral r LEFT JOIN referrer o ON o.id = r.referrer_id"
        " LEFT JOIN referrer_worker w ON w.id = r.worker_id"
        f" LEFT JOIN activity a ON a.id = r.activity_id WHERE r.person_id IN {_IDS}"
        " ORDER BY r.received_on",
        words={"From": SOURCE_TYPES, "How": CHANNELS, "Report back": REPORT_BACK, "Who pays": WHO_PAYS},
    ),
    Asked(
        title="Why you were referred",
        tables=("referral_reason", "referral_need"),
        heads=("Referral of", "Why"),
        sql="SELECT r.received_on, group_concat(w.why, ', ') FROM referral r JOIN (SELECT referral_id, reason AS why"
        f" FROM referral_reason WHERE {_OF_REFERRALS} UNION SELECT referral_id, need"
        f" FROM referral_need WHERE {_OF_REFERRALS}) w ON w.referral_id = r.id"
        " GROUP BY r.id ORDER BY r.received_on, r.id",
        words={"Why": {**NEEDS, **REASONS}},
    ),
    Asked(
        title="What was done about your referrals",
        tables=("referral_step",),
        heads=("Date", "What", "Reason", "Note"),
        sql=f"SELECT step_on, step, reason, note FROM referral_step WHERE {_OF_REFERRALS}"
        " ORDER BY step_on, id",
        words={
            "What": _plain({k.value: v for k, v in {**STEP_WORDS, **_STEPS_TOLD}.items()}),
            "Reason": {k: v for each in STEP_REASONS.values() for k, v in each.items()},
        },
    ),
    Asked(
        title="Letters about you",
        tables=("referral_letter",),
        heads=("Sent", "What", "To", "How", "What it told"),
        sql=f"SELECT sent_on, kind, sent_to, channel, told FROM referral_letter WHERE {_OF_REFERRALS}"
        " ORDER BY sent_on",
        words={"What": LETTER_KINDS, "How": CHANNELS},
    ),
    Asked(
        title="Funded places",
        tables=("funded_place", "place_correction"),
        heads=("From", "To", "Paid by", "Sessions or weeks", "Notes", "Put right by hand"),
        sql="SELECT f.from_on, f.to_on, g.funder, f.units, f.notes,"
        " COALESCE((SELECT group_concat(c.why, '; ') FROM place_correction c"
        " WHERE c.place_id = f.id), '') FROM funded_place f JOIN agreement g ON g.id = f.agreement_id"
        f" WHERE f.person_id IN {_IDS} ORDER BY f.from_on",
    ),
    Asked(
        title="Questionnaires",
        tables=("response", "response_item", "response_score", "questionnaire_row", "person_code"),
        heads=("Date", "Questionnaire", "Code", "State", "How", "Answers", "Scores", "Note"),
        sql="SELECT o.answered_on, o.measure, COALESCE(k.code, ''), o.state, o.method,"
        " COALESCE((SELECT group_concat(i.item || ' ' || CASE i.state WHEN 'answered' THEN printf('%g', i.value) ELSE i.state END,"
        " ', ') FROM response_item i WHERE i.response_id = o.id), ''),"
        " COALESCE((SELECT group_concat(s.scale || ' ' || printf('%g', s.score), ', ') FROM response_score s"
        " WHERE s.response_id = o.id), ''), o.note FROM response o"
        " LEFT JOIN person_code k ON k.person_id = o.person_id"
        f" WHERE o.person_id IN {_IDS} ORDER BY o.answered_on",
        words={
            "State": _plain({k.value: v for k, v in STATES.items()}),
            "How": _plain({k.value: v for k, v in ANSWER_METHODS.items()}),
        },
    ),
    Asked(
        title="Your own goals",
        tables=("goal",),
        heads=("Goal", "Set", "Dropped"),
        sql=f"SELECT wording, set_on, dropped_on FROM goal WHERE person_id IN {_IDS} ORDER BY set_on",
    ),
    Asked(
        title="Stories and quotes",
        tables=("story", "story_use"),
        heads=("Told", "Kind", "In your words", "Named as", "May be used for"),
        sql="SELECT t.told_on, t.kind, t.wording, t.credited_as,"
        " COALESCE((SELECT group_concat(u.purpose, ', ') FROM story_use u WHERE u.story_id = t.id"
        " AND u.given = 1 AND u.withdrawn_on IS NULL), '')"
        f" FROM story t WHERE t.person_id IN {_IDS} ORDER BY t.told_on",
        words={"Kind": _KINDS, "May be used for": _plain({k.value: v for k, v in STORY_PURPOSES.items()})},
    ),
    Asked(
        title="Money paid to you or by you",
        tables=("entry",),
        heads=("Date", "Name", "What", "Pounds"),
        sql="SELECT e.entry_on, e.payee, e.description,"
        " printf('%.2f', (SELECT sum(l.amount_pence) FROM entry_line l WHERE l.entry_id = e.id) / 100.0)"
        f" FROM entry e WHERE e.person_id IN {_IDS} ORDER BY e.entry_on",
    ),
    Asked(
        title="Claims for expenses",
        tables=("claim", "claim_line"),
        heads=("Claimed", "Spent", "Kind", "What", "Miles", "Pounds", "Approved by", "Note"),
        sql="SELECT c.claimed_on, l.spent_on, l.kind, l.what,"
        " COALESCE(printf('%.1f', l.tenths_of_miles / 10.0), ''), printf('%.2f', l.amount_pence / 100.0),"
        " c.approved_by, c.note FROM claim c LEFT JOIN claim_line l ON l.claim_id = c.id"
        f" WHERE c.person_id IN {_IDS} ORDER BY c.claimed_on, l.spent_on",
        words={"Kind": _plain({k.value: v for k, v in KIND_WORDS.items()})},
    ),
    Asked(
        title="What you asked about your data",
        tables=("rights_request",),
        heads=("Came on", "What", "Asked by", "Answered", "Outcome", "Note"),
        sql="SELECT received_on, kind, asked_by, answered_on, outcome, note FROM rights_request"
        f" WHERE person_id IN {_IDS} ORDER BY received_on",
        words={"What": _plain({k.value: v for k, v in REQUESTS.items()})},
    ),
    Asked(
        title="Made nameless",
        tables=("anonymisation",),
        heads=("When", "Why"),
        sql=f"SELECT done_at, because FROM anonymisation WHERE person_id IN {_IDS}",
        words={"Why": _BECAUSE},
    ),
    Asked(
        title="Records that were joined",
        tables=("person_merge",),
        heads=("When", "Parted again"),
        sql="SELECT merged_at, undone_at FROM person_merge"
        f" WHERE kept_id IN {_IDS} OR merged_id IN {_IDS} ORDER BY merged_at",
    ),
    Asked(
        title="Printed registers you stand on",
        tables=("sheet_row",),
        heads=("Printed", "Register"),
        sql="SELECT h.printed_at, h.code FROM sheet_row k JOIN sheet h ON h.id = k.sheet_id"
        f" WHERE k.person_id IN {_IDS} ORDER BY h.printed_at",
    ),
    Asked(
        title="Who changed what was kept, and when",
        tables=(),
        heads=("When", "Who", "What"),
        sql=f"SELECT done_at, who, use_case FROM journal WHERE subject_id IN {_IDS}"
        " ORDER BY done_at",
    ),
)  # fmt: skip
"""Every section in the order in which it is shown; what is empty is left out."""


def held(register: Register, person_id: PersonId) -> tuple[Section, ...]:
    """Return everything held on a person, joined records' too; the person's own details first."""
    rows = register.rows(
        "SELECT * FROM person WHERE id = :id OR merged_into = :id ORDER BY merged_into IS NOT NULL, id",
        {"id": person_id},
    )
    ids = json.dumps([row["id"] for row in rows])
    details = tuple(
        Section(
            title="Your details" if not number else "A record that was joined with yours",
            heads=("What", "What we hold"),
            rows=tuple(_details(row)),
        )
        for number, row in enumerate(rows)
    )
    found = (_section(register, asked, ids) for asked in SECTIONS)
    return (*details, *(section for section in found if section.rows))


def _details(row: Mapping[str, object]) -> list[tuple[str, str]]:
    shown = []
    for name, title in _DETAILS:
        value = row[name]
        if value in (None, ""):
            continue
        question = next((each for each in ANSWERS if each.value == name), None)
        said = ANSWERS[question].get(str(value), str(value)) if question else _said(str(value))
        shown.append((_QUESTIONS.get(name, title), said))
    return shown


def _section(register: Register, asked: Asked, ids: str) -> Section:
    rows = tuple(
        tuple(
            _worded("" if value is None else str(value), asked.words.get(head))
            for head, value in zip(asked.heads, row, strict=True)
        )
        for row in register.rows(asked.sql, {"ids": ids})
    )
    return Section(title=asked.title, heads=asked.heads, rows=rows)


def _worded(value: str, words: Words | None) -> str:
    if words is None:
        return _said(value)
    return ", ".join(words.get(code, code) for code in value.split(", ")) if value else ""


def _said(value: str) -> str:
    """Return a text as it is, a date or moment as people write it."""
    with suppress(ValueError):  # words that somebody typed
        if len(value) == 10 and value[4] == value[7] == "-":
            return short_date(dt.date.fromisoformat(value))
        if len(value) >= 19 and value[10] == "T":
            return short_date(dt.datetime.fromisoformat(value).date())
    return value
