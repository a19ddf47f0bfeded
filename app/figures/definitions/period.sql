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
    SELECT person_id, count(*) AS times, min(day) AS first_on, max(day) AS last_on
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
-- Where they are found: on the day of their first attendance.
began_coming_counted AS (
    SELECT h.person_id, h.activity_id, h.day
    FROM here_counted h
    JOIN came_counted c ON c.person_id = h.person_id AND c.first_on = h.day
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
-- Where those of them who are new are found: on the first day they gave time.
began_giving_counted AS (
    SELECT g.person_id, g.activity_id, g.day
    FROM gave_counted g
    JOIN giver_counted v ON v.person_id = g.person_id AND v.first_on = g.day
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
-- Sessions within funded places up to the period's last day, and what came of each: worked out once.
place_walk_now_counted AS MATERIALIZED (
    SELECT place_id, person_id, session_id, activity_id, session_on, begins, missed
    FROM place_walk_counted
    WHERE session_on <= :last AND (how IS NOT NULL OR missed)
),
-- Funded places that had begun by the period's last day, under agreements that overlap the period,
-- and what each had used by the end of that day. With one activity chosen: places that can be used there.
place_now_counted AS MATERIALIZED (
    SELECT p.place_id, p.person_id, p.agreement_id, p.agreement, p.source_type, p.from_on, p.to_on,
        p.units, COALESCE(u.used, 0) AS used
    FROM place_counted p
    LEFT JOIN (SELECT place_id, sum(begins) AS used FROM place_walk_now_counted
        GROUP BY place_id) u ON u.place_id = p.place_id
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
    FROM place_walk_now_counted n
    CROSS JOIN place_counted p ON p.place_id = n.place_id
    WHERE n.missed AND n.session_on BETWEEN :first AND :last
        AND (:activity_id IS NULL OR n.activity_id = :activity_id)
),
place_misser_counted AS MATERIALIZED (
    SELECT person_id, min(day) AS first_on
    FROM place_missed_counted
    GROUP BY person_id
),
-- Referrals received in the period; with one activity chosen, those to it. They count from the
-- received date, and all that follows is as it stands at the end of the period's last day.
referral_in_counted AS MATERIALIZED (
    SELECT referral_id, person_id, activity_id, received_on AS day, source_type, source_organisation
    FROM referral_counted
    WHERE received_on BETWEEN :first AND :last
        AND (:activity_id IS NULL OR activity_id = :activity_id)
),
-- The people they are about, once each; age is taken on first_on, the day of the first of them.
referred_person_counted AS MATERIALIZED (
    SELECT person_id, min(day) AS first_on
    FROM referral_in_counted
    GROUP BY person_id
),
-- Every time these people came from that day on, under their own record or one joined to it.
referral_came_days_counted AS MATERIALIZED (
    SELECT w.person_id, a.session_on AS came_on
    FROM referred_person_counted w
    CROSS JOIN attendance_counted a ON a.record_id = w.person_id
    WHERE a.session_on BETWEEN w.first_on AND :last
        AND (:activity_id IS NULL OR a.activity_id = :activity_id)
    UNION ALL
    SELECT w.person_id, a.session_on
    FROM referred_person_counted w
    CROSS JOIN joined_counts_as j ON j.person_id = w.person_id
    CROSS JOIN attendance_counted a ON a.record_id = j.record_id
    WHERE a.session_on BETWEEN w.first_on AND :last
        AND (:activity_id IS NULL OR a.activity_id = :activity_id)
),
referral_times_counted AS MATERIALIZED (
    SELECT f.referral_id, count(*) AS times, min(c.came_on) AS first_came_on, max(c.came_on) AS last_came_on
    FROM referral_in_counted f
    JOIN referral_came_days_counted c ON c.person_id = f.person_id
    WHERE c.came_on >= f.day
    GROUP BY f.referral_id
),
-- How each of those referrals stands: the rule of storage/referral_states.py, over the tables above.
-- The newest step decides; who came after a no of either side has started all the same.
referral_stands_counted AS MATERIALIZED (
    SELECT f.referral_id, f.person_id, f.activity_id, f.day, f.source_type, f.source_organisation,
        COALESCE(t.times, 0) AS times, t.first_came_on, t.last_came_on, n.reason,
        COALESCE((SELECT min(a.step_on) FROM referral_step_counted a
            WHERE a.referral_id = f.referral_id AND a.step_on <= :last
                AND a.step IN ('accepted', 'waiting', 'not_accepted')), t.first_came_on) AS answered_on,
        CASE
            WHEN n.step IN ('completed', 'left_early', 'moved_on') THEN n.step
            WHEN n.step IN ('not_accepted', 'person_declined', 'no_contact')
                AND COALESCE(t.last_came_on, '') <= n.step_on THEN n.step
            WHEN t.times > 1 THEN 'attending'
            WHEN t.times = 1 THEN 'started'
            WHEN n.step IN ('tried', 'contacted') THEN 'contacted'
            WHEN n.step IN ('accepted', 'waiting') THEN n.step
            ELSE 'received' END AS state
    FROM referral_in_counted f
    LEFT JOIN referral_times_counted t ON t.referral_id = f.referral_id
    LEFT JOIN referral_step_counted n ON n.step_id = (
        SELECT s.step_id FROM referral_step_counted s
        WHERE s.referral_id = f.referral_id AND s.step_on <= :last
        ORDER BY s.step_on DESC, s.step_id DESC LIMIT 1)
),
referral_now_counted AS MATERIALIZED (
    SELECT referral_id, person_id, activity_id, day, source_type, source_organisation, state, times,
        first_came_on, last_came_on, answered_on,
        COALESCE(answered_on <= date(day, '+14 days'), 0) AS in_time,
        CASE WHEN state = 'not_accepted' THEN reason ELSE '' END AS not_accepted_reason,
        state IN ('accepted', 'started', 'attending', 'completed', 'left_early', 'moved_on') AS accepted
    FROM referral_stands_counted
),
-- Every referral, whenever received, of those who came in the period, and its newest step. One that
-- covers an attendance is accepted, unless it ended in a no and nobody came since.
referral_of_comer_counted AS MATERIALIZED (
    SELECT f.referral_id, c.person_id, c.last_on, f.received_on, f.source_type, f.source_organisation, f.paid
    FROM came_counted c
    CROSS JOIN referral_counted f ON f.record_id = c.person_id
    WHERE f.received_on <= :last AND (:activity_id IS NULL OR f.activity_id = :activity_id)
    UNION ALL
    SELECT f.referral_id, c.person_id, c.last_on, f.received_on, f.source_type, f.source_organisation, f.paid
    FROM came_counted c
    CROSS JOIN joined_counts_as j ON j.person_id = c.person_id
    CROSS JOIN referral_counted f ON f.record_id = j.record_id
    WHERE f.received_on <= :last AND (:activity_id IS NULL OR f.activity_id = :activity_id)
),
referral_covers_counted AS MATERIALIZED (
    SELECT f.referral_id, f.person_id, f.received_on, f.source_type, f.source_organisation, f.paid
    FROM referral_of_comer_counted f
    LEFT JOIN referral_step_counted n ON n.step_id = (
        SELECT s.step_id FROM referral_step_counted s
        WHERE s.referral_id = f.referral_id AND s.step_on <= :last
        ORDER BY s.step_on DESC, s.step_id DESC LIMIT 1)
    WHERE n.step IS NULL OR n.step NOT IN ('not_accepted', 'person_declined', 'no_contact')
    OR (f.last_on > n.step_on AND f.last_on >= f.received_on)
),
-- From which day until which other each of these is the latest one, and whether it or any before
-- it is paid for; one that came on the same day as a later one is the latest on no day.
referral_latest_counted AS MATERIALIZED (
    SELECT person_id, referral_id, received_on, source_type, source_organisation,
        lead(received_on, 1, '9999-12-31') OVER (
            PARTITION BY person_id ORDER BY received_on, referral_id) AS until,
        max(paid) OVER (PARTITION BY person_id ORDER BY received_on, referral_id) AS paid
    FROM referral_covers_counted
),
-- Their attendances in the period, each once, under the latest referral that covers it; paid where
-- any of those that cover it is.
referred_visit_counted AS (
    SELECT h.session_id, h.person_id, h.activity_id, h.day, f.referral_id, f.source_type,
        f.source_organisation, f.paid
    FROM here_counted h
    CROSS JOIN referral_latest_counted f ON f.person_id = h.person_id
        AND h.day >= f.received_on AND h.day < f.until
),
-- How far the people referred in the period got by its end: how often they came, when they first
-- did, and on which later day they first gave time and first led.
journey_came_counted AS MATERIALIZED (
    SELECT w.person_id, w.first_on, count(c.came_on) AS times, min(c.came_on) AS came_on
    FROM referred_person_counted w
    LEFT JOIN referral_came_days_counted c ON c.person_id = w.person_id
    GROUP BY w.person_id
),
journey_gave_counted AS MATERIALIZED (
    SELECT person_id, min(gave_on) AS gave_on
    FROM (
        SELECT w.person_id, v.session_on AS gave_on
        FROM journey_came_counted w
        CROSS JOIN volunteer_mark_counted v ON v.record_id = w.person_id
        WHERE v.session_on > w.came_on AND v.session_on <= :last
            AND (:activity_id IS NULL OR v.activity_id = :activity_id)
        UNION ALL
        SELECT w.person_id, v.session_on
        FROM journey_came_counted w
        CROSS JOIN joined_counts_as j ON j.person_id = w.person_id
        CROSS JOIN volunteer_mark_counted v ON v.record_id = j.record_id
        WHERE v.session_on > w.came_on AND v.session_on <= :last
            AND (:activity_id IS NULL OR v.activity_id = :activity_id)
        UNION ALL
        SELECT w.person_id, v.logged_on
        FROM journey_came_counted w
        CROSS JOIN volunteer_log_counted v ON v.record_id = w.person_id
        WHERE v.logged_on > w.came_on AND v.logged_on <= :last
            AND (:activity_id IS NULL OR v.activity_id = :activity_id)
        UNION ALL
        SELECT w.person_id, v.logged_on
        FROM journey_came_counted w
        CROSS JOIN joined_counts_as j ON j.person_id = w.person_id
        CROSS JOIN volunteer_log_counted v ON v.record_id = j.record_id
        WHERE v.logged_on > w.came_on AND v.logged_on <= :last
            AND (:activity_id IS NULL OR v.activity_id = :activity_id))
    GROUP BY person_id
),
journey_led_counted AS MATERIALIZED (
    SELECT person_id, min(led_on) AS led_on
    FROM (
        SELECT w.person_id, m.session_on AS led_on
        FROM journey_came_counted w
        CROSS JOIN mark_counted m ON m.record_id = w.person_id
        WHERE m.role = 'leader' AND m.mark IN ('present', 'late')
            AND m.session_on > w.came_on AND m.session_on <= :last
            AND (:activity_id IS NULL OR m.activity_id = :activity_id)
        UNION ALL
        SELECT w.person_id, m.session_on
        FROM journey_came_counted w
        CROSS JOIN joined_counts_as j ON j.person_id = w.person_id
        CROSS JOIN mark_counted m ON m.record_id = j.record_id
        WHERE m.role = 'leader' AND m.mark IN ('present', 'late')
            AND m.session_on > w.came_on AND m.session_on <= :last
            AND (:activity_id IS NULL OR m.activity_id = :activity_id))
    GROUP BY person_id
),
journey_counted AS MATERIALIZED (
    SELECT c.person_id, c.first_on, c.times, c.came_on, g.gave_on, l.led_on
    FROM journey_came_counted c
    LEFT JOIN journey_gave_counted g ON g.person_id = c.person_id
    LEFT JOIN journey_led_counted l ON l.person_id = c.person_id
)
