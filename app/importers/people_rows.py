"""Turn the cells of a row into a person: names apart, dates settled, answers in codes.

Nothing is made up: what cannot be read is named with its place and left out of the draft.
"""

import datetime as dt
from dataclasses import dataclass, field

from app.domain.attendance import Role
from app.domain.equality import NOT_ASKED
from app.domain.names import normal_postcode
from app.domain.people import PersonDraft, validate_person
from app.domain.phones import spaced
from app.importers.base import (
    ContactDraft,
    DateOrder,
    ImportProblem,
    Options,
    PersonRow,
    Place,
    ValueMeaning,
)
from app.importers.cells import Cell, Row, column_letters, is_blank, text_of
from app.importers.columns import Columns
from app.importers.dates import WrittenDate, as_date, from_serial, full_year, parts, read_date
from app.importers.fields import NOT_PERSONAL, Field
from app.importers.person_names import split_name, without_title
from app.importers.problem_texts import problem_text
from app.importers.value_meanings import MAPPED, Sayings
from app.importers.values import EQUALITY_FIELDS, age, known_answer, phone

_PLAIN_TEXTS = {
    Field.PRONOUNS: "pronouns", Field.OWN_SCRIPT_NAME: "own_script_name", Field.EMAIL: "email",
    Field.AREA: "area", Field.WHAT_HELPS: "what_helps", Field.LEFT_REASON: "left_reason",
}  # fmt: skip
_DAYS = {Field.BORN_ON: "born_on", Field.JOINED_ON: "joined_on", Field.LEFT_ON: "left_on"}


@dataclass(slots=True)
class PeopleReader:
    """Read rows of one table as people; problems and things to say collect in it."""

    columns: Columns
    sheet: str
    options: Options
    order: DateOrder | None
    epoch_1904: bool = False
    as_of: dt.date | None = None
    """The day on which ages were true."""
    problems: list[ImportProblem] = field(default_factory=list)
    noughts_put_back: int = 0
    disability_yes: int = 0
    serials: int = 0
    sayings: Sayings = field(init=False)

    def __post_init__(self) -> None:
        """Begin with what was said of answers."""
        self.sayings = Sayings(self.options.values)

    @property
    def values(self) -> tuple[ValueMeaning, ...]:
        """The answers met so far that are not known by themselves."""
        headers = {
            found: next(
                (d.header for d in self.columns.decisions
                 if d.column == column_letters(self.columns.one(found))), "",
            )
            for found in MAPPED
        }  # fmt: skip
        return self.sayings.meanings(headers)

    def read(self, number: int, row: Row) -> PersonRow | None:
        """Return the person of a row, or None when it holds no name."""
        names, role, remark = self._names(row)
        if not any(c.isalnum() for name in names.values() for c in name):
            return None
        values: dict[str, object] = dict(names)
        if self.columns.by_field.keys() <= _ONLY_NAMES:
            # A long list has thousands of people and nothing else about them.
            return self._person(number, row, PersonDraft(**values), self._role(row) or role)  # type: ignore[arg-type]
        for column, name in _PLAIN_TEXTS.items():
            values[name] = self._text(row, column)
        values["postcode"] = normal_postcode(self._text(row, Field.POSTCODE))
        values["address"] = self._joined(row, Field.ADDRESS, ", ")
        values["phone"], other = self._phones(number, row)
        notes = [
            self._joined(row, Field.NOTES, "; "),
            remark,
            f"Other phone: {other}" if other else "",
        ]
        values["notes"] = "; ".join(note for note in notes if note)
        for column in EQUALITY_FIELDS:
            if self.columns.has(column):
                values[column.value] = self._answer(number, row, column)
        values |= self._age(number, row)
        for column, name in _DAYS.items():
            if column is not Field.BORN_ON:
                values[name] = self._day(number, row, column)
        draft = PersonDraft(**values)  # type: ignore[arg-type]
        return self._person(number, row, draft, self._role(row) or role)

    def _person(self, number: int, row: Row, draft: PersonDraft, role: Role | None) -> PersonRow:
        return PersonRow(
            place=Place(sheet=self.sheet, row=number),
            draft=self._without_faults(number, draft),
            contact=self._contact(number, row),
            access_needs=self._joined(row, Field.ACCESS_NEEDS, "; "),
            health=self._joined(row, Field.HEALTH, "; "),
            role=role,
        )

    # --- names ---

    def name_cells(self, row: Row) -> tuple[str, ...]:
        """Return the texts of a row's name columns, which tell its person from others."""
        return tuple(self._text(row, f) for f in _NAME_FIELDS)

    def _names(self, row: Row) -> tuple[dict[str, str], Role | None, str]:
        given, family = self._text(row, Field.GIVEN_NAME), self._text(row, Field.FAMILY_NAME)
        known_as = self._text(row, Field.KNOWN_AS)
        full = self._text(row, Field.FULL_NAME)
        role, remark = None, ""
        if full and not (given or family):
            found = split_name(full, family_first=self._family_first())
            given, family, role, remark = found.given, found.family, found.role, found.remark
            known_as = known_as or found.known_as
        elif given:
            inside = split_name(f"{given} ·")
            if inside.role or inside.known_as:
                given, role = inside.given, inside.role
                known_as = known_as or inside.known_as
            given = without_title(given)
        if known_as == given:
            known_as = ""
        return {"given_name": given, "family_name": family, "known_as": known_as}, role, remark

    def _family_first(self) -> bool:
        index = self.columns.one(Field.FULL_NAME)
        header = next(
            (d.header for d in self.columns.decisions if d.column == column_letters(index)), ""
        ).casefold()
        return header.startswith(("surname", "family", "last"))

    # --- parts of a person ---

    def _phones(self, number: int, row: Row) -> tuple[str, str]:
        first = self._phone(number, row, Field.PHONE)
        second = self._phone(number, row, Field.PHONE_2)
        return (first, second) if first else (second, "")

    def _phone(self, number: int, row: Row, column: Field) -> str:
        found: list[str] = []
        for index in self.columns.by_field.get(column, ()):
            cell = row[index] if index < len(row) else ""
            if is_blank(cell):
                continue
            read = phone(cell)
            self.noughts_put_back += read.nought_put_back
            if read.doubtful:
                self._problem(number, index, "phone_doubtful", cell)
            found.append(read.text)
        return ", ".join(found)

    def _answer(self, number: int, row: Row, column: Field) -> str:
        cell = self._cell(row, column)
        text = text_of(cell)
        code = self.sayings.told(column, text) or known_answer(column, text)
        if code is None:
            self.sayings.unknown(column, text)
            self._problem(number, self.columns.one(column), "answer_unknown", cell)
            return NOT_ASKED
        if column is Field.DISABILITY and code == "limited_a_little":
            self.disability_yes += text_of(cell).casefold() in {"yes", "y", "x", "1", "true", "✓"}
        return code

    def _age(self, number: int, row: Row) -> dict[str, object]:
        born_on = self._day(number, row, Field.BORN_ON, year_alone=True)
        if isinstance(born_on, dt.date):
            return {"born_on": born_on}
        if isinstance(born_on, int):
            return {"birth_year": born_on}
        cell = self._cell(row, Field.BIRTH_YEAR)
        if not is_blank(cell):
            text = text_of(cell)
            if text.isdecimal() and len(text) == 4:
                return {"birth_year": int(text)}
            self._problem(number, self.columns.one(Field.BIRTH_YEAR), "year_unknown", cell)
        cell = self._cell(row, Field.AGE)
        if is_blank(cell):
            return {}
        band = age(cell)
        if band is None:
            self._problem(number, self.columns.one(Field.AGE), "age_unknown", cell)
            return {}
        return {"age_low": band[0], "age_high": band[1],
                "age_band_on": self.as_of or self.options.today}  # fmt: skip

    def _contact(self, number: int, row: Row) -> ContactDraft | None:
        name = self._text(row, Field.CONTACT_NAME)
        tel = self._phone(number, row, Field.CONTACT_PHONE)
        if not name and not tel:
            return None
        digits = sum(c.isdecimal() for c in name)
        if not tel and digits >= 9:
            # "Sue 07700 900123" in one cell: the whole is kept where a number is looked for.
            tel, name = spaced(name), name.translate(_NO_DIGITS).strip(" -:,+()") or name
        relationship = self._text(row, Field.CONTACT_RELATIONSHIP)
        return ContactDraft(name=name, phone=tel, relationship=relationship)

    def _role(self, row: Row) -> Role | None:
        return self.sayings.role(self._text(row, Field.ROLE))

    def _day(
        self, number: int, row: Row, column: Field, *, year_alone: bool = False
    ) -> dt.date | int | None:
        index = self.columns.one(column)
        cell = row[index] if 0 <= index < len(row) else ""
        if is_blank(cell):
            return None
        if year_alone and (text := text_of(cell)).isdecimal() and len(text) == 4:
            return int(text)
        day, code = self.day_of(cell)
        if code:
            self._problem(number, index, code, cell)
        return day

    def day_of(self, cell: Cell) -> tuple[dt.date | None, str]:
        """Return the day a cell means, or None and the code of what is wrong with it."""
        written = read_date(cell)
        if written is None:
            text = text_of(cell)
            number = (
                cell if isinstance(cell, (int, float)) else int(text) if text.isdecimal() else 0
            )
            day = from_serial(number, epoch_1904=self.epoch_1904)
            self.serials += day is not None
            return day, "" if day else "date_unknown"
        return settled_day(written, self.order, self.options.today.year)

    def _without_faults(self, number: int, draft: PersonDraft) -> PersonDraft:
        """Leave out what the book would refuse, each with its sentence."""
        from dataclasses import replace

        for problem in validate_person(draft, today=self.options.today):
            value = str(getattr(draft, problem.field) or "")
            column = Field(problem.field) if problem.field in set(Field) else Field.FULL_NAME
            place = self._place(number, self.columns.one(column))
            self.problems.append(
                ImportProblem(place=place, code=problem.code, message=problem.text, value=value)
            )
            blank = (
                None if problem.field not in _NAME_TEXTS else getattr(draft, problem.field)[:200]
            )
            draft = replace(draft, **{problem.field: blank})  # type: ignore[arg-type]
        return draft

    # --- cells ---

    def _cell(self, row: Row, column: Field) -> Cell:
        index = self.columns.one(column)
        return row[index] if 0 <= index < len(row) else ""

    def _text(self, row: Row, column: Field) -> str:
        return clean_text(self._cell(row, column))

    def _joined(self, row: Row, column: Field, between: str) -> str:
        indexes = self.columns.by_field.get(column, ())
        texts = (clean_text(row[i]) for i in indexes if i < len(row))
        return between.join(text for text in texts if text)

    def _place(self, number: int, index: int) -> Place:
        letters = column_letters(index) if index >= 0 else ""
        return Place(sheet=self.sheet, row=number, column=letters)

    def _problem(self, number: int, index: int, code: str, cell: Cell) -> None:
        value = text_of(cell)
        self.problems.append(
            ImportProblem(
                place=self._place(number, index), code=code, value=value,
                message=problem_text(code, value),
            )
        )  # fmt: skip


_NAME_FIELDS = (Field.FULL_NAME, Field.GIVEN_NAME, Field.FAMILY_NAME, Field.KNOWN_AS)
_NAME_TEXTS = frozenset({"given_name", "family_name", "known_as", "own_script_name"})
_ONLY_NAMES = NOT_PERSONAL | set(_NAME_FIELDS) | {Field.ROLE}
_NO_DIGITS = str.maketrans("", "", "0123456789")


def clean_text(cell: Cell) -> str:
    """Return a cell as text, without the apostrophe that keeps a spreadsheet from running it."""
    text = text_of(cell)
    return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@"} else text


def settled_day(
    written: WrittenDate, order: DateOrder | None, latest: int
) -> tuple[dt.date | None, str]:
    """Return the day of a written date, two-figure years not after ``latest``; or a problem's code."""
    found = parts(written, order)
    if found is None:
        return None, ""  # the order is being asked for
    if not found[2]:
        return None, "date_unknown"
    day = as_date(found[0], found[1], full_year(found[2], latest))
    return day, "" if day else "date_not_in_calendar"
