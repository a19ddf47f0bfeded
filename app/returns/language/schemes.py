"""What funding schemes allow, by the day from which it holds: resources/schemes.toml."""

import datetime as dt
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from app import resources
from app.domain.errors import TemplateFaulty

_PENCE = re.compile(r"(?P<pounds>\d[\d,]*)\.(?P<pence>\d\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """The sums a scheme gives (pence; 0: no limit), from a day until the next row's."""

    from_on: dt.date
    title: str
    sum_from_pence: int = 0
    sum_to_pence: int = 0
    source: str


@cache
def schemes() -> Mapping[str, tuple[Scheme, ...]]:
    """Return every scheme's rows by its name, the oldest first."""
    with resources.path("schemes.toml").open("rb") as file:
        return read_schemes(tomllib.load(file))


def read_schemes(
    tables: Mapping[str, Sequence[Mapping[str, Any]]],
) -> Mapping[str, tuple[Scheme, ...]]:
    """Return the schemes of a file's tables; raises TemplateFaulty naming the one that is wrong."""
    found: dict[str, tuple[Scheme, ...]] = {}
    for name, rows in tables.items():
        try:
            read = [Scheme(**row) for row in rows]
            found[name] = tuple(sorted(read, key=lambda one: one.from_on))
        except TypeError as error:
            raise TemplateFaulty(f"schemes.toml, {name}: {error}.") from error
    return found


def in_force(name: str, day: dt.date) -> Scheme | None:
    """Return what a scheme allows on a day, or None before its first row."""
    return next((one for one in reversed(schemes().get(name, ())) if one.from_on <= day), None)


def whole_pounds(said: str) -> str:
    """Return a text with its sums in whole pounds, halves rounded up: £1,234.50 is £1,235."""

    def rounded(match: re.Match[str]) -> str:
        pounds = int(match["pounds"].replace(",", "")) + (int(match["pence"]) >= 50)
        return f"{pounds:,}"

    return _PENCE.sub(rounded, said)
