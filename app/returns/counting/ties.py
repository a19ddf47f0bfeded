"""What ties the figures of a return to each other: which a reader can reckon from which others.

Every figure that counts people, or what each of them did, and is some or all of another stands
here once; hiding.py hides them together. What is printed of them makes no difference: a number
that stands nowhere, such as the 7 who are the rest of "56 of 63", is as much one as if it did.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain.disclosure import Cell, Sum

Key = tuple[str, ...]
"""(figure) for a total, (figure, breakdown, part) for a part."""

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
    "places_granted": "places_people",
    "places_used": "places_people",
    "places_left": "places_people",
    "places_expired": "places_people",
    "places_no_shows": "places_people",
}
"""The figure that says how many people stand behind one that does not count people."""


_BASE, _PART = "#base", "#part"


@dataclass(frozen=True, slots=True)
class Tie:
    """A figure and others that are parts of it, each of another part; ``all`` when nothing is left."""

    whole: str
    pieces: tuple[str, ...]
    all: bool = False


def base_of(share: str) -> str:
    """Return the name of what a share is of, which is counted and seldom a figure of its own."""
    return f"{share}{_BASE}"


def part_of(share: str) -> str:
    """Return the name of those that a share is about: the 23 of "92% of 25"."""
    return f"{share}{_PART}"


def rest_of(key: Key) -> Key:
    """Return the key of what is left of a whole beside some of its pieces."""
    return ("rest_of", *key)


_TIES = (
    Tie("people", ("people_new", "people_returning"), all=True),
    Tie("people", ("people_regular",)),
    Tie("volunteers", ("became_volunteers",)),
    Tie(
        "referrals_received",
        (
            "referrals_accepted", "referrals_not_accepted", "referrals_person_declined",
            "referrals_no_contact", "referrals_waiting",
        ),
    ),
    Tie("referrals_received", ("referrals_open",)),
    Tie("referrals_received", ("referrals_started",)),
    Tie("referrals_open", ("referrals_waiting",)),
    Tie("referrals_not_accepted", ("referrals_full",)),
    Tie("referrals_started", ("referrals_came_4_times",)),
    Tie("referrals_received", (base_of("take_up"),), all=True),
    Tie("referrals_started", (part_of("take_up"),), all=True),
    Tie("referred_attendances", ("unpaid_referred_attendances",)),
    Tie("journey_referred", ("journey_came",)),
    Tie("journey_came", ("journey_regular",)),
    Tie("journey_came", ("journey_volunteer",)),
    Tie("journey_came", ("journey_leader",)),
    Tie("places_granted", ("places_used", "places_left", "places_expired"), all=True),
)  # fmt: skip


def ties_between(cells: dict[Key, Cell]) -> Iterator[Sum]:
    """Yield the sums between figures, of the whole and in every part; add what is left over."""
    for tie in (*_TIES, *_of_outcomes(cells), *_of_shares(cells)):
        for key in [one for one in cells if one[0] == tie.whole]:
            pieces = tuple((name, *key[1:]) for name in tie.pieces)
            there = tuple(one for one in pieces if one in cells)
            if tie.all and there != pieces:
                continue
            if there and not tie.all:
                there = (*there, _left_over(cells, key, there))
            if there:
                yield Sum(total=key, parts=there)


def _left_over(cells: dict[Key, Cell], whole: Key, pieces: tuple[Key, ...]) -> Key:
    key = rest_of(pieces[0])
    value = max(0, cells[whole].value - sum(cells[one].value for one in pieces))
    while key in cells:  # the same piece beside others, as some of another whole
        key = rest_of(key)
    cells[key] = Cell(key=key, value=value)
    return key


def _of_outcomes(cells: Mapping[Key, Cell]) -> Iterator[Tie]:
    """Yield that better, same and worse are everybody who was asked twice, and so are all bands."""
    for name in _names(cells, "_pairs"):
        scale = name.removesuffix("_pairs")
        yield Tie(name, (f"{scale}_improved", f"{scale}_same", f"{scale}_worse"), all=True)
        yield Tie(name, (f"{scale}_band_before",), all=True)
        yield Tie(name, (f"{scale}_band_after",), all=True)


def _of_shares(cells: Mapping[Key, Cell]) -> Iterator[Tie]:
    for name in _names(cells, _BASE):
        yield Tie(name, (part_of(name.removesuffix(_BASE)),))


def _names(cells: Mapping[Key, Cell], ending: str) -> tuple[str, ...]:
    # In the order of the cells, always the same: it decides which of two equals is hidden.
    return tuple(dict.fromkeys(key[0] for key in cells if key[0].endswith(ending)))
