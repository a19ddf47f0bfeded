"""The people whom every pretend book has: those a page of names has to cope with."""

import tomllib
from typing import Any

from app import resources
from app.services.example import names
from app.services.example.crowd import Crowd
from app.services.example.members import YEAR, Member
from app.services.example.names import FEMALE, MALE, Name, Part
from app.services.example.size import Size

_LATELY = 120


def take_parts(crowd: Crowd, size: Size) -> None:
    """Give the named parts of the cast to members who fit them."""
    book = tomllib.loads(resources.path("example/cast.toml").read_text("utf-8"))
    regulars = _regulars(crowd)
    taken: set[int] = set()
    for part in (*book.get(size, ()), *book["everywhere"]):
        leads = [
            plan.index
            for plan in crowd.plans
            if plan.index in crowd.leaders
            and plan.draft.leader == f"{part['given']} {part['family']}"
        ]
        fitting = [crowd.leaders[index] for index in leads] or [
            member
            for member in regulars
            if member.index not in taken and _fits(crowd, member, part)
        ]
        if fitting:
            taken.add(fitting[0].index)
            _play(fitting[0], part)


def _regulars(crowd: Crowd) -> list[Member]:
    """Return members with a long stay in the first group, those who are still there first."""
    stays: dict[int, int] = {}
    for spell in crowd.spells:
        if spell.role == "participant" and spell.stay and spell.often > 0.45:
            stays[spell.person] = max(stays.get(spell.person, 0), spell.last)
    some = [member for member in crowd.members if member.group == 0 and member.index in stays]
    return sorted(
        some, key=lambda member: (-min(stays[member.index], crowd.diary.ending), member.index)
    )


def _fits(crowd: Crowd, member: Member, part: dict[str, Any]) -> bool:
    home = crowd.plans[member.home]
    if "at" in part and home.draft.name != part["at"]:
        return False
    if not (home.draft.age_from or 0) <= part["age"] <= (home.draft.age_to or 130):
        return False
    if part.get("new"):
        return crowd.diary.ending - member.joined < _LATELY
    return part["age"] < 19 or crowd.diary.ending - member.joined > _LATELY


def _play(member: Member, part: dict[str, Any]) -> None:
    member.sex = FEMALE if part["sex"] == "f" else MALE
    birthday = member.born % 365
    # The age is as on the day they joined; nobody turns too old for their activity by it.
    member.born = member.joined - int(part["age"] * YEAR) - birthday
    given, family = part["given"], part["family"]
    member.name = Name(
        community=part["community"],
        sex=member.sex,
        given=given,
        family=family,
        own=part.get("own", ""),
        part=_family(part["community"], family),
    )
    member.known_as = part.get("known_as", "")
    member.extra = {
        key: part[key] for key in ("what_helps", "access", "health", "phone") if key in part
    }


def _family(community: str, family: str) -> Part:
    """Return the family name as its community lists it, so that relatives share it."""
    for part in names.communities()[community].family:
        if family in part.latin:
            return part
    return Part((family, family), ("", ""))
