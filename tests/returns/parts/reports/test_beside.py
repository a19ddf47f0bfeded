"""Numbers of another time, and targets, beside those of the return: parts, large numbers, tables."""

import datetime as dt

import pytest

from app.domain.disclosure import Disclosure
from app.domain.errors import TemplateFaulty
from app.domain.grants import GrantDraft, GrantState
from app.domain.ledger import FundDraft, FundKind
from app.domain.periods import Period
from app.domain.returns import Target
from app.returns.filled import BigNumbers
from app.returns.parts.money.granted import is_about_a_grant
from app.services import money
from app.services.returns import due
from tests import builders
from tests.domain.solver import Page
from tests.returns.counting.test_whole_returns import Reader, group
from tests.returns.making import filled, tables, template, texts, words

MAY = Period(first=dt.date(2026, 5, 1), last=dt.date(2026, 5, 31))
AREAS = """
[[blocks]]
kind = "compare"
by = "area"
figures = ["people"]
order = "largest"
"""
TABLE = """
[[blocks]]
kind = "table"
id = "areas"
figures = ["people", "attendances"]
by = "area"
titles = ["People", "Visits"]
beside = "before"
"""
NUMBERS = """
[[blocks]]
kind = "numbers"
beside = "{beside}"
items = [
    {{ value = "{{people}}", label = "people" }},
    {{ value = "{{people/area[Elm]}}", label = "of Elm" }},
    {{ value = "{{group}}", label = "who" }},
]
"""


@pytest.fixture
def club(register):
    """Four of Oak and one of Ash in April; five of Oak and two of Elm in May."""
    tea = builders.activity(register)
    for on, came in (
        (dt.date(2026, 4, 7), {"Oak": 4, "Ash": 1}),
        (dt.date(2026, 5, 5), {"Oak": 5, "Elm": 2}),
    ):
        at = builders.session(register, of=tea, day=on)
        for area, many in came.items():
            for _ in range(many):
                builders.mark(register, at, builders.person(register, area=area))
    return register


def test_parts_stand_beside_those_of_the_time_before_the_ones_gone_too(club):
    table = tables(filled(club, AREAS, period=MAY))["compared-by-area"]
    assert [column.title for column in table.columns] == ["Area", "Before", "This time", "Change"]
    assert [texts(row) for row in table.rows] == [
        ["Oak", "4", "5", "1 more"],
        ["Elm", "0", "2", "2 more"],
        ["Ash", "1", "0", "1 fewer"],
    ]
    assert texts(table.total) == ["All", "5", "7", "2 more"]
    assert "1 Apr 2026 to 30 Apr 2026" in table.notes[0][1].text


def test_small_parts_are_one_line_of_both_times(club):
    tea = builders.activity(club, name="Boules")
    at = builders.session(club, of=tea, day=dt.date(2026, 5, 6))
    for area in ("Fir", "Fir", "Yew"):
        builders.mark(club, at, builders.person(club, area=area))
    april = builders.session(club, of=tea, day=dt.date(2026, 4, 8))
    for _ in range(5):
        builders.mark(club, april, builders.person(club, area="Gale"))
    one = filled(club, f"{AREAS}merge = true", disclosure="funder", period=MAY)
    table = tables(one)["compared-by-area"]
    assert [texts(row) for row in table.rows] == [
        ["Oak", "fewer than 5", "5", ""],
        ["Other areas", "not shown", "5", ""],
    ]  # Gale and Ash of April are among the others
    assert texts(table.total) == ["All", "10", "10", "the same"]


def test_a_table_has_a_column_beside_each_figure(club):
    table = tables(filled(club, TABLE, period=MAY))["areas"]
    assert [(c.group, c.title) for c in table.columns] == [
        ("", "Area"), ("People", "This time"), ("People", "Before"),
        ("Visits", "This time"), ("Visits", "Before"),
    ]  # fmt: skip
    rows = {row[0].text: texts(row)[1:] for row in table.rows}
    assert rows["Oak"] == ["5", "4", "5", "4"]
    assert rows["Ash"] == ["0", "1", "0", "1"]
    assert texts(table.total)[1:] == ["7", "5", "7", "5"]


def labels(one):
    (strip,) = [block for block in one.walk() if isinstance(block, BigNumbers)]
    return [item.label for item in strip.items]


def test_large_numbers_say_what_was_before(club):
    one = filled(club, NUMBERS.format(beside="before"), period=MAY)
    assert labels(one) == ["people; 5 before", "of Elm; 0 before", "who"]
    outside = filled(club, NUMBERS.format(beside="before"), disclosure="public", period=MAY)
    assert labels(outside)[0] == "people; fewer than 10 before"


def test_nothing_is_beside_where_the_book_had_not_begun(club):
    april = Period(first=dt.date(2026, 4, 1), last=dt.date(2026, 4, 30))
    one = filled(club, AREAS + TABLE + NUMBERS.format(beside="before"), period=april)
    assert "compared-by-area" not in tables(one)
    assert len(tables(one)["areas"].columns) == 3
    assert labels(one)[0] == "people"


def test_targets_stand_beside_what_was_reached(club):
    fund = money.save_fund(club, FundDraft(name="Hall", kind=FundKind.RESTRICTED, purpose="Hire"))
    grant = money.save_grant(
        club, GrantDraft(reference="G1", funder="Council", state=GrantState.AWARDED,
                         fund_id=fund.ids[0], awarded_pence=500_00)
    ).ids[0]  # fmt: skip
    due.set_targets(club, grant, (
        Target(figure="people", target=60), Target(figure="people", target=20, breakdown="area", part="Elm"),
    ))  # fmt: skip
    blocks = NUMBERS.format(beside="targets") + TABLE.replace('"before"', '"targets"')
    one = filled(club, needs(blocks), period=MAY)
    assert labels(one) == ["people; 60 promised", "of Elm; 20 promised", "who"]
    table = tables(one)["areas"]
    assert [c.title for c in table.columns] == ["Area", "Result", "Target", "Visits"]
    rows = {row[0].text: texts(row)[1:3] for row in table.rows}
    assert (rows["Elm"], rows["Oak"]) == (["2", "20"], ["5", ""])
    assert texts(table.total)[1:3] == ["7", "60"]
    assert is_about_a_grant(template(needs(blocks)))


def needs(blocks):
    return f'may_have = ["grant"]\n{blocks}'


@pytest.mark.parametrize("mode", ["funder", "nhs", "public"])
def test_no_hidden_number_of_the_time_before_can_be_solved(register, mode):
    group(register, 2)
    figures = '[[blocks]]\nkind = "compare"\nfigures = ["people", "people_new"]\nby = '
    one = filled(register, f'{figures}"sex"\n{figures}"area"\nmerge = true', disclosure=mode)
    reader = Reader.__new__(Reader)
    reader.mode, reader.ranges, reader.sums = Disclosure(mode), {}, []
    for table in one.tables:
        for name in table["figures"]:
            there = f"{name}_beside"
            reader.sees((name,), table["total"][there], table["total"].get(f"{there}_hidden"))
        rows = [{"key": row["key"]} | {k.replace("_beside", ""): v for k, v in row.items() if "_beside" in k}
                for row in table["rows"]]  # fmt: skip
        reader.reads(table | {"rows": rows})
    reader.ties()
    page = Page(reader.ranges, reader.sums)
    assert page.tighten(dict(page.ranges)) is not None, "the paper agrees with itself"
    hidden = [key for key, (low, high) in reader.ranges.items() if low < high and key[0] != "rest"]
    assert hidden
    for key in hidden:
        assert len(page.values_of(key)) == 2, f"{key} can only be one number"


@pytest.mark.parametrize(
    ("blocks", "line", "key", "says"),
    [
        (AREAS + 'beside = "later"', 15, "beside", "“later” is not known"),
        (AREAS + 'beside = "targets"', 15, "beside", "the block targets"),
        (AREAS.replace('"area"', '"hair"'), 12, "by", "cannot be broken down"),
        (AREAS.replace('"area"', '"month"'), 12, "by", "another time has no month"),
        (AREAS.replace('["people"]', '["people", "attendances", "people_new"]'), 13, "figures", "two"),
        (AREAS.replace('by = "area"\n', "") + "merge = true", 10, "by", "is missing"),
        (TABLE.replace('"area"', '"quarter"'), 14, "by", "another time has no quarter"),
        (TABLE.replace('"attendances"]', '"attendances", "people_new", "people_returning"]')
         .replace('titles = ["People", "Visits"]\n', ""), 13, "figures", "three have room"),
        (TABLE + AREAS + 'beside = "year"', 23, "beside", "one other time"),
        (TABLE.replace('"before"', '"targets"'), 16, "beside", "a grant’s"),
        ('[[blocks]]\nkind = "numbers"\nbeside = "year"\nitems = [{ value = "{group}", label = "x" }]',
         11, "beside", "none of the values is a figure"),
    ],
)  # fmt: skip
def test_what_cannot_stand_beside_is_refused_with_its_place(blocks, line, key, says):
    with pytest.raises(TemplateFaulty) as caught:
        template(blocks)
    said = caught.value.text
    assert f"line {line}:" in said, said
    assert key in said
    assert says in said


def test_a_chart_of_which_everything_is_hidden_is_a_sentence(club):
    chart = '[[blocks]]\nkind = "chart"\nfigure = "people"\nby = "area"\n'
    hidden = filled(club, chart, disclosure="public", period=MAY)
    assert words(hidden) == ["People by area: the numbers are too small to show."]
    assert words(filled(club, chart, period=MAY)) == []
    by_month = chart.replace("area", "month")
    spring = Period(first=dt.date(2026, 3, 1), last=MAY.last)
    noughts = filled(club, by_month, disclosure="public", period=spring)
    assert words(noughts) == ["People by month: the numbers are too small to show."]
