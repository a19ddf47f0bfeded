"""Requests about people's own data, complaints and breaches, each with its clock."""

import datetime as dt
from dataclasses import dataclass, replace

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
    RequestKind,
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


def put_breach_in_bin(register: Register, breach_id: int) -> Done | Refused:
    """Put a breach in the bin that was entered by mistake."""
    if breach_id not in {one.id for one in storage.breaches(register)}:
        return Refused(problems=(Problem(code="item_gone"),))
    text = "put a breach in the bin"
    with register.transaction("breach.bin", text=text, topics=_TOPICS, subject_id=breach_id):
        storage.put_in_bin(register, "breach", breach_id)
    return Done(changes=_TOPICS, text=text, ids=(breach_id,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressing:
    """What has a clock that runs: requests not answered, breaches not settled."""

    requests: tuple[Request, ...]
    breaches: tuple[Breach, ...]


def pressing(register: Register) -> Pressing:
    """Return the requests and breaches whose clocks run, the most pressing first."""
    breaches = (one for one in storage.breaches(register) if not one.settled)
    return Pressing(
        requests=open_requests(register),
        breaches=tuple(sorted(breaches, key=lambda one: one.noticed_at)),
    )


def who_asks(register: Register, request: Request) -> str:
    """Return who a request is from or about: the person's name, or who was typed."""
    person = people.get(register, request.person_id) if request.person_id else None
    parts = (request.asked_by, f"about {person.full_name}" if person and request.asked_by else "",
             person.full_name if person and not request.asked_by else "")  # fmt: skip
    return ", ".join(part for part in parts if part)


def ask(register: Register, person_id: PersonId, *, today: dt.date) -> Done | Refused:
    """Note that somebody asked today what is held on them."""
    draft = RequestDraft(kind=RequestKind.ACCESS, person_id=person_id, received_on=today)
    return save_request(register, draft, today=today)
