"""The long work of a return, for the worker: fill it, print it, draw its pages."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from app.services import returns
from app.services.registers import Taker
from app.services.returns import FilledReturn, ReturnOptions, printing
from app.ui.jobs import JobContext

if TYPE_CHECKING:
    import pypdfium2

_POINT = 96 / 72
"""Pixels of a PDF point at a zoom of 100 %."""
_STEPS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Pages as they are printed: the very bytes, and their sizes in points."""

    pdf: bytes = field(repr=False)
    sizes: tuple[tuple[float, float], ...]
    title: str = ""
    """What a printer is told that it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made(Pages):
    """A return as it will be printed."""

    filled: FilledReturn = field(repr=False)


def get_ready(_context: JobContext) -> None:
    """Load what pages are made and drawn with: nobody waits for it when they are first wanted."""
    import pypdfium2  # noqa: F401 - see page_sizes

    printing.get_ready()


def make(context: JobContext, take: Taker, template_id: str, options: ReturnOptions) -> Made:
    """Take a snapshot, fill and print a return from it, and give its memory back."""
    context.progress(0, _STEPS)
    with take(context.cancelled) as snapshot:
        snapshot.stop_when(context.cancelled)
        filled = returns.prepare(snapshot, template_id, options)
    context.check()
    context.progress(1, _STEPS)
    pdf = returns.render_pdf(filled).pdf
    context.check()
    return Made(title=filled.title, filled=filled, pdf=pdf, sizes=page_sizes(pdf))


def read_pages(context: JobContext, pdf: bytes, title: str) -> Pages:
    """Return pages that were made before, with their sizes."""
    context.check()
    return Pages(title=title, pdf=pdf, sizes=page_sizes(pdf))


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Return the width and height of every page, in points."""
    # Imported here, on the worker: it takes 10 MiB, and on most evenings nothing is printed.
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(document.get_page_size(number) for number in range(len(document)))
    finally:
        document.close()


def draw_pages(
    context: JobContext, pdf: bytes, numbers: Sequence[int], scale: float
) -> dict[int, QImage]:
    """Return pictures of some pages; ``scale`` is screen dots to a pixel times the zoom."""
    import pypdfium2  # see above

    document = pypdfium2.PdfDocument(pdf)
    try:
        drawn: dict[int, QImage] = {}
        for number in numbers:
            context.check()
            drawn[number] = _draw(document[number], scale * _POINT)
        return drawn
    finally:
        document.close()


def _draw(page: "pypdfium2.PdfPage", scale: float) -> QImage:
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
    try:
        image = QImage(
            bitmap.buffer,
            bitmap.width,
            bitmap.height,
            bitmap.stride,
            QImage.Format.Format_RGBX8888,
        )
        return image.copy()  # the bitmap's memory goes with it
    finally:
        bitmap.close()
        page.close()
