"""A large pile of questionnaires is noted in slices: whole and in its order, or not at all."""

import pytest

from app.services import outcomes, registers
from app.services.outcomes.piles import print_pile
from tests import builders


@pytest.fixture
def seven(register, monkeypatch):
    monkeypatch.setitem(print_pile.in_slices.__globals__, "_AT_ONCE", 3)
    return tuple(builders.person(register, f"Ada{number}") for number in range(7))


def test_pile_in_slices_is_whole_or_not_at_all(register, seven):
    kept = print_pile(register, "ons4", seven[2:4]).ids[0]
    codes, before = outcomes.codes_of(register, seven), builders.dump(register)
    register.take_step()
    for turns in range(1, 5):
        work = print_pile.in_slices(register, "ons4", seven[::-1])
        steps = [next(work) for _ in range(turns)]
        work.close()
        assert builders.dump(register) == before
        assert register.take_step() is None
    assert [(step.done, step.total) for step in steps] == [(0, 7), (3, 7), (6, 7), (7, 7)]
    pile = outcomes.pile(register, print_pile(register, "ons4", seven[::-1]).ids[0])
    assert [row.person.id for row in pile.rows] == list(seven[::-1])
    assert [row.row for row in pile.rows] == [*range(1, 8)]
    given = outcomes.codes_of(register, seven)
    assert given | codes == given
    assert len(set(given.values())) == 7
    registers.undo(register, register.take_step())
    assert builders.dump(register) == before
    assert len(outcomes.pile(register, kept).rows) == 2
