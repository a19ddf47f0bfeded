"""A line on Home: how many people were not seen for three sessions, and the way to them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.services import people
from app.ui import texts
from app.ui.book import Book
from app.ui.people.gathering import Gathering
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.words import rule, words


class NotSeenLine(QWidget):
    """Counted an activity at a time, so that nothing waits for it; hidden while there is nobody."""

    wanted = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        looks = book.looks
        self._picture = QLabel()
        self._title = words("", "strong", wrap=True)
        self.button = ActionButton(looks, self.tr("Show them"), icon="users")
        self.button.setAccessibleName(self.tr("Show who was not seen for 3 sessions"))
        said = QVBoxLayout()
        said.setSpacing(looks.px(2))
        said.addWidget(self._title)
        said.addWidget(words(self.tr("A call may be welcome"), "aside", wrap=True))
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
        self.button.clicked.connect(self.wanted)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()
        self.hide()

    def look(self) -> None:
        """Count them again."""
        self._looking.start(people.not_seen(self._book.register, self._book.today()))

    def stop(self) -> None:
        """Count no further."""
        self._looking.stop()

    @property
    def looking(self) -> bool:
        """Whether it still counts."""
        return self._looking.running

    def _on_found(self, away: dict[object, int]) -> None:
        count = texts.counted(len(away), self.tr("person"), self.tr("people"))
        self._title.setText(self.tr("{count} not seen for 3 sessions").format(count=count))
        self.setVisible(bool(away))

    def _on_looks_changed(self) -> None:
        px = self._book.looks.px
        self._row.setContentsMargins(0, px(4), 0, px(4))
        self._row.setSpacing(px(8))
        self._picture.setPixmap(
            self._book.looks.pixmap("user-minus", "ink", 20, self.devicePixelRatioF())
        )
