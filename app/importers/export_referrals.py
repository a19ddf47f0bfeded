"""The referrals of an open export: referrals.csv, with the steps beside it or as its state tells."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from app.domain.referrals import (
    CHANNELS,
    NEEDS,
    NOT_ACCEPTED_REASONS,
    REASONS,
    REPORT_BACK,
    SOURCE_TYPES,
    WHO_PAYS,
    ReferralDraft,
    State,
    Step,
    StepDraft,
    validate_referral,
)
from app.importers.base import Options, Place, ReferralRow, SenderRow
from app.importers.export_faults import Faults
from app.importers.export_people import PeopleOfExport
from app.importers.export_sessions import SessionsOfExport
from app.importers.export_table import ExportTable, is_yes, number_of

_NAMES = (
    "referral_id", "person_id", "activity_id", "received_on", "answered_on", "state",
    "not_accepted_reason", "source_type", "source_organisation", "reasons", "paid", "in_bin",
    "needs", "channel", "reference", "referrer_id", "worker_id", "what_helps", "report_back",
    "who_pays", "agreement_id", "notes",
)  # fmt: skip
_CODES: Mapping[str, tuple[Mapping[str, str], str]] = {
    "source_type": (SOURCE_TYPES, "not_recorded"),
    "channel": (CHANNELS, "not_recorded"),
    "report_back": (REPORT_BACK, "not_asked"),
    "who_pays": (WHO_PAYS, "not_known"),
}
_ANSWERED = {
    State.ACCEPTED: Step.ACCEPTED, State.WAITING: Step.WAITING, State.STARTED: Step.ACCEPTED,
    State.ATTENDING: Step.ACCEPTED, State.COMPLETED: Step.ACCEPTED,
    State.LEFT_EARLY: Step.ACCEPTED, State.MOVED_ON: Step.ACCEPTED,
    State.NOT_ACCEPTED: Step.NOT_ACCEPTED, State.PERSON_DECLINED: Step.WAITING,
    State.NO_CONTACT: Step.WAITING,
}  # fmt: skip
"""What was answered, where only the state and the day of the answer are known."""
_ENDED = {
    State.CONTACTED: Step.CONTACTED, State.PERSON_DECLINED: Step.PERSON_DECLINED,
    State.NO_CONTACT: Step.NO_CONTACT, State.COMPLETED: Step.COMPLETED,
    State.LEFT_EARLY: Step.LEFT_EARLY, State.MOVED_ON: Step.MOVED_ON,
}  # fmt: skip
_ANSWER_UNKNOWN = "Answered on this day; the export does not say how."
_DAY_UNKNOWN = "The export does not say on which day."
Row = list[str]


class ReferralsOfExport:
    """Referrals as they are met in referrals.csv."""

    def __init__(
        self, options: Options, faults: Faults, people: PeopleOfExport, sessions: SessionsOfExport
    ) -> None:
        self.rows: list[ReferralRow] = []
        self._options = options
        self._faults = faults
        self._people = people
        self._sessions = sessions
        self._met: set[str] = set()

    def read(self, table: ExportTable, *, with_steps: bool) -> int:
        """Read referrals.csv; ``with_steps``: how each stands is told by its state alone."""
        get = {name: table.getter(name) for name in _NAMES}
        rows = 0
        for number, row in table.rows():
            rows += 1
            where = Place(sheet="referrals.csv", row=number)
            own = get["referral_id"](row)
            if own in self._met or number_of(own) is None:
                self._faults.problem(where, "id_twice" if own in self._met else "id_needed", own)
                continue
            self._met.add(own)
            received = self._faults.day(get["received_on"](row), where, needed=True)
            if received is None:
                continue
            one = self._row(where, row, get, received)
            if one is not None:
                steps = self._steps(where, row, get, received) if with_steps else ()
                self.rows.append(replace(one, steps=steps))
        return rows

    def _row(
        self, where: Place, row: Row, get: Mapping[str, Callable[[Row], str]], received: dt.date
    ) -> ReferralRow | None:
        values = self._values(where, row, get)
        draft = self._draft(where, ReferralDraft(received_on=received, **values))
        if draft is None:
            return None
        activity = get["activity_id"](row)
        return ReferralRow(
            place=where,
            person=self._people.index(get["person_id"](row)),
            received_on=received,
            activity=self._sessions.activity_index(activity) if activity else None,
            sender=SenderRow(
                name=get["source_organisation"](row).strip(),
                file_id=number_of(get["referrer_id"](row)),
                worker_file_id=number_of(get["worker_id"](row)),
            ),
            file_id=number_of(get["referral_id"](row)),
            agreement_file_id=number_of(get["agreement_id"](row)),
            in_bin=is_yes(get["in_bin"](row)),
            **{name: getattr(draft, name) for name in values},
        )

    def _values(
        self, where: Place, row: Row, get: Mapping[str, Callable[[Row], str]]
    ) -> dict[str, Any]:
        values: dict[str, Any] = {
            name: get[name](row) for name in ("reference", "what_helps", "notes")
        }
        for name, (known, usual) in _CODES.items():
            text = get[name](row)
            if text and text not in known:
                self._faults.problem(where, "answer_unknown", text)
            values[name] = text if text in known else usual
        if not get["who_pays"](row) and is_yes(get["paid"](row)):
            values["who_pays"] = "other"
        for name, codes in (("reasons", REASONS), ("needs", NEEDS)):
            parts = {part.strip() for part in get[name](row).split(";")} - {""}
            for part in sorted(parts - set(codes)):
                self._faults.problem(where, "answer_unknown", part)
            values[name] = frozenset(parts & set(codes))
        return values

    def _draft(self, where: Place, draft: ReferralDraft) -> ReferralDraft | None:
        """Return the draft without what the book would refuse; None when its day cannot be."""
        usual = ReferralDraft()
        for problem in validate_referral(draft, today=self._options.today):
            if problem.code == "agreement_needed":
                continue  # the agreement is found by its id when the rest is written
            self._faults.broken_rule(where, problem, str(getattr(draft, problem.field) or ""))
            if problem.field == "received_on":
                return None
            draft = replace(draft, **{problem.field: getattr(usual, problem.field)})
        return draft

    def _steps(
        self, where: Place, row: Row, get: Mapping[str, Callable[[Row], str]], received: dt.date
    ) -> tuple[StepDraft, ...]:
        """Return the steps that bring a referral to its state, where the export has no steps."""
        text = get["state"](row)
        if text not in set(State):
            if text:
                self._faults.problem(where, "answer_unknown", text)
            return ()
        state = State(text)
        answered = self._faults.day(get["answered_on"](row), where)
        last = max(received, answered or received)
        steps: list[StepDraft] = []
        if state in _ANSWERED and (answered or state is State.NOT_ACCEPTED):
            reason = get["not_accepted_reason"](row)
            if state is not State.NOT_ACCEPTED:
                reason = ""
            elif reason not in NOT_ACCEPTED_REASONS:
                reason = "other"
            note = _ANSWER_UNKNOWN if _ANSWERED[state] is Step.WAITING and state in _ENDED else ""
            steps.append(StepDraft(step=_ANSWERED[state], step_on=last, reason=reason, note=note))
        if state in _ENDED:
            steps.append(StepDraft(step=_ENDED[state], step_on=last, note=_DAY_UNKNOWN))
        return tuple(steps)
