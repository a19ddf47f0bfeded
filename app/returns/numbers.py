"""The numbers of one return: counted once, from one moment, and hidden where they would name people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.figures.catalogue import catalogue
from app.figures.definition import Figure, Unit
from app.figures.evaluate import BrokenDown, FigureValue, Part, Scope
from app.figures.evaluate import count as count_figures
from app.figures.reading import Number, Source as Reader
from app.returns.filled import Json, Source
from app.returns.hiding import Hiding, hide
from app.returns.phrases import Printed, Ref
from app.returns.template import ChartSpec, Disclosure, TableSpec, Template
from app.returns.wording import decimal_text, number_text

LEAST_BASE = 8
"""A mean or percentage needs this many behind it outside the house. Source: figures.md."""
TOO_FEW = "too few to say"


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
        return catalogue()[name]

    def is_something(self, name: str) -> bool:
        """Say whether there is anything of a figure: more than nought, or a rate with a base."""
        return bool(self.totals[name].value)

    def broken_down(self, name: str, by: str) -> BrokenDown:
        """Return a figure in its parts, as counted, nothing hidden."""
        return self.parts[name, by]

    # --- what is printed ---------------------------------------------------------------------

    def total(self, name: str) -> Printed:
        """Return a figure as it is printed."""
        taken = self.totals[name]
        source = self._source(taken)
        if self.hiding.hides(name):
            return Printed(text=self.hiding.words, hidden=True, source=source)
        if self._too_few(name, taken.value, taken.n):
            return Printed(text=TOO_FEW, hidden=True, source=source)
        value = self.hiding.shown(name, taken.value)
        return _printed(value, taken.unit, source)

    def part(self, name: str, by: str, part: Part) -> Printed:
        """Return one part of a figure as it is printed."""
        figure = self.figure(name)
        source = self._source(self.totals[name], part)
        if self.hiding.hides(name, by, part.key):
            return Printed(text=self.hiding.mark, hidden=True, source=source)
        if self._too_few(name, part.value, part.n):
            return Printed(text=TOO_FEW, hidden=True, source=source)
        return _printed(self.hiding.shown(name, part.value), figure.unit, source)

    def share(self, name: str, by: str, part: Part) -> Printed:
        """Return a part as a share of the whole, worked out from the numbers that are printed."""
        whole, piece = self.total(name), self.part(name, by, part)
        if piece.hidden or whole.hidden:
            return Printed(text=self.hiding.mark, hidden=True)
        if not whole.number:
            return Printed(text="")
        if self.mode is not Disclosure.INTERNAL and whole.number < LEAST_BASE:
            return Printed(text="", hidden=True)
        share = (piece.number or 0) / whole.number
        return Printed(text=number_text(share, Unit.SHARE), number=share)

    def _too_few(self, name: str, value: Number, behind: int) -> bool:
        return (
            self.mode is not Disclosure.INTERNAL
            and value is not None
            and self.figure(name).is_rate
            and behind < LEAST_BASE
        )

    def _source(self, taken: FigureValue, part: Part | None = None) -> Source:
        return Source(
            figure=taken.id,
            version=taken.version,
            title=taken.title if part is None else f"{taken.title}: {part.label}",
            definition=taken.definition,
            period=self.scope.period.text,
            value=None if self.mode is not Disclosure.INTERNAL else (part or taken).value,
            unit=taken.unit.value,
            rows=None if self.mode is not Disclosure.INTERNAL else (part or taken).n,
        )

    # --- for sentences -----------------------------------------------------------------------

    def printed(self, ref: Ref) -> Printed:
        """Return what a sentence's place prints."""
        if not ref.by:
            return self._base(ref.name) if ref.aspect == "base" else self.total(ref.name)
        whole = self.broken_down(ref.name, ref.by)
        if ref.part:
            part = next((one for one in whole.parts if ref.part in {one.key, one.label}), None)
            if part is None:
                return _printed(0, self.figure(ref.name).unit, None)
            if ref.aspect == "share":
                return self.share(ref.name, ref.by, part)
            return self.part(ref.name, ref.by, part)
        return self._of_all(whole, ref)

    def _base(self, name: str) -> Printed:
        behind = self.totals[name].n
        if self.mode is not Disclosure.INTERNAL and 0 < behind < LEAST_BASE:
            return Printed(text=f"fewer than {LEAST_BASE}", hidden=True)
        return Printed(text=f"{behind:,}", number=behind)

    def _of_all(self, whole: BrokenDown, ref: Ref) -> Printed:
        """Return what a sentence says of all parts, from the numbers that are printed."""
        seen = [(part, self.part(ref.name, ref.by, part)) for part in whole.parts]
        shown = [(part, one.number) for part, one in seen if one.number is not None]
        if not shown:
            return Printed(text="none")
        if ref.aspect == "average":
            mean = sum(number for _, number in shown) / len(shown)
            return Printed(text=decimal_text(round(mean)), number=round(mean))
        pick = max if ref.aspect.startswith("highest") else min
        part, number = pick(shown, key=lambda pair: pair[1])
        if ref.aspect.endswith("_label"):
            return Printed(text=part.label)
        return _printed(number, whole.figure.unit, None)

    # --- for files ---------------------------------------------------------------------------

    def as_json(self, names: Iterable[str]) -> dict[str, Json]:
        """Return figures as `hallbook figures` gives them; a hidden one is null and says so."""
        return {name: self._figure_json(name) for name in names}

    def _figure_json(self, name: str) -> Json:
        taken, printed = self.totals[name], self.total(name)
        described: dict[str, Json] = {
            "value": None if printed.hidden else self.hiding.shown(name, taken.value),
            "unit": taken.unit.value,
            "n": None if printed.hidden else taken.n,
            "title": taken.title,
            "definition": taken.definition,
            "version": taken.version,
        }
        if printed.hidden:
            described |= {"hidden": True, "text": printed.text}
        return described


def _printed(value: Number, unit: Unit, source: Source | None) -> Printed:
    return Printed(text=number_text(value, unit), number=value, source=source)


def wanted_figures(template: Template) -> tuple[str, ...]:
    """Return the figures that a template prints or asks about, each once, in its order."""
    names: list[str] = []
    for spec in template.walk():
        names += [name for name in (spec.when, spec.unless) if name]
        if isinstance(spec, TableSpec):
            names += spec.figures
        elif isinstance(spec, ChartSpec) and spec.figure:
            names.append(spec.figure)
    names += [ref.name for ref in template.refs() if not ref.is_fact]
    return tuple(dict.fromkeys(names))


def wanted_parts(template: Template) -> tuple[tuple[str, str], ...]:
    """Return the pairs of figure and breakdown that a template prints, each once."""
    pairs: list[tuple[str, str]] = []
    for spec in template.walk():
        if isinstance(spec, TableSpec):
            pairs += [(name, spec.by) for name in spec.figures]
        elif isinstance(spec, ChartSpec) and spec.figure:
            pairs.append((spec.figure, spec.by))
    pairs += [(ref.name, ref.by) for ref in template.refs() if ref.by]
    return tuple(dict.fromkeys(pairs))


def count(template: Template, source: Reader, scope: Scope, mode: Disclosure) -> Numbers:
    """Count everything that a template prints, in as few statements as can be."""
    names, pairs = wanted_figures(template), wanted_parts(template)
    counted = count_figures(source, scope, ids=names, parts=pairs)
    return Numbers(
        scope=scope,
        mode=mode,
        totals=counted.values,
        parts=counted.parts,
        hiding=hide(counted.values, counted.parts, mode),
    )
