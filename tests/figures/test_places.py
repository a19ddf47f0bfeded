"""Funded places of crowded registers: several places of one person, that run out in the same weeks."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.periods import Period
from app.figures.catalogue import catalogue
from app.figures.evaluate import Scope, count, rows_behind
from tests.figures.book import Book
from tests.figures.recount import Recount
from tests.times import times

FIRST = dt.date(2026, 1, 5)
NAMES = [name for name in catalogue() if name.startswith("places_")]
MARKS = ["present", "present", "present", "late", "absent", "apology", "present volunteer"]
crowded = settings(
    max_examples=times(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def day(number):
    return (FIRST + dt.timedelta(days=number)).isoformat()


@st.composite
def crowds(draw):
    """Two people, one under two records, at sessions of three weeks; up to five places."""
    sessions = [
        {
            "id": 100 + number,
            "activity": draw(st.integers(1, 2)),
            "on": day(draw(st.integers(0, 20))),
            "from": f"{number + 8:02}:00",
            "marks": {p: draw(st.sampled_from(MARKS)) for p in (1, 2, 3) if draw(st.booleans())},
        }
        for number in range(draw(st.integers(4, 14)))
    ]
    agreements = [
        {
            "id": number, "reference": f"A{number}", "from": day(0),
            "to": draw(st.sampled_from([None, day(12), day(20)])),
            "by": draw(st.sampled_from(["sessions", "weeks"])),
            "no_show_uses": draw(st.booleans()),
            "activities": draw(st.sampled_from([[], [], [1], [2]])),
        }
        for number in (1, 2)
    ]  # fmt: skip
    places = [
        {
            "id": number, "agreement": draw(st.integers(1, 2)), "person": draw(st.integers(1, 3)),
            "from": day(draw(st.sampled_from([0, 0, 0, 3, 7]))),
            "to": draw(st.sampled_from([None, None, day(9), day(16)])),
            "units": draw(st.integers(1, 4)),
            "said": {row["id"]: draw(st.booleans()) for row in sessions
                     if draw(st.integers(0, 7)) == 7},
        }
        for number in range(1, draw(st.integers(1, 5)) + 1)
    ]  # fmt: skip
    people = [{"id": 1}, {"id": 2, "merged_into": 1}, {"id": 3}]
    activities = [{"id": 1, "name": "Walk"}, {"id": 2, "name": "Lunch"}]
    return Book(
        people=people, activities=activities, sessions=sessions, agreements=agreements,
        places=places,
    )  # fmt: skip


@crowded
@given(book=crowds(), first=st.integers(0, 14), length=st.integers(0, 14))
def test_places_that_run_out_equal_a_count_session_by_session(filled, book, first, length):
    register = filled(book)
    last = first + length
    period = Period(first=dt.date.fromisoformat(day(first)), last=dt.date.fromisoformat(day(last)))
    again = Recount(book, period.first, period.last)
    for name, found in count(register, Scope(period=period), ids=NAMES).values.items():
        assert found.value == again.value(name), name
        rows = rows_behind(register, name, Scope(period=period))
        assert sorted(rows.row_ids) == again.row_ids(name), name


@crowded
@given(book=crowds())
def test_no_session_uses_two_places_and_no_place_more_than_it_has(filled, book):
    register = filled(book)
    twice = register.rows(
        "SELECT person_id, session_id FROM place_use_counted"
        " GROUP BY person_id, session_id HAVING count(*) > 1"
    )
    over = register.rows(
        "SELECT p.place_id FROM place_counted p JOIN place_use_counted u ON u.place_id = p.place_id"
        " GROUP BY p.place_id, p.units HAVING sum(u.begins) > p.units"
    )
    assert not twice
    assert not over
