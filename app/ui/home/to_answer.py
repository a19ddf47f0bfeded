"""On Home: the referrals whose senders wait for an answer, the most pressing first."""

from collections.abc import Generator

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.domain.changes import Topic
from app.services import referrals
from app.services.referrals import ReferralRow, ToAnswer
from app.ui import texts
from app.ui.book import Book
from app.ui.gathering import Gathering
from app.ui.home.kept import OF_REGISTER, Kept
from app.ui.home.lines import Line, Lines, Link, Press, Rule, Said, Status
from app.ui.referrals import words as said

_CALM_MS = 1_500
_MOST = 3
"""Lines: what else waits on Home stays in sight."""
_READ_FROM = OF_REGISTER | {Topic.REFERRALS, Topic.PLACES, Topic.SETTINGS}


class ToAnswerLines(QWidget):
    """A line for each of the first few, and how many there are besides."""

    referral_wanted = Signal(object)
    """The id of the referral to show."""
    all_wanted = Signal()
    counted = Signal(int)
    """How many wait for an answer."""
    drawn_later = Signal(int)
    """The lines of a long book are there, and so many wait in all."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self.kept = Kept(_READ_FROM)
        self.lines = Lines(book.looks, self)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.pressed.connect(self._on_pressed)
        self._at_once = False
        """Whether what is found now is told by what ``look`` gives back."""
        self._total: int | None = None
        self._looking = Gathering(self)
        self._looking.found.connect(self._on_found)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._count)
        self._counting = Gathering(self)
        self._counting.found.connect(self._on_counted)

    def look(self) -> int | None:
        """Read again what waits if it may have changed, and show it; return how many there are.

        Where referrals are many, None: they are read a little at a time, and it is told later.
        """
        today = self._book.today()
        if self.kept.holds(today):
            return self._total
        self.kept.begin(today)
        self._at_once, self._total = True, None
        many = referrals.are_many(self._book.register, today=today)
        self._looking.start(self._read(_MOST), at_once=not many)
        self._at_once = False
        if self._total is None:
            self.lines.show_lines(())  # what is old must not be given the keyboard meanwhile
            self.hide()
        return self._total

    @property
    def looking(self) -> bool:
        """Whether it still reads."""
        return self._looking.running

    def stop(self) -> None:
        """Read no further; how many there are is counted all the same, for the rail."""
        if self.looking:
            self._looking.stop()
            self.count_soon()

    def _read(self, most: int) -> Generator[tuple[int, int], None, ToAnswer]:
        today = self._book.today()
        return referrals.look_for_unanswered(self._book.register, today=today, limit=most)

    def _on_found(self, found: ToAnswer) -> None:
        self.lines.show_lines(self._said(found))
        self.setVisible(bool(found.total))
        self._total = found.total
        self.kept.end()
        self.counted.emit(found.total)
        if not self._at_once:
            self.drawn_later.emit(found.total)

    def _said(self, found: ToAnswer) -> list[Said]:
        shown: list[Said] = []
        for row in found.rows:
            shown += (self._line(row), Rule())
        rest = found.total - len(found.rows)
        if rest > 0:
            more = self.tr("{count} more to answer").format(count=f"{rest:,}")
            if found.past:
                more += self.tr(", {count} of all past the 14-day line").format(
                    count=f"{found.past:,}"
                )
            shown += (Link(key="all", text=more, icon="arrow-right"), Rule())
        return shown

    def count_soon(self) -> None:
        """Count what waits, once nothing changes any more: ticks come one after the other."""
        self._counting.stop()  # what it found so far was before this change
        self._soon.start(_CALM_MS)

    def _count(self) -> None:
        self._counting.start(self._read(0))

    def _on_counted(self, found: ToAnswer) -> None:
        self.counted.emit(found.total)

    def _line(self, row: ReferralRow) -> Line:
        title = self.tr("Referral from {sender} — {name}").format(
            sender=row.referrer, name=row.full_name
        )
        if not row.referrer:  # a kind of sender, or nobody: "from" would not read well
            title = self.tr("Referral — {name}").format(name=row.full_name)
        when = self.tr("Received {day}").format(day=texts.day_and_month(row.received_on))
        if row.received_on.year != self._book.today().year:
            when = self.tr("Received {day}").format(day=said.brief(row.received_on))
        when = f"{when} {said.came_how(row)}".strip()
        if not row.referrer:
            when = f"{said.sent_by(row)} · {when}"
        tone, icon = said.clock_look(row.clock)
        name = self.tr("Answer: {title}").format(title=title)
        return Line(
            title=title,
            aside=when,
            icon="inbox",
            status=Status(text=said.clock_words(row.clock), tone=tone, icon=icon),
            presses=(Press(key="answer", text=self.tr("Answer"), name=name),),
            about=row.id,
        )

    def _on_pressed(self, key: str, about: object) -> None:
        if key == "all":
            self.all_wanted.emit()
        else:
            self.referral_wanted.emit(about)
