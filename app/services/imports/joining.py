"""Join two people of one file into one, where somebody has said that they are the same."""

from array import array
from collections.abc import Mapping
from dataclasses import replace

from app.importers.base import Marks, PersonRow, Plan
from app.importers.gathering import joined
from app.importers.matching import Likely, Matching
from app.services.imports.work import Prepared


def with_same(prepared: Prepared, same: Mapping[int, int]) -> Prepared:
    """Return the import with people of the file joined: place in the plan -> place they go to.

    The one that stays keeps what it has, and has its blanks filled from the other.
    """
    targets = {place: _last(place, same) for place in same}
    targets = {place: target for place, target in targets.items() if place != target}
    if not targets:
        return prepared
    plan = prepared.plan
    kept = [i for i in range(len(plan.people)) if i not in targets]
    fresh = {old: new for new, old in enumerate(kept)}
    goes_to = [fresh[targets.get(i, i)] for i in range(len(plan.people))]
    people = [plan.people[i] for i in kept]
    for place in sorted(targets):
        people[goes_to[place]] = joined(people[goes_to[place]], plan.people[place])
    return replace(
        prepared,
        plan=_renumbered(plan, tuple(people), goes_to),
        matching=_matching(prepared.matching, goes_to),
    )


def _last(place: int, same: Mapping[int, int]) -> int:
    """Follow joins of joined ones to the one that stays; a ring ends at its lowest place."""
    met = [place]
    while same.get(met[-1], met[-1]) not in met:
        met.append(same[met[-1]])
    if met[-1] not in same:
        return met[-1]
    return min(met[met.index(same[met[-1]]) :])


def _renumbered(plan: Plan, people: tuple[PersonRow, ...], goes_to: list[int]) -> Plan:
    marks = Marks(
        session=plan.marks.session,
        person=array("i", (goes_to[i] for i in plan.marks.person)),
        mark=plan.marks.mark,
        role=plan.marks.role,
    )
    hours = tuple(replace(row, person=goes_to[row.person]) for row in plan.hours)
    referrals = tuple(replace(row, person=goes_to[row.person]) for row in plan.referrals)
    return replace(plan, people=people, marks=marks, hours=hours, referrals=referrals)


def _matching(matching: Matching, goes_to: list[int]) -> Matching:
    likely = tuple(
        replace(offer, row=goes_to[offer.row], other_row=_other(offer, goes_to))
        for offer in matching.likely
        if offer.other_row is None or goes_to[offer.row] != goes_to[offer.other_row]
    )
    matched: dict[int, int] = {}
    for place, person_id in matching.matched.items():
        matched.setdefault(goes_to[place], person_id)
    return Matching(matched=matched, likely=likely)


def _other(offer: Likely, goes_to: list[int]) -> int | None:
    return None if offer.other_row is None else goes_to[offer.other_row]
