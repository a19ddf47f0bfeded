"""Outcome figures equal an independent recount from the open export, on the pretend groups.

The umbrella group is counted the same way by hand.
"""

import datetime as dt
import json

import pytest

from app.services import exports, registers
from app.services.example import Size, make_example
from tests.e2e import recount, recount_outcomes

PERIODS = [("2025-04-01", "2026-03-31"), ("2026-01-01", "2026-01-31"), ("1990-01-01", "1990-12-31")]


@pytest.fixture(scope="module", params=list(Size)[:2])
def group(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    book, export = folder / "group.hallbook", folder / "export"
    make_example(book, size=request.param, seed=1, ending=dt.date(2026, 3, 31))
    with registers.open_register(book, write=False) as register:
        exports.export_everything(register, export)
    return book, export


def test_outcome_figures_equal_a_recount_from_the_export(group, hallbook):
    book, export = group
    counts_as = recount.Book(export).counts_as
    for first, last in PERIODS:
        days = tuple(map(dt.date.fromisoformat, (first, last)))
        counted = json.loads(hallbook("figures", book, "--from", first, "--to", last, "--json"))
        expected = recount_outcomes.figures(export, counts_as, *days)
        assert len(expected) >= 9 * 11
        for name, value in expected.items():
            found = counted["figures"][name]["value"]
            assert found == (None if value is None else pytest.approx(value, abs=1e-9)), name
    assert expected["ons4_satisfied_pairs"] == 0


def test_bands_equal_a_recount_from_the_export(group, hallbook):
    book, export = group
    counts_as = recount.Book(export).counts_as
    first, last = PERIODS[0]
    days = tuple(map(dt.date.fromisoformat, PERIODS[0]))
    for scale in recount_outcomes.BANDS:
        names = [f"{scale}_band_before", f"{scale}_band_after"]
        counted = json.loads(
            hallbook("figures", book, "--from", first, "--to", last, "--only", ",".join(names),
                     "--by", "band", "--json")
        )["figures"]  # fmt: skip
        expected = recount_outcomes.bands(export, counts_as, scale, *days)
        assert sum(expected[0].values()) >= 5
        for name, wanted in zip(names, expected, strict=True):
            assert {part["key"]: part["value"] for part in counted[name]["parts"]} == wanted


def test_the_rows_behind_a_figure_are_its_pairs(group, hallbook):
    book, _ = group
    first, last = PERIODS[0]
    name = "ons4_satisfied_change"
    told = json.loads(
        hallbook("figures", book, "--from", first, "--to", last, "--rows", name, "--json")
    )
    rows = told["rows"]
    assert len(rows) == told["n"]
    assert sum(row["change"] for row in rows) / len(rows) == pytest.approx(told["value"])
    assert all(row["change"] == row["after_score"] - row["before_score"] for row in rows)
