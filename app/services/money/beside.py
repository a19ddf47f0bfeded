"""Gifts in kind and match funding: beside the accounts, never in them."""

import datetime as dt
from dataclasses import replace

from app.domain.beside import Gift, GiftDraft, Match, MatchDraft, validate_gift, validate_match
from app.domain.changes import Topic
from app.domain.ids import GrantId
from app.domain.money import pounds
from app.domain.names import clean
from app.domain.problems import Problem
from app.services.result import Done, Refused
from app.storage import beside, grants
from app.storage.register import Register

_TOPICS = frozenset({Topic.GRANTS})


def list_gifts(register: Register) -> tuple[Gift, ...]:
    """Return the gifts in kind, newest first."""
    return beside.gifts(register)


def save_gift(
    register: Register, draft: GiftDraft, gift_id: int | None = None, *, today: dt.date
) -> Done | Refused:
    """Add a gift in kind or (with an id) change one."""
    draft = replace(
        draft, what=clean(draft.what), giver=clean(draft.giver), basis=clean(draft.basis)
    )
    problems = list(validate_gift(draft, today=today))
    if gift_id and gift_id not in {gift.id for gift in beside.gifts(register)}:
        problems.append(Problem(code="item_gone"))
    if problems:
        return Refused(problems=tuple(problems))
    text = f"{'change' if gift_id else 'add'} gift in kind: {draft.what}"
    with register.transaction("gift.save", text=text, topics=_TOPICS, subject_id=gift_id):
        gift_id = beside.write_gift(register, draft, gift_id)
    return Done(changes=_TOPICS, text=text, ids=(gift_id,))


def put_gift_in_bin(register: Register, gift_id: int) -> Done | Refused:
    """Put a gift in the bin."""
    found = {gift.id: gift for gift in beside.gifts(register)}.get(gift_id)
    if found is None:
        return Refused(problems=(Problem(code="item_gone"),))
    text = f"put gift in kind in the bin: {found.what}"
    with register.transaction("gift.bin", text=text, topics=_TOPICS, subject_id=gift_id):
        beside.put_gift_in_bin(register, gift_id)
    return Done(changes=_TOPICS, text=text, ids=(gift_id,))


def list_matches(register: Register, grant_id: GrantId | None = None) -> tuple[Match, ...]:
    """Return the match funding of a grant, or of all of them."""
    return beside.matches(register, grant_id)


def save_match(
    register: Register, draft: MatchDraft, match_id: int | None = None
) -> Done | Refused:
    """Add match funding to a grant or (with an id) change it, as when it is confirmed."""
    draft = replace(draft, source=clean(draft.source))
    problems = list(validate_match(draft))
    if draft.grant_id is not None and grants.get(register, draft.grant_id) is None:
        problems.append(Problem(code="grant_gone", field="grant_id"))
    if match_id and match_id not in {match.id for match in beside.matches(register)}:
        problems.append(Problem(code="item_gone"))
    if problems:
        return Refused(problems=tuple(problems))
    text = f"{'change' if match_id else 'add'} match funding of {pounds(draft.amount_pence or 0)}"
    with register.transaction("match.save", text=text, topics=_TOPICS, subject_id=match_id):
        match_id = beside.write_match(register, draft, match_id)
    return Done(changes=_TOPICS, text=text, ids=(match_id,))


def remove_match(register: Register, match_id: int) -> Done | Refused:
    """Take away match funding that was entered by mistake."""
    found = {match.id: match for match in beside.matches(register)}.get(match_id)
    if found is None:
        return Refused(problems=(Problem(code="item_gone"),))
    text = f"take away match funding of {pounds(found.amount_pence)}"
    with register.transaction("match.remove", text=text, topics=_TOPICS, subject_id=match_id):
        beside.remove_match(register, match_id)
    return Done(changes=_TOPICS, text=text, ids=(match_id,))
