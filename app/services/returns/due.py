"""Reports that are due, by grant and agreement, and what grants promised."""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.changes import Topic
from app.domain.grants import Grant, GrantState
from app.domain.ids import AgreementId, DraftId, GrantId, ReportDueId
from app.domain.names import NAME_LIMIT, TEXT_LIMIT, clean, clean_lines
from app.domain.periods import Period, short_date
from app.domain.places import Agreement
from app.domain.problems import Problem
from app.domain.returns import REMIND_DAYS, DraftSettings, ReportDueDraft, Target
from app.figures.breakdowns import breakdown
from app.figures.evaluate import break_down
from app.figures.outcomes import figures_of
from app.returns.language.wording import in_words
from app.services.result import Done, Refused
from app.services.returns import drafts as writing
from app.services.returns import proof
from app.storage import drafts, grants, places, reports_due
from app.storage.register import Register
from app.storage.reports_due import DueRow

_TOPICS = frozenset({Topic.RETURNS})


class DueState(StrEnum):
    """How pressing a report is."""

    OVERDUE = "overdue"
    SOON = "soon"
    """Within 28 days."""
    LATER = "later"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDue:
    """A report somebody waits for."""

    id: ReportDueId | None
    """None where only its grant says when it is due."""
    grant_id: GrantId | None
    agreement_id: AgreementId | None
    about: str
    """National Lottery, NL-2026-14."""
    template_id: str
    due_on: dt.date
    period: Period | None
    """What it is about: as written down, else the grant's own days."""
    done_on: dt.date | None
    note: str
    days_left: int
    """Below nothing when it is overdue."""
    state: DueState
    text: str
    """due in six days, Fri 6 Nov 2026."""
    draft_id: DraftId | None
    """The draft that was begun for it, the newest."""


def listed(register: Register, *, today: dt.date, done: bool = True) -> tuple[ReportDue, ...]:
    """Return the reports, those not done first by their day; those that are done after, newest first."""
    known = {one.id: one for one in grants.listed(register)}
    agreements = {one.id: one for one in places.agreements(register)}
    begun: dict[tuple[int | None, int | None, dt.date | None], DraftId] = {}
    for draft in reversed(drafts.listed(register)):
        begun[draft.grant_id, draft.agreement_id, draft.due_on] = draft.id
    found = [
        _due(
            row,
            known.get(row.grant_id) if row.grant_id is not None else None,
            agreements.get(row.agreement_id) if row.agreement_id is not None else None,
            begun.get((row.grant_id, row.agreement_id, row.due_on)),
            today,
        )
        for row in reports_due.listed(register)
    ]
    waiting = [one for one in found if one.state is not DueState.DONE]
    finished = [one for one in reversed(found) if one.state is DueState.DONE]
    return (*waiting, *(finished if done else ()))


def reminders(register: Register, *, today: dt.date) -> tuple[ReportDue, ...]:
    """Return the reports to speak of today: overdue, or due within 28 days."""
    pressing = {DueState.OVERDUE, DueState.SOON}
    return tuple(one for one in listed(register, today=today, done=False) if one.state in pressing)


def _due(
    row: DueRow, grant: Grant | None, agreement: Agreement | None, draft_id: DraftId | None,
    today: dt.date,
) -> ReportDue:  # fmt: skip
    days = (row.due_on - today).days
    state = DueState.LATER if days > REMIND_DAYS else DueState.SOON
    state = DueState.OVERDUE if days < 0 else state
    reported = grant is not None and grant.state is GrantState.CLOSED
    state = DueState.DONE if row.done_on or reported else state
    return ReportDue(
        id=row.id, grant_id=row.grant_id, agreement_id=row.agreement_id,
        about=_about(grant, agreement), template_id=row.template_id, due_on=row.due_on,
        period=row.period or _period(grant, agreement), done_on=row.done_on, note=row.note,
        days_left=days, state=state, text=_text(row, days, state), draft_id=draft_id,
    )  # fmt: skip


def _about(grant: Grant | None, agreement: Agreement | None) -> str:
    if grant is not None:
        return f"{grant.funder}, {grant.reference}"
    if agreement is None:
        return ""
    return agreement.funder + (f", {agreement.reference}" if agreement.reference else "")


def _period(grant: Grant | None, agreement: Agreement | None) -> Period | None:
    first = grant.starts_on if grant else agreement.from_on if agreement else None
    last = grant.ends_on if grant else agreement.to_on if agreement else None
    return Period(first=first, last=last) if first and last else None


def _text(row: DueRow, days: int, state: DueState) -> str:
    day = short_date(row.due_on)
    if state is DueState.DONE:
        return f"done on {short_date(row.done_on)}" if row.done_on else "reported and closed"
    if days in {-1, 0, 1}:
        return f"due {('yesterday', 'today', 'tomorrow')[days + 1]}, {day}"
    if days < 0:
        return f"{in_words(-days)} days overdue, since {day}"
    return f"due in {in_words(days)} days, {day}" if days <= REMIND_DAYS else f"due {day}"


# --- keeping --------------------------------------------------------------------------------------


def save(
    register: Register, due: ReportDueDraft, due_id: ReportDueId | None = None
) -> Done | Refused:
    """Add a report that is due, or (with an id) change one."""
    due = replace(due, note=clean_lines(due.note))
    problems = _problems(register, due, due_id)
    if problems:
        return Refused(problems=problems)
    text = f"{'change' if due_id else 'add'} a report that is due"
    with register.transaction("due.save", text=text, topics=_TOPICS, subject_id=due_id):
        kept = reports_due.keep(register, due, due_id)
    return Done(changes=_TOPICS, text=text, ids=(kept,))


def _problems(
    register: Register, due: ReportDueDraft, due_id: ReportDueId | None
) -> tuple[Problem, ...]:
    problems: list[Problem] = []
    if due.due_on is None:
        problems.append(Problem(code="due_day_needed", field="due_on"))
    if (due.grant_id is None) == (due.agreement_id is None):
        problems.append(Problem(code="due_about_needed", field="grant_id"))
    if len(due.note) > TEXT_LIMIT:
        limit = {"limit": f"{TEXT_LIMIT:,}"}
        problems.append(Problem(code="text_too_long", field="note", values=limit))
    rows = [row for row in reports_due.listed(register) if row.id is not None]
    if due_id is not None and due_id not in {row.id for row in rows}:
        problems.append(Problem(code="due_gone"))
    same = (due.grant_id, due.agreement_id, due.due_on)
    if any((r.grant_id, r.agreement_id, r.due_on) == same and r.id != due_id for r in rows):
        values = {"value": short_date(due.due_on)} if due.due_on else {}
        problems.append(Problem(code="due_twice", field="due_on", values=values))
    return tuple(problems)


def remove(register: Register, due_id: ReportDueId) -> Done | Refused:
    """Take a report out of the list; one that its grant names stays due by that."""
    text = "take a report out of the list"
    if due_id not in {row.id for row in reports_due.listed(register)}:
        return Refused(problems=(Problem(code="due_gone"),))
    with register.transaction("due.remove", text=text, topics=_TOPICS, subject_id=due_id):
        reports_due.remove(register, due_id)
    return Done(changes=_TOPICS, text=text, ids=(due_id,))


def mark_done(register: Register, due: ReportDue, done_on: dt.date | None) -> Done | Refused:
    """Say that a report was done in another way on a day, or (with None) that it was not."""
    draft = ReportDueDraft(
        grant_id=due.grant_id, agreement_id=due.agreement_id, template_id=due.template_id,
        due_on=due.due_on, period=due.period, done_on=done_on, note=due.note,
    )  # fmt: skip
    return save(register, draft, due.id)


def start(register: Register, due: ReportDue, *, template_id: str = "") -> Done | Refused:
    """Start a draft for a report, on its own form or another one."""
    form = template_id or due.template_id
    if not form:
        return Refused(problems=(Problem(code="template_needed", field="template_id"),))
    return writing.start(
        register,
        DraftSettings(
            template_id=form, title="", period=due.period, grant_id=due.grant_id,
            agreement_id=due.agreement_id, due_on=due.due_on,
        ),
    )  # fmt: skip


# --- what a grant promised ------------------------------------------------------------------------


def targets_of(register: Register, grant_id: GrantId) -> tuple[Target, ...]:
    """Return what a grant promised."""
    return drafts.targets(register, grant_id)


def set_targets(
    register: Register, grant_id: GrantId, wanted: tuple[Target, ...]
) -> Done | Refused:
    """Put these targets in the place of those a grant has."""
    wanted = tuple(replace(one, label=clean(one.label)) for one in wanted)
    if grants.get(register, grant_id) is None:
        return Refused(problems=(Problem(code="grant_gone"),))
    problems = _target_problems(register, wanted)
    if problems:
        return Refused(problems=problems)
    topics = frozenset({Topic.RETURNS, Topic.GRANTS})
    text = "change what a grant promised"
    with register.transaction("grant.targets", text=text, topics=topics, subject_id=grant_id):
        drafts.set_targets(register, grant_id, wanted)
    return Done(changes=topics, text=text, ids=(grant_id,))


def _target_problems(register: Register, wanted: tuple[Target, ...]) -> tuple[Problem, ...]:
    known = figures_of(register)
    problems: list[Problem] = []
    seen: set[tuple[str, str, str]] = set()
    for place, one in enumerate(wanted):
        named = f"targets.{place}"
        figure = known.get(one.figure)
        if figure is None:
            values = {"value": one.figure}
            problems.append(Problem(code="target_figure_unknown", field=named, values=values))
        elif bool(one.breakdown) != bool(one.part) or (
            one.breakdown and not _cuts(figure.breakdowns, one.breakdown)
        ):
            values = {"value": one.part or one.breakdown}
            problems.append(Problem(code="target_part_unknown", field=named, values=values))
        if not 0 <= one.target < float("inf"):
            problems.append(Problem(code="target_range", field=named))
        if len(one.label) > NAME_LIMIT:
            limit = {"limit": f"{NAME_LIMIT:,}"}
            problems.append(Problem(code="text_too_long", field=named, values=limit))
        if (one.figure, one.breakdown, one.part) in seen:
            problems.append(Problem(code="target_twice", field=named))
        seen.add((one.figure, one.breakdown, one.part))
    return tuple(problems)


def _cuts(allowed: tuple[str, ...], by: str) -> bool:
    try:
        return breakdown(by).id.partition(":")[0] in allowed
    except KeyError:
        return False


def parts_to_promise(
    register: Register, figure_id: str, by: str, period: Period
) -> tuple[tuple[str, str], ...]:
    """Return the parts a target can be of, as key and label; raises KeyError as counting does."""
    found = break_down(register, figure_id, by, proof.scope_of(register, period, None))
    return tuple((part.key, part.label) for part in found.parts)
