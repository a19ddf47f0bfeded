"""Looking through the cash book: order, balances, what narrows it, what it can be found by."""

import datetime as dt

import pytest

from app.domain.ledger import EntryKind, transfer
from app.services import money
from app.services.money import WantedMoney, finding
from app.storage import cash_book
from tests import builders
from tests.conftest import TODAY

DAY = dt.date(2026, 10, 1)


def look(register, wanted=None, typed=""):
    """Look to the end; return what was found and its rows."""
    wanted = wanted or WantedMoney()
    work = money.look_through(register, wanted, typed)
    while True:
        try:
            next(work)
        except StopIteration as end:
            looked = end.value
            rows = money.money_rows(register, looked, wanted, offset=0, limit=len(looked.ids))
            return looked, rows


@pytest.fixture
def book(register, purse):
    """Subs, hall hire over two funds, tea from the tin, and a transfer from bank to tin."""
    heads = purse.headings

    def add(draft):
        return money.save_entry(register, draft, today=TODAY).ids[0]

    def on(day):
        return DAY.replace(day=day)

    purse.grant = add(
        builders.entry(on(1), (purse.bank, purse.hall, 200_00, {"heading_id": heads["Grants"]}),
                       payee="Linslade Council")
    )  # fmt: skip
    purse.rent = add(
        builders.entry(
            on(2), (purse.bank, purse.hall, -30_00, {"heading_id": heads["Hall hire"]}),
            (purse.bank, purse.free, -15_00, {"heading_id": heads["Hall hire"]}),
            payee="Village hall", reference="INV 77",
        )
    )  # fmt: skip
    purse.moved = add(
        transfer(entry_on=on(3), amount_pence=30_00, accounts=(purse.bank, purse.cash),
                 funds=(purse.free, purse.free))
    )  # fmt: skip
    purse.tea = add(builders.entry(on(3), (purse.cash, purse.free, -6_40), payee="Corner shop"))
    return purse


def test_newest_comes_first_with_the_balance_of_the_account(register, book):
    _, rows = look(register, WantedMoney(account_id=book.bank))
    assert [(r.entry_id, r.amount_pence, r.balance_pence) for r in rows] == [
        (book.moved, -30_00, 225_00),
        (book.rent, -45_00, 255_00),
        (book.grant, 200_00, 300_00),
    ]
    assert [r.balance_pence for r in rows] == [
        row.balance_pence for row in money.account_book(register, book.bank)
    ]


def test_transfer_changes_nothing_of_all_accounts_together(register, book):
    looked, rows = look(register)
    moved = next(r for r in rows if r.entry_id == book.moved)
    assert (moved.amount_pence, moved.moved_pence) == (0, 30_00)
    assert moved.accounts == ("Current account", "Petty cash")
    assert rows[0].balance_pence == sum(money.account_balances(register).values())
    assert (looked.in_pence, looked.out_pence) == (200_00, 51_40)


def test_split_entry_says_how_many_funds(register, book):
    _, rows = look(register)
    rent = next(r for r in rows if r.entry_id == book.rent)
    assert (rent.funds, rent.headings, rent.heading) == (2, 1, "Hall hire")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (lambda b: WantedMoney(fund_id=b.hall), ("rent", "grant")),
        (lambda b: WantedMoney(heading_id=b.headings["Hall hire"]), ("rent",)),
        (lambda b: WantedMoney(first=DAY.replace(day=3)), ("tea", "moved")),
        (lambda b: WantedMoney(last=DAY), ("grant",)),
        (lambda b: WantedMoney(to_sort=True), ("tea",)),
        (lambda b: WantedMoney(no_receipt=True), ("tea", "rent")),
        (lambda b: WantedMoney(bin=True), ()),
    ],
)
def test_book_is_narrowed(register, book, wanted, found):
    looked, _ = look(register, wanted(book))
    assert looked.ids == tuple(getattr(book, name) for name in found)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("villa", ("rent",)),
        ("inv 77", ("rent",)),
        ("45", ("rent",)),
        ("£15.00", ("rent",)),
        ("6.40", ("tea",)),
        ("council linslade", ("grant",)),
        ("nobody", ()),
    ],
)
def test_book_is_found_by_words_and_amounts(register, book, typed, found):
    looked, _ = look(register, typed=typed)
    assert looked.ids == tuple(getattr(book, name) for name in found)


def test_narrowed_lines_keep_the_balance_of_the_whole_account(register, book):
    _, rows = look(register, WantedMoney(account_id=book.bank, fund_id=book.hall))
    assert [r.balance_pence for r in rows] == [255_00, 300_00]


def test_bin_is_seen_alone_and_has_no_balance(register, book):
    money.put_entry_in_bin(register, book.tea)
    looked, rows = look(register, WantedMoney(bin=True))
    assert looked.ids == (book.tea,)
    assert rows[0].balance_pence is None
    assert rows[0].binned


def test_pieces_come_to_the_same_as_the_whole(register, book, monkeypatch):
    whole, _ = look(register)
    monkeypatch.setattr(cash_book, "PIECE", 1)
    in_pieces, _ = look(register)
    assert in_pieces == whole


@pytest.mark.parametrize(("hand", "place"), [(None, 0), ("tea", 0), ("rent", 2), ("grant", 3)])
def test_newest_are_the_same_before_the_book_is_looked_through(
    register, book, monkeypatch, hand, place
):
    gone = builders.entry(DAY.replace(day=2), (book.bank, book.free, -1_00), payee="Gone")
    money.put_entry_in_bin(register, money.save_entry(register, gone, today=TODAY).ids[0])
    monkeypatch.setattr(cash_book, "PIECE", 1)
    _, rows = look(register)
    newest = money.newest_money(register, getattr(book, hand) if hand else None)
    assert (newest.count, newest.place) == (len(rows), place)
    for offset in range(len(rows)):
        piece = money.newest_rows(register, newest, offset=offset, limit=3)
        assert piece == rows[offset : offset + 3]


def test_short_book_is_looked_through_at_once(register, book):
    assert money.newest_money(register, book.tea) is None


def test_list_that_reaches_far_down_is_looked_through(register, book, monkeypatch):
    monkeypatch.setattr(cash_book, "PIECE", 1)
    monkeypatch.setattr(finding, "_FIRST", 2)
    assert money.newest_money(register, book.tea).reaches(1)
    assert not money.newest_money(register, book.tea).reaches(2)
    assert money.newest_money(register, book.rent) is None


def test_payees_are_offered_with_the_last_entry_of_theirs(register, book):
    again = money.save_entry(
        register,
        builders.entry(DAY.replace(day=20), (book.bank, book.free, -9_00), payee="village Hall"),
        today=TODAY,
    ).ids[0]
    assert [entry for _, entry in money.likely_payees(register, "vill")] == [again]
    assert money.likely_payees(register, "hall")[0][1] == again
    assert money.likely_payees(register, "") == ()
    (found,) = money.find_payments(register, "shop")
    assert (found.id, found.kind) == (book.tea, EntryKind.PAYMENT)
