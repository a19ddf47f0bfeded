"""The term grid: many dates of one activity at once, each key its own write."""

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.activities import Session, SessionState
from app.domain.attendance import Mark, MarkChange, Role
from app.domain.changes import Topic
from app.domain.ids import ActivityId
from app.domain.periods import Period, month_end, quarter_of, short_date
from app.domain.recurrence import terms_around
from app.services import attendance, term_grid
from app.services.result import Done, Refused
from app.services.term_grid import GridPerson, TermGrid
from app.ui import texts
from app.ui.attendance.grid_model import GridModel, cancelled_words, entered_words
from app.ui.attendance.grid_table import GridTable
from app.ui.attendance.marking import MarkKey, wanted
from app.ui.book import Book
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.choice import Choice
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.page import Page
from app.ui.widgets.words import words

_DAY = dt.timedelta(days=1)


def spans(today: dt.date) -> tuple[tuple[str, Period], ...]:
    """Return the periods offered for a grid, newest last: terms, and this quarter and year."""
    quarter = quarter_of(today)
    named = tuple((words_, period) for words_, period in terms_around(today)[:3])
    year = Period(first=dt.date(today.year, 1, 1), last=month_end(today.year, 12))
    return (*named, ("This quarter", quarter), (f"All of {today.year}", year))


class TermGridPage(Page):
    """People by dates of one activity."""

    topics = frozenset({Topic.ATTENDANCE, Topic.PEOPLE, Topic.SESSIONS, Topic.ACTIVITIES})
    help_text = (
        "Everybody on an activity's register, by its dates. Arrows go from box to box. Space ticks "
        "and takes the tick away again; A is for apologies, L for late, V for volunteer, Shift and "
        "Space for absent. Each key is saved at once and can be undone. Enter opens the register "
        "of the date in hand. Hatched dates were cancelled."
    )
    left = Signal()
    session_wanted = Signal(object)

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, parent=parent)
        self.grid: TermGrid | None = None
        self._activity_id: ActivityId | None = None
        self._lay_out()
        self.done_button.clicked.connect(self.left)
        self.span.currentIndexChanged.connect(self._on_span)
        self.table.marked.connect(self._on_marked)
        self.table.opened.connect(self._on_opened)
        self.table.gone_to.connect(self._on_gone_to)

    def _lay_out(self) -> None:
        book, looks = self.book, self.book.looks
        self.done_button = ActionButton(looks, self.tr("Done"), icon="check", primary=True)
        self.head.add_action(self.done_button)
        self.span = Choice(looks, self.tr("Which dates"))
        for text, period in spans(book.today()):
            self.span.addItem(text, period)
        self.span.setCurrentIndex(1)
        self.dates = words("", "aside")
        row = QHBoxLayout()
        row.addWidget(self.span)
        row.addWidget(self.dates, 1)
        self.card = Card(looks)
        self.card.body.addLayout(row)
        self.model = GridModel(book.today(), self)
        self.table = GridTable(looks, self.tr("People by dates"))
        self.table.setModel(self.model)
        self.card.body.addWidget(self.table, 1)
        self.empty = EmptyState(
            looks, icon="grid-3x3", title=self.tr("Nothing in these dates"),
            text=self.tr("There is no session of this activity in this time, or nobody on it yet."),
        )  # fmt: skip
        self.card.body.addWidget(self.empty, 1)
        self.in_hand = words("", "strong")
        self.hint = words(
            self.tr(
                "Space here · A apologies · L late · V volunteer · Shift+Space absent · each key is "
                "saved as you press it"
            ),
            "small",
            wrap=True,
        )
        self.card.body.addWidget(self.in_hand)
        self.card.body.addWidget(self.hint)
        self.body.addWidget(self.card, 1)

    # --- showing -----------------------------------------------------------------------------

    def open_activity(self, activity_id: ActivityId) -> None:
        """Show the grid of an activity, with the keyboard on today's column or the latest."""
        self._activity_id = activity_id
        self.notice.clear()
        self.reload()
        self._begin_cell()
        self.take_keyboard()

    def reload(self) -> None:
        """Read the grid again; the cell in hand stays in hand."""
        if self._activity_id is None:
            return
        here = self.table.currentIndex()
        session, person = self.model.session_at(here.column()), self.model.person_at(here.row())
        period: Period = self.span.currentData()
        self.grid = term_grid.open_grid(self.book.register, self._activity_id, period)
        if self.grid is None:  # it was taken away by an undo
            self.left.emit()
            return
        self.model.show_grid(self.grid)
        self.dates.setText(f"{short_date(period.first)} to {short_date(period.last)}")
        self.head.say(
            self.tr("{name} — term grid").format(name=self.grid.activity.name), _subtitle(self.grid)
        )
        shown = bool(self.grid.sessions and self.grid.people)
        for widget in (self.table, self.in_hand, self.hint):
            widget.setVisible(shown)
        self.empty.setVisible(not shown)
        if session is not None and person is not None:
            self.table.setCurrentIndex(self.model.cell_of(session.id, person.person_id))

    def _begin_cell(self) -> None:
        """Take the first person in hand, on today's session or the last one before."""
        today = self.book.today()
        past = [n for n, one in enumerate(self.model.sessions) if one.session_on <= today]
        index = self.model.index(0, past[-1] if past else 0)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index, GridTable.ScrollHint.PositionAtCenter)

    def _on_span(self) -> None:
        self.reload()
        self._begin_cell()

    def _on_gone_to(self, session: Session | None, person: GridPerson | None) -> None:
        if session is None or person is None:
            self.in_hand.setText(" ")
            return
        when = short_date(session.session_on)
        if session.state is SessionState.CANCELLED:
            said = self.tr("{why} — nothing can be entered").format(why=cancelled_words(session))
        else:
            said = entered_words(self.model.entered_at(self.table.currentIndex()))
        self.in_hand.setText(f"{person.list_name} · {when} · {said}")

    # --- marking -----------------------------------------------------------------------------

    def _on_marked(self, session: Session, person: GridPerson, key: MarkKey) -> None:
        change = self._change(session, person, key)
        today = self.book.today()
        answer = self.book.commands.run(
            lambda: attendance.set_mark(self.book.register, change, today=today), origin=self
        )
        if isinstance(answer, Refused):
            self.notice.tell(answer.text)
        if not isinstance(answer, Done):
            return
        self.notice.clear()
        now = term_grid.cell_of(self.book.register, session.id, person.person_id)
        self.model.put(session.id, person.person_id, now)
        self._on_gone_to(session, person)

    def _change(self, session: Session, person: GridPerson, key: MarkKey) -> MarkChange:
        entered = term_grid.cell_of(self.book.register, session.id, person.person_id)
        roles = self.grid.roles if self.grid else {}
        mark: Mark | None = entered.mark if entered else None
        role = entered.role if entered else roles.get(person.person_id, Role.PARTICIPANT)
        mark, role = wanted(mark, role, key)
        return MarkChange(session_id=session.id, person_id=person.person_id, mark=mark, role=role)

    def _on_opened(self, session: Session) -> None:
        self.session_wanted.emit(session.id)

    # --- leaving -----------------------------------------------------------------------------

    def take_keyboard(self) -> None:
        """Begin on the grid."""
        (self.table if self.table.isVisibleTo(self) else self.span).setFocus()
        self.bring_up(self.card)

    def escape(self) -> bool:
        """Close what is open here; otherwise go back to the list of sessions."""
        if not super().escape():
            self.left.emit()
        return True


def _subtitle(grid: TermGrid) -> str:
    held = sum(one.state is SessionState.HELD for one in grid.sessions)
    cancelled = sum(one.state is SessionState.CANCELLED for one in grid.sessions)
    parts = [
        texts.counted(len(grid.people), "person", "people"),
        texts.counted(len(grid.sessions), "date", "dates"),
        f"{held} held",
    ]
    if cancelled:
        parts.append(f"{cancelled} cancelled")
    return " · ".join(parts)
