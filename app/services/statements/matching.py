"""Which lines of a statement the book has already: by the bank's own key, or offered as the same."""

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from app.domain.ids import AccountId
from app.domain.ledger import Account, EntryKind
from app.domain.names import plain
from app.importers.bank.records import BankRow
from app.storage.statements import KnownLine

NEAR_DAYS = 5
"""How far from the bank's day a line typed by hand may be dated."""
_OWN_MONEY = re.compile(r"\b(transfer|tfr|xfer|savings?|own account|between accounts|withdrawal)\b")


class Fate(StrEnum):
    """What becomes of a line of a statement."""

    NEW = "new"
    KNOWN = "known"
    """The very same line was imported before."""
    TYPED = "typed"
    """The book has it, typed by hand: offered as the same."""
    AGAIN = "again"
    """Another download had it, in other words: offered as the same."""
    TRANSFER = "transfer"
    """The other side of it stands in another account of the book: offered as one transfer."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A line of the statement, its key, and the entry of the book that is the same."""

    row: BankRow = field(repr=False)
    key: str
    fate: Fate = Fate.NEW
    known: KnownLine | None = field(default=None, repr=False)


def keys_of(account_id: AccountId | int, rows: Sequence[BankRow]) -> tuple[str, ...]:
    """Return the key of each line: account, day, amount, words, and which of its equals it is.

    Two equal lines on one day have two keys; the same line in another download has the same one.
    """
    seen: dict[tuple[object, ...], int] = {}
    keys: list[str] = []
    for row in rows:
        words = row.bank_id or plain(row.text)
        what = (row.day.isoformat(), row.amount_pence, bool(row.bank_id), words)
        seen[what] = seen.get(what, 0) + 1
        digest = hashlib.sha256(repr((*what, seen[what])).encode()).hexdigest()[:32]
        keys.append(f"{account_id}:{digest}")
    return tuple(keys)


def sought(rows: Sequence[BankRow]) -> tuple[frozenset[int], frozenset[str]]:
    """Return the amounts (pence, above nothing) and keys by which the book may have lines."""
    amounts = frozenset(abs(row.amount_pence) for row in rows)
    return amounts, frozenset(key.partition(":")[2] for key in keys_of(0, rows))


def match_rows(
    account_id: AccountId | int,
    rows: Sequence[BankRow],
    known: Sequence[KnownLine],
    accounts: Mapping[AccountId, Account],
    *,
    declined: frozenset[int] = frozenset(),
) -> tuple[Match, ...]:
    """Return what the book has of each line; ``declined`` lines (by place) are not taken as the same."""
    keys = keys_of(account_id, rows)
    matches = [Match(row=row, key=key) for row, key in zip(rows, keys, strict=True)]
    ours = [line for line in known if line.account_id == account_id]
    by_key = {key: line for line in ours for key in line.bank_key.split()}
    used: set[int] = set()
    for index, key in enumerate(keys):
        if key in by_key:
            _take(matches, index, Fate.KNOWN, by_key[key], used)
    prefix, here = f"{account_id}:", set(keys)

    def again(line: KnownLine) -> bool:
        own = [key for key in line.bank_key.split() if key.startswith(prefix)]
        return bool(own) and not here & set(own)

    def typed(line: KnownLine) -> bool:
        return not any(key.startswith(prefix) for key in line.bank_key.split())

    live = [line for line in ours if not line.binned]
    _offer(matches, Fate.AGAIN, filter(again, live), 0, used, declined)
    _offer(matches, Fate.TYPED, filter(typed, live), NEAR_DAYS, used, declined)
    others = [
        line for line in known
        if line.account_id != account_id and not line.binned and line.lines == 1
        and not line.headed and line.kind is not EntryKind.TRANSFER and line.bank_key
    ]  # fmt: skip
    _offer_transfers(matches, others, accounts, account_id, used, declined)
    return tuple(matches)


def _take(matches: list[Match], index: int, fate: Fate, line: KnownLine, used: set[int]) -> None:
    matches[index] = Match(row=matches[index].row, key=matches[index].key, fate=fate, known=line)
    used.add(line.entry_id)


def _offer(
    matches: list[Match],
    fate: Fate,
    lines: Iterable[KnownLine],
    days: int,
    used: set[int],
    declined: frozenset[int],
) -> None:
    """Pair lines with entries of the same amount, the nearest days and most like words first."""
    by_amount: dict[int, list[KnownLine]] = {}
    for line in lines:
        if line.entry_id not in used:
            by_amount.setdefault(line.amount_pence, []).append(line)
    _pair(matches, fate, by_amount, days, used, declined, lambda _row, _line: True)


def _pair(
    matches: list[Match],
    fate: Fate,
    by_amount: Mapping[int, Sequence[KnownLine]],
    days: int,
    used: set[int],
    declined: frozenset[int],
    fits: Callable[[BankRow, KnownLine], bool],
) -> None:
    pairs: list[tuple[int, int, int, int, KnownLine]] = []
    words = cache(_words)  # a sum that is often paid has many lines, each beside many others
    for index, match in enumerate(matches):
        if match.fate is not Fate.NEW or index in declined:
            continue
        for line in by_amount.get(match.row.amount_pence, ()):
            apart = abs((line.entry_on - match.row.day).days)
            if apart <= days and fits(match.row, line):
                alike = len(words(match.row.text) & words(line.words))
                pairs.append((apart, -alike, index, line.entry_id, line))
    taken: set[int] = set()
    for _, _, index, entry_id, line in sorted(pairs, key=lambda pair: pair[:4]):
        if index not in taken and entry_id not in used:
            taken.add(index)
            _take(matches, index, fate, line, used)


def _words(text: str) -> frozenset[str]:
    return frozenset(plain(text).split())


def _offer_transfers(
    matches: list[Match],
    others: Sequence[KnownLine],
    accounts: Mapping[AccountId, Account],
    account_id: AccountId | int,
    used: set[int],
    declined: frozenset[int],
) -> None:
    """Pair a line with what went the other way in another account, where one of them says so."""
    by_amount: dict[int, list[KnownLine]] = {}
    for line in others:
        if line.entry_id not in used:
            by_amount.setdefault(-line.amount_pence, []).append(line)
    names = {one: plain(account.name) for one, account in accounts.items()}
    ours = names.get(AccountId(account_id), "")

    spelt = cache(plain)

    def fits(row: BankRow, line: KnownLine) -> bool:
        here, there = spelt(row.text), spelt(line.words)
        told = _OWN_MONEY.search(here) or _OWN_MONEY.search(there)
        named = (names.get(line.account_id) or "\n") in here or (ours or "\n") in there
        return bool(told or named)

    _pair(matches, Fate.TRANSFER, by_amount, NEAR_DAYS, used, declined, fits)


def around(rows: Sequence[BankRow]) -> tuple[dt.date, dt.date] | None:
    """Return the days in which the same lines may stand in the book."""
    if not rows:
        return None
    near = dt.timedelta(days=NEAR_DAYS)
    days = [row.day for row in rows]
    first, last = min(days), max(days)
    return (
        first - near if first > dt.date.min + near else first,
        last + near if last < dt.date.max - near else last,
    )
