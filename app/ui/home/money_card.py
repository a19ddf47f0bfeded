"""Money left, on Home: each grant's bar, free money, and the weeks it lasts."""

from collections.abc import Generator

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.changes import Topic
from app.domain.grants import GrantStanding
from app.domain.ledger import FundKind
from app.domain.money import pounds
from app.services import money
from app.ui.book import Book
from app.ui.gathering import Gathering
from app.ui.home.kept import Kept
from app.ui.money.grant_bars import report_words, spent_words, whole_of
from app.ui.widgets.bar import Bar
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.words import words

_MOST = 5
_READ_FROM = (Topic.MONEY, Topic.GRANTS, Topic.RETURNS, Topic.SETTINGS)
Found = tuple[bool, tuple[GrantStanding, ...], int]
"""Whether a cash book is begun, how the grants stand, and free money in pence."""


class MoneyCard(Card):
    """Not there until a cash book is begun."""

    grant_wanted = Signal(object)
    """The id of the grant to look at."""

    read = Signal()
    """The card is drawn, or still stands as it was, where a cash book is begun."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "Money left", parent)
        self._book = book
        self._lines = QVBoxLayout()
        self.body.addLayout(self._lines)
        self._table: QWidget | None = None
        self._drawn: tuple[Found, object, int] | None = None
        """What is drawn, on which day, and for which text size."""
        self.kept = Kept(_READ_FROM)
        self._looking = Gathering(self)
        self._looking.found.connect(self._on_found)
        book.looks.changed.connect(self._on_size_changed)
        self.hide()

    def look(self) -> None:
        """Read how the grants and free money stand if it may have changed, after the page is drawn."""
        today = self._book.today()
        if not self.kept.holds(today):
            self.kept.begin(today)
            self._looking.start(self._read(), at_once=False)
        elif self._table is not None:
            self.read.emit()

    @property
    def looking(self) -> bool:
        """Whether it still reads."""
        return self._looking.running

    def stop(self) -> None:
        """Read no further."""
        self._looking.stop()

    def _read(self) -> Generator[tuple[int, int], None, Found]:
        register = self._book.register
        known = money.books(register)
        yield 1, 3
        running = money.grant_standings(register, running=True, most=_MOST) if known.begun else ()
        yield 2, 3
        held = money.fund_balances(register) if known.begun else {}
        free = sum(
            pence for key, pence in held.items() if known.funds[key].kind is FundKind.UNRESTRICTED
        )
        return known.begun, running, free

    def _on_found(self, found: Found) -> None:
        self._show(found)
        self.kept.end()
        if self._table is not None:
            self.read.emit()

    def _show(self, found: Found) -> None:
        drawn = (found, self._book.today(), self._looks.text_size)
        if drawn == self._drawn:
            return
        begun, standings, free = found
        if self._table is not None:
            self._table.hide()
            self._table.setParent(None)
            self._table.deleteLater()
            self._table = None
        if begun:
            self._table = self._draw(standings, free)
            self._lines.addWidget(self._table)
        self._drawn = drawn
        self.setVisible(begun)

    def _on_size_changed(self) -> None:
        # Not in the same turn: everything that is seen was dressed anew in this one.
        QTimer.singleShot(0, self, self._draw_again)

    def _draw_again(self) -> None:
        if self._drawn is not None:
            self._show(self._drawn[0])

    def _draw(self, standings: tuple[GrantStanding, ...], free: int) -> QWidget:
        table, looks = QWidget(), self._looks
        lines = QVBoxLayout(table)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(looks.px(4))
        dues: list[QLabel] = []
        for standing in standings[:_MOST]:
            name = ActionButton(looks, standing.grant.funder, link=True)
            name.setAccessibleName(
                self.tr("Look at the grant of {funder}").format(funder=standing.grant.funder)
            )
            name.setProperty("grant", standing.grant.id)
            name.clicked.connect(self._on_grant)
            left = self.tr("{left} of {whole}").format(
                left=short_pounds(standing.left_pence), whole=short_pounds(whole_of(standing))
            )
            row = _beside(name, words(left))
            row.setContentsMargins(-looks.gap(6), 0, 0, 0)  # its letters over the bar's beginning
            lines.addLayout(row)
            bar = Bar(looks)
            bar.show_part(standing.spent_pence, whole_of(standing), spent_words(standing))
            due = words(report_words(standing, self._book.today()), "small")
            due.setContentsMargins(looks.px(6), 0, 0, 0)
            dues.append(due)
            lines.addLayout(_beside(bar, due, wide=True))
        for due in dues:  # bars as long as one another can be compared
            due.setMinimumWidth(max(one.sizeHint().width() for one in dues))
        lines.addLayout(_beside(words(self.tr("Free money")), words(short_pounds(free), "strong")))
        return table

    def _on_grant(self) -> None:
        self.grant_wanted.emit(self.sender().property("grant"))


def short_pounds(pence: int) -> str:
    """Return £1,500 or £36.40: pence only where there are some."""
    return pounds(pence).removesuffix(".00")


def _beside(first: QWidget, second: QWidget | None, *, wide: bool = False) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(first, 1 if wide else 0)
    if not wide:
        row.addStretch(1)
    if second is not None:
        row.addWidget(second)
    return row
