"""Recording and changing referrals, and the bin."""

import datetime as dt
from dataclasses import dataclass, field, fields, replace

from app.domain.changes import Topic
from app.domain.ids import PersonId, ReferralId, ReferrerId, WorkerId
from app.domain.names import clean, clean_lines
from app.domain.people import Person, PersonDraft, validate_person
from app.domain.periods import short_date
from app.domain.problems import Problem
from app.domain.referrals import Referral, ReferralDraft, validate_referral
from app.domain.referrers import ReferrerDraft, WorkerDraft, validate_referrer, validate_worker
from app.services.people.changing import short_name, tidy
from app.services.referrals import cautions
from app.services.referrals.book import tidy_referrer, tidy_worker
from app.services.referrals.following import settle_waiting
from app.services.result import Done, Refused
from app.storage import activities, people, referrals, referrers
from app.storage.register import Register

TOPICS = frozenset({Topic.REFERRALS})
_WITH_PERSON = frozenset({Topic.REFERRALS, Topic.PEOPLE})
_WITH_WAITING = frozenset({Topic.REFERRALS, Topic.ACTIVITIES, Topic.PEOPLE})
_FIELDS = tuple(f.name for f in fields(ReferralDraft))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReferral:
    """Everything the form of a new referral holds: whom, from whom, and what for.

    The person is one of the book (``person_id``) or a new one, of whom a first name is enough. The
    organisation and the worker are of the referrer book, or named here and added to it.
    """

    person_id: PersonId | None = None
    person: PersonDraft = field(default_factory=PersonDraft, repr=False)
    referral: ReferralDraft = field(default_factory=ReferralDraft, repr=False)
    new_referrer: ReferrerDraft | None = field(default=None, repr=False)
    new_worker: WorkerDraft | None = field(default=None, repr=False)


def tidy_draft(draft: ReferralDraft) -> ReferralDraft:
    """Return a draft with clean texts; "not told" goes when something was told."""
    return replace(
        draft,
        reference=clean(draft.reference),
        what_helps=clean_lines(draft.what_helps),
        notes=clean_lines(draft.notes),
        reasons=_told(draft.reasons),
        needs=_told(draft.needs),
        agreement_id=draft.agreement_id if draft.who_pays == "agreement" else None,
    )


def _told(chosen: frozenset[str]) -> frozenset[str]:
    return chosen - {"not_told"} or chosen


def record(
    register: Register, new: NewReferral, *, today: dt.date, anyway: bool = False
) -> Done | Refused:
    """Record a referral, with its person and its sender where they are new; one step.

    Refused with cautions alone (``only_cautions``), the same can be kept with ``anyway``. The ids
    are those of the referral and of the person.
    """
    new = _tidy_new(new)
    person = people.get(register, new.person_id) if new.person_id is not None else None
    person = _stands_for(register, person)
    problems = _new_problems(register, new, person, today)
    if not problems and not anyway:
        problems = cautions.of_referral(register, person or new.person, new.referral, today=today)
    if problems:
        return Refused(problems=problems)
    text = f"record referral of {short_name(person or new.person)}"
    referral_id = ReferralId(register.new_id())
    person_id = person.id if person else PersonId(register.new_id())
    with register.transaction(
        "referral.record", text=text, topics=_WITH_PERSON, subject_ids=(referral_id, person_id)
    ):
        if person is None:
            people.add(register, new.person, person_id=person_id)
        draft = _with_sender(register, new)
        referrals.add(register, person_id, draft, referral_id=referral_id)
    return Done(changes=_WITH_PERSON, text=text, ids=(referral_id, person_id))


def _tidy_new(new: NewReferral) -> NewReferral:
    return replace(
        new,
        person=tidy(new.person),
        referral=tidy_draft(new.referral),
        new_referrer=tidy_referrer(new.new_referrer) if new.new_referrer else None,
        new_worker=tidy_worker(new.new_worker) if new.new_worker else None,
    )


def _stands_for(register: Register, person: Person | None) -> Person | None:
    """Return the person who stands for a record that was joined to another."""
    if person is None or person.merged_into is None:
        return person
    return people.get(register, person.merged_into)


def _new_problems(
    register: Register, new: NewReferral, person: Person | None, today: dt.date
) -> tuple[Problem, ...]:
    problems: list[Problem] = []
    if new.person_id is None:
        problems += validate_person(new.person, today=today)
    elif person is None:
        problems.append(Problem(code="person_gone", field="person"))
    elif person.binned:
        problems.append(Problem(code="person_in_bin", field="person"))
    problems += validate_referral(new.referral, today=today)
    problems += _links(register, new.referral)
    if new.new_referrer is not None:
        problems += _of("referrer", validate_referrer(new.new_referrer))
    if new.new_worker is not None:
        problems += _of("worker", validate_worker(new.new_worker))
        if new.new_referrer is None and new.referral.referrer_id is None:
            problems.append(Problem(code="referrer_name_needed", field="referrer_name"))
    return tuple(problems)


def _of(part: str, problems: tuple[Problem, ...]) -> list[Problem]:
    return [replace(problem, field=f"{part}_{problem.field}") for problem in problems]


def _links(register: Register, draft: ReferralDraft) -> list[Problem]:
    """Return what is wrong with what a referral points to."""
    problems: list[Problem] = []
    if draft.activity_id is not None:
        activity = activities.get(register, draft.activity_id)
        if activity is None or activity.binned:
            problems.append(Problem(code="activity_gone", field="activity_id"))
    if draft.referrer_id is not None and referrers.get(register, draft.referrer_id) is None:
        problems.append(Problem(code="referrer_gone", field="referrer_id"))
    if draft.worker_id is not None:
        worker = referrers.worker(register, draft.worker_id)
        if worker is None:
            problems.append(Problem(code="worker_gone", field="worker_id"))
        elif worker.referrer_id != draft.referrer_id:
            problems.append(Problem(code="worker_elsewhere", field="worker_id"))
    if (
        draft.agreement_id is not None
        and referrals.agreement_terms(register, draft.agreement_id) is None
    ):
        problems.append(Problem(code="agreement_needed", field="agreement_id"))
    return problems


def _with_sender(register: Register, new: NewReferral) -> ReferralDraft:
    """Return the draft with its organisation and worker, added to the book where they are new."""
    draft = new.referral
    if new.new_referrer is not None:
        draft = replace(
            draft,
            referrer_id=_found_referrer(register, new.new_referrer, draft.source_type),
            worker_id=None,
        )
    if new.new_worker is not None and draft.referrer_id is not None:
        draft = replace(draft, worker_id=_found_worker(register, draft.referrer_id, new.new_worker))
    if draft.source_type == "not_recorded" and draft.referrer_id is not None:
        sender = referrers.get(register, draft.referrer_id)
        draft = replace(draft, source_type=sender.source_type if sender else draft.source_type)
    return draft


def _found_referrer(register: Register, draft: ReferrerDraft, source_type: str) -> ReferrerId:
    known = referrers.named(register, draft.name)
    if known is not None:
        return known.id
    if draft.source_type == "not_recorded":
        draft = replace(draft, source_type=source_type)
    return referrers.add(register, draft)


def _found_worker(register: Register, referrer_id: ReferrerId, draft: WorkerDraft) -> WorkerId:
    wanted = draft.name.casefold()
    for worker in referrers.workers(register, referrer_id):
        if worker.name.casefold() == wanted:
            return worker.id
    return referrers.add_worker(register, referrer_id, draft)


def change(
    register: Register,
    referral_id: ReferralId,
    draft: ReferralDraft,
    *,
    today: dt.date,
    new_referrer: ReferrerDraft | None = None,
    new_worker: WorkerDraft | None = None,
    anyway: bool = False,
) -> Done | Refused:
    """Change what is known of a referral; what is the same already is not written again."""
    before = referrals.get(register, referral_id)
    if before is None or before.binned:
        return Refused(problems=(Problem(code="referral_gone"),))
    new = _tidy_new(
        NewReferral(
            person_id=before.person_id,
            referral=draft,
            new_referrer=new_referrer,
            new_worker=new_worker,
        )
    )
    problems = _change_problems(register, before, new, today, anyway=anyway)
    if problems:
        return Refused(problems=problems)
    text = f"change referral of {name_of(register, before)}"
    plain = new_referrer is None and new_worker is None
    if plain and all(getattr(new.referral, name) == getattr(before, name) for name in _FIELDS):
        return Done(changes=frozenset(), text=text, ids=(referral_id,))
    with register.transaction(
        "referral.change",
        text=text,
        topics=_WITH_WAITING,
        subject_ids=(referral_id, before.person_id),
    ):
        referrals.change(register, referral_id, _with_sender(register, new))
        settle_waiting(register, referral_id)
    return Done(changes=_WITH_WAITING, text=text, ids=(referral_id,))


def _change_problems(
    register: Register, before: Referral, new: NewReferral, today: dt.date, *, anyway: bool
) -> tuple[Problem, ...]:
    person = _stands_for(register, people.get(register, before.person_id))
    problems = (
        *_new_problems(register, new, person, today),
        *_first_step_problem(register, before, new.referral),
    )
    if problems or anyway:
        return problems
    return cautions.of_referral(register, person, new.referral, today=today, but=before.id)


def _first_step_problem(
    register: Register, before: Referral, draft: ReferralDraft
) -> tuple[Problem, ...]:
    steps = referrals.steps(register, before.id)
    if draft.received_on is None or not steps or steps[0].step_on >= draft.received_on:
        return ()
    values = {"value": short_date(steps[0].step_on), "received": short_date(draft.received_on)}
    return (Problem(code="steps_before_received", field="received_on", values=values),)


def name_of(register: Register, referral: Referral) -> str:
    """Return what to call a referral's person in the name of a change."""
    person = _stands_for(register, people.get(register, referral.person_id))
    return short_name(person) if person else "a person"


def put_in_bin(register: Register, referral_id: ReferralId, *, today: dt.date) -> Done | Refused:
    """Put a referral in the bin: it no longer counts, and can be taken out again."""
    return _bin(register, referral_id, register.stamp(), today)


def take_out_of_bin(
    register: Register, referral_id: ReferralId, *, today: dt.date
) -> Done | Refused:
    """Take a referral out of the bin; who waited for a place by it waits again."""
    return _bin(register, referral_id, None, today)


def _bin(
    register: Register, referral_id: ReferralId, at: str | None, today: dt.date
) -> Done | Refused:
    referral = referrals.get(register, referral_id)
    if referral is None:
        return Refused(problems=(Problem(code="referral_gone"),))
    if referral.binned == (at is not None):
        return Refused(problems=(Problem(code="nothing_to_change"),))
    where = "in the bin" if at else "out of the bin"
    text = f"{'put' if at else 'take'} referral of {name_of(register, referral)} {where}"
    with register.transaction(
        "referral.bin" if at else "referral.unbin",
        text=text,
        topics=_WITH_WAITING,
        subject_ids=(referral_id, referral.person_id),
    ):
        referrals.set_binned(register, referral_id, at)
        settle_waiting(register, referral_id, binned_on=today if at else None)
    return Done(changes=_WITH_WAITING, text=text, ids=(referral_id,))
