"""Random groups, one return of linked tables, sentences and answers: no hidden number can be solved.

The reader of these tests takes every printed number, every sum that a table's total, a finer table,
or two sentences tie, and tries all ways to fill in what is hidden.
"""

import datetime as dt
import random

import pytest

from app.domain.disclosure import Disclosure
from app.figures.breakdowns import whole_of
from tests import builders
from tests.domain.solver import MOST, Page
from tests.returns.making import filled

LINKED = """
[[blocks]]
kind = "text"
text = "{people} people, {people_new} new, {people_returning} back, {people_regular} often."
[[blocks]]
kind = "table"
id = "sex"
figures = ["people", "people_new", "people_returning"]
by = "sex"
share = true
[[blocks]]
kind = "table"
id = "ethnicity"
figures = ["people"]
by = "ethnicity"
[[blocks]]
kind = "table"
id = "ethnicity_group"
figures = ["people"]
by = "ethnicity_group"
[[blocks]]
kind = "table"
id = "ages"
figures = ["people", "people_new"]
by = "age"
merge = true
[[blocks]]
kind = "chart"
figure = "people"
by = "area"
merge = true
[[blocks]]
kind = "compare"
figures = ["people", "people_new"]
[[blocks]]
kind = "question"
id = "who"
text = "Who came?"
"""
ANSWER = """{people/sex[female]} women and {people/sex[male]} men; {people/disability[none]} with no condition.

{table:people/disability}

{table:people/activity}
"""
HIDING = ["funder", "nhs", "public"]
COUNTS = ("people", "people_new", "people_returning", "people_regular")


def group(register, seed):
    """Fill a book with a few people whose answers, months and activities fall out at random."""
    dice = random.Random(seed)
    clubs = [builders.activity(register, name=name) for name in ("Art", "Boxing")]
    days = [
        dt.date(2024, 11, 10),
        dt.date(2025, 10, 7),
        *(dt.date(2026, month, 6) for month in (1, 4, 9, 10)),
    ]
    sessions = [[builders.session(register, of=club, day=day) for day in days] for club in clubs]
    ethnicity = ["white_british"] * 4 + ["white_irish", "asian_indian", "not_asked"]
    for _ in range(dice.choice([3, 9, 14, 19, 26, 34])):
        who = builders.person(
            register,
            sex=dice.choice(["female", "female", "male", "not_asked"]),
            disability=dice.choice(["none", "none", "limited_a_lot", "prefer_not"]),
            ethnicity=dice.choice(ethnicity),
            birth_year=dice.choice([2012, 2005, 1980, 1950, None]),
            area=dice.choice(["Oak", "Oak", "Elm", "Ash", ""]),
        )
        for club in dice.sample(sessions, dice.choice([1, 1, 2])):
            for at in dice.sample(club, dice.randint(1, 6)):
                builders.mark(register, at, who)
    return register


class Reader:
    """What somebody with the paper in hand knows of each number, and what ties them."""

    def __init__(self, one, mode):
        self.mode, self.ranges, self.sums = mode, {}, []
        for name in COUNTS:
            figure = one.figures[name]
            self.sees((name,), figure["value"], figure.get("text"))
        for table in one.tables:
            if "by" in table:
                self.reads(table)
        for typed, place in one.places.items():
            name, _, rest = typed.strip("{}").partition("/")
            by, _, part = rest.partition("[")
            number = None if place.hidden else int(place.text.replace(",", ""))
            self.sees((name, by, part.rstrip("]")), number, place.text)
        self.ties()

    def sees(self, key, number, text):
        low, high = self.span(number, text or "")
        before = self.ranges.get(key, (0, MOST))
        self.ranges[key] = (max(low, before[0]), min(high, before[1]))

    def span(self, number, text):
        limit = self.mode.hidden_up_to
        if number is None:
            return (1, limit) if text == self.mode.small or "fewer" in text else (0, MOST)
        if self.mode is Disclosure.NHS and number:
            return (max(limit + 1, int(number) - 2), int(number) + 2)
        return (int(number), int(number))

    def reads(self, table):
        for name in table["figures"]:
            if name not in COUNTS:
                continue
            parts = []
            for row in table["rows"]:
                if row.get(name) is None and f"{name}_hidden" not in row:
                    continue
                key = (name, table["by"], row["key"])
                self.sees(key, row[name], row.get(f"{name}_hidden"))
                parts.append(key)
            self.sums.append(((name,), parts, table["overlapping"]))

    def ties(self):
        for cut in {key[1:] for key in self.ranges}:
            pieces = [("people_new", *cut), ("people_returning", *cut)]
            if all(key in self.ranges for key in (("people", *cut), *pieces)):
                self.sums.append((("people", *cut), pieces, False))
            if ("people", *cut) in self.ranges and ("people_regular", *cut) in self.ranges:
                self.ranges["rest", *cut] = (0, MOST)
                tied = [("people_regular", *cut), ("rest", *cut)]
                self.sums.append((("people", *cut), tied, False))
        coarse = {}
        for key in self.ranges:
            lies_in = whole_of(key[1], key[2]) if len(key) == 3 else None
            if lies_in and (key[0], *lies_in) in self.ranges:
                coarse.setdefault((key[0], *lies_in), []).append(key)
        self.sums += [(whole, fine, False) for whole, fine in coarse.items() if fine != [whole]]


def printed(register, mode):
    return filled(register, LINKED, disclosure=mode, answers={"who": ANSWER})


@pytest.mark.parametrize("seed", range(5))
def test_no_hidden_number_of_a_linked_return_can_be_solved(register, seed):
    group(register, seed)
    for mode in HIDING:
        one = printed(register, mode)
        there = {table["id"] for table in one.tables}
        assert {"sex", "ethnicity", "ages", "people-by-area", "compared"} <= there
        reader = Reader(one, Disclosure(mode))
        page = Page(reader.ranges, reader.sums)
        assert page.tighten(dict(page.ranges)) is not None, "the paper agrees with itself"
        for key, (low, high) in reader.ranges.items():
            if low < high and key[0] != "rest":
                assert len(page.values_of(key)) == 2, f"{mode}: {key} can only be one number"


def test_those_left_over_beside_a_printed_pair_are_not_few(register):
    group(register, 5)
    for mode in ("funder", "public"):
        one = printed(register, mode)
        shown = {name: one.figures[name]["value"] for name in COUNTS}
        for part in COUNTS[1:]:
            if shown["people"] is not None and shown[part] is not None:
                assert not Disclosure(mode).hides(shown["people"] - shown[part])


def test_an_answer_and_a_table_say_the_same_of_the_same_number(register):
    group(register, 3)
    for mode in HIDING:
        one = printed(register, mode)
        (sex,) = [table for table in one.tables if table["id"] == "sex"]
        rows = {row["key"]: row["people"] for row in sex["rows"]}
        for part in ("female", "male"):
            place = one.places[f"{{people/sex[{part}]}}"]
            assert place.hidden is (rows[part] is None)
            assert place.hidden or int(place.text) == rows[part]


def test_a_change_is_said_of_two_shown_numbers_only(register):
    group(register, 1)
    changes = []
    for mode in ("internal", *HIDING):
        (compared,) = [t for t in printed(register, mode).tables if t["id"] == "compared"]
        for _, was, now, change in compared["rows"]:
            both = was.isdigit() and now.isdigit()
            assert both or not change
            changes.append(bool(change))
    assert any(changes)
    assert not all(changes)
