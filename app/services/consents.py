"""Consents: asked, corrected, withdrawn."""

import datetime as dt
from dataclasses import replace

from app.domain.changes import Topic
from app.domain.consents import Consent, ConsentDraft, validate_consent
from app.domain.ids import PersonId
from app.domain.names import clean, clean_lines
from app.domain.problems import Problem
from app.services.people.changing import short_name
from app.services.result import Done, Refused
from app.storage import consents, people
from app.storage.register import Register

_TOPICS = frozenset({Topic.PEOPLE})


def consents_of(register: Register, person_id: PersonId) -> tuple[Consent, ...]:
    """Return every answer of a person, newest first."""
    return consents.of_person(register, person_id)


def wordings(register: Register) -> tuple[str, ...]:
    """Return the versions of the wording in use, the latest first."""
    return consents.wordings(register)


def tidy(draft: ConsentDraft) -> ConsentDraft:
    """Return an answer with clean texts."""
    return replace(
        draft,
        wording_version=clean(draft.wording_version),
        taken_by=clean(draft.taken_by),
        detail=clean_lines(draft.detail),
    )


def add(
    register: Register, person_id: PersonId, draft: ConsentDraft, *, today: dt.date
) -> Done | Refused:
    """Note a person's answer to a purpose; earlier answers stay to be seen."""
    draft = tidy(draft)
    problems = validate_consent(draft, today=today)
    person = people.get(register, person_id)
    if person is None:
        problems = (Problem(code="person_gone"),)
    if person is None or problems:
        return Refused(problems=problems)
    text = f"note consent of {short_name(person)}"
    with register.transaction("consent.add", text=text, topics=_TOPICS, subject_id=person_id):
        consent_id = consents.add(register, person_id, draft)
    return Done(changes=_TOPICS, text=text, ids=(consent_id,))


def change(
    register: Register, consent_id: int, draft: ConsentDraft, *, today: dt.date
) -> Done | Refused:
    """Correct what was noted of an answer."""
    draft = tidy(draft)
    problems = validate_consent(draft, today=today)
    return _written(
        register, consent_id, draft, "consent.change", "correct consent of {name}", problems
    )


def withdraw(
    register: Register, consent_id: int, day: dt.date, *, today: dt.date
) -> Done | Refused:
    """Note that a person took an answer back on a day; that it was given stays to be seen."""
    found = consents.get(register, consent_id)
    if found is None:
        return Refused(problems=(Problem(code="consent_gone"),))
    draft = replace(found[1], withdrawn_on=day)
    problems = validate_consent(draft, today=today)
    return _written(
        register, consent_id, draft, "consent.withdraw", "withdraw consent of {name}", problems
    )


def remove(register: Register, consent_id: int) -> Done | Refused:
    """Take away an answer that was entered by mistake."""
    return _written(register, consent_id, None, "consent.remove", "take away consent of {name}", ())


def _written(
    register: Register,
    consent_id: int,
    draft: ConsentDraft | None,
    use_case: str,
    text: str,
    problems: tuple[Problem, ...],
) -> Done | Refused:
    found = consents.get(register, consent_id)
    if found is None:
        problems = (Problem(code="consent_gone"),)
    if found is None or problems:
        return Refused(problems=problems)
    person = people.get(register, found[0])
    text = text.replace("{name}", short_name(person) if person else "a person")
    with register.transaction(use_case, text=text, topics=_TOPICS, subject_id=found[0]):
        if draft is None:
            consents.remove(register, consent_id)
        else:
            consents.change(register, consent_id, draft)
    return Done(changes=_TOPICS, text=text, ids=(consent_id,))
