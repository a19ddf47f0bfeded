"""What stands beside the accounts and never in them: gifts in kind, and other money for the same work.

Sources: pure cash accounts hold neither volunteers' time nor gifts in kind; funders ask for both,
and whether match funding is confirmed, with its value and how it was valued [S104][S106][S1].
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.ids import ActivityId, GrantId
from app.domain.names import NAME_LIMIT
from app.domain.periods import short_date
from app.domain.problems import Problem


class MatchKind(StrEnum):
    """What match funding is made of."""

    CASH = "cash"
    IN_KIND = "in_kind"


class MatchState(StrEnum):
    """How sure match funding is; only what is confirmed counts."""

    APPLIED = "applied"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


MATCH_KINDS: Mapping[MatchKind, str] = {MatchKind.CASH: "Money", MatchKind.IN_KIND: "In kind"}
"""Each kind in words."""
MATCH_STATES: Mapping[MatchState, str] = {
    MatchState.APPLIED: "Applied for",
    MatchState.CONFIRMED: "Confirmed",
    MatchState.WITHDRAWN: "Withdrawn",
}
"""Each state in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftDraft:
    """Something given that is not money, what it is worth (pence), and how that was found."""

    given_on: dt.date | None
    what: str = field(default="", repr=False)
    giver: str = field(default="", repr=False)
    value_pence: int | None = None
    basis: str = field(default="", repr=False)
    activity_id: ActivityId | None = None
    grant_id: GrantId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift(GiftDraft):
    """A kept gift."""

    id: int
    given_on: dt.date
    value_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchDraft:
    """Other money, or help in kind, for what a grant pays for (pence)."""

    grant_id: GrantId | None
    source: str = field(default="", repr=False)
    kind: MatchKind = MatchKind.CASH
    state: MatchState = MatchState.APPLIED
    amount_pence: int | None = None
    from_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(MatchDraft):
    """Kept match funding."""

    id: int
    grant_id: GrantId
    amount_pence: int
    from_on: dt.date


def validate_gift(draft: GiftDraft, *, today: dt.date) -> tuple[Problem, ...]:
    """Return what has to be corrected before a gift can be kept."""
    problems: list[Problem] = []
    if not draft.what:
        problems.append(Problem(code="item_details_needed", field="what"))
    if draft.value_pence is None or draft.value_pence < 0:
        problems.append(Problem(code="amount_needed", field="value_pence"))
    if draft.given_on is None:
        problems.append(Problem(code="date_needed", field="given_on"))
    elif draft.given_on > today:
        values = {"value": short_date(draft.given_on)}
        problems.append(Problem(code="entry_future", field="given_on", values=values))
    problems += _long(draft, ("what", "giver", "basis"))
    return tuple(problems)


def validate_match(draft: MatchDraft) -> tuple[Problem, ...]:
    """Return what has to be corrected before match funding can be kept."""
    problems: list[Problem] = []
    if draft.grant_id is None:
        problems.append(Problem(code="grant_gone", field="grant_id"))
    if not draft.source:
        problems.append(Problem(code="match_source_needed", field="source"))
    if not draft.amount_pence or draft.amount_pence < 0:
        problems.append(Problem(code="amount_needed", field="amount_pence"))
    if draft.from_on is None:
        problems.append(Problem(code="date_needed", field="from_on"))
    problems += _long(draft, ("source",))
    return tuple(problems)


def _long(draft: GiftDraft | MatchDraft, names: tuple[str, ...]) -> list[Problem]:
    values = {"limit": f"{NAME_LIMIT:,}"}
    return [
        Problem(code="text_too_long", field=name, values=values)
        for name in names
        if len(getattr(draft, name)) > NAME_LIMIT
    ]
