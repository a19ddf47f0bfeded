"""Decide which numbers of a return are hidden, over all its sentences, tables and charts together."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.disclosure import Cell, Disclosure, Hidden, Shown, Sum, protect
from app.figures.breakdowns import GUESTS, whole_of
from app.figures.definition import Unit
from app.figures.evaluate import BrokenDown, FigureValue
from app.figures.outcomes import every_figure

Key = tuple[str, ...]
"""(figure) for a total, (figure, breakdown, part) for a part."""

_COUNTED = frozenset({Unit.PEOPLE, Unit.ATTENDANCES, Unit.REFERRALS})
"""Units that count people or what each of them did."""

FOLLOWS: Mapping[str, str] = {
    "contact_hours": "attendances",
    "average_attendance": "attendances",
    "capacity_used": "attendances",
    "volunteer_value_pence": "volunteer_hours",
    "unpaid_referral_cost_pence": "unpaid_referred_attendances",
    # What was spent divided by these is how many there were.
    "cost_per_attendance_pence": "attendances",
    "cost_per_person_pence": "people",
}
"""A figure that would give another one away: it is hidden wherever that one is."""

BEHIND: Mapping[str, str] = {
    "attendances": "people",
    "volunteer_hours": "volunteers",
    "referred_attendances": "referrals_started",
    "unpaid_referred_attendances": "referrals_started",
}
"""The figure that says how many people stand behind one that does not count people."""

_WHOLES: Mapping[str, tuple[str, ...]] = {"people": ("people_new", "people_returning")}
"""Figures that others add up to."""

_SOME_OF: Mapping[str, str] = {
    "people_regular": "people",
    "became_volunteers": "volunteers",
    "referrals_accepted": "referrals_received",
    "referrals_started": "referrals_received",
    "referrals_came_4_times": "referrals_started",
    "referrals_full": "referrals_not_accepted",
}
"""Figures that count some of the people of another: "56 of 63" says that 7 are the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hiding:
    """Which numbers of a return are shown, rounded or hidden."""

    mode: Disclosure
    _printed: Mapping[Key, Shown | Hidden] = field(repr=False)

    def of(self, name: str, by: str = "", part: str = "") -> Shown | Hidden | None:
        """Return what becomes of a number; None for one that says nothing about people."""
        return self._printed.get(_key(FOLLOWS.get(name, name), by, part))


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
    sums: list[Sum] = []
    for name, by in dict.fromkeys((FOLLOWS.get(name, name), by) for name, by in printed):
        if _tells(name):
            sums.append(_tied(cells, parts[name, by], by, parts.get((BEHIND.get(name, ""), by))))
    sums += [*_wholes(cells), *_nested(cells, parts, printed)]
    sums += _rests(cells)
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


def _tells(name: str) -> bool:
    """Say whether a figure says something about people that its own number may give away."""
    figure = every_figure()[name]
    return name not in FOLLOWS and (figure.unit in _COUNTED or bool(figure.people))


def _total_cell(totals: Mapping[str, FigureValue], name: str) -> Cell:
    behind = BEHIND.get(name, "")
    people = int(totals[behind].value or 0) if behind in totals else None
    return _cell((name,), name, totals[name].value, people)


def _cell(key: Key, name: str, value: float | None, people: int | None) -> Cell:
    is_count = every_figure()[name].unit in _COUNTED
    return Cell(key=key, value=value or 0, people=people, is_count=is_count)


def _people_in(people: BrokenDown | None, key: str) -> int | None:
    """Return how many people stand in a part, or None where the part itself counts them."""
    if people is None:
        return None
    return next((int(part.value or 0) for part in people.parts if part.key == key), 0)


def _wholes(cells: Mapping[Key, Cell]) -> list[Sum]:
    """Return the sums between figures: new and returning people are all people, in every part."""
    sums = []
    wholes = dict(_WHOLES)
    for name in {key[0] for key in cells if key[0].endswith("_pairs")}:
        scale = name.removesuffix("_pairs")
        # Better, the same and worse are everybody who was asked twice.
        wholes[name] = (f"{scale}_improved", f"{scale}_same", f"{scale}_worse")
    for whole, pieces in wholes.items():
        for key in cells:
            tied = tuple((piece, *key[1:]) for piece in pieces)
            if key[0] == whole and all(one in cells for one in tied):
                sums.append(Sum(total=key, parts=tied))
    return sums


def _rests(cells: dict[Key, Cell]) -> list[Sum]:
    """Add the rest beside each figure that is some of another; return the sums that tie the three.

    The rest is printed nowhere, and is as much a number of people as if it were.
    """
    sums = []
    for key in tuple(cells):
        whole = (_SOME_OF.get(key[0], ""), *key[1:])
        if whole not in cells:
            continue
        rest = ("rest_of", *key)
        value = max(0, cells[whole].value - cells[key].value)
        cells[rest] = Cell(key=rest, value=value)
        sums.append(Sum(total=whole, parts=(key, rest)))
    return sums


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
