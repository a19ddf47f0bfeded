"""The first step: which file, and what is in it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.appearance import Appearance
from app.ui.book import Book
from app.ui.dropping import dropped_path
from app.ui.imports.answers import Answers, Reading
from app.ui.imports.step import Step
from app.ui.imports.words import KINDS
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.choice import Choice
from app.ui.widgets.words import restyle, words

KINDS_OF_FILE = "Spreadsheets (*.xlsx *.xls *.ods *.csv *.tsv *.txt *.xlsm *.xlsb);;Every file (*)"


class DropCard(QFrame):
    """A place to drop a file on."""

    dropped = Signal(object)

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setAcceptDrops(True)
        self._looks = looks
        self.picture = QLabel()
        self.name = words("", "heading", wrap=True)
        self.more = words("", "aside", wrap=True)
        self.body = QVBoxLayout(self)
        for label in (self.picture, self.name, self.more):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.body.addWidget(label)
        looks.changed.connect(self._on_looks)
        self._on_looks()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file, and show that it may be let go here."""
        if dropped_path(event) is not None:
            event.acceptProposedAction()
            self._light("good")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Look as before."""
        super().dragLeaveEvent(event)
        self._light("plain")

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file."""
        self._light("plain")
        path = dropped_path(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def _light(self, tone: str) -> None:
        self.setProperty("look", "notice" if tone == "good" else "card")
        self.setProperty("tone", tone)
        restyle(self)

    def _on_looks(self) -> None:
        space = self._looks.gap(20)
        self.body.setContentsMargins(space, space, space, space)
        self.body.setSpacing(self._looks.gap(10))
        self.picture.setPixmap(
            self._looks.pixmap("file-spreadsheet", "accent", 40, self.devicePixelRatioF())
        )


class FileStep(Step):
    """Choose or drop a file; what it holds is found by itself and can be changed."""

    chosen = Signal(object)
    """The path of a file to read."""
    title = "Which file?"

    def __init__(self, book: Book, answers: Answers, parent: QWidget | None = None) -> None:
        super().__init__(book, answers, parent)
        looks = book.looks
        self.say(
            self.tr(
                "A spreadsheet (.xlsx, .xls, .ods, .csv) of people, of who came when, or of referrals. It "
                "is only read: nothing in it is changed, and nothing is brought in before you have seen "
                "it."
            )
        )
        self.card = DropCard(looks)
        self.card.dropped.connect(self.chosen)
        self.choose = ActionButton(looks, self.tr("Choose a file…"), icon="folder-open")
        self.choose.clicked.connect(self._on_choose)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.choose)
        row.addStretch(1)
        self.card.body.addLayout(row)
        self.kind_label = words(self.tr("What is in it"), "strong")
        self.kind = Choice(looks, self.tr("What is in it"))
        for key, text in KINDS.items():
            self.kind.addItem(text, key)
        self.kind_label.setBuddy(self.kind)
        self.kind.activated.connect(self._on_kind)
        self.body.addWidget(self.card)
        self.body.addWidget(self.kind_label)
        self.body.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self.show_file(None)

    def wanted(self, _reading: Reading) -> bool:
        """Always: everything begins with a file."""
        return True

    def show_file(self, path: Path | None) -> None:
        """Show which file is chosen."""
        if path is None:
            self.card.name.setText(self.tr("Drop the file here"))
            self.card.more.setText(self.tr("or choose it from a folder"))
        else:
            self.card.name.setText(path.name)
            self.card.more.setText(str(path.parent))
        self.card.picture.setVisible(path is None)  # its room is for what is found in the file
        self.choose.setText(self.tr("Choose another file…") if path else self.tr("Choose a file…"))
        self.kind.setVisible(path is not None and bool(self.answers.kind))
        self.kind_label.setVisible(self.kind.isVisibleTo(self))

    def show_reading(self, reading: Reading) -> None:
        """Show what the file was taken for."""
        self.answers.kind = reading.kind
        self.kind.setCurrentIndex(self.kind.findData(reading.kind))
        self.show_file(reading.opened.path)

    def missing(self) -> str:
        """A file is needed."""
        return "" if self.answers.path else self.tr("Choose a file first.")

    def take_keyboard(self) -> None:
        """Begin with choosing."""
        self.choose.setFocus()

    def _on_choose(self) -> None:
        before = self.answers.path
        self.book.messages.ask_open_path(
            self.window(),
            title=self.tr("Choose a file to import"),
            folder=before.parent if before else Path.home(),
            kinds=KINDS_OF_FILE,
            then=self.chosen.emit,
        )

    def _on_kind(self) -> None:
        self.answers.kind = str(self.kind.currentData())
        self.answers.confirmed.clear()
        self.answers.joined.clear()
