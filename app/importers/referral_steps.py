"""The dated steps of a referral in a spreadsheet: a state with its day, and days of their own."""

import datetime as dt

from app.domain.equality import NOT_ASKED
from app.domain.names import TEXT_LIMIT
from app.domain.periods import short_date
from app.domain.referral_steps import order_problems
from app.domain.referrals import (
    BEGINNING,
    ENDS,
    SOFT_ENDS,
    STEP_REASONS,
    STEP_WORDS,
    Step,
    StepDraft,
    validate_step,
)
from app.importers.cells import Row, text_of
from app.importers.fields import Field
from app.importers.referral_cells import ReferralCells, Remarks
from app.importers.referral_values import reason_of, state_and_reason

_OWN_DAYS = {
    Field.CONTACTED_ON: Step.CONTACTED, Field.WAITING_ON: Step.WAITING,
    Field.ACCEPTED_ON: Step.ACCEPTED, Field.NOT_ACCEPTED_ON: Step.NOT_ACCEPTED,
}  # fmt: skip
"""Columns of days that say by themselves what was done."""
_BY_STATE = {"started": Step.ACCEPTED, "attending": Step.ACCEPTED}
"""That they came is told by the register; what the sender was told is that they are taken."""
_ACCEPTED_UNDATED = "The file does not say on which day."


class StepsReader:
    """Reads what was done about the referral of one row."""

    def __init__(self, reader: ReferralCells, number: int, row: Row, received: dt.date) -> None:
        self._reader = reader
        self._number = number
        self._row = row
        self._received = received

    def read(self, remarks: Remarks) -> tuple[StepDraft, ...]:
        """Return the steps in order; what is no step, or does not fit, stands in the notes."""
        days = self._days(remarks)
        target = self._target(days, remarks)
        others = [
            StepDraft(step=step, step_on=day, reason="other" if step is Step.NOT_ACCEPTED else "")
            for column, step in _OWN_DAYS.items()
            if (day := days.get(column)) and (target is None or step is not target.step)
        ]
        return self._in_order(others, target, remarks)

    def _days(self, remarks: Remarks) -> dict[Field, dt.date]:
        found: dict[Field, dt.date] = {}
        for column in (*_OWN_DAYS, Field.STATE_ON, Field.ENDED_ON):
            day, code = self._reader.day(self._row, column)
            text = text_of(self._reader.cell(self._row, column))
            if day is not None:
                draft = StepDraft(step=Step.CONTACTED, step_on=day)
                faults = validate_step(
                    draft, received_on=self._received, today=self._reader.options.today
                )
                if not faults:
                    found[column] = day
                    continue
                self._reader.problem(
                    self._number, column, faults[0].code, text,
                    f"{faults[0].text} It is kept in the referral's notes.",
                )  # fmt: skip
            elif code:
                self._reader.problem(self._number, column, code, text)
            if text:
                remarks.add(self._reader.header(column), text)
        return found

    def _target(self, days: dict[Field, dt.date], remarks: Remarks) -> StepDraft | None:
        """Return the step that the state of the row comes to, or None."""
        text = self._reader.text(self._row, Field.REFERRAL_STATE)
        reason = self._reader.text(self._row, Field.STATE_REASON)
        told = self._reader.sayings.told(Field.REFERRAL_STATE, text) if text else ""
        state, why = (told, reason) if told else state_and_reason(text, reason)
        if text and not state:
            self._reader.unknown(self._number, Field.REFERRAL_STATE, text, remarks)
        elif state == NOT_ASKED:
            remarks.add(self._reader.header(Field.REFERRAL_STATE), text)
        if not text and Field.NOT_ACCEPTED_ON in days:
            state = "not_accepted"
        step = _BY_STATE.get(state or "") or (Step(state) if state in set(Step) else None)
        if step is None:
            self._left_over(days, state, why, remarks)
            return None
        day = self._day_of(step, days)
        if day is None:
            self._reader.problem(self._number, Field.REFERRAL_STATE, "state_without_day", text)
            remarks.add(self._reader.header(Field.REFERRAL_STATE), text)
            if why:
                remarks.add("Why", why)
            return None
        code, note = self._reason(step, why, remarks)
        return StepDraft(step=step, step_on=day, reason=code, note=note[:TEXT_LIMIT])

    def _left_over(
        self, days: dict[Field, dt.date], state: str | None, why: str, remarks: Remarks
    ) -> None:
        """Keep a day of ending and a reason that no state explains."""
        if why:
            remarks.add(self._reader.header(Field.STATE_REASON), why)
        if Field.ENDED_ON in days:
            shown = short_date(days[Field.ENDED_ON])
            self._reader.problem(self._number, Field.ENDED_ON, "state_how_unknown", shown)
            remarks.add("Ended on", shown)
        elif Field.STATE_ON in days and not state:
            remarks.add(self._reader.header(Field.STATE_ON), short_date(days[Field.STATE_ON]))

    def _day_of(self, step: Step, days: dict[Field, dt.date]) -> dt.date | None:
        own = next((column for column, made in _OWN_DAYS.items() if made is step), None)
        order = [own] if own else []
        order += [Field.ENDED_ON] if step in ENDS | SOFT_ENDS else []
        return next((days[c] for c in (*order, Field.STATE_ON) if c in days), None)

    def _reason(self, step: Step, why: str, remarks: Remarks) -> tuple[str, str]:
        """Return the code of why, and the words where they are not the code's own."""
        reader = self._reader
        if step not in STEP_REASONS:
            if why:
                remarks.add(reader.header(Field.STATE_REASON) or "Why", why)
            return "", ""
        told = reader.sayings.told(Field.STATE_REASON, why) if why else ""
        code = told if told in STEP_REASONS[step] else reason_of(step, why)
        if why and not code and told != NOT_ASKED:
            reader.unknown(self._number, Field.STATE_REASON, why, remarks)
        if step is Step.NOT_ACCEPTED and not code:
            reader.without_reason += 1
            code = "other"
        return code or "", "" if code and code != "other" else why

    def _in_order(
        self, others: list[StepDraft], target: StepDraft | None, remarks: Remarks
    ) -> tuple[StepDraft, ...]:
        """Return the steps that can follow one another, with the state last; the rest is noted."""
        kept: list[StepDraft] = []
        for one in sorted(others, key=lambda s: (s.step_on, s.step not in BEGINNING)):
            late = target is not None and (one.step_on or dt.date.max) > (
                target.step_on or dt.date.min
            )
            if late or order_problems([*kept, one], self._received, ()):
                _keep_as_note(one, remarks)
            else:
                kept.append(one)
        if target is None:
            return tuple(kept)
        if target.step in ENDS and not any(s.step is Step.ACCEPTED for s in kept):
            accepted = StepDraft(step=Step.ACCEPTED, step_on=target.step_on, note=_ACCEPTED_UNDATED)
            self._reader.accepted_by_end += 1
            kept.append(accepted)
        while kept and order_problems([*kept, target], self._received, ()):
            needed = target.step in ENDS and kept[-1].step is Step.ACCEPTED and len(kept) > 1
            _keep_as_note(kept.pop(-2 if needed else -1), remarks)
        return (*kept, target)


def _keep_as_note(step: StepDraft, remarks: Remarks) -> None:
    if step.step_on is not None:
        remarks.add(STEP_WORDS[step.step], short_date(step.step_on))
