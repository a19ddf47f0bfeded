"""The small forms for changing many people at once, and for one who leaves."""

import datetime as dt
from abc import abstractmethod
from collections.abc import Generator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.ids import PersonId
from app.domain.problems import Problem
from app.services import activities, people
from app.services.result import Changing, Done, Refused
from app.ui import texts
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.forms.form_dialog import FormDialog
from app.ui.widgets.choice import Choice
from app.ui.widgets.line import Line
from app.ui.widgets.suggestions import SuggestField, Suggestion

Ids = tuple[PersonId, ...]


def changing_words(number: int) -> str:
    """Return what one reads while many people are changed: Changing 3,060 people."""
    return f"Changing {texts.counted(number, 'person', 'people')}"


class ManyDialog(FormDialog):
    """Says who will be changed; subclasses ask what is to be so."""

    carried_out = Signal(object)
    """The Done."""

    def __init__(
        self, book: Book, title: str, save: str, ids: Ids, who: str, parent: QWidget
    ) -> None:
        super().__init__(book.looks, title, save, parent)
        self.book = book
        self.ids = ids
        self._who = who
        self.notice.tell(who, tone="plain")

    @abstractmethod
    def change(self) -> Done | Refused | Changing:
        """Carry the change out, or return what carries it out in slices."""

    def problems_before(self) -> tuple[Problem, ...]:
        """Return what can be seen to be wrong before asking the register."""
        return ()

    def try_to_save(self) -> bool:
        """Change everybody, or say what is to correct; the form closes itself once all is written."""
        problems = self.problems_before()
        if problems:
            self._on_answer(Refused(problems=problems))
        else:
            said = changing_words(len(self.ids))
            self.book.commands.run_in_slices(self._changing(), said, self._on_answer)
        return False

    def _changing(self) -> Changing:
        answer = self.change()
        if isinstance(answer, Generator):
            answer = yield from answer
        return answer

    def _on_answer(self, answer: Done | Refused) -> None:
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
            if not self.notice.text:
                self.notice.tell(self._who, tone="plain")
        else:
            self.carried_out.emit(answer)
            self.accept()

    def day_of(self, line: DateLine, name: str) -> tuple[dt.date | None, tuple[Problem, ...]]:
        """Return a day that was typed, and what is wrong with it."""
        day = line.day(name)
        if isinstance(day, Problem):
            return None, (day,)
        if day is None:
            return None, (Problem(code="date_needed", field=name),)
        return day, ()


class AreaDialog(ManyDialog):
    """One area or ward for many."""

    def __init__(self, book: Book, ids: Ids, who: str, parent: QWidget) -> None:
        super().__init__(book, "Area or ward", "Change it", ids, who, parent)
        self.area = SuggestField(book.looks, "")
        self.add_field(
            "area",
            self.tr("Area or ward"),
            self.area,
            hint=self.tr("Left blank, it is taken away."),
        )
        self.area.wanted.connect(self._on_typed)
        self.area.taken.connect(self._on_taken)
        self.area.entered.connect(self._on_save)

    def change(self) -> Done | Refused | Changing:
        """Give everybody the area."""
        return people.set_area.in_slices(self.book.register, self.ids, self.area.text())

    def _on_typed(self, typed: str) -> None:
        found = people.areas_like(self.book.register, typed)
        self.area.offer(tuple(Suggestion(text=area, value=area) for area in found))

    def _on_taken(self, area: object) -> None:
        self.area.setText(str(area))


class ActivityDialog(ManyDialog):
    """Put many on an activity, or take them off it."""

    def __init__(self, book: Book, ids: Ids, who: str, parent: QWidget, *, on: bool) -> None:
        title = "Put on an activity" if on else "Take off an activity"
        super().__init__(book, title, title, ids, who, parent)
        self._on = on
        self.activity = Choice(book.looks, "")
        for activity in activities.list_activities(book.register):
            self.activity.addItem(activity.name, activity.id)
        self.day = DateLine(book.today)
        self.day.show_day(book.today())
        self.add_field("activity", self.tr("Activity"), self.activity)
        self.add_field("day", self.tr("From") if on else self.tr("Last day"), self.day)

    def change(self) -> Done | Refused | Changing:
        """Put everybody on, or take everybody off."""
        activity, (day, problems) = self.activity.currentData(), self.day_of(self.day, "day")
        if activity is None:
            return Refused(problems=(Problem(code="activity_gone", field="activity"),))
        if day is None:
            return Refused(problems=problems)
        register = self.book.register
        if self._on:
            return people.put_on_activity.in_slices(register, self.ids, activity, day)
        return people.take_off_activity.in_slices(register, self.ids, activity, day)


class LeftDialog(ManyDialog):
    """They left: when and why."""

    def __init__(self, book: Book, ids: Ids, who: str, parent: QWidget) -> None:
        super().__init__(book, "They left", "They left", ids, who, parent)
        self.day = DateLine(book.today)
        self.day.show_day(book.today())
        self.reason = Line()
        self.add_field(
            "left_on", self.tr("Last day"), self.day,
            hint=self.tr("They come off every register and waiting list on that day."),
        )  # fmt: skip
        self.add_field("left_reason", self.tr("Why, if you know"), self.reason)

    def change(self) -> Done | Refused | Changing:
        """Say that they left."""
        day, problems = self.day_of(self.day, "left_on")
        if day is None:
            return Refused(problems=problems)
        register, today, why = self.book.register, self.book.today(), self.reason.text()
        if len(self.ids) == 1:
            return people.leave(register, self.ids[0], day, why, today=today)
        return people.many_left.in_slices(register, self.ids, day, why, today=today)
