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
    SELECT session_id, person_id, activity_id, session_on AS day, minutes
    FROM attendance_counted
    WHERE session_on BETWEEN :first AND :last
        AND (:activity_id IS NULL OR activity_id = :activity_id)
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
        FROM person_counts_as r
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
-- Volunteering in the period: marks as a volunteer at sessions, and logged hours.
gave_counted AS MATERIALIZED (
    SELECT session_id, NULL AS log_id, person_id, activity_id, session_on AS day, minutes
    FROM volunteer_mark_counted
    WHERE session_on BETWEEN :first AND :last
        AND (:activity_id IS NULL OR activity_id = :activity_id)
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
-- What an hour is worth on each day something was given: the group's own rate, or else ours.
worth_counted AS MATERIALIZED (
    SELECT day,
        COALESCE(
            (SELECT pence FROM rate_counted WHERE kind = 'volunteer_hour' AND from_on <= day
                ORDER BY from_on DESC LIMIT 1),
            (SELECT value ->> 1 FROM json_each(:rates) WHERE value ->> 0 <= day
                ORDER BY value ->> 0 DESC LIMIT 1),
            0) AS pence,
        COALESCE(
            (SELECT source FROM rate_counted WHERE kind = 'volunteer_hour' AND from_on <= day
                ORDER BY from_on DESC LIMIT 1),
            (SELECT value ->> 2 FROM json_each(:rates) WHERE value ->> 0 <= day
                ORDER BY value ->> 0 DESC LIMIT 1),
            '') AS source
    FROM (SELECT DISTINCT day FROM gave_counted)
),
-- Places waited for at the end of the period's last day.
waiting_now_counted AS (
    SELECT waiting_id, person_id, activity_id, from_on
    FROM waiting_counted
    WHERE from_on <= :last AND (to_on IS NULL OR to_on > :last)
        AND (:activity_id IS NULL OR activity_id = :activity_id)
)
