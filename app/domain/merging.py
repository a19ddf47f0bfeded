"""Two records of one person: what each says, and what the joined person shall say."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.equality import NOT_ASKED, Question
from app.domain.people import DRAFT_FIELDS, Person, PersonDraft

AGE_FIELDS = ("born_on", "birth_year", "age_low", "age_high", "age_band_on")
_TOGETHER: tuple[tuple[str, ...], ...] = (
    AGE_FIELDS,
    ("address", "postcode", "area"),
    ("left_on", "left_reason"),
)
"""Fields that only make sense from one record: half an address is nobody's address."""
_QUESTIONS = frozenset(question.value for question in Question)


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """One thing on which two records may differ; ``names`` are its fields."""

    names: tuple[str, ...]
    kept: tuple[Any, ...] = field(repr=False)
    other: tuple[Any, ...] = field(repr=False)

    @property
    def key(self) -> str:
        """The name of the first field, for telling it from the rest."""
        return self.names[0]

    @property
    def kept_blank(self) -> bool:
        """Whether the kept record says nothing."""
        return _blank(self.names, self.kept)

    @property
    def other_blank(self) -> bool:
        """Whether the other record says nothing."""
        return _blank(self.names, self.other)

    @property
    def conflict(self) -> bool:
        """Whether both say something, and not the same."""
        return not self.kept_blank and not self.other_blank and self.kept != self.other

    @property
    def takes_other(self) -> bool:
        """Whether the other's is taken unless somebody says otherwise: to fill a blank.

        The earlier joining counts; and who is here by one record is here.
        """
        if self.key == "joined_on" and not self.kept_blank and not self.other_blank:
            return bool(self.other[0] < self.kept[0])
        if self.key == "left_on":
            return not self.kept_blank and not self.other_blank and self.other[0] > self.kept[0]
        return self.kept_blank and not self.other_blank


def compare(keeper: PersonDraft, other: PersonDraft) -> tuple[Differing, ...]:
    """Return everything two records say differently, in the order of a person's page."""
    found = []
    for names in _groups():
        mine = tuple(getattr(keeper, name) for name in names)
        theirs = tuple(getattr(other, name) for name in names)
        if mine != theirs and not _blank(names, theirs):
            found.append(Differing(names=names, kept=mine, other=theirs))
    return tuple(found)


def _groups() -> tuple[tuple[str, ...], ...]:
    grouped = {name: group for group in _TOGETHER for name in group}
    groups: list[tuple[str, ...]] = []
    for name in DRAFT_FIELDS:
        group = grouped.get(name, (name,))
        if group not in groups:
            groups.append(group)
    return tuple(groups)


def joined(keeper: Person, other: Person, take_other: Mapping[str, bool]) -> Person:
    """Return the keeper as it shall be: blanks filled, and what ``take_other`` says taken.

    ``take_other`` is by ``Differing.key``; what it does not name is as ``takes_other`` says. Who is
    here by one record is here: a leaving day is never filled in from the other.
    """
    values: dict[str, Any] = {}
    for one in compare(keeper, other):
        if take_other.get(one.key, one.takes_other):
            values.update(zip(one.names, one.other, strict=True))
    if "left_on" not in take_other and other.left_on is None:
        values |= {"left_on": None, "left_reason": ""}
    return replace(keeper, **values)


def _blank(names: tuple[str, ...], values: tuple[Any, ...]) -> bool:
    return all(
        value in {None, ""} or (name in _QUESTIONS and value == NOT_ASKED)
        for name, value in zip(names, values, strict=True)
    )
