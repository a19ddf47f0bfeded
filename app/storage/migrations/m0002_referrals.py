"""Referrals and who sends them, funded places, and what a capacity card says of an activity."""

NAME = "m0002_referrals"

_SOURCE_TYPES = """'gp_practice', 'link_worker', 'pharmacy', 'mdt', 'hospital_discharge',
            'allied_health', 'mental_health', 'camhs', 'school', 'early_help',
            'adult_social_care', 'childrens_social_care', 'housing', 'jobcentre', 'police',
            'fire', 'youth_offending', 'voluntary', 'council', 'care_home', 'family', 'self',
            'other', 'not_recorded'"""

SQL = f"""
-- The referrer book: organisations that send people, and who there writes the referrals.
CREATE TABLE referrer (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    source_type TEXT NOT NULL DEFAULT 'not_recorded' CHECK (source_type IN ({_SOURCE_TYPES})),
    address TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '',
    import_id INTEGER REFERENCES import_run (id) ON DELETE SET NULL
) STRICT;
CREATE UNIQUE INDEX referrer_name ON referrer (name COLLATE NOCASE);
CREATE INDEX referrer_import ON referrer (import_id) WHERE import_id IS NOT NULL;

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
CREATE INDEX referrer_worker_referrer ON referrer_worker (referrer_id);
CREATE INDEX referrer_worker_import ON referrer_worker (import_id) WHERE import_id IS NOT NULL;

-- Who pays for places: so many places at a price, one person's spot payment, or a contract.
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
CREATE INDEX agreement_from ON agreement (from_on);

-- The activities and the kinds of referrer that an agreement pays for; none named is all of them.
CREATE TABLE agreement_activity (
    agreement_id INTEGER NOT NULL REFERENCES agreement (id) ON DELETE CASCADE,
    activity_id INTEGER NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
    PRIMARY KEY (agreement_id, activity_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX agreement_activity_activity ON agreement_activity (activity_id);
CREATE TABLE agreement_source (
    agreement_id INTEGER NOT NULL REFERENCES agreement (id) ON DELETE CASCADE,
    source_type TEXT NOT NULL CHECK (source_type IN ({_SOURCE_TYPES})),
    PRIMARY KEY (agreement_id, source_type)
) STRICT, WITHOUT ROWID;

CREATE TABLE referral (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    activity_id INTEGER REFERENCES activity (id) ON DELETE SET NULL,
    source_type TEXT NOT NULL DEFAULT 'not_recorded' CHECK (source_type IN ({_SOURCE_TYPES})),
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
CREATE INDEX referral_person ON referral (person_id, received_on);
CREATE INDEX referral_received ON referral (received_on, id);
CREATE INDEX referral_activity ON referral (activity_id) WHERE activity_id IS NOT NULL;
CREATE INDEX referral_referrer ON referral (referrer_id) WHERE referrer_id IS NOT NULL;
CREATE INDEX referral_worker ON referral (worker_id) WHERE worker_id IS NOT NULL;
CREATE INDEX referral_agreement ON referral (agreement_id) WHERE agreement_id IS NOT NULL;
CREATE INDEX referral_import ON referral (import_id) WHERE import_id IS NOT NULL;

CREATE TABLE referral_reason (
    referral_id INTEGER NOT NULL REFERENCES referral (id) ON DELETE CASCADE,
    reason TEXT NOT NULL CHECK (reason IN ('loneliness', 'low_mood', 'bereavement',
        'long_term_condition', 'inactivity', 'memory', 'carer_support', 'confidence', 'money',
        'housing', 'work', 'family', 'school_wellbeing', 'other', 'not_told')),
    PRIMARY KEY (referral_id, reason)
) STRICT, WITHOUT ROWID;
CREATE TABLE referral_need (
    referral_id INTEGER NOT NULL REFERENCES referral (id) ON DELETE CASCADE,
    need TEXT NOT NULL CHECK (need IN ('long_term_condition', 'mental_health',
        'lonely_isolated', 'complex_social', 'other', 'not_told')),
    PRIMARY KEY (referral_id, need)
) STRICT, WITHOUT ROWID;

-- What was done, dated. That somebody came is never written here: the register says it.
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
CREATE INDEX referral_step_referral ON referral_step (referral_id, step_on, id);

-- Letters to a referrer, as sent: what was told, so that it can be said who knows what.
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
CREATE INDEX referral_letter_referral ON referral_letter (referral_id);

-- One person's place under an agreement: so many sessions or weeks, until a day.
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
CREATE INDEX funded_place_agreement ON funded_place (agreement_id);
CREATE INDEX funded_place_person ON funded_place (person_id, from_on);
CREATE INDEX funded_place_referral ON funded_place (referral_id) WHERE referral_id IS NOT NULL;

-- Attendance uses a place up by itself; here is only where somebody said otherwise of a session.
CREATE TABLE place_correction (
    place_id INTEGER NOT NULL REFERENCES funded_place (id) ON DELETE CASCADE,
    session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    uses INTEGER NOT NULL CHECK (uses IN (0, 1)),
    why TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (place_id, session_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX place_correction_session ON place_correction (session_id);

ALTER TABLE waiting_place ADD COLUMN referral_id INTEGER
    REFERENCES referral (id) ON DELETE SET NULL;
CREATE INDEX waiting_place_referral ON waiting_place (referral_id) WHERE referral_id IS NOT NULL;

-- What a link worker has to know of an activity, and how many it says it can take, dated.
ALTER TABLE activity ADD COLUMN access TEXT NOT NULL DEFAULT '';
ALTER TABLE activity ADD COLUMN what_to_bring TEXT NOT NULL DEFAULT '';
ALTER TABLE activity ADD COLUMN cost_to_come TEXT NOT NULL DEFAULT '';
ALTER TABLE activity ADD COLUMN can_take INTEGER CHECK (can_take >= 0);
ALTER TABLE activity ADD COLUMN can_take_on TEXT CHECK (can_take_on IS date(can_take_on));
"""
"""The statements, in order."""
