"""On Home: the reports that are due within four weeks or overdue, the most pressing first."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.domain.changes import Topic
from app.services import reports_due
from app.services.reports_due import ReportDue
from app.ui.book import Book
from app.ui.home.kept import Kept
from app.ui.home.lines import Line, Lines, Link, Press, Rule, Said, Status
from app.ui.returns.due_words import left_words, when_words

_CALM_MS = 1_500
_MOST = 3
"""Lines: what else waits on Home stays in sight."""
_READ_FROM = (Topic.RETURNS, Topic.GRANTS, Topic.PLACES, Topic.MONEY, Topic.SETTINGS)


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
        self.kept = Kept(_READ_FROM)
        self.lines = Lines(book.looks, self)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.pressed.connect(self._on_pressed)
        self._looking = QTimer(self)  # a turn later: with the rest of Home it is much at once
        self._looking.setSingleShot(True)
        self._looking.timeout.connect(self._look)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.timeout.connect(self._count)
        self.hide()

    @property
    def looking(self) -> bool:
        """Whether it is still to look."""
        return self._looking.isActive()

    def look(self) -> None:
        """Read again what is due if it may have changed, after the page is drawn."""
        if not self.kept.holds(self._book.today()):
            self._looking.start(0)

    def stop(self) -> None:
        """Look no more."""
        self._looking.stop()

    def count_soon(self) -> None:
        """Count what is due, once nothing changes any more."""
        self._counting.start(_CALM_MS)

    def _count(self) -> None:
        self._read()

    def _read(self) -> tuple[ReportDue, ...]:
        found = reports_due.reminders(self._book.register, today=self._book.today())
        self.counted.emit(len(found))
        return found

    def _look(self) -> None:
        self.kept.begin(self._book.today())
        found = self._read()
        self.lines.show_lines(self._said(found))
        self.setVisible(bool(found))
        self.kept.end()
        self.drawn.emit()

    def _said(self, found: tuple[ReportDue, ...]) -> list[Said]:
        shown: list[Said] = []
        for one in found[:_MOST]:
            shown += (Rule(), self._line(one))
        rest = len(found) - _MOST
        if rest > 0:
            text = self.tr("{count} more under Returns").format(count=f"{rest:,}")
            shown.append(Link(key="all", text=text, icon="arrow-right"))
        return shown

    def _line(self, one: ReportDue) -> Line:
        title = self.tr("Report to {about}").format(about=one.about)
        late = one.state == "overdue"
        tone, icon = ("overdue", "triangle-alert") if late else ("due", "clock")
        text = self.tr("Write it") if one.draft_id is None else self.tr("Go on")
        return Line(
            title=title,
            aside=when_words(one),
            icon="file-check",
            status=Status(text=left_words(one), tone=tone, icon=icon),
            presses=(Press(key="write", text=text, name=f"{text}: {title}"),),
            about=one,
        )

    def _on_pressed(self, key: str, about: object) -> None:
        if key == "all":
            self.all_wanted.emit()
        else:
            self.due_wanted.emit(about)
