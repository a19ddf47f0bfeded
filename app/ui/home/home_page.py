"""Home: the sessions of today and this week, and what waits to be entered."""

import datetime as dt
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.activities import Session, SessionState
from app.domain.changes import Topic
from app.domain.periods import Period, clock_range
from app.services import activities
from app.ui import texts
from app.ui.appearance import Appearance
from app.ui.book import Book
from app.ui.home.add_button import AddButton
from app.ui.home.money_card import MoneyCard
from app.ui.home.returns_due import ReturnsDueLines
from app.ui.home.rights_lines import AskedLine, KeptLongLine, RenewLine
from app.ui.home.to_answer import ToAnswerLines
from app.ui.home.waiting_lines import NotSeenLine, PlacesLine, QuestionnairesLine, RecoveryLine
from app.ui.home.weeks_card import WeeksCard
from app.ui.home.words import aside_of, heading, on_today_words, waiting_words
from app.ui.money.cost_card import WeeksLeftCard
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card, Chip
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.page import Page
from app.ui.widgets.tab_order import tab_as_read
from app.ui.widgets.words import rule, words

_DRAWN_MS = 10
"""After other looks the page is drawn in them first, then its lines are made anew."""
_WEEK = dt.timedelta(days=6)
_MOST_WAITING = 6
_MOST_IN_WEEK = 6
_USUAL_IN_WEEK = 3
"""Lines of a card: today is whole, the week goes on to three lines, so that what waits is in sight
under it; the rest is under Sessions."""


class SessionLine(QWidget):
    """One session: when, where, and what can be done about it."""

    print_wanted = Signal(object)
    take_wanted = Signal(object)

    def __init__(
        self, book: Book, session: Session, *, title: str, aside: str, take: str = "",
        printing: bool = True, icon: str = "", parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._session = session
        looks = book.looks
        row = QHBoxLayout(self)
        row.setContentsMargins(0, looks.px(4), 0, looks.px(4))
        row.setSpacing(looks.px(8))
        if icon:
            picture = QLabel()
            picture.setPixmap(looks.pixmap(icon, "ink", 20, self.devicePixelRatioF()))
            row.addWidget(picture)
        said = QVBoxLayout()
        said.setSpacing(looks.px(2))
        said.addWidget(words(title, "strong", wrap=True))
        said.addWidget(words(aside, "aside", wrap=True))
        row.addLayout(said, 1)
        if session.state is SessionState.CANCELLED:
            text, tone, shape = texts.session_state(session, book.today())
            row.addWidget(Chip(looks, text, tone=tone, icon=shape))
            return
        about = f"{session.activity_name}, {texts.day_and_month(session.session_on)}"
        if printing:
            button = ActionButton(looks, self.tr("Print sheet"), icon="printer")
            button.setAccessibleName(self.tr("Print sheet: {about}").format(about=about))
            button.clicked.connect(self._on_print)
            row.addWidget(button)
        if take:
            button = ActionButton(looks, take, icon="list-checks", primary=not icon)
            button.setAccessibleName(f"{take}: {about}")
            button.clicked.connect(self._on_take)
            row.addWidget(button)

    def _on_print(self) -> None:
        self.print_wanted.emit(self._session.id)

    def _on_take(self) -> None:
        self.take_wanted.emit(self._session.id)


class HomePage(Page):
    """What is on, and what waits."""

    topics = frozenset(
        {
            Topic.SESSIONS,
            Topic.ATTENDANCE,
            Topic.ACTIVITIES,
            Topic.PEOPLE,
            Topic.REFERRALS,
            Topic.OUTCOMES,
            Topic.PLACES,
            Topic.MONEY,
            Topic.GRANTS,
            Topic.RETURNS,
            Topic.SETTINGS,
            Topic.RIGHTS,
        }
    )
    help_text = (
        "The sessions of today and the next six days, the referrals that wait for an answer, the "
        "sheets that still have to be entered, and how many came in the last twelve weeks. "
        "Print sheet makes the sign-in sheet; Take register enters it afterwards."
    )
    print_wanted = Signal(object)
    take_wanted = Signal(object)
    add_wanted = Signal()
    grant_wanted = Signal(object)
    """Show a grant under Money."""
    not_seen_wanted = Signal()
    """Show who was not seen for three sessions."""
    waiting_counted = Signal(int)
    """How many past sessions are not entered."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, parent=parent, long=True)
        looks = book.looks
        self.add = AddButton(looks)
        self.head.add_action(self.add)
        self.week = Card(looks, self.tr("Today and this week"))
        self.waiting = Card(looks, self.tr("Waiting for you"))
        self.weeks = WeeksCard(book)
        self.money, self.weeks_left = MoneyCard(book), WeeksLeftCard(book)
        self.columns = TwoColumns(
            looks,
            _at_top(looks, self.week, self.waiting),
            _at_top(looks, self.weeks, self.money, self.weeks_left),
            needed=900,
            side_width=480,
        )
        self.body.addWidget(self.columns)
        self.body.addStretch(1)
        self._week_lines = QVBoxLayout()
        self._waiting_lines = QVBoxLayout()
        self._waiting: tuple[activities.Waiting, ...] = ()
        self._on_today = 0
        self.weeks.counted.connect(self.money.look)
        self.money.read.connect(self.weeks_left.look)
        self.money.grant_wanted.connect(self.grant_wanted)
        self._add_lines(book)

    def _add_lines(self, book: Book) -> None:
        """Put everything that may wait under its heading; what is slow is read after the drawing."""
        self.questionnaires = QuestionnairesLine(book)
        self.places = PlacesLine(book)
        self.away = NotSeenLine(book)
        self.away.wanted.connect(self.not_seen_wanted)
        self.recovery = RecoveryLine(book)
        self.asked, self.renew = AskedLine(book), RenewLine(book)
        self.kept_long = KeptLongLine(book)
        self._lines = (
            self.asked, self.questionnaires, self.places, self.away, self.renew, self.kept_long,
            self.recovery,
        )  # fmt: skip
        # One after the other: together their small pieces would be a long turn.
        self.weeks.counted.connect(self._lines[0].look)
        for line, following in pairwise(self._lines):
            line.looked.connect(following.look)
        self.due = ReturnsDueLines(book)
        self.due.drawn.connect(self._on_drawn)
        self.weeks.counted.connect(self.due.look)
        self.week.body.addLayout(self._week_lines)
        self.to_answer = ToAnswerLines(book)
        self.to_answer.drawn_later.connect(self._on_answers)
        self.waiting.body.addWidget(self.to_answer)
        self.waiting.body.addLayout(self._waiting_lines)
        self.waiting.body.addWidget(self.due)
        for line in self._lines:
            self.waiting.body.addWidget(line)

    def reload(self) -> None:
        """Read the week and what waits again; what has the keyboard keeps it."""
        in_hand = self._in_hand()
        if (
            in_hand
        ):  # else Qt hands the keyboard on from line to line as they go, and the page follows
            self.setFocus()
        today = self.book.today()
        period = Period(first=today, last=today + _WEEK)
        sessions = activities.sessions_between(self.book.register, period)
        self._waiting = activities.to_enter(self.book.register, today=today)[::-1]
        self._on_today = sum(s.session_on == today for s in sessions)
        self._show_week(sessions, today)
        self.waiting_counted.emit(len(self._waiting))
        self._show_waiting(self.to_answer.look())
        self.weeks.look()
        if in_hand:  # once the new lines are there to be given it
            at = self._area.verticalScrollBar().value()
            QTimer.singleShot(0, self, partial(self._take_again, in_hand, at))

    def _on_answers(self, unanswered: int) -> None:
        self._show_waiting(unanswered)
        tab_as_read(self)

    def _on_drawn(self) -> None:
        tab_as_read(self)

    def count_waiting(self) -> None:
        """Count what waits without drawing it: the rail shows the number on every page."""
        waiting = activities.to_enter(self.book.register, today=self.book.today())
        self.waiting_counted.emit(len(waiting))
        self.to_answer.count_soon()
        self.due.count_soon()

    @property
    def looking(self) -> bool:
        """Whether something on the page is still read."""
        lines = (self.to_answer, *self._lines)
        return self.weeks.looking or any(line.looking for line in lines)

    def settle(self) -> None:
        """Count no further when the page is left; what is missing is counted on coming back."""
        later = (self.to_answer, self.due, *self._lines)
        if self.weeks.looking or any(line.looking for line in later):
            for part in (self.weeks, self.money, self.weeks_left, *later):
                part.stop()
            self._stale = True

    def _show_week(self, sessions: tuple[Session, ...], today: dt.date) -> None:
        _clear(self._week_lines)
        on_today = sum(session.session_on == today for session in sessions)
        shown = min(max(on_today, _USUAL_IN_WEEK), _MOST_IN_WEEK)
        for place, session in enumerate(sessions[:shown]):
            if place:
                self._week_lines.addWidget(rule())
            is_today = session.session_on == today
            when = "" if is_today else texts.day_and_month(session.session_on)
            times = clock_range(session.start_time, session.end_time)
            title = " · ".join(
                part for part in (session.activity_name, f"{when} {times}".strip()) if part
            )
            self._add(
                self._week_lines,
                SessionLine(
                    self.book, session, title=title, aside=aside_of(session),
                    take=self.tr("Take register") if is_today else "",
                ),
            )  # fmt: skip
        self._say_more(self._week_lines, len(sessions) - shown)
        if not sessions:
            self._week_lines.addWidget(
                words(
                    self.tr("No sessions are planned for the next seven days."), "aside", wrap=True
                )
            )
            add = ActionButton(
                self.book.looks, self.tr("Add session…"), icon="calendar-plus", link=True
            )
            add.clicked.connect(self.add_wanted)
            self._week_lines.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_waiting(self, unanswered: int | None) -> None:
        """Show what waits to be entered, the newest first, beside so many to answer, if it is known."""
        waiting, summary = self._waiting, on_today_words(self._on_today)
        if unanswered is not None:
            summary = f"{summary} {waiting_words(len(waiting) + unanswered)}"
        self.head.say(heading(self.book.today()), summary)
        _clear(self._waiting_lines)
        half = _MOST_WAITING // 2
        most = _MOST_WAITING - min(half if unanswered is None else unanswered, half)
        for place, one in enumerate(waiting[:most]):
            session, printed = one.session, one.printed_on
            if place:
                self._waiting_lines.addWidget(rule())
            day = texts.day_and_month(session.session_on)
            title = (
                self.tr("Sheet printed {day}, not yet entered").format(
                    day=texts.day_and_month(printed)
                )
                if printed
                else self.tr("Register of {day} not taken").format(day=day)
            )
            aside = " · ".join(p for p in (session.activity_name, day, session.place) if p)
            self._add(
                self._waiting_lines,
                SessionLine(
                    self.book, session, title=title, aside=aside, take=self.tr("Enter it"),
                    printing=False, icon="file-text" if printed else "clipboard-list",
                ),
            )  # fmt: skip
        self._say_more(self._waiting_lines, len(waiting) - most)
        if not waiting:
            self._waiting_lines.addWidget(
                words(
                    self.tr("Every register up to today is entered.")
                    if unanswered != 0
                    else self.tr("Nothing. Every register up to today is entered."),
                    "aside",
                    wrap=True,
                )
            )

    def _say_more(self, lines: QVBoxLayout, rest: int) -> None:
        if rest > 0:
            more = self.tr("{count} more under Sessions").format(count=f"{rest:,}")
            lines.addWidget(words(more, "aside"))

    def _add(self, lines: QVBoxLayout, line: SessionLine) -> None:
        line.print_wanted.connect(self.print_wanted)
        line.take_wanted.connect(self.take_wanted)
        lines.addWidget(line)
        line.show()  # at once, not a turn later: the next key is for its first button

    def take_keyboard(self) -> None:
        """Begin with the first thing to do."""
        self.fresh()  # before it is seen for the first time there is nothing to press
        if not self._take_first():
            self.setFocus()
            QTimer.singleShot(0, self, self._take_when_drawn)

    def _take_first(self) -> bool:
        """Give the keyboard to the first button there is; False when none is seen yet."""
        for button in self._pressable()[:1]:
            button.setFocus()
            return True
        return False

    def _pressable(self) -> list[ActionButton]:
        """The buttons of what is on and what waits."""
        seen = [b for b in self.findChildren(ActionButton) if b.isVisibleTo(self)]
        return [b for b in seen if b is not self.add]

    def _take_when_drawn(self) -> None:
        # Not focused: somebody went elsewhere meanwhile. Nothing to press: there is always Add….
        if self.hasFocus() and not self._take_first():
            self.add.setFocus()

    def _in_hand(self) -> str:
        """The name of what has the keyboard on this page: its lines are made anew."""
        now = self.window().focusWidget()
        inside = now is not None and self.isAncestorOf(now)
        return now.accessibleName() if now is not None and inside else ""

    def _take_again(self, name: str, at: int) -> None:
        """Give the keyboard back to what had it, with the page where it was: ``at`` its scroll bar."""
        buttons = self._pressable()
        same = [b for b in (*buttons, self.add) if b.accessibleName() == name]
        for button in (same or buttons)[:1]:
            button.setFocus()
        # Meanwhile another line may have had the keyboard, and the page have followed it.
        QTimer.singleShot(0, self, partial(self._area.verticalScrollBar().setValue, at))

    def _on_page_looks_changed(self) -> None:
        super()._on_page_looks_changed()
        if hasattr(self, "_waiting_lines"):  # lines are drawn for one text size
            self._stale = True
            # Not in the same turn: everything that is seen was dressed anew in this one.
            QTimer.singleShot(0, self, self._draw_again_soon)

    def _draw_again_soon(self) -> None:
        # Counted from here: while everything is dressed such a time is over at once.
        QTimer.singleShot(_DRAWN_MS, self, self._draw_again)

    def _draw_again(self) -> None:
        if self.isVisible():
            self.fresh()
            tab_as_read(self)


def _at_top(looks: Appearance, *cards: Card) -> QWidget:
    """Return a column that holds cards at its top, however high the one beside it is."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(looks.px(16))
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return holder


def _clear(lines: QVBoxLayout) -> None:
    while lines.count():
        item = lines.takeAt(0)
        if item is not None and (widget := item.widget()) is not None:
            # Not taken out of the page, for which Qt would undress it and all that is inside.
            widget.hide()
            widget.deleteLater()
