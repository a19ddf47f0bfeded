"""A grant: who gives it, how far it is, its dates and conditions, its budget and instalments."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.grants import (
    STATE_WORDS,
    BudgetRow,
    Grant,
    GrantDraft,
    GrantState,
    Instalment,
    budget_difference,
)
from app.domain.ledger import EntryKind
from app.domain.money import pounds
from app.domain.problems import Problem
from app.services import activities, money
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.choosing import fill
from app.ui.forms.small_form import SmallForm
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.choice import Choice
from app.ui.widgets.fold import Fold
from app.ui.widgets.line import Line
from app.ui.widgets.tick import TickBox
from app.ui.widgets.words import words

_MOST_ROWS = 99


class GrantDialog(SmallForm):
    """Only the funder and a reference are needed at first; the rest comes with the award."""

    def __init__(
        self, book: Book, grant: Grant | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(book, "Change a grant" if grant else "Add a grant", "Save it", parent)
        self._grant = grant
        self._known = money.books(book.register)
        shown: GrantDraft = grant or GrantDraft(reference="", funder="")
        self._build_who(shown)
        self._build_money(shown)
        self._build_days(shown)
        self._build_budget(shown)
        self._build_more(shown)
        self._say_sum()

    def _build_who(self, shown: GrantDraft) -> None:
        tr = self.tr
        self.funder, self.reference = Line(), Line()
        self.programme, self.title_line = Line(), Line()
        for line, text in (
            (self.funder, shown.funder), (self.reference, shown.reference),
            (self.programme, shown.programme), (self.title_line, shown.title),
        ):  # fmt: skip
            line.setText(text)
        self.state = Choice(self.looks, "")
        fill(
            self.state, [(tr(text), s.value) for s, text in STATE_WORDS.items()], shown.state.value
        )
        self.fund = Choice(self.looks, "")
        funds = [(f.name, f.id) for f in self._known.funds.values()]
        fill(self.fund, [(tr("Not said yet"), None), *funds], shown.fund_id)
        for pair in (
            (("funder", tr("Funder"), self.funder), ("reference", tr("Reference"), self.reference)),
            (("programme", tr("Programme"), self.programme), ("title", tr("Title"), self.title_line)),
            (("state", tr("How far it is"), self.state), ("fund_id", tr("Fund"), self.fund)),
        ):  # fmt: skip
            row = self.add_row()
            for key, label, editor in pair:
                self.add_field(key, label, editor, into=row)

    def _build_money(self, shown: GrantDraft) -> None:
        tr = self.tr
        self.applied = self.amount_line(shown.applied_pence)
        self.awarded = self.amount_line(shown.awarded_pence)
        self.applied_on = self.day_line(shown.applied_on)
        self.decided_on = self.day_line(shown.decided_on)
        row = self.add_row()
        self.add_field("applied_pence", tr("Applied for (£)"), self.applied, into=row)
        self.add_field("applied_on", tr("On"), self.applied_on, into=row)
        row = self.add_row()
        self.add_field("awarded_pence", tr("Awarded (£)"), self.awarded, into=row)
        self.add_field("decided_on", tr("Decided on"), self.decided_on, into=row)
        self.awarded.textChanged.connect(self._say_sum)
        self.applied.textChanged.connect(self._say_sum)

    def _build_days(self, shown: GrantDraft) -> None:
        tr = self.tr
        self.starts, self.ends = self.day_line(shown.starts_on), self.day_line(shown.ends_on)
        self.report = self.day_line(shown.report_due_on)
        self.again = self.day_line(shown.apply_again_on)
        row = self.add_row()
        self.add_field("starts_on", tr("Spend from"), self.starts, into=row)
        self.add_field("ends_on", tr("Spend until"), self.ends, into=row)
        row = self.add_row()
        self.add_field("report_due_on", tr("Report due"), self.report, into=row)
        self.add_field("apply_again_on", tr("Can apply again from"), self.again, into=row)

    def _build_budget(self, shown: GrantDraft) -> None:
        """Give every heading of money out a line: what is left empty is not in the budget."""
        self.budget_fold = Fold(self.looks, self.tr("Budget by heading"), opened=bool(shown.budget))
        self.whole = TickBox(self.looks, self.tr("In whole pounds only"))
        self.whole.setChecked(shown.whole_pounds)
        self.most = Line()
        self.most.setText(str(shown.most_budget_rows or ""))
        self.most.textChanged.connect(self._say_sum)
        self.budget_fold.body.addWidget(self.whole)
        self.budget_fold.body.addWidget(
            self.add_field(
                "most_budget_rows",
                self.tr("Most rows on the funder’s form"),
                self.most,
                hint=self.tr("Such as 10; leave it empty where there is no limit"),
            )
        )
        budget = {row.heading_id: row for row in shown.budget}
        self.rows = {}
        named = list(self._known.open_headings(EntryKind.PAYMENT))
        named += [h for h in self._known.headings.values() if h.id in budget and h not in named]
        for heading in named:
            row = budget.get(heading.id)
            line = self.amount_line(row.budget_pence if row else None)
            line.textChanged.connect(self._say_sum)
            self.rows[heading.id] = line
            field = self.add_field(f"budget {heading.id}", heading.name, line)
            self.budget_fold.body.addWidget(field)
        self._notes = {key: row.note for key, row in budget.items()}
        self.sum = words("", "strong", wrap=True)
        self.budget_fold.body.addWidget(self.sum)
        self.form.addWidget(self.budget_fold)

    def _build_more(self, shown: GrantDraft) -> None:
        tr = self.tr
        said = any((shown.purpose, shown.conditions, shown.instalments, shown.activities))
        self.more = Fold(
            self.looks, tr("Purpose, conditions, activities, instalments"), opened=said
        )
        self.purpose = self.text_box(shown.purpose)
        self.conditions = self.text_box(shown.conditions)
        self.more.body.addWidget(self.add_field("purpose", tr("What it is for"), self.purpose))
        self.more.body.addWidget(self.add_field("conditions", tr("Conditions"), self.conditions))
        self.for_activities = {}
        for activity in activities.list_activities(self.book.register):
            tick = TickBox(self.looks, tr("For {activity}").format(activity=activity.name))
            tick.setChecked(activity.id in shown.activities)
            self.for_activities[activity.id] = tick
            self.more.body.addWidget(tick)
        self.parts: list[InstalmentRow] = []
        self._parts = QVBoxLayout()
        self.more.body.addLayout(self._parts)
        for part in shown.instalments:
            self._add_part(part)
        self.part_button = ActionButton(self.looks, tr("Add an instalment"), icon="plus", link=True)
        self.part_button.clicked.connect(self._on_part)
        self.more.body.addWidget(self.part_button)
        self.form.addWidget(self.more)

    def _add_part(self, part: Instalment | None = None) -> "InstalmentRow":
        row = InstalmentRow(self, part)
        row.remove.clicked.connect(partial(self._remove_part, row))
        self.parts.append(row)
        self._parts.addWidget(row)
        return row

    def _on_part(self) -> None:
        self._add_part().day.setFocus()

    def _remove_part(self, row: "InstalmentRow", _checked: bool = False) -> None:
        self.parts.remove(row)
        self._parts.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.part_button.setFocus()

    # --- reading -----------------------------------------------------------------------------

    def read(self) -> GrantDraft:
        """Return the grant as typed."""
        budget = [
            BudgetRow(heading_id=key, budget_pence=pence, note=self._notes.get(key, ""))
            for key, line in self.rows.items()
            if (pence := self.pence_of(line, f"budget {key}")) is not None
        ]
        return GrantDraft(
            reference=self.reference.text(), funder=self.funder.text(),
            programme=self.programme.text(), title=self.title_line.text(),
            purpose=self.purpose.toPlainText(), conditions=self.conditions.toPlainText(),
            state=GrantState(self.state.currentData()), fund_id=self.fund.currentData(),
            applied_on=self.day_of(self.applied_on, "applied_on"),
            applied_pence=self.pence_of(self.applied, "applied_pence"),
            decided_on=self.day_of(self.decided_on, "decided_on"),
            awarded_pence=self.pence_of(self.awarded, "awarded_pence"),
            starts_on=self.day_of(self.starts, "starts_on"),
            ends_on=self.day_of(self.ends, "ends_on"),
            report_due_on=self.day_of(self.report, "report_due_on"),
            apply_again_on=self.day_of(self.again, "apply_again_on"),
            whole_pounds=self.whole.isChecked(), most_budget_rows=self._most_rows(),
            budget=tuple(budget), instalments=self._instalments(),
            activities=tuple(k for k, tick in self.for_activities.items() if tick.isChecked()),
        )  # fmt: skip

    def _most_rows(self) -> int | None:
        typed = self.most.text().strip()
        if typed and not (typed.isascii() and typed.isdigit() and 0 < int(typed) <= _MOST_ROWS):
            values = {"value": typed}
            problem = Problem(code="number_unknown", field="most_budget_rows", values=values)
            self._unread.append(problem)
            return None
        return int(typed) if typed else None

    def _instalments(self) -> tuple[Instalment, ...]:
        read = []
        for row in self.parts:
            day = self.day_of(row.day, "instalment")
            pence = self.pence_of(row.amount, "instalment")
            if day is not None and pence is not None:
                read.append(
                    Instalment(due_on=day, amount_pence=pence, condition=row.condition.text())
                )
        return tuple(read)

    def carry_out(self) -> Done | Refused:
        """Keep the grant."""
        grant_id = self._grant.id if self._grant else None
        return money.save_grant(self.book.register, self.read(), grant_id)

    def _say_sum(self) -> None:
        if not hasattr(self, "sum"):
            return
        typed = [line.pence() for line in self.rows.values()]
        total = sum(one for one in typed if isinstance(one, int))
        awarded, applied = self.awarded.pence(), self.applied.pence()
        draft = GrantDraft(
            reference="", funder="",
            awarded_pence=awarded if isinstance(awarded, int) else None,
            applied_pence=applied if isinstance(applied, int) else None,
            budget=(BudgetRow(heading_id=next(iter(self.rows)), budget_pence=total),)
            if self.rows else (),
        )  # fmt: skip
        over = budget_difference(draft)
        text = self.tr("The budget comes to {sum}").format(sum=pounds(total))
        if over and total:
            way = self.tr("more") if over > 0 else self.tr("less")
            text += self.tr(", {sum} {way} than the grant").format(sum=pounds(abs(over)), way=way)
        most = self.most.text().strip()
        if most.isascii() and most.isdigit():
            rows = sum(1 for one in typed if one is not None)
            text += self.tr(", in {count} of {most} rows").format(count=rows, most=most)
        self.sum.setText(text + ".")

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say what is to correct; what is folded away is opened for it."""
        if any("budget" in problem.field for problem in problems):
            self.budget_fold.open()
        super().show_problems(problems)


class InstalmentRow(QWidget):
    """A part of the grant that is due on a day."""

    def __init__(self, form: SmallForm, part: Instalment | None) -> None:
        super().__init__()
        self.day = form.day_line(part.due_on if part else None)
        self.amount = form.amount_line(part.amount_pence if part else None)
        self.condition = Line()
        self.condition.setText(part.condition if part else "")
        self.condition.setPlaceholderText(form.tr("on condition of"))
        self.remove = ActionButton(form.looks, form.tr("Take away"), link=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget, name in (
            (self.day, form.tr("Instalment due")), (self.amount, form.tr("Instalment (£)")),
            (self.condition, form.tr("Condition of the instalment")),
        ):  # fmt: skip
            widget.setAccessibleName(name)
            row.addWidget(widget, 1)
        row.addWidget(self.remove)
