"""Rows of many figures read at once are the very rows that each gives by itself."""

import datetime as dt

import pytest

from app.domain.periods import Period
from app.figures.bands import first_set
from app.figures.evaluate import rows_behind
from app.figures.many_rows import keys_behind, rows_of_keys
from app.figures.outcomes import figures_of
from app.figures.records import Scope
from app.storage import settings
from app.storage.register import Register

YEAR = Period(first=dt.date(2025, 11, 4), last=dt.date(2026, 11, 3))


@pytest.fixture(scope="module")
def example(small_example_made):
    with Register.open(small_example_made, write=False) as register:
        yield register


@pytest.fixture(scope="module")
def scope(example):
    return Scope(period=YEAR, activity_id=None, bands=first_set(settings.read_in(example)))


def test_keys_and_what_each_adds_are_those_of_the_rows(example, scope):
    known = figures_of(example)
    keys = keys_behind(example, tuple(known), scope)
    several = 0
    for name, figure in known.items():
        rows = rows_behind(example, name, scope)
        adds = rows.columns.index(figure.added) if figure.added in rows.columns else None
        expected = {
            key: None if adds is None else row[adds]
            for key, row in zip(rows.row_ids, rows.rows, strict=True)
        }
        assert keys[name] == expected, name
        several += len(expected) > 1
    assert several > 60


def test_some_rows_are_the_same_rows_with_names(example, scope):
    wanted, expected = {}, {}
    for name in figures_of(example):
        rows = rows_behind(example, name, scope)
        wanted[name] = rows.row_ids[1::3]
        expected[name] = set(rows.rows[1::3])
    found = rows_of_keys(example, wanted, scope)
    assert {name: set(rows.rows) for name, rows in found.items()} == expected
    assert sum(len(rows.rows) for rows in found.values()) > 500
    days = [row["day"] for row in found["attendances"].as_dicts()]
    assert days == sorted(days)


def test_a_figure_that_is_not_there_is_not_known(example, scope):
    with pytest.raises(KeyError):
        keys_behind(example, ("pople",), scope)
    with pytest.raises(KeyError):
        rows_of_keys(example, {"pople": ("1",)}, scope)
