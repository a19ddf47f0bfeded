"""Every figure in a tiny register, with the value and the rows that were worked out by hand."""

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from app.domain.periods import Period
from app.figures.catalogue import catalogue
from app.figures.evaluate import Scope, break_down, evaluate, rows_behind
from tests.figures.book import Book

FOLDER = Path(__file__).parents[1] / "data" / "figures"
BOOK = (
    "people", "activities", "sessions", "hours", "waiting", "rates", "agreements", "places",
    "referrals", "accounts", "funds", "headings", "grants", "entries", "gifts", "matches",
)  # fmt: skip


def examples():
    for file in sorted(FOLDER.glob("*.toml")):
        values = tomllib.loads(file.read_text("utf-8"))
        book = Book(**{name: values.get(name, []) for name in BOOK})
        for number, expected in enumerate(values["expect"], start=1):
            yield pytest.param(file.stem, book, expected, id=f"{file.stem}-{number}")


def scope_of(expected):
    first, last = (dt.date.fromisoformat(day) for day in expected["period"])
    return Scope(
        period=Period(first=first, last=last),
        activity_id=expected.get("activity"),
        grant_id=expected.get("grant"),
    )


@pytest.mark.parametrize(("figure", "book", "expected"), list(examples()))
def test_worked_example(figure, book, expected, filled):
    register, scope = filled(book), scope_of(expected)
    why = expected["why"]
    if "by" in expected:
        cut = break_down(register, figure, expected["by"], scope)
        parts = {part.key: part.value for part in cut.parts if part.value is not None}
        shown = {key: value for key, value in parts.items() if value or key in expected["parts"]}
        assert shown == pytest.approx(expected["parts"]), why
        assert [part.key for part in cut.parts if part.value is None] == expected.get(
            "nothing", []
        ), why
        assert cut.overlapping is expected.get("overlapping", False), why
        return
    found = evaluate(register, [figure], scope)[figure]
    if expected.get("none"):
        assert found.value is None, why
    else:
        assert found.value == pytest.approx(expected["value"], rel=1e-12), why
    assert sorted(rows_behind(register, figure, scope).row_ids) == expected["rows"], why
    assert found.n == expected.get("n", len(expected["rows"])), why
    assert found.base == expected.get("base", ""), why


def test_every_figure_has_a_worked_example_and_no_example_is_left_over():
    assert {file.stem for file in FOLDER.glob("*.toml")} == set(catalogue())


def test_every_example_says_why():
    for example in examples():
        assert len(example.values[2]["why"]) > 10
