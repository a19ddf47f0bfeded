"""Say how the numbers were counted: under each table, and once for the whole return."""

import datetime as dt
from collections.abc import Sequence

from app.domain.disclosure import Disclosure
from app.domain.periods import Period, long_date
from app.figures.definition import Figure, Subject
from app.figures.evaluate import BrokenDown
from app.returns.counting.filling import Filling
from app.returns.counting.numbers import TOO_FEW, printed_figures
from app.returns.counting.small_numbers import RULES
from app.returns.filled import Align, Block, Cell, Column, Heading, Note, Table, Text, bold, text
from app.returns.language.template import TableSpec

_MISSING = {
    "not_asked": "not asked of",
    "not_known": "not known well enough for",
    "": "not recorded for",
}
_HOW_SIZE = 8.4
_HIDING = "hiding"
_RATES = (
    "A mean or percentage is given only where 8 or more stand behind it, and a percentage as “at "
    "least” or “at most” where it would give a small number away."
)

DISCLOSURE_TEXTS = {
    Disclosure.INTERNAL: "exact numbers, for use inside the group",
    Disclosure.FUNDER: "numbers under 5 hidden",
    Disclosure.NHS: "numbers under 8 hidden, others rounded to 5",
    Disclosure.PUBLIC: "numbers under 10 hidden",
}
"""What the foot of each page says of hidden numbers."""


def short_period(period: Period) -> str:
    """Return a period in few words: 1 Nov 2025 to 31 Oct 2026."""
    return f"{_short(period.first)} to {_short(period.last)}"


def _short(day: dt.date) -> str:
    number, month, year = long_date(day).split()
    return f"{number} {month[:3]} {year}"


# --- under a table ----------------------------------------------------------------------------


def table_notes(
    filling: Filling,
    spec: TableSpec,
    cuts: Sequence[BrokenDown],
    left_out: Sequence[tuple[str, str]],
) -> tuple[Text, ...]:
    """Return the note under a table: period, rule, who is missing, guests, overlaps, what is hidden."""
    sentences = (
        f"{short_period(filling.period)}.",
        *_rules(filling, spec, cuts),
        _missing(filling, cuts[0], spec),
        _guests(filling, cuts),
        _overlap(filling, cuts),
        _left_out(left_out),
        _hidden(filling, spec, cuts),
    )
    said = " ".join(sentence for sentence in sentences if sentence)
    return (text(bold("How we counted: "), said),)


def _rules(filling: Filling, spec: TableSpec, cuts: Sequence[BrokenDown]) -> list[str]:
    """Return the rule of each column in a sentence, or that it is as said before; a rate's base."""
    titles = spec.titles or tuple(cut.figure.title for cut in cuts)
    said, before = [], []
    for cut, title in zip(cuts, titles, strict=True):
        name = f"{title}: " if len(cuts) > 1 else ""
        if cut.figure.is_rate:
            said += _base(filling, cut.figure, title)
        elif cut.figure.id in filling.rules_said:
            before.append(title.lower())
        else:
            filling.rules_said.add(cut.figure.id)
            said.append(_first_sentence(cut.figure, after=name))
    if before:
        said.append(f"{_and(before).capitalize()} as above.")
    return said


def _first_sentence(figure: Figure, *, after: str) -> str:
    """Return a figure's rule in one sentence; the whole definition stands at the end."""
    first = f"{figure.definition.split('. ')[0].rstrip('.')}."
    return f"{after}{first[:1].lower()}{first[1:]}" if after else first


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _base(filling: Filling, figure: Figure, title: str) -> list[str]:
    """Return what a rate is of: a rate is always shown with its base, and is of nothing without."""
    whole = filling.numbers.totals[figure.id]
    return [f"{title}: over {whole.base}."] if whole.base and whole.n else []


def _missing(filling: Filling, cut: BrokenDown, spec: TableSpec) -> str:
    if cut.breakdown.about != "person":
        return ""
    whole = filling.numbers.total(cut.figure.id)
    found = []
    for part in cut.parts:
        if part.key in _MISSING and part.value:
            printed = filling.numbers.part(cut.figure.id, spec.by, part)
            share = filling.numbers.share(cut.figure.id, spec.by, part)
            if whole.hidden:  # "not shown of fewer than 5" says nothing
                found.append(f"{_MISSING[part.key]} some")
                continue
            of = f" of {whole.text}" + (
                f" ({share.text})" if share.text and not share.hidden else ""
            )
            found.append(f"{_MISSING[part.key]} {printed.said or printed.text}{of}")
    title = cut.breakdown.title.partition(" (")[0]
    return f"{title} was {', '.join(found)}." if found else ""


def _guests(filling: Filling, cuts: Sequence[BrokenDown]) -> str:
    counted = {cut.figure.id for cut in cuts}
    if not counted & {"attendances", "contact_hours", "average_attendance", "capacity_used"}:
        return ""
    if not filling.numbers.knows_guests():
        return ""
    return "Guests without a name are in attendances, never in people."


def _overlap(filling: Filling, cuts: Sequence[BrokenDown]) -> str:
    overlapping = [cut for cut in cuts if cut.overlapping and len(cut.parts) > 1]
    if not overlapping:
        return ""
    first = overlapping[0]
    whole = filling.numbers.total(first.figure.id)
    return (
        f"Somebody can be in more than one {_one_of(first)}: together they are {whole.text} "
        f"different people."
    )


def _one_of(cut: BrokenDown) -> str:
    return {"weekday": "day"}.get(cut.breakdown.id, cut.breakdown.title.lower())


def _left_out(left_out: Sequence[tuple[str, str]]) -> str:
    if not left_out:
        return ""
    more = (
        "1 more with fewer is" if len(left_out) == 1 else f"{len(left_out):,} more with fewer are"
    )
    return f"{more} not listed and counted in the last line."


def _hidden(filling: Filling, spec: TableSpec, cuts: Sequence[BrokenDown]) -> str:
    numbers = filling.numbers
    printed = (numbers.part(cut.figure.id, spec.by, part) for cut in cuts for part in cut.parts)
    # A mean of too few sessions is no small number of people, and says itself what it is.
    if not any(one.hidden and one.text != TOO_FEW for one in printed):
        return ""
    if _HIDING in filling.rules_said:
        return "Small numbers are hidden as above."
    filling.rules_said.add(_HIDING)
    return f"{RULES[numbers.mode]}; a few others are hidden so that those cannot be worked out."


# --- once for all -----------------------------------------------------------------------------


def how_we_counted(filling: Filling) -> Sequence[Block]:
    """Return what each figure that is printed means, with the period and the rule for small numbers."""
    names = printed_figures(filling.template, filling.numbers)
    rule = RULES[filling.numbers.mode]
    said = [
        f"Counted on {long_date(filling.counted_at.date())} from the group’s own registers.",
        f"The period is {filling.period.text}, both days included.",
        f"{rule}." if rule else "",
        _RATES if rule else "",
        "Age is taken on a person’s first attendance in the period.",
        *filling.reader_notes,
    ]
    rows = []
    for name in names:
        if filling.numbers.figure(name).subject is Subject.OUTCOMES:
            continue  # there are nine to a scale; their rule stands under their table
        taken = filling.numbers.totals[name]
        rows.append(
            (
                Cell(text=taken.title, bold=True),
                Cell(text=taken.definition),
                Cell(text=str(taken.version), muted=True),
            )
        )
    table = Table(
        columns=(
            Column(title="Number", width_mm=42),
            Column(title="What it counts", weight=4.0),
            Column(title="Version", align=Align.RIGHT, width_mm=16),
        ),
        rows=tuple(rows),
        id="how-we-counted",
        summary="What each number of this report counts",
        font_size=_HOW_SIZE,
    )
    return (
        Heading(text="How we counted"),
        Note(runs=text(" ".join(part for part in said if part))),
        table,
    )
