-- Funded places. Attendance uses a place up by itself: which session uses which place is worked out
-- here, never written down, so that a mark that is changed or taken back changes it too.

CREATE VIEW agreement_counted AS
SELECT id AS agreement_id, kind, funder, reference, from_on, to_on, price_pence, price_per, places,
    counted_by, units_each, age_from, age_to, parent_consent, no_show_uses, quarterly_pence,
    CASE reference WHEN '' THEN funder ELSE reference END AS name
FROM agreement
WHERE binned_at IS NULL;

-- The activities an agreement pays for; an agreement that is not here pays for all of them.
CREATE VIEW agreement_activity_counted AS
SELECT agreement_id, activity_id FROM agreement_activity;

-- Places that count, of people who count; joined people stand as one. A place ends with its
-- agreement where no earlier day was said. `price_pence` is its own price or the agreement's.
CREATE VIEW place_counted AS
SELECT f.id AS place_id, f.agreement_id, k.id AS person_id, f.from_on,
    COALESCE(f.to_on, g.to_on) AS to_on, f.units, g.counted_by, g.no_show_uses,
    COALESCE(f.price_pence, g.price_pence) AS price_pence, g.price_per, g.kind, g.reference,
    g.name AS agreement, g.from_on AS agreement_from_on, g.to_on AS agreement_to_on,
    CASE WHEN r.binned_at IS NULL THEN r.id END AS referral_id,
    CASE WHEN r.binned_at IS NULL AND r.id IS NOT NULL THEN r.source_type ELSE 'not_recorded' END
        AS source_type
FROM funded_place f
JOIN agreement_counted g ON g.agreement_id = f.agreement_id
JOIN person o ON o.id = f.person_id
JOIN person k ON k.id = COALESCE(o.merged_into, o.id)
LEFT JOIN referral r ON r.id = f.referral_id
WHERE f.binned_at IS NULL AND k.binned_at IS NULL;

-- Each session within a place's days and activities at which its person was marked as a
-- participant, or of which somebody said by hand whether it uses the place (`said`: 1, 0 or
-- nothing). No mark at all is a blank one.
CREATE VIEW place_session_counted AS
SELECT p.place_id, p.person_id, m.session_id, m.activity_id, m.session_on, m.mark, c.uses AS said
FROM place_counted p
CROSS JOIN person r ON r.id = p.person_id OR r.merged_into = p.person_id
CROSS JOIN mark_counted m ON m.record_id = r.id
LEFT JOIN place_correction c ON c.place_id = p.place_id AND c.session_id = m.session_id
WHERE m.role = 'participant' AND m.session_on >= p.from_on
    AND (p.to_on IS NULL OR m.session_on <= p.to_on)
    AND (NOT EXISTS (SELECT 1 FROM agreement_activity x WHERE x.agreement_id = p.agreement_id)
        OR EXISTS (SELECT 1 FROM agreement_activity x
            WHERE x.agreement_id = p.agreement_id AND x.activity_id = m.activity_id))
    -- Whoever was there under one of their records was there.
    AND (m.mark IN ('present', 'late') OR NOT EXISTS (
        SELECT 1 FROM person q CROSS JOIN attendance o ON o.person_id = q.id
        WHERE (q.id = p.person_id OR q.merged_into = p.person_id)
            AND o.session_id = m.session_id AND o.role = 'participant'
            AND o.mark IN ('present', 'late')))
UNION ALL
SELECT p.place_id, p.person_id, s.id, s.activity_id, s.session_on, '', c.uses
FROM place_correction c
CROSS JOIN place_counted p ON p.place_id = c.place_id
CROSS JOIN session s ON s.id = c.session_id
WHERE s.binned_at IS NULL AND s.state <> 'cancelled' AND s.session_on >= p.from_on
    AND (p.to_on IS NULL OR s.session_on <= p.to_on)
    AND (NOT EXISTS (SELECT 1 FROM agreement_activity x WHERE x.agreement_id = p.agreement_id)
        OR EXISTS (SELECT 1 FROM agreement_activity x
            WHERE x.agreement_id = p.agreement_id AND x.activity_id = s.activity_id))
    AND NOT EXISTS (
        SELECT 1 FROM person r CROSS JOIN person_mark_counted m ON m.record_id = r.id
        WHERE (r.id = p.person_id OR r.merged_into = p.person_id)
            AND m.session_id = c.session_id AND m.role = 'participant');

-- Each session within places again, and what came of it. Of a person's places the earliest comes
-- first; each takes the oldest sessions (or weeks, Monday to Sunday) that no earlier place took,
-- until its units are used. `how` it used the place: came, no_show (where the agreement says that it
-- uses a unit), said (by hand), or nothing where it did not. `begins` is 1 where a unit begins: every
-- session, or the first one of a week. `missed` is 1 where somebody did not come without a word and
-- the place still had units on the day: each session once a person, under the place it used, else
-- the first that had units.
CREATE VIEW place_walk_counted AS
WITH RECURSIVE turn_counted AS MATERIALIZED (
    SELECT place_id, agreement_id, person_id, from_on, units, counted_by, no_show_uses,
        row_number() OVER (PARTITION BY person_id ORDER BY from_on, place_id) AS turn
    FROM place_counted
),
met_counted AS MATERIALIZED (
    SELECT place_id, session_id, activity_id, session_on, mark, said FROM place_session_counted
),
could_counted AS MATERIALIZED (
    SELECT t.place_id, t.person_id, t.turn, t.units, w.session_id, w.session_on,
        CASE t.counted_by WHEN 'weeks' THEN date(w.session_on, 'weekday 0', '-6 days')
            ELSE w.session_on || printf(' %020d', w.session_id) END AS unit,
        CASE WHEN w.mark IN ('present', 'late') THEN 'came'
            WHEN w.mark = 'absent' AND t.no_show_uses THEN 'no_show' ELSE 'said' END AS how
    FROM turn_counted t
    CROSS JOIN met_counted w ON w.place_id = t.place_id
    WHERE COALESCE(w.said, w.mark IN ('present', 'late') OR (w.mark = 'absent' AND t.no_show_uses))
),
-- One step a place: the sessions it takes, as ",1,2,", and those that earlier ones took.
taken_counted (person_id, turn, before, own) AS (
    SELECT DISTINCT person_id, 0, ',', ',' FROM could_counted
    UNION ALL
    SELECT t.person_id, t.turn + 1, t.before || t.own,
        COALESCE((
            SELECT ',' || group_concat(u.session_id) || ','
            FROM (
                SELECT c.session_id, c.units, dense_rank() OVER (ORDER BY c.unit) AS number
                FROM could_counted c
                WHERE c.person_id = t.person_id AND c.turn = t.turn + 1
                    AND instr(t.before || t.own, ',' || c.session_id || ',') = 0) u
            WHERE u.number <= u.units), ',')
    FROM taken_counted t
    WHERE t.turn < (SELECT max(n.turn) FROM turn_counted n WHERE n.person_id = t.person_id)
),
used_counted AS MATERIALIZED (
    SELECT c.place_id, c.session_id, c.how,
        row_number() OVER (PARTITION BY c.place_id, c.unit ORDER BY c.session_on, c.session_id) = 1
            AS begins
    FROM taken_counted t
    CROSS JOIN could_counted c ON c.person_id = t.person_id AND c.turn = t.turn
    WHERE instr(t.own, ',' || c.session_id || ',') > 0
),
-- With the units that were used on the days before.
walked_counted AS (
    SELECT t.place_id, t.agreement_id, t.person_id, t.from_on, t.units, w.session_id, w.activity_id,
        w.session_on, w.mark, w.said, u.how, u.begins,
        COALESCE(sum(u.begins) OVER (PARTITION BY w.place_id ORDER BY w.session_on
            GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS used_before
    FROM met_counted w
    CROSS JOIN turn_counted t ON t.place_id = w.place_id
    LEFT JOIN used_counted u ON u.place_id = w.place_id AND u.session_id = w.session_id
)
SELECT place_id, agreement_id, person_id, session_id, activity_id, session_on, mark, said, how,
    begins, could_miss AND row_number() OVER (
        PARTITION BY person_id, session_id, could_miss ORDER BY how IS NULL, from_on, place_id) = 1
        AS missed
FROM (
    SELECT *, mark = 'absent' AND (how IS NOT NULL OR used_before < units) AS could_miss
    FROM walked_counted
);

-- Which session uses which place.
CREATE VIEW place_use_counted AS
SELECT place_id, agreement_id, person_id, session_id, activity_id, session_on, how, begins
FROM place_walk_counted
WHERE how IS NOT NULL;

-- Not coming without a word, within a place that still had units on the day.
CREATE VIEW place_no_show_counted AS
SELECT place_id, agreement_id, person_id, session_id, activity_id, session_on
FROM place_walk_counted
WHERE missed;

-- Who is on which register from when until when, and how each waiting for a place ended.
CREATE VIEW enrolment_counted AS
SELECT k.id AS person_id, e.activity_id, e.role, e.from_on,
    CASE WHEN k.left_on < COALESCE(e.to_on, '9999-12-31') THEN k.left_on ELSE e.to_on END AS to_on
FROM enrolment e
JOIN person p ON p.id = e.person_id
JOIN person k ON k.id = COALESCE(p.merged_into, p.id)
WHERE k.binned_at IS NULL;

CREATE VIEW waiting_outcome_counted AS
SELECT c.waiting_id, c.person_id, c.activity_id, c.from_on, c.to_on, w.outcome
FROM waiting_place w
JOIN waiting_counted c ON c.waiting_id = w.id;
