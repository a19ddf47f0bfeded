"""One line of what waits on Home: a picture, what it is, and the button that leads there."""

from abc import abstractmethod
from collections.abc import Collection, Generator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.changes import ALL_TOPICS, Topic
from app.ui.book import Book
from app.ui.gathering import Gathering
from app.ui.home.kept import Kept
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.words import rule, words


@dataclass(frozen=True, slots=True, kw_only=True)
class LineLook:
    """What never changes about a line."""

    picture: str
    """The icon before the words."""
    icon: str
    """The icon of the button."""
    leads_to: str
    """The button's whole name, for whoever hears it."""


class WaitingLine(QWidget):
    """Read a little at a time once the page is drawn, so that nothing waits; hidden when empty."""

    wanted = Signal()
    looked = Signal()
    """It was read: the next may begin."""
    look_is: LineLook
    read_from: Collection[Topic] = ALL_TOPICS
    """What makes it read again: anything, where it is not said."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self.kept = Kept(self.read_from)
        looks = book.looks
        self._picture = QLabel()
        self.title = words("", "strong", wrap=True)
        self.aside = words("", "aside", wrap=True)
        self.button = ActionButton(looks, self.tr("Show them"), icon=self.look_is.icon)
        self.button.setAccessibleName(self.look_is.leads_to)
        said = QVBoxLayout()
        said.setSpacing(looks.px(2))
        said.addWidget(self.title)
        said.addWidget(self.aside)
        self._row = QHBoxLayout()
        self._row.addWidget(self._picture)
        self._row.addLayout(said, 1)
        self._row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(rule())
        column.addLayout(self._row)
        self._looking = Gathering(self)
        self._looking.found.connect(self._on_found)
        self._looking.failed.connect(self._on_failed)
        self.button.clicked.connect(self.wanted)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()
        self.hide()

    @abstractmethod
    def read(self) -> Generator[tuple[int, int], None, Any]:
        """Read what waits, with a pause wherever it yields."""

    @abstractmethod
    def told(self, found: Any) -> tuple[str, str] | None:
        """Return the line and what stands under it, or None when nothing waits."""

    def look(self) -> None:
        """Read it again if it may have changed, after the page is drawn."""
        today = self._book.today()
        if self.kept.holds(today):
            self.looked.emit()
            return
        self.kept.begin(today)
        self._looking.start(self.read(), at_once=False)

    def _on_failed(self, _error: object) -> None:
        self.looked.emit()

    def stop(self) -> None:
        """Read no further."""
        self._looking.stop()

    @property
    def looking(self) -> bool:
        """Whether it still reads."""
        return self._looking.running

    def _on_found(self, found: object) -> None:
        told = self.told(found)
        if told is not None:
            self.title.setText(told[0])
            self.aside.setText(told[1])
        self.setVisible(told is not None)
        self.kept.end()
        self.looked.emit()

    def _on_looks_changed(self) -> None:
        looks = self._book.looks
        self._row.setContentsMargins(0, looks.px(4), 0, looks.px(4))
        self._row.setSpacing(looks.px(8))
        picture = looks.pixmap(self.look_is.picture, "ink", 20, self.devicePixelRatioF())
        self._picture.setPixmap(picture)
