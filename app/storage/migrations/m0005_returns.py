"""Drafts of returns with their answers, returns as they were sent, reports due, targets of grants."""

NAME = "m0005_returns"

SQL = """
-- A return that is being written: what it is about, for whose eyes, and until when.
CREATE TABLE draft (
    id INTEGER PRIMARY KEY,
    template TEXT NOT NULL CHECK (template <> ''),
    title TEXT NOT NULL CHECK (title <> ''),
    first_on TEXT CHECK (first_on IS date(first_on)),
    last_on TEXT CHECK (last_on IS date(last_on)),
    activity_id INTEGER REFERENCES activity (id) ON DELETE SET NULL,
    grant_id INTEGER REFERENCES grant_award (id) ON DELETE SET NULL,
    agreement_id INTEGER REFERENCES agreement (id) ON DELETE SET NULL,
    disclosure TEXT NOT NULL DEFAULT ''
        CHECK (disclosure IN ('', 'internal', 'funder', 'nhs', 'public')),
    due_on TEXT CHECK (due_on IS date(due_on)),
    sum_pence INTEGER CHECK (sum_pence > 0),
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    binned_at TEXT,
    CHECK ((first_on IS NULL) = (last_on IS NULL)),
    CHECK (last_on IS NULL OR last_on >= first_on),
    CHECK (grant_id IS NULL OR agreement_id IS NULL)
) STRICT;
CREATE INDEX draft_activity ON draft (activity_id) WHERE activity_id IS NOT NULL;
CREATE INDEX draft_grant ON draft (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX draft_agreement ON draft (agreement_id) WHERE agreement_id IS NOT NULL;

-- An answer with the question as it was put, so that it is found again when the form has changed.
CREATE TABLE draft_answer (
    draft_id INTEGER NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
    question TEXT NOT NULL CHECK (question <> ''),
    wording TEXT NOT NULL DEFAULT '',
    answer TEXT NOT NULL DEFAULT '',
    is_done INTEGER NOT NULL DEFAULT 0 CHECK (is_done IN (0, 1)),
    changed_at TEXT NOT NULL,
    PRIMARY KEY (draft_id, question)
) STRICT, WITHOUT ROWID;

-- Answers kept to be used again: who we are, how we keep people safe.
CREATE TABLE standing_answer (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    answer TEXT NOT NULL CHECK (answer <> ''),
    changed_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX standing_answer_name ON standing_answer (name COLLATE NOCASE);

-- Templates the group made itself, in the same form as those that come with the program.
CREATE TABLE own_template (
    id INTEGER PRIMARY KEY,
    template TEXT NOT NULL UNIQUE CHECK (template <> ''),
    definition TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;

-- Reports somebody waits for. One without a row of its own is known from its grant (return_due).
CREATE TABLE report_due (
    id INTEGER PRIMARY KEY,
    grant_id INTEGER REFERENCES grant_award (id) ON DELETE CASCADE,
    agreement_id INTEGER REFERENCES agreement (id) ON DELETE CASCADE,
    template TEXT NOT NULL DEFAULT '',
    due_on TEXT NOT NULL CHECK (due_on IS date(due_on)),
    first_on TEXT CHECK (first_on IS date(first_on)),
    last_on TEXT CHECK (last_on IS date(last_on)),
    done_on TEXT CHECK (done_on IS date(done_on)),
    note TEXT NOT NULL DEFAULT '',
    CHECK ((grant_id IS NULL) <> (agreement_id IS NULL)),
    CHECK ((first_on IS NULL) = (last_on IS NULL)),
    CHECK (last_on IS NULL OR last_on >= first_on)
) STRICT;
CREATE UNIQUE INDEX report_due_grant ON report_due (grant_id, due_on) WHERE grant_id IS NOT NULL;
CREATE UNIQUE INDEX report_due_agreement
    ON report_due (agreement_id, due_on) WHERE agreement_id IS NOT NULL;

-- What a grant promised: a figure, or one part of it, and how much.
CREATE TABLE grant_target (
    id INTEGER PRIMARY KEY,
    grant_id INTEGER NOT NULL REFERENCES grant_award (id) ON DELETE CASCADE,
    figure TEXT NOT NULL CHECK (figure <> ''),
    breakdown TEXT NOT NULL DEFAULT '',
    part TEXT NOT NULL DEFAULT '',
    label TEXT NOT NULL DEFAULT '',
    target REAL NOT NULL CHECK (target >= 0),
    CHECK ((breakdown = '') = (part = '')),
    UNIQUE (grant_id, figure, breakdown, part)
) STRICT;

-- A return as it was sent. It points to nothing, so that nothing can change it; see the triggers.
CREATE TABLE issued_return (
    id INTEGER PRIMARY KEY,
    draft_id INTEGER,
    template TEXT NOT NULL,
    template_version INTEGER NOT NULL,
    template_text TEXT NOT NULL,
    title TEXT NOT NULL,
    first_on TEXT CHECK (first_on IS date(first_on)),
    last_on TEXT CHECK (last_on IS date(last_on)),
    activity_id INTEGER,
    grant_id INTEGER,
    agreement_id INTEGER,
    about TEXT NOT NULL DEFAULT '',
    due_on TEXT CHECK (due_on IS date(due_on)),
    sum_pence INTEGER,
    disclosure TEXT NOT NULL CHECK (disclosure IN ('internal', 'funder', 'nhs', 'public')),
    counted_at TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    issued_by TEXT NOT NULL,
    filled_json TEXT NOT NULL,
    pages INTEGER NOT NULL CHECK (pages > 0),
    pdf_sha256 TEXT NOT NULL CHECK (length(pdf_sha256) = 64),
    seal TEXT NOT NULL CHECK (length(seal) = 64)
) STRICT;
CREATE INDEX issued_return_draft ON issued_return (draft_id) WHERE draft_id IS NOT NULL;
CREATE INDEX issued_return_grant ON issued_return (grant_id) WHERE grant_id IS NOT NULL;

CREATE TABLE issued_answer (
    issued_id INTEGER NOT NULL REFERENCES issued_return (id) ON DELETE RESTRICT,
    question TEXT NOT NULL,
    position INTEGER NOT NULL,
    wording TEXT NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (issued_id, question)
) STRICT, WITHOUT ROWID;

-- Each number with what it meant then, and which rows it was counted from: their ids, never names.
CREATE TABLE issued_figure (
    issued_id INTEGER NOT NULL REFERENCES issued_return (id) ON DELETE RESTRICT,
    figure TEXT NOT NULL,
    title TEXT NOT NULL,
    unit TEXT NOT NULL,
    definition TEXT NOT NULL,
    version INTEGER NOT NULL,
    value REAL,
    n INTEGER NOT NULL,
    row_keys BLOB NOT NULL,
    PRIMARY KEY (issued_id, figure)
) STRICT, WITHOUT ROWID;

-- The pages that were sent: apart, for lists never read the bytes. Written last, it seals the rest.
CREATE TABLE issued_content (
    issued_id INTEGER PRIMARY KEY REFERENCES issued_return (id) ON DELETE RESTRICT,
    pdf BLOB NOT NULL
) STRICT;

CREATE TABLE issued_sent (
    id INTEGER PRIMARY KEY,
    issued_id INTEGER NOT NULL REFERENCES issued_return (id) ON DELETE RESTRICT,
    sent_on TEXT NOT NULL CHECK (sent_on IS date(sent_on)),
    sent_to TEXT NOT NULL DEFAULT '',
    channel TEXT NOT NULL DEFAULT 'email'
        CHECK (channel IN ('email', 'portal', 'paper', 'in_person', 'other')),
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX issued_sent_issued ON issued_sent (issued_id);

-- Taken back with a reason; what was sent stays as it was.
CREATE TABLE issued_withdrawn (
    issued_id INTEGER PRIMARY KEY REFERENCES issued_return (id) ON DELETE RESTRICT,
    withdrawn_on TEXT NOT NULL CHECK (withdrawn_on IS date(withdrawn_on)),
    reason TEXT NOT NULL CHECK (reason <> '')
) STRICT;

CREATE TRIGGER issued_return_stays BEFORE UPDATE ON issued_return BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;
CREATE TRIGGER issued_return_kept BEFORE DELETE ON issued_return BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;
CREATE TRIGGER issued_return_once BEFORE INSERT ON issued_return
WHEN EXISTS (SELECT 1 FROM issued_return WHERE id = new.id) BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;
CREATE TRIGGER issued_answer_stays BEFORE UPDATE ON issued_answer BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;
CREATE TRIGGER issued_answer_kept BEFORE DELETE ON issued_answer BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;
CREATE TRIGGER issued_answer_sealed BEFORE INSERT ON issued_answer
WHEN EXISTS (SELECT 1 FROM issued_content WHERE issued_id = new.issued_id) BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;
CREATE TRIGGER issued_figure_stays BEFORE UPDATE ON issued_figure BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;
CREATE TRIGGER issued_figure_kept BEFORE DELETE ON issued_figure BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;
CREATE TRIGGER issued_figure_sealed BEFORE INSERT ON issued_figure
WHEN EXISTS (SELECT 1 FROM issued_content WHERE issued_id = new.issued_id) BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;
CREATE TRIGGER issued_content_stays BEFORE UPDATE ON issued_content BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;
CREATE TRIGGER issued_content_kept BEFORE DELETE ON issued_content BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;
CREATE TRIGGER issued_content_sealed BEFORE INSERT ON issued_content
WHEN EXISTS (SELECT 1 FROM issued_content WHERE issued_id = new.issued_id) BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;
"""
"""The statements, in order."""
