"""The left pane of a workspace: every question with how it stands, and what to see to before sending."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.services.returns.state import Caution, DraftState, PartState, Standing
from app.ui.appearance import Appearance
from app.ui.tables.rows_model import AnyIndex
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.page import scrolling_in_card
from app.ui.widgets.tab_order import tab_as_read
from app.ui.widgets.words import tip, words

_PART = Qt.ItemDataRole.UserRole + 1
_SHAPES = {
    Standing.EMPTY: ("circle", "muted"),
    Standing.OPTIONAL: ("circle", "muted"),
    Standing.BEGUN: ("circle-dot", "ink"),
    Standing.DONE: ("circle-check", "good"),
    Standing.OVER: ("triangle-alert", "overdue"),
    Standing.TOO_SHORT: ("triangle-alert", "due"),
    Standing.MISSING_RECEIPTS: ("triangle-alert", "due"),
    Standing.AUTOMATIC: ("book-open", "good"),
}
"""Shape and colour of each state; its word stands under the title."""
_MOST_CAUTIONS = 12
_ROW = 42
"""Pixels at 100 % of one part."""


def used(part: PartState) -> str:
    """Return how much of its limit a part uses, as short as it can be said: 61/150."""
    if part.words_to:
        return f"{part.words:,}/{part.words_to:,}"
    if part.letters_to:
        return f"{part.letters:,}/{part.letters_to:,}"
    return ""


class QuestionList(QWidget):
    """The questions and parts of a return, and the warnings under them."""

    chosen = Signal(int)
    """The place of a part in the state."""
    question_wanted = Signal(str)
    """A warning leads to this question."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._state: DraftState | None = None
        self._cautions: tuple[Caution, ...] | None = None
        self.list = PartList(looks)
        self.list.setAccessibleName(self.tr("Questions"))
        card = Card(looks, self.tr("Questions"))
        card.body.addWidget(self.list, 3)
        self._before = QWidget()
        self._warnings = QVBoxLayout(self._before)
        self._warnings.setContentsMargins(0, 0, 0, 0)
        self._heading = words(self.tr("Before you send"), "heading")
        self._area = scrolling_in_card(self._before)
        card.body.addWidget(self._heading)
        card.body.addWidget(self._area, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.list.moved.connect(self.chosen)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()

    def show_state(self, state: DraftState) -> None:
        """Show how a draft stands; the part in hand stays in hand."""
        self._state = state
        self.list.show_parts(state.parts)
        if state.cautions != self._cautions:
            self._cautions = state.cautions
            self._show_cautions(state.cautions)

    def show_parts(self, parts: Sequence[PartState]) -> None:
        """Show the parts alone, while nothing is counted yet."""
        self.list.show_parts(parts)
        self._cautions = None
        self._show_cautions(())

    def choose(self, place: int) -> None:
        """Take a part in hand."""
        self.list.choose(place)

    def show_uncounted(self, _fault: str = "") -> None:
        """Say no longer that it is being counted, when it could not be."""
        if self._cautions is None:
            self._show_cautions((), self.tr("It could not be counted yet: see above."))

    def _show_cautions(self, cautions: Sequence[Caution], nothing: str = "") -> None:
        while self._warnings.count():
            item = self._warnings.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for one in cautions[:_MOST_CAUTIONS]:
            self._warnings.addWidget(self._caution(one))
        if len(cautions) > _MOST_CAUTIONS:
            more = self.tr("and {count} more").format(count=len(cautions) - _MOST_CAUTIONS)
            self._warnings.addWidget(words(more, "small"))
        if not cautions:
            counted = self._cautions is not None
            going = self.tr("Nothing to see to.") if counted else self.tr("Counting…")
            nothing = nothing or going
            self._warnings.addWidget(words(nothing, "aside", wrap=True))
        self._warnings.addStretch(1)
        tab_as_read(self)  # what was made just now goes in its place

    def _caution(self, one: Caution) -> QWidget:
        if not one.question:
            said = words(f"• {one.text}", "small", wrap=True)
            said.setAccessibleName(one.text)
            return said
        line = _CautionLine(self._looks, one)
        line.wanted.connect(self.question_wanted)
        return line

    def _on_looks_changed(self) -> None:
        self._warnings.setSpacing(self._looks.px(6))
        self.list.setMinimumHeight(self._looks.px(_ROW) * 4)
        self._area.setMinimumHeight(self._looks.px(80))


class _CautionLine(QWidget):
    """A warning that leads to its question: its words in several lines, and a way there."""

    wanted = Signal(str)

    def __init__(self, looks: Appearance, one: Caution, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = one.question
        go = ActionButton(looks, self.tr("Go there"), icon="arrow-right", link=True)
        go.setAccessibleName(self.tr("Go to: {problem}").format(problem=one.text))
        go.clicked.connect(self._on_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(words(f"• {one.text}", "small", wrap=True))
        column.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)

    def _on_clicked(self) -> None:
        self.wanted.emit(self._question)


class PartList(QListView):
    """The parts, one line each: shape, number and title, words used, and the state in words."""

    moved = Signal(int)

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._rows = QStandardItemModel(self)
        self._showing = False
        self.setModel(self._rows)
        self.setItemDelegate(_PartDelegate(looks, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        looks.changed.connect(self.doItemsLayout)

    def show_parts(self, parts: Sequence[PartState]) -> None:
        """Show the parts as they stand; nothing is moved."""
        self._showing = True
        if [self._part(row).title for row in range(self._rows.rowCount())] != [
            one.title for one in parts
        ]:
            self._rows.clear()
            for _ in parts:
                self._rows.appendRow(QStandardItem())
        number = 0
        for row, part in enumerate(parts):
            number += bool(part.question)
            item = self._rows.item(row)
            title = f"{number} {part.title}" if part.question else part.title
            said = ", ".join(text for text in (title, part.text) if text)
            item.setText(title)
            item.setData(part, _PART)
            item.setToolTip(tip(said))
            item.setData(said, Qt.ItemDataRole.AccessibleTextRole)
        self._showing = False

    def _part(self, row: int) -> PartState:
        part: PartState = self._rows.item(row).data(_PART)
        return part

    def choose(self, place: int) -> None:
        """Take a part in hand without telling."""
        self._showing = True
        self.setCurrentIndex(self._rows.index(place, 0))
        self._showing = False

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Tell which part is in hand."""
        super().currentChanged(current, previous)
        if not self._showing and current.isValid():
            self.moved.emit(current.row())


class _PartDelegate(QStyledItemDelegate):
    """Draws one part."""

    def __init__(self, looks: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks = looks

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        """Return the room of two lines."""
        return QSize(self._looks.px(120), self._looks.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the shape, the title, what is used, and the state in words under them."""
        part, looks, rect = index.data(_PART), self._looks, QRect(option.rect)
        if not isinstance(part, PartState):
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, looks.colour("selection"))
        if chosen and bool(option.state & QStyle.StateFlag.State_HasFocus):
            painter.setPen(looks.colour("focus"))
            for by in range(max(2, looks.px(2))):
                painter.drawRect(rect.adjusted(by, by, -by - 1, -by - 1))
        painter.setPen(looks.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._draw_part(painter, rect, part, index.data(), chosen=chosen)
        painter.restore()

    def _draw_part(
        self, painter: QPainter, rect: QRect, part: PartState, title: str, *, chosen: bool
    ) -> None:
        looks, (shape, colour) = self._looks, _SHAPES[part.standing]
        px = looks.px
        ratio = painter.device().devicePixelRatio()
        top = rect.adjusted(px(32), px(3), -px(4), -rect.height() // 2 + px(2))
        painter.drawPixmap(
            rect.left() + px(6), rect.top() + px(6), looks.pixmap(shape, colour, 18, ratio)
        )
        weight = QFont.Weight.Bold if chosen else QFont.Weight.Normal
        painter.setFont(looks.font(15, weight))
        metrics = painter.fontMetrics()
        painter.setPen(looks.colour("ink"))
        fits = metrics.elidedText(title, Qt.TextElideMode.ElideRight, top.width())
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, fits)
        under = top.translated(0, top.height() - px(2))
        said = part.text or used(part)
        painter.setFont(looks.font(13))
        painter.setPen(looks.colour(colour if colour != "ink" else "muted"))
        fits = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, under.width())
        painter.drawText(under, Qt.AlignmentFlag.AlignVCenter, fits)
