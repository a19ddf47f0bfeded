"""The people of an open export, each in its place in the plan by the file's own id."""

from dataclasses import replace

from app.domain.people import DRAFT_FIELDS, PersonDraft, validate_person
from app.importers.base import Options, PersonRow, Place
from app.importers.export_faults import Faults
from app.importers.export_table import ExportTable, is_yes, number_of
from app.importers.fields import Field
from app.importers.values import EQUALITY_FIELDS, known_answer

_DATES = frozenset({"born_on", "age_band_on", "joined_on", "left_on"})
_NUMBERS = frozenset({"birth_year", "age_low", "age_high"})
_ANSWERS = frozenset(field.value for field in EQUALITY_FIELDS)
_RENAMED = {"born_on": "date_of_birth"}


class PeopleOfExport:
    """People as they are met: in people.csv, or only by id in another file."""

    def __init__(self, options: Options, faults: Faults) -> None:
        self.rows: list[PersonRow] = []
        self.by_id: dict[str, int] = {}
        self._options = options
        self._faults = faults

    def read(self, table: ExportTable) -> int:
        """Read people.csv; return how many rows it has."""
        get = {name: table.getter(_RENAMED.get(name, name)) for name in DRAFT_FIELDS}
        file_id, merged = table.getter("person_id"), table.getter("merged_into")
        in_bin = table.getter("in_bin")
        rows = 0
        for number, row in table.rows():
            rows += 1
            where = Place(sheet="people.csv", row=number)
            own = file_id(row)
            if own in self.by_id or number_of(own) is None:
                self._faults.problem(where, "id_twice" if own in self.by_id else "id_needed", own)
                continue
            values = {name: self._value(name, get[name](row), where) for name in DRAFT_FIELDS}
            draft = PersonDraft(**values)  # type: ignore[arg-type]
            nameless = not (draft.given_name or draft.family_name or draft.known_as)
            self.by_id[own] = len(self.rows)
            self.rows.append(
                PersonRow(
                    place=where,
                    draft=draft if nameless else self._without_faults(draft, where),
                    file_id=number_of(own),
                    merged_into=number_of(merged(row)),
                    in_bin=is_yes(in_bin(row)),
                    anonymised=nameless,
                )
            )
        self._flatten()
        return rows

    def _flatten(self) -> None:
        """Let joined records point straight to the one that stands for all, as the book keeps them."""
        by_number = {row.file_id: row for row in self.rows}
        for place, row in enumerate(self.rows):
            if row.merged_into is None:
                continue
            met, kept = {row.file_id}, row.merged_into
            while (
                kept not in met and (after := by_number.get(kept)) and after.merged_into is not None
            ):
                met.add(kept)
                kept = after.merged_into
            if kept in met:
                self._faults.problem(row.place, "joined_in_a_ring", str(row.file_id))
            joined = None if kept in met else kept
            in_bin = row.in_bin and joined is None
            self.rows[place] = replace(row, merged_into=joined, in_bin=in_bin)

    def index(self, text: str) -> int:
        """Return the place of a person by the file's id; one only named by id is added as such."""
        found = self.by_id.get(text)
        if found is None:
            found = self.by_id[text] = len(self.rows)
            self.rows.append(
                PersonRow(place=Place(), draft=PersonDraft(), file_id=number_of(text), known=False)
            )
        return found

    def _value(self, name: str, text: str, where: Place) -> object:
        if name in _DATES:
            return self._faults.day(text, where)
        if name in _NUMBERS:
            return number_of(text)
        if name in _ANSWERS:
            code = known_answer(Field(name), text)
            if code is None:
                self._faults.problem(where, "answer_unknown", text)
            return code or "not_asked"
        return text

    def _without_faults(self, draft: PersonDraft, where: Place) -> PersonDraft:
        usual = PersonDraft()
        for problem in validate_person(draft, today=self._options.today):
            value = str(getattr(draft, problem.field) or "")
            self._faults.broken_rule(where, problem, value)
            draft = replace(draft, **{problem.field: getattr(usual, problem.field)})
        return draft
