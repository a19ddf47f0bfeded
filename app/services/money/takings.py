"""Takings at the door: subs, donations and what else came in at a session, as one receipt of cash."""

import datetime as dt
from collections.abc import Mapping

from app.domain.activities import Session
from app.domain.ids import AccountId, EntryId, FundId, HeadingId, SessionId
from app.domain.ledger import AccountKind, Entry, EntryDraft, EntryKind, FundKind, LineDraft
from app.domain.problems import Problem
from app.services.money.books import Books, books
from app.services.money.entries import put_entry_in_bin, save_entry
from app.services.result import Done, Refused
from app.storage import activities, money
from app.storage.register import Register

DOOR_HEADINGS = ("Subs", "Donations", "Other money in")
"""What comes in at the door, as a new cash book calls it."""


def takings_of(register: Register, session_id: SessionId) -> Entry | None:
    """Return what was taken at a session's door, or None when nothing was entered."""
    found = money.of_session(register, session_id)
    receipts = [entry for entry in found if entry.kind is EntryKind.RECEIPT]
    return receipts[0] if receipts else None


def enter_takings(
    register: Register,
    session_id: SessionId,
    amounts: Mapping[HeadingId, int],
    *,
    account_id: AccountId | None = None,
    fund_id: FundId | None = None,
    today: dt.date,
) -> Done | Refused:
    """Enter what was taken at a session by heading (pence), in place of what was entered before.

    It goes to the cash tin and to free money where nothing else is said. Nothing at all taken puts
    what was entered in the bin.
    """
    session = activities.session(register, session_id)
    if session is None:
        return Refused(problems=(Problem(code="session_gone"),))
    known = books(register)
    account_id, fund_id = account_id or _tin(known), fund_id or _free(known)
    if account_id is None or fund_id is None:
        return Refused(problems=(Problem(code="cash_book_needed"),))
    before = takings_of(register, session_id)
    taken = {heading: pence for heading, pence in amounts.items() if pence}
    if not taken:
        return _nothing(register, before)
    draft = _receipt(session, taken, account_id, fund_id)
    return save_entry(register, draft, EntryId(before.id) if before else None, today=today)


def _nothing(register: Register, before: Entry | None) -> Done | Refused:
    if before is None:
        return Refused(problems=(Problem(code="nothing_to_change"),))
    return put_entry_in_bin(register, before.id)


def _receipt(
    session: Session, taken: Mapping[HeadingId, int], account_id: AccountId, fund_id: FundId
) -> EntryDraft:
    return EntryDraft(
        kind=EntryKind.RECEIPT,
        entry_on=session.session_on,
        payee=session.activity_name,
        description="Taken at the door",
        method="cash",
        session_id=session.id,
        lines=tuple(
            LineDraft(
                account_id=account_id,
                fund_id=fund_id,
                amount_pence=pence,
                heading_id=heading_id,
                activity_id=session.activity_id,
            )
            for heading_id, pence in taken.items()
        ),
    )


def _tin(known: Books) -> AccountId | None:
    """Return the cash tin money goes to: the first that is open, else the first account."""
    open_ones = [one for one in known.accounts.values() if one.closed_on is None]
    tins = [one for one in open_ones if one.kind is AccountKind.CASH]
    return next((one.id for one in (*tins, *open_ones)), None)


def _free(known: Books) -> FundId | None:
    """Return the fund of free money that is open."""
    funds = [f for f in known.funds.values() if f.kind is FundKind.UNRESTRICTED]
    return next((fund.id for fund in funds if fund.closed_on is None), None)
