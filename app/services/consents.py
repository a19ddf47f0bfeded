"""Consents: asked, corrected, withdrawn, listed, renewed."""

import datetime as dt
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from app.domain.changes import Topic
from app.domain.consents import Consent, ConsentDraft, read_detail, validate_consent
from app.domain.ids import PersonId
from app.domain.names import clean, clean_lines
from app.domain.people import Person, may_be_child
from app.domain.problems import Problem
from app.domain.rights import months_after
from app.services.people.changing import short_name
from app.services.result import Done, Refused
from app.storage import consents, people
from app.storage.register import Register

_TOPICS = frozenset({Topic.PEOPLE})
MOST_LOGGED = 2_000
"""Answers that the log shows, the newest."""
RENEWED_AFTER = 24
"""Months after which an answer is asked again. Source: [BG]; the ICO sets no time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """An answer in the log, with whose it is."""

    person_id: PersonId
    full_name: str = field(repr=False)
    consent: Consent = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """The newest answers, and how many there are in all."""

    lines: tuple[Logged, ...] = field(repr=False)
    total: int


def log(register: Register) -> Log:
    """Return the newest answers of everybody with a name, who took them, and whether they stand."""
    return Log(
        lines=_named(register, consents.log(register, MOST_LOGGED)),
        total=consents.how_many(register),
    )


def to_renew(register: Register, today: dt.date) -> tuple[Logged, ...]:
    """Return what to ask again of people who are here, the oldest answer first.

    An answer of two years ago, and what a parent agreed to for somebody who is grown up now.
    """
    found = chain.from_iterable(_renewing(register, today))
    return _named(register, tuple(sorted(found, key=lambda one: (one[1].asked_on, one[1].id))))


def look_to_renew(
    register: Register, today: dt.date
) -> Generator[tuple[int, int], None, tuple[PersonId, ...]]:
    """Give way now and then; return whose answers are to be asked again, once for each answer."""
    found: list[PersonId] = []
    for part in _renewing(register, today):
        found += (person_id for person_id, _ in part)
        yield len(found), 0
    return tuple(found)


def _renewing(register: Register, today: dt.date) -> Iterator[tuple[tuple[PersonId, Consent], ...]]:
    limit = months_after(today, -RENEWED_AFTER)
    grown: dict[PersonId, bool] = {}

    def is_due(person_id: PersonId, consent: Consent) -> bool:
        if consent.asked_on < limit:
            return True
        if not read_detail(consent.purpose, consent.detail).by:
            return False
        if person_id not in grown:
            person = people.get(register, person_id)
            grown[person_id] = person is not None and _is_grown_up(person, today)
        return grown[person_id]

    for part in consents.standing_since(register, limit):
        yield tuple(one for one in part if is_due(*one))


def _is_grown_up(person: Person, today: dt.date) -> bool:
    known = person.born_on or person.birth_year or person.age_low
    return bool(known) and not may_be_child(person, today)


def _named(register: Register, found: tuple[tuple[PersonId, Consent], ...]) -> tuple[Logged, ...]:
    names = people.names_of(register, {person_id for person_id, _ in found})
    return tuple(
        Logged(person_id=person_id, full_name=names.get(person_id, ""), consent=consent)
        for person_id, consent in found
    )


def consents_of(register: Register, person_id: PersonId) -> tuple[Consent, ...]:
    """Return every answer of a person, newest first."""
    return consents.of_person(register, person_id)


def wordings(register: Register) -> tuple[str, ...]:
    """Return the versions of the wording in use, the latest first."""
    return consents.wordings(register)


def printed_wording() -> str:
    """Return the version of the wording on the consent form that is printed here."""
    from app.returns.parts.people.kept_for import wording  # read when an answer is noted

    return wording().version


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
