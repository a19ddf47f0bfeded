"""A filled return as a Word document that can be edited: real headings, lists and tables."""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import assert_never

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt
from docx.text.paragraph import Paragraph

from app.returns import filled as model
from app.returns import pdf
from app.returns.clothes.chart_pictures import logo_png, pictures
from app.returns.clothes.docx_styles import dress
from app.returns.clothes.docx_xml import (
    Element,
    facts_xml,
    page_paragraph,
    strip_xml,
    table_xml,
    to_the_right,
)
from app.returns.clothes.packed import packed
from app.returns.feet import PROGRAM, foot, pretend_mark
from app.returns.kept_text import kept, one_line, starts_rtl

_PAPERS = {
    model.Paper.A4: (210.0, 297.0, 15.0),
    model.Paper.A5: (148.0, 210.0, 11.0),
    model.Paper.LETTER: (210.0, 297.0, 20.0),
}
"""Width, height and margin, in millimetres."""
_POINTS = 72 / 25.4
_LOGO = 20.0
_PER_ROW = 4
_MOST_TITLE = 255


def docx(filled: model.FilledReturn) -> bytes:
    """Return the Word document of a filled return; the same return gives the same bytes."""
    return _Writer(filled).written()


class _Writer:
    """One document while it is written; it is written from the top down."""

    def __init__(self, filled: model.FilledReturn) -> None:
        self._filled = filled
        self._document = Document()
        self._accent = pdf.readable(filled.accent).lstrip("#")
        self._break = False
        self._spare = 0.0
        self._together = False
        dress(self._document, accent=self._accent, language=filled.language)
        self._lay_out()
        self._name()

    def written(self) -> bytes:
        """Write all blocks and return the file."""
        self._blocks(self._filled.blocks)
        out = io.BytesIO()
        self._document.save(out)
        return packed(out.getvalue())

    # --- the document ------------------------------------------------------------------------

    def _lay_out(self) -> None:
        wide, high, margin = _PAPERS[self._filled.paper]
        section = self._document.sections[0]
        if pdf.is_landscape(self._filled):
            wide, high = high, wide
            section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(wide), Mm(high)
        section.left_margin = section.right_margin = section.top_margin = Mm(margin)
        section.bottom_margin = Mm(margin + 6)
        section.footer_distance = section.header_distance = Mm(margin - 5)
        self._room = (wide - 2 * margin) * _POINTS
        self._height = (high - 2 * margin - 20) * _POINTS
        mark = pretend_mark(self._filled)
        if mark:
            section.header.paragraphs[0].text = mark
        foots = section.footer
        foots.paragraphs[0].text = kept(foot(self._filled))
        foots.part.element.append(page_paragraph("Footer"))

    def _name(self) -> None:
        about, filled = self._document.core_properties, self._filled
        about.title = one_line(filled.title)[:_MOST_TITLE]
        about.author = one_line(filled.author or filled.group)[:_MOST_TITLE]
        about.subject = one_line(filled.subject or filled.period)[:_MOST_TITLE]
        about.language = filled.language
        about.last_modified_by = PROGRAM
        about.comments = about.keywords = about.category = ""
        about.revision = 1
        about.created = about.modified = filled.counted_at.replace(tzinfo=None)
        relations = self._document.part.package.rels
        for key in [key for key, one in relations.items() if "thumbnail" in one.reltype]:
            del relations[key]  # a picture of the library's own empty page

    # --- paragraphs --------------------------------------------------------------------------

    def _paragraph(self, words: str | model.Text, style: str = "Normal") -> Paragraph:
        made = self._document.add_paragraph(style=style)
        runs = model.text(words) if isinstance(words, str) else words
        rtl = starts_rtl(model.plain(runs))
        for run in (run for run in runs if run.text):
            part = made.add_run(kept(run.text))
            if run.bold:
                part.bold = True
            if rtl:
                part.font.rtl = True
        shape = made.paragraph_format
        if rtl:
            shape.element.get_or_add_pPr().append(OxmlElement("w:bidi"))
        if self._together:
            shape.keep_with_next = True
        if self._break:
            shape.page_break_before = True
        if self._spare:
            shape.space_before = Mm(self._spare)
        self._break, self._spare = False, 0.0
        return made

    def _insert(self, table: Element) -> None:
        """Put a table here; a small paragraph after it keeps it apart from what follows."""
        if self._break:
            self._paragraph("", "Kicker")
        after = self._paragraph("", "Note")
        after.paragraph_format.space_before = after.paragraph_format.space_after = Pt(0)
        after.paragraph_format.line_spacing = Pt(6)
        after.paragraph_format.element.addprevious(table)

    @contextmanager
    def _kept_together(self) -> Iterator[None]:
        outer, self._together = self._together, True
        yield
        self._together = outer
        if not outer and self._document.paragraphs:
            self._document.paragraphs[-1].paragraph_format.keep_with_next = None

    # --- blocks ------------------------------------------------------------------------------

    def _blocks(self, blocks: Iterable[model.Block]) -> None:
        for block in blocks:
            self._block(block)

    def _block(self, block: model.Block) -> None:  # noqa: C901, PLR0912 - one case for each block
        match block:
            case model.Heading():
                self._paragraph(block.text, f"Heading {min(max(block.level, 1), 3)}")
            case model.Paragraph():
                self._paragraph(block.runs)
            case model.Note():
                self._paragraph(block.runs, "Note")
            case model.PrivacyNote():
                self._paragraph(block.text, "Note")
            case model.Bullets():
                for item in block.items:
                    self._paragraph(item, "List Bullet")
            case model.BigNumbers():
                self._big(block)
            case model.KeyFacts():
                self._insert(facts_xml(block.facts, self._room))
            case model.Chart():
                self._chart(block)
            case model.Table():
                self._table(block)
            case model.Quote():
                self._quote(block)
            case model.Picture():
                self._picture(block.content, block.alt, self._room, self._height)
            case model.ReportHead() | model.SheetHead() | model.LetterHead():
                self._head(block)
            case model.Notice():
                self._paragraph(block.text, "Notice")
                if block.detail:
                    self._paragraph(block.detail)
            case model.WriteLines():
                for line in block.lines:
                    self._write_line(line)
            case _:
                self._laid_out(block)

    def _laid_out(
        self,
        block: model.PageBreak | model.Spacer | model.KeepTogether | model.TwoColumns,
    ) -> None:
        match block:
            case model.PageBreak():
                self._break = bool(self._document.paragraphs)
            case model.Spacer():
                self._spare = block.height_mm
            case model.KeepTogether():
                with self._kept_together():
                    self._blocks(block.blocks)
            case model.TwoColumns():
                self._blocks((*block.left, *block.right))
            case _:
                assert_never(block)

    def _big(self, block: model.BigNumbers) -> None:
        items = [(item.value, item.label) for item in block.items]
        for at in range(0, len(items), _PER_ROW):
            self._insert(strip_xml(items[at : at + _PER_ROW], self._room, self._accent))

    def _table(self, table: model.Table) -> None:
        if table.caption:
            self._paragraph(table.caption, "Caption")
        self._insert(table_xml(table, self._room, together=self._together))
        for note in table.notes:
            self._paragraph(note, "Note")

    def _chart(self, chart: model.Chart) -> None:
        spoken = chart.spoken
        for drawn in pictures(chart, self._room, accent=self._filled.accent):
            self._picture(drawn.png, spoken, drawn.width, drawn.height)
            spoken = f"{chart.summary}, continued"
        if not chart.points:
            self._paragraph(chart.spoken, "Note")

    def _picture(self, content: bytes, alt: str, wide: float, high: float) -> Element:
        """Add a picture no wider and no higher than there is room; it says what it shows."""
        made = self._paragraph("")
        shape = made.add_run().add_picture(io.BytesIO(content))
        scale = min(Pt(wide) / shape.width, Pt(high) / shape.height)
        shape.width, shape.height = Emu(shape.width * scale), Emu(shape.height * scale)
        inline = next(made.paragraph_format.element.iter(qn("wp:inline")))
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")
        about = inline.find(qn("wp:docPr"))
        about.set("name", "Picture")
        about.set("descr", one_line(alt))
        return inline

    def _quote(self, block: model.Quote) -> None:
        said = block.text.strip(' “”"')
        first = self._paragraph(f"“{said}”", "Quote")
        if block.by:
            first.paragraph_format.keep_with_next = True
            self._paragraph(block.by, "Quote By")

    def _head(self, head: model.ReportHead | model.SheetHead | model.LetterHead) -> None:
        with self._kept_together():
            match head:
                case model.ReportHead():
                    self._logo(head)
                    self._lines(((head.kicker, "Kicker"), (head.title, "Heading 1"),
                                 (head.subtitle, "Subtitle")))  # fmt: skip
                case model.SheetHead():
                    when = " · ".join(part for part in (head.when, head.details) if part)
                    code = " · ".join(part for part in (head.code, head.sheet) if part)
                    self._lines(((head.title, "Heading 1"), (when, "Subtitle"), (code, "Kicker")))
                case model.LetterHead():
                    self._letter(head)

    def _lines(self, lines: Iterable[tuple[str, str]]) -> None:
        for words, style in lines:
            if words:
                self._paragraph(words, style)

    def _logo(self, head: model.ReportHead) -> None:
        logo = logo_png(self._filled.logo) if head.show_logo and self._filled.logo else None
        if logo is None:
            return
        alt = f"Logo of {self._filled.group}"
        inline = self._picture(logo, alt, 2 * _LOGO * _POINTS, _LOGO * _POINTS)
        inline.getparent().replace(inline, to_the_right(inline))
        shape = self._document.paragraphs[-1].paragraph_format
        shape.space_after = Pt(0)
        shape.line_spacing = Pt(1)

    def _letter(self, head: model.LetterHead) -> None:
        first, *rest = head.sender or ("",)
        self._lines(
            ((first, "Heading 2"), ("\n".join(rest), "Note"), ("\n".join(head.to), "Normal"))
        )
        about = "\n".join((head.date, *head.references))
        self._lines(((about, "Normal"), (head.greeting, "Normal"), (head.subject, "Heading 1")))

    def _write_line(self, line: tuple[model.WriteLine, ...]) -> None:
        made = self._paragraph("")
        made.paragraph_format.space_before = Pt(14)
        each = self._room / max(len(line), 1)
        for at, one in enumerate(line, start=1):
            made.add_run(f"{'   ' if at > 1 else ''}{kept(one.label)} \t")
            stops = made.paragraph_format.tab_stops
            stops.add_tab_stop(Pt(each * at - 6), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)
