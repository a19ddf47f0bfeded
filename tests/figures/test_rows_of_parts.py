"""The rows behind one part of a figure: those of the figure that are in it, and no others."""

import datetime as dt

import pytest

from app.domain.periods import Period
from app.figures.evaluate import Scope, break_down, rows_behind
from app.services import registers

SCOPE = Scope(period=Period(first=dt.date(2025, 11, 4), last=dt.date(2026, 11, 3)))


@pytest.mark.parametrize(
    ("figure", "by"),
    [
        ("people", "age"),
        ("people", "age:nlcf"),
        ("people", "sex"),
        ("people", "activity"),
        ("people", "area"),
        ("sessions_held", "month"),
        ("sessions_held", "weekday"),
        ("referrals_received", "referral_reason"),
        ("referrals_received", "source_organisation"),
        ("volunteers", "activity"),
    ],
)
def test_each_part_has_as_many_rows_as_it_says(small_example, figure, by):
    with registers.open_register(small_example, write=False) as register:
        whole = set(rows_behind(register, figure, SCOPE).row_ids)
        parts = break_down(register, figure, by, SCOPE).parts
        assert any(part.value for part in parts)
        seen = set()
        for part in parts:
            rows = rows_behind(register, figure, SCOPE, by=by, part=part.key)
            assert len(rows.rows) == part.value, part
            seen |= set(rows.row_ids)
        assert seen == whole


def test_part_of_attendances_adds_up_to_its_number(small_example):
    with registers.open_register(small_example, write=False) as register:
        for part in break_down(register, "attendances", "month", SCOPE).parts:
            rows = rows_behind(register, "attendances", SCOPE, by="month", part=part.key)
            assert sum(row["number"] for row in rows.as_dicts()) == part.value
            assert {row["day"][:7] for row in rows.as_dicts()} <= {part.key}


def test_figure_that_is_not_cut_so_has_no_such_part(small_example):
    with registers.open_register(small_example, write=False) as register, pytest.raises(KeyError):
        rows_behind(register, "sessions_held", SCOPE, by="sex", part="female")
