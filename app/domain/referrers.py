"""The referrer book: organisations that send people, and who there writes the referrals."""

import datetime as dt
from dataclasses import dataclass, field

from app.domain.ids import ReferrerId, WorkerId
from app.domain.names import NAME_LIMIT, TEXT_LIMIT
from app.domain.problems import Problem
from app.domain.referrals import SOURCE_TYPES


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferrerDraft:
    """What is known of an organisation; only its name is needed."""

    name: str = ""
    source_type: str = "not_recorded"
    address: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    notes: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Referrer(ReferrerDraft):
    """An organisation of the book."""

    id: ReferrerId


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerDraft:
    """What is known of somebody who writes referrals for an organisation."""

    name: str = field(default="", repr=False)
    job: str = ""
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    left_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker(WorkerDraft):
    """A worker of the book."""

    id: WorkerId
    referrer_id: ReferrerId


def validate_referrer(draft: ReferrerDraft) -> tuple[Problem, ...]:
    """Return what has to be corrected before an organisation can be kept."""
    problems = _named(draft.name, "referrer_name_needed")
    if draft.source_type not in SOURCE_TYPES:
        problems.append(Problem(code="answer_unknown", field="source_type"))
    limits = (
        ("phone", NAME_LIMIT), ("email", NAME_LIMIT), ("address", TEXT_LIMIT), ("notes", TEXT_LIMIT),
    )  # fmt: skip
    return (*problems, *_long(draft, limits))


def validate_worker(draft: WorkerDraft) -> tuple[Problem, ...]:
    """Return what has to be corrected before a worker can be kept."""
    problems = _named(draft.name, "worker_name_needed")
    limits = (("job", NAME_LIMIT), ("phone", NAME_LIMIT), ("email", NAME_LIMIT))
    return (*problems, *_long(draft, limits))


def _named(name: str, code: str) -> list[Problem]:
    if not name:
        return [Problem(code=code, field="name")]
    if len(name) > NAME_LIMIT:
        values = {"length": str(len(name)), "limit": str(NAME_LIMIT)}
        return [Problem(code="name_too_long", field="name", values=values)]
    return []


def _long(draft: object, limits: tuple[tuple[str, int], ...]) -> list[Problem]:
    return [
        Problem(code="text_too_long", field=name, values={"limit": f"{limit:,}"})
        for name, limit in limits
        if len(getattr(draft, name)) > limit
    ]
