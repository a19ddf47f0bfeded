"""How an open book begins: its frame is seen at once, and Home is made in the next turns."""

from collections.abc import Callable, Iterator
from importlib import import_module

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.page import Page
from app.ui.widgets.words import words

_MODULES = (
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
)
"""What Home is written in, read a part a turn."""
_MOST_KEYS = 20


class BlankPage(QWidget):
    """What is seen for a moment before Home: its title. It keeps the keys that are pressed for Home."""

    def __init__(self, looks: Appearance, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        said = words(title)
        said.setObjectName("pageTitle")
        column = QVBoxLayout(self)
        column.setContentsMargins(looks.gap(26), looks.gap(18), looks.gap(26), looks.gap(14))
        column.addWidget(said)
        column.addStretch(1)
        self._keys: list[QKeyEvent] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep what is pressed until Home can take it."""
        if len(self._keys) < _MOST_KEYS:
            self._keys.append(event.clone())

    def event(self, event: QEvent) -> bool:
        """Keep Tab too: there is nothing here to go to."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def pass_on(self) -> None:
        """Give whatever has the keyboard now what was pressed: each key goes down and up again."""
        for down in self._keys:
            up = QKeyEvent(QEvent.Type.KeyRelease, down.key(), down.modifiers(), down.text())
            for event in (down, up):  # Tab goes up where it led to; a button is pressed by going up
                if (widget := QApplication.focusWidget()) is not None:
                    QCoreApplication.sendEvent(widget, event)
        self._keys.clear()


class Beginning(QObject):
    """Reads what Home needs and makes it, a piece a turn, while the frame can be used."""

    def __init__(
        self,
        pages: QStackedWidget,
        blank: BlankPage,
        make_home: Callable[[], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._pages = pages
        self._blank = blank
        self._make_home = make_home
        self._pieces: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_turn)
        pages.addWidget(blank)

    @property
    def active(self) -> bool:
        """Whether Home is still to be made."""
        return self._timer.isActive()

    def begin(self) -> None:
        """Begin; it goes on by itself."""
        self._blank.setFocus()
        self._pieces = self._each_piece()
        self._timer.start(0)

    def stop(self) -> None:
        """Make nothing more."""
        self._timer.stop()

    def end(self, home: Page, *, wanted: bool) -> None:
        """Show Home in the place of what was seen first, unless one is elsewhere by now."""
        waits = self._pages.window().focusWidget() is self._blank
        if wanted:
            self._pages.setCurrentWidget(home)
        self._pages.removeWidget(self._blank)
        if wanted and waits:
            home.take_keyboard()

    def _on_turn(self) -> None:
        if next(self._pieces, self) is self:
            self.stop()

    def _each_piece(self) -> Iterator[None]:
        yield  # the frame is drawn first
        for module in _MODULES:
            import_module(module)
            yield
        self._make_home()
        yield  # some of its lines come a turn later
        yield
        self._blank.pass_on()
        self._blank.deleteLater()
