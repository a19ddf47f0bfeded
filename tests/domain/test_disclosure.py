"""Small numbers stay hidden: nothing that is hidden can be worked out from what is printed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.disclosure import (
    NOT_SHOWN,
    Cell,
    Disclosure,
    Hidden,
    Shown,
    Sum,
    merge_neighbours,
    protect,
)
from tests.domain.solver import MOST, reader_sees
from tests.times import times

HIDING = [Disclosure.FUNDER, Disclosure.NHS, Disclosure.PUBLIC]
COUNTS = st.one_of(st.just(0), st.integers(1, 4), st.integers(0, 9), st.integers(0, 15))


def printed(values, sums, mode):
    """Protect plain numbers; sums are (total, parts, overlapping)."""
    cells = [Cell(key=key, value=value) for key, value in values.items()]
    ties = [Sum(total=t, parts=tuple(p), overlapping=o) for t, p, o in sums]
    return protect(cells, ties, mode)


def in_one_way(counts):
    """A table of one way with its total."""
    values = {**dict(enumerate(counts)), "all": sum(counts)}
    return values, [("all", tuple(range(len(counts))), False)]


def in_two_ways(rows):
    """A table of two ways with the totals of its rows and columns."""
    width = len(rows[0])
    values = {(i, j): row[j] for i, row in enumerate(rows) for j in range(width)}
    values |= {("row", i): sum(row) for i, row in enumerate(rows)}
    values |= {("column", j): sum(row[j] for row in rows) for j in range(width)}
    values["all"] = sum(map(sum, rows))
    sums = [(("row", i), tuple((i, j) for j in range(width)), False) for i in range(len(rows))]
    sums += [(("column", j), tuple((i, j) for i in range(len(rows))), False) for j in range(width)]
    sums.append(("all", tuple(("row", i) for i in range(len(rows))), False))
    sums.append(("all", tuple(("column", j) for j in range(width)), False))
    return values, sums


@st.composite
def linked_tables(draw):
    """One total cut in one to three ways, each table random."""
    counts = draw(st.lists(COUNTS, min_size=1, max_size=4))
    values, sums = in_one_way(counts)
    for name in draw(st.sampled_from([(), ("b",), ("b", "c")])):
        rest, parts = sum(counts), []
        for _ in range(draw(st.integers(0, 3))):
            parts.append(draw(st.integers(0, rest)))
            rest -= parts[-1]
        parts.append(rest)
        values |= {(name, i): count for i, count in enumerate(parts)}
        sums.append(("all", tuple((name, i) for i in range(len(parts))), False))
    return values, sums


@st.composite
def tables_of_two_ways(draw):
    """A table of two ways, sometimes with its total cut once more."""
    width = draw(st.integers(1, 3))
    rows = draw(st.lists(st.lists(COUNTS, min_size=width, max_size=width), min_size=1, max_size=3))
    values, sums = in_two_ways(rows)
    if draw(st.booleans()):
        first = draw(st.integers(0, values["all"]))
        values |= {"first": first, "second": values["all"] - first}
        sums.append(("all", ("first", "second"), False))
    return values, sums


@st.composite
def overlapping_tables(draw):
    """People who can be in two parts, with the total in which each is counted once."""
    counts = draw(st.lists(COUNTS, min_size=1, max_size=4))
    values, _ = in_one_way(counts)
    values["all"] = draw(st.integers(max(counts), sum(counts)))
    return values, [("all", tuple(range(len(counts))), True)]


def check_nothing_can_be_worked_out(table, mode):
    values, sums = table
    out = printed(values, sums, mode)
    page = reader_sees(out, mode, sums)
    for key, shown in out.items():
        if isinstance(shown, Shown):
            assert not mode.hides(values[key]), f"{values[key]} is shown in {mode} mode"
        else:
            could_be = page.values_of(key)
            assert len(could_be) >= 2, f"{key} can only be {could_be}: {out}"


@pytest.mark.parametrize("mode", HIDING)
@settings(max_examples=times(150), deadline=None)
@given(table=linked_tables())
def test_no_hidden_number_of_linked_tables_can_be_worked_out(mode, table):
    check_nothing_can_be_worked_out(table, mode)


@pytest.mark.parametrize("mode", HIDING)
@settings(max_examples=times(150), deadline=None)
@given(table=tables_of_two_ways())
def test_no_hidden_number_of_a_table_of_two_ways_can_be_worked_out(mode, table):
    check_nothing_can_be_worked_out(table, mode)


@pytest.mark.parametrize("mode", HIDING)
@settings(max_examples=times(100), deadline=None)
@given(table=overlapping_tables())
def test_no_hidden_number_of_overlapping_parts_can_be_worked_out(mode, table):
    check_nothing_can_be_worked_out(table, mode)


@pytest.mark.parametrize("mode", [Disclosure.FUNDER, Disclosure.PUBLIC])
@settings(max_examples=times(100), deadline=None)
@given(table=linked_tables())
def test_knowing_that_a_withheld_number_is_not_small_does_not_help(mode, table):
    values, sums = table
    out = printed(values, sums, mode)
    page = reader_sees(out, mode, sums)
    blank = {k for k, one in out.items() if isinstance(one, Hidden) and one.text == NOT_SHOWN}
    if any(values[key] <= mode.hidden_up_to for key in blank):
        return
    page.ranges |= dict.fromkeys(blank, (mode.hidden_up_to + 1, MOST))
    for key, one in out.items():
        if isinstance(one, Hidden):
            assert len(page.values_of(key)) >= 2


def test_the_judge_finds_what_can_be_worked_out():
    # One number hidden beside a printed total: the judge must see through it.
    _, sums = in_one_way([3, 9])
    badly = {0: Hidden(text="fewer than 5"), 1: Shown(value=9), "all": Shown(value=12)}
    assert reader_sees(badly, Disclosure.FUNDER, sums).values_of(0) == [3]
    # Two hidden, but the sum leaves no choice.
    _, sums = in_one_way([1, 1, 8])
    badly = {0: Hidden(text="fewer than 5"), 1: Hidden(text="fewer than 5")}
    badly |= {2: Shown(value=8), "all": Shown(value=10)}
    assert reader_sees(badly, Disclosure.FUNDER, sums).values_of(0) == [1]


def test_inside_the_house_everything_is_exact():
    values, sums = in_one_way([1, 2, 0])
    assert printed(values, sums, Disclosure.INTERNAL) == {
        key: Shown(value=value) for key, value in values.items()
    }


def test_a_funder_sees_5_and_0_but_not_4():
    values, sums = in_one_way([4, 5, 0, 20, 2])
    out = printed(values, sums, Disclosure.FUNDER)
    assert out[0] == out[4] == Hidden(text="fewer than 5")
    assert (out[1], out[2], out[3]) == (Shown(value=5), Shown(value=0), Shown(value=20))


def test_a_lone_small_number_takes_the_smallest_other_with_it():
    values, sums = in_one_way([3, 20, 0, 11])
    out = printed(values, sums, Disclosure.FUNDER)
    assert out[3] == Hidden(text="not shown")
    assert out[2] == Shown(value=0)
    assert out[1] == Shown(value=20)
    assert out["all"] == Shown(value=34)


def test_two_hidden_ones_that_leave_no_choice_take_a_third():
    values, sums = in_one_way([1, 1, 8, 30])
    out = printed(values, sums, Disclosure.FUNDER)
    assert out[2] == Hidden(text="not shown")
    assert out[3] == Shown(value=30)


def test_the_nhs_sees_a_star_up_to_7_and_multiples_of_5():
    values, sums = in_one_way([7, 8, 12, 13, 0, 120])
    out = printed(values, sums, Disclosure.NHS)
    assert [out[i] for i in range(6)] == [
        Hidden(text="*"), Shown(value=10), Shown(value=10), Shown(value=15), Shown(value=0),
        Shown(value=120),
    ]  # fmt: skip
    assert out["all"] == Shown(value=160)


def test_the_public_does_not_see_9():
    values, sums = in_one_way([9, 8, 10])
    out = printed(values, sums, Disclosure.PUBLIC)
    assert out[0] == out[1] == Hidden(text="fewer than 10")
    assert out[2] == Shown(value=10)


def test_under_a_small_total_nothing_is_shown_noughts_neither():
    values, sums = in_one_way([2, 0, 0])
    out = printed(values, sums, Disclosure.FUNDER)
    assert out["all"] == Hidden(text="fewer than 5")
    assert [out[i] for i in range(3)] == [Hidden(text="not shown", perhaps_none=True)] * 3


def test_a_row_with_a_small_total_is_not_shown_but_a_row_of_noughts_is():
    values, sums = in_two_ways([[3, 0], [20, 30], [0, 0]])
    out = printed(values, sums, Disclosure.FUNDER)
    assert out[0, 0] == out[0, 1] == Hidden(text="not shown", perhaps_none=True)
    assert out[2, 0] == out[2, 1] == out["row", 2] == Shown(value=0)
    assert out["all"] == Shown(value=53)


def test_a_total_hidden_in_one_table_is_hidden_in_the_linked_one():
    # Four and four: hiding both leaves only their sum, and the other table must not print it.
    values, sums = in_one_way([4, 4])
    values |= {"women": 8, "men": 0}
    sums.append(("all", ("women", "men"), False))
    out = printed(values, sums, Disclosure.FUNDER)
    page = reader_sees(out, Disclosure.FUNDER, sums)
    assert len(page.values_of(0)) >= 2


def test_many_attendances_of_few_people_are_hidden():
    cells = [
        Cell(key="few", value=37, people=2),
        Cell(key="many", value=80, people=20),
        Cell(key="more", value=90, people=25),
        Cell(key="all", value=207, people=47),
    ]
    out = protect(cells, [Sum(total="all", parts=("few", "many", "more"))], Disclosure.FUNDER)
    assert out["few"] == out["many"] == Hidden(text="not shown")
    assert out["more"] == Shown(value=90)


def test_hours_are_never_rounded_nor_small():
    cells = [Cell(key="hours", value=3.5, people=30, is_count=False)]
    assert protect(cells, [], Disclosure.NHS)["hours"] == Shown(value=3.5)


def test_where_nothing_less_helps_the_whole_table_is_blank():
    values, sums = in_two_ways([[1, 0], [0, 10]])
    out = printed(values, sums, Disclosure.PUBLIC)
    assert set(out.values()) == {Hidden(text="not shown", perhaps_none=True)}


def test_few_hours_of_many_people_do_not_blank_their_parts():
    cells = [
        Cell(key="a", value=1.5, people=20, is_count=False),
        Cell(key="b", value=2.0, people=30, is_count=False),
        Cell(key="all", value=3.5, is_count=False),
    ]
    out = protect(cells, [Sum(total="all", parts=("a", "b"))], Disclosure.FUNDER)
    assert out == {cell.key: Shown(value=cell.value) for cell in cells}


def test_the_same_page_is_hidden_the_same_way_every_time():
    values, sums = in_two_ways([[3, 9, 1], [7, 2, 8], [4, 4, 30]])
    once = printed(values, sums, Disclosure.FUNDER)
    assert all(printed(values, sums, Disclosure.FUNDER) == once for _ in range(3))


def test_a_sum_of_a_number_that_is_not_there_is_a_fault():
    with pytest.raises(KeyError):
        protect([Cell(key="all", value=3)], [Sum(total="all", parts=("part",))], Disclosure.FUNDER)


def test_a_rate_needs_8_behind_it_outside_the_house():
    assert Disclosure.INTERNAL.may_show_rate(1)
    for mode in HIDING:
        assert not mode.may_show_rate(7)
        assert mode.may_show_rate(8)


def test_a_large_page_of_few_people_keeps_its_total():
    rows = [[(i * j) % 3 for j in range(8)] for i in range(21)]
    values, sums = in_two_ways(rows)
    out = printed(values, sums, Disclosure.FUNDER)
    assert out["all"] == Shown(value=values["all"])


@given(st.lists(st.integers(0, 12), min_size=1, max_size=9), st.sampled_from(HIDING))
def test_merging_neighbours_leaves_nothing_small_and_nobody_out(counts, mode):
    runs = merge_neighbours(counts, mode)
    assert [position for run in runs for position in run] == list(range(len(counts)))
    sizes = [sum(counts[position] for position in run) for run in runs]
    assert len(runs) == 1 or not any(mode.hides(size) for size in sizes)


def test_large_parts_are_not_merged():
    assert merge_neighbours([10, 6, 0, 8], Disclosure.FUNDER) == ((0,), (1,), (2,), (3,))


def test_a_small_age_band_goes_to_its_smaller_neighbour():
    assert merge_neighbours([12, 3, 5], Disclosure.FUNDER) == ((0,), (1, 2))
