"""A book begins with its five questions, whole or not at all."""

import datetime as dt

import pytest

from app.domain.activities import ActivityDraft, Repeat
from app.domain.errors import RegisterExists
from app.domain.periods import Period
from app.services import activities, registers, settings, starting
from app.services.result import Refused
from app.services.starting import NewBook

TUESDAYS = ActivityDraft(
    name="Gentle Movement", place="Methodist hall", start_time="19:00", end_time="20:30",
    repeat=Repeat.WEEKLY, weekday=1,
)  # fmt: skip


def begin(path, today, **answers):
    return starting.start_book(path, NewBook(group_name="Movers", **answers), today=today)


def test_name_is_enough(tmp_path, today):
    started = begin(tmp_path / "movers.hallbook", today)
    assert started.text == ""
    with registers.open_register(started.path) as register:
        assert settings.read(register).group_name == "Movers"
        assert activities.list_activities(register) == ()


def test_first_activity_has_twelve_weeks_planned(tmp_path, today):
    started = begin(tmp_path / "movers.hallbook", today, activity=TUESDAYS)
    assert started.sessions == 12
    assert started.last_on == dt.date(2027, 1, 19)
    with registers.open_register(started.path) as register:
        period = Period(first=today, last=today + dt.timedelta(days=100))
        days = [s.session_on for s in activities.sessions_between(register, period)]
    assert days[0] == today
    assert days[-1] == started.last_on
    assert len(days) == 12


def test_bank_holidays_are_left_out_by_name(tmp_path, today):
    fridays = ActivityDraft(name="Lunch", repeat=Repeat.WEEKLY, weekday=4)
    started = begin(tmp_path / "lunch.hallbook", today, activity=fridays)
    assert [day.day for day in started.left_out] == [dt.date(2026, 12, 25), dt.date(2027, 1, 1)]
    assert "Fri 25 Dec 2026, Christmas Day" in started.text


def test_what_is_wrong_is_said_beside_its_field_and_no_file_is_made(tmp_path, today):
    path = tmp_path / "no.hallbook"
    late = ActivityDraft(name="", repeat=Repeat.WEEKLY, weekday=1)
    new = NewBook(activity=late, year_end="02-30", password="a", again="b")
    answer = starting.start_book(path, new, today=today)
    assert isinstance(answer, Refused)
    assert {p.field for p in answer.problems} == {"group_name", "year_end", "activity", "again"}
    assert not path.exists()


def test_file_that_is_there_is_never_written_over(tmp_path, today):
    path = tmp_path / "movers.hallbook"
    path.write_bytes(b"something of somebody's")
    with pytest.raises(RegisterExists):
        begin(path, today)
    assert path.read_bytes() == b"something of somebody's"


def test_password_opens_the_book(tmp_path, today):
    started = begin(tmp_path / "shut.hallbook", today, password="sesame", again="sesame")
    with registers.open_register(started.path, password="sesame") as register:
        assert register.encrypted
