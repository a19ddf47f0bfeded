"""Activities and sessions: times as people type them, and what cannot be."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.activities import (
    ActivityDraft,
    Repeat,
    SheetCode,
    activity_code,
    minutes_between,
    parse_time,
    read_code,
    session_code,
    validate_activity,
    validate_guests,
    validate_session_day,
    validate_times,
)

TODAY = dt.date(2026, 11, 3)
BINGO = ActivityDraft(name="Bingo", start_time="14:00", end_time="16:00")


def _codes(problems):
    return [(problem.code, problem.field) for problem in problems]


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("19:00", "19:00"), ("7.30 pm", "19:30"), ("7pm", "19:00"), ("7 p.m.", "19:00"),
        ("12am", "00:00"), ("12 pm", "12:00"), ("9", "09:00"), ("09.05", "09:05"),
        ("1900", "19:00"), ("730", "07:30"), ("0930", "09:30"), ("19h30", "19:30"),
        ("10:15:00", "10:15"), (" 8:00 AM ", "08:00"),
        ("24:00", None), ("19:60", None), ("13 pm", None), ("0 am", None), ("soon", None),
        ("", None), ("-1:00", None), ("19:0", None), ("12345", None),
    ],
)  # fmt: skip
def test_typed_time_is_read(typed, time):
    assert parse_time(typed) == time


@given(st.times())
def test_time_as_it_is_kept_reads_as_itself(time):
    kept = f"{time:%H:%M}"
    assert parse_time(kept) == kept


@given(st.text(max_size=12))
def test_any_text_is_a_time_or_none(text):
    time = parse_time(text)
    assert time is None or dt.time.fromisoformat(time)


def test_session_that_ends_before_it_starts_is_told_beside_its_end():
    (problem,) = validate_times("19:00", "18:30")
    assert (problem.code, problem.field) == ("session_end_before_start", "end_time")
    assert "18:30" in problem.text
    assert "19:00" in problem.text
    assert _codes(validate_times("19:00", "19:00")) == [("session_end_before_start", "end_time")]
    assert validate_times("19:00", "19:01") == ()


@pytest.mark.parametrize(("start", "end"), [(None, None), ("19:00", None), (None, "19:00")])
def test_times_may_be_left_open(start, end):
    assert validate_times(start, end) == ()


@pytest.mark.parametrize("time", ["29:00", "7pm", "x", "9:00"])
def test_time_that_is_none_is_told_and_never_reaches_the_database(time):
    assert _codes(validate_times(time, None)) == [("time_unknown", "start_time")]
    assert _codes(validate_times(None, time)) == [("time_unknown", "end_time")]


@pytest.mark.parametrize("year", [1026, 1949, 2032, 9999])
def test_session_out_of_reach_is_refused(year):
    day = dt.date(year, 3, 1)
    assert _codes(validate_session_day(day, today=TODAY)) == [("day_out_of_reach", "session_on")]


@pytest.mark.parametrize("year", [1950, 2026, 2031])
def test_session_within_reach_is_fine(year):
    assert validate_session_day(dt.date(year, 3, 1), today=TODAY) == ()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"name": ""}, [("activity_name_needed", "name")]),
        ({"name": "x" * 300}, [("name_too_long", "name")]),
        ({"capacity": 0}, [("capacity_range", "capacity")]),
        ({"capacity": 10_001}, [("capacity_range", "capacity")]),
        ({"capacity": 1}, []),
        ({"age_from": 60, "age_to": 50}, [("age_range", "age_from")]),
        ({"age_from": -1}, [("age_unlikely", "age_from")]),
        ({"age_to": 200}, [("age_unlikely", "age_to")]),
        ({"end_time": "13:00"}, [("session_end_before_start", "end_time")]),
        ({"repeat": Repeat.WEEKLY}, [("repeat_day_needed", "weekday")]),
        ({"repeat": Repeat.WEEKLY, "weekday": 7}, [("repeat_day_needed", "weekday")]),
        ({"repeat": Repeat.FORTNIGHTLY, "weekday": 0}, []),
        ({"repeat": Repeat.MONTHLY, "weekday": 0}, [("repeat_week_needed", "nth")]),
        ({"repeat": Repeat.MONTHLY, "weekday": 0, "nth": 5}, [("repeat_week_needed", "nth")]),
        ({"repeat": Repeat.MONTHLY, "weekday": 0, "nth": -1}, []),
    ],
)
def test_activity_is_checked_before_the_database_would_refuse_it(change, expected):
    assert _codes(validate_activity(replace(BINGO, **change))) == expected


@pytest.mark.parametrize(("guests", "fine"), [(None, True), (0, True), (10_000, True), (-1, False),
                                              (10_001, False)])  # fmt: skip
def test_guests_are_a_whole_number(guests, fine):
    assert (validate_guests(guests) == ()) is fine


@pytest.mark.parametrize(
    ("name", "code"),
    [("Gentle Movement", "GM"), ("Bingo", "BIN"), ("Tea and a natter", "TAA"), ("ਚਾਹ", "CAH"),
     ("—", "X"), ("5 a side", "5AS")],
)  # fmt: skip
def test_code_of_an_activity_is_short_and_plain(name, code):
    assert activity_code(name) == code


def test_code_of_a_sheet_names_activity_and_day():
    assert session_code("GM", dt.date(2026, 11, 3)) == "GM-031126"


def test_length_of_a_session_is_known_when_both_times_are():
    assert minutes_between("19:00", "20:30") == 90
    assert minutes_between("19:00", None) is None


def test_notes_and_leader_are_not_printed_by_accident():
    draft = replace(BINGO, leader="Maryam Begum", notes="Maryam has the key")
    assert "Maryam" not in repr(draft)


ACTIVITY_CODES = st.from_regex(r"[A-Z]{1,3}([1-9][0-9]{0,3})?", fullmatch=True)
DAYS = st.dates(dt.date(2001, 1, 1), dt.date(2099, 12, 31))
TIMES = st.none() | st.times().map(lambda time: f"{time:%H:%M}")


@given(ACTIVITY_CODES, DAYS, TIMES)
def test_what_is_printed_on_a_sheet_is_among_what_its_code_may_mean(activity, day, start):
    printed = session_code(activity, day, start).replace("-", "")
    meant = SheetCode(activity_code=activity, day=day, start=start or "")
    assert meant in read_code(printed)


@pytest.mark.parametrize("code", ["", "GM", "031126", "GM310226", "GM991399"])
def test_a_code_without_a_day_means_nothing(code):
    assert read_code(code) == ()
