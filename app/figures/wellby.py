"""WELLBYs: what a change in life satisfaction is valued at, off unless a group switches it on.

A valuation, never money saved: of matched pairs of *satisfied* only, for the time measured only,
less what might have happened anyway. Source: Green Book supplementary guidance on wellbeing [S74];
numbers of people needed: user guide of WEMWBS [S56].
"""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.outcomes import FEWEST_PAIRS, PAIR_DAYS
from app.domain.settings import Settings
from app.figures.evaluate import Scope, Source, rows_behind
from app.figures.rates import Rate, rates

SCALE = "ons4_satisfied"
FEWEST_SURE = 30
"""Fewer pairs are indicative only."""
PRICE_YEAR = 2019
"""The year of the prices and values in rates.toml."""
KINDS: Mapping[str, str] = {
    "wellby_low_pence": "wellby_low",
    "wellby_central_pence": "wellby_central",
    "wellby_high_pence": "wellby_high",
}
"""The figures, and the kind of rate each is taken by."""
TITLES: Mapping[str, str] = {
    "wellby_low_pence": "Change in life satisfaction, valued: low",
    "wellby_central_pence": "Change in life satisfaction, valued: central",
    "wellby_high_pence": "Change in life satisfaction, valued: high",
}
DEFINITION = (
    "Of the pairs of Satisfied with life: each change times the years between the two answers, added "
    "up, less the per cent that might have happened anyway, times what a point of life satisfaction "
    "for a year is valued at in 2019 prices and values. A value of wellbeing, not money saved; there "
    "was no comparison group."
)
OFF = "WELLBY is switched off in the settings"
FEW = f"fewer than {FEWEST_PAIRS} people asked twice, too few to say"
INDICATIVE = f"indicative only: fewer than {FEWEST_SURE} people asked twice"
_COULD = f"""
SELECT count(DISTINCT r.person_id) AS people
FROM response_counted r
JOIN response_score_counted c ON c.response_id = r.response_id AND c.scale = '{SCALE}'
WHERE date(r.answered_on, '+{PAIR_DAYS} days') <= :last
    AND (EXISTS (SELECT 1 FROM attendance_counted a
            WHERE a.record_id = r.record_id AND a.session_on BETWEEN :first AND :last
                AND (:activity_id IS NULL OR a.activity_id = :activity_id))
        OR r.person_id IN (SELECT value FROM json_each(:pairs)))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wellby:
    """What the pairs of a period come to. Values are None where there is too little to say."""

    pairs: int
    could: int
    """People who could have been asked twice: first answers old enough, and they came."""
    point_years: float
    """Points of life satisfaction times years measured, before anything is taken off."""
    deadweight: int
    """Per cent that might have happened anyway."""
    pence: Mapping[str, int]
    """Value by figure; empty where there is too little to say."""
    source: str

    @property
    def indicative(self) -> bool:
        """Whether there are too few to be sure."""
        return self.pairs < FEWEST_SURE

    @property
    def note(self) -> str:
        """What has to stand beside the values, or instead of them."""
        if not self.pence:
            return FEW
        return INDICATIVE if self.indicative else ""

    @property
    def words(self) -> str:
        """Everything that has to be said with the values, in whole sentences, for inside the group."""
        return self.words_with(
            f"{self.pairs:,} of {self.could:,} people who could have been asked twice were"
        )

    def words_with(self, asked: str) -> str:
        """Return the words, with how many were asked twice said in those given."""
        if not self.pence:
            return f"Too few people were asked twice to put a value on it: {asked}."
        low, central, high = (pounds(self.pence[name]) for name in KINDS)
        start = f"{INDICATIVE.capitalize()}. " if self.indicative else ""
        return (
            f"{start}Valued by the WELLBY, the change people reported in life satisfaction comes to "
            f"{low} (low), {central} (central) or {high} (high) in {PRICE_YEAR} prices and values. "
            f"{asked[:1].upper()}{asked[1:]}; only the time between their two answers is counted, and {self.deadweight}% is "
            "taken off for what might have happened anyway. There was no comparison group. It is a "
            "value of wellbeing, not money saved, and is not added to other benefits. "
            f"{self.source}."
        )


def wellby(source: Source, settings: Settings, scope: Scope) -> Wellby | None:
    """Return the value of a period's pairs, or None where the group has not switched it on."""
    if not settings.wellby:
        return None
    rows = rows_behind(source, f"{SCALE}_pairs", scope).as_dicts()
    years = [row["change"] * _days(row) / 365 for row in rows]
    people = str([row["person_id"] for row in rows])
    could = source.rows(_COULD, {**scope.values, "pairs": people})[0][0]
    used = {name: _in_force(kind, scope.period.last) for name, kind in KINDS.items()}
    kept = sum(years) * (100 - settings.wellby_deadweight) / 100
    enough = len(rows) >= FEWEST_PAIRS
    return Wellby(
        pairs=len(rows),
        could=max(int(could), len(rows)),
        point_years=sum(years),
        deadweight=settings.wellby_deadweight,
        pence={name: _whole(kept * rate.pence) for name, rate in used.items()} if enough else {},
        source=used["wellby_central_pence"].source.partition(" [")[0],
    )


def pounds(pence: int) -> str:
    """Return a value in whole hundreds of pounds: more would look surer than it is."""
    hundreds = _whole(pence / 10_000) * 100
    return f"{'−' if hundreds < 0 else ''}£{abs(hundreds):,}"


def _days(row: Mapping[str, Any]) -> int:
    before, after = (dt.date.fromisoformat(row[name]) for name in ("before_on", "after_on"))
    return (after - before).days


def _in_force(kind: str, day: dt.date) -> Rate:
    """Return the rate of a day; before the first there is the first: its price year is said."""
    found = [rate for rate in rates(kind) if rate.from_on <= day]
    return found[-1] if found else rates(kind)[0]


def _whole(value: float) -> int:
    """Return the nearest whole number, a half up."""
    return math.floor(value + 0.5)
