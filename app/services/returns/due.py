"""Reports that are due: written down, done, begun; and what grants promised.

What is due is read in services.reports_due.
"""

import datetime as dt
from dataclasses import replace

from app.domain.changes import Topic
from app.domain.ids import GrantId, ReportDueId
from app.domain.names import NAME_LIMIT, TEXT_LIMIT, clean, clean_lines
from app.domain.periods import Period, short_date
from app.domain.problems import Problem
from app.domain.returns import DraftSettings, ReportDueDraft, Target
from app.figures.breakdowns import breakdown
from app.figures.evaluate import break_down
from app.figures.outcomes import figures_of
from app.services.reports_due import ReportDue
from app.services.result import Done, Refused
from app.services.returns import drafts as writing
from app.services.returns import proof
from app.storage import drafts, grants, reports_due
from app.storage.register import Register

_TOPICS = frozenset({Topic.RETURNS})


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
