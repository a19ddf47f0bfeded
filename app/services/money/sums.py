"""Figures beside the cash book: what a session costs, how long free money lasts, time given to a grant."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.ids import ActivityId, GrantId
from app.domain.periods import Period
from app.figures.evaluate import Source
from app.storage.register import Register

Values = Mapping[str, float | None]
HOURS, TIME = "volunteer_hours", "volunteer_value_pence"


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedSums:
    """Which figures are wanted, of which period, of all money or one grant."""

    period: Period
    names: tuple[str, ...]
    grant_id: GrantId | None = None
    time_of: tuple[ActivityId, ...] = ()
    """Activities whose volunteers' hours, and what they are worth, are added up too."""


def count_sums(source: Source, wanted: WantedSums) -> Values:
    """Return the value of each figure by its id."""
    found = _figures(source, wanted, wanted.names)
    if wanted.time_of:
        each = [_figures(source, wanted, (HOURS, TIME), one) for one in wanted.time_of]
        for name in (HOURS, TIME):
            found[name] = sum(values[name] or 0 for values in each)
    return found


def count_sums_of_file(
    path: Path, secret: str | None, wanted: WantedSums, *, stop: Callable[[], bool]
) -> Values:
    """Do the same on a connection of its own, for a worker; raises Cancelled once ``stop`` says so."""
    with Register.open(path, password=secret, write=False) as register:
        register.stop_when(stop)
        return count_sums(register, wanted)


def _figures(
    source: Source, wanted: WantedSums, names: Sequence[str], activity_id: ActivityId | None = None
) -> dict[str, float | None]:
    # Imported here: many definitions, not before they are wanted.
    from app.services.figures import figures

    grant_id = None if activity_id else wanted.grant_id
    found = figures(
        source, wanted.period, only=names, grant_id=grant_id, activity_id=activity_id
    )["figures"]  # fmt: skip
    return {name: found[name]["value"] for name in names}
