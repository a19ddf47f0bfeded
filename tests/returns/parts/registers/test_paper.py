"""Rows are shared out over pages so that each page can bear its own head."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.returns.filled import Cell, Column, Orientation, PrivacyNote, SheetHead, Table, text
from app.returns.parts.registers.paper import (
    ROW_MM,
    Room,
    even_parts,
    height_of,
    pages_of,
    room,
    row_column,
)
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


@pytest.mark.parametrize(
    ("count", "pages"),
    [(6, [6]), (7, [4, 3]), (10, [5, 5]), (11, [6, 5]), (13, [7, 6]), (14, [10, 4]), (16, [10, 6]),
     (17, [6, 6, 5]), (26, [10, 10, 6]),
     (21, [8, 8, 5]), (27, [7, 7, 7, 6])],
)  # fmt: skip
def test_what_nearly_fits_is_shared_evenly_over_the_pages_it_needs_anyway(count, pages):
    assert [len(page) for page in pages_of(rows([10.0] * count), ROOM)] == pages


SHORT = SheetHead(title="Tea Club", when="3 November 2026", details="Hall", code="TC", sheet="1")
LONG = replace(SHORT, title="A club of many words " * 4, details="a leader of many names " * 9)
NOTE = "a note of some words " * 9


@pytest.mark.parametrize("across", [False, True], ids=["upright", "across"])
@pytest.mark.parametrize("months", [False, True], ids=["no months", "months"])
@pytest.mark.parametrize(
    ("head", "notes", "privacy", "spare"),
    [(SHORT, (), "", 2), (SHORT, (NOTE, NOTE), NOTE, 3), (LONG, (NOTE,), NOTE, 6)],
    ids=["short", "noted", "long"],
)
def test_the_room_is_what_the_page_has_and_hardly_less(across, months, head, notes, privacy, spare):
    reckoned = room(head, across=across, months=months, notes=notes, privacy=privacy)
    fits = int(reckoned.last / (ROW_MM * 72 / 25.4))

    def pages(count):
        column = Column(title="Name", group="October" if months else "")
        table = Table(
            columns=(column, Column(title="3", group=column.group)),
            rows=((Cell(text="a"), Cell()),) * count,
            min_row_mm=ROW_MM,
            notes=tuple(map(text, notes)),
        )
        below = (PrivacyNote(text=privacy),) if privacy else ()
        orientation = Orientation.LANDSCAPE if across else Orientation.PORTRAIT
        one = replace(filled(head, table, *below), pretend=True, orientation=orientation)
        return render(one).pages

    assert pages(fits) == 1
    assert pages(fits + spare) == 2


@given(st.lists(st.integers(), max_size=100), st.integers(1, 30))
def test_parts_are_even_and_within_the_most(items, most):
    parts = even_parts(items, most)
    assert [one for part in parts for one in part] == items
    assert all(len(part) <= most for part in parts)
    sizes = [len(part) for part in parts]
    assert max(sizes) - min(sizes) <= len(parts)


@pytest.mark.parametrize(
    ("words", "lines"),
    [("", 1), ("short", 1), ("x" * 60, 3), ("one\ntwo\nthree", 3), ("漢" * 30, 3)],
)
def test_a_row_is_as_high_as_its_longest_cell(words, lines):
    height = height_of([(words, 130.0), ("y", 130.0)], 10.0, least=1.0)
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
