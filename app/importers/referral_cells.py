"""The cells of a list of referrals by field, and what comes to light while they are read."""

import datetime as dt
from dataclasses import dataclass, field

from app.domain.referrals import NOT_ACCEPTED_REASONS
from app.importers.base import ImportProblem, Options, Place
from app.importers.cells import Cell, Row, column_letters, is_blank
from app.importers.columns import Columns
from app.importers.fields import Field
from app.importers.people_rows import PeopleReader, clean_text
from app.importers.problem_texts import problem_text
from app.importers.value_meanings import Sayings

_MOST_PROBLEMS = 1_000


@dataclass(slots=True)
class Remarks:
    """What goes into the notes of a referral, because nothing else holds it."""

    lines: list[str] = field(default_factory=list)

    def add(self, about: str, text: str) -> None:
        """Keep a text under what it is about, once."""
        line = f"{about}: {text}" if about else text
        if line not in self.lines:
            self.lines.append(line)


@dataclass(slots=True)
class ReferralCells:
    """One table of referrals being read."""

    columns: Columns
    sheet: str
    options: Options
    people: PeopleReader
    problems: list[ImportProblem] = field(default_factory=list)
    own_words: int = 0
    """Reasons in somebody's own words, which went into the notes."""
    without_reason: int = 0
    """Not accepted, and nobody says why."""
    accepted_by_end: int = 0
    """Ended, and nobody says on which day they were accepted."""
    sayings: Sayings = field(init=False)

    def __post_init__(self) -> None:
        """Begin with what was said of answers."""
        self.sayings = Sayings(self.options.values)

    def cell(self, row: Row, column: Field) -> Cell:
        """Return the cell of a field, "" where there is none."""
        index = self.columns.one(column)
        return row[index] if 0 <= index < len(row) else ""

    def text(self, row: Row, column: Field) -> str:
        """Return the text of a field."""
        return clean_text(self.cell(row, column))

    def header(self, column: Field) -> str:
        """Return what stands over a field's column."""
        letters = column_letters(self.columns.one(column))
        return next((d.header for d in self.columns.decisions if d.column == letters), "")

    def day(self, row: Row, column: Field) -> tuple[dt.date | None, str]:
        """Return the day in a field's cell, or None and the code of what is wrong with it."""
        cell = self.cell(row, column)
        return (None, "") if is_blank(cell) else self.people.day_of(cell)

    def problem(self, number: int, column: Field, code: str, value: str, text: str = "") -> None:
        """Note a value that could not be taken as it stands."""
        if len(self.problems) >= _MOST_PROBLEMS:
            return
        index = self.columns.one(column)
        letters = column_letters(index) if index >= 0 else ""
        place = Place(sheet=self.sheet, row=number, column=letters)
        message = text or problem_text(code, value)
        self.problems.append(ImportProblem(place=place, code=code, message=message, value=value))

    def joined(self, row: Row, column: Field) -> str:
        """Return the texts of all columns of a field."""
        indexes = self.columns.by_field.get(column, ())
        texts = (clean_text(row[i]) for i in indexes if i < len(row))
        return "; ".join(text for text in texts if text)

    def unknown(self, number: int, column: Field, text: str, remarks: Remarks) -> None:
        """Count an answer that is not known, name it, and keep it in the notes."""
        self.sayings.unknown(column, text)
        self.problem(number, column, "referral_word_unknown", text)
        remarks.add(self.header(column), text)

    def said(self) -> list[str]:
        """Return what was settled without asking."""
        notes: list[str] = []
        if self.own_words:
            notes.append(
                f"Reasons in somebody's own words were kept in the notes of the referrals: {self.own_words:,}."
            )
        if self.without_reason:
            notes.append(
                f"Not accepted without a reason that is known: {self.without_reason:,}. They are kept as "
                f"“{NOT_ACCEPTED_REASONS['other']}”."
            )
        if self.accepted_by_end:
            notes.append(
                "Ended, and the file does not say on which day they were accepted: "
                f"{self.accepted_by_end:,}. The day they ended stands for it, so the answer may count "
                "as late; correct it on the referral."
            )
        return notes
