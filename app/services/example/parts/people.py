"""Part: the people themselves, as a form would have caught them."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from app.domain.equality import NOT_ASKED, PREFER_NOT
from app.domain.people import PersonDraft
from app.services.example import places
from app.services.example.chance import Weighted
from app.services.example.leaving import Left
from app.services.example.members import Member
from app.services.example.names import FEMALE, communities
from app.services.example.parts import tidying
from app.services.example.telling import email_of, nickname, phone_of, phrases
from app.services.example.world import World
from app.services.example.writing import Writer
from app.storage.people import columns_of

_REFUSED = {  # shares of prefer-not-to-say and of never asked: they differ by question
    "sex": (0.01, 0.04),
    "gender_same": (0.05, 0.5),
    "ethnicity": (0.045, 0.11),
    "disability": (0.07, 0.17),
    "carer": (0.03, 0.26),
    "orientation": (0.16, 0.56),
    "religion": (0.09, 0.4),
}
_DISABILITY = {
    age: Weighted(weights)
    for age, weights in (
        ("young", {"none": 82, "not_limiting": 8, "limited_a_little": 7, "limited_a_lot": 3}),
        ("adult", {"none": 66, "not_limiting": 13, "limited_a_little": 14, "limited_a_lot": 7}),
        ("older", {"none": 36, "not_limiting": 19, "limited_a_little": 27, "limited_a_lot": 18}),
    )
}
_ORIENTATION = Weighted({"straight": 93, "gay": 3, "bisexual": 3, "other": 1})
_BANDS = ((5, 11), (11, 18), (19, 25), (26, 40), (41, 55), (56, 64), (65, 74), (75, 84), (85, None))


def write(writer: Writer) -> None:
    """Write everybody, with second records of some and what is in the bin."""
    world = writer.world
    doubles = tidying.doubles(world)
    first_double = len(world.members)
    for place, double in enumerate(doubles):
        world.marks.doubles[double.kept] = (first_double + place, double.until)
        if place % 4 == 0:
            world.marks.twice.add(double.kept)

    def rows() -> Iterator[tuple[Any, ...]]:
        for draft in drafts(world, writer.left):
            values = columns_of(draft)
            writer.sort_keys.append(values["sort_key"])
            yield (*values.values(), None, None)
        for double in doubles:
            yield (*columns_of(double.draft).values(), writer.person(double.kept), None)
        for draft, at in tidying.mistakes(world):
            yield (*columns_of(draft).values(), None, at)

    columns = " ".join((*columns_of(PersonDraft()), "merged_into", "binned_at"))
    writer.rows("person", columns, rows())
    writer.counts["people"] = len(world.members)
    writer.counts["joined_records"] = len(doubles)
    merges = (
        (
            writer.person(double.kept),
            writer.person(first_double + place),
            double.joined_at,
            '{"followers": []}',
        )
        for place, double in enumerate(doubles)
    )
    writer.rows("person_merge", "kept_id merged_id merged_at before", merges)


def drafts(world: World, left: Left) -> Iterator[PersonDraft]:
    """Yield everybody's details in the order of the members; ``left`` says who left when and why."""
    chance = world.chance("people")
    for member in world.members:
        yield _draft(world, member, left.get(member.index), chance)


def _draft(
    world: World, member: Member, left: tuple[int, str] | None, chance: random.Random
) -> PersonDraft:
    name = member.name
    age = member.age(member.joined)
    home = places.draw(chance, member.town)
    joined = _joined(world, member, chance)
    with_phone = chance.random() < (0.35 if age < 18 else 0.82)
    with_email = chance.random() < (0.2 if age < 18 else 0.62 if age < 65 else 0.3)
    with_street = chance.random() < 0.55
    with_postcode = with_street or chance.random() < 0.7
    return PersonDraft(
        given_name=name.given,
        family_name=name.family if age >= 18 or chance.random() > 0.03 else "",
        known_as=member.known_as or nickname(name.given, chance),
        own_script_name=name.own,
        pronouns=_pronouns(member, chance),
        **_birth(member, joined, chance),
        **_answers(member, age, chance),
        phone=member.extra.get("phone", phone_of(chance) if with_phone else ""),
        email=email_of(name, chance) if with_email else "",
        address=home.address if with_street else "",
        postcode=home.postcode if with_postcode else "",
        area=home.area if chance.random() < 0.9 else "",
        what_helps=member.extra.get("what_helps", _sometimes("what_helps", 0.11, age, chance)),
        notes=_notes(member, age, chance),
        joined_on=joined,
        left_on=dt.date.fromordinal(left[0]) if left else None,
        left_reason=left[1] if left else "",
    )


def _joined(world: World, member: Member, chance: random.Random) -> dt.date | None:
    """Say when somebody joined: some were there before the book, for some nobody wrote it down."""
    day = dt.date.fromordinal(member.joined)
    roll = chance.random()
    if roll < 0.04:
        return None
    if day <= world.first + dt.timedelta(days=30) and roll < 0.75:
        earlier = day - dt.timedelta(days=chance.randrange(20, 1400))
        grown = 18 if member.age(member.joined) >= 18 else 1
        youngest = world.plans[member.home].draft.age_from or grown
        return min(day, max(earlier, dt.date.fromordinal(member.born + youngest * 366)))
    return day


def _birth(member: Member, joined: dt.date | None, chance: random.Random) -> dict[str, Any]:
    """Return what the form says of age: a birthday, a year, a band, or nothing."""
    born = dt.date.fromordinal(member.born)
    age = member.age(member.joined)
    roll = chance.random() if age >= 18 else chance.random() * 0.76
    if roll < 0.66:
        return {"born_on": born}
    if roll < 0.77:
        return {"birth_year": born.year}
    if roll < 0.88:
        on = max(joined or dt.date.fromordinal(member.joined), dt.date.fromordinal(member.joined))
        whole = int(member.age(on.toordinal()))
        band = next(
            ((low, high) for low, high in _BANDS if high is None or whole <= high), _BANDS[-1]
        )
        return {"age_low": band[0], "age_high": band[1], "age_band_on": on}
    return {}


def _answers(member: Member, age: float, chance: random.Random) -> dict[str, Any]:
    """Return the answers to the equality questions; some were asked on the full form only."""
    community = communities()[member.name.community]
    told = {
        "sex": "female" if member.sex == FEMALE else "male",
        "gender_same": "yes" if chance.random() < 0.985 else "no",
        "ethnicity": community.ethnicity.pick(chance),
        "disability": _DISABILITY["young" if age < 18 else "older" if age >= 65 else "adult"].pick(
            chance
        ),
        "carer": "yes" if chance.random() < (0.04 if age < 18 else 0.17) else "no",
        "orientation": _ORIENTATION.pick(chance),
        "religion": community.religion.pick(chance),
    }
    full_form = chance.random() < 0.93
    for question, (refused, unasked) in _REFUSED.items():
        roll = chance.random()
        grown_only = question in {"gender_same", "orientation"} and age < 16
        if grown_only or not full_form or roll < unasked:
            told[question] = NOT_ASKED
        elif roll < unasked + refused:
            told[question] = PREFER_NOT
    return told


def _pronouns(member: Member, chance: random.Random) -> str:
    roll = chance.random()
    if roll < 0.07:
        return "she/her" if member.sex == FEMALE else "he/him"
    return "they/them" if roll < 0.076 else ""


def _notes(member: Member, age: float, chance: random.Random) -> str:
    if member.batch >= 0:
        key = "young_came_by_notes" if age < 18 else "came_by_notes"
        return str(chance.choice(phrases()[key]))
    return _sometimes("other_notes", 0.05, age, chance)


def _sometimes(key: str, share: float, age: float, chance: random.Random) -> str:
    if chance.random() >= share * (0.4 if age < 30 else 1.3 if age > 70 else 1):
        return ""
    return str(chance.choice(phrases()[key]))
