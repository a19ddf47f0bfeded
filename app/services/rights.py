"""Requests about people's own data, complaints and breaches, each with its clock."""

import datetime as dt
from dataclasses import replace

from app.domain.changes import Topic
from app.domain.ids import PersonId
from app.domain.names import clean
from app.domain.problems import Problem
from app.domain.rights import (
    REQUESTS,
    Breach,
    BreachDraft,
    Request,
    RequestDraft,
    validate_breach,
    validate_request,
)
from app.services.result import Done, Refused
from app.storage import people
from app.storage import rights as storage
from app.storage.register import Register

_TOPICS = frozenset({Topic.RIGHTS})


def list_requests(register: Register, person_id: PersonId | None = None) -> tuple[Request, ...]:
    """Return the requests of one person or of all, the newest first."""
    return storage.requests(register, person_id)


def open_requests(register: Register) -> tuple[Request, ...]:
    """Return the requests that wait for an answer, the most pressing first."""
    waiting = (one for one in storage.requests(register) if one.open)
    return tuple(sorted(waiting, key=lambda one: (one.due_on, one.id)))


def save_request(
    register: Register, draft: RequestDraft, request_id: int | None = None, *, today: dt.date
) -> Done | Refused:
    """Add a request or (with an id) change it, as when it is answered."""
    draft = replace(draft, asked_by=clean(draft.asked_by), outcome=draft.outcome.strip(),
                    extended_because=draft.extended_because.strip(), note=draft.note.strip())  # fmt: skip
    problems = list(validate_request(draft, today=today))
    if draft.person_id is not None and people.get(register, draft.person_id) is None:
        problems.append(Problem(code="person_gone", field="person_id"))
    if request_id and request_id not in {one.id for one in storage.requests(register)}:
        problems.append(Problem(code="item_gone"))
    if problems:
        return Refused(problems=tuple(problems))
    text = f"{'change' if request_id else 'add'} request: {REQUESTS[draft.kind].lower()}"
    with register.transaction("rights.save", text=text, topics=_TOPICS, subject_id=draft.person_id):
        request_id = storage.write_request(register, draft, request_id)
    return Done(changes=_TOPICS, text=text, ids=(request_id,))


def put_request_in_bin(register: Register, request_id: int) -> Done | Refused:
    """Put a request in the bin that was entered by mistake."""
    if request_id not in {one.id for one in storage.requests(register)}:
        return Refused(problems=(Problem(code="item_gone"),))
    text = "put a request in the bin"
    with register.transaction("rights.bin", text=text, topics=_TOPICS, subject_id=request_id):
        storage.put_in_bin(register, "rights_request", request_id)
    return Done(changes=_TOPICS, text=text, ids=(request_id,))


def list_breaches(register: Register) -> tuple[Breach, ...]:
    """Return the breaches, the newest first."""
    return storage.breaches(register)


def save_breach(
    register: Register, draft: BreachDraft, breach_id: int | None = None, *, now: dt.datetime
) -> Done | Refused:
    """Add a breach or (with an id) change it, as when the ICO was told."""
    draft = replace(draft, what=draft.what.strip(), done_about_it=draft.done_about_it.strip(),
                    why_not_told=draft.why_not_told.strip())  # fmt: skip
    problems = list(validate_breach(draft, now=now))
    if breach_id and breach_id not in {one.id for one in storage.breaches(register)}:
        problems.append(Problem(code="item_gone"))
    if problems:
        return Refused(problems=tuple(problems))
    text = f"{'change' if breach_id else 'add'} a breach"
    with register.transaction("breach.save", text=text, topics=_TOPICS, subject_id=breach_id):
        breach_id = storage.write_breach(register, draft, breach_id)
    return Done(changes=_TOPICS, text=text, ids=(breach_id,))
