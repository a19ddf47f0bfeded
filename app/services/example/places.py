"""Pretend places: real towns and districts, postcodes that cannot be anybody's."""

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from app import resources
from app.services.example.chance import Weighted

_NEVER_LAST = "CIKMOV"
"""Letters that Royal Mail never uses in the second half of a postcode."""
_LAST = "ABDEFGHJLNPQRSTUWXYZ"
_NEIGHBOUR_SHARE = 0.16


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A town with its districts, its parts and its mix of communities."""

    name: str
    districts: tuple[str, ...]
    areas: tuple[str, ...]
    people: Weighted[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where somebody lives."""

    area: str
    postcode: str
    address: str


@cache
def streets() -> tuple[str, ...]:
    """Return common names of streets."""
    return tuple(_book()["streets"])


@cache
def _book() -> dict[str, Any]:
    return tomllib.loads(resources.path("example/places.toml").read_text("utf-8"))


@cache
def places() -> dict[str, Place]:
    """Return every place by its name, in the order of the file."""
    book = _book()
    mixes = {code: Weighted[str](mix) for code, mix in book["mix"].items()}
    return {
        row["name"]: Place(
            name=row["name"],
            districts=tuple(row["district"].split()),
            areas=tuple(row["areas"]),
            people=mixes[row["mix"]],
        )
        for row in book["place"]
    }


def draw(chance: random.Random, name: str) -> Home:
    """Give somebody who comes to a place's groups a home: mostly there, sometimes next door."""
    if chance.random() < _NEIGHBOUR_SHARE:
        name = chance.choice(tuple(places()))
    place = places()[name]
    # Parts of a town are not equally near: the first named are likelier.
    area = place.areas[int(len(place.areas) * chance.random() ** 1.6)]
    district = place.districts[place.areas.index(area) % len(place.districts)]
    unit = f"{chance.randrange(1, 10)}{chance.choice(_LAST)}{chance.choice(_NEVER_LAST)}"
    address = f"{chance.randrange(1, 140)} {chance.choice(streets())}"
    return Home(area=area, postcode=f"{district} {unit}", address=address)
