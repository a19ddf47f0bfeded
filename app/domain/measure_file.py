"""Read a measure from its TOML text, and say with file, line and key what is wrong in it."""

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields
from itertools import pairwise
from typing import Any, NoReturn, TypeVar

from app.domain.measures import (
    Band,
    Better,
    Choice,
    Entry,
    Item,
    Measure,
    Scale,
    Scoring,
)
from app.domain.toml_places import Path, line_of, places
from app.domain.toml_text import TomlFault, read_toml

_Record = TypeVar("_Record")
_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_ENUMS: Mapping[str, Any] = {"entry": Entry, "scoring": Scoring, "better": Better}
_TEXTS = frozenset(
    {"id", "title", "about", "source", "licence", "intro", "copyright", "code", "wording", "text",
     "low_anchor", "high_anchor", "unit", "key", "label", "note"}
)  # fmt: skip
_SCORES = frozenset({"meaningful_change"})
MOST_ITEMS = 40
MOST_SCALES = 12
MOST_LETTERS = 40_000
"""Letters of a measure's file: far above any questionnaire."""


class MeasureFault(ValueError):  # noqa: N818 - what is wrong with a file, said as a person would
    """A measure's file cannot be used; the text names file, line and key."""


def read_measure(text: str, file: str, *, own: bool = False) -> Measure:
    """Return the measure a file describes; raises MeasureFault naming file, line and key."""
    if len(text) > MOST_LETTERS:
        raise MeasureFault(f"{file}: it is longer than any questionnaire.")
    try:
        values = read_toml(text)
    except TomlFault as error:
        raise MeasureFault(f"{file}: {error}.") from error
    return _Reader(text, file).measure(values, own=own)


class _Reader:
    """Reads one file; knows on which line each key stands."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file

    def fail(self, path: Path, what: str) -> NoReturn:
        line = line_of(places(self._text), path)
        where = f", line {line}" if line else ""
        raise MeasureFault(f"{self._file}{where}, {_named(path)}: {what}")

    def measure(self, values: Mapping[str, Any], *, own: bool) -> Measure:
        """Return the measure of a file's tables, checked whole."""
        data = dict(values)
        items = self._several(data.pop("items", []), ("items",), self._item)
        scales = self._several(data.pop("scales", []), ("scales",), self._scale)
        if "own" in data:
            self.fail(("own",), "there is no such key.")
        measure = self._record(Measure, data, (), items=items, scales=scales, own=own)
        self._code(measure.id, ("id",))
        self._check_items(measure)
        for number, scale in enumerate(measure.scales):
            self._check_scale(measure, scale, ("scales", number))
        ids = [scale.id for scale in measure.scales]
        if len(set(ids)) != len(ids):
            self.fail(("scales",), "two scales have the same id.")
        return measure

    def _several(self, data: Any, path: Path, read: Any) -> tuple[Any, ...]:
        if not isinstance(data, list):
            self.fail(path, f"write it as [[{path[-1]}]].")
        return tuple(read(one, (*path, number)) for number, one in enumerate(data))

    def _item(self, data: Any, path: Path) -> Item:
        values = self._table(data, path)
        choices = self._several(values.pop("choices", []), (*path, "choices"), self._choice)
        if choices:
            numbers = [choice.value for choice in choices]
            if sorted(set(numbers)) != sorted(numbers):
                self.fail((*path, "choices"), "each choice has a number of its own.")
            values |= {"low": min(numbers), "high": max(numbers)}
        item = self._record(Item, values, path, choices=choices)
        self._code(item.code, (*path, "code"))
        if item.high <= item.low:
            self.fail((*path, "high"), "the highest answer is above the lowest.")
        return item

    def _choice(self, data: Any, path: Path) -> Choice:
        return self._record(Choice, self._table(data, path), path)

    def _band(self, data: Any, path: Path) -> Band:
        return self._record(Band, self._table(data, path), path)

    def _scale(self, data: Any, path: Path) -> Scale:
        values = self._table(data, path)
        bands = self._several(values.pop("bands", []), (*path, "bands"), self._band)
        items = values.pop("items", [])
        if not (isinstance(items, list) and all(isinstance(one, str) for one in items)):
            self.fail((*path, "items"), "it is a list of items' codes.")
        for key in ("table", "weights"):
            self._numbers(values.get(key, {}), (*path, key))
        scale = self._record(Scale, values, path, items=tuple(items), bands=bands)
        self._code(scale.id, (*path, "id"))
        return scale

    def _check_items(self, measure: Measure) -> None:
        codes = [item.code for item in measure.items]
        if len(set(codes)) != len(codes):
            self.fail(("items",), "two items have the same code.")
        if not measure.scales:
            self.fail(("scales",), "a measure has one scale or more.")
        if len(measure.items) > MOST_ITEMS or len(measure.scales) > MOST_SCALES:
            self.fail(("items",), f"up to {MOST_ITEMS} items and {MOST_SCALES} scales fit.")
        if measure.entry is Entry.GOALS:
            if measure.items:
                self.fail(("items",), "the items of goals are each person's own.")
        elif not measure.items:
            self.fail(("items",), "a measure asks something.")
        for number, item in enumerate(measure.items):
            if measure.entry is Entry.ASKED and not item.wording:
                self.fail(("items", number, "wording"), "what is asked has to be said.")
        if measure.age_to is not None and measure.age_to < measure.age_from:
            self.fail(("age_to",), "the oldest age is below the youngest.")

    def _check_scale(self, measure: Measure, scale: Scale, path: Path) -> None:
        for code in scale.items:
            if measure.item(code) is None:
                self.fail((*path, "items"), f"there is no item {code!r}.")
        if not scale.items and measure.entry is not Entry.GOALS:
            self.fail((*path, "items"), "a scale is made of items.")
        if scale.scoring is Scoring.SINGLE and len(scale.items) != 1:
            self.fail((*path, "scoring"), "single is of one item.")
        self._check_range(scale, path)
        for code in scale.weights:
            if code not in scale.items:
                self.fail((*path, "weights"), f"{code!r} is not an item of this scale.")
        if scale.scoring is Scoring.TABLE:
            self._check_table(measure, scale, (*path, "table"))
        elif scale.table:
            self.fail((*path, "table"), 'only scoring = "table" has one.')

    def _check_range(self, scale: Scale, path: Path) -> None:
        if scale.high <= scale.low:
            self.fail((*path, "high"), "the highest score is above the lowest.")
        if not all(a.low < b.low for a, b in pairwise(scale.bands)):
            self.fail((*path, "bands"), "each band begins above the one before.")
        if scale.bands and scale.bands[0].low > scale.low:
            self.fail((*path, "bands"), "the first band begins at the lowest score.")
        keys = [band.key for band in scale.bands]
        if len(set(keys)) != len(keys):
            self.fail((*path, "bands"), "two bands have the same key.")
        if scale.meaningful_change < 0:
            self.fail((*path, "meaningful_change"), "it is 0 or more.")

    def _check_table(self, measure: Measure, scale: Scale, path: Path) -> None:
        items = [item for code in scale.items if (item := measure.item(code))]
        sums = range(sum(i.low for i in items), sum(i.high for i in items) + 1)
        if set(scale.table) != {str(number) for number in sums}:
            self.fail(path, f"it has every sum from {sums[0]} to {sums[-1]}, once each.")

    def _numbers(self, data: Any, path: Path) -> None:
        if not isinstance(data, dict) or not all(_is_number(one) for one in data.values()):
            self.fail(path, "it is a table of numbers.")

    def _table(self, data: Any, path: Path) -> dict[str, Any]:
        if not isinstance(data, dict):
            self.fail(path, "it is a table of keys and values.")
        return dict(data)

    def _record(
        self, kind: type[_Record], values: Mapping[str, Any], path: Path, **ready: Any
    ) -> _Record:
        known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
        for key, value in values.items():
            if key not in known or key in ready:
                self.fail((*path, key), "there is no such key.")
            ready[key] = self._value(key, value, (*path, key))
        for name, one in known.items():
            needed = one.default is MISSING and one.default_factory is MISSING
            if needed and name not in ready:
                self.fail((*path, name), "it is needed.")
        return kind(**ready)

    def _value(self, key: str, value: Any, path: Path) -> Any:
        if key in _ENUMS:
            kinds = [one.value for one in _ENUMS[key]]
            if value not in kinds:
                self.fail(path, f"it is one of {', '.join(kinds)}.")
            return _ENUMS[key](value)
        if key in _TEXTS:
            if not isinstance(value, str):
                self.fail(path, "it is a text.")
            return value.strip()
        if key == "decimals":
            if not isinstance(value, bool):
                self.fail(path, "it is true or false.")
        elif key not in {"table", "weights"} and not _is_number(value):
            self.fail(path, "it is a number.")
        return value

    def _code(self, code: str, path: Path) -> None:
        if not _CODE.fullmatch(code) or len(code) > 40:
            self.fail(path, "it is small letters and figures, with _ between words.")


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _named(path: Path) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path) or "file"
