"""Prints a register the plain ReportLab way, untagged: peer_reportlab.py PAGES OUT."""

import sys
from pathlib import Path

from register_rows import HEAD, HEIGHT, WIDTHS, rows
from reportlab.lib import colors
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import SimpleDocTemplate, Table

_FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
for name, face in (("F", "Regular"), ("B", "Bold")):
    pdfmetrics.registerFont(TTFont(name, str(_FONTS / f"AtkinsonHyperlegibleNext-{face}.ttf")))
table = Table(
    [HEAD, *rows(int(sys.argv[1]))],
    colWidths=WIDTHS,
    rowHeights=HEIGHT,
    repeatRows=1,
    style=[
        ("FONT", (0, 0), (-1, 0), "B", 8),
        ("FONT", (0, 1), (-1, -1), "F", 8),
        ("GRID", (0, 0), (-1, -1), 0.4, colors.black),
        ("BACKGROUND", (0, 0), (-1, 0), colors.Color(0.88, 0.88, 0.88)),
        ("ALIGN", (2, 0), (-1, -1), "CENTER"),
    ],
)
SimpleDocTemplate(sys.argv[2], leftMargin=20, rightMargin=20, topMargin=25, bottomMargin=30).build(
    [table]
)
