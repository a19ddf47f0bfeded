-- What counts, said once. Lists, figures and exports read these, never the bare tables.

-- A person once: merged records stand under the one that was kept, the bin is left out.
CREATE VIEW person_counted AS
SELECT id AS person_id, given_name, family_name, known_as, sort_key, born_on, birth_year,
    age_low, age_high, age_band_on, sex, gender_same, ethnicity, disability, carer, orientation,
    religion, postcode, area, joined_on, left_on
FROM person
WHERE merged_into IS NULL AND binned_at IS NULL;

-- Any record's person: what it counts as, itself or the one it was joined to. The kept record's
-- bin decides for both. Two arms, so that record and person each find their index.
CREATE VIEW person_counts_as AS
SELECT id AS record_id, id AS person_id
FROM person
WHERE merged_into IS NULL AND binned_at IS NULL
UNION ALL
SELECT p.id, p.merged_into
FROM person p
WHERE p.merged_into IS NOT NULL
    AND EXISTS (SELECT 1 FROM person k WHERE k.id = p.merged_into AND k.binned_at IS NULL);

-- The records that were joined to a person, without the person's own.
CREATE VIEW joined_counts_as AS
SELECT id AS record_id, merged_into AS person_id
FROM person
WHERE merged_into IS NOT NULL;

-- A session with its true state: any mark or guest count makes a planned session held.
CREATE VIEW session_counted AS
SELECT s.id AS session_id, s.activity_id, a.name AS activity_name, a.capacity, s.session_on,
    s.start_time, s.end_time,
    COALESCE((substr(s.end_time, 1, 2) - substr(s.start_time, 1, 2)) * 60
        + substr(s.end_time, 4, 2) - substr(s.start_time, 4, 2), 0) AS minutes,
    CASE WHEN s.state = 'planned' AND (s.guests IS NOT NULL
            OR EXISTS (SELECT 1 FROM attendance m WHERE m.session_id = s.id))
        THEN 'held' ELSE s.state END AS state,
    s.cancelled_reason, COALESCE(s.guests, 0) AS guests
FROM session s
JOIN activity a ON a.id = s.activity_id
WHERE s.binned_at IS NULL;

-- Every mark of a counted person, each session once a person: where two merged records were both
-- marked in the same role, the kept record's mark stands, then the oldest's. To follow one person,
-- look up by record_id: the person's own, and those of joined_counts_as; that finds the index.
CREATE VIEW person_mark_counted AS
SELECT m.session_id, m.person_id AS record_id, COALESCE(p.merged_into, p.id) AS person_id,
    m.mark, m.role
FROM attendance m
JOIN person p ON p.id = m.person_id
WHERE CASE WHEN p.merged_into IS NULL THEN p.binned_at IS NULL
    ELSE EXISTS (SELECT 1 FROM person k WHERE k.id = p.merged_into AND k.binned_at IS NULL)
        AND NOT EXISTS (
            SELECT 1 FROM person q JOIN attendance o ON o.person_id = q.id
            WHERE (q.id = p.merged_into OR (q.merged_into = p.merged_into AND q.id < p.id))
                AND o.session_id = m.session_id AND o.role = m.role
                AND (o.mark IN ('present', 'late')) >= (m.mark IN ('present', 'late')))
    END;

-- Those marks at sessions that were not cancelled: the mark itself makes a session held.
CREATE VIEW mark_counted AS
SELECT m.session_id, m.record_id, m.person_id, s.activity_id, s.session_on, m.mark, m.role,
    COALESCE((substr(s.end_time, 1, 2) - substr(s.start_time, 1, 2)) * 60
        + substr(s.end_time, 4, 2) - substr(s.start_time, 4, 2), 0) AS minutes
FROM session s
JOIN person_mark_counted m ON m.session_id = s.id
WHERE s.binned_at IS NULL AND s.state <> 'cancelled';

-- A participant attendance: present or late, as a participant, at a held session.
CREATE VIEW attendance_counted AS
SELECT session_id, record_id, person_id, activity_id, session_on, minutes
FROM mark_counted
WHERE role = 'participant' AND mark IN ('present', 'late');

CREATE VIEW volunteer_mark_counted AS
SELECT session_id, record_id, person_id, activity_id, session_on, minutes
FROM mark_counted
WHERE role = 'volunteer' AND mark IN ('present', 'late');

CREATE VIEW volunteer_log_counted AS
SELECT v.id AS log_id, v.person_id AS record_id, COALESCE(p.merged_into, p.id) AS person_id,
    v.logged_on, v.minutes, v.activity_id
FROM volunteer_log v
JOIN person p ON p.id = v.person_id
JOIN person k ON k.id = COALESCE(p.merged_into, p.id)
WHERE k.binned_at IS NULL;

CREATE VIEW waiting_counted AS
SELECT w.id AS waiting_id, COALESCE(p.merged_into, p.id) AS person_id, w.activity_id, w.from_on,
    w.to_on
FROM waiting_place w
JOIN person p ON p.id = w.person_id
JOIN person k ON k.id = COALESCE(p.merged_into, p.id)
WHERE k.binned_at IS NULL;

CREATE VIEW rate_counted AS
SELECT kind, from_on, pence, source FROM rate;

-- Names for rows and parts; those in the bin still name what they once were.
CREATE VIEW activity_listed AS
SELECT id AS activity_id, name, capacity FROM activity;

-- The first half of a postcode, LU7 of lu71ab or of LU7 1AB; blank when it does not look like one.
CREATE VIEW person_district_counted AS
SELECT person_id, CASE WHEN district GLOB '[A-Z][0-9]' OR district GLOB '[A-Z][0-9][0-9A-Z]'
        OR district GLOB '[A-Z][A-Z][0-9]' OR district GLOB '[A-Z][A-Z][0-9][0-9A-Z]'
    THEN district ELSE '' END AS district
FROM (
    SELECT person_id, CASE
        WHEN compact GLOB '*[0-9][A-Z][A-Z]' AND length(compact) BETWEEN 5 AND 7
            THEN substr(compact, 1, length(compact) - 3)
        WHEN instr(typed, ' ') > 0 THEN substr(typed, 1, instr(typed, ' ') - 1)
        ELSE compact END AS district
    FROM (
        SELECT person_id, upper(trim(postcode)) AS typed,
            upper(replace(postcode, ' ', '')) AS compact
        FROM person_counted));
