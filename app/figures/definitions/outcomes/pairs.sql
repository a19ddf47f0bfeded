-- The tables every outcome figure is made from, for one period and, where chosen, the people of one
-- activity. Found from the scales to their answers, so that a book of many years costs no more.

-- Scales: whose measure, 1 where higher is better and -1 where lower is, and the least change that
-- counts as better or worse; their bands.
scale_counted AS MATERIALIZED (
    SELECT value ->> 0 AS scale, value ->> 1 AS measure, value ->> 2 AS sign, value ->> 3 AS least
    FROM json_each(:scales)
),
band_of_scale_counted AS MATERIALIZED (
    SELECT s.value ->> 0 AS scale, b.value ->> 0 AS low, b.value ->> 1 AS band
    FROM json_each(:scales) s, json_each(s.value, '$[4]') b
),
-- Scores of the period, each person's last one on a scale; of two on a day the one entered first.
scored_late_counted AS MATERIALIZED (
    SELECT scale, measure, sign, least, person_id, answered_on, score
    FROM (
        SELECT s.scale, s.measure, s.sign, s.least, r.person_id, r.answered_on, c.score,
            row_number() OVER (PARTITION BY s.scale, r.person_id
                ORDER BY r.answered_on DESC, r.response_id) AS place
        FROM scale_counted s
        CROSS JOIN response_counted r
        CROSS JOIN response_score_counted c ON c.response_id = r.response_id AND c.scale = s.scale
        WHERE r.measure = s.measure AND r.answered_on BETWEEN :first AND :last)
    WHERE place = 1
),
-- With one activity chosen: only people who came to it by the end of the period. Found by the
-- person, as an activity has more sessions than they came to: + keeps SQLite from its index.
scored_last_counted AS MATERIALIZED (
    SELECT *
    FROM scored_late_counted l
    WHERE :activity_id IS NULL
    OR EXISTS (
        SELECT 1
        FROM attendance_counted a
        WHERE +a.activity_id = :activity_id AND +a.session_on <= :last AND a.record_id IN (
            SELECT l.person_id
            UNION ALL
            SELECT j.record_id FROM joined_counts_as j WHERE j.person_id = l.person_id))
),
-- The first score these people ever had on the scale, under their own record or one joined to it,
-- beside that last one. Each table is named once: SQLite reads it anew for every name of it.
scored_first_counted AS MATERIALIZED (
    SELECT *
    FROM (
        SELECT l.scale, l.sign, l.least, l.person_id, l.answered_on AS after_on, l.score AS after_score,
            r.answered_on AS before_on, c.score AS before_score,
            row_number() OVER (PARTITION BY l.scale, l.person_id
                ORDER BY r.answered_on, r.response_id) AS place
        FROM scored_last_counted l
        CROSS JOIN response_counted r ON r.record_id IN (
            SELECT l.person_id
            UNION ALL
            SELECT j.record_id FROM joined_counts_as j WHERE j.person_id = l.person_id)
        CROSS JOIN response_score_counted c ON c.response_id = r.response_id AND c.scale = l.scale
        WHERE r.measure = l.measure AND r.answered_on <= l.answered_on)
    WHERE place = 1
),
-- A pair: a person's first score ever and the last of the period, 28 or more days later. Age is
-- taken on first_on, the day of the later one.
pair_counted AS MATERIALIZED (
    SELECT scale, person_id, before_on, after_on, after_on AS first_on, before_score, after_score,
        round(after_score - before_score, 6) AS change,
        CASE WHEN after_score = before_score OR abs(round(after_score - before_score, 6)) < least THEN 0
            WHEN (after_score - before_score) * sign > 0 THEN 1 ELSE -1 END AS verdict
    FROM scored_first_counted
    WHERE after_on >= date(before_on, '+28 days')
)
