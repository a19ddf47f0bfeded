"""How a page comes: its title is seen at once, and the page is made in the next turns."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.ui.appearance import Appearance
from app.ui.held_keys import MOST_KEYS, press_again
from app.ui.widgets.page import Page, PageStack
from app.ui.widgets.words import words

MODULES = {
    "home": (
        "app.services.people",
        "app.services.referrals",
        "app.services.activities",
        "app.services.money.books",
        "app.services.money.bank_rules",
        "app.services.money.beside",
        "app.services.money.sums",
        "app.services.money",
        "app.services.outcomes",
        "app.services.places",
        "app.services.found_returns",
        "app.ui.home.home_page",
        "app.ui.home_doors",
    ),
    "sessions": ("app.ui.activities.sessions_page",),
    "people": ("app.ui.people.people_page",),
    "referrals": ("app.ui.referrals.referrals_page",),
    "returns": ("app.services.returns", "app.ui.returns.returns_page"),
    "money": ("app.services.money", "app.ui.money.money_page"),
    "outcomes": ("app.ui.outcomes.outcomes_page",),
    "settings": ("app.ui.settings.settings_page",),
}
"""What each page of the rail is written in, read a part a turn."""


class BlankPage(QWidget):
    """What is seen for a moment before a page: its title. It keeps the keys pressed for the page."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = words("")
        self._title.setObjectName("pageTitle")
        column = QVBoxLayout(self)
        column.setContentsMargins(looks.gap(26), looks.gap(18), looks.gap(26), looks.gap(14))
        column.addWidget(self._title)
        column.addStretch(1)
        self._keys: list[QKeyEvent] = []

    def begin(self, title: str) -> None:
        """Stand for another page, with the keyboard: no key was pressed for it yet."""
        self.setAccessibleName(title)
        self._title.setText(title)
        self._keys.clear()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep what is pressed until the page can take it."""
        if len(self._keys) < MOST_KEYS:
            self._keys.append(event.clone())

    def event(self, event: QEvent) -> bool:
        """Keep Tab too: there is nothing here to go to."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def pass_on(self) -> Iterator[None]:
        """Give whatever has the keyboard now what was pressed: each key goes down and up again."""
        while self._keys:
            press_again(self._keys.pop(0))
            yield  # what it leads to may come a turn later
            yield


class Making(QObject):
    """Reads what a page needs and makes it, a piece a turn, while the frame can be used."""

    def __init__(
        self,
        pages: QStackedWidget,
        looks: Appearance,
        make: Callable[[str], Page | PageStack],
        parent: QObject,
    ) -> None:
        """``make`` makes a page by its key, or returns it where it is made already."""
        super().__init__(parent)
        self._pages = pages
        self._blank = BlankPage(looks)
        self._make = make
        self._pieces: dict[str, Iterator[None]] = {}
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_turn)
        pages.addWidget(self._blank)

    @property
    def active(self) -> bool:
        """Whether something is still to be made."""
        return self._timer.isActive()

    def begin(self, key: str, title: str, show: Callable[[bool], None]) -> None:
        """Show a title, and call ``show`` when the page is made; it goes on by itself.

        ``show`` is told whether the keyboard is still waiting for the page. Whatever was begun before
        is made afterwards.
        """
        self._pages.setCurrentWidget(self._blank)
        self._blank.begin(title)
        self._pieces.pop(key, None)
        self._pieces[key] = self._each_piece(key, show)
        self._timer.start(0)

    def stop(self) -> None:
        """Make nothing more."""
        self._timer.stop()

    def _on_turn(self) -> None:
        key, pieces = next(reversed(self._pieces.items()))
        if next(pieces, self) is self:
            del self._pieces[key]
            if not self._pieces:
                self.stop()

    def _each_piece(self, key: str, show: Callable[[bool], None]) -> Iterator[None]:
        yield  # the title is drawn first
        for module in MODULES[key]:
            import_module(module)
            yield
        page = self._make(key)
        yield
        if isinstance(page, Page):
            yield from parts(page, page.made_with)
        show(self._pages.window().focusWidget() is self._blank)
        yield  # some of its lines come a turn later
        yield
        yield from self._blank.pass_on()


def parts(page: Page | PageStack, names: Iterable[str]) -> Iterator[None]:
    """Make some of the parts of a page that are made later, with a pause wherever it yields."""
    for name in names:
        if name not in vars(page):
            import_module(page.made_later[name])
            yield
            getattr(page, name)
            yield
