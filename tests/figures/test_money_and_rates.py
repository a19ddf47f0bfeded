"""Money is rounded once, its parts add up, and rates come with a source."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.figures.definition import DefinitionFault
from app.figures.rates import rates, rates_json, read_rates
from app.figures.rounding import apportion, pence


@pytest.mark.parametrize(("minutes", "rate", "value"), [(1, 30, 1), (1, 29, 0), (60, 1221, 1221)])
def test_half_a_penny_is_rounded_up(minutes, rate, value):
    assert pence(minutes * rate) == value


@given(st.lists(st.integers(0, 10**9), max_size=12))
def test_parts_add_up_and_are_within_a_penny(parts):
    shared = apportion(parts, pence(sum(parts)))
    assert sum(shared) == pence(sum(parts))
    assert all(abs(whole - part / 60) < 1 for whole, part in zip(shared, parts, strict=True))


def test_rates_are_in_order_and_each_says_where_it_is_from():
    known = rates("volunteer_hour")
    assert [rate.from_on for rate in known] == sorted(rate.from_on for rate in known)
    assert all(rate.source for rate in known)
    assert {rate.from_on: rate.pence for rate in known}[dt.date(2026, 4, 1)] == 1271
    assert {rate.from_on: rate.pence for rate in known}[dt.date(2025, 4, 1)] == 1221


def test_queries_read_the_same_rates():
    assert len(json.loads(rates_json("volunteer_hour"))) == len(rates("volunteer_hour"))


def test_a_kind_without_rates_has_none():
    assert rates("moon_landing") == ()


def test_a_rate_without_a_source_is_a_fault():
    row = {"from_on": dt.date(2026, 4, 1), "pence": 1271}
    with pytest.raises(DefinitionFault, match=r"rates\.toml, volunteer_hour: 'source' is needed"):
        read_rates("volunteer_hour", [row])
