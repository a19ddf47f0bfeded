"""Make the PDF of a filled return, and of a single chart for the screen."""

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName

from app.returns.filled import Chart, FilledReturn, KeepTogether, Orientation, Table, TwoColumns
from app.returns.pdf import columns, theme
from app.returns.pdf.blocks import Setting, build
from app.returns.pdf.charts import ChartBox
from app.returns.pdf.document import Document, Stream
from app.returns.pdf.embed import font_dictionary
from app.returns.pdf.pages import PAPERS, Frame, draw_page, paginate
from app.returns.pdf.shaping import Shaper
from app.returns.pdf.surface import Surface
from app.returns.pdf.table_setter import Setter
from app.returns.pdf.tags import Tree

_LOGO_NAME = "Logo"
_LOGO_SIDE = 600  # pixels: 56 points at 300 dots an inch are 233; more is only size


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A finished PDF and how many pages it has."""

    pdf: bytes
    pages: int


def render(filled: FilledReturn) -> Rendered:
    """Return the tagged PDF (PDF/UA-1, PDF/A-2a) of `filled`; the same return gives the same bytes."""
    document = Document(
        title=filled.title,
        author=filled.author or filled.group,
        subject=filled.subject or filled.period,
        language=filled.language,
        moment=filled.counted_at,
    )
    tree, shaper = Tree(document), Shaper()
    resources = PDFDictionary({})
    resources_ref = document.add(resources)
    logo = _add_logo(document, resources, filled.logo)
    frame = Frame(filled, shaper, landscape=is_landscape(filled, shaper))
    setting = Setting(
        shaper=shaper,
        accent=theme.readable(filled.accent),
        group=filled.group,
        logo=logo,
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
    document = Document(
        title=chart.summary, author="", subject="", language="en-GB", moment=_NO_MOMENT
    )
    tree, shaper = Tree(document), Shaper()
    resources = PDFDictionary({})
    box = ChartBox(chart, width, shaper, theme.readable(accent), height=height)
    leaf = document.add_page((width, height), document.add(resources))
    tree.new_page()
    surface = Surface(tree, shaper, (width, height), document.add_outline)
    box.draw(surface, 0.0, height)
    document.finish_page(leaf, surface.content())
    resources["Font"] = font_dictionary(document, shaper)
    tree.finish()
    return document.finished()


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


def _add_logo(
    document: Document, resources: PDFDictionary, logo: bytes | None
) -> tuple[str, float] | None:
    """Embed the logo on white; return its name and its width divided by its height."""
    if not logo:
        return None
    from PIL import Image  # loaded only for groups that have a logo

    with Image.open(BytesIO(logo)) as opened:
        opened.thumbnail((_LOGO_SIDE, _LOGO_SIDE))
        seen = opened.convert("RGBA")
    picture = Image.new("RGB", seen.size, theme.PAPER)
    picture.paste(seen, mask=seen.getchannel("A"))
    width, height = picture.size
    stream = Stream(
        picture.tobytes(),
        Type=PDFName("XObject"),
        Subtype=PDFName("Image"),
        Width=width,
        Height=height,
        ColorSpace=PDFName("DeviceRGB"),
        BitsPerComponent=8,
    )
    resources["XObject"] = PDFDictionary({_LOGO_NAME: document.add(stream)})
    return _LOGO_NAME, width / height
