"""Names in every script: drawn as HarfBuzz draws them, read back as they were written."""

import io
import re
import unicodedata

import pikepdf
import pypdfium2
import pytest
import uharfbuzz as hb
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont, ImageOps

from app import resources
from app.returns.filled import Align, Cell, Column, Heading, Paragraph, Quote, Table, row, text
from app.returns.pdf import bidi_order, fonts, missing_letters, render
from tests.returns.builders import filled
from tests.returns.pdf import pdf_checks

LINES = {
    "Latin": ("Łukasz Wójcik, Siân, Çağla Öztürk", "AtkinsonHyperlegibleNext-Regular"),
    "Vietnamese": ("Nguyễn Văn Đức, Trần Thị Hạnh", None),
    "Cyrillic": ("Олена Шевченко", "DejaVuSans"),
    "Arabic": ("محمد عبد الله الحسين", "NotoNaskhArabic-Regular"),
    "Urdu": ("فاطمہ چوہدری، محمد علی ٹھاکر", "NotoNaskhArabic-Regular"),
    "Bengali": ("শ্রাবন্তী চক্রবর্তী কৃষ্ণা", "NotoSansBengali-Regular"),
    "Gurmukhi": ("ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ ਹਰਜਿੰਦਰ ਕੌਰ", "NotoSansGurmukhi-Regular"),
    "Devanagari": ("प्रिया शर्मा कृष्ण हिन्दी", "NotoSansDevanagari-Regular"),
    "Gujarati": ("ગુજરાતી પ્રજ્ઞા", "NotoSansGujarati-Regular"),
    "Tamil": ("தமிழ் கொண்டு ஸ்ரீ", "NotoSansTamil-Regular"),
    "Han": ("李小明王芳陳大文", "DroidSansFallbackFull"),
    "Yoruba": ("Ọlábísí Adéṣọlá", None),
    "Hebrew": ("דוד כהן", "DejaVuSans"),
    "Mixed": ("Member محمد علی (ref 345) 12/09", None),
}


def one_line(words, *, bold=False):
    """A table with one name on one line."""
    table = Table(
        columns=(Column(title="Name"),), rows=(row(Cell(text=words, bold=bold)),), font_size=18
    )
    return render(filled(table)).pdf


def letters_of(words):
    """What is compared: composed letters without spaces and invisible signs."""
    kept = unicodedata.normalize("NFKC", words)
    return "".join(
        one for one in kept if not one.isspace() and unicodedata.category(one) not in {"Cf", "Cc"}
    )


# Readers take glyphs from the left and turn lines round themselves. Where both directions meet,
# they disagree with each other (poppler: also at an Arabic comma) and only the words are sure.
# What is read out and copied by structure is always the text itself, as the test below says.
ONLY_WORDS = {("pdfium", "Mixed"), ("poppler", "Mixed"), ("poppler", "Urdu")}
READERS = {"pdfium": pdf_checks.text_of, "poppler": pdf_checks.poppler_text}


@pytest.mark.parametrize("bold", [False, True], ids=["regular", "bold"])
@pytest.mark.parametrize("script", LINES)
@pytest.mark.parametrize("reader", READERS)
def test_text_comes_back_as_it_was_written(reader, script, bold):
    words, _ = LINES[script]
    back = letters_of(READERS[reader](one_line(words, bold=bold)))
    for word in words.split():
        assert letters_of(word).strip("(),،") in back
    if (reader, script) not in ONLY_WORDS:
        assert letters_of(words) in back


@pytest.mark.parametrize("script", LINES)
def test_text_read_out_is_the_text_that_was_written(script):
    words, _ = LINES[script]
    assert [words] in pdf_checks.tables(one_line(words))[0]


@pytest.mark.parametrize("script", [name for name, (_, face) in LINES.items() if face])
def test_picture_is_the_one_harfbuzz_draws(script):
    words, face = LINES[script]
    ours = printed_line(one_line(words))
    theirs = drawn_line(words, face)
    assert abs(ours.width / ours.height - theirs.width / theirs.height) < 0.04 * (
        theirs.width / theirs.height
    )
    assert likeness(ours, theirs) > 0.84
    wrong = drawn_line(words[::-1], face)  # the comparison itself must notice a wrong order
    assert likeness(ours, wrong) < 0.5


def printed_line(data):
    """The ink of the table's only name, as pdfium draws it."""
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    scale = 8
    seen = page.render(scale=scale).to_pil().convert("L")
    height = page.get_size()[1]
    rules = sorted(
        thing.get_bounds()[1]
        for thing in page.get_objects()
        if thing.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH
    )
    top, bottom = (height - rules[-1]) * scale + 12, (height - rules[-2]) * scale - 12
    page.close()
    document.close()
    return ink(seen.crop((0, round(top), seen.width, round(bottom))))


def drawn_line(words, face):
    """The ink of `words` as Pillow draws it: FreeType, HarfBuzz and FriBidi, none of it ours."""
    font = ImageFont.truetype(
        str(resources.path(f"fonts/{face}.ttf")), 144, layout_engine=ImageFont.Layout.RAQM
    )
    seen = Image.new("L", (4000, 500), 255)
    ImageDraw.Draw(seen).text((100, 100), words, font=font, fill=0)
    return ink(seen)


def ink(seen):
    dark = ImageOps.invert(seen).point(lambda value: 255 if value > 100 else 0)
    return dark.crop(dark.getbbox())


def likeness(one, other):
    """How much of the ink of two pictures is common, both brought to one size."""
    size = (900, 120)
    first, second = (
        picture.resize(size).point(lambda value: value > 127, mode="1") for picture in (one, other)
    )
    a, b = list(first.get_flattened_data()), list(second.get_flattened_data())
    both = sum(1 for x, y in zip(a, b, strict=True) if x and y)
    either = sum(1 for x, y in zip(a, b, strict=True) if x or y)
    return both / either


@pytest.mark.parametrize("script", ["Arabic", "Urdu", "Bengali", "Gurmukhi", "Devanagari", "Tamil"])
def test_glyphs_are_those_harfbuzz_chose_in_its_order(script):
    words, face = LINES[script]
    with pikepdf.open(io.BytesIO(one_line(words))) as pdf:
        page = pdf.pages[0]
        [font] = [
            (name, font)
            for name, font in page.obj.Resources.Font.items()
            if str(font.BaseFont).endswith(face)
        ]
        widths = [int(width) for width in font[1].DescendantFonts[0].W[1]]
        drawn = [
            widths[code - 1]
            for mark in pdf_checks.page_marks(page).values()
            for name, code in mark.glyphs
            if name == font[0]
        ]
    # Right-to-left lines are shaped whole, others word by word (their spaces are Atkinson's).
    parts = [words] if bidi_order.has_rtl(words) else words.split()
    assert drawn == [width for part in parts for width in chosen_by_harfbuzz(part, face)]


def chosen_by_harfbuzz(words, face):
    """The widths of the glyphs, from the left, that HarfBuzz sets for `words`."""
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(resources.path(f"fonts/{face}.ttf")))))
    buffer = hb.Buffer()
    buffer.add_str(words)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    return [font.get_glyph_h_advance(info.codepoint) for info in buffer.glyph_infos]


# -- mixed lines ------------------------------------------------------------------------------


def displayed(words, *, rtl):
    """The letters of a line from left to right, by our runs."""
    shown = []
    for start, end, turned in bidi_order.visual_runs(words, rtl=rtl):
        part = words[start:end]
        shown.append(part[::-1] if turned else part)
    return "".join(shown)


@given(
    st.lists(
        st.sampled_from(
            [*"ab12 ,.-/()[]", "محمد", "علی", "כהן", "Ada ", "٣٤", "۱۲", "£5", "؟", "،", "%"]
        ),
        max_size=14,
    ).map("".join),
    st.booleans(),
)
def test_order_of_mixed_lines_is_that_of_the_bidirectional_algorithm(words, rtl):
    words = words.rstrip()  # the ends of lines are ours to trim
    assert displayed(words, rtl=rtl) == get_display(words, base_dir="R" if rtl else "L")


def test_words_of_an_arabic_name_stand_from_right_to_left():
    assert displayed("محمد علی", rtl=True) == "یلع دمحم"
    assert displayed("Member محمد علی (ref 345)", rtl=False) == "Member یلع دمحم (ref 345)"


def test_direction_of_a_paragraph_is_that_of_its_first_letter():
    assert bidi_order.starts_rtl("محمد Ali")
    assert not bidi_order.starts_rtl("Ali محمد")
    assert not bidi_order.has_rtl("শ্রাবন্তী 李小明")


def test_bold_inside_a_mixed_paragraph_is_read_in_order():
    from app.returns.filled import bold

    runs = text("We met ", bold("محمد علی and فاطمہ"), " on Tuesday (12/09).")
    said = pdf_checks.spoken(render(filled(Paragraph(runs=runs))).pdf)
    assert said[0] == "We met محمد علی and فاطمہ on Tuesday (12/09)."


def test_urdu_quote_is_read_back_whole_over_its_lines():
    words = "ہم سب کو یہ گروپ بہت پسند ہے۔ یہاں دوست ملتے ہیں اور چائے بھی ملتی ہے۔ " * 4
    said = pdf_checks.spoken(render(filled(Heading(level=1, text="A"), Quote(text=words))).pdf)
    assert re.sub(r"\s+", " ", said[1]).strip("“” ") == words.strip()


def test_names_in_all_scripts_on_one_page_meet_the_standards():
    table = Table(
        columns=(
            Column(title="Name"),
            Column(title="Bold"),
            Column(title="Right", align=Align.RIGHT),
        ),
        rows=tuple(row(words, Cell(text=words, bold=True), words) for words, _ in LINES.values()),
    )
    rendered = render(filled(Heading(level=1, text="Names: محمد علی"), table))
    assert pdf_checks.faults(rendered.pdf, title="Test return") == []
    assert pdf_checks.listening_faults(rendered.pdf) == []
    [rows] = pdf_checks.tables(rendered.pdf)
    assert [cells[0] for cells in rows[1:]] == [words for words, _ in LINES.values()]


# -- letters and faces ------------------------------------------------------------------------


def test_letters_no_face_has_are_named_once_each():
    assert missing_letters("Ada አበበ አ\ue001") == "አበ\ue001"
    assert missing_letters("".join(words for words, _ in LINES.values())) == ""
    assert missing_letters("") == ""
    assert missing_letters("Ada\nBea\tCy\u200d") == ""


def test_letter_that_no_face_has_is_never_printed_as_nothing():
    rendered = render(filled(Paragraph(runs=text("Abebe አበበ came"))))
    faults = pdf_checks.glyph_faults(rendered.pdf)
    assert any("no letter" in fault for fault in faults)  # the mark that replaces it is seen
    assert not any("no glyph" in fault for fault in faults)


def test_a_letter_and_its_marks_are_set_in_one_face():
    [(face, words)] = fonts.split(fonts.clean("ọ\u0301"), bold=False)
    assert face.file == "DejaVuSans"
    assert words == "ọ\u0301"


def test_only_faces_whose_letters_occur_are_embedded():
    with pikepdf.open(io.BytesIO(one_line("Ada"))) as pdf:
        names = [str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()]
    assert sorted(name.partition("+")[2] for name in names) == [
        "AtkinsonHyperlegibleNext-Bold",
        "AtkinsonHyperlegibleNext-Regular",
    ]


@given(st.text(max_size=60))
def test_any_text_can_be_printed(words):
    assert render(filled(Paragraph(runs=text(words)))).pages >= 1


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("e\u0301", "é"),
        ("a\tb", "a b"),
        ("a\x07b", "ab"),
        ("a\r\nb", "a\nb"),
        ("a\u2003b\u3000c", "a b c"),
        ("a\u00a0b", "a\u00a0b"),
        ("a\ud800b", "a\ufffdb"),
    ],
)
def test_text_is_cleaned_before_it_is_set(written, meant):
    assert fonts.clean(written) == meant
