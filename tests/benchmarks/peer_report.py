"""Prints the report the plain ReportLab way, untagged: peer_report.py OUT."""

import sys
from pathlib import Path

from report_parts import CHAPTERS, HEAD, MONTHS, bars, has_chart, paragraphs, rows
from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

_FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
for name, face in (("F", "Regular"), ("B", "Bold")):
    pdfmetrics.registerFont(TTFont(name, str(_FONTS / f"AtkinsonHyperlegibleNext-{face}.ttf")))
_HEADING = ParagraphStyle("heading", fontName="B", fontSize=18, leading=24, spaceAfter=8)
_BODY = ParagraphStyle("body", fontName="F", fontSize=10, leading=14, spaceAfter=6)
_LOOKS = [
    ("FONT", (0, 0), (-1, 0), "B", 9),
    ("FONT", (0, 1), (-1, -1), "F", 9),
    ("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.grey),
    ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
]


def _chart(chapter):
    bar = VerticalBarChart()
    bar.x, bar.y, bar.width, bar.height = 30, 20, 400, 150
    bar.data = [bars(chapter)]
    bar.categoryAxis.categoryNames = MONTHS
    bar.barLabelFormat = "%d"
    bar.barLabels.nudge = 7
    for labels in (bar.barLabels, bar.categoryAxis.labels, bar.valueAxis.labels):
        labels.fontName = "F"
    drawing = Drawing(460, 190)
    drawing.add(bar)
    return drawing


story = []
for chapter in range(1, CHAPTERS + 1):
    story += [PageBreak()] if chapter > 1 else []
    story.append(Paragraph(f"Chapter {chapter}", _HEADING))
    story += [Paragraph(words, _BODY) for words in paragraphs(chapter)]
    story.append(
        _chart(chapter) if has_chart(chapter) else Table([HEAD, *rows(chapter)], style=_LOOKS)
    )
SimpleDocTemplate(sys.argv[1], pagesize=A4).build(story)
