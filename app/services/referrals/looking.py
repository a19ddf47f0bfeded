"""How all referrals stand, looked at in parts, so that nobody waits for the whole of a long book."""

import datetime as dt
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.ids import ReferralId
from app.domain.referrals import TO_ANSWER, State
from app.domain.reply_clock import DUE_DAYS, LINE_DAYS
from app.services.referrals.listing import searching
from app.storage import referral_list
from app.storage.referral_list import ReferralRow, WantedReferrals
from app.storage.register import Register

LATELY_DAYS = 56
"""Days within which a referral ended lately."""
_PART = 200
"""So many referrals, in whole days, are looked at together: some milliseconds."""
_DAY = dt.timedelta(days=1)
_FEW = 500
"""So many referrals are looked at in a moment."""
_ORDINARY = 5_000
"""So many referrals are looked at together for those that wait: some milliseconds."""
_ABOUT = 2_000
"""Where there are more, so many at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A column of the board: the states that stand in it."""

    key: str
    states: frozenset[State]
    oldest_first: bool = False
    lately: bool = False
    """Only those whose newest step is of the last 56 days."""


LANES = (
    Lane(key="answer", states=frozenset({State.RECEIVED, State.CONTACTED}), oldest_first=True),
    Lane(key="waiting", states=frozenset({State.WAITING}), oldest_first=True),
    Lane(key="accepted", states=frozenset({State.ACCEPTED})),
    Lane(key="here", states=frozenset({State.STARTED, State.ATTENDING})),
    Lane(
        key="ended",
        states=frozenset(
            {State.COMPLETED, State.LEFT_EARLY, State.MOVED_ON, State.NOT_ACCEPTED,
             State.PERSON_DECLINED, State.NO_CONTACT}
        ),
        lately=True,
    ),
)  # fmt: skip
"""The columns of the board, from the first thing to do to what is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """How the wanted referrals stand."""

    states: Mapping[ReferralId, State]
    """Each with its state, the newest first."""
    lanes: Mapping[str, tuple[ReferralId, ...]]
    """The referrals of each column, in its order."""
    due: int = 0
    """Of those to answer, how many are on or after day 10 and not past the line."""
    past: int = 0
    """Of those to answer, how many are past the line of day 14."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAnswer:
    """The referrals whose referrer waits for an answer: how many, and the oldest of them."""

    total: int
    due: int
    """Of them, those on or after day 10 and not past the line."""
    past: int
    """Of them, those past the line of day 14."""
    rows: tuple[ReferralRow, ...]


def look_at_all(
    register: Register, wanted: WantedReferrals, typed: str = "", *, today: dt.date
) -> Generator[tuple[int, int], None, Looked]:
    """Look at how referrals stand, the newest first, some at a time; yields (done, total) days."""
    searched = replace(searching(wanted, typed), states=frozenset())
    first = referral_list.first_received(register)
    days = 0 if first is None else (today - first).days + 1
    since = (today - dt.timedelta(days=LATELY_DAYS)).isoformat()
    lane_of = {state: lane for lane in LANES for state in lane.states}
    states: dict[ReferralId, State] = {}
    lanes: dict[str, list[ReferralId]] = {lane.key: [] for lane in LANES}
    ages: list[int] = []
    last = today
    while first is not None and last >= first:
        oldest = referral_list.received_since(register, last, _PART) or first
        part = replace(searched, received_from=oldest, received_to=last)
        for one, state, step_on, received in referral_list.stands(register, part, today):
            states[one] = state
            lane = lane_of[state]
            if not lane.lately or step_on >= since:
                lanes[lane.key].append(one)
            if state in TO_ANSWER:
                ages.append((today - dt.date.fromisoformat(received)).days)
        last = oldest - _DAY
        yield (today - last).days, days
    due, past = _due_and_past(ages)
    return Looked(
        due=due,
        past=past,
        states=states,
        lanes={
            lane.key: tuple(reversed(lanes[lane.key]) if lane.oldest_first else lanes[lane.key])
            for lane in LANES
        },
    )


def are_any(register: Register) -> bool:
    """Return whether there is a referral that is not in the bin."""
    return referral_list.are_any(register)


def are_few(register: Register, *, today: dt.date) -> bool:
    """Return whether all of them are looked at in a moment."""
    return referral_list.received_since(register, today, _FEW) is None


def are_many(register: Register, *, today: dt.date) -> bool:
    """Return whether to look for those that wait takes more than a moment."""
    return referral_list.received_until(register, today, "", _ORDINARY) < today.isoformat()


def look_for_unanswered(
    register: Register, *, today: dt.date, limit: int = 10
) -> Generator[tuple[int, int], None, ToAnswer]:
    """Look for the referrals that wait for an answer, the oldest first, some thousands at a time.

    Between two parts it yields how many were found; a book of ordinary length is one part.
    """
    found: list[tuple[ReferralId, dt.date]] = []
    after, until = "", ""
    about = _ABOUT if are_many(register, today=today) else _ORDINARY
    while until < today.isoformat():
        if until:
            yield len(found), 0
        after, until = until, referral_list.received_until(register, today, until, about)
        found += referral_list.to_answer(register, today, after=after, until=until)
    due, past = _due_and_past([(today - received).days for _, received in found])
    oldest = tuple(one for one, _ in found[:limit])
    return ToAnswer(
        total=len(found), due=due, past=past, rows=referral_list.rows(register, oldest, today)
    )


def _due_and_past(ages: Sequence[int]) -> tuple[int, int]:
    """Return how many, so many days old, are due for an answer, and how many past the line."""
    past = sum(age > LINE_DAYS for age in ages)
    return sum(age >= DUE_DAYS for age in ages) - past, past
