"""Grants: applied for, awarded, spent and reported; what is said before a payment is saved."""

import datetime as dt
from collections.abc import Generator, Sequence
from dataclasses import replace

from app.domain.changes import Topic
from app.domain.grants import (
    HELD,
    Grant,
    GrantDraft,
    GrantStanding,
    GrantState,
    validate_grant,
    warnings_before_saving,
)
from app.domain.ids import EntryId, GrantId
from app.domain.ledger import EntryDraft
from app.domain.names import clean, clean_lines
from app.domain.problems import Problem
from app.services.money.entries import tidy_entry
from app.services.result import Done, Refused
from app.storage import activities, grants
from app.storage.grants import GrantName
from app.storage.register import Register

_TOPICS = frozenset({Topic.GRANTS, Topic.MONEY})
_TOGETHER = 40
"""Grants looked at together: some milliseconds, however long each has run."""


def list_grants(register: Register) -> tuple[Grant, ...]:
    """Return the grants, those with the nearest report first."""
    return grants.listed(register)


def grant_names(register: Register) -> tuple[GrantName, ...]:
    """Return what the grants that hold money are called by, in the same order."""
    return grants.names(register, HELD)


def get_grant(register: Register, grant_id: GrantId) -> Grant | None:
    """Return a grant, or None when it is gone or in the bin."""
    grant = grants.get(register, grant_id)
    return None if grant is None or grant.binned else grant


def find_grant(register: Register, reference: str) -> Grant | None:
    """Return the grant of a reference, capitals aside, or None."""
    return grants.with_reference(register, clean(reference))


def grant_standings(
    register: Register, *, last: dt.date | None = None, running: bool = False,
    most: int | None = None,
) -> tuple[GrantStanding, ...]:  # fmt: skip
    """Return how the grants that hold money stand now or at the end of a day.

    ``running`` leaves out those that are closed, ``most`` asks for the first few: quickly read in
    the longest book.
    """
    listed = grants.in_states(register, {GrantState.AWARDED} if running else HELD, most=most)
    return tuple(grants.standings(register, last=last, of=listed).values())


def grant_standing(register: Register, grant: Grant) -> GrantStanding:
    """Return how one grant stands now."""
    return grants.standings(register, of=(grant,))[grant.id]


def look_at_standings(
    register: Register, listed: Sequence[Grant]
) -> Generator[tuple[int, int], None, dict[GrantId, GrantStanding]]:
    """Look how those of some grants stand that hold money, a few at a time; yields (done, total)."""
    held = [grant for grant in listed if grant.state in HELD]
    found: dict[GrantId, GrantStanding] = {}
    for first in range(0, len(held), _TOGETHER):
        if first:
            yield first, len(held)
        found |= grants.standings(register, of=held[first : first + _TOGETHER])
    return found


def save_grant(
    register: Register, draft: GrantDraft, grant_id: GrantId | None = None
) -> Done | Refused:
    """Add a grant or (with an id) change one."""
    draft = tidy(draft)
    if grant_id and get_grant(register, grant_id) is None:
        return Refused(problems=(Problem(code="grant_gone"),))
    problems = list(validate_grant(draft))
    other = grants.with_reference(register, draft.reference) if draft.reference else None
    if other and other.id != grant_id:
        values = {"value": draft.reference}
        problems.append(Problem(code="grant_reference_taken", field="reference", values=values))
    if problems:
        return Refused(problems=tuple(problems))
    text = f"{'change' if grant_id else 'add'} grant of {draft.funder}"
    with register.transaction("grant.save", text=text, topics=_TOPICS, subject_id=grant_id):
        if grant_id:
            grants.change(register, grant_id, draft)
        else:
            grant_id = grants.add(register, draft)
    return Done(changes=_TOPICS, text=text, ids=(grant_id,))


def put_grant_in_bin(register: Register, grant_id: GrantId) -> Done | Refused:
    """Put a grant in the bin that no line of the book names; one that was spent is closed instead."""
    grant = get_grant(register, grant_id)
    if grant is None:
        return Refused(problems=(Problem(code="grant_gone"),))
    if grants.lines_of(register, grant_id):
        return Refused(problems=(Problem(code="in_use_already", values={"value": grant.funder}),))
    text = f"put grant of {grant.funder} in the bin"
    with register.transaction("grant.bin", text=text, topics=_TOPICS, subject_id=grant_id):
        grants.put_in_bin(register, grant_id, register.stamp())
    return Done(changes=_TOPICS, text=text, ids=(grant_id,))


def warn_before_saving(
    register: Register, draft: EntryDraft, entry_id: EntryId | None = None
) -> tuple[Problem, ...]:
    """Return what of a payment does not fit the grants it names, before it is saved.

    It can be saved all the same, with a note: nothing of this stands in the way.
    """
    draft = tidy_entry(draft)
    ids = dict.fromkeys(line.grant_id for line in draft.lines if line.grant_id)
    named = [grant for one in ids if (grant := get_grant(register, one)) is not None]
    return warnings_before_saving(
        draft,
        grants.standings(register, without=entry_id, of=named),
        same_cost_elsewhere=grants.same_cost_elsewhere(register, draft, without=entry_id),
        activity_names={one.id: one.name for one in activities.listed(register)},
    )


def tidy(draft: GrantDraft) -> GrantDraft:
    """Return a draft with clean texts."""
    return replace(
        draft,
        reference=clean(draft.reference),
        funder=clean(draft.funder),
        programme=clean(draft.programme),
        title=clean(draft.title),
        purpose=clean_lines(draft.purpose),
        conditions=clean_lines(draft.conditions),
        budget=tuple(replace(row, note=clean(row.note)) for row in draft.budget),
        instalments=tuple(
            replace(part, condition=clean(part.condition)) for part in draft.instalments
        ),
    )
