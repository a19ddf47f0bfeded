"""Sessions: the activities at the left, their dates as a list or a month at the right."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.domain.activities import Session, SessionState
from app.domain.changes import Topic
from app.domain.ids import ActivityId
from app.domain.periods import Period, clock_range, short_date
from app.services import activities
from app.services.result import Done, Refused
from app.ui import texts
from app.ui.activities.activity_card import ActivityCard
from app.ui.activities.dates_card import DatesCard
from app.ui.activities.words import activity_line
from app.ui.book import Book
from app.ui.tables.rows_model import Column
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.page import Page

if TYPE_CHECKING:
    from app.services.activities import ActivityStanding

_SIDE = 288
"""Pixels at 100 % of the activities."""


def session_columns(today: Callable[[], dt.date]) -> tuple[Column[Session], ...]:
    """Return the columns of a list of sessions; ``today`` tells what has not come yet."""

    def state(session: Session) -> tuple[str, str, str]:
        return texts.session_state(session, today())

    return (
        Column(
            key="day", title="Day", text=lambda s: short_date(s.session_on),
            sort=lambda s: s.session_on, width=146, least=146, look="strong",
        ),
        Column(
            key="time", title="Time", text=lambda s: clock_range(s.start_time, s.end_time),
            sort=lambda s: s.start_time or "", width=166, least=90, spare=True,
        ),
        Column(key="activity", title="Activity", text=_what, weight=2),
        Column(
            key="state", title="Register", text=lambda s: state(s)[0], width=196, least=130,
            chip=lambda s: state(s)[1:],
        ),
    )  # fmt: skip


def _what(session: Session) -> str:
    """The activity, and what is particular about this one session."""
    particular = [texts.moved_words(session)]
    if session.own_place:
        particular.append(texts.tr("at {place}").format(place=session.own_place))
    if session.own_leader:
        particular.append(texts.tr("with {leader}").format(leader=session.own_leader))
    return " · ".join(part for part in (session.activity_name, *particular) if part)


class SessionListPage(Page):
    """Activities and their dates: those to enter, those held, those to come."""

    topics = frozenset({Topic.SESSIONS, Topic.ATTENDANCE, Topic.ACTIVITIES, Topic.PEOPLE})
    help_text = (
        "Your activities are at the left: choose one to see only its dates, press Enter on it to "
        "see who is on its register. At the right are the sessions around today, as a list or a "
        "month: choose one and press Enter to take its register. Those marked “Not entered” are "
        "past and have no marks yet. “Plan a term” makes many dates in one go."
    )
    chosen = Signal(object)
    """The id of the session whose register is wanted."""
    add_wanted = Signal(object)
    """The activity of which a session is to be added, or None."""
    plan_wanted = Signal(object)
    """The id of the activity to plan, or None."""
    grid_wanted = Signal(object)
    members_wanted = Signal(object)
    pile_wanted = Signal()
    add_activity_wanted = Signal()
    change_activity_wanted = Signal(object)
    change_wanted = Signal(object)
    cancel_wanted = Signal(object)
    print_wanted = Signal(object)

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, self.tr("Sessions"), parent)
        self._wanted: ActivityId | None = None
        self._known: tuple[ActivityStanding, ...] = ()
        self._waiting = 0
        looks = book.looks
        self._build_head()
        self.activities = ActivityCard(looks, book.today)
        self.dates = DatesCard(book, session_columns(book.today))
        self.columns = TwoColumns(
            looks, self.dates, self.activities, needed=820, side_width=_SIDE, side_first=True,
            side_left=True,
        )  # fmt: skip
        self.empty = EmptyState(
            looks,
            icon="calendar-check",
            title=self.tr("No activities yet"),
            text=self.tr(
                "An activity is what you do: a class, a walk, a lunch club. Its sessions, one for "
                "each time it meets, are where people are ticked."
            ),
            action=self.tr("Add an activity…"),
        )
        self.empty.hide()
        self.body.addWidget(self.columns, 1)
        self.body.addWidget(self.empty, 1)
        self._connect()
        self._on_stacked(self.columns.stacked)

    @property
    def table(self) -> LedgerTable:
        """The list of sessions."""
        return self.dates.table

    def _build_head(self) -> None:
        looks = self.book.looks
        self.pile_button = ActionButton(looks, "", icon="clipboard-list")
        self.plan_button = ActionButton(looks, self.tr("Plan a term…"), icon="repeat")
        self.add_button = ActionButton(looks, self.tr("Add session…"), icon="calendar-plus")
        self.take_button = ActionButton(
            looks, self.tr("Take register"), icon="list-checks", primary=True
        )
        for button in (self.pile_button, self.plan_button, self.add_button, self.take_button):
            self.head.add_action(button)
        self.pile_button.hide()  # until it is counted

    def _connect(self) -> None:
        self.pile_button.clicked.connect(self.pile_wanted)
        self.plan_button.clicked.connect(self._on_plan)
        self.add_button.clicked.connect(self._on_add)
        self.take_button.clicked.connect(self._on_take)
        self.empty.acted.connect(self.add_activity_wanted)
        self.activities.chosen.connect(self._on_activity)
        self.activities.add_wanted.connect(self.add_activity_wanted)
        self.activities.change_wanted.connect(self.change_activity_wanted)
        self.activities.members_wanted.connect(self.members_wanted)
        self.activities.grid_wanted.connect(self.grid_wanted)
        self.dates.opened.connect(self._on_opened)
        self.dates.moved.connect(self._read_dates)
        self.dates.change_wanted.connect(self.change_wanted)
        self.dates.cancel_wanted.connect(self.cancel_wanted)
        self.dates.print_wanted.connect(self.print_wanted)
        self.dates.back_wanted.connect(self._on_back)
        self.dates.held_wanted.connect(self._on_held)
        self.dates.bin_wanted.connect(self._on_bin)
        self.columns.stacked_changed.connect(self._on_stacked)

    # --- showing -----------------------------------------------------------------------------

    def reload(self) -> None:
        """Read activities and sessions; keep those in hand, or take the one to enter."""
        today = self.book.today()
        known = activities.standings(self.book.register, today=today)
        if self._wanted is not None and all(s.activity.id != self._wanted for s in known):
            self._wanted = None
        self.activities.show_rows(known, self._wanted)
        self.dates.expect(1 if self._wanted is not None else len(known))
        self._read_dates()
        self._known = known
        self.columns.setVisible(bool(known))
        self.empty.setVisible(not known)
        for button in (self.plan_button, self.add_button, self.take_button):
            button.setVisible(bool(known))
        self._say_head()
        QTimer.singleShot(0, self, self._count_pile)  # the page is drawn first

    def _count_pile(self) -> None:
        """Say how many past sessions wait to be entered."""
        waiting = activities.to_enter(self.book.register, today=self.book.today())
        self._waiting = len(waiting)
        self.pile_button.setText(self.tr("Enter the pile ({count})").format(count=self._waiting))
        self.pile_button.setVisible(bool(waiting))
        self._say_head()

    def _say_head(self) -> None:
        known, waiting = self._known, self._waiting
        one = next((s for s in known if s.activity.id == self._wanted), None)
        if one is not None:
            self.head.say(one.activity.name, activity_line(one))
            return
        parts = [texts.counted(len(known), "activity", "activities")] if known else []
        parts += [f"{waiting} not entered"] if waiting else []
        self.head.say(self.tr("Sessions"), " · ".join(parts))

    def _read_dates(self) -> None:
        """Read the sessions of the time shown."""
        period: Period = self.dates.period
        self.dates.show_sessions(
            activities.sessions_between(self.book.register, period, self._wanted)
        )
        self.take_button.setEnabled(self.session is not None)

    def _on_stacked(self, stacked: bool) -> None:
        self.activities.show_small(small=stacked)

    @property
    def session(self) -> Session | None:
        """The session in hand."""
        return self.dates.session

    # --- acting ------------------------------------------------------------------------------

    def _on_activity(self, activity_id: ActivityId | None) -> None:
        self._wanted = activity_id
        self.dates.forget()
        self.reload()

    def show_activity(self, activity_id: ActivityId | None, day: dt.date | None = None) -> None:
        """Show the dates of an activity around a day."""
        self._wanted = activity_id
        if day is not None:
            self.dates.go_to(day)
        self.reload()

    def show_session(self, session: Session) -> None:
        """Show a session among the dates of its activity."""
        self.dates.take_in_hand(session.id)
        self.show_activity(session.activity_id, session.session_on)

    def _on_opened(self, session: Session) -> None:
        self.chosen.emit(session.id)

    def _on_take(self) -> None:
        if self.session is not None:
            self.chosen.emit(self.session.id)

    def _on_plan(self) -> None:
        self.plan_wanted.emit(self._wanted)

    def _on_add(self) -> None:
        self.add_wanted.emit(self.activities.activity)

    def _on_back(self, session: Session) -> None:
        self._run(lambda: activities.bring_back(self.book.register, session))

    def _on_held(self, session: Session) -> None:
        today = self.book.today()
        self._run(lambda: activities.tick_as_held(self.book.register, session, today=today))

    def _on_bin(self, session: Session) -> None:
        here = session.people_here + (session.guests or 0)
        if session.state is SessionState.HELD and here:
            self.notice.tell(
                self.tr("{count} are marked there. Take the marks away first.").format(
                    count=texts.counted(here, "person", "people")
                )
            )
            return
        self._run(lambda: activities.put_session_in_bin(self.book.register, session))

    def _run(self, use_case: Callable[[], Done | Refused]) -> None:
        answer = self.book.commands.run(use_case)
        if isinstance(answer, Refused):
            self.notice.tell(answer.text)
        elif isinstance(answer, Done):
            self.notice.clear()

    def take_keyboard(self) -> None:
        """Give the dates the keyboard."""
        if self.empty.isVisibleTo(self):
            self.empty.button.setFocus()
        else:
            self.dates.take_keyboard()
            self.bring_up(self.dates)
