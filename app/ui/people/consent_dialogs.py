"""The forms for consents: noted, corrected, withdrawn."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.consents import (
    METHODS,
    PURPOSES,
    USES,
    Consent,
    ConsentDetail,
    ConsentDraft,
    detail_text,
    read_detail,
)
from app.domain.people import ConsentPurpose
from app.domain.problems import Problem
from app.services import consents, people
from app.services.result import Changing, Done, Refused
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.people.many_dialogs import Ids, ManyDialog
from app.ui.people.wording_choice import WordingChoice
from app.ui.widgets.choice import Choice
from app.ui.widgets.line import Line
from app.ui.widgets.tick import TickBox
from app.ui.widgets.wrap_row import WrapRow


class UseTicks(WrapRow):
    """A tick for each use that is agreed to by itself: photos on a website, a story in a report."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, parent)
        self._book = book
        self._purpose: ConsentPurpose | None = None
        self.boxes: dict[str, TickBox] = {}

    def show_purpose(self, purpose: ConsentPurpose, ticked: tuple[str, ...] = ()) -> None:
        """Offer the uses of a purpose, some of them ticked."""
        if purpose is self._purpose:
            return
        self._purpose = purpose
        self.clear()
        self.boxes = {}
        for code, text in USES.get(purpose, {}).items():
            box = TickBox(self._book.looks, self.tr(text[:1].upper() + text[1:]))
            box.setChecked(code in ticked)
            self.boxes[code] = box
            self.add(box)
            box.show()

    @property
    def ticked(self) -> tuple[str, ...]:
        """The codes of the uses agreed to."""
        return tuple(code for code, box in self.boxes.items() if box.isChecked())


class AgreedDialog(ManyDialog):
    """An answer to one purpose, of one person or many; or one that is corrected."""

    def __init__(
        self,
        book: Book,
        ids: Ids,
        who: str,
        parent: QWidget,
        *,
        purpose: ConsentPurpose = ConsentPurpose.HOLD_DETAILS,
        before: Consent | None = None,
        agreed_by: tuple[str, ...] | None = None,
    ) -> None:
        """``agreed_by`` names the parents and carers of somebody who is, or may be, under 18."""
        title, save = ("Correct a consent", "Save") if before else ("Consent", "Note it")
        super().__init__(book, title, save, ids, who, parent)
        self._before = before
        self._agreed_by = agreed_by
        self._make_editors(before.purpose if before else purpose)
        self._lay_out()
        self._load(before)
        self.purpose.activated.connect(self._on_purpose)
        self.answer.activated.connect(self._on_purpose)
        self._on_purpose()

    def _make_editors(self, purpose: ConsentPurpose) -> None:
        looks, tr, book = self.looks, self.tr, self.book
        self.purpose = Choice(looks, "")
        for one, text in PURPOSES.items():
            self.purpose.addItem(tr(text), one.value)
        self.purpose.setCurrentIndex(list(PURPOSES).index(purpose))
        self.answer = Choice(looks, "")
        self.answer.addItem(tr("Yes: they agreed"), True)
        self.answer.addItem(tr("No: they said no"), False)
        self.day, self.withdrawn = DateLine(book.today), DateLine(book.today)
        self.day.show_day(book.today())
        self.method = Choice(looks, "")
        for code, text in METHODS.items():
            self.method.addItem(tr(text), code)
        self.taken_by, self.by = Line(), Line()
        known = consents.wordings(book.register)
        self.wording = WordingChoice(looks, consents.printed_wording(), known)
        self.by.setText(self._agreed_by[0] if self._agreed_by else "")
        self.uses = UseTicks(book)
        self.detail = QPlainTextEdit()
        self.detail.setTabChangesFocus(True)
        self.detail.setFixedHeight(looks.px(60))

    def _lay_out(self) -> None:
        tr = self.tr
        self.add_field("purpose", tr("What it is for"), self.purpose)
        row = self.add_row()
        self.add_field("given", tr("Answer"), self.answer, into=row)
        self.add_field("asked_on", tr("Asked on"), self.day, into=row)
        self.add_field("uses", tr("They agreed to these uses"), self.uses)
        self.add_field(
            "by", tr("Who agreed for them"), self.by,
            hint=tr("They are under 18, or may be: a parent or carer agrees."),
        )  # fmt: skip
        row = self.add_row()
        self.add_field("method", tr("How"), self.method, into=row)
        self.add_field("taken_by", tr("Who asked"), self.taken_by, into=row)
        self.add_field(
            "wording_version", tr("Wording of the form"), self.wording,
            hint=tr("It stands at the foot of the form: what they were told can be looked up later."),
        )  # fmt: skip
        self.add_field("detail", tr("Anything they added"), self.detail)
        self.add_field(
            "withdrawn_on", tr("Withdrawn on"), self.withdrawn,
            hint=tr("Left blank, it was not withdrawn."),
        )  # fmt: skip

    def _load(self, before: Consent | None) -> None:
        young = self._agreed_by is not None
        self.fields["withdrawn_on"].setVisible(before is not None)
        self.fields["by"].setVisible(young)
        if before is None:
            return
        detail = read_detail(before.purpose, before.detail)
        self.answer.setCurrentIndex(0 if before.given else 1)
        self.day.show_day(before.asked_on)
        self.withdrawn.show_day(before.withdrawn_on)
        self.method.setCurrentIndex(max(0, list(METHODS).index(before.method)))
        self.wording.show_version(before.wording_version)
        self.taken_by.setText(before.taken_by)
        self.by.setText(detail.by)
        self.fields["by"].setVisible(young or bool(detail.by))
        self.detail.setPlainText(detail.more)
        self.uses.show_purpose(before.purpose, detail.uses)

    def draft(self) -> tuple[ConsentDraft, tuple[Problem, ...]]:
        """Return the answer as typed, and the days that could not be read."""
        purpose = ConsentPurpose(self.purpose.currentData())
        given = bool(self.answer.currentData())
        asked, withdrawn = self.day.day("asked_on"), self.withdrawn.day("withdrawn_on")
        detail = ConsentDetail(
            uses=self.uses.ticked if given else (),
            by=self.by.text().strip() if self.fields["by"].isVisibleTo(self) else "",
            more=self.detail.toPlainText(),
        )
        draft = ConsentDraft(
            purpose=purpose,
            given=given,
            asked_on=None if isinstance(asked, Problem) else asked,
            method=str(self.method.currentData()),
            wording_version=self.wording.version,
            taken_by=self.taken_by.text(),
            detail=detail_text(purpose, detail),
            withdrawn_on=None if isinstance(withdrawn, Problem) else withdrawn,
        )
        return draft, tuple(day for day in (asked, withdrawn) if isinstance(day, Problem))

    def change(self) -> Done | Refused | Changing:
        """Note the answer, or correct the one that was noted."""
        (draft, problems), today = self.draft(), self.book.today()
        register = self.book.register
        if problems:
            return Refused(problems=problems)
        if self._before is not None:
            return consents.change(register, self._before.id, draft, today=today)
        if len(self.ids) == 1:
            return consents.add(register, self.ids[0], draft, today=today)
        return people.agree.in_slices(register, self.ids, consents.tidy(draft), today=today)

    def _on_purpose(self) -> None:
        purpose = ConsentPurpose(self.purpose.currentData())
        self.uses.show_purpose(purpose)
        given = bool(self.answer.currentData())
        self.fields["uses"].setVisible(given and bool(self.uses.boxes))


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
