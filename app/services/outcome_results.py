"""What people reported, scale by scale: matched pairs, and the rows behind them."""

import datetime as dt
from collections.abc import Generator
from dataclasses import dataclass, field

from app.domain.ids import ActivityId, PersonId
from app.domain.measures import Measure, Scale
from app.domain.outcomes import FEWEST_PAIRS
from app.domain.periods import Period
from app.domain.scoring import Change, change
from app.figures.evaluate import Counted, Scope, count, rows_behind
from app.figures.measures import measures
from app.figures.outcomes import figures_of
from app.figures.wellby import SCALE, Wellby, wellby
from app.services.outcomes.measuring import measures_here
from app.storage import outcomes as answers
from app.storage import settings
from app.storage.register import Register

_KINDS = (
    "pairs", "before", "after", "change", "change_low", "change_high", "improved", "same", "worse",
)  # fmt: skip
VALUED_SCALE = SCALE
"""The one scale that may be valued in pounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BandMoved:
    """How many people were in a band of scores at first, and later."""

    label: str
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleResult:
    """One scale in a period: people asked twice, their means, and how many got better or worse.

    Means are None without pairs, the ends of the 95% interval with fewer than two.
    """

    measure: Measure
    scale: Scale
    pairs: int
    before: float | None
    after: float | None
    change: float | None
    low: float | None
    high: float | None
    improved: int
    same: int
    worse: int
    bands: tuple[BandMoved, ...]
    how: str
    """How the pairs are counted, as every return says it."""

    @property
    def too_few(self) -> bool:
        """Whether there is too little to say outside the group."""
        return self.pairs < FEWEST_PAIRS


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRow:
    """One person asked twice."""

    person_id: PersonId
    name: str = field(repr=False)
    before_on: dt.date
    after_on: dt.date
    before: float = field(repr=False)
    after: float = field(repr=False)
    verdict: Change = field(repr=False)


def results_in_steps(
    register: Register, period: Period, activity_id: ActivityId | None = None
) -> Generator[tuple[int, int], None, tuple[ScaleResult, ...]]:
    """Count each scale that is asked or was ever scored, one at a time; yields (done, of)."""
    wanted = scales_here(register)
    scope = Scope(period=period, activity_id=activity_id)
    found: list[ScaleResult] = []
    for place, (measure, scale) in enumerate(wanted):
        found.append(_result(register, measure, scale, scope))
        yield place + 1, len(wanted)
    return tuple(found)


def scales_here(register: Register) -> tuple[tuple[Measure, Scale], ...]:
    """Return the scales of what the group asks, and those with any score, with their measures."""
    asked = {one.measure.id for one in measures_here(register) if one.use.asked}
    scored = answers.scored_scales(register)
    return tuple(
        (measure, scale)
        for measure in measures(register).values()
        for scale in measure.scales
        if measure.id in asked or scale.id in scored
    )


def valued(
    register: Register, period: Period, activity_id: ActivityId | None = None
) -> Wellby | None:
    """Return what the change in life satisfaction is valued at; None unless it is switched on."""
    return wellby(register, settings.read(register), Scope(period=period, activity_id=activity_id))


def pairs_behind(
    register: Register, scale_id: str, period: Period, activity_id: ActivityId | None = None
) -> tuple[PairRow, ...]:
    """Return the people a scale's pairs are of, by name."""
    scale = next(s for m in measures(register).values() for s in m.scales if s.id == scale_id)
    scope = Scope(period=period, activity_id=activity_id)
    rows = rows_behind(register, f"{scale_id}_pairs", scope).as_dicts()
    found = [
        PairRow(
            person_id=PersonId(row["person_id"]),
            name=row["name"],
            before_on=dt.date.fromisoformat(row["before_on"]),
            after_on=dt.date.fromisoformat(row["after_on"]),
            before=row["before_score"],
            after=row["after_score"],
            verdict=change(scale, row["before_score"], row["after_score"]),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.person_id)))


def _result(register: Register, measure: Measure, scale: Scale, scope: Scope) -> ScaleResult:
    names = {kind: f"{scale.id}_{kind}" for kind in _KINDS}
    cuts = [(f"{scale.id}_band_{when}", "band") for when in ("before", "after") if scale.bands]
    counted = count(register, scope, ids=tuple(names.values()), parts=cuts)
    value = {kind: counted.values[name].value for kind, name in names.items()}
    means = {kind: value[kind] for kind in ("before", "after", "change")}
    return ScaleResult(
        measure=measure,
        scale=scale,
        pairs=int(value["pairs"] or 0),
        **means,
        low=value["change_low"],
        high=value["change_high"],
        improved=int(value["improved"] or 0),
        same=int(value["same"] or 0),
        worse=int(value["worse"] or 0),
        bands=_bands(counted, scale),
        how=figures_of(register)[names["pairs"]].definition,
    )


def _bands(counted: Counted, scale: Scale) -> tuple[BandMoved, ...]:
    if not scale.bands:
        return ()
    before, after = (
        {part.key: part for part in counted.parts[f"{scale.id}_band_{when}", "band"].parts}
        for when in ("before", "after")
    )
    return tuple(
        BandMoved(
            label=band.label,
            before=int(before[band.key].value or 0) if band.key in before else 0,
            after=int(after[band.key].value or 0) if band.key in after else 0,
        )
        for band in scale.bands
    )
