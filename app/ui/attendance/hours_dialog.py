"""Log hours that somebody gave outside the session itself: setting up, baking, paperwork."""

import datetime as dt

from PySide6.QtWidgets import QWidget

from app.domain.problems import Problem
from app.domain.typed_hours import read_minutes
from app.services import attendance, people
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.forms.form_dialog import FormDialog
from app.ui.people.people_model import shown_name
from app.ui.widgets.line import Line
from app.ui.widgets.suggestions import SuggestField, Suggestion

_FOUND = 8


class HoursDialog(FormDialog):
    """Who, how long, what."""

    def __init__(self, book: Book, day: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "Log somebody’s hours", "Log them", parent)
        self._book = book
        self._person: people.PersonRow | None = None
        self.person = SuggestField(book.looks, "")
        self.hours = Line()
        self.day = DateLine(book.today)
        self.what = Line()
        self.notice.tell(
            self.tr(
                "Hours of a session itself count by themselves when somebody is marked as a "
                "volunteer. These are the hours besides."
            ),
            tone="plain",
        )
        self.add_field("person", self.tr("Who"), self.person)
        row = self.add_row()
        self.add_field("minutes", self.tr("How long"), self.hours, into=row)
        self.add_field("logged_on", self.tr("Day"), self.day, into=row)
        self.add_field("what", self.tr("What they did"), self.what)
        self.hours.setPlaceholderText("1.5, or 1 h 30")
        self.day.show_day(day)
        self.person.wanted.connect(self._on_typed)
        self.person.taken.connect(self._on_taken)
        self.person.entered.connect(self._on_entered)

    def try_to_save(self) -> bool:
        """Log the hours."""
        day, minutes = self.day.day("logged_on"), read_minutes(self.hours.text())
        problems: list[Problem] = []
        if self._person is None:
            problems.append(Problem(code="person_needed", field="person"))
        if minutes is None:
            problems.append(Problem(code="hours_unknown", field="minutes"))
        if isinstance(day, Problem):
            problems.append(day)
        elif day is None:
            problems.append(Problem(code="date_needed", field="logged_on"))
        self.show_problems(tuple(problems))
        person = self._person
        if person is None or minutes is None or not isinstance(day, dt.date):
            return False
        register, what, today = self._book.register, self.what.text(), self._book.today()
        answer = self._book.commands.run(
            lambda: attendance.log_hours(register, person.id, day, minutes, what, today=today)
        )
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        return isinstance(answer, Done)

    def _on_typed(self, typed: str) -> None:
        self._person = None
        found = (
            people.list_people(self._book.register, typed, limit=_FOUND) if typed.strip() else None
        )
        self.person.offer(
            tuple(Suggestion(text=shown_name(row), value=row) for row in found.rows)
            if found
            else ()
        )

    def _on_taken(self, row: object) -> None:
        if isinstance(row, people.PersonRow):
            self._person = row
            self.person.setText(row.full_name)
            self.hours.setFocus()

    def _on_entered(self) -> None:
        self._on_save()
