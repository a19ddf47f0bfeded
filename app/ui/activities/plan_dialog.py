"""Plan a term in one go: see every date first, then plan them in one step."""

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.activities import pattern_words
from app.domain.ids import ActivityId
from app.domain.periods import Period, quarter_of, short_date
from app.domain.problems import Problem
from app.domain.recurrence import terms_around
from app.services import activities
from app.services.result import Done, Refused
from app.ui import texts
from app.ui.activities.plan_model import PlanModel
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.forms.form_dialog import FormDialog
from app.ui.tables.tick_table import TickTable
from app.ui.widgets.choice import Choice
from app.ui.widgets.words import words

if TYPE_CHECKING:
    from app.ui.jobs import Job

_DAY = dt.timedelta(days=1)
_ROWS_SHOWN = 7


def plan_spans(today: dt.date) -> tuple[tuple[str, Period], ...]:
    """Return the periods offered for planning: this term from today on, the next ones, quarters."""
    terms = terms_around(today)[1:]
    this, coming = terms[0], terms[1:]
    quarter = quarter_of(quarter_of(today).last + _DAY)
    named = [(name, period) for name, period in coming]
    if this[1].first <= today:
        rest = Period(first=today, last=this[1].last)
        named.insert(0, (f"The rest of {this[0][0].lower()}{this[0][1:]}", rest))
    else:
        named.insert(0, this)
    return (*named, ("Next quarter", quarter))


class PlanDialog(FormDialog):
    """Which activity, from when to when, and the dates that come of it."""

    planned = Signal(object, object)
    """The id of the activity, and the first of the days that were planned."""

    def __init__(
        self, book: Book, activity_id: ActivityId | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(book.looks, "Plan a term", "Plan them", parent)
        self._book = book
        self._reading: Job | None = None
        self._known = tuple(
            one for one in activities.list_activities(book.register) if pattern_words(one)
        )
        self.activity = Choice(book.looks, "")
        for one in self._known:
            self.activity.addItem(f"{one.name} · {pattern_words(one)}", one.id)
        self.activity.setCurrentIndex(max(0, self.activity.findData(activity_id)))
        self.span = Choice(book.looks, "")
        self._spans = plan_spans(book.today())
        for place, (text, _) in enumerate(self._spans):
            self.span.addItem(text, place)
        self.first, self.last = DateLine(book.today), DateLine(book.today)
        self.model = PlanModel(self)
        self.table = TickTable(book.looks, self.tr("Dates"))
        self.table.setModel(self.model)
        self.summary = words("", "aside", wrap=True)
        self._lay_out()
        self._connect()
        self._on_span()

    def _lay_out(self) -> None:
        self.add_field("activity", self.tr("Activity"), self.activity)
        self.add_field("span", self.tr("For"), self.span)
        row = self.add_row()
        self.add_field("first", self.tr("From"), self.first, into=row)
        self.add_field("last", self.tr("To, that day included"), self.last, into=row)
        high = self.table.verticalHeader().defaultSectionSize()
        head = self.table.horizontalHeader().sizeHint().height()
        self.table.setMinimumHeight(_ROWS_SHOWN * high + head)
        self.add_field("days", self.tr("The dates: Space ticks and unticks"), self.table)
        self.form.addWidget(self.summary)

    def _connect(self) -> None:
        self.activity.currentIndexChanged.connect(self.propose)
        self.span.currentIndexChanged.connect(self._on_span)
        self.first.settled.connect(self.propose)
        self.last.settled.connect(self.propose)
        self.table.toggled.connect(self._on_toggled)
        self.model.counted.connect(self._on_counted)

    # --- showing -----------------------------------------------------------------------------

    def propose(self) -> bool:
        """Show the dates of what is chosen; what cannot be read is said beside its field."""
        first, last = self.first.day("first"), self.last.day("last")
        problems = [day for day in (first, last) if isinstance(day, Problem)]
        problems += [
            Problem(code="date_needed", field=field)
            for field, day in (("first", first), ("last", last))
            if day is None
        ]
        good = isinstance(first, dt.date) and isinstance(last, dt.date)
        if isinstance(first, dt.date) and isinstance(last, dt.date) and last < first:
            values = {"start": short_date(first), "end": short_date(last)}
            problems.append(Problem(code="period_backwards", field="last", values=values))
        if problems or not good or not self._known:
            self._tell(tuple(problems))
            self.model.set_rows(())
            return False
        return self._show_days(Period(first=first, last=last))  # type: ignore[arg-type]

    def _show_days(self, period: Period) -> bool:
        if not activities.holidays_are_read():
            self._read_holidays()
            return False
        activity = self._known[self.activity.currentIndex()]
        answer = activities.propose_days(
            self._book.register, activity, period, today=self._book.today()
        )
        if isinstance(answer, Refused):
            self._tell(answer.problems)
            self.model.set_rows(())
            return False
        self._tell(())
        self.model.set_rows(answer)
        return True

    def _read_holidays(self) -> None:
        """Have the worker read the bank holidays, then show the dates."""
        if self._reading is None:
            self.summary.setText(self.tr("Looking up the bank holidays …"))
            today = self._book.today()
            self._reading = self._book.jobs.start(lambda _: activities.read_holidays(today))
            self._reading.done.connect(self._on_holidays_read)

    def _on_holidays_read(self) -> None:
        self._reading = None
        self.propose()

    def _tell(self, problems: tuple[Problem, ...]) -> None:
        """Say what is to correct without taking the keyboard from where it is."""
        by_field = {problem.field: problem.text for problem in reversed(problems)}
        by_field["last"] = by_field.get("last", by_field.pop("session_on", ""))
        for key, field in self.fields.items():
            field.show_problem(by_field.get(key, ""))

    def _on_span(self) -> None:
        _, period = self._spans[self.span.currentIndex()]
        self.first.show_day(period.first)
        self.last.show_day(period.last)
        self.propose()

    def _on_toggled(self, row: int) -> None:
        self.model.toggle(row)

    def _on_counted(self, wanted: int) -> None:
        rows = self.model.rows
        there = sum(one.taken for one in rows)
        left_out = [one for one in rows if one.holiday and not one.wanted and not one.taken]
        parts = [texts.counted(wanted, "session to plan", "sessions to plan")]
        if there:
            parts.append(f"{there} there already")
        if left_out:
            parts.append(
                texts.counted(len(left_out), "bank holiday left out", "bank holidays left out")
            )
        self.summary.setText(" · ".join(parts))
        self.save_button.setText(
            self.tr("Plan {count}").format(count=texts.counted(wanted, "session", "sessions"))
            if wanted
            else self.tr("Plan them")
        )

    # --- saving ------------------------------------------------------------------------------

    def try_to_save(self) -> bool:
        """Plan the ticked dates in one step."""
        kept = {one.day: one.wanted for one in self.model.rows}
        if self._reading is not None or not self.propose():  # planned is only what was seen
            return False
        # What was ticked stays ticked, though the dates were just read again.
        days = [
            one.day for one in self.model.rows if kept.get(one.day, one.wanted) and not one.taken
        ]
        activity = self._known[self.activity.currentIndex()]
        register, today = self._book.register, self._book.today()
        answer = self._book.commands.run(
            lambda: activities.plan_days(register, activity, days, today=today)
        )
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        if not isinstance(answer, Done):
            return False
        self.planned.emit(activity.id, days[0])
        return True
