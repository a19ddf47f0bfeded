"""Every PDF is PDF/UA-1 and PDF/A-2a, reads out in the order of the data, and keeps its margins."""

import io
import os
import re
import subprocess
import sys

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from app.returns.filled import (
    Align,
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
    Orientation,
    PageBreak,
    Paragraph,
    Quote,
    Spacer,
    Table,
    bold,
    row,
    text,
)
from app.returns.pdf import render
from tests.returns.builders import (
    MONTHS,
    NAMES,
    attendance_sheet,
    filled,
    funnel,
    impact_report,
    months_chart,
)
from tests.returns.pdf import pdf_checks

LONG_60 = "Featherstonehaugh-Cholmondeley-Wriothesley Maximilian Aurelio"
ONE_WORD_300 = ("Wolfeschlegelsteinhausenbergerdorff" * 9)[:300]
MANY_WORDS_300 = ("Adolph Blaine Charles David Earl Frederick Gerald " * 7)[:300].strip()


def term_register():
    """A register of fifteen dates: wider than a page that stands up."""
    dates = [
        Column(title=f"{day} {month}", align=Align.CENTRE, group=month, weight=0.3)
        for month in ("Sep", "Oct", "Nov")
        for day in (1, 8, 15, 22, 29)
    ]
    columns = (
        Column(title="Row", align=Align.RIGHT, width_mm=10),
        Column(title="Name", weight=3),
        *dates,
        Column(title="Total", align=Align.RIGHT),
    )
    rows = tuple(
        row(str(at), name, *["✓" if (at * date) % 3 else "" for date in range(15)], "9")
        for at, name in enumerate(NAMES * 4, start=1)
    )
    return filled(
        Heading(level=1, text="Term register"),
        Table(columns=columns, rows=rows, header_column=1, caption="Who came"),
    )


def everything():
    """Every kind of block that the sheet and the report do not have."""
    hidden = months_chart((12, None, 0, 4, 55, None, 3, 8, 9, None, 10, 1))
    line = Chart(
        kind=ChartKind.LINE,
        points=tuple(
            ChartPoint(label=month, value=value, value_text="" if value else "fewer than 5")
            for month, value in zip(
                MONTHS, (12, 15, None, 22, 30, 28, 27, 35, None, None, 31, 40), strict=True
            )
        ),
        summary="People by month, November 2025 to October 2026",
        unit="people",
    )
    return filled(
        Heading(level=1, text="Everything"),
        KeyFacts(facts=(Fact(label="Charity number", text="1234567"),)),
        Bullets(items=(text("One"), text(bold("Two"), " and more " * 40))),
        hidden,
        line,
        PageBreak(),
        Heading(text="Second page"),
        Spacer(height_mm=5),
        KeepTogether(blocks=(Heading(level=3, text="Kept"), funnel())),
        Table(columns=(Column(title="Age"), Column(title="People")), rows=(), caption="By age"),
        Table(
            columns=(Column(title="Age"), Column(title="People", align=Align.RIGHT)),
            rows=(row("Under 18", "12"), row("18 and over", Cell(text="72", bold=True))),
            total=row("All", "84"),
        ),
        Quote(text="“I came.”"),
        Paragraph(runs=text("A long story. " * 900)),
        pretend=True,
        logo=_logo(),
    )


def _logo():
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGBA", (120, 60), (23, 105, 90, 128)).save(out, "PNG")
    return out.getvalue()


DOCUMENTS = {
    "sheet": attendance_sheet,
    "sheet for nobody": lambda: attendance_sheet([]),
    "sheet for one": lambda: attendance_sheet(["Begum, Shaheda"]),
    "sheet for 400": lambda: attendance_sheet(
        [f"{name} {at}" for at in range(40) for name in NAMES[:10]]
    ),
    "long names": lambda: attendance_sheet(
        [LONG_60, ONE_WORD_300, MANY_WORDS_300, "شہزادہ " * 40, "王" * 300], pretend=True
    ),
    "report": impact_report,
    "term register": term_register,
    "everything": everything,
    "nothing": filled,
}


@pytest.fixture(scope="module", params=DOCUMENTS)
def document(request):
    made = DOCUMENTS[request.param]()
    return made, render(made)


def test_it_meets_the_standards_and_tells_about_itself(document):
    made, rendered = document
    found = pdf_checks.faults(rendered.pdf, title=made.title)
    if not made.blocks:  # no headings, no outline
        assert found == ["There is no outline."]
    else:
        assert found == []


def test_it_can_be_listened_to(document):
    made, rendered = document
    if made.blocks:
        assert pdf_checks.listening_faults(rendered.pdf) == []


def test_the_number_of_pages_is_right(document):
    _, rendered = document
    with pikepdf.open(io.BytesIO(rendered.pdf)) as pdf:
        assert len(pdf.pages) == rendered.pages


def test_every_page_says_which_it_is(document):
    _, rendered = document
    read = pdf_checks.text_of(rendered.pdf)
    for number in range(1, rendered.pages + 1):
        assert f"page {number} of {rendered.pages}" in read


def test_the_sheet_and_the_report_leave_outloud_nothing_to_warn_of():
    for made in (attendance_sheet(), impact_report()):
        assert pdf_checks.listening_faults(render(made).pdf, warnings=True) == []


# -- order and content ------------------------------------------------------------------------


def test_the_order_read_out_is_the_order_of_the_data():
    names = [f"Person {at:03d}" for at in range(1, 401)]
    [table] = pdf_checks.tables(
        render(
            attendance_sheet(
                names,
            )
        ).pdf
    )
    assert [cells[2] for cells in table[1:401]] == names
    assert [cells[0] for cells in table[1:]] == [str(at) for at in range(1, 407)]
    assert table[0] == ["Row", "Here", "Name", "Initials", "Subs £"]


def test_a_table_over_pages_is_one_table_whose_repeated_heads_are_not_read_again():
    rendered = render(attendance_sheet([f"Person {at:03d}" for at in range(1, 401)]))
    assert rendered.pages > 10
    assert pdf_checks.text_of(rendered.pdf).count("Initials") == rendered.pages
    assert sum(leaf.text == "Initials" for leaf in pdf_checks.leaves(rendered.pdf)) == 1


def test_left_column_is_read_before_the_right_one():
    said = pdf_checks.spoken(render(impact_report()).pdf)
    order = [
        "People sent to us stay",
        "How people say they feel",
        "5.4",
        "What it cost, and who paid",
    ]
    assert [words for words in said if words in order] == order


def test_row_names_and_column_names_are_headings():
    found = pdf_checks.leaves(render(impact_report()).pdf)
    headings = [leaf.text for leaf in found if leaf.tag == "TH"]
    assert "Brought forward" in headings
    assert "Community Trust (restricted)" in headings
    assert "£990.00" not in headings


def test_words_at_the_end_of_a_line_do_not_run_into_the_next():
    words = "Seven people who had never met walked to the canal and back. " * 8
    said = pdf_checks.spoken(render(filled(Paragraph(runs=text(words)))).pdf)
    assert said[0] == words.strip()


def test_a_paragraph_over_two_pages_is_one_paragraph():
    words = " ".join(f"word{at}" for at in range(3000))
    rendered = render(filled(Paragraph(runs=text(words))))
    assert rendered.pages > 2
    said = pdf_checks.spoken(rendered.pdf)[0].split()
    assert said == words.split()


def test_a_row_taller_than_a_page_loses_no_word():
    words = " ".join(f"word{at}" for at in range(2500))
    table = Table(columns=(Column(title="What"), Column(title="Words")), rows=(row("a", words),))
    rendered = render(filled(Heading(level=1, text="Tall"), table))
    assert rendered.pages > 1
    [[_, cells]] = pdf_checks.tables(rendered.pdf)
    assert cells[1].split() == words.split()
    assert pdf_checks.faults(rendered.pdf, title="Test return") == []


def test_headings_are_the_outline():
    assert pdf_checks.outline_titles(render(impact_report()).pdf) == [
        (0, "Tuesday Movers"),
        (1, "A hundred a month, and growing after the summer"),
        (1, "People sent to us stay"),
        (1, "How people say they feel"),
        (1, "What it cost, and who paid"),
    ]


def test_headings_that_leave_a_level_out_are_still_nested_rightly():
    blocks = (Heading(level=3, text="First"), Heading(level=3, text="Second"))
    rendered = render(filled(*blocks))
    assert [leaf.tag for leaf in pdf_checks.leaves(rendered.pdf)[:2]] == ["H1", "H2"]
    assert pdf_checks.standard_faults(rendered.pdf) == []


def test_foot_is_printed_on_every_page_and_read_once():
    rendered = render(filled(Heading(level=1, text="A"), PageBreak(), Heading(text="B")))
    foot = "Tuesday Movers · 1 Nov 2025 to 31 Oct 2026 · exact numbers · counted 3 Nov 2026, 21:10"
    assert pdf_checks.text_of(rendered.pdf).count(foot) == 2
    assert pdf_checks.spoken(rendered.pdf).count(foot) == 1


def test_pretend_group_is_marked_on_every_page():
    rendered = render(attendance_sheet([f"Person {at}" for at in range(90)], pretend=True))
    read = pdf_checks.text_of(rendered.pdf)
    assert read.count("Pretend group") == rendered.pages > 2
    assert "Pretend group" not in pdf_checks.text_of(render(attendance_sheet()).pdf)


def test_empty_table_says_that_it_is_empty():
    table = Table(columns=(Column(title="Age"),), rows=(), empty_text="Nobody came.")
    assert [["Age"], ["Nobody came."]] in pdf_checks.tables(render(filled(table)).pdf)


def test_ticked_and_unticked_boxes_are_read_as_such():
    from app.returns.filled import Tick
    from tests.returns.builders import sheet_row

    table = Table(
        columns=tuple(Column(title=title) for title in ("Row", "Here", "Name", "Initials", "£")),
        rows=(sheet_row(1, "Ada", tick=Tick.TICKED), sheet_row(2, "Bea")),
    )
    [[_, first, second]] = pdf_checks.tables(render(filled(table)).pdf)
    assert (first[1], second[1]) == ("✓", "☐")


# -- the size of the page ---------------------------------------------------------------------


def page_size(rendered):
    with pikepdf.open(io.BytesIO(rendered.pdf)) as pdf:
        return tuple(round(float(edge)) for edge in pdf.pages[0].MediaBox[2:])


def test_page_turns_by_itself_when_columns_need_it():
    assert page_size(render(term_register())) == (842, 595)
    assert page_size(render(impact_report())) == (595, 842)


def test_page_turns_when_asked_for():
    assert page_size(render(impact_report(orientation=Orientation.LANDSCAPE))) == (842, 595)


def wide_table(dates, **changes):
    columns = (
        Column(title="Name", weight=3),
        *[Column(title=f"{at:03d}", align=Align.CENTRE) for at in range(dates)],
    )
    rows = tuple(
        row(name, *[f"{at}.{date}" for date in range(dates)]) for at, name in enumerate(NAMES)
    )
    return filled(Heading(level=1, text="Wide"), Table(columns=columns, rows=rows), **changes)


@pytest.mark.parametrize("orientation", Orientation)
def test_no_column_of_a_very_wide_table_is_lost(orientation):
    rendered = render(wide_table(120, orientation=orientation))
    parts = pdf_checks.tables(rendered.pdf)
    assert len(parts) > 1
    assert all(part[1][0] == "Begum, Shaheda" for part in parts)
    assert [words for part in parts for words in part[1][1:]] == [f"0.{at}" for at in range(120)]
    assert pdf_checks.frame_faults(rendered.pdf) == []


def test_size_of_a_tagged_register_is_reasonable():
    names = [f"Person {at:03d}" for at in range(400)]
    assert len(render(attendance_sheet(names)).pdf) < 130_000


# -- the same return, the same bytes ----------------------------------------------------------


def test_same_return_gives_the_same_bytes():
    first = render(everything()).pdf
    render(attendance_sheet(["محمد علی", "李小明"]))  # another document in between changes nothing
    assert render(everything()).pdf == first


def test_same_return_gives_the_same_bytes_in_every_process():
    code = (
        "import hashlib; from tests.returns.pdf.test_standards import everything, impact_report;"
        "from app.returns.pdf import render;"
        "print(hashlib.sha256(render(everything()).pdf + render(impact_report()).pdf).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(seen) == 1


def test_clock_and_environment_do_not_reach_the_file(monkeypatch):
    first = render(impact_report()).pdf
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1234567890")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    assert render(impact_report()).pdf == first


def test_date_of_the_file_is_the_moment_of_the_count():
    with pikepdf.open(io.BytesIO(render(impact_report()).pdf)) as pdf:
        assert str(pdf.docinfo.CreationDate).startswith("D:20261103211000")
        assert "2026-11-03T21:10:00" in str(pdf.Root.Metadata.read_bytes())


def test_another_return_gives_another_identity():
    def identity(made):
        with pikepdf.open(io.BytesIO(render(made).pdf)) as pdf:
            return bytes(pdf.trailer.ID[0])

    assert identity(impact_report()) != identity(impact_report(period="another"))


def test_title_with_marks_of_markup_is_kept():
    rendered = render(impact_report(title="Tea & <cake> “for” all: محمد"))
    assert pdf_checks.document_faults(rendered.pdf, title="Tea & <cake> “for” all: محمد") == []
    assert pdf_checks.standard_faults(rendered.pdf) == []


# -- are the judges awake? --------------------------------------------------------------------


@pytest.fixture(scope="module")
def good():
    return render(impact_report()).pdf


def mutate(data, change):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def by_tag(pdf, tag):
    return [element for element, _ in pdf_checks.elements(pdf) if tag == element.S]


def root(pdf):
    kids = pdf.Root.StructTreeRoot.K
    return kids[0] if isinstance(kids, Array) else kids


def content(pdf, change):
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(change(page.Contents.read_bytes()))


def drop(holder, key):
    del holder[key]


def put(holder, key, value):
    holder[key] = value


def forget_a_mark(pdf):
    array = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    array[len(array) - 1] = array[0]


MUTATIONS = {
    "language missing": lambda pdf: drop(pdf.Root, "/Lang"),
    "not marked as tagged": lambda pdf: drop(pdf.Root, "/MarkInfo"),
    "structure tree missing": lambda pdf: drop(pdf.Root, "/StructTreeRoot"),
    "list item outside a list": lambda pdf: put(by_tag(pdf, "/P")[0], "/S", Name("/LI")),
    "font program removed": lambda pdf: drop(
        next(iter(pdf.pages[0].Resources.Font.values())).DescendantFonts[0].FontDescriptor,
        "/FontFile2",
    ),
    "parent tree missing": lambda pdf: drop(pdf.Root.StructTreeRoot, "/ParentTree"),
    "parent tree leads astray": forget_a_mark,
    "chart without words": lambda pdf: drop(by_tag(pdf, "/Figure")[0], "/Alt"),
    "chart with the word image": lambda pdf: put(
        by_tag(pdf, "/Figure")[0], "/Alt", String("image")
    ),
    "chart with another number": lambda pdf: put(
        by_tag(pdf, "/Figure")[0],
        "/Alt",
        String(str(by_tag(pdf, "/Figure")[0].Alt).replace("126", "162")),
    ),
    "file name instead of title": lambda pdf: put(
        pdf.Root.ViewerPreferences, "/DisplayDocTitle", False
    ),
    "XMP missing": lambda pdf: drop(pdf.Root, "/Metadata"),
    "H1 becomes H3": lambda pdf: put(by_tag(pdf, "/H1")[0], "/S", Name("/H3")),
    "text left untagged": lambda pdf: content(
        pdf, lambda data: re.sub(rb"/P ?<</MCID \d+>>BDC", b"/Span BMC", data, count=1)
    ),
    "foot not marked as decoration": lambda pdf: content(
        pdf, lambda data: re.sub(rb"/Artifact <</Type/Pagination[^>]*>>BDC", b"/Span BMC", data)
    ),
    "row one cell short": lambda pdf: put(
        by_tag(pdf, "/TR")[3], "/K", Array(list(by_tag(pdf, "/TR")[3].K)[:-1])
    ),
    "headings are mere cells": lambda pdf: [
        put(element, "/S", Name("/TD")) for element in by_tag(pdf, "/TH")
    ],
    "headings without scope": lambda pdf: [drop(element, "/A") for element in by_tag(pdf, "/TH")],
    "unknown tag": lambda pdf: put(by_tag(pdf, "/P")[0], "/S", Name("/Foo")),
    "codes without text": lambda pdf: drop(
        next(iter(pdf.pages[0].Resources.Font.values())), "/ToUnicode"
    ),
    "outline missing": lambda pdf: drop(pdf.Root, "/Outlines"),
    "drawn over the margin": lambda pdf: content(
        pdf, lambda data: data + b"\n/Artifact BMC 5 400 30 30 re f EMC\n"
    ),
}


@pytest.mark.parametrize("defect", MUTATIONS)
def test_a_single_defect_is_noticed(good, defect):
    bad = mutate(good, MUTATIONS[defect])
    title = impact_report().title
    assert pdf_checks.faults(bad, title=title) or pdf_checks.listening_faults(bad)


def test_reversed_order_is_noticed(good):
    def turn(pdf):
        root(pdf).K = Array(list(root(pdf).K)[::-1])

    bad = mutate(good, turn)
    expected = pdf_checks.spoken(good)
    assert pdf_checks.spoken(bad) != expected
    assert expected[1:3] == [
        "Tuesday Movers",
        "Gentle movement, walking and company in Leighton Buzzard and Linslade",
    ]


def test_an_unchanged_file_has_no_faults(good):
    # Saved again by another library: the mutations above are noticed for what they change.
    assert pdf_checks.faults(mutate(good, lambda _: None), title=impact_report().title) == []


def test_checks_see_a_black_square():
    rendered = render(filled(Paragraph(runs=text("A black square: ■"))))
    assert any("no letter" in fault for fault in pdf_checks.glyph_faults(rendered.pdf))


def test_dictionary_type_is_what_the_reader_expects(good):
    with pikepdf.open(io.BytesIO(good)) as pdf:
        assert isinstance(root(pdf), Dictionary)
