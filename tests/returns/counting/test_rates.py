"""Volunteers' hours are valued at a rate that is named, with its source and its days."""

import datetime as dt

import pytest

from app.domain.periods import Period
from app.returns.counting.rates import volunteer_rate


@pytest.fixture
def stating(register):
    """Return a function that states the group's own rate from a day."""

    def state(day, pence, source):
        with register.transaction("rate"):
            register.insert(
                "rate",
                {
                    "id": register.new_id(),
                    "kind": "volunteer_hour",
                    "from_on": day,
                    "pence": pence,
                    "source": source,
                },
            )

    return state


def of(first, last):
    return Period(first=dt.date.fromisoformat(first), last=dt.date.fromisoformat(last))


def test_the_groups_own_rate_goes_before_the_programs(register, stating):
    stating("2025-01-01", 1500, "Agreed by the committee")
    said = volunteer_rate(register, of("2025-11-01", "2026-10-31"))
    assert said == "£15.00 an hour (Agreed by the committee)"


def test_a_change_inside_the_period_is_told_with_its_day(register, stating):
    stating("2025-01-01", 1500, "Agreed")
    stating("2026-04-01", 1600, "Agreed")
    said = volunteer_rate(register, of("2025-11-01", "2026-10-31"))
    assert said == "£15.00 an hour until 31 March 2026, then £16.00 (Agreed)"
    assert volunteer_rate(register, of("2026-04-01", "2026-10-31")) == "£16.00 an hour (Agreed)"


def test_before_the_group_stated_one_the_programs_rate_holds(register):
    said = volunteer_rate(register, of("2025-11-01", "2025-12-31"))
    assert said.startswith("£12.21 an hour (National Living Wage")
    assert "[" not in said


def test_many_changes_are_told_in_few_words(register):
    said = volunteer_rate(register, of("2017-11-01", "2026-10-31"))
    assert said.startswith("the rate in force on each day, from £7.50 to £12.71 an hour")


def test_without_any_rate_it_says_so(register):
    assert volunteer_rate(register, of("1999-01-01", "1999-12-31")) == "no rate, as none is stated"
