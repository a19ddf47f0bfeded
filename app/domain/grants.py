"""Grants: from the idea to the last report, with their budgets, and what a payment must fit.

Sources: spend only after the award and only on the project, no cost paid for twice [S1]; budget by
heading in whole pounds, ten rows at most, for Awards for All [S1]; a report before the next grant
[S30][S31].
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.ids import ActivityId, FundId, GrantId, HeadingId
from app.domain.ledger import EntryDraft, EntryKind
from app.domain.money import pounds
from app.domain.names import NAME_LIMIT, TEXT_LIMIT
from app.domain.periods import short_date
from app.domain.problems import Problem


class GrantState(StrEnum):
    """How far a grant is."""

    PLANNED = "planned"
    APPLIED = "applied"
    AWARDED = "awarded"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


STATE_WORDS: Mapping[GrantState, str] = {
    GrantState.PLANNED: "Planned",
    GrantState.APPLIED: "Applied for",
    GrantState.AWARDED: "Awarded",
    GrantState.REFUSED: "Refused",
    GrantState.WITHDRAWN: "Withdrawn",
    GrantState.CLOSED: "Reported and closed",
}
"""Every state, in the order a grant goes through them."""

HELD = frozenset({GrantState.AWARDED, GrantState.CLOSED})
"""States in which there is money."""


ASKED = frozenset({GrantState.PLANNED, GrantState.APPLIED})
"""States in which a grant is hoped for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetRow:
    """What a grant may spend under a heading (pence)."""

    heading_id: HeadingId
    budget_pence: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """A part of a grant that is due on a day (pence)."""

    due_on: dt.date
    amount_pence: int
    condition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantDraft:
    """A grant as a form knows it; money in pence."""

    reference: str
    funder: str
    programme: str = ""
    title: str = ""
    purpose: str = ""
    conditions: str = field(default="", repr=False)
    state: GrantState = GrantState.PLANNED
    fund_id: FundId | None = None
    applied_on: dt.date | None = None
    applied_pence: int | None = None
    decided_on: dt.date | None = None
    awarded_pence: int | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    report_due_on: dt.date | None = None
    apply_again_on: dt.date | None = None
    whole_pounds: bool = True
    most_budget_rows: int | None = None
    budget: tuple[BudgetRow, ...] = ()
    instalments: tuple[Instalment, ...] = ()
    activities: tuple[ActivityId, ...] = ()
    """The activities it is for; none is any that its fund is for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant(GrantDraft):
    """A kept grant."""

    id: GrantId
    binned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetStanding:
    """How a heading of a grant stands (pence); a heading outside the budget has none to spend."""

    heading_id: HeadingId | None
    heading: str
    budget_pence: int
    spent_pence: int

    @property
    def left_pence(self) -> int:
        """What may still be spent; below nothing when it was overspent."""
        return self.budget_pence - self.spent_pence


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantStanding:
    """How a grant stands: received, spent, and by heading (pence)."""

    grant: Grant
    received_pence: int
    spent_pence: int
    headings: tuple[BudgetStanding, ...] = ()

    @property
    def left_pence(self) -> int:
        """What was received and not spent."""
        return self.received_pence - self.spent_pence


def validate_grant(draft: GrantDraft) -> tuple[Problem, ...]:
    """Return what has to be corrected before a grant can be kept."""
    problems: list[Problem] = []
    if not draft.reference:
        problems.append(Problem(code="grant_reference_needed", field="reference"))
    if not draft.funder:
        problems.append(Problem(code="grant_funder_needed", field="funder"))
    limits = {
        "reference": NAME_LIMIT, "funder": NAME_LIMIT, "programme": NAME_LIMIT,
        "title": NAME_LIMIT, "purpose": TEXT_LIMIT, "conditions": TEXT_LIMIT,
    }  # fmt: skip
    problems += [
        Problem(code="text_too_long", field=name, values={"limit": f"{limit:,}"})
        for name, limit in limits.items()
        if len(getattr(draft, name)) > limit
    ]
    if draft.state in HELD:
        if draft.awarded_pence is None:
            problems.append(Problem(code="grant_sum_needed", field="awarded_pence"))
        if draft.fund_id is None:
            problems.append(Problem(code="fund_needed", field="fund_id"))
    if draft.starts_on and draft.ends_on and draft.ends_on < draft.starts_on:
        values = {"start": short_date(draft.starts_on), "end": short_date(draft.ends_on)}
        problems.append(Problem(code="period_backwards", field="ends_on", values=values))
    if draft.applied_on and draft.decided_on and draft.decided_on < draft.applied_on:
        values = {"value": short_date(draft.decided_on), "applied": short_date(draft.applied_on)}
        problems.append(Problem(code="decided_before_applied", field="decided_on", values=values))
    return (*problems, *_budget_problems(draft))


def _budget_problems(draft: GrantDraft) -> list[Problem]:
    problems: list[Problem] = []
    headings = [row.heading_id for row in draft.budget]
    if len(set(headings)) < len(headings):
        problems.append(Problem(code="budget_heading_twice", field="budget"))
    if any(row.budget_pence < 0 for row in draft.budget):
        problems.append(Problem(code="amount_needed", field="budget"))
    if draft.whole_pounds and any(row.budget_pence % 100 for row in draft.budget):
        problems.append(Problem(code="budget_whole_pounds", field="budget"))
    most = draft.most_budget_rows
    if most is not None and len(headings) > most:
        values = {"rows": str(len(headings)), "most": str(most)}
        problems.append(Problem(code="budget_too_many", field="budget", values=values))
    return problems


def budget_difference(draft: GrantDraft) -> int:
    """Return by how much the budget is above what was awarded, or applied for (pence)."""
    whole = draft.awarded_pence if draft.awarded_pence is not None else draft.applied_pence
    return sum(row.budget_pence for row in draft.budget) - (whole or 0)


def warnings_before_saving(
    draft: EntryDraft,
    standings: Mapping[GrantId, GrantStanding],
    *,
    same_cost_elsewhere: Sequence[str] = (),
    activity_names: Mapping[ActivityId, str] | None = None,
) -> tuple[Problem, ...]:
    """Return what does not fit the grants a payment names; nothing of it stands in the way.

    ``standings`` are those without this entry. ``same_cost_elsewhere`` are the funders to whom the
    same cost was charged already: same payee, amount, day and reference.
    """
    if draft.kind is not EntryKind.PAYMENT:
        return ()
    warnings: list[Problem] = []
    for grant_id in dict.fromkeys(line.grant_id for line in draft.lines if line.grant_id):
        standing = standings.get(grant_id)
        if standing is not None:
            warnings += _day_warnings(draft, standing.grant)
            warnings += _sum_warnings(draft, standing)
            warnings += _purpose_warnings(draft, standing.grant, activity_names or {})
    warnings += [
        Problem(code="cost_twice", field="grant_id", values={"funder": funder})
        for funder in same_cost_elsewhere
    ]
    return tuple(warnings)


def _day_warnings(draft: EntryDraft, grant: Grant) -> list[Problem]:
    day = draft.entry_on
    if day is None:
        return []
    values = {"day": short_date(day), "funder": grant.funder}
    if grant.starts_on and day < grant.starts_on:
        values["value"] = short_date(grant.starts_on)
        return [Problem(code="before_grant", field="entry_on", values=values)]
    if grant.ends_on and day > grant.ends_on:
        values["value"] = short_date(grant.ends_on)
        return [Problem(code="after_grant", field="entry_on", values=values)]
    return []


def _sum_warnings(draft: EntryDraft, standing: GrantStanding) -> list[Problem]:
    grant = standing.grant
    warnings: list[Problem] = []
    mine = [line for line in draft.lines if line.grant_id == grant.id]
    budget = {row.heading_id: row for row in standing.headings}
    for heading_id in dict.fromkeys(line.heading_id for line in mine):
        paid = -sum(line.amount_pence for line in mine if line.heading_id == heading_id)
        row = budget.get(heading_id)
        if not grant.budget:
            continue
        if row is None or heading_id not in {one.heading_id for one in grant.budget}:
            values = {"funder": grant.funder}
            warnings.append(Problem(code="outside_budget", field="heading_id", values=values))
        elif paid > row.left_pence:
            values = {
                "funder": grant.funder, "heading": row.heading,
                "over": pounds(paid - row.left_pence),
            }  # fmt: skip
            warnings.append(Problem(code="over_heading", field="heading_id", values=values))
    paid = -sum(line.amount_pence for line in mine)
    if paid > standing.left_pence:
        values = {"funder": grant.funder, "left": pounds(standing.left_pence)}
        warnings.append(Problem(code="over_grant", field="amount_pence", values=values))
    if grant.fund_id is not None and any(line.fund_id != grant.fund_id for line in mine):
        warnings.append(
            Problem(code="other_fund", field="fund_id", values={"funder": grant.funder})
        )
    return warnings


def _purpose_warnings(
    draft: EntryDraft, grant: Grant, names: Mapping[ActivityId, str]
) -> list[Problem]:
    if not grant.activities:
        return []
    outside = {
        line.activity_id
        for line in draft.lines
        if line.grant_id == grant.id and line.activity_id not in grant.activities
    } - {None}
    return [
        Problem(
            code="outside_purpose",
            field="activity_id",
            values={"funder": grant.funder, "activity": names.get(activity, "that activity")},
        )
        for activity in sorted(one for one in outside if one is not None)
    ]
