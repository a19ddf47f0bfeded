"""A field that offers what is already there, under itself, while one types."""

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.line import Line

_MOST = 8
_WIDEST = 640
"""Pixels at 100 % of what is offered; longer words are cut in their middle."""
_EDGE = 8
"""Pixels that stay free at the edge of the window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One thing offered: its words, and the record or key it stands for."""

    text: str = field(repr=False)
    value: Any = field(repr=False)


class SuggestionList(QListView):
    """The things offered; it belongs to the window, so that it lies over what is below the field."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "suggestions")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._rows = QStandardItemModel(self)
        self.setModel(self._rows)
        self.hide()

    def offer(self, offered: tuple[Suggestion, ...]) -> None:
        """Show these and nothing else; none is chosen yet."""
        self._rows.clear()
        for suggestion in offered[:_MOST]:
            item = QStandardItem(suggestion.text)
            item.setData(suggestion.value, Qt.ItemDataRole.UserRole)
            self._rows.appendRow(item)
        self.setCurrentIndex(QModelIndex())

    @property
    def count(self) -> int:
        """How many are offered."""
        return self._rows.rowCount()

    def whole_height(self) -> int:
        """Return the height at which every row is seen and nothing is left over."""
        self.doItemsLayout()
        last = self.visualRect(self._rows.index(self.count - 1, 0)).bottom() + 1
        return last + self.verticalOffset() + self.height() - self.viewport().height()

    def whole_width(self) -> int:
        """Return the width at which no words are cut."""
        return self.sizeHintForColumn(0) + self.width() - self.viewport().width()

    def step(self, by: int) -> None:
        """Choose the next (1) or the one before (-1); before the first none is chosen."""
        row = self.currentIndex().row() + by
        self.setCurrentIndex(self._rows.index(max(-1, min(row, self.count - 1)), 0))

    def chosen(self) -> Any:
        """Return the value of the one chosen, or None."""
        return self.currentIndex().data(Qt.ItemDataRole.UserRole) if self._has_choice() else None

    def _has_choice(self) -> bool:
        return self.isVisible() and self.currentIndex().isValid()


class SuggestField(Line):
    """A line to type in; what is offered under it is walked with Up and Down and taken with Enter."""

    wanted = Signal(str)
    """Somebody typed: offer what there is, with ``offer()``."""
    taken = Signal(object)
    """The value of a suggestion that was taken."""
    entered = Signal(str)
    """Enter with nothing chosen: the words as typed."""

    def __init__(self, looks: Appearance, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._list: SuggestionList | None = None
        self.setAccessibleName(name)
        self.textEdited.connect(self._on_edited)

    def offer(self, offered: tuple[Suggestion, ...]) -> None:
        """Show suggestions under the field, or take them away when there are none."""
        if self._list is None:
            if not offered:
                return
            self._list = SuggestionList(self.accessibleName(), self.window())
            self._list.clicked.connect(self._on_clicked)
        self._list.offer(offered)
        if offered and self.isVisible():
            self._list.show()
            self._place(self._list)
            self._list.raise_()
        else:
            self._list.hide()

    @property
    def offered(self) -> SuggestionList | None:
        """The list under the field while it is open."""
        return self._list if self._list is not None and self._list.isVisible() else None

    def close_list(self) -> bool:
        """Take the suggestions away; False when there were none."""
        if self.offered is None:
            return False
        self.offered.hide()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk and take suggestions; everything else is typing."""
        key, offered = event.key(), self.offered
        if offered and key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            offered.step(1 if key == Qt.Key.Key_Down else -1)
        elif offered and key == Qt.Key.Key_Escape:
            offered.hide()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the suggestions away when the keyboard goes elsewhere."""
        super().focusOutEvent(event)
        self.close_list()

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the suggestions away with the field."""
        super().hideEvent(event)
        self.close_list()

    def _enter(self) -> None:
        self._take(self.offered.chosen() if self.offered else None)

    def _take(self, value: Any) -> None:
        self.close_list()
        if value is not None:
            self.taken.emit(value)
        else:
            self.entered.emit(self.text())

    def _on_edited(self, typed: str) -> None:
        self.wanted.emit(typed)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._take(index.data(Qt.ItemDataRole.UserRole))

    def _place(self, offered: SuggestionList) -> None:
        height = offered.whole_height()
        window = self.window()
        under = self.mapTo(window, QPoint(0, self.height() + 2))
        if under.y() + height > window.height():  # no room below: put it above
            under = self.mapTo(window, QPoint(0, -height - 2))
        wanted = min(offered.whole_width(), self._looks.px(_WIDEST))
        width = min(max(self.width(), wanted), window.width() - 2 * _EDGE)
        left = max(
            _EDGE, min(under.x(), window.width() - _EDGE - width)
        )  # at the right, it grows left
        offered.setGeometry(left, max(0, under.y()), width, height)
