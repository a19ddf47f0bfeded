"""Adding and changing people, and the bin."""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain import names, phones
from app.domain.changes import Topic
from app.domain.contacts import (
    EmergencyContact,
    Guardian,
    validate_contacts,
    validate_guardians,
)
from app.domain.equality import Question
from app.domain.ids import PersonId
from app.domain.names import TEXT_LIMIT
from app.domain.people import (
    DRAFT_FIELDS,
    Person,
    PersonDraft,
    PersonRole,
    validate_person,
)
from app.domain.problems import Problem
from app.services.result import Done, Refused
from app.storage import belonging, contacts, people
from app.storage.contacts import AccessNotes
from app.storage.register import Register

_LINES = (
    "given_name", "family_name", "known_as", "own_script_name", "pronouns", "area", "email", "phone",
)  # fmt: skip
_TEXTS = ("address", "what_helps", "notes", "left_reason")
_PEOPLE = frozenset({Topic.PEOPLE})
_BIN_TOPICS = frozenset({Topic.PEOPLE, Topic.ATTENDANCE})
_PARTS = {
    "name": ("given_name", "family_name", "known_as", "own_script_name", "pronouns"),
    "contact": ("email", "phone", "address", "postcode", "area"),
    "age": ("born_on", "birth_year", "age_low", "age_high", "age_band_on"),
    "equality": tuple(question.value for question in Question),
    "helps": ("what_helps",),
    "notes": ("notes",),
    "membership": ("joined_on", "left_on", "left_reason"),
}
"""The parts of a person that the journal names; never what is in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeDraft:
    """Everything the form of a person holds."""

    person: PersonDraft = field(default_factory=PersonDraft, repr=False)
    access: AccessNotes = field(default_factory=AccessNotes, repr=False)
    contacts: tuple[EmergencyContact, ...] = field(default=(), repr=False)
    guardians: tuple[Guardian, ...] = field(default=(), repr=False)
    roles: frozenset[PersonRole] = frozenset()


def read_whole(register: Register, person_id: PersonId, *, today: dt.date) -> WholeDraft | None:
    """Return everything the form of a person shows, or None when there is no such person."""
    person = people.get(register, person_id)
    if person is None:
        return None
    return WholeDraft(
        person=person,
        access=contacts.own_access_notes(register, person_id),
        contacts=contacts.emergency_contacts(register, person_id, joined_too=False),
        guardians=contacts.guardians(register, person_id, joined_too=False),
        roles=_roles_now(register, person_id, today),
    )


def _roles_now(register: Register, person_id: PersonId, today: dt.date) -> frozenset[PersonRole]:
    return frozenset(
        PersonRole(one.role)
        for one in belonging.of_person(register, person_id)
        if one.kind == "role" and one.now(today)
    )


def tidy(draft: PersonDraft) -> PersonDraft:
    """Return a draft with clean texts, the postcode spaced and the phone as people write it."""
    texts: dict[str, Any] = {name: names.clean(getattr(draft, name)) for name in _LINES}
    texts |= {name: names.clean_lines(getattr(draft, name)) for name in _TEXTS}
    return replace(
        draft,
        **texts | {"phone": phones.spaced(texts["phone"])},
        postcode=names.normal_postcode(draft.postcode) if draft.postcode else "",
    )


def tidy_whole(whole: WholeDraft) -> WholeDraft:
    """Return a whole draft with clean texts, and without contacts of whom nothing is known."""
    access = replace(
        whole.access,
        access_needs=names.clean_lines(whole.access.access_needs),
        health=names.clean_lines(whole.access.health),
    )
    return replace(
        whole,
        person=tidy(whole.person),
        access=access,
        contacts=tuple(_clean(one, ("name", "relationship", "phone")) for one in whole.contacts),
        guardians=tuple(
            replace(_clean(one, ("name", "relationship", "phone", "email")))
            for one in whole.guardians
        ),
    )


def _clean(record: Any, fields: tuple[str, ...]) -> Any:
    texts = {name: names.clean(getattr(record, name)) for name in fields}
    return replace(record, **texts | {"phone": phones.spaced(texts["phone"])})


def validate_whole(whole: WholeDraft, *, today: dt.date) -> tuple[Problem, ...]:
    """Return everything that has to be corrected in a form, in the order of its fields."""
    long = [
        Problem(code="text_too_long", field=name, values={"limit": f"{TEXT_LIMIT:,}"})
        for name in ("access_needs", "health")
        if len(getattr(whole.access, name)) > TEXT_LIMIT
    ]
    return (
        *validate_person(whole.person, today=today),
        *long,
        *validate_contacts(whole.contacts),
        *validate_guardians(whole.guardians, today=today),
    )


def save_whole(
    register: Register, person_id: PersonId | None, whole: WholeDraft, *, today: dt.date
) -> Done | Refused:
    """Add a person with everything the form holds, or change one; one step, one line a part."""
    whole = tidy_whole(whole)
    problems = validate_whole(whole, today=today)
    if problems:
        return Refused(problems=problems)
    whole = replace(
        whole,
        contacts=tuple(one for one in whole.contacts if not one.blank),
        guardians=tuple(one for one in whole.guardians if not one.blank),
    )
    if person_id is None:
        return _add_whole(register, whole, today)
    return _change_whole(register, person_id, whole, today)


def _add_whole(register: Register, whole: WholeDraft, today: dt.date) -> Done:
    draft = whole.person
    if draft.joined_on is None and draft.left_on is None:
        draft = replace(draft, joined_on=today)
    text = f"add {short_name(draft)}"
    person_id = PersonId(register.new_id())
    with register.transaction("person.add", text=text, topics=_PEOPLE, subject_id=person_id):
        people.add(register, draft, person_id=person_id)
        _keep_parts(register, person_id, whole, today, before=frozenset())
    return Done(changes=_PEOPLE, text=text, ids=(person_id,))


def _change_whole(
    register: Register, person_id: PersonId, whole: WholeDraft, today: dt.date
) -> Done | Refused:
    before = read_whole(register, person_id, today=today)
    if before is None:
        return Refused(problems=(Problem(code="person_gone"),))
    text = f"change {short_name(whole.person)}"
    parts = _changed_parts(before, whole)
    if not parts:
        return Done(changes=frozenset(), text=text, ids=(person_id,))
    use_case = f"person.change:{'+'.join(parts)}"
    with register.transaction(use_case, text=text, topics=_PEOPLE, subject_id=person_id):
        people.change(register, person_id, whole.person)
        _keep_parts(register, person_id, whole, today, before=before.roles)
    return Done(changes=_PEOPLE, text=text, ids=(person_id,))


def _changed_parts(before: WholeDraft, after: WholeDraft) -> tuple[str, ...]:
    parts = _person_parts(before.person, after.person)
    one, other = before.access, after.access
    if (one.access_needs, one.health) != (other.access_needs, other.health):
        parts = (*parts, "access")
    for part in ("contacts", "guardians", "roles"):
        if getattr(before, part) != getattr(after, part):
            parts = (*parts, part)
    return parts


def _person_parts(before: PersonDraft, after: PersonDraft) -> tuple[str, ...]:
    return tuple(
        part
        for part, fields in _PARTS.items()
        if any(getattr(before, name) != getattr(after, name) for name in fields)
    )


def _keep_parts(
    register: Register,
    person_id: PersonId,
    whole: WholeDraft,
    today: dt.date,
    *,
    before: frozenset[PersonRole],
) -> None:
    contacts.keep_access_notes(register, person_id, whole.access, today)
    contacts.keep_emergency_contacts(register, person_id, whole.contacts)
    contacts.keep_guardians(register, person_id, whole.guardians)
    for role in sorted(whole.roles - before):
        belonging.begin_role(register, person_id, role, whole.person.joined_on or today)
    for role in sorted(before - whole.roles):
        belonging.end_roles(register, person_id, today - dt.timedelta(days=1), role)


def save_new(register: Register, draft: PersonDraft, *, today: dt.date) -> Done | Refused:
    """Add a person; only a name is needed. Who is still with the group joined today, if not told."""
    return save_whole(register, None, WholeDraft(person=draft), today=today)


def change_person(
    register: Register, person_id: PersonId, draft: PersonDraft, *, today: dt.date
) -> Done | Refused:
    """Change a person's own details; what is the same already is not written again."""
    draft = tidy(draft)
    person = people.get(register, person_id)
    if person is None:
        return Refused(problems=(Problem(code="person_gone"),))
    if person.nameless:
        return Refused(problems=(Problem(code="person_nameless_stays"),))
    problems = validate_person(draft, today=today)
    if problems:
        return Refused(problems=problems)
    text = f"change {short_name(draft)}"
    if all(getattr(draft, name) == getattr(person, name) for name in DRAFT_FIELDS):
        return Done(changes=frozenset(), text=text, ids=(person_id,))
    use_case = f"person.change:{'+'.join(_person_parts(person, draft))}"
    with register.transaction(use_case, text=text, topics=_PEOPLE, subject_id=person_id):
        people.change(register, person_id, draft)
    return Done(changes=_PEOPLE, text=text, ids=(person_id,))


def put_in_bin(register: Register, person_id: PersonId) -> Done | Refused:
    """Put a person in the bin: they no longer count, and can be taken out again."""
    return _bin(register, person_id, register.stamp(), "put {name} in the bin")


def take_out_of_bin(register: Register, person_id: PersonId) -> Done | Refused:
    """Take a person out of the bin."""
    return _bin(register, person_id, None, "take {name} out of the bin")


def _bin(register: Register, person_id: PersonId, at: str | None, text: str) -> Done | Refused:
    person = people.get(register, person_id)
    if person is None:
        return Refused(problems=(Problem(code="person_gone"),))
    if person.merged_into is not None:
        return Refused(problems=(Problem(code="person_joined"),))
    text = text.format(name=short_name(person))
    use_case = "person.bin" if at else "person.unbin"
    with register.transaction(use_case, text=text, topics=_BIN_TOPICS, subject_id=person_id):
        people.set_binned(register, person_id, at)
    return Done(changes=_BIN_TOPICS, text=text, ids=(person_id,))


def short_name(draft: PersonDraft | Person) -> str:
    """Return what to call somebody in the name of a change."""
    return draft.known_as or draft.given_name or draft.family_name or "a person"
