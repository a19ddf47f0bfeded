"""Prints the same report as its peers do, tagged: our_report.py OUT."""

import datetime as dt
import sys
from pathlib import Path

from report_parts import CHAPTERS, HEAD, MONTHS, bars, has_chart, paragraphs, rows

from app.returns import pdf
from app.returns.filled import (
    Align,
    Block,
    Chart,
    ChartKind,
    ChartPoint,
    Column,
    FilledReturn,
    Heading,
    PageBreak,
    Paragraph,
    Table,
    row,
    text,
)


def chart(chapter: int) -> Chart:
    """Return the chart of a chapter."""
    points = zip(MONTHS, bars(chapter), strict=True)
    return Chart(
        kind=ChartKind.BARS,
        summary=f"Attendances by month, {chapter}",
        unit="attendances",
        points=tuple(ChartPoint(label=month, value=number) for month, number in points),
    )


def _table(chapter: int) -> Table:
    numbers = (Column(title=title, align=Align.RIGHT) for title in HEAD[1:])
    return Table(
        columns=(Column(title=HEAD[0]), *numbers),
        rows=tuple(row(*cells) for cells in rows(chapter)),
        header_column=0,
    )


def _chapter(chapter: int) -> tuple[Block, ...]:
    return (
        *((PageBreak(),) if chapter > 1 else ()),
        Heading(level=1, text=f"Chapter {chapter}"),
        *(Paragraph(runs=text(words)) for words in paragraphs(chapter)),
        chart(chapter) if has_chart(chapter) else _table(chapter),
    )


def main() -> None:
    """Print it."""
    filled = FilledReturn(
        id="report",
        title="Report",
        group="Pretend group",
        counted_at=dt.datetime(2026, 11, 3, 21, 10, tzinfo=dt.UTC),
        blocks=tuple(block for n in range(1, CHAPTERS + 1) for block in _chapter(n)),
    )
    made = pdf.render(filled)
    if made.pages != CHAPTERS:
        sys.exit(f"{made.pages} pages instead of {CHAPTERS}")
    Path(sys.argv[1]).write_bytes(made.pdf)


if __name__ == "__main__":
    main()
