"""A page: its head with one primary action, its body, and when it looks again."""

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.domain.changes import Topic
from app.ui.appearance import Appearance
from app.ui.book import Book
from app.ui.widgets.cards import NoticeBar
from app.ui.widgets.words import words


class PageHead(QWidget):
    """Title and subtitle at the left; what can be done at the right, the primary action last."""

    def __init__(self, looks: Appearance, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self.title = words(title, wrap=True)
        self.title.setObjectName("pageTitle")
        self.subtitle = words("", "aside", wrap=True)
        texts = QVBoxLayout()
        texts.setSpacing(looks.px(4))
        texts.addWidget(self.title)
        texts.addWidget(self.subtitle)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(texts, 1)
        self._actions = QHBoxLayout()
        self._row.addLayout(self._actions)
        self._row.setAlignment(self._actions, Qt.AlignmentFlag.AlignTop)

    def say(self, title: str, subtitle: str = "") -> None:
        """Show another title and subtitle."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))

    def add_action(self, button: QWidget) -> None:
        """Put a button at the right of those that are there."""
        self._actions.addWidget(button)


class Page(QWidget):
    """What every page has: a head, a place for notices, and refreshing by topic.

    A page that is not seen when something changes looks again when it is shown.
    """

    topics: frozenset[Topic] = frozenset()
    """What makes this page look again."""

    help_text = ""
    """What F1 says about this page."""

    def __init__(self, book: Book, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.book = book
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.head = PageHead(book.looks, title)
        self.notice = NoticeBar(book.looks)
        self.body = QVBoxLayout()
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(self.head)
        self._outer.addWidget(self.notice)
        self._outer.addLayout(self.body, 1)
        self._stale = True
        book.events.changed.connect(self._on_changed)
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

    def settle(self) -> None:
        """Save what is typed and not saved yet."""

    def take_keyboard(self) -> None:
        """Give the keyboard to what is used first on this page."""

    def showEvent(self, event: QShowEvent) -> None:
        """Look again before being seen."""
        self.fresh()
        super().showEvent(event)

    @Slot(object, object)
    def _on_changed(self, topics: frozenset[Topic], origin: QObject | None) -> None:
        if not topics & self.topics or origin is self:
            return
        self._stale = True
        if self.isVisible():
            self.fresh()

    def _on_page_looks_changed(self) -> None:
        px = self.book.looks.px
        self._outer.setContentsMargins(px(26), px(20), px(26), px(20))
        self._outer.setSpacing(px(14))
        self.body.setSpacing(px(16))


class PageStack(QStackedWidget):
    """Pages of one kind of thing, one shown at a time; it speaks for the one shown."""

    @property
    def page(self) -> Page:
        """The page shown."""
        page = self.currentWidget()
        assert isinstance(page, Page)
        return page

    @property
    def help_text(self) -> str:
        """What F1 says about the page shown."""
        return self.page.help_text

    def escape(self) -> bool:
        """Close what is open on the page shown."""
        return self.page.escape()

    def settle(self) -> None:
        """Save what is typed on the page shown."""
        self.page.settle()

    def take_keyboard(self) -> None:
        """Give the keyboard to the page shown."""
        self.page.take_keyboard()


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
