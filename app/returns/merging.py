"""Add small parts of a breakdown together, so that fewer numbers have to be hidden.

Ages join their neighbours; places and other open lists join one line, "Other areas". Merge first,
then hide. Source: figures.md, Disclosure modes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.domain.disclosure import Disclosure, merge_neighbours
from app.figures.breakdowns import breakdown
from app.figures.definition import Unit
from app.figures.evaluate import BrokenDown, Part

OTHERS = "others"
"""The key of the line of small parts."""

_Pair = tuple[str, str]


def merged(
    parts: Mapping[_Pair, BrokenDown], cuts: Sequence[str], mode: Disclosure
) -> Mapping[_Pair, BrokenDown]:
    """Return broken-down figures with the small parts of some breakdowns added together.

    How few people there are in each part decides, and every figure of a breakdown is added up
    alike. Rates and parts that overlap cannot be added up: their breakdown stays as it is.
    """
    found = dict(parts)
    for by in cuts:
        mine = {pair: cut for pair, cut in parts.items() if pair[1] == by}
        if all(_adds_up(cut) for cut in mine.values()):
            groups = _groups(_of_people(mine.values()), by, mode)
            found |= {pair: _together(cut, groups, by) for pair, cut in mine.items()}
    return found


def _of_people(cuts: Iterable[BrokenDown]) -> BrokenDown:
    return min(cuts, key=lambda cut: cut.figure.unit is not Unit.PEOPLE)  # the first that is


def _adds_up(cut: BrokenDown) -> bool:
    return not cut.overlapping and not cut.figure.is_rate


def _groups(cut: BrokenDown, by: str, mode: Disclosure) -> list[tuple[str, ...]]:
    """Return the keys that become one line each, in their order."""
    fixed = _fixed(cut, by)
    own = [part for part in cut.parts if part.key not in fixed]
    counts = [int(part.value or 0) for part in own]
    if _is_age(by):
        groups = [tuple(own[place].key for place in run) for run in merge_neighbours(counts, mode)]
    else:
        groups = _with_others(own, mode)
    return [*groups, *((part.key,) for part in cut.parts if part.key in fixed)]


def _with_others(own: Sequence[Part], mode: Disclosure) -> list[tuple[str, ...]]:
    small = [part for part in own if mode.hides(part.value or 0)]
    rest = sorted(
        (part for part in own if part not in small and part.value), key=lambda part: part.value or 0
    )
    while small and rest and mode.hides(sum(part.value or 0 for part in small)):
        small.append(rest.pop(0))
    if len(small) < 2:
        return [(part.key,) for part in own]
    keys = {part.key for part in small}
    kept = [(part.key,) for part in own if part.key not in keys]
    return [*kept, tuple(part.key for part in small)]


def _fixed(cut: BrokenDown, by: str) -> frozenset[str]:
    """Return the parts that are joined to no other: not asked, not recorded, guests."""
    last = {"prefer_not", "not_asked", "not_known", "guests", "none", ""}
    if _is_age(by):
        return frozenset(part.key for part in cut.parts if part.key in last)
    return frozenset(last)


def _is_age(by: str) -> bool:
    return breakdown(by).names == "age"


def _together(cut: BrokenDown, groups: Sequence[tuple[str, ...]], by: str) -> BrokenDown:
    by_key = {part.key: part for part in cut.parts}
    lines = []
    for keys in groups:
        inside = [by_key[key] for key in keys if key in by_key]
        if len(inside) == 1:
            lines.append(inside[0])
        elif inside:
            lines.append(
                Part(
                    key="+".join(keys) if _is_age(by) else OTHERS,
                    label=_label(inside, cut, by),
                    value=sum(part.value or 0 for part in inside),
                    n=sum(part.n for part in inside),
                )
            )
    known = {key for keys in groups for key in keys}
    lines += [part for part in cut.parts if part.key not in known]
    return replace(cut, parts=tuple(lines))


def _label(inside: Sequence[Part], cut: BrokenDown, by: str) -> str:
    if not _is_age(by):
        return f"Other {cut.breakdown.title.lower()}s"
    first, last = inside[0].label, inside[-1].label
    low = first.split()[0] if first[0].isdigit() else "0"
    if last.endswith("over"):
        return f"{low} and over" if low != "0" else "All ages"
    return f"{low} to {last.split()[-1]}"
