"""The people whom every pretend book has: those a page of names has to cope with."""

import tomllib
from typing import Any

from app import resources
from app.services.example import names
from app.services.example.crowd import Crowd
from app.services.example.members import YEAR, Diary, Member, Spell
from app.services.example.names import FEMALE, MALE, Name, Part
from app.services.example.size import Size

_LATELY, _NEWCOMER = 120, 40
"""Days in the group: more for most of the cast, so many for its newcomers."""
_REGULAR = 0.45


def take_parts(crowd: Crowd, size: Size) -> None:
    """Give the named parts of the cast to members who fit them."""
    book = tomllib.loads(resources.path("example/cast.toml").read_text("utf-8"))
    stage = _Stage(crowd)
    for part in (*book.get(size, ()), *book["everywhere"]):
        member = stage.leader(part) or stage.regular(part)
        if member:
            if part.get("new"):
                stage.arrive_lately(member)
            _play(member, part)


class _Stage:
    """Who is free to play a part."""

    def __init__(self, crowd: Crowd) -> None:
        self._diary: Diary = crowd.diary
        self._leaders = crowd.leaders
        self._spells: dict[int, list[Spell]] = {}
        for spell in crowd.spells:
            self._spells.setdefault(spell.person, []).append(spell)
        self._free = [
            member
            for member in crowd.members
            if member.group == 0 and self._comes(member, self._spells.get(member.index, []))
        ]
        # Those who still come first, so that today's register has them.
        self._free.sort(key=lambda member: (-self._until(member), member.index))

    def _comes(self, member: Member, spells: list[Spell]) -> bool:
        home = [spell for spell in spells if spell.activity == member.home and spell.stay]
        return (
            bool(home)
            and all(spell.role == "participant" for spell in spells)
            and min(spell.often for spell in home) > _REGULAR
        )

    def _until(self, member: Member) -> int:
        return max(s.last for s in self._spells[member.index] if s.activity == member.home)

    def leader(self, part: dict[str, Any]) -> Member | None:
        """Return the leader of the activity that the part is said to lead."""
        name = f"{part['given']} {part['family']}"
        for plan in self._diary.plans:
            if plan.draft.leader == name and plan.index in self._leaders:
                return self._leaders[plan.index]
        return None

    def regular(self, part: dict[str, Any]) -> Member | None:
        """Take somebody whose activities all suit the part's age and sex, if there is one."""
        fitting = [member for member in self._free if self._fits(member, part)]
        if part.get("new"):
            fitting.sort(key=lambda member: (-member.joined, member.index))
        if not fitting:
            return None
        self._free.remove(fitting[0])
        return fitting[0]

    def _fits(self, member: Member, part: dict[str, Any]) -> bool:
        plans = self._diary.plans
        if "at" in part and plans[member.home].draft.name != part["at"]:
            return False
        sex = FEMALE if part["sex"] == "f" else MALE
        return all(
            plans[spell.activity].welcomes(part["age"], sex) for spell in self._spells[member.index]
        )

    def arrive_lately(self, member: Member) -> None:
        """Make somebody a newcomer of the last weeks."""
        day = self._diary.ending - _NEWCOMER
        member.joined = max(member.joined, day)
        for spell in self._spells[member.index]:
            spell.first = max(spell.first, member.joined)
            spell.last = max(spell.last, spell.limit, spell.first)


def _play(member: Member, part: dict[str, Any]) -> None:
    member.sex = FEMALE if part["sex"] == "f" else MALE
    # The age is as on the day they joined; the birthday stays where it was in the year.
    member.born = member.joined - int(part["age"] * YEAR) - member.born % 365
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
