"""Note what was done about a referral: when, why, and what follows from it."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.ids import ActivityId
from app.domain.problems import Problem
from app.domain.referrals import STEP_REASONS, STEP_WORDS, ReferralStep, Step, StepDraft
from app.services import activities, referrals
from app.services.referrals import ReferralRow
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.referrals import words as said
from app.ui.referrals.caution_form import CautionForm
from app.ui.widgets.choice import Choice
from app.ui.widgets.tick import TickBox

_TAKES_IN = frozenset({Step.ACCEPTED, Step.WAITING})
_MAY_GO = frozenset({Step.LEFT_EARLY, Step.COMPLETED})


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedStep:
    """A step as it stands in the form."""

    step: StepDraft
    activity: ActivityId | None
    off_register: bool | None


class StepFields(CautionForm):
    """The day, the reason and a note of a step."""

    def build_fields(self, step: Step, *, reason: str = "", needed: bool = False) -> None:
        """Add the fields that a kind of step has."""
        tr, looks = self.tr, self.looks
        self.reason = Choice(looks, "")
        known = STEP_REASONS.get(step, {})
        if step is not Step.NOT_ACCEPTED or not needed:
            self.reason.addItem(tr("Not recorded"), "")
        for code, text in known.items():
            self.reason.addItem(tr(text), code)
        self.reason.setCurrentIndex(max(0, self.reason.findData(reason)))
        self.day = DateLine(self.book.today)
        self.day.show_day(self.book.today())
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(looks.px(64))
        self.reason_field = self.add_field("reason", tr("Why"), self.reason)
        self.reason_field.setVisible(bool(known))
        self.add_field("step_on", tr("When"), self.day)
        self.note_field = self.add_field("note", tr("Note, if you like"), self.note)

    def read_step(self, step: Step) -> tuple[StepDraft, tuple[Problem, ...]]:
        """Return the step as typed, and a day that could not be read."""
        day = self.day.day("step_on")
        problems = (day,) if isinstance(day, Problem) else ()
        draft = StepDraft(
            step=step,
            step_on=None if isinstance(day, Problem) else day,
            reason=str(self.reason.currentData() or "") if step in STEP_REASONS else "",
            note=self.note.toPlainText(),
        )
        return draft, problems


class StepDialog(StepFields):
    """Take the next step of a referral."""

    taken = Signal(object)
    """The Done."""

    def __init__(
        self,
        book: Book,
        row: ReferralRow,
        step: Step,
        *,
        reason: str = "",
        parent: QWidget | None = None,
    ) -> None:
        button = said.tr(said.STEP_BUTTONS[step][0]).rstrip("…")
        super().__init__(book, f"{button}: {row.full_name}", button, parent)
        self._row, self._step = row, step
        self.activity = Choice(book.looks, "")
        self.off = TickBox(book.looks, self.tr("Take them off the register from that day"))
        if step in _TAKES_IN:
            self._offer_activities()
        self.build_fields(step, reason=reason, needed=True)
        if step in _MAY_GO and row.activity:
            self.off.setChecked(step is Step.LEFT_EARLY)
            self.add_field("off", row.activity, self.off)

    def _offer_activities(self) -> None:
        row = self._row
        self.activity.addItem(self.tr("No activity chosen yet"), None)
        for one in activities.list_activities(self.book.register):
            self.activity.addItem(one.name, one.id)
        self.activity.setCurrentIndex(max(0, self.activity.findData(row.activity_id)))
        hint = self.tr("They are put on its register from that day.")
        if self._step is Step.WAITING:
            hint = self.tr("They wait for a place there, in the order of the days.")
        self.add_field("activity_id", self.tr("For which activity"), self.activity, hint=hint)

    def draft(self) -> tuple[TypedStep, tuple[Problem, ...]]:
        """Return the step as typed."""
        step, problems = self.read_step(self._step)
        goes = "off" in self.fields
        chosen = self.activity.currentData() if self._step in _TAKES_IN else None
        typed = TypedStep(
            step=step,
            activity=chosen if chosen != self._row.activity_id else None,
            off_register=self.off.isChecked() if goes else None,
        )
        return typed, problems

    def carry_out(self, draft: Any, *, anyway: bool) -> Done | Refused:
        """Take the step."""
        return referrals.take_step(
            self.book.register,
            self._row.id,
            draft.step,
            today=self.book.today(),
            activity_id=draft.activity,
            off_register=draft.off_register,
            anyway=anyway,
        )

    def after(self, done: Done) -> None:
        """Tell whoever waits for it."""
        self.taken.emit(done)


class CorrectStepDialog(StepFields):
    """Correct a step that was noted wrongly."""

    def __init__(self, book: Book, step: ReferralStep, *, parent: QWidget | None = None) -> None:
        what = STEP_WORDS[step.step]
        super().__init__(book, f"Correct: {what}", "Save", parent)
        self._before = step
        self.build_fields(step.step, reason=step.reason)
        self.day.show_day(step.step_on)
        self.note.setPlainText(step.note)

    def draft(self) -> tuple[StepDraft, tuple[Problem, ...]]:
        """Return the step as typed."""
        return self.read_step(self._before.step)

    def carry_out(self, draft: Any, *, anyway: bool) -> Done | Refused:  # noqa: ARG002
        """Correct it."""
        return referrals.correct_step(
            self.book.register, self._before.id, draft, today=self.book.today()
        )
