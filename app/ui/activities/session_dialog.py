"""Add one session, or change one: its day and times, its place, who leads it."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.activities import Activity, ActivityDraft, Session, SessionState, parse_time
from app.domain.names import clean
from app.domain.periods import clock, short_date
from app.domain.problems import Problem
from app.services import activities
from app.services.activities import SessionDraft
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.forms.form_dialog import FormDialog
from app.ui.widgets.line import Line
from app.ui.widgets.suggestions import SuggestField, Suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class _Times:
    start: str | None
    end: str | None
    problems: tuple[Problem, ...]


class _SessionForm(FormDialog):
    """What both forms have: day, times, place, leader."""

    def __init__(self, book: Book, title: str, save: str, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, title, save, parent)
        self._book = book
        self.day = DateLine(book.today)
        self.start, self.end, self.place, self.leader = Line(), Line(), Line(), Line()
        self.start.setPlaceholderText("7 pm")
        self.end.setPlaceholderText("8.30 pm")

    def _add_fields(self) -> None:
        row = self.add_row()
        self.add_field("session_on", self.tr("Day"), self.day, into=row)
        self.add_field("start_time", self.tr("From"), self.start, into=row)
        self.add_field("end_time", self.tr("To"), self.end, into=row)
        row.setStretch(0, 2)  # a day written out is longer than a time
        row = self.add_row()
        self.add_field("place", self.tr("Where"), self.place, into=row)
        self.add_field("leader", self.tr("Who leads it"), self.leader, into=row)

    def _read(self) -> SessionDraft | None:
        """Return what is typed, or None after saying what cannot be read."""
        times, day = self._times(), self.day.day("session_on")
        problems = list(times.problems) + self._more_problems()
        if day is None:
            problems.append(Problem(code="date_needed", field="session_on"))
        elif isinstance(day, Problem):
            problems.append(day)
        self.show_problems(tuple(problems))
        if problems or day is None or isinstance(day, Problem):
            return None
        return SessionDraft(
            session_on=day,
            start_time=times.start,
            end_time=times.end,
            place=self.place.text(),
            leader=self.leader.text(),
        )

    def _more_problems(self) -> list[Problem]:
        return []

    def _times(self) -> _Times:
        start, end = parse_time(self.start.text()), parse_time(self.end.text())
        problems = tuple(
            Problem(code="time_unknown", field=field, values={"value": line.text().strip()})
            for field, line, read in (
                ("start_time", self.start, start),
                ("end_time", self.end, end),
            )
            if line.text().strip() and read is None
        )
        return _Times(start=start, end=end, problems=problems)

    def _done(self, answer: Done | Refused | None) -> bool:
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        return isinstance(answer, Done)


class SessionDialog(_SessionForm):
    """Add one session: of an activity there is, or of a new one."""

    saved = Signal(object)
    """The id of the session."""

    def __init__(
        self, book: Book, activity: Activity | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(book, "Add a session", "Add it", parent)
        self._known = activities.list_activities(book.register)
        self.activity = SuggestField(book.looks, "")
        self.add_field(
            "name", self.tr("Activity"), self.activity,
            hint=self.tr("One of yours, or the name of a new one"),
        )  # fmt: skip
        self._add_fields()
        self.day.show_day(book.today())
        self.activity.wanted.connect(self._on_typed)
        self.activity.taken.connect(self._on_taken)
        self.activity.entered.connect(self._on_entered)
        if activity is not None:
            self.activity.setText(activity.name)
            self._show_usual(activity)

    def try_to_save(self) -> bool:
        """Add the activity if it is new, then the session."""
        draft = self._read()
        if draft is None:
            return False
        activity = self._chosen() or self._make_activity(draft)
        if activity is None:
            return False
        register, today = self._book.register, self._book.today()
        answer = self._book.commands.run(
            lambda: activities.add_session(
                register,
                activity,
                draft.session_on,
                today=today,
                times=(draft.start_time, draft.end_time),
                place=draft.place,
                leader=draft.leader,
            )
        )
        if not self._done(answer) or not isinstance(answer, Done):
            return False
        self.saved.emit(answer.ids[0])
        return True

    def _more_problems(self) -> list[Problem]:
        if clean(self.activity.text()):
            return []
        return [Problem(code="activity_name_needed", field="name")]

    def _make_activity(self, times: SessionDraft) -> Activity | None:
        draft = ActivityDraft(
            name=self.activity.text(),
            place=clean(times.place),
            leader=clean(times.leader),
            start_time=times.start_time,
            end_time=times.end_time,
        )
        register = self._book.register
        answer = self._book.commands.run(lambda: activities.save_activity(register, draft))
        if not self._done(answer):
            return None
        return activities.find_activity(register, draft.name)

    def _chosen(self) -> Activity | None:
        return activities.find_activity(self._book.register, self.activity.text())

    def _on_typed(self, typed: str) -> None:
        wanted = typed.strip().casefold()
        self.activity.offer(
            tuple(
                Suggestion(text=activity.name, value=activity.id)
                for activity in self._known
                if wanted and wanted in activity.name.casefold()
            )
        )

    def _on_taken(self, activity_id: object) -> None:
        for activity in self._known:
            if activity.id == activity_id:
                self.activity.setText(activity.name)
                self._show_usual(activity)
        self.day.setFocus()

    def _on_entered(self) -> None:
        self._on_save()

    def _show_usual(self, activity: Activity) -> None:
        self.start.setText(clock(activity.start_time))
        self.end.setText(clock(activity.end_time))
        self.place.setText(activity.place)
        self.leader.setText(activity.leader)


class ChangeSessionDialog(_SessionForm):
    """Move one session, or change its place or leader; the others of its activity stay."""

    def __init__(self, book: Book, session: Session, parent: QWidget | None = None) -> None:
        name = f"{session.activity_name}, {short_date(session.session_on)}"
        super().__init__(book, name, "Save it", parent)
        self._session = session
        self._add_fields()
        self.day.show_day(session.session_on)
        self.start.setText(clock(session.start_time))
        self.end.setText(clock(session.end_time))
        self.place.setText(session.place)
        self.leader.setText(session.leader)
        if session.moved_from_on is not None:
            moved = self.tr("It was planned for {day} first.")
            self.notice.tell(moved.format(day=short_date(session.moved_from_on)), tone="plain")
        elif session.state is SessionState.HELD:
            self.notice.tell(
                self.tr("People are marked here, so its day stays. The rest can be changed."),
                tone="plain",
            )

    def try_to_save(self) -> bool:
        """Change the session in one step."""
        draft = self._read()
        if draft is None:
            return False
        register, today, session = self._book.register, self._book.today(), self._session
        return self._done(
            self._book.commands.run(
                lambda: activities.change_session(register, session, draft, today=today)
            )
        )
