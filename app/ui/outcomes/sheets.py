"""Sheets to enter: one questionnaire of one person each, in paper order."""

import datetime as dt
from dataclasses import dataclass, field

from app.domain.ids import PersonId, ResponseId
from app.domain.outcomes import Response, Stage
from app.services import outcomes, people
from app.services.outcomes import Due, Pile
from app.services.registers import Register
from app.ui.people.people_model import shown_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One questionnaire in hand, and what is kept of it."""

    person_id: PersonId
    name: str = field(repr=False)
    measure: str
    code: str = ""
    row: int = 1
    print_id: int | None = None
    response: Response | None = None
    stage: Stage | None = None
    day: dt.date | None = None
    """The day it is suggested to be of."""

    @property
    def key(self) -> tuple[int, str, int, int]:
        """What tells it from the others."""
        response = self.response.id if self.response and self.print_id is None else 0
        return (self.person_id, self.measure, self.print_id or 0, response)


def of_pile(pile: Pile) -> tuple[Sheet, ...]:
    """Return the sheets of a printed pile."""
    return tuple(
        Sheet(
            person_id=row.person.id, name=shown_name(row.person), code=row.code, row=row.row,
            measure=pile.measure.id, print_id=pile.printed.id, response=row.response,
        )
        for row in pile.rows
    )  # fmt: skip


def of_due(due: Due, code: str = "") -> Sheet:
    """Return the sheet of somebody who is due."""
    return Sheet(
        person_id=due.person.id, name=shown_name(due.person), measure=due.measure.id, code=code,
        stage=due.stage,
    )  # fmt: skip


def of_response(register: Register, response_id: ResponseId) -> Sheet | None:
    """Return the sheet of answers that are kept, to correct them, or None."""
    kept = outcomes.response(register, response_id)
    if kept is None or kept.binned:
        return None
    return of_person(register, kept.person_id, kept.measure, response=kept)


def of_person(
    register: Register, person_id: PersonId, measure: str, *, response: Response | None = None
) -> Sheet | None:
    """Return a sheet of one person, or None when there is no such person any more."""
    person = people.get_person(register, person_id)
    if person is None:
        return None
    code = outcomes.codes_of(register, (person_id,)).get(person_id, "")
    return Sheet(
        person_id=person_id, name=person.full_name, measure=measure, code=code, response=response
    )
