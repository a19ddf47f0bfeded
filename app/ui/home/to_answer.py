"""On Home: the referrals whose senders wait for an answer, the most pressing first."""

from collections.abc import Generator
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.ids import ReferralId
from app.services import referrals
from app.services.referrals import ReferralRow, ToAnswer
from app.ui import texts
from app.ui.book import Book
from app.ui.people.gathering import Gathering
from app.ui.referrals import words as said
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Chip
from app.ui.widgets.words import rule, words

_CALM_MS = 1_500
_MOST = 3
"""Lines: what else waits on Home stays in sight."""


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
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
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
        """Read again what waits, and show it; return how many there are.

        Where referrals are many, None: they are read a little at a time, and it is told later.
        """
        self._clear()  # what is old must not be given the keyboard meanwhile
        self.hide()
        self._at_once, self._total = True, None
        self._looking.start(self._read(_MOST))
        self._at_once = False
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
        self._draw(found)
        self.setVisible(bool(found.total))
        self._total = found.total
        self.counted.emit(found.total)
        if not self._at_once:
            self.drawn_later.emit(found.total)

    def _clear(self) -> None:
        while self._lines.count():
            item = self._lines.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                # Not taken out of the page, for which Qt would undress it and all that is inside.
                widget.hide()
                widget.deleteLater()

    def _draw(self, found: ToAnswer) -> None:
        for row in found.rows:
            self._lines.addWidget(self._line(row))
            self._lines.addWidget(rule())
        rest = found.total - len(found.rows)
        if rest > 0:
            more = self.tr("{count} more to answer").format(count=f"{rest:,}")
            if found.past:
                more += self.tr(", {count} of all past the 14-day line").format(
                    count=f"{found.past:,}"
                )
            button = ActionButton(self._book.looks, more, icon="arrow-right", link=True)
            button.clicked.connect(self.all_wanted)
            self._lines.addWidget(button)
            self._lines.addWidget(rule())

    def count_soon(self) -> None:
        """Count what waits, once nothing changes any more: ticks come one after the other."""
        self._counting.stop()  # what it found so far was before this change
        self._soon.start(_CALM_MS)

    def _count(self) -> None:
        self._counting.start(self._read(0))

    def _on_counted(self, found: ToAnswer) -> None:
        self.counted.emit(found.total)

    def _line(self, row: ReferralRow) -> QWidget:
        looks = self._book.looks
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, looks.px(4), 0, looks.px(4))
        line.setSpacing(looks.px(8))
        picture = QLabel()
        picture.setPixmap(looks.pixmap("inbox", "ink", 20, self.devicePixelRatioF()))
        line.addWidget(picture)
        told = QVBoxLayout()
        told.setSpacing(looks.px(2))
        title = self.tr("Referral from {sender} — {name}").format(
            sender=row.referrer, name=row.full_name
        )
        if not row.referrer:  # a kind of sender, or nobody: "from" would not read well
            title = self.tr("Referral — {name}").format(name=row.full_name)
        when = self.tr("Received {day}").format(day=texts.day_and_month(row.received_on))
        if row.received_on.year != self._book.today().year:
            when = self.tr("Received {day}").format(day=said.brief(row.received_on))
        told.addWidget(words(title, "strong", wrap=True))
        when = f"{when} {said.came_how(row)}".strip()
        if not row.referrer:
            when = f"{said.sent_by(row)} · {when}"
        told.addWidget(words(when, "aside", wrap=True))
        line.addLayout(told, 1)
        tone, icon = said.clock_look(row.clock)
        line.addWidget(Chip(looks, said.clock_words(row.clock), tone=tone, icon=icon))
        button = ActionButton(looks, self.tr("Answer"))
        button.setAccessibleName(self.tr("Answer: {title}").format(title=title))
        button.clicked.connect(partial(self._on_answer, row.id))
        line.addWidget(button)
        return holder

    def _on_answer(self, referral_id: ReferralId, _checked: bool = False) -> None:
        self.referral_wanted.emit(referral_id)
