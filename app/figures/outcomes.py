"""The figures of each scale: one definition a kind, in definitions/outcomes, for every measure.

A figure's id begins with its scale: ons4_satisfied_change. Those of the measures that come with
the program are always known; those of a group's own measures only where its register is at hand.
"""

import json
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from app.domain.measures import Better, Measure, Scale
from app.figures.catalogue import DEFINITIONS, catalogue, with_breakdowns
from app.figures.definition import DefinitionFault, Figure, read_figure
from app.figures.measures import Source, measures, shipped

FOLDER = DEFINITIONS / "outcomes"
_OF_BANDS = frozenset({"band_before", "band_after"})
_TEXTS = ("id", "title", "definition", "rows")
_USED = """
SELECT scale FROM scale_scored_listed
"""


def every_figure() -> Mapping[str, Figure]:
    """Return every figure that can be named without a register, by id."""
    return _every_shipped()


def is_read() -> bool:
    """Return whether the definitions are in memory already: reading them takes a moment."""
    return bool(_every_shipped.cache_info().currsize)


@cache
def _every_shipped() -> Mapping[str, Figure]:
    return {**catalogue(), **_of_measures(tuple(shipped().values()))}


def figures_of(source: Source) -> Mapping[str, Figure]:
    """Return every figure of a register by id, those of its own measures too."""
    own = tuple(one for one in measures(source).values() if one.own)
    return {**every_figure(), **_of_measures(own)} if own else every_figure()


def listed(source: Source) -> tuple[str, ...]:
    """Return the ids to show unasked: all but those of scales nobody has a score on or is asked."""
    asked = {
        row[0] for row in source.rows("SELECT measure FROM measure_use_listed WHERE asked = 1")
    }
    used = {row[0] for row in source.rows(_USED)}
    found = list(catalogue())
    for measure in measures(source).values():
        for scale in measure.scales:
            if measure.id in asked or scale.id in used:
                found += [figure.id for figure in outcome_figures(measure, scale)]
    return tuple(found)


def outcome_figures(measure: Measure, scale: Scale) -> tuple[Figure, ...]:
    """Return the figures of one scale, in their order."""
    return _figures_of_scale(measure.own, scale.id, scale.title, scale.note, _bands(scale))


def scales_json(source: Source) -> str:
    """Return what the figures' tables know of scales: [scale, measure, sign, least, [[low, band]]]."""
    return _json(tuple(measures(source).values()))


@lru_cache(maxsize=8)
def _json_of(rows: tuple[Any, ...]) -> str:
    return json.dumps(rows)


def _json(found: tuple[Measure, ...]) -> str:
    return _json_of(
        tuple(
            (
                scale.id,
                measure.id,
                1 if scale.better is Better.HIGHER else -1,
                scale.meaningful_change,
                tuple((band.low, band.key) for band in scale.bands),
            )
            for measure in found
            for scale in measure.scales
        )
    )


def _of_measures(found: tuple[Measure, ...]) -> dict[str, Figure]:
    return {
        figure.id: figure
        for measure in found
        for scale in measure.scales
        for figure in outcome_figures(measure, scale)
    }


def _bands(scale: Scale) -> tuple[tuple[str, str], ...]:
    return tuple((band.key, band.label) for band in scale.bands)


@lru_cache(maxsize=256)
def _figures_of_scale(
    own: bool, scale_id: str, title: str, note: str, bands: tuple[tuple[str, str], ...]
) -> tuple[Figure, ...]:
    del own  # an own measure may have had the same words once; kept apart in the cache
    made = []
    for name, values in _kinds().items():
        if name in _OF_BANDS and not bands:
            continue
        said = {"scale": scale_id, "title": title, "note": note}
        texts = {key: _said(values[key], said) for key in _TEXTS}
        figure = read_figure(f"{texts['id']}.toml", {**values, **texts, "bands": bands})
        made.append(with_breakdowns(figure))
    return tuple(sorted(made, key=lambda figure: figure.order))


def _said(text: str, said: Mapping[str, str]) -> str:
    for name, value in said.items():
        text = text.replace(f"{{{name}}}", value)
    return text.strip()


@cache
def _kinds() -> Mapping[str, Mapping[str, Any]]:
    found = {}
    for file in sorted(FOLDER.glob("*.toml")):
        try:
            found[file.stem] = tomllib.loads(file.read_text("utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise DefinitionFault(f"{file.name}: {error}") from error
    return found
