"""The small forms for changing many people at once, and for one who leaves."""

import datetime as dt
from abc import abstractmethod

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.consents import METHODS, PURPOSES, ConsentDraft
from app.domain.ids import PersonId
from app.domain.people import ConsentPurpose
from app.domain.problems import Problem
from app.services import activities, consents, people
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.forms.form_dialog import FormDialog
from app.ui.widgets.choice import Choice
from app.ui.widgets.line import Line
from app.ui.widgets.suggestions import SuggestField, Suggestion

Ids = tuple[PersonId, ...]


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
    def change(self) -> Done | Refused:
        """Carry the change out."""

    def problems_before(self) -> tuple[Problem, ...]:
        """Return what can be seen to be wrong before asking the register."""
        return ()

    def try_to_save(self) -> bool:
        """Change everybody, or say what is to correct."""
        problems = self.problems_before()
        answer = Refused(problems=problems) if problems else self.book.commands.run(self.change)
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
            if not self.notice.text:
                self.notice.tell(self._who, tone="plain")
        if isinstance(answer, Done):
            self.carried_out.emit(answer)
        return isinstance(answer, Done)

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

    def change(self) -> Done | Refused:
        """Give everybody the area."""
        return people.set_area(self.book.register, self.ids, self.area.text())

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

    def change(self) -> Done | Refused:
        """Put everybody on, or take everybody off."""
        activity, (day, problems) = self.activity.currentData(), self.day_of(self.day, "day")
        if activity is None:
            return Refused(problems=(Problem(code="activity_gone", field="activity"),))
        if day is None:
            return Refused(problems=problems)
        work = people.put_on_activity if self._on else people.take_off_activity
        return work(self.book.register, self.ids, activity, day)


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

    def change(self) -> Done | Refused:
        """Say that they left."""
        day, problems = self.day_of(self.day, "left_on")
        if day is None:
            return Refused(problems=problems)
        register, today, why = self.book.register, self.book.today(), self.reason.text()
        if len(self.ids) == 1:
            return people.leave(register, self.ids[0], day, why, today=today)
        return people.many_left(register, self.ids, day, why, today=today)


class AgreedDialog(ManyDialog):
    """An answer to one purpose, of one person or many."""

    def __init__(
        self,
        book: Book,
        ids: Ids,
        who: str,
        parent: QWidget,
        *,
        purpose: ConsentPurpose = ConsentPurpose.HOLD_DETAILS,
    ) -> None:
        super().__init__(book, "Consent", "Note it", ids, who, parent)
        looks, tr = book.looks, self.tr
        self.purpose = Choice(looks, "")
        for one, text in PURPOSES.items():
            self.purpose.addItem(tr(text), one.value)
        self.purpose.setCurrentIndex(list(PURPOSES).index(purpose))
        self.answer = Choice(looks, "")
        self.answer.addItem(tr("Yes: they agreed"), True)
        self.answer.addItem(tr("No: they said no"), False)
        self.day = DateLine(book.today)
        self.day.show_day(book.today())
        self.method = Choice(looks, "")
        for code, text in METHODS.items():
            self.method.addItem(tr(text), code)
        self.wording, self.taken_by = Line(), Line()
        known = consents.wordings(book.register)
        self.wording.setText(known[0] if known else "")
        self.detail = QPlainTextEdit()
        self.detail.setTabChangesFocus(True)
        self.detail.setFixedHeight(looks.px(60))
        self._lay_out()

    def _lay_out(self) -> None:
        tr = self.tr
        self.add_field("purpose", tr("What it is for"), self.purpose)
        row = self.add_row()
        self.add_field("given", tr("Answer"), self.answer, into=row)
        self.add_field("asked_on", tr("Asked on"), self.day, into=row)
        row = self.add_row()
        self.add_field("method", tr("How"), self.method, into=row)
        self.add_field("taken_by", tr("Who asked"), self.taken_by, into=row)
        self.add_field(
            "wording_version", tr("Wording of the form"), self.wording,
            hint=tr("The date or number printed on the form they signed."),
        )  # fmt: skip
        self.add_field("detail", tr("Anything they added"), self.detail)

    def draft(self) -> ConsentDraft | Problem:
        """Return the answer as typed."""
        day = self.day.day("asked_on")
        if isinstance(day, Problem):
            return day
        return ConsentDraft(
            purpose=ConsentPurpose(self.purpose.currentData()),
            given=bool(self.answer.currentData()),
            asked_on=day,
            method=str(self.method.currentData()),
            wording_version=self.wording.text(),
            taken_by=self.taken_by.text(),
            detail=self.detail.toPlainText(),
        )

    def change(self) -> Done | Refused:
        """Note the answer."""
        draft, register, today = self.draft(), self.book.register, self.book.today()
        if isinstance(draft, Problem):
            return Refused(problems=(draft,))
        if len(self.ids) == 1:
            return consents.add(register, self.ids[0], draft, today=today)
        return people.agree(register, self.ids, consents.tidy(draft), today=today)


class WithdrawnDialog(ManyDialog):
    """An answer taken back: when."""

    def __init__(self, book: Book, consent_id: int, who: str, parent: QWidget) -> None:
        super().__init__(book, "Withdraw consent", "Withdraw it", (), who, parent)
        self._consent_id = consent_id
        self.day = DateLine(book.today)
        self.day.show_day(book.today())
        self.add_field(
            "withdrawn_on", self.tr("Withdrawn on"), self.day,
            hint=self.tr("That it was given before stays to be seen."),
        )  # fmt: skip

    def change(self) -> Done | Refused:
        """Note that it was taken back."""
        day, problems = self.day_of(self.day, "withdrawn_on")
        if day is None:
            return Refused(problems=problems)
        register, today = self.book.register, self.book.today()
        return consents.withdraw(register, self._consent_id, day, today=today)


def many_dialog(key: str, book: Book, ids: Ids, who: str, parent: QWidget) -> ManyDialog:
    """Return the form for one kind of change to many."""
    if key == "area":
        return AreaDialog(book, ids, who, parent)
    if key == "left":
        return LeftDialog(book, ids, who, parent)
    if key == "consent":
        return AgreedDialog(book, ids, who, parent)
    return ActivityDialog(book, ids, who, parent, on=key == "put_on")
