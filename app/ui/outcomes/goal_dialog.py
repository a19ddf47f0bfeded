"""The forms for a person's own goals: set, reworded, let go."""

import datetime as dt

from PySide6.QtWidgets import QWidget

from app.domain.ids import PersonId
from app.domain.outcomes import Goal
from app.domain.problems import Problem
from app.services import outcomes
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.forms.form_dialog import FormDialog
from app.ui.widgets.line import Line


class GoalDialog(FormDialog):
    """A goal in the person's own words, new or corrected."""

    def __init__(
        self, book: Book, person_id: PersonId, who: str, parent: QWidget, goal: Goal | None = None
    ) -> None:
        title = "Correct a goal" if goal else "Set a goal"
        super().__init__(book.looks, title, "Keep it", parent)
        self._book, self._person_id, self._goal = book, person_id, goal
        self.notice.tell(who, tone="plain")
        self.wording = Line()
        self.day = DateLine(book.today)
        self.day.show_day(goal.set_on if goal else book.today())
        self.add_field(
            "wording", self.tr("What they want to reach"), self.wording,
            hint=self.tr("In their own words: “walk to the shop and back”."),
        )  # fmt: skip
        self.add_field("set_on", self.tr("Set on"), self.day)
        if goal is not None:
            self.wording.setText(goal.wording)
            self.fields["set_on"].setVisible(False)

    def try_to_save(self) -> bool:
        """Keep the goal."""
        register, wording, today = self._book.register, self.wording.text(), self._book.today()
        day, goal = self.day.day("set_on"), self._goal
        if goal is not None:
            answer = self._book.commands.run(
                lambda: outcomes.reword_goal(register, goal.id, wording)
            )
        elif isinstance(day, dt.date):
            answer = self._book.commands.run(
                lambda: outcomes.set_goal(register, self._person_id, wording, day, today=today)
            )
        else:
            answer = Refused(problems=(day or Problem(code="date_needed", field="set_on"),))
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        return isinstance(answer, Done)


class DropGoalDialog(FormDialog):
    """A goal let go: from which day; its answers stay."""

    def __init__(self, book: Book, goal: Goal, parent: QWidget) -> None:
        super().__init__(book.looks, "Let a goal go", "Let it go", parent)
        self._book, self._goal = book, goal
        self.notice.tell(goal.wording, tone="plain")
        self.day = DateLine(book.today)
        self.day.show_day(book.today())
        self.add_field(
            "dropped_on", self.tr("Last day"), self.day,
            hint=self.tr("Reached, or not wanted any more. How it was rated stays."),
        )  # fmt: skip

    def try_to_save(self) -> bool:
        """Let it go."""
        day, goal, register = self.day.day("dropped_on"), self._goal, self._book.register
        if isinstance(day, dt.date):
            answer = self._book.commands.run(lambda: outcomes.drop_goal(register, goal.id, day))
        else:
            answer = Refused(problems=(day or Problem(code="date_needed", field="dropped_on"),))
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        return isinstance(answer, Done)
