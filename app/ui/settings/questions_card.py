"""Questions we ask: which equality questions, and which age bands are shown first."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.ages import BandSet
from app.domain.equality import Question
from app.domain.settings import Settings, asked_questions
from app.ui.book import Book
from app.ui.forms.field import Field
from app.ui.settings.own_line import KeptLine
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.choice import Choice
from app.ui.widgets.tick import TickBox
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

QUESTIONS = {
    Question.SEX: "Sex",
    Question.GENDER_SAME: "Gender same as at birth",
    Question.ETHNICITY: "Ethnic group",
    Question.DISABILITY: "Disability",
    Question.CARER: "Unpaid carer",
    Question.ORIENTATION: "Sexual orientation",
    Question.RELIGION: "Religion",
}


class QuestionsCard(Card):
    """Ticks for the questions asked; nobody has to answer one, and what was answered stays."""

    changed_by_hand = Signal(str, object)

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "Questions we ask", parent)
        self.body.addWidget(
            words(
                self.tr(
                    "Ask only what you need for your returns. Everybody may say “prefer not to say”, and "
                    "what was answered before stays in the book."
                ),
                "aside", wrap=True,
            )
        )  # fmt: skip
        row = WrapRow(book.looks)
        self.boxes: dict[Question, TickBox] = {}
        for question, text in QUESTIONS.items():
            box = TickBox(book.looks, self.tr(text))
            box.clicked.connect(self._on_ticked)
            self.boxes[question] = box
            row.add(box)
        self.body.addWidget(row)

    def show_settings(self, ours: Settings) -> None:
        """Tick what is asked."""
        asked = asked_questions(ours)
        for question, box in self.boxes.items():
            box.setChecked(question in asked)

    def _on_ticked(self) -> None:
        names = " ".join(q.value for q, box in self.boxes.items() if box.isChecked())
        self.changed_by_hand.emit("questions", names)


class OwnSet(QWidget):
    """A set of age bands of one's own: its name and the lowest age of each band."""

    left = Signal(str, str, str)
    """Its id ("" for a new one), its name, its lowest ages as typed."""
    removed = Signal(str)

    def __init__(self, book: Book, bands: BandSet | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_id = bands.id if bands else ""
        self.title, self.bounds = KeptLine(), KeptLine()
        self.bounds.setPlaceholderText("0, 5, 12, 18, 65")
        self.title_field = Field(self.tr("Name of your set"), self.title)
        self.bounds_field = Field(self.tr("Lowest age of each band"), self.bounds)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.title_field, 2)
        row.addWidget(self.bounds_field, 3)
        called = bands.title if bands else ""
        self.button = ActionButton(
            book.looks, self.tr("Take away") if bands else self.tr("Add it"),
            icon="" if bands else "plus",
        )  # fmt: skip
        if bands:
            self.button.setAccessibleName(self.tr("Take away {name}").format(name=called))
            self.title.show_text(bands.title)
            self.bounds.show_text(", ".join(map(str, bands.bounds)))
            self.button.clicked.connect(self._on_remove)
            self.title.left.connect(self._on_left)
            self.bounds.left.connect(self._on_left)
        else:
            self.button.clicked.connect(self._on_left)
            self.bounds.returnPressed.connect(self._on_left)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)

    def show_problem(self, field: str, text: str) -> None:
        """Say what is to correct beside its field."""
        self.title_field.show_problem(text if field == "title" else "")
        self.bounds_field.show_problem(text if field == "bounds" else "")

    def _on_left(self) -> None:
        self.left.emit(self.set_id, self.title.text(), self.bounds.text())

    def _on_remove(self) -> None:
        self.removed.emit(self.set_id)


class BandsCard(Card):
    """Which set of age bands is shown first, and sets of one's own."""

    changed_by_hand = Signal(str, object)
    saved_by_hand = Signal(object, str, str, str)
    """The row it comes from, then id, name and lowest ages."""
    removed_by_hand = Signal(str)

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "Age bands", parent)
        self._book = book
        self.first = Choice(book.looks, "")
        self.first.activated.connect(self._on_first)
        self.body.addWidget(Field(self.tr("Shown first in figures and returns"), self.first))
        self.labels = words("", "aside", wrap=True)
        self.body.addWidget(self.labels)
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(words(self.tr("Sets of your own"), "strong"))
        self.body.addWidget(self._rows)
        self.rows: list[OwnSet] = []
        self._shown: tuple[BandSet, ...] | None = None

    def show_sets(self, sets: tuple[BandSet, ...], first: str) -> None:
        """Show every set, the one used first, and those that can be changed."""
        self.first.clear()
        for one in sets:
            self.first.addItem(one.title, one.id)
        self.first.setCurrentIndex(max(0, self.first.findData(first)))
        chosen = next((one for one in sets if one.id == first), sets[0])
        self.labels.setText(" · ".join(band.label for band in chosen.bands))
        own = tuple(one for one in sets if one.id.startswith("own_"))
        if own != self._shown:
            self._shown = own
            self._show_own(own)

    def _show_own(self, own: tuple[BandSet, ...]) -> None:
        self.rows = []
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for one in (*own, None):
            row = OwnSet(self._book, one)
            row.left.connect(partial(self.saved_by_hand.emit, row))
            row.removed.connect(self.removed_by_hand)
            self._column.addWidget(row)
            self.rows.append(row)

    def _on_first(self) -> None:
        self.changed_by_hand.emit("age_bands", self.first.currentData())
