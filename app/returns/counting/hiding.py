"""Decide which numbers of a return are hidden, over all its sentences, tables and charts together."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.disclosure import Cell, Disclosure, Hidden, Shown, Sum, protect
from app.figures.breakdowns import GUESTS, whole_of
from app.figures.definition import Figure, Unit
from app.figures.evaluate import BrokenDown, FigureValue
from app.figures.known import known_figures
from app.returns.counting.shares import share_as_hidden
from app.returns.counting.ties import (
    BEHIND,
    FOLLOWS,
    Key,
    base_of,
    part_of,
    rest_of,
    ties_between,
)

_COUNTED = frozenset({Unit.PEOPLE, Unit.ATTENDANCES, Unit.REFERRALS})
"""Units that count people or what each of them did."""
_DONE = frozenset({Unit.SESSIONS, Unit.UNITS})
"""Units that do so where it is people's own sessions that are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hiding:
    """Which numbers of a return are shown, rounded or hidden."""

    mode: Disclosure
    _printed: Mapping[Key, Shown | Hidden] = field(repr=False)

    def of(self, name: str, by: str = "", part: str = "") -> Shown | Hidden | None:
        """Return what becomes of a number; None for one that says nothing about people.

        A share of people is shown as it is (None), or hidden with a bound where one can be given.
        """
        where = (by, part) if by else ()
        base = self._printed.get((base_of(name), *where))
        if base is None:
            return self._printed.get(_key(FOLLOWS.get(name, name), by, part))
        inside = (part_of(name), *where)
        return share_as_hidden(
            self.mode, base, self._printed[inside], self._printed[rest_of(inside)]
        )

    def base(self, name: str) -> Shown | Hidden | None:
        """Return what becomes of the number that a share is of; None for other figures."""
        return self._printed.get((base_of(name),))


def _key(name: str, by: str, part: str) -> Key:
    # The guests of a table by persons are the guests of the whole, one number and not two.
    if part == GUESTS:
        return (GUESTS,)
    return (name, by, part) if by else (name,)


def with_support(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return figures with those that must be known to hide them well."""
    found = list(names)
    for name in found:  # grows while it is read: what supports a figure may need support itself
        found += [other for other in (FOLLOWS.get(name), BEHIND.get(name)) if other]
    return tuple(dict.fromkeys(found))


def parts_with_support(pairs: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return figures by their breakdowns with those that must be known to hide them well."""
    found: list[tuple[str, str]] = []
    for name, by in pairs:
        first = by.partition(":")[0]
        others = with_support((name,))
        found += [(one, by) for one in others if first in known_figures()[one].breakdowns]
    return tuple(dict.fromkeys(found))


def hide(
    totals: Mapping[str, FigureValue],
    parts: Mapping[tuple[str, str], BrokenDown],
    printed: Sequence[tuple[str, str]],
    mode: Disclosure,
) -> Hiding:
    """Return what becomes of each number that a return prints.

    ``printed`` are the pairs of figure and breakdown that a reader sees; the others in ``parts``
    only say how many people stand behind.
    """
    if mode is Disclosure.INTERNAL:
        return Hiding(mode=mode, _printed={})
    # In the order of the template, always the same: it decides between equals.
    cells: dict[Key, Cell] = {(name,): _total_cell(totals, name) for name in totals if _tells(name)}
    for name in totals:
        cells |= _share_cells(name, (), totals[name].value, totals[name].n)
    sums: list[Sum] = []
    for name, by in dict.fromkeys((FOLLOWS.get(name, name), by) for name, by in printed):
        if _tells(name):
            sums.append(_tied(cells, parts[name, by], by, parts.get((BEHIND.get(name, ""), by))))
        elif _is_share_of_people(known_figures()[name]):
            sums += _tied_shares(cells, parts[name, by], by)
    sums += [*ties_between(cells), *_nested(cells, parts, printed)]
    first = protect(cells.values(), sums, mode)
    cells |= _with_their_people(cells, first)
    return Hiding(mode=mode, _printed=protect(cells.values(), sums, mode))  # type: ignore[arg-type]


def _with_their_people(
    cells: Mapping[Key, Cell], printed: Mapping[Hashable, Shown | Hidden]
) -> dict[Key, Cell]:
    """Return cells to hide because the people of the same row are hidden: one row, one answer."""
    found = {}
    for key, cell in cells.items():
        people = (BEHIND.get(key[0], ""), *key[1:])
        if len(key) > 1 and isinstance(printed.get(people), Hidden):
            found[key] = replace(cell, people=1)
    return found


def _tied(cells: dict[Key, Cell], cut: BrokenDown, by: str, people: BrokenDown | None) -> Sum:
    """Add the cells of a broken-down figure; return the sum that ties them to the whole."""
    name = cut.figure.id
    keys = tuple(_key(name, by, part.key) for part in cut.parts)
    for key, part in zip(keys, cut.parts, strict=True):
        behind = None if part.key == GUESTS else _people_in(people, part.key)
        if behind == 0 and part.value:
            behind = 1  # whoever stands behind it was counted in another period: perhaps one
        cells[key] = _cell(key, name, part.value, behind)
    return Sum(total=(name,), parts=keys, overlapping=cut.overlapping)


def _share_cells(
    name: str, where: tuple[str, ...], value: float | None, behind: int
) -> dict[Key, Cell]:
    """Return what a share is of and how many it is about: a reader reckons 23 from "92% of 25"."""
    if not _is_share_of_people(known_figures()[name]):
        return {}
    counts = {base_of(name): behind, part_of(name): round((value or 0) * behind)}
    keyed = {(one, *where): count for one, count in counts.items()}
    return {key: Cell(key=key, value=count) for key, count in keyed.items()}


def _tied_shares(cells: dict[Key, Cell], cut: BrokenDown, by: str) -> list[Sum]:
    """Add the cells of a share in its parts; return the sums that tie them to the whole."""
    name, sums = cut.figure.id, []
    for part in cut.parts:
        cells |= _share_cells(name, (by, part.key), part.value, part.n)
    for one in (base_of(name), part_of(name)):
        keys = tuple((one, by, part.key) for part in cut.parts)
        sums.append(Sum(total=(one,), parts=keys, overlapping=cut.overlapping))
    return sums


def _is_share_of_people(figure: Figure) -> bool:
    """Say whether a figure is a share of people or referrals, and hidden by no other figure."""
    return figure.unit is Unit.SHARE and figure.id not in FOLLOWS


def _tells(name: str) -> bool:
    """Say whether a figure says something about people that its own number may give away."""
    figure = known_figures()[name]
    of_people = figure.unit in _COUNTED or bool(figure.people)
    return name not in FOLLOWS and of_people and not figure.is_rate


def _total_cell(totals: Mapping[str, FigureValue], name: str) -> Cell:
    behind = BEHIND.get(name, "")
    people = int(totals[behind].value or 0) if behind in totals else None
    return _cell((name,), name, totals[name].value, people)


def _cell(key: Key, name: str, value: float | None, people: int | None) -> Cell:
    figure = known_figures()[name]
    is_count = figure.unit in _COUNTED or (figure.unit in _DONE and bool(figure.people))
    return Cell(key=key, value=value or 0, people=people, is_count=is_count)


def _people_in(people: BrokenDown | None, key: str) -> int | None:
    """Return how many people stand in a part, or None where the part itself counts them."""
    if people is None:
        return None
    return next((int(part.value or 0) for part in people.parts if part.key == key), 0)


def _nested(
    cells: Mapping[Key, Cell],
    parts: Mapping[tuple[str, str], BrokenDown],
    printed: Sequence[tuple[str, str]],
) -> list[Sum]:
    """Return the sums between a fine and a coarse table of one figure: Irish lies in White.

    Neither is merged (numbers.py sees to that), so every part has its place in the coarse one.
    """
    sums = []
    for name, by in printed:
        cut, groups = parts[name, by], dict[Key, list[Key]]()
        for part in cut.parts:
            lies_in = whole_of(by, part.key)
            whole = _key(name, *lies_in) if lies_in else ()
            if whole in cells:
                groups.setdefault(whole, []).append(_key(name, by, part.key))
        for whole, fine in groups.items():
            if fine != [whole]:
                sums.append(Sum(total=whole, parts=tuple(fine), overlapping=cut.overlapping))
    return sums
