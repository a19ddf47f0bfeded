"""Lines of an account with a box to tick each off against a statement."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt

from app.domain.money import pounds
from app.domain.periods import short_date
from app.services.statements import OpenLine
from app.ui.money import words as said
from app.ui.tables.rows_model import Column, RowsModel

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TICK = "tick"
_COLUMNS: tuple[Column[OpenLine], ...] = (
    Column(key=_TICK, title="On it", text=lambda _line: "", width=56, least=48),
    Column(
        key="day", title="Date", width=106, least=98,
        text=lambda r: short_date(r.entry_on).partition(" ")[2],
    ),
    Column(key="who", title="Who", text=lambda r: r.words),
    Column(key="reference", title="Reference", text=lambda r: r.reference, width=110, spare=1),
    Column(
        key="sum", title="£", text=lambda r: said.signed(r.amount_pence), width=112, least=98,
        align=_RIGHT,
    ),
)  # fmt: skip


class TicksModel(RowsModel[OpenLine]):
    """What is ticked is known by whoever shows it."""

    def __init__(
        self, is_ticked: Callable[[OpenLine], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(_COLUMNS, parent)
        self._is_ticked = is_ticked

    def cell(self, row: OpenLine, column: Column[OpenLine], role: int) -> Any:
        """Return a cell; the first is a box."""
        ticked = self._is_ticked(row)
        if column.key == _TICK:
            if role == Qt.ItemDataRole.CheckStateRole:
                return (Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked).value
            if role == Qt.ItemDataRole.AccessibleTextRole:
                state = "on the statement" if ticked else "not ticked off"
                return f"{row.words}, {pounds(row.amount_pence)}: {state}"
        return super().cell(row, column, role)

    def show_ticks(self) -> None:
        """Show the boxes as they are now."""
        last = self.rowCount() - 1
        if last >= 0:
            self.dataChanged.emit(self.index(0, 0), self.index(last, 0))
