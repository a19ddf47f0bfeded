"""Year end: what came in and went out, what is owned and owed, who looks at it, closing the year."""

import datetime as dt
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.money import pounds
from app.domain.periods import Period, short_date
from app.domain.year_end import ITEM_WORDS, SCRUTINY_WORDS, Item, ItemDraft, ItemKind
from app.services import money
from app.services.money import LookedMoney, WantedMoney
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.choosing import fill
from app.ui.forms.small_form import SmallForm
from app.ui.gathering import Gathering
from app.ui.money.grant_bars import clear_layout
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.choice import Choice
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.facts import Facts
from app.ui.widgets.line import Line
from app.ui.widgets.page import scrolling
from app.ui.widgets.words import rule, words

PRINTED = {
    "receipts-and-payments": "Receipts and payments accounts",
    "treasurer-report": "Treasurer’s report",
    "shared-costs": "Shared costs",
    "examiners-pack": "Examiner’s pack",
}
"""The returns that are made at the end of a year; to ask for their titles would read every return."""
_SIDE = 400


class YearPart(QWidget):
    """The group's own year, chosen from a list."""

    return_wanted = Signal(str, object, str)
    """The id of a return to make, its Period, and "": it is about no grant."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.book = book
        self._gathering = Gathering(self)
        self._gathering.found.connect(self._on_found)
        self._build()
        self.year.activated.connect(self.look)
        self.close_button.clicked.connect(self._on_close)
        self.open_button.clicked.connect(self._on_open)
        self.add_button.clicked.connect(self.add_item)

    def _build(self) -> None:
        looks, tr = self.book.looks, self.tr
        self.year = Choice(looks, tr("Year"))
        self.sums = Facts(looks)
        self.standing = words("", wrap=True)
        self.state = words("", "strong", wrap=True)
        self.problem = words("", "problem", wrap=True)
        self.close_button = ActionButton(looks, tr("&Close the year"), icon="lock")
        self.open_button = ActionButton(looks, tr("Open the year again"), icon="undo")
        about = Card(looks, tr("The year"))
        about.body.addWidget(self.year)
        for widget in (self.sums, rule(), self.standing, rule(), self.state, self.problem):
            about.body.addWidget(widget)
        for button in (self.close_button, self.open_button):
            about.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        holder = QWidget()
        above = QVBoxLayout(holder)
        above.setContentsMargins(0, 0, 0, 0)
        above.addWidget(about)
        above.addStretch(1)
        self.items = Card(looks, tr("Owned and owed besides money"))
        self._lines = QVBoxLayout()
        self.items.body.addLayout(self._lines)
        self.add_button = ActionButton(looks, tr("Add something…"), icon="plus", link=True)
        self.items.body.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._build_prints()
        side = QWidget()
        beside = QVBoxLayout(side)
        beside.setContentsMargins(0, 0, 0, 0)
        for card in (self.prints, self.items):
            beside.addWidget(card)
        beside.addStretch(1)
        area = scrolling(side)
        area.setMinimumHeight(looks.px(160))
        main = scrolling(holder)
        main.setMinimumHeight(looks.px(200))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(TwoColumns(looks, main, area, needed=820, side_width=_SIDE), 1)

    def _build_prints(self) -> None:
        looks, tr = self.book.looks, self.tr
        self.prints = Card(looks, tr("Print"))
        self.print_buttons: dict[str, ActionButton] = {}
        for template_id, title in PRINTED.items():
            button = ActionButton(looks, tr(title), icon="printer")
            button.clicked.connect(partial(self._on_return, template_id))
            self.prints.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self.print_buttons[template_id] = button

    # --- showing -----------------------------------------------------------------------------

    @property
    def period(self) -> Period:
        """The year chosen."""
        chosen = self.year.currentData()
        if isinstance(chosen, Period):
            return chosen
        return money.group_year(self.book.register, self.book.today())

    def look(self) -> None:
        """Read the year again."""
        self._offer_years()
        period = self.period
        self.problem.setText("")
        self.problem.hide()
        wanted = WantedMoney(first=period.first, last=period.last)
        self._gathering.start(money.look_through(self.book.register, wanted))
        self._show_closed()
        self._show_items()

    def stop(self) -> bool:
        """Look no further; say whether there was something still to find."""
        running = self._gathering.running
        self._gathering.stop()
        return running

    def take_keyboard(self) -> None:
        """Begin with the year."""
        self.year.setFocus()

    def _offer_years(self) -> None:
        chosen = self.year.currentData()
        known = money.books(self.book.register).accounts.values()
        opened = min((one.opened_on for one in known), default=self.book.today())
        year = money.group_year(self.book.register, self.book.today())
        years: list[tuple[str, object]] = []
        while year.last >= opened:
            years.append((self.tr("Year to {day}").format(day=short_date(year.last)), year))
            year = money.group_year(self.book.register, year.first - dt.timedelta(days=1))
        fill(self.year, years, chosen)

    def _on_found(self, looked: LookedMoney) -> None:
        period, register = self.period, self.book.register
        before = period.first - dt.timedelta(days=1)
        end = sum(money.account_balances(register, period.last).values())
        start = sum(money.account_balances(register, before).values())
        begun = end - start - looked.in_pence + looked.out_pence
        facts = [
            (self.tr("In hand at the start"), pounds(start + begun)),
            (self.tr("Came in"), pounds(looked.in_pence)),
            (self.tr("Went out"), pounds(looked.out_pence)),
            (self.tr("In hand at the end"), pounds(end)),
        ]
        self.sums.show_facts(tuple(facts))
        standing = money.accounts_allowed(register, period.last, looked.in_pence)
        said = [standing.why_not, SCRUTINY_WORDS[standing.scrutiny]]
        self.standing.setText(" ".join(one for one in said if one))

    def _show_closed(self) -> None:
        period = self.period
        closed = [
            one for one in money.closed_years(self.book.register) if one.ends_on == period.last
        ]
        over = period.last < self.book.today()
        if closed:
            text = self.tr("Closed: nothing dated in this year can be changed.")
        elif over:
            text = self.tr("Close the year when its accounts are approved: nothing dated in it can be changed then.")  # fmt: skip
        else:
            text = self.tr("The year goes on until {day}.").format(day=short_date(period.last))
        self.state.setText(text)
        self.close_button.setVisible(over and not closed)
        self.open_button.setVisible(bool(closed))

    def _show_items(self) -> None:
        clear_layout(self._lines)
        day = min(self.period.last, self.book.today())
        held = [item for item in money.list_items(self.book.register) if item.held_on(day)]
        for item in held:
            if self._lines.count():
                self._lines.addWidget(rule())
            self._lines.addWidget(self._line(item))
        if not held:
            text = self.tr("Nothing is noted: tables and kettles, a deposit, a bill not yet paid.")
            self._lines.addWidget(words(text, "aside", wrap=True))

    def _line(self, item: Item) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        said = QVBoxLayout()
        name = item.details or self.tr(ITEM_WORDS[item.kind])
        said.addWidget(words(name, wrap=True))
        said.addWidget(words(self.tr(ITEM_WORDS[item.kind]), "small"))
        row.addLayout(said, 1)
        pence = item.value_pence if item.value_pence is not None else item.cost_pence
        row.addWidget(words(pounds(pence) if pence is not None else "—", "strong"))
        button = ActionButton(self.book.looks, self.tr("Change"), link=True)
        button.setAccessibleName(self.tr("Change {name}").format(name=name))
        button.clicked.connect(partial(self._on_item, item))
        row.addWidget(button)
        return line

    # --- acting ------------------------------------------------------------------------------

    def add_item(self) -> None:
        """Open the form for something owned or owed."""
        ItemDialog(self.book, parent=self.window()).open()

    def _on_item(self, item: Item, _checked: bool = False) -> None:
        ItemDialog(self.book, item, parent=self.window()).open()

    def _on_return(self, template_id: str, _checked: bool = False) -> None:
        period, today = self.period, self.book.today()
        upto = Period(first=period.first, last=min(period.last, today))
        self.return_wanted.emit(template_id, upto, "")

    def _on_close(self) -> None:
        register, today = self.book.register, self.book.today()
        period = self.period
        self._told(
            self.book.commands.run(
                lambda: money.close_year(register, period, approved_on=today, today=today)
            )
        )

    def _on_open(self) -> None:
        register, last = self.book.register, self.period.last
        self._told(self.book.commands.run(lambda: money.open_year(register, last)))

    def _told(self, answer: Done | Refused | None) -> None:
        if isinstance(answer, Refused):
            self.problem.setText(answer.text)
            self.problem.show()
        elif isinstance(answer, Done):
            (self.open_button if self.open_button.isVisibleTo(self) else self.year).setFocus()


class ItemDialog(SmallForm):
    """Something owned or owed on the last day of the year."""

    def __init__(self, book: Book, item: Item | None = None, parent: QWidget | None = None) -> None:
        title = "Change what is owned or owed" if item else "Owned or owed"
        super().__init__(book, title, "Save it", parent)
        self._item = item
        self.kind, self.fund, self.details = Choice(self.looks, ""), Choice(self.looks, ""), Line()
        kinds = [(self.tr(text), kind.value) for kind, text in ITEM_WORDS.items()]
        fill(self.kind, kinds, item.kind.value if item else ItemKind.ASSET.value)
        funds = [(f.name, f.id) for f in money.books(book.register).funds.values()]
        fill(self.fund, funds, item.fund_id if item else None)
        self.details.setText(item.details if item else "")
        self.cost = self.amount_line(item.cost_pence if item else None)
        self.value = self.amount_line(item.value_pence if item else None)
        self.since = self.day_line(item.from_on if item else book.today())
        self.until = self.day_line(item.to_on if item else None)
        self.due = self.day_line(item.due_on if item else None)
        self.add_field("details", self.tr("What it is"), self.details)
        for pair in (
            (("kind", self.tr("Owned or owed"), self.kind),
             ("fund_id", self.tr("Fund"), self.fund)),
            (("cost_pence", self.tr("What it cost (£)"), self.cost),
             ("value_pence", self.tr("Worth or owed now (£)"), self.value)),
            (("from_on", self.tr("Since"), self.since),
             ("to_on", self.tr("Until (paid or gone)"), self.until),
             ("due_on", self.tr("Due"), self.due)),
        ):  # fmt: skip
            row = self.add_row()
            for key, label, editor in pair:
                self.add_field(key, label, editor, into=row)

    def read(self) -> ItemDraft:
        """Return it as typed."""
        return ItemDraft(
            kind=ItemKind(self.kind.currentData()), details=self.details.text(),
            fund_id=self.fund.currentData(), from_on=self.day_of(self.since, "from_on"),
            to_on=self.day_of(self.until, "to_on"),
            cost_pence=self.pence_of(self.cost, "cost_pence"),
            value_pence=self.pence_of(self.value, "value_pence"),
            due_on=self.day_of(self.due, "due_on"),
        )  # fmt: skip

    def carry_out(self) -> Done | Refused:
        """Keep it."""
        item_id = self._item.id if self._item else None
        return money.save_item(self.book.register, self.read(), item_id)
