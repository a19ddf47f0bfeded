"""Add an activity or change one: what it is, where and when it meets, for how many and whom."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.activities import NTH_WORDS, Activity, ActivityDraft, Repeat, parse_time
from app.domain.periods import WEEKDAYS
from app.domain.problems import Problem
from app.services import activities
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.form_dialog import FormDialog
from app.ui.widgets.choice import Choice
from app.ui.widgets.line import Line
from app.ui.widgets.tick import TickBox

_REPEATS = (
    (Repeat.WEEKLY, "Every week"),
    (Repeat.FORTNIGHTLY, "Every other week"),
    (Repeat.MONTHLY, "Once a month"),
    (Repeat.NONE, "On no fixed day"),
)


class ActivityDialog(FormDialog):
    """Only the name is needed; everything else can come later."""

    saved = Signal(object)
    """The id of the activity."""

    def __init__(
        self, book: Book, activity: Activity | None = None, parent: QWidget | None = None
    ) -> None:
        title = "Change an activity" if activity else "Add an activity"
        super().__init__(book.looks, title, "Save it" if activity else "Add it", parent)
        self._book = book
        self._activity = activity
        self._build_what()
        self._build_when()
        self._build_whom()
        self._build_card()
        self._show(activity or ActivityDraft(repeat=Repeat.WEEKLY, weekday=book.today().weekday()))
        self.repeat.currentIndexChanged.connect(self._on_repeat)

    # --- building ----------------------------------------------------------------------------

    def _build_what(self) -> None:
        self.name, self.place, self.leader = Line(), Line(), Line()
        self.description = QPlainTextEdit()
        self.description.setTabChangesFocus(True)
        self.description.setFixedHeight(self.looks.px(58))
        self.add_field("name", self.tr("Name"), self.name)
        self.add_field(
            "description", self.tr("What it is"), self.description,
            hint=self.tr("A sentence for somebody who has never been"),
        )  # fmt: skip
        row = self.add_row()
        self.add_field("place", self.tr("Where"), self.place, into=row)
        self.add_field("leader", self.tr("Who leads it"), self.leader, into=row)

    def _build_when(self) -> None:
        looks = self.looks
        self.repeat = Choice(looks, "")
        for repeat, text in _REPEATS:
            self.repeat.addItem(self.tr(text), repeat.value)
        self.weekday = Choice(looks, "")
        for number, day in enumerate(WEEKDAYS):
            self.weekday.addItem(day, number)
        self.nth = Choice(looks, "")
        for nth, text in NTH_WORDS.items():
            self.nth.addItem(self.tr("The {which}").format(which=text), nth)
        self.start, self.end = Line(), Line()
        self.start.setPlaceholderText("7 pm")
        self.end.setPlaceholderText("8.30 pm")
        row = self.add_row()
        self.add_field("repeat", self.tr("It meets"), self.repeat, into=row)
        self._nth_field = self.add_field("nth", self.tr("Which one"), self.nth, into=row)
        self._weekday_field = self.add_field("weekday", self.tr("On"), self.weekday, into=row)
        row = self.add_row()
        self.add_field("start_time", self.tr("From"), self.start, into=row)
        self.add_field("end_time", self.tr("To"), self.end, into=row)
        self.holidays = TickBox(looks, self.tr("Not on bank holidays"))
        self.form.addWidget(self.holidays)

    def _build_whom(self) -> None:
        self.capacity, self.age_from, self.age_to = Line(), Line(), Line()
        row = self.add_row()
        self.add_field("capacity", self.tr("Places"), self.capacity, into=row)
        self.add_field("age_from", self.tr("From age"), self.age_from, into=row)
        self.add_field("age_to", self.tr("To age"), self.age_to, into=row)
        for line in (self.capacity, self.age_from, self.age_to):
            line.setPlaceholderText(self.tr("no limit"))

    def _build_card(self) -> None:
        """What somebody who refers people has to know, for the capacity card."""
        self.access, self.bring = Line(), Line()
        self.cost, self.can_take = Line(), Line()
        self.add_field(
            "access", self.tr("Getting in"), self.access,
            hint=self.tr("Steps, ramp, lift, hearing loop, toilet"),
        )  # fmt: skip
        self.add_field("what_to_bring", self.tr("What to bring"), self.bring)
        row = self.add_row()
        self.add_field("cost_to_come", self.tr("What it costs"), self.cost, into=row)
        self.add_field("can_take", self.tr("How many more you can take"), self.can_take, into=row)
        self.can_take.setPlaceholderText(self.tr("not said"))

    def _show(self, draft: ActivityDraft) -> None:
        self.name.setText(draft.name)
        self.description.setPlainText(draft.description)
        self.place.setText(draft.place)
        self.leader.setText(draft.leader)
        self.access.setText(draft.access)
        self.bring.setText(draft.what_to_bring)
        self.cost.setText(draft.cost_to_come)
        self.repeat.setCurrentIndex(max(0, self.repeat.findData(draft.repeat.value)))
        self.weekday.setCurrentIndex(draft.weekday or 0)
        self.nth.setCurrentIndex(max(0, self.nth.findData(draft.nth or 1)))
        self.start.setText(draft.start_time or "")
        self.end.setText(draft.end_time or "")
        self.holidays.setChecked(draft.skip_bank_holidays)
        for line, number in (
            (self.capacity, draft.capacity),
            (self.age_from, draft.age_from),
            (self.age_to, draft.age_to),
            (self.can_take, draft.can_take),
        ):
            line.setText("" if number is None else str(number))
        self._on_repeat()

    def _on_repeat(self) -> None:
        repeat = self.repeat.currentData()
        self._weekday_field.setVisible(repeat != Repeat.NONE.value)
        self._nth_field.setVisible(repeat == Repeat.MONTHLY.value)
        self.holidays.setVisible(repeat != Repeat.NONE.value)

    # --- saving ------------------------------------------------------------------------------

    def try_to_save(self) -> bool:
        """Keep the activity; what cannot be read is said beside its field."""
        problems: list[Problem] = []
        draft = self._read(problems)
        if problems:
            self.show_problems(tuple(problems))
            return False
        register = self._book.register
        activity_id = self._activity.id if self._activity else None
        answer = self._book.commands.run(
            lambda: activities.save_activity(register, draft, activity_id)
        )
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        if not isinstance(answer, Done):
            return False
        self.saved.emit(answer.ids[0])
        return True

    def _read(self, problems: list[Problem]) -> ActivityDraft:
        repeat = Repeat(self.repeat.currentData())
        base = self._activity or ActivityDraft()
        return replace(
            ActivityDraft(notes=base.notes),
            name=self.name.text(),
            description=self.description.toPlainText(),
            place=self.place.text(),
            leader=self.leader.text(),
            start_time=_time(self.start, "start_time", problems),
            end_time=_time(self.end, "end_time", problems),
            capacity=_number(self.capacity, "capacity", problems),
            age_from=_number(self.age_from, "age_from", problems),
            age_to=_number(self.age_to, "age_to", problems),
            access=self.access.text(),
            what_to_bring=self.bring.text(),
            cost_to_come=self.cost.text(),
            can_take=_number(self.can_take, "can_take", problems),
            repeat=repeat,
            weekday=None if repeat is Repeat.NONE else self.weekday.currentData(),
            nth=self.nth.currentData() if repeat is Repeat.MONTHLY else None,
            skip_bank_holidays=self.holidays.isChecked(),
        )


def _time(line: Line, field: str, problems: list[Problem]) -> str | None:
    typed = line.text().strip()
    read = parse_time(typed) if typed else None
    if typed and read is None:
        problems.append(Problem(code="time_unknown", field=field, values={"value": typed}))
    return read


def _number(line: Line, field: str, problems: list[Problem]) -> int | None:
    typed = line.text().strip()
    if not typed:
        return None
    if typed.isdecimal() and len(typed) <= 6:
        return int(typed)
    problems.append(Problem(code="number_unknown", field=field, values={"value": typed}))
    return None
