"""The sets of age bands that come with the program, read from resources/bands.toml."""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from app import resources
from app.domain.ages import BandSet
from app.domain.settings import Settings, own_band_sets
from app.figures.definition import DefinitionFault

STANDARD = "standard"
"""The set used where none is named."""


@cache
def band_sets() -> Mapping[str, BandSet]:
    """Return every set by its name; raises DefinitionFault naming the set that does not hold."""
    with resources.path("bands.toml").open("rb") as file:
        return read_sets(tomllib.load(file))


def read_sets(tables: Mapping[str, Any]) -> Mapping[str, BandSet]:
    """Return the sets of a file's tables; raises DefinitionFault naming the one that is wrong."""
    sets: dict[str, BandSet] = {}
    for name, values in tables.items():
        try:
            sets[name] = BandSet(
                id=name,
                title=values["title"],
                bounds=tuple(values["bounds"]),
                source=values["source"],
            )
        except (KeyError, ValueError, TypeError) as error:
            raise DefinitionFault(f"bands.toml, {name}: {error}") from error
    return sets


def band_set(name: str = STANDARD) -> BandSet:
    """Return the set of a name; raises KeyError when there is none."""
    return band_sets()[name]


def sets_of(settings: Settings) -> Mapping[str, BandSet]:
    """Return the sets that come with the program, and the group's own after them."""
    return {**band_sets(), **{own.id: own for own in own_band_sets(settings)}}


def first_set(settings: Settings) -> BandSet:
    """Return the set of age bands that a group shows first; the standard one if its own has gone."""
    return sets_of(settings).get(settings.age_bands) or band_set()
