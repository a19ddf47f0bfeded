"""Part of the cash book: the bank's statements, what was learned from them, loans between funds."""

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.periods import Period, month_of
from app.services.example import prices
from app.services.example.size import Size
from app.services.example.till import BANK, FREE, SET_ASIDE, Entry, Till
from app.services.example.writing import Writer
from app.services.money.bank_rules import pattern_of

_MONTHS = {Size.SMALL: 12, Size.BUSY: 120, Size.UMBRELLA: 12}
_IMPORTED = 4
"""The latest statements came as files; those before them on paper."""
_SEEN_AFTER = 3
"""Days after a month's end on which its statement is there."""
_RULES = 6
_LENT, _LENT_LATELY = 10_000, 6_000

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Month:
    """A statement: its days, its balances, and the places of its entries."""

    period: Period
    opening: int
    closing: int
    entries: tuple[int, ...]


def write(writer: Writer, till: Till, known: dict[tuple[str, str], int]) -> None:
    """Write statements, rules and loans; nothing of this changes what any account holds."""
    months = list(_months(writer, till))[-_MONTHS[writer.world.size] :]
    _statements(writer, months)
    _rules(writer, till.entries, known)
    _loans(writer, till)


def _months(writer: Writer, till: Till) -> Iterator[_Month]:
    """Yield every month that was over when the last statement came, the oldest first."""
    world = writer.world
    by_month: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place, entry in enumerate(till.entries):
        pence = sum(line.pence for line in entry.lines if line.account == BANK)
        if pence:
            day = dt.date.fromordinal(entry.day)
            by_month.setdefault((day.year, day.month), []).append((place, pence))
    held, day = till.target, world.first
    while (month := month_of(day)).last + dt.timedelta(days=_SEEN_AFTER) <= world.ending:
        moved = by_month.get((day.year, day.month), [])
        closing = held + sum(pence for _, pence in moved)
        yield _Month(
            period=Period(first=max(month.first, world.first), last=month.last),
            opening=held, closing=closing, entries=tuple(place for place, _ in moved),
        )  # fmt: skip
        held, day = closing, month.last + dt.timedelta(days=1)


def _statements(writer: Writer, months: Sequence[_Month]) -> None:
    world = writer.world
    account, entry = world.first_id("account"), world.first_id("entry")
    run, first = writer.next_id("import_run"), writer.next_id("statement")
    imported = range(max(0, len(months) - _IMPORTED), len(months))

    def stamp(month: _Month) -> str:
        return f"{month.period.last + dt.timedelta(days=_SEEN_AFTER)}T19:40:00+00:00"

    writer.rows(
        "import_run", "kind file_name file_sha256 done_at rows added matched skipped counts",
        (
            ("bank", name := f"statement-{months[at].period.last:%Y-%m}.csv",
             hashlib.sha256(name.encode()).hexdigest(), stamp(months[at]),
             count := len(months[at].entries), 0, count, 0, json.dumps({"transactions": 0}))
            for at in imported
        ),
    )  # fmt: skip
    writer.rows(
        "statement", "account_id from_on to_on opening_pence closing_pence agreed_at import_id",
        (
            (account, month.period.first.isoformat(), month.period.last.isoformat(), month.opening,
             month.closing, stamp(month) if at < len(months) - 1 else None,
             run + at - imported.start if at in imported else None)
            for at, month in enumerate(months)
        ),
    )  # fmt: skip
    writer.fill(
        "statement_entry",
        "statement_id entry_id",
        ((first + at, entry + place) for at, month in enumerate(months) for place in month.entries),
    )


def _rules(writer: Writer, entries: Sequence[Entry], known: dict[tuple[str, str], int]) -> None:
    """Write what was learned of those who are paid most often."""
    world = writer.world
    paid = Counter(
        (one.name, one.lines[0].heading)
        for one in entries
        if one.kind == "payment" and one.lines[0].account == BANK and one.lines[0].heading
        and not (one.wish and one.wish.person is not None)
    )  # fmt: skip
    rules: dict[str, Row] = {}
    learned = f"{world.ending - dt.timedelta(days=20)}T19:45:00+00:00"
    for (name, heading), used in sorted(paid.items(), key=lambda one: (-one[1], one[0])):
        pattern = pattern_of(name)
        if pattern and pattern not in rules and len(rules) < _RULES:
            fund = world.first_id("fund") + FREE
            rules[pattern] = (
                pattern, "payment", name, fund, known["payment", heading], learned, used
            )  # fmt: skip
    writer.rows(
        "bank_rule", "pattern side payee fund_id heading_id learned_at used", rules.values()
    )


def _loans(writer: Writer, till: Till) -> None:
    """Write one loan that was paid back when a grant came, and one that runs."""
    world = writer.world
    fund, start, today = world.first_id("fund"), world.first.toordinal(), world.ending.toordinal()
    held = [one for one in till.grants if one.awarded and start < one.first < today - 60]
    running = [one for one in held if one.state == "awarded"]
    treasurer = prices.book()["names"]["treasurers"][0]
    rows: list[Row] = []
    if held:
        first = held[0].first
        rows.append(
            (fund + FREE, fund + held[0].fund, _LENT, _text(first), _text(first + 20),
             "Committee, item 3: until the grant is paid")
        )  # fmt: skip
    if running:
        rows.append(
            (fund + SET_ASIDE, fund + running[-1].fund, _LENT_LATELY, _text(today - 34), None,
             f"Committee, item 6: proposed by {treasurer}, agreed by all")
        )  # fmt: skip
    writer.rows("fund_loan", "from_fund_id to_fund_id amount_pence from_on repaid_on minute", rows)


def _text(day: int) -> str:
    return dt.date.fromordinal(day).isoformat()
