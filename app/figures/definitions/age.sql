-- The ages each person of {people} may be on the day they were first there: one where the birthday
-- is known; born in a year, the birthday is taken as 1 July; of a band, its ages moved on by whole
-- years. Where `asked` is 0 nothing was asked.
SELECT f.person_id,
    COALESCE(p.born_on, p.birth_year, p.age_low, p.age_high) IS NOT NULL AS asked,
    CASE
        WHEN p.born_on IS NOT NULL THEN substr(f.first_on, 1, 4) - substr(p.born_on, 1, 4)
            - (substr(f.first_on, 6) < substr(p.born_on, 6))
        WHEN p.birth_year IS NOT NULL THEN substr(f.first_on, 1, 4) - p.birth_year
            - (substr(f.first_on, 6) < '07-01')
        ELSE max(0, COALESCE(p.age_low, 0) + substr(f.first_on, 1, 4) - substr(p.age_band_on, 1, 4)
            - (substr(f.first_on, 6) < substr(p.age_band_on, 6))) END AS low,
    CASE
        WHEN p.born_on IS NOT NULL THEN substr(f.first_on, 1, 4) - substr(p.born_on, 1, 4)
            - (substr(f.first_on, 6) < substr(p.born_on, 6))
        WHEN p.birth_year IS NOT NULL THEN substr(f.first_on, 1, 4) - p.birth_year
            - (substr(f.first_on, 6) < '07-01')
        ELSE COALESCE(p.age_high, 130) + substr(f.first_on, 1, 4) - substr(p.age_band_on, 1, 4)
            - (substr(f.first_on, 6) < substr(p.age_band_on, 6)) END AS high
FROM {people} f
CROSS JOIN person_counted p ON p.person_id = f.person_id
