"""A table as a ledger: generous rows, thin lines, the row in hand banded so that it is seen."""

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from app.ui.appearance import Appearance
from app.ui.dressing import is_late
from app.ui.tables.delegate import LedgerDelegate, row_height
from app.ui.tables.rows_model import AnyIndex, Column, RowsModel
from app.ui.tables.widths import shared, wanted

_FREE = 160
"""Pixels at 100 % that a column without a width of its own should have."""
_LEAST_FREE = 110
"""Pixels at 100 % with which it is content where there is little room."""


class LedgerTable(QTableView):
    """A read-only table of rows."""

    opened = Signal(QModelIndex)
    """Enter or a double click on a row."""
    _late = False
    """Whether the looks changed while nobody saw it."""
    _wanted: tuple[int, ...] | None = None
    """How wide each column would have to be; none where that is not known, None until it is asked."""

    def __init__(self, looks: Appearance, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.looks = looks
        self._least_rows = 0
        self.setAccessibleName(name)
        self.setItemDelegate(LedgerDelegate(looks, self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.doubleClicked.connect(self.opened)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()

    def keep_rows(self, rows: int) -> None:
        """Never be lower than so many rows, whatever the text size."""
        self._least_rows = rows
        self._on_looks_changed()

    def setModel(self, model: Any) -> None:
        """Show a model and give its columns their widths."""
        if self.model() is not None:
            self.model().modelReset.disconnect(self._on_reset)
        super().setModel(model)
        self._wanted = None
        model.modelReset.connect(self._on_reset)
        model.dataChanged.connect(self._on_data_changed)
        self._spread()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row in hand."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Leave typed letters to the page: Qt's own search would ask for every row."""

    def showEvent(self, event: QShowEvent) -> None:
        """Measure the words, which nobody does for what is out of sight."""
        super().showEvent(event)
        if self._wanted is None:
            self._spread()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns their widths again."""
        super().resizeEvent(event)
        self._spread()

    def focusInEvent(self, event: Any) -> None:
        """Take a row in hand with the keyboard, so that there is always one to see."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: Any) -> None:
        """Draw the row in hand without its band."""
        super().focusOutEvent(event)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when letters or style change."""
        super().changeEvent(event)
        kind = event.type()
        if kind == QEvent.Type.FontChange or (kind == QEvent.Type.StyleChange and self._late):
            self._on_looks_changed()

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Draw both rows whole: the band goes across all columns."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def _on_looks_changed(self) -> None:
        self._late = is_late(self)
        self._wanted = None
        if self._late:  # it is told again when it is dressed
            return
        self.verticalHeader().setDefaultSectionSize(row_height(self.looks))
        self.verticalHeader().setMinimumSectionSize(row_height(self.looks))
        if self._least_rows:
            head = self.horizontalHeader().sizeHint().height()
            self.setMinimumHeight(self._least_rows * row_height(self.looks) + head)
        self._spread()

    def _spread(self) -> None:
        """Give fixed columns their width and share what is left among the others."""
        model = self.model()
        if not isinstance(model, RowsModel) or not model.columns:
            return
        px, room = self.looks.px, self.viewport().width()
        narrow, shown = self._chosen(model.columns, room)
        own = {one.key: px(_fixed_width(one, narrow=narrow)) for one in shown}
        more = {one.key: px(one.width) - own[one.key] for one in shown if one.width}
        free = [one for one in shown if not one.width]
        over = room - sum(own.values()) - px(_FREE) * len(free)
        part = min(1.0, max(0.0, over / (sum(more.values()) or 1)))  # of what was taken from them
        own |= {key: own[key] + int(part * taken) for key, taken in more.items()}
        left = max(0, room - sum(own.values()))
        share = left // max(1, sum(one.weight for one in free))
        widths = {one.key: own.get(one.key) or max(px(60), share * one.weight) for one in shown}
        if wants := self._wants(model):
            places = [place for place, one in enumerate(model.columns) if one in shown]
            fitted = shared(list(widths.values()), [wants[place] for place in places])
            widths = dict(zip(widths, fitted, strict=True))
        for place, one in enumerate(model.columns):
            self.setColumnWidth(place, widths.get(one.key, px(60)))
            self.setColumnHidden(place, one not in shown)

    def _wants(self, model: RowsModel[Any]) -> tuple[int, ...]:
        delegate = self.itemDelegate()
        if self._wanted is None and self.isVisible() and isinstance(delegate, LedgerDelegate):
            head = self.looks.font(13, QFont.Weight.DemiBold)
            self._wanted = wanted(model, delegate, self.font(), head)
        return self._wanted or ()

    def _on_reset(self) -> None:
        self._wanted = None
        if self.isVisible():
            self._spread()

    def _on_data_changed(self) -> None:
        model = self.model()
        if isinstance(model, RowsModel) and not model.long:
            self._on_reset()

    def _chosen(
        self, columns: tuple[Column[Any], ...], room: int
    ) -> tuple[bool, list[Column[Any]]]:
        """Return whether widths are the least, and what is shown: nothing left out in vain."""
        px, narrow, shown = self.looks.px, False, list(columns)
        spares = sorted({1} | {column.spare for column in columns if column.spare})
        ways = ((0, False, _FREE), (1, False, _FREE))
        for left_out, narrow, need in (*ways, *((spare, True, _LEAST_FREE) for spare in spares)):
            shown = [one for one in columns if not (one.spare and one.spare <= left_out)]
            taken = sum(px(_fixed_width(column, narrow=narrow)) for column in shown)
            free = sum(not column.width for column in shown)
            if room - taken >= px(need * free):
                break
        return narrow, shown


def _fixed_width(column: Column[Any], *, narrow: bool) -> int:
    return (column.least or column.width) if narrow else column.width
