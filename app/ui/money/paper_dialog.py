"""Agree an account with its statement: opening, lines ticked off, closing, and what is still apart."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from app.domain.bank_statements import StatementDraft
from app.domain.errors import AppError
from app.domain.money import pounds
from app.domain.problems import Problem
from app.services import money, statements
from app.services.result import Done, Refused
from app.services.statements import OpenLine, Statement
from app.ui.book import Book
from app.ui.forms.choosing import fill
from app.ui.forms.small_form import SmallForm
from app.ui.gathering import Gathering
from app.ui.money.ticks_model import TicksModel
from app.ui.tables.rows_model import ROW_ROLE
from app.ui.tables.tick_table import TickTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.choice import Choice
from app.ui.widgets.words import words

if TYPE_CHECKING:
    import datetime as dt

    from app.domain.ids import AccountId, EntryId

_ROWS = 7


class PaperDialog(SmallForm):
    """Space ticks the line in hand; the button says whether the statement agrees."""

    def __init__(
        self, book: Book, statement: Statement | None = None, parent: QWidget | None = None
    ) -> None:
        title = "A statement and its lines" if statement else "Agree a statement from paper"
        super().__init__(book, title, "Keep it", parent)
        self._statement = statement
        self._ticked: set[EntryId] = set()
        self._begins = False
        """Whether the next lines are ticked as they are kept, not as they were ticked here."""
        self._shown: tuple[AccountId, dt.date, dt.date, int | None] | None = None
        """What the lines that are shown were asked by."""
        self._looking = Gathering(self)
        self._looking.found.connect(self._show)
        self._looking.failed.connect(self._on_failed)
        self._build()
        self._begin()
        self.account.activated.connect(self._begin)
        for line in (self.first, self.last):
            line.settled.connect(self._show_lines)
        for amount in (self.opening, self.closing):
            amount.textChanged.connect(self._say)
        self.table.toggled.connect(self._on_toggled)
        self.table.opened.connect(self._on_opened)

    def _build(self) -> None:
        tr, one = self.tr, self._statement
        self.account = Choice(self.looks, "")
        known = money.books(self.book.register).accounts.values()
        listed = [(a.name, a.id) for a in known if a.closed_on is None or one is not None]
        fill(self.account, listed, one.account_id if one else None)
        self.account.setEnabled(one is None)
        self.first, self.last = self.day_line(), self.day_line()
        self.opening, self.closing = self.amount_line(), self.amount_line()
        self.add_field("account_id", tr("Account"), self.account)
        for pair in (
            (("from_on", tr("First day on it"), self.first),
             ("to_on", tr("Last day on it"), self.last)),
            (("opening_pence", tr("Opening balance (£)"), self.opening),
             ("closing_pence", tr("Closing balance (£)"), self.closing)),
        ):  # fmt: skip
            row = self.add_row()
            for key, label, editor in pair:
                self.add_field(key, label, editor, into=row)
        self.model = TicksModel(self.is_ticked, self)
        self.table = TickTable(self.looks, tr("Lines to tick off"))
        self.table.setModel(self.model)
        self.table.keep_rows(_ROWS)
        self.none = words(tr("Nothing in the book waits for this statement."), "aside", wrap=True)
        self.told = words("", "strong", wrap=True)
        self.all_button = ActionButton(self.looks, tr("&Tick all"), icon="check", link=True)
        self.all_button.clicked.connect(self._on_all)
        self.form.addWidget(self.table)
        self.form.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.form.addWidget(self.none)
        self.form.addWidget(self.told)

    # --- showing -----------------------------------------------------------------------------

    def _begin(self) -> None:
        """Begin where the last statement ended, or show the one that is opened."""
        one, account_id = self._statement, self.account.currentData()
        if one is not None:
            self.first.show_day(one.from_on)
            self.last.show_day(one.to_on)
            self.opening.show_pence(one.opening_pence)
            self.closing.show_pence(one.closing_pence)
        elif account_id is not None:
            begins = statements.next_statement(self.book.register, account_id)
            if begins is not None:
                self.first.show_day(min(begins.from_on, self.book.today()))
                self.opening.show_pence(begins.opening_pence)
            self.last.show_day(self.book.today())
        self._look(begins=True)

    def _asked(self) -> "tuple[AccountId, dt.date, dt.date, int | None] | None":
        """Return which lines are asked for by what is typed; None where that cannot be read."""
        account_id, first, last = self.account.currentData(), self.first.day(), self.last.day()
        if account_id is None or first is None or last is None:
            return None
        if isinstance(first, Problem) or isinstance(last, Problem):
            return None
        return account_id, first, last, self._statement.id if self._statement else None

    def _look(self, *, begins: bool = False) -> None:
        """Read the lines: at once, or a little at a time where they are of many years."""
        self._begins, asked = begins or self._begins, self._asked()
        self._shown = None
        if asked is None:
            self._looking.stop()
            self._show(())
            return
        self._looking.start(statements.look_for_lines(self.book.register, *asked))
        if self._looking.running:
            self.told.setText(self.tr("Looking for the lines of these days …"))
            self.model.set_rows(())
            for widget in (self.table, self.none, self.all_button):
                widget.hide()
        self.save_button.setEnabled(not self._looking.running)

    def _on_failed(self, error: AppError) -> None:
        self._show(())
        self.told.setText(error.text)

    def _show_lines(self) -> None:
        if self._shown is None or self._shown != self._asked():
            self._look()

    def _show(self, lines: tuple[OpenLine, ...]) -> None:
        if self._begins:
            self._begins = False
            self._ticked = {line.entry_id for line in lines if line.ticked}
        self._shown = self._asked()
        self.save_button.setEnabled(True)
        place = max(0, self.table.currentIndex().row())
        self.model.set_rows(lines)
        if lines:
            self.table.setCurrentIndex(self.model.index(min(place, len(lines) - 1), 0))
        self.table.setVisible(bool(lines))
        self.none.setVisible(not lines)
        self.all_button.setVisible(len(lines) > 1)
        self._say()

    def is_ticked(self, line: OpenLine) -> bool:
        """Say whether a line is ticked off."""
        return line.entry_id in self._ticked

    @property
    def all_ticked(self) -> bool:
        """Whether every line that is shown is ticked off."""
        return all(self.is_ticked(line) for line in self.model.rows)

    @property
    def apart_pence(self) -> int | None:
        """How far opening and ticks are from closing; None while a balance cannot be read."""
        opening, closing = self.opening.pence(), self.closing.pence()
        if not isinstance(opening, int) or not isinstance(closing, int):
            return None
        return closing - opening - sum(r.amount_pence for r in self.model.rows if self.is_ticked(r))

    def _say(self) -> None:
        tr = self.tr
        ticked = [row.amount_pence for row in self.model.rows if self.is_ticked(row)]
        came, went = sum(p for p in ticked if p > 0), -sum(p for p in ticked if p < 0)
        text = tr("{count} ticked: {came} in, {went} out.").format(
            count=f"{len(ticked):,}", came=pounds(came), went=pounds(went)
        )
        apart = self.apart_pence
        if apart == 0:
            text += " " + tr("Opening and ticks make the closing balance: it agrees.")
        elif apart is not None:
            way = tr("more came in") if apart > 0 else tr("more went out")
            text += " " + tr("{sum} apart: by the statement {way}.").format(
                sum=pounds(abs(apart)), way=way
            )
        self.told.setText(text)
        self.all_button.setText(tr("&Tick none") if self.all_ticked else tr("&Tick all"))
        agrees = apart == 0
        self.save_button.setText(tr("Agree it") if agrees else tr("Keep it for later"))

    # --- ticking -----------------------------------------------------------------------------

    def _on_opened(self, index: QModelIndex) -> None:
        self._on_toggled(index.row())

    def _on_toggled(self, place: int) -> None:
        line = self.model.index(place, 0).data(ROW_ROLE)
        if isinstance(line, OpenLine):
            self._ticked ^= {line.entry_id}
            self.model.show_ticks()
            self._say()

    def _on_all(self) -> None:
        """Tick every line shown, or none where all are: most statements have nearly all of them."""
        shown = {line.entry_id for line in self.model.rows}
        self._ticked = self._ticked - shown if self.all_ticked else self._ticked | shown
        self.model.show_ticks()
        self._say()

    # --- keeping -----------------------------------------------------------------------------

    def read(self) -> StatementDraft:
        """Return the statement as typed."""
        return StatementDraft(
            account_id=self.account.currentData(), from_on=self.day_of(self.first, "from_on"),
            to_on=self.day_of(self.last, "to_on"),
            opening_pence=self.pence_of(self.opening, "opening_pence"),
            closing_pence=self.pence_of(self.closing, "closing_pence"),
            entry_ids=tuple(line.entry_id for line in self._lines_now() if self.is_ticked(line)),
        )  # fmt: skip

    def _lines_now(self) -> tuple[OpenLine, ...]:
        """Return the lines of what is typed, which may be newer than what is shown."""
        asked = self._asked()
        if asked is None or asked == self._shown:
            return tuple(self.model.rows)
        return statements.lines_to_tick(self.book.register, *asked)

    def carry_out(self) -> Done | Refused:
        """Keep the statement; it is agreed where nothing is apart."""
        statement_id = self._statement.id if self._statement else None
        return statements.save_statement(
            self.book.register, self.read(), statement_id, today=self.book.today()
        )
