"""Add one session: of an activity there is, or of a new one."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.activities import Activity, ActivityDraft, parse_time
from app.domain.names import clean
from app.domain.problems import Problem
from app.services import activities
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


class SessionDialog(FormDialog):
    """An activity, a day, from when to when, where."""

    saved = Signal(object)
    """The id of the session."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "Add a session", "Add it", parent)
        self._book = book
        self._known = activities.list_activities(book.register)
        self.activity = SuggestField(book.looks, "")
        self.day = DateLine(book.today)
        self.start = Line()
        self.end = Line()
        self.place = Line()
        self.add_field(
            "name", self.tr("Activity"), self.activity,
            hint=self.tr("One of yours, or the name of a new one"),
        )  # fmt: skip
        row = self.add_row()
        self.add_field("session_on", self.tr("Day"), self.day, into=row)
        self.add_field("start_time", self.tr("From"), self.start, into=row)
        self.add_field("end_time", self.tr("To"), self.end, into=row)
        self.add_field("place", self.tr("Where"), self.place)
        self.start.setPlaceholderText("7 pm")
        self.end.setPlaceholderText("8.30 pm")
        self.day.show_day(book.today())
        self.activity.wanted.connect(self._on_typed)
        self.activity.taken.connect(self._on_taken)
        self.activity.entered.connect(self._on_entered)

    def try_to_save(self) -> bool:
        """Add the activity if it is new, then the session."""
        times = self._times()
        day = self.day.day("session_on")
        problems = list(times.problems)
        if day is None:
            problems.append(Problem(code="date_needed", field="session_on"))
        elif isinstance(day, Problem):
            problems.append(day)
        if not clean(self.activity.text()):
            problems.append(Problem(code="activity_name_needed", field="name"))
        self.show_problems(tuple(problems))
        if problems or day is None or isinstance(day, Problem):
            return False
        activity = self._chosen() or self._make_activity(times)
        if activity is None:
            return False
        register, today = self._book.register, self._book.today()
        answer = self._book.commands.run(
            lambda: activities.add_session(
                register, activity, day, today=today, times=(times.start, times.end)
            )
        )
        return self._end(answer)

    def _end(self, answer: Done | Refused | None) -> bool:
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        if not isinstance(answer, Done):
            return False
        self.saved.emit(answer.ids[0])
        return True

    def _make_activity(self, times: _Times) -> Activity | None:
        draft = ActivityDraft(
            name=self.activity.text(),
            place=clean(self.place.text()),
            start_time=times.start,
            end_time=times.end,
        )
        register = self._book.register
        answer = self._book.commands.run(lambda: activities.save_activity(register, draft))
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        return activities.find_activity(register, draft.name) if isinstance(answer, Done) else None

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
        self.start.setText(activity.start_time or "")
        self.end.setText(activity.end_time or "")
        self.place.setText(activity.place)
