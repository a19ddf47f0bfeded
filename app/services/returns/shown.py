"""A part of a return for the screen: its words and tables, each number with where it came from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.disclosure import NOT_SHOWN, Disclosure
from app.returns.clothes.plain import answer_text, count_text, plain_text
from app.returns.counting.numbers import PERHAPS_SOME, SOME
from app.returns.counting.shares import is_bound
from app.returns.counting.small_numbers import RULES
from app.returns.filled import (
    BigNumbers,
    Block,
    Bullets,
    Cell,
    Chart,
    FilledReturn,
    Heading,
    KeepTogether,
    KeyFacts,
    Note,
    Paragraph,
    Quote,
    Run,
    Source,
    Table,
    TwoColumns,
    plain,
)
from app.returns.suggested import Suggestion

__all__ = [
    "HiddenNumber",
    "Line",
    "LineKind",
    "Said",
    "Source",
    "Suggestion",
    "answer_text",
    "count_text",
    "hidden_numbers",
    "lines",
    "merge_suggestions",
    "plain_text",
]  # fmt: skip


class LineKind(StrEnum):
    """What a line of a part is."""

    WORDS = "words"
    NOTE = "note"
    BULLET = "bullet"
    QUOTE = "quote"
    TITLE = "title"
    """The name of a table or a chart."""
    HEADS = "heads"
    """The heads of a table's columns."""
    ROW = "row"
    TOTAL = "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Some words, or a number with where it came from."""

    text: str = field(repr=False)
    source: Source | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a part: one cell for words, one for each column in a table."""

    kind: LineKind
    cells: tuple[tuple[Said, ...], ...]


def lines(blocks: Iterable[Block]) -> tuple[Line, ...]:
    """Return the lines of some blocks in reading order; a chart is a table of its points."""
    return tuple(line for block in blocks for line in _lines(block))


def _lines(block: Block) -> Iterator[Line]:  # noqa: C901, PLR0912 - one case for each block
    match block:
        case Paragraph() | Note():
            kind = LineKind.NOTE if isinstance(block, Note) else LineKind.WORDS
            yield Line(kind=kind, cells=(_runs(block.runs),))
        case Heading():
            yield _words(LineKind.TITLE, block.text)
        case Bullets():
            for item in block.items:
                yield Line(kind=LineKind.BULLET, cells=(_runs(item),))
        case Quote():
            yield _words(LineKind.QUOTE, f"“{block.text.strip(' “”')}” {block.by}".strip())
        case BigNumbers():
            for one in block.items:
                yield _pair(one.label, one.value, one.source)
        case KeyFacts():
            for fact in block.facts:
                yield _pair(fact.label, fact.text, fact.source)
        case Chart():
            yield _words(LineKind.TITLE, block.summary)
            for point in block.points:
                yield _pair(point.label, point.value_text or _number(point.value), point.source)
        case Table():
            yield from _table(block)
        case KeepTogether():
            yield from lines(block.blocks)
        case TwoColumns():
            yield from lines((*block.left, *block.right))
        case _:
            return


def _runs(runs: Iterable[Run]) -> tuple[Said, ...]:
    return tuple(Said(text=run.text, source=run.source, bold=run.bold) for run in runs)


def _words(kind: LineKind, text: str) -> Line:
    return Line(kind=kind, cells=((Said(text=text),),))


def _pair(label: str, value: str, source: Source | None) -> Line:
    return Line(kind=LineKind.ROW, cells=((Said(text=label),), (Said(text=value, source=source),)))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _table(table: Table) -> Iterator[Line]:
    if table.caption:
        yield _words(LineKind.TITLE, table.caption)
    heads = tuple((Said(text=column.title),) for column in table.columns)
    if any(cell[0].text for cell in heads):
        yield Line(kind=LineKind.HEADS, cells=heads)
    for row in table.rows:
        yield Line(kind=LineKind.ROW, cells=tuple(_cell(cell) for cell in row))
    if not table.rows and table.empty_text:
        yield _words(LineKind.NOTE, table.empty_text)
    if table.total:
        yield Line(kind=LineKind.TOTAL, cells=tuple(_cell(cell) for cell in table.total))
    for note in table.notes:
        yield _words(LineKind.NOTE, plain(note))


def _cell(cell: Cell) -> tuple[Said, ...]:
    if cell.tick is not None:
        return (Said(text="yes" if cell.tick.value == "ticked" else "no"),)
    return (Said(text=cell.text, source=cell.source, bold=cell.bold),)


# --- what is hidden -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenNumber:
    """A number that is not printed, what stands in its place, and why."""

    title: str
    text: str
    why: str
    source: Source


def hidden_numbers(filled: FilledReturn) -> tuple[HiddenNumber, ...]:
    """Return the numbers of a return that are hidden, each once, in reading order, with the reason."""
    mode = Disclosure(filled.disclosure)
    if mode is Disclosure.INTERNAL:
        return ()
    found: dict[tuple[str, str, str], HiddenNumber] = {}
    for said in _numbers(filled):
        source = said.source
        if source is None or not is_hidden(said.text, mode):
            continue
        small = said.text.strip().lower() == mode.small.lower()
        found.setdefault(
            (source.figure, source.by, source.part),
            HiddenNumber(
                title=source.title, text=said.text, why=_why(mode, small=small), source=source
            ),
        )
    return tuple(found.values())


def merge_suggestions(filled: FilledReturn) -> tuple[Suggestion, ...]:
    """Return what could be added together so that fewer numbers are hidden, the most useful first."""
    return filled.suggestions


def _numbers(filled: FilledReturn) -> Iterator[Said]:
    for line in lines(filled.blocks):
        for cell in line.cells:
            yield from cell
    for place in filled.places.values():
        yield Said(text=place.text, source=place.source)


def is_hidden(text: str, mode: Disclosure) -> bool:
    """Say whether what is printed stands in the place of a number that is not."""
    said = text.strip().lower()
    return (
        said in {mode.small.lower(), SOME, PERHAPS_SOME}
        or is_bound(said)
        # Over a bar there is room for "<5" only; "not shown of 40" is a share and its base.
        or said.startswith(("fewer than ", "<", NOT_SHOWN))
    )


def _why(mode: Disclosure, *, small: bool) -> str:
    if small:
        return RULES[mode]
    return "With it, a small number beside it could be worked out."
