"""Dates as people write them, and the one order and years of a file."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.importers.base import DateOrder
from app.importers.date_order import (
    DateRun,
    order_question,
    settle_order,
    year_from_texts,
    years_for,
)
from app.importers.dates import as_date, day_number, from_serial, month_of_text, parts, read_date

TODAY = dt.date(2026, 11, 3)
DAYS = st.dates(dt.date(1970, 1, 1), dt.date(2026, 11, 3))


def british(day):
    return (
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d/%m/%Y}",
        f"{day:%d.%m.%Y}",
        f"{day:%d-%m-%Y}",
        f"{day:%a %d/%m/%Y}",
        f"{day:%d/%m/%Y} 14:30",
    )


def worded(day):
    nth = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}.get(day.day, "th")
    return (
        f"{day.day} {day:%B} {day.year}",
        f"{day.day}{nth} {day:%b} {day.year}",
        f"{day:%A}, {day.day}{nth} of {day:%B}, {day.year}",
        f"{day:%a} {day.day} {day:%b} {day.year}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day}-{day:%b}-{day.year}",
        f"{day:%Y-%m-%d}",
        f"{day:%Y/%m/%d}",
        f"{day:%Y-%m-%d}T18:30:00",
        f"{day:%Y%m%d}",
    )


def read(text, order=None):
    found = parts(read_date(text), order)
    return as_date(*found)


@given(day=DAYS)
def test_numbers_are_read_in_the_order_of_the_file(day):
    for text in british(day):
        assert read(text, DateOrder.DMY) == day
    assert read(f"{day.month}/{day.day}/{day.year}", DateOrder.MDY) == day


@given(day=DAYS)
def test_words_need_no_order(day):
    for text in worded(day):
        assert read(text) == day


@given(day=st.dates(dt.date(1920, 1, 1), dt.date(2099, 12, 31)))
def test_bare_numbers_count_from_either_epoch(day):
    assert from_serial((day - dt.date(1899, 12, 30)).days, epoch_1904=False) == day
    if day > dt.date(1924, 1, 1):
        assert from_serial((day - dt.date(1904, 1, 1)).days, epoch_1904=True) == day


@pytest.mark.parametrize(
    "text",
    ["65-74", "7.30", "Week 3", "3", "Total 4/5 people", "LU7 1AB", "07700 900123", "n/a", "2-4pm", "1 of 3", "Room 12", "x", ""],
)  # fmt: skip
def test_what_is_no_date_is_not_taken_for_one(text):
    assert read_date(text) is None


def test_day_and_month_without_a_year_stay_open():
    for text in ("3 Sep", "Tue 3rd Sept", "3-Sep", "September 3rd", "Tues 3 September"):
        assert parts(read_date(text), None)[:2] == (3, 9)
    assert read_date("3/9").numbers == (3, 9)
    assert read_date("Tue 3rd Sept").weekday == 1


def test_a_day_beside_its_time_keeps_both():
    written = read_date("03/09/2024 18:30")
    assert (written.numbers, written.year, written.time) == ((3, 9), 2024, "18:30")


def test_months_and_day_numbers_of_two_row_headers():
    assert month_of_text("Sept") == (9, 0)
    assert month_of_text("September 2024") == (9, 2024)
    assert month_of_text("Sep-24") == (9, 2024)
    assert month_of_text(dt.date(2024, 9, 1)) == (9, 2024)
    assert month_of_text("Monday") is None
    assert day_number("Tue 3rd") == (3, 1)
    assert day_number(17) == (17, -1)
    assert day_number(32) is None
    assert day_number(True) is None


# --- one order for the whole file ---------------------------------------------------------------


def order_of(*texts, in_order=True):
    run = DateRun(dates=[read_date(t) for t in texts], in_order=in_order)
    return settle_order([run], today=TODAY)


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (("3/9/2024", "17/9/2024"), "dmy"),
        (("9/3/2024", "9/17/2024"), "mdy"),
        (("Tue 3/9/2024", "Tue 10/9/2024"), "dmy"),
        (("Tue 9/3/2024", "Tue 9/10/2024"), "mdy"),
        (("2/7/2024", "9/7/2024", "6/8/2024"), "dmy"),
        (("7/2/2024", "7/9/2024", "8/6/2024"), "mdy"),
        (("3/9", "10/9", "8/10"), "dmy"),
        (("5/5/2024", "6/6/2024"), "dmy"),
        (("24-09-03", "24-09-10", "24-10-01"), "ymd"),
        (("3/12/2026", "5/11/2026"), "mdy"),
    ],
)
def test_order_is_settled_from_the_dates_themselves(texts, order):
    assert order_of(*texts).order == order


def test_nothing_settles_two_dates_that_can_be_both():
    found = order_of("3/4/2024", "5/6/2024")
    assert found.order is None
    assert found.example == "03/04/2024"


def test_dates_that_contradict_each_other_are_both_named():
    found = order_of("13/1/2025", "1/20/2025")
    assert found.order is None
    text = order_question(found).text
    assert "13/01/2025 can only be written day first" in text
    assert "01/20/2025 only month first" in text
    assert "Nothing in this file" in order_question(order_of("3/4/2024", "5/6/2024")).text


def test_births_in_any_order_do_not_settle_anything():
    assert order_of("3/4/1950", "1/2/1949", "5/6/1961", in_order=False).order is None


def test_one_slip_does_not_overrule_the_rest():
    days = [f"{d}/9/2024" for d in range(13, 30)]
    assert order_of(*days, "9/31/2024").order == "dmy"


def test_typed_dates_and_words_ask_nothing():
    assert order_of("3 Sep 2024", "2024-09-10").example == ""


@given(
    first=st.dates(dt.date(2010, 1, 1), dt.date(2025, 6, 1)),
    weeks=st.integers(8, 40),
    american=st.booleans(),
)
def test_a_term_of_weekly_dates_settles_itself(first, weeks, american):
    days = [first + dt.timedelta(weeks=i) for i in range(weeks)]
    written = [
        f"{d.month}/{d.day}/{d.year}" if american else f"{d.day}/{d.month}/{d.year}" for d in days
    ]
    found = order_of(*written)
    assert found.order == (DateOrder.MDY if american else DateOrder.DMY)
    assert [read(text, found.order) for text in written] == days


# --- years ---------------------------------------------------------------------------------------


def test_years_roll_over_at_new_year():
    days = [(10, 9, 0, -1), (17, 12, 0, -1), (7, 1, 0, -1), (4, 2, 0, -1)]
    assert years_for(days, 2024, latest=2030) == [2024, 2024, 2025, 2025]


def test_years_go_back_in_a_file_that_runs_backwards():
    days = [(4, 2, 0, -1), (7, 1, 0, -1), (17, 12, 0, -1), (10, 9, 0, -1)]
    assert years_for(days, 2025, latest=2030) == [2025, 2025, 2024, 2024]


def test_one_written_year_dates_the_rest():
    days = [(10, 9, 0, -1), (17, 12, 0, -1), (7, 1, 2025, -1), (14, 1, 0, -1)]
    assert years_for(days, None, latest=2030) == [2024, 2024, 2025, 2025]


def test_two_columns_out_of_place_are_no_new_year():
    assert (
        years_for([(10, 9, 0, -1), (3, 9, 0, -1), (1, 10, 0, -1)], 2024, latest=2030) == [2024] * 3
    )


def test_without_any_year_nothing_is_made_up():
    assert years_for([(10, 9, 0, -1)], None, latest=2030) is None


@pytest.mark.parametrize(
    ("text", "first", "last", "year"),
    [
        ("Autumn 2024", 9, 12, 2024),
        ("2023-24", 10, 3, 2023),
        ("2023/2024 register", 1, 3, 2024),
        ("Summer term 2023-24", 5, 7, 2024),
        ("April 2023 – March 2024 (2023-24)", 4, 3, 2023),
        ("2023-24", 5, 7, None),
        ("Register", 9, 12, None),
        ("2019 to 2024", 9, 12, None),
    ],
)
def test_year_of_the_first_date_comes_from_titles(text, first, last, year):
    assert year_from_texts([text], first, last) == year
