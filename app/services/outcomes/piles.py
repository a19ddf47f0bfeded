"""Printed piles of questionnaires: codes instead of names, and the order in which to enter them."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.domain.changes import Topic
from app.domain.ids import PersonId
from app.domain.measures import Measure
from app.domain.outcomes import Response, may_be_printed, person_code
from app.domain.problems import Problem
from app.services.outcomes.measuring import measure_here, with_own_texts
from app.services.result import Changing, Done, Refused, Sliced, Written
from app.storage import outcomes, questionnaires
from app.storage.people import PersonRow
from app.storage.questionnaires import PrintedPile
from app.storage.register import Register

__all__ = [
    "Pile",
    "PileRow",
    "PrintedPile",
    "codes_of",
    "pile",
    "piles",
    "print_pile",
    "whose_code",
]

_TOPICS = frozenset({Topic.OUTCOMES})
_AT_ONCE = 100
"""Sheets noted between two turns of the window: some 3 ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PileRow:
    """One sheet of a pile: its place, code and person, and what was entered of it."""

    row: int
    code: str
    person: PersonRow = field(repr=False)
    response: Response | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """A printed pile as it is entered, in paper order."""

    printed: PrintedPile
    measure: Measure
    rows: tuple[PileRow, ...]

    @property
    def next_row(self) -> PileRow | None:
        """The first sheet that is not entered yet."""
        return next((row for row in self.rows if row.response is None), None)


@Sliced
def print_pile(
    register: Register, measure_id: str, people: Sequence[PersonId], *, large: bool = False
) -> Changing:
    """Note a pile to be printed, in this order, and give each person a code; ids: the pile's."""
    here = measure_here(register, measure_id)
    ids = tuple(dict.fromkeys(people))
    if here is None:
        values = {"value": measure_id}
        return Refused(problems=(Problem(code="measure_unknown", values=values),))
    problem = may_be_printed(here.measure, here.use)
    lines = questionnaires.persons(register, ids)
    if problem is None and not ids:
        problem = Problem(code="nobody_chosen")
    if problem is None and set(lines) != set(ids):
        problem = Problem(code="person_gone")
    if problem is not None:
        return Refused(problems=(problem,))
    text = f"print {here.measure.title}"
    yield Written(done=0, total=len(ids))
    print_id = register.new_id()
    pieces = _keep(register, print_id, measure_id, ids, large=large)
    for done in register.write_in_slices(
        "questionnaire.print", pieces, text=text, topics=_TOPICS, subject_ids=()
    ):
        yield Written(done=done, total=len(ids))
    return Done(changes=_TOPICS, text=text, ids=(print_id,))


def pile(register: Register, print_id: int) -> Pile | None:
    """Return a pile with what was entered of it, or None; who is in the bin is left out."""
    printed = questionnaires.pile(register, print_id)
    here = measure_here(register, printed.measure) if printed else None
    if printed is None or here is None:
        return None
    lines = questionnaires.persons(register, printed.people)
    codes = questionnaires.codes(register, printed.people)
    entered = {one.person_id: one for one in outcomes.of_pile(register, print_id)}
    rows = tuple(
        PileRow(
            row=place, code=codes.get(person, ""), person=lines[person],
            response=entered.get(person),
        )
        for place, person in enumerate(printed.people, start=1)
        if person in lines
    )  # fmt: skip
    return Pile(printed=printed, measure=with_own_texts(here), rows=rows)


def piles(register: Register, limit: int = 20) -> tuple[PrintedPile, ...]:
    """Return the piles that were printed, the newest first."""
    return questionnaires.piles(register, limit)


def codes_of(register: Register, people: Sequence[PersonId]) -> dict[PersonId, str]:
    """Return the codes of those who have one."""
    return questionnaires.codes(register, people)


def whose_code(register: Register, code: str) -> PersonId | None:
    """Return whose code stands on a sheet, or None."""
    return questionnaires.person_of_code(register, code)


def _keep(
    register: Register, print_id: int, measure_id: str, ids: tuple[PersonId, ...], *, large: bool
) -> Iterator[int]:
    """Give codes and keep the pile, some sheets at a time; give how many so far."""
    taken = set(questionnaires.every_code(register))
    questionnaires.begin_pile(register, print_id, measure_id, large_print=large)
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        _give_codes(register, some, taken)
        questionnaires.add_to_pile(register, print_id, some, first + 1)
        yield first + len(some)


def _give_codes(register: Register, people: Sequence[PersonId], taken: set[str]) -> None:
    have = questionnaires.codes(register, people)
    for person in (one for one in people if one not in have):
        code = person_code(int.from_bytes(os.urandom(8)))
        while code in taken:
            code = person_code(int.from_bytes(os.urandom(8)))
        taken.add(code)
        questionnaires.give_code(register, person, code)
