"""The parts of a person's form that repeat: whom to ring, parents and carers."""

from abc import abstractmethod
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.contacts import CONSENT_DAYS, MOST_CONTACTS, EmergencyContact, Guardian
from app.domain.problems import Problem
from app.services import people
from app.services.people import PersonRow
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.forms.field import Field
from app.ui.people.people_model import shown_name
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.line import Line
from app.ui.widgets.suggestions import SuggestField, Suggestion
from app.ui.widgets.tick import TickBox

LETTERS = 2_000
"""Letters a line takes: far more than fit, so that what is too long is said and not cut."""
_DAYS = {
    "activity_consent_on": "Agreed to taking part on",
    "medical_consent_on": "Agreed to medical help on",
    "travel_consent_on": "Agreed to travel home alone on",
}


def line() -> Line:
    """Return a line to type in that takes a long paste without waiting."""
    made = Line()
    made.setMaxLength(LETTERS)
    return made


class _Repeated(QWidget):
    """Rows of fields, with a button for one more."""

    changed = Signal()

    def __init__(self, book: Book, add: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.book = book
        self.fields: dict[str, Field] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(book.looks.px(10))
        self.add_button = ActionButton(book.looks, add, icon="plus")
        self.add_button.clicked.connect(self._on_add)
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addStretch(1)
        self._column.addLayout(row)

    def _put(self, row: QWidget, number: int) -> None:
        self._column.insertWidget(number - 1, row)
        self.add_button.setVisible(number < MOST_CONTACTS)
        self.changed.emit()

    def clear(self) -> None:
        """Take every row away."""
        self.fields.clear()
        while self._column.count() > 1:
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    @abstractmethod
    def _on_add(self) -> None: ...


class ContactRows(_Repeated):
    """Whom to ring in an emergency; an empty row is nobody."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, "Add another to ring", parent)
        self._rows: list[tuple[Line, Line, Line]] = []

    def load(self, contacts: tuple[EmergencyContact, ...]) -> None:
        """Show contacts, or one empty row."""
        for contact in contacts or (EmergencyContact(),):
            self._add(contact)

    def keep_first(self, kept: tuple[EmergencyContact, ...]) -> None:
        """Put those that are kept already before those that were typed."""
        typed = tuple(one for one in self.read() if not one.blank and one not in kept)
        self.clear()
        self._rows = []
        self.load((*kept, *typed))

    def read(self) -> tuple[EmergencyContact, ...]:
        """Return every row as typed, empty ones too, so that problems keep their places."""
        return tuple(
            EmergencyContact(name=name.text(), relationship=relation.text(), phone=phone.text())
            for name, relation, phone in self._rows
        )

    def _add(self, contact: EmergencyContact) -> None:
        number = len(self._rows) + 1
        lines = (line(), line(), line())
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        for key, title, editor, text in zip(
            ("name", "relationship", "phone"),
            (self.tr("Name"), self.tr("Who that is to them"), self.tr("Phone")),
            lines,
            (contact.name, contact.relationship, contact.phone),
            strict=True,
        ):
            field = Field(title, editor)
            editor.setText(text)
            editor.setAccessibleName(
                self.tr("Emergency contact {number}: {title}").format(number=number, title=title)
            )
            self.fields[f"contact_{number}_{key}"] = field
            across.addWidget(field, 1)
        self._rows.append(lines)
        self._put(row, number)

    def _on_add(self) -> None:
        self._add(EmergencyContact())
        self._rows[-1][0].setFocus()


class _GuardianCard(QFrame):
    """The fields of one parent or carer."""

    def __init__(
        self, book: Book, number: int, guardian: Guardian, fields: dict[str, Field]
    ) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._book = book
        self._before = guardian
        self._person_id = guardian.person_id
        self._place = f"guardian_{number}"
        looks = book.looks
        self.who = SuggestField(looks, "")
        self.who.setMaxLength(LETTERS)
        self.relationship, self.phone, self.email = line(), line(), line()
        self.responsible = TickBox(looks, self.tr("Has parental responsibility"))
        self.collects = TickBox(looks, self.tr("May collect"))
        self.days = {name: DateLine(book.today) for name in CONSENT_DAYS}
        self._lay_out(fields, number)
        self._load(guardian)
        self.who.wanted.connect(self._on_typed)
        self.who.taken.connect(self._on_taken)

    def _lay_out(self, fields: dict[str, Field], number: int) -> None:
        px = self._book.looks.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(10), px(12), px(10))
        rows: tuple[tuple[tuple[str, str, QWidget], ...], ...] = (
            (
                ("name", self.tr("Name, or somebody in the book"), self.who),
                ("relationship", self.tr("Who that is to them"), self.relationship),
            ),
            (("phone", self.tr("Phone"), self.phone), ("email", self.tr("Email"), self.email)),
            tuple((name, self.tr(_DAYS[name]), self.days[name]) for name in CONSENT_DAYS),
        )
        for place, row in enumerate(rows):
            across = QHBoxLayout()
            for key, title, editor in row:
                field = Field(title, editor)
                editor.setAccessibleName(
                    self.tr("Parent or carer {number}: {title}").format(number=number, title=title)
                )
                fields[f"{self._place}_{key}"] = field
                across.addWidget(field, 1)
            column.addLayout(across)
            if place == 1:
                ticks = QHBoxLayout()
                for tick in (self.responsible, self.collects):
                    tick.setAccessibleName(
                        self.tr("Parent or carer {number}: {title}").format(
                            number=number, title=tick.text()
                        )
                    )
                    ticks.addWidget(tick)
                ticks.addStretch(1)
                column.addLayout(ticks)

    def _load(self, guardian: Guardian) -> None:
        self.who.setText(guardian.shown_name or guardian.name)
        self.relationship.setText(guardian.relationship)
        self.phone.setText(guardian.phone)
        self.email.setText(guardian.email)
        self.responsible.setChecked(guardian.has_responsibility)
        self.collects.setChecked(guardian.may_collect)
        for name, day in self.days.items():
            day.show_day(getattr(guardian, name))

    def read(self) -> tuple[Guardian, tuple[Problem, ...]]:
        """Return the parent or carer as typed, and the days that could not be read."""
        days: dict[str, Any] = {}
        problems: list[Problem] = []
        for name, editor in self.days.items():
            day = editor.day(f"{self._place}_{name}")
            if isinstance(day, Problem):
                problems.append(day)
                days[name] = None
            else:
                days[name] = day
        in_book = self._person_id is not None
        read = replace(
            self._before,
            person_id=self._person_id,
            name="" if in_book else self.who.text(),
            relationship=self.relationship.text(),
            phone=self.phone.text(),
            email=self.email.text(),
            has_responsibility=self.responsible.isChecked(),
            may_collect=self.collects.isChecked(),
            **days,
        )
        return read, tuple(problems)

    def _on_typed(self, typed: str) -> None:
        self._person_id = None
        if not typed.strip():
            self.who.offer(())
            return
        found = people.list_people(self._book.register, typed, limit=6).rows
        self.who.offer(tuple(Suggestion(text=shown_name(row), value=row) for row in found))

    def _on_taken(self, row: object) -> None:
        if isinstance(row, PersonRow):
            self._person_id = row.id
            self.who.setText(row.full_name)
            self.relationship.setFocus()


class GuardianRows(_Repeated):
    """Parents and carers of somebody under 18; an empty one is nobody."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, "Add a parent or carer", parent)
        self._cards: list[_GuardianCard] = []

    def load(self, guardians: tuple[Guardian, ...]) -> None:
        """Show parents and carers."""
        for guardian in guardians:
            self._add(guardian)

    def keep_first(self, kept: tuple[Guardian, ...]) -> None:
        """Put those that are kept already before those that were typed."""
        typed = tuple(one for one in self.read()[0] if not one.blank)
        self.clear()
        self._cards = []
        self.load((*kept, *typed))

    def wants_one(self) -> None:
        """Show room for one, where there is none yet."""
        if not self._cards:
            self._add(Guardian())

    @property
    def count(self) -> int:
        """How many there is room for."""
        return len(self._cards)

    def read(self) -> tuple[tuple[Guardian, ...], tuple[Problem, ...]]:
        """Return everybody as typed, and the days that could not be read."""
        read = [card.read() for card in self._cards]
        problems = tuple(problem for _, found in read for problem in found)
        return tuple(guardian for guardian, _ in read), problems

    def _add(self, guardian: Guardian) -> None:
        number = len(self._cards) + 1
        card = _GuardianCard(self.book, number, guardian, self.fields)
        self._cards.append(card)
        self._put(card, number)

    def _on_add(self) -> None:
        self._add(Guardian())
        self._cards[-1].who.setFocus()
