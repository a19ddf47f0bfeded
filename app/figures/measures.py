"""The measures there are: those that come with the program, and the group's own."""

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, Protocol

from app import resources
from app.domain.measure_file import MeasureFault, read_measure
from app.domain.measures import Measure, Scale

_ORDER = (
    "ons4", "loneliness", "swemwbs", "activity", "health_care", "ageing_well", "goals", "pam",
    "mycaw",
)  # fmt: skip
_OWN = "SELECT measure, definition FROM own_measure_listed ORDER BY measure"


class Source(Protocol):
    """Where the group's own measures are read."""

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> list[Any]:
        """Return the rows of a query with named values."""


@cache
def shipped() -> Mapping[str, Measure]:
    """Return the measures that come with the program by id; raises MeasureFault for a faulty file."""
    found: dict[str, Measure] = {}
    for file in sorted(resources.folder("measures").glob("*.toml")):
        measure = read_measure(file.read_text("utf-8"), file.name)
        if measure.id != file.stem:
            raise MeasureFault(f"{file.name}, id: it is the file's name without its ending.")
        found[measure.id] = measure
    order = {name: place for place, name in enumerate(_ORDER)}
    return dict(sorted(found.items(), key=lambda one: (order.get(one[0], len(order)), one[0])))


def measures(source: Source) -> Mapping[str, Measure]:
    """Return every measure of a register by id, the group's own last."""
    own = {row[0]: _own(row[1]) for row in source.rows(_OWN)}
    return {**shipped(), **{name: found for name, found in own.items() if found is not None}}


@lru_cache(maxsize=64)
def _own(definition: str) -> Measure | None:
    try:
        return read_measure(definition, "own measure", own=True)
    except (MeasureFault, tomllib.TOMLDecodeError):
        # Checked when it was added; one that no longer holds is left out, its answers stay kept.
        return None


def scales(source: Source) -> Mapping[str, tuple[Measure, Scale]]:
    """Return every scale of a register by id, with its measure."""
    return {s.id: (m, s) for m in measures(source).values() for s in m.scales}
