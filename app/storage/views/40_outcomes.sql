-- Answered questionnaires that count, of people who count: the bin is left out, joined people
-- stand as one.
CREATE VIEW response_counted AS
SELECT r.id AS response_id, r.person_id AS record_id, k.id AS person_id, r.measure, r.answered_on,
    r.method
FROM response r
JOIN person p ON p.id = r.person_id
JOIN person k ON k.id = COALESCE(p.merged_into, p.id)
WHERE r.state = 'answered' AND r.binned_at IS NULL AND k.binned_at IS NULL;

-- What the answers come to on each scale, and the scales of which there is any.
CREATE VIEW response_score_counted AS
SELECT response_id, scale, score FROM response_score;
CREATE VIEW scale_scored_listed AS
SELECT DISTINCT scale FROM response_score;

-- Measures the group made itself, and which measures it asks.
CREATE VIEW own_measure_listed AS
SELECT measure, definition FROM own_measure;
CREATE VIEW measure_use_listed AS
SELECT measure, asked, follow_up_days FROM measure_use;

-- Stories and quotes that are not in the bin.
CREATE VIEW story_counted AS
SELECT s.id AS story_id, COALESCE(p.merged_into, p.id) AS person_id, s.activity_id, s.kind,
    s.told_on, s.wording, s.credited_as
FROM story s
LEFT JOIN person p ON p.id = s.person_id
LEFT JOIN person k ON k.id = COALESCE(p.merged_into, p.id)
WHERE s.binned_at IS NULL AND k.binned_at IS NULL;

-- What each may be used for now: agreed to, and not taken back.
CREATE VIEW story_use_counted AS
SELECT u.story_id, u.purpose
FROM story_use u
WHERE u.given = 1 AND u.withdrawn_on IS NULL;
