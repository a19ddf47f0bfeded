"""The fifth step: what each mark means, how often it stands there, and why it was taken so."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services import imports
from app.ui.book import Book
from app.ui.imports import words as said
from app.ui.imports.answers import Answers, Reading
from app.ui.imports.meaning_row import MeaningRow, Met
from app.ui.imports.step import Step
from app.ui.widgets.page import scrolling
from app.ui.widgets.words import rule

_MOST_UNKNOWN = 60


class MarksStep(Step):
    """Every mark of the file, commonest first; what is not understood is asked."""

    title = "What do the marks mean?"

    def __init__(self, book: Book, answers: Answers, parent: QWidget | None = None) -> None:
        super().__init__(book, answers, parent)
        self.rows: list[MeaningRow] = []
        self._asked: dict[str, imports.Question] = {}
        self._shown: object = None
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, book.looks.gap(8), 0)
        self.area = scrolling(self._holder)
        self.body.addWidget(self.area, 1)
        self.say(
            self.tr(
                "Each mark in the file means one thing in the whole of it. Blank cells record nothing: "
                "nobody is marked away because a box is empty."
            )
        )

    def wanted(self, reading: Reading) -> bool:
        """Only where there are marks."""
        return bool(reading.plan.meanings or _unknown(reading))

    def show_reading(self, reading: Reading) -> None:
        """Show the marks as they are understood."""
        unknown = _unknown(reading)
        shown = (reading.plan.meanings, unknown, reading.plan.questions)
        if shown == self._shown:
            return
        self._shown = shown
        open_marks = [q for q in imports.open_questions(reading.plan) if q.kind == "marks"]
        self._asked = {question.about: question for question in open_marks}
        self._clear()
        for meaning in reading.plan.meanings:
            question = self._asked.get(meaning.written)
            answer = "" if question is not None else said.answer_of(meaning)
            why = self.tr("Ticks stand beside it, so it may mean away.") if question else (
                said.reason_of(meaning)
            )  # fmt: skip
            self._add(self._row(meaning.written, meaning.count, answer, why))
        for value in unknown[:_MOST_UNKNOWN]:
            why = self.tr("Not understood. If you say nothing, it is left out and listed.")
            self._add(self._row(value.written, value.count, "", why))
        self._column.addStretch(1)

    def missing(self) -> str:
        """Take the meanings in; only what could turn the numbers round has to be answered."""
        for row in self.rows:
            if row.answer and row.answer != row.before:
                self.answers.set_mark(row.written, row.answer)
            if row.written in self._asked and not row.answer:
                row.choice.setFocus()
                return self.tr("Say what {mark} means: it decides who is counted.").format(
                    mark=row.written
                )
        return ""

    def take_keyboard(self) -> None:
        """Begin with the first that is not understood."""
        first = next((row for row in self.rows if not row.answer), None)
        if first or self.rows:
            (first or self.rows[0]).choice.setFocus()

    def _row(self, written: str, count: int, meaning: str, why: str) -> MeaningRow:
        shown = written.upper() if len(written) == 1 else written
        met = Met(written=written, shown=shown, count=count, meaning=meaning, why=why)
        unsaid = "" if meaning else self.tr("Say what it means")
        return MeaningRow(self.book, met, said.MEANINGS, unsaid=unsaid)

    def _add(self, row: MeaningRow) -> None:
        self.rows.append(row)
        self._column.addWidget(row)
        self._column.addWidget(rule())

    def _clear(self) -> None:
        self.rows = []
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _unknown(reading: Reading) -> tuple[imports.ValueMeaning, ...]:
    """Return the marks of a register that nobody understands, commonest first."""
    return tuple(v for v in reading.plan.values if v.taken_as == "mark" and not v.code)
