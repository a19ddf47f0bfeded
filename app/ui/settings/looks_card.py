"""Printing, and how the program looks: text size with a live sample, colours."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.settings import MOST_BLANK_ROWS, Settings
from app.ui.appearance import TEXT_SIZES
from app.ui.book import Book
from app.ui.forms.field import Field
from app.ui.theme import ThemeChoice
from app.ui.widgets.cards import Card, Chip
from app.ui.widgets.choice import Choice, Counter
from app.ui.widgets.words import words

_THEMES = (
    (ThemeChoice.SYSTEM, "As this computer"),
    (ThemeChoice.LIGHT, "Light"),
    (ThemeChoice.DARK, "Dark"),
    (ThemeChoice.CONTRAST, "High contrast"),
)


class PrintingCard(Card):
    """How sheets are printed."""

    changed_by_hand = Signal(str, object)

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "Printing", parent)
        self.rows = Counter(book.looks, "")
        self.rows.setRange(0, MOST_BLANK_ROWS)
        self.rows.setKeyboardTracking(False)
        row = QHBoxLayout()
        row.addWidget(
            Field(
                self.tr("Blank rows at the foot of a register"), self.rows,
                hint=self.tr("For people who walk in."),
            ),
            1,
        )  # fmt: skip
        row.addStretch(1)
        self.body.addLayout(row)
        self.rows.valueChanged.connect(self._on_rows)

    def show_settings(self, ours: Settings) -> None:
        """Show what is kept."""
        self.rows.blockSignals(True)
        self.rows.setValue(ours.blank_rows)
        self.rows.blockSignals(False)

    def _on_rows(self, rows: int) -> None:
        self.changed_by_hand.emit("blank_rows", rows)


class LooksCard(Card):
    """Text size and colours of this computer; they are not kept in the book."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "How it looks on this computer", parent)
        self._book = book
        looks = book.looks
        self.text_size = Choice(looks, "")
        for size in TEXT_SIZES:
            self.text_size.addItem(f"{size} %", size)
        self.theme = Choice(looks, "")
        for choice, text in _THEMES:
            self.theme.addItem(self.tr(text), choice)
        row = QHBoxLayout()
        row.addWidget(Field(self.tr("Text size"), self.text_size), 1)
        row.addWidget(Field(self.tr("Colours"), self.theme), 1)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(
            words(self.tr("This is how names look: Maryam, Łukasz, Siân."), wrap=True)
        )
        self.body.addWidget(words(self.tr("And this is said aside, in smaller words."), "small"))
        sample = QHBoxLayout()
        sample.addWidget(Chip(looks, self.tr("23 here"), tone="good"))
        sample.addWidget(Chip(looks, self.tr("Not entered"), tone="due"))
        sample.addWidget(Chip(looks, self.tr("Overdue"), tone="overdue"))
        sample.addStretch(1)
        self.body.addLayout(sample)
        self.text_size.activated.connect(self._on_size)
        self.theme.activated.connect(self._on_theme)
        looks.changed.connect(self.show_looks)
        self.show_looks()

    def show_looks(self) -> None:
        """Show what is in use, however it was changed."""
        looks = self._book.looks
        nearest = min(TEXT_SIZES, key=lambda size: abs(size - looks.text_size))
        self.text_size.setCurrentIndex(TEXT_SIZES.index(nearest))
        self.theme.setCurrentIndex([choice for choice, _ in _THEMES].index(looks.choice))

    def _on_size(self) -> None:
        self._book.looks.set_text_size(int(self.text_size.currentData()))

    def _on_theme(self) -> None:
        self._book.looks.set_theme(ThemeChoice(self.theme.currentData()))
