"""Begin the cash book: from which day, and what was in the bank and in the tin."""

from PySide6.QtWidgets import QWidget

from app.domain.periods import short_date
from app.domain.problems import Problem
from app.services import money
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.amount_line import AmountLine
from app.ui.forms.date_field import DateLine
from app.ui.forms.form_dialog import FormDialog


class BeginDialog(FormDialog):
    """Three answers; accounts and funds can be added and renamed later."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "Begin the cash book", "Begin it", parent)
        self._book = book
        self.day = DateLine(book.today)
        self.day.show_day(money.group_year(book.register, book.today()).first)
        self.bank, self.cash = AmountLine(), AmountLine()
        self.add_field(
            "opened_on", self.tr("From which day"), self.day,
            hint=self.tr("The first day of your year is easiest. Money before it is not entered."),
        )  # fmt: skip
        row = self.add_row()
        self.add_field(
            "bank", self.tr("In the bank that morning (£)"), self.bank, into=row,
            hint=self.tr("What the statement says"),
        )  # fmt: skip
        self.add_field(
            "cash", self.tr("In the tin that morning (£)"), self.cash, into=row,
            hint=self.tr("What you counted"),
        )  # fmt: skip

    def try_to_save(self) -> bool:
        """Begin the book; False when something is to correct."""
        day = self.day.day("opened_on")
        bank, cash = self.bank.pence("bank"), self.cash.pence("cash")
        unread = [one for one in (day, bank, cash) if isinstance(one, Problem)]
        if day is None:
            unread.append(Problem(code="date_needed", field="opened_on"))
        if unread or isinstance(day, Problem) or day is None:
            self.show_problems(tuple(unread))
            return False
        if day > self._book.today():
            values = {"value": short_date(day)}
            self.show_problems((Problem(code="entry_future", field="opened_on", values=values),))
            return False
        answer = self._book.commands.run(
            lambda: money.prepare_book(
                self._book.register,
                opened_on=day,
                bank_pence=bank if isinstance(bank, int) else 0,
                cash_pence=cash if isinstance(cash, int) else 0,
            )
        )
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        return isinstance(answer, Done)
