"""Send the pages of a return to a real printer, through the computer's own dialog."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from app.ui.jobs import JobContext
from app.ui.returns.making import Pages, draw_pages

P = TypeVar("P", bound=Pages)

_DOTS = 300
"""Dots an inch: small letters stay clear, and a page of them is quick to send."""


def print_pages(over: QWidget, made: P, then: Callable[[P], None]) -> None:
    """Ask for a printer, print, and call ``then``; nothing is called when it is not printed."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(_DOTS)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    width, height = made.sizes[0]
    landscape, portrait = QPageLayout.Orientation.Landscape, QPageLayout.Orientation.Portrait
    printer.setPageOrientation(landscape if width > height else portrait)
    printer.setFullPage(True)
    printer.setDocName(made.title)
    dialog = QPrintDialog(printer, over)
    dialog.setMinMax(1, len(made.sizes))
    dialog.accepted.connect(partial(_print, printer, made, then))
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)  # QPrintDialog's own open() wants a slot by name


def _print(printer: QPrinter, made: P, then: Callable[[P], None]) -> None:
    first = max(1, printer.fromPage())
    last = printer.toPage() or len(made.sizes)
    paint(printer, made, range(first - 1, min(last, len(made.sizes))))
    then(made)


def paint(printer: QPrinter, made: Pages, numbers: range) -> None:
    """Draw some pages (from 0) on a printer, each as large as its sheet."""
    context = JobContext(lambda _done, _total: None)
    painter = QPainter(printer)
    for place, number in enumerate(numbers):
        if place:
            printer.newPage()
        image = draw_pages(context, made.pdf, [number], _DOTS / 96)[number]
        painter.drawImage(QRectF(printer.paperRect(QPrinter.Unit.DevicePixel)), image)
    painter.end()
