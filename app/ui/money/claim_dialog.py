"""A claim of expenses and miles: each line priced as it is typed, approved by somebody else."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.claims import KIND_WORDS, Claim, ClaimDraft, ClaimKind, ClaimLineDraft
from app.domain.ids import PersonId
from app.domain.ledger import METHODS, EntryKind
from app.domain.money import pounds
from app.domain.problems import Problem
from app.services import money, people
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.choosing import fill
from app.ui.forms.field import Field
from app.ui.forms.small_form import SmallForm
from app.ui.people.people_model import shown_name
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.choice import Choice
from app.ui.widgets.line import Line
from app.ui.widgets.suggestions import SuggestField, Suggestion
from app.ui.widgets.words import rule, words

_OFFERED = 8
_MILE_LIMIT = 10


class ClaimLine(QWidget):
    """One thing claimed."""

    changed = Signal()
    removed = Signal()

    def __init__(self, form: SmallForm, line: ClaimLineDraft) -> None:
        super().__init__()
        self._kept = line
        self._form = form
        looks, tr = form.looks, self.tr
        self.kind, self.heading = Choice(looks, ""), Choice(looks, "")
        fill(
            self.kind,
            [(tr(text), kind.value) for kind, text in KIND_WORDS.items()],
            line.kind.value,
        )
        known = money.books(form.book.register)
        heads = [(h.name, h.id) for h in known.open_headings(EntryKind.PAYMENT)]
        usual = next((key for name, key in heads if name == "Volunteers' expenses"), None)
        fill(self.heading, [(tr("Not said yet"), None), *heads], line.heading_id or usual)
        self.day, self.what, self.miles = form.day_line(line.spent_on), Line(), Line()
        self.what.setText(line.what)
        if line.tenths_of_miles:
            self.miles.setText(f"{line.tenths_of_miles / _MILE_LIMIT:g}")
        self.amount = form.amount_line(
            line.amount_pence if line.kind is ClaimKind.EXPENSE else None
        )
        self.price = words("", "strong")
        self.fields = {
            "kind": Field(tr("What is claimed"), self.kind),
            "spent_on": Field(tr("Date"), self.day),
            "amount_pence": Field(tr("Amount (£)"), self.amount),
            "tenths_of_miles": Field(tr("Miles"), self.miles),
            "what": Field(tr("What for, or from where to where"), self.what),
            "heading_id": Field(tr("Heading"), self.heading),
        }
        self._lay_out()
        self.kind.activated.connect(self._on_kind)
        self.miles.textChanged.connect(self.changed)
        self.amount.textChanged.connect(self.changed)
        self.day.settled.connect(self.changed)
        self.remove.clicked.connect(self.removed)
        self._on_kind()

    def _lay_out(self) -> None:
        looks, tr = self._form.looks, self.tr
        self.remove = ActionButton(looks, tr("Take this line away"), link=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(rule())
        for keys in (
            ("kind", "spent_on", "amount_pence", "tenths_of_miles"),
            ("what", "heading_id"),
        ):
            row = QHBoxLayout()
            row.setSpacing(looks.px(12))
            for key in keys:
                row.addWidget(self.fields[key], 1)
            column.addLayout(row)
        foot = QHBoxLayout()
        foot.addWidget(self.remove)
        foot.addWidget(self.price, 1)
        column.addLayout(foot)

    @property
    def by_mile(self) -> bool:
        """Whether miles are claimed, not money spent."""
        return str(self.kind.currentData()) != ClaimKind.EXPENSE.value

    def draft(self) -> tuple[ClaimLineDraft, tuple[Problem, ...]]:
        """Return the line as typed, and what could not be read."""
        day, pence = self.day.day("spent_on"), self.amount.pence("amount_pence")
        tenths = _tenths(self.miles.text())
        read = (day, tenths) if self.by_mile else (day, pence)
        problems = tuple(one for one in read if isinstance(one, Problem))
        kept = self._kept
        return ClaimLineDraft(
            kind=ClaimKind(self.kind.currentData()),
            spent_on=None if isinstance(day, Problem) else day,
            what=self.what.text(),
            tenths_of_miles=tenths if self.by_mile and isinstance(tenths, int) else None,
            amount_pence=pence if not self.by_mile and isinstance(pence, int) else None,
            heading_id=self.heading.currentData(), fund_id=kept.fund_id,
            activity_id=kept.activity_id, grant_id=kept.grant_id,
        ), problems  # fmt: skip

    def show_price(self, pence: int | None) -> None:
        """Say what the miles come to, and at which rate."""
        tenths = _tenths(self.miles.text())
        if not self.by_mile or pence is None or not isinstance(tenths, int) or not tenths:
            self.price.setText("")
            return
        each = pence * _MILE_LIMIT / tenths
        self.price.setText(
            self.tr("{sum}, {rate}p a mile").format(sum=pounds(pence), rate=f"{each:.1f}".rstrip("0").rstrip("."))
        )  # fmt: skip

    def _on_kind(self) -> None:
        self.fields["amount_pence"].setVisible(not self.by_mile)
        self.fields["tenths_of_miles"].setVisible(self.by_mile)
        self.changed.emit()


class ClaimDialog(SmallForm):
    """What one person claims back: actual cost only, miles at the rate of the day."""

    def __init__(
        self, book: Book, claim: Claim | None = None, parent: QWidget | None = None
    ) -> None:
        title = "Change a claim" if claim else "Expenses and miles claimed"
        super().__init__(book, title, "Save it", parent)
        self._claim = claim
        self._person: PersonId | None = claim.person_id if claim else None
        self.person = SuggestField(self.looks, "")
        if self._person is not None:
            known = people.get_person(book.register, self._person)
            self.person.setText(known.full_name if known else "")
        self.claimed = self.day_line(claim.claimed_on if claim else book.today())
        row = self.add_row()
        self.add_field("person_id", self.tr("Who claims"), self.person, into=row)
        self.add_field("claimed_on", self.tr("Claimed on"), self.claimed, into=row)
        self.lines: list[ClaimLine] = []
        self._column = QVBoxLayout()
        self.form.addLayout(self._column)
        self.more_button = ActionButton(self.looks, self.tr("Another line"), icon="plus")
        self.form.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.total = words("", "heading")
        self.form.addWidget(self.total)
        self._build_approval(claim)
        for line in claim.lines if claim else (ClaimLineDraft(spent_on=book.today()),):
            self._add(line)
        self.person.wanted.connect(self._on_person)
        self.person.taken.connect(self.choose_person)
        self.person.textEdited.connect(self._on_edited)
        self.more_button.clicked.connect(self._on_more)
        self._price()

    def _build_approval(self, claim: Claim | None) -> None:
        self.approved, self.note = Line(), self.text_box(claim.note if claim else "")
        self.approved.setText(claim.approved_by if claim else "")
        self.approved_on = self.day_line(claim.approved_on if claim else None)
        row = self.add_row()
        self.add_field(
            "approved_by", self.tr("Approved by"), self.approved, into=row,
            hint=self.tr("Somebody else than who claims; can come later"),
        )  # fmt: skip
        self.add_field("approved_on", self.tr("On"), self.approved_on, into=row)
        self.add_field("note", self.tr("Note"), self.note)

    def read(self) -> ClaimDraft:
        """Return the claim as typed."""
        lines = []
        for line in self.lines:
            draft, problems = line.draft()
            self._unread += problems
            lines.append(draft)
        return ClaimDraft(
            person_id=self._person, claimed_on=self.day_of(self.claimed, "claimed_on"),
            lines=tuple(lines), approved_by=self.approved.text(),
            approved_on=self.day_of(self.approved_on, "approved_on"), note=self.note.toPlainText(),
        )  # fmt: skip

    def carry_out(self) -> Done | Refused:
        """Keep the claim."""
        claim_id = self._claim.id if self._claim else None
        today = self.book.today()
        return money.save_claim(self.book.register, self.read(), claim_id, today=today)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say what is wrong with a line beside the first line it can be wrong with."""
        mine, self.fields = self.fields, {**self._line_fields(problems), **self.fields}
        try:
            super().show_problems(problems)
        finally:
            self.fields = mine

    def _line_fields(self, problems: tuple[Problem, ...]) -> dict[str, Field]:
        wrong = {problem.field for problem in problems}
        for line in self.lines:
            draft, unread = line.draft()
            empty = not (draft.tenths_of_miles if line.by_mile else draft.amount_pence)
            if unread or draft.spent_on is None or empty or ("what" in wrong and not draft.what):
                return line.fields
        return self.lines[0].fields

    def _add(self, draft: ClaimLineDraft) -> ClaimLine:
        line = ClaimLine(self, draft)
        line.changed.connect(self._price)
        line.removed.connect(partial(self._remove, line))
        self.lines.append(line)
        self._column.addWidget(line)
        for one in self.lines:
            one.remove.setVisible(len(self.lines) > 1)
        return line

    def _remove(self, line: ClaimLine) -> None:
        self.lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()
        for one in self.lines:
            one.remove.setVisible(len(self.lines) > 1)
        self.more_button.setFocus()
        self._price()

    def _on_more(self) -> None:
        last = self.lines[-1].draft()[0]
        line = self._add(ClaimLineDraft(kind=last.kind, spent_on=last.spent_on))
        line.kind.setFocus()

    def _price(self) -> None:
        """Show what each journey comes to, with what was driven before it that tax year."""
        if not hasattr(self, "approved_on"):
            return
        self._unread = []
        draft = self.read()
        priced = money.priced(self.book.register, draft, self._claim.id if self._claim else None)
        for line, one in zip(self.lines, priced.lines, strict=True):
            line.show_price(one.amount_pence)
        self.total.setText(self.tr("{sum} in all").format(sum=pounds(priced.total_pence)))

    def _on_person(self, typed: str) -> None:
        found = people.list_people(self.book.register, typed, limit=_OFFERED).rows
        offered = tuple(Suggestion(text=shown_name(row), value=row.id) for row in found)
        self.person.offer(offered if typed.strip() else ())

    def _on_edited(self) -> None:
        self._person = None

    def choose_person(self, person_id: object) -> None:
        """Take somebody of the register as whoever claims."""
        known = people.get_person(self.book.register, PersonId(int(str(person_id))))
        if known is not None:
            self._person = known.id
            self.person.setText(known.full_name)
            self._price()


class PayDialog(SmallForm):
    """Pay a claim as one payment."""

    def __init__(self, book: Book, claim: Claim, parent: QWidget | None = None) -> None:
        super().__init__(book, f"Pay {pounds(claim.total_pence)}", "Pay it", parent)
        self._claim = claim
        known = money.books(book.register)
        self.account, self.fund = Choice(self.looks, ""), Choice(self.looks, "")
        self.method = Choice(self.looks, "")
        fill(self.account, [(a.name, a.id) for a in known.accounts.values() if not a.closed_on])
        fill(self.fund, [(f.name, f.id) for f in known.funds.values() if not f.closed_on])
        fill(self.method, [(self.tr(t), code) for code, t in METHODS.items()], "bank_transfer")
        self.paid = self.day_line(book.today())
        row = self.add_row()
        self.add_field("account_id", self.tr("From account"), self.account, into=row)
        self.add_field("entry_on", self.tr("Paid on"), self.paid, into=row)
        row = self.add_row()
        self.add_field(
            "fund_id", self.tr("Fund"), self.fund, into=row,
            hint=self.tr("For the lines that name none"),
        )  # fmt: skip
        self.add_field("method", self.tr("How"), self.method, into=row)

    def carry_out(self) -> Done | Refused:
        """Pay it."""
        day = self.day_of(self.paid, "entry_on")
        if day is None:
            return Refused(problems=(Problem(code="date_needed", field="entry_on"),))
        return money.pay_claim(
            self.book.register, self._claim.id, account_id=self.account.currentData(),
            fund_id=self.fund.currentData(), paid_on=day, method=str(self.method.currentData()),
            today=self.book.today(),
        )  # fmt: skip


def _tenths(typed: str) -> int | Problem | None:
    text = typed.strip().replace(",", "")
    if not text:
        return None
    whole, _, part = text.partition(".")
    if not (whole or part) or not (whole + part).isascii() or not (whole + part).isdigit():
        return Problem(code="number_unknown", field="tenths_of_miles", values={"value": typed})
    if len(part) > 1 or len(whole) > 6:
        return Problem(code="miles_range", field="tenths_of_miles", values={"limit": "2,000"})
    return int(whole or "0") * _MILE_LIMIT + int(part or "0")
