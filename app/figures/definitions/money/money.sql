-- The tables of the cash book, for one period and, where chosen, one activity or one grant.
-- Read after those of period.sql; filled only for the figures that read them.

-- Lines dated in the period, without what was moved between own accounts and funds.
money_line_counted AS MATERIALIZED (
    SELECT m.line_id, m.entry_id, m.entry_on AS day, m.kind, a.name AS account, f.name AS fund,
        COALESCE(h.name, '') AS heading, g.reference AS grant_ref, m.activity_id, m.agreement_id,
        m.referral_id, m.is_asset, m.amount_pence
    FROM money_counted m
    JOIN account_listed a ON a.account_id = m.account_id
    JOIN fund_listed f ON f.fund_id = m.fund_id
    LEFT JOIN heading_listed h ON h.heading_id = m.heading_id
    LEFT JOIN grant_listed g ON g.grant_id = m.grant_id
    WHERE m.entry_on BETWEEN :first AND :last AND m.kind <> 'transfer'
        AND (:activity_id IS NULL OR m.activity_id = :activity_id)
),
-- What each account held of each fund before the first day and at the end of the last one.
balance_counted AS MATERIALIZED (
    SELECT b.account_id, b.fund_id, a.name AS account, f.name AS fund, f.kind AS fund_kind,
        sum(b.opening_pence) AS opening_pence, sum(b.closing_pence) AS closing_pence
    FROM (
        SELECT account_id, fund_id, amount_pence AS opening_pence, amount_pence AS closing_pence
        FROM opening_counted
        WHERE opened_on <= :last AND :activity_id IS NULL
        UNION ALL
        SELECT account_id, fund_id, COALESCE(sum(amount_pence) FILTER (WHERE entry_on < :first), 0),
            sum(amount_pence)
        FROM money_counted
        WHERE entry_on <= :last AND (:activity_id IS NULL OR activity_id = :activity_id)
        -- By +: lines in the order of an index would ask for every entry by itself.
        GROUP BY +account_id, +fund_id) b
    JOIN account_listed a ON a.account_id = b.account_id
    JOIN fund_listed f ON f.fund_id = b.fund_id
    GROUP BY b.account_id, b.fund_id
),
-- The grants that are looked at: the chosen one or all, for the chosen activity or any.
grant_chosen_counted AS MATERIALIZED (
    SELECT g.grant_id, g.reference AS grant_ref, g.funder, g.state, f.name AS fund,
        g.awarded_pence, g.decided_on, g.starts_on, g.ends_on
    FROM grant_listed g
    LEFT JOIN fund_listed f ON f.fund_id = g.fund_id
    WHERE (:grant_id IS NULL OR g.grant_id = :grant_id)
        AND (:activity_id IS NULL
            OR NOT EXISTS (SELECT 1 FROM grant_activity_listed x WHERE x.grant_id = g.grant_id)
            OR EXISTS (SELECT 1 FROM grant_activity_listed x
                WHERE x.grant_id = g.grant_id AND x.activity_id = :activity_id))
),
-- Their lines up to the end of the period.
grant_line_counted AS MATERIALIZED (
    SELECT m.line_id, m.entry_id, m.entry_on AS day, m.kind, a.name AS account, f.name AS fund,
        COALESCE(h.name, '') AS heading, g.reference AS grant_ref, m.activity_id, m.amount_pence
    FROM money_counted m
    JOIN grant_listed g ON g.grant_id = m.grant_id
    JOIN account_listed a ON a.account_id = m.account_id
    JOIN fund_listed f ON f.fund_id = m.fund_id
    LEFT JOIN heading_listed h ON h.heading_id = m.heading_id
    WHERE m.entry_on <= :last AND m.kind <> 'transfer'
        AND (:grant_id IS NULL OR m.grant_id = :grant_id)
        AND (:activity_id IS NULL OR m.activity_id = :activity_id)
),
-- Gifts in kind in the period, and volunteers' time at its worth; pence times minutes, to be rounded once.
in_kind_counted AS MATERIALIZED (
    SELECT gift_id, NULL AS session_id, NULL AS log_id, NULL AS person_id, activity_id,
        given_on AS day, what, value_pence * 60 AS pence_minutes
    FROM gift_in_kind_counted
    WHERE given_on BETWEEN :first AND :last
        AND (:activity_id IS NULL OR activity_id = :activity_id)
        AND (:grant_id IS NULL OR grant_id = :grant_id)
    UNION ALL
    SELECT NULL, v.session_id, v.log_id, v.person_id, v.activity_id, v.day, 'Time',
        v.minutes * COALESCE(w.pence, 0)
    FROM gave_counted v
    LEFT JOIN worth_counted w ON v.day >= w.from_on AND v.day < w.until
    WHERE :grant_id IS NULL
        OR NOT EXISTS (SELECT 1 FROM grant_activity_listed x WHERE x.grant_id = :grant_id)
        OR EXISTS (SELECT 1 FROM grant_activity_listed x
            WHERE x.grant_id = :grant_id AND x.activity_id = v.activity_id)
),
-- What unrestricted funds hold at the end, and what was run on from them in the 364 days before.
free_fund_counted AS MATERIALIZED (
    SELECT f.fund_id, f.name AS fund,
        COALESCE((SELECT sum(b.closing_pence) FROM balance_counted b
            WHERE b.fund_id = f.fund_id), 0) AS closing_pence,
        COALESCE(s.spent_pence, 0) AS spent_pence, COALESCE(s.payments, 0) AS payments
    FROM fund_listed f
    LEFT JOIN (
        SELECT fund_id, -sum(amount_pence) AS spent_pence, count(*) AS payments
        FROM money_counted
        WHERE entry_on BETWEEN date(:last, '-363 days') AND :last AND kind = 'payment'
            AND is_asset = 0 AND (:activity_id IS NULL OR activity_id = :activity_id)
        GROUP BY +fund_id) s ON s.fund_id = f.fund_id
    WHERE f.kind = 'unrestricted'
)
