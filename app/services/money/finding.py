"""Look through the cash book: by account, fund, heading, grant, activity, day; by words and amount."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from app.domain.ids import EntryId, PersonId, SessionId
from app.domain.ledger import Entry, EntryKind
from app.domain.money import read_pounds
from app.domain.names import plain
from app.storage import cash_book, money
from app.storage.cash_book import MoneyRow, WantedMoney
from app.storage.register import Register

_MOST_OFFERED = 8
_LONG = 10_000
_FIRST = 2_000
"""Of the newest so many are read as they lie; those under them are found by looking through the book."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedMoney:
    """What was found of the book, the newest first."""

    ids: tuple[EntryId, ...]
    balances: tuple[int, ...]
    """After each of them, in the account asked for or in all (pence); none for the bin."""
    in_pence: int
    out_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewestMoney:
    """The book with nothing asked of it, before it is looked through."""

    count: int
    place: int
    """Where the entry in hand stands, from 0."""
    held_pence: int
    """What all accounts hold now."""

    def reaches(self, offset: int) -> bool:
        """Return whether lines from a place on are read as they lie."""
        return offset < _FIRST


def newest_money(
    register: Register, in_hand: EntryId | None = None, *, held_pence: int | None = None
) -> NewestMoney | None:
    """Return what a longer book begins with; None where it is looked through as quickly.

    That is a short book, and one in which the entry in hand stands far down. What all accounts
    hold is added up where it is not given.
    """
    total = cash_book.outside_bin(register)
    if total <= cash_book.PIECE:
        return None
    place = cash_book.newer_than(register, in_hand, _FIRST) if in_hand is not None else 0
    if place >= _FIRST:
        return None
    if held_pence is None:
        held_pence = sum(money.account_balances(register).values())
    return NewestMoney(count=total, place=place, held_pence=held_pence)


def newest_rows(
    register: Register, newest: NewestMoney, *, offset: int, limit: int
) -> tuple[MoneyRow, ...]:
    """Return some of the newest lines of the book, each with the balance after it."""
    return cash_book.newest(register, newest.held_pence, offset=offset, limit=limit)


def look_through(
    register: Register, wanted: WantedMoney, typed: str = ""
) -> Generator[tuple[int, int], None, LookedMoney]:
    """Look through the book a piece at a time; yields (done, total)."""
    words, pence = plain(typed).split(), _amount(typed)
    later = 0
    total, done, before = cash_book.count(register), 0, cash_book.END
    ids: list[EntryId] = []
    balances: list[int] = []
    known: dict[str, str] = {}
    came = went = 0
    while before is not None:
        passed, going_on = cash_book.piece(register, wanted, before, with_words=bool(words))
        for one in passed:
            if one.matches and (not words or _found(one, words, pence, known)):
                ids.append(one.entry_id)
                balances.append(later)
                came += max(0, one.amount_pence)
                went -= min(0, one.amount_pence)
            later += one.amount_pence
        done += len(passed)
        if going_on is None:
            break
        before = going_on
        yield done, total
    held = cash_book.opening(register, wanted.account_id) + later
    return LookedMoney(
        ids=tuple(ids),
        balances=() if wanted.bin else tuple(held - moved_later for moved_later in balances),
        in_pence=came,
        out_pence=went,
    )


def money_rows(
    register: Register, looked: LookedMoney, wanted: WantedMoney, *, offset: int, limit: int
) -> tuple[MoneyRow, ...]:
    """Return some lines of what was found, each with the balance after it."""
    ids = looked.ids[offset : offset + limit]
    rows = cash_book.rows_of(register, ids, wanted.account_id)
    if not looked.balances:
        return rows
    balance = dict(zip(ids, looked.balances[offset : offset + limit], strict=True))
    return tuple(replace(row, balance_pence=balance[row.entry_id]) for row in rows)


def rows_with_ids(register: Register, ids: Sequence[EntryId]) -> tuple[MoneyRow, ...]:
    """Return entries as lines of the book, without balances."""
    return cash_book.rows_of(register, ids)


def entries_of_person(register: Register, person_id: PersonId) -> tuple[MoneyRow, ...]:
    """Return what was paid to a person or came from them, the newest first."""
    return cash_book.rows_of(register, cash_book.of_person(register, person_id))


def likely_payees(register: Register, typed: str) -> tuple[tuple[str, EntryId], ...]:
    """Return whom a name that is being typed may be, each with the last entry of theirs."""
    wanted = plain(typed)
    if not wanted:
        return ()
    known = [(plain(name), name, entry) for name, entry in cash_book.payees(register)]
    begins = [one for one in known if one[0].startswith(wanted)]
    inside = [one for one in known if wanted in one[0] and one not in begins]
    return tuple((name, entry) for _, name, entry in (*begins, *inside)[:_MOST_OFFERED])


def find_payments(register: Register, typed: str, *, limit: int = 4) -> tuple[Entry, ...]:
    """Return the latest entries with a payee as typed, for the search over all pages."""
    wanted = plain(typed)
    known = cash_book.payees(register) if wanted else ()
    found = [entry for name, entry in known if wanted in plain(name)][:limit]
    kept = {entry.id: entry for entry in money.many(register, found)}
    return tuple(kept[one] for one in found if one in kept)


def _amount(typed: str) -> int | None:
    pence = read_pounds(typed) if typed.strip() else None
    return abs(pence) if isinstance(pence, int) else None


def _found(
    one: cash_book.Passed, words: list[str], pence: int | None, known: dict[str, str]
) -> bool:
    if pence is not None and pence in one.amounts:
        return True
    said = known.get(one.words)
    if said is None:
        said = known[one.words] = plain(one.words)
    return all(word in said for word in words)


def is_long(register: Register) -> bool:
    """Say whether the book is so long that its sums take longer than a window may stand still."""
    return cash_book.count(register) > _LONG


def payments_at(register: Register, session_id: SessionId) -> tuple[MoneyRow, ...]:
    """Return what was paid at a session, the oldest first."""
    entries = money.of_session(register, session_id)
    paid = [entry.id for entry in entries if entry.kind is EntryKind.PAYMENT]
    return cash_book.rows_of(register, paid)
