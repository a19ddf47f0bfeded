"""What a screen reader is told, and Tab that comes round; test_every_room.py goes to every page and dialog."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QDialog, QLineEdit, QWidget

from app.domain.ids import SessionId
from app.services import activities
from app.ui.attendance.register_model import HERE_COLUMN, NAME_COLUMN
from app.ui.start.new_book_dialog import NewBookDialog


def name_of(widget):
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def reachable(top):
    """Yield what Tab can give the keyboard to."""
    for widget in top.findChildren(QWidget):
        inner = isinstance(widget, QLineEdit) and isinstance(widget.parent(), QAbstractSpinBox)
        by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if by_tab and widget.isVisible() and widget.isEnabled() and not inner:
            yield widget


def nameless(top):
    return [widget for widget in reachable(top) if not name_of(widget).strip()]


def test_the_register_is_told_by_its_name(frame):
    frame.go_to("sessions")
    frame.take_register(SessionId(frame.sessions.list.session.id))
    row = QAccessible.queryAccessibleInterface(frame.sessions.register.table)
    assert row.text(QAccessible.Text.Name) == "Register"


def test_every_control_of_the_start_screen_has_a_name(empty_window):
    assert nameless(empty_window) == []


def test_tab_walks_every_control_of_every_page_and_comes_round(window, frame, qapp):
    for key in ("home", "people", "sessions", "referrals", "outcomes", "money", "returns"):
        frame.go_to(key)
        qapp.processEvents()
        wanted = set(reachable(window))
        met, start = [], QApplication.focusWidget()
        for _ in range(3 * len(wanted)):
            window.focusNextChild()
            now = QApplication.focusWidget()
            met.append(now)
            if now is start:
                break
        assert wanted <= set(met), f"{key}: Tab never reaches {wanted - set(met)}"


def test_tick_is_said_as_a_tick(window, frame):
    frame.go_to("sessions")
    frame.take_register(SessionId(frame.sessions.list.session.id))
    table = frame.sessions.register.table
    interface = QAccessible.queryAccessibleInterface(table)
    columns = table.model().columnCount()
    box = interface.child(columns + 1 + HERE_COLUMN + 1)  # the headers are children too
    assert box.text(QAccessible.Text.Name) in {"here", "not ticked"}
    name = interface.child(columns + 1 + NAME_COLUMN + 1).text(QAccessible.Text.Name)
    assert table.model().rows[0].list_name in name


def test_problem_is_told_with_its_field(window, frame):
    frame.people.add_person()
    dialog = next(d for d in window.findChildren(QDialog) if d.isVisible())
    dialog.save_button.click()
    editor = dialog.fields["given_name"].editor
    interface = QAccessible.queryAccessibleInterface(editor)
    assert "A name is needed" in interface.text(QAccessible.Text.Description)
    assert dialog.focusWidget() is editor


def test_new_book_dialog_is_the_one_opened(window):
    window.ask_new()
    assert [d for d in window.findChildren(NewBookDialog) if d.isVisible()]


def test_no_activity_is_without_a_name(frame):
    assert all(a.name for a in activities.list_activities(frame.book.register))
