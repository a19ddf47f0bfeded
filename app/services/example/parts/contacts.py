"""Part: whom to ring, who looks after the young ones, what a leader must know, what was agreed to."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from app.domain.names import full_name
from app.services.example import names
from app.services.example.members import YEAR, Member
from app.services.example.names import FEMALE, MALE
from app.services.example.places import places
from app.services.example.telling import email_of, phone_of, phrases
from app.services.example.world import World
from app.services.example.writing import Writer

_WOMEN = frozenset({"Daughter", "Wife", "Sister", "Niece", "Mother", "Grandmother", "Aunt"})
_MEN = frozenset({"Son", "Husband", "Brother", "Father", "Grandson", "Stepfather"})
_OTHERS = frozenset({"Neighbour", "Friend", "Carer", "Foster carer"})
_YOUNGER = {"Daughter": -28, "Son": -28, "Niece": -30, "Grandson": -50}
_ELDER = {"Mother": 27, "Father": 29, "Grandmother": 52, "Aunt": 26, "Stepfather": 30}
_WORDING = "2024-1"
_SECOND_GUARDIAN_SHARE = 0.24
_GROWN = 18.02
"""Eighteen, and some days more: the lengths of years differ."""

Row = tuple[Any, ...]
_Families = dict[tuple[int, str, str], list[Member]]
"""Grown-ups by group, community and family name."""


def write(writer: Writer) -> None:
    """Write contacts, parents and carers, access notes and consents."""
    world = writer.world
    writer.rows(
        "emergency_contact",
        "person_id position name relationship phone",
        ((writer.person(person), *rest) for person, *rest in emergency(world)),
    )
    writer.rows(
        "guardian",
        "person_id guardian_person_id name relationship phone email has_responsibility"
        " may_collect activity_consent_on medical_consent_on travel_consent_on",
        (
            (writer.person(person), writer.person(other), *rest)
            for person, other, *rest in guardians(world)
        ),
    )
    writer.fill(
        "person_access",
        "person_id access_needs health updated_on",
        ((writer.person(person), *rest) for person, *rest in access(world)),
    )
    writer.rows(
        "consent",
        "person_id purpose given asked_on method wording_version taken_by detail withdrawn_on",
        ((writer.person(person), *rest) for person, *rest in consents(world)),
    )


def emergency(world: World) -> Iterator[Row]:
    """Yield emergency contacts: (person, position, name, relationship, phone)."""
    chance = world.chance("emergency contacts")
    for member in world.members:
        age = member.age(member.joined)
        if age < 18 and chance.random() < 0.7:
            continue  # the parent stands in
        if chance.random() < 0.74:
            yield (member.index, 1, *_somebody(member, age, chance))
            if chance.random() < 0.14:
                yield (member.index, 2, *_somebody(member, age, chance))


def guardians(world: World) -> Iterator[Row]:
    """Yield parents and carers of the under-18s, with what they agreed to and when.

    (person, guardian's own person or None, name, relationship, phone, email, responsible, may
    collect, activity, medical and travel consent)
    """
    chance = world.chance("guardians")
    grown = _grown_by_family(world)
    for member in world.members:
        if member.age(member.joined) >= _GROWN:
            continue
        first = _guardian(member, "", grown, chance)
        yield first
        if chance.random() < _SECOND_GUARDIAN_SHARE:
            yield _guardian(member, first[3], {}, chance)


def _guardian(member: Member, beside: str, grown: _Families, chance: random.Random) -> Row:
    """Return a parent or carer; ``beside`` is what the first one is, for a second."""
    signed = dt.date.fromordinal(member.joined).isoformat()
    activity = signed if chance.random() < 0.88 else None
    medical = signed if activity and chance.random() < 0.84 else None
    travel = signed if activity and chance.random() < 0.45 else None
    collect = 0 if chance.random() < 0.05 else 1
    agreed = (collect, activity, medical, travel)
    parent = _parent_in_book(member, grown, chance)
    if parent:
        relation = "Mother" if parent.sex == FEMALE else "Father"
        return (member.index, parent.index, "", relation, "", "", 1, *agreed)
    kinds = phrases()["relationship"]["second_guardian" if beside else "guardian"]
    relation = str(chance.choice([kind for kind in kinds if kind != beside]))
    person = _related(member, member.age(member.joined), relation, chance)
    responsible = int(not beside or relation in {"Mother", "Father"})
    phone = phone_of(chance, landline=0.05)
    email = email_of(person, chance) if chance.random() < 0.6 else ""
    called = full_name(person.given, person.family)
    return (member.index, None, called, relation, phone, email, responsible, *agreed)


def _parent_in_book(member: Member, grown: _Families, chance: random.Random) -> Member | None:
    """Return a grown-up of the same group who could be the parent, where there is one."""
    key = (member.group, member.name.community, member.name.part.latin[MALE])
    likely = [one for one in grown.get(key, ()) if 20 <= (member.born - one.born) / YEAR <= 44]
    return chance.choice(likely) if likely and chance.random() < 0.6 else None


def _grown_by_family(world: World) -> _Families:
    found: _Families = {}
    for member in world.members:
        if member.age(member.joined) >= 25:
            key = (member.group, member.name.community, member.name.part.latin[MALE])
            found.setdefault(key, []).append(member)
    return found


def _somebody(member: Member, age: float, chance: random.Random) -> tuple[str, str, str]:
    kinds = phrases()["relationship"]
    kind = "young" if age < 18 else "older" if age >= 50 else "adult"
    relation = str(chance.choice(kinds[kind]))
    # A husband rarely names a husband; it happens.
    if relation in {"Wife", "Husband"} and chance.random() < 0.97:
        relation = "Husband" if member.sex == FEMALE else "Wife"
    person = _related(member, age, relation, chance)
    return (full_name(person.given, person.family), relation, phone_of(chance))


def _related(member: Member, age: float, relation: str, chance: random.Random) -> names.Name:
    sex = FEMALE if relation in _WOMEN else MALE if relation in _MEN else chance.randrange(2)
    years = int(age + _YOUNGER.get(relation, _ELDER.get(relation, chance.randrange(-6, 7))))
    if relation in _OTHERS and chance.random() < 0.7:
        code = places()[member.town].people.pick(chance)
        return names.draw(chance, code, sex, years)
    return names.relative(chance, member.name, sex, years)


def access(world: World) -> Iterator[Row]:
    """Yield access and health notes: (person, access, health, updated on)."""
    chance = world.chance("access")
    book = phrases()
    for member in world.members:
        age = member.age(member.joined)
        share = 0.07 if age < 18 else 0.1 if age < 60 else 0.21
        roll = chance.random()
        needs = member.extra.get("access", "")
        health = member.extra.get("health", "")
        if not needs and roll < share * 0.7:
            needs = chance.choice(book["access"])
        if not health and share * 0.45 < roll < share:
            health = chance.choice(book["health"])
        if needs or health:
            day = dt.date.fromordinal(min(member.joined + 7, world.ending.toordinal()))
            yield (member.index, needs, health, day.isoformat())


def consents(world: World) -> Iterator[Row]:
    """Yield answers to what each person was asked.

    (person, purpose, given, asked on, method, wording, taken by, detail, withdrawn on)
    """
    chance = world.chance("consents")
    for member in world.members:
        if chance.random() < 0.06:
            continue  # the form never came back
        day = dt.date.fromordinal(member.joined)
        paper = "paper" if chance.random() < 0.8 else chance.choice(("verbal", "digital"))
        for purpose, asked, yes in _ASKED:
            if purpose == "report_back" and member.batch < 0:
                continue
            if chance.random() >= asked:
                continue
            given = chance.random() < yes
            withdrawn = None
            if given and chance.random() < 0.012:
                gone = min(day + dt.timedelta(days=chance.randrange(20, 400)), world.ending)
                withdrawn = gone.isoformat()
            detail = (
                "Not on the internet"
                if purpose == "photos" and given and chance.random() < 0.1
                else ""
            )
            yield (
                member.index,
                purpose,
                int(given),
                day.isoformat(),
                paper,
                _WORDING,
                "",
                detail,
                withdrawn,
            )


_ASKED = (
    ("hold_details", 0.97, 0.985),
    ("contact", 0.8, 0.76),
    ("photos", 0.86, 0.68),
    ("equality", 0.55, 0.88),
    ("health_access", 0.42, 0.9),
    ("report_back", 0.92, 0.83),
    ("story", 0.06, 0.6),
)
