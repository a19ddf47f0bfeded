"""A part of a person's page that is made when it is first looked at, by whoever knows its subject."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, cast

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.people import Person
from app.ui.widgets.tab_order import tab_as_read


class PersonPart(Protocol):
    """What a part of a person's page can do."""

    def show_person(self, person: Person) -> None:
        """Show what it has of a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MorePart:
    """A part another subject gives to a person's page: its key, its name, and how it is made."""

    key: str
    name: str
    make: Callable[[], QWidget]
    """Returns a widget that is a `PersonPart`."""


class LaterPart(QWidget):
    """Holds the place of a part until somebody looks at it."""

    def __init__(self, more: MorePart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._more = more
        self._person: Person | None = None
        self._part: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def part(self) -> QWidget:
        """The part itself, made now if it was not yet."""
        if self._part is None:
            self._part = self._more.make()
            self._column.addWidget(self._part)
            self._tell()
            self._part.show()  # at once: a Tab pressed in the same breath would pass it by
            tab_as_read(self.parentWidget() or self)  # what is made later comes after its name
        return self._part

    def show_person(self, person: Person) -> None:
        """Keep the person for the part, and show them where it is in sight."""
        self._person = person
        if self._part is not None:
            self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the part before it is seen."""
        super().showEvent(event)
        _ = self.part

    def _tell(self) -> None:
        if self._person is not None:
            cast("PersonPart", self._part).show_person(self._person)
