"""Receipts are kept with their entries, once each, and undone like everything else."""

import datetime as dt

import pytest

from app.importers.receipt_files import ReceiptFile
from app.services import money
from app.services.result import Done, Refused
from app.storage.snapshot import Snapshot
from tests import builders

TILL = ReceiptFile(media_type="image/jpeg", file_name="till.jpg", content=b"\xff\xd8\x00'quoted'")


@pytest.fixture
def paid(register, purse):
    draft = builders.entry(dt.date(2026, 10, 7), (purse.cash, purse.free, -640), payee="Tesco")
    return money.save_entry(register, draft, today=dt.date(2026, 11, 3)).ids[0]


def test_a_receipt_comes_back_byte_for_byte(register, paid):
    done = money.keep_receipt(register, paid, TILL)
    assert done.text == "keep receipt with payment of £6.40 to Tesco"
    assert money.receipt_content(register, done.ids[0]) == TILL.content
    (kept,) = money.receipts_of(register, paid)
    assert (kept.media_type, kept.size) == ("image/jpeg", len(TILL.content))
    assert money.get_entry(register, paid).attachments == 1


def test_the_same_receipt_is_not_kept_twice(register, paid):
    money.keep_receipt(register, paid, TILL)
    answer = money.keep_receipt(register, paid, TILL)
    assert isinstance(answer, Refused)
    assert answer.text == "till.jpg is kept with this entry already."


def test_a_receipt_taken_away_can_be_had_back(register, paid):
    receipt_id = money.keep_receipt(register, paid, TILL).ids[0]
    assert isinstance(money.remove_receipt(register, receipt_id), Done)
    assert money.receipts_of(register, paid) == ()
    register.play(register.take_step(), use_case="undo")
    assert money.receipt_content(register, receipt_id) == TILL.content


def test_an_entry_in_the_bin_takes_no_receipts(register, paid):
    money.put_entry_in_bin(register, paid)
    assert isinstance(money.keep_receipt(register, paid, TILL), Refused)


def test_a_snapshot_shows_no_receipts_bytes(register, paid):
    money.keep_receipt(register, paid, TILL)
    snapshot = Snapshot.of(register)
    with pytest.raises(Exception, match="prohibited"):
        snapshot.rows("SELECT content FROM attachment_content")
