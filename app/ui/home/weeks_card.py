"""The card of the last twelve weeks: the chart, and what it comes to in words."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.domain.activities import CANCEL_REASONS
from app.services.weekly import WEEKS, Weeks, weeks_up_to
from app.ui import texts
from app.ui.book import Book
from app.ui.gathering import Gathering
from app.ui.home.kept import OF_REGISTER, Kept
from app.ui.home.weeks_chart import WeeksChart
from app.ui.widgets.cards import Card
from app.ui.widgets.words import words

_DRAWN_MS = 10
"""A timer of no time may be over before the page was drawn."""


class WeeksCard(Card):
    """Attendances by week; counted a week at a time, so that nothing waits for it."""

    counted = Signal()
    """The weeks are shown, or still stand as they were."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "Attendances by week", parent)
        self._book = book
        self.kept = Kept(OF_REGISTER)
        self.chart = WeeksChart(book.looks)
        self.key = words(
            self.tr("Filled: different people. Above that: coming again in the week, and guests."),
            "small", wrap=True,
        )  # fmt: skip
        self.said = words("", "aside", wrap=True)
        for widget in (self.chart, self.said, self.key):
            self.body.addWidget(widget)
        self._looking = Gathering(self)
        self._looking.found.connect(self._on_found)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_DRAWN_MS)
        self._soon.timeout.connect(self._begin)

    def look(self) -> None:
        """Count the weeks again if they may have changed, after the page is drawn."""
        self._looking.stop()
        self._soon.start()

    def _begin(self) -> None:
        today = self._book.today()
        if self.kept.holds(today):
            self.counted.emit()
            return
        self.kept.begin(today)
        self._looking.start(weeks_up_to(self._book.register, today), at_once=False)

    def stop(self) -> None:
        """Count no further."""
        self._soon.stop()
        self._looking.stop()

    @property
    def looking(self) -> bool:
        """Whether it still counts."""
        return self._soon.isActive() or self._looking.running

    def _on_found(self, found: Weeks) -> None:
        some = bool(found.attendances)
        self.chart.show_weeks(found)
        self.chart.setVisible(some)
        self.key.setVisible(any(week.attendances > week.people for week in found.weeks))
        self.said.setText(self._words(found) if some else self._nothing())
        self.kept.end()
        self.counted.emit()

    def _words(self, found: Weeks) -> str:
        came = texts.counted(found.attendances, self.tr("attendance"), self.tr("attendances"))
        people = texts.counted(found.people, self.tr("person"), self.tr("people"))
        said = self.tr("{came} by {people} in {weeks} weeks").format(
            came=came, people=people, weeks=WEEKS
        )
        empty = [
            week.cancelled[0] for week in found.weeks if week.cancelled and not week.attendances
        ]
        parts = [
            self.tr("{day} cancelled, {why}")
            .format(day=texts.day_and_month(day), why=CANCEL_REASONS.get(reason, "").lower())
            .rstrip(", ")
            for day, reason in empty[:2]
        ]
        return " · ".join((said, *parts))

    def _nothing(self) -> str:
        return self.tr(
            "Nobody is entered in the last {weeks} weeks. Take a register, and the weeks show here."
        ).format(weeks=WEEKS)
