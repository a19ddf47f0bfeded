"""Likely doubles of the whole book: looked for in the background, joined or told apart by hand."""

from collections.abc import Generator
from dataclasses import dataclass, field

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from app.domain.changes import Topic
from app.domain.errors import AppError
from app.domain.ids import PersonId
from app.domain.periods import short_date
from app.services import people
from app.services.people import LikelyPair, Named, PersonRow
from app.ui import texts
from app.ui.book import Book
from app.ui.gathering import Gathering
from app.ui.jobs import Job, JobContext
from app.ui.people import words as said
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.page import Page
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PairLine:
    """Two records that may be one person."""

    pair: LikelyPair
    first: PersonRow = field(repr=False)
    second: PersonRow = field(repr=False)


def _who(row: PersonRow) -> str:
    known = f"({row.known_as})" if row.known_as else ""
    born = short_date(row.born_on) if row.born_on else str(row.birth_year or "")
    parts = (" ".join(p for p in (row.list_name, known) if p), row.area, born and f"born {born}")
    return " · ".join(part for part in parts if part)


_COLUMNS: tuple[Column[PairLine], ...] = (
    Column(key="first", title="One record", text=lambda line: _who(line.first)),
    Column(key="second", title="Another", text=lambda line: _who(line.second)),
    Column(
        key="why", title="Why", width=250, least=180, look="aside",
        text=lambda line: ", ".join(said.REASONS[reason] for reason in line.pair.reasons),
    ),
)  # fmt: skip


_AT_ONCE = 200
"""Pairs shown at once; the rest are offered."""


class DoublesPage(Page):
    """Every likely double in the book."""

    topics = frozenset({Topic.PEOPLE})
    help_text = (
        "Records that may be the same person, likeliest first. Enter shows both side by side, to be "
        "joined or not. “They are two people” takes a pair off this list for good."
    )
    left = Signal()
    person_wanted = Signal(object)
    join_wanted = Signal(object, object)

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, self.tr("Likely doubles"), parent)
        looks, tr = book.looks, self.tr
        self._pairs: tuple[LikelyPair, ...] | None = None
        self._job: Job | None = None
        self._everybody: list[Named] = []
        self._reading = Gathering(self)
        self.back = ActionButton(looks, tr("All people"), icon="arrow-left", link=True)
        self.head.put_above(self.back)
        self.card = Card(looks)
        self.model = RowsModel(_COLUMNS, self)
        self.table = LedgerTable(looks, tr("Likely doubles"))
        self.table.setModel(self.model)
        self.compare_button = ActionButton(looks, tr("Compare and join…"), icon="merge")
        self.apart_button = ActionButton(looks, tr("They are two people"), icon="users")
        self.stop_button = ActionButton(looks, tr("Cancel"), icon="x")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("How far the look through the book is"))
        self.saying = words("", "aside", wrap=True)
        self.more = ActionButton(looks, "", link=True)
        self.more.hide()
        self._most = _AT_ONCE
        self.none = EmptyState(looks, icon="users", title="", text="")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        row = WrapRow(self.book.looks)
        for button in (self.compare_button, self.apart_button):
            row.add(button)
        self.row = row
        for widget in (self.saying, self.bar):
            self.card.body.addWidget(widget)
        self.card.body.addWidget(self.stop_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._rest = QWidget()  # under what is said while looking: it stays at the top
        self.card.body.addWidget(self._rest, 1)
        self.card.body.addWidget(self.table, 1)
        self.card.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.card.body.addWidget(row)
        self.body.addWidget(self.card, 1)
        self.body.addWidget(self.none, 1)
        self.none.hide()

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.table.opened.connect(self._on_opened)
        self.compare_button.clicked.connect(self._on_compare)
        self.apart_button.clicked.connect(self._on_apart)
        self.stop_button.clicked.connect(self._on_stop)
        self.more.clicked.connect(self._on_more)
        self._reading.found.connect(self._on_read)
        self._reading.failed.connect(self._on_failed)
        self._reading.progressed.connect(self._on_progress)

    # --- looking -----------------------------------------------------------------------------

    def look(self) -> None:
        """Look through the whole book: names are read a little at a time, compared by a worker."""
        self._stop()
        self._most = _AT_ONCE
        self._show_looking(self.tr("Reading everybody’s names …"))
        self._reading.start(self._read(), at_once=False)  # the page is drawn first

    def _read(self) -> Generator[tuple[int, int], None, list[Named]]:
        everybody: list[Named] = []
        for part in people.read_names(self.book.register, self.book.today()):
            everybody += part
            yield len(everybody), 0
        return everybody

    def _on_read(self, everybody: list[Named]) -> None:
        apart = people.known_apart(self.book.register)

        def work(context: JobContext) -> tuple[LikelyPair, ...]:
            def tell(done: int, total: int) -> None:
                context.check()
                context.progress(done, total)

            return people.find_pairs(everybody, apart, tell)

        self._show_looking(self.tr("Comparing names …"))
        self._job = self.book.jobs.start(work)
        self._job.done.connect(self._on_found)
        self._job.failed.connect(self._on_failed)
        self._job.progressed.connect(self._on_progress)

    def _on_found(self, pairs: tuple[LikelyPair, ...]) -> None:
        self._job = None
        self._pairs = pairs
        self._show_pairs()

    def _on_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _on_failed(self, error: AppError) -> None:
        self._pairs = ()
        self._show_pairs()
        self.notice.tell(error.text, tone="overdue")

    def _stop(self) -> None:
        self._reading.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _on_stop(self) -> None:
        self._stop()
        self.left.emit()

    # --- showing -----------------------------------------------------------------------------

    def reload(self) -> None:
        """Show the pairs of whom both are still there."""
        if self._pairs is not None:
            self._show_pairs()

    def _show_looking(self, text: str) -> None:
        self._pairs = None
        self.head.say(self.tr("Likely doubles"), "")
        self.saying.setText(text)
        self.bar.setRange(0, 0)
        self._show(looking=True, found=False)

    def _show(self, *, looking: bool, found: bool) -> None:
        self.more.hide()
        for shown_while_looking in (self.saying, self.bar, self.stop_button, self._rest):
            shown_while_looking.setVisible(looking)
        self.table.setVisible(found)
        self.row.setVisible(found)
        self.card.setVisible(looking or found)
        self.none.setVisible(not looking and not found)

    def _show_pairs(self) -> None:
        apart = people.known_apart(self.book.register)
        everything = tuple(p for p in self._pairs or () if (p.first, p.second) not in apart)
        pairs = everything[: self._most]
        ids = tuple(dict.fromkeys(who for pair in pairs for who in (pair.first, pair.second)))
        rows = {row.id: row for row in people.rows_of(self.book.register, ids)}
        place = self.table.currentIndex().row()
        lines = tuple(
            PairLine(pair=pair, first=rows[pair.first], second=rows[pair.second])
            for pair in pairs
            if self._stands(rows, pair)
        )
        self.model.set_rows(lines)
        self.table.setCurrentIndex(self.model.index(min(max(0, place), len(lines) - 1), 0))
        self._show(looking=False, found=bool(lines))
        rest = len(everything) - len(pairs)
        if rest and not lines:  # everybody shown was joined: go on with the next
            self._most += _AT_ONCE
            self._show_pairs()
            return
        self._say_count(len(lines), rest)

    def _say_count(self, shown: int, rest: int) -> None:
        number = texts.counted(shown, self.tr("pair"), self.tr("pairs"))
        if rest:
            number = self.tr("{number}, the likeliest of {all}").format(
                number=number, all=f"{shown + rest:,}"
            )
        self.head.say(self.tr("Likely doubles"), number if shown else "")
        self.more.setText(self.tr("Show the next {count}").format(count=f"{min(rest, _AT_ONCE):,}"))
        self.more.setVisible(bool(rest and shown))
        self.none.say(
            self.tr("No likely doubles"),
            self.tr("No two records in the book look like one person."),
        )

    def _on_more(self) -> None:
        """Show the next pairs, with the keyboard on the first of them."""
        first = self.model.rowCount()
        self._most += _AT_ONCE
        self._show_pairs()
        self.table.setCurrentIndex(self.model.index(min(first, self.model.rowCount() - 1), 0))
        self.table.setFocus()

    def _stands(self, rows: dict[PersonId, PersonRow], pair: LikelyPair) -> bool:
        both = (rows.get(pair.first), rows.get(pair.second))
        return all(row is not None and not row.binned and not row.joined for row in both)

    @property
    def line(self) -> PairLine | None:
        """The pair in hand."""
        line = self.table.currentIndex().data(ROW_ROLE)
        return line if isinstance(line, PairLine) else None

    # --- acting ------------------------------------------------------------------------------

    def _on_opened(self, _index: QModelIndex) -> None:
        self._on_compare()

    def _on_compare(self) -> None:
        if self.line is not None:
            self.join_wanted.emit(self.line.pair.first, self.line.pair.second)

    def _on_apart(self) -> None:
        if self.line is None:
            return
        pair, register = self.line.pair, self.book.register
        self.book.commands.run(lambda: people.keep_apart(register, pair.first, pair.second))
        self.table.setFocus()

    def take_keyboard(self) -> None:
        """Begin with the list."""
        (self.table if self.table.isVisible() else self.back).setFocus()

    def escape(self) -> bool:
        """Stop looking and go back to the list."""
        if not super().escape():
            self._stop()
            self.left.emit()
        return True

    def settle(self) -> None:
        """Look no further when the page is left."""
        self._stop()
