"""Find which referrals of a plan are in the book already, and who of their senders is new.

The same referral is the same reference of the same person; or, where not both have a reference, the
same person, day and sender, for activities that are not two different ones. It is never added twice.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.importers.base import ImportProblem, Plan, ReferralRow, SenderRow, Skipped
from app.storage import import_referrals
from app.storage.register import Register

_ALIKE = 90
"""How alike, of 100, the names of two organisations are when it is worth saying."""
_MOST_SAID = 50
_Person = tuple[str, int]
"""A person of the book ("book", id) or one that is to be added ("file", place in the plan)."""


@dataclass(slots=True)
class ReferralPlan:
    """Each referral of a plan: its id in the book, or None when it is to be added."""

    ids: list[int | None] = field(default_factory=list)
    left_out: set[int] = field(default_factory=set)
    """Places of referrals that are not added, though the book has them not."""
    skipped: list[Skipped] = field(default_factory=list)
    problems: list[ImportProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    new_referrers: int = 0
    new_workers: int = 0

    @property
    def matched(self) -> int:
        """How many are in the book already."""
        return sum(one is not None for one in self.ids)

    @property
    def new(self) -> int:
        """How many are to be added."""
        return len(self.ids) - self.matched - len(self.left_out)

    def is_new(self, index: int) -> bool:
        """Say whether a referral of the plan is to be added."""
        return self.ids[index] is None and index not in self.left_out


@dataclass(frozen=True, slots=True)
class _Met:
    """A referral of the book, or an earlier one of the file, as far as being the same goes."""

    person: _Person
    received_on: dt.date
    organisation: str
    source_type: str
    activity: object
    reference: str = field(repr=False)
    id: int | None = None
    row: int = 0


class _Index:
    """Referrals by reference, and by person and day."""

    def __init__(self) -> None:
        self.by_reference: dict[str, list[_Met]] = defaultdict(list)
        self.by_day: dict[tuple[_Person, dt.date], list[_Met]] = defaultdict(list)

    def add(self, met: _Met) -> None:
        """Take one in."""
        if met.reference:
            self.by_reference[met.reference].append(met)
        self.by_day[met.person, met.received_on].append(met)

    def same(self, one: _Met) -> _Met | None:
        """Return the referral that is the same as one, or None."""
        for met in self.by_reference.get(one.reference, ()) if one.reference else ():
            if met.person == one.person:
                return met
        for met in self.by_day.get((one.person, one.received_on), ()):
            differ = one.reference and met.reference
            if not differ and _same_sender(one, met) and _may_be_one(one, met):
                return met
        return None

    def of_another(self, one: _Met) -> bool:
        """Say whether somebody else has the reference of a referral."""
        found = self.by_reference.get(one.reference, ()) if one.reference else ()
        return any(met.person != one.person for met in found)


def _same_sender(one: _Met, other: _Met) -> bool:
    if one.organisation and other.organisation:
        return one.organisation == other.organisation
    return one.source_type == other.source_type


def _may_be_one(one: _Met, other: _Met) -> bool:
    return one.activity is None or other.activity is None or one.activity == other.activity


def plan_referrals(
    register: Register, plan: Plan, matched: Mapping[int, int], activity_ids: Sequence[int | None]
) -> ReferralPlan:
    """Match the referrals of a plan with the book; nothing is written."""
    found = ReferralPlan()
    if not plan.referrals:
        return found
    own_ids = import_referrals.referral_ids(register)
    index = _book(register)
    for place, row in enumerate(plan.referrals):
        found.ids.append(row.file_id if row.file_id in own_ids else None)
        if found.ids[place] is not None:
            continue
        if row.person not in matched and not plan.people[row.person].known:
            found.left_out.add(place)
            continue
        one = _met(row, matched, activity_ids)
        same = index.same(one)
        if same is not None and same.id is not None:
            found.ids[place] = same.id
        elif same is not None:
            found.left_out.add(place)
            why = f"the same referral as in row {same.row}"
            found.skipped.append(Skipped(place=row.place, why=why, value=row.reference))
        else:
            if row.file_id is None and index.of_another(one):
                found.problems.append(_reference_taken(row))
            if row.file_id is None:
                index.add(one)
    _count_senders(register, plan, found)
    return found


def _book(register: Register) -> _Index:
    index = _Index()
    for row in import_referrals.known_referrals(register):
        index.add(
            _Met(
                person=("book", row["person_id"]),
                received_on=dt.date.fromisoformat(row["received_on"]),
                organisation=(row["organisation"] or "").casefold(),
                source_type=row["source_type"],
                activity=None if row["activity_id"] is None else ("book", row["activity_id"]),
                reference=row["reference"].casefold(),
                id=row["id"],
            )
        )
    return index


def _met(row: ReferralRow, matched: Mapping[int, int], activity_ids: Sequence[int | None]) -> _Met:
    person = matched.get(row.person)
    activity = None if row.activity is None else activity_ids[row.activity]
    return _Met(
        person=("file", row.person) if person is None else ("book", person),
        received_on=row.received_on,
        organisation=row.sender.name.casefold(),
        source_type=row.source_type,
        activity=_activity(row.activity, activity),
        reference=row.reference.casefold(),
        row=row.place.row,
    )


def _activity(place: int | None, known: int | None) -> object:
    if place is None:
        return None
    return ("file", place) if known is None else ("book", known)


def _reference_taken(row: ReferralRow) -> ImportProblem:
    text = (
        f"Somebody else has a referral with the reference {row.reference} already. Both are kept; "
        "please look whether one of the names is wrong."
    )
    return ImportProblem(
        place=row.place, code="reference_of_another", message=text, value=row.reference
    )


# --- who sent them ------------------------------------------------------------------------------


def _count_senders(register: Register, plan: Plan, found: ReferralPlan) -> None:
    """Count organisations and workers that are new, and say which are much like one of the book."""
    book = {
        name.casefold(): (row_id, name) for row_id, name, _ in import_referrals.senders(register)
    }
    workers = import_referrals.workers(register)
    new: dict[str, str] = {}
    fresh: set[tuple[str, str]] = set()
    for place, row in enumerate(plan.referrals):
        if not found.is_new(place) or not row.sender.name:
            continue
        key = row.sender.name.casefold()
        if key not in book:
            new.setdefault(key, row.sender.name)
        if row.sender.worker:
            known = key in book and (book[key][0], row.sender.worker.casefold()) in workers
            if not known:
                fresh.add((key, row.sender.worker.casefold()))
    found.new_referrers, found.new_workers = len(new), len(fresh)
    _say_alike(new, [name for _, name in book.values()], found)


def _say_alike(new: Mapping[str, str], book: Sequence[str], found: ReferralPlan) -> None:
    if not new:
        return
    # Imported here: most imports bring no organisations.
    from rapidfuzz import fuzz, process

    others = {name.casefold(): name for name in book}
    for key, name in list(new.items()):
        best = process.extractOne(key, list(others), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if best is not None and len(found.notes) < _MOST_SAID:
            found.notes.append(
                f"“{name}” is much like “{others[best[0]]}”. They are kept as two; if they are one, "
                "join them in the referrer book."
            )
        others[key] = name


class Senders:
    """The referrer book while an import is written: found by name, capitals aside, or added."""

    def __init__(self, register: Register, import_id: int) -> None:
        self._register = register
        self._import_id = import_id
        self._types: dict[int, str] = {}
        self._referrers: dict[str, int] = {}
        for row_id, name, source_type in import_referrals.senders(register):
            self._referrers[name.casefold()] = row_id
            self._types[row_id] = source_type
        self._workers = dict(import_referrals.workers(register))

    def find(
        self, sender: SenderRow, source_type: str, known: Mapping[str, Mapping[str, int]]
    ) -> tuple[int | None, int | None, str]:
        """Return the ids of organisation and worker, and the kind of sender, adding who is new."""
        referrer = known.get("referrer", {}).get(str(sender.file_id))
        if referrer is None and sender.name:
            referrer = self._referrer(sender.name, source_type)
        if referrer is None:
            return None, None, source_type
        worker = known.get("referrer_worker", {}).get(str(sender.worker_file_id))
        if worker is None and sender.worker:
            worker = self._worker(referrer, sender)
        if source_type == "not_recorded" and sender.file_id is None:
            source_type = self._types.get(referrer, source_type)
        return referrer, worker, source_type

    def _referrer(self, name: str, source_type: str) -> int:
        key = name.casefold()
        if key not in self._referrers:
            row_id = import_referrals.add_sender(self._register, self._import_id, name, source_type)
            self._referrers[key], self._types[row_id] = row_id, source_type
        return self._referrers[key]

    def _worker(self, referrer: int, sender: SenderRow) -> int:
        key = (referrer, sender.worker.casefold())
        if key not in self._workers:
            values: dict[str, Any] = {
                "name": sender.worker, "job": sender.job, "phone": sender.phone,
                "email": sender.email,
            }  # fmt: skip
            self._workers[key] = import_referrals.add_worker(
                self._register, self._import_id, referrer, values
            )
        return self._workers[key]
