"""Choose something to put into an answer: type to find, arrows to choose, Enter to take."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.book import Book
from app.ui.tables.rows_model import LOOK_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.line import Line
from app.ui.widgets.tab_order import tab_as_read
from app.ui.widgets.words import words

_WIDTH, _HEIGHT = 680, 560
"""Pixels at 100 %."""
_ROUND = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One thing that can be chosen."""

    key: str
    title: str = field(repr=False)
    value: str = field(default="", repr=False)
    more: str = field(default="", repr=False)
    """What is said of the one in hand."""
    why_not: str = ""
    """Why it cannot be taken; nothing where it can."""

    def distance(self, typed: str) -> int | None:
        """Return how far it is from what is typed: 0 is called so; None where a word is not in it."""
        said, title = typed.casefold().strip(), self.title.casefold()
        every = said.split()
        if title == said:
            return 0
        if title.startswith(said):
            return 1
        if all(word in title for word in every):
            return 2
        whole = f"{title} {self.key} {self.more.casefold()}"
        return 3 if all(word in whole for word in every) else None


class OffersModel(RowsModel[Offer]):
    """Offers; those that cannot be taken are grey and say why."""

    def cell(self, row: Offer, column: Column[Offer], role: int) -> object:
        """Return what an offer shows; a screen reader hears why it cannot be taken."""
        if role == Qt.ItemDataRole.AccessibleTextRole and row.why_not:
            return f"{column.text(row)}. {row.why_not}"
        if role == LOOK_ROLE and row.why_not:
            return "aside"
        return super().cell(row, column, role)


class PickDialog(QDialog):
    """A line to find with, what is offered, what is said of the one in hand."""

    chosen = Signal(str)
    """What is to be put into the answer."""

    def __init__(
        self, book: Book, title: str, take: str, *, value: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.book = book
        self._offers: tuple[Offer, ...] = ()
        self.heading = words(title, "heading")
        self.search = Line()
        self.search.show_icon(book.looks, "search")
        self.search.setAccessibleName(self.tr("Find"))
        self.search.setPlaceholderText(self.tr("Type to find"))
        self.rows = OffersModel(self._columns(value))
        self.table = LedgerTable(book.looks, title)
        self.table.setModel(self.rows)
        self.table.keep_rows(4)
        self.more = words("", "small", wrap=True)
        self.empty = EmptyState(book.looks, icon="inbox", title=self.tr("Nothing yet"), text="")
        self.extra = QVBoxLayout()
        self.take_button = ActionButton(book.looks, take, icon="check", primary=True)
        self.cancel_button = ActionButton(book.looks, self.tr("Cancel"))
        self._lay_out()
        self.search.textChanged.connect(self._on_typed)
        self.search.installEventFilter(self)
        self.search.returnPressed.connect(self._on_take)
        self.table.opened.connect(self._on_take)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.rows.modelReset.connect(self._on_reset)
        self.take_button.clicked.connect(self._on_take)
        self.cancel_button.clicked.connect(self.reject)

    def _columns(self, value: str) -> list[Column[Offer]]:
        columns: list[Column[Offer]] = [
            Column(key="title", title=self.tr("Name"), text=lambda one: one.title)
        ]
        if value:
            columns.append(
                Column(
                    key="value", title=value, text=lambda one: one.value, width=140, least=90,
                    align=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                )
            )  # fmt: skip
        return columns

    def _lay_out(self) -> None:
        gap = self.book.looks.gap
        column = QVBoxLayout(self)
        column.setContentsMargins(gap(20), gap(16), gap(20), gap(16))
        column.setSpacing(gap(10))
        column.addWidget(self.heading)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.more)
        column.addLayout(self.extra)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.take_button)
        column.addLayout(buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """Open with the keyboard in the line to find with."""
        super().showEvent(event)
        looks, room = self.book.looks, self.screen().availableGeometry()
        self.resize(
            min(looks.px(_WIDTH), room.width() - _ROUND),
            min(looks.gap(_HEIGHT), room.height() - _ROUND),
        )
        tab_as_read(self)
        (self.search if self._offers else self.cancel_button).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Down and Up go through what is offered while one types."""
        if (
            watched is self.search
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step and self.rows.rows:
                row = min(max(self.table.currentIndex().row() + step, 0), len(self.rows.rows) - 1)
                self.table.setCurrentIndex(self.rows.index(row, 0))
                return True
        return super().eventFilter(watched, event)

    # --- offering ----------------------------------------------------------------------------

    def offer(self, offers: Sequence[Offer]) -> None:
        """Offer these; the one in hand stays in hand."""
        now = self.in_hand
        self._offers = tuple(offers)
        for part in (self.search, self.table, self.more, *self.beside()):
            part.setVisible(bool(offers))
        self.empty.setVisible(not offers)
        self._show(now.key if now else "")

    def beside(self) -> Sequence[QWidget]:
        """Return what else is of use only where something is offered."""
        return ()

    @property
    def in_hand(self) -> Offer | None:
        """What is chosen now."""
        return self.rows.row_at(self.table.currentIndex().row())

    def _show(self, key: str) -> None:
        found = [(one.distance(self.search.text()), one) for one in self._offers]
        fits = [(far, one) for far, one in found if far is not None]
        if self.search.text().strip():
            fits.sort(key=lambda pair: pair[0])
        self.rows.set_rows([one for _, one in fits])
        place = next((n for n, one in enumerate(self.rows.rows) if one.key == key), 0)
        if self.rows.rows:
            self.table.setCurrentIndex(self.rows.index(place, 0))
        self._on_row()

    def _on_typed(self) -> None:
        self._show("")

    def _on_reset(self) -> None:
        self.take_button.setEnabled(False)

    def _on_row(self, _now: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        one = self.in_hand
        nothing = self.tr("Nothing is called so.")
        self.more.setText(nothing if one is None else one.why_not or one.more)
        self.take_button.setEnabled(one is not None and not one.why_not)
        if one is not None:
            self.on_in_hand(one)

    def on_in_hand(self, offer: Offer) -> None:
        """Show what goes with the one in hand."""

    @abstractmethod
    def source_of(self, offer: Offer) -> str:
        """Return what is put into the answer for an offer; "" where it is not chosen out yet."""

    def _on_take(self) -> None:
        one = self.in_hand
        source = self.source_of(one) if one is not None and not one.why_not else ""
        if source:
            self.accept()
            self.chosen.emit(source)
