"""A filter never narrows what is kept: hidden people stay, are counted, printed and exported."""

import csv
import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from app.domain.ids import SessionId
from app.domain.people import ConsentPurpose
from app.services import exports, people, returns
from app.services.people import Wanted
from app.services.returns import ReturnOptions
from app.ui.people.filters import Filters
from app.ui.people.many_dialogs import ManyDialog
from tests.conftest import TODAY

AT = dt.datetime(2026, 11, 3, 21, 4, tzinfo=dt.UTC)


@pytest.fixture
def page(frame):
    frame.go_to("people")
    return frame.people.list


def kept(reread):
    """Return everybody in the file, as another program reads them."""
    return dict(reread("SELECT id, area FROM person WHERE merged_into IS NULL"))


def dialog_of(window):
    return next(
        d for d in window.findChildren(QDialog) if isinstance(d, ManyDialog) and d.isVisible()
    )


@pytest.fixture
def two_hidden(page):
    """Three people chosen, then a search that leaves only one of them in sight."""
    ids = page.looking.ids()
    page.choosing.add(ids[:3])
    page.search_for(page.model.row_at(0).person.full_name)
    assert ids[0] in page.looking.ids()
    hidden = page.looking.hidden(page.choosing.ids)
    assert hidden == len(set(ids[:3]) - set(page.looking.ids())) >= 1
    return ids[:3], hidden


def test_the_bar_says_how_many_of_those_chosen_are_hidden(page, two_hidden):
    said = page.chosen_bar.said.text()
    assert said.startswith("3 people chosen: ")
    assert said.endswith(f"The filter hides {two_hidden[1]} of them just now.")
    page.show_everyone()
    assert "hides" not in page.chosen_bar.said.text()


@pytest.mark.parametrize(
    "filters", [Filters(no_phone=True), Filters(consent=ConsentPurpose.PHOTOS), Filters(not_seen=True)]
)  # fmt: skip
def test_hidden_are_counted_under_every_kind_of_filter(page, qtbot, filters):
    everybody = page.looking.ids()
    page.choosing.add(everybody)
    page.filter_bar.set_filters(filters)
    qtbot.waitUntil(lambda: not page.looking.running)
    hidden = len(everybody) - len(set(everybody) & set(page.looking.ids()))
    assert hidden > 0
    assert f"hides {hidden} of them" in page.chosen_bar.said.text()


def test_one_change_to_many_is_for_exactly_those_chosen_hidden_or_not(
    window, page, frame, reread, two_hidden
):
    before = kept(reread)
    page.choosing.carry_out("area")
    dialog = dialog_of(window)
    assert f"hides {two_hidden[1]} of them" in dialog.notice.text
    QTest.keyClicks(dialog.area, "Eggington")
    QTest.keyClick(dialog.area, Qt.Key.Key_Return)
    after = kept(reread)
    assert after.keys() == before.keys()
    assert {who for who in after if after[who] != before[who]} == set(two_hidden[0])
    frame.book.history.undo()
    assert kept(reread) == before


def test_saving_somebody_while_a_search_is_on_loses_nobody(page, frame, reread):
    before = kept(reread)
    person = people.get_person(frame.book.register, page.looking.ids()[-1])
    page.search_for("qqqq")
    assert page.model.rowCount() == 0
    frame.book.commands.run(lambda: people.set_area(frame.book.register, (person.id,), "Eggington"))
    assert kept(reread) == before | {person.id: "Eggington"}
    assert page.typed == "qqqq"
    page.show_everyone()
    assert set(page.looking.ids()) == set(people.find_ids(frame.book.register, Wanted(today=TODAY)))


def test_an_export_holds_everybody_whatever_the_list_shows(page, frame, tmp_path):
    page.search_for("qqqq")
    folder = tmp_path / "export"
    exports.export_everything(frame.book.register, folder)
    with (folder / "people.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    (everybody,) = frame.book.register.row("SELECT count(*) FROM person")
    assert len(rows) == everybody


def test_undo_of_many_while_another_filter_is_on_brings_everybody_back(page, frame, reread):
    before = kept(reread)
    page.choosing.add(page.looking.ids()[:4])
    page.chosen_bar.bin.click()
    page.filter_bar.set_filters(Filters(no_phone=True))
    page.search_for("qqqq")
    frame.book.history.undo()
    assert kept(reread) == before
    assert reread("SELECT count(*) FROM person WHERE binned_at >= '2026-11-03'") == [(0,)]


def test_a_register_is_saved_whole_while_one_looks_for_a_name(frame, reread):
    session = next(
        row["id"]
        for row in frame.book.register.rows(
            "SELECT session_id AS id FROM attendance GROUP BY session_id HAVING count(*) > 4"
        )
    )
    frame.take_register(session)
    sql = "SELECT person_id, mark FROM attendance WHERE session_id = :id ORDER BY person_id"
    before = reread(sql, {"id": session})
    page = frame.sessions.register
    lines = page.model.rowCount()
    QTest.keyClicks(page.finder, "qqqq")
    assert "No name here" in page.found.text()
    page.reload()
    assert page.model.rowCount() == lines
    assert reread(sql, {"id": session}) == before


def test_a_printed_sheet_names_everybody_whatever_the_list_shows(page, frame):
    register = frame.book.register
    session = register.value(
        "SELECT session_id FROM attendance GROUP BY session_id HAVING count(*) > 4 LIMIT 1"
    )
    options = ReturnOptions(session_id=SessionId(session), counted_at=AT)
    before = returns.prepare(register, "attendance-sheet", options)
    page.search_for("qqqq")
    page.filter_bar.set_filters(Filters(no_phone=True))
    assert page.model.rowCount() == 0
    assert returns.prepare(register, "attendance-sheet", options) == before
