"""Small numbers stay hidden over a whole return: sentences, tables and charts together."""

import datetime as dt
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.disclosure import Disclosure
from app.returns.filled import Chart, plain
from app.services import activities, returns
from app.storage.register import Register
from tests import builders
from tests.domain.solver import MOST, Page
from tests.returns.making import YEAR, filled, options, tables, texts, words

ROOT = Path(__file__).parents[3]
HIDING = ["funder", "nhs", "public"]

SEVERAL = """
[[blocks]]
kind = "text"
text = "{people_new} new, {people_returning} came before."
[[blocks]]
kind = "table"
id = "sex"
figures = ["people", "people_new"]
by = "sex"
[[blocks]]
kind = "table"
id = "disability"
figures = ["people"]
by = "disability"
share = true
[[blocks]]
kind = "table"
id = "area"
figures = ["people", "attendances"]
by = "area"
merge = true
[[blocks]]
kind = "table"
id = "activity"
figures = ["people", "attendances", "contact_hours", "average_attendance"]
by = "activity"
"""


GUESTS = '[[blocks]]\nkind = "text"\ntext = "{guests:no guests|one guest|# guests}"'


def small_group(register, seed):
    """Fill a book with a handful of people whose answers fall out at random."""
    dice = random.Random(seed)
    clubs = [builders.activity(register, name=name) for name in ("Art", "Boxing")]
    days = [dt.date(2025, 10, 7), dt.date(2026, 10, 6), dt.date(2026, 10, 13)]
    sessions = [[builders.session(register, of=club, day=day) for day in days] for club in clubs]
    for _ in range(dice.randint(5, 26)):
        who = builders.person(
            register,
            sex=dice.choice(["female", "female", "male", "not_asked"]),
            disability=dice.choice(["none", "none", "none", "limited_a_lot", "prefer_not"]),
            area=dice.choice(["Oak", "Oak", "Elm", "Ash", ""]),
        )
        for club in dice.sample(sessions, dice.choice([1, 1, 2])):
            for at in dice.sample(club, dice.randint(1, 3)):
                builders.mark(register, at, who)
    return register


def reader(one, mode):
    """What a reader sees of the people: the least and most each number can be, and the sums."""
    limit = mode.hidden_up_to

    def span(value, text):
        if value is None:
            return (0, MOST) if text == "not shown" else (1, limit)
        if mode is Disclosure.NHS and value:
            return (max(limit + 1, int(value) - 2), int(value) + 2)
        return (int(value), int(value))

    ranges, sums = {}, []
    for name in ("people", "people_new", "people_returning"):
        figure = one.figures[name]
        ranges[name] = span(figure["value"], figure.get("text"))
    sums.append(("people", ["people_new", "people_returning"], False))
    for table in one.tables:
        for name in set(table["figures"]) & {"people", "people_new"}:
            parts = []
            for row in table["rows"]:
                if row.get(name) is None and f"{name}_hidden" not in row:
                    continue
                key = (table["id"], name, row["key"])
                ranges[key] = span(row[name], row.get(f"{name}_hidden"))
                parts.append(key)
            sums.append((name, parts, table["overlapping"]))
    return Page(ranges, sums)


@pytest.mark.parametrize("mode", HIDING)
@pytest.mark.parametrize("seed", range(6))
def test_no_hidden_number_can_be_worked_out_from_the_whole_return(register, seed, mode):
    one = filled(small_group(register, seed), SEVERAL, disclosure=mode)
    page = reader(one, Disclosure(mode))
    hidden = [key for key, (low, high) in page.ranges.items() if low != high]
    assert all(len(page.values_of(key)) == 2 for key in hidden)


@pytest.mark.parametrize("mode", HIDING)
def test_no_small_number_of_people_is_printed_anywhere(register, mode):
    one = filled(small_group(register, 3), SEVERAL, disclosure=mode)
    limit = Disclosure(mode).hidden_up_to
    counts = {"people", "people_new", "people_returning", "attendances"}
    for name, figure in one.figures.items():
        assert name not in counts or not 0 < (figure["value"] or 0) <= limit
    for table in one.tables:
        for row in table["rows"]:
            for name in counts & row.keys():
                assert not 0 < (row[name] or 0) <= limit


def test_what_would_give_an_attendance_away_is_hidden_with_it(register):
    at = builders.session(register, of=builders.activity(register, name="Art"))
    for _ in range(12):
        builders.mark(register, at, builders.person(register))
    other = builders.session(register, of=builders.activity(register, name="Boxing"))
    builders.mark(register, other, builders.person(register))
    one = filled(register, SEVERAL, disclosure="funder")
    (table,) = [table for table in one.tables if table["id"] == "activity"]
    boxing = next(row for row in table["rows"] if row["label"] == "Boxing")
    assert [boxing[name] for name in table["figures"]] == [None, None, None, None]


def test_people_and_attendances_of_one_row_are_hidden_together(register):
    one = filled(small_group(register, 1), SEVERAL, disclosure="funder")
    for table in one.tables:
        if table["id"] == "area":
            for row in table["rows"]:
                if "people_hidden" in row:
                    assert "attendances_hidden" in row


REGULAR = """
[[blocks]]
kind = "text"
text = "{people_regular} of {people} came four times or more."
"""


@pytest.mark.parametrize(
    ("mode", "often", "once", "both"),
    [
        ("public", 12, 7, False), ("public", 12, 10, True), ("funder", 12, 4, False),
        ("funder", 12, 5, True), ("public", 12, 0, True),
        ("nhs", 12, 7, True),  # both are rounded to 5: the rest may be 5 to 15
    ],
)  # fmt: skip
def test_some_of_all_is_not_printed_beside_all_where_the_rest_are_few(
    register, mode, often, once, both
):
    days = [builders.session(register, day=dt.date(2026, 10, day)) for day in (6, 13, 20, 27)]
    for number in range(often + once):
        who = builders.person(register)
        for at in days if number < often else days[:1]:
            builders.mark(register, at, who)
    one = filled(register, REGULAR, disclosure=mode)
    shown = [one.figures[name]["value"] is not None for name in ("people", "people_regular")]
    assert all(shown) is both
    assert any(shown)


def test_inside_the_house_nothing_is_hidden(register):
    one = filled(small_group(register, 0), SEVERAL, disclosure="internal")
    assert not any(figure.get("hidden") for figure in one.figures.values())
    assert "hidden" not in " ".join(
        key for table in one.tables for row in table["rows"] for key in row
    )


def test_a_hidden_number_is_null_in_the_json_and_says_what_is_printed(register):
    at = builders.session(register)
    for _ in range(3):
        builders.mark(register, at, builders.person(register))
    one = filled(register, SEVERAL, disclosure="funder")
    people = one.figures["people"]
    assert (people["value"], people["n"], people["hidden"]) == (None, None, True)
    assert people["text"] == "fewer than 5"
    assert people["title"] == "People"
    assert one.figures["people_new"]["value"] is None
    assert words(one)[0] == "Perhaps some new, perhaps some came before."


def test_nothing_of_a_hidden_number_is_kept_in_its_source(register):
    at = builders.session(register)
    for _ in range(3):
        builders.mark(register, at, builders.person(register))
    one = filled(register, SEVERAL, disclosure="funder")
    (paragraph,) = [block for block in one.blocks if hasattr(block, "runs")]
    sources = [run.source for run in paragraph.runs if run.source]
    assert sources
    assert all(source.value is None and source.rows is None for source in sources)


def test_the_nhs_form_shows_stars_and_rounds_to_five(register):
    at = builders.session(register)
    for sex, many in (("female", 23), ("male", 12), ("not_asked", 3)):
        for _ in range(many):
            builders.mark(register, at, builders.person(register, sex=sex))
    one = filled(register, SEVERAL, disclosure="nhs")
    rows = {row[0].text: texts(row) for row in tables(one)["sex"].rows}
    assert rows["Female"][1] == "25"
    assert rows["Not asked"][1] == "*"
    assert texts(tables(one)["sex"].total)[1] == "40"
    assert one.figures["people"]["value"] == 40
    activity = tables(one)["activity"].rows[0]
    # 38 attendances of two hours would be told by 76 hours: what follows is no finer.
    assert texts(activity) == ["Tea Club", "40", "40", "75", "too few to say"]


def test_rates_need_eight_behind_them_outside_the_house(register):
    club = builders.activity(register, name="Art")
    who = [builders.person(register) for _ in range(10)]
    for day in range(1, 8):
        at = builders.session(register, of=club, day=dt.date(2026, 10, day))
        for one in who:
            builders.mark(register, at, one)
    said = '[[blocks]]\nkind = "text"\ntext = "{average_attendance}"'
    assert words(filled(register, said, disclosure="funder")) == ["Too few to say"]
    assert words(filled(register, said, disclosure="internal")) == ["10.0"]
    at = builders.session(register, of=club, day=dt.date(2026, 10, 8))
    builders.mark(register, at, who[0])
    assert words(filled(register, said, disclosure="funder")) == ["8.9"]


def test_percentages_of_few_are_left_out(register):
    at = builders.session(register)
    for _ in range(7):
        builders.mark(register, at, builders.person(register, disability="none"))
    cells = [
        texts(row)
        for row in tables(filled(register, SEVERAL, disclosure="funder"))["disability"].rows
    ]
    assert ["No long-term condition", "7", ""] in cells
    inside = [texts(row) for row in tables(filled(register, SEVERAL))["disability"].rows]
    assert ["No long-term condition", "7", "100%"] in inside


def test_small_ages_join_their_neighbours_before_anything_is_hidden(register):
    at = builders.session(register)
    for year, many in ((2010, 2), (2006, 9), (1980, 12), (1950, 3), (1940, 6)):
        for _ in range(many):
            builders.mark(register, at, builders.person(register, birth_year=year))
    blocks = (
        '[[blocks]]\nkind = "table"\nid = "age"\nfigures = ["people"]\nby = "age"\nmerge = true'
    )
    rows = {
        r[0].text: r[1].text
        for r in tables(filled(register, blocks, disclosure="funder"))["age"].rows
    }
    assert rows["0 to 25"] == "11"
    assert rows["26 to 64"] == "12"
    assert rows["65 and over"] == "9"
    exact = tables(filled(register, blocks))["age"].rows
    assert {r[0].text: r[1].text for r in exact}["11 to 17"] == "2"


def test_the_note_says_what_is_hidden_once_and_then_points_back(register):
    one = filled(small_group(register, 2), SEVERAL, disclosure="funder")
    notes = [
        "".join(run.text for run in note) for table in tables(one).values() for note in table.notes
    ]
    told = [note for note in notes if "Numbers of people from 1 to 4 are hidden" in note]
    back = [note for note in notes if "hidden as above" in note]
    assert len(told) == 1
    assert len(back) >= 1


@pytest.mark.parametrize("mode", ["internal", *HIDING])
def test_the_impact_report_comes_out_in_every_mode_and_says_which(small_example, mode):
    with Register.open(small_example, write=False) as register:
        one = returns.prepare(register, "impact-report", options(disclosure=mode))
    assert one.disclosure == mode
    assert one.disclosure_text
    limit = Disclosure(mode).hidden_up_to
    for block in one.walk():
        if isinstance(block, Chart):
            assert all(not 0 < (point.value or 0) <= limit for point in block.points)
    said = " ".join(words(one))
    assert not re.search(r"\bnot shown\b", said)


def test_names_are_never_given_out_whatever_mode_is_asked_for(small_example):
    with Register.open(small_example, write=False) as register:
        one = returns.prepare(
            register, "attendance-record", options(disclosure="public", period=YEAR)
        )
    assert one.disclosure == "internal"
    assert any(
        "names people, so no numbers are hidden in it" in warning for warning in one.warnings
    )


def test_guests_are_hidden_only_with_something_to_hide_behind(register):
    at = builders.session(register)
    for area in ("Oak", "Elm"):
        for _ in range(12):
            builders.mark(register, at, builders.person(register, area=area))
    activities.set_guests(register, builders.fresh(register, at), 3, today=builders.TODAY)
    one = filled(register, SEVERAL + GUESTS, disclosure="funder")
    (table,) = [table for table in one.tables if table["id"] == "area"]
    hidden = [row["key"] for row in table["rows"] if "attendances_hidden" in row]
    assert "guests" in hidden
    assert len(hidden) > 1
    assert words(one)[-1] == "Fewer than 5 guests"


def test_a_block_can_wait_for_a_number_that_may_be_shown(register):
    at = builders.session(register)
    for _ in range(3):
        builders.mark(register, at, builders.person(register))
    block = '[[blocks]]\nkind = "text"\nshown = "people"\ntext = "We were {people}."'
    assert words(filled(register, block)) == ["We were 3."]
    assert words(filled(register, block, disclosure="funder")) == []


def test_the_same_numbers_are_hidden_in_every_process(small_example):
    code = (
        "import sys, json, datetime as dt; from pathlib import Path;"
        "from app.services import registers, returns; from tests.returns.making import options;"
        "r = registers.open_register(Path(sys.argv[1]), write=False);"
        "print(json.dumps(returns.prepare(r, 'impact-report', options()).as_json(pages=None)))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code, str(small_example)],
            capture_output=True,
            check=True,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1


def test_a_fine_table_is_tied_to_the_coarse_one_beside_it(register):
    answers = ["white_british"] * 9 + ["white_irish"] * 2
    answers += (
        ["asian_indian"] * 6 + ["asian_chinese"] * 7 + ["black_african"] * 3 + ["not_asked"] * 8
    )
    at = builders.session(register, of=builders.activity(register))
    for answer in answers:
        builders.mark(register, at, builders.person(register, ethnicity=answer))
    tables = "".join(
        f'[[blocks]]\nkind = "table"\nid = "{by}"\nfigures = ["people"]\nby = "{by}"\n'
        for by in ("ethnicity", "ethnicity_group")
    )
    one = filled(register, tables, disclosure="funder")
    fine, coarse = (
        {row["key"]: row["people"] for row in t["rows"] if "key" in row} for t in one.tables
    )
    assert fine["white_irish"] is None
    # White less British would be Irish: one of the two may be printed, not both.
    assert fine["white_british"] is None or coarse["white"] is None


ENDS = """
[[blocks]]
kind = "text"
text = "Most {attendances/month.highest}, in {attendances/month.highest_label}."
[[blocks]]
kind = "text"
text = "Fewest {attendances/month.lowest}, in {attendances/month.lowest_label}."
"""


def test_what_is_shown_is_not_called_the_most_where_the_most_is_hidden(register):
    at = builders.session(register, day=dt.date(2026, 10, 6))
    for _ in range(3):
        builders.mark(register, at, builders.person(register))
    nothing = "Fewest perhaps some, in one that is not shown."
    assert words(filled(register, ENDS, disclosure="funder")) == [
        "Most some, in one that is not shown.", nothing,
    ]  # fmt: skip
    other = builders.session(register, day=dt.date(2026, 9, 8))
    for _ in range(9):
        builders.mark(register, other, builders.person(register))
    said = words(filled(register, ENDS, disclosure="funder"))
    assert said == ["Most some, in one that is not shown.", "Fewest 0, in November 2025."]
    assert words(filled(register, ENDS))[0] == "Most 9, in September 2026."


@pytest.mark.parametrize(
    ("mode", "unasked", "said"),
    [
        ("funder", 3, "Sex was not asked of fewer than 5 of 23."),
        ("nhs", 3, "Sex was not asked of fewer than 8 of 25."),
        ("funder", 6, "Sex was not asked of some of 29."),
    ],
)
def test_who_was_not_asked_is_said_in_words_where_it_is_hidden(register, mode, unasked, said):
    at = builders.session(register, of=builders.activity(register))
    few = 3 if said.endswith("some of 29.") else 0
    for sex, many in (("female", 20), ("male", few), ("not_asked", unasked)):
        for _ in range(many):
            builders.mark(register, at, builders.person(register, sex=sex))
    table = '[[blocks]]\nkind = "table"\nfigures = ["people"]\nby = "sex"'
    (one,) = tables(filled(register, table, disclosure=mode)).values()
    assert said in plain(one.notes[0])
