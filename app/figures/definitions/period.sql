-- The tables every figure is made from, for one period and, where chosen, one activity.
-- Each is filled once in a statement, however many figures read it.

-- Held sessions in the period.
held_counted AS MATERIALIZED (
    SELECT session_id, activity_id, session_on AS day, minutes, capacity, guests
    FROM session_counted
    WHERE session_on BETWEEN :first AND :last AND state = 'held'
        AND (:activity_id IS NULL OR activity_id = :activity_id)
),
-- Participant attendances in the period.
here_counted AS MATERIALIZED (
    SELECT h.session_id, m.person_id, h.activity_id, h.day, h.minutes
    FROM held_counted h
    CROSS JOIN person_mark_counted m ON m.session_id = h.session_id
    WHERE m.role = 'participant' AND m.mark IN ('present', 'late')
),
-- The people behind them, once each; age is taken on first_on.
came_counted AS MATERIALIZED (
    SELECT person_id, count(*) AS times, min(day) AS first_on
    FROM here_counted
    GROUP BY person_id
),
-- Those of them with no participant attendance before the period.
newcomer_counted AS MATERIALIZED (
    SELECT c.person_id, c.times, c.first_on
    FROM came_counted c
    WHERE NOT EXISTS (
        SELECT 1
        FROM attendance_counted a
        WHERE a.record_id = c.person_id AND a.session_on < :first
            AND (:activity_id IS NULL OR a.activity_id = :activity_id))
    AND NOT EXISTS (
        SELECT 1
        FROM joined_counts_as r
        CROSS JOIN attendance_counted a ON a.record_id = r.record_id
        WHERE r.person_id = c.person_id AND a.session_on < :first
            AND (:activity_id IS NULL OR a.activity_id = :activity_id))
),
-- Participant attendances one by one, and the guests of each session together, without a person.
attended_counted AS (
    SELECT session_id, person_id, activity_id, day, minutes, 1 AS number
    FROM here_counted
    UNION ALL
    SELECT session_id, NULL, activity_id, day, minutes, guests
    FROM held_counted
    WHERE guests > 0
),
-- How many attended each held session, guests and all.
session_full_counted AS MATERIALIZED (
    SELECT h.session_id, h.activity_id, h.day, h.capacity, h.guests + COALESCE(n.here, 0) AS attendances
    FROM held_counted h
    LEFT JOIN (SELECT session_id, count(*) AS here FROM here_counted GROUP BY session_id) n
        ON n.session_id = h.session_id
),
-- Volunteering in the period: marks as a volunteer at sessions, and logged hours.
gave_counted AS MATERIALIZED (
    SELECT h.session_id, NULL AS log_id, m.person_id, h.activity_id, h.day, h.minutes
    FROM held_counted h
    CROSS JOIN person_mark_counted m ON m.session_id = h.session_id
    WHERE m.role = 'volunteer' AND m.mark IN ('present', 'late')
    UNION ALL
    SELECT NULL, log_id, person_id, activity_id, logged_on, minutes
    FROM volunteer_log_counted
    WHERE logged_on BETWEEN :first AND :last
        AND (:activity_id IS NULL OR activity_id = :activity_id)
),
-- The volunteers behind it, once each; age is taken on first_on.
giver_counted AS MATERIALIZED (
    SELECT person_id, count(*) AS times, sum(minutes) AS minutes, min(day) AS first_on
    FROM gave_counted
    GROUP BY person_id
),
-- What an hour is worth from a day until the next one's: the group's own stated rates, and those
-- that come with the program before the first of them.
stated_counted AS (
    SELECT from_on, pence, source FROM rate_counted WHERE kind = 'volunteer_hour'
),
worth_counted AS MATERIALIZED (
    SELECT from_on, lead(from_on, 1, '9999-12-31') OVER (ORDER BY from_on) AS until, pence, source
    FROM (
        SELECT from_on, pence, source FROM stated_counted
        UNION ALL
        SELECT value ->> 0, value ->> 1, value ->> 2
        FROM json_each(:rates)
        WHERE value ->> 0 < COALESCE((SELECT min(from_on) FROM stated_counted), '9999-12-31'))
),
-- Places waited for at the end of the period's last day.
waiting_now_counted AS (
    SELECT waiting_id, person_id, activity_id, from_on
    FROM waiting_counted
    WHERE from_on <= :last AND (to_on IS NULL OR to_on > :last)
        AND (:activity_id IS NULL OR activity_id = :activity_id)
),
-- Funded places that had begun by the period's last day, under agreements that overlap the period,
-- and what each had used by the end of that day. With one activity chosen: places that can be used there.
place_now_counted AS MATERIALIZED (
    SELECT p.place_id, p.person_id, p.agreement_id, p.agreement, p.source_type, p.from_on, p.to_on,
        p.units, COALESCE(u.used, 0) AS used
    FROM place_counted p
    LEFT JOIN (SELECT place_id, sum(begins) AS used FROM place_use_counted
        WHERE session_on <= :last GROUP BY place_id) u ON u.place_id = p.place_id
    WHERE p.from_on <= :last AND p.agreement_from_on <= :last
        AND (p.agreement_to_on IS NULL OR p.agreement_to_on >= :first)
        AND (:activity_id IS NULL
            OR NOT EXISTS (SELECT 1 FROM agreement_activity_counted x
                WHERE x.agreement_id = p.agreement_id)
            OR EXISTS (SELECT 1 FROM agreement_activity_counted x
                WHERE x.agreement_id = p.agreement_id AND x.activity_id = :activity_id))
),
-- The people who hold them, once each; age is taken on first_on.
place_holder_counted AS MATERIALIZED (
    SELECT person_id, count(*) AS places, min(from_on) AS first_on
    FROM place_now_counted
    GROUP BY person_id
),
-- Sessions in the period that people missed without an apology while their places had something
-- left; and these people, once each: age is taken on first_on.
place_missed_counted AS MATERIALIZED (
    SELECT n.session_id, n.person_id, n.activity_id, n.session_on AS day, n.place_id, p.agreement,
        p.source_type
    FROM place_no_show_counted n
    CROSS JOIN place_counted p ON p.place_id = n.place_id
    WHERE n.session_on BETWEEN :first AND :last
        AND (:activity_id IS NULL OR n.activity_id = :activity_id)
),
place_misser_counted AS MATERIALIZED (
    SELECT person_id, min(day) AS first_on
    FROM place_missed_counted
    GROUP BY person_id
)
