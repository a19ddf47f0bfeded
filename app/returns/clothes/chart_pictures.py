"""Charts as pictures, for programs that take no drawing: the very chart of the paper, in dots."""

import io
from dataclasses import dataclass

from app.returns import pdf
from app.returns.filled import Chart

DOTS_PER_INCH = 200
_POINTS = 72
_LOGO_SIDE = 600
"""Dots of the longer side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPicture:
    """A PNG, and how wide and high it stands on paper, in points."""

    png: bytes
    width: float
    height: float


def pictures(chart: Chart, width: float, *, accent: str) -> tuple[ChartPicture, ...]:
    """Return a chart ``width`` points wide, in as many pictures as paper would need."""
    return tuple(_picture(page) for page in pdf.chart_pdfs(chart, width, accent=accent))


def _picture(page: bytes) -> ChartPicture:
    # Imported here: only a document with a chart in it needs it.
    import pypdfium2

    document = pypdfium2.PdfDocument(page)
    try:
        only = document[0]
        wide, high = only.get_size()
        image = only.render(scale=DOTS_PER_INCH / _POINTS).to_pil().convert("RGB")
    finally:
        document.close()
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return ChartPicture(png=out.getvalue(), width=wide, height=high)


def logo_png(logo: bytes) -> bytes | None:
    """Return a group's logo as a PNG, or None where its bytes are no picture."""
    from PIL import Image, UnidentifiedImageError

    out = io.BytesIO()
    try:
        with Image.open(io.BytesIO(logo)) as opened:
            opened.thumbnail((_LOGO_SIDE, _LOGO_SIDE))
            opened.convert("RGBA").save(out, "PNG")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return None
    return out.getvalue()
