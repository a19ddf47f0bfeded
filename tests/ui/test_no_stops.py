"""The window never stands still: between two turns of its event loop it does only a little."""

import shutil
import threading
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget

from app.services import people, registers
from app.storage import driver
from app.ui.navigation import PLACES
from app.ui.theme import ThemeChoice
from tests.ui.rooms import DIALOGS, PAGES
from tests.ui.turns import Turns, Work

LIMIT = Work(calls=60_000, steps=2_000_000, widgets=220)
"""Each is under a tenth of a second on a computer of some years."""
PASTED = "\n".join(f"Pretend Person {number}" for number in range(10_000))
_FOLDS = 48
"""So many times the people of the small group: as many as the busy one has."""
_MARKS_FOLD = 12
_APART = 1_000
"""Between the number of a record and that of its next copy."""
_COPIED = (
    ("person", "id", ("id",), _FOLDS),
    ("enrolment", "id", ("id", "person_id"), _MARKS_FOLD),
    ("attendance", "person_id", ("person_id",), _MARKS_FOLD),
    ("referral", "id", ("id", "person_id"), _FOLDS),
    ("referral_step", "id", ("id", "referral_id"), _FOLDS),
    ("entry", "id", ("id",), _FOLDS),
    ("entry_line", "id", ("id", "entry_id"), _FOLDS),
)
_LARGE = ("plan a term", "agree a statement from paper")
"""Dialogs that read much of the book when they are opened."""


KEYS = [place.key for place in PLACES if place.is_page]


@pytest.fixture(scope="module")
def crowd_made(small_example_made, tmp_path_factory):
    """The small group's book with 4,000 people, registers of up to 300, and 14,000 lines of money."""
    path = tmp_path_factory.mktemp("crowd") / "crowd.hallbook"
    shutil.copy(small_example_made, path)
    with registers.open_register(path) as book, book.all_or_nothing():
        for table, key, numbers, folds in _COPIED:
            names = [row["name"] for row in book.rows(f"PRAGMA table_info({table})")]
            # No grant is spent more than once: that would be said of each of its lines.
            others = {name: f"{name} + :more" for name in numbers} | {"grant_id": "NULL"}
            values = ", ".join(others.get(name, name) for name in names)
            last = book.value(f"SELECT max({key}) FROM {table}")
            copy = f"INSERT INTO {table} SELECT {values} FROM {table} WHERE {key} <= :last"
            for fold in range(1, folds):
                book.execute(copy, {"more": fold * _APART, "last": last})
    return path


@pytest.fixture
def crowd(crowd_made, tmp_path):
    path = tmp_path / "crowd.hallbook"
    shutil.copy(crowd_made, path)
    return path


@pytest.fixture
def turns(empty_window):
    return Turns(empty_window)


@pytest.fixture
def ready(turns, crowd):
    """The crowd's book is open and every page was gone to: all is made, without the pauses between."""

    def open_book(window):
        window.shelf.open_path(crowd)
        window.frame.ahead._timer.setInterval(0)

    turns.until_calm(open_book)
    for key in KEYS:
        turns.until_calm(lambda w, key=key: w.frame.visit(key))
    return turns


def too_much(**works):
    """Return what is over the limit, by step and kind."""
    return {
        (step, kind): getattr(work, kind)
        for step, work in works.items()
        for kind in Work.__slots__
        if getattr(work, kind) > getattr(LIMIT, kind)
    }


class Noting(QObject):
    """Notes every widget that is told of another style."""

    def __init__(self, told):
        super().__init__()
        self._told = told

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.StyleChange and isinstance(watched, QWidget):
            self._told.append(watched.objectName())
        return False


def paste(line):
    line.setFocus()
    QApplication.clipboard().setText(PASTED)
    QTest.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_pages_are_made_a_few_widgets_at_a_time(turns, crowd, empty_window):
    most = turns.most_at_once(lambda w: w.shelf.open_path(crowd))
    assert too_much(opening=most) == {}
    frame = empty_window.frame
    assert not frame.ahead.active
    assert set(frame._by_key) == {"home", "sessions", "people"}
    for key in KEYS:
        visiting = turns.most_at_once(lambda w, key=key: w.frame.visit(key))
        assert too_much(**{key: visiting}) == {}
        page = frame.page_of(key)
        assert page.isVisible()
        assert set(page.made_later) <= set(vars(page))
    assert len(QApplication.allWidgets()) > 3 * LIMIT.widgets, "there was much to make"


def bring_in_a_statement(window, path):
    """Begin to import 600 lines from the bank, as if the file were dropped on the book's page."""
    lines = [f"{number % 28 + 1:02}/10/2026,Payee {number},-{number}.50\n" for number in range(600)]
    path.write_text("Date,Description,Amount\n" + "".join(lines), "utf-8")
    assert window.frame.page.bring_in(path)


def test_no_page_holds_the_window_up(ready, empty_window, tmp_path):
    assert too_much(**{name: ready.most_at_once(go) for name, go in PAGES.items()}) == {}
    for name in _LARGE:
        assert too_much(**{name: ready.most_at_once(DIALOGS[name])}) == {}
        for dialog in empty_window.findChildren(QDialog):
            dialog.reject()
    ready.until_calm(PAGES["money"])
    path = tmp_path / "statement.csv"
    assert too_much(statement=ready.most_at_once(lambda w: bring_in_a_statement(w, path))) == {}
    assert empty_window.frame.money.statement_part.prepared is not None


def put_in_one_area(window, many):
    register = window.frame.book.register
    ids = [row["id"] for row in register.rows("SELECT id FROM person LIMIT :many", {"many": many})]
    window.frame.book.commands.run(lambda: people.set_area(register, ids, "Marsh Farm"))


def test_taking_thousands_back_and_ticks_on_long_registers_are_small_work(ready):
    ready.until_calm(lambda w: put_in_one_area(w, 2_000))
    undoing = ready.most_at_once(lambda w: w.frame.book.history.undo())
    assert too_much(undoing=undoing) == {}
    assert 0 < undoing.steps < LIMIT.steps / 4, "it was taken back at once"
    ready.until_calm(PAGES["register"])
    on_register = ready.most_at_once(
        lambda w: QTest.keyClick(w.frame.sessions.register.table, Qt.Key.Key_Space)
    )
    ready.until_calm(PAGES["grid"])
    in_grid = ready.most_at_once(
        lambda w: QTest.keyClick(w.frame.sessions.grid.table, Qt.Key.Key_Space)
    )
    assert too_much(on_register=on_register, in_grid=in_grid) == {}
    assert on_register.steps > 0
    assert in_grid.steps > 0


LINES = {
    "people": ("people", lambda w: w.frame.people.list.search),
    "referrals": ("referrals", lambda w: w.frame.referrals.list.search),
    "all": ("home", lambda w: w.frame.top.search),
    "finding": ("register", lambda w: w.frame.sessions.register.finding.field),
    "walk-in": ("register", lambda w: w.frame.sessions.register.walk_in.field),
    "notes": ("register", lambda w: w.frame.sessions.register.side.notes),
    "settings": ("settings", lambda w: w.frame.settings.group.lines["group_name"]),
}


def test_ten_thousand_pasted_lines_hold_nothing_up(ready):
    works = {}
    for name, (page, line) in LINES.items():
        ready.until_calm(PAGES[page])
        pasting = ready.most_at_once(lambda w, line=line: paste(line(w)))
        leaving = ready.most_at_once(PAGES["home" if page != "home" else "people"])
        works |= {f"pasting, {name}": pasting, f"leaving, {name}": leaving}
    assert too_much(**works) == {}


def test_ten_thousand_lines_pasted_into_a_form_hold_nothing_up(ready):
    ready.until_calm(lambda w: w.frame.people.add_person())

    def fill(window):
        (dialog,) = window.findChildren(QDialog)
        for line in dialog.findChildren(QLineEdit) + dialog.findChildren(QPlainTextEdit):
            if line.isVisible() and line.isEnabled() and not line.isReadOnly():
                QTimer.singleShot(0, line, partial(paste, line))

    def save(window):
        (dialog,) = window.findChildren(QDialog)
        texts = [line.text() for line in dialog.findChildren(QLineEdit)]
        assert sum("Person 9" in text for text in texts) > 3
        dialog.accept()

    filling, saving = ready.most_at_once(fill), ready.most_at_once(save)
    assert too_much(filling=filling, saving=saving) == {}


OTHER_LOOKS = {
    "home": lambda looks: looks.set_text_size(125),
    "money": lambda looks: looks.set_theme(ThemeChoice.DARK),
    "settings": lambda looks: looks.set_theme(ThemeChoice.CONTRAST),
    "sessions": lambda looks: looks.set_text_size(100),
}


def test_other_looks_are_put_on_page_by_page(ready):
    works = {}
    for page, put_on in OTHER_LOOKS.items():
        ready.until_calm(PAGES[page])
        works[page] = ready.most_at_once(lambda w, put_on=put_on: put_on(w.shelf.looks))
        assert works[page].calls > 2_000
    assert too_much(**works) == {}


def test_only_what_is_seen_is_dressed_at_once(ready, empty_window):
    ready.until_calm(PAGES["people"])
    told = []
    noting = Noting(told)
    QApplication.instance().installEventFilter(noting)
    empty_window.shelf.looks.set_theme(ThemeChoice.DARK)
    at_once = len(told)
    ready.until_calm(lambda _: None)
    QApplication.instance().removeEventFilter(noting)
    assert 100 < at_once < len(told) / 4


def test_book_is_copied_for_a_return_on_the_worker(ready, monkeypatch):
    copied, where = driver.copied_to_memory, []

    def noting(*arguments):
        where.append(threading.current_thread())
        return copied(*arguments)

    monkeypatch.setattr(driver, "copied_to_memory", noting)
    ready.until_calm(PAGES["returns to print"])
    assert where
    assert threading.main_thread() not in where


def test_large_work_in_one_turn_is_noticed(turns):
    def much(window):
        made = [QWidget(window) for _ in range(LIMIT.widgets + 1)]
        for number in range(LIMIT.calls):
            made[0].objectName() if number % 2 else abs(number)

    work = turns.most_at_once(much)
    assert set(too_much(much=work)) == {("much", "calls"), ("much", "widgets")}
