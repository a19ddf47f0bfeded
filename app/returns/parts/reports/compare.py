"""Figures, or their parts, beside those of another time, with the change in words."""

from collections.abc import Sequence
from itertools import chain

from app.returns.counting.beside import Other, change_in_words, other_of, part_or_none
from app.returns.counting.filling import Filling
from app.returns.counting.how import short_period
from app.returns.filled import (
    Align,
    Block,
    Cell,
    Column,
    Heading,
    KeepTogether,
    Row,
    Table,
    Text,
    bold,
    text,
)
from app.returns.language.phrases import Printed
from app.returns.language.report_kinds import CompareSpec
from app.returns.parts.tables import cut_off, in_order, table_json

_SAID = "beside"
"""A table before has told how the other time was counted."""


def compare(filling: Filling, spec: CompareSpec) -> Sequence[Block]:
    """Return a table of figures in both periods; nothing where the book had not begun by then."""
    other = other_of(filling, spec.beside)
    if other is None:
        return ()
    table = _by_parts(filling, spec, other) if spec.by else _wholes(filling, spec, other)
    heading = filling.words(spec.text)
    head = (Heading(text=heading),) if heading else ()
    return (KeepTogether(blocks=(*head, table)),)


def _wholes(filling: Filling, spec: CompareSpec, other: Other) -> Table:
    titles = _titles(filling, spec)
    table = Table(
        columns=(Column(title=spec.head, weight=2.4), *_columns(other, "")),
        rows=tuple(
            (Cell(text=title), *_whole(filling, other, name))
            for name, title in zip(spec.figures, titles, strict=True)
        ),
        id="compared",
        summary=_summary(other),
        notes=(_how(filling, other),),
    )
    columns, rows = [c.title for c in table.columns], [[c.text for c in r] for r in table.rows]
    filling.tables.append({"id": table.id, "columns": list(columns), "rows": list(rows)})
    return table


def _whole(filling: Filling, other: Other, name: str) -> Row:
    now, was = filling.numbers.total(name), other.total(name) or Printed(text="")
    return _cells(now, was, filling.numbers.figure(name).unit)


def _cells(now: Printed, was: Printed, unit: str) -> Row:
    return (
        Cell(text=was.text, muted=was.hidden),
        Cell(text=now.text, bold=not now.hidden, muted=now.hidden, source=now.source),
        Cell(text=change_in_words(now, was, unit)),
    )


def _columns(other: Other, group: str) -> tuple[Column, ...]:
    return (
        Column(title=other.title, align=Align.RIGHT, group=group),
        Column(title=other.now_title, align=Align.RIGHT, group=group),
        Column(title="Change", weight=1.6, group=group),
    )


def _titles(filling: Filling, spec: CompareSpec) -> tuple[str, ...]:
    return spec.titles or tuple(filling.numbers.figure(name).title for name in spec.figures)


def _summary(other: Other) -> str:
    return f"This period beside {short_period(other.period)}" if other.period else other.title


def _how(filling: Filling, other: Other, more: str = "") -> Text:
    said = (
        f"{short_period(filling.period)}. {other.note} "
        "A change is said only of two numbers that are both shown."
    )
    if _SAID in filling.rules_said:
        said = "As above."
    filling.rules_said.add(_SAID)
    return text(bold("How we counted: "), f"{said} {more}".strip())


# --- by parts -----------------------------------------------------------------------------------


def _by_parts(filling: Filling, spec: CompareSpec, other: Other) -> Table:
    """Return a row a part, those that were there only at the other time too."""
    numbers = filling.numbers
    cuts = [numbers.broken_down(name, spec.by) for name in spec.figures]
    then = tuple(chain.from_iterable(other.lines(name, spec.by) for name in spec.figures))
    parts = in_order(filling, spec, cuts, then)
    shown, rest = cut_off(spec, parts)
    titles = _titles(filling, spec)
    head = spec.head or cuts[0].breakdown.title
    overlapping = any(cut.overlapping for cut in cuts)
    groups = titles if len(titles) > 1 else ("",)
    table = Table(
        columns=(
            Column(title=head, weight=2.4),
            *chain.from_iterable(_columns(other, group) for group in groups),
        ),
        rows=tuple(
            (Cell(text=label), *_of_part(filling, spec, other, key)) for key, label in shown
        ),
        id=f"compared-by-{spec.by}",
        summary=f"{', '.join(titles)} by {head.lower()}: {_summary(other)}",
        total=(
            Cell(text="All", bold=True),
            *chain.from_iterable(_whole(filling, other, name) for name in spec.figures),
        ),
        caption=titles[0] if len(titles) == 1 and not spec.text.pieces else "",
        notes=(_how(filling, other, _left_out(len(rest), overlapping)),),
        empty_text="Nothing in either period.",
    )
    filling.tables.append(table_json(filling, spec, other, table, parts))
    return table


def _left_out(many: int, overlapping: bool) -> str:
    """Say how many lines are left out, and that lines may not add up."""
    said = "1 more is not listed." if many == 1 else f"{many:,} more are not listed."
    also = "Somebody can be in more than one line." if overlapping else ""
    return " ".join(part for part in (said if many else "", also) if part)


def _of_part(filling: Filling, spec: CompareSpec, other: Other, key: str) -> Row:
    cells: list[Cell] = []
    for name in spec.figures:
        now = part_or_none(filling.numbers, name, spec.by, key)
        was = other.part(name, spec.by, key) or Printed(text="")
        cells += _cells(now, was, filling.numbers.figure(name).unit)
    return tuple(cells)
