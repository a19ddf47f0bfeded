"""The referrer book: organisations and workers found, kept, joined where one is there twice."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace

from app.domain import phones
from app.domain.changes import Topic
from app.domain.ids import ReferrerId, WorkerId
from app.domain.names import clean, clean_lines, plain
from app.domain.problems import Problem
from app.domain.referrers import (
    Referrer,
    ReferrerDraft,
    Worker,
    WorkerDraft,
    validate_referrer,
    validate_worker,
)
from app.services.result import Done, Refused
from app.storage import referrers
from app.storage.referrers import ReferrerRow
from app.storage.register import Register

_TOPICS = frozenset({Topic.REFERRALS})
_ALIKE = 86
"""How alike, of 100, two organisations' names must be to be offered as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeReferrer:
    """An organisation with its workers."""

    referrer: Referrer
    workers: tuple[Worker, ...] = field(repr=False)
    sent: int
    """Referrals that name it, those in the bin too."""


def list_referrers(
    register: Register, typed: str = "", *, limit: int = -1
) -> tuple[ReferrerRow, ...]:
    """Return the organisations of the book by name, narrowed by what is typed of name or worker."""
    return referrers.listed(register, clean(typed), limit=limit)


def get_referrer(register: Register, referrer_id: ReferrerId) -> WholeReferrer | None:
    """Return an organisation with its workers, or None."""
    referrer = referrers.get(register, referrer_id)
    if referrer is None:
        return None
    return WholeReferrer(
        referrer=referrer,
        workers=referrers.workers(register, referrer_id),
        sent=referrers.sent(register, referrer_id),
    )


def tidy_referrer(draft: ReferrerDraft) -> ReferrerDraft:
    """Return a draft with clean texts and the phone as people write it."""
    return ReferrerDraft(
        name=clean(draft.name),
        source_type=draft.source_type,
        address=clean_lines(draft.address),
        phone=phones.spaced(clean(draft.phone)),
        email=clean(draft.email),
        notes=clean_lines(draft.notes),
    )


def tidy_worker(draft: WorkerDraft) -> WorkerDraft:
    """Return a draft with clean texts and the phone as people write it."""
    return WorkerDraft(
        name=clean(draft.name),
        job=clean(draft.job),
        phone=phones.spaced(clean(draft.phone)),
        email=clean(draft.email),
        left_on=draft.left_on,
    )


def save_referrer(
    register: Register, referrer_id: ReferrerId | None, draft: ReferrerDraft
) -> Done | Refused:
    """Add an organisation to the book, or change one."""
    draft = tidy_referrer(draft)
    problems = validate_referrer(draft)
    known = referrers.named(register, draft.name)
    if known is not None and known.id != referrer_id:
        problems = (
            *problems,
            Problem(code="referrer_name_taken", field="name", values={"value": known.name}),
        )
    before = referrers.get(register, referrer_id) if referrer_id is not None else None
    if referrer_id is not None and before is None:
        problems = (Problem(code="referrer_gone"),)
    if problems:
        return Refused(problems=problems)
    text = f"{'change' if referrer_id else 'add'} {draft.name}"
    if before is not None and all(
        getattr(before, f.name) == getattr(draft, f.name) for f in fields(ReferrerDraft)
    ):
        return Done(changes=frozenset(), text=text, ids=(before.id,))
    key = referrer_id or ReferrerId(register.new_id())
    with register.transaction("referrer.save", text=text, topics=_TOPICS, subject_id=key):
        if before is None:
            referrers.add(register, draft, referrer_id=key)
        else:
            referrers.change(register, key, draft)
    return Done(changes=_TOPICS, text=text, ids=(key,))


def remove_referrer(register: Register, referrer_id: ReferrerId) -> Done | Refused:
    """Take an organisation out of the book that has sent nobody."""
    referrer = referrers.get(register, referrer_id)
    if referrer is None:
        return Refused(problems=(Problem(code="referrer_gone"),))
    if referrers.sent(register, referrer_id):
        values = {"value": referrer.name}
        return Refused(problems=(Problem(code="referrer_in_use", values=values),))
    text = f"take {referrer.name} out of the referrer book"
    return _written(
        register,
        "referrer.remove",
        text,
        referrer_id,
        lambda: referrers.remove(register, referrer_id),
    )


def join_referrers(register: Register, kept: ReferrerId, other: ReferrerId) -> Done | Refused:
    """Make two organisations one: what the other sent was sent by the kept one.

    What the kept one does not say is taken from the other.
    """
    keeper, goes = referrers.get(register, kept), referrers.get(register, other)
    if kept == other:
        return Refused(problems=(Problem(code="referrer_with_itself"),))
    if keeper is None or goes is None:
        return Refused(problems=(Problem(code="referrer_gone"),))
    text = f"join {goes.name} with {keeper.name}"
    become = ReferrerDraft(
        name=keeper.name,
        source_type=keeper.source_type
        if keeper.source_type != "not_recorded"
        else goes.source_type,
        address=keeper.address or goes.address,
        phone=keeper.phone or goes.phone,
        email=keeper.email or goes.email,
        notes="\n".join(dict.fromkeys(note for note in (keeper.notes, goes.notes) if note)),
    )
    with register.transaction(
        "referrer.join", text=text, topics=_TOPICS, subject_ids=(kept, other)
    ):
        referrers.join(register, kept, other)
        referrers.change(register, kept, become)
    return Done(changes=_TOPICS, text=text, ids=(kept,))


def likely_referrers(register: Register, typed: str) -> tuple[ReferrerRow, ...]:
    """Return the organisations whose names are like what is typed, likeliest first.

    Offered before one is added twice: "Grove Surgery" for "The Grove surgery".
    """
    # Imported here: only typing needs it.
    from rapidfuzz import fuzz

    wanted = plain(typed)
    if len(wanted) < 3:
        return ()
    scored = [
        (max(fuzz.token_set_ratio(wanted, name), fuzz.partial_ratio(wanted, name)), row)
        for row in referrers.listed(register)
        for name in (plain(row.referrer.name),)
    ]
    best = sorted(
        (pair for pair in scored if pair[0] >= _ALIKE),
        key=lambda pair: (-pair[0], pair[1].referrer.name.casefold()),
    )
    return tuple(row for _, row in best[:5])


def save_worker(
    register: Register,
    worker_id: WorkerId | None,
    draft: WorkerDraft,
    *,
    referrer_id: ReferrerId,
) -> Done | Refused:
    """Add a worker to an organisation, or change one."""
    draft = tidy_worker(draft)
    problems = validate_worker(draft)
    if referrers.get(register, referrer_id) is None:
        problems = (*problems, Problem(code="referrer_gone"))
    before = referrers.worker(register, worker_id) if worker_id is not None else None
    if worker_id is not None and (before is None or before.referrer_id != referrer_id):
        problems = (*problems, Problem(code="worker_gone"))
    if problems:
        return Refused(problems=problems)
    text = f"{'change' if worker_id else 'add'} {draft.name}"
    key = worker_id or WorkerId(0)
    with register.transaction("referrer.worker", text=text, topics=_TOPICS, subject_id=referrer_id):
        if worker_id is None:
            key = referrers.add_worker(register, referrer_id, draft)
        else:
            referrers.change_worker(register, worker_id, draft)
    return Done(changes=_TOPICS, text=text, ids=(key,))


def worker_left(register: Register, worker_id: WorkerId, day: dt.date | None) -> Done | Refused:
    """Say when a worker left their organisation, or (None) that they have not."""
    worker = referrers.worker(register, worker_id)
    if worker is None:
        return Refused(problems=(Problem(code="worker_gone"),))
    return save_worker(
        register, worker_id, replace(_draft(worker), left_on=day), referrer_id=worker.referrer_id
    )


def _draft(worker: Worker) -> WorkerDraft:
    return WorkerDraft(**{f.name: getattr(worker, f.name) for f in fields(WorkerDraft)})


def remove_worker(register: Register, worker_id: WorkerId) -> Done | Refused:
    """Take a worker out of the book who has written no referral."""
    worker = referrers.worker(register, worker_id)
    if worker is None:
        return Refused(problems=(Problem(code="worker_gone"),))
    if referrers.written(register, worker_id):
        values = {"value": worker.name}
        return Refused(problems=(Problem(code="worker_in_use", values=values),))
    text = f"take {worker.name} out of the referrer book"
    return _written(
        register,
        "referrer.worker_remove",
        text,
        worker.referrer_id,
        lambda: referrers.remove_worker(register, worker_id),
    )


def _written(
    register: Register, use_case: str, text: str, subject: int, write: Callable[[], None]
) -> Done:
    with register.transaction(use_case, text=text, topics=_TOPICS, subject_id=subject):
        write()
    return Done(changes=_TOPICS, text=text, ids=(subject,))
