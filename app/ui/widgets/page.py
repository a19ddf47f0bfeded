"""A page: its head with one primary action, its body, and when it looks again."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.changes import Topic
from app.ui.appearance import Appearance
from app.ui.book import Book
from app.ui.widgets.cards import NoticeBar
from app.ui.widgets.tab_order import tab_as_read
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

_TITLE_ROOM = 340
"""Pixels at 100 % beside the buttons with which a long title is content."""
_LEAST_ROOM = 160
"""Pixels at 100 % that a short title keeps for what is said under it."""


_SETTLING_MS = 400
"""So long after a page began to be shown its height may still change by itself."""


class FillingLayout(QVBoxLayout):
    """A column that fills the window and asks only for its least height.

    Qt would otherwise give a page with wrapped words all the height it would like, and a table on
    it would never shrink to the window. The least is reckoned at the width there is: words in
    several lines would else take their room from the fields under them.
    """

    _reckoning = False
    _width = 0
    """The width it had last: Qt forgets its own when anything inside changes."""

    def hasHeightForWidth(self) -> bool:
        """Say no, whatever is inside; but for this layout's own reckoning."""
        return self._reckoning and super().hasHeightForWidth()

    def minimumSize(self) -> QSize:
        """Return the least size, with words wrapped as they are now."""
        least = super().minimumSize()
        width = self.geometry().width()
        if width > 0:
            self._reckoning = True
            least.setHeight(max(least.height(), self._least_height(width)))
            self._reckoning = False
        return least

    def _least_height(self, width: int) -> int:
        """Return the least height; where it fits without a scroll bar, none is to keep itself there.

        A bar takes width, so that words wrap once more, and then it would seem to be needed.
        """
        holder = self.parentWidget()
        viewport = holder.parentWidget() if holder is not None else None
        area = viewport.parentWidget() if viewport is not None else None
        if isinstance(area, QScrollArea):
            room = area.maximumViewportSize()
            if room.width() > width:
                whole = self.minimumHeightForWidth(room.width())
                if whole <= room.height():
                    return whole
        return self.minimumHeightForWidth(width)

    def setGeometry(self, room: QRect) -> None:
        """Take the room; at another width another height may be the least."""
        before, self._width = self._width, room.width()
        super().setGeometry(room)
        holder = self.parentWidget()
        if room.width() != before and holder is not None:
            QCoreApplication.postEvent(holder, QEvent(QEvent.Type.LayoutRequest))


class PageHead(QWidget):
    """Title and subtitle at the left; what can be done at the right, the primary action last."""

    def __init__(self, looks: Appearance, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self.title = words(title, wrap=True)
        self.title.setObjectName("pageTitle")
        self.subtitle = words("", "aside", wrap=True)
        self._texts = texts = QVBoxLayout()
        texts.setSpacing(looks.px(4))
        texts.addWidget(self.title)
        texts.addWidget(self.subtitle)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(texts, 1)
        self._buttons = WrapRow(looks)
        self._row.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignTop)
        self._narrow = False
        """Whether the buttons stand under the title."""

    def say(self, title: str, subtitle: str = "") -> None:
        """Show another title and subtitle."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))
        self._arrange()  # out of sight nobody would ask for it

    def put_above(self, widget: QWidget) -> None:
        """Put something above the title: a way back."""
        self._texts.insertWidget(0, widget, 0, Qt.AlignmentFlag.AlignLeft)

    def add_action(self, button: QWidget, *, first: bool = False) -> None:
        """Put a button at the right of those that are there, or before them."""
        self._buttons.add(button, first=first)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons under the title where there is no room beside it."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Arrange again when a button shows, hides or has other words."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        wanted = self._buttons.sizeHint().width()
        title = self.title.fontMetrics().horizontalAdvance(self.title.text()) + self._looks.px(24)
        enough = min(self._looks.px(_TITLE_ROOM), max(title, self._looks.px(_LEAST_ROOM)))
        narrow = self.width() - wanted < enough
        if narrow != self._narrow:  # a layout that is told the same again arranges again, for ever
            self._narrow = narrow
            directions = QBoxLayout.Direction
            self._row.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
            top, none = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag(0)
            self._row.setAlignment(self._buttons, none if narrow else top)
        self._buttons.setMinimumWidth(0 if narrow else wanted)
        self._buttons.setMaximumWidth(16_777_215 if narrow else wanted)
        # Qt takes height from a title in several lines when the buttons under it need much. At the
        # width it is about to have: at the one before, it may have needed more lines. And not asked
        # of the label, which never says less than what it was told here last.
        room = self.width() if narrow else self.width() - wanted - self._row.spacing()
        self.title.setMinimumHeight(self._lines_high(max(1, room)))

    def _lines_high(self, width: int) -> int:
        """Return how high the title is at a width."""
        flags = int(Qt.TextFlag.TextWordWrap)
        metrics = self.title.fontMetrics()
        return metrics.boundingRect(0, 0, width, 16_777_215, flags, self.title.text()).height()


class Page(QWidget):
    """What every page has: a head, a place for notices, and refreshing by topic.

    A page that is not seen when something changes looks again when it is shown.
    """

    topics: frozenset[Topic] = frozenset()
    """What makes this page look again."""

    help_text = ""
    """What F1 says about this page."""

    made_later: Mapping[str, str] = {}
    """Parts made when they are first wanted, mostly none. See PageStack."""
    made_with: Sequence[str] = ()
    """Those of them that are seen with the page: made before it is shown."""

    def __init__(
        self, book: Book, title: str = "", parent: QWidget | None = None, *, long: bool = False
    ) -> None:
        """Make an empty page; a ``long`` one grows with its words, others fill the window."""
        super().__init__(parent)
        self.book = book
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.head = PageHead(book.looks, title)
        self.notice = NoticeBar(book.looks)
        room = QWidget()
        self.body = QVBoxLayout()
        self.foot = QVBoxLayout()
        self._inner = QVBoxLayout(room) if long else FillingLayout(room)
        self._inner.addWidget(self.head)
        self._inner.addWidget(self.notice)
        self._inner.addLayout(self.body, 1)
        self._area = scrolling(room)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._outer.addWidget(self._area, 1)
        self._outer.addLayout(self.foot)
        self._stale = True
        self._brought: QWidget | None = None
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(self._on_settled)
        self._area.verticalScrollBar().rangeChanged.connect(self._bring_up_again)
        book.events.changed.connect(self._on_changed)
        book.looks.later.add(self)
        book.looks.changed.connect(self._on_page_looks_changed)
        self._on_page_looks_changed()

    def reload(self) -> None:
        """Read everything again and show it."""

    def fresh(self) -> None:
        """Look again if something changed meanwhile."""
        if self._stale:
            self._stale = False
            self.reload()

    def escape(self) -> bool:
        """Close whatever is open on the page; False when there was nothing to close."""
        if self.notice.isVisible():
            self.notice.clear()
            return True
        return False

    def bring_in(self, _path: Path | None = None) -> bool:
        """Begin the import that belongs to the page, of a file if one was dropped; False: none does."""
        return False

    def begin(self) -> None:
        """Show what the rail leads to: the page itself."""

    def settle(self) -> None:
        """Save what is typed and not saved yet."""

    def show_focused(self, widget: QWidget) -> None:
        """Bring what has the keyboard into sight."""
        if widget is self._brought:
            return
        self._brought = None
        if self._area.isAncestorOf(widget):
            self._area.ensureWidgetVisible(widget, 0, self.book.looks.px(24))

    def take_keyboard(self) -> None:
        """Give the keyboard to what is used first on this page."""

    def bring_up(self, widget: QWidget) -> None:
        """Scroll so that a widget begins at the top, where the page is higher than its room.

        A page that was not seen yet, or shows something new, gets its height only a moment later:
        until it has settled, the widget is brought up again.
        """
        self._brought = widget
        self._settling.start(_SETTLING_MS)
        self._bring_up_again()

    def _bring_up_again(self) -> None:
        widget = self._brought
        if widget is None:
            return
        body = self._area.widget()
        if body is not None and body.height() > self._area.viewport().height():
            top = widget.mapTo(body, QPoint(0, 0)).y()
            self._area.verticalScrollBar().setValue(top - self.book.looks.px(6))

    def _on_settled(self) -> None:
        self._brought = None

    def showEvent(self, event: QShowEvent) -> None:
        """Look again before being seen, in what everything wears now."""
        self.book.looks.later.dress(self)
        self.fresh()
        super().showEvent(event)
        tab_as_read(self)
        QTimer.singleShot(0, self, self._begin_at_top)

    def _begin_at_top(self) -> None:
        """Begin with the title, where what has the keyboard is in sight with it."""
        body, now = self._area.widget(), self.window().focusWidget()
        if self._brought is not None or body is None or now is None or not body.isAncestorOf(now):
            return
        foot = now.mapTo(body, QPoint(0, now.height())).y()
        if foot <= self._area.viewport().height():
            self._area.verticalScrollBar().setValue(0)

    @Slot(object, object)
    def _on_changed(self, topics: frozenset[Topic], origin: QObject | None) -> None:
        if not topics & self.topics or origin is self:
            return
        self._stale = True
        if self.isVisible():
            self.fresh()
            tab_as_read(self)  # what was read again may have been made again

    def _on_page_looks_changed(self) -> None:
        gap = self.book.looks.gap
        self._inner.setContentsMargins(gap(26), gap(18), gap(26), gap(14))
        self._inner.setSpacing(gap(14))
        self.body.setSpacing(gap(16))
        self.foot.setContentsMargins(gap(26), 0, gap(26), gap(14))


class PageStack(QStackedWidget):
    """Pages of one kind of thing, one shown at a time; it speaks for the one shown."""

    made_later: Mapping[str, str] = {}
    """Pages made when they are first wanted, by the name of their attribute, and their modules."""
    made_often: Sequence[str] = ()
    """Those of them that are wanted in most sittings: made ahead with the first."""

    def made(self, name: str) -> Page | None:
        """Return one of the pages made later, if it was ever wanted."""
        return self.__dict__.get(name)

    @property
    def page(self) -> Page:
        """The page shown."""
        return cast("Page", self.currentWidget())  # nothing else is ever added

    def begin(self) -> None:
        """Show what the rail leads to: the first of the pages."""

    @property
    def help_text(self) -> str:
        """What F1 says about the page shown."""
        return self.page.help_text

    def escape(self) -> bool:
        """Close what is open on the page shown."""
        return self.page.escape()

    def bring_in(self, path: Path | None = None) -> bool:
        """Begin the import that belongs to the page shown."""
        return self.page.bring_in(path)

    def settle(self) -> None:
        """Save what is typed on the page shown."""
        self.page.settle()

    def show_focused(self, widget: QWidget) -> None:
        """Bring what has the keyboard into sight."""
        self.page.show_focused(widget)

    def take_keyboard(self) -> None:
        """Give the keyboard to the page shown."""
        self.page.take_keyboard()


def scrolling_in_card(body: QWidget) -> QScrollArea:
    """Return a scroll area on a card: with the card's ground."""
    area = scrolling(body)
    area.setObjectName("cardScroll")
    body.setObjectName("cardBody")
    return area


def scrolling(body: QWidget) -> QScrollArea:
    """Return a scroll area that grows its body to the width there is."""
    area = QScrollArea()
    area.setObjectName("pageScroll")
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    body.setObjectName("pageBody")
    area.setWidget(body)
    return area
