"""Settings, Password and recovery: set, changed, removed, each proved; the sheet, printed and asked for."""

import datetime as dt
import re

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel

from app.domain.errors import WrongPassword
from app.services import recovery, registers
from app.ui.returns.printing import paint
from app.ui.safekeeping.password_dialog import PasswordDialog
from app.ui.safekeeping.sheet_dialog import RecoverySheetDialog
from app.ui.safekeeping.sheet_form import SheetForm
from tests.conftest import TODAY
from tests.e2e.steps import words_of
from tests.ui.safekeeping.conftest import PASSWORD
from tests.ui.test_accessibility import nameless

NEW = "green kettle on a hob"
WAIT = 30_000


def opens(path, password=None):
    with registers.open_register(path, password=password, write=False) as register:
        return register.value("SELECT count(*) FROM person")


@pytest.fixture
def settings(safe_window):
    safe_window.frame.go_to("settings")
    return safe_window.frame.settings


def reopened(window, qtbot, said):
    qtbot.waitUntil(
        lambda: window.frame is not None and said in window.frame.settings.notice.text, timeout=WAIT
    )
    assert window.frame.page is window.frame.settings, "the page is not lost"


def test_password_is_set_and_the_book_opens_with_it_alone(
    empty_window, register_file, dialog, qtbot
):
    empty_window.shelf.open_path(register_file)
    empty_window.frame.go_to("settings")
    card = empty_window.frame.settings.password
    assert "no password" in card.told.text()
    assert not card.change_button.isVisible()
    card.set_button.click()
    form = dialog(PasswordDialog)
    assert nameless(form) == []
    form.new.line.setText("tea")
    assert "Too short" in form.new.told.text()
    form.save_button.click()
    assert "too short" in form.fields["password"].problem
    form.new.line.setText(NEW)
    form.again.line.setText("green kettle on a hop")
    assert "Strong" in form.new.told.text()
    form.save_button.click()
    assert "not the same" in form.fields["again"].problem
    form.again.line.setText(NEW)
    form.save_button.click()
    reopened(empty_window, qtbot, "has a password now")
    assert empty_window.shelf.book.register.encrypted
    assert empty_window.safe.lock.idle.limit == 600
    empty_window.close_book()
    assert opens(register_file, NEW) == 0
    assert not register_file.read_bytes().startswith(b"SQLite format 3")


def test_window_closed_at_once_waits_until_the_password_is_set(
    empty_window, register_file, dialog, qtbot
):
    empty_window.shelf.open_path(register_file)
    empty_window.frame.go_to("settings")
    empty_window.frame.settings.password.set_button.click()
    form = dialog(PasswordDialog)
    form.new.line.setText(NEW)
    form.again.line.setText(NEW)
    form.save_button.click()
    qtbot.waitUntil(lambda: empty_window.shelf.resting, timeout=WAIT)
    for _ in range(2):
        assert not empty_window.close()
    assert empty_window.isVisible()
    qtbot.waitUntil(lambda: not empty_window.isVisible(), timeout=WAIT)
    assert opens(register_file, NEW) == 0


def test_password_is_changed_only_by_who_knows_it(
    safe_window, settings, locked_file, dialog, qtbot
):
    settings.password.change_button.click()
    form = dialog(PasswordDialog)
    for line, text in ((form.old, "wrong"), (form.new, NEW), (form.again, NEW)):
        line.line.setText(text)
    form.save_button.click()
    qtbot.waitUntil(lambda: "did not open" in form.fields["old"].problem, timeout=WAIT)
    assert safe_window.shelf.book is not None
    safe_window.shelf.keeper.now = lambda at=safe_window.shelf.keeper.now(): at + dt.timedelta(1)
    form.old.line.setText(PASSWORD)
    form.save_button.click()
    reopened(safe_window, qtbot, "has its new password")
    safe_window.close_book()
    assert opens(locked_file, NEW) == 0
    with pytest.raises(WrongPassword):
        opens(locked_file, PASSWORD)


def test_password_is_removed(safe_window, settings, locked_file, dialog, qtbot):
    settings.password.remove_button.click()
    form = dialog(PasswordDialog)
    form.save_button.click()
    assert "Type the password" in form.fields["old"].problem
    form.old.line.setText(PASSWORD)
    form.save_button.click()
    reopened(safe_window, qtbot, "no password any more")
    safe_window.close_book()
    assert opens(locked_file) == 0


@pytest.fixture
def sheet(safe_window, settings, dialog, qtbot):
    """The preview of a sheet that was just made."""
    assert "none yet" in settings.password.sheet_told.text()
    settings.password.make_button.click()
    form = dialog(SheetForm)
    assert nameless(form) == []
    form.secret.line.setText(PASSWORD)
    form.holder.setText("the chair")
    form.save_button.click()
    shown = dialog(RecoverySheetDialog)
    qtbot.waitUntil(lambda: shown.preview.current is not None, timeout=WAIT)
    return shown


def test_sheet_opens_the_book_and_leaves_no_file_behind(
    safe_window, sheet, locked_file, messages, tmp_path
):
    before = {path for path in tmp_path.rglob("*") if path.suffix in {".pdf", ".png"}}
    assert nameless(sheet) == []
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    paper = tmp_path / "paper of the printer.pdf"
    printer.setOutputFileName(str(paper))
    paint(printer, sheet.preview.current, range(1))
    assert paper.stat().st_size > 10_000
    paper.unlink()
    sheet.on_printed()
    assert sheet.isVisible(), "it stays until the paper is seen to be good"
    assert {p for p in tmp_path.rglob("*") if p.suffix in {".pdf", ".png"}} == before
    messages.answers += [True, tmp_path / "sheet.pdf"]
    sheet.save_button.click()
    assert "Save the recovery sheet as a file?" in messages.asked
    assert "delete the file" in sheet.notice.text
    said = words_of(tmp_path / "sheet.pdf").partition("The words")[2]
    typed = typed_from(said)
    sheet.reject()
    safe_window.close_book()
    assert opens(locked_file, typed) == 0


def typed_from(said):
    """Return the words of a sheet in the order of their numbers, read from its text."""

    pairs = re.findall(r"\b(\d{1,2}) ([a-z]{3,8})\b", said)
    return " ".join(word for _, word in sorted((int(n), w) for n, w in pairs)[:24])


def test_who_keeps_the_sheet_is_kept_and_taken_back(safe_window, sheet):
    sheet.reject()
    card, book = safe_window.frame.settings.password, safe_window.shelf.book
    assert card.holder.text() == "the chair"
    card.holder.setText("the treasurer")
    card.settle()
    assert recovery.state(book.register, TODAY).sheet.holder == "the treasurer"
    book.history.undo()
    assert card.holder.text() == "the chair"


def test_after_a_month_home_asks_whether_it_can_be_found(safe_window, sheet, qtbot):
    sheet.reject()
    frame, register = safe_window.frame, safe_window.shelf.book.register
    assert not recovery.state(register, TODAY).ask
    made = dt.date.fromisoformat(recovery.state(register, TODAY).sheet.made_on)
    today = made + dt.timedelta(days=31)
    told = frame.home.recovery.told(recovery.state(register, today))
    assert told[0] == "Can the recovery sheet still be found?"
    assert "kept by the chair" in told[1]
    card = frame.settings.password
    card._show_sheet(recovery.state(register, today))
    assert card.asked.isVisibleTo(card)
    card._book.commands.run(lambda: recovery.answer(register, found=True, today=today))
    assert not recovery.state(register, today).ask
    card.asked.acted.emit("no")
    assert "Make a new sheet now" in card.asked.text
    frame.home.recovery.wanted.emit()
    assert frame.page is frame.settings


def test_new_password_says_that_the_sheet_works_no_longer(safe_window, sheet, dialog, qtbot):
    sheet.reject()
    safe_window.frame.settings.password.change_button.click()
    form = dialog(PasswordDialog)
    for line, text in ((form.old, PASSWORD), (form.new, NEW), (form.again, NEW)):
        line.line.setText(text)
    form.save_button.click()
    reopened(safe_window, qtbot, "has its new password")
    assert "no longer" in safe_window.frame.settings.password.sheet_told.text()


def test_nothing_typed_is_kept_or_shown_afterwards(safe_window, settings, dialog, qtbot, tmp_path):
    settings.password.change_button.click()
    form = dialog(PasswordDialog)
    for line, text in ((form.old, PASSWORD), (form.new, NEW), (form.again, NEW)):
        line.line.setText(text)
    form.save_button.click()
    reopened(safe_window, qtbot, "has its new password")
    kept = [p.read_bytes() for p in (tmp_path / "settings").rglob("*") if p.is_file()]
    shown = " ".join(label.text() for label in safe_window.findChildren(QLabel))
    for secret in (PASSWORD, NEW):
        assert not any(secret.encode() in content for content in kept)
        assert secret not in shown
        assert secret not in repr(safe_window.shelf.book)
