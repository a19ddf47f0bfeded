"""Write the people of a plan: who is new, what was blank, whom to ring, what helps."""

from collections.abc import Iterator, Sequence
from typing import Any

from app.domain.attendance import Role
from app.domain.equality import NOT_ASKED
from app.domain.people import DRAFT_FIELDS, PersonDraft
from app.importers.base import ImportProblem, Options, PersonRow, Plan
from app.importers.matching import Matching
from app.storage import bulk, imports, people
from app.storage.register import Register

_UNFILLED = (None, "", NOT_ASKED)
_SLICE = 50
"""People written in a few milliseconds: each is put into the search index too."""
_FOUND_BY = ("given_name", "family_name", "known_as", "own_script_name", "phone", "postcode")
"""What puts a person in order and finds them."""


class PeopleWriter:
    """The people of one import being written, inside its transaction."""

    def __init__(
        self,
        register: Register,
        plan: Plan,
        matching: Matching,
        import_id: int,
        options: Options,
    ) -> None:
        self.ids: list[int] = []
        """The book's id of each person of the plan; 0: nobody."""
        self.added = 0
        self.filled = 0
        self.problems: list[ImportProblem] = []
        self._register = register
        self._plan = plan
        self._matched = matching.matched
        self._import_id = import_id
        self._options = options

    def write(self) -> Iterator[int]:
        """Add who is new, fill blanks of who is known, and point joined records to each other.

        Gives how many rows of the plan were taken in, a few at a time.
        """
        wanted = [row.file_id for row in self._plan.people if row.file_id is not None]
        taken = set(imports.known_person_ids(self._register, wanted)) if wanted else set[int]()
        fresh = iter(self._register.new_ids(len(self._plan.people) + 1))
        new: list[tuple[int, PersonRow]] = []
        for index, row in enumerate(self._plan.people):
            person_id = self._matched.get(index)
            if person_id is None:
                spare = next(fresh)
                # An export's ids are kept where they are free: its other files point to them.
                own = row.file_id
                person_id = own if own is not None and own > 0 and own not in taken else spare
                taken.add(person_id)
                if row.known:
                    new.append((person_id, row))
                else:
                    self._nobody(row)
                    person_id = 0
            self.ids.append(person_id)
        yield from self._add_people(new)
        yield from self._fill_known()
        self._join_merged(new)

    def _nobody(self, row: PersonRow) -> None:
        text = (
            f"The person {row.file_id} is neither in the book nor in a people.csv beside this file, "
            "so their marks are left out."
        )
        self.problems.append(ImportProblem(place=row.place, code="person_unknown", message=text))

    def _add_people(self, new: Sequence[tuple[int, PersonRow]]) -> Iterator[int]:
        if not new:
            return
        stamp = self._register.stamp()
        columns = [
            *people.columns_of(new[0][1].draft),
            "id",
            "import_id",
            "binned_at",
            "anonymised_at",
        ]
        yield from bulk.fill_in_slices(
            self._register, "person", columns,
            (
                (
                    *people.columns_of(row.draft).values(), person_id, self._import_id,
                    stamp if row.in_bin else None, stamp if row.anonymised else None,
                )
                for person_id, row in new
            ),
            _SLICE,
        )  # fmt: skip
        self.added = len(new)
        self._add_contacts(new)
        self._add_needs(new)
        self._add_roles(new)

    def _add_contacts(self, rows: Sequence[tuple[int, PersonRow]]) -> None:
        contacts = [(person_id, row.contact) for person_id, row in rows if row.contact is not None]
        ids = self._register.new_ids(len(contacts))
        bulk.fill(
            self._register, "emergency_contact", ("id", "person_id", "name", "relationship", "phone"),
            [
                (contact_id, person_id, c.name, c.relationship, c.phone)
                for contact_id, (person_id, c) in zip(ids, contacts, strict=True)
            ],
        )  # fmt: skip
        imports.note_made(self._register, self._import_id, "emergency_contact", list(ids))

    def _add_needs(self, rows: Sequence[tuple[int, PersonRow]]) -> None:
        needs = [(person_id, row) for person_id, row in rows if row.access_needs or row.health]
        today = self._options.today.isoformat()
        bulk.fill(
            self._register, "person_access", ("person_id", "access_needs", "health", "updated_on"),
            [(person_id, row.access_needs, row.health, today) for person_id, row in needs],
        )  # fmt: skip
        keys = [person_id for person_id, _ in needs]
        imports.note_made(self._register, self._import_id, "person_access", keys)

    def _add_roles(self, rows: Sequence[tuple[int, PersonRow]]) -> None:
        """Note who a list of people calls a volunteer, a leader or a carer, from when they joined."""
        if self._plan.sessions:
            return
        roles = [
            (person_id, row.role.value, (row.draft.joined_on or self._options.today).isoformat())
            for person_id, row in rows
            if row.role is not None and row.role is not Role.PARTICIPANT
        ]
        ids = self._register.new_ids(len(roles))
        bulk.fill(
            self._register, "person_role", ("id", "person_id", "role", "from_on"),
            [(role_id, *role) for role_id, role in zip(ids, roles, strict=True)],
        )  # fmt: skip
        imports.note_made(self._register, self._import_id, "person_role", list(ids))

    def _fill_known(self) -> Iterator[int]:
        """Fill blanks of people who were in the book; what is there already is never changed."""
        wanted = {
            self._matched[i]: row
            for i, row in enumerate(self._plan.people)
            if i in self._matched and row.known and row.file_id is None
        }
        if not wanted:
            return
        details = imports.details_of(self._register, list(wanted))
        for number, (person_id, row) in enumerate(wanted.items(), start=1):
            if number % _SLICE == 0:
                yield _SLICE
            theirs = people.columns_of(row.draft)
            before = details.get(person_id)
            if before is None:
                continue
            blanks = {
                name: theirs[name]
                for name in DRAFT_FIELDS
                if before[name] in _UNFILLED and theirs[name] not in _UNFILLED
            }
            blanks = _without_clashes(blanks, before)
            if blanks:
                self.filled += len(blanks)
                self._fill(person_id, before, blanks)
        known = imports.with_contact(self._register)
        self._add_contacts([pair for pair in wanted.items() if pair[0] not in known])
        cared = imports.with_needs(self._register)
        self._add_needs([pair for pair in wanted.items() if pair[0] not in cared])

    def _fill(self, person_id: int, before: Any, blanks: dict[str, Any]) -> None:
        both = {**{name: before[name] for name in _FOUND_BY}, **blanks}
        found = people.columns_of(PersonDraft(**{name: both[name] for name in _FOUND_BY}))
        for name in ("sort_key", "search_text"):
            if found[name] != before[name]:
                blanks[name] = found[name]
        imports.fill_blanks(self._register, self._import_id, "person", person_id, blanks, before)

    def _join_merged(self, new: Sequence[tuple[int, PersonRow]]) -> None:
        by_file = self.by_file_id()
        for person_id, row in new:
            if row.merged_into is not None:
                kept = by_file.get(str(row.merged_into))
                if kept:
                    self._register.update("person", person_id, {"merged_into": kept})

    def by_file_id(self) -> dict[str, int]:
        """Return the book's id of each person by the file's own id."""
        return {
            str(row.file_id): person_id
            for row, person_id in zip(self._plan.people, self.ids, strict=True)
            if row.file_id is not None and person_id
        }


def _without_clashes(blanks: dict[str, Any], before: Any) -> dict[str, Any]:
    """Leave out what would contradict the book: an age beside a date of birth, leaving before joining."""
    if before["born_on"] or before["birth_year"]:
        for name in ("born_on", "birth_year", "age_low", "age_high", "age_band_on"):
            blanks.pop(name, None)
    joined = blanks.get("joined_on") or before["joined_on"]
    left = blanks.get("left_on") or before["left_on"]
    if joined and left and left < joined:
        blanks.pop("joined_on", None)
        blanks.pop("left_on", None)
    return blanks
