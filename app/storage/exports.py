"""The open export: which columns each file has, what they mean, and the query behind them."""

from app.storage.export_columns import (
    Column,
    ExportFile,
    brought_by,
    code,
    day,
    naming,
    number,
    text,
    whole,
    yes_no,
)
from app.storage.export_meanings import REFERS, TITLES, YES_NO, meaning_of
from app.storage.export_money import MONEY_FILES, MONEY_TABLES, RECEIPT_FILE
from app.storage.referral_states import answered_sql, states_sql
from app.storage.register import Register

__all__ = ["NAMED_FILES", "Column", "ExportFile", "other_files", "responses_file"]

_PEOPLE = ExportFile(
    name="people.csv",
    title="Everybody in the book, with those in the bin and joined records marked",
    columns=(
        whole("person_id", "identifier", "id"),
        text("given_name", "first name"),
        text("family_name", "family name"),
        text("known_as", "what they like to be called"),
        day("date_of_birth", "date of birth", "born_on"),
        whole("birth_year", "year of birth where the date is not known"),
        text("sex", "female, male, prefer_not, not_asked"),
        text("ethnicity", "one of 19 codes, prefer_not, not_asked"),
        text(
            "disability",
            "limited_a_lot, limited_a_little, not_limiting, none, prefer_not, not_asked",
        ),
        text("carer", "unpaid carer: yes, no, prefer_not, not_asked"),
        text("postcode", "postcode"),
        text("area", "town, village or ward"),
        day("joined_on", "the day they joined"),
        day("left_on", "the day they left"),
        yes_no("in_bin", "1 when in the bin: does not count", "(binned_at IS NOT NULL)"),
        naming(
            "merged_into",
            "the record this one was joined to: they count as one person",
            "people.person_id",
        ),
        text("own_script_name", "the name in its own script"),
        text("pronouns", "pronouns"),
        whole("age_low", "youngest age of the band, where only a band is known", unit="years"),
        whole("age_high", "oldest age of the band; blank for no upper end", unit="years"),
        day("age_band_on", "the day the band was true"),
        text(
            "gender_same", "gender same as sex registered at birth: yes, no, prefer_not, not_asked"
        ),
        text("orientation", "sexual orientation code, prefer_not, not_asked"),
        text("religion", "religion code, prefer_not, not_asked"),
        text("phone", "telephone"),
        text("email", "e-mail address"),
        text("address", "postal address"),
        text("what_helps", "what helps this person"),
        text("notes", "notes"),
        text("left_reason", "why they left"),
        text("anonymised_at", "when their details were taken out (UTC); blank if never"),
        brought_by(),
    ),
    source="FROM person ORDER BY id",
    key=("person_id",),
)
_ACTIVITIES = ExportFile(
    name="activities.csv",
    title="What the group does",
    columns=(
        whole("activity_id", "identifier", "id"),
        text("name", "name"),
        whole("capacity", "places; blank for no limit", unit="people"),
        text("code", "start of its sheets' codes"),
        text("description", "what it is"),
        text("place", "where"),
        text("leader", "who leads it"),
        text("start_time", "usual start, HH:MM"),
        text("end_time", "usual end, HH:MM"),
        whole("age_from", "youngest age", unit="years"),
        whole("age_to", "oldest age", unit="years"),
        text("repeat", "none, weekly, fortnightly, monthly", '"repeat"'),
        whole("weekday", "0 Monday to 6 Sunday"),
        whole("nth", "which weekday of the month; -1 is the last"),
        yes_no("in_bin", "1 when in the bin", "(binned_at IS NOT NULL)"),
        yes_no(
            "skip_bank_holidays", "1 when no session is planned then", "(skip_bank_holidays <> 0)"
        ),
        text("notes", "notes"),
        text("access", "how people get in, and what is there for them"),
        text("what_to_bring", "what to bring"),
        text("cost_to_come", "what coming costs"),
        whole("can_take", "how many more it says it can take", unit="people"),
        day("can_take_on", "the day that was said"),
        brought_by(),
    ),
    source="FROM activity ORDER BY id",
    key=("activity_id",),
)
_SESSIONS = ExportFile(
    name="sessions.csv",
    title="Every session; one with any mark or guest count is held",
    columns=(
        whole("session_id", "identifier", "s.id"),
        naming("activity_id", "its activity", "activities.activity_id", "s.activity_id"),
        day("date", "the day", "s.session_on"),
        text("starts_at", "start, HH:MM", "s.start_time"),
        text("ends_at", "end, HH:MM", "s.end_time"),
        text("state", "planned, held or cancelled", "COALESCE(c.state, s.state)"),
        text("cancelled_reason", "why it was cancelled", "s.cancelled_reason"),
        whole("guests", "people without names; blank when not counted", "s.guests", unit="people"),
        yes_no("in_bin", "1 when in the bin: does not count", "(s.binned_at IS NOT NULL)"),
        text("place", "where, if not the usual place", "s.place"),
        text("leader", "who led it, if not the usual leader", "s.leader"),
        text("notes", "notes", "s.notes"),
        text("cancelled_note", "why it was cancelled, in their own words", "s.cancelled_note"),
        day("moved_from_on", "the day it was first planned for, if moved", "s.moved_from_on"),
        brought_by("s.import_id"),
    ),
    source="FROM session s LEFT JOIN session_counted c ON c.session_id = s.id ORDER BY s.id",
    key=("session_id",),
)
_ATTENDANCE = ExportFile(
    name="attendance.csv",
    title="Every mark; no row means not recorded",
    columns=(
        naming("session_id", "the session", "sessions.session_id"),
        naming("person_id", "the person", "people.person_id"),
        Column(name="mark", type="code", meaning="present, late, absent, apology", sql="mark"),
        Column(
            name="role", type="code", meaning="participant, volunteer, carer, leader", sql="role"
        ),
        brought_by(),
    ),
    source="FROM attendance",
    key=("session_id", "person_id"),
)
_HOURS = ExportFile(
    name="volunteer_hours.csv",
    title="Hours given outside sessions; a volunteer's mark counts the session's hours by itself",
    columns=(
        naming("person_id", "the person", "people.person_id"),
        day("date", "the day", "logged_on"),
        Column(
            name="hours",
            type="number",
            meaning="time given",
            sql="round(minutes / 60.0, 6)",
            unit="hours",
        ),
        whole("minutes", "the same in minutes", unit="minutes"),
        text("what", "what they did"),
        naming("activity_id", "the activity it was for, if one", "activities.activity_id"),
        whole("log_id", "identifier", "id"),
        brought_by(),
    ),
    source="FROM volunteer_log ORDER BY logged_on, id",
    key=("log_id",),
)

_RESPONSES = """
FROM (
    WITH part AS (
        SELECT value ->> 0 AS measure, value ->> 1 AS scale, value ->> 2 AS item
        FROM json_each(:parts))
    SELECT r.*, i.item, i.state AS item_state, i.value, COALESCE(p.scale, r.measure) AS scale
    FROM response r
    JOIN response_item i ON i.response_id = r.id
    LEFT JOIN part p ON p.measure = r.measure AND p.item IN (i.item, '*')
    UNION ALL
    SELECT r.*, '', r.state, NULL, COALESCE(p.scale, r.measure)
    FROM response r
    LEFT JOIN (SELECT DISTINCT measure, scale FROM part) p ON p.measure = r.measure
    WHERE NOT EXISTS (SELECT 1 FROM response_item i WHERE i.response_id = r.id)) a
LEFT JOIN response_score c ON c.response_id = a.id AND c.scale = a.scale
ORDER BY a.answered_on, a.id, a.scale, a.item
"""


def responses_file(parts: str) -> ExportFile:
    """Return the file of answers: one row for each question and each scale it belongs to.

    ``parts`` are [measure, scale, item] as JSON; the item * stands for all.
    """
    return ExportFile(
        name="responses.csv",
        title="Answers to questionnaires: a row for each question and each scale it belongs to",
        columns=(
            naming("person_id", "the person", "people.person_id", "a.person_id"),
            text("measure", "the scale: ons4_satisfied, ucla3", "a.scale"),
            day("answered_on", "the day", "a.answered_on"),
            text("item", "the question; blank when declined or not asked as a whole", "a.item"),
            number("value", "the answer; blank unless it was answered", "a.value"),
            number("score", "the score on that scale; blank where an answer is missing", "c.score"),
            text("state", "answered, blank, declined, not_asked", "a.item_state"),
            text("method", "paper, asked_aloud, supplied, screen", "a.method"),
            text("questionnaire", "the questionnaire the question is of", "a.measure"),
            naming("response_id", "the answers of one person on one day", "response.id", "a.id"),
            yes_no("in_bin", "1 when in the bin: does not count", "(a.binned_at IS NOT NULL)"),
        ),
        source=_RESPONSES,
        key=("response_id", "measure", "item"),
        values={"parts": parts},
    )


_EVER = "'9999-12-31'"
_WHOSE = """(SELECT o.id AS referral_id, COALESCE(p.merged_into, p.id) AS person_id, o.received_on
    FROM referral o JOIN person p ON p.id = o.person_id)"""
"""Every referral, those in the bin too, with the person it counts for."""
# A limit keeps SQLite from asking the register again for every column that reads the state.
_REFERRALS = ExportFile(
    name="referrals.csv",
    title="Every referral that was received, and how it stands",
    columns=(
        whole("referral_id", "identifier", "r.id"),
        naming("person_id", "whom it is about", "people.person_id", "r.person_id"),
        naming("activity_id", "the activity wanted", "activities.activity_id", "r.activity_id"),
        day("received_on", "the day it was received", "r.received_on"),
        day(
            "answered_on",
            "the day of the first answer, or without one the day they first came",
            "a.answered_on",
        ),
        code(
            "state",
            "received, contacted, accepted, waiting, not_accepted, person_declined, no_contact, "
            "started, attending, completed, left_early, moved_on: by its newest step and the marks",
            "s.state",
        ),
        code(
            "not_accepted_reason",
            "why, as a code, where it stands as not accepted",
            "CASE s.state WHEN 'not_accepted' THEN s.reason ELSE '' END",
        ),
        code("source_type", "the kind of referrer, as a code", "r.source_type"),
        text("source_organisation", "who referred them", "COALESCE(g.name, '')"),
        code(
            "reasons",
            "why they were referred, as codes with semicolons between",
            "COALESCE((SELECT group_concat(reason, ';') FROM referral_reason"
            " WHERE referral_id = r.id), '')",
        ),
        yes_no(
            "paid",
            "1 when somebody but the group and the person pays",
            "(r.who_pays IN ('agreement', 'spot', 'referrer', 'other'))",
        ),
        yes_no("in_bin", "1 when in the bin: does not count", "(r.binned_at IS NOT NULL)"),
        code(
            "needs",
            "who it is for, as codes with semicolons between",
            "COALESCE((SELECT group_concat(need, ';') FROM referral_need"
            " WHERE referral_id = r.id), '')",
        ),
        code("channel", "phone, paper, email, platform, in_person, not_recorded", "r.channel"),
        text("reference", "the referrer's own reference", "r.reference"),
        naming("referrer_id", "the organisation", "referrer.id", "r.referrer_id"),
        naming("worker_id", "who there referred them", "referrer_worker.id", "r.worker_id"),
        text("what_helps", "what helps this person", "r.what_helps"),
        code("report_back", "may the referrer be told: yes, no, not_asked", "r.report_back"),
        code(
            "who_pays",
            "nobody, agreement, spot, referrer, person, other, not_known",
            "r.who_pays",
        ),
        naming("agreement_id", "the agreement that pays", "agreement.id", "r.agreement_id"),
        text("notes", "notes", "r.notes"),
        brought_by("r.import_id"),
    ),
    source=f"""FROM referral r
    JOIN (SELECT * FROM ({states_sql(_EVER, _WHOSE)}) LIMIT -1) s ON s.referral_id = r.id
    JOIN (SELECT f.referral_id, {answered_sql(_EVER)} AS answered_on FROM {_WHOSE} f LIMIT -1) a
        ON a.referral_id = r.id
    LEFT JOIN referrer g ON g.id = r.referrer_id
    ORDER BY r.id""",
    key=("referral_id",),
)

NAMED_FILES = (
    _PEOPLE, _ACTIVITIES, _SESSIONS, _ATTENDANCE, _HOURS, _REFERRALS, *MONEY_FILES,
)  # fmt: skip
"""The files other programs count on, with these names."""

_IN_NAMED = frozenset(
    {"person", "activity", "session", "attendance", "volunteer_log", "referral"} | MONEY_TABLES
)


def other_files(register: Register) -> tuple[ExportFile, ...]:
    """Return a file for every other table of the register, columns as they are."""
    tables = register.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND name NOT LIKE 'person_search%' AND name NOT IN ('attachment_content', 'issued_content')"
        " AND name NOT LIKE '\\_%' ESCAPE '\\' ORDER BY name"
    )
    return tuple(
        _whole_table(register, row["name"]) for row in tables if row["name"] not in _IN_NAMED
    )


def _whole_table(register: Register, table: str) -> ExportFile:
    info = register.rows(f'PRAGMA table_info("{table}")')
    keys = sorted((row["pk"], row["name"]) for row in info if row["pk"])
    columns = tuple(_plain_column(table, row["name"], row["type"]) for row in info)
    return ExportFile(
        name=f"{table}.csv",
        title=TITLES[table],
        columns=(*columns, RECEIPT_FILE) if table == "attachment" else columns,
        source=f'FROM "{table}" ORDER BY {", ".join(name for _, name in keys)}',
        key=tuple(name for _, name in keys),
    )


def _plain_column(table: str, name: str, kind: str) -> Column:
    meaning = meaning_of(table, name)
    return Column(
        name=name,
        type=_type_of(name, kind),
        meaning=meaning,
        sql=f'hex("{name}")' if kind == "BLOB" else f'"{name}"',
        unit="pence" if name.endswith("pence") else "",
        refers=REFERS.get(name, ""),
    )


def _type_of(name: str, kind: str) -> str:
    if name.endswith("_on"):
        return "date"
    if name in YES_NO:
        return "boolean"
    return {"INTEGER": "integer", "REAL": "number"}.get(kind, "string")
