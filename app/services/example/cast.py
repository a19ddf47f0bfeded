"""The people whom every pretend book has: those a page of names has to cope with."""

import tomllib
from collections.abc import Iterator, Sequence
from typing import Any

from app import resources
from app.services.example import names
from app.services.example.members import YEAR, Diary, Member
from app.services.example.names import FEMALE, MALE, Name, Part
from app.services.example.programme import Plan
from app.services.example.size import Size


class Cast:
    """The parts of one book: who leads, and who comes to what."""

    def __init__(self, size: Size, diary: Diary) -> None:
        book = tomllib.loads(resources.path("example/cast.toml").read_text("utf-8"))
        parts = [*book.get(size, ()), *book["everywhere"]]
        self._leading = {f"{part['given']} {part['family']}": part for part in parts}
        leaders = {plan.draft.leader for plan in diary.plans}
        self._parts = [p for p in parts if f"{p['given']} {p['family']}" not in leaders]
        self._diary = diary

    def leader(self, plan: Plan) -> dict[str, Any] | None:
        """Return who is said to lead an activity, if anybody is."""
        return self._leading.get(plan.draft.leader) if plan.draft.leader else None

    def participants(self) -> Iterator[tuple[dict[str, Any], Plan]]:
        """Yield everybody else with the activity of the first group that brings them."""
        ours = [
            plan
            for plan in self._diary.plans
            if plan.group == 0 and self._diary.held(plan) and self._diary.goes_on(plan)
        ]
        for turn, part in enumerate(self._parts):
            fitting = [plan for plan in ours if _suits(plan, part)]
            if fitting:
                yield part, fitting[turn % len(fitting)]


def _suits(plan: Plan, part: dict[str, Any]) -> bool:
    if "at" in part:
        return bool(plan.draft.name == part["at"])
    # Everybody comes to the weekly ones; an activity for one age or sex only is left to others.
    return plan.draft.age_to is None and plan.welcomes(part["age"], sex_of(part))


def sex_of(part: dict[str, Any]) -> int:
    """Return the sex of a part."""
    return FEMALE if part["sex"] == "f" else MALE


def play(member: Member, part: dict[str, Any]) -> None:
    """Make a member the person of a part; the age is as on the day they joined."""
    member.sex = sex_of(part)
    member.born = member.joined - int(part["age"] * YEAR) - 20 - member.born % 300
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
    listed = names.communities()[community]
    for part in (*listed.family, *listed.hers):
        if family and family in (*part.latin, *part.own):
            return part
    return Part((family, family), ("", ""))


def places_left(homes: Sequence[Plan], taken: Sequence[Plan]) -> list[Plan]:
    """Return the homes that are left when some are taken; others give way where none is."""
    left = list(homes)
    for plan in taken:
        left.remove(plan if plan in left else left[-1])
    return left
