"""The headings of money in and out: added, renamed, put in order, closed and opened again."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.changes import Topic
from app.domain.ledger import EntryKind, Heading
from app.domain.periods import short_date
from app.services import money
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.small_form import SmallForm
from app.ui.money.fund_dialogs import HeadingDialog
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.texts import tr
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.line import Line
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

_SIZE = (620, 560)
_COLUMNS: tuple[Column[Heading], ...] = (
    Column(key="name", title="Heading", text=lambda h: h.name, look="strong"),
    Column(
        key="side", title="For", width=120,
        text=lambda h: tr("Money in") if h.side is EntryKind.RECEIPT else tr("Money out"),
    ),
    Column(
        key="state", title="", width=200, least=170, look="aside", spare=True,
        text=lambda h: tr("closed {day}").format(day=short_date(h.closed_on))
        if h.closed_on
        else tr("things that last") if h.is_asset else "",
    ),
)  # fmt: skip


class HeadingsTable(LedgerTable):
    """Alt with the arrows moves the heading in hand."""

    def __init__(self, book: Book, move: Callable[[int], None]) -> None:
        super().__init__(book.looks, tr("Headings"))
        self._move = move

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Alt; everything else is the table's."""
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if by is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._move(by)
        else:
            super().keyPressEvent(event)


class HeadingsDialog(QDialog):
    """Every heading; what is done is done at once and can be undone."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Headings"))
        self.book = book
        self.model: RowsModel[Heading] = RowsModel(_COLUMNS, self)
        self.table = HeadingsTable(book, self.shift)
        self.table.setModel(self.model)
        self.table.keep_rows(2)
        self.problem = words("", "problem", wrap=True)
        self.problem.hide()
        self._build()
        self.table.opened.connect(self._on_opened)
        self.table.selectionModel().currentRowChanged.connect(self._show_actions)
        book.events.changed.connect(self._on_changed)
        self.look()
        self.table.setFocus()
        room = self.screen().availableGeometry()
        width, height = (book.looks.px(length) for length in _SIZE)
        self.resize(min(width, room.width() - 40), min(height, room.height() - 40))

    def _build(self) -> None:
        looks, tr_ = self.book.looks, self.tr
        self.add_button = ActionButton(looks, tr_("Add a heading…"), icon="plus")
        self.rename_button = ActionButton(looks, tr_("Rename…"), icon="pencil")
        self.up_button = ActionButton(looks, tr_("Up"))
        self.down_button = ActionButton(looks, tr_("Down"))
        self.close_button = ActionButton(looks, tr_("Close it"), icon="lock")
        self.remove_button = ActionButton(looks, tr_("Take it away"), icon="trash-2")
        row = WrapRow(looks)
        for button, action in (
            (self.add_button, self.add), (self.rename_button, self._on_rename),
            (self.up_button, partial(self.shift, -1)), (self.down_button, partial(self.shift, 1)),
            (self.close_button, self._on_close), (self.remove_button, self._on_remove),
        ):  # fmt: skip
            row.add(button)
            button.clicked.connect(partial(_call, action))
        about = tr_(
            "They are offered in this order. A closed heading is offered no more; what was booked "
            "under it stays. Alt with the arrows moves the one in hand."
        )
        self.done_button = ActionButton(looks, tr_("Done"))
        self.done_button.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(looks.gap(20), looks.gap(16), looks.gap(20), looks.gap(16))
        column.setSpacing(looks.gap(10))
        column.addWidget(words(tr_("Headings"), "heading"))
        column.addWidget(words(about, "aside", wrap=True))
        column.addWidget(self.table, 1)
        column.addWidget(row)
        column.addWidget(self.problem)
        column.addLayout(foot)

    # --- showing -----------------------------------------------------------------------------

    def look(self) -> None:
        """Read the headings again; the one in hand stays in hand."""
        hand = self.heading.id if self.heading else None
        rows = tuple(money.books(self.book.register).headings.values())
        self.model.set_rows(rows)
        places = [place for place, one in enumerate(rows) if one.id == hand]
        if rows:
            self.table.setCurrentIndex(self.model.index(places[0] if places else 0, 0))
        self._show_actions()

    @property
    def heading(self) -> Heading | None:
        """The heading in hand."""
        row = self.table.currentIndex().data(ROW_ROLE)
        return row if isinstance(row, Heading) else None

    def _show_actions(self) -> None:
        self.problem.hide()
        one = self.heading
        closed = one is not None and one.closed_on is not None
        self.close_button.setText(self.tr("Open it again") if closed else self.tr("Close it"))
        for button in (
            self.rename_button, self.up_button, self.down_button, self.close_button,
            self.remove_button,
        ):  # fmt: skip
            button.setEnabled(one is not None)

    def _on_changed(self, topics: frozenset[Topic], _origin: object) -> None:
        if Topic.MONEY in topics:
            self.look()

    # --- acting ------------------------------------------------------------------------------

    def add(self) -> None:
        """Open the form for a new heading."""
        HeadingDialog(self.book, parent=self).open()

    def shift(self, by: int) -> None:
        """Move the heading in hand up or down among its own side."""
        one, register = self.heading, self.book.register
        if one is not None:
            self._run(lambda: money.move_heading(register, one.id, by), quiet=True)

    def _on_opened(self, _index: QModelIndex) -> None:
        self._on_rename()

    def _on_rename(self) -> None:
        if self.heading is not None:
            RenameDialog(self.book, self.heading, parent=self).open()

    def _on_close(self) -> None:
        one, register = self.heading, self.book.register
        if one is not None:
            day = None if one.closed_on else self.book.today()
            self._run(lambda: money.close_heading(register, one.id, day))

    def _on_remove(self) -> None:
        one, register = self.heading, self.book.register
        if one is not None:
            self._run(lambda: money.remove_heading(register, one.id))

    def _run(self, change: Callable[[], Done | Refused], *, quiet: bool = False) -> None:
        answer = self.book.commands.run(change)
        if isinstance(answer, Refused) and not quiet:
            self.problem.setText(answer.text)
            self.problem.show()


class RenameDialog(SmallForm):
    """Another name for a heading; its past entries follow."""

    def __init__(self, book: Book, heading: Heading, parent: QWidget | None = None) -> None:
        super().__init__(book, "Rename a heading", "Rename it", parent)
        self._heading = heading
        self.name = Line()
        self.name.setText(heading.name)
        self.add_field(
            "name", self.tr("Name"), self.name,
            hint=self.tr("Everything booked under it follows, and budgets too"),
        )  # fmt: skip

    def carry_out(self) -> Done | Refused:
        """Give it its name."""
        return money.rename_heading(self.book.register, self._heading.id, self.name.text())


def _call(action: Callable[[], None], _checked: bool = False) -> None:
    action()
