"""People's rights: requests with their clocks, breaches, how long things are kept, who was made nameless."""

NAME = "m0006_rights"

SQL = """
-- What somebody asked about their own data, or complained of, and how it was answered.
CREATE TABLE rights_request (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL
        CHECK (kind IN ('access', 'erasure', 'correction', 'objection', 'complaint')),
    person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
    asked_by TEXT NOT NULL DEFAULT '',
    received_on TEXT NOT NULL CHECK (received_on IS date(received_on)),
    proved_on TEXT CHECK (proved_on IS date(proved_on)),
    extended_because TEXT NOT NULL DEFAULT '',
    answered_on TEXT CHECK (answered_on IS date(answered_on)),
    outcome TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    binned_at TEXT,
    CHECK (answered_on IS NULL OR answered_on >= received_on),
    CHECK (proved_on IS NULL OR proved_on >= received_on)
) STRICT;
CREATE INDEX rights_request_person ON rights_request (person_id) WHERE person_id IS NOT NULL;

-- A breach: lost, stolen, sent to the wrong person. The clock of 72 hours runs from when it was noticed.
CREATE TABLE breach (
    id INTEGER PRIMARY KEY,
    noticed_at TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what <> ''),
    people INTEGER CHECK (people >= 0),
    risk TEXT NOT NULL DEFAULT 'not_known' CHECK (risk IN ('not_known', 'none', 'some', 'high')),
    done_about_it TEXT NOT NULL DEFAULT '',
    told_ico_at TEXT,
    told_people_on TEXT CHECK (told_people_on IS date(told_people_on)),
    why_not_told TEXT NOT NULL DEFAULT '',
    binned_at TEXT
) STRICT;

-- How long a kind of record is kept where the group says otherwise than the program's own list.
CREATE TABLE retention_rule (
    kind TEXT PRIMARY KEY NOT NULL CHECK (kind <> ''),
    keep_months INTEGER CHECK (keep_months > 0),
    reason TEXT NOT NULL DEFAULT '',
    changed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who was made nameless, when and why: the record itself says nothing any more.
CREATE TABLE anonymisation (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    done_at TEXT NOT NULL,
    because TEXT NOT NULL CHECK (because IN ('asked', 'retention', 'other'))
) STRICT;
CREATE INDEX anonymisation_person ON anonymisation (person_id);
"""
