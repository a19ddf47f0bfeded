-- Money that counts: the bin is left out. Bank and fund are two views of one line.
CREATE VIEW money_counted AS
SELECT l.id AS line_id, e.id AS entry_id, e.entry_on, e.kind, l.account_id, l.fund_id,
    l.heading_id, l.activity_id, l.grant_id, l.agreement_id, l.referral_id, l.is_asset,
    l.amount_pence, f.kind AS fund_kind
FROM entry e
JOIN entry_line l ON l.entry_id = e.id
JOIN fund f ON f.id = l.fund_id
WHERE e.binned_at IS NULL;

-- What each account held at the start of its first day, by fund.
CREATE VIEW opening_counted AS
SELECT held.account_id, held.fund_id, f.kind AS fund_kind, a.opened_on, held.amount_pence
FROM account_opening held
JOIN account a ON a.id = held.account_id
JOIN fund f ON f.id = held.fund_id;

CREATE VIEW fund_listed AS
SELECT id AS fund_id, name, kind FROM fund;

CREATE VIEW heading_listed AS
SELECT id AS heading_id, name, side, is_asset FROM heading;

CREATE VIEW account_listed AS
SELECT id AS account_id, name, kind, opened_on, closed_on FROM account;

CREATE VIEW grant_listed AS
SELECT id AS grant_id, reference, funder, state, fund_id, awarded_pence, decided_on, starts_on,
    ends_on, report_due_on
FROM grant_award
WHERE binned_at IS NULL;

CREATE VIEW grant_activity_listed AS
SELECT grant_id, activity_id FROM grant_activity;

CREATE VIEW budget_counted AS
SELECT b.grant_id, b.heading_id, b.position, b.budget_pence
FROM budget_row b
JOIN grant_award g ON g.id = b.grant_id
WHERE g.binned_at IS NULL;

CREATE VIEW gift_in_kind_counted AS
SELECT id AS gift_id, given_on, what, value_pence, activity_id, grant_id
FROM gift_in_kind
WHERE binned_at IS NULL;

CREATE VIEW match_funding_counted AS
SELECT other.id AS match_id, other.grant_id, other.source, other.kind, other.amount_pence,
    other.from_on
FROM match_funding other
JOIN grant_award g ON g.id = other.grant_id
WHERE other.state = 'confirmed' AND g.binned_at IS NULL;
