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

-- The dated steps of those: what was done about a referral, the newest deciding.
CREATE VIEW referral_step_counted AS
SELECT s.id AS step_id, s.referral_id, s.step, s.step_on, s.reason
FROM referral_step s
JOIN referral f ON f.id = s.referral_id
WHERE f.binned_at IS NULL;

CREATE VIEW referral_reason_counted AS
SELECT referral_id, reason FROM referral_reason;

CREATE VIEW referral_need_counted AS
SELECT referral_id, need FROM referral_need;

CREATE VIEW referrer_listed AS
SELECT id AS referrer_id, name, source_type FROM referrer;
