"""Scoring: answers become scores on a measure's scales, and two scores better, same or worse."""

from collections.abc import Mapping
from enum import StrEnum

from app.domain.measures import Better, Entry, Measure, Scale, Scoring

_PLACES = 6
"""Decimal places to which scores and changes are kept: away with dust of floating point."""


class Change(StrEnum):
    """How a later score stands to an earlier one."""

    IMPROVED = "improved"
    SAME = "same"
    WORSE = "worse"


def scores(measure: Measure, answers: Mapping[str, float | None]) -> dict[str, float]:
    """Return the score on each scale that has one; ``answers`` by item, None where missing.

    A scale with an answer missing has no score: nothing is filled in. Of goals the mean is taken
    over those that were rated.
    """
    found: dict[str, float] = {}
    for scale in measure.scales:
        items = tuple(answers) if measure.entry is Entry.GOALS else scale.items
        values = [answers.get(code) for code in items]
        if measure.entry is Entry.GOALS:
            values = [value for value in values if value is not None]
        given = {c: v for c, v in zip(items, values, strict=False) if v is not None}
        if values and len(given) == len(values):
            found[scale.id] = _score(scale, given)
    return found


def _score(scale: Scale, given: Mapping[str, float]) -> float:
    values = [value * scale.weights.get(code, 1) for code, value in given.items()]
    total = sum(values)
    if scale.scoring is Scoring.MEAN:
        return round(total / len(values), _PLACES)
    if scale.scoring is Scoring.TABLE:
        return float(scale.table[str(round(total))])
    return float(round(total, _PLACES))


def change(scale: Scale, before: float, after: float) -> Change:
    """Return whether a score got better, by the scale's direction and meaningful change."""
    moved = round(after - before, _PLACES)
    if scale.better is Better.LOWER:
        moved = -moved
    if moved == 0 or abs(moved) < scale.meaningful_change:
        return Change.SAME
    return Change.IMPROVED if moved > 0 else Change.WORSE
