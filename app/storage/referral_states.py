"""How referrals stand on a day, said once in SQL: for lists, and for figures as of a last day.

Each is a fragment with a ``{day}``: the name of the parameter that holds it, such as ``:last``.
Found by index, referral by referral: a book's marks are never read as a whole.
"""

from collections.abc import Collection

from app.domain.referrals import State

# A person's participant attendances from the received date to the day, those of joined records too;
# two arms, so that each finds its index. `f` is the referral, `n` its newest step.
_CAME = """
    SELECT a.session_on FROM attendance_counted a
    WHERE a.record_id = f.person_id AND a.session_on BETWEEN f.received_on AND {day} {also}
    UNION ALL
    SELECT a.session_on FROM joined_counts_as j
    CROSS JOIN attendance_counted a ON a.record_id = j.record_id
    WHERE j.person_id = f.person_id AND a.session_on BETWEEN f.received_on AND {day} {also}
"""
_NEWEST = """
    SELECT s.step_id FROM referral_step_counted s
    WHERE s.referral_id = f.referral_id AND s.step_on <= {day}
    ORDER BY s.step_on DESC, s.step_id DESC LIMIT 1
"""
_STATE = """
CASE
    WHEN n.step IN ('completed', 'left_early', 'moved_on') THEN n.step
    WHEN n.step IN ('not_accepted', 'person_declined', 'no_contact')
        AND NOT {since} THEN n.step
    ELSE CASE {times}
        WHEN 0 THEN CASE
            WHEN n.step IN ('tried', 'contacted') THEN 'contacted'
            WHEN n.step IN ('accepted', 'waiting') THEN n.step
            ELSE 'received' END
        WHEN 1 THEN 'started'
        ELSE 'attending' END
END
"""
_ANSWERED = """
COALESCE(
    (SELECT min(s.step_on) FROM referral_step_counted s
        WHERE s.referral_id = f.referral_id AND s.step_on <= {day}
            AND s.step IN ('accepted', 'waiting', 'not_accepted')),
    {first})
"""
# The same of `f.came`, where it was asked for once with `said_sql`: a person's marks are long.
_SAID = """
(SELECT min(session_on) || ' ' || max(session_on) || ' ' || count(*) FROM ({came}))
"""
_SAID_FIRST, _SAID_LAST = "substr(f.came, 1, 10)", "substr(f.came, 12, 10)"
_SAID_TIMES = "COALESCE(min(2, CAST(substr(f.came, 23) AS INTEGER)), 0)"
_STATES = """
SELECT f.referral_id, f.person_id, f.received_on, n.step_id, n.step, n.step_on,
    COALESCE(n.reason, '') AS reason,
    {state} AS state
FROM {referrals} f
LEFT JOIN referral_step_counted n ON n.step_id = ({newest})
{may_be}
"""
# A limit keeps SQLite from asking the register twice: once for the state, once whether it is wanted.
_ONCE = "SELECT * FROM ({states} LIMIT -1) {wanted}"


def came_sql(day: str) -> str:
    """Return the query of the days on which the person of referral ``f`` came, up to a day."""
    return _CAME.format(day=day, also="")


def said_sql(day: str) -> str:
    """Return the expression for when ``f`` came first and last, and how often: one text, or NULL."""
    return _SAID.format(came=came_sql(day))


def answered_sql(day: str, *, said: bool = False) -> str:
    """Return the expression for the day on which referral ``f`` was answered, up to a day, or NULL.

    The first step that answers; where there is none and they came, they were taken in that day.
    ``said``: what ``said_sql`` asks for is its column ``came``.
    """
    first = _SAID_FIRST if said else f"(SELECT min(session_on) FROM ({came_sql(day)}))"
    return _ANSWERED.format(day=day, first=first)


_HARD = "'completed', 'left_early', 'moved_on'"
_MAY_BE = {
    State.RECEIVED: "n.step IS NULL OR n.step = 'reopened'",
    State.CONTACTED: "n.step IN ('tried', 'contacted')",
    State.STARTED: f"n.step IS NULL OR n.step NOT IN ({_HARD})",
    State.ATTENDING: f"n.step IS NULL OR n.step NOT IN ({_HARD})",
}
"""What the newest step says of a state, so that the register is asked about few; others are a step."""


def _wanted(states: Collection[State]) -> tuple[str, str]:
    if not states or len(states) == len(State):
        return "", ""
    may_be = dict.fromkeys(_MAY_BE.get(one, f"n.step = '{one}'") for one in sorted(states))
    listed = ", ".join(f"'{one}'" for one in sorted(states))
    return f"WHERE {' OR '.join(may_be)}", f"WHERE state IN ({listed})"


def states_sql(
    day: str,
    referrals: str = "referral_counted",
    states: Collection[State] = (),
    *,
    said: bool = False,
) -> str:
    """Return the query of how each of ``referrals`` stands on a day.

    ``referrals`` names a table or view with referral_id, person_id and received_on (on or before the
    day); ``said``: what ``said_sql`` asks for is its column ``came``. ``states`` leaves only those in some. The rows are those three, the newest step (step_id, step, step_on, reason) and the state.
    A referral that was opened again stands at "received"; a try or a talk at "contacted". Who came
    after a no of either side has started all the same.
    """
    since = _CAME.format(day=day, also="AND a.session_on > n.step_on")
    state = (
        _STATE.format(since=f"COALESCE({_SAID_LAST} > n.step_on, 0)", times=_SAID_TIMES)
        if said
        else _STATE.format(
            since=f"EXISTS ({since})", times=f"(SELECT count(*) FROM ({came_sql(day)} LIMIT 2))"
        )
    )
    may_be, wanted = _wanted(states)
    found = _STATES.format(
        state=state, referrals=referrals, newest=_NEWEST.format(day=day), may_be=may_be
    )
    return _ONCE.format(states=found, wanted=wanted) if wanted else found
