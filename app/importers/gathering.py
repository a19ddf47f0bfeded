"""Gather the people of a file: the same name is the same person, unless birth dates say otherwise."""

from dataclasses import dataclass, field, fields, replace

from app.domain.equality import NOT_ASKED
from app.domain.people import PersonDraft
from app.importers.base import PersonRow, Place, Skipped
from app.importers.person_names import match_key

_MOST_SAID = 1_000
_UNFILLED = (None, "", NOT_ASKED)


@dataclass(slots=True)
class Gathering:
    """People in the order in which they first appear."""

    people: list[PersonRow] = field(default_factory=list)
    again: list[Skipped] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)
    """What to say of people with one name and two birth dates."""
    _by_key: dict[str, list[int]] = field(default_factory=dict)

    def add(self, row: PersonRow) -> int:
        """Take in a person; return their place, which is an earlier one for somebody met before."""
        key = key_of(row)
        for index in self._by_key.get(key, ()):
            if not born_differently(self.people[index].draft, row.draft):
                self.people[index] = joined(self.people[index], row)
                return index
        others = self._by_key.setdefault(key, [])
        if others:
            self.apart.append(
                f"Rows {self.people[others[0]].place.row} and {row.place.row} have the same name "
                "and different dates of birth, so they are taken as two people."
            )
        others.append(len(self.people))
        self.people.append(row)
        return others[-1]

    def add_list_row(self, row: PersonRow) -> int:
        """Take in a person of a list of people, where a second row is worth saying."""
        before = len(self.people)
        index = self.add(row)
        if index < before:
            self.again_in(row.place, index)
        return index

    def again_in(self, where: Place, index: int) -> None:
        """Note that a row names somebody who was met before."""
        if len(self.again) < _MOST_SAID:
            why = f"the same person as in row {self.people[index].place.row}"
            self.again.append(Skipped(place=where, why=why))


def key_of(row: PersonRow) -> str:
    """Return the form of a person's name in which two rows are compared."""
    return match_key(row.draft.given_name, row.draft.family_name, row.draft.known_as)


def born_differently(one: PersonDraft, other: PersonDraft) -> bool:
    """Say whether two dates or years of birth cannot be of one person."""
    if one.born_on and other.born_on:
        return one.born_on != other.born_on
    years = [d.born_on.year if d.born_on else d.birth_year for d in (one, other)]
    return None not in years and years[0] != years[1]


def joined(first: PersonRow, second: PersonRow) -> PersonRow:
    """Return the first row with its blanks filled from the second."""
    blanks = {
        f.name: theirs
        for f in fields(PersonDraft)
        if getattr(first.draft, f.name) in _UNFILLED
        and (theirs := getattr(second.draft, f.name)) not in _UNFILLED
    }
    if first.draft.born_on or first.draft.birth_year:
        for name in ("age_low", "age_high", "age_band_on", "birth_year"):
            blanks.pop(name, None)
    extra = {
        name: getattr(second, name)
        for name in ("contact", "access_needs", "health", "role")
        if not getattr(first, name) and getattr(second, name)
    }
    if not blanks and not extra:
        return first
    return replace(first, draft=replace(first.draft, **blanks), **extra)


def place(sheet: str, row: int, column: str = "") -> Place:
    """Return a place in a file."""
    return Place(sheet=sheet, row=row, column=column)
