"""The least a report can cost: bare SQL on the register and one untagged ReportLab table."""

import sqlite3
import sys
from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import SimpleDocTemplate, Table

path, first, last, out = sys.argv[1:5]
font = Path(__file__).resolve().parents[2] / "resources/fonts/AtkinsonHyperlegibleNext-Regular.ttf"
pdfmetrics.registerFont(TTFont("F", str(font)))
connection = sqlite3.connect(path)
where = (
    " FROM session s JOIN attendance m ON m.session_id = s.id JOIN activity a ON a.id = s.activity_id"
    " WHERE s.session_on BETWEEN ? AND ? AND m.mark IN ('present', 'late') AND m.role = 'participant'"
)
people = connection.execute(f"SELECT count(DISTINCT m.person_id){where}", (first, last)).fetchone()[
    0
]
cells = {}
for month, activity, number in connection.execute(
    f"SELECT substr(s.session_on, 1, 7), a.name, count(*){where} GROUP BY 1, 2", (first, last)
):
    cells.setdefault(month, {})[activity] = number
names = sorted({name for row in cells.values() for name in row})
data = [[f"{people} people", *(n[:6] for n in names)]]
data += [[month, *(row.get(n, "") for n in names)] for month, row in sorted(cells.items())]
table = Table(data, style=[("FONT", (0, 0), (-1, -1), "F", 7)])
SimpleDocTemplate(out, pagesize=landscape(A4)).build([table])
