"""What the columns of the open export's plain tables mean: every one of them, in words."""

from collections.abc import Mapping

TITLES: Mapping[str, str] = {
    "consent": "What people agreed to, each asked and dated by itself",
    "emergency_contact": "Whom to ring",
    "enrolment": "Who is on which activity's register, from when until when",
    "guardian": "Parents and carers of young people",
    "import_change": "What imports changed in rows that were there before",
    "import_run": "Every import of a file",
    "journal": "Who did what and when, by use case, without personal values",
    "person_access": "What people need to take part, and their health where they told it",
    "person_merge": "Which records were joined to which, and what stood there before",
    "person_role": "What people are to the group, over time",
    "rate": "Amounts the group has set, each from a day on",
    "setting": "The group's own settings",
    "sheet": "Printed registers",
    "sheet_row": "The order in which each printed register lists people",
    "waiting_place": "Who waits for a place, from when until when",
}
"""Each plain table in words."""

REFERS: Mapping[str, str] = {
    "person_id": "people.person_id",
    "guardian_person_id": "people.person_id",
    "kept_id": "people.person_id",
    "merged_id": "people.person_id",
    "activity_id": "activities.activity_id",
    "session_id": "sessions.session_id",
    "import_id": "import_run.id",
    "sheet_id": "sheet.id",
}
"""Columns that name a row of another file."""

YES_NO = frozenset({"given", "has_responsibility", "may_collect"})
"""Columns that are 1 for yes and 0 for no."""

_EVERYWHERE: Mapping[str, str] = {
    "id": "identifier",
    "person_id": "the person",
    "activity_id": "the activity; blank for the whole group",
    "session_id": "the session",
    "import_id": "the import that brought it; blank when typed",
    "from_on": "the first day",
    "to_on": "the last day; blank when it still is so",
    "role": "participant, volunteer, carer, leader or committee",
    "relationship": "who they are to the person",
    "phone": "telephone",
    "email": "e-mail address",
}

_MEANINGS: Mapping[str, Mapping[str, str]] = {
    "consent": {
        "purpose": "hold_details, health_access, report_back, equality, wellbeing, photos, contact, story",
        "given": "1 when agreed, 0 when refused",
        "asked_on": "the day they were asked",
        "method": "paper, verbal or digital",
        "wording_version": "which wording they were shown",
        "taken_by": "who asked them",
        "detail": "what was agreed beyond the purpose",
        "withdrawn_on": "the day it was taken back; blank if not",
    },
    "emergency_contact": {"position": "order in which to ring", "name": "whom to ring"},
    "guardian": {
        "guardian_person_id": "their own record, if they have one",
        "name": "the parent's or carer's name",
        "has_responsibility": "1 with parental responsibility",
        "may_collect": "1 when they may take the young person home",
        "activity_consent_on": "the day they agreed to the activities",
        "medical_consent_on": "the day they agreed to medical treatment",
        "travel_consent_on": "the day they agreed to travel",
    },
    "import_change": {
        "table_name": "the table that was changed",
        "row_key": "the row that was changed",
        "column_name": "the column that was changed",
        "old_value": "what was there before",
        "new_value": "what the import put there",
    },
    "import_run": {
        "kind": "people, attendance, referrals or bank",
        "file_name": "name of the file",
        "file_sha256": "fingerprint of the file's bytes",
        "done_at": "when (UTC)",
        "removed_at": "when it was removed again (UTC); blank if not",
        "rows": "rows the file had",
        "added": "rows added",
        "matched": "rows that were in the book already",
        "skipped": "rows left out",
        "counts": "what else was counted, as JSON",
    },
    "journal": {
        "done_at": "when (UTC)",
        "who": "name of the computer account",
        "use_case": "what was done, as a code",
        "subject_id": "identifier of what it was done to",
    },
    "person_access": {
        "access_needs": "what they need to take part",
        "health": "health, as far as they told it",
        "updated_on": "the day it was last gone through",
    },
    "person_merge": {
        "kept_id": "the record that was kept",
        "merged_id": "the record that was joined to it",
        "merged_at": "when (UTC)",
        "before": "what pointed where before, as JSON",
        "undone_at": "when they were parted again (UTC); blank if not",
    },
    "rate": {
        "kind": "volunteer_hour",
        "pence": "the amount",
        "source": "where the amount comes from",
    },
    "setting": {"name": "name of the setting", "value": "its value, as JSON"},
    "sheet": {"code": "code printed on it", "printed_at": "when (UTC)"},
    "sheet_row": {"sheet_id": "the printed register", "row": "place on it, from 1"},
    "waiting_place": {
        "outcome": "how the waiting ended: place, gave_up, other; blank while waiting"
    },
}


def meaning_of(table: str, column: str) -> str:
    """Return what a column of a plain table means; raises KeyError for one nobody has described."""
    return _MEANINGS.get(table, {}).get(column) or _EVERYWHERE[column]
