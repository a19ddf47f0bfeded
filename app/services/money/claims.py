"""Claims: kept with their journeys priced, approved by somebody else, and paid as one payment."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from app.domain.changes import Topic
from app.domain.claims import (
    BEYOND,
    RATE_KINDS,
    Claim,
    ClaimDraft,
    ClaimKind,
    ClaimLineDraft,
    MileRate,
    journey_pence,
    tax_year_of,
    validate_claim,
)
from app.domain.ids import AccountId, FundId, PersonId
from app.domain.ledger import EntryDraft, EntryKind, LineDraft
from app.domain.money import pounds
from app.domain.names import clean, clean_lines
from app.domain.problems import Problem
from app.figures.rates import rates
from app.services.money.entries import entry_problems
from app.services.money.floors import Below, keep_above_nothing, refused_when_below
from app.services.people.changing import short_name
from app.services.result import Done, Refused
from app.storage import claims, money, people
from app.storage.register import Register

_TOPICS = frozenset({Topic.MONEY})


def list_claims(register: Register, *, waiting: bool = False) -> tuple[Claim, ...]:
    """Return the claims, newest first; only those not paid yet if ``waiting``."""
    return claims.listed(register, waiting=waiting)


def mile_rates() -> Mapping[str, Sequence[MileRate]]:
    """Return the rates a mile by kind, as they come with the program."""
    return {
        kind: tuple(MileRate(from_on=rate.from_on, pence=rate.pence) for rate in rates(kind))
        for kind in (*RATE_KINDS.values(), BEYOND)
    }


def priced(register: Register, draft: ClaimDraft, claim_id: int | None = None) -> ClaimDraft:
    """Return a claim with each journey priced by its day and what was driven before it that year."""
    known, lines, here = mile_rates(), list(draft.lines), dict[dt.date, int]()
    order = sorted(range(len(lines)), key=lambda n: lines[n].spent_on or dt.date.max)
    for number in order:
        line = lines[number]
        if line.kind is ClaimKind.EXPENSE or line.spent_on is None or not line.tenths_of_miles:
            continue
        first, _ = tax_year_of(line.spent_on)
        before = _driven(register, draft.person_id, line.spent_on, claim_id) + here.get(first, 0)
        pence = journey_pence(
            line.kind, line.spent_on, line.tenths_of_miles, driven_before=before, rates=known
        )
        if line.kind is ClaimKind.CAR:
            here[first] = here.get(first, 0) + line.tenths_of_miles
        lines[number] = replace(line, amount_pence=pence)
    return replace(draft, lines=tuple(lines))


def _driven(
    register: Register, person_id: PersonId | None, day: dt.date, claim_id: int | None
) -> int:
    if person_id is None:
        return 0
    first, last = tax_year_of(day)
    return claims.driven(register, person_id, first, last, without=claim_id)


def save_claim(
    register: Register, draft: ClaimDraft, claim_id: int | None = None, *, today: dt.date
) -> Done | Refused:
    """Keep a claim or (with an id) correct one that was not paid yet."""
    draft = priced(register, _tidy(draft), claim_id)
    before = claims.get(register, claim_id) if claim_id else None
    if claim_id and (before is None or before.entry_id is not None):
        return Refused(problems=(Problem(code="claim_paid" if before else "claim_gone"),))
    problems = list(validate_claim(draft, today=today))
    if not problems and any(line.amount_pence is None for line in draft.lines):
        problems.append(Problem(code="no_mile_rate", field="spent_on"))
    person = people.get(register, draft.person_id) if draft.person_id else None
    if draft.person_id and person is None:
        problems.append(Problem(code="person_gone", field="person_id"))
    if problems or person is None:
        return Refused(problems=tuple(problems))
    text = f"{'change' if claim_id else 'add'} claim of {short_name(person)}"
    with register.transaction("claim.save", text=text, topics=_TOPICS, subject_id=claim_id):
        if claim_id:
            claims.change(register, claim_id, draft)
        else:
            claim_id = claims.add(register, draft)
    return Done(changes=_TOPICS, text=text, ids=(claim_id,))


def pay_claim(
    register: Register,
    claim_id: int,
    *,
    account_id: AccountId,
    fund_id: FundId,
    paid_on: dt.date,
    method: str = "bank_transfer",
    today: dt.date,
) -> Done | Refused:
    """Pay a claim as one payment, a line for each thing claimed; ``fund_id`` where a line names none.

    The payee is the whole name, as it stands on a cheque or a bank transfer: the bank's statement is
    matched by it, and an examiner compares both. Undo and the journal say the short name only, and
    the description none. Refused until somebody else than who claims has approved it.
    """
    claim = claims.get(register, claim_id)
    person = people.get(register, claim.person_id) if claim and claim.person_id else None
    if claim is None or person is None:
        return Refused(problems=(Problem(code="claim_gone"),))
    name = short_name(person)
    payee = " ".join(filter(None, (person.given_name, person.family_name))) or name
    draft = _payment(claim, payee, account_id, fund_id, paid_on, method)
    problems = _unpayable(claim, {name, payee, person.full_name}) or entry_problems(
        register, draft, today=today
    )
    if problems:
        return Refused(problems=problems)
    text = f"pay claim of {name}, {pounds(claim.total_pence)}"
    try:
        with register.transaction("claim.pay", text=text, topics=_TOPICS, subject_id=claim_id):
            entry_id = money.add(register, draft)
            claims.paid_by(register, claim_id, entry_id)
            keep_above_nothing(register, {line.fund_id for line in draft.lines}, paid_on)
    except Below as below:
        return refused_when_below(below)
    return Done(changes=_TOPICS, text=text, ids=(entry_id,))


def _unpayable(claim: Claim, names: Collection[str]) -> tuple[Problem, ...]:
    if claim.entry_id is not None:
        return (Problem(code="claim_paid"),)
    if not claim.approved_by or claim.approved_by.casefold() in {n.casefold() for n in names}:
        return (Problem(code="claim_approval_needed", field="approved_by"),)
    return ()


def _payment(
    claim: Claim, payee: str, account: AccountId, fund: FundId, paid_on: dt.date, method: str
) -> EntryDraft:
    return EntryDraft(
        kind=EntryKind.PAYMENT,
        entry_on=paid_on,
        payee=payee,
        description="Expenses claimed",
        method=method,
        approved_by=claim.approved_by,
        person_id=claim.person_id,
        lines=tuple(_line(line, account, fund) for line in claim.lines),
    )


def put_claim_in_bin(register: Register, claim_id: int) -> Done | Refused:
    """Put a claim in the bin that was not paid yet."""
    claim = claims.get(register, claim_id)
    if claim is None or claim.entry_id is not None:
        return Refused(problems=(Problem(code="claim_paid" if claim else "claim_gone"),))
    text = f"put claim of {pounds(claim.total_pence)} in the bin"
    with register.transaction("claim.bin", text=text, topics=_TOPICS, subject_id=claim_id):
        claims.put_in_bin(register, claim_id)
    return Done(changes=_TOPICS, text=text, ids=(claim_id,))


def _line(line: ClaimLineDraft, account_id: AccountId, fund_id: FundId) -> LineDraft:
    return LineDraft(
        account_id=account_id,
        fund_id=line.fund_id or fund_id,
        amount_pence=-(line.amount_pence or 0),
        heading_id=line.heading_id,
        activity_id=line.activity_id,
        grant_id=line.grant_id,
        note=line.what,
    )


def _tidy(draft: ClaimDraft) -> ClaimDraft:
    return replace(
        draft,
        approved_by=clean(draft.approved_by),
        note=clean_lines(draft.note),
        lines=tuple(replace(line, what=clean_lines(line.what)) for line in draft.lines),
    )
