"""T16 to T18: a report with charts, the size of tagged files, and what judges of PDF find wrong."""

import base64
import subprocess
import sys

from books import LAST, example
from measure import Missing, Result, command, compare
from our_report import chart
from peers import BUILD, ENV, HERE, ROOT, program
from report_parts import CHAPTERS, HEAD, has_chart, paragraphs, rows
from target_paper import printed

_LIBREOFFICE = BUILD / "libreoffice"
_QUARTER_DAYS = 91
_YEAR_DAYS = 364


def twelve_pages():
    """T16: 12 pages with six charts, whole process, tagged."""
    ours = command(sys.executable, HERE / "our_report.py", BUILD / "our_report.pdf", env=ENV)
    plain = command(sys.executable, HERE / "peer_report.py", BUILD / "peer_report.pdf", env=ENV)
    what = f"{CHAPTERS} pages with six charts, whole process"
    yield compare("T16", what, ours, ("ReportLab, untagged", plain), 3, runs=7)
    office = command(
        program("soffice", "libreoffice-writer"), "--headless", "--norestore",
        f"-env:UserInstallation={_LIBREOFFICE.as_uri()}", "--convert-to", "pdf",
        "--outdir", BUILD, _html(), env=ENV,
    )  # fmt: skip
    yield compare("T16", what, ours, ("LibreOffice, HTML to PDF", office), 0.75, runs=3)


def _html():
    """Return the report as a page of HTML; its charts are drawn beforehand, which nobody times."""
    path = BUILD / "peer_report_office.html"
    path.write_text(f"<html><body>{''.join(_chapters())}</body></html>", encoding="utf-8")
    return path


def _chapters():
    from app.returns import pdf

    for chapter in range(1, CHAPTERS + 1):
        apart = ' style="page-break-before: always"' if chapter > 1 else ""
        yield f"<h1{apart}>Chapter {chapter}</h1>"
        yield "".join(f"<p>{words}</p>" for words in paragraphs(chapter))
        if has_chart(chapter):
            (drawn,) = pdf.chart_svgs(chart(chapter), 450, accent="#17695A")
            data = base64.b64encode(drawn.encode()).decode()
            yield f'<img alt="Chart" width="450" src="data:image/svg+xml;base64,{data}">'
        else:
            lines = "".join(
                f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
                for cells in (HEAD, *rows(chapter))
            )
            yield f"<table>{lines}</table>"


def size_of_tagged():
    """T17: the size of a tagged register and of the tagged report, beside untagged ones."""
    for what, ours, peer in (
        ("size of a tagged register of 20 pages", "our_register", "peer_reportlab"),
        ("size of the tagged report with six charts", "our_report", "peer_report"),
    ):
        sizes = [printed(script).stat().st_size / 1024 for script in (ours, peer)]
        yield Result(
            target="T17", what=what, peer_is="ReportLab, untagged", unit="KiB", limit=3,
            ours=sizes[0], peer=sizes[1],
        )  # fmt: skip


def judged():
    """T18: every return of the small book by the judges of PDF/UA-1, PDF/A-2a and of listening."""
    try:
        import outloud  # noqa: F401 - whether it can be had
        import page  # noqa: F401
    except ImportError as missing:
        raise Missing(
            "needs Hallbook's packages for tests, page-validation and outloud"
        ) from missing
    from tests.returns.pdf import pdf_checks

    counts = {"PDF/UA-1 and PDF/A-2a": 0, "listening": 0}
    number = 0
    for made in _every_return():
        number += 1
        counts["PDF/UA-1 and PDF/A-2a"] += len(pdf_checks.standard_faults(made))
        counts["listening"] += len(pdf_checks.listening_faults(made))
    for judge, found in counts.items():
        yield _nothing_of(f"faults by {judge}, {number} returns, small", found)
    yield _nothing_of("single defects that are not noticed", _unnoticed())


def _nothing_of(what, found):
    return Result(
        target="T18", what=what, peer_is="one of them", ours=found, peer=1, limit=0, unit=""
    )


def _every_return():
    """Yield the PDF of every return there is, each with all that it needs."""
    import datetime as dt

    from app.domain.periods import Period
    from app.services import registers, returns

    last = dt.date.fromisoformat(LAST)
    with registers.open_register(example("small"), write=False) as book:
        for info in returns.list_templates():
            days = _QUARTER_DAYS if info.purpose == "On the night" else _YEAR_DAYS
            period = Period(first=last - dt.timedelta(days=days), last=last)
            person = book.value(
                "SELECT person_id FROM referral_counted WHERE source_type <> 'self' LIMIT 1"
            )
            offered = returns.offered_references(book, info.id)
            options = returns.ReturnOptions(
                period=period if "period" in info.needs else None,
                person_id=person if "person" in info.needs else None,
                grant=offered[0][0] if "grant" in info.needs and offered else None,
            )
            yield returns.render_pdf(returns.prepare(book, info.id, options)).pdf


def _unnoticed():
    """Return how many of the defects that the tests put into a good file nobody notices."""
    asked = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-k", "defect or reversed_order",
         "tests/returns/pdf/test_standards.py"],
        cwd=ROOT, env=ENV, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if asked.returncode not in {0, 1}:
        raise Missing(f"the tests of single defects did not run: {asked.stdout[-300:]}")
    return sum(line.startswith("FAILED") for line in asked.stdout.splitlines())


TARGETS = {"T16": twelve_pages, "T17": size_of_tagged, "T18": judged}
