"""The lines of one register for the table: row, tick, name, mark, what to know."""

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from app.domain.activities import Session
from app.domain.attendance import RegisterLine, Role
from app.services.attendance import OpenRegister
from app.ui import texts
from app.ui.attendance.marking import MarkKey
from app.ui.tables.rows_model import CHIP_ROLE, LOOK_ROLE, AnyIndex, Column, RowsModel

HERE_COLUMN = 1
NAME_COLUMN = 2


def shown_name(line: RegisterLine) -> str:
    """Return the name as on the printed sheet, and after it the name in its own script."""
    known = f" ({line.known_as})" if line.known_as and line.known_as not in line.list_name else ""
    own = f" · {line.own_script_name}" if line.own_script_name else ""
    return f"{line.list_name}{known}{own}"


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_COLUMNS: tuple[Column[RegisterLine], ...] = (
    Column(
        key="row",
        title="Row",
        text=lambda line: str(line.row),
        align=_RIGHT,
        width=44,
        least=38,
        look="aside",
    ),
    Column(
        key="here", title="Here", text=lambda line: "here" if line.here else "", width=48, least=44
    ),
    Column(key="name", title="Name", text=shown_name, weight=3),
    Column(key="mark", title="Mark", text=lambda _line: "", width=152, least=100),
    Column(key="know", title="To know", text=texts.to_know, look="aside", weight=2),
)


class RegisterModel(RowsModel[RegisterLine]):
    """Lines in their printed order; a tick asks for a mark and changes nothing itself."""

    mark_requested = Signal(object, object)
    """The line, and the MarkKey asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._session: Session | None = None

    def show_register(self, opened: OpenRegister) -> None:
        """Show a register; where the people are the same, only what changed is drawn again."""
        same_session = self._session is not None and self._session.id == opened.session.id
        self._session = opened.session
        before = tuple(line.person_id for line in self.rows)
        if not same_session or before != tuple(line.person_id for line in opened.lines):
            self.set_rows(opened.lines)
            return
        for place, line in enumerate(opened.lines):
            if line != self.rows[place]:
                self.replace_row(place, line)

    def place_of(self, person_id: int | None) -> int:
        """Return the place of a person, or -1."""
        for place, line in enumerate(self.rows):
            if line.person_id == person_id:
                return place
        return -1

    def cell(self, row: RegisterLine, column: Column[RegisterLine], role: int) -> Any:
        """Return a cell; the tick and the mark have more to say."""
        if column.key == "here":
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if row.here else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return "here" if row.here else "not ticked"
            if role == Qt.ItemDataRole.DisplayRole:
                return ""  # the box says it
        if column.key == "mark" and self._session is not None:
            return self._mark_cell(row, column, role, self._session)
        if column.key == "row" and role == Qt.ItemDataRole.AccessibleTextRole:
            return f"row {row.row}"
        return super().cell(row, column, role)

    def _mark_cell(
        self, row: RegisterLine, column: Column[RegisterLine], role: int, session: Session
    ) -> Any:
        words = texts.mark_words(row, session)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return words
        if role == CHIP_ROLE:
            special = row.here and row.role is not Role.PARTICIPANT
            return ("good", "hand-helping") if special else None
        if role == LOOK_ROLE:
            return "" if row.here else "aside"
        return super().cell(row, column, role)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Say that the tick can be ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == HERE_COLUMN:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(self, index: AnyIndex, _value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for a mark; the register changes first, the line afterwards."""
        line = self.row_at(index.row()) if index.isValid() else None
        if line is None or role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.mark_requested.emit(line, MarkKey.HERE)
        return True
