"""One thing that stands in a file, how often, and the list from which it is given a meaning."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui import texts
from app.ui.book import Book
from app.ui.imports.columns_step import QuietChoice
from app.ui.widgets.words import words

_NOT_SAID = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """What stands in a file, as it is told."""

    written: str = field(repr=False)
    shown: str = field(repr=False)
    count: int
    meaning: str
    """What it is taken for; "": nobody knows."""
    why: str = ""
    column: str = ""


class MeaningRow(QWidget):
    """One mark or answer: as it is written, how often, what it means."""

    def __init__(
        self, book: Book, met: Met, offered: tuple[tuple[str, str], ...], *, unsaid: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._looks = book.looks
        self.written = met.written
        self.before = met.meaning
        self._mark = words(met.shown, "strong", wrap=True)
        self._count = words(texts.counted(met.count, self.tr("time"), self.tr("times")), "aside")
        name = self.tr("What {mark} means").format(mark=met.shown)
        if met.column:
            name = self.tr("What {mark} means under {column}").format(
                mark=met.shown, column=met.column
            )
        self.choice = QuietChoice(book.looks, name)
        if unsaid:
            self.choice.addItem(unsaid, _NOT_SAID)
        for answer, text in offered:
            self.choice.addItem(self.tr(text), str(answer))
        self.choice.setCurrentIndex(max(0, self.choice.findData(met.meaning)))
        self.why = words(met.why, "small", wrap=True)
        self.why.setVisible(bool(met.why))
        head = QHBoxLayout()
        head.setSpacing(book.looks.px(12))
        head.addWidget(self._mark)
        head.addWidget(self._count, 1)
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addLayout(head)
        told.addWidget(self.why)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(told, 1)
        self._row.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignVCenter)
        book.looks.changed.connect(self._on_looks)
        self._on_looks()

    @property
    def answer(self) -> str:
        """What it means; "" when nobody has said."""
        return str(self.choice.currentData())

    def _on_looks(self) -> None:
        px = self._looks.px
        self._mark.setFixedWidth(px(150))
        self.choice.setFixedWidth(px(300))
        self._row.setSpacing(px(12))
