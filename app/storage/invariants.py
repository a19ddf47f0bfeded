"""Invariants every register keeps; each query finds the rows that break one."""

from app.storage import issued
from app.storage.register import Register

_INVARIANTS = {
    "A joined record points to another that is itself joined": (
        "SELECT p.id FROM person p JOIN person k ON k.id = p.merged_into"
        " WHERE k.merged_into IS NOT NULL"
    ),
    "A joined record lies in the bin by itself": (
        "SELECT id FROM person WHERE merged_into IS NOT NULL AND binned_at IS NOT NULL"
    ),
    "Somebody was marked as there at a cancelled session": (
        "SELECT DISTINCT s.id FROM session s JOIN attendance m ON m.session_id = s.id"
        " WHERE s.state = 'cancelled' AND m.mark <> 'apology' AND s.binned_at IS NULL"
    ),
    "A cancelled session has guests": (
        "SELECT id FROM session WHERE state = 'cancelled' AND guests > 0 AND binned_at IS NULL"
    ),
    "A session is far outside the reach of any book": (
        "SELECT id FROM session WHERE session_on < '1950-01-01' OR session_on > '2200-01-01'"
    ),
    "A step of a referral is dated before the referral came": (
        "SELECT DISTINCT s.referral_id FROM referral_step s JOIN referral r ON r.id = s.referral_id"
        " WHERE s.step_on < r.received_on"
    ),
    "A referral names an agreement that does not pay for it": (
        "SELECT id FROM referral WHERE agreement_id IS NOT NULL AND who_pays <> 'agreement'"
    ),
    "A referral came from a worker of another organisation": (
        "SELECT r.id FROM referral r JOIN referrer_worker w ON w.id = r.worker_id"
        " WHERE r.referrer_id IS NOT w.referrer_id"
    ),
    "Somebody waits for a place by a referral that is not on the waiting list": (
        "SELECT w.id FROM waiting_place w JOIN referral r ON r.id = w.referral_id"
        " WHERE w.to_on IS NULL AND (r.binned_at IS NOT NULL OR 'waiting' IS NOT ("
        "SELECT s.step FROM referral_step s WHERE s.referral_id = r.id"
        " ORDER BY s.step_on DESC, s.id DESC LIMIT 1))"
    ),
    "A referral goes on after its end without having been opened again": (
        "SELECT DISTINCT referral_id FROM (SELECT referral_id, step, LAG(step) OVER"
        " (PARTITION BY referral_id ORDER BY step_on, id) AS before FROM referral_step)"
        " WHERE before IN ('completed', 'left_early', 'moved_on') AND step <> 'reopened'"
    ),
    "The search index does not know a person": (
        "SELECT p.id FROM person p LEFT JOIN person_search_docsize d ON d.id = p.id"
        " WHERE d.id IS NULL"
    ),
    "The search index knows somebody who is not in the book": (
        "SELECT d.id FROM person_search_docsize d LEFT JOIN person p ON p.id = d.id"
        " WHERE p.id IS NULL"
    ),
    "A funded place lies outside the days of its agreement": (
        "SELECT f.id FROM funded_place f JOIN agreement g ON g.id = f.agreement_id"
        " WHERE f.binned_at IS NULL AND (f.from_on < g.from_on OR f.from_on > g.to_on"
        " OR f.to_on > g.to_on)"
    ),
    "More of a funded place is used than was granted": (
        "SELECT p.place_id FROM place_counted p JOIN place_use_counted u ON u.place_id = p.place_id"
        " GROUP BY p.place_id, p.units HAVING sum(u.begins) > p.units"
    ),
    "A session uses two places of one person": (
        "SELECT DISTINCT session_id FROM place_use_counted"
        " GROUP BY person_id, session_id HAVING count(*) > 1"
    ),
    "A receipt, payment or transfer has no lines": (
        "SELECT id FROM entry e WHERE NOT EXISTS"
        " (SELECT 1 FROM entry_line l WHERE l.entry_id = e.id)"
    ),
    "A transfer does not come to nothing": (
        "SELECT e.id FROM entry e JOIN entry_line l ON l.entry_id = e.id"
        " WHERE e.kind = 'transfer' GROUP BY e.id HAVING sum(l.amount_pence) <> 0"
    ),
    "A receipt takes money out, or a payment brings it in": (
        "SELECT e.id FROM entry e JOIN entry_line l ON l.entry_id = e.id"
        " WHERE e.kind <> 'transfer' GROUP BY e.id, e.kind"
        " HAVING (sum(l.amount_pence) > 0) IS NOT (e.kind = 'receipt')"
    ),
    "Money moved from one fund to another without a minute": (
        "SELECT e.id FROM entry e JOIN entry_line l ON l.entry_id = e.id"
        " WHERE e.kind = 'transfer' AND e.minute = '' AND e.binned_at IS NULL"
        " GROUP BY e.id HAVING count(DISTINCT l.fund_id) > 1"
    ),
    "Money is dated before its account was opened": (
        "SELECT DISTINCT e.id FROM entry_line l JOIN entry e ON e.id = l.entry_id"
        " JOIN account a ON a.id = l.account_id"
        " WHERE e.entry_on < a.opened_on AND e.binned_at IS NULL"
    ),
    "An account does not hold what it held at first, plus what came in, less what went out": (
        "WITH by_kind AS (SELECT l.account_id,"
        " sum(l.amount_pence) FILTER (WHERE e.kind = 'receipt') AS came,"
        " -sum(l.amount_pence) FILTER (WHERE e.kind = 'payment') AS went,"
        " sum(l.amount_pence) FILTER (WHERE e.kind = 'transfer') AS moved"
        " FROM entry e JOIN entry_line l ON l.entry_id = e.id WHERE e.binned_at IS NULL"
        " GROUP BY l.account_id),"
        " held AS (SELECT account_id, sum(amount_pence) AS pence FROM money_counted"
        " GROUP BY account_id)"
        " SELECT a.id FROM account a LEFT JOIN by_kind k ON k.account_id = a.id"
        " LEFT JOIN held h ON h.account_id = a.id WHERE COALESCE(h.pence, 0) <>"
        " COALESCE(k.came, 0) - COALESCE(k.went, 0) + COALESCE(k.moved, 0)"
    ),
    "The funds do not add up to the accounts": (
        "SELECT 'in all' FROM (SELECT"
        " COALESCE((SELECT sum(m.amount_pence) FROM account_listed a"
        " JOIN money_counted m ON m.account_id = a.account_id), 0)"
        " + COALESCE((SELECT sum(o.amount_pence) FROM account_opening o"
        " JOIN account a ON a.id = o.account_id), 0) AS accounts,"
        " COALESCE((SELECT sum(l.amount_pence) FROM entry_line l JOIN fund f ON f.id = l.fund_id"
        " JOIN entry e ON e.id = l.entry_id WHERE e.binned_at IS NULL), 0)"
        " + COALESCE((SELECT sum(o.amount_pence) FROM account_opening o"
        " JOIN fund f ON f.id = o.fund_id), 0) AS funds) WHERE accounts <> funds"
    ),
    "A receipt's picture or PDF is not in the book": (
        "SELECT t.id FROM attachment t LEFT JOIN attachment_content c ON c.attachment_id = t.id"
        " WHERE c.attachment_id IS NULL"
    ),
    "Somebody whose name was taken out is named still": (
        "SELECT id FROM person WHERE anonymised_at IS NOT NULL AND (given_name <> ''"
        " OR family_name <> '' OR known_as <> '' OR phone <> '' OR email <> '' OR address <> ''"
        " OR notes <> '' OR born_on IS NOT NULL)"
        " UNION SELECT c.person_id FROM emergency_contact c JOIN person p ON p.id = c.person_id"
        " WHERE p.anonymised_at IS NOT NULL"
    ),
    "A request was answered before it came": (
        "SELECT id FROM rights_request WHERE answered_on < received_on OR proved_on < received_on"
    ),
    "A request is answered, and it is not said how": (
        "SELECT id FROM rights_request WHERE answered_on IS NOT NULL AND outcome = ''"
    ),
    "The ICO was told of a breach before it was noticed": (
        "SELECT id FROM breach WHERE julianday(told_ico_at) < julianday(noticed_at)"
    ),
    "A return that was sent has no pages": (
        "SELECT i.id FROM issued_return i LEFT JOIN issued_content c ON c.issued_id = i.id"
        " WHERE c.issued_id IS NULL"
    ),
}
"""Sentence and the query for the ids of what breaks it."""


def findings(register: Register) -> tuple[str, ...]:
    """Return a sentence with the row ids for every invariant that does not hold."""
    found: list[str] = []
    for sentence, sql in _INVARIANTS.items():
        ids = [str(row[0]) for row in register.rows(f"{sql} LIMIT 20")]
        if ids:
            found.append(f"{sentence}: {', '.join(ids)}.")
    return (*found, *issued.findings(register))
