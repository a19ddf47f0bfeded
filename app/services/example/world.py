"""The whole pretend book in mind, before any of it is written down."""

import datetime as dt
import random
from dataclasses import dataclass, field

from app.domain.ids import new_id
from app.services.example import meetings as sessions
from app.services.example import programme
from app.services.example.chance import stream
from app.services.example.crowd import Crowd
from app.services.example.marks import Registers
from app.services.example.meetings import Meeting
from app.services.example.members import Member, Spell
from app.services.example.programme import Plan
from app.services.example.size import SCALES, Size

HOUR = 20
"""Pretend books are made at eight in the evening, UTC, of the day they end on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything drawn for one book; parts read it and write their rows."""

    size: Size
    seed: int
    ending: dt.date
    first: dt.date
    plans: tuple[Plan, ...]
    meetings: tuple[tuple[Meeting, ...], ...]
    members: tuple[Member, ...] = field(repr=False)
    spells: tuple[Spell, ...] = field(repr=False)
    leaders: dict[int, Member] = field(repr=False)
    marks: Registers = field(repr=False)

    def chance(self, part: str) -> random.Random:
        """Return the numbers of one part."""
        return stream(self.seed, self.ending, part)

    def first_id(self, table: str) -> int:
        """Return the id that a table's rows count on from: from seed and date, not the clock."""
        chance = stream(self.seed, self.ending, self.size, "ids", table)
        return new_id(int(self.now().timestamp() * 1000), random_bits=chance.getrandbits)

    def now(self) -> dt.datetime:
        """Return the instant at which the book was made, as far as it knows."""
        return dt.datetime.combine(self.ending, dt.time(HOUR), dt.UTC)


def imagine(size: Size, seed: int, ending: dt.date) -> World:
    """Draw a whole book."""
    scale = SCALES[size]
    plans = programme.build(size, ending, seed)
    meetings = sessions.choose(plans, scale.sessions, ending, seed)
    crowd = Crowd(plans, meetings, size, ending, seed)
    crowd.draw()
    marks = Registers(plans, meetings, crowd.spells, scale.attendances, ending, seed)
    marks.fit()
    return World(
        size=size,
        seed=seed,
        ending=ending,
        first=programme.years_before(ending, scale.years),
        plans=plans,
        meetings=meetings,
        members=tuple(crowd.members),
        spells=tuple(crowd.spells),
        leaders=crowd.leaders,
        marks=marks,
    )
