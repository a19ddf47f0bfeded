"""Every figure of random registers equals an independent count in plain Python, whole and in parts."""

from collections import defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.periods import Period
from app.figures.bands import band_set
from app.figures.breakdowns import breakdowns
from app.figures.catalogue import catalogue
from app.figures.evaluate import Scope, count, rows_behind
from app.figures.rates import rates
from tests.figures.random_books import books
from tests.figures.recount import Recount
from tests.figures.recount_money import SHARED_OUT
from tests.times import times

CUTS = {"age", "sex", "ethnicity_group", "ethnicity", "disability", "carer", "religion", "area"}
CUTS |= {"postcode_district", "activity", "month", "quarter", "weekday", "agreement", "source_type"}
CUTS |= {"source_organisation", "referral_reason", "need", "fund", "heading", "grant", "account"}
EXACTLY = {"rel": 1e-12, "abs": 1e-12}
DEFAULT_RATES = [
    {"from": rate.from_on.isoformat(), "pence": rate.pence} for rate in rates("volunteer_hour")
]


def recount_of(book, period, activity):
    return Recount(book, *period, activity, DEFAULT_RATES)


def scope_of(period, activity):
    return Scope(period=Period(first=period[0], last=period[1]), activity_id=activity)


QUIET = [HealthCheck.function_scoped_fixture]
random_register = settings(max_examples=times(30), deadline=None, suppress_health_check=QUIET)
few_registers = settings(max_examples=times(20), deadline=None, suppress_health_check=QUIET)


@random_register
@given(drawn=books())
def test_every_figure_and_its_rows_equal_an_independent_count(filled, drawn):
    book, period, activity = drawn
    register, scope = filled(book), scope_of(period, activity)
    again = recount_of(book, period, activity)
    for name, found in count(register, scope, ids=tuple(catalogue())).values.items():
        expected = again.value(name)
        if expected is None:
            assert found.value is None, name
        else:
            assert found.value == pytest.approx(float(expected), **EXACTLY), name
        assert sorted(rows_behind(register, name, scope).row_ids) == again.row_ids(name), name


@random_register
@given(drawn=books(), names=st.sets(st.sampled_from(list(catalogue())), min_size=3, max_size=3))
def test_every_part_equals_an_independent_count_and_parts_add_up(filled, drawn, names):
    book, period, activity = drawn
    register, scope = filled(book), scope_of(period, activity)
    again = recount_of(book, period, activity)
    wanted = [(name, cut) for name in names for cut in catalogue()[name].breakdowns if cut in CUTS]
    for (name, cut), found in count(register, scope, parts=wanted).parts.items():
        expected = again.parts(name, cut, scope.bands.bounds)
        values = {part.key: part.value for part in found.parts}
        assert len(values) == len(found.parts), (name, cut)
        if name in SHARED_OUT and found.total is not None:  # shared out so that the pence add up
            assert all(abs(values.get(k, 0) - v) <= 1 for k, v in expected.items()), (name, cut)
        else:
            for key in values.keys() | expected.keys():
                check_part(found.figure, values.get(key), expected.get(key), (name, cut, key))
        if found.total is None or is_divided(found.figure):
            continue
        if not found.overlapping:
            assert sum(values.values()) == pytest.approx(found.total, **EXACTLY), (name, cut)
        else:
            assert max(values.values(), default=0) <= found.total <= sum(values.values())


def is_divided(figure):
    return figure.is_rate or bool(figure.numerator) or figure.measure.startswith("ratio:")


def check_part(figure, value, expected, where):
    if expected is None:
        assert value is None if figure.is_rate else not value, where
    else:
        assert value == pytest.approx(float(expected), **EXACTLY), where


@few_registers
@given(drawn=books())
def test_tables_of_two_ways_agree_with_their_margins(filled, drawn):
    book, period, activity = drawn
    register, scope = filled(book), scope_of(period, activity)
    wanted = [
        ("people", "age", "sex"), ("attendances", "activity", "month"),
        ("attendances", "sex", "quarter"), ("people", "area", "activity"),
        ("volunteer_value_pence", "activity", "sex"), ("average_attendance", "activity", "weekday"),
        ("people", "month", "activity"),
    ]  # fmt: skip
    for (name, down, across), table in count(register, scope, tables=wanted).tables.items():
        single = count(register, scope, parts=[(name, down), (name, across)]).parts
        assert table.rows == single[name, down].parts
        assert table.columns == single[name, across].parts
        assert table.total == single[name, down].total
        if table.figure.is_rate:
            continue
        by_column = defaultdict(int)
        for row, cells in zip(table.rows, table.cells, strict=True):
            for cell in cells:
                by_column[cell.key] += cell.value
            whole = sum(cell.value for cell in cells)
            assert whole >= row.value if table.columns_overlap else whole == row.value
        for column in table.columns:
            if table.rows_overlap:
                assert by_column[column.key] >= column.value
            else:
                pence = len(table.rows) if table.figure.is_rounded_once else 0
                assert abs(by_column[column.key] - column.value) <= pence


@few_registers
@given(drawn=books())
def test_new_and_returning_people_are_all_the_people(filled, drawn):
    book, period, activity = drawn
    values = count(filled(book), scope_of(period, activity), ids=tuple(catalogue())).values
    number = {name: found.value for name, found in values.items()}
    assert number["people_new"] + number["people_returning"] == number["people"]
    assert number["people_regular"] <= number["people"]
    assert number["became_volunteers"] <= number["volunteers"]
    assert number["guests"] <= number["attendances"]
    if number["sessions_held"]:
        assert number["average_attendance"] == number["attendances"] / number["sessions_held"]


@random_register
@given(drawn=books())
def test_what_was_granted_is_used_left_or_expired(filled, drawn):
    book, period, activity = drawn
    register, ids = filled(book), [name for name in catalogue() if name.startswith("places_")]
    found = count(register, scope_of(period, activity), ids=ids).values
    granted, used, left, expired, people, _ = (found[name].value for name in ids)
    assert granted == used + left + expired
    assert min(used, left, expired) >= 0
    assert bool(people) is bool(granted)


def test_the_recount_cuts_as_many_ways_as_there_are():
    left_out = {"orientation", "gender_same"}  # as religion
    left_out |= {"reason", "band"}  # each has its own examples
    assert breakdowns().keys() == CUTS | left_out
    assert band_set().bounds == (0, 5, 11, 18, 26, 65)
