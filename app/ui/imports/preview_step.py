"""The seventh step: what will be done, five rows as they will be, and the one press that does it."""

from dataclasses import dataclass, field

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services import imports
from app.services.imports import ImportReport
from app.ui.book import Book
from app.ui.imports.answers import Answers, Reading
from app.ui.imports.five_rows import ROWS_SHOWN, five_rows
from app.ui.imports.step import Step
from app.ui.tables.delegate import row_height
from app.ui.tables.rows_model import Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.cards import Card, NoticeBar
from app.ui.widgets.tick import TickBox
from app.ui.widgets.words import words

_PROBLEMS_SHOWN = 3
_FEW_LETTERS, _MANY_LETTERS = 12, 28
"""Between these the width of a column follows its longest text."""
_SPARE = frozenset({"For", "Why"})
"""Left out where the letters are so large that days and names would be cut short."""
_ROWS_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One row as it will be."""

    cells: tuple[str, ...] = field(repr=False)


class PreviewStep(Step):
    """Sentences, five rows, and what to look at; then Import."""

    title = "This is what will be in the book"
    next_words = "&Import"

    def __init__(self, book: Book, answers: Answers, parent: QWidget | None = None) -> None:
        super().__init__(book, answers, parent)
        looks = book.looks
        self.before = NoticeBar(looks)
        self.lines = words("", wrap=True)
        self.table = LedgerTable(looks, self.tr("Five rows as they will be"))
        self.rows_head = words(self.tr("Five rows as they will be"), "heading")
        self.notes = words("", "aside", wrap=True)
        self.remember = TickBox(
            looks, self.tr("Remember on this computer what these columns and marks mean")
        )
        self.card = Card(looks)
        self.card.body.addWidget(self.lines)
        column = QVBoxLayout()
        column.addWidget(self.rows_head)
        column.addWidget(self.table, 1)
        for widget in (self.before, self.card):
            self.body.addWidget(widget)
        self.body.addLayout(column, 1)
        self.body.addWidget(self.notes)
        self.body.addWidget(self.remember)
        self.remember.toggled.connect(self._on_remember)
        looks.changed.connect(self._on_preview_looks)
        self._on_preview_looks()

    def wanted(self, _reading: Reading) -> bool:
        """Always: nothing is written unseen."""
        return True

    def show_report(self, reading: Reading, report: ImportReport) -> None:
        """Show what carrying it out would do."""
        self.lines.setText("\n".join(imports.summary(report)))
        self.before.tell(
            self.tr(
                "The very same file was brought in before, on {day}. What is in the book already is "
                "recognised and not added twice."
            ).format(day=report.done_before)
            if report.done_before
            else ""
        )
        notes = (
            *imports.notes_of(report),
            *(q.settled for q in report.questions if q.default and q.settled),
            *_problem_lines(report),
        )
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        heads, rows = five_rows(reading.kind, reading.plan)
        columns = tuple(_column(i, head, rows) for i, head in enumerate(heads))
        model = RowsModel(columns, self.table)
        model.set_rows(tuple(Shown(cells=row) for row in rows))
        self.table.setModel(model)
        self.remember.setChecked(self.answers.remember)
        self.remember.setVisible(any(c.header for c in reading.plan.columns))

    def take_keyboard(self) -> None:
        """Begin with the rows."""
        self.table.setFocus()

    def _on_preview_looks(self) -> None:
        # All five in sight, under their heads.
        self.table.setMinimumHeight((ROWS_SHOWN + 1) * row_height(self.book.looks) + 8)

    def _on_remember(self, on: bool) -> None:
        self.answers.remember = on


def _problem_lines(report: ImportReport) -> tuple[str, ...]:
    """Return the first values to look at, each once with its rows, and how many more there are."""
    places: dict[tuple[str, str], list[int]] = {}
    for problem in report.problems:
        places.setdefault((problem.place.sheet, problem.message), []).append(problem.place.row)
    shown = list(places.items())[:_PROBLEMS_SHOWN]
    lines = [f"{sheet}, {_rows(rows)}: {message}" for (sheet, message), rows in shown]
    more = len(report.problems) - sum(len(rows) for _, rows in shown)
    if more > 0:
        values = "value" if more == 1 else "values"
        lines.append(f"… and {more:,} more {values} to look at. The report lists them all.")
    return tuple(lines)


def _rows(rows: list[int]) -> str:
    named = ", ".join(str(row) for row in rows[:_ROWS_NAMED])
    rest = len(rows) - _ROWS_NAMED
    more = f" and {rest:,} more" if rest > 0 else ""
    return f"row{'s' if len(rows) > 1 else ''} {named}{more}"


def _column(index: int, head: str, rows: tuple[tuple[str, ...], ...]) -> Column[Shown]:
    def text(row: Shown) -> str:
        return row.cells[index]

    # Long texts get more room: a day in full matters more than the end of a list of reasons.
    longest = max((len(row[index]) for row in rows), default=0)
    weight = -(-min(max(longest, _FEW_LETTERS), _MANY_LETTERS) // 4)
    return Column(
        key=str(index), title=head, text=text, weight=weight, spare=head in _SPARE,
        look="strong" if index == 0 else "",
    )  # fmt: skip
