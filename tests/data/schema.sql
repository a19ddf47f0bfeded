CREATE TRIGGER issued_answer_kept BEFORE DELETE ON issued_answer BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;

CREATE TRIGGER issued_answer_sealed BEFORE INSERT ON issued_answer
WHEN EXISTS (SELECT 1 FROM issued_content WHERE issued_id = new.issued_id) BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;

CREATE TRIGGER issued_answer_stays BEFORE UPDATE ON issued_answer BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;

CREATE TRIGGER issued_content_kept BEFORE DELETE ON issued_content BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;

CREATE TRIGGER issued_content_sealed BEFORE INSERT ON issued_content
WHEN EXISTS (SELECT 1 FROM issued_content WHERE issued_id = new.issued_id) BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;

CREATE TRIGGER issued_content_stays BEFORE UPDATE ON issued_content BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;

CREATE TRIGGER issued_figure_kept BEFORE DELETE ON issued_figure BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;

CREATE TRIGGER issued_figure_sealed BEFORE INSERT ON issued_figure
WHEN EXISTS (SELECT 1 FROM issued_content WHERE issued_id = new.issued_id) BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;

CREATE TRIGGER issued_figure_stays BEFORE UPDATE ON issued_figure BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;

CREATE TRIGGER issued_return_kept BEFORE DELETE ON issued_return BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;

CREATE TRIGGER issued_return_once BEFORE INSERT ON issued_return
WHEN EXISTS (SELECT 1 FROM issued_return WHERE id = new.id) BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;

CREATE TRIGGER issued_return_stays BEFORE UPDATE ON issued_return BEGIN
    SELECT RAISE(ABORT, 'a return that was sent never changes');
END;

CREATE TRIGGER person_search_delete AFTER DELETE ON person BEGIN
    INSERT INTO person_search (person_search, rowid, search_text)
    VALUES ('delete', old.id, old.search_text);
END;

CREATE TRIGGER person_search_insert AFTER INSERT ON person BEGIN
    INSERT INTO person_search (rowid, search_text) VALUES (new.id, new.search_text);
END;

CREATE TRIGGER person_search_update AFTER UPDATE OF search_text ON person
WHEN old.search_text <> new.search_text BEGIN
    INSERT INTO person_search (person_search, rowid, search_text)
    VALUES ('delete', old.id, old.search_text);
    INSERT INTO person_search (rowid, search_text) VALUES (new.id, new.search_text);
END;

CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);

CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('bank', 'cash')),
    opened_on TEXT NOT NULL CHECK (opened_on IS date(opened_on)),
    closed_on TEXT CHECK (closed_on IS date(closed_on)),
    bank_code TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '',
    CHECK (closed_on IS NULL OR closed_on >= opened_on)
) STRICT;

CREATE TABLE account_opening (
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    fund_id INTEGER NOT NULL REFERENCES fund (id) ON DELETE RESTRICT,
    amount_pence INTEGER NOT NULL,
    PRIMARY KEY (account_id, fund_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE activity (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    code TEXT NOT NULL CHECK (code <> ''),
    description TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT '',
    leader TEXT NOT NULL DEFAULT '',
    start_time TEXT CHECK (start_time GLOB '[0-2][0-9]:[0-5][0-9]' AND start_time < '24:00'),
    end_time TEXT CHECK (end_time GLOB '[0-2][0-9]:[0-5][0-9]' AND end_time < '24:00'),
    capacity INTEGER CHECK (capacity > 0),
    age_from INTEGER CHECK (age_from >= 0),
    age_to INTEGER CHECK (age_to >= age_from),
    repeat TEXT NOT NULL DEFAULT 'none'
        CHECK (repeat IN ('none', 'weekly', 'fortnightly', 'monthly')),
    weekday INTEGER CHECK (weekday BETWEEN 0 AND 6),
    nth INTEGER CHECK (nth IN (1, 2, 3, 4, -1)),
    skip_bank_holidays INTEGER NOT NULL DEFAULT 1 CHECK (skip_bank_holidays IN (0, 1)),
    notes TEXT NOT NULL DEFAULT '',
    binned_at TEXT,
    import_id INTEGER REFERENCES import_run (id) ON DELETE SET NULL, access TEXT NOT NULL DEFAULT '', what_to_bring TEXT NOT NULL DEFAULT '', cost_to_come TEXT NOT NULL DEFAULT '', can_take INTEGER CHECK (can_take >= 0), can_take_on TEXT CHECK (can_take_on IS date(can_take_on)),
    CHECK (end_time > start_time)
) STRICT;

CREATE TABLE agreement (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('places', 'spot', 'contract')),
    funder TEXT NOT NULL CHECK (funder <> ''),
    reference TEXT NOT NULL DEFAULT '',
    from_on TEXT NOT NULL CHECK (from_on IS date(from_on)),
    to_on TEXT CHECK (to_on IS date(to_on)),
    price_pence INTEGER CHECK (price_pence >= 0),
    price_per TEXT NOT NULL DEFAULT 'place' CHECK (price_per IN ('place', 'session')),
    places INTEGER CHECK (places > 0),
    counted_by TEXT NOT NULL DEFAULT 'sessions' CHECK (counted_by IN ('sessions', 'weeks')),
    units_each INTEGER CHECK (units_each > 0),
    age_from INTEGER CHECK (age_from >= 0),
    age_to INTEGER CHECK (age_to >= age_from),
    parent_consent INTEGER NOT NULL DEFAULT 0 CHECK (parent_consent IN (0, 1)),
    no_show_uses INTEGER NOT NULL DEFAULT 0 CHECK (no_show_uses IN (0, 1)),
    quarterly_pence INTEGER CHECK (quarterly_pence >= 0),
    who_counts TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '',
    binned_at TEXT,
    CHECK (to_on IS NULL OR to_on >= from_on)
) STRICT;

CREATE TABLE agreement_activity (
    agreement_id INTEGER NOT NULL REFERENCES agreement (id) ON DELETE CASCADE,
    activity_id INTEGER NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
    PRIMARY KEY (agreement_id, activity_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE agreement_source (
    agreement_id INTEGER NOT NULL REFERENCES agreement (id) ON DELETE CASCADE,
    source_type TEXT NOT NULL CHECK (source_type IN ('gp_practice', 'link_worker', 'pharmacy', 'mdt', 'hospital_discharge',
            'allied_health', 'mental_health', 'camhs', 'school', 'early_help',
            'adult_social_care', 'childrens_social_care', 'housing', 'jobcentre', 'police',
            'fire', 'youth_offending', 'voluntary', 'council', 'care_home', 'family', 'self',
            'other', 'not_recorded')),
    PRIMARY KEY (agreement_id, source_type)
) STRICT, WITHOUT ROWID;

CREATE TABLE anonymisation (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    done_at TEXT NOT NULL,
    because TEXT NOT NULL CHECK (because IN ('asked', 'retention', 'other'))
) STRICT;

CREATE TABLE attachment (
    id INTEGER PRIMARY KEY,
    entry_id INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    position INTEGER NOT NULL DEFAULT 1,
    media_type TEXT NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png', 'application/pdf')),
    file_name TEXT NOT NULL DEFAULT '',
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size > 0),
    added_at TEXT NOT NULL
) STRICT;

CREATE TABLE attachment_content (
    attachment_id INTEGER PRIMARY KEY REFERENCES attachment (id) ON DELETE CASCADE,
    content BLOB NOT NULL
) STRICT;

CREATE TABLE attendance (
    session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE RESTRICT,
    mark TEXT NOT NULL CHECK (mark IN ('present', 'late', 'absent', 'apology')),
    role TEXT NOT NULL DEFAULT 'participant'
        CHECK (role IN ('participant', 'volunteer', 'carer', 'leader')),
    import_id INTEGER REFERENCES import_run (id) ON DELETE SET NULL,
    PRIMARY KEY (session_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE balance_item (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('owed_to_us', 'investment', 'asset', 'owed_by_us')),
    details TEXT NOT NULL CHECK (details <> ''),
    fund_id INTEGER NOT NULL REFERENCES fund (id) ON DELETE RESTRICT,
    from_on TEXT NOT NULL CHECK (from_on IS date(from_on)),
    to_on TEXT CHECK (to_on IS date(to_on)),
    cost_pence INTEGER CHECK (cost_pence >= 0),
    value_pence INTEGER CHECK (value_pence >= 0),
    due_on TEXT CHECK (due_on IS date(due_on)),
    CHECK (to_on IS NULL OR to_on >= from_on)
) STRICT;

CREATE TABLE bank_rule (
    id INTEGER PRIMARY KEY,
    pattern TEXT NOT NULL CHECK (pattern <> ''),
    side TEXT NOT NULL CHECK (side IN ('receipt', 'payment')),
    payee TEXT NOT NULL DEFAULT '',
    fund_id INTEGER REFERENCES fund (id) ON DELETE CASCADE,
    heading_id INTEGER REFERENCES heading (id) ON DELETE CASCADE,
    activity_id INTEGER REFERENCES activity (id) ON DELETE SET NULL,
    grant_id INTEGER REFERENCES grant_award (id) ON DELETE SET NULL,
    learned_at TEXT NOT NULL,
    used INTEGER NOT NULL DEFAULT 1 CHECK (used >= 0),
    UNIQUE (pattern, side)
) STRICT;

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

CREATE TABLE budget_row (
    id INTEGER PRIMARY KEY,
    grant_id INTEGER NOT NULL REFERENCES grant_award (id) ON DELETE CASCADE,
    heading_id INTEGER NOT NULL REFERENCES heading (id) ON DELETE RESTRICT,
    position INTEGER NOT NULL DEFAULT 0,
    budget_pence INTEGER NOT NULL CHECK (budget_pence >= 0),
    note TEXT NOT NULL DEFAULT '',
    UNIQUE (grant_id, heading_id)
) STRICT;

CREATE TABLE claim (
    id INTEGER PRIMARY KEY,
    person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
    claimed_on TEXT NOT NULL CHECK (claimed_on IS date(claimed_on)),
    approved_by TEXT NOT NULL DEFAULT '',
    approved_on TEXT CHECK (approved_on IS date(approved_on)),
    entry_id INTEGER REFERENCES entry (id) ON DELETE SET NULL,
    note TEXT NOT NULL DEFAULT '',
    binned_at TEXT
) STRICT;

CREATE TABLE claim_line (
    id INTEGER PRIMARY KEY,
    claim_id INTEGER NOT NULL REFERENCES claim (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('expense', 'car', 'motorcycle', 'bicycle', 'passenger')),
    spent_on TEXT NOT NULL CHECK (spent_on IS date(spent_on)),
    what TEXT NOT NULL DEFAULT '',
    tenths_of_miles INTEGER CHECK (tenths_of_miles > 0),
    amount_pence INTEGER NOT NULL CHECK (amount_pence > 0),
    heading_id INTEGER REFERENCES heading (id) ON DELETE RESTRICT,
    fund_id INTEGER REFERENCES fund (id) ON DELETE RESTRICT,
    activity_id INTEGER REFERENCES activity (id) ON DELETE SET NULL,
    grant_id INTEGER REFERENCES grant_award (id) ON DELETE SET NULL,
    CHECK ((kind = 'expense') = (tenths_of_miles IS NULL))
) STRICT;

CREATE TABLE closed_year (
    ends_on TEXT PRIMARY KEY NOT NULL CHECK (ends_on IS date(ends_on)),
    starts_on TEXT NOT NULL CHECK (starts_on IS date(starts_on)),
    approved_on TEXT CHECK (approved_on IS date(approved_on)),
    closed_at TEXT NOT NULL,
    CHECK (ends_on >= starts_on)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL CHECK (purpose IN ('hold_details', 'health_access', 'report_back',
        'equality', 'wellbeing', 'photos', 'contact', 'story')),
    given INTEGER NOT NULL CHECK (given IN (0, 1)),
    asked_on TEXT NOT NULL CHECK (asked_on IS date(asked_on)),
    method TEXT NOT NULL CHECK (method IN ('paper', 'verbal', 'digital')),
    wording_version TEXT NOT NULL DEFAULT '',
    taken_by TEXT NOT NULL DEFAULT '',
    detail TEXT NOT NULL DEFAULT '',
    withdrawn_on TEXT CHECK (withdrawn_on IS date(withdrawn_on))
) STRICT;

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

CREATE TABLE draft_answer (
    draft_id INTEGER NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
    question TEXT NOT NULL CHECK (question <> ''),
    wording TEXT NOT NULL DEFAULT '',
    answer TEXT NOT NULL DEFAULT '',
    is_done INTEGER NOT NULL DEFAULT 0 CHECK (is_done IN (0, 1)),
    changed_at TEXT NOT NULL,
    PRIMARY KEY (draft_id, question)
) STRICT, WITHOUT ROWID;

CREATE TABLE emergency_contact (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    position INTEGER NOT NULL DEFAULT 1,
    name TEXT NOT NULL,
    relationship TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE enrolment (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    activity_id INTEGER NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
    role TEXT NOT NULL DEFAULT 'participant'
        CHECK (role IN ('participant', 'volunteer', 'carer', 'leader')),
    from_on TEXT NOT NULL CHECK (from_on IS date(from_on)),
    to_on TEXT CHECK (to_on IS date(to_on)),
    import_id INTEGER REFERENCES import_run (id) ON DELETE SET NULL,
    CHECK (to_on IS NULL OR to_on >= from_on)
) STRICT;

CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('receipt', 'payment', 'transfer')),
    entry_on TEXT NOT NULL CHECK (entry_on IS date(entry_on)),
    payee TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    method TEXT NOT NULL DEFAULT 'not_recorded'
        CHECK (method IN ('bank_transfer', 'card', 'cash', 'cheque', 'direct_debit', 'online',
                          'not_recorded')),
    reference TEXT NOT NULL DEFAULT '',
    approved_by TEXT NOT NULL DEFAULT '',
    minute TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    session_id INTEGER REFERENCES session (id) ON DELETE SET NULL,
    person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
    bank_key TEXT NOT NULL DEFAULT '',
    bank_text TEXT NOT NULL DEFAULT '',
    binned_at TEXT,
    import_id INTEGER REFERENCES import_run (id) ON DELETE SET NULL
) STRICT;

CREATE TABLE entry_line (
    id INTEGER PRIMARY KEY,
    entry_id INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    position INTEGER NOT NULL DEFAULT 1,
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
    fund_id INTEGER NOT NULL REFERENCES fund (id) ON DELETE RESTRICT,
    heading_id INTEGER REFERENCES heading (id) ON DELETE RESTRICT,
    activity_id INTEGER REFERENCES activity (id) ON DELETE SET NULL,
    grant_id INTEGER REFERENCES grant_award (id) ON DELETE SET NULL,
    agreement_id INTEGER REFERENCES agreement (id) ON DELETE SET NULL,
    referral_id INTEGER REFERENCES referral (id) ON DELETE SET NULL,
    is_asset INTEGER NOT NULL DEFAULT 0 CHECK (is_asset IN (0, 1)),
    amount_pence INTEGER NOT NULL CHECK (amount_pence <> 0),
    note TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE fund (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL
        CHECK (kind IN ('unrestricted', 'designated', 'restricted', 'endowment')),
    purpose TEXT NOT NULL DEFAULT '',
    opened_on TEXT CHECK (opened_on IS date(opened_on)),
    closed_on TEXT CHECK (closed_on IS date(closed_on))
) STRICT;

CREATE TABLE fund_loan (
    id INTEGER PRIMARY KEY,
    from_fund_id INTEGER NOT NULL REFERENCES fund (id) ON DELETE RESTRICT,
    to_fund_id INTEGER NOT NULL REFERENCES fund (id) ON DELETE RESTRICT,
    amount_pence INTEGER NOT NULL CHECK (amount_pence > 0),
    from_on TEXT NOT NULL CHECK (from_on IS date(from_on)),
    repaid_on TEXT CHECK (repaid_on IS date(repaid_on)),
    minute TEXT NOT NULL DEFAULT '',
    CHECK (from_fund_id <> to_fund_id),
    CHECK (repaid_on IS NULL OR repaid_on >= from_on)
) STRICT;

CREATE TABLE funded_place (
    id INTEGER PRIMARY KEY,
    agreement_id INTEGER NOT NULL REFERENCES agreement (id) ON DELETE RESTRICT,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    referral_id INTEGER REFERENCES referral (id) ON DELETE SET NULL,
    from_on TEXT NOT NULL CHECK (from_on IS date(from_on)),
    to_on TEXT CHECK (to_on IS date(to_on)),
    units INTEGER NOT NULL CHECK (units > 0),
    price_pence INTEGER CHECK (price_pence >= 0),
    notes TEXT NOT NULL DEFAULT '',
    binned_at TEXT,
    CHECK (to_on IS NULL OR to_on >= from_on)
) STRICT;

CREATE TABLE gift_in_kind (
    id INTEGER PRIMARY KEY,
    given_on TEXT NOT NULL CHECK (given_on IS date(given_on)),
    giver TEXT NOT NULL DEFAULT '',
    what TEXT NOT NULL CHECK (what <> ''),
    value_pence INTEGER NOT NULL CHECK (value_pence >= 0),
    basis TEXT NOT NULL DEFAULT '',
    activity_id INTEGER REFERENCES activity (id) ON DELETE SET NULL,
    grant_id INTEGER REFERENCES grant_award (id) ON DELETE SET NULL,
    binned_at TEXT
) STRICT;

CREATE TABLE goal (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    wording TEXT NOT NULL CHECK (wording <> ''),
    set_on TEXT NOT NULL CHECK (set_on IS date(set_on)),
    dropped_on TEXT CHECK (dropped_on IS date(dropped_on)),
    CHECK (dropped_on IS NULL OR dropped_on >= set_on)
) STRICT;

CREATE TABLE grant_activity (
    grant_id INTEGER NOT NULL REFERENCES grant_award (id) ON DELETE CASCADE,
    activity_id INTEGER NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
    PRIMARY KEY (grant_id, activity_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE grant_award (
    id INTEGER PRIMARY KEY,
    reference TEXT NOT NULL CHECK (reference <> ''),
    funder TEXT NOT NULL CHECK (funder <> ''),
    programme TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    purpose TEXT NOT NULL DEFAULT '',
    conditions TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'planned'
        CHECK (state IN ('planned', 'applied', 'awarded', 'refused', 'withdrawn', 'closed')),
    fund_id INTEGER REFERENCES fund (id) ON DELETE RESTRICT,
    applied_on TEXT CHECK (applied_on IS date(applied_on)),
    applied_pence INTEGER CHECK (applied_pence >= 0),
    decided_on TEXT CHECK (decided_on IS date(decided_on)),
    awarded_pence INTEGER CHECK (awarded_pence >= 0),
    starts_on TEXT CHECK (starts_on IS date(starts_on)),
    ends_on TEXT CHECK (ends_on IS date(ends_on)),
    report_due_on TEXT CHECK (report_due_on IS date(report_due_on)),
    apply_again_on TEXT CHECK (apply_again_on IS date(apply_again_on)),
    whole_pounds INTEGER NOT NULL DEFAULT 1 CHECK (whole_pounds IN (0, 1)),
    most_budget_rows INTEGER CHECK (most_budget_rows > 0),
    binned_at TEXT,
    CHECK (ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on),
    CHECK (state NOT IN ('awarded', 'closed') OR (awarded_pence IS NOT NULL AND fund_id IS NOT NULL))
) STRICT;

CREATE TABLE grant_instalment (
    id INTEGER PRIMARY KEY,
    grant_id INTEGER NOT NULL REFERENCES grant_award (id) ON DELETE CASCADE,
    due_on TEXT NOT NULL CHECK (due_on IS date(due_on)),
    amount_pence INTEGER NOT NULL CHECK (amount_pence > 0),
    condition TEXT NOT NULL DEFAULT ''
) STRICT;

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

CREATE TABLE guardian (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    guardian_person_id INTEGER REFERENCES person (id) ON DELETE SET NULL,
    name TEXT NOT NULL DEFAULT '',
    relationship TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    has_responsibility INTEGER NOT NULL DEFAULT 1 CHECK (has_responsibility IN (0, 1)),
    may_collect INTEGER NOT NULL DEFAULT 1 CHECK (may_collect IN (0, 1)),
    activity_consent_on TEXT CHECK (activity_consent_on IS date(activity_consent_on)),
    medical_consent_on TEXT CHECK (medical_consent_on IS date(medical_consent_on)),
    travel_consent_on TEXT CHECK (travel_consent_on IS date(travel_consent_on))
) STRICT;

CREATE TABLE heading (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    side TEXT NOT NULL CHECK (side IN ('receipt', 'payment')),
    is_asset INTEGER NOT NULL DEFAULT 0 CHECK (is_asset IN (0, 1)),
    position INTEGER NOT NULL DEFAULT 0,
    closed_on TEXT CHECK (closed_on IS date(closed_on))
) STRICT;

CREATE TABLE import_change (
    id INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL REFERENCES import_run (id) ON DELETE CASCADE,
    table_name TEXT NOT NULL,
    row_key TEXT NOT NULL,
    column_name TEXT NOT NULL,
    old_value TEXT,
    new_value TEXT
) STRICT;

CREATE TABLE import_run (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('people', 'attendance', 'referrals', 'bank')),
    file_name TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    done_at TEXT NOT NULL,
    removed_at TEXT,
    rows INTEGER NOT NULL CHECK (rows >= 0),
    added INTEGER NOT NULL CHECK (added >= 0),
    matched INTEGER NOT NULL CHECK (matched >= 0),
    skipped INTEGER NOT NULL CHECK (skipped >= 0),
    counts TEXT NOT NULL DEFAULT '{}'
) STRICT;

CREATE TABLE issued_answer (
    issued_id INTEGER NOT NULL REFERENCES issued_return (id) ON DELETE RESTRICT,
    question TEXT NOT NULL,
    position INTEGER NOT NULL,
    wording TEXT NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (issued_id, question)
) STRICT, WITHOUT ROWID;

CREATE TABLE issued_content (
    issued_id INTEGER PRIMARY KEY REFERENCES issued_return (id) ON DELETE RESTRICT,
    pdf BLOB NOT NULL
) STRICT;

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

CREATE TABLE issued_sent (
    id INTEGER PRIMARY KEY,
    issued_id INTEGER NOT NULL REFERENCES issued_return (id) ON DELETE RESTRICT,
    sent_on TEXT NOT NULL CHECK (sent_on IS date(sent_on)),
    sent_to TEXT NOT NULL DEFAULT '',
    channel TEXT NOT NULL DEFAULT 'email'
        CHECK (channel IN ('email', 'portal', 'paper', 'in_person', 'other')),
    note TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE issued_withdrawn (
    issued_id INTEGER PRIMARY KEY REFERENCES issued_return (id) ON DELETE RESTRICT,
    withdrawn_on TEXT NOT NULL CHECK (withdrawn_on IS date(withdrawn_on)),
    reason TEXT NOT NULL CHECK (reason <> '')
) STRICT;

CREATE TABLE journal (
    id INTEGER PRIMARY KEY,
    done_at TEXT NOT NULL,
    who TEXT NOT NULL,
    use_case TEXT NOT NULL,
    subject_id INTEGER
) STRICT;

CREATE TABLE match_funding (
    id INTEGER PRIMARY KEY,
    grant_id INTEGER NOT NULL REFERENCES grant_award (id) ON DELETE CASCADE,
    source TEXT NOT NULL CHECK (source <> ''),
    kind TEXT NOT NULL DEFAULT 'cash' CHECK (kind IN ('cash', 'in_kind')),
    state TEXT NOT NULL DEFAULT 'applied' CHECK (state IN ('applied', 'confirmed', 'withdrawn')),
    amount_pence INTEGER NOT NULL CHECK (amount_pence > 0),
    from_on TEXT NOT NULL CHECK (from_on IS date(from_on))
) STRICT;

CREATE TABLE measure_use (
    measure TEXT PRIMARY KEY NOT NULL CHECK (measure <> ''),
    asked INTEGER NOT NULL DEFAULT 1 CHECK (asked IN (0, 1)),
    follow_up_days INTEGER NOT NULL DEFAULT 84 CHECK (follow_up_days BETWEEN 28 AND 730),
    licence_holder TEXT NOT NULL DEFAULT '',
    licence_reference TEXT NOT NULL DEFAULT '',
    licensed_on TEXT CHECK (licensed_on IS date(licensed_on)),
    item_texts TEXT NOT NULL DEFAULT '{}'
) STRICT, WITHOUT ROWID;

CREATE TABLE money_journal (
    id INTEGER PRIMARY KEY,
    done_at TEXT NOT NULL,
    who TEXT NOT NULL,
    use_case TEXT NOT NULL,
    entry_id INTEGER NOT NULL,
    before TEXT NOT NULL
) STRICT;

CREATE TABLE own_measure (
    id INTEGER PRIMARY KEY,
    measure TEXT NOT NULL UNIQUE CHECK (measure <> ''),
    definition TEXT NOT NULL,
    added_on TEXT NOT NULL CHECK (added_on IS date(added_on))
) STRICT;

CREATE TABLE own_template (
    id INTEGER PRIMARY KEY,
    template TEXT NOT NULL UNIQUE CHECK (template <> ''),
    definition TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    given_name TEXT NOT NULL DEFAULT '',
    family_name TEXT NOT NULL DEFAULT '',
    known_as TEXT NOT NULL DEFAULT '',
    own_script_name TEXT NOT NULL DEFAULT '',
    pronouns TEXT NOT NULL DEFAULT '',
    born_on TEXT CHECK (born_on IS date(born_on)),
    birth_year INTEGER CHECK (birth_year BETWEEN 1850 AND 2200),
    age_low INTEGER CHECK (age_low BETWEEN 0 AND 130),
    age_high INTEGER CHECK (age_high BETWEEN 0 AND 130),
    age_band_on TEXT CHECK (age_band_on IS date(age_band_on)),
    sex TEXT NOT NULL DEFAULT 'not_asked'
        CHECK (sex IN ('female', 'male', 'prefer_not', 'not_asked')),
    gender_same TEXT NOT NULL DEFAULT 'not_asked'
        CHECK (gender_same IN ('yes', 'no', 'prefer_not', 'not_asked')),
    ethnicity TEXT NOT NULL DEFAULT 'not_asked'
        CHECK (ethnicity IN (
            'white_british', 'white_irish', 'white_traveller', 'white_roma', 'white_other',
            'mixed_caribbean', 'mixed_african', 'mixed_asian', 'mixed_other',
            'asian_indian', 'asian_pakistani', 'asian_bangladeshi', 'asian_chinese', 'asian_other',
            'black_caribbean', 'black_african', 'black_other',
            'other_arab', 'other_any', 'prefer_not', 'not_asked')),
    disability TEXT NOT NULL DEFAULT 'not_asked'
        CHECK (disability IN ('limited_a_lot', 'limited_a_little', 'not_limiting', 'none',
                              'prefer_not', 'not_asked')),
    carer TEXT NOT NULL DEFAULT 'not_asked'
        CHECK (carer IN ('yes', 'no', 'prefer_not', 'not_asked')),
    orientation TEXT NOT NULL DEFAULT 'not_asked'
        CHECK (orientation IN ('straight', 'gay', 'bisexual', 'other', 'prefer_not', 'not_asked')),
    religion TEXT NOT NULL DEFAULT 'not_asked'
        CHECK (religion IN ('none', 'christian', 'buddhist', 'hindu', 'jewish', 'muslim', 'sikh',
                            'other', 'prefer_not', 'not_asked')),
    email TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    postcode TEXT NOT NULL DEFAULT '',
    area TEXT NOT NULL DEFAULT '',
    what_helps TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '',
    joined_on TEXT CHECK (joined_on IS date(joined_on)),
    left_on TEXT CHECK (left_on IS date(left_on)),
    left_reason TEXT NOT NULL DEFAULT '',
    sort_key TEXT NOT NULL,
    search_text TEXT NOT NULL,
    merged_into INTEGER REFERENCES person (id) ON DELETE RESTRICT CHECK (merged_into <> id),
    binned_at TEXT,
    anonymised_at TEXT,
    import_id INTEGER REFERENCES import_run (id) ON DELETE SET NULL,
    CHECK (given_name <> '' OR family_name <> '' OR known_as <> '' OR anonymised_at IS NOT NULL),
    CHECK (left_on IS NULL OR joined_on IS NULL OR left_on >= joined_on),
    CHECK (age_low <= age_high)
) STRICT;

CREATE TABLE person_access (
    person_id INTEGER PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    access_needs TEXT NOT NULL DEFAULT '',
    health TEXT NOT NULL DEFAULT '',
    updated_on TEXT CHECK (updated_on IS date(updated_on))
) STRICT;

CREATE TABLE person_code (
    person_id INTEGER PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    code TEXT NOT NULL UNIQUE CHECK (code <> '')
) STRICT;

CREATE TABLE person_merge (
    id INTEGER PRIMARY KEY,
    kept_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    merged_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    merged_at TEXT NOT NULL,
    before TEXT NOT NULL,
    undone_at TEXT
) STRICT;

CREATE TABLE person_role (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    role TEXT NOT NULL
        CHECK (role IN ('participant', 'volunteer', 'leader', 'carer', 'committee')),
    activity_id INTEGER REFERENCES activity (id) ON DELETE CASCADE,
    from_on TEXT NOT NULL CHECK (from_on IS date(from_on)),
    to_on TEXT CHECK (to_on IS date(to_on)),
    CHECK (to_on IS NULL OR to_on >= from_on)
) STRICT;

CREATE VIRTUAL TABLE person_search USING fts5 (
    search_text, content = 'person', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);

CREATE TABLE place_correction (
    place_id INTEGER NOT NULL REFERENCES funded_place (id) ON DELETE CASCADE,
    session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    uses INTEGER NOT NULL CHECK (uses IN (0, 1)),
    why TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (place_id, session_id)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE rate (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('volunteer_hour')),
    from_on TEXT NOT NULL CHECK (from_on IS date(from_on)),
    pence INTEGER NOT NULL CHECK (pence >= 0),
    source TEXT NOT NULL DEFAULT '',
    UNIQUE (kind, from_on)
) STRICT;

CREATE TABLE referral (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    activity_id INTEGER REFERENCES activity (id) ON DELETE SET NULL,
    source_type TEXT NOT NULL DEFAULT 'not_recorded' CHECK (source_type IN ('gp_practice', 'link_worker', 'pharmacy', 'mdt', 'hospital_discharge',
            'allied_health', 'mental_health', 'camhs', 'school', 'early_help',
            'adult_social_care', 'childrens_social_care', 'housing', 'jobcentre', 'police',
            'fire', 'youth_offending', 'voluntary', 'council', 'care_home', 'family', 'self',
            'other', 'not_recorded')),
    referrer_id INTEGER REFERENCES referrer (id) ON DELETE SET NULL,
    worker_id INTEGER REFERENCES referrer_worker (id) ON DELETE SET NULL,
    channel TEXT NOT NULL DEFAULT 'not_recorded'
        CHECK (channel IN ('phone', 'paper', 'email', 'platform', 'in_person', 'not_recorded')),
    reference TEXT NOT NULL DEFAULT '',
    received_on TEXT NOT NULL CHECK (received_on IS date(received_on)),
    what_helps TEXT NOT NULL DEFAULT '',
    report_back TEXT NOT NULL DEFAULT 'not_asked'
        CHECK (report_back IN ('yes', 'no', 'not_asked')),
    who_pays TEXT NOT NULL DEFAULT 'not_known'
        CHECK (who_pays IN ('nobody', 'agreement', 'spot', 'referrer', 'person', 'other',
                            'not_known')),
    agreement_id INTEGER REFERENCES agreement (id) ON DELETE SET NULL,
    notes TEXT NOT NULL DEFAULT '',
    binned_at TEXT,
    import_id INTEGER REFERENCES import_run (id) ON DELETE SET NULL,
    CHECK (who_pays <> 'agreement' OR agreement_id IS NOT NULL)
) STRICT;

CREATE TABLE referral_letter (
    id INTEGER PRIMARY KEY,
    referral_id INTEGER NOT NULL REFERENCES referral (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('acknowledgement', 'reply')),
    sent_on TEXT NOT NULL CHECK (sent_on IS date(sent_on)),
    sent_to TEXT NOT NULL DEFAULT '',
    channel TEXT NOT NULL DEFAULT 'paper'
        CHECK (channel IN ('phone', 'paper', 'email', 'platform', 'in_person')),
    told TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE referral_need (
    referral_id INTEGER NOT NULL REFERENCES referral (id) ON DELETE CASCADE,
    need TEXT NOT NULL CHECK (need IN ('long_term_condition', 'mental_health',
        'lonely_isolated', 'complex_social', 'other', 'not_told')),
    PRIMARY KEY (referral_id, need)
) STRICT, WITHOUT ROWID;

CREATE TABLE referral_reason (
    referral_id INTEGER NOT NULL REFERENCES referral (id) ON DELETE CASCADE,
    reason TEXT NOT NULL CHECK (reason IN ('loneliness', 'low_mood', 'bereavement',
        'long_term_condition', 'inactivity', 'memory', 'carer_support', 'confidence', 'money',
        'housing', 'work', 'family', 'school_wellbeing', 'other', 'not_told')),
    PRIMARY KEY (referral_id, reason)
) STRICT, WITHOUT ROWID;

CREATE TABLE referral_step (
    id INTEGER PRIMARY KEY,
    referral_id INTEGER NOT NULL REFERENCES referral (id) ON DELETE CASCADE,
    step TEXT NOT NULL CHECK (step IN ('tried', 'contacted', 'accepted', 'waiting',
        'not_accepted', 'person_declined', 'no_contact', 'completed', 'left_early', 'moved_on',
        'reopened')),
    step_on TEXT NOT NULL CHECK (step_on IS date(step_on)),
    reason TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    CHECK (step <> 'not_accepted' OR reason <> '')
) STRICT;

CREATE TABLE referrer (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    source_type TEXT NOT NULL DEFAULT 'not_recorded' CHECK (source_type IN ('gp_practice', 'link_worker', 'pharmacy', 'mdt', 'hospital_discharge',
            'allied_health', 'mental_health', 'camhs', 'school', 'early_help',
            'adult_social_care', 'childrens_social_care', 'housing', 'jobcentre', 'police',
            'fire', 'youth_offending', 'voluntary', 'council', 'care_home', 'family', 'self',
            'other', 'not_recorded')),
    address TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '',
    import_id INTEGER REFERENCES import_run (id) ON DELETE SET NULL
) STRICT;

CREATE TABLE referrer_worker (
    id INTEGER PRIMARY KEY,
    referrer_id INTEGER NOT NULL REFERENCES referrer (id) ON DELETE CASCADE,
    name TEXT NOT NULL CHECK (name <> ''),
    job TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    left_on TEXT CHECK (left_on IS date(left_on)),
    import_id INTEGER REFERENCES import_run (id) ON DELETE SET NULL
) STRICT;

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

CREATE TABLE response_item (
    response_id INTEGER NOT NULL REFERENCES response (id) ON DELETE CASCADE,
    item TEXT NOT NULL CHECK (item <> ''),
    state TEXT NOT NULL DEFAULT 'answered' CHECK (state IN ('answered', 'blank', 'declined')),
    value REAL,
    PRIMARY KEY (response_id, item),
    CHECK ((state = 'answered') = (value IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE response_score (
    response_id INTEGER NOT NULL REFERENCES response (id) ON DELETE CASCADE,
    scale TEXT NOT NULL CHECK (scale <> ''),
    score REAL NOT NULL,
    PRIMARY KEY (response_id, scale)
) STRICT, WITHOUT ROWID;

CREATE TABLE retention_rule (
    kind TEXT PRIMARY KEY NOT NULL CHECK (kind <> ''),
    keep_months INTEGER CHECK (keep_months > 0),
    reason TEXT NOT NULL DEFAULT '',
    changed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    activity_id INTEGER NOT NULL REFERENCES activity (id) ON DELETE RESTRICT,
    session_on TEXT NOT NULL CHECK (session_on IS date(session_on)),
    start_time TEXT CHECK (start_time GLOB '[0-2][0-9]:[0-5][0-9]' AND start_time < '24:00'),
    end_time TEXT CHECK (end_time GLOB '[0-2][0-9]:[0-5][0-9]' AND end_time < '24:00'),
    state TEXT NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'held', 'cancelled')),
    cancelled_reason TEXT NOT NULL DEFAULT '',
    cancelled_note TEXT NOT NULL DEFAULT '',
    moved_from_on TEXT CHECK (moved_from_on IS date(moved_from_on)),
    guests INTEGER CHECK (guests >= 0),
    place TEXT NOT NULL DEFAULT '',
    leader TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '',
    binned_at TEXT,
    import_id INTEGER REFERENCES import_run (id) ON DELETE SET NULL,
    CHECK (end_time > start_time),
    CHECK (state <> 'cancelled' OR cancelled_reason <> '')
) STRICT;

CREATE TABLE setting (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE sheet (
    id INTEGER PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    printed_at TEXT NOT NULL
) STRICT;

CREATE TABLE sheet_row (
    sheet_id INTEGER NOT NULL REFERENCES sheet (id) ON DELETE CASCADE,
    row INTEGER NOT NULL CHECK (row > 0),
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    PRIMARY KEY (sheet_id, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE standing_answer (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    answer TEXT NOT NULL CHECK (answer <> ''),
    changed_at TEXT NOT NULL
) STRICT;

CREATE TABLE statement (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    from_on TEXT NOT NULL CHECK (from_on IS date(from_on)),
    to_on TEXT NOT NULL CHECK (to_on IS date(to_on)),
    opening_pence INTEGER,
    closing_pence INTEGER,
    agreed_at TEXT,
    import_id INTEGER REFERENCES import_run (id) ON DELETE CASCADE,
    CHECK (to_on >= from_on)
) STRICT;

CREATE TABLE statement_entry (
    statement_id INTEGER NOT NULL REFERENCES statement (id) ON DELETE CASCADE,
    entry_id INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    PRIMARY KEY (statement_id, entry_id)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE volunteer_log (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE RESTRICT,
    logged_on TEXT NOT NULL CHECK (logged_on IS date(logged_on)),
    minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
    activity_id INTEGER REFERENCES activity (id) ON DELETE SET NULL,
    what TEXT NOT NULL DEFAULT '',
    import_id INTEGER REFERENCES import_run (id) ON DELETE SET NULL
) STRICT;

CREATE TABLE waiting_place (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    activity_id INTEGER REFERENCES activity (id) ON DELETE CASCADE,
    from_on TEXT NOT NULL CHECK (from_on IS date(from_on)),
    to_on TEXT CHECK (to_on IS date(to_on)),
    outcome TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'place', 'gave_up', 'other')), referral_id INTEGER
    REFERENCES referral (id) ON DELETE SET NULL,
    CHECK (to_on IS NULL OR to_on >= from_on)
) STRICT;

CREATE UNIQUE INDEX account_name ON account (name COLLATE NOCASE);

CREATE INDEX account_opening_fund ON account_opening (fund_id);

CREATE INDEX activity_import ON activity (import_id) WHERE import_id IS NOT NULL;

CREATE UNIQUE INDEX activity_name ON activity (name COLLATE NOCASE) WHERE binned_at IS NULL;

CREATE INDEX agreement_activity_activity ON agreement_activity (activity_id);

CREATE INDEX agreement_from ON agreement (from_on);

CREATE INDEX anonymisation_person ON anonymisation (person_id);

CREATE INDEX attachment_entry ON attachment (entry_id);

CREATE INDEX attendance_import ON attendance (import_id) WHERE import_id IS NOT NULL;

CREATE INDEX attendance_person ON attendance (person_id, session_id);

CREATE INDEX balance_item_fund ON balance_item (fund_id);

CREATE INDEX bank_rule_activity ON bank_rule (activity_id) WHERE activity_id IS NOT NULL;

CREATE INDEX bank_rule_fund ON bank_rule (fund_id) WHERE fund_id IS NOT NULL;

CREATE INDEX bank_rule_grant ON bank_rule (grant_id) WHERE grant_id IS NOT NULL;

CREATE INDEX bank_rule_heading ON bank_rule (heading_id) WHERE heading_id IS NOT NULL;

CREATE INDEX budget_row_heading ON budget_row (heading_id);

CREATE INDEX claim_entry ON claim (entry_id) WHERE entry_id IS NOT NULL;

CREATE INDEX claim_line_activity ON claim_line (activity_id) WHERE activity_id IS NOT NULL;

CREATE INDEX claim_line_claim ON claim_line (claim_id);

CREATE INDEX claim_line_fund ON claim_line (fund_id) WHERE fund_id IS NOT NULL;

CREATE INDEX claim_line_grant ON claim_line (grant_id) WHERE grant_id IS NOT NULL;

CREATE INDEX claim_line_heading ON claim_line (heading_id) WHERE heading_id IS NOT NULL;

CREATE INDEX claim_person ON claim (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX consent_person ON consent (person_id);

CREATE INDEX draft_activity ON draft (activity_id) WHERE activity_id IS NOT NULL;

CREATE INDEX draft_agreement ON draft (agreement_id) WHERE agreement_id IS NOT NULL;

CREATE INDEX draft_grant ON draft (grant_id) WHERE grant_id IS NOT NULL;

CREATE INDEX emergency_contact_person ON emergency_contact (person_id);

CREATE INDEX enrolment_activity ON enrolment (activity_id, from_on);

CREATE INDEX enrolment_import ON enrolment (import_id) WHERE import_id IS NOT NULL;

CREATE INDEX enrolment_person ON enrolment (person_id, activity_id);

CREATE INDEX entry_bank_key ON entry (bank_key) WHERE bank_key <> '';

CREATE INDEX entry_bin ON entry (id) WHERE binned_at IS NOT NULL;

CREATE INDEX entry_day ON entry (entry_on, id);

CREATE INDEX entry_import ON entry (import_id) WHERE import_id IS NOT NULL;

CREATE INDEX entry_line_account ON entry_line (account_id, amount_pence);

CREATE INDEX entry_line_activity ON entry_line (activity_id) WHERE activity_id IS NOT NULL;

CREATE INDEX entry_line_agreement ON entry_line (agreement_id) WHERE agreement_id IS NOT NULL;

CREATE INDEX entry_line_entry ON entry_line (entry_id);

CREATE INDEX entry_line_fund ON entry_line (fund_id, amount_pence);

CREATE INDEX entry_line_grant ON entry_line (grant_id, heading_id, amount_pence, entry_id)
    WHERE grant_id IS NOT NULL;

CREATE INDEX entry_line_heading ON entry_line (heading_id) WHERE heading_id IS NOT NULL;

CREATE INDEX entry_line_referral ON entry_line (referral_id) WHERE referral_id IS NOT NULL;

CREATE INDEX entry_person ON entry (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX entry_session ON entry (session_id) WHERE session_id IS NOT NULL;

CREATE INDEX fund_loan_from ON fund_loan (from_fund_id);

CREATE INDEX fund_loan_to ON fund_loan (to_fund_id);

CREATE UNIQUE INDEX fund_name ON fund (name COLLATE NOCASE);

CREATE INDEX funded_place_agreement ON funded_place (agreement_id);

CREATE INDEX funded_place_person ON funded_place (person_id, from_on);

CREATE INDEX funded_place_referral ON funded_place (referral_id) WHERE referral_id IS NOT NULL;

CREATE INDEX gift_in_kind_activity ON gift_in_kind (activity_id) WHERE activity_id IS NOT NULL;

CREATE INDEX gift_in_kind_day ON gift_in_kind (given_on);

CREATE INDEX gift_in_kind_grant ON gift_in_kind (grant_id) WHERE grant_id IS NOT NULL;

CREATE INDEX goal_person ON goal (person_id);

CREATE INDEX grant_activity_activity ON grant_activity (activity_id);

CREATE INDEX grant_award_fund ON grant_award (fund_id) WHERE fund_id IS NOT NULL;

CREATE UNIQUE INDEX grant_award_reference
    ON grant_award (reference COLLATE NOCASE) WHERE binned_at IS NULL;

CREATE INDEX grant_instalment_grant ON grant_instalment (grant_id);

CREATE INDEX guardian_guardian ON guardian (guardian_person_id)
    WHERE guardian_person_id IS NOT NULL;

CREATE INDEX guardian_person ON guardian (person_id);

CREATE UNIQUE INDEX heading_name ON heading (side, name COLLATE NOCASE);

CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

CREATE INDEX import_change_import ON import_change (import_id);

CREATE INDEX issued_return_draft ON issued_return (draft_id) WHERE draft_id IS NOT NULL;

CREATE INDEX issued_return_grant ON issued_return (grant_id) WHERE grant_id IS NOT NULL;

CREATE INDEX issued_sent_issued ON issued_sent (issued_id);

CREATE INDEX match_funding_grant ON match_funding (grant_id);

CREATE INDEX money_journal_entry ON money_journal (entry_id);

CREATE INDEX person_import ON person (import_id) WHERE import_id IS NOT NULL;

CREATE INDEX person_merge_kept ON person_merge (kept_id);

CREATE INDEX person_merge_merged ON person_merge (merged_id);

CREATE INDEX person_merged ON person (merged_into) WHERE merged_into IS NOT NULL;

CREATE INDEX person_order ON person (sort_key, id);

CREATE INDEX person_role_activity ON person_role (activity_id) WHERE activity_id IS NOT NULL;

CREATE INDEX person_role_person ON person_role (person_id);

CREATE INDEX place_correction_session ON place_correction (session_id);

CREATE INDEX questionnaire_row_person ON questionnaire_row (person_id);

CREATE INDEX referral_activity ON referral (activity_id) WHERE activity_id IS NOT NULL;

CREATE INDEX referral_agreement ON referral (agreement_id) WHERE agreement_id IS NOT NULL;

CREATE INDEX referral_import ON referral (import_id) WHERE import_id IS NOT NULL;

CREATE INDEX referral_letter_referral ON referral_letter (referral_id);

CREATE INDEX referral_person ON referral (person_id, received_on);

CREATE INDEX referral_received ON referral (received_on, id);

CREATE INDEX referral_referrer ON referral (referrer_id) WHERE referrer_id IS NOT NULL;

CREATE INDEX referral_step_referral ON referral_step (referral_id, step_on, id);

CREATE INDEX referral_worker ON referral (worker_id) WHERE worker_id IS NOT NULL;

CREATE INDEX referrer_import ON referrer (import_id) WHERE import_id IS NOT NULL;

CREATE UNIQUE INDEX referrer_name ON referrer (name COLLATE NOCASE);

CREATE INDEX referrer_worker_import ON referrer_worker (import_id) WHERE import_id IS NOT NULL;

CREATE INDEX referrer_worker_referrer ON referrer_worker (referrer_id);

CREATE UNIQUE INDEX report_due_agreement
    ON report_due (agreement_id, due_on) WHERE agreement_id IS NOT NULL;

CREATE UNIQUE INDEX report_due_grant ON report_due (grant_id, due_on) WHERE grant_id IS NOT NULL;

CREATE INDEX response_day ON response (measure, answered_on);

CREATE INDEX response_import ON response (import_id) WHERE import_id IS NOT NULL;

CREATE UNIQUE INDEX response_once
    ON response (person_id, measure, answered_on) WHERE binned_at IS NULL;

CREATE INDEX response_person ON response (person_id);

CREATE INDEX response_print ON response (print_id) WHERE print_id IS NOT NULL;

CREATE INDEX response_score_scale ON response_score (scale);

CREATE INDEX rights_request_person ON rights_request (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX session_day ON session (session_on, id);

CREATE INDEX session_import ON session (import_id) WHERE import_id IS NOT NULL;

CREATE UNIQUE INDEX session_once
    ON session (activity_id, session_on, COALESCE(start_time, '')) WHERE binned_at IS NULL;

CREATE INDEX sheet_row_person ON sheet_row (person_id);

CREATE INDEX sheet_session ON sheet (session_id);

CREATE UNIQUE INDEX standing_answer_name ON standing_answer (name COLLATE NOCASE);

CREATE INDEX statement_account ON statement (account_id, to_on);

CREATE INDEX statement_entry_entry ON statement_entry (entry_id);

CREATE INDEX statement_import ON statement (import_id) WHERE import_id IS NOT NULL;

CREATE INDEX story_activity ON story (activity_id) WHERE activity_id IS NOT NULL;

CREATE INDEX story_person ON story (person_id) WHERE person_id IS NOT NULL;

CREATE INDEX volunteer_log_activity ON volunteer_log (activity_id) WHERE activity_id IS NOT NULL;

CREATE INDEX volunteer_log_day ON volunteer_log (logged_on);

CREATE INDEX volunteer_log_import ON volunteer_log (import_id) WHERE import_id IS NOT NULL;

CREATE INDEX volunteer_log_person ON volunteer_log (person_id);

CREATE INDEX waiting_place_activity ON waiting_place (activity_id);

CREATE INDEX waiting_place_person ON waiting_place (person_id);

CREATE INDEX waiting_place_referral ON waiting_place (referral_id) WHERE referral_id IS NOT NULL;

