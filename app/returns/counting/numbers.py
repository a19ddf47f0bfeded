"""The numbers of one return: counted once, from one moment, and hidden where they would name people."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.disclosure import LEAST_BASE, NOT_SHOWN, ROUNDS_TO, Disclosure, Hidden
from app.domain.periods import Period
from app.figures.breakdowns import breakdown
from app.figures.definition import Figure, Unit
from app.figures.evaluate import BrokenDown, FigureValue, Part, Scope
from app.figures.evaluate import Source as Reader
from app.figures.evaluate import count as count_figures
from app.figures.known import known_figures
from app.figures.reading import Number
from app.returns.counting.hiding import Hiding, hide, parts_with_support, with_support
from app.returns.counting.merging import merged
from app.returns.counting.shares import is_bound
from app.returns.counting.ties import FOLLOWS
from app.returns.counting.timescale import chart_cut
from app.returns.filled import Json, Source
from app.returns.language.phrases import Printed, Ref
from app.returns.language.report_kinds import CompareSpec
from app.returns.language.spec import Spec
from app.returns.language.template import ChartSpec, TableSpec, Template, phrases_of
from app.returns.language.wording import NONE, decimal_text, number_text

TOO_FEW = "too few to say"
_ONE_NOT_SHOWN = "one that is not shown"
SOME = "some"
"""What a sentence says of a number that is hidden for another's sake."""
PERHAPS_SOME = "perhaps some"
"""What it says where noughts are hidden too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Every figure and breakdown that a return prints."""

    scope: Scope
    mode: Disclosure
    totals: Mapping[str, FigureValue]
    parts: Mapping[tuple[str, str], BrokenDown]
    hiding: Hiding = field(repr=False)

    def figure(self, name: str) -> Figure:
        """Return the definition of a figure."""
        return known_figures()[name]

    def is_something(self, name: str) -> bool:
        """Say whether there is anything to say of a figure: not nought, not a rate of too few."""
        taken = self.totals[name]
        return bool(taken.value) and not self._too_few(name, taken.value, taken.n)

    def wants(self, spec: Spec) -> bool:
        """Say whether a block is printed this time."""
        if spec.when and not self.is_something(spec.when):
            return False
        if spec.unless and self.is_something(spec.unless):
            return False
        return not spec.shown or (
            self.is_something(spec.shown) and not self.total(spec.shown).hidden
        )

    def knows_guests(self) -> bool:
        """Say whether guests may be among the attendances, as far as this return looked."""
        return "guests" not in self.totals or bool(self.totals["guests"].value)

    def broken_down(self, name: str, by: str) -> BrokenDown:
        """Return a figure in its parts, as counted, nothing hidden."""
        return self.parts[name, by]

    # --- what is printed ---------------------------------------------------------------------

    def total(self, name: str) -> Printed:
        """Return a figure as it is printed."""
        taken = self.totals[name]
        if taken.value is None and taken.note:
            return Printed(text=taken.note, source=self._source(taken))
        return self._shown(name, "", taken.value, taken.n, self._source(taken))

    def part(self, name: str, by: str, part: Part) -> Printed:
        """Return one part of a figure as it is printed."""
        source = self._source(self.totals[name], part, by)
        return self._shown(name, by, part.value, part.n, source, key=part.key)

    def _shown(
        self, name: str, by: str, value: Number, behind: int, source: Source, *, key: str = ""
    ) -> Printed:
        follows = name in FOLLOWS
        state = None if follows and value is None else self.hiding.of(name, by, key)
        is_share = self.figure(name).unit is Unit.SHARE and not follows
        if is_share and self._too_few(name, value, behind):
            return Printed(text=TOO_FEW, hidden=True, source=source)
        if isinstance(state, Hidden):
            # Hours or a rate of fewer than 5 attendances are not themselves fewer than 5.
            return self._hidden(replace(state, text=NOT_SHOWN) if follows else state, source)
        if self._too_few(name, value, behind):
            return Printed(text=TOO_FEW, hidden=True, source=source)
        if state is not None and value is not None:
            value = self._coarse(name, value, behind, state.value) if follows else state.value
        elif is_share:
            value = self._coarse(name, value, behind, 0)
        unit = self.figure(name).unit
        return Printed(text=number_text(value, unit), number=value, source=source)

    def _hidden(self, state: Hidden, source: Source | None) -> Printed:
        some = PERHAPS_SOME if state.perhaps_none else SOME
        said = state.text if is_bound(state.text) else some
        if state.text == self.mode.small:
            said = f"fewer than {self.mode.hidden_up_to + 1}"
        return Printed(text=state.text, said=said, hidden=True, source=source)

    def _coarse(self, name: str, value: Number, behind: int, followed: float) -> Number:
        """Return what follows a rounded number, no finer than it, so that it is not given away."""
        if self.mode is not Disclosure.NHS or value is None:
            return value
        unit = self.figure(name).unit
        if unit is Unit.MEAN:
            return followed / behind if behind else None
        if unit is Unit.SHARE:
            return round(value * 100 / ROUNDS_TO) * ROUNDS_TO / 100
        return round(value / ROUNDS_TO) * ROUNDS_TO

    def share(self, name: str, by: str, part: Part) -> Printed:
        """Return a part as a share of the whole, worked out from the numbers that are printed."""
        whole, piece = self.total(name), self.part(name, by, part)
        if piece.hidden or whole.hidden:
            text = piece.text if piece.hidden else whole.text
            some = SOME if piece.number or piece.said not in {"", PERHAPS_SOME} else PERHAPS_SOME
            return Printed(text=text, said=some, hidden=True)
        if not whole.number:
            return Printed(text="", said=NONE)
        if not self.mode.may_show_rate(int(whole.number)):
            return Printed(text="", said=TOO_FEW, hidden=True)
        share = (piece.number or 0) / whole.number
        return Printed(text=number_text(share, Unit.SHARE), number=share)

    def _too_few(self, name: str, value: Number, behind: int) -> bool:
        figure = self.figure(name)
        if figure.few:
            # Outcomes are said of the whole: a small band of many pairs is a small number.
            behind = self.totals[name].n
        return (
            value is not None
            and (figure.is_rate or figure.few)
            and not self.mode.may_show_rate(behind)
        )

    def _source(self, taken: FigureValue, part: Part | None = None, by: str = "") -> Source:
        inside = self.mode is Disclosure.INTERNAL
        return Source(
            figure=taken.id,
            version=taken.version,
            title=taken.title if part is None else f"{taken.title}: {part.label}",
            definition=taken.definition,
            period=self.scope.period.text,
            value=(part or taken).value if inside else None,
            unit=taken.unit.value,
            rows=(part or taken).n if inside else None,
            by=by,
            part=part.key if part else "",
        )

    # --- for sentences -----------------------------------------------------------------------

    def printed(self, ref: Ref) -> Printed:
        """Return what a sentence's place prints."""
        if not ref.by:
            return self._base(ref.name) if ref.aspect == "base" else self.total(ref.name)
        whole = self.broken_down(ref.name, ref.by)
        if not ref.part:
            return self._of_all(whole, ref)
        part = next((one for one in whole.parts if ref.part in {one.key, one.label}), None)
        if part is None:
            return Printed(text=number_text(0, whole.figure.unit), number=0)
        if ref.aspect == "share":
            return self.share(ref.name, ref.by, part)
        return self.part(ref.name, ref.by, part)

    def _base(self, name: str) -> Printed:
        behind = self.totals[name].n
        if behind and not self.mode.may_show_rate(behind):
            return Printed(text=f"fewer than {LEAST_BASE}", hidden=True)
        state = self.hiding.base(name)
        if isinstance(state, Hidden):
            return self._hidden(state, None)
        shown = self.mode.rounded(behind)
        return Printed(text=f"{shown:,}", number=shown)

    def _hides_base(self, name: str) -> bool:
        return isinstance(self.hiding.base(name), Hidden)

    def _of_all(self, whole: BrokenDown, ref: Ref) -> Printed:
        """Return what a sentence says of all parts, from the numbers that are printed."""
        seen = [(part, self.part(ref.name, ref.by, part)) for part in whole.parts]
        shown = [(part, one.number) for part, one in seen if one.number is not None]
        few = [one for _, one in seen if one.hidden]
        if not shown and not few:
            return Printed(text="none")
        if ref.aspect == "average":
            return self._average(whole, [number for _, number in shown], hidden=len(few))
        highest, is_label = ref.aspect.startswith("highest"), ref.aspect.endswith("_label")
        if few and self._is_end_hidden(seen, highest=highest):
            if is_label:
                return Printed(text=_ONE_NOT_SHOWN, hidden=True)
            return self._hidden(Hidden(text=NOT_SHOWN), None) if highest else few[0]
        pick = max if highest else min
        part, number = pick(shown, key=lambda pair: pair[1])
        if is_label:
            return Printed(text=part.label)
        return Printed(text=number_text(number, whole.figure.unit), number=number)

    @staticmethod
    def _is_end_hidden(seen: Sequence[tuple[Part, Printed]], *, highest: bool) -> bool:
        """Say whether the largest of all parts is hidden, or the lowest may be."""
        shown = [part.value or 0 for part, one in seen if one.number is not None]
        if highest:
            return max(shown, default=-1) < max(part.value or 0 for part, _ in seen)
        return all(shown)

    def _average(self, whole: BrokenDown, shown: Sequence[float], *, hidden: int) -> Printed:
        """Return the mean of all parts; from the total where some of them are hidden."""
        total, count = sum(shown), len(shown)
        if hidden:
            of_all = self.total(whole.figure.id).number
            if of_all is None or whole.overlapping or whole.figure.is_rate:
                return Printed(text=NOT_SHOWN, said=SOME, hidden=True)
            total, count = of_all, len(whole.parts)
        mean = round(total / count)
        return Printed(text=decimal_text(mean), number=mean)

    # --- for files ---------------------------------------------------------------------------

    def as_json(self, names: Iterable[str]) -> dict[str, Json]:
        """Return figures as `hallbook figures` gives them; a hidden one is null and says so."""
        return {name: self._figure_json(name) for name in names}

    def _figure_json(self, name: str) -> Json:
        taken, printed = self.totals[name], self.total(name)
        described: dict[str, Json] = {
            "value": printed.number,
            "unit": taken.unit.value,
            "n": None if printed.hidden or self._hides_base(name) else self.mode.rounded(taken.n),
            "title": taken.title,
            "definition": taken.definition,
            "version": taken.version,
        }
        if printed.hidden:
            described |= {"hidden": True, "text": printed.text}
        return described


def wanted_figures(template: Template) -> tuple[str, ...]:
    """Return the figures that a template prints, each once in its order, then those it asks about."""
    names = [name for spec in template.walk() for name in _figures_in(spec)]
    asked = [
        name for spec in template.walk() for name in (spec.when, spec.unless, spec.shown) if name
    ]
    return tuple(dict.fromkeys((*names, *asked)))


def printed_figures(template: Template, numbers: Numbers) -> tuple[str, ...]:
    """Return the figures that are printed this time, in the blocks that are not left out."""
    there = template.walk(numbers.wants)
    return tuple(dict.fromkeys(name for spec in there for name in _figures_in(spec)))


def _figures_in(spec: Spec) -> Iterator[str]:
    for phrase in phrases_of(spec):
        yield from (ref.name for ref in phrase.refs() if not ref.is_fact)
    if isinstance(spec, TableSpec):
        yield from spec.figures
    elif isinstance(spec, ChartSpec) and spec.figure:
        yield spec.figure


def wanted_parts(template: Template, period: Period) -> tuple[tuple[str, str], ...]:
    """Return the pairs of figure and breakdown that a template prints, each once."""
    pairs: list[tuple[str, str]] = []
    for spec in template.walk():
        if isinstance(spec, TableSpec):
            pairs += [(name, spec.by) for name in spec.figures]
        elif isinstance(spec, ChartSpec) and spec.figure:
            pairs.append((spec.figure, chart_cut(spec, period)))
        elif isinstance(spec, CompareSpec) and spec.by:
            pairs += [(name, spec.by) for name in spec.figures]
    pairs += [(ref.name, ref.by) for ref in template.refs() if ref.by]
    return tuple(dict.fromkeys(pairs))


def count(template: Template, source: Reader, scope: Scope, mode: Disclosure) -> Numbers:
    """Count everything that a template prints, in one statement."""
    names, pairs = wanted_figures(template), wanted_parts(template, scope.period)
    outside = mode is not Disclosure.INTERNAL
    all_names = with_support(names) if outside else names
    counted = count_figures(
        source, scope, ids=all_names, parts=parts_with_support(pairs) if outside else pairs
    )
    parts = merged(counted.parts, _to_merge(template), mode)
    hiding = hide(counted.values, parts, pairs, mode)
    return Numbers(scope=scope, mode=mode, totals=counted.values, parts=parts, hiding=hiding)


def _to_merge(template: Template) -> dict[str, int]:
    """Return the breakdowns whose small parts are to be added together, and their most lines.

    A breakdown that stands beside its own coarser one is left as it is: the two are tied part by
    part when numbers are hidden.
    """
    tables = [spec for spec in template.walk() if isinstance(spec, TableSpec | CompareSpec)]
    tied: set[str] = set()
    for by in {str(spec.by) for spec in tables if spec.by}:
        coarse = breakdown(by).within
        if coarse in {spec.by for spec in tables}:
            tied |= {by, coarse}
    kinds = ChartSpec | TableSpec | CompareSpec
    cuts = (spec for spec in template.walk() if isinstance(spec, kinds))
    merging = [spec for spec in cuts if spec.merge]
    return {str(spec.by): spec.most for spec in merging if spec.by not in tied}
