"""How long each kind of record is kept, why, and what is done with it then."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.ids import EntryId, PersonId
from app.domain.names import TEXT_LIMIT
from app.domain.problems import Problem

MOST_MONTHS = 12 * 100
_NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class KeepAction(StrEnum):
    """What is done with a record when its time is over."""

    ANONYMISE = "anonymise"
    DELETE = "delete"
    DESTROY = "destroy"
    REVIEW = "review"


ACTION_WORDS = {
    KeepAction.ANONYMISE: "made nameless",
    KeepAction.DELETE: "deleted",
    KeepAction.DESTROY: "shredded",
    KeepAction.REVIEW: "looked at again",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long one kind of record is kept; ``months`` 0 where the group's own policy decides."""

    id: str
    title: str
    months: int
    from_what: str
    """From what the time is counted, in words."""
    reason: str
    action: KeepAction
    source: str

    @property
    def how_long(self) -> str:
        """The time in words: "two years after the last time …", or what decides it."""
        if not self.months:
            return self.from_what
        years, months = divmod(self.months, 12)
        parts = [_said(years, "year"), _said(months, "month")]
        return f"{' and '.join(part for part in parts if part)} after {self.from_what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRule:
    """How long a group keeps one kind where it says otherwise; no months: decided each time."""

    kind: str
    months: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A kind as it is kept in this group, beside what the program suggests."""

    kept: Retention
    suggested: Retention

    @property
    def own(self) -> bool:
        """Whether the group has said otherwise than the program."""
        return self.kept != self.suggested


class DueKind(StrEnum):
    """What may be due: the ids are those of resources/retention.toml."""

    PEOPLE = "people"
    REFERRALS = "referrals_not_taken_up"
    PARENTS = "parental_consent"
    VOLUNTEERS = "volunteers"
    ACCOUNTS = "accounts"
    LOTTERY = "lottery_accounts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something whose time is over: a person, or the pictures of an entry's receipt."""

    kind: DueKind
    person_id: PersonId | None = None
    row: EntryId | None = None
    since: dt.date
    due_on: dt.date
    action: KeepAction
    reason: str


def rules_of(suggested: Iterable[Retention], own: Iterable[OwnRule]) -> tuple[Rule, ...]:
    """Return every kind with the group's own time and reason where it has them."""
    said = {one.kind: one for one in own}
    return tuple(Rule(kept=_kept(one, said.get(one.id)), suggested=one) for one in suggested)


def _kept(suggested: Retention, own: OwnRule | None) -> Retention:
    if own is None:
        return suggested
    from_what = suggested.from_what
    if own.months is None and suggested.months:
        from_what = "until we decide, person by person"
    return replace(
        suggested,
        months=own.months or 0,
        from_what=from_what,
        reason=own.reason or suggested.reason,
        source="The group's own rule" if own.months or suggested.months else suggested.source,
    )


def validate_rule(rule: OwnRule) -> tuple[Problem, ...]:
    """Return what has to be corrected before a group's own rule can be kept."""
    problems: list[Problem] = []
    if rule.months is not None and not 0 < rule.months <= MOST_MONTHS:
        problems.append(Problem(code="retention_months_range", field="months"))
    if not rule.reason:
        problems.append(Problem(code="retention_reason_needed", field="reason"))
    elif len(rule.reason) > TEXT_LIMIT:
        values = {"limit": f"{TEXT_LIMIT:,}"}
        problems.append(Problem(code="text_too_long", field="reason", values=values))
    return tuple(problems)


def _said(number: int, unit: str) -> str:
    if not number:
        return ""
    word = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{word} {unit}{'' if number == 1 else 's'}"
