"""The groups of people that funders list, and how each is told from what people answered."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app import resources
from app.domain.errors import TemplateFaulty
from app.figures.breakdowns import breakdown


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Some answers to one question: the parts of a breakdown of people."""

    by: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group: people with any of some answers, or all of several; nothing where it is not kept.

    ``under`` names the group that it is a part of, to be told only where that one is met.
    """

    name: str
    any_of: tuple[Answered, ...] = ()
    all_of: tuple[Answered, ...] = ()
    under: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSet:
    """The groups of one funder, and the per cent from which people count as of that group."""

    title: str
    per_cent: int
    source: str
    groups: tuple[Group, ...]

    @property
    def cuts(self) -> tuple[str, ...]:
        """The breakdowns that its groups are told by, each once."""
        told = (one.by for group in self.groups for one in (*group.any_of, *group.all_of))
        return tuple(dict.fromkeys(told))


@cache
def group_sets() -> Mapping[str, GroupSet]:
    """Return every set by its name; raises TemplateFaulty naming the one that does not hold."""
    with resources.path("groups.toml").open("rb") as file:
        return read_group_sets(tomllib.load(file))


def group_set(name: str) -> GroupSet:
    """Return the set of a name; raises KeyError where there is none."""
    return group_sets()[name]


def read_group_sets(tables: Mapping[str, Any]) -> Mapping[str, GroupSet]:
    """Return the sets of a file's tables; raises TemplateFaulty naming the group that is wrong."""
    return {name: _set(name, values) for name, values in tables.items()}


def _set(name: str, values: Mapping[str, Any]) -> GroupSet:
    try:
        groups = tuple(_group(group) for group in values["groups"])
        return GroupSet(**{**values, "groups": groups})
    except (KeyError, TypeError) as error:
        raise TemplateFaulty(f"groups.toml, {name}: {error}.") from error


def _group(values: Mapping[str, Any]) -> Group:
    told = {
        key: tuple(Answered(by=one["by"], parts=tuple(one["parts"])) for one in values.get(key, ()))
        for key in ("any_of", "all_of")
    }
    for answered in (*told["any_of"], *told["all_of"]):
        breakdown(answered.by)  # raises KeyError
    return Group(**{**values, **told})
