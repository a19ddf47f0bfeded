"""Given names that are often one person's: Kate and Katherine, Bob and Robert, Mo and Mohammed.

Only for offering likely doubles: nobody is ever joined because of it. The list is
resources/short_forms.txt.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from app import resources

_NONE: frozenset[int] = frozenset()


@cache
def _lines() -> tuple[tuple[str, ...], ...]:
    text = resources.path("short_forms.txt").read_text(encoding="utf-8")
    return tuple(
        tuple(line.split()) for line in text.splitlines() if line and not line.startswith("#")
    )


@cache
def _by_name() -> Mapping[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(_lines()):
        for name in line:
            found[name].add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def families_of(name: str) -> frozenset[int]:
    """Return the numbers of the lines a plain given name stands in: two that share one go together."""
    return _by_name().get(name, _NONE)


def go_together(one: str, other: str) -> bool:
    """Say whether two different plain given names may be one person's."""
    return one != other and not families_of(one).isdisjoint(families_of(other))


def forms_of(name: str) -> frozenset[str]:
    """Return every other plain given name that goes together with one."""
    lines = _lines()
    return frozenset(form for number in families_of(name) for form in lines[number]) - {name}


def alike_but_for_short_form(one: Iterable[str], other: Iterable[str]) -> bool:
    """Say whether the words of two plain names are the same but for one given name's short form."""
    mine, theirs = set(one), set(other)
    here, there = mine - theirs, theirs - mine
    if len(here) != 1 or len(there) != 1 or not mine & theirs:
        return False
    return go_together(*here, *there)
