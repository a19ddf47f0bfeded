"""Pretend people before the small print, and the times in which they come."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.activities import SessionState
from app.services.example.meetings import Meeting
from app.services.example.names import Name
from app.services.example.programme import Plan

YEAR = 365.2425
"""Days of a year."""


@dataclass(slots=True, kw_only=True)
class Spell:
    """A time in which somebody comes to an activity; days are ordinals, both ends included."""

    person: int
    activity: int
    first: int
    last: int
    often: float
    """Chance of coming to an ordinary session; 0: there, but never on the register."""
    role: str = "participant"
    stay: float = 0.0
    """Length in units that are settled for the whole book at once; 0: the length is fixed."""
    limit: int = 0
    """The last day it may reach, whatever its length."""


@dataclass(slots=True, kw_only=True)
class Member:
    """One pretend person, before the small print."""

    index: int
    group: int
    town: str
    home: int
    """The activity that brought them."""
    sex: int
    born: int
    """Day of birth as an ordinal."""
    name: Name = field(repr=False)
    joined: int
    batch: int = -1
    """Which cluster of referred people they came with, or -1."""
    known_as: str = ""
    extra: dict[str, str] = field(default_factory=dict, repr=False)

    def age(self, day: int) -> float:
        """Return the age in years on a day."""
        return (day - self.born) / YEAR


class Diary:
    """When activities met: who fits where is asked of it."""

    def __init__(
        self, plans: Sequence[Plan], meetings: Sequence[Sequence[Meeting]], ending: dt.date
    ) -> None:
        self.plans = plans
        self.ending = ending.toordinal()
        self._held = [
            [meeting.day.toordinal() for meeting in group if meeting.state is SessionState.HELD]
            for group in meetings
        ]
        self._groups: dict[int, list[Plan]] = {}
        for plan in plans:
            if self._held[plan.index]:
                self._groups.setdefault(plan.group, []).append(plan)

    def held(self, plan: Plan) -> list[int]:
        """Return the days on which an activity met."""
        return self._held[plan.index]

    def span(self, plan: Plan) -> tuple[int, int]:
        """Return the first and last day in which people come to an activity."""
        held = self._held[plan.index]
        if not held:
            return (self.ending, self.ending)
        return (held[0], self.ending if self.goes_on(plan) else held[-1])

    def goes_on(self, plan: Plan) -> bool:
        """Say whether an activity has sessions to come."""
        return plan.days[-1][0].toordinal() > self.ending

    def count(self, spell: Spell) -> int:
        """Return how many sessions a spell covers."""
        held = self._held[spell.activity]
        return bisect_right(held, spell.last) - bisect_left(held, spell.first)

    def suiting(self, member: Member, day: int, taken: set[int | None]) -> list[Plan]:
        """Return the activities of somebody's group that suit them and are on days still free."""
        return [
            plan
            for plan in self._groups.get(member.group, ())
            if plan.draft.weekday not in taken and self._suits(plan, member, day)
        ]

    def _suits(self, plan: Plan, member: Member, day: int) -> bool:
        first, last = self.span(plan)
        return first < last and day < last - 30 and plan.welcomes(member.age(day), member.sex)
