"""A line on Home: how many questionnaires are due, and the way to them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.outcomes import Stage
from app.services import outcomes
from app.ui import texts
from app.ui.book import Book
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.words import rule, words


class QuestionnairesLine(QWidget):
    """Hidden while nothing is due."""

    wanted = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        looks = book.looks
        self._picture = QLabel()
        self._title = words("", "strong", wrap=True)
        self._aside = words("", "aside", wrap=True)
        self.button = ActionButton(looks, self.tr("Show them"), icon="list-checks")
        self.button.setAccessibleName(self.tr("Show the questionnaires due"))
        said = QVBoxLayout()
        said.setSpacing(looks.px(2))
        said.addWidget(self._title)
        said.addWidget(self._aside)
        self._row = QHBoxLayout()
        self._row.addWidget(self._picture)
        self._row.addLayout(said, 1)
        self._row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(rule())
        column.addLayout(self._row)
        self.button.clicked.connect(self.wanted)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()
        self.hide()

    def look(self) -> int:
        """Read what is due again; return how many there are."""
        today = self._book.today()
        due = outcomes.due_list(self._book.register, today=today)
        people = len({one.person.id for one in due})
        again = sum(one.stage is Stage.FOLLOW_UP for one in due)
        count = texts.counted(len(due), self.tr("questionnaire"), self.tr("questionnaires"))
        self._title.setText(self.tr("{count} due").format(count=count))
        self._aside.setText(
            self.tr("{people} · {first} for the first time, {again} again").format(
                people=texts.counted(people, self.tr("person"), self.tr("people")),
                first=f"{len(due) - again:,}",
                again=f"{again:,}",
            )
        )
        self.setVisible(bool(due))
        return len(due)

    def _on_looks_changed(self) -> None:
        px = self._book.looks.px
        self._row.setContentsMargins(0, px(4), 0, px(4))
        self._row.setSpacing(px(8))
        self._picture.setPixmap(
            self._book.looks.pixmap("smile", "ink", 20, self.devicePixelRatioF())
        )
