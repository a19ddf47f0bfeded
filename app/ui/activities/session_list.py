"""The list of sessions around today, from which a register is taken."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.activities import Activity, Session, SessionState
from app.domain.changes import Topic
from app.domain.ids import SessionId
from app.domain.periods import Period, clock_range, short_date
from app.services import activities
from app.ui import texts
from app.ui.book import Book
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.choice import Choice
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.page import Page
from app.ui.widgets.words import words

_BACK = dt.timedelta(weeks=9)
_AHEAD = dt.timedelta(weeks=4)
_STEP = dt.timedelta(weeks=13)


def session_columns(today: Callable[[], dt.date]) -> tuple[Column[Session], ...]:
    """Return the columns of a list of sessions; ``today`` tells what has not come yet."""

    def state(session: Session) -> tuple[str, str, str]:
        return texts.session_state(session, today())

    return (
        Column(
            key="day", title="Day", text=lambda s: short_date(s.session_on),
            sort=lambda s: s.session_on, width=170, least=126, look="strong",
        ),
        Column(
            key="time", title="Time", text=lambda s: clock_range(s.start_time, s.end_time),
            sort=lambda s: s.start_time or "", width=150, least=90,
        ),
        Column(key="activity", title="Activity", text=lambda s: s.activity_name),
        Column(key="place", title="Place", text=lambda s: s.place, look="aside", width=230, spare=True),
        Column(
            key="state", title="Register", text=lambda s: state(s)[0], width=220, least=130,
            chip=lambda s: state(s)[1:],
        ),
    )  # fmt: skip


class SessionListPage(Page):
    """Sessions by day: those to enter, those held, those to come."""

    topics = frozenset({Topic.SESSIONS, Topic.ATTENDANCE, Topic.ACTIVITIES})
    help_text = (
        "Every session around today. Choose one and press Enter to take its register. Those marked "
        "“Not entered” are past and have no marks yet."
    )
    chosen = Signal(object)
    """The id of the session whose register is wanted."""
    add_wanted = Signal()
    plan_wanted = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, self.tr("Sessions"), parent)
        self._middle = book.today()
        self._build_head()
        self._build_list()

    def _build_head(self) -> None:
        looks = self.book.looks
        self.add_button = ActionButton(looks, self.tr("Add session…"), icon="calendar-plus")
        self.take_button = ActionButton(
            looks, self.tr("Take register"), icon="list-checks", primary=True
        )
        self.head.add_action(self.add_button)
        self.head.add_action(self.take_button)
        self.add_button.clicked.connect(self.add_wanted)
        self.take_button.clicked.connect(self._on_take)

    def _build_list(self) -> None:
        looks = self.book.looks
        self.activity = Choice(looks, self.tr("Show the sessions of"))
        self.activity.currentIndexChanged.connect(self._on_filtered)
        self.earlier = ActionButton(looks, self.tr("Earlier"), icon="chevron-left", link=True)
        self.later = ActionButton(looks, self.tr("Later"), icon="chevron-right", link=True)
        self.later.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.span = words("", "aside")
        self.earlier.clicked.connect(self._on_earlier)
        self.later.clicked.connect(self._on_later)
        row = QHBoxLayout()
        for widget, stretch in (
            (self.activity, 0), (self.span, 1), (self.earlier, 0), (self.later, 0),
        ):  # fmt: skip
            row.addWidget(widget, stretch)
        self.card = Card(looks)
        self.card.body.addLayout(row)
        self.model = RowsModel(session_columns(self.book.today), self)
        self.table = LedgerTable(looks, self.tr("Sessions"))
        self.table.setModel(self.model)
        self.table.opened.connect(self._on_opened)
        self.card.body.addWidget(self.table, 1)
        self.empty = EmptyState(
            looks,
            icon="calendar-check",
            title=self.tr("No sessions yet"),
            text=self.tr(
                "A session is one meeting of an activity: it is here that people are ticked."
            ),
            action=self.tr("Add session…"),
        )
        self.empty.acted.connect(self.add_wanted)
        self.empty.hide()
        column = QVBoxLayout()
        column.addWidget(self.card, 1)
        column.addWidget(self.empty, 1)
        self.body.addLayout(column, 1)

    # --- showing -----------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the sessions of the span shown; keep the one in hand, or choose the one to enter."""
        known = activities.list_activities(self.book.register)
        self._show_activities(known)
        period = Period(first=self._middle - _BACK, last=self._middle + _AHEAD)
        sessions = activities.sessions_between(
            self.book.register, period, self.activity.currentData()
        )
        in_hand = self.session
        self.model.set_rows(sessions)
        self._take_in_hand(sessions, in_hand.id if in_hand else None)
        self.span.setText(f"{short_date(period.first)} to {short_date(period.last)}")
        waiting = sum(self._waits(s) for s in sessions)
        self.head.say(self.tr("Sessions"), _subtitle(len(known), len(sessions), waiting))
        self.card.setVisible(bool(known))
        self.empty.setVisible(not known)
        self.take_button.setEnabled(bool(sessions))

    def _show_activities(self, known: tuple[Activity, ...]) -> None:
        wanted = self.activity.currentData()
        self.activity.blockSignals(True)  # filled, not chosen
        self.activity.clear()
        self.activity.addItem(self.tr("All activities"), None)
        for activity in known:
            self.activity.addItem(activity.name, activity.id)
        self.activity.setCurrentIndex(max(0, self.activity.findData(wanted)))
        self.activity.blockSignals(False)

    def _take_in_hand(self, sessions: tuple[Session, ...], wanted: SessionId | None) -> None:
        ids = [session.id for session in sessions]
        place = ids.index(wanted) if wanted in ids else self._first_to_enter(sessions)
        if 0 <= place < len(sessions):
            index = self.model.index(place, 0)
            self.table.setCurrentIndex(index)
            self.table.scrollTo(index, LedgerTable.ScrollHint.PositionAtCenter)

    def _first_to_enter(self, sessions: tuple[Session, ...]) -> int:
        """Today's session, or else the latest one not entered, or else the latest held."""
        today = self.book.today()
        for place, session in enumerate(sessions):
            if session.session_on == today and session.state is not SessionState.CANCELLED:
                return place
        waiting = [place for place, session in enumerate(sessions) if self._waits(session)]
        past = [place for place, session in enumerate(sessions) if session.session_on <= today]
        return (waiting or past or [0])[-1]

    def _waits(self, session: Session) -> bool:
        return session.state is SessionState.PLANNED and session.session_on < self.book.today()

    @property
    def session(self) -> Session | None:
        """The session in hand."""
        session = self.table.currentIndex().data(ROW_ROLE)
        return session if isinstance(session, Session) else None

    # --- acting ------------------------------------------------------------------------------

    def _on_opened(self, index: QModelIndex) -> None:
        session = index.data(ROW_ROLE)
        if isinstance(session, Session):
            self.chosen.emit(session.id)

    def _on_take(self) -> None:
        if self.session is not None:
            self.chosen.emit(self.session.id)

    def _on_filtered(self) -> None:
        self.reload()

    def _on_earlier(self) -> None:
        self._middle -= _STEP
        self.reload()

    def _on_later(self) -> None:
        self._middle += _STEP
        self.reload()

    def take_keyboard(self) -> None:
        """Give the list the keyboard."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _subtitle(activities_known: int, shown: int, waiting: int) -> str:
    if not activities_known:
        return ""
    parts = [
        texts.counted(activities_known, "activity", "activities"),
        texts.counted(shown, "session shown", "sessions shown"),
    ]
    if waiting:
        parts.append(f"{waiting} not entered")
    return " · ".join(parts)
