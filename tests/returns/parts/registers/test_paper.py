"""Rows are shared out over pages so that each page can bear its own head."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.returns.filled import Cell, Column, Table
from app.returns.parts.registers.paper import Room, even_parts, height_of, pages_of, row_column
from app.returns.pdf import render
from tests.returns.builders import filled
from tests.returns.pdf import pdf_checks

ROOM = Room(full=100.0, last=60.0)
HEIGHTS = st.lists(st.floats(5, 40), max_size=40)


def rows(heights):
    return [((Cell(text=str(place)),), height) for place, height in enumerate(heights)]


@given(HEIGHTS)
def test_every_row_is_on_one_page_and_in_order(heights):
    pages = pages_of(rows(heights), ROOM)
    assert [row[0].text for page in pages for row in page] == [str(n) for n in range(len(heights))]
    assert len(pages) >= 1


@given(HEIGHTS)
def test_no_page_is_fuller_than_its_room(heights):
    pages = pages_of(rows(heights), ROOM)
    for number, page in enumerate(pages):
        used = sum(heights[int(row[0].text)] for row in page)
        assert used <= (ROOM.last if number == len(pages) - 1 else ROOM.full) or len(page) == 1


@given(HEIGHTS.filter(bool))
def test_no_page_is_empty(heights):
    assert all(pages_of(rows(heights), ROOM))


def test_what_nearly_fits_is_shared_over_two_pages_not_left_as_one_row():
    pages = pages_of(rows([10.0] * 10), ROOM)
    assert [len(page) for page in pages] == [5, 5]


@given(st.lists(st.integers(), max_size=100), st.integers(1, 30))
def test_parts_are_even_and_within_the_most(items, most):
    parts = even_parts(items, most)
    assert [one for part in parts for one in part] == items
    assert all(len(part) <= most for part in parts)
    sizes = [len(part) for part in parts]
    assert max(sizes) - min(sizes) <= len(parts)


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", 1), ("short", 1), ("x" * 60, 3), ("one\ntwo\nthree", 3), ("漢" * 30, 3)],
)
def test_a_row_is_as_high_as_its_longest_cell(text, lines):
    height = height_of([(text, 130.0), ("y", 130.0)], 10.0, least=1.0)
    assert height == pytest.approx(lines * 13.8 + 5.5)


def test_a_row_is_never_too_low_to_write_in():
    assert height_of([("x", 100.0)], 9.0) == pytest.approx(9 * 72 / 25.4)


@pytest.mark.parametrize("last", [88, 546, 3888])
def test_the_number_of_a_row_stands_on_one_line(last):
    rows = ((Cell(text=str(last)), Cell(text="Una Lee")),)
    table = Table(
        columns=(row_column(rows), Column(title="Name", weight=1.0)), rows=rows, font_size=11.0
    )
    assert str(last) in pdf_checks.text_of(render(filled(table)).pdf).split()
