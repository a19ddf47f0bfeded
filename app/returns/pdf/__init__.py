"""Print filled returns as PDF; the only package that imports ReportLab.

What is here is all that others use. ReportLab and HarfBuzz are loaded by the first call, not by the
import, so that a command that prints nothing does not wait for them.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.returns.filled import Chart, FilledReturn
    from app.returns.pdf.writer import Rendered


def render(filled: "FilledReturn") -> "Rendered":
    """Return the PDF of `filled` and its number of pages; the same return gives the same bytes."""
    from app.returns.pdf import writer

    return writer.render(filled)


def get_ready() -> None:
    """Load ReportLab, HarfBuzz and the usual face: for a worker, before anybody waits for pages."""
    from app.returns.pdf import fonts, writer  # noqa: F401 - the writer is wanted in memory

    for bold in (False, True):
        fonts.base_face(bold=bold)


def chart_pdf(chart: "Chart", width: float, height: float, *, accent: str = "#17695A") -> bytes:
    """Return a one-page PDF of `chart`, `width` by `height` points: the very drawing of the paper."""
    from app.returns.pdf import writer

    return writer.chart_pdf(chart, width, height, accent=accent)


def chart_pdfs(chart: "Chart", width: float, *, accent: str) -> tuple[bytes, ...]:
    """Return a chart `width` points wide as PDF pages of its own size, as many as paper would need."""
    from app.returns.pdf import writer

    return writer.chart_pdfs(chart, width, accent=accent)


def chart_svgs(chart: "Chart", width: float, *, accent: str) -> tuple[str, ...]:
    """Return a chart `width` points wide as SVG, in as many parts as paper would need."""
    from app.returns.pdf import writer

    return writer.chart_svgs(chart, width, accent=accent)


def is_landscape(filled: "FilledReturn") -> bool:
    """Say whether the pages of a return lie on their side."""
    from app.returns.pdf import shaping, writer

    return writer.is_landscape(filled, shaping.Shaper())


def readable(accent: str) -> str:
    """Return a colour dark enough for words and bars on white paper."""
    from app.returns.pdf import theme

    return theme.readable(accent)


def missing_letters(words: str) -> str:
    """Return the letters of `words` that no bundled face can print, each once ("" for none)."""
    from app.returns.pdf import fonts

    return fonts.missing_letters(words)
