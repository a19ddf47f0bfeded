"""Effective-dated amounts that come with the program, read from resources/rates.toml."""

import datetime as dt
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from app import resources
from app.figures.definition import DefinitionFault


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """An amount in pence, in force from a day until the next one's."""

    from_on: dt.date
    pence: int
    source: str


@cache
def rates(kind: str) -> tuple[Rate, ...]:
    """Return the rates of a kind ("volunteer_hour"), oldest first."""
    with resources.path("rates.toml").open("rb") as file:
        return read_rates(kind, tomllib.load(file).get(kind, []))


def read_rates(kind: str, rows: Sequence[Mapping[str, Any]]) -> tuple[Rate, ...]:
    """Return the rates of a file's rows; raises DefinitionFault where one lacks something."""
    try:
        found = [Rate(from_on=r["from_on"], pence=r["pence"], source=r["source"]) for r in rows]
    except KeyError as error:
        raise DefinitionFault(f"rates.toml, {kind}: {error} is needed.") from error
    return tuple(sorted(found, key=lambda rate: rate.from_on))


@cache
def rates_json(kind: str) -> str:
    """Return the rates of a kind as the JSON that figures' queries read: [day, pence, source]."""
    return json.dumps([[rate.from_on.isoformat(), rate.pence, rate.source] for rate in rates(kind)])
