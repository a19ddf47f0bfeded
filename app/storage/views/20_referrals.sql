-- Referrals that count, of people who count: the bin is left out, joined people stand as one.
-- `paid` is whether anybody but the group and the person pays for the place.
CREATE VIEW referral_counted AS
SELECT f.id AS referral_id, f.person_id AS record_id, k.id AS person_id, f.activity_id, f.received_on,
    f.source_type, f.referrer_id, COALESCE(r.name, '') AS source_organisation, f.channel,
    f.who_pays, f.agreement_id,
    f.who_pays IN ('agreement', 'spot', 'referrer', 'other') AS paid
FROM referral f
JOIN person p ON p.id = f.person_id
JOIN person k ON k.id = COALESCE(p.merged_into, p.id)
LEFT JOIN referrer r ON r.id = f.referrer_id
WHERE f.binned_at IS NULL AND k.binned_at IS NULL;

-- Their dated steps: what was done about a referral, the newest deciding. Read beside
-- referral_counted, which leaves the bin out; one plain table, so that a row is found by its index.
CREATE VIEW referral_step_counted AS
SELECT id AS step_id, referral_id, step, step_on, reason FROM referral_step;

CREATE VIEW referral_reason_counted AS
SELECT referral_id, reason FROM referral_reason;

CREATE VIEW referral_need_counted AS
SELECT referral_id, need FROM referral_need;

CREATE VIEW referrer_listed AS
SELECT id AS referrer_id, name, source_type FROM referrer;

-- Each participant attendance of a referred person on or after the day the referral came. How a
-- referral stands on a day is the query of referral_states.py: a view knows no day.
CREATE VIEW referral_came_counted AS
SELECT f.referral_id, f.person_id, f.received_on, f.paid, a.session_id, a.activity_id, a.session_on
FROM referral_counted f
JOIN person_counts_as c ON c.person_id = f.person_id
JOIN attendance_counted a ON a.record_id = c.record_id AND a.session_on >= f.received_on;
