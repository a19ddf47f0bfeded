"""The same filled return as Word, text, spreadsheet and web page: read back by other programs."""

import io
import re
import zipfile
from html.parser import HTMLParser

import mammoth
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from app.returns import filled as m
from app.returns.clothes.cell_numbers import number_of
from app.returns.clothes.docx import docx
from app.returns.clothes.html import html
from app.returns.clothes.packed import is_ours
from app.returns.clothes.plain import answer_text, count_text, plain_text
from app.returns.clothes.xlsx import xlsx
from app.returns.kept_text import kept
from tests.returns.builders import filled, impact_report
from tests.returns.samples import KINDS, SAMPLES, chart, jpeg, png, table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = (
    "=1+2",
    "@SUM(A1)",
    "+44 1525",
    "-cmd",
    "<script>alert(1)</script>",
    "</w:t></w:r>",
    "{ MERGEFIELD name }",
    "[[x]] {people} &amp; <b>",
    "_x0041_",
    "O’Connor “Siân”",
    "አበበ Łukasz ਗੁਰਪ੍ਰੀਤ 王 محمد \N{MAN}\u200d\N{PERSONAL COMPUTER}",
    "\x00\x07 bell\x1b",
    "half \ud83d gone",
    "a" * 300,
    "شاهدة بيغم",
    "]]>",
)


# --- readers -----------------------------------------------------------------------------------


class _Page(HTMLParser):
    """The words of a page by the element they stand in, and every start tag with its attributes."""

    def __init__(self, text):
        super().__init__()
        self.words, self.tags, self.open = "", [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in {"meta", "br", "img", "hr", "rect", "polyline"}:
            self.open.append(tag)
        self.words += "\n" if tag == "br" else ""

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        self.words += " "

    def handle_data(self, data):
        if self.open and self.open[-1] not in {"style", "title"}:
            self.words += data


def _document(made):
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }


def _word_words(made):
    """The words of a document as another reader finds them, and what is heard of its pictures."""
    result = mammoth.convert_to_html(io.BytesIO(made))
    page = _Page(result.value)
    heard = " ".join(attributes.get("alt") or "" for tag, attributes in page.tags if tag == "img")
    around = " ".join(
        "".join(part.itertext())
        for name, part in _document(made).items()
        if name.startswith(("word/header", "word/footer"))
    )
    return f"{page.words} {heard} {around}"


def _sheet_cells(made):
    book = openpyxl.load_workbook(io.BytesIO(made))
    return [cell for sheet in book for row in sheet for cell in row if cell.value is not None]


def _sheet_words(made):
    # A number is looked at as it is shown.
    return "\n".join(str(cell.value) for cell in _sheet_cells(made))


def _page_words(text):
    page = _Page(text)
    heard = " ".join(attributes.get("alt") or "" for tag, attributes in page.tags if tag == "img")
    return f"{page.words} {heard}"


READERS = {
    "word": lambda made: _word_words(docx(made)),
    "text": plain_text,
    "sheet": lambda made: _sheet_words(xlsx(made)),
    "page": lambda made: _page_words(html(made)),
}


def _flat(words):
    return re.sub(r"\s+", " ", words)


# --- every kind of block -----------------------------------------------------------------------


def test_every_kind_of_block_has_a_sample():
    assert set(SAMPLES) == set(KINDS)


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_block_comes_out_of_every_form(kind, form):
    block, words = SAMPLES[kind]
    read = _flat(READERS[form](filled(block)))
    assert [one for one in words if one not in read] == []


@pytest.mark.parametrize("form", READERS)
def test_a_whole_report_says_the_same_in_every_form(form):
    made = impact_report()
    read = _flat(READERS[form](made))
    printed = [
        text for one in made.as_json(pages=None)["tables"] for row in one["rows"] for text in row
    ]
    words = {text for text in printed if text and number_of(text) is None}
    assert [one for one in words if _flat(one) not in read] == []
    for text in [made.group, made.period, made.disclosure_text]:
        assert text in read


def test_an_empty_return_comes_out_of_every_form():
    made = filled()
    assert docx(made)
    assert xlsx(made)
    assert "</html>" in html(made)
    assert made.title in plain_text(made)


# --- hostile words -----------------------------------------------------------------------------


def _about(words):
    return filled(
        m.ReportHead(kicker=words, title=words, subtitle=words),
        m.Heading(text=words),
        m.Paragraph(runs=m.text(words, m.bold(words))),
        m.Quote(text=words, by=words),
        m.KeyFacts(facts=(m.Fact(label=words, text=words),)),
        m.Chart(kind=m.ChartKind.FUNNEL, summary=words, unit=words,
                points=(m.ChartPoint(label=words, value=4.0),)),
        m.Table(columns=(m.Column(title=words, group=words), m.Column(title=words)),
                rows=(m.row(words, words),), caption=words, summary=words, notes=(m.text(words),)),
        title=words, group=words, author=words, period=words,
        answers={"one": {"question": words, "answer": words}},
    )  # fmt: skip


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_stay_words(words, form):
    assert _flat(kept(words)).strip() in _flat(READERS[form](_about(words)))


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_in_a_spreadsheet_is_a_formula_or_a_link(words):
    for cell in _sheet_cells(xlsx(_about(words))):
        assert cell.data_type in {"s", "n"}
        assert cell.hyperlink is None


def test_nothing_in_a_page_runs_or_comes_from_elsewhere():
    page = _Page(html(_about('"><img src=x onerror=alert(1)><script>')))
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "iframe", "object", "link", "form", "a", "img"}
    names = {name for _, attributes in page.tags for name in attributes}
    assert not [name for name in names if name.startswith("on") or name in {"href", "src"}]
    policy = next(a for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy["content"].startswith("default-src 'none'")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(), max_size=60))
def test_any_text_at_all_makes_files_that_open(words):
    made = _about(words)
    assert _document(docx(made))["word/document.xml"] is not None
    assert _sheet_cells(xlsx(made))
    assert not _Page(html(made)).open
    plain_text(made).encode("utf-8")


# --- numbers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "value", "shape"),
    [
        ("1,193", 1193, "#,##0"),
        ("0", 0, "#,##0"),
        ("£1,364.50", 1364.5, "£#,##0.00"),
        ("−£12.00", -12, "£#,##0.00"),
        ("68%", 0.68, "0%"),
        ("12.5%", 0.125, "0.0%"),
        ("18.0", 18, "#,##0.0"),
        ("2026", 2026, "#,##0"),
    ],
)
def test_a_printed_number_is_read_back(printed, value, shape):
    number = number_of(printed)
    assert (number.value, number.shape) == (value, shape)


@pytest.mark.parametrize(
    "words",
    ["fewer than 5", "<5", "01525 123456", "not shown", "–", "", "3 Nov 2026", "1,23", "12 of 14"],
)
def test_words_are_not_taken_for_numbers(words):
    assert number_of(words) is None


def test_cells_of_a_spreadsheet_are_the_numbers_that_are_printed():
    book = openpyxl.load_workbook(io.BytesIO(xlsx(filled(table()))))
    rows = [[cell.value for cell in row] for row in book["Money by fund"]]
    assert rows[3][:3] == ["Town Council", 1364.5, -12]
    assert rows[4][:3] == ["2026", "fewer than 5", 0.68]
    assert rows[5][:3] == ["All funds", 3364, 1193]
    money = book["Money by fund"].cell(row=4, column=2)
    assert money.number_format == "£#,##0.00"


def test_every_number_of_the_printed_tables_is_in_the_spreadsheet():
    made = impact_report()
    values = {cell.value for cell in _sheet_cells(xlsx(made)) if cell.data_type == "n"}
    tables = [block for block in made.walk() if isinstance(block, m.Table)]
    printed = {
        number_of(cell.text).value
        for one in tables
        for cells in (*one.rows, *((one.total,) if one.total else ()))
        for cell, column in zip(cells, one.columns, strict=True)
        if column.align is m.Align.RIGHT and number_of(cell.text)
    }
    assert printed
    assert printed <= values


def test_sheets_of_tables_with_one_name_are_told_apart():
    same = [table() for _ in range(3)]
    long = m.Table(columns=(m.Column(title="a"),), rows=(m.row("1"),), caption="x/[]:*?\\" * 20)
    book = openpyxl.load_workbook(io.BytesIO(xlsx(filled(*same, long, long))))
    assert book.sheetnames[-5:-2] == ["Money by fund", "Money by fund (2)", "Money by fund (3)"]
    assert all(len(name) <= 31 for name in book.sheetnames)


# --- Word --------------------------------------------------------------------------------------


def test_a_word_document_has_real_headings_lists_and_repeated_heads():
    many = m.Table(columns=table().columns, rows=table().rows * 40, caption="Long")
    parts = _document(docx(filled(m.Heading(text="Two"), m.Heading(text="Three", level=3), many,
                                  SAMPLES[m.Bullets][0])))  # fmt: skip
    body = parts["word/document.xml"]
    styles = [one.get(f"{W}val") for one in body.iter(f"{W}pStyle")]
    assert {"Heading2", "Heading3", "ListBullet", "Caption"} <= set(styles)
    [found] = body.iter(f"{W}tbl")
    heads = [row for row in found.iter(f"{W}tr") if row.find(f".//{W}tblHeader") is not None]
    assert len(heads) == 2
    assert len(list(found.iter(f"{W}tr"))) == 82
    spans = [one.get(f"{W}val") for one in found.iter(f"{W}gridSpan")]
    assert spans == ["2"]


def test_a_word_document_says_its_language_title_author_and_paper():
    made = docx(
        filled(table(), title="Return", author="Movers", orientation=m.Orientation.LANDSCAPE)
    )
    parts = _document(made)
    assert {one.get(f"{W}val") for one in parts["word/styles.xml"].iter(f"{W}lang")} == {"en-GB"}
    about = {etree.QName(one).localname: one.text for one in parts["docProps/core.xml"]}
    assert (about["title"], about["creator"], about["language"]) == ("Return", "Movers", "en-GB")
    [size] = parts["word/document.xml"].iter(f"{W}pgSz")
    assert (size.get(f"{W}w"), size.get(f"{W}orient")) == ("16838", "landscape")
    assert "python-docx" not in made.decode("latin-1")


def test_pictures_of_a_word_document_say_what_they_show():
    made = filled(chart(), chart(m.ChartKind.LINE), m.ReportHead(kicker="", title="Movers"),
                  m.Picture(content=jpeg(), alt="Receipt"), logo=png())  # fmt: skip
    body = _document(docx(made))["word/document.xml"]
    said = [one.get("descr") for one in body.iter() if etree.QName(one).localname == "docPr"]
    assert said == [chart().spoken, chart().spoken, f"Logo of {made.group}", "Receipt"]


def test_a_logo_that_is_no_picture_is_left_out_of_word():
    made = filled(m.ReportHead(kicker="", title="Movers"), logo=b"no picture")
    assert "Movers" in _word_words(docx(made))


def test_every_page_of_a_word_document_says_group_period_and_who_may_see_it():
    made = filled(period="1 Nov 2025 to 31 Oct 2026", disclosure_text="numbers under 5 hidden")
    foot = _document(docx(made))["word/footer1.xml"]
    words = "".join(foot.itertext())
    for text in (made.group, made.period, "numbers under 5 hidden", "page 1 of 1"):
        assert text in words


def test_words_read_from_the_right_are_so_in_word():
    body = _document(docx(filled(m.Paragraph(runs=m.text("شاهدة بيغم")))))["word/document.xml"]
    assert [one.tag for one in body.iter(f"{W}bidi", f"{W}rtl")] == [f"{W}bidi", f"{W}rtl"]


@pytest.mark.parametrize("make", [docx, xlsx])
def test_the_same_return_gives_the_same_bytes(make):
    assert make(impact_report()) == make(impact_report())


@pytest.mark.parametrize("make", [docx, xlsx])
def test_a_file_saved_by_another_program_is_not_ours_any_more(make):
    made = make(impact_report())
    assert is_ours(made)
    other = io.BytesIO()
    if make is xlsx:
        openpyxl.load_workbook(io.BytesIO(made)).save(other)
    assert not is_ours(other.getvalue())


# --- page --------------------------------------------------------------------------------------


def test_a_page_can_be_listened_to():
    page = _Page(html(impact_report()))
    tags = [tag for tag, _ in page.tags]
    assert dict(page.tags[0][1])["lang"] == "en-GB"
    assert tags.count("h1") == 1
    assert not page.open
    heads = [attributes for tag, attributes in page.tags if tag == "th"]
    assert all(one.get("scope") in {"col", "row", "colgroup"} for one in heads)
    drawn = [attributes for tag, attributes in page.tags if tag == "svg"]
    spoken = [one.spoken for one in impact_report().walk() if isinstance(one, m.Chart)]
    assert [one["aria-label"] for one in drawn] == spoken
    assert all(one["role"] == "img" for one in drawn)


def test_a_chart_of_a_page_prints_its_numbers_and_hides_what_is_hidden():
    text = html(filled(chart()))
    [drawing] = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
    words = re.findall(r"<text[^>]*>([^<]*)</text>", drawing)
    assert {"1,096", "Nov", "Dec"} <= set(words)
    assert etree.fromstring(drawing.encode()).tag.endswith("svg")


# --- text --------------------------------------------------------------------------------------

ANSWERED = {
    "difference": {
        "question": "What changed?",
        "answer": "B&YC grew.\n\nIt's good " + "and better " * 40,
        "words_to": 150,
        "words_from": None,
        "letters_to": None,
    },
    "empty": {"question": "What next?", "answer": "", "words_to": 50},
}


def _answered():
    given = ANSWERED["difference"]["answer"]
    return filled(
        m.Heading(text="What changed?"),
        *(m.Paragraph(runs=m.text(part)) for part in given.split("\n\n")),
        m.Note(runs=m.text("86 of 150 words")),
        m.Heading(text="What next?"),
        m.Paragraph(runs=m.text("Not answered yet.")),
        answers=ANSWERED,
    )


def test_an_answer_is_pasted_as_it_is_with_its_counts_beside():
    made = _answered()
    assert answer_text(made, "difference") == ANSWERED["difference"]["answer"].strip()
    assert count_text(made, "difference") == "86 of 150 words (strict), 461 letters"
    assert answer_text(made, "empty") == ""
    assert answer_text(made, "no such question") == count_text(made, "no such question") == ""


def test_answers_in_text_are_not_broken_into_lines_and_counted_once():
    lines = plain_text(_answered()).split("\n")
    assert "[86 of 150 words (strict), 461 letters]" in lines
    assert ANSWERED["difference"]["answer"].split("\n\n")[1].strip() in lines
    assert not [line for line in lines if line == "86 of 150 words"]


def test_narrow_tables_are_aligned_and_wide_ones_have_tabs():
    narrow = plain_text(filled(table())).split("\n")
    rows = [line for line in narrow if "Town Council" in line or "All funds" in line]
    assert len({line.index("£") + len(line.split("£")[1].split()[0]) for line in rows}) == 1
    wide = m.Table(columns=tuple(m.Column(title=f"Column {n}") for n in range(9)),
                   rows=(m.row(*"abcdefghi"),))  # fmt: skip
    assert "a\tb\tc\td\te\tf\tg\th\ti" in plain_text(filled(wide))


def test_other_text_is_wrapped_for_reading():
    long = m.Note(runs=m.text("word " * 100))
    assert max(len(line) for line in plain_text(filled(long)).split("\n")) <= 78
