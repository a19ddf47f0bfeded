"""The dates of a plan as a list to tick: bank holidays named, days already there marked."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from app.domain.periods import short_date
from app.services.activities import ProposedDay
from app.ui.tables.rows_model import CHIP_ROLE, AnyIndex, Column, RowsModel

TICK_COLUMN = 0


def _said(one: ProposedDay) -> str:
    if one.taken:
        return "Planned already"
    if one.holiday and not one.wanted:
        return f"{one.holiday}: left out"
    return one.holiday


def _status(one: ProposedDay) -> tuple[str, str] | None:
    if one.taken:
        return ("good", "calendar-check")
    return ("due", "calendar-x") if one.holiday else None


_COLUMNS: tuple[Column[ProposedDay], ...] = (
    Column(key="tick", title="Plan", text=lambda one: "planned" if one.wanted else "", width=52),
    Column(key="day", title="Day", text=lambda one: short_date(one.day), width=170, least=134),
    Column(key="said", title="", text=_said, chip=_status),
)


class PlanModel(RowsModel[ProposedDay]):
    """Dates to tick; a date that has a session already cannot be planned again."""

    counted = Signal(int)
    """How many dates are ticked now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)

    def set_rows(self, rows: Any) -> None:
        """Show other dates."""
        super().set_rows(rows)
        self.counted.emit(self.wanted)

    @property
    def wanted(self) -> int:
        """How many dates are ticked."""
        return sum(one.wanted for one in self.rows)

    def cell(self, row: ProposedDay, column: Column[ProposedDay], role: int) -> Any:
        """Return a cell; the tick has more to say."""
        if column.key == "tick" and not row.taken:
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if row.wanted else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return "to be planned" if row.wanted else "not planned"
        if column.key == "tick" and role == Qt.ItemDataRole.DisplayRole:
            return ""
        if column.key == "said" and role == CHIP_ROLE and not _said(row):
            return None
        return super().cell(row, column, role)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Say which dates can be ticked."""
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == TICK_COLUMN and not row.taken:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(self, index: AnyIndex, _value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a date or take the tick away."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        return self.toggle(index.row())

    def toggle(self, place: int) -> bool:
        """Tick a date or take the tick away; False for one that is planned already."""
        row = self.row_at(place)
        if row is None or row.taken:
            return False
        self.replace_row(place, replace(row, wanted=not row.wanted))
        self.counted.emit(self.wanted)
        return True
