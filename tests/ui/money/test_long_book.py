"""A long cash book: the newest lines stand there at once, the others once somebody stays."""

import pytest

from app.storage import cash_book
from tests.conftest import TODAY

LINES = 130
_MANY = """
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :lines)
INSERT INTO entry (id, kind, entry_on, payee) SELECT i + 1000, 'payment', :day, 'Shop ' || i FROM n
"""
_THEIR_LINES = """
INSERT INTO entry_line (id, entry_id, account_id, fund_id, amount_pence)
SELECT id, id, :account, :fund, -100 FROM entry WHERE payee LIKE 'Shop %'
"""


@pytest.fixture
def part(tea_frame, purse, monkeypatch):
    """The book's part of the Money page, with three blocks of lines."""
    monkeypatch.setattr(cash_book, "PIECE", 20)
    with purse.register.all_or_nothing():
        values = {"lines": LINES, "day": TODAY.isoformat()}
        purse.register.execute(_MANY, values)
        purse.register.execute(_THEIR_LINES, {"account": purse.bank, "fund": purse.free})
    tea_frame.go_to("money")
    return tea_frame.money.book_part


def balances(part):
    return [row.balance_pence for row in part.model.rows]


def test_newest_lines_stand_there_before_the_book_is_looked_through(part):
    assert part.looked is None
    assert part.model.rowCount() == LINES + 2
    assert part.sums.text() == f"{LINES + 2} entries"
    first = balances(part)
    assert first[:2] == [920_00 - LINES * 100, 920_00 - (LINES - 1) * 100]


def test_what_is_found_later_changes_nothing_of_what_stands_there(part, qtbot):
    part.table.setCurrentIndex(part.model.index(3, 0))
    before, in_hand = balances(part), part.table.row
    qtbot.waitUntil(lambda: part.looked is not None)
    assert (balances(part), part.table.row) == (before, in_hand)
    part.table.scrollToBottom()
    assert part.model.row_at(LINES + 1).balance_pence == 720_00


def test_end_of_the_list_is_reached_before_all_is_looked_through(part):
    part.table.scrollToBottom()
    assert part.looked is None
    assert part.model.row_at(LINES + 1).balance_pence == 720_00


def test_search_looks_through_all_of_it_at_once(part, qtbot):
    part.search.setText("Shop 7")
    qtbot.waitUntil(lambda: part.looked is not None)
    assert all("7" in row.payee for row in part.model.rows)
    assert 11 <= part.model.rowCount() == len(part.looked.ids) < LINES
    part.escape()
    assert part.model.rowCount() == LINES + 2


def test_page_that_was_left_before_is_read_again(part, tea_frame):
    tea_frame.go_to("home")
    assert not part._calm.isActive()
    tea_frame.go_to("money")
    assert part._calm.isActive()
