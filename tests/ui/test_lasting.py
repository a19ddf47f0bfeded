"""A change of many rows is taken back while the window answers, whole or not at all."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from shiboken6 import isValid

from app.services import people, registers
from app.ui import slices
from app.ui.people.many_dialogs import AreaDialog
from app.ui.slices import ROWS_AT_ONCE
from tests import builders

MANY = 4 * ROWS_AT_ONCE
_PEOPLE = """
WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < :many)
INSERT INTO person (id, given_name, sort_key, search_text) SELECT n, 'Ada', 'ada', 'ada' FROM n
"""


@pytest.fixture
def book(tea_frame, monkeypatch):
    """A book of many people who were put in one area, then in another; each turn takes a few back."""
    monkeypatch.setattr(slices, "_SLICE_SECONDS", 0)
    book = tea_frame.book
    with book.register.all_or_nothing():
        book.register.execute(_PEOPLE, {"many": MANY})
    for area in ("Hockwell Ring", "Marsh Farm"):
        book.commands.run(
            lambda area=area: people.set_area(book.register, range(1, MANY + 1), area)
        )
    return book


@pytest.fixture
def lasting(empty_window, book):
    """Its window waits for longer than any test, but where it is to be seen."""
    empty_window.shelf.lasting._soon.setInterval(60_000)
    return empty_window.shelf.lasting


def areas(book):
    return {row["area"] for row in book.register.rows("SELECT DISTINCT area FROM person")}


def over(lasting, qtbot):
    qtbot.waitUntil(lambda: not lasting.active)


def test_small_change_is_taken_back_at_once(book, lasting):
    some = range(1, ROWS_AT_ONCE // 2)
    book.commands.run(lambda: people.set_area(book.register, some, "Lewsey"))
    book.history.undo()
    assert not lasting.active
    assert areas(book) == {"Marsh Farm"}


@pytest.mark.parametrize("shown", [False, True])
def test_keys_pressed_meanwhile_are_for_what_comes_after(shown, book, lasting, empty_window, qtbot):
    empty_window.frame.search()
    heard = []
    book.events.changed.connect(lambda topics, _origin: heard.append(topics))
    for key in (Qt.Key.Key_Z, Qt.Key.Key_Z):  # the second comes while the first is carried out
        QTest.keyClick(empty_window, key, Qt.KeyboardModifier.ControlModifier)
        assert lasting.active
    QTest.keyClicks(empty_window.frame.top.search, "ad")
    assert empty_window.frame.top.search.text() == ""
    assert heard == []
    if shown:
        lasting._show()
        assert lasting.dialog.isVisible()
    qtbot.waitUntil(lambda: areas(book) == {""} and not lasting.active)
    qtbot.waitUntil(lambda: empty_window.frame.top.search.text() == "ad")
    assert heard == [frozenset({"people"})] * 2
    book.history.redo()
    over(lasting, qtbot)
    assert areas(book) == {"Hockwell Ring"}


def test_whoever_writes_meanwhile_is_refused_kindly(book, lasting, messages, qtbot):
    book.history.undo()
    assert book.commands.run(lambda: people.set_area(book.register, [1], "Lewsey")) is None
    over(lasting, qtbot)
    assert [text for text in messages.said if "large change is being written" in text]
    assert areas(book) == {"Hockwell Ring"}


def test_escape_stops_it_and_leaves_no_trace(book, lasting, qtbot):
    before, named = builders.dump(book.register), book.history.undo_text
    lasting._soon.setInterval(0)
    book.history.undo()
    qtbot.waitUntil(lambda: lasting.dialog is not None and lasting.dialog.rows.whole != "")
    assert f"of {MANY:,} rows" in lasting.dialog.rows.whole
    assert lasting.dialog.windowTitle() == f"Undoing: {named}"
    QTest.keyClick(lasting.dialog, Qt.Key.Key_Escape)
    assert not lasting.active
    assert lasting.dialog is None
    assert builders.dump(book.register) == before
    assert book.history.undo_text == named
    book.history.undo()
    over(lasting, qtbot)
    assert areas(book) == {"Hockwell Ring"}


def test_book_that_is_closed_meanwhile_is_left_as_it_was(book, lasting, empty_window, qtbot):
    path, before = book.register.path, builders.dump(book.register)
    book.history.undo()
    qtbot.waitUntil(lambda: areas(book) != {"Marsh Farm"})
    empty_window.close_book()
    with registers.open_register(path, write=False) as again:
        assert builders.dump(again) == before


@pytest.fixture
def choosing(book, tea_frame):
    """All of the many are chosen in the list of people."""
    tea_frame.go_to("people")
    chosen = tea_frame.people.list.choosing
    chosen.add(range(1, MANY + 1))
    return chosen


@pytest.mark.parametrize("stopped", [True, False])
def test_change_made_to_many_is_whole_or_leaves_no_trace(
    stopped, book, lasting, choosing, qtbot, messages
):
    before, named, said = builders.dump(book.register), book.history.undo_text, []
    choosing.said.connect(lambda text, _tone: said.append(text))
    choosing.carry_out("bin")
    assert lasting.active
    assert lasting._said == f"Changing {MANY:,} people"
    qtbot.waitUntil(lambda: book.register.value("SELECT count(*) > 0 FROM person WHERE binned_at"))
    assert book.commands.run(lambda: people.set_area(book.register, [1], "Lewsey")) is None
    assert [text for text in messages.said if "large change is being written" in text]
    if stopped:
        lasting.stop()
    over(lasting, qtbot)
    if stopped:
        assert (builders.dump(book.register), book.history.undo_text) == (before, named)
        assert len(choosing.ids) == MANY
        assert said == []
    else:
        assert book.history.undo_text == f"put Ada, Ada and {MANY - 2:,} others in the bin"
        assert not choosing.ids
        assert len(said) == 1
        book.history.undo()
        over(lasting, qtbot)
        assert builders.dump(book.register) == before


def test_form_for_many_waits_until_all_is_written(book, lasting, choosing, empty_window, qtbot):
    choosing.carry_out("area")
    form = next(one for one in empty_window.findChildren(AreaDialog) if one.isVisible())
    form.area.setText("Lewsey")
    form.save_button.click()
    lasting.stop()
    assert form.isVisible()
    assert areas(book) == {"Marsh Farm"}
    form.save_button.click()
    assert form.isVisible()
    over(lasting, qtbot)
    assert areas(book) == {"Lewsey"}
    assert not isValid(form) or not form.isVisible()


def test_change_of_a_few_is_made_at_once(book, lasting, choosing):
    choosing.clear()
    choosing.add(range(1, ROWS_AT_ONCE))
    choosing.carry_out("bin")
    assert not lasting.active
    assert book.register.value("SELECT count(*) FROM person WHERE binned_at") == ROWS_AT_ONCE - 1
