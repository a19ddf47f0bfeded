"""Name the rate at which volunteers' hours are valued, with its source and from when it holds."""

import datetime as dt
import re
from dataclasses import dataclass

from app.domain.money import pounds
from app.domain.periods import Period, long_date
from app.figures.rates import rates
from app.storage.rates import stated
from app.storage.register import Register

_KIND = "volunteer_hour"
_MOST_CHANGES = 2
"""More changes than this are not listed one by one."""
_TAG = re.compile(r"\s*\[[A-Z]+\??\d*\]")
"""The tags by which our own notes name a source; they mean nothing to a reader."""


@dataclass(frozen=True, slots=True)
class _InForce:
    pence: int
    source: str


def volunteer_rate(register: Register, period: Period) -> str:
    """Return the rates in force in a period: "£12.21 an hour (National Living Wage …)"."""
    steps = _steps(register, period)
    if not steps:
        return "no rate, as none is stated"
    (_, first), *later = steps
    said = f"{pounds(first.pence)} an hour"
    changes = [
        (day, rate.pence)
        for (day, rate), (_, before) in zip(later, steps, strict=False)
        if rate.pence != before.pence
    ]
    if len(changes) > _MOST_CHANGES:
        last = pounds(changes[-1][1])
        said = f"the rate in force on each day, from {pounds(first.pence)} to {last} an hour"
        changes = []
    for day, pence in changes:
        said += f" until {long_date(day - dt.timedelta(days=1))}, then {pounds(pence)}"
    sources = dict.fromkeys(_TAG.sub("", rate.source).strip() for _, rate in steps)
    named = [one for one in sources if one][-_MOST_CHANGES:]
    return f"{said} ({'; '.join(named)})" if named else said


def _steps(register: Register, period: Period) -> list[tuple[dt.date, _InForce]]:
    """Return each day of the period on which another rate begins, the first day among them."""
    own = [(r.from_on, _InForce(r.pence, r.source)) for r in stated(register, _KIND)]
    ours = [(r.from_on, _InForce(r.pence, r.source)) for r in rates(_KIND)]
    changes = {day for day, _ in (*own, *ours) if day in period}
    steps: list[tuple[dt.date, _InForce]] = []
    for day in sorted({period.first, *changes}):
        # What the group has stated goes before the program's own rates.
        rate = _on(own, day) or _on(ours, day)
        if rate is not None and (not steps or steps[-1][1] != rate):
            steps.append((day, rate))
    return steps


def _on(steps: list[tuple[dt.date, _InForce]], day: dt.date) -> _InForce | None:
    return next((rate for from_on, rate in reversed(steps) if from_on <= day), None)
