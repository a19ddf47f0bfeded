"""Money: the book, and what belongs to it, under one another's names."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.changes import Topic
from app.domain.ids import AccountId, EntryId, GrantId, HeadingId
from app.domain.money import pounds
from app.services import money, statements
from app.services.money import MoneyRow
from app.services.result import Done, Refused
from app.services.statements import StatementReport
from app.ui.book import Book
from app.ui.money.begin_dialog import BeginDialog
from app.ui.money.book_part import BookPart
from app.ui.money.entry_dialog import EntryDialog
from app.ui.money.words import day_words
from app.ui.texts import counted
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.page import Page
from app.ui.widgets.tab_order import tab_as_read
from app.ui.widgets.tabs import Tabs

_UNDO, _LEARN = "undo", "learn"
_MOST_ACCOUNTS = 4
"""Named under the title; the others are said as one sum."""


if TYPE_CHECKING:  # made when they are first wanted: see below
    from app.ui.money.claims_part import ClaimsPart
    from app.ui.money.funds_part import FundsPart
    from app.ui.money.statement_part import StatementPart
    from app.ui.money.year_part import YearPart


class Part(Protocol):
    """One of the parts of Money: read when it is shown."""

    def look(self) -> None:
        """Read everything again."""

    def take_keyboard(self) -> None:
        """Take the keyboard."""


class MoneyPage(Page):
    """Where money came from, what it was spent on, and what is left."""

    topics = frozenset({Topic.MONEY, Topic.GRANTS, Topic.ACTIVITIES, Topic.SETTINGS, Topic.RETURNS})
    help_text = (
        "Every line of the book is money that moved: a receipt, a payment or a transfer. Each part "
        "of it belongs to a fund, which is a pot of money. Type to search by name, reference or "
        "amount; Enter opens the line in hand, Delete puts it in the bin. “Payment or receipt” "
        "enters another one, and says before saving when a grant does not fit. Ctrl+I imports the bank’s "
        "statement; Alt+Y remembers what its words mean when that is offered."
    )

    _to_learn: EntryId | None = None
    _from_statement = False
    """Whether the book is about to be begun with a statement."""
    return_wanted = Signal(str, object, str)
    """The id of a return to make, its Period, and the reference of a grant or ""."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, self.tr("Money"), parent)
        looks = book.looks
        self.add_button = ActionButton(
            looks, self.tr("&Payment or receipt"), icon="plus", primary=True
        )
        self.import_button = ActionButton(looks, self.tr("Import statement"), icon="download")
        self.head.add_action(self.import_button)
        self.head.add_action(self.add_button)
        self._build_parts()
        self._connect()

    def _build_parts(self) -> None:
        book, looks = self.book, self.book.looks
        self.tabs = Tabs(looks, self.tr("Parts of Money"))
        self.book_part = BookPart(book)
        self.tabs.add("book", self.tr("Book"), self.book_part)
        self._holders: dict[str, QVBoxLayout] = {}
        for key, name in (
            ("funds", self.tr("Funds and grants")),
            ("statement", self.tr("Import statement")),
            ("claims", self.tr("Claims")),
            ("year", self.tr("Year end")),
        ):
            holder = QWidget()
            self._holders[key] = QVBoxLayout(holder)
            self._holders[key].setContentsMargins(0, 0, 0, 0)
            self.tabs.add(key, name, holder)
        self.empty = EmptyState(
            looks,
            icon="wallet",
            title=self.tr("No cash book yet"),
            text=self.tr(
                "Say what is in the bank and in the tin, and the book is begun. After that every "
                "receipt and payment is a line, and the program knows what is left of each grant "
                "and what a session costs."
            ),
            action=self.tr("Begin the cash book…"),
        )
        self.empty.offer_also(self.tr("Begin it from the bank’s statement…"))
        self.empty.hide()
        self.body.addWidget(self.tabs, 1)
        self.body.addWidget(self.empty, 1)

    def _connect(self) -> None:
        self.add_button.clicked.connect(self.add_entry)
        self.import_button.clicked.connect(self.show_import)
        self.empty.acted.connect(self.begin_book)
        self.empty.also_acted.connect(self.begin_from_statement)
        self.book_part.opened.connect(self.open_entry)
        self.book_part.bin_wanted.connect(self._on_bin)
        self.book_part.grant_wanted.connect(self.show_grant)
        self.tabs.chosen.connect(self._on_tab)
        self.notice.acted.connect(self._on_notice)

    # --- parts that are made when they are first wanted -----------------------------------------

    made_later = {  # noqa: RUF012 - read only
        "funds_part": "app.ui.money.funds_part",
        "statement_part": "app.ui.money.statement_part",
        "claims_part": "app.ui.money.claims_part",
        "year_part": "app.ui.money.year_part",
    }

    @cached_property
    def funds_part(self) -> "FundsPart":
        """Funds and grants."""
        from app.ui.money.funds_part import FundsPart

        part = FundsPart(self.book)
        part.entries_wanted.connect(self._on_grant_entries)
        part.return_wanted.connect(self.return_wanted)
        self._holders["funds"].addWidget(part)
        return part

    @cached_property
    def statement_part(self) -> "StatementPart":
        """Where a statement is imported."""
        from app.ui.money.statement_part import StatementPart

        part = StatementPart(self.book)
        part.imported.connect(self._on_imported)
        self._holders["statement"].addWidget(part)
        return part

    @cached_property
    def claims_part(self) -> "ClaimsPart":
        """The claims."""
        from app.ui.money.claims_part import ClaimsPart

        part = ClaimsPart(self.book)
        self._holders["claims"].addWidget(part)
        return part

    @cached_property
    def year_part(self) -> "YearPart":
        """The end of a year."""
        from app.ui.money.year_part import YearPart

        part = YearPart(self.book)
        part.return_wanted.connect(self.return_wanted)
        self._holders["year"].addWidget(part)
        return part

    def reload(self) -> None:
        """Read the part shown again."""
        known = money.books(self.book.register)
        shown = known.begun or self._from_statement
        self._from_statement = shown and not known.begun
        self.tabs.setVisible(shown)
        if shown:
            if self._from_statement:
                self.tabs.show_part("statement")
            self.tabs.offer(self.tabs.keys if known.begun else {"statement"})
        for button in (self.add_button, self.import_button):
            button.setVisible(known.begun)
        self.empty.setVisible(not shown)
        held = money.account_balances(self.book.register)
        self._say(known, held)
        if shown and self.tabs.key == "book":
            self.book_part.look(sum(held.values()))
        elif shown:
            self.part.look()

    @property
    def part(self) -> Part:
        """The part shown."""
        part: Part = getattr(self, f"{self.tabs.key}_part")
        return part

    def _on_tab(self, key: str) -> None:
        if key != "book":
            self.book_part.stop()  # it begins again when it is shown
        self.part.look()
        tab_as_read(self)  # what is made or filled just now goes in its place

    def _say(self, known: money.Books, held: Mapping[AccountId, int]) -> None:
        in_use = [one for one in known.accounts.values() if one.closed_on is None]
        named = in_use if len(in_use) <= _MOST_ACCOUNTS else in_use[: _MOST_ACCOUNTS - 1]
        parts = [f"{account.name} {pounds(held[account.id])}" for account in named]
        if rest := in_use[len(named) :]:
            more = self.tr("{count} more accounts {sum}")
            total = pounds(sum(held[account.id] for account in rest))
            parts.append(more.format(count=f"{len(rest):,}", sum=total))
        agreed = statements.agreed_until(self.book.register) if known.begun else {}
        banks = [one for one in known.accounts.values() if one.id in agreed and not one.closed_on]
        if banks:
            whose = f"{banks[0].name} " if known.banks > 1 else ""
            said = self.tr("{whose}agrees with the statement to {day}")
            day = day_words(agreed[banks[0].id], self.book.today())
            parts.append(said.format(whose=whose, day=day.replace(" ", "\N{NO-BREAK SPACE}")))
        self.head.say(self.tr("Money"), " · ".join(parts))

    def settle(self) -> None:
        """Look no further when the page is left; it is looked at again on coming back."""
        running = self.book_part.stop()
        if "year_part" in self.__dict__:
            running = self.year_part.stop() or running
        if running:
            self._stale = True

    def take_keyboard(self) -> None:
        """Begin with the list, or with the one thing to do."""
        self.fresh()
        if self.empty.isVisibleTo(self):
            self.empty.button.setFocus()
        else:
            self.part.take_keyboard()
            self.bring_up(self.tabs)

    def escape(self) -> bool:
        """Ask nothing of the book any more, or close a notice."""
        if super().escape():
            return True
        if self._from_statement:
            self._from_statement = False
            self.reload()
            self.take_keyboard()
            return True
        return self.tabs.key == "book" and self.book_part.escape()

    # --- acting ------------------------------------------------------------------------------

    def begin_book(self) -> None:
        """Open the three questions a cash book begins with."""
        BeginDialog(self.book, parent=self.window()).open()

    def begin_from_statement(self) -> None:
        """Begin the cash book with the account of a statement and what it held."""
        self._from_statement = True
        self.reload()
        self.show_import()

    def add_entry(self) -> None:
        """Open the form for a payment or receipt."""
        dialog = EntryDialog(self.book, parent=self.window())
        dialog.saved.connect(self._on_saved)
        dialog.open()

    def open_entry(self, entry_id: EntryId) -> None:
        """Open the form of an entry to read or change it."""
        entry = money.get_entry(self.book.register, entry_id)
        if entry is None:
            self.notice.tell(self.tr("That entry is no longer in the book."))
            return
        dialog = EntryDialog(self.book, entry, parent=self.window())
        dialog.saved.connect(self._on_saved)
        dialog.open()

    def show_grant(self, grant_id: GrantId) -> None:
        """Show one grant."""
        self.tabs.show_part("funds")
        self.funds_part.show_grant(grant_id)

    def _on_grant_entries(self, grant_id: GrantId) -> None:
        self.tabs.show_part("book")
        self.book_part.filters.choose(self.book_part.filters.grant, grant_id)
        self.book_part.take_keyboard()

    def show_import(self) -> None:
        """Show where a statement is imported."""
        self.tabs.show_part("statement")
        self.statement_part.take_keyboard()

    def bring_in(self, path: Path | None = None) -> bool:
        """Begin to import a statement, of a file that was dropped or to be chosen."""
        if self.empty.isVisibleTo(self):
            self.begin_from_statement()
        else:
            self.show_import()
        if path is not None:
            self.statement_part.start_file(path)
        return True

    def _on_imported(self, report: StatementReport) -> None:
        """Show the lines that wait for a heading."""
        self.tabs.show_part("book")
        filters = self.book_part.filters
        filters.choose(filters.missing, "to_sort")
        parts = [counted(report.added, self.tr("line is new"), self.tr("lines are new"))]
        if report.matched:
            parts.append(self.tr("{count} were in the book already").format(count=report.matched))
        if report.agreed:
            parts.append(self.tr("book and statement agree"))
        elif report.difference_pence:
            parts.append(
                self.tr("the statement itself is {sum} out").format(
                    sum=pounds(abs(report.difference_pence))
                )
            )
        self.notice.tell(
            self.tr("{what}. Below is what has no heading yet: Enter opens a line.").format(
                what=", ".join(parts)
            ),
            tone="good",
        )
        self.book_part.take_keyboard()

    def search_for(self, typed: str) -> None:
        """Search the book, from elsewhere."""
        self.tabs.show_part("book")
        self.book_part.search_for(typed)

    def _offer_rule(self, entry_id: EntryId) -> None:
        """Offer to remember what a line of the bank means, once it has a heading."""
        entry = money.get_entry(self.book.register, entry_id)
        if entry is None or not entry.bank_text or len(entry.lines) != 1:
            return
        line = entry.lines[0]
        rules = money.list_rules(self.book.register)
        taught = any(
            rule.fits(entry.bank_text, entry.kind) and rule.heading_id == line.heading_id
            and rule.fund_id == line.fund_id
            for rule in rules
        )  # fmt: skip
        heading = money.books(self.book.register).headings.get(line.heading_id or HeadingId(0))
        if taught or heading is None:
            return
        self._to_learn = entry_id
        self.notice.tell(
            self.tr("Offer {heading} when {who} comes in a statement again?").format(
                heading=heading.name, who=entry.payee or entry.bank_text
            ),
            tone="plain",
            actions=((_LEARN, self.tr("&Yes, remember it")),),
        )

    def _on_saved(self, entry_id: EntryId) -> None:
        self.notice.clear()
        self._offer_rule(entry_id)
        self.book_part.take_in_hand(entry_id)
        self.book_part.look()

    def _on_bin(self, row: MoneyRow) -> None:
        register = self.book.register
        use_case = money.take_entry_out_of_bin if row.binned else money.put_entry_in_bin
        answer = self.book.commands.run(lambda: use_case(register, row.entry_id))
        if isinstance(answer, Refused):
            self.notice.tell(answer.text, tone="overdue")
        elif isinstance(answer, Done) and not row.binned:
            self.notice.tell(
                self.tr("It is in the bin and counts no more."),
                tone="plain",
                actions=((_UNDO, self.tr("Undo")),),
            )

    def _on_notice(self, key: str) -> None:
        self.notice.clear()
        if key == _UNDO:
            self.book.history.undo()
        if key == _LEARN and self._to_learn is not None:
            register, entry_id = self.book.register, self._to_learn
            answer = self.book.commands.run(lambda: money.learn_rule(register, entry_id))
            if isinstance(answer, Refused):
                self.notice.tell(answer.text)
            self.book_part.take_keyboard()
