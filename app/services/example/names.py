"""Pretend names: given and family names of one community go together, in both of its scripts."""

import random
import tomllib
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from app import resources
from app.services.example.chance import Weighted

FEMALE, MALE = 0, 1
_OLDER_FROM, _YOUNG_TO = 60, 24
_HERS_SHARE, _DOUBLE_SHARE, _ALL_OWN_SHARE = 0.5, 0.02, 0.03


@dataclass(frozen=True, slots=True)
class Part:
    """A given or family name for her and for him, in Latin letters and in the own script."""

    latin: tuple[str, str]
    own: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A whole name; the parts stay, so that a relative can be named after it."""

    community: str
    sex: int
    given: str
    family: str
    own: str = ""
    spoken: str = ""
    """What they are called, where the name itself is in their own script."""
    part: Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """The names of one community and how its people answer two equality questions."""

    code: str
    ethnicity: Weighted[str]
    religion: Weighted[str]
    given: tuple[tuple[tuple[Part, ...], ...], ...]
    """By sex, then young, middle, older."""
    family: tuple[Part, ...]
    hers: tuple[Part, ...]
    own_share: float
    own_order: str
    single_share: float
    """How many have one name only."""


def _part(text: str) -> Part:
    latin, _, own = unicodedata.normalize("NFC", text).partition("|")

    def both(half: str) -> tuple[str, str]:
        his, _, hers = half.partition("/")
        return (hers or his, his)

    return Part(both(latin), both(own))


def _community(code: str, table: dict[str, Any]) -> Community:
    def parts(key: str, default: str = "") -> tuple[Part, ...]:
        return tuple(_part(text) for text in table.get(key, table.get(default, ())))

    return Community(
        code=code,
        ethnicity=Weighted(table["ethnicity"]),
        religion=Weighted(table["religion"]),
        given=tuple(
            (parts(f"young_{sex}", sex), parts(sex), parts(f"older_{sex}", sex))
            for sex in ("female", "male")
        ),
        family=parts("family"),
        hers=parts("family_hers"),
        own_share=table.get("own_share", 0) / 100,
        own_order=table.get("own_order", "given family"),
        single_share=table.get("single_share", 0) / 100,
    )


@cache
def communities() -> dict[str, Community]:
    """Return every community by its code."""
    text = resources.path("example/names.toml").read_text("utf-8")
    return {code: _community(code, table) for code, table in tomllib.loads(text).items()}


def draw(chance: random.Random, code: str, sex: int, age: int) -> Name:
    """Name somebody of a community."""
    community = communities()[code]
    family = chance.choice(community.family)
    if sex == FEMALE and community.hers and age >= _YOUNG_TO and chance.random() < _HERS_SHARE:
        family = chance.choice(community.hers)
    return _named(chance, community, family, sex, age)


def relative(chance: random.Random, name: Name, sex: int, age: int) -> Name:
    """Name somebody of the same family."""
    community = communities()[name.community]
    part = name.part
    if part in community.hers:  # hers alone: the men of the family have another
        part = chance.choice(community.family)
    for _ in range(3):  # families rarely give a name twice
        found = _named(chance, community, part, sex, age)
        if found.given != name.given:
            break
    return found


def _named(chance: random.Random, community: Community, family: Part, sex: int, age: int) -> Name:
    fashion = 2 if age >= _OLDER_FROM else 0 if age <= _YOUNG_TO else 1
    latin = family.latin[sex]
    given = chance.choice(community.given[sex][fashion])
    while given.latin[sex] == latin:  # nobody is called Fraser Fraser
        given = chance.choice(community.given[sex][fashion])
    if community.code == "english" and chance.random() < _DOUBLE_SHARE:
        latin = f"{latin}-{chance.choice(community.family).latin[sex]}"
    own_given, own_family = given.own[sex], family.own[sex]
    single = chance.random() < community.single_share
    if single:
        latin = own_family = ""
    name = Name(
        community=community.code,
        sex=sex,
        given=given.latin[sex],
        family=latin,
        part=family,
    )
    if chance.random() >= community.own_share:
        return name
    if own_given and (own_family or single) and chance.random() < _ALL_OWN_SHARE:
        return replace(name, given=own_given, family=own_family, spoken=name.given)
    return replace(name, own=own_name(own_given, own_family, community.own_order))


def own_name(given: str, family: str, order: str) -> str:
    """Put a name together as its own script does."""
    if not given:
        return ""
    if order == "familygiven":
        return f"{family}{given}"
    return f"{given} {family}".strip()
