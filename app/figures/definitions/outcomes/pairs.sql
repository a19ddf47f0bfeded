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
-- With one activity chosen: only people who came to it by the end of the period.
scored_last_counted AS MATERIALIZED (
    SELECT *
    FROM scored_late_counted l
    WHERE :activity_id IS NULL
    OR EXISTS (
        SELECT 1
        FROM attendance_counted a
        WHERE a.record_id = l.person_id AND a.activity_id = :activity_id AND a.session_on <= :last)
    OR EXISTS (
        SELECT 1
        FROM joined_counts_as j
        CROSS JOIN attendance_counted a ON a.record_id = j.record_id
        WHERE j.person_id = l.person_id AND a.activity_id = :activity_id AND a.session_on <= :last)
),
-- Everything these people ever scored on the scale, under their own record or one joined to it.
scored_ever_counted AS MATERIALIZED (
    SELECT l.scale, l.person_id, r.answered_on, r.response_id, c.score
    FROM scored_last_counted l
    CROSS JOIN response_counted r
    CROSS JOIN response_score_counted c ON c.response_id = r.response_id AND c.scale = l.scale
    WHERE r.record_id = l.person_id AND r.measure = l.measure AND r.answered_on <= l.answered_on
    UNION ALL
    SELECT l.scale, l.person_id, r.answered_on, r.response_id, c.score
    FROM scored_last_counted l
    CROSS JOIN joined_counts_as j ON j.person_id = l.person_id
    CROSS JOIN response_counted r ON r.record_id = j.record_id
    CROSS JOIN response_score_counted c ON c.response_id = r.response_id AND c.scale = l.scale
    WHERE r.measure = l.measure AND r.answered_on <= l.answered_on
),
scored_first_counted AS MATERIALIZED (
    SELECT scale, person_id, answered_on, score
    FROM (
        SELECT *, row_number() OVER (PARTITION BY scale, person_id
            ORDER BY answered_on, response_id) AS place
        FROM scored_ever_counted)
    WHERE place = 1
),
-- A pair: a person's first score ever and the last of the period, 28 or more days later. Age is
-- taken on first_on, the day of the later one.
pair_counted AS MATERIALIZED (
    SELECT l.scale, l.person_id, f.answered_on AS before_on, l.answered_on AS after_on,
        l.answered_on AS first_on, f.score AS before_score, l.score AS after_score,
        round(l.score - f.score, 6) AS change,
        CASE WHEN l.score = f.score OR abs(round(l.score - f.score, 6)) < l.least THEN 0
            WHEN (l.score - f.score) * l.sign > 0 THEN 1 ELSE -1 END AS verdict
    FROM scored_last_counted l
    CROSS JOIN scored_first_counted f ON f.scale = l.scale AND f.person_id = l.person_id
    WHERE l.answered_on >= date(f.answered_on, '+28 days')
)
