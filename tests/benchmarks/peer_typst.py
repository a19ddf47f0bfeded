"""Prints the register with Typst as PDF/UA-1, run by the peers' own Python: PAGES OUT."""

import sys
from pathlib import Path

import typst
from register_rows import HEAD, HEIGHT, WIDTHS, rows

_FONTS = Path(__file__).resolve().parents[2] / "resources/fonts"
columns = ", ".join(f"{width}pt" for width in WIDTHS)
head = ", ".join(f"[{title}]" for title in HEAD)
body = "\n".join("".join(f"[{cell}], " for cell in cells) for cells in rows(int(sys.argv[1])))
source = f"""
#set document(title: "Register")
#set page(paper: "a4", margin: (x: 20pt, y: 25pt))
#set text(font: "Atkinson Hyperlegible Next", size: 8pt, lang: "en")
= Register
#table(columns: ({columns}), rows: {HEIGHT}pt, stroke: 0.4pt, table.header({head}),
{body})
"""
typst.compile(source.encode(), output=sys.argv[2], font_paths=[str(_FONTS)], pdf_standards=["ua-1"])
