"""Filled returns for tests: an attendance sheet and an impact report like the ones groups print."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.returns.filled import (
    Align,
    BigNumber,
    BigNumbers,
    Block,
    Cell,
    Chart,
    ChartKind,
    ChartPoint,
    Column,
    FilledReturn,
    Heading,
    Note,
    Paragraph,
    PrivacyNote,
    Quote,
    ReportHead,
    Row,
    SheetHead,
    Source,
    Table,
    Tick,
    TwoColumns,
    WriteLine,
    WriteLines,
    bold,
    row,
    text,
)

COUNTED = datetime(2026, 11, 3, 21, 10)  # noqa: DTZ001 - the group's own clock, as printed

NAMES = (
    "Begum, Shaheda",
    "Brontë, Zoë",
    "Hussain, Maryam",
    "Kaur, Gurpreet",
    "Khan, Muhammad Ali",
    "Nguyễn, Thị Hoa",
    "O’Connor, Siân",
    "Okafor, Ngozi",
    "Patel, Hasmukh",
    "Shah, Priya",
    "Wiśniewski, Łukasz",
)
MONTHS = ("Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct")
ATTENDANCES = (96, 61, 88, 102, 117, 109, 121, 118, 97, 54, 104, 126)
REFERRALS = (
    ("Sent to us", 38),
    ("Answered", 37),
    ("Came once", 26),
    ("Came four times", 21),
    ("Still here at 12 weeks", 15),
)


def filled(*blocks: Block, **changes: Any) -> FilledReturn:
    """Return a small filled return of `blocks`."""
    values: dict[str, Any] = {
        "id": "test",
        "title": "Test return",
        "group": "Tuesday Movers",
        "period": "1 Nov 2025 to 31 Oct 2026",
        "disclosure": "internal",
        "disclosure_text": "exact numbers",
        "counted_at": COUNTED,
        "blocks": blocks,
    }
    return FilledReturn(**(values | changes))


def sheet_row(number: int, name: str, *, tick: Tick = Tick.EMPTY) -> Row:
    """Return one row of an attendance sheet."""
    return row(Cell(text=str(number), muted=True), Cell(tick=tick), name, "", "")


def sheet_table(names: Sequence[str], *, blank: int = 6) -> Table:
    """Return the table of an attendance sheet: names in order, then rows to write in."""
    rows = [sheet_row(number, name) for number, name in enumerate(names, start=1)]
    rows += [sheet_row(len(names) + 1 + at, "") for at in range(blank)]
    return Table(
        id="people",
        columns=(
            Column(title="Row", align=Align.RIGHT, width_mm=11),
            Column(title="Here", width_mm=12.3),
            Column(title="Name", weight=4),
            Column(title="Initials", weight=0, width_mm=38),
            Column(title="Subs £", weight=0, width_mm=25),
        ),
        rows=tuple(rows),
        header_column=2,
        font_size=11,
        min_row_mm=9,
        summary="People expected, in the order they are entered; tick who is here",
    )


def attendance_sheet(names: Sequence[str] = NAMES, **changes: Any) -> FilledReturn:
    """Return a sign-in sheet like the one on the hall table."""
    blocks = (
        SheetHead(
            title="Gentle Movement",
            when="Tuesday 3 November 2026",
            details="7.00–8.30 pm · Methodist hall · leader Priya",
            code="GM-0311",
            sheet="sheet 1 of 1",
        ),
        sheet_table(names),
        WriteLines(
            lines=(
                (
                    WriteLine(label="Guests not named:", width_mm=9),
                    WriteLine(label="Volunteers and hours:", width_mm=31),
                ),
                (WriteLine(label="Notes:"),),
            )
        ),
        PrivacyNote(
            text="We keep your name and visits to run the group and tell funders how many came. "
            "Ask to see or remove what we hold: 07700 900123."
        ),
    )
    values: dict[str, Any] = {
        "id": "attendance-sheet",
        "title": "Gentle Movement, Tuesday 3 November 2026",
        "foot": ("Tuesday Movers", "printed 3 Nov 2026, 16:20", "enter in this order"),
    }
    return filled(*blocks, **(values | changes))


def big_numbers() -> BigNumbers:
    """Return the strip of four numbers."""
    people = Source(
        figure="people",
        version=1,
        definition="Different people marked present at one or more sessions in the period.",
        value=84,
        rows=84,
    )
    return BigNumbers(
        items=(
            BigNumber(value="84", label="different people", source=people),
            BigNumber(value="1,193", label="attendances at 61 sessions"),
            BigNumber(value="38", label="people sent to us"),
            BigNumber(value="£2.64", label="an attendance"),
        )
    )


def months_chart(values: Sequence[float | None] = ATTENDANCES, **changes: Any) -> Chart:
    """Return attendances by month as bars."""
    points = tuple(
        ChartPoint(label=month, value=value, value_text="fewer than 5" if value is None else "")
        for month, value in zip(MONTHS, values, strict=False)
    )
    made: dict[str, Any] = {
        "kind": ChartKind.BARS,
        "points": points,
        "summary": "Attendances by month, November 2025 to October 2026",
        "unit": "attendances",
    }
    return Chart(**(made | changes))


def funnel() -> Chart:
    """Return what became of the people sent to the group."""
    return Chart(
        kind=ChartKind.FUNNEL,
        points=tuple(
            ChartPoint(label=label, value=value, quiet=index == 0)
            for index, (label, value) in enumerate(REFERRALS)
        ),
        summary="From being sent to us to still coming",
        unit="people",
    )


def money_table() -> Table:
    """Return the funds of a year."""
    numbers = [
        Column(title=title, align=Align.RIGHT)
        for title in ("Brought forward", "Received", "Spent", "Left")
    ]
    return Table(
        id="funds",
        columns=(Column(title="Fund", weight=5), *numbers),
        rows=(
            row("Town Council general grant (restricted)", "£0.00", "£200.00", "£163.60", "£36.40"),
            row("Community Trust (restricted)", "£0.00", "£1,500.00", "£510.00", "£990.00"),
            row(
                "Subs, donations and our own money",
                "£1,188.44",
                "£1,664.00",
                "£2,476.24",
                "£376.20",
            ),
        ),
        total=row("All funds", "£1,188.44", "£3,364.00", "£3,149.84", "£1,402.60"),
        summary="Each fund with what came in, what was spent and what is left",
        notes=(text("Cash basis: money counts on the day it was received or paid."),),
    )


def feelings_table() -> Table:
    """Return a small before-and-after table."""
    return Table(
        id="feelings",
        columns=(
            Column(title="", weight=3),
            Column(title="Start", align=Align.RIGHT),
            Column(title="12 weeks", align=Align.RIGHT),
            Column(title="Change", align=Align.RIGHT),
        ),
        rows=(
            row("Life satisfaction, 0–10", "5.4", "6.6", Cell(text="+1.2", bold=True)),
            row("Often or always lonely", "9 of 22", "5 of 22", Cell(text="4 fewer", bold=True)),
        ),
        notes=(
            text(
                "22 people answered both times; 95 % interval for life satisfaction +0.5 to +1.9. "
                "There was no comparison group, so we say what people reported, not what we caused."
            ),
        ),
    )


def impact_report(**changes: Any) -> FilledReturn:
    """Return a report that could be handed to a mayor."""
    blocks: tuple[Block, ...] = (
        ReportHead(
            kicker="Impact report · 1 November 2025 to 31 October 2026",
            title="Tuesday Movers",
            subtitle="Gentle movement, walking and company in Leighton Buzzard and Linslade",
        ),
        big_numbers(),
        Heading(text="A hundred a month, and growing after the summer"),
        months_chart(),
        Note(
            runs=text(
                "Attendances by month, named people and 41 guests together. Ten sessions "
                "cancelled: hall closed (6), no volunteers (4)."
            )
        ),
        TwoColumns(
            left=(
                Heading(text="People sent to us stay"),
                funnel(),
                Note(
                    runs=text(
                        "Of 38 referrals received; 26 of 38 came (68 %). Half came within 12 days."
                    )
                ),
            ),
            right=(Heading(text="How people say they feel"), feelings_table()),
        ),
        Quote(
            text="I came because the surgery sent me. I stayed because somebody saved me a chair.",
            by="A member, used with her consent",
        ),
        Heading(text="What it cost, and who paid"),
        money_table(),
        Paragraph(
            runs=text(
                bold("Carried without funding:"),
                " 27 of the 38 people sent to us came with no money: 402 attendances at £2.64, "
                "£1,061 of our own.",
            )
        ),
    )
    values: dict[str, Any] = {
        "id": "impact-report",
        "title": "Tuesday Movers: impact report, 1 November 2025 to 31 October 2026",
        "disclosure": "funder",
        "disclosure_text": "numbers under 5 hidden except where the reader is the funder",
        "figures": {"people": {"value": 84, "unit": "people"}},
    }
    return filled(*blocks, **(values | changes))
