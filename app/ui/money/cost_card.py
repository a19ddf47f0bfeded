"""What a session costs, and for how many weeks free money lasts: figures of the group's own year."""

from PySide6.QtWidgets import QWidget

from app.domain.money import pounds
from app.domain.periods import MONTHS, Period
from app.services import money
from app.services.money import Values, WantedSums
from app.ui.book import Book
from app.ui.money.counting import FigureCount
from app.ui.texts import counted
from app.ui.widgets.cards import Card
from app.ui.widgets.words import words

_COSTS = ("cost_per_session_pence", "cost_per_attendance_pence", "cost_per_person_pence")
_WEEKS = "weeks_left"


class FigureCard(Card):
    """One large figure with a sentence under it; not there while there is nothing to say."""

    def __init__(self, book: Book, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, heading, parent)
        self.book = book
        self.figure = words("", "pageFigure")
        self.said = words("", "aside", wrap=True)
        self.body.addWidget(self.figure)
        self.body.addWidget(self.said)
        self._looking = FigureCount(book, self)
        self._looking.found.connect(self._on_found)
        self._looking.went_away.connect(self._on_long)
        self._looking.failed.connect(self.hide)
        self.hide()

    wanted: tuple[str, ...] = ()

    def look(self) -> None:
        """Count again, after the page is drawn."""
        self._looking.start(WantedSums(period=self.period, names=self.wanted))

    def stop(self) -> None:
        """Count no further."""
        self._looking.stop()

    def _on_long(self) -> None:
        """Say that it is counted, unless what was counted before still stands there."""
        if self.isHidden():
            self.figure.hide()
            self.said.setText(self.tr("Counting…"))
            self.show()

    def _on_found(self, values: Values) -> None:
        self.figure.show()
        self.show_values(values)

    @property
    def period(self) -> Period:
        """The group's own year so far."""
        today = self.book.today()
        return Period(first=money.group_year(self.book.register, today).first, last=today)

    def show_values(self, values: Values) -> None:
        """Show what was counted."""


class CostCard(FigureCard):
    """What a session, an attendance and a person cost."""

    wanted = _COSTS

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, "What a session costs", parent)

    def show_values(self, values: Values) -> None:
        """Show the three costs."""
        session, attendance, person = (values.get(key) for key in _COSTS)
        self.setVisible(bool(session))
        if not session:
            return
        self.figure.setText(pounds(round(session)))
        parts = []
        if attendance:
            parts.append(self.tr("{sum} an attendance").format(sum=pounds(round(attendance))))
        if person:
            parts.append(self.tr("{sum} a person").format(sum=pounds(round(person))))
        first = self.period.first
        since = self.tr("since {day}").format(day=f"{first.day} {MONTHS[first.month - 1][:3]}")
        self.said.setText(", ".join((*parts, since)))


class WeeksLeftCard(FigureCard):
    """For how many weeks free money pays what it paid in the last year."""

    wanted = (_WEEKS, _COSTS[0])

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, "If nothing else comes in", parent)
        self.setProperty("look", "card")

    def show_values(self, values: Values) -> None:
        """Show the weeks, and what a session costs."""
        weeks, session = values.get(_WEEKS), values.get(_COSTS[0])
        self.setVisible(weeks is not None)
        if weeks is None:
            return
        whole = max(0, int(weeks))
        left = counted(whole, self.tr("week left"), self.tr("weeks left"))
        self.figure.setText(left)
        text = self.tr("Free money lasts so long at the pace of the last 52 weeks.")
        if session:
            text += " " + self.tr("A session costs {sum}.").format(sum=pounds(round(session)))
        self.said.setText(text)
