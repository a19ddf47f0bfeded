"""The pretend registers: who was there, who was late, who sent apologies, who was crossed off."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.services.example.chance import stream
from app.services.example.meetings import Meeting
from app.services.example.members import Spell
from app.services.example.programme import Plan
from app.services.example.times import season

_LATE, _APOLOGY = 0.035, 0.055
_ABSENT = {"none": 0.0, "some": 0.16, "all": 0.55}
_MOST = 0.975
"""Nobody comes quite always."""

Row = tuple[int, int, str, str]
"""Session id, person id, mark, role."""


@dataclass(slots=True)
class _Seat:
    """Somebody on the register for now."""

    person: int
    often: float
    last: int
    role: str
    came: bool


class Registers:
    """Every mark of a book, activity by activity; what came of them is kept as it goes."""

    def __init__(
        self,
        plans: Sequence[Plan],
        meetings: Sequence[Sequence[Meeting]],
        spells: Sequence[Spell],
        wanted: int,
        ending: dt.date,
        seed: int,
    ) -> None:
        self._plans = plans
        self._meetings = meetings
        self._seed = (seed, ending)
        self._spells: list[list[Spell]] = [[] for _ in plans]
        for spell in sorted(spells, key=lambda spell: (spell.first, spell.person)):
            self._spells[spell.activity].append(spell)
        self.rows = 0
        self.attended = 0
        self.doubles: dict[int, tuple[int, int]] = {}
        """Who was written down under a second record, and up to which day."""
        self.twice: set[int] = set()
        """Those of them who were once ticked under both."""
        self._scale = 1.0
        self._wanted = wanted

    def fit(self) -> None:
        """Measure what the seasons leave of the attendances, and make good for it."""
        expected = sum(self._expected(plan) for plan in self._plans)
        self._scale = self._wanted / expected if expected else 1.0

    def _expected(self, plan: Plan) -> float:
        return sum(
            full * sum(seat.often for seat in seats if seat.role == "participant")
            for _, full, seats in self._sittings(plan)
        )

    def _sittings(self, plan: Plan) -> Iterator[tuple[Meeting, float, list[_Seat]]]:
        """Yield each held session with its season and those on the register that day."""
        waiting = self._spells[plan.index]
        seats: list[_Seat] = []
        at = 0
        for meeting in self._meetings[plan.index]:
            if meeting.state != "held":
                continue
            day = meeting.day.toordinal()
            seats = [seat for seat in seats if seat.last >= day]
            while at < len(waiting) and waiting[at].first <= day:
                spell = waiting[at]
                at += 1
                if spell.last >= day and spell.often:
                    seats.append(_Seat(spell.person, spell.often, spell.last, spell.role, False))
            yield meeting, season(meeting.day, outdoors=plan.outdoors, careful=plan.shut), seats

    def draw(self, plan: Plan, session_id: int, person_id: int) -> Iterator[Row]:
        """Yield an activity's marks in the order of their key.

        ``session_id`` and ``person_id`` are the ids of the book's first session and person.
        """
        chance = stream(*self._seed, "marks", plan.draft.name).random
        owed = 0.0
        for meeting, full, seats in self._sittings(plan):
            factor = full * self._scale
            due = factor * sum(seat.often for seat in seats if seat.role == "participant")
            if due:  # chance may owe or be owed a little: the next session makes up for it
                factor *= min(max(1 + owed / due, 0.75), 1.3)
            marks, came = _sitting(seats, factor, plan, chance)
            owed += due - came
            self.attended += came
            rows = self._rows(meeting, marks, session_id, person_id)
            self.rows += len(rows)
            yield from rows

    def _rows(
        self, meeting: Meeting, marks: list[tuple[int, str, str]], session_id: int, person_id: int
    ) -> list[Row]:
        """Return a session's rows; second records of people stand in for them for a while."""
        session = session_id + meeting.index
        rows = [(session, person_id + person, mark, role) for person, mark, role in marks]
        if self.doubles:
            day = meeting.day.toordinal()
            for at, (person, mark, role) in enumerate(marks):
                if person in self.doubles and day <= self.doubles[person][1]:
                    rows[at] = (session, person_id + self.doubles[person][0], mark, role)
                    if person in self.twice:  # ticked on both lines of the same sheet
                        self.twice.remove(person)
                        rows.append((session, person_id + person, mark, role))
        rows.sort()
        return rows


def _sitting(
    seats: Sequence[_Seat], factor: float, plan: Plan, chance: Callable[[], float]
) -> tuple[list[tuple[int, str, str]], int]:
    """Let everybody on the register come or not; return the marks and how many came."""
    absent = _ABSENT[plan.marks]
    capacity = plan.draft.capacity or 10_000
    marks: list[tuple[int, str, str]] = []
    came = 0
    for seat in seats:
        helper = seat.role != "participant"
        often = min(seat.often if helper else seat.often * factor, _MOST)
        roll = chance()
        if not seat.came or (roll < often and (helper or came < capacity)):
            mark = "late" if roll < _LATE * often else "present"
            seat.came = True
            came += not helper
        elif roll > 1 - _APOLOGY and seat.often > 0.5:
            mark = "apology"
        elif not helper and chance() < absent:
            mark = "absent"
        else:
            continue
        marks.append((seat.person, mark, seat.role))
    return marks, came
