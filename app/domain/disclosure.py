"""Hides small numbers, and whatever they could be worked out from.

Sources: figures.md "Disclosure modes"; NHS rule of 1 to 7 and rounding to 5 [S127][S128]; GP
Patient Survey rule that a lone hidden count takes the next lowest with it [S130].

Numbers that are printed together are given together, with the sums that tie them: the parts of a
table to its total, rows and columns of a table of two ways, the same total cut several ways. A
reader knows the printed numbers, the sums, and the rule itself; after hiding, every hidden number
still has at least two values it could be. That is checked here for each, by finding another way
to fill in the hidden numbers that prints the same page; where there is none, more is hidden.
"""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

LEAST_BASE = 8
"""A mean or percentage needs this many behind it outside the house."""
ROUNDS_TO = 5
NOT_SHOWN = "not shown"
_MOST_TRIES = 300
_MOST_CHANGES = (4, 8, 16, 40)


class Disclosure(StrEnum):
    """Whose eyes numbers are for, which says what is hidden."""

    INTERNAL = "internal"
    FUNDER = "funder"
    NHS = "nhs"
    PUBLIC = "public"

    @property
    def hidden_up_to(self) -> int:
        """Counts from 1 to this are hidden; 0 hides nothing."""
        return {"internal": 0, "funder": 4, "nhs": 7, "public": 9}[self.value]

    @property
    def small(self) -> str:
        """What stands in the place of a small count."""
        return "*" if self is Disclosure.NHS else f"fewer than {self.hidden_up_to + 1}"

    def hides(self, count: float) -> bool:
        """Say whether a count is small enough to be hidden by itself; nought is not."""
        return 0 < count <= self.hidden_up_to

    def may_show_rate(self, base: int) -> bool:
        """Say whether a mean or percentage has enough behind it to be shown."""
        return self is Disclosure.INTERNAL or base >= LEAST_BASE

    def rounded(self, count: int) -> int:
        """Return a count as it is printed when it is shown: to the nearest 5 for the NHS."""
        if self is not Disclosure.NHS:
            return count
        return (count + ROUNDS_TO // 2) // ROUNDS_TO * ROUNDS_TO


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A number that may be printed, by any key of the caller's.

    ``people`` is how many people stand behind a number that does not itself count people, such as
    attendances or hours: where they are few it is hidden, however large it is. ``is_count`` is
    False for what is measured (hours, pence), which is never rounded.
    """

    key: Hashable
    value: float
    people: int | None = None
    is_count: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Parts that a reader can tie to a total: equal to their sum, or when they overlap at most it."""

    total: Hashable
    parts: tuple[Hashable, ...]
    overlapping: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A number that is printed, rounded where the mode says so."""

    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """A number that is not printed, and what is printed instead.

    ``perhaps_none`` is whether it was hidden with all beside it, noughts too: it may be nought itself.
    """

    text: str
    perhaps_none: bool = False


def protect(
    cells: Iterable[Cell], sums: Sequence[Sum], mode: Disclosure
) -> Mapping[Hashable, Shown | Hidden]:
    """Return for every cell whether it is shown or hidden; its key may be in several sums.

    Every total and part of a sum must be among the cells; raises KeyError when one is not.
    """
    page = _Page(tuple(cells), sums, mode)
    if mode is not Disclosure.INTERNAL:
        page.hide_small()
        page.hide_until_safe()
    return page.printed()


def merge_neighbours(counts: Sequence[int], mode: Disclosure) -> tuple[tuple[int, ...], ...]:
    """Return runs of neighbouring parts which, added together, leave nothing small to hide.

    For parts in an order, such as ages: each small one goes to its smaller neighbour. If all of
    them together are few, one run is left.
    """
    runs: list[tuple[int, ...]] = [(position,) for position in range(len(counts))]

    def size(place: int) -> int:
        return sum(counts[position] for position in runs[place])

    while len(runs) > 1:
        small = [place for place in range(len(runs)) if mode.hides(size(place))]
        if not small:
            break
        least = min(small, key=size)
        beside = [place for place in (least - 1, least + 1) if 0 <= place < len(runs)]
        first = min(least, min(beside, key=size))
        runs[first : first + 2] = [runs[first] + runs[first + 1]]
    return tuple(runs)


class _State(IntEnum):
    """What is printed in a cell's place, and so what a reader knows of it."""

    SHOWN = 0
    SMALL = 1
    """The words for a small count: it is from 1 to the mode's limit."""
    WITHHELD = 2
    """Not shown, because another could be worked out from it: a reader knows it is not small."""
    BLANKED = 3
    """Not shown with all beside it, noughts too: a reader knows nothing of it."""


class _Page:
    """Numbers printed together, the equations between them, and what is hidden so far."""

    def __init__(self, cells: Sequence[Cell], sums: Sequence[Sum], mode: Disclosure) -> None:
        self._cells, self._mode = cells, mode
        self._place = {cell.key: place for place, cell in enumerate(cells)}
        self._state = [_State.SHOWN] * len(cells)
        self._sums = [
            (self._place[one.total], [self._place[key] for key in one.parts], one.overlapping)
            for one in sums
        ]
        # Blanking these would hide nothing: a total of nought that is printed says it of its parts.
        self._sure_noughts = {
            place
            for total, parts, _ in self._sums
            if not cells[total].value
            for place in (total, *parts)
        }
        self._gaps: list[float] = []
        self.equations: list[dict[int, int]] = []
        self.tied_by: list[list[int]] = [[] for _ in cells]
        for total, parts, overlapping in self._sums:
            self._tie(dict.fromkeys(parts, 1) | {total: -1}, may_exceed=overlapping)
            for part in parts if overlapping else ():
                self._tie({total: 1, part: -1}, may_exceed=True)

    def _tie(self, equation: dict[int, int], *, may_exceed: bool) -> None:
        """Add an equation; a side that may be more is balanced by a gap that nobody sees."""
        if may_exceed:
            gap = sum(sign * self._cells[place].value for place, sign in equation.items())
            self._gaps.append(gap)
            equation = equation | {len(self._cells) + len(self._gaps) - 1: -1}
            self.tied_by.append([])
        for place in equation:
            self.tied_by[place].append(len(self.equations))
        self.equations.append(equation)

    # --- what is hidden ----------------------------------------------------------------------

    def hide_small(self) -> None:
        """Hide small counts, what few people stand behind, and everything under a small total."""
        for place, cell in enumerate(self._cells):
            if self._mode.hides(cell.value) and cell.is_count:
                self._state[place] = _State.SMALL
            elif self._mode.hides(cell.people or 0):
                self._state[place] = _State.WITHHELD
        for total, parts, _ in self._sums:
            if self._is_small(total):
                self._blank(set(parts) - self._sure_noughts)

    def _is_small(self, place: int) -> bool:
        cell = self._cells[place]
        counted = cell.value if cell.is_count else 0
        return self._mode.hides(counted if cell.people is None else cell.people)

    def hide_until_safe(self) -> None:
        """Hide more until no hidden number can be worked out; each round hides at least one."""
        while self._hide_beside_lonely() or self._hide_for_weakest():
            pass

    def _hide_beside_lonely(self) -> bool:
        """Where exactly one number of a sum is in doubt, hide another beside it."""
        for total, parts, overlapping in self._sums:
            doubtful = [p for p in (total, *parts) if self._is_doubtful(p)]
            if not overlapping and len(doubtful) == 1 and self._is_hidden(doubtful[0]):
                other = self._smallest(parts)
                other = total if other is None else other
                if not self._is_hidden(other):
                    self._state[other] = _State.WITHHELD
                    return True
        return False

    def _smallest(self, places: Iterable[int]) -> int | None:
        """Return the place of the smallest number that is shown and not nought, or None."""
        shown = [p for p in places if not self._is_hidden(p) and self._cells[p].value]
        return min(shown, key=lambda place: (self._cells[place].value, place), default=None)

    def _hide_for_weakest(self) -> bool:
        """Find a hidden number that could be worked out, and hide more for its sake."""
        proved: set[int] = set()
        for place in range(len(self._cells)):
            if self._is_hidden(place) and place not in proved:
                other_way = self._another_way(place)
                if other_way is not None:
                    proved |= other_way.keys()
                elif self._hide_for(place):
                    return True
        return False

    def _hide_for(self, place: int) -> bool:
        """Hide more near a number, as little as may help; False when all tied to it is blank.

        First the smallest number beside it, then all the words beside it, then a total above it.
        """
        tied = [(total, parts) for total, parts, _ in self._sums if place in (total, *parts)]
        beside = {part for _, parts in tied for part in parts}
        other = self._smallest(beside)
        if other is None and not self._blank(beside - self._sure_noughts):
            other = self._smallest(total for total, _ in tied)
            if other is None:
                return self._blank(self._everything_tied_to(place))
        if other is not None:
            self._state[other] = _State.WITHHELD
        return True

    def _blank(self, places: Iterable[int]) -> bool:
        """Blank numbers, noughts too; False when all of them were blank."""
        before = list(self._state)
        for place in places:
            self._state[place] = _State.BLANKED
        return before != self._state

    def _everything_tied_to(self, place: int) -> set[int]:
        found, waiting = {place}, [place]
        while waiting:
            here = waiting.pop()
            for total, parts, _ in self._sums:
                if here == total or here in parts:
                    new = {total, *parts} - found
                    found |= new
                    waiting += new
        return found

    def _is_hidden(self, place: int) -> bool:
        return self._state[place] is not _State.SHOWN

    def _is_doubtful(self, place: int) -> bool:
        low, high = self._could_be(place)
        return low != high

    # --- what a reader can work out ----------------------------------------------------------

    def _could_be(self, place: int) -> tuple[float, float]:
        """Return the least and most a number could be, from what is printed in its place."""
        if place >= len(self._cells):
            return 0, math.inf
        cell, limit = self._cells[place], self._mode.hidden_up_to
        match self._state[place]:
            case _State.SMALL:
                return 1, limit
            case _State.BLANKED:
                return 0, math.inf
            case _State.WITHHELD:
                return (limit + 1 if cell.is_count and cell.value > limit else 0), math.inf
        if self._mode is Disclosure.NHS and cell.is_count and cell.value:
            printed, reach = self._mode.rounded(int(cell.value)), ROUNDS_TO // 2
            return max(limit + 1, printed - reach), printed + reach
        return cell.value, cell.value

    def _another_way(self, place: int) -> Mapping[int, int] | None:
        """Return changes to numbers in doubt, this one among them, that print the same page.

        A search over changes of one, each broken equation mended in turn, few changes before many.
        It may miss a way, and then too much is hidden; but what it finds is there.
        """
        for most in _MOST_CHANGES:
            for step in (1, -1):
                search = _Search(self, most)
                if self.may_change(place, step) and search.try_with(place, step):
                    return search.changes
        return None

    def may_change(self, place: int, step: int) -> bool:
        """Say whether a reader could believe a number to be different by a step."""
        cells = len(self._cells)
        value = self._cells[place].value if place < cells else self._gaps[place - cells]
        low, high = self._could_be(place)
        return low <= value + step <= high

    # --- the page ----------------------------------------------------------------------------

    def printed(self) -> Mapping[Hashable, Shown | Hidden]:
        """Return what is printed in every cell's place."""
        return {
            cell.key: self._print(cell, state)
            for cell, state in zip(self._cells, self._state, strict=True)
        }

    def _print(self, cell: Cell, state: _State) -> Shown | Hidden:
        if state is _State.SHOWN:
            whole = cell.is_count and self._mode is Disclosure.NHS
            return Shown(value=self._mode.rounded(int(cell.value)) if whole else cell.value)
        if state is _State.SMALL:
            return Hidden(text=self._mode.small)
        return Hidden(text=NOT_SHOWN, perhaps_none=state is _State.BLANKED)


class _Search:
    """Looks for changes that break no equation of a page."""

    def __init__(self, page: _Page, most: int) -> None:
        self.changes: dict[int, int] = {}
        self._page, self._most, self._tries = page, most, _MOST_TRIES
        self._over: dict[int, int] = {}
        """By how much each broken equation is over."""

    def try_with(self, place: int, step: int) -> bool:
        """Change a number and mend what that breaks; leave everything as it was if it cannot be."""
        self._tries -= 1
        self._change(place, step)
        if not self._over or (len(self.changes) < self._most and self._mend()):
            return True
        del self.changes[place]
        self._shift(place, -step)
        return False

    def _mend(self) -> bool:
        number, over = next(reversed(self._over.items()))
        ways = [
            (place, -over * sign)
            for place, sign in self._page.equations[number].items()
            if place not in self.changes and self._page.may_change(place, -over * sign)
        ]
        for place, step in sorted(ways, key=lambda way: self._breaks(*way)):
            if self._tries <= 0:
                return False
            if self.try_with(place, step):
                return True
        return False

    def _breaks(self, place: int, step: int) -> int:
        """Return how far off all equations of a number would be together after a change to it."""
        return sum(
            abs(self._over.get(number, 0) + step * self._page.equations[number][place])
            for number in self._page.tied_by[place]
        ) - sum(abs(self._over.get(number, 0)) for number in self._page.tied_by[place])

    def _change(self, place: int, step: int) -> None:
        self.changes[place] = step
        self._shift(place, step)

    def _shift(self, place: int, step: int) -> None:
        for number in self._page.tied_by[place]:
            over = self._over.get(number, 0) + step * self._page.equations[number][place]
            if over:
                self._over[number] = over
            else:
                self._over.pop(number, None)
