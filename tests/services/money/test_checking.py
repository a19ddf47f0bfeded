"""`check` looks the cash book over: each thing that cannot be so is named, and a sound book has none."""

import datetime as dt

import pytest

from app.domain.ledger import EntryDraft, EntryKind, LineDraft
from app.importers.receipt_files import ReceiptFile
from app.services import money, registers
from app.storage.register import Register
from tests import builders

TODAY = dt.date(2026, 11, 3)
DAY = dt.date(2026, 10, 7)


@pytest.fixture
def paid(register, purse):
    draft = builders.entry(DAY, (purse.bank, purse.free, -640), payee="Corner shop")
    return money.save_entry(register, draft, today=TODAY).ids[0]


def broken(register, *statements):
    with register.transaction("test", bulk=True):
        for sql in statements:
            register.execute(sql)
    return registers.check(register)


def test_a_sound_cash_book_has_no_findings(register, purse, paid):
    lines = tuple(
        LineDraft(account_id=purse.bank, fund_id=fund, amount_pence=pence)
        for fund, pence in ((purse.free, -500), (purse.hall, 500))
    )
    moved = EntryDraft(kind=EntryKind.TRANSFER, entry_on=DAY, lines=lines, minute="Item 3")
    money.save_entry(register, moved, today=TODAY)
    assert registers.check(register) == ()


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("DELETE FROM entry_line", "A receipt, payment or transfer has no lines"),
        ("UPDATE entry SET kind = 'transfer'", "A transfer does not come to nothing"),
        ("UPDATE entry_line SET amount_pence = 640", "A receipt takes money out, or a payment"),
        (
            "UPDATE entry SET entry_on = '2026-03-31'",
            "Money is dated before its account was opened",
        ),
    ],
)
def test_what_cannot_be_is_named_with_its_id(register, paid, sql, said):
    (finding,) = [one for one in broken(register, sql) if one.startswith(said)]
    assert finding.endswith(f": {paid}.")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("fund", "which does not make the £100.00 it is said to hold."),
        ("fund", "a line names an account or a fund that is not there."),
        ("account", "but the funds −£6.40: a line names an account or a fund that is not there."),
    ],
)
def test_accounts_and_funds_that_do_not_come_to_the_same_are_named(register, paid, table, said):
    register.rows("PRAGMA foreign_keys = OFF")
    found = broken(register, f"DELETE FROM {table}")
    assert any(one.endswith(said) for one in found), found


def test_money_moved_between_funds_without_a_minute_is_named(register, purse, paid):
    found = broken(
        register,
        f"UPDATE entry SET kind = 'transfer' WHERE id = {paid}",
        "INSERT INTO entry_line (id, entry_id, account_id, fund_id, amount_pence)"
        f" VALUES (1, {paid}, {purse.bank}, {purse.hall}, 640)",
    )
    assert found == (f"Money moved from one fund to another without a minute: {paid}.",)


def test_a_tied_fund_below_nothing_is_named_unless_a_loan_covers_it(register, purse, paid):
    found = broken(register, f"UPDATE entry_line SET fund_id = {purse.hall}")
    assert found == (
        "The fund Hall grant is £6.40 below nothing on Wed 7 Oct 2026, loans to it counted.",
    )
    loan = (
        "INSERT INTO fund_loan (id, from_fund_id, to_fund_id, amount_pence, from_on)"
        f" VALUES (1, {purse.free}, {purse.hall}, 640, '2026-10-01')"
    )
    assert broken(register, loan) == ()


def test_a_receipt_that_no_longer_opens_is_named(register, paid):
    file = ReceiptFile(
        media_type="image/jpeg", file_name="till.jpg", content=b"\xff\xd8\x00 no picture"
    )
    kept = money.keep_receipt(register, paid, file).ids[0]
    assert registers.check(register) == (f"A receipt cannot be read: {kept}.",)


def test_a_receipt_whose_bytes_were_changed_is_named(register, paid, small_example):
    with registers.open_register(small_example, write=False) as example:
        sound = bytes(example.value("SELECT content FROM attachment_content"))
    file = ReceiptFile(media_type="image/jpeg", file_name="till.jpg", content=sound)
    kept = money.keep_receipt(register, paid, file).ids[0]
    assert registers.check(register) == ()
    found = broken(register, "UPDATE attachment SET sha256 = 'another'")
    assert found == (f"A receipt cannot be read: {kept}.",)


def test_a_receipt_without_its_bytes_is_named(register, paid):
    file = ReceiptFile(media_type="application/pdf", file_name="bill.pdf", content=b"%PDF-1.4 torn")
    kept = money.keep_receipt(register, paid, file).ids[0]
    assert registers.check(register) == (f"A receipt cannot be read: {kept}.",)
    found = broken(register, "DELETE FROM attachment_content")
    assert found == (f"A receipt's picture or PDF is not in the book: {kept}.",)


def test_a_file_without_a_table_or_a_column_is_told_so_in_words(tmp_path):
    with Register.create(tmp_path / "cut.hallbook") as register:
        (finding,) = broken(
            register,
            "DROP VIEW gift_in_kind_counted",
            "DROP VIEW match_funding_counted",
            "DROP TABLE gift_in_kind",
            "ALTER TABLE match_funding DROP COLUMN source",
        )
    assert finding.startswith("The file has no gift_in_kind, match_funding.source, which every")
