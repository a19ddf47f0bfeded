"""Questionnaires and their answers, goals, stories and quotes."""

NAME = "m0003_outcomes"

SQL = """
-- The measures this group asks, when to ask again, and the licence where one is needed.
CREATE TABLE measure_use (
    measure TEXT PRIMARY KEY NOT NULL CHECK (measure <> ''),
    asked INTEGER NOT NULL DEFAULT 1 CHECK (asked IN (0, 1)),
    follow_up_days INTEGER NOT NULL DEFAULT 84 CHECK (follow_up_days BETWEEN 28 AND 730),
    licence_holder TEXT NOT NULL DEFAULT '',
    licence_reference TEXT NOT NULL DEFAULT '',
    licensed_on TEXT CHECK (licensed_on IS date(licensed_on)),
    item_texts TEXT NOT NULL DEFAULT '{}'
) STRICT, WITHOUT ROWID;

-- Measures the group made itself, in the same form as those that come with the program.
CREATE TABLE own_measure (
    id INTEGER PRIMARY KEY,
    measure TEXT NOT NULL UNIQUE CHECK (measure <> ''),
    definition TEXT NOT NULL,
    added_on TEXT NOT NULL CHECK (added_on IS date(added_on))
) STRICT;

-- The letters and figures that stand for a person on a questionnaire, instead of the name.
CREATE TABLE person_code (
    person_id INTEGER PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    code TEXT NOT NULL UNIQUE CHECK (code <> '')
) STRICT;

-- A pile of printed questionnaires, in the order in which they were printed.
CREATE TABLE questionnaire_print (
    id INTEGER PRIMARY KEY,
    measure TEXT NOT NULL,
    printed_at TEXT NOT NULL,
    large_print INTEGER NOT NULL DEFAULT 0 CHECK (large_print IN (0, 1))
) STRICT;
CREATE TABLE questionnaire_row (
    print_id INTEGER NOT NULL REFERENCES questionnaire_print (id) ON DELETE CASCADE,
    row INTEGER NOT NULL CHECK (row > 0),
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    PRIMARY KEY (print_id, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX questionnaire_row_person ON questionnaire_row (person_id);

-- A person's own goals, rated with the measure of that name.
CREATE TABLE goal (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    wording TEXT NOT NULL CHECK (wording <> ''),
    set_on TEXT NOT NULL CHECK (set_on IS date(set_on)),
    dropped_on TEXT CHECK (dropped_on IS date(dropped_on)),
    CHECK (dropped_on IS NULL OR dropped_on >= set_on)
) STRICT;
CREATE INDEX goal_person ON goal (person_id);

-- One questionnaire of one person on one day. Declined and not asked are kept, and differ.
CREATE TABLE response (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    measure TEXT NOT NULL CHECK (measure <> ''),
    measure_version INTEGER NOT NULL DEFAULT 1 CHECK (measure_version > 0),
    answered_on TEXT NOT NULL CHECK (answered_on IS date(answered_on)),
    state TEXT NOT NULL DEFAULT 'answered' CHECK (state IN ('answered', 'declined', 'not_asked')),
    method TEXT NOT NULL DEFAULT 'paper'
        CHECK (method IN ('paper', 'asked_aloud', 'supplied', 'screen')),
    print_id INTEGER REFERENCES questionnaire_print (id) ON DELETE SET NULL,
    note TEXT NOT NULL DEFAULT '',
    binned_at TEXT,
    import_id INTEGER REFERENCES import_run (id) ON DELETE SET NULL
) STRICT;
CREATE UNIQUE INDEX response_once
    ON response (person_id, measure, answered_on) WHERE binned_at IS NULL;
-- The one above leaves out the bin: whoever takes a person out asks for all of them.
CREATE INDEX response_person ON response (person_id);
CREATE INDEX response_day ON response (measure, answered_on);
CREATE INDEX response_print ON response (print_id) WHERE print_id IS NOT NULL;
CREATE INDEX response_import ON response (import_id) WHERE import_id IS NOT NULL;

CREATE TABLE response_item (
    response_id INTEGER NOT NULL REFERENCES response (id) ON DELETE CASCADE,
    item TEXT NOT NULL CHECK (item <> ''),
    state TEXT NOT NULL DEFAULT 'answered' CHECK (state IN ('answered', 'blank', 'declined')),
    value REAL,
    PRIMARY KEY (response_id, item),
    CHECK ((state = 'answered') = (value IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- What the answers come to on each scale of the measure; no row where an answer it needs is missing.
CREATE TABLE response_score (
    response_id INTEGER NOT NULL REFERENCES response (id) ON DELETE CASCADE,
    scale TEXT NOT NULL CHECK (scale <> ''),
    score REAL NOT NULL,
    PRIMARY KEY (response_id, scale)
) STRICT, WITHOUT ROWID;
CREATE INDEX response_score_scale ON response_score (scale);

-- What somebody said, or what became of them, in words; and each use they agreed to.
CREATE TABLE story (
    id INTEGER PRIMARY KEY,
    person_id INTEGER REFERENCES person (id) ON DELETE CASCADE,
    activity_id INTEGER REFERENCES activity (id) ON DELETE SET NULL,
    kind TEXT NOT NULL CHECK (kind IN ('quote', 'story')),
    told_on TEXT NOT NULL CHECK (told_on IS date(told_on)),
    wording TEXT NOT NULL CHECK (wording <> ''),
    credited_as TEXT NOT NULL DEFAULT '',
    binned_at TEXT
) STRICT;
CREATE INDEX story_person ON story (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX story_activity ON story (activity_id) WHERE activity_id IS NOT NULL;

CREATE TABLE story_use (
    id INTEGER PRIMARY KEY,
    story_id INTEGER NOT NULL REFERENCES story (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL
        CHECK (purpose IN ('funders', 'impact_report', 'website', 'press', 'training')),
    given INTEGER NOT NULL CHECK (given IN (0, 1)),
    asked_on TEXT NOT NULL CHECK (asked_on IS date(asked_on)),
    method TEXT NOT NULL CHECK (method IN ('paper', 'verbal', 'digital')),
    taken_by TEXT NOT NULL DEFAULT '',
    withdrawn_on TEXT CHECK (withdrawn_on IS date(withdrawn_on)),
    UNIQUE (story_id, purpose)
) STRICT;
"""
"""The statements, in order."""
