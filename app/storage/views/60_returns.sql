-- What a grant promised, for returns that set results beside it.
CREATE VIEW grant_target_listed AS
SELECT t.id AS target_id, t.grant_id, t.figure, t.breakdown, t.part, t.label, t.target
FROM grant_target t
JOIN grant_award g ON g.id = t.grant_id
WHERE g.binned_at IS NULL;

-- Reports somebody waits for: those written down, and a grant's own last one where no row has its day.
-- A grant that is closed was reported.
CREATE VIEW return_due AS
SELECT d.id AS due_id, d.grant_id, d.agreement_id, d.template, d.due_on, d.first_on, d.last_on,
    d.done_on, d.note
FROM report_due d
LEFT JOIN grant_award g ON g.id = d.grant_id
LEFT JOIN agreement a ON a.id = d.agreement_id
WHERE g.binned_at IS NULL AND a.binned_at IS NULL
UNION ALL
SELECT NULL, g.id, NULL, '', g.report_due_on, NULL, NULL, NULL, ''
FROM grant_award g
WHERE g.report_due_on IS NOT NULL AND g.state = 'awarded' AND g.binned_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM report_due d WHERE d.grant_id = g.id AND d.due_on = g.report_due_on);
