"""Prints the same register as Hallbook does, tagged: our_register.py PAGES OUT."""

import datetime as dt
import sys
from pathlib import Path

from register_rows import HEAD, rows

from app.returns import pdf
from app.returns.filled import Align, Column, FilledReturn, Heading, Orientation, Table, row

filled = FilledReturn(
    id="register",
    title="Register",
    group="Pretend group",
    counted_at=dt.datetime(2026, 11, 3, 21, 10, tzinfo=dt.UTC),
    orientation=Orientation.PORTRAIT,
    blocks=(
        Heading(level=1, text="Register"),
        Table(
            columns=(
                Column(title=HEAD[0], align=Align.RIGHT),
                Column(title=HEAD[1]),
                *(Column(title=day, align=Align.CENTRE) for day in HEAD[2:]),
            ),
            rows=tuple(row(*cells) for cells in rows(int(sys.argv[1]))),
            header_column=1,
        ),
    ),
)
Path(sys.argv[2]).write_bytes(pdf.render(filled).pdf)
