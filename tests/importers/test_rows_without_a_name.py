"""Ticks that belong to nobody, and days that stand over two columns, are said and never swallowed."""

import datetime as dt

import pytest

from app.importers.base import Options
from app.services.imports import read_plan

TODAY = dt.date(2026, 11, 3)


@pytest.fixture
def read(tmp_path):
    def read(*lines):
        path = tmp_path / "register.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return read_plan("attendance", path, Options(today=TODAY, activity="Art"))

    return read


def left_out(plan):
    return [(row.place.row, row.why) for row in plan.skipped]


def test_ticks_right_under_the_dates_without_a_name_are_said(read):
    plan = read("Name,6/1/2025,13/1/2025", ",x,x", "Ann Shah,x,")
    assert left_out(plan) == [(2, "it has no name")]
    assert len(plan.marks.person) == 1


def test_ticks_further_down_without_a_name_are_said(read):
    plan = read("Name,6/1/2025,13/1/2025", "Ann Shah,x,x", ",x,x", "Bob Iqbal,,x")
    assert left_out(plan) == [(3, "it has no name")]


def test_register_without_any_names_says_every_row(read):
    plan = read("6/1/2025,13/1/2025", "x,x", ",x")
    assert left_out(plan) == [(2, "it has no name"), (3, "it has no name")]


def test_weekdays_and_times_under_the_dates_are_still_the_heading(read):
    plan = read("Name,6/1/2025,13/1/2025", ",Mon,Mon", ",10:00,10:00", "Ann Shah,x,x")
    assert left_out(plan) == []
    assert [row.day.day for row in plan.sessions] == [6, 13]
    assert len(plan.marks.person) == 2


def test_words_under_a_date_are_still_a_note(read):
    plan = read("Name,6/1/2025,13/1/2025", "Ann Shah,x,x", ",the hall was shut,")
    assert [why for _, why in left_out(plan)] == ["a note"]


def test_one_day_over_two_columns_is_said(read):
    plan = read("Name,6/1/2025,6/1/2025,13/1/2025", "Ann Shah,x,x,x", "Bob Iqbal,,x,")
    assert len(plan.sessions) == 2
    assert len(plan.marks.person) == 3
    assert any("two columns are headed 6/1/2025" in note for note in plan.notes)
