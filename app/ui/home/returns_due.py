"""On Home: the reports that are due within four weeks or overdue, the most pressing first."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.book import Book
from app.ui.reading_returns import when_read
from app.ui.returns.due_words import left_words
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Chip
from app.ui.widgets.words import rule, words

if TYPE_CHECKING:  # large: the worker reads it first, so that Home does not wait for it
    from app.services.returns.due import ReportDue
    from app.ui.jobs import Job

_CALM_MS = 1_500
_MOST = 3
"""Lines: what else waits on Home stays in sight."""


class ReturnsDueLines(QWidget):
    """A line for each of the first few, and how many there are besides; hidden when none is due."""

    due_wanted = Signal(object)
    """The ReportDue to write."""
    all_wanted = Signal()
    counted = Signal(int)
    """How many are due within four weeks, or overdue."""
    drawn = Signal()
    """The lines are there: Tab may go through them."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._looking = QTimer(self)  # a turn later: with the rest of Home it is much at once
        self._looking.setSingleShot(True)
        self._job: Job | None = None
        self._looking.timeout.connect(partial(self._when_read, self._look))
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.timeout.connect(partial(self._when_read, self._count))
        self.hide()

    @property
    def looking(self) -> bool:
        """Whether it is still to look."""
        return self._looking.isActive()

    def look(self) -> None:
        """Read again what is due, after the page is drawn."""
        self._looking.start(0)

    def stop(self) -> None:
        """Look no more."""
        self._looking.stop()

    def count_soon(self) -> None:
        """Count what is due, once nothing changes any more."""
        self._counting.start(_CALM_MS)

    def _when_read(self, then: Callable[[], None]) -> None:
        """Go on once the worker has read what belongs to returns."""
        if self._job is None:
            self._job = when_read(self._book.jobs, then)
            if self._job is not None:
                self._job.ended.connect(self._on_ended)

    def _on_ended(self) -> None:
        self._job = None

    def _read(self) -> "tuple[ReportDue, ...]":
        from app.services.returns import due  # see above

        found = due.reminders(self._book.register, today=self._book.today())
        self.counted.emit(len(found))
        return found

    def _count(self) -> None:
        self._read()

    def _look(self) -> None:
        found = self._read()
        self._clear()
        for one in found[:_MOST]:
            self._lines.addWidget(rule())
            self._lines.addWidget(self._line(one))
        rest = len(found) - _MOST
        if rest > 0:
            text = self.tr("{count} more under Returns").format(count=f"{rest:,}")
            more = ActionButton(self._book.looks, text, icon="arrow-right", link=True)
            more.clicked.connect(self.all_wanted)
            self._lines.addWidget(more)
        self.setVisible(bool(found))
        self.drawn.emit()

    def _line(self, one: "ReportDue") -> QWidget:
        looks = self._book.looks
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, looks.px(4), 0, looks.px(4))
        line.setSpacing(looks.px(8))
        picture = QLabel()
        picture.setPixmap(looks.pixmap("file-check", "ink", 20, self.devicePixelRatioF()))
        line.addWidget(picture)
        told = QVBoxLayout()
        told.setSpacing(looks.px(2))
        title = self.tr("Report to {about}").format(about=one.about)
        told.addWidget(words(title, "strong", wrap=True))
        told.addWidget(words(one.text[:1].upper() + one.text[1:], "aside", wrap=True))
        line.addLayout(told, 1)
        late = one.state == "overdue"
        tone, icon = ("overdue", "triangle-alert") if late else ("due", "clock")
        line.addWidget(Chip(looks, left_words(one), tone=tone, icon=icon))
        begun = one.draft_id is not None
        button = ActionButton(looks, self.tr("Go on") if begun else self.tr("Write it"))
        button.setAccessibleName(f"{button.text()}: {title}")
        button.clicked.connect(partial(self._on_wanted, one))
        line.addWidget(button)
        return holder

    def _on_wanted(self, one: "ReportDue", _checked: bool = False) -> None:
        self.due_wanted.emit(one)

    def _clear(self) -> None:
        while self._lines.count():
            item = self._lines.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                # Not taken out of the page, for which Qt would undress it and all that is inside.
                widget.hide()
                widget.deleteLater()
