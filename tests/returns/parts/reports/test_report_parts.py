"""Parts of reports: the cover, comparisons, money in words, thanks, consent forms, privacy notices."""

import base64
import datetime as dt
import io
from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.domain.consents import USES
from app.domain.disclosure import Disclosure
from app.domain.errors import TemplateFaulty
from app.domain.people import ConsentPurpose
from app.domain.periods import Period
from app.domain.settings import Settings
from app.returns.counting.beside import change_in_words, earlier
from app.returns.filled import Chart, Heading, ReportHead, Table, Tick
from app.returns.language.phrases import Printed
from app.returns.language.report_kinds import Beside
from app.returns.parts.money.money_words import of_ten
from app.returns.parts.people.kept_for import read_retention, read_wording, retention, wording
from app.services import figures, returns, settings
from app.storage.register import Register
from tests import builders
from tests.returns.making import YEAR, filled, options, tables, words
from tests.returns.pdf import pdf_checks
from tests.returns.test_impact_report import text_of


def day(text):
    return dt.date.fromisoformat(text)


def period(first, last):
    return Period(first=day(first), last=day(last))


@pytest.fixture(scope="module")
def example(small_example_made):
    with Register.open(small_example_made, write=False) as register:
        yield register


# --- comparisons --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "beside", "expected"),
    [
        (("2026-04-01", "2026-06-30"), Beside.BEFORE, ("2026-01-01", "2026-03-31")),
        (("2026-02-01", "2026-02-28"), Beside.BEFORE, ("2026-01-01", "2026-01-31")),
        (("2026-02-03", "2026-02-12"), Beside.BEFORE, ("2026-01-24", "2026-02-02")),
        (("2024-02-29", "2024-03-01"), Beside.YEAR, ("2023-02-28", "2023-03-01")),
        (("2025-02-01", "2025-02-28"), Beside.YEAR, ("2024-02-01", "2024-02-29")),
        (("2025-11-01", "2026-10-31"), Beside.YEAR, ("2024-11-01", "2025-10-31")),
    ],
)
def test_the_period_before_is_as_long(asked, beside, expected):
    assert earlier(period(*asked), beside) == period(*expected)


def test_more_than_a_year_has_no_same_days_a_year_before():
    assert earlier(period("2024-01-01", "2025-06-30"), Beside.YEAR) is None


@given(
    st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)),
    st.integers(0, 900),
    st.sampled_from(list(Beside)),
)
def test_the_two_periods_share_no_day(first, days, beside):
    now = Period(first=first, last=first + dt.timedelta(days=days))
    before = earlier(now, beside)
    assert before is None or before.last < now.first


COMPARE = """
[[blocks]]
kind = "compare"
text = "Beside the time before"
figures = ["people", "people_new", "attendances"]
"""
MAY, APRIL = period("2026-05-01", "2026-05-31"), period("2026-04-01", "2026-04-30")


def club(register, april, may):
    """Let some come in April, and in May as many old and new ones as asked."""
    old, new = may
    who = [builders.person(register, f"P{n}", "Bell") for n in range(april + new)]
    tea = builders.activity(register)
    for on, some in ((day("2026-04-07"), who[:april]),
                     (day("2026-05-05"), [*who[:old], *who[april:]])):  # fmt: skip
        at = builders.session(register, of=tea, day=on)
        for one in some:
            builders.mark(register, at, one)


def test_figures_stand_beside_those_of_the_period_before(register):
    club(register, 5, (2, 6))
    table = tables(filled(register, COMPARE, period=MAY))["compared"]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["People", "5", "8", "3 more"],
        ["New people", "5", "6", "1 more"],
        ["Attendances", "5", "8", "3 more"],
    ]
    known = figures.figures(register, APRIL, only=("people",))["figures"]
    assert table.rows[0][1].text == str(known["people"]["value"])


def test_nothing_is_compared_where_the_book_had_not_begun(register):
    club(register, 5, (2, 6))
    made = filled(register, COMPARE, period=APRIL)
    assert "compared" not in tables(made)
    assert words(made) == []


@pytest.mark.parametrize(("april", "old", "new"), list(product((3, 6, 12), (0, 2, 3), (1, 6))))
def test_no_hidden_number_is_told_by_the_other_period(register, april, old, new):
    club(register, april, (old, new))
    made = filled(register, COMPARE, disclosure="funder", period=MAY)
    rows = [[cell.text for cell in row] for row in tables(made)["compared"].rows]

    def fits(text, value):
        if text == "fewer than 5":
            return 1 <= value <= 4
        return text == "not shown" or text == str(value)

    for column, truth in ((1, (april, april, april)), (2, (old + new, new, old + new))):
        # Every way in which people could be new and returning that prints the same column:
        ways = {
            (n + r, n, n + r)
            for n, r in product(range(30), repeat=2)
            if fits(rows[0][column], n + r)
            and fits(rows[1][column], n)
            and fits(rows[2][column], n + r)
        }
        assert truth in ways
        for place in range(3):
            if not rows[place][column].isdigit():
                assert len({way[place] for way in ways}) > 1, (rows, column, place)
    for row in rows:
        assert bool(row[3]) == (row[1].isdigit() and row[2].isdigit())


@pytest.mark.parametrize("mode", Disclosure)
def test_a_change_is_that_of_the_numbers_printed(example, mode):
    blocks = COMPARE.replace('["people",', '["sessions_held", "volunteer_hours", "people",')
    table = tables(filled(example, blocks, disclosure=mode.value, period=MAY))["compared"]
    for row in table.rows:
        before, now, change = (cell.text.replace(",", "") for cell in row[1:])
        if change:
            gap = float(now) - float(before)
            assert ("more" in change) == (gap > 0)
            assert change == "the same" or f"{abs(gap):g}" in change


@pytest.mark.parametrize(
    ("now", "was", "unit", "said"),
    [
        (12, 12, "people", "the same"),
        (1, 4, "people", "3 fewer"),
        (1001, 1000, "people", "about the same (1 more)"),
        (250, 300, "pence", "£0.50 less"),
        (0.5, 0.25, "share", "25 in a hundred more"),
        (0.501, 0.5, "share", "the same"),
        (3.0, 0.0, "hours", "3 more"),
    ],
)
def test_a_change_is_said_in_words(now, was, unit, said):
    assert change_in_words(Printed(text="", number=now), Printed(text="", number=was), unit) == said


def test_nothing_is_said_of_a_number_that_is_none_or_hidden():
    known = Printed(text="3", number=3)
    assert change_in_words(known, Printed(text="none"), "mean") == ""
    assert (
        change_in_words(Printed(text="fewer than 5", number=2, hidden=True), known, "people") == ""
    )


# --- money in words, thanks ---------------------------------------------------------------------


def test_ten_pounds_are_shared_out():
    sums = Counter({"hall hire": 154260, "tutors": 44060, "insurance": 12960, "tea": 100})
    assert of_ten(sums) == (
        "Of every £10 paid, £7 went on hall hire, £2 on tutors and £1 on insurance, to the nearest "
        "pound."
    )


@given(st.dictionaries(st.sampled_from("abcdefghij"), st.integers(0, 10**7), max_size=10))
def test_the_pounds_of_ten_come_to_ten(sums):
    said = of_ten(Counter(sums))
    pounds = [int(word[1:]) for word in said.replace(",", "").split() if word.startswith("£")]
    assert pounds[:1] in ([], [10])
    assert sum(pounds[1:]) == (10 if pounds else 0)
    assert all(pounds)


def test_a_refund_above_the_cost_is_said_in_no_sentence():
    assert of_ten(Counter({"hall": 500, "tea": -100})) == ""


def test_the_money_said_is_that_of_the_figures(example):
    made = returns.prepare(example, "impact-report", options(disclosure="internal"))
    known = figures.figures(example, YEAR)["figures"]
    read = " ".join(words(made))
    for name, said in (("receipts_pence", "came in"), ("payments_pence", "was paid")):
        pence = known[name]["value"]
        assert f"£{pence // 100:,}.{pence % 100:02} {said}" in read


def test_the_funders_of_the_period_are_thanked_and_no_others(example):
    block = '[[blocks]]\nkind = "thanks"\ntext = "Thank you"\n'
    made = filled(example, block)
    assert words(made) == ["Thank you"]
    long_ago = filled(example, block, period=period("1999-01-01", "1999-12-31"))
    assert words(long_ago) == []


# --- the impact report --------------------------------------------------------------------------


def test_bars_show_people_by_age_and_area_as_counted(example):
    made = returns.prepare(example, "impact-report", options(disclosure="internal"))
    charts = {block.summary: block for block in made.walk() if isinstance(block, Chart)}
    for by, summary in (("age", "People by age"), ("area", "People by the area they live in")):
        counted = figures.figures(example, YEAR, only=("people",), by=by)["figures"]["people"]
        drawn = charts[summary].points
        assert sum(point.value for point in drawn) == counted["value"]
    named = [point.value for point in charts["People by the area they live in"].points[:5]]
    assert named == sorted(named, reverse=True)


@pytest.mark.parametrize("mode", Disclosure)
def test_an_empty_period_is_one_page_without_a_cover(register, mode):
    made = returns.prepare(register, "impact-report", options(disclosure=mode.value))
    assert not any(block.is_cover for block in made.walk() if isinstance(block, ReportHead))
    assert not any(isinstance(block, Heading) for block in made.walk())
    rendered = returns.render_pdf(made)
    assert rendered.pages == 1
    assert "nothing to count yet" in text_of(rendered.pdf)


@pytest.mark.parametrize("mode", Disclosure)
def test_where_a_hidden_bar_stands_says_nothing_of_its_size(example, mode):
    made = returns.prepare(example, "impact-report", options(disclosure=mode.value))
    chart = next(one for one in made.walk() if isinstance(one, Chart) and "area" in one.summary)
    own = [one for one in chart.points if not one.label.startswith(("Other", "Not", "All"))]
    shown = [one.value for one in own if one.value is not None]
    assert [one.value for one in own[: len(shown)]] == sorted(shown, reverse=True)
    hidden = [one.label.casefold() for one in own if one.value is None]
    assert hidden == sorted(hidden)


@pytest.mark.parametrize("mode", Disclosure)
def test_a_business_case_is_three_pages_at_most(example, mode):
    made = returns.prepare(example, "business-case", options(disclosure=mode.value))
    assert returns.render_pdf(made).pages <= 3


def picture(wide, high):
    made = io.BytesIO()
    Image.new("RGB", (wide, high), "#803030").save(made, "PNG")
    return base64.b64encode(made.getvalue()).decode()


LOGOS = {
    "none": "",
    "wide": picture(2400, 60),
    "tall": picture(30, 1500),
    "no-picture": base64.b64encode(b"hello").decode(),
    "no-base64": "?",
}
NAMES = {
    "usual": "Tuesday Movers",
    "long": "The Friends of the Linslade and Leighton Buzzard Walking Group " * 4
    + "and Company " * 4,
    "one-word": "Wolfeschlegelsteinhausenbergerdorff" * 8,
    "scripts": "চা ਚਾਹ چائے चाय 茶 Чай Τσάι தேநீர் ચા Trà",
}


@pytest.mark.parametrize(
    ("name", "logo"),
    # A name and a logo stand in places of their own: each with a usual other, and the worst together.
    [*(("usual", logo) for logo in LOGOS), *((name, "wide") for name in NAMES if name != "usual"),
     ("long", "tall"), ("one-word", "tall")],
)  # fmt: skip
def test_the_cover_holds_any_name_and_logo(register, name, logo):
    who = builders.person(register, "Una", "Bell")
    builders.mark(register, builders.session(register, day=day("2026-05-05")), who)
    ours = Settings(group_name=NAMES[name], tagline="Tea " * 60, logo=LOGOS[logo])
    settings.save(register, ours)
    made = returns.prepare(register, "impact-report", options())
    pdf = returns.render_pdf(made).pdf
    assert pdf_checks.faults(pdf, title=made.title) == []
    assert any(block.is_cover for block in made.walk() if isinstance(block, ReportHead))


# --- consent forms and privacy notices ----------------------------------------------------------


def ticks(made):
    """Return how many boxes stand in the rows that begin with some words."""
    return {
        row[0].text: sum(cell.tick is Tick.EMPTY for cell in row)
        for block in made.walk()
        if isinstance(block, Table)
        for row in block.rows
    }


@pytest.mark.parametrize("answers", [{}, {"large": "yes"}, {"under_18": "yes"},
                                     {"large": "yes", "under_18": "yes"}])  # fmt: skip
def test_each_purpose_and_each_use_is_ticked_by_itself(register, answers):
    made = returns.prepare(register, "consent-form", options(period=None, answers=answers))
    boxes = ticks(made)
    for purpose in ConsentPurpose:
        line = next(text for text in boxes if wording().asks[purpose] in text)
        assert boxes[line] == (0 if purpose in USES else 2)
    assert boxes["– our website"] == 2
    pdf = returns.render_pdf(made).pdf
    assert pdf_checks.faults(pdf, title=made.title) == []
    read = text_of(pdf)
    assert wording().version in read
    assert ("parental responsibility" in read) == ("under_18" in answers)
    assert not made.warnings


def test_a_form_asks_nothing_about_equality_where_no_question_is_asked(register):
    settings.save(register, Settings(group_name="Tea & Co", questions=""))
    read = text_of(
        returns.render_pdf(returns.prepare(register, "consent-form", options(period=None))).pdf
    )
    assert "Equality" not in read


def test_a_privacy_notice_is_one_page_with_gaps_for_what_is_not_known(register):
    made = returns.prepare(register, "privacy-notice", options(period=None))
    rendered = returns.render_pdf(made)
    assert rendered.pages == 1
    assert any("Who to ask" in warning for warning in made.warnings)
    read = text_of(rendered.pdf)
    assert "......" in read
    assert "Information Commissioner" in read
    settings.save(register, Settings(group_name="Tea & Co", contact="Una, 01525 000000"))
    read = text_of(
        returns.render_pdf(returns.prepare(register, "privacy-notice", options(period=None))).pdf
    )
    assert "Una, 01525 000000" in read
    assert "Two years after the last time" in read


def test_every_kind_is_kept_for_a_time_or_by_a_policy():
    for one in retention():
        assert one.months or "policy" in one.from_what
        assert one.how_long


FAULTS = [
    (read_retention, "version = 1\n", "“kind” has at least one row"),
    (read_retention, '[[kind]]\nid = "a"\n', "line 1: “title” is a text"),
    (
        read_retention,
        '[[kind]]\nid = "a"\ntitle = "A"\nyears = -1\nfrom = "x"\nreason = "r"\naction = "delete"\n',
        "line 4: “years” is a whole number from 0",
    ),
    (
        read_retention,
        '[[kind]]\nid = "a"\ntitle = "A"\nfrom = "x"\nreason = "r"\naction = "burn"\nsource = "s"\n',
        "line 6: “action” “burn” is not known",
    ),
    (read_wording, '[[purpose]]\ncode = "photos"\nasks = "x"\n', "“version” is a text"),
    (
        read_wording,
        'version = "1"\n[[purpose]]\ncode = "hair"\nasks = "x"\n',
        "line 3: “code” “hair” is not known",
    ),
    (
        read_wording,
        'version = "1"\n[[purpose]]\ncode = "photos"\nasks = "x"\n',
        "lacks hold_details",
    ),
    (read_wording, "version = \n", "cannot be read as TOML"),
]


@pytest.mark.parametrize(("read", "text", "said"), FAULTS)
def test_a_fault_is_named_with_its_place(tmp_path, read, text, said):
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(TemplateFaulty, match=r"mine\.toml") as raised:
        read(path)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ('[[blocks]]\nkind = "compare"\nfigures = ["nobody"]\n', "there is no figure “nobody”"),
        ('[[blocks]]\nkind = "compare"\nfigures = ["people"]\nbeside = "never"\n', "“never”"),
        ('[[blocks]]\nkind = "thanks"\nmost = 3\n', "“most” is not known here"),
    ],
)
def test_a_fault_of_a_block_is_named_with_its_line(register, blocks, said):
    with pytest.raises(TemplateFaulty, match=r"mine/template\.toml, line") as raised:
        filled(register, blocks)
    assert said in str(raised.value)
