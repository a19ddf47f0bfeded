"""What narrows the book: account, fund, heading, grant, activity, year, and what is missing."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.ledger import EntryKind
from app.domain.periods import Period, short_date
from app.services import activities, money
from app.services.money import GrantName, WantedMoney
from app.ui.book import Book
from app.ui.widgets.choice import Choice
from app.ui.widgets.wrap_row import WrapRow

BIN = "bin"
_LETTERS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    """What one choice offers: its words for "any", and (words, value) pairs."""

    any_words: str
    items: tuple[tuple[str, Any], ...]


class BookFilters(WrapRow):
    """The choices that narrow the book; those with nothing to choose are not there."""

    changed = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, parent)
        self.book = book
        looks = book.looks
        self.account = Choice(looks, self.tr("Account"))
        self.fund = Choice(looks, self.tr("Fund"))
        self.heading = Choice(looks, self.tr("Heading"))
        self.grant = Choice(looks, self.tr("Grant"))
        self.activity = Choice(looks, self.tr("Activity"))
        self.year = Choice(looks, self.tr("Year"))
        self.missing = Choice(looks, self.tr("What is shown"))
        self._offered: dict[Choice, _Offer] = {}
        self._choices = (
            self.account, self.fund, self.heading, self.grant, self.activity, self.year,
            self.missing,
        )  # fmt: skip
        for choice in self._choices:
            choice.setMinimumContentsLength(_LETTERS)
            choice.setSizeAdjustPolicy(
                Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            self.add(choice)
            choice.activated.connect(self._on_chosen)

    def offer(self) -> None:
        """Offer what the book has; what was chosen stays chosen."""
        register = self.book.register
        known = money.books(register)
        tr = self.tr
        named = tuple((one.name, one.id) for one in known.accounts.values())
        self._fill(self.account, tr("All accounts"), named)
        self._fill(
            self.fund, tr("Any fund"), tuple((one.name, one.id) for one in known.funds.values())
        )
        sides = {EntryKind.RECEIPT: tr("in"), EntryKind.PAYMENT: tr("out")}
        headings = sorted(known.headings.values(), key=lambda h: h.side is EntryKind.RECEIPT)
        self._fill(
            self.heading,
            tr("Any heading"),
            tuple((f"{one.name} ({sides[one.side]})", one.id) for one in headings),
        )
        held = tuple((_grant_name(one), one.id) for one in money.grant_names(register))
        self._fill(self.grant, tr("Any grant"), held)
        listed = activities.list_activities(register)
        self._fill(self.activity, tr("Any activity"), tuple((a.name, a.id) for a in listed))
        self._fill(self.year, tr("All years"), self._years(known))
        self._fill(
            self.missing,
            tr("Everything"),
            (
                (tr("Payments without a receipt"), "no_receipt"),
                (tr("No heading yet"), "to_sort"),
                (tr("In the bin"), BIN),
            ),
        )

    def _years(self, known: money.Books) -> tuple[tuple[str, Period], ...]:
        opened = min((one.opened_on for one in known.accounts.values()), default=None)
        years = money.group_years(self.book.register, self.book.today(), opened)
        return tuple(
            (self.tr("Year to {day}").format(day=short_date(year.last)), year) for year in years
        )

    def _fill(self, choice: Choice, any_words: str, items: tuple[tuple[str, Any], ...]) -> None:
        offer = _Offer(any_words=any_words, items=items)
        if self._offered.get(choice) == offer:
            return
        self._offered[choice] = offer
        chosen = choice.currentData()
        choice.clear()
        choice.addItem(any_words, None)
        for text, value in items:
            choice.addItem(text, value)
        values = [None, *(value for _, value in items)]
        choice.setCurrentIndex(values.index(chosen) if chosen in values else 0)
        choice.setVisible(len(items) > (1 if choice is self.account else 0))

    @property
    def wanted(self) -> WantedMoney:
        """What is asked of the book now."""
        year, missing = self.year.currentData(), self.missing.currentData()
        return WantedMoney(
            account_id=self.account.currentData(),
            fund_id=self.fund.currentData(),
            heading_id=self.heading.currentData(),
            grant_id=self.grant.currentData(),
            activity_id=self.activity.currentData(),
            first=year.first if year else None,
            last=year.last if year else None,
            no_receipt=missing == "no_receipt",
            to_sort=missing == "to_sort",
            bin=missing == BIN,
        )

    def choose(self, choice: Choice | None = None, value: object = None) -> None:
        """Ask for one thing (or nothing) and nothing else."""
        for one in self._choices:
            one.setCurrentIndex(0)
        if choice is not None:
            values = [choice.itemData(place) for place in range(choice.count())]
            choice.setCurrentIndex(values.index(value) if value in values else 0)
        self.changed.emit()

    def _on_chosen(self) -> None:
        self.changed.emit()


def _grant_name(grant: GrantName) -> str:
    return " · ".join(part for part in (grant.funder, grant.title or grant.reference) if part)
