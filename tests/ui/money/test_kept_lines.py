"""Money is read again after a change, and what says the same stays the widget it is."""

from dataclasses import replace

import pytest

from app.domain.changes import Topic
from app.services import money
from tests import builders
from tests.conftest import TODAY
from tests.ui.money.changes import TIED

TIED_TOO = replace(TIED, name="Second pot")


@pytest.fixture
def lines(page):
    """The columns of lines on the page, by name; grants are on two of its parts."""
    page.tabs.show_part("funds")
    part = page.funds_part
    return {
        "grants": page.book_part.side_lines,
        "funds": part._lists[part.funds],
        "loans": part._lists[part.loans],
        "accounts": part._lists[part.accounts],
        "budget": part.card._budget,
        "beside": part.beside._lines,
    }


def widgets(lines):
    return {
        name: tuple(each.itemAt(place).widget() for place in range(each.count()))
        for name, each in lines.items()
    }


def look_at_both(page):
    for part in ("book", "funds"):
        page.tabs.show_part(part)


def test_lines_that_say_the_same_stay(page, lines):
    look_at_both(page)
    before = widgets(lines)
    assert all(before.values())
    page.book.events.announce(frozenset(Topic), None)
    look_at_both(page)
    assert widgets(lines) == before


def test_lines_that_say_something_else_are_made_again(page, lines, purse):
    look_at_both(page)
    before = widgets(lines)
    line = {"heading_id": purse.heads["Hall hire"], "grant_id": purse.trust}
    paid = builders.entry(TODAY, (purse.bank, purse.hall, -30_00, line), payee="Hall")
    page.book.commands.run(lambda: money.save_entry(page.book.register, paid, today=TODAY))
    look_at_both(page)
    after = widgets(lines)
    assert {name for name in lines if after[name] != before[name]} == {
        "grants", "funds", "accounts", "budget",
    }  # fmt: skip
    page.book.commands.run(lambda: money.save_fund(page.book.register, TIED_TOO))
    assert len(widgets(lines)["funds"]) > len(after["funds"])
