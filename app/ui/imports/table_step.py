"""The second step: the sheets of the file as they were read, and where the table begins."""

from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.services.imports import SheetLook
from app.ui.book import Book
from app.ui.imports.answers import Answers, Reading
from app.ui.imports.step import Step
from app.ui.tables.delegate import LedgerDelegate
from app.ui.tables.rows_model import LOOK_ROLE, ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.choice import Choice
from app.ui.widgets.tick import TickBox
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

_WIDTH = 116
_MOST_TICKS = 40
_NOTHING = (
    "Nothing stands under these headings, so there is nothing to bring in. Add rows to the file and "
    "save it, or go back and choose another."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One row of a sheet as it was read."""

    number: int
    cells: tuple[str, ...] = field(repr=False)
    is_head: bool
    is_body: bool


class SheetModel(RowsModel[SheetRow]):
    """The top of a sheet; the head of the table stands out."""

    def cell(self, row: SheetRow, column: Column[SheetRow], role: int) -> Any:
        """Return a cell; the head is strong, what stands over it is aside."""
        if role == LOOK_ROLE:
            return "strong" if row.is_head else "" if row.is_body and column.key else "aside"
        return super().cell(row, column, role)


class SheetDelegate(LedgerDelegate):
    """Draws the head of the table on a ground of its own."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one cell."""
        row = index.data(ROW_ROLE)
        if isinstance(row, SheetRow) and row.is_head:
            painter.fillRect(option.rect, self.looks.colour("good_soft"))
        super().paint(painter, option, index)


class TableStep(Step):
    """Show each sheet with the header that was found; sheets can be taken or left."""

    title = "Is this the table?"

    def __init__(self, book: Book, answers: Answers, parent: QWidget | None = None) -> None:
        super().__init__(book, answers, parent)
        looks = book.looks
        self._looks: tuple[SheetLook, ...] = ()
        self._nothing = False
        self.sheet = Choice(looks, self.tr("Sheet shown"))
        self.sheet.currentIndexChanged.connect(self._on_sheet)
        self.ticks = WrapRow(looks)
        self._boxes: dict[str, TickBox] = {}
        self.table = LedgerTable(looks, self.tr("The sheet as it was read"))
        self.table.setItemDelegate(SheetDelegate(looks, self.table))
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._take_label = words(self.tr("Sheets to bring in"), "strong")
        self._show_label = words(self.tr("Sheet shown"), "strong")
        row = QHBoxLayout()
        row.setSpacing(looks.gap(16))
        for label, chosen, share in (
            (self._take_label, self.ticks, 1),
            (self._show_label, self.sheet, 0),
        ):
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(label)
            column.addWidget(chosen)
            row.addLayout(column, share)
        self.body.addLayout(row)
        self.body.addWidget(self.table, 1)

    def wanted(self, reading: Reading) -> bool:
        """An export of Hallbook has no sheets to choose."""
        return bool(reading.looks)

    def show_reading(self, reading: Reading) -> None:
        """Show the sheets, the taken ones ticked."""
        nothing, self._nothing = self._nothing, not reading.plan.rows
        if reading.looks == self._looks and nothing == self._nothing:
            return
        self._looks = reading.looks
        taken = {name.casefold() for name in self.answers.options.sheets}
        self.ticks.clear()
        self._boxes = {}
        for look in reading.looks[:_MOST_TICKS]:
            box = TickBox(self.book.looks, look.name)
            box.setEnabled(look.first_row >= 0)
            by_itself = look.first_row >= 0 and not look.hidden
            box.setChecked(look.name.casefold() in taken if taken else by_itself)
            self.ticks.add(box)
            self._boxes[look.name] = box
        several = len(reading.looks) > 1
        for widget in (self._take_label, self.ticks, self._show_label, self.sheet):
            widget.setVisible(several)
        self.sheet.blockSignals(True)
        self.sheet.clear()
        for look in reading.looks:
            self.sheet.addItem(look.name + (self.tr(" (hidden)") if look.hidden else ""))
        first = next((i for i, look in enumerate(reading.looks) if look.first_row >= 0), 0)
        self.sheet.setCurrentIndex(first)
        self.sheet.blockSignals(False)
        self._on_sheet()

    def missing(self) -> str:
        """Take in which sheets are ticked; one at least is needed."""
        if len(self._looks) < 2:
            return self.tr(_NOTHING) if self._nothing else ""
        ticked = tuple(name for name, box in self._boxes.items() if box.isChecked())
        if not ticked:
            return self.tr("Tick at least one sheet to bring in.")
        usual = tuple(k.name for k in self._looks if k.first_row >= 0 and not k.hidden)
        sheets = () if set(ticked) == set(usual) else ticked
        if len(self._looks) <= _MOST_TICKS and sheets != self.answers.options.sheets:
            self.answers.options = replace(self.answers.options, sheets=sheets)
            self.answers.confirmed.clear()
            self.answers.joined.clear()
            return ""
        return self.tr(_NOTHING) if self._nothing else ""

    def take_keyboard(self) -> None:
        """Begin with the sheets, or with the picture where there is only one."""
        several = len(self._looks) > 1 and self._boxes
        (next(iter(self._boxes.values())) if several else self.table).setFocus()

    def _on_sheet(self) -> None:
        place = self.sheet.currentIndex()
        if not 0 <= place < len(self._looks):
            return
        look = self._looks[place]
        self.say(self._found(look))
        width = max((len(row) for row in look.rows), default=0)
        columns = (
            Column(key="", title=self.tr("Row"), text=_number, width=64),
            *(_column(index) for index in range(width)),
        )
        model = SheetModel(columns, self.table)
        model.set_rows(
            tuple(
                SheetRow(
                    number=number + 1, cells=cells, is_head=number in look.heads,
                    is_body=0 <= look.first_row <= number,
                )
                for number, cells in enumerate(look.rows)
            )
        )  # fmt: skip
        self.table.setModel(model)

    def _found(self, look: SheetLook) -> str:
        if self._nothing and look.first_row >= 0:
            return self.tr(_NOTHING)
        if look.first_row < 0:
            return self.tr(
                "No table was found on this sheet, so it is left out. If it holds one, look at "
                "whether its first row has headings such as Name and Phone."
            )
        if not look.heads:
            return self.tr("No row of headings was found: the table begins with the first row.")
        rows = ", ".join(str(head + 1) for head in look.heads[:6])
        more = self.tr(" Everything above it is taken as a title.") if look.heads[0] else ""
        kind = self.tr("with dates across the top") if look.is_grid else self.tr("with headings")
        if look.is_turned:
            kind = self.tr("with dates down the side and people across the top")
        if len(look.heads) > 1:
            return self.tr(
                "{count} tables were found here, one under the other; their headings are in rows "
                "{rows}."
            ).format(count=len(look.heads), rows=rows)
        return self.tr("The table was found {kind} in row {rows}, marked below.{more}").format(
            kind=kind, rows=rows, more=more
        )


def _number(row: SheetRow) -> str:
    return f"{row.number} ▸" if row.is_head else str(row.number)


def _column(index: int) -> Column[SheetRow]:
    letters, rest = "", index + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(65 + place) + letters

    def text(row: SheetRow) -> str:
        return row.cells[index] if index < len(row.cells) else ""

    return Column(key=letters, title=letters, text=text, width=_WIDTH)
