"""Which grant a return is about, and what it says: who gave it, for what, until when."""

from collections.abc import Sequence

from app.domain.errors import NotFound, Refused
from app.domain.grants import ASKED, HELD, STATE_WORDS, Grant
from app.domain.money import pounds
from app.domain.periods import Period, long_date, short_date
from app.returns.counting.beside import beside_of
from app.returns.counting.filling import Filling
from app.returns.filled import Block, Fact, KeyFacts, Note, text
from app.returns.language.page_kinds import (
    BudgetSpec,
    BuysSpec,
    EvidenceSpec,
    GrantSpec,
    ReceiptsSpec,
    TargetsSpec,
)
from app.returns.language.questions import Box, QuestionSpec
from app.returns.language.report_kinds import Beside
from app.returns.language.template import Template
from app.storage import activities, grants
from app.storage.register import Register

NO_GRANT = "No grant is written down in this book yet."


def is_about_a_grant(template: Template) -> bool:
    """Say whether a return is about a grant, so that --grant names one."""
    kinds = (GrantSpec, EvidenceSpec, BudgetSpec, ReceiptsSpec, TargetsSpec)
    return any(
        isinstance(spec, kinds) or beside_of(spec) is Beside.TARGETS for spec in template.walk()
    )


def asks_for_a_grant(template: Template) -> bool:
    """Say whether a return asks for a grant that is planned, so that --grant may name one."""
    return any(
        isinstance(spec, BuysSpec) or (isinstance(spec, QuestionSpec) and spec.box is Box.COSTS)
        for spec in template.walk()
    )


def asked_grant(register: Register, reference: str | None) -> Grant | None:
    """Return the grant named, or the only one planned or applied for; None where there is none.

    Raises NotFound for a reference that is not there.
    """
    if reference:
        return _named(register, reference, grants.listed(register))
    planned = [one for one in grants.listed(register) if one.state in ASKED]
    return planned[0] if len(planned) == 1 else None


def _named(register: Register, reference: str, among: Sequence[Grant]) -> Grant:
    named = grants.with_reference(register, reference.strip())
    if named is None:
        raise NotFound(
            f"There is no grant with the reference {reference}. The grants are: "
            f"{_listed(among) or 'none yet'}."
        )
    return named


def chosen_grant(
    template: Template, register: Register, reference: str | None, period: Period
) -> Grant | None:
    """Return the grant named, or the only one that fits; None where the book has none.

    Raises NotFound for a reference that is not there, Refused where several fit and none is named.
    """
    found = [one for one in grants.listed(register) if one.state in HELD]
    if reference:
        return _named(register, reference, found)
    fitting = [one for one in found if _overlaps(one, period)] or found
    if len(fitting) > 1:
        raise Refused(
            f"{template.title} is about one grant, and there are several: {_listed(fitting)}. "
            "Name one by its reference (--grant) and try again."
        )
    return fitting[0] if fitting else None


def _overlaps(one: Grant, period: Period) -> bool:
    begins = one.starts_on is None or one.starts_on <= period.last
    return begins and (one.ends_on is None or one.ends_on >= period.first)


def _listed(found: Sequence[Grant]) -> str:
    return ", ".join(one.reference for one in found)


def grant(filling: Filling, _: GrantSpec) -> Sequence[Block]:
    """Return what the grant says, as key facts."""
    one = filling.grant
    if one is None:
        filling.warn(f"{NO_GRANT} Write it down under Money, then print again.")
        return (Note(runs=text(NO_GRANT)),)
    if not _overlaps(one, filling.period):
        filling.warn(f"The grant of {one.funder} runs {_days(one)}, outside this period.")
    facts = (
        ("Grant", " · ".join(part for part in (one.programme, one.reference) if part)),
        ("From", one.funder),
        ("What it is for", one.purpose or one.title),
        ("Awarded", pounds(one.awarded_pence) if one.awarded_pence is not None else ""),
        ("Decided", long_date(one.decided_on) if one.decided_on else ""),
        ("Runs", _days(one)),
        ("Activities", _activities(filling, one)),
        ("Report due", long_date(one.report_due_on) if one.report_due_on else ""),
        ("State", STATE_WORDS[one.state]),
    )
    return (KeyFacts(facts=tuple(Fact(label=label, text=said) for label, said in facts if said)),)


def _days(one: Grant) -> str:
    first = short_date(one.starts_on) if one.starts_on else ""
    last = short_date(one.ends_on) if one.ends_on else ""
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"until {last}" if last else ""


def _activities(filling: Filling, one: Grant) -> str:
    found = (activities.get(filling.register, activity) for activity in one.activities)
    return ", ".join(activity.name for activity in found if activity)
