"""The form of a referral: whom it came from, what for, who pays. Nothing typed is lost."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.places import Agreement
from app.domain.problems import Problem
from app.domain.referrals import CHANNELS, NEEDS, REASONS, REPORT_BACK, SOURCE_TYPES, WHO_PAYS
from app.services import activities, places
from app.services.referrals import Referral, ReferralDraft
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.messages import Question
from app.ui.referrals.caution_form import CautionForm
from app.ui.referrals.sender_fields import Sender, SenderFields
from app.ui.referrals.tick_group import TickGroup
from app.ui.widgets.choice import Choice
from app.ui.widgets.fold import Fold
from app.ui.widgets.line import Line

_TEXT_HEIGHT = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedReferral:
    """A referral and its sender as they stand in the form."""

    referral: ReferralDraft
    sender: Sender


class ReferralForm(CautionForm):
    """Everything of a referral but whom it is about."""

    def __init__(self, book: Book, title: str, save: str, parent: QWidget | None = None) -> None:
        super().__init__(book, title, save, parent)
        self._make_editors()
        self.build_person()
        self._lay_out()
        self.pays.activated.connect(self._on_pays)
        self.sender_fields.source_known.connect(self._on_source_known)
        for one in (self.sender_fields.organisation, self.sender_fields.worker):
            one.entered.connect(self._on_save)
        self._on_pays()

    @abstractmethod
    def build_person(self) -> None:
        """Add the fields that say whom it is about."""

    @abstractmethod
    def who(self) -> str:
        """Return whom it is about, for the question before throwing away."""

    def _make_editors(self) -> None:
        looks, book = self.looks, self.book
        self.received = DateLine(book.today)
        self.received.show_day(book.today())
        self.channel = self._choice(CHANNELS, "not_recorded")
        self.source = self._choice(SOURCE_TYPES, "not_recorded")
        self.sender_fields = SenderFields(book, self)
        self.activity = Choice(looks, "")
        self.activity.addItem(self.tr("Not said"), None)
        for one in activities.list_activities(book.register):
            self.activity.addItem(one.name, one.id)
        self.pays = self._choice(WHO_PAYS, "not_known")
        self.agreement = Choice(looks, "")
        self.back = self._choice(REPORT_BACK, "not_asked")
        self.reasons = TickGroup(looks, REASONS)
        self.needs = TickGroup(looks, NEEDS)
        self.helps = self._text()
        self.reference = Line()
        self.notes = self._text()

    def _choice(self, words: Any, chosen: str) -> Choice:
        choice = Choice(self.looks, "")
        for code, text in words.items():
            choice.addItem(self.tr(text), code)
        choice.setCurrentIndex(max(0, choice.findData(chosen)))
        choice.setMinimumContentsLength(12)
        choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return choice

    def _text(self) -> QPlainTextEdit:
        text = QPlainTextEdit()
        text.setTabChangesFocus(True)
        text.setFixedHeight(self.looks.px(_TEXT_HEIGHT))
        return text

    def _lay_out(self) -> None:
        tr = self.tr
        row = self.add_row()
        self.add_field("received_on", tr("Received"), self.received, into=row)
        self.add_field("channel", tr("How it came"), self.channel, into=row)
        row = self.add_row()
        self.add_field(
            "referrer_name", tr("Organisation that sent them"), self.sender_fields.organisation,
            into=row,
        )  # fmt: skip
        self.add_field("worker_name", tr("Who there"), self.sender_fields.worker, into=row)
        row = self.add_row()
        self.add_field("source_type", tr("What kind of sender"), self.source, into=row)
        self.add_field("activity_id", tr("What for"), self.activity, into=row)
        row = self.add_row()
        self.add_field("who_pays", tr("Who pays"), self.pays, into=row)
        self.add_field("agreement_id", tr("Which agreement"), self.agreement, into=row)
        self.add_field(
            "report_back", tr("May we tell the sender how it goes?"), self.back,
            hint=tr("The letter back says no more than this allows."),
        )  # fmt: skip
        self.add_field("reasons", tr("Why they were sent"), self.reasons)
        self.more = Fold(self.looks, tr("Needs, what helps, reference, notes"))
        self.form.addWidget(self.more)
        for key, label, editor in (
            ("needs", tr("Needs"), self.needs),
            ("what_helps", tr("What helps"), self.helps),
            ("reference", tr("The sender’s own reference"), self.reference),
            ("notes", tr("Notes"), self.notes),
        ):
            self.more.body.addWidget(self.add_field(key, label, editor))

    def load(self, referral: Referral) -> None:
        """Show a referral that is changed."""
        for choice, value in (
            (self.channel, referral.channel), (self.source, referral.source_type),
            (self.activity, referral.activity_id), (self.pays, referral.who_pays),
            (self.back, referral.report_back),
        ):  # fmt: skip
            choice.setCurrentIndex(max(0, choice.findData(value)))
        self.received.show_day(referral.received_on)
        self.reasons.tick(referral.reasons)
        self.needs.tick(referral.needs)
        self.helps.setPlainText(referral.what_helps)
        self.reference.setText(referral.reference)
        self.notes.setPlainText(referral.notes)
        said = (referral.needs, referral.what_helps, referral.reference, referral.notes)
        self.more.open(any(said))
        self._on_pays()
        self.agreement.setCurrentIndex(max(0, self.agreement.findData(referral.agreement_id)))

    def read_referral(self) -> tuple[TypedReferral, tuple[Problem, ...]]:
        """Return the referral as typed, and a day that could not be read."""
        day, sender = self.received.day("received_on"), self.sender_fields.read()
        problems = (day,) if isinstance(day, Problem) else ()
        draft = ReferralDraft(
            received_on=None if isinstance(day, Problem) else day,
            activity_id=self.activity.currentData(),
            source_type=str(self.source.currentData()),
            referrer_id=sender.referrer_id,
            worker_id=sender.worker_id,
            channel=str(self.channel.currentData()),
            reference=self.reference.text(),
            reasons=self.reasons.ticked,
            needs=self.needs.ticked,
            what_helps=self.helps.toPlainText(),
            report_back=str(self.back.currentData()),
            who_pays=str(self.pays.currentData()),
            agreement_id=self.agreement.currentData()
            if self.pays.currentData() == "agreement"
            else None,
            notes=self.notes.toPlainText(),
        )
        return TypedReferral(referral=draft, sender=sender), problems

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Open what is folded away where something in it is to correct."""
        if any(
            problem.field in {"needs", "what_helps", "reference", "notes"} for problem in problems
        ):
            self.more.open()
        super().show_problems(problems)

    # --- while choosing ----------------------------------------------------------------------

    def _on_source_known(self, source_type: str) -> None:
        if self.source.currentData() == "not_recorded":
            self.source.setCurrentIndex(max(0, self.source.findData(source_type)))

    def _on_pays(self) -> None:
        wanted = self.pays.currentData() == "agreement"
        if wanted and not self.agreement.count():
            self._offer_agreements()
        self.fields["agreement_id"].setVisible(wanted)

    def _offer_agreements(self) -> None:
        """Offer the agreements that run now, with the places left; then those that are over."""
        today = self.book.today()
        for standing in places.agreement_standings(self.book.register, today=today):
            self.agreement.addItem(
                _agreement_words(
                    standing.agreement, standing.free, over=not standing.agreement.goes_on(today)
                ),
                standing.agreement.id,
            )
        self.agreement.setMinimumContentsLength(12)
        self.agreement.setSizeAdjustPolicy(
            Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        if not self.agreement.count():
            self.agreement.addItem(self.tr("No agreement is in the book yet"), None)

    # --- closing -----------------------------------------------------------------------------

    _at_first: Any = None

    def remember(self) -> None:
        """Note what stands in the form now: only what is typed after it would be lost."""
        self._at_first = self.draft()[0]

    def accept(self) -> None:
        """Close after saving."""
        self.remember()
        super().accept()

    def reject(self) -> None:
        """Close; asks first when something was typed that would be lost."""
        if not self.isVisible() or self.draft()[0] == self._at_first:
            super().reject()
        else:
            self.ask_to_throw_away(self._throw_away)

    def ask_to_throw_away(self, then: Callable[[], None]) -> None:
        """Ask before what was typed is lost."""
        self.book.messages.ask(
            self,
            Question(
                text=self.tr("Throw away what you typed about {who}?").format(
                    who=self.who() or self.tr("this person")
                ),
                more=self.tr("It is not saved yet."),
                yes=self.tr("Throw it away"),
                no=self.tr("Go on typing"),
            ),
            then,
        )

    def _throw_away(self) -> None:
        self.remember()
        super().reject()


def _agreement_words(agreement: Agreement, free: int | None, *, over: bool) -> str:
    parts = [agreement.funder, agreement.reference]
    if over:
        parts.append("over")
    elif free is not None:
        parts.append(
            "no place left" if not free else f"{free} {'place' if free == 1 else 'places'} left"
        )
    return " · ".join(part for part in parts if part)
