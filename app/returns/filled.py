"""Hold a filled return: everything that will be printed, shown or written out, and nothing else.

A `FilledReturn` is made once, from one snapshot, and never changes. The PDF, the window, the
command line's JSON and the Word and spreadsheet forms all read this same object, so a number
cannot differ between them. Each value can say where it came from (`Source`). app/returns/README.md
shows every block with an example.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from app.domain.ids import ActivityId
from app.domain.periods import Period
from app.returns.charts import Chart, ChartKind, ChartPoint, spoken_value
from app.returns.runs import FilledPlace, Json, Run, Scalar, Source, Text, bold, plain, text
from app.returns.stationery import LetterHead, Notice, Paper, Picture
from app.returns.suggested import Suggestion

# Made in modules of their own; whoever fills a return finds all of it here.
__all__ = ["Chart", "ChartKind", "ChartPoint", "FilledPlace", "Json", "LetterHead", "Notice", "Paper", "Picture", "Run", "Scalar", "Source", "Text", "bold", "plain", "spoken_value", "text"]  # fmt: skip


class Orientation(StrEnum):
    """Which way round the pages are; AUTO turns them when a table's columns need it."""

    AUTO = "auto"
    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Align(StrEnum):
    """Where text stands in its column."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Tick(StrEnum):
    """A tick-box: one to tick with a pen, or one that was ticked."""

    EMPTY = "empty"
    TICKED = "ticked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of level 1 (the document's), 2 or 3; it is in the PDF's outline."""

    text: str = field(repr=False)
    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph in the size of the body, or another; a line feed in a run starts a new line."""

    runs: Text = field(repr=False)
    font_size: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Small, quiet text: "How we counted", "Prepared for …"."""

    runs: Text = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list of points."""

    items: tuple[Text, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BigNumber:
    """One number of the strip: "84", "different people"."""

    value: str
    label: str
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BigNumbers:
    """The strip of two to six large numbers near the top of a report."""

    items: tuple[BigNumber, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: what stands over it, where its cells stand, and how wide it may be.

    `width_mm` fixes the width; otherwise the words decide, and what room is left is shared out by
    `weight`. `group` is a heading over neighbouring columns that have the same one.
    """

    title: str
    align: Align = Align.LEFT
    weight: float = 1.0
    width_mm: float | None = None
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: text, or a tick-box, or nothing (a place to write)."""

    text: str = field(default="", repr=False)
    bold: bool = False
    muted: bool = False
    tick: Tick | None = None
    source: Source | None = None


Row: TypeAlias = tuple[Cell, ...]


def row(*cells: str | Cell) -> Row:
    """Return a table row made of plain texts and cells."""
    return tuple(cell if isinstance(cell, Cell) else Cell(text=cell) for cell in cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table. Its head is repeated on each page; what is wide turns the page or is continued below.

    `header_column` is the column that names each row, read out before its cells. `min_row_mm` is 9
    for sheets that people write on; a row to write in has empty cells. `summary` is heard, not
    seen; `caption` is seen above the table, `notes` ("How we counted") below it.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = field(repr=False)
    id: str = ""
    caption: str = ""
    summary: str = ""
    total: Row | None = None
    notes: tuple[Text, ...] = ()
    header_column: int | None = 0
    font_size: float | None = None
    min_row_mm: float | None = None
    empty_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What somebody said, and who they are, as far as they agreed to."""

    text: str = field(repr=False)
    by: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of key facts: "Charity number", "1234567"."""

    label: str
    text: str = field(repr=False)
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFacts:
    """Facts in two columns, label and text, without lines; in larger letters on a card."""

    facts: tuple[Fact, ...]
    font_size: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """Start a new page, unless this one is still empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacer:
    """Leave some room, in millimetres; none at the top of a page."""

    height_mm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepTogether:
    """Blocks that stay on one page if a page can hold them."""

    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoColumns:
    """Two sets of blocks side by side; `share` is the left one's part of the width."""

    left: "tuple[Block, ...]"
    right: "tuple[Block, ...]"
    share: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetHead:
    """The head of an attendance sheet: activity, when and where, and at the right its code."""

    title: str
    when: str
    details: str = field(default="", repr=False)
    code: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHead:
    """The head of a report: a quiet line, the name, what it is, and the group's logo or initials.

    `is_cover` draws it over a whole page of paper; elsewhere it is a head like any other.
    """

    kicker: str
    title: str
    subtitle: str = ""
    show_logo: bool = True
    is_cover: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteLine:
    """A label and a rule to write on; without a width the rule runs to the edge."""

    label: str
    width_mm: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteLines:
    """Lines to write on at the foot of a sheet: each inner tuple shares one line."""

    lines: tuple[tuple[WriteLine, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyNote:
    """The sentence that tells people what is kept about them and whom to ask."""

    text: str


Block: TypeAlias = (
    Heading
    | Paragraph
    | Note
    | Bullets
    | BigNumbers
    | Chart
    | Table
    | Quote
    | Picture
    | KeyFacts
    | PageBreak
    | Spacer
    | KeepTogether
    | TwoColumns
    | SheetHead
    | ReportHead
    | WriteLines
    | PrivacyNote
    | LetterHead
    | Notice
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledReturn:
    """A return with everything filled in, ready for paper or screen.

    `counted_at` is the moment of the snapshot, given by who took it; the PDF bears it as its date,
    so the same return always gives the same bytes. `foot` replaces the usual foot of a page (group,
    period, disclosure, moment). `figures`, `tables` and `answers` are for the command line's JSON.
    """

    id: str
    title: str
    group: str
    counted_at: datetime
    blocks: tuple[Block, ...]
    period: str = ""
    disclosure: str = "internal"
    disclosure_text: str = ""
    author: str = ""
    language: str = "en-GB"
    subject: str = ""
    orientation: Orientation = Orientation.AUTO
    paper: Paper = Paper.A4
    pretend: bool = False
    accent: str = "#17695A"
    logo: bytes | None = field(default=None, repr=False)
    foot: tuple[str, ...] = ()
    figures: Mapping[str, Json] = field(default_factory=dict, repr=False)
    tables: tuple[Json, ...] = field(default=(), repr=False)
    answers: Mapping[str, Json] = field(default_factory=dict, repr=False)
    warnings: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    """What could be added together so that fewer numbers are hidden; among the warnings in words."""
    days: Period | None = None
    """The days that were counted, and the activity, where it was only one."""
    activity_id: ActivityId | None = None
    places: Mapping[str, FilledPlace] = field(default_factory=dict, repr=False)
    """What each place in the answers prints, by how it is typed: "{people}"."""

    def walk(self) -> Iterator[Block]:
        """Yield every block in reading order, those inside others too."""
        yield from _walk(self.blocks)

    def as_json(self, *, pages: int | None) -> dict[str, Json]:
        """Return what `hallbook return --json` prints; `pages` is None where nothing was printed."""
        tables: Sequence[Json] = self.tables or tuple(
            table_json(block) for block in self.walk() if isinstance(block, Table)
        )
        return {
            "id": self.id,
            "figures": dict(self.figures),
            "tables": list(tables),
            "answers": dict(self.answers),
            "warnings": list(self.warnings),
            "disclosure": self.disclosure,
            "pages": pages,
        }


def _walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, KeepTogether):
            yield from _walk(block.blocks)
        elif isinstance(block, TwoColumns):
            yield from _walk(block.left)
            yield from _walk(block.right)


def table_json(table: Table) -> dict[str, Json]:
    """Return a table as it is printed: its columns and the texts of its rows."""
    rows = (*table.rows, *((table.total,) if table.total else ()))
    return {
        "id": table.id,
        "caption": table.caption,
        "columns": [column.title for column in table.columns],
        "rows": [[_cell_text(cell) for cell in cells] for cells in rows],
        "notes": [plain(note) for note in table.notes],
    }


def _cell_text(cell: Cell) -> str:
    return cell.text if cell.tick is None else {"ticked": "✓", "empty": "☐"}[cell.tick]
