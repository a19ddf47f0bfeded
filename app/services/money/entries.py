"""Receipts, payments and transfers: entered, corrected, put in the bin and taken out again."""

import datetime as dt
from dataclasses import fields, replace

from app.domain.changes import Topic
from app.domain.ids import EntryId, FundId
from app.domain.ledger import Entry, EntryDraft, EntryKind, LineDraft, day_problems, validate_entry
from app.domain.money import pounds
from app.domain.names import clean, clean_lines
from app.domain.periods import short_date
from app.domain.problems import Problem
from app.services.money.books import books
from app.services.money.floors import Below, keep_above_nothing, refused_when_below
from app.services.result import Done, Refused
from app.storage import money
from app.storage.register import Register

_TOPICS = frozenset({Topic.MONEY})
_WORDS = {
    EntryKind.RECEIPT: "receipt",
    EntryKind.PAYMENT: "payment",
    EntryKind.TRANSFER: "transfer",
}


def get_entry(register: Register, entry_id: EntryId) -> Entry | None:
    """Return an entry, the bin's too, or None."""
    return money.get(register, entry_id)


def tidy_entry(draft: EntryDraft) -> EntryDraft:
    """Return a draft with clean texts."""
    return replace(
        draft,
        payee=clean(draft.payee),
        description=clean_lines(draft.description),
        reference=clean(draft.reference),
        approved_by=clean(draft.approved_by),
        minute=clean_lines(draft.minute),
        note=clean_lines(draft.note),
        lines=tuple(replace(line, note=clean_lines(line.note)) for line in draft.lines),
    )


def save_entry(
    register: Register, draft: EntryDraft, entry_id: EntryId | None = None, *, today: dt.date
) -> Done | Refused:
    """Enter what happened to money or (with an id) correct it; the money journal keeps what stood there.

    Refused where a day is closed or tied money would go below nothing on any day.
    """
    draft = tidy_entry(draft)
    before = money.get(register, entry_id) if entry_id else None
    if entry_id and (before is None or before.binned):
        return Refused(problems=(Problem(code="entry_gone"),))
    problems = (*entry_problems(register, draft, today=today), *_closed(register, before))
    if problems or draft.entry_on is None:
        return Refused(problems=problems)
    text = f"{'change' if before else 'add'} {called(draft)}"
    if before is not None and entry_id and _is_as_kept(before, draft):
        return Done(changes=frozenset(), text=text, ids=(entry_id,))  # nothing for an examiner
    funds = _funds(draft) | (_funds(before) if before else set())
    since = min(draft.entry_on, before.entry_on) if before else draft.entry_on
    try:
        with register.transaction("money.save", text=text, topics=_TOPICS, subject_id=entry_id):
            if entry_id:
                money.change(register, entry_id, draft, use_case="money.save")
            else:
                entry_id = money.add(register, draft)
            keep_above_nothing(register, funds, since)
    except Below as below:
        return refused_when_below(below)
    return Done(changes=_TOPICS, text=text, ids=(entry_id,))


def _is_as_kept(kept: Entry, draft: EntryDraft) -> bool:
    """Say whether nothing of an entry would change."""
    plain = (*kept.lines, *draft.lines)
    lines = [tuple(getattr(line, one.name) for one in fields(LineDraft)) for line in plain]
    same = lines[: len(kept.lines)] == lines[len(kept.lines) :]
    names = (one.name for one in fields(EntryDraft) if one.name != "lines")
    return same and all(getattr(kept, name) == getattr(draft, name) for name in names)


def put_entry_in_bin(register: Register, entry_id: EntryId) -> Done | Refused:
    """Put an entry in the bin: it counts no more, and can be taken out again."""
    entry = money.get(register, entry_id)
    if entry is None or entry.binned:
        return Refused(problems=(Problem(code="entry_gone"),))
    return _move(register, entry, "bin", f"put {called(entry)} in the bin")


def take_entry_out_of_bin(register: Register, entry_id: EntryId) -> Done | Refused:
    """Take an entry out of the bin: it counts again."""
    entry = money.get(register, entry_id)
    if entry is None:
        return Refused(problems=(Problem(code="entry_gone"),))
    if not entry.binned:
        return Refused(problems=(Problem(code="not_in_bin"),))
    known = books(register)
    for line in entry.lines:
        places = known.accounts[line.account_id], known.funds[line.fund_id]
        problems = day_problems(entry.entry_on, *places)
        if problems:
            return Refused(problems=tuple(problems))
    return _move(register, entry, "unbin", f"take {called(entry)} out of the bin")


def called(entry: EntryDraft) -> str:
    """Return an entry in a few words: "payment of £45.00 to Village hall"."""
    moved = [line.amount_pence for line in entry.lines if line.amount_pence > 0]
    pence = sum(moved) if entry.kind is EntryKind.TRANSFER else abs(entry.total_pence)
    between = {EntryKind.RECEIPT: " from ", EntryKind.PAYMENT: " to "}.get(entry.kind, "")
    whose = f"{between}{entry.payee}" if between and entry.payee else ""
    return f"{_WORDS[entry.kind]} of {pounds(pence)}{whose}"


def _move(register: Register, entry: Entry, how: str, text: str) -> Done | Refused:
    problems = _closed(register, entry)
    if problems:
        return Refused(problems=problems)
    move = money.put_in_bin if how == "bin" else money.take_out_of_bin
    try:
        with register.transaction(f"money.{how}", text=text, topics=_TOPICS, subject_id=entry.id):
            move(register, entry.id)
            keep_above_nothing(register, _funds(entry), entry.entry_on)
    except Below as below:
        return refused_when_below(below)
    return Done(changes=_TOPICS, text=text, ids=(entry.id,))


def entry_problems(register: Register, draft: EntryDraft, *, today: dt.date) -> tuple[Problem, ...]:
    """Return what has to be corrected before an entry can be kept, closed years too."""
    known = books(register)
    problems = validate_entry(
        draft, today=today, accounts=known.accounts, funds=known.funds, headings=known.headings
    )
    return problems or _closed(register, draft)


def _closed(register: Register, entry: EntryDraft | None) -> tuple[Problem, ...]:
    if entry is None or entry.entry_on is None:
        return ()
    year = money.closed_year_of(register, entry.entry_on)
    values = {"value": short_date(year)} if year else {}
    return (Problem(code="year_closed", field="entry_on", values=values),) if year else ()


def _funds(entry: EntryDraft) -> set[FundId]:
    return {line.fund_id for line in entry.lines}
