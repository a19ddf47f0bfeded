"""Import a statement: read the bank's file, look at what becomes of each line, book it as one change."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.changes import ALL_TOPICS
from app.domain.errors import AppError
from app.domain.money import pounds
from app.domain.periods import short_date
from app.services import imports, money, statements
from app.services.result import Done
from app.services.statements import BankPlan, Fate, PreparedStatement, RowPlan, StatementOptions
from app.ui.book import Book
from app.ui.dropping import dropped_path
from app.ui.jobs import JobContext
from app.ui.money import words as said
from app.ui.money.begin_fields import BeginFields
from app.ui.money.matching import Matching
from app.ui.money.past_statements import PastStatements
from app.ui.money.statement_answers import StatementAnswers, fate_words
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.tick_table import TickTable
from app.ui.texts import counted
from app.ui.undo import Writing
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

KINDS = "Bank statements (*.csv *.ofx *.qfx *.qif *.xlsx *.xls *.txt *.tsv);;All files (*)"
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_OFFERED = frozenset({Fate.TYPED, Fate.AGAIN, Fate.TRANSFER})
_MOST_SAID = 4


class StatementPart(QWidget):
    """From a file to lines in the book; nothing is written before somebody says so."""

    imported = Signal(object)
    """The StatementReport."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.book = book
        self._path: Path | None = None
        self._options = StatementOptions(today=book.today())
        self._plan: BankPlan | None = None
        self._account = ""
        self._declined: frozenset[int] = frozenset()
        self._another = False
        self.prepared: PreparedStatement | None = None
        self.matching = Matching(book, self)
        self._build()
        self._connect()
        self.start_again()

    def _build(self) -> None:
        looks, tr = self.book.looks, self.tr
        self.start = EmptyState(
            looks, icon="download", title=tr("Import the bank’s statement"),
            text=tr(
                "Download it from your bank as CSV, OFX, QIF or a spreadsheet, and choose the file "
                "or drop it here. Lines that are in the book already are recognised; nothing is "
                "booked before you have seen it."
            ),
            action=tr("Choose the file…"),
        )  # fmt: skip
        self.problem = words("", "problem", wrap=True)
        self.answers = StatementAnswers(self.book)
        self.model: RowsModel[RowPlan] = RowsModel(self._columns(), self)
        self.table = TickTable(looks, tr("Lines of the statement"))
        self.table.setModel(self.model)
        self.table.keep_rows(5)
        self.heading = words("", "heading", wrap=True)
        self.sums = words("", wrap=True)
        self.notes = words("", "aside", wrap=True)
        self.begins = BeginFields(looks)
        self.book_button = ActionButton(looks, "", icon="check", primary=True)
        self.other_button = ActionButton(looks, tr("Not the same"), icon="x")
        self.leave_button = ActionButton(looks, tr("Another file"))
        foot = WrapRow(looks)
        for button in (self.book_button, self.other_button, self.leave_button):
            foot.add(button)
        self.look_card = Card(looks)
        for widget in (self.heading, self.begins, self.sums):
            self.look_card.body.addWidget(widget)
        self.look_card.body.addWidget(self.table, 1)
        self.look_card.body.addWidget(self.notes)
        self.look_card.body.addWidget(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.problem)
        for part in (self.start, self.answers, self.look_card):
            column.addWidget(part, 1)
        self.past = PastStatements(self.book)
        column.addWidget(self.past, 2)

    def _columns(self) -> tuple[Column[RowPlan], ...]:
        return (
            Column(
                key="day", title="Date", text=lambda r: short_date(r.row.day), width=146, least=140
            ),
            Column(key="text", title="What the bank says", text=lambda r: r.row.text, weight=3),
            Column(
                key="sum", title="£", text=lambda r: said.signed(r.row.amount_pence), width=100,
                align=_RIGHT,
            ),
            Column(
                key="fate", title="What becomes of it", width=168, text=lambda r: fate_words(r)[0],
                chip=lambda r: fate_words(r)[1:],
            ),
            Column(key="rule", title="Heading and fund", text=self._rule_words, weight=2),
        )  # fmt: skip

    def _connect(self) -> None:
        self.setAcceptDrops(True)
        self.matching.found.connect(self._on_matched)
        self.matching.failed.connect(self._on_failed)
        self.start.acted.connect(self.choose)
        self.answers.account_said.connect(self._on_account)
        self.answers.another_said.connect(self._on_another)
        self.begins.changed.connect(self._on_begins)
        self.answers.order_said.connect(self._on_order)
        self.answers.columns_said.connect(self._on_columns)
        self.book_button.clicked.connect(self.carry_out)
        self.other_button.clicked.connect(self._on_other)
        self.leave_button.clicked.connect(self._on_leave)
        self.table.toggled.connect(self._on_toggled)
        self.table.opened.connect(self._on_opened)
        self.table.selectionModel().currentRowChanged.connect(self._show_other)

    # --- reading -----------------------------------------------------------------------------

    def look(self) -> None:
        """Match the statement in hand with the book as it is now, or show those of before."""
        if self._plan is not None:
            self._prepare()
        else:
            self._show(self.start)

    def take_keyboard(self) -> None:
        """Begin with choosing a file, or with the lines."""
        if self.start.isVisibleTo(self):
            self.start.button.setFocus()
        elif self.answers.isVisibleTo(self):
            self.answers.choice.setFocus()
        else:
            self.table.setFocus()

    def choose(self) -> None:
        """Ask for the bank's file."""
        self.book.messages.ask_open_path(
            self.window(), title=self.tr("Choose the bank’s statement"), folder=Path.home(),
            kinds=KINDS, then=self.start_file,
        )  # fmt: skip

    def start_file(self, path: Path) -> None:
        """Read a file; questions come first, then its lines."""
        self.start_again()
        self._path = path
        self._options = StatementOptions(today=self.book.today())
        self._read()

    def start_again(self) -> None:
        """Forget the statement in hand."""
        self.matching.stop()
        self._plan, self.prepared, self._account = None, None, ""
        self._declined, self._another = frozenset(), False
        self.begins.held.empty()
        self._say("")
        self._show(self.start)

    def _read(self) -> None:
        if self._path is None:
            return
        job = self.book.jobs.start(partial(_read, path=self._path, options=self._options))
        job.done.connect(self._on_read)
        job.failed.connect(self._on_failed)

    def _on_read(self, plan: BankPlan) -> None:
        asked = any(question.kind == "columns" for question in plan.questions)
        known = statements.recall_columns(plan, self._options) if asked else None
        if known is not None and known != self._options:
            self._options = known
            self._read()
            return
        self._plan = plan
        self._prepare()

    def _prepare(self) -> None:
        if self._plan is None:
            return
        work = partial(
            statements.prepare, plan=self._plan, account=self._account, today=self.book.today(),
            declined=self._declined, another_account=self._another,
            opening_pence=self.begins.opening_pence,
        )  # fmt: skip
        self.matching.start(work)
        self.book_button.setEnabled(not self.matching.running)

    def _on_matched(self, prepared: PreparedStatement) -> None:
        self.book_button.setEnabled(True)
        self.prepared = prepared
        self.begins.setVisible(prepared.begins_account)
        if prepared.questions:
            self._show(self.answers)
            self.answers.ask(prepared)
            return
        if prepared.begins_account:
            self.begins.show_prepared(prepared)
        self._show(self.look_card)
        self._show_lines(prepared)

    def _show_lines(self, prepared: PreparedStatement) -> None:
        place = max(0, self.table.currentIndex().row())
        self.model.set_rows(prepared.rows)
        if prepared.rows:
            self.table.setCurrentIndex(self.model.index(min(place, len(prepared.rows) - 1), 0))
        if not self.look_card.isAncestorOf(self.focusWidget() or self):
            self.table.setFocus()
        part, new = prepared.part, prepared.count(Fate.NEW)
        lines = counted(len(prepared.rows), self.tr("line"), self.tr("lines"))
        self.heading.setText(
            self.tr("{file}: {lines} of {account}").format(
                file=prepared.plan.file_name, lines=lines, account=prepared.whose.name
            )
        )
        self.sums.setText(self._sum_words(prepared))
        troubles = [f"{one.message}" for one in prepared.problems[:_MOST_SAID]]
        rest = len(prepared.problems) - _MOST_SAID
        if rest > 0:
            troubles.append(self.tr("and {count} more").format(count=rest))
        self._say(" ".join(troubles))
        self.notes.setText(" ".join(prepared.notes))
        self.notes.setVisible(bool(prepared.notes))
        book = self.tr("Book {new}").format(new=counted(new, "new line", "new lines"))
        self.book_button.setText(book if new else self.tr("Note what agrees"))
        self.book_button.setVisible(bool(part.rows) and len(prepared.rows) > 0)
        self._show_other()

    def _sum_words(self, prepared: PreparedStatement) -> str:
        part, tr = prepared.part, self.tr
        moved = tr("{came} in, {went} out").format(
            came=pounds(part.in_pence), went=pounds(part.out_pence)
        )
        if part.difference_pence is None:
            return moved
        opening, closing = pounds(part.opening_pence or 0), pounds(part.closing_pence or 0)
        if not part.difference_pence:
            return tr("{opening} and {moved} make {closing}, as the statement says.").format(
                opening=opening, moved=moved, closing=closing
            )
        return tr("{opening} and {moved} do not make {closing}: {out} is missing.").format(
            opening=opening, moved=moved, closing=closing, out=pounds(abs(part.difference_pence))
        )

    def _rule_words(self, plan: RowPlan) -> str:
        if plan.rule is None:
            return "" if plan.fate is not Fate.NEW else self.tr("to be sorted")
        known = money.books(self.book.register)
        heading = known.headings.get(plan.rule.heading_id) if plan.rule.heading_id else None
        fund = known.funds.get(plan.rule.fund_id) if plan.rule.fund_id else None
        return ", ".join(one.name for one in (heading, fund) if one is not None)

    # --- deciding ----------------------------------------------------------------------------

    def carry_out(self) -> None:
        """Book the new lines as one change, which can be taken back whole."""
        prepared = self.prepared
        if prepared is None or prepared.questions:
            return
        if prepared.begins_account and not self.begins.check():
            return
        self.book.keeper.first(self, partial(self._write, prepared))

    def _write(self, prepared: PreparedStatement) -> None:
        """Write it, unless something else is looked at since."""
        if prepared is not self.prepared:
            return
        whole = WholeStatement(self.book, prepared)
        said = self.tr("Booking {file}").format(file=prepared.plan.file_name)
        self.book.commands.run_long(whole.do(), said, partial(self._on_written, whole))

    def _on_written(self, whole: "WholeStatement", done: Done) -> None:
        self.book.commands.note_whole(whole.name, done, whole.do, whole.undo)
        self.start_again()
        self.imported.emit(whole.report)

    def _on_account(self, name: str) -> None:
        self._account = name
        self._prepare()

    def _on_another(self) -> None:
        self._another = True
        self._prepare()

    def _on_begins(self) -> None:
        self._account = self.begins.name.text()
        self._prepare()

    def _on_order(self, order: str) -> None:
        self._options = replace(self._options, dates=imports.DateOrder(order))
        self._read()

    def _on_columns(self, roles: Mapping[str, str]) -> None:
        self._options = replace(self._options, columns=roles)
        self._read()

    def _show_other(self) -> None:
        plan = self.table.currentIndex().data(ROW_ROLE)
        place = self.table.currentIndex().row()
        offered = isinstance(plan, RowPlan) and (plan.fate in _OFFERED or place in self._declined)
        self.other_button.setVisible(offered)
        again = place in self._declined
        self.other_button.setText(self.tr("It is the same") if again else self.tr("Not the same"))

    def _on_other(self) -> None:
        self._on_toggled(self.table.currentIndex().row())

    def _on_opened(self, index: QModelIndex) -> None:
        self._on_toggled(index.row())

    def _on_toggled(self, place: int) -> None:
        """Say of an offered line that it is not the same, or that it is after all."""
        row = self.model.row_at(place)
        if row is None or (row.fate not in _OFFERED and place not in self._declined):
            return
        self._declined ^= {place}
        self._prepare()

    def _on_leave(self) -> None:
        self.start_again()
        self.start.button.setFocus()

    # --- dropping, saying --------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        if dropped_path(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the file that was dropped."""
        path = dropped_path(event)
        if path is not None:
            event.acceptProposedAction()
            self.start_file(path)

    def _on_failed(self, error: AppError) -> None:
        self._show(self.start)
        self._plan = None
        self._say(error.text)

    def _show(self, part: QWidget) -> None:
        for one in (self.start, self.answers, self.look_card):
            one.setVisible(one is part)
        begun = money.books(self.book.register).begun
        self.past.setVisible(part is self.start and begun)
        if self.past.isVisibleTo(self):
            self.past.look()

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))


class WholeStatement:
    """One statement as a change that is made, taken back and made again as a whole."""

    def __init__(self, book: Book, prepared: PreparedStatement) -> None:
        self._register = book.register
        self._prepared = prepared
        self.name = f"import {prepared.plan.file_name}"
        self.report: statements.StatementReport | None = None

    def do(self) -> Writing:
        """Book it."""
        self.report = yield from statements.write_in_slices(self._register, self._prepared)
        return Done(changes=ALL_TOPICS, text=self.name)

    def undo(self) -> Writing:
        """Take it out whole."""
        if self.report is None or self.report.import_id is None:
            return Done(changes=frozenset(), text=self.name)
        done, _ = yield from imports.undo_import_in_slices(self._register, self.report.import_id)
        return done


def _read(_context: JobContext, *, path: Path, options: StatementOptions) -> BankPlan:
    return statements.read_statement(path, options)
