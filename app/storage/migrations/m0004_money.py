"""Money: accounts, funds, headings, grants, entries with their lines, receipts, claims, year end."""

NAME = "m0004_money"

SQL = """
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
CREATE UNIQUE INDEX account_name ON account (name COLLATE NOCASE);

CREATE TABLE fund (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL
        CHECK (kind IN ('unrestricted', 'designated', 'restricted', 'endowment')),
    purpose TEXT NOT NULL DEFAULT '',
    opened_on TEXT CHECK (opened_on IS date(opened_on)),
    closed_on TEXT CHECK (closed_on IS date(closed_on))
) STRICT;
CREATE UNIQUE INDEX fund_name ON fund (name COLLATE NOCASE);

-- What an account held when the book began, and whose money it was.
CREATE TABLE account_opening (
    account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    fund_id INTEGER NOT NULL REFERENCES fund (id) ON DELETE RESTRICT,
    amount_pence INTEGER NOT NULL,
    PRIMARY KEY (account_id, fund_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_opening_fund ON account_opening (fund_id);

CREATE TABLE heading (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    side TEXT NOT NULL CHECK (side IN ('receipt', 'payment')),
    is_asset INTEGER NOT NULL DEFAULT 0 CHECK (is_asset IN (0, 1)),
    position INTEGER NOT NULL DEFAULT 0,
    closed_on TEXT CHECK (closed_on IS date(closed_on))
) STRICT;
CREATE UNIQUE INDEX heading_name ON heading (side, name COLLATE NOCASE);

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
CREATE UNIQUE INDEX grant_award_reference
    ON grant_award (reference COLLATE NOCASE) WHERE binned_at IS NULL;
CREATE INDEX grant_award_fund ON grant_award (fund_id) WHERE fund_id IS NOT NULL;

CREATE TABLE grant_instalment (
    id INTEGER PRIMARY KEY,
    grant_id INTEGER NOT NULL REFERENCES grant_award (id) ON DELETE CASCADE,
    due_on TEXT NOT NULL CHECK (due_on IS date(due_on)),
    amount_pence INTEGER NOT NULL CHECK (amount_pence > 0),
    condition TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX grant_instalment_grant ON grant_instalment (grant_id);

CREATE TABLE budget_row (
    id INTEGER PRIMARY KEY,
    grant_id INTEGER NOT NULL REFERENCES grant_award (id) ON DELETE CASCADE,
    heading_id INTEGER NOT NULL REFERENCES heading (id) ON DELETE RESTRICT,
    position INTEGER NOT NULL DEFAULT 0,
    budget_pence INTEGER NOT NULL CHECK (budget_pence >= 0),
    note TEXT NOT NULL DEFAULT '',
    UNIQUE (grant_id, heading_id)
) STRICT;
CREATE INDEX budget_row_heading ON budget_row (heading_id);

-- The activities a grant is for; none named is anything its fund is for.
CREATE TABLE grant_activity (
    grant_id INTEGER NOT NULL REFERENCES grant_award (id) ON DELETE CASCADE,
    activity_id INTEGER NOT NULL REFERENCES activity (id) ON DELETE CASCADE,
    PRIMARY KEY (grant_id, activity_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX grant_activity_activity ON grant_activity (activity_id);

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
CREATE INDEX statement_account ON statement (account_id, to_on);
CREATE INDEX statement_import ON statement (import_id) WHERE import_id IS NOT NULL;

-- One thing that happened: a receipt, a payment, or a transfer, whose lines add up to nothing.
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
CREATE INDEX entry_day ON entry (entry_on, id);
CREATE INDEX entry_bin ON entry (id) WHERE binned_at IS NOT NULL;
CREATE INDEX entry_session ON entry (session_id) WHERE session_id IS NOT NULL;
CREATE INDEX entry_person ON entry (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX entry_bank_key ON entry (bank_key) WHERE bank_key <> '';
CREATE INDEX entry_import ON entry (import_id) WHERE import_id IS NOT NULL;

-- Which entries stand on a statement: a transfer stands on those of both its accounts.
CREATE TABLE statement_entry (
    statement_id INTEGER NOT NULL REFERENCES statement (id) ON DELETE CASCADE,
    entry_id INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    PRIMARY KEY (statement_id, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_entry_entry ON statement_entry (entry_id);

-- Bank and fund are two views of one line: what came in is above nothing, what went out below it.
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
CREATE INDEX entry_line_entry ON entry_line (entry_id);
-- With the amount: what every account and fund holds is read from the index alone.
CREATE INDEX entry_line_account ON entry_line (account_id, amount_pence);
CREATE INDEX entry_line_fund ON entry_line (fund_id, amount_pence);
CREATE INDEX entry_line_heading ON entry_line (heading_id) WHERE heading_id IS NOT NULL;
CREATE INDEX entry_line_activity ON entry_line (activity_id) WHERE activity_id IS NOT NULL;
CREATE INDEX entry_line_grant ON entry_line (grant_id, heading_id, amount_pence, entry_id)
    WHERE grant_id IS NOT NULL;
CREATE INDEX entry_line_agreement ON entry_line (agreement_id) WHERE agreement_id IS NOT NULL;
CREATE INDEX entry_line_referral ON entry_line (referral_id) WHERE referral_id IS NOT NULL;

-- Receipts and invoices, shrunk and turned upright: kept apart, for lists never read the bytes.
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
CREATE INDEX attachment_entry ON attachment (entry_id);
CREATE TABLE attachment_content (
    attachment_id INTEGER PRIMARY KEY REFERENCES attachment (id) ON DELETE CASCADE,
    content BLOB NOT NULL
) STRICT;

-- What the treasurer chose for a payee once, offered the next time.
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
CREATE INDEX bank_rule_fund ON bank_rule (fund_id) WHERE fund_id IS NOT NULL;
CREATE INDEX bank_rule_heading ON bank_rule (heading_id) WHERE heading_id IS NOT NULL;
CREATE INDEX bank_rule_activity ON bank_rule (activity_id) WHERE activity_id IS NOT NULL;
CREATE INDEX bank_rule_grant ON bank_rule (grant_id) WHERE grant_id IS NOT NULL;

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
CREATE INDEX fund_loan_from ON fund_loan (from_fund_id);
CREATE INDEX fund_loan_to ON fund_loan (to_fund_id);

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
CREATE INDEX claim_person ON claim (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX claim_entry ON claim (entry_id) WHERE entry_id IS NOT NULL;
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
CREATE INDEX claim_line_claim ON claim_line (claim_id);
CREATE INDEX claim_line_heading ON claim_line (heading_id) WHERE heading_id IS NOT NULL;
CREATE INDEX claim_line_fund ON claim_line (fund_id) WHERE fund_id IS NOT NULL;
CREATE INDEX claim_line_activity ON claim_line (activity_id) WHERE activity_id IS NOT NULL;
CREATE INDEX claim_line_grant ON claim_line (grant_id) WHERE grant_id IS NOT NULL;

-- For the statement of assets and liabilities: what is there besides cash, and what is owed.
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
CREATE INDEX balance_item_fund ON balance_item (fund_id);

-- Beside the accounts, never in them: gifts in kind, and other money for the same work.
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
CREATE INDEX gift_in_kind_day ON gift_in_kind (given_on);
CREATE INDEX gift_in_kind_activity ON gift_in_kind (activity_id) WHERE activity_id IS NOT NULL;
CREATE INDEX gift_in_kind_grant ON gift_in_kind (grant_id) WHERE grant_id IS NOT NULL;
CREATE TABLE match_funding (
    id INTEGER PRIMARY KEY,
    grant_id INTEGER NOT NULL REFERENCES grant_award (id) ON DELETE CASCADE,
    source TEXT NOT NULL CHECK (source <> ''),
    kind TEXT NOT NULL DEFAULT 'cash' CHECK (kind IN ('cash', 'in_kind')),
    state TEXT NOT NULL DEFAULT 'applied' CHECK (state IN ('applied', 'confirmed', 'withdrawn')),
    amount_pence INTEGER NOT NULL CHECK (amount_pence > 0),
    from_on TEXT NOT NULL CHECK (from_on IS date(from_on))
) STRICT;
CREATE INDEX match_funding_grant ON match_funding (grant_id);

-- A year whose accounts were approved: what is dated in it is not changed any more.
CREATE TABLE closed_year (
    ends_on TEXT PRIMARY KEY NOT NULL CHECK (ends_on IS date(ends_on)),
    starts_on TEXT NOT NULL CHECK (starts_on IS date(starts_on)),
    approved_on TEXT CHECK (approved_on IS date(approved_on)),
    closed_at TEXT NOT NULL,
    CHECK (ends_on >= starts_on)
) STRICT, WITHOUT ROWID;

-- The examiner asks what stood there before: old values of entries, which the journal never holds.
CREATE TABLE money_journal (
    id INTEGER PRIMARY KEY,
    done_at TEXT NOT NULL,
    who TEXT NOT NULL,
    use_case TEXT NOT NULL,
    entry_id INTEGER NOT NULL,
    before TEXT NOT NULL
) STRICT;
CREATE INDEX money_journal_entry ON money_journal (entry_id);
"""
"""The statements, in order."""
