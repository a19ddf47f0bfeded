"""Before a book is open: the ways in, and what is said when one does not open."""

import shutil

import pytest
from PySide6.QtWidgets import QDialog

from app.services import registers, settings
from app.ui.frame import BookFrame
from app.ui.start.new_book_dialog import NewBookDialog
from app.ui.start.places import pretend_path


def ways(window):
    return [button.text() for button in window.start.buttons]


def primary(window):
    return [one.text() for one in window.start.buttons if one.property("look") == "primary"]


def test_first_start_offers_to_open_to_begin_and_to_try(empty_window):
    assert ways(empty_window) == [
        "Start a new book…",
        "Open a book…",
        "Restore a backup…",
        "Try it with a pretend group",
    ]
    assert primary(empty_window) == ["Start a new book…"]
    assert empty_window.windowTitle() == "Hallbook"
    assert not empty_window.menus.search.isEnabled()


def test_last_book_is_offered_first_and_opens(empty_window, register_file):
    empty_window.shelf.open_path(register_file)
    empty_window.menus.close.trigger()
    assert ways(empty_window)[0] == "Open Tea Club"
    assert primary(empty_window) == ["Open Tea Club"]
    empty_window.start.buttons[0].click()
    assert empty_window.windowTitle() == "Tea Club"


def test_last_book_that_is_gone_is_not_offered(empty_window, register_file):
    empty_window.shelf.open_path(register_file)
    empty_window.close_book()
    register_file.unlink()
    empty_window.show_start()
    assert ways(empty_window)[0] == "Open a book…"
    assert primary(empty_window) == ["Open a book…"]


def test_chosen_file_is_opened(empty_window, messages, register_file):
    messages.answers.append(register_file)
    empty_window.start.buttons[ways(empty_window).index("Open a book…")].click()
    assert empty_window.frame.group_name == "Tea Club"


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "is empty"), (b"not a book at all" * 100, "is not a whole"), (None, "no file called")],
)
def test_file_that_is_no_book_is_told_in_place_and_left_alone(
    empty_window, messages, tmp_path, content, said
):
    path = tmp_path / "odd.hallbook"
    if content is not None:
        path.write_bytes(content)
    empty_window.shelf.open_path(path)
    told = " ".join([empty_window.start.notice.text, *messages.asked])
    assert said in told
    assert content is None or path.read_bytes() == content


def test_book_that_is_open_elsewhere_says_who_has_it(empty_window, register_file):
    with registers.open_register(register_file):
        assert not empty_window.shelf.open_path(register_file)
    assert "open" in empty_window.start.notice.text
    assert empty_window.shelf.open_path(register_file)


def test_new_book_needs_only_the_groups_name(empty_window, messages, tmp_path):
    empty_window.menus.new.trigger()
    dialog = next(d for d in empty_window.findChildren(QDialog) if isinstance(d, NewBookDialog))
    dialog.save_button.click()
    assert "needs a name" in dialog.fields["group_name"].problem
    dialog.name.setText("Art in the Vestry")
    messages.answers.append(tmp_path / "vestry")  # the ending is put on
    dialog._on_choose()
    assert dialog.kept_in.text() == str(tmp_path / "vestry.hallbook")
    dialog.save_button.click()
    assert empty_window.windowTitle() == "Art in the Vestry"
    assert settings.read(empty_window.shelf.book.register).year_end == "03-31"
    assert (tmp_path / "vestry.hallbook").is_file()


def test_two_passwords_that_differ_are_said_and_nothing_is_made(empty_window, messages, tmp_path):
    empty_window.menus.new.trigger()
    dialog = next(d for d in empty_window.findChildren(QDialog) if isinstance(d, NewBookDialog))
    dialog.name.setText("Art in the Vestry")
    messages.answers.append(tmp_path / "vestry.hallbook")
    dialog._on_choose()
    dialog.password.setText("one")
    dialog.again.setText("two")
    dialog.save_button.click()
    assert "not the same" in dialog.fields["again"].problem
    assert not (tmp_path / "vestry.hallbook").exists()
    assert dialog.name.text() == "Art in the Vestry"


def test_pretend_group_is_one_press_marked_and_thrown_away(empty_window, messages, qtbot):
    empty_window.start.buttons[-1].click()
    qtbot.waitUntil(lambda: empty_window.frame is not None, timeout=20_000)
    assert empty_window.frame.top.pretend.isVisible()
    path = empty_window.shelf.book.register.path
    messages.answers.append(True)
    empty_window.menus.throw_away.trigger()
    assert empty_window.frame is None
    assert not path.exists()


def test_pretend_group_that_is_there_is_opened_not_written_over(empty_window, qtbot):
    path = pretend_path()
    registers.create(path, "Tried before").close()
    empty_window.start.buttons[-1].click()
    assert empty_window.frame.group_name == "Tried before"


def test_a_book_that_is_not_pretend_cannot_be_thrown_away(tea_frame, empty_window, messages):
    assert not empty_window.menus.throw_away.isEnabled()
    empty_window.ask_throw_away()
    assert messages.asked == []


def test_opening_another_book_closes_the_first(window, register_file, small_example):
    window.shelf.open_path(register_file)
    assert window.frame.group_name == "Tea Club"
    with registers.open_register(small_example):
        pass  # its lock was given back


def test_damage_found_after_opening_is_told(empty_window, messages, small_example, tmp_path, qtbot):
    torn = tmp_path / "torn.hallbook"
    data = bytearray(small_example.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 4096] = b"\x00" * 4096
    torn.write_bytes(bytes(data))
    empty_window.shelf.open_path(torn)

    def told():
        noticed = empty_window.start.notice.text if empty_window.start else ""
        return " ".join([*messages.said, noticed])

    qtbot.waitUntil(lambda: "damaged" in told() or "cannot be read" in told(), timeout=30_000)


def test_book_closed_at_once_leaves_no_work_behind(empty_window, small_example, qtbot):
    """The pages that are made ahead, and the look through the file, end with the book."""
    for _ in range(3):
        empty_window.shelf.open_path(small_example)
        empty_window.close_book()
    qtbot.waitUntil(lambda: not empty_window.shelf.jobs.busy, timeout=10_000)
    with qtbot.captureExceptions() as caught:
        qtbot.waitUntil(lambda: not empty_window.findChildren(BookFrame), timeout=5000)
    assert caught == []


def test_window_closed_at_once_ends_quietly(empty_window, small_example, messages):
    """Nothing that was begun for later may run once the book is closed."""
    empty_window.shelf.open_path(small_example)
    frame = empty_window.frame
    empty_window.close()
    empty_window.close()
    assert not frame.ahead.active
    assert messages.said == []


def test_closing_a_book_gives_its_file_back(window, small_example):
    window.menus.close.trigger()
    assert window.frame is None
    assert not window.menus.undo.isEnabled()
    shutil.copy(small_example, small_example.with_name("copy.hallbook"))
    with registers.open_register(small_example):
        pass
