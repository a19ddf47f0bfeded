"""A sample of every kind of block, each with words that must come out of every form."""

import io
from typing import get_args

from PIL import Image

from app.returns import filled as m

SOURCE = m.Source(figure="people", title="People", definition="Different people", value=84)


def jpeg():
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "#17695A").save(out, "JPEG")
    return out.getvalue()


def png():
    out = io.BytesIO()
    Image.new("RGBA", (120, 60), "#C98A2B").save(out, "PNG")
    return out.getvalue()


def chart(kind=m.ChartKind.BARS):
    return m.Chart(
        kind=kind,
        summary="Attendances by month",
        unit="attendances",
        points=(
            m.ChartPoint(label="Nov", value=1096),
            m.ChartPoint(label="Dec", value=None, value_text="fewer than 5"),
        ),
    )


def table():
    return m.Table(
        columns=(
            m.Column(title="Fund"),
            m.Column(title="Received", align=m.Align.RIGHT, group="This year"),
            m.Column(title="Left", align=m.Align.RIGHT, group="This year"),
            m.Column(title="Here", align=m.Align.CENTRE),
        ),
        rows=(
            m.row("Town Council", "£1,364.50", m.Cell(text="−£12.00", muted=True),
                  m.Cell(tick=m.Tick.TICKED)),
            m.row("2026", "fewer than 5", "68%", m.Cell(tick=m.Tick.EMPTY)),
        ),
        total=m.row("All funds", "£3,364.00", "1,193", ""),
        caption="Money by fund",
        notes=(m.text("Money counts on the day it moved."),),
        id="funds",
    )  # fmt: skip


SAMPLES = {
    m.Heading: (m.Heading(text="A hundred a month"), ["A hundred a month"]),
    m.Paragraph: (
        m.Paragraph(runs=m.text("Of ", m.bold("38", SOURCE), " people\nmost stayed")),
        ["Of 38 people", "most stayed"],
    ),
    m.Note: (m.Note(runs=m.text("How it was counted")), ["How it was counted"]),
    m.Bullets: (
        m.Bullets(items=(m.text("Hall closed"), m.text("Weather"))),
        ["Hall closed", "Weather"],
    ),
    m.BigNumbers: (
        m.BigNumbers(items=(m.BigNumber(value="1,284", label="different people", source=SOURCE),
                            m.BigNumber(value="fewer than 5", label="carers"))),
        ["different people", "fewer than 5", "carers"],
    ),
    m.Chart: (chart(), ["Attendances by month", "Nov", "Dec", "fewer than 5"]),
    m.Table: (
        table(),
        ["Money by fund", "Fund", "Received", "This year", "Town Council", "2026", "fewer than 5",
         "All funds", "✓", "☐", "Money counts on the day it moved."],
    ),
    m.Quote: (m.Quote(text="I sleep better", by="A member, 72"), ["I sleep better", "A member, 72"]),
    m.Picture: (m.Picture(content=jpeg(), alt="Receipt of 3 March"), ["Receipt of 3 March"]),
    m.KeyFacts: (
        m.KeyFacts(facts=(m.Fact(label="Turned away", text="7", source=SOURCE),
                          m.Fact(label="Where", text="Methodist hall"))),
        ["Turned away", "Where", "Methodist hall"],
    ),
    m.PageBreak: (m.PageBreak(), []),
    m.Spacer: (m.Spacer(height_mm=4), []),
    m.KeepTogether: (m.KeepTogether(blocks=(m.Heading(text="Held together"),)), ["Held together"]),
    m.TwoColumns: (
        m.TwoColumns(left=(m.Heading(text="On the left"),), right=(m.Note(runs=m.text("right")),)),
        ["On the left", "right"],
    ),
    m.SheetHead: (
        m.SheetHead(title="Gentle Movement", when="Tue 3 Nov", details="Hall", code="GM-031126",
                    sheet="sheet 1 of 2"),
        ["Gentle Movement", "Tue 3 Nov", "Hall", "GM-031126", "sheet 1 of 2"],
    ),
    m.ReportHead: (
        m.ReportHead(kicker="Impact report", title="Tuesday Movers", subtitle="Company"),
        ["Impact report", "Tuesday Movers", "Company"],
    ),
    m.WriteLines: (
        m.WriteLines(lines=((m.WriteLine(label="Signed"), m.WriteLine(label="Date")),)),
        ["Signed", "Date"],
    ),
    m.PrivacyNote: (m.PrivacyNote(text="Ask Siân what is kept"), ["Ask Siân what is kept"]),
    m.LetterHead: (
        m.LetterHead(sender=("Tuesday Movers", "Hockliffe Road"), to=("Dr A", "The Surgery"),
                     date="3 November 2026", references=("Our reference 12",), greeting="Dear Dr A",
                     subject="Your referral"),
        ["Tuesday Movers", "Hockliffe Road", "The Surgery", "3 November 2026", "Our reference 12",
         "Dear Dr A", "Your referral"],
    ),
    m.Notice: (m.Notice(text="We can take 4 more", detail="Said on Monday"),
               ["We can take 4 more", "Said on Monday"]),
}  # fmt: skip
"""Kind of block -> one of it, and the words that any reader must find."""

KINDS = get_args(m.Block)
