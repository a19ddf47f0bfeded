"""A welfare note as a page for paper, to sign."""

import datetime as dt

from app.domain.periods import long_date
from app.domain.welfare import PARTS, Note
from app.returns.filled import (
    Fact,
    FilledReturn,
    Heading,
    KeepTogether,
    KeyFacts,
    Paragraph,
    ReportHead,
    WriteLine,
    WriteLines,
    text,
)
from app.returns.filled import Note as SmallPrint


def filled(note: Note, group: str, *, now: dt.datetime) -> FilledReturn:
    """Return the page of a note of a group."""
    happened = ", ".join(part for part in (long_date(note.happened_on), note.happened_at) if part)
    said = [
        KeepTogether(blocks=(Heading(text=title), Paragraph(runs=text(value))))
        for name, title in PARTS
        if (value := getattr(note, name))
    ]
    corrects = (f" It corrects note {note.corrects}." if note.corrects else "") + (
        f" Note {note.corrected_by} corrects it." if note.corrected_by else ""
    )
    return FilledReturn(
        id="welfare-note",
        title=f"Welfare note {note.number}",
        group=group,
        counted_at=now.astimezone(),
        foot=(f"Welfare note {note.number}", "Confidential"),
        blocks=(
            ReportHead(kicker="Confidential", title=f"Welfare note {note.number}", show_logo=False),
            KeyFacts(
                facts=(Fact(label="About", text=note.about), Fact(label="When", text=happened))
            ),
            *said,
            SmallPrint(
                runs=text(
                    f"Note {note.number}, written by {note.signed_by} on "
                    f"{long_date(note.written_at.astimezone().date())} at "
                    f"{note.written_at.astimezone():%H:%M}.{corrects} Notes are never changed."
                )
            ),
            WriteLines(lines=((WriteLine(label="Signed", width_mm=110), WriteLine(label="Date")),)),
        ),
    )
