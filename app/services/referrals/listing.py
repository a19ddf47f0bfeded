"""Referrals found: the list, the columns by state, what is to answer, and one whole."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.domain import names
from app.domain.ids import PersonId, ReferralId
from app.domain.referral_steps import moves, offer_no_contact
from app.domain.referrals import Letter, Referral, ReferralStep, State, Step
from app.domain.referrers import Referrer, Worker
from app.services.referrals.following import person_of
from app.storage import referral_list, referrals, referrers
from app.storage.referral_list import ReferralRow, WantedReferrals
from app.storage.register import Register

BOARD = (
    State.RECEIVED,
    State.CONTACTED,
    State.WAITING,
    State.ACCEPTED,
    State.STARTED,
    State.ATTENDING,
)
"""The states that have a column: those about which something can be done."""
_CARDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralList:
    """Referrals for a list, and how many there are in all."""

    rows: tuple[ReferralRow, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StateColumn:
    """A column of the board: its first cards, and how many there are in all."""

    state: State
    rows: tuple[ReferralRow, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeReferral:
    """One referral with everything its page shows."""

    referral: Referral
    row: ReferralRow
    steps: tuple[ReferralStep, ...]
    letters: tuple[Letter, ...]
    came: tuple[dt.date, ...]
    """The days on which they came since the referral did, as participants."""
    referrer: Referrer | None
    worker: Worker | None
    agreement: str
    """The funder and reference of the agreement that pays, or blank."""
    moves: tuple[Step, ...]
    """The steps that can follow, in the order in which they are offered."""
    offer_no_contact: bool
    others: tuple[ReferralRow, ...] = field(repr=False)
    """The person's other referrals, the newest first."""


def searching(wanted: WantedReferrals, typed: str) -> WantedReferrals:
    """Return what is wanted with a search of names, organisations, workers and references in it."""
    return replace(wanted, query=names.search_query(typed), typed=names.clean(typed))


def listed(
    register: Register,
    wanted: WantedReferrals,
    typed: str = "",
    *,
    today: dt.date,
    limit: int = 200,
    offset: int = 0,
) -> ReferralList:
    """Return one part of the referrals that filters and a search leave, and how many there are."""
    searched = searching(wanted, typed)
    if searched.states:
        # Which state each is in has to be asked of all; then once, for the part and the number.
        found = referral_list.ids(register, searched, today)
        part = found[offset : offset + limit]
        return ReferralList(rows=referral_list.rows(register, part, today), total=len(found))
    part = referral_list.ids(register, searched, today, limit=limit, offset=offset)
    rows = referral_list.rows(register, part, today)
    if rows and len(rows) < limit:
        return ReferralList(rows=rows, total=offset + len(rows))
    return ReferralList(rows=rows, total=referral_list.count(register, searched, today))


def suggested(
    register: Register, typed: str, *, today: dt.date, limit: int = 5
) -> tuple[ReferralRow, ...]:
    """Return the newest referrals by what is typed of a person, organisation, worker or reference.

    For the search at the top: nothing typed, nothing found.
    """
    if not typed.strip():
        return ()
    searched = searching(WantedReferrals(), typed)
    ids = referral_list.ids(register, searched, today, limit=limit)
    return referral_list.rows(register, ids, today)


def find_ids(
    register: Register, wanted: WantedReferrals, typed: str = "", *, today: dt.date
) -> tuple[ReferralId, ...]:
    """Return the ids of a whole list, in its order."""
    return referral_list.ids(register, searching(wanted, typed), today)


def rows_of(
    register: Register, ids: tuple[ReferralId, ...], *, today: dt.date
) -> tuple[ReferralRow, ...]:
    """Return the lines of some referrals, in the order asked for; what is gone is left out."""
    return referral_list.rows(register, ids, today)


def board(
    register: Register,
    wanted: WantedReferrals,
    typed: str = "",
    *,
    today: dt.date,
    columns: tuple[State, ...] = BOARD,
    cards: int = _CARDS,
) -> tuple[StateColumn, ...]:
    """Return the columns by state; where an answer is waited for the oldest first, else the newest."""
    found: dict[State, list[ReferralId]] = {state: [] for state in columns}
    searched = replace(searching(wanted, typed), states=frozenset(columns))
    for referral, state in referral_list.states(register, searched, today):
        found[state].append(referral)
    parts = {}
    for state, those in found.items():
        oldest_first = state in {State.RECEIVED, State.CONTACTED, State.WAITING}
        parts[state] = tuple(those[::-1][:cards] if oldest_first else those[:cards])
    every = tuple(one for those in parts.values() for one in those)
    rows = {row.id: row for row in referral_list.rows(register, every, today)}
    return tuple(
        StateColumn(
            state=state,
            rows=tuple(rows[one] for one in parts[state] if one in rows),
            total=len(found[state]),
        )
        for state in columns
    )


def count_states(
    register: Register, wanted: WantedReferrals, *, today: dt.date
) -> Mapping[State, int]:
    """Return how many of the wanted referrals are in each state on a day; none is 0."""
    return {**dict.fromkeys(State, 0), **referral_list.state_counts(register, wanted, today)}


def of_person(
    register: Register, person_id: PersonId, *, today: dt.date
) -> tuple[ReferralRow, ...]:
    """Return a person's referrals, joined records' too, the newest first."""
    return referral_list.rows(register, referrals.ids_of_person(register, person_id), today)


def get(register: Register, referral_id: ReferralId) -> Referral | None:
    """Return a referral, also from the bin, or None: for changing it."""
    return referrals.get(register, referral_id)


def whole(register: Register, referral_id: ReferralId, *, today: dt.date) -> WholeReferral | None:
    """Return one referral with its steps, letters and attendance since, or None."""
    referral = referrals.get(register, referral_id)
    row = next(iter(referral_list.rows(register, (referral_id,), today)), None)
    if referral is None or row is None:
        return None
    steps = referrals.steps(register, referral_id)
    person_id = person_of(register, referral)
    others = tuple(
        one for one in referrals.ids_of_person(register, person_id) if one != referral_id
    )
    return WholeReferral(
        referral=referral,
        row=row,
        steps=steps,
        letters=referrals.letters(register, referral_id),
        came=referrals.came(register, referral_id),
        referrer=referrers.get(register, referral.referrer_id) if referral.referrer_id else None,
        worker=referrers.worker(register, referral.worker_id) if referral.worker_id else None,
        agreement=referrals.agreement_name(register, referral.agreement_id)
        if referral.agreement_id
        else "",
        moves=() if referral.binned else moves(row.state),
        offer_no_contact=Step.NO_CONTACT in moves(row.state) and offer_no_contact(steps),
        others=referral_list.rows(register, others, today),
    )
