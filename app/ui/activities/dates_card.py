"""The card of dates: sessions as a list or a month, and what can be done with the one in hand."""

import datetime as dt

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from app.domain.activities import Session, SessionState
from app.domain.ids import SessionId
from app.domain.periods import MONTHS, Period, clock_range, month_of, short_date
from app.ui import texts
from app.ui.activities.month import MonthView, month_after
from app.ui.book import Book
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.choice import Choice
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

_BACK, _AHEAD = 9, 4
"""Weeks shown around a day."""
_MANY, _VERY_MANY = 12, 60
"""So many activities at once fill a list: fewer weeks of them are shown."""


class DatesCard(Card):
    """Sessions around a day."""

    opened = Signal(object)
    """The session whose register is wanted."""
    moved = Signal()
    """Another time is shown: read its sessions."""
    print_wanted = Signal(object)
    """The id of a session."""
    change_wanted = Signal(object)
    cancel_wanted = Signal(object)
    back_wanted = Signal(object)
    held_wanted = Signal(object)
    bin_wanted = Signal(object)

    def __init__(
        self, book: Book, columns: tuple[Column[Session], ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(book.looks, parent=parent)
        self._book = book
        self._middle = book.today()
        self._day = book.today()
        self._in_hand: SessionId | None = None
        self._scrolled_to: SessionId | None = None
        self._weeks = (_BACK, _AHEAD)
        self._sessions: tuple[Session, ...] = ()
        self._build_row()
        self.model = RowsModel(columns, self)
        self.table = LedgerTable(book.looks, self.tr("Sessions"))
        self.table.setModel(self.model)
        self.table.keep_rows(5)
        self.month = MonthView(book.looks, book.today)
        self._views = QStackedWidget()
        self._views.addWidget(self.table)
        self._views.addWidget(self.month)
        self.body.addWidget(self._views, 1)
        self.nothing = EmptyState(
            book.looks, icon="calendar-plus", title=self.tr("No sessions in this time"),
            text=self.tr("Plan a term in one go, or add one session: both are at the top."),
        )  # fmt: skip
        self._views.addWidget(self.nothing)
        self._build_foot()
        self._connect()

    # --- building ----------------------------------------------------------------------------

    def _build_row(self) -> None:
        looks = self._book.looks
        self.list_button = _segment(self.tr("List"))
        self.month_button = _segment(self.tr("Month"))
        self.list_button.setChecked(True)
        self.span = words("", "aside")
        self.earlier = ActionButton(looks, self.tr("Earlier"), icon="chevron-left", link=True)
        self.today_button = ActionButton(looks, self.tr("Today"), link=True)
        self.later = ActionButton(looks, self.tr("Later"), icon="chevron-right", link=True)
        self.later.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        row = WrapRow(looks)
        for widget in (
            self.list_button, self.month_button, self.earlier, self.today_button, self.later,
            self.span,
        ):  # fmt: skip
            row.add(widget)
        self.body.addWidget(row)

    def _build_foot(self) -> None:
        looks = self._book.looks
        self.which = Choice(looks, self.tr("Which session of that day"))
        self.said = words("", "strong", wrap=True)
        self.print_button = ActionButton(looks, self.tr("Print sheet"), icon="printer")
        self.change_button = ActionButton(looks, self.tr("Move or change…"), icon="pencil")
        self.cancel_button = ActionButton(looks, self.tr("Cancel it…"), icon="calendar-x")
        self.back_button = ActionButton(looks, self.tr("Bring back"), icon="undo-2")
        self.held_button = ActionButton(looks, self.tr("Tick as held"), icon="check")
        self.bin_button = ActionButton(looks, self.tr("Put in the bin"), icon="trash-2")
        self.foot = WrapRow(looks)
        for widget in (
            self.which, self.print_button, self.change_button, self.cancel_button,
            self.back_button, self.held_button, self.bin_button,
        ):  # fmt: skip
            self.foot.add(widget)
        self.body.addWidget(self.said)
        self.body.addWidget(self.foot)

    def _connect(self) -> None:
        self.list_button.clicked.connect(self._on_list)
        self.month_button.clicked.connect(self._on_month)
        self.earlier.clicked.connect(self._on_earlier)
        self.later.clicked.connect(self._on_later)
        self.today_button.clicked.connect(self._on_today)
        self.table.opened.connect(self._on_opened)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.month.opened.connect(self._on_day_opened)
        self.month.day_taken.connect(self._on_day)
        self.month.month_wanted.connect(self._on_month_wanted)
        self.which.currentIndexChanged.connect(self._on_which)
        self.print_button.clicked.connect(self._on_print)
        self.change_button.clicked.connect(self._on_change)
        self.cancel_button.clicked.connect(self._on_cancel)
        self.back_button.clicked.connect(self._on_back)
        self.held_button.clicked.connect(self._on_held)
        self.bin_button.clicked.connect(self._on_bin)

    # --- showing -----------------------------------------------------------------------------

    @property
    def as_month(self) -> bool:
        """Whether the month is shown."""
        return self.month_button.isChecked()

    @property
    def period(self) -> Period:
        """The days whose sessions are shown."""
        if self.as_month:
            return self.month.days_of(self._day)
        back, ahead = self._weeks
        return Period(
            first=self._middle - dt.timedelta(weeks=back),
            last=self._middle + dt.timedelta(weeks=ahead),
        )

    @property
    def session(self) -> Session | None:
        """The session in hand."""
        return next((one for one in self._sessions if one.id == self._in_hand), None)

    def expect(self, shown_together: int) -> None:
        """Show fewer weeks where many activities are shown together."""
        if shown_together > _VERY_MANY:
            self._weeks = (1, 1)
        else:
            self._weeks = (4, 2) if shown_together > _MANY else (_BACK, _AHEAD)

    def show_sessions(self, sessions: tuple[Session, ...]) -> None:
        """Show the sessions of the period; the one in hand stays, or the one to enter is."""
        self._sessions = sessions
        if self.as_month:
            self._show_month()
        else:
            self._show_list()
        self._say_in_hand()

    def _show_list(self) -> None:
        wanted = self._in_hand
        self.table.selectionModel().blockSignals(True)  # filled, not gone to
        self.model.set_rows(self._sessions)
        ids = [session.id for session in self._sessions]
        place = ids.index(wanted) if wanted in ids else self._first_to_enter()
        if 0 <= place < len(ids):
            index = self.model.index(place, 0)
            self.table.setCurrentIndex(index)
            self._in_hand = ids[place]
            if self._in_hand != self._scrolled_to:  # a refresh leaves the list where it is
                self._scrolled_to = self._in_hand
                QTimer.singleShot(0, self, self._bring_into_sight)  # once it has its height
        self.table.selectionModel().blockSignals(False)
        self.table.viewport().update()
        period = self.period
        self.span.setText(f"{short_date(period.first)} to {short_date(period.last)}")
        self._views.setCurrentWidget(self.table if ids else self.nothing)

    def _bring_into_sight(self) -> None:
        index = self.table.currentIndex()
        self.table.scrollTo(index, LedgerTable.ScrollHint.PositionAtCenter)

    def _show_month(self) -> None:
        month = month_of(self._day)
        self.month.show_month(month, self._sessions, self._day)
        self.span.setText(f"{MONTHS[month.first.month - 1]} {month.first.year}")
        self._take_day(self._day)

    def _first_to_enter(self) -> int:
        """Today's session, or else the latest one not entered, or else the latest held."""
        today = self._book.today()
        for place, session in enumerate(self._sessions):
            if session.session_on == today and session.state is not SessionState.CANCELLED:
                return place
        waiting = [
            place
            for place, session in enumerate(self._sessions)
            if session.state is SessionState.PLANNED and session.session_on < today
        ]
        past = [n for n, session in enumerate(self._sessions) if session.session_on <= today]
        return (waiting or past or [0])[-1]

    def _take_day(self, day: dt.date) -> None:
        on_day = [one for one in self._sessions if one.session_on == day]
        ids = [one.id for one in on_day]
        self.which.blockSignals(True)  # filled, not chosen
        self.which.clear()
        for one in on_day:
            self.which.addItem(
                f"{one.activity_name} {clock_range(one.start_time, one.end_time)}", one.id
            )
        if self._in_hand not in ids:
            self._in_hand = ids[0] if ids else None
        self.which.setCurrentIndex(ids.index(self._in_hand) if self._in_hand in ids else -1)
        self.which.blockSignals(False)

    def _say_in_hand(self) -> None:
        session, today = self.session, self._book.today()
        self.which.setVisible(self.as_month and self.which.count() > 1)
        for button in (self.print_button, self.change_button):
            button.setVisible(session is not None)
        cancelled = session is not None and session.state is SessionState.CANCELLED
        planned = session is not None and session.state is SessionState.PLANNED
        self.cancel_button.setVisible(planned)
        self.back_button.setVisible(cancelled)
        self.bin_button.setVisible(planned or cancelled)
        self.held_button.setVisible(session is not None and planned and session.session_on <= today)
        self.said.setText(_about(session, today) if session else "")
        self.said.setVisible(session is not None)

    def forget(self) -> None:
        """Let go of the session in hand: another activity is shown."""
        self._in_hand = self._scrolled_to = None

    def take_in_hand(self, session_id: SessionId) -> None:
        """Have a session in hand when its dates are read next."""
        self._in_hand = session_id

    def go_to(self, day: dt.date) -> None:
        """Show the time around a day."""
        self._middle = self._day = day

    # --- going about -------------------------------------------------------------------------

    def _on_list(self) -> None:
        self._middle = self._day
        self._switch(month=False)

    def _on_month(self) -> None:
        self._day = self.session.session_on if self.session else self._middle
        self._switch(month=True)

    def _switch(self, *, month: bool) -> None:
        self.list_button.setChecked(not month)
        self.month_button.setChecked(month)
        self._views.setCurrentIndex(int(month))
        self.moved.emit()
        self.take_keyboard()

    def _on_earlier(self) -> None:
        self._step(-1)

    def _on_later(self) -> None:
        self._step(1)

    def _step(self, by: int) -> None:
        if self.as_month:
            self._day = month_after(self._day, by)
        else:
            self._middle += by * dt.timedelta(weeks=sum(self._weeks))
        self.moved.emit()

    def _on_today(self) -> None:
        self.forget()
        self.go_to(self._book.today())
        self.moved.emit()

    def _on_row(self, current: QModelIndex | QPersistentModelIndex, _before: object = None) -> None:
        session = current.data(ROW_ROLE)
        if isinstance(session, Session):
            self._in_hand = self._scrolled_to = session.id
            self._day = session.session_on
            self._say_in_hand()

    def _on_day(self, day: dt.date) -> None:
        self._day = day
        self._take_day(day)
        self._say_in_hand()

    def _on_month_wanted(self, day: dt.date) -> None:
        self._day = day
        self.moved.emit()

    def _on_which(self) -> None:
        self._in_hand = self.which.currentData()
        self._say_in_hand()

    # --- acting ------------------------------------------------------------------------------

    def _on_opened(self, index: QModelIndex | QPersistentModelIndex) -> None:
        session = index.data(ROW_ROLE)
        if isinstance(session, Session):
            self.opened.emit(session)

    def _on_day_opened(self, _day: dt.date) -> None:
        """Open the only session of a day; of several, go to the list of them."""
        if self.which.count() > 1 and not self.which.hasFocus():
            self.which.setFocus()
            self.which.showPopup()
        elif self.session is not None:
            self.opened.emit(self.session)

    def _on_print(self) -> None:
        if self.session is not None:
            self.print_wanted.emit(self.session.id)

    def _on_change(self) -> None:
        self.change_wanted.emit(self.session)

    def _on_cancel(self) -> None:
        self.cancel_wanted.emit(self.session)

    def _on_back(self) -> None:
        self.back_wanted.emit(self.session)

    def _on_held(self) -> None:
        self.held_wanted.emit(self.session)

    def _on_bin(self) -> None:
        self.bin_wanted.emit(self.session)

    def take_keyboard(self) -> None:
        """Give the list or the month the keyboard."""
        view = self.month if self.as_month else self.table
        view.setFocus(Qt.FocusReason.OtherFocusReason)


def _segment(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("look", "segment")
    button.setCheckable(True)
    button.setAutoDefault(False)
    return button


def _about(session: Session, today: dt.date) -> str:
    """Return everything that is to say of a session in one line."""
    state = texts.session_state(session, today)[0]
    if session.state is SessionState.CANCELLED and session.cancelled_note:
        state = f"{state} ({session.cancelled_note})"
    led = texts.tr("led by {leader}").format(leader=session.leader) if session.leader else ""
    parts = (
        session.activity_name,
        texts.day_and_month(session.session_on),
        texts.time_and_place(session),
        texts.moved_words(session),
        led,
        state,
    )
    return " · ".join(part for part in parts if part)
