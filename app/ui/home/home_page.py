"""Home: the sessions of today and this week, and what waits to be entered."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.activities import Session, SessionState
from app.domain.changes import Topic
from app.domain.periods import Period, clock_range
from app.services import activities
from app.ui import texts
from app.ui.appearance import Appearance
from app.ui.book import Book
from app.ui.home.add_button import AddButton
from app.ui.home.kept import OF_REGISTER, Kept
from app.ui.home.lines import Aside, Line, Lines, Link, Press, Said, Status, ruled
from app.ui.home.money_card import MoneyCard
from app.ui.home.returns_due import ReturnsDueLines
from app.ui.home.rights_lines import AskedLine, KeptLongLine, RenewLine
from app.ui.home.to_answer import ToAnswerLines
from app.ui.home.waiting_lines import NotSeenLine, PlacesLine, QuestionnairesLine, RecoveryLine
from app.ui.home.weeks_card import WeeksCard
from app.ui.home.words import aside_of, heading, on_today_words, waiting_words
from app.ui.money.cost_card import WeeksLeftCard
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.page import Page
from app.ui.widgets.tab_order import as_read, tab_as_read

_READ_FROM = OF_REGISTER | {Topic.RETURNS, Topic.SETTINGS}
"""Of the sessions: a printed return may be a sheet."""
_WEEK = dt.timedelta(days=6)
_MOST_WAITING = 6
_MOST_IN_WEEK = 6
_USUAL_IN_WEEK = 3
"""Lines of a card: today is whole, the week goes on to three lines, so that what waits is in sight
under it; the rest is under Sessions."""


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
        self.week_lines, self.waiting_lines = Lines(looks), Lines(looks)
        self._kept, self._weeks_left_kept = Kept(_READ_FROM), Kept()
        self._waiting: tuple[activities.Waiting, ...] = ()
        self._to_enter = self._on_today = 0
        self.weeks.counted.connect(self.money.look)
        self.money.read.connect(self._look_at_weeks_left)
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
        self.week.body.addLayout(self.week_lines)
        self.to_answer = ToAnswerLines(book)
        self.to_answer.drawn_later.connect(self._on_answers)
        self.waiting.body.addWidget(self.to_answer)
        self.waiting.body.addLayout(self.waiting_lines)
        self.waiting.body.addWidget(self.due)
        for line in self._lines:
            self.waiting.body.addWidget(line)
        for lines in (self.week_lines, self.waiting_lines, self.to_answer.lines, self.due.lines):
            lines.giving_up.connect(self._on_giving_up)
        for lines in (self.week_lines, self.waiting_lines):
            lines.pressed.connect(self._on_pressed)

    def fresh(self) -> None:
        """Look again at what a change since then touched, and at all of it on another day."""
        if self._stale or not self._kept.holds(self.book.today()):
            self._stale = False
            self._look_again()

    def reload(self) -> None:
        """Read all of it again."""
        for kept in self._each_kept():
            kept.touch()
        self._look_again()

    def _each_kept(self) -> Iterator[Kept]:
        yield from (self._kept, self._weeks_left_kept)
        for part in (self.weeks, self.money, self.to_answer, self.due, *self._lines):
            yield part.kept

    @Slot(object, object)
    def _on_changed(self, topics: frozenset[Topic], origin: QObject | None) -> None:
        for kept in self._each_kept():
            kept.touch(topics)
        super()._on_changed(topics, origin)

    def _look_again(self) -> None:
        today = self.book.today()
        if not self._kept.holds(today):
            self._read_sessions(today)
        self._show_waiting(self.to_answer.look())
        self.weeks.look()  # which goes on to all the others

    def _read_sessions(self, today: dt.date) -> None:
        self._kept.begin(today)
        register = self.book.register
        period = Period(first=today, last=today + _WEEK)
        sessions = activities.sessions_between(register, period)
        self._to_enter, self._waiting = activities.newest_to_enter(
            register, _MOST_WAITING, today=today
        )
        self._on_today = sum(s.session_on == today for s in sessions)
        self.week_lines.show_lines(self._week(sessions, today))
        self.waiting_counted.emit(self._to_enter)
        self._kept.end()

    def _look_at_weeks_left(self) -> None:
        today = self.book.today()
        if not self._weeks_left_kept.holds(today):
            self._weeks_left_kept.begin(today)
            self._weeks_left_kept.end()  # it goes on counting by itself, however long that takes
            self.weeks_left.look()

    def _on_answers(self, unanswered: int) -> None:
        self._show_waiting(unanswered)
        tab_as_read(self)

    def _on_drawn(self) -> None:
        tab_as_read(self)

    def count_waiting(self) -> None:
        """Count what waits without drawing it: the rail shows the number on every page."""
        waiting, _ = activities.newest_to_enter(self.book.register, 0, today=self.book.today())
        self.waiting_counted.emit(waiting)
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
            self._weeks_left_kept.touch()
            self._stale = True

    def _week(self, sessions: tuple[Session, ...], today: dt.date) -> list[Said]:
        shown = min(max(self._on_today, _USUAL_IN_WEEK), _MOST_IN_WEEK)
        lines = ruled(self._of_week(session, today) for session in sessions[:shown])
        if not sessions:
            none = self.tr("No sessions are planned for the next seven days.")
            add = self.tr("Add session…")
            lines += (
                Aside(text=none, wrap=True),
                Link(key="add", text=add, icon="calendar-plus", whole=False),
            )
        return lines + self._more(len(sessions) - shown)

    def _of_week(self, session: Session, today: dt.date) -> Line:
        is_today = session.session_on == today
        when = "" if is_today else texts.day_and_month(session.session_on)
        times = clock_range(session.start_time, session.end_time)
        title = " · ".join(
            part for part in (session.activity_name, f"{when} {times}".strip()) if part
        )
        if session.state is SessionState.CANCELLED:
            text, tone, icon = texts.session_state(session, today)
            status = Status(text=text, tone=tone, icon=icon)
            return Line(title=title, aside=aside_of(session), status=status)
        presses = [self._press("print", self.tr("Print sheet"), "printer", session)]
        if is_today:
            take = self.tr("Take register")
            presses.append(self._press("take", take, "list-checks", session, primary=True))
        return Line(title=title, aside=aside_of(session), presses=tuple(presses), about=session.id)

    def _press(
        self, key: str, text: str, icon: str, session: Session, *, primary: bool = False
    ) -> Press:
        name = f"{text}: {session.activity_name}, {texts.day_and_month(session.session_on)}"
        return Press(key=key, text=text, name=name, icon=icon, primary=primary)

    def _show_waiting(self, unanswered: int | None) -> None:
        """Show what waits to be entered, the newest first, beside so many to answer, if it is known."""
        summary = on_today_words(self._on_today)
        if unanswered is not None:
            summary = f"{summary} {waiting_words(self._to_enter + unanswered)}"
        self.head.say(heading(self.book.today()), summary)
        half = _MOST_WAITING // 2
        most = _MOST_WAITING - min(half if unanswered is None else unanswered, half)
        lines = ruled(self._to_be_entered(one) for one in self._waiting[:most])
        if not self._waiting:
            none = self.tr("Every register up to today is entered.")
            if unanswered == 0:
                none = self.tr("Nothing. Every register up to today is entered.")
            lines.append(Aside(text=none, wrap=True))
        self.waiting_lines.show_lines(lines + self._more(self._to_enter - most))

    def _to_be_entered(self, one: activities.Waiting) -> Line:
        session, printed = one.session, one.printed_on
        day = texts.day_and_month(session.session_on)
        title = self.tr("Register of {day} not taken").format(day=day)
        if printed:
            title = self.tr("Sheet printed {day}, not yet entered").format(
                day=texts.day_and_month(printed)
            )
        return Line(
            title=title,
            aside=" · ".join(p for p in (session.activity_name, day, session.place) if p),
            icon="file-text" if printed else "clipboard-list",
            presses=(self._press("take", self.tr("Enter it"), "list-checks", session),),
            about=session.id,
        )

    def _more(self, rest: int) -> list[Said]:
        text = self.tr("{count} more under Sessions").format(count=f"{rest:,}")
        return [Aside(text=text)] if rest > 0 else []

    def _on_pressed(self, key: str, about: object) -> None:
        if key == "add":
            self.add_wanted.emit()
        else:
            (self.take_wanted if key == "take" else self.print_wanted).emit(about)

    def take_keyboard(self) -> None:
        """Begin with the first thing to do."""
        self.fresh()  # before it is seen for the first time there is nothing to press
        if not self._take_first():
            self.setFocus()
            QTimer.singleShot(0, self, self._take_when_drawn)

    def _take_first(self) -> bool:
        """Give the keyboard to the first button there is; False when none is seen yet."""
        first = next(self._pressable(), None)
        if first is not None:
            first.setFocus()
        return first is not None

    def _pressable(self) -> Iterator[ActionButton]:
        """The buttons of what is on and what waits, in their order on the page."""
        for widget in as_read(self.columns):
            if isinstance(widget, ActionButton) and widget.isVisibleTo(self):
                yield widget

    def _take_when_drawn(self) -> None:
        # Not focused: somebody went elsewhere meanwhile. Nothing to press: there is always Add….
        if self.hasFocus() and not self._take_first():
            self.add.setFocus()

    def _on_giving_up(self) -> None:
        """The line with the keyboard goes: give it to what takes its place."""
        now = self.window().focusWidget()
        name = now.accessibleName() if now is not None else ""
        at = self._area.verticalScrollBar().value()
        # Else Qt hands the keyboard on from line to line as they go, and the page follows.
        self.setFocus()
        QTimer.singleShot(0, self, partial(self._take_again, name, at))

    def _take_again(self, name: str, at: int) -> None:
        """Give the keyboard back to what had it, with the page where it was: ``at`` its scroll bar."""
        buttons = list(self._pressable())
        same = [b for b in buttons if b.accessibleName() == name]
        for button in (same or buttons or [self.add])[:1]:
            button.setFocus()
        # Meanwhile another line may have had the keyboard, and the page have followed it.
        QTimer.singleShot(0, self, partial(self._area.verticalScrollBar().setValue, at))


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
