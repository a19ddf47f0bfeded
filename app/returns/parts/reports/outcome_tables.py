"""What people reported, before and after: matched pairs only, and never a word of what caused it."""

from collections.abc import Sequence

from app.domain.measures import Better, Scale
from app.figures.measures import scales
from app.figures.wellby import SCALE, Wellby, wellby
from app.returns.counting.filling import Filling
from app.returns.counting.how import short_period
from app.returns.counting.numbers import TOO_FEW
from app.returns.filled import (
    Align,
    Block,
    Cell,
    Column,
    Heading,
    KeepTogether,
    Note,
    Table,
    Text,
    bold,
    text,
)
from app.returns.language.page_kinds import OutcomeBandsSpec, OutcomesSpec
from app.returns.language.phrases import Printed

_NOTHING = (
    "No questionnaire was answered twice in this period, 28 days or more apart, so nothing is said."
)


def outcomes(filling: Filling, spec: OutcomesSpec) -> Sequence[Block]:
    """Return a row for each scale that somebody answered twice, and what such a table can say."""
    built = _outcomes(filling, spec)
    if not spec.text.pieces:
        return built
    there = any(isinstance(block, Table) for block in built)
    heading = Heading(text=filling.words(spec.text))
    return (KeepTogether(blocks=(heading, *built)),) if there else ()


def _outcomes(filling: Filling, spec: OutcomesSpec) -> Sequence[Block]:
    known = scales(filling.register)
    found = [(name, known[name][1]) for name in spec.scales if _asked_twice(filling, name)]
    if not found:
        return (Note(runs=text(_NOTHING)),)
    few = [scale.title for name, scale in found if _too_few(filling, name)]
    found = [(name, scale) for name, scale in found if not _too_few(filling, name)]
    if not found:
        return (Note(runs=text(_of_few(few))),)
    table = Table(
        columns=(
            Column(title="What was asked", weight=3.0),
            Column(title="People", align=Align.RIGHT),
            Column(title="Before", align=Align.RIGHT),
            Column(title="After", align=Align.RIGHT),
            Column(title="Change (95% interval)", align=Align.RIGHT, weight=1.8),
            Column(title="Better", align=Align.RIGHT),
            Column(title="Same", align=Align.RIGHT),
            Column(title="Worse", align=Align.RIGHT),
        ),
        rows=tuple(_row(filling, name, scale) for name, scale in found),
        id="outcomes",
        summary="What people reported at first and later",
        notes=(_how(filling), *((text(_of_few(few)),) if few else ()), *_valued(filling, spec)),
    )
    return (table,)


def _valued(filling: Filling, spec: OutcomesSpec) -> tuple[Text, ...]:
    """Return what is said of the WELLBY: nothing, unless the group has switched it on."""
    if SCALE not in spec.scales or not filling.settings.wellby:
        return ()
    found = wellby(filling.register, filling.settings, filling.numbers.scope)
    said = found.words_with(_asked(filling, found)) if found else ""
    return (text(bold("A value of wellbeing: "), said),) if found else ()


def _asked(filling: Filling, found: Wellby) -> str:
    """Return how many were asked twice, and of how many: never so that the others are told to be few."""
    mode, asked = filling.numbers.mode, filling.numbers.total(f"{SCALE}_pairs")
    if asked.hidden:
        return "some of the people who could have been asked twice were"
    if mode.hides(found.could - found.pairs):
        return f"{asked.text} people were asked twice, and a few who could have been were not"
    return (
        f"{asked.text} of {mode.rounded(found.could):,} people who could have been asked twice were"
    )


def outcome_bands(filling: Filling, spec: OutcomeBandsSpec) -> Sequence[Block]:
    """Return a table of bands for each scale that somebody answered twice."""
    known = scales(filling.register)
    return tuple(
        _bands(filling, name, known[name][1]) for name in spec.scales if _asked_twice(filling, name)
    )


def _asked_twice(filling: Filling, name: str) -> bool:
    return bool(filling.numbers.totals[f"{name}_pairs"].value)


def _too_few(filling: Filling, name: str) -> bool:
    return filling.numbers.total(f"{name}_before").hidden


def _of_few(titles: Sequence[str]) -> str:
    return f"Fewer than 8 people answered twice, {TOO_FEW}: {'; '.join(titles)}."


def _row(filling: Filling, name: str, scale: Scale) -> tuple[Cell, ...]:
    def said(kind: str) -> Printed:
        return filling.numbers.total(f"{name}_{kind}")

    lower = scale.better is Better.LOWER
    asked = Cell(text=f"{scale.title}, {'lower' if lower else 'higher'} is better")
    return (
        asked,
        _cell(said("pairs")),
        _cell(said("before")),
        _cell(said("after")),
        _change(said("change"), said("change_low"), said("change_high")),
        *(_cell(said(kind)) for kind in ("improved", "same", "worse")),
    )


def _cell(printed: Printed) -> Cell:
    return Cell(text=printed.text, muted=printed.hidden, source=printed.source)


def _change(mean: Printed, low: Printed, high: Printed) -> Cell:
    """Return the change with its sign, and between what it may lie."""
    if mean.hidden or mean.number is None:
        return _cell(mean)
    between = ""
    if low.number is not None and high.number is not None:
        between = f" ({_signed(low.number)} to {_signed(high.number)})"
    return Cell(text=f"{_signed(mean.number)}{between}", bold=True, source=mean.source)


def _signed(value: float) -> str:
    said = f"{abs(value):,.1f}"
    if said == "0.0":
        return said
    return f"{'+' if value > 0 else '−'}{said}"


def _how(filling: Filling) -> Text:
    return text(
        bold("How we counted: "),
        f"{short_period(filling.period)}. People who answered twice: their first answer ever, and "
        "their last one in the period, 28 or more days later. Better, same and worse are counted by "
        "the measure’s own rule. This is what people reported. There was no comparison group, so it "
        "does not say what caused it.",
    )


def _bands(filling: Filling, name: str, scale: Scale) -> Table:
    numbers = filling.numbers
    before = {part.key: part for part in numbers.broken_down(f"{name}_band_before", "band").parts}
    after = {part.key: part for part in numbers.broken_down(f"{name}_band_after", "band").parts}
    rows = []
    for band in scale.bands:
        cells = [Cell(text=band.label)]
        for kind, parts in (("band_before", before), ("band_after", after)):
            part = parts.get(band.key)
            cells.append(
                _cell(numbers.part(f"{name}_{kind}", "band", part)) if part else Cell(text="0")
            )
        rows.append(tuple(cells))
    pairs = numbers.total(f"{name}_pairs")
    total = Cell(text=pairs.text, bold=True, source=pairs.source)
    return Table(
        columns=(
            Column(title=scale.title, weight=3.0),
            Column(title="At first", align=Align.RIGHT),
            Column(title="Later", align=Align.RIGHT),
        ),
        rows=tuple(rows),
        total=(Cell(text="All asked twice", bold=True), total, total),
        id=f"bands-{name}",
        summary=f"{scale.title}: people by answer, at first and later",
    )
