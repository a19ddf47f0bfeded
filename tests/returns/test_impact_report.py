"""The impact report as it is printed: its numbers, its words, and the standards it keeps."""

import datetime as dt
import io
import json
import re
from pathlib import Path

import pypdf
import pytest

from app.domain.periods import Period
from app.domain.settings import Settings
from app.returns.options import Copy
from app.services import activities, figures, returns, settings
from app.storage.register import Register
from tests import builders
from tests.returns.making import YEAR, options
from tests.returns.pdf import pdf_checks

GOLDEN = Path(__file__).parents[1] / "data" / "returns"
TERM = Period(first=dt.date(2026, 9, 1), last=dt.date(2026, 12, 18))
WEEK = Period(first=dt.date(2026, 10, 12), last=dt.date(2026, 10, 18))


@pytest.fixture
def example(small_example):
    with Register.open(small_example, write=False) as register:
        yield register


def text_of(pdf):
    """Return what pypdf reads, with single spaces."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def club(register):
    """A club of fourteen over a year and a bit, every kind of thing happening once."""
    settings.save(register, Settings(group_name="Tea & Co", tagline="Tea in Linslade"))
    tea = builders.activity(register, capacity=20)
    art = builders.activity(register, name="Art", start_time=None, end_time=None)
    sexes = ["female"] * 8 + ["male"] * 5 + ["not_asked"]
    who = [
        builders.person(
            register, f"P{n}", "Bell", sex=sex, birth_year=1940 + 5 * n, area="Linslade"
        )
        for n, sex in enumerate(sexes)
    ]
    before = builders.session(register, of=tea, day=dt.date(2025, 10, 7))
    for one in who[:6]:
        builders.mark(register, before, one)
    first = dt.date(2025, 11, 4)
    for week in range(0, 45, 5):
        at = builders.session(register, of=tea, day=first + dt.timedelta(weeks=week))
        for one in who[: 14 - week // 5]:
            builders.mark(register, at, one)
    activities.set_guests(register, builders.fresh(register, at), 7, today=builders.TODAY)
    other = builders.session(register, of=art, day=dt.date(2026, 5, 6))
    for one in who[:9]:
        builders.mark(register, other, one)
    lost = builders.session(register, of=art, day=dt.date(2026, 6, 3))
    activities.cancel_session(register, lost, "no_money")
    return register


def test_the_numbers_in_the_pdf_are_those_of_the_figures(example):
    known = figures.figures(example, YEAR)["figures"]
    filled = returns.prepare(example, "impact-report", options(disclosure="internal"))
    read = text_of(returns.render_pdf(filled).pdf)

    def value(name):
        return known[name]["value"]

    assert f"{value('people')} different people" in read
    assert f"{value('attendances'):,} attendances at {value('sessions_held')} sessions" in read
    assert f"{value('contact_hours'):,g} hours spent in company" in read
    assert f"{value('volunteer_hours'):,g} hours given by {value('volunteers')} volunteers" in read
    assert f"{value('sessions_held')} sessions were held, {value('session_hours'):,g} hours" in read
    worth = value("volunteer_value_pence")
    assert f"£{worth // 100:,}.{worth % 100:02}" in read
    share = int(value("still_coming_12_weeks") * 100 + 0.5)
    assert f"{share}% were still coming" in read
    assert f"{value('average_attendance'):.1f} people and guests" in read


@pytest.mark.parametrize("by", ["sex", "ethnicity_group", "disability", "activity"])
def test_every_part_stands_in_the_pdf_beside_its_number(example, by):
    known = figures.figures(example, YEAR, only=("people",), by=by)["figures"]["people"]
    filled = returns.prepare(example, "impact-report", options(disclosure="internal"))
    head = {
        "sex": "Sex",
        "ethnicity_group": "Ethnic group",
        "disability": "Disability or long-term condition",
        "activity": "Activity",
    }[by]
    tables = pdf_checks.tables(returns.render_pdf(filled).pdf)
    rows = {row[0]: row for table in tables if table[0][0] == head for row in table}
    column = 2 if by == "activity" else 1
    for part in known["parts"]:
        assert rows[part["label"]][column] == f"{part['value']:,}"


def test_the_chart_has_the_attendances_of_every_month(example):
    year = Period(first=dt.date(2025, 11, 1), last=dt.date(2026, 10, 31))
    known = figures.figures(example, year, only=("attendances",), by="month")["figures"][
        "attendances"
    ]
    filled = returns.prepare(example, "impact-report", options(period=year, disclosure="internal"))
    spoken = " ".join(pdf_checks.spoken(returns.render_pdf(filled).pdf))
    for part in known["parts"]:
        assert f"{part['label'][:3]}: {part['value']:,}" in spoken


RETURNS = [
    ("impact-report", YEAR, Copy.SIGN_IN),
    ("attendance-sheet", WEEK, Copy.SIGN_IN),
    ("attendance-sheet", WEEK, Copy.LEADER),
    ("term-register", TERM, Copy.SIGN_IN),
    ("attendance-record", TERM, Copy.SIGN_IN),
]


@pytest.mark.parametrize(("name", "period", "copy"), RETURNS)
def test_each_return_keeps_the_standards_on_the_pretend_group(example, name, period, copy):
    filled = returns.prepare(example, name, options(period=period, copy=copy))
    rendered = returns.render_pdf(filled)
    assert rendered.pages >= 1
    assert pdf_checks.faults(rendered.pdf, title=filled.title) == []
    assert "\u25a0" not in pdf_checks.text_of(rendered.pdf)


@pytest.mark.parametrize(("name", "period", "copy"), RETURNS)
def test_each_return_comes_out_of_an_empty_book(register, name, period, copy):
    filled = returns.prepare(register, name, options(period=period, copy=copy))
    rendered = returns.render_pdf(filled)
    assert pdf_checks.faults(rendered.pdf, title=filled.title) == []
    assert filled.warnings


@pytest.mark.parametrize(("name", "period", "copy"), RETURNS)
def test_each_return_comes_out_for_one_person_with_the_longest_name(register, name, period, copy):
    who = builders.person(register, "Wolfeschlegelsteinhausen" * 8, "Bergerdorff " * 16)
    at = builders.session(register, day=dt.date(2026, 10, 13))
    builders.mark(register, at, who)
    filled = returns.prepare(register, name, options(period=period, copy=copy))
    rendered = returns.render_pdf(filled)
    assert pdf_checks.frame_faults(rendered.pdf) == []
    assert pdf_checks.glyph_faults(rendered.pdf) == []


SCRIPTS = {
    "Shaheda": "শাহেদা বেগম",
    "Gurpreet": "ਗੁਰਪ੍ਰੀਤ ਕੌਰ",
    "Maryam": "مریم حسین",
    "Meera": "मीरा शर्मा",
    "Mei": "王小明",
    "Olena": "Олена Коваленко",
    "Eleni": "Ελένη Παπαδοπούλου",
    "Selvi": "தமிழ்செல்வி",
    "Hasmukh": "હસમુખ પટેલ",
    "Thị": "Nguyễn Thị Hoa",
}


def test_names_in_every_script_are_printed_whole(register):
    at = builders.session(register, day=dt.date(2026, 10, 13))
    for given, own in SCRIPTS.items():
        builders.mark(register, at, builders.person(register, given, "", own_script_name=own))
    filled = returns.prepare(register, "attendance-sheet", options(period=WEEK))
    pdf = returns.render_pdf(filled).pdf
    assert pdf_checks.faults(pdf, title=filled.title) == []
    read = " ".join(cell for table in pdf_checks.tables(pdf) for row in table for cell in row)
    for given, own in SCRIPTS.items():
        assert f"{given} · {own}" in read


def test_a_name_with_marks_of_a_file_format_is_just_a_name(register):
    at = builders.session(register, day=dt.date(2026, 10, 13))
    builders.mark(register, at, builders.person(register, "<b>Tom</b> & {people}", "=Jerry"))
    filled = returns.prepare(register, "attendance-sheet", options(period=WEEK))
    assert "=Jerry, <b>Tom</b> & {people}" in text_of(returns.render_pdf(filled).pdf)


def test_the_outline_has_the_headings(example):
    pdf = returns.render_pdf(returns.prepare(example, "impact-report", options())).pdf
    titles = [title for _, title in pdf_checks.outline_titles(pdf)]
    assert titles[0] == "Tuesday Movers"
    assert titles[-1] == "How we counted"
    assert "Who came" in titles


def test_the_foot_says_for_whose_eyes_and_when_it_was_counted(example):
    pdf = returns.render_pdf(returns.prepare(example, "impact-report", options())).pdf
    read = text_of(pdf)
    assert "numbers under 5 hidden" in read
    assert "counted 4 Nov 2026, 09:30" in read


def test_every_figure_of_the_report_is_explained_at_its_end(example):
    filled = returns.prepare(example, "impact-report", options())
    read = text_of(returns.render_pdf(filled).pdf)
    for name, figure in filled.figures.items():
        if not name.startswith(("ons4_", "lonely_")):  # their rule stands under their own table
            assert " ".join(figure["definition"].split()) in read


@pytest.mark.parametrize("mode", ["internal", "funder"])
def test_the_report_of_a_small_club_is_as_reviewed(club, mode, update_golden):
    filled = returns.prepare(club, "impact-report", options(disclosure=mode))
    read = returns.as_json(filled, pages=returns.render_pdf(filled).pages)
    for figure in read["figures"].values():
        figure.pop("definition")
        figure.pop("title")
    for table in read["tables"]:
        table.pop("columns")
        for row in table["rows"]:
            row.pop("key")  # an activity's is its id, which is made by chance
    lines = text_of(returns.render_pdf(filled).pdf)
    read["text"] = re.split(r"(?<=[.:]) (?=[A-Z])", lines)
    path = GOLDEN / "impact-report" / f"small-club-{mode}.json"
    if update_golden:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(read, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert json.loads(path.read_text("utf-8")) == json.loads(json.dumps(read))
