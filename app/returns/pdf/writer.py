"""Make the PDF of a filled return, and of a single chart for the screen."""

from dataclasses import dataclass
from datetime import UTC, datetime

from reportlab.pdfbase.pdfdoc import PDFDictionary

from app.returns.filled import Chart, FilledReturn, KeepTogether, Orientation, Table, TwoColumns
from app.returns.kept_text import kept
from app.returns.pdf import columns, svg, theme
from app.returns.pdf.blocks import Setting, build
from app.returns.pdf.charts import ChartBox, parts_of
from app.returns.pdf.document import Document
from app.returns.pdf.embed import font_dictionary
from app.returns.pdf.pages import PAPERS, Frame, draw_page, paginate
from app.returns.pdf.pictures import add_logo, add_pictures
from app.returns.pdf.shaping import Shaper
from app.returns.pdf.surface import Surface
from app.returns.pdf.table_setter import Setter
from app.returns.pdf.tags import Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A finished PDF and how many pages it has."""

    pdf: bytes
    pages: int


def render(filled: FilledReturn) -> Rendered:
    """Return the tagged PDF (PDF/UA-1, PDF/A-2a) of `filled`; the same return gives the same bytes."""
    document = Document(
        title=kept(filled.title),
        author=kept(filled.author or filled.group),
        subject=kept(filled.subject or filled.period),
        language=filled.language,
        moment=filled.counted_at,
    )
    tree, shaper = Tree(document), Shaper()
    resources = PDFDictionary({})
    resources_ref = document.add(resources)
    objects = PDFDictionary({})
    logo = add_logo(document, objects, filled.logo)
    pictures = add_pictures(document, objects, filled.blocks)
    if objects.dict:
        resources["XObject"] = objects
    frame = Frame(filled, shaper, landscape=is_landscape(filled, shaper))
    setting = Setting(
        shaper=shaper,
        accent=theme.readable(filled.accent),
        group=filled.group,
        logo=logo,
        pictures=pictures,
        page_height=frame.height,
        head_room=frame.size[1] - frame.top,
    )
    pages = paginate(build(filled.blocks, frame.width, setting), frame.height)
    for index, boxes in enumerate(pages):
        leaf = document.add_page(frame.size, resources_ref)
        tree.new_page()
        surface = Surface(tree, shaper, frame.size, document.add_outline)
        frame.draw_mark(surface, index)
        draw_page(surface, frame, boxes)
        frame.draw_foot(surface, index, len(pages))
        document.finish_page(leaf, surface.content())
    resources["Font"] = font_dictionary(document, shaper)
    tree.finish()
    return Rendered(pdf=document.finished(), pages=len(pages))


def chart_pdf(chart: Chart, width: float, height: float, *, accent: str = "#17695A") -> bytes:
    """Return a PDF page of `width` by `height` points that holds `chart` alone, for the screen."""
    shaper = Shaper()
    return _box_pdf(ChartBox(chart, width, shaper, theme.readable(accent), height=height), shaper)


def chart_pdfs(chart: Chart, width: float, *, accent: str) -> tuple[bytes, ...]:
    """Return a chart `width` points wide as PDF pages of its own size, as many as paper would need."""
    shaper = Shaper()
    parts = parts_of(chart, width, shaper, theme.readable(accent), page_height=_TALLEST)
    return tuple(_box_pdf(part, shaper) for part in parts)


def chart_svgs(chart: Chart, width: float, *, accent: str) -> tuple[str, ...]:
    """Return a chart `width` points wide as SVG, in as many parts as paper would need."""
    parts = parts_of(chart, width, Shaper(), theme.readable(accent), page_height=_TALLEST)
    return tuple(svg.drawn(part) for part in parts)


def _box_pdf(box: ChartBox, shaper: Shaper) -> bytes:
    document = Document(
        title=kept(box.chart.summary), author="", subject="", language="en-GB", moment=_NO_MOMENT
    )
    tree = Tree(document)
    resources = PDFDictionary({})
    size = (box.width, box.height)
    leaf = document.add_page(size, document.add(resources))
    tree.new_page()
    surface = Surface(tree, shaper, size, document.add_outline)
    box.draw(surface, 0.0, box.height)
    document.finish_page(leaf, surface.content())
    resources["Font"] = font_dictionary(document, shaper)
    tree.finish()
    return document.finished()


_TALLEST = 680.0
"""Points: a picture that fits a page of A4 with a heading above it."""
_NO_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


def is_landscape(filled: FilledReturn, shaper: Shaper) -> bool:
    """Say whether the pages lie on their side: asked for, or a table's columns need it."""
    if filled.orientation is not Orientation.AUTO:
        return filled.orientation is Orientation.LANDSCAPE
    size, margin = PAPERS[filled.paper]
    room = size[0] - 2 * margin
    return any(
        columns.comfortable_width(Setter(block, shaper).needs()) > room
        for block in _own_tables(filled)
    )


def _own_tables(filled: FilledReturn) -> list[Table]:
    """Return the tables that have a page's whole width."""
    tables: list[Table] = []
    for block in filled.blocks:
        if isinstance(block, Table):
            tables.append(block)
        elif isinstance(block, KeepTogether):
            tables += [one for one in block.blocks if isinstance(one, Table)]
        elif isinstance(block, TwoColumns):
            continue
    return tables
