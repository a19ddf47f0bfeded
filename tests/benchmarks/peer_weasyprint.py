"""Prints the register with WeasyPrint as PDF/UA-1, run by the peers' own Python: PAGES OUT."""

import sys
from pathlib import Path

import weasyprint
from register_rows import HEAD, HEIGHT, rows

_FONT = Path(__file__).resolve().parents[2] / "resources/fonts/AtkinsonHyperlegibleNext-Regular.ttf"
head = "".join(f'<th scope="col">{title}</th>' for title in HEAD)
body = "".join(
    f"<tr><td>{number}</td><th scope=row>{name}</th>{''.join(f'<td>{m}</td>' for m in marks)}</tr>"
    for number, name, *marks in rows(int(sys.argv[1]))
)
html = f"""<!doctype html><html lang="en"><title>Register</title><style>
@font-face {{ font-family: F; src: url("{_FONT.as_uri()}") }}
@page {{ size: A4; margin: 25pt 20pt }}
h1 {{ margin: 0; font: 8pt F }} table {{ border-collapse: collapse }} tr {{ height: {HEIGHT}pt }}
td, th {{ border: 0.4pt solid; font: 8pt F; padding: 0 3pt }}
</style><h1>Register</h1><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></html>"""
weasyprint.HTML(string=html).write_pdf(sys.argv[2], pdf_variant="pdf/ua-1")
