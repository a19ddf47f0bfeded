"""The fourth step: how the file writes its dates, in which year they begin, and for which activity."""

import datetime as dt
from dataclasses import replace

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QWidget

from app.domain.activities import EARLIEST_YEAR, FURTHEST_YEARS_AHEAD
from app.domain.periods import short_date
from app.services.imports import DateOrder, Plan
from app.ui import texts
from app.ui.book import Book
from app.ui.forms.field import Field
from app.ui.imports.answers import Answers, Reading
from app.ui.imports.step import Step
from app.ui.widgets.line import Line
from app.ui.widgets.words import words

_ORDERS = (
    (DateOrder.DMY, "Day first, as in Britain: 3/7 is 3 July"),
    (DateOrder.MDY, "Month first, as in America: 3/7 is 7 March"),
    (DateOrder.YMD, "Year first: 2026-07-03 is 3 July"),
)
_READ = {
    DateOrder.DMY: "day first",
    DateOrder.MDY: "month first",
    DateOrder.YMD: "year first",
}


class DatesStep(Step):
    """Say how dates were read and by what evidence; ask where the file does not tell."""

    title = "When was it?"

    def __init__(self, book: Book, answers: Answers, parent: QWidget | None = None) -> None:
        super().__init__(book, answers, parent)
        self._plan: Plan | None = None
        self._asks_order = self._asks_year = False
        self.order_label = words(self.tr("Dates in this file are written"), "strong")
        self.orders = QButtonGroup(self)
        self.body.addWidget(self.order_label)
        self._radios: dict[DateOrder, QRadioButton] = {}
        for order, text in _ORDERS:
            radio = QRadioButton(self.tr(text))
            self._radios[order] = radio
            self.orders.addButton(radio)
            self.body.addWidget(radio)
        self.year = Line()
        self.year.setMaxLength(4)
        self.year_field = Field(self.tr("Year of the first date"), self.year)
        self.activity = Line()
        self.activity_field = Field(
            self.tr("What is the activity called?"), self.activity,
            hint=self.tr("As it is to stand in the book. One that is there already is used again."),
        )  # fmt: skip
        self.found = words("", wrap=True)
        for widget in (self.year_field, self.activity_field):
            row = QHBoxLayout()
            row.addWidget(widget, 2)
            row.addStretch(1)
            self.body.addLayout(row)
        self.body.addWidget(self.found)
        self.body.addStretch(1)

    def wanted(self, reading: Reading) -> bool:
        """Only where there are dates or sessions."""
        plan = reading.plan
        asked = {q.kind for q in plan.questions} & {"dates", "year", "activity"}
        return bool(plan.sessions or asked or plan.date_order)

    def show_reading(self, reading: Reading) -> None:
        """Say what was settled, and ask what was not."""
        plan = self._plan = reading.plan
        self._asks_order = reading.question("dates") is not None
        self._asks_year = reading.question("year") is not None
        with_order = self._asks_order or plan.date_order is not None
        self.order_label.setVisible(with_order)
        for radio in self._radios.values():
            radio.setVisible(with_order)
        self._radios[DateOrder.YMD].setVisible(plan.date_order is DateOrder.YMD)
        self._show_order(reading)
        self.year_field.setVisible(self._asks_year or self.answers.options.year is not None)
        if self.answers.options.year is not None and not self.year.text():
            self.year.setText(str(self.answers.options.year))
        self._show_activity(reading)
        self.say(self._evidence(reading))
        self.found.setText(self._found(plan))

    def _show_order(self, reading: Reading) -> None:
        order = self.answers.options.dates or reading.plan.date_order
        if order is None and reading.remembered is not None:
            order = reading.remembered.dates
        self.orders.setExclusive(False)
        for each, radio in self._radios.items():
            radio.setChecked(each is order)
        self.orders.setExclusive(True)

    def _show_activity(self, reading: Reading) -> None:
        names = tuple(q.default for q in reading.plan.questions if q.kind == "activity")
        told = self.answers.options.activity
        self.activity_field.setVisible(len(names) == 1 or bool(told))
        if told:
            self.activity.setText(told)
        elif len(names) == 1:
            self.activity.setText(names[0])

    def _evidence(self, reading: Reading) -> str:
        plan = reading.plan
        if self._asks_order:
            question = reading.question("dates")
            first = question.text.partition(". ")[0] if question else ""
            return self.tr("{why}. Which is it?").format(why=first)
        if self._asks_year:
            return self.tr(
                "The dates in this file have no year, and no title names one. Say the year of the "
                "first one; the others follow from it."
            )
        if plan.date_order is None:
            return self.tr("The dates were written out, or kept as dates, so there is no doubt.")
        if not plan.date_because:
            return self.tr("Dates are read {order}, as you said.").format(
                order=_READ[plan.date_order]
            )
        return self.tr("Dates are read {order}, because {why}.").format(
            order=_READ[plan.date_order], why=plan.date_because
        )

    def _found(self, plan: Plan) -> str:
        if plan.referrals and not plan.sessions:
            return self._found_referrals([row.received_on for row in plan.referrals])
        days = [session.day for session in plan.sessions if session.known]
        if not days:
            return ""
        names = tuple(dict.fromkeys(a.draft.name for a in plan.activities))
        count = texts.counted(len(days), self.tr("session"), self.tr("sessions"))
        shown = ", ".join(names[:8]) + (" …" if len(names) > 8 else "")
        return self.tr("{count} of {names}, from {first} to {last}.").format(
            count=count, names=shown, first=short_date(min(days)), last=short_date(max(days))
        )

    def _found_referrals(self, days: list[dt.date]) -> str:
        count = texts.counted(len(days), self.tr("referral"), self.tr("referrals"))
        return self.tr("{count}, received from {first} to {last}.").format(
            count=count, first=short_date(min(days)), last=short_date(max(days))
        )

    def missing(self) -> str:
        """Take the answers in; say what is still needed, beside its field."""
        options = self.answers.options
        order = next((o for o, radio in self._radios.items() if radio.isChecked()), None)
        if self._asks_order and order is None:
            return self.tr("Say whether the day or the month comes first.")
        if self._plan is not None and order not in {None, self._plan.date_order}:
            options = replace(options, dates=order)
        if self.year_field.isVisibleTo(self):
            year = self.year.text().strip()
            latest = options.today.year + FURTHEST_YEARS_AHEAD
            if not (year.isdecimal() and EARLIEST_YEAR <= int(year) <= latest):
                self.year_field.show_problem(self.tr("A year is needed, such as 2024."))
                self.year.setFocus()
                return self.tr("Say the year of the first date.")
            self.year_field.show_problem("")
            options = replace(options, year=int(year))
        if self.activity_field.isVisibleTo(self):
            name = self.activity.text().strip()
            if not name:
                self.activity_field.show_problem(self.tr("The activity needs a name."))
                self.activity.setFocus()
                return self.tr("Say what the activity is called.")
            self.activity_field.show_problem("")
            if options.activity or name not in self._names():
                options = replace(options, activity=name)
        self.answers.options = options
        return ""

    def take_keyboard(self) -> None:
        """Begin with what is asked."""
        checked = next((r for r in self._radios.values() if r.isChecked()), None)
        first = checked or self._radios[DateOrder.DMY]
        if self._asks_year:
            self.year.setFocus()
        elif first.isVisibleTo(self):
            first.setFocus()
        elif self.activity_field.isVisibleTo(self):
            self.activity.setFocus()

    def _names(self) -> set[str]:
        return {a.draft.name for a in self._plan.activities} if self._plan is not None else set()
