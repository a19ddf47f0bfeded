"""What a grant paid, in a list without pictures: a payment a line, or those to one payee together."""

import datetime as dt
from collections.abc import Mapping, Sequence

from app.domain.ids import EntryId
from app.domain.money import pounds, short_pounds
from app.domain.periods import MONTHS
from app.returns.counting.filling import Filling
from app.returns.filled import Align, Block, Cell, Column, Row, Table, Text, table_json, text
from app.returns.language.page_kinds import ReceiptsSpec
from app.returns.parts.money.evidence import numbered, warn_of_bare, what_for
from app.storage import receipts, year_accounts
from app.storage.year_accounts import Paid

_Numbers = Mapping[EntryId, tuple[int, ...]]


def receipts_listed(filling: Filling, spec: ReceiptsSpec) -> Sequence[Block]:
    """Return the list of what the grant paid in the period, with the numbers of its receipts.

    They are the numbers of the evidence bundle for the same period.
    """
    if filling.grant is None:
        return ()
    every = year_accounts.paid(filling.register, filling.grant.id, filling.period)
    kept = {one.entry_id: receipts.of_entry(filling.register, one.entry_id) for one in every}
    lines = [one for one in every if one.whole_pence >= spec.from_pounds * 100]
    warn_of_bare(filling, {one.entry_id: kept[one.entry_id] for one in lines})
    numbers = numbered(kept)
    groups = _together(lines) if spec.together else [[one] for one in lines]
    shown, rest = _cut_off(groups, spec.most)
    rows = [_row(paid, numbers) for paid in shown]
    if rest:
        rows.append(_rest(rest, numbers))
    table = Table(
        id="receipts",
        columns=(
            Column(title="Date", weight=1.4),
            Column(title="Paid to", weight=2.0),
            Column(title="What for", weight=2.6),
            Column(title="Receipt", weight=1.0),
            Column(title="Amount", align=Align.RIGHT),
        ),
        rows=tuple(rows),
        total=_total(lines) if lines else None,
        notes=_notes(spec, every, lines, numbers),
        summary="Every payment from the grant, with the number of its receipt",
        empty_text="Nothing was paid from this grant in the period.",
        header_column=None,
        font_size=9.5,
    )
    filling.tables.append({**table_json(table), "total_pence": _pence(lines)})
    return (table,)


def _together(lines: Sequence[Paid]) -> list[list[Paid]]:
    same: dict[tuple[str, str], list[Paid]] = {}
    for one in lines:
        same.setdefault((one.payee or one.description, one.heading), []).append(one)
    return list(same.values())


def _cut_off(groups: list[list[Paid]], most: int) -> tuple[list[list[Paid]], list[Paid]]:
    """Return the lines to print, the largest in their order, and the payments of all the others."""
    if not most or len(groups) <= most:
        return groups, []
    largest = sorted(groups, key=_pence, reverse=True)[: most - 1]
    kept = {id(paid) for paid in largest}
    others = [one for paid in groups if id(paid) not in kept for one in paid]
    return [paid for paid in groups if id(paid) in kept], others


def _pence(paid: Sequence[Paid]) -> int:
    return sum(one.pence for one in paid)


def _rest(paid: Sequence[Paid], numbers: _Numbers) -> Row:
    """Return one line of all the smaller payments, whoever had them."""
    days = sorted(one.day for one in paid)
    payees = len({one.payee or one.description for one in paid})
    texts = (
        _days(days[0], days[-1]),
        f"{payees} others" if payees > 1 else paid[0].payee,
        f"{len(paid)} smaller payments",
        _in_runs(_receipts(paid, numbers)) or "none",
        pounds(_pence(paid)),
    )
    return tuple(Cell(text=said) for said in texts)


def _receipts(paid: Sequence[Paid], numbers: _Numbers) -> list[int]:
    return [n for entry in dict.fromkeys(one.entry_id for one in paid) for n in numbers[entry]]


def _row(paid: Sequence[Paid], numbers: _Numbers) -> Row:
    first, last = paid[0], paid[-1]
    several = len(paid) > 1
    texts = (
        _days(first.day, last.day),
        first.payee,
        f"{first.heading or first.description}, {len(paid)} payments"
        if several
        else what_for(first),
        _in_runs(_receipts(paid, numbers)) or "none",
        pounds(_pence(paid)),
    )
    return tuple(Cell(text=said) for said in texts)


def _days(first: dt.date, last: dt.date) -> str:
    """Return a day, or the first and last of several, in few words: 22 Feb to 12 Jun 2026."""
    until = f"{last.day} {MONTHS[last.month - 1][:3]} {last.year}"
    if first == last:
        return until
    year = f" {first.year}" if first.year != last.year else ""
    return f"{first.day} {MONTHS[first.month - 1][:3]}{year} to {until}"


def _in_runs(numbers: Sequence[int]) -> str:
    """Return numbers as people write many: 1, 3 to 9, 12."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a} to {b}" for a, b in runs)


def _total(lines: Sequence[Paid]) -> Row:
    whole = pounds(_pence(lines))
    return (Cell(text="Together", bold=True), Cell(), Cell(), Cell(), Cell(text=whole, bold=True))


def _notes(
    spec: ReceiptsSpec, every: Sequence[Paid], lines: Sequence[Paid], numbers: _Numbers
) -> tuple[Text, ...]:
    notes = []
    if spec.from_pounds:
        others = _pence(every) - _pence(lines)
        least = short_pounds(spec.from_pounds * 100)
        notes.append(f"Payments of {least} or more. Smaller ones together: {pounds(others)}.")
    if any(numbers[one.entry_id] for one in lines):
        notes.append("Every receipt is in the evidence bundle of the same period, by its number.")
    return tuple(text(note) for note in notes)
