"""The row over a register: letters find a name, a number finds a row, Enter marks who is found."""

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.domain.attendance import RegisterLine
from app.domain.names import clean
from app.domain.problems import Problem
from app.ui.appearance import Appearance
from app.ui.attendance.find_field import FindField
from app.ui.attendance.marking import MarkKey, by_row, matches
from app.ui.attendance.register_model import RegisterModel
from app.ui.attendance.register_table import RegisterTable
from app.ui.speech import say
from app.ui.widgets.words import words

_SHEET_CODE = re.compile(r"\s*[A-Za-z]{1,3}\d{0,4}[\s-]*\d{6}(?:[\s-]*\d{4})?\s*")
_KEY_WORDS = {
    MarkKey.APOLOGY: "apologies",
    MarkKey.LATE: "late",
    MarkKey.VOLUNTEER: "volunteer",
}


class FindRow(QWidget):
    """The find field, and beside it who was found and what was entered last."""

    marked = Signal(object, object)
    """The line found, and the MarkKey asked for."""
    code_entered = Signal(str)
    """The code of another sheet of the pile."""

    def __init__(
        self,
        looks: Appearance,
        table: RegisterTable,
        model: RegisterModel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._table = table
        self._model = model
        self.piled = False
        """Whether this is one sheet of a pile: then a code opens another one."""
        self.field = FindField(looks)
        self.found: QLabel = words("", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field, 3)
        row.addWidget(self.found, 3)
        self.field.textEdited.connect(self.look_for)
        self.field.stepped.connect(self._on_stepped)
        self.field.marked.connect(self._on_marked)

    def clear(self) -> None:
        """Begin with another register."""
        self.field.empty()
        self.found.clear()

    def begin(self, letters: str) -> None:
        """Take the keyboard and find by these letters."""
        self.field.setFocus()
        self.field.setText(letters)
        self.look_for(letters)

    def take_keyboard(self) -> None:
        """Take the keyboard, ready to be typed over."""
        self.field.setFocus()
        self.field.selectAll()

    def look_for(self, typed: str) -> None:
        """Take in hand who is found, or say that nobody is."""
        places = matches(self._model.rows, typed)
        if not typed.strip():
            self.found.clear()
        elif not places:
            self.found.setText(self._not_found(typed))
        else:
            self._table.take_in_hand(places[0])
            self._say_found(places, 0)

    def show_entered(self, line: RegisterLine, word: str) -> None:
        """Say what is entered for somebody now."""
        word = word.lower() or (self.tr("here") if line.here else self.tr("not ticked"))
        said = self.tr("Row {row}, {name}: {word}")
        self.found.setText(said.format(row=line.row, name=line.list_name, word=word))

    def _not_found(self, typed: str) -> str:
        numbered = by_row(typed)
        if numbered:
            values = {"value": str(numbered[0]), "last": str(self._model.rowCount())}
            return Problem(code="row_unknown", values=values).text
        if self.piled and _SHEET_CODE.fullmatch(typed):
            return self.tr("Enter opens the sheet {code}").format(code=clean(typed).upper())
        return self.tr("No name here begins with “{typed}”").format(typed=clean(typed))

    def _say_found(self, places: tuple[int, ...], which: int) -> None:
        name = self._model.rows[places[which]].list_name
        numbered = by_row(self.field.text())
        if numbered and numbered[1] is not MarkKey.HERE:
            word = _KEY_WORDS[numbered[1]]
            self.found.setText(self.tr("Enter: {name}, {word}").format(name=name, word=word))
            say(self.field, f"{name}, {word}")
            return
        more = f" · {which + 1} of {len(places)}" if len(places) > 1 else ""
        self.found.setText(self.tr("Space ticks {name}{more}").format(name=name, more=more))
        say(self.field, f"{name}{more}")

    def _on_stepped(self, by: int) -> None:
        places = matches(self._model.rows, self.field.text())
        row = self._table.currentIndex().row()
        if not places:
            self.field.empty()
            self._table.setFocus()
            self._table.take_in_hand(min(max(row + by, 0), self._model.rowCount() - 1))
            return
        which = (places.index(row) + by) % len(places) if row in places else 0
        self._table.take_in_hand(places[which])
        self._say_found(places, which)

    def _on_marked(self) -> None:
        line, typed = self._table.line, self.field.text().strip()
        if typed and not matches(self._model.rows, typed):
            if self.piled and _SHEET_CODE.fullmatch(typed):
                self.code_entered.emit(typed)
            return  # nobody was found: nobody is marked
        if line is None:
            return
        self.field.empty()
        numbered = by_row(typed)
        key = numbered[1] if numbered else MarkKey.HERE
        if typed and key is MarkKey.HERE and line.here:
            self.found.setText(self.tr("{name} is ticked already").format(name=line.list_name))
        else:
            self.marked.emit(line, key)
