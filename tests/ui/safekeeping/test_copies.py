"""Copies made by the window: at opening, before what is large, at closing; told on the bottom line."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from app.domain.people import PersonDraft
from app.main import make_window
from app.services import people, registers, standing, welfare
from app.ui.imports.import_dialog import ImportDialog
from app.ui.safekeeping.waiting_page import WaitingPage
from tests import builders
from tests.conftest import TODAY
from tests.ui.conftest import let_go
from tests.ui.imports.conftest import go_to, settled, write_register
from tests.ui.safekeeping.conftest import PASSWORD
from tests.ui.test_accessibility import nameless

WAIT = 30_000


@pytest.fixture
def keeping(qapp, qtbot, messages):
    """A window that makes copies by itself, as the program's does."""
    window = make_window(messages, today=lambda: TODAY)
    window.resize(1366, 768)
    window.begin()
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    yield window
    for dialog in window.findChildren(QDialog):
        dialog.done(QDialog.DialogCode.Rejected)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=WAIT)
    window.deleteLater()
    let_go()


@pytest.fixture
def quiet(keeping, qtbot):
    """Wait until no copy is being made."""

    def wait():
        qtbot.waitUntil(lambda: not keeping.shelf.keeper.busy, timeout=WAIT)

    return wait


@pytest.fixture
def opened(keeping, register_file, quiet):
    """A book whose first copy is made."""
    keeping.shelf.open_path(register_file)
    keeping.shelf.keeper.look()
    quiet()
    return keeping


def copies(path):
    folder = standing.first_folder(path)
    return sorted(folder.glob("*.hallbook"), key=lambda each: each.stat().st_mtime_ns)


def held(copy, password=None):
    with registers.open_register(copy, password=password, write=False) as register:
        return register.value("SELECT count(*) FROM person_counted")


def add(window, name="Alba"):
    book, draft = window.shelf.book, PersonDraft(given_name=name)
    book.commands.run(lambda: people.save_new(book.register, draft, today=TODAY))


def test_copy_is_made_after_opening_and_told_on_the_bottom_line(opened, register_file):
    assert len(copies(register_file)) == 1
    bottom = opened.frame.bottom
    assert "0 people, 0 sessions, £0.00" in bottom.copies.whole
    assert bottom.copies.whole.startswith("Backup checked")
    assert bottom.copies_trouble.isHidden()


def test_nothing_new_makes_no_copy_at_closing_and_something_does(opened, register_file, quiet):
    opened.close_book()
    quiet()
    assert len(copies(register_file)) == 1
    opened.shelf.open_path(register_file)
    add(opened)
    opened.close_book()
    assert opened.start.isVisible(), "nobody waits for it"
    quiet()
    assert [held(copy) for copy in copies(register_file)] == [0, 1]


def test_copies_of_a_book_with_a_password_have_it_too(keeping, locked_file, quiet):
    keeping.shelf.open_path(locked_file, PASSWORD)
    keeping.shelf.keeper.look()
    quiet()
    (copy,) = copies(locked_file)
    assert held(copy, PASSWORD) == 0
    with pytest.raises(Exception, match="needs its password"):
        held(copy)


def test_welfare_notes_go_along(keeping, register_file, quiet):
    now = dt.datetime.now(dt.UTC)
    welfare.begin(register_file, new="purple hat stand", now=now).close()
    keeping.shelf.open_path(register_file)
    keeping.shelf.keeper.look()
    quiet()
    (copy,) = copies(register_file)
    assert copy.with_suffix(".welfare").read_bytes() == welfare.place_of(register_file).read_bytes()


def test_whoever_saves_goes_first_and_the_copy_is_made_later(opened, register_file, quiet):
    add(opened)
    keeper = opened.shelf.keeper
    keeper.look()
    assert keeper.busy
    add(opened, "Bo")
    quiet()
    keeper.look()
    quiet()
    assert held(copies(register_file)[-1]) == 2


def test_second_place_gets_a_copy_and_says_when_it_is_not_there(opened, tmp_path, messages, quiet):
    stick = tmp_path / "STICK"
    stick.mkdir()
    page = opened.frame.settings
    opened.frame.go_to("settings")
    assert nameless(page.backups) == []
    assert "this computer only" in page.backups.away.text()
    messages.answers.append(stick)
    page.backups.second_button.click()
    quiet()
    assert len(list(stick.glob("*.hallbook"))) == 1
    assert "The last copy in STICK" in page.backups.away.text()
    for each in stick.iterdir():
        each.unlink()
    stick.rmdir()
    add(opened)
    opened.shelf.keeper.copy_now()
    quiet()
    assert "There is no folder called STICK" in page.backups.trouble.text
    assert opened.frame.bottom.copies_trouble.isVisible()
    add(opened, "Bo")
    assert opened.frame.bottom.copies_trouble.isVisible(), "it stays until it is cured"
    stick.mkdir()
    opened.shelf.keeper._on_minute()
    quiet()
    assert len(list(stick.glob("*.hallbook"))) == 1
    assert opened.frame.bottom.copies_trouble.isHidden()
    page.backups.none_button.click()
    assert "this computer only" in page.backups.away.text()


def test_a_month_without_a_copy_elsewhere_is_said_with_its_days(opened):
    keeper = opened.shelf.keeper
    early = TODAY - dt.timedelta(days=31)
    keeper.known = standing.Standing(here=keeper.known.here, known_since=early)
    keeper.changed.emit()
    bottom = opened.frame.bottom
    assert bottom.copies_trouble.accessibleName() == "No copy off this computer for 31 days"
    assert "second place" in bottom.copies_trouble.accessibleDescription()


def test_import_has_a_copy_of_before(opened, register_file, tmp_path, qtbot):
    write_register(tmp_path / "register.xlsx")
    add(opened)
    opened.frame.start_import(tmp_path / "register.xlsx")
    dialog = next(d for d in opened.findChildren(QDialog) if isinstance(d, ImportDialog))
    settled(dialog, qtbot)
    go_to(dialog, dialog.preview_step, qtbot)
    dialog.next.click()
    assert dialog.busy
    qtbot.waitUntil(lambda: dialog.step is dialog.report_step, timeout=WAIT)
    assert held(copies(register_file)[-1]) == 1, "as it was before"
    assert opened.shelf.book.register.value("SELECT count(*) FROM person_counted") == 7


def test_joining_one_after_another_is_content_with_one_copy(opened, register_file, quiet):
    register = opened.shelf.book.register
    for name in ("Ann Lee", "Ann Leigh", "Anne Lee"):
        builders.person(register, name)
    before = len(copies(register_file))
    keeper, then = opened.shelf.keeper, []
    keeper.first(opened, lambda: then.append(1), often=True)
    assert then == [1], "the first copy is minutes old"
    keeper.now = lambda at=keeper.now(): at + dt.timedelta(hours=2)
    keeper.first(opened, lambda: then.append(2), often=True)
    quiet()
    assert then == [1, 2]
    assert len(copies(register_file)) == before + 1


def test_closing_waits_for_the_copy_and_says_so(opened, register_file, qtbot):
    add(opened)
    opened.close()
    assert isinstance(opened.centralWidget(), WaitingPage)
    assert opened.isVisible()
    qtbot.waitUntil(lambda: not opened.isVisible(), timeout=WAIT)
    assert held(copies(register_file)[-1]) == 1


def test_escape_closes_without_the_copy(opened, register_file, qtbot):
    add(opened)
    opened.close()
    QTest.keyClick(opened.centralWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not opened.isVisible(), timeout=WAIT)
    with registers.open_register(register_file) as register:
        assert register.value("SELECT count(*) FROM person_counted") == 1
    qtbot.waitUntil(lambda: not list(standing.first_folder(register_file).glob("*.part")))


def test_pretend_group_that_is_thrown_away_takes_its_copies_along(
    keeping, small_example, messages, quiet
):
    keeping.shelf.open_path(small_example)
    keeping.shelf.keeper.look()
    quiet()
    assert copies(small_example)
    messages.answers.append(True)
    keeping.menus.throw_away.trigger()
    assert copies(small_example) == []


def test_clock_before_the_last_entry_is_said_and_nothing_is_blocked(keeping, register_file):
    future = dt.datetime.now(dt.UTC) + dt.timedelta(days=400)
    with registers.open_register(register_file, now=lambda: future) as register:
        builders.person(register, "Alba Pretend")
    assert keeping.shelf.open_path(register_file)
    assert "clock says" in keeping.frame.home.notice.text
    add(keeping)
    assert keeping.shelf.book.register.value("SELECT count(*) FROM person_counted") == 2


def test_book_in_a_synchronised_folder_is_moved_and_what_was_there_is_a_backup(
    keeping, tmp_path, messages, qtbot
):
    cloud, own = tmp_path / "OneDrive" / "Club", tmp_path / "Books"
    cloud.mkdir(parents=True)
    own.mkdir()
    path = cloud / "tea.hallbook"
    registers.create(path, "Tea Club").close()
    keeping.shelf.open_path(path)
    assert "OneDrive" in keeping.frame.home.notice.text
    messages.answers.append(own)
    keeping.frame.home.notice.acted.emit("move")
    there = own / "tea.hallbook"
    qtbot.waitUntil(
        lambda: keeping.shelf.book is not None and keeping.shelf.book.register.path == there,
        timeout=WAIT,
    )
    assert "lives in" in keeping.frame.home.notice.text
    assert not path.exists()
    assert [copy.name.startswith("tea 20") for copy in cloud.glob("*.hallbook")] == [True]
    assert keeping.shelf.keeper.known.second == cloud
