"""Nothing is cut off, whatever is put on the pages: long lists, long names, long charts."""

import re
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.returns.filled import (
    Align,
    BigNumber,
    BigNumbers,
    Bullets,
    Cell,
    Chart,
    ChartKind,
    ChartPoint,
    Column,
    Fact,
    Heading,
    KeepTogether,
    KeyFacts,
    Note,
    Orientation,
    PageBreak,
    Paragraph,
    PrivacyNote,
    Quote,
    ReportHead,
    SheetHead,
    Spacer,
    Table,
    TwoColumns,
    WriteLine,
    WriteLines,
    bold,
    row,
    text,
)
from app.returns.pdf import render, theme
from tests.returns.builders import filled, funnel, money_table, months_chart
from tests.returns.pdf import pdf_checks

LONG_WORD = "Wolfeschlegelsteinhausenbergerdorff" * 9
WORDS = " ".join(f"word{at}" for at in range(1500))


def points(count):
    return tuple(ChartPoint(label=f"Place {at}", value=at % 17) for at in range(count))


TALL = {
    "key facts": KeyFacts(
        facts=tuple(Fact(label=f"Fact {at}", text=f"word{at}") for at in range(120))
    ),
    "a fact": KeyFacts(facts=(Fact(label="Story", text=WORDS),)),
    "points": Bullets(items=tuple(text(f"word{at}") for at in range(120))),
    "a point": Bullets(items=(text(WORDS),)),
    "quote": Quote(text=WORDS, by="A member"),
    "notes under a table": Table(
        columns=(Column(title="A"), Column(title="B")),
        rows=(row("a", "b"), row("c", "d")),
        notes=(text(WORDS),),
    ),
    "two columns": TwoColumns(
        left=(Paragraph(runs=text(WORDS)),), right=(Paragraph(runs=text("right")),)
    ),
    "kept together": KeepTogether(blocks=(Paragraph(runs=text(WORDS)), Paragraph(runs=text("z")))),
    "funnel": Chart(kind=ChartKind.FUNNEL, points=points(150), summary="Places", unit="people"),
    "bars": Chart(kind=ChartKind.BARS, points=points(150), summary="Places", unit="people"),
    "line": Chart(kind=ChartKind.LINE, points=points(150), summary="Places", unit="people"),
    "lines to write on": WriteLines(
        lines=tuple((WriteLine(label=f"word{at}"),) for at in range(60))
    ),
}


@pytest.mark.parametrize("kind", TALL)
def test_what_is_taller_than_a_page_goes_on_over_pages(kind):
    block = TALL[kind]
    rendered = render(filled(Heading(level=1, text="Tall"), block))
    assert rendered.pages > 1 or kind in {"bars", "line"}  # three rows of bars fit one page
    assert pdf_checks.faults(rendered.pdf, title="Test return") == []
    said = " ".join(pdf_checks.spoken(rendered.pdf))
    words = set(re.findall(r"word\d+", repr_texts(block)))
    assert words <= set(re.findall(r"word\d+", said))
    if isinstance(block, Chart):
        assert all(f"{one.label}:" in said for one in block.points)


def repr_texts(block):
    """All words of a block (its own repr keeps them to itself)."""
    match block:
        case KeyFacts():
            return " ".join(fact.text for fact in block.facts)
        case Bullets():
            return " ".join(run.text for item in block.items for run in item)
        case WriteLines():
            return " ".join(line.label for row in block.lines for line in row)
        case Chart():
            return ""
        case _:
            return WORDS


def test_headings_stay_with_what_they_head():
    filler = Paragraph(runs=text("A line. " * 15))
    for count in range(16, 30):  # wherever the page ends
        blocks = [filler] * count
        rendered = render(filled(*blocks, Heading(text="Kept"), Paragraph(runs=text("after it"))))
        pages = page_texts(rendered.pdf)
        [page] = [words for words in pages if "Kept" in words]
        assert "after it" in page


def test_a_table_of_few_tall_rows_begins_where_there_is_room_for_two():
    filler = Paragraph(runs=text("A line. " * 15))
    rows = tuple(row(f"Row{at}", "what it counts " * 20) for at in range(7))
    table = Table(columns=(Column(title="Number"), Column(title="Rule", width_mm=60)), rows=rows)
    pages = page_texts(render(filled(*[filler] * 17, table)).pdf)
    assert "Row1" in pages[0]
    assert "Row6" in pages[1]


def test_all_names_of_a_table_begin_at_the_top_where_one_row_is_tall():
    rules = ("Rules here, two lines " * 3, "Many lines of rules " * 6)
    table = Table(
        columns=(Column(title="Number"), Column(title="What", width_mm=60)),
        rows=tuple(row(f"Row{at}", rule) for at, rule in enumerate(rules)),
    )
    name, rule = (top_of(render(filled(table)).pdf, words) for words in ("Row0", "Rules"))
    assert name == pytest.approx(rule, abs=0.5)


@pytest.mark.parametrize(("rows", "heads"), [(9.2, 8.6), (11.0, 8.8), (18.0, 14.4), (6.5, 6.5)])
def test_titles_of_a_table_in_large_print_are_large(rows, heads):
    table = Table(columns=(Column(title="Yes"),), rows=(row("a"),), font_size=rows)
    tall, usual = (
        letter_height(render(filled(one)).pdf, "Yes")
        for one in (table, replace(table, font_size=theme.TABLE))
    )
    assert tall / usual == pytest.approx(heads / theme.TABLE_HEAD, rel=0.02)


def letter_height(data, words):
    """Return how high the first letter of some words is on the first page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    page = document[0].get_textpage()
    at, _ = page.search(words).get_next()
    _, bottom, _, top = page.get_charbox(at)
    document.close()
    return top - bottom


def top_of(data, words):
    """Return how high the first letter of some words stands on the first page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    page = document[0].get_textpage()
    at, _ = page.search(words).get_next()
    top = page.get_charbox(at)[3]
    document.close()
    return top


def test_note_stays_with_its_chart_and_a_last_row_with_its_notes():
    filler = Paragraph(runs=text("A line. " * 15))
    for count in range(12, 26):
        chart = (months_chart(), Note(runs=text("Note of the chart")))
        pages = page_texts(render(filled(*[filler] * count, *chart)).pdf)
        [page] = [words for words in pages if "Note of the chart" in words]
        assert "Aug" in page
        pages = page_texts(render(filled(*[filler] * count, money_table())).pdf)
        [page] = [words for words in pages if "Cash basis" in words]
        assert "All funds" in page


def page_texts(data):
    words = pdf_checks.text_of(data)
    return re.split(r"page \d+ of \d+", words)


@pytest.mark.parametrize(
    "block",
    [
        SheetHead(title=LONG_WORD, when="Tuesday " * 40, details=LONG_WORD, code=LONG_WORD[:60]),
        ReportHead(kicker=LONG_WORD, title="Long name " * 30, subtitle=LONG_WORD),
        Heading(level=1, text=LONG_WORD),
        BigNumbers(items=(BigNumber(value="£1,234,567,890.12", label=LONG_WORD),) * 5),
        Quote(text=LONG_WORD, by=LONG_WORD),
        KeyFacts(facts=(Fact(label=LONG_WORD, text=LONG_WORD),)),
        WriteLines(lines=((WriteLine(label="Notes " * 20, width_mm=400),),)),
        PrivacyNote(text=LONG_WORD),
        Chart(
            kind=ChartKind.FUNNEL,
            points=(ChartPoint(label=LONG_WORD, value=3, value_text="3 of 4 people " * 9),),
            summary="Long",
            unit="people",
        ),
        Chart(
            kind=ChartKind.BARS,
            points=(ChartPoint(label=LONG_WORD, value=3), ChartPoint(label="b", value=1)),
            summary="Long words under bars",
            unit="people",
        ),
    ],
    ids=lambda block: type(block).__name__,
)
def test_long_words_stay_inside_the_margins(block):
    rendered = render(filled(Heading(level=1, text="Long"), block))
    assert pdf_checks.frame_faults(rendered.pdf) == []


def test_no_number_of_the_foot_stands_beyond_a_name_read_from_the_right():
    shown = render(filled(Heading(level=1, text="A"), foot=("Members of محمد", "4 June to 3 July")))
    (line,) = [one for one in pdf_checks.text_of(shown.pdf).splitlines() if "June" in one]
    assert "4 June to 3 July" in line


def test_foot_that_is_too_long_is_wrapped():
    rendered = render(filled(Heading(level=1, text="A"), foot=("A group with a name " * 12,)))
    assert pdf_checks.frame_faults(rendered.pdf) == []
    assert rendered.pages == 1


CHARTS = {
    "zeros": (0, 0, 0),
    "one": (5,),
    "below nought": (3, -2, 0, 5),
    "all below nought": (-3, -2),
    "all hidden": (None, None),
    "fractions": (0.5, 1.25, 2),
    "millions": (1_234_567, 89),
}


@pytest.mark.parametrize("kind", ChartKind)
@pytest.mark.parametrize("values", CHARTS.values(), ids=CHARTS)
def test_charts_of_unusual_numbers_are_drawn_with_all_of_them(kind, values):
    chart = Chart(
        kind=kind,
        points=tuple(
            ChartPoint(
                label=f"L{at}", value=value, value_text="" if value is not None else "hidden"
            )
            for at, value in enumerate(values)
        ),
        summary="Attendances of the months",
        unit="people",
    )
    rendered = render(filled(Heading(level=1, text="Chart"), chart))
    assert pdf_checks.faults(rendered.pdf, title="Test return") == []
    read = pdf_checks.text_of(rendered.pdf)
    for value in values:
        assert ("hidden" if value is None else f"{value:,}") in read


def test_hidden_number_has_no_height_to_be_measured():
    """Two hidden numbers look the same, whatever they are."""
    chart = months_chart((50, None, 30, None))
    hidden = {
        shape
        for shape in shapes(render(filled(chart)).pdf)
        if shape[1] == 9  # the stub's height in points, whatever the number
    }
    assert hidden == {(64, 9), (9, 9)}  # the stub and its slanting lines


def shapes(data):
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    found = []
    for thing in document[0].get_objects():
        left, bottom, right, top = thing.get_bounds()
        found.append((round(right - left - 1.2), round(top - bottom - 1.2)))
    document.close()
    return found


BLOCKS = st.one_of(
    st.builds(Heading, text=st.text(min_size=1, max_size=40), level=st.integers(1, 3)),
    st.builds(lambda words: Paragraph(runs=text(words, bold(" end"))), st.text(max_size=900)),
    st.builds(lambda words: Note(runs=text(words)), st.text(max_size=300)),
    st.builds(lambda count: Bullets(items=(text("point " * 30),) * count), st.integers(0, 20)),
    st.builds(
        lambda names, ticks: Table(
            columns=(Column(title="Name"), *[Column(title=str(at)) for at in range(ticks)]),
            rows=tuple(row(name, *[Cell(text="✓")] * ticks) for name in names),
        ),
        st.lists(st.text(max_size=60), max_size=60),
        st.integers(0, 40),
    ),
    st.builds(
        lambda kind, values: Chart(
            kind=kind,
            points=tuple(ChartPoint(label=str(at), value=one) for at, one in enumerate(values)),
            summary="Some numbers",
        ),
        st.sampled_from(ChartKind),
        st.lists(st.none() | st.integers(0, 999), max_size=40),
    ),
    st.builds(lambda mm: Spacer(height_mm=mm), st.floats(0, 400)),
    st.just(PageBreak()),
    st.just(funnel()),
    st.just(money_table()),
    st.just(TwoColumns(left=(money_table(),), right=(funnel(), Quote(text="I came.")))),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(BLOCKS, max_size=12), st.sampled_from(Orientation), st.booleans())
def test_whatever_is_printed_keeps_its_margins_and_its_tags(blocks, orientation, pretend):
    rendered = render(filled(*blocks, orientation=orientation, pretend=pretend))
    assert pdf_checks.frame_faults(rendered.pdf) == []
    assert pdf_checks.parent_tree_faults(rendered.pdf) == []
    assert pdf_checks.untagged_text(rendered.pdf) == []


def test_letters_that_stand_further_apart_together_than_alone_keep_the_margin():
    rendered = render(filled(Paragraph(runs=text("\u015c{" * 150))))
    assert pdf_checks.frame_faults(rendered.pdf) == []


# -- columns ----------------------------------------------------------------------------------


def test_numbers_are_not_broken_and_names_give_way_last():
    table = Table(
        columns=(
            Column(title="Name"),
            *[Column(title=f"Month {at}", align=Align.RIGHT) for at in range(9)],
        ),
        rows=(row("Khan, Muhammad Ali", *["£12,345.67"] * 9),),
    )
    read = pdf_checks.text_of(render(filled(table, orientation=Orientation.PORTRAIT)).pdf)
    assert read.count("£12,345.67") == 9
    assert "Khan, Muhammad Ali" in read


# -- what the import costs --------------------------------------------------------------------


def test_importing_the_writer_does_not_load_what_only_printing_needs():
    code = (
        "import sys, app.returns.pdf, app.returns.filled;"
        "print([name for name in ('reportlab', 'uharfbuzz', 'bidi', 'PIL') if name in sys.modules])"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "[]"


def test_printing_latin_names_loads_neither_platypus_nor_bidi():
    code = (
        "import sys; from tests.returns.builders import attendance_sheet;"
        "from app.returns.pdf import render; render(attendance_sheet());"
        "names = ('reportlab.platypus', 'reportlab.pdfgen.canvas', 'bidi');"
        "print([name for name in names if name in sys.modules])"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "[]"
