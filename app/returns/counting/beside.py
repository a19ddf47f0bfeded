"""What stands beside the numbers of a return: those of another time, or what the grant promised.

The two times share no day, so no number of one is part of a sum of the other, and each is hidden by
itself: everything of the other time that the return prints, in one go. A change is said only of two
numbers that are both printed, and from what is printed: it tells a reader nothing that the two do
not. What is hidden in either has no change.
"""

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from app.domain.disclosure import NOT_SHOWN, Disclosure
from app.domain.periods import Period
from app.domain.returns import Target
from app.figures.definition import Unit
from app.figures.evaluate import Part
from app.figures.evaluate import count as count_figures
from app.returns.counting.filling import Filling
from app.returns.counting.hiding import hide, with_support
from app.returns.counting.how import short_period
from app.returns.counting.merging import in_lines_of
from app.returns.counting.numbers import Numbers
from app.returns.language.answers import wrong_place
from app.returns.language.phrases import Printed, Ref
from app.returns.language.report_kinds import Beside, CompareSpec
from app.returns.language.spec import Spec
from app.returns.language.template import NumbersSpec, TableSpec, Template
from app.returns.language.wording import number_text
from app.storage import drafts
from app.storage.gaps import gaps

_SAME = 0.02
"""A change of less than this part of what was there before is "about the same"."""
_TITLES = {Beside.BEFORE: "Before", Beside.YEAR: "A year before", Beside.TARGETS: "Target"}
_SAID = {Beside.BEFORE: "before", Beside.YEAR: "a year before", Beside.TARGETS: "promised"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Numbers to stand beside those of a return; ``numbers`` is None where they are targets."""

    beside: Beside
    now: Numbers = field(repr=False)
    """The return's own numbers."""
    note: str
    """How they were counted, in a sentence."""
    period: Period | None = None
    numbers: Numbers | None = field(default=None, repr=False)
    targets: tuple[Target, ...] = ()

    @property
    def title(self) -> str:
        """What stands over a column of them."""
        return _TITLES[self.beside]

    @property
    def now_title(self) -> str:
        """What stands over the return's own numbers beside them."""
        return "Result" if self.beside is Beside.TARGETS else "This time"

    def total(self, name: str) -> Printed | None:
        """Return a figure of the whole, as it is printed."""
        return self.of(Ref(name=name))

    def part(self, name: str, by: str, key: str, label: str = "") -> Printed | None:
        """Return a part by its key; one that was not there is nought."""
        if self.numbers is None:
            return self._target(name, by, (key, label))
        return part_or_none(self.numbers, name, by, key)

    def of(self, ref: Ref) -> Printed | None:
        """Return what stands beside a place of a sentence; None where nothing does."""
        if self.numbers is not None:
            return self.numbers.printed(ref)
        return None if ref.aspect else self._target(ref.name, ref.by, (ref.part,))

    def has(self, name: str, by: str) -> bool:
        """Say whether anything stands beside the parts of a figure."""
        return self.numbers is not None or any(
            (one.figure, one.breakdown) == (name, by) for one in self.targets
        )

    def lines(self, name: str, by: str) -> Iterator[Part]:
        """Yield the parts that had something in them at the other time."""
        if self.numbers is not None:
            yield from (part for part in self.numbers.broken_down(name, by).parts if part.value)

    def said(self, ref: Ref) -> str:
        """Return what is said after a number: "41 a year before"; nothing where there is none."""
        found = self.of(ref)
        if found is not None and found.text == NOT_SHOWN:
            return ""
        return f"{found.said or found.text} {_SAID[self.beside]}" if found else ""

    def _target(self, name: str, by: str, part: Iterable[str]) -> Printed | None:
        wanted = set(part)
        for one in self.targets:
            if (one.figure, one.breakdown) == (name, by) and one.part in wanted:
                return Printed(
                    text=number_text(one.target, self.now.figure(name).unit), number=one.target
                )
        return None


def part_or_none(numbers: Numbers, name: str, by: str, key: str) -> Printed:
    """Return a part of a figure as it is printed; one with nobody in it is nought."""
    cut = numbers.broken_down(name, by)
    part = next((one for one in cut.parts if one.key == key), None)
    if part is not None:
        return numbers.part(name, by, part)
    nothing = None if cut.figure.is_rate else 0
    return Printed(text=number_text(nothing, cut.figure.unit), number=nothing)


def other_of(filling: Filling, beside: Beside) -> Other | None:
    """Return what stands beside a return's numbers; None where there is nothing to put there.

    Counted once for the whole return, whichever of its blocks asks first.
    """
    if beside is Beside.NOTHING:
        return None
    key = f"beside {beside.value}"
    if key not in filling.kept:
        make = _promised if beside is Beside.TARGETS else _earlier
        filling.kept[key] = make(filling, beside)
    found = filling.kept[key]
    return found if isinstance(found, Other) else None


def _promised(filling: Filling, beside: Beside) -> Other | None:
    if filling.grant is None:
        return None
    kept = drafts.targets(filling.register, filling.grant.id)
    known = tuple(
        one
        for one in kept
        if not wrong_place(Ref(name=one.figure, by=one.breakdown, part=one.part))
    )
    if not known:
        return None
    note = "Targets are those of the grant."
    return Other(beside=beside, now=filling.numbers, note=note, targets=known)


def _earlier(filling: Filling, beside: Beside) -> Other | None:
    before = earlier(filling.period, beside)
    if before is None or not _had_begun(filling, before):
        return None
    return Other(
        beside=beside,
        now=filling.numbers,
        note=f"Beside it {short_period(before)}, counted in the same way.",
        period=before,
        numbers=_counted(filling, before),
    )


def _had_begun(filling: Filling, before: Period) -> bool:
    """Say whether the book covers the earlier period from its first month."""
    found = gaps(
        filling.register, before, filling.options.activity_id, filling.counted_at.date()
    ).begins_on
    return found is not None and found <= _month_end(before.first)


def _counted(filling: Filling, before: Period) -> Numbers:
    """Return the earlier period's figures, hidden by the same rules as this one's."""
    now = filling.numbers
    scope = replace(now.scope, period=before)
    outside = now.mode is not Disclosure.INTERNAL
    # Of the other time only what is printed, and what that could be worked out from.
    names, pairs = names_beside(filling.template), wanted_beside(filling.template)
    counted = count_figures(
        filling.register,
        scope,
        ids=with_support(names) if outside else names,
        parts=tuple(_with_support(now, pairs)) if outside else pairs,
    )
    parts = {
        pair: in_lines_of(now.parts[pair], cut) if pair in now.parts else cut
        for pair, cut in counted.parts.items()
    }
    hiding = hide(counted.values, parts, pairs, now.mode)
    return Numbers(scope=scope, mode=now.mode, totals=counted.values, parts=parts, hiding=hiding)


def _with_support(now: Numbers, pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield pairs with those that this period's hiding looked at for their sake."""
    for name, by in pairs:
        for one in with_support((name,)):
            if one == name or (one, by) in now.parts:
                yield one, by


def wanted_beside(template: Template) -> tuple[tuple[str, str], ...]:
    """Return the pairs of figure and breakdown that are printed of another time, each once."""
    found: list[tuple[str, str]] = []
    for spec in template.walk():
        if beside_of(spec) in {Beside.BEFORE, Beside.YEAR}:
            found += _pairs(spec)
    return tuple(dict.fromkeys(found))


def names_beside(template: Template) -> tuple[str, ...]:
    """Return the figures that are printed of another time, whole or in parts, each once."""
    found: list[str] = []
    for spec in template.walk():
        if beside_of(spec) in {Beside.BEFORE, Beside.YEAR}:
            found += _names(spec)
    return tuple(dict.fromkeys(found))


def beside_of(spec: Spec) -> Beside:
    """Return what stands beside the numbers of a block."""
    has = isinstance(spec, NumbersSpec | TableSpec | CompareSpec)
    return spec.beside if has else Beside.NOTHING  # type: ignore[attr-defined]


def _names(spec: Spec) -> Iterator[str]:
    if isinstance(spec, TableSpec | CompareSpec):
        yield from spec.figures
    elif isinstance(spec, NumbersSpec):
        refs = (first_figure(item.value.refs()) for item in spec.items)
        yield from (ref.name for ref in refs if ref is not None)


def _pairs(spec: Spec) -> Iterator[tuple[str, str]]:
    if isinstance(spec, TableSpec | CompareSpec):
        yield from ((name, spec.by) for name in spec.figures if spec.by)
    elif isinstance(spec, NumbersSpec):
        refs = (first_figure(item.value.refs()) for item in spec.items)
        yield from ((ref.name, ref.by) for ref in refs if ref is not None and ref.by)


def first_figure(refs: Iterable[Ref]) -> Ref | None:
    """Return the figure that a large number shows."""
    return next((ref for ref in refs if not ref.is_fact), None)


# --- times --------------------------------------------------------------------------------------


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


# --- changes ------------------------------------------------------------------------------------


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
