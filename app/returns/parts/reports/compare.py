"""Figures beside those of the period before, with the change in words.

The two periods share no day, so no number of one is part of a sum of the other, and each is hidden by
itself. A change is said only of two numbers that are both printed, and from what is printed: it tells
a reader nothing that the two do not. What is hidden in either period has no change.
"""

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from app.domain.disclosure import Disclosure
from app.domain.periods import Period
from app.figures.definition import Unit
from app.figures.evaluate import Scope
from app.figures.evaluate import count as count_figures
from app.returns.counting.filling import Filling
from app.returns.counting.hiding import hide, with_support
from app.returns.counting.how import short_period
from app.returns.counting.numbers import Numbers
from app.returns.filled import Align, Block, Cell, Column, Heading, KeepTogether, Table, bold, text
from app.returns.language.phrases import Printed
from app.returns.language.report_kinds import Beside, CompareSpec
from app.returns.language.wording import number_text
from app.storage.gaps import gaps

_SAME = 0.02
"""A change of less than this part of what was there before is "about the same"."""


def compare(filling: Filling, spec: CompareSpec) -> Sequence[Block]:
    """Return a table of figures in both periods; nothing where the book had not begun by then."""
    before = earlier(filling.period, spec.beside)
    if before is None or not _had_begun(filling, before):
        return ()
    then = _counted(filling, spec, before)
    rows = []
    for name in spec.figures:
        now, was = filling.numbers.total(name), then.total(name)
        rows.append(
            (
                Cell(text=filling.numbers.figure(name).title),
                Cell(text=was.text, muted=was.hidden),
                Cell(text=now.text, bold=not now.hidden, muted=now.hidden, source=now.source),
                Cell(text=change_in_words(now, was, filling.numbers.figure(name).unit)),
            )
        )
    table = Table(
        columns=(
            Column(title="", weight=2.4),
            Column(title="Before" if spec.beside is Beside.BEFORE else "A year before",
                   align=Align.RIGHT),
            Column(title="This time", align=Align.RIGHT),
            Column(title="Change", weight=1.6),
        ),
        rows=tuple(rows),
        id="compared",
        summary=f"This period beside {short_period(before)}",
        notes=(
            text(
                bold("How we counted: "),
                f"{short_period(filling.period)} beside {short_period(before)}, in the same way. "
                "A change is said only of two numbers that are both shown.",
            ),
        ),
    )  # fmt: skip
    _keep(filling, table)
    heading = filling.words(spec.text)
    head = (Heading(text=heading),) if heading else ()
    return (KeepTogether(blocks=(*head, table)),)


def _keep(filling: Filling, table: Table) -> None:
    columns, rows = [c.title for c in table.columns], [[c.text for c in r] for r in table.rows]
    filling.tables.append({"id": table.id, "columns": list(columns), "rows": list(rows)})


def earlier(period: Period, beside: Beside) -> Period | None:
    """Return the period to compare with, which shares no day with this one; None where none can.

    Whole months are put beside as many whole months; other days beside as many days. A period of more
    than a year has no same days a year before that are not in it.
    """
    months = _whole_months(period)
    if beside is Beside.YEAR:
        before = Period(first=_years_on(period.first, -1), last=_years_on(period.last, -1))
        if months:
            before = replace(before, last=_month_end(before.last))
        return before if before.last < period.first else None
    last = period.first - dt.timedelta(days=1)
    if months:
        at = period.first.year * 12 + period.first.month - 1 - months
        return Period(first=dt.date(at // 12, at % 12 + 1, 1), last=last) if at >= 12 else None
    first = period.first.toordinal() - period.days
    return Period(first=dt.date.fromordinal(first), last=last) if first > 0 else None


def _whole_months(period: Period) -> int:
    """Return how many calendar months a period is, 0 where it begins or ends inside one."""
    if period.first.day != 1 or period.last != _month_end(period.last):
        return 0
    return len(period.months())


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _years_on(day: dt.date, years: int) -> dt.date:
    year = max(1, day.year + years)
    last = calendar.monthrange(year, day.month)[1]
    return day.replace(year=year, day=min(day.day, last))


def _had_begun(filling: Filling, before: Period) -> bool:
    """Say whether the book covers the earlier period from its first month."""
    found = gaps(
        filling.register, before, filling.options.activity_id, filling.counted_at.date()
    ).begins_on
    return found is not None and found <= _month_end(before.first)


def _counted(filling: Filling, spec: CompareSpec, before: Period) -> Numbers:
    """Return the earlier period's figures, hidden by the same rules as this one's."""
    mode = filling.numbers.mode
    scope: Scope = replace(filling.numbers.scope, period=before)
    # All that this period's hiding looked at is looked at in the other too.
    names = tuple(dict.fromkeys((*spec.figures, *filling.numbers.totals)))
    wanted = names if mode is Disclosure.INTERNAL else with_support(names)
    counted = count_figures(filling.register, scope, ids=wanted)
    hiding = hide(counted.values, {}, (), mode)
    return Numbers(scope=scope, mode=mode, totals=counted.values, parts={}, hiding=hiding)


def change_in_words(now: Printed, was: Printed, unit: str) -> str:
    """Return the change between two printed numbers: "12 more", "about the same", or nothing."""
    if now.hidden or was.hidden or now.number is None or was.number is None:
        return ""
    change = now.number - was.number
    if unit == Unit.SHARE:
        points = round(now.number * 100) - round(was.number * 100)
        if not points:
            return "the same"
        return f"{abs(points)} in a hundred {'more' if points > 0 else 'fewer'}"
    said = number_text(abs(change), unit)
    if not change or said == number_text(0, unit):
        return "the same"
    more, less = ("more", "less") if unit in {Unit.PENCE, Unit.MEAN, Unit.HOURS} else (
        "more", "fewer")  # fmt: skip
    words = f"{said} {more if change > 0 else less}"
    return f"about the same ({words})" if _is_small(change, was.number) else words


def _is_small(change: float, was: float) -> bool:
    return bool(was) and abs(change) / was < _SAME
