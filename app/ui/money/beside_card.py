"""Beside the accounts, never in them: match funding, gifts in kind, and volunteers' time."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.beside import MATCH_KINDS, MATCH_STATES, Gift, Match, MatchState
from app.domain.grants import Grant
from app.domain.ids import GrantId
from app.domain.money import pounds
from app.domain.periods import Period, short_date
from app.services import money, settings
from app.services.money import Values, WantedSums
from app.ui.book import Book
from app.ui.money.beside_dialogs import GiftDialog, MatchDialog
from app.ui.money.counting import FigureCount
from app.ui.money.grant_bars import clear_layout
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.facts import Facts
from app.ui.widgets.words import rule, words

_HOURS, _TIME, _IN_KIND = "volunteer_hours", "volunteer_value_pence", "in_kind_pence"


class BesideCard(Card):
    """Of the grant in hand, or where none is, of everything; below it the sums in all."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "Beside the accounts, never in them", parent)
        self.book = book
        self._grant: Grant | None = None
        self._said: object = None
        """What the lines say: those that would say the same stay."""
        if self.heading is not None:
            self.heading.setWordWrap(True)
        self._lines = QVBoxLayout()
        self.time = words("", "small", wrap=True)
        self.sums = Facts(book.looks)
        self.body.addLayout(self._lines)
        for text, action in (
            (self.tr("Add match funding…"), self.add_match),
            (self.tr("Note a gift in kind…"), self.add_gift),
        ):
            button = ActionButton(book.looks, text, icon="plus", link=True)
            button.clicked.connect(action)
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(rule())
        self.body.addWidget(self.sums)
        self.body.addWidget(self.time)
        self._looking = FigureCount(book, self)
        self._looking.found.connect(self._show_sums)
        self._looking.went_away.connect(self._on_long)
        self._looking.failed.connect(partial(self._show_sums, {}))

    # --- showing -----------------------------------------------------------------------------

    def show_grant(self, grant: Grant | None) -> None:
        """Show what stands beside a grant, and in all."""
        self._grant = grant
        register = self.book.register
        matches = money.list_matches(register, grant.id if grant else None)
        gifts = [one for one in money.list_gifts(register) if not grant or one.grant_id == grant.id]
        self._looking.start(self._sums_wanted)
        if self._said == (grant, matches, gifts):
            return
        self._said = grant, matches, gifts
        clear_layout(self._lines)
        for match in matches:
            about = f"{self.tr(MATCH_STATES[match.state])} · {self.tr(MATCH_KINDS[match.kind])}"
            self._line(match.source, about, match.amount_pence, MatchDialog, match)
        for gift in gifts:
            about = " · ".join(p for p in (gift.giver, short_date(gift.given_on), gift.basis) if p)
            self._line(gift.what, about, gift.value_pence, GiftDialog, gift)
        if not matches and not gifts:
            text = self.tr("Nothing is noted beside this grant.")
            if grant is None:
                text = self.tr(
                    "Nothing is noted: a room lent, cakes given, money of another funder."
                )
            self._lines.addWidget(words(text, "aside", wrap=True))

    def stop(self) -> None:
        """Count no further."""
        self._looking.stop()

    def _line(
        self, name: str, about: str, pence: int, form: Callable[..., object], one: Match | Gift
    ) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        said = QVBoxLayout()
        said.addWidget(words(name, wrap=True))
        said.addWidget(words(about, "small", wrap=True))
        row.addLayout(said, 1)
        row.addWidget(words(pounds(pence), "strong"))
        buttons = QVBoxLayout()
        for text, action in (
            (self.tr("Change"), partial(self._change, form, one)),
            (self.tr("Take away"), partial(self._take_away, one)),
        ):
            button = ActionButton(self.book.looks, text, link=True)
            button.setAccessibleName(f"{text} {name}, {pounds(pence)}")
            button.clicked.connect(action)
            buttons.addWidget(button)
        row.addLayout(buttons)
        if self._lines.count():
            self._lines.addWidget(rule())
        self._lines.addWidget(line)

    @property
    def period(self) -> Period:
        """The group's own year so far, or the days of the grant in hand up to today."""
        today, grant = self.book.today(), self._grant
        first = grant.starts_on if grant and grant.starts_on and grant.starts_on <= today else None
        last = min(grant.ends_on, today) if grant and grant.ends_on else today
        if first is None or last < first:
            return Period(first=money.group_year(self.book.register, today).first, last=today)
        return Period(first=first, last=last)

    @property
    def _sums_wanted(self) -> WantedSums:
        grant = self._grant
        if grant is None or not grant.activities:
            names, grant_id = (_HOURS, _TIME, _IN_KIND), grant.id if grant else None
            return WantedSums(period=self.period, names=names, grant_id=grant_id)
        return WantedSums(
            period=self.period, names=(_IN_KIND,), grant_id=grant.id, time_of=grant.activities
        )

    def _on_long(self) -> None:
        self.sums.show_facts(((self.tr("In all"), self.tr("Counting…")),))

    def _show_sums(self, values: Values) -> None:
        tr, grant, period = self.tr, self._grant, self.period
        matches = money.list_matches(self.book.register, grant.id if grant else None)
        sums = {
            state: sum(m.amount_pence for m in matches if m.state is state)
            for state in (MatchState.CONFIRMED, MatchState.APPLIED)
        }
        in_kind = values.get(_IN_KIND)
        hours, value = values.get(_HOURS), values.get(_TIME)
        facts = [
            (tr("Match, confirmed"), pounds(sums[MatchState.CONFIRMED])),
            (tr("Match, applied for"), pounds(sums[MatchState.APPLIED])),
            (tr("Given in kind, time too"), "" if in_kind is None else pounds(round(in_kind))),
            (tr("Volunteers’ time"), "" if not hours or value is None else
             f"{hours:,.1f} h, {pounds(round(value))}"),
        ]  # fmt: skip
        if grant is not None:
            register = self.book.register
            every = sum(
                m.amount_pence
                for m in money.list_matches(register)
                if m.state is MatchState.CONFIRMED
            )
            gifts = sum(gift.value_pence for gift in money.list_gifts(register))
            text = tr("{match} match, {gifts} gifts").format(
                match=pounds(every), gifts=pounds(gifts)
            )
            facts.append((tr("All grants and none"), text))
        self.sums.show_facts(tuple((name, said) for name, said in facts if said))
        rates = [r for r in settings.hour_rates(self.book.register) if r.from_on <= period.last]
        span = tr("{first} to {last}.").format(
            first=short_date(period.first), last=short_date(period.last)
        )
        if rates:
            span += " " + tr("An hour of a volunteer counts {sum} since {day}: {source}.").format(
                sum=pounds(rates[0].pence), day=short_date(rates[0].from_on),
                source=rates[0].source or tr("as your group stated"),
            )  # fmt: skip
        self.time.setText(span)

    # --- acting ------------------------------------------------------------------------------

    def add_match(self) -> None:
        """Open the form for match funding beside the grant in hand."""
        MatchDialog(self.book, grant_id=self._hand, parent=self.window()).open()

    def add_gift(self) -> None:
        """Open the form for a gift in kind."""
        GiftDialog(self.book, grant_id=self._hand, parent=self.window()).open()

    @property
    def _hand(self) -> GrantId | None:
        return self._grant.id if self._grant else None

    def _change(
        self, form: Callable[..., object], one: Match | Gift, _checked: bool = False
    ) -> None:
        dialog = form(self.book, one, parent=self.window())
        dialog.open()  # type: ignore[attr-defined]

    def _take_away(self, one: Match | Gift, _checked: bool = False) -> None:
        register = self.book.register

        if isinstance(one, Match):
            self.book.commands.run(lambda: money.remove_match(register, one.id))
        else:
            self.book.commands.run(lambda: money.put_gift_in_bin(register, one.id))
