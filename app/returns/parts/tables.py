"""Fill tables and charts: figures by their parts, with how they were counted."""

from collections.abc import Iterable, Sequence
from itertools import chain

from app.figures.breakdowns import breakdown
from app.figures.definition import Unit
from app.figures.evaluate import BrokenDown, Part
from app.returns.counting.beside import Other, other_of, part_or_none
from app.returns.counting.filling import Filling
from app.returns.counting.how import table_notes
from app.returns.counting.merging import LAST
from app.returns.counting.timescale import MOST_BARS, by_year, chart_cut, short_labels
from app.returns.filled import (
    Align,
    Block,
    Cell,
    Chart,
    ChartPoint,
    Column,
    Json,
    Note,
    Row,
    Table,
    Text,
    plain,
    text,
)
from app.returns.language.phrases import Printed
from app.returns.language.report_kinds import Beside, CompareSpec, Order
from app.returns.language.template import ChartSpec, Labelled, TableSpec

_SHARE_MM = 14.0


def table(filling: Filling, spec: TableSpec) -> Sequence[Block]:
    """Return a table of figures by a breakdown; its totals are the figures of the whole."""
    numbers = filling.numbers
    cuts = [numbers.broken_down(name, spec.by) for name in spec.figures]
    other = other_of(filling, spec.beside)
    then = chain.from_iterable(other.lines(one, spec.by) for one in spec.figures) if other else ()
    parts = in_order(filling, spec, cuts, then)
    shown, rest = cut_off(spec, parts)
    rows = [_row(filling, spec, other, key, label) for key, label in shown]
    title = spec.head or cuts[0].breakdown.title
    filled = Table(
        columns=_columns(filling, spec, other, title),
        rows=tuple(rows),
        id=spec.id or f"{'-'.join(spec.figures)}-by-{spec.by}",
        caption=filling.words(spec.caption),
        summary=f"{', '.join(cut.figure.title for cut in cuts)} by {title.lower()}",
        total=_total(filling, spec, other) if spec.total else None,
        notes=(
            *_note(filling, spec),
            *(table_notes(filling, spec, cuts, rest) if spec.how else ()),
            *(
                (text(other.note),)
                if other and any(other.has(one, spec.by) for one in spec.figures)
                else ()
            ),
        ),
        empty_text="Nothing in this period.",
    )
    filling.tables.append(table_json(filling, spec, other, filled, parts))
    return (filled,)


def _note(filling: Filling, spec: TableSpec) -> tuple[Text, ...]:
    return (filling.text(spec.note),) if spec.note.pieces else ()


def in_order(
    filling: Filling,
    spec: TableSpec | CompareSpec,
    cuts: Sequence[BrokenDown],
    then: Iterable[Part] = (),
) -> list[tuple[str, str]]:
    """Return the parts of all the table's figures as (key, label), in the order asked for.

    The largest first by what is printed: where a hidden one stands says nothing of its size. ``then``
    are those of another time: what was there only then comes after the others.
    """
    labels: dict[str, str] = {}
    for cut in cuts:
        labels |= {part.key: part.label for part in cut.parts if part.key not in labels}
    labels |= {part.key: part.label for part in then if part.key not in labels}
    parts = list(labels.items())
    if spec.order is Order.LARGEST:
        seen = {
            part.key: filling.numbers.part(spec.figures[0], spec.by, part).number or 0
            for part in cuts[0].parts
        }
        parts.sort(key=lambda part: (-seen.get(part[0], 0), part[1].casefold()))
    # Stable: what is not last keeps its order.
    return sorted(parts, key=lambda part: LAST.index(part[0]) + 1 if part[0] in LAST else 0)


def cut_off(
    spec: TableSpec | CompareSpec, parts: list[tuple[str, str]]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the rows to print and those left out because a table is to stay short."""
    last = [part for part in parts if part[0] in LAST]
    first = [part for part in parts if part[0] not in LAST]
    if not spec.most or len(first) <= spec.most:
        return parts, []
    return [*first[: spec.most], *last], first[spec.most :]


def _part(cut: BrokenDown, key: str) -> Part | None:
    return next((part for part in cut.parts if part.key == key), None)


def _printed(filling: Filling, spec: TableSpec | CompareSpec, name: str, key: str) -> Printed:
    part = _part(filling.numbers.broken_down(name, spec.by), key)
    if part is None and spec.beside is not Beside.NOTHING:
        return part_or_none(filling.numbers, name, spec.by, key)  # it was there the other time
    return Printed(text="") if part is None else filling.numbers.part(name, spec.by, part)


def _row(filling: Filling, spec: TableSpec, other: Other | None, key: str, label: str) -> Row:
    cells = [Cell(text=label)]
    for name in spec.figures:
        printed = _printed(filling, spec, name, key)
        cells.append(Cell(text=printed.text, muted=printed.hidden, source=printed.source))
        if spec.share:
            cells.append(_share(filling, spec, name, key))
        if other is not None and other.has(name, spec.by):
            cells.append(_beside(other.part(name, spec.by, key, label)))
    return tuple(cells)


def _share(filling: Filling, spec: TableSpec, name: str, key: str) -> Cell:
    part = _part(filling.numbers.broken_down(name, spec.by), key)
    printed = filling.numbers.share(name, spec.by, part) if part else Printed(text="")
    return Cell(text="" if printed.hidden else printed.text, muted=True)


def _beside(printed: Printed | None) -> Cell:
    return Cell(text=printed.text, muted=printed.hidden) if printed else Cell()


def _total(filling: Filling, spec: TableSpec, other: Other | None) -> Row:
    cells = [Cell(text=spec.total_label or "All", bold=True)]
    for name in spec.figures:
        printed = filling.numbers.total(name)
        cells.append(Cell(text=printed.text, bold=True, source=printed.source))
        if spec.share:
            whole = "100%" if printed.number else ""
            overlapping = filling.numbers.broken_down(name, spec.by).overlapping
            cells.append(Cell(text="" if overlapping else whole, muted=True))
        if other is not None and other.has(name, spec.by):
            cells.append(_beside(other.total(name)))
    return tuple(cells)


def _columns(
    filling: Filling, spec: TableSpec, other: Other | None, title: str
) -> tuple[Column, ...]:
    titles = spec.titles or tuple(filling.numbers.figure(name).title for name in spec.figures)
    columns = [Column(title=title, weight=3.0)]
    right = Align.RIGHT
    for name, said in zip(spec.figures, titles, strict=True):
        compared = other if other is not None and other.has(name, spec.by) else None
        group = said if compared and len(titles) > 1 else ""
        columns.append(
            Column(title=other.now_title if group and other else said, align=right, group=group)
        )
        if spec.share:
            columns.append(Column(title="%", align=right, width_mm=_SHARE_MM, group=group))
        if compared:
            columns.append(Column(title=compared.title, align=right, group=group))
    return tuple(columns)


def number_json(name: str, printed: Printed | None) -> dict[str, Json]:
    """Return a number for files; a hidden one is null and says what stands in its place."""
    if printed is None:
        return {}
    if printed.hidden:
        return {name: None, f"{name}_hidden": printed.text}
    return {name: printed.number}


def table_json(
    filling: Filling,
    spec: TableSpec | CompareSpec,
    other: Other | None,
    filled: Table,
    parts: Sequence[tuple[str, str]],
) -> Json:
    """Return every part of a table with the numbers that may be shown, those not printed too."""
    rows: list[Json] = []
    for key, label in parts:
        row: dict[str, Json] = {"key": key, "label": label}
        for name in spec.figures:
            row |= number_json(name, _printed(filling, spec, name, key))
            if other is not None:
                row |= number_json(f"{name}_beside", other.part(name, spec.by, key, label))
        rows.append(row)
    totals: dict[str, Json] = {}
    for name in spec.figures:
        totals |= number_json(name, filling.numbers.total(name))
        if other is not None:
            totals |= number_json(f"{name}_beside", other.total(name))
    return {
        "id": filled.id,
        "by": spec.by,
        "figures": list(spec.figures),
        "columns": [column.title for column in filled.columns],
        "rows": rows,
        "total": totals,
        "overlapping": any(
            filling.numbers.broken_down(name, spec.by).overlapping for name in spec.figures
        ),
        "notes": [plain(note) for note in filled.notes],
    }


# --- charts -----------------------------------------------------------------------------------


def chart(filling: Filling, spec: ChartSpec) -> Sequence[Block]:
    """Return a chart with its numbers on it; a hidden number has no bar and says why."""
    points = _named_points(filling, spec.points) if spec.points else _part_points(filling, spec)
    if spec.merge:  # it stands for a table, and whoever reads the file finds one
        filling.tables.append(_chart_json(filling, spec))
    summary = filling.words(spec.summary) or _summary(filling, spec)
    values = [point.value for point in points]
    if len(points) > 1 and None in values and not any(values):
        # Hatched stubs alone, or among noughts, are no picture of anything.
        return (Note(runs=text(f"{summary}: the numbers are too small to show.")),)
    return (
        Chart(
            kind=spec.draw,
            points=points,
            summary=summary,
            unit=_unit(filling, spec),
            height_mm=spec.height_mm or None,
        ),
    )


def _summary(filling: Filling, spec: ChartSpec) -> str:
    if not spec.figure:
        return "Figures side by side"
    title = filling.numbers.figure(spec.figure).title
    by = breakdown(chart_cut(spec, filling.period))
    return f"{title} by {by.title.lower()}"


def _unit(filling: Filling, spec: ChartSpec) -> str:
    """Return what the numbers of a chart count, where they all count the same."""
    names: list[str] = [spec.figure] if spec.figure else []
    names += [ref.name for point in spec.points for ref in point.value.refs() if not ref.is_fact]
    units = {filling.numbers.figure(name).unit for name in names}
    counted = units & {Unit.PEOPLE, Unit.ATTENDANCES, Unit.SESSIONS, Unit.HOURS}
    return counted.pop().value if len(units) == 1 and counted else ""


def _named_points(filling: Filling, points: Sequence[Labelled]) -> tuple[ChartPoint, ...]:
    made = []
    for place, point in enumerate(points):
        ref = next(point.value.refs(), None)
        printed = filling.printed(ref) if ref else Printed(text=filling.label(point.value))
        made.append(
            ChartPoint(
                label=filling.label(point.label),
                value=printed.number,
                value_text=filling.label(point.value),
                quiet=place == 0,
                source=printed.source,
            )
        )
    return tuple(made)


def _part_points(filling: Filling, spec: ChartSpec) -> tuple[ChartPoint, ...]:
    by = chart_cut(spec, filling.period)
    whole = filling.numbers.broken_down(spec.figure, by)
    parts = _drawn(filling, spec, whole.parts)
    labels = short_labels(by, [part.label for part in parts])
    points = []
    for part, label in zip(parts, labels, strict=True):
        printed = filling.numbers.part(spec.figure, by, part)
        points.append(
            ChartPoint(
                label=label,
                value=printed.number,
                value_text=_on_a_bar(printed),
                source=printed.source,
            )
        )
    if len(points) > MOST_BARS and not whole.overlapping and not whole.figure.is_rate:
        return by_year([part.key for part in parts], points)
    return tuple(points)


def _chart_json(filling: Filling, spec: ChartSpec) -> Json:
    whole = filling.numbers.broken_down(spec.figure, spec.by)
    rows: list[Json] = []
    drawn = _drawn(filling, spec, whole.parts)
    for part in (*drawn, *(one for one in whole.parts if one not in drawn)):
        printed = filling.numbers.part(spec.figure, spec.by, part)
        row: dict[str, Json] = {"key": part.key, "label": part.label}
        row[spec.figure] = None if printed.hidden else printed.number
        if printed.hidden:
            row[f"{spec.figure}_hidden"] = printed.text
        rows.append(row)
    total = filling.numbers.total(spec.figure)
    return {
        "id": f"{spec.figure}-by-{spec.by}",
        "by": spec.by,
        "figures": [spec.figure],
        "columns": [whole.breakdown.title, whole.figure.title],
        "rows": rows,
        "total": {spec.figure: None if total.hidden else total.number},
        "overlapping": whole.overlapping,
        "notes": [],
    }


def _drawn(filling: Filling, spec: ChartSpec, parts: Sequence[Part]) -> list[Part]:
    """Return the parts in the order in which a chart draws them, the last ones only if somebody is there.

    The largest first by what is printed: where a hidden one stands says nothing of its size.
    """
    drawn = list(parts)
    if spec.order is Order.LARGEST:
        by = chart_cut(spec, filling.period)
        seen = {part.key: filling.numbers.part(spec.figure, by, part).number for part in parts}
        drawn.sort(key=lambda part: (-(seen[part.key] or 0), part.label.casefold()))
    if spec.order is Order.LARGEST or spec.merge:
        drawn.sort(key=lambda part: LAST.index(part.key) + 1 if part.key in LAST else 0)
        drawn = [part for part in drawn if part.value or part.key not in LAST]
    return drawn


def _on_a_bar(printed: Printed) -> str:
    """Return a value in the room over a bar: "<5" for few."""
    return printed.text.replace("fewer than ", "<") if printed.hidden else printed.text
