"""The age of a person in the form: a date of birth, or a year, or a band; one is enough."""

import datetime as dt
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.ages import OLDEST
from app.domain.people import PersonDraft
from app.domain.problems import Problem
from app.services import people
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.forms.field import Field
from app.ui.people import words as said
from app.ui.people.contact_rows import line
from app.ui.widgets.choice import Choice
from app.ui.widgets.words import words

AGE_NAMES = ("born_on", "birth_year", "age_low", "age_high", "age_band_on")


class AgeFields(QWidget):
    """Three ways to say how old somebody is, and what that makes today."""

    changed = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._before = PersonDraft()
        self.born = DateLine(book.today)
        self.year = line()
        self.band = Choice(book.looks, "")
        self.makes = words("", "aside", wrap=True)
        self.fields = {
            "born_on": Field(self.tr("Date of birth"), self.born),
            "birth_year": Field(self.tr("or year of birth"), self.year),
            "age_low": Field(self.tr("or about this age"), self.band),
        }
        self.born.setPlaceholderText("3/7/1958")
        self.year.setPlaceholderText("1958")
        across = QHBoxLayout()
        across.setSpacing(book.looks.px(12))
        for field in self.fields.values():
            across.addWidget(field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(across)
        column.addWidget(self.makes)
        self.born.settled.connect(self._on_changed)
        self.born.textEdited.connect(self._on_changed)
        self.year.textEdited.connect(self._on_changed)
        self.band.activated.connect(self._on_changed)

    def load(self, draft: PersonDraft) -> None:
        """Show an age."""
        self._before = draft
        self.born.show_day(draft.born_on)
        self.year.setText(str(draft.birth_year or ""))
        self.band.clear()
        self.band.addItem(self.tr("Not known"), None)
        for band in people.age_bands(self._book.register):
            high = None if band.after == OLDEST else band.after - 1
            self.band.addItem(band.label, (band.low, high))
        kept = (draft.age_low, draft.age_high)
        if kept != (None, None):
            # As it was told, so that saving it again changes nothing.
            label = said.age_words(draft, self._book.today()) or self.tr("As it was told")
            self.band.addItem(self.tr("{age}, as noted").format(age=label), kept)
            self.band.setCurrentIndex(self.band.count() - 1)
        self._on_changed()

    def read(self, into: PersonDraft) -> tuple[PersonDraft, tuple[Problem, ...]]:
        """Return a draft with the age as typed, and what could not be read."""
        problems: list[Problem] = []
        born = self.born.day("born_on")
        if isinstance(born, Problem):
            problems.append(born)
            born = None
        values: dict[str, Any] = {"born_on": _not_ahead(born, self.born.text(), self._book.today())}
        typed = self.year.text().strip()
        values["birth_year"] = int(typed) if typed.isdecimal() and len(typed) <= 9 else None
        if typed and values["birth_year"] is None:
            problems.append(
                Problem(code="number_unknown", field="birth_year", values={"value": typed[:40]})
            )
        values |= self._band()
        return replace(into, **values), tuple(problems)

    def _band(self) -> dict[str, Any]:
        chosen = self.band.currentData()
        low, high = tuple(chosen) if chosen is not None else (None, None)
        before = (self._before.age_low, self._before.age_high)
        noted = chosen is not None and self.band.currentIndex() == self.band.count() - 1
        if noted and before == (low, high) and before != (None, None):
            day = self._before.age_band_on
        else:
            day = self._book.today() if chosen is not None else None
        return {"age_low": low, "age_high": high, "age_band_on": day}

    def _on_changed(self) -> None:
        draft, problems = self.read(PersonDraft())
        today = self._book.today()
        age = "" if problems or _far(draft, today) else said.age_words(draft, today)
        self.makes.setText(self.tr("That makes them {age} today.").format(age=age) if age else "")
        self.makes.setVisible(bool(age))
        self.changed.emit()


def _far(draft: PersonDraft, today: dt.date) -> bool:
    """Whether the year cannot be one of somebody alive: it is said when saving."""
    year = draft.born_on.year if draft.born_on else draft.birth_year
    return year is not None and not today.year - 130 <= year <= today.year


def _not_ahead(day: dt.date | None, typed: str, today: dt.date) -> dt.date | None:
    """Return a birthday typed with two figures of a year in the century in which it can be."""
    if day is None or day <= today or str(day.year) in typed:
        return day
    try:
        return day.replace(year=day.year - 100)
    except ValueError:  # 29 February of a year that is no leap year
        return day
