"""Every return that may leave the house in other forms, from the pretend group: the same words and numbers."""

import re

import pytest

from app.returns.clothes.cell_numbers import number_of
from app.returns.clothes.forms import Form
from app.returns.clothes.xlsx import xlsx
from app.returns.filled import Table
from app.services import returns
from app.services.returns import saving
from app.storage.register import Register
from tests.returns.clothes.test_clothes import READERS, _flat, _sheet_cells
from tests.returns.test_every_return import RETURNS, asked

OFFERED = [one for one in RETURNS if "person" not in one.needs]


@pytest.fixture(scope="module")
def example(small_example_made):
    with Register.open(small_example_made, write=False) as register:
        yield register


@pytest.mark.parametrize("info", OFFERED, ids=[one.id for one in OFFERED])
def test_every_form_says_what_the_json_says(example, info, tmp_path):
    template = returns.template_of(example, info.id)
    if Form.WORD not in saving.forms_of(template):
        pytest.skip("for paper only")
    filled = returns.prepare(example, info.id, asked(example, info))
    tables = [block for block in filled.walk() if isinstance(block, Table)]
    cells = {cell.text for one in tables for row in one.rows for cell in row if cell.text}
    for name, read in READERS.items():
        words = _flat(read(filled))
        wanted = {text for text in cells if name != "sheet" or number_of(text) is None}
        missing = [text for text in wanted if _flat(text).strip() not in words]
        assert missing == [], name


def test_every_number_of_the_json_is_a_number_of_the_spreadsheet(example):
    info = next(one for one in RETURNS if one.id == "treasurer-report")
    filled = returns.prepare(example, info.id, asked(example, info))
    values = {round(cell.value, 6) for cell in _sheet_cells(xlsx(filled)) if cell.data_type == "n"}
    rows = [row for one in filled.as_json(pages=None)["tables"] for row in one["rows"]]
    # The first column names the row; a year or a code there is a name.
    numbers = {number_of(text) for row in rows for text in row[1:]} - {None}
    assert len(numbers) > 10
    assert {round(one.value, 6) for one in numbers} - values == set()


def test_the_figures_of_the_json_are_in_every_form(example):
    info = next(one for one in RETURNS if one.id == "impact-report")
    filled = returns.prepare(example, info.id, asked(example, info))
    figures = [filled.figures[name]["value"] for name in ("people", "attendances", "sessions_held")]
    cells = {cell.value for cell in _sheet_cells(xlsx(filled))}
    assert set(figures[:2]) <= cells
    for read in READERS.values():
        words = _flat(read(filled)).replace(",", "")
        assert [value for value in figures if str(value) not in words] == []


def test_a_hidden_number_is_in_no_form_a_number(example):
    info = next(one for one in RETURNS if one.id == "impact-report")
    filled = returns.prepare(example, info.id, asked(example, info, disclosure="public"))
    hidden = [
        cell.value
        for cell in _sheet_cells(xlsx(filled))
        if re.search("fewer than|not shown", str(cell.value))
    ]
    assert hidden
    assert all(isinstance(one, str) for one in hidden)
