"""The right pane of a workspace: how a number was counted, and the rows behind it."""

import datetime as dt
import re
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.domain.periods import short_date
from app.services.returns.proof import Proof, ProofRow, Record
from app.services.returns.shown import HiddenNumber, Suggestion
from app.ui.appearance import Appearance
from app.ui.returns.workspace_jobs import OPENED, Behind
from app.ui.tables.rows_model import Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card, Chip
from app.ui.widgets.fold import Fold
from app.ui.widgets.page import scrolling_in_card
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

_MOST_COLUMNS = 3
"""Columns that stand beside one another in the pane; the rest is in the tip of a row."""


_MOST_HIDDEN = 20
_SEEN = 500
"""Rows that are looked at to see what a column holds."""
_DAY = re.compile(r"[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2} \d{4}")
_NUMBER = re.compile(r"[-−]?£?[\d,]+(\.\d+)?")
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ProofPane(Card):
    """What a number means, over which days, and its rows; each opens its record."""

    record_wanted = Signal(object)
    """A Record."""
    number_wanted = Signal(object, str)
    """The Source of a number to look behind, and what stands in its place."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(looks, parent=parent)
        self.behind: Behind | None = None
        self._title = words(self.tr("How we counted"), "heading")
        self.value = Chip(looks, "", tone="good", icon="hash")
        head = WrapRow(looks)
        head.add(self._title)
        head.add(self.value)
        self.body.addWidget(head)
        self.name = words("", "strong", wrap=True)
        self.definition = words("", wrap=True)
        self.facts = words("", "small", wrap=True)
        self.note = words("", "small", wrap=True)
        for label in (self.name, self.definition, self.facts, self.note):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.body.addWidget(label)
        self.rows: RowsModel[ProofRow] = RowsModel(())
        self.table = LedgerTable(looks, self.tr("The rows behind the number"))
        self.table.setModel(self.rows)
        self.table.keep_rows(2)
        self.table.opened.connect(self._on_opened)
        self.body.addWidget(self.table, 1)
        self._room = QWidget()  # keeps the words together at the top while there are no rows
        self.body.addWidget(self._room, 1)
        self.open_button = ActionButton(looks, self.tr("Open this row"), icon="external-link")
        self.open_button.clicked.connect(self._on_open)
        self.body.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hidden_part = Fold(looks, "")
        inside = QWidget()
        self._hidden_lines = QVBoxLayout(inside)
        self._hidden_lines.setContentsMargins(0, 0, 0, 0)
        area = scrolling_in_card(inside)
        area.setMinimumHeight(looks.gap(120))
        self.hidden_part.body.addWidget(area)
        self.body.addWidget(self.hidden_part)
        self._hidden: tuple[tuple[HiddenNumber, ...], tuple[Suggestion, ...]] | None = None
        self.show_nothing()

    def show_nothing(self, said: str = "") -> None:
        """Say how to see the rows behind a number."""
        self.behind = None
        self.value.hide()
        said = said or self.tr(
            "Go to a number in the answer, or choose one of a part from the book: here you see what "
            "it means and every row it was counted from."
        )
        self.definition.setText(said)
        for label in (self.name, self.facts, self.note):
            label.hide()
        self.table.hide()
        self._room.show()
        self.open_button.hide()

    def show_waiting(self, printed: str) -> None:
        """Say that the rows are being looked for."""
        self.show_nothing(self.tr("Looking behind {number}…").format(number=printed))

    def show_behind(self, behind: Behind) -> None:
        """Show what stands behind a number."""
        proof, before, self.behind = behind.proof, self._in_hand(behind.proof), behind
        self.value.show_status(behind.printed or proof.value_text, tone="good", icon="hash")
        self.value.show()
        self.name.setText(proof.title)
        self.definition.setText(proof.definition)
        self.facts.setText(_facts(proof))
        differs = bool(behind.printed) and proof.value_text not in behind.printed
        note = [proof.note] if proof.note else []
        if differs:
            note.insert(0, self.tr("Counted: {number}.").format(number=proof.value_text))
        self.note.setText(" ".join(note))
        for label in (self.name, self.facts):
            label.show()
        self.note.setVisible(bool(note))
        self.rows.columns = _columns(proof)
        self.rows.set_rows(proof.rows)
        self.table.setModel(self.rows)
        self.table.setVisible(bool(proof.rows))
        self._room.setVisible(not proof.rows)
        self.open_button.setVisible(any(row.records for row in proof.rows))
        if proof.rows:
            keys = [row.key for row in proof.rows]
            at = keys.index(before) if before in keys else 0
            self.table.setCurrentIndex(self.rows.index(at, 0))

    def _in_hand(self, proof: Proof) -> str:
        """Return the row in hand, where the same number is shown again."""
        if self.behind is None or self.behind.proof.title != proof.title:
            return ""
        row = self.rows.row_at(self.place)
        return row.key if row is not None else ""

    def show_hidden(
        self, hidden: tuple[HiddenNumber, ...], suggested: tuple[Suggestion, ...] = ()
    ) -> None:
        """List the numbers that are not printed, each with the reason, and what would show more."""
        if (hidden, suggested) == self._hidden:
            return
        self._hidden = (hidden, suggested)
        self.hidden_part.setVisible(bool(hidden))
        many = self.tr("One number is hidden")
        if len(hidden) != 1:
            many = self.tr("{count} numbers are hidden").format(count=len(hidden))
        self.hidden_part.say(many)
        advice: list[QWidget] = [words(one.sentence, "small", wrap=True) for one in suggested]
        lines = [self._hidden_line(one) for one in hidden[:_MOST_HIDDEN]]
        _fill(self._hidden_lines, [*advice, *lines])

    def _hidden_line(self, one: HiddenNumber) -> QWidget:
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        button = ActionButton(self._looks, one.title, icon="hash", link=True)
        button.clicked.connect(partial(self._on_hidden, one))
        column.addWidget(button)
        column.addWidget(words(f"{one.text}. {one.why}", "small", wrap=True))
        return line

    def _on_hidden(self, one: HiddenNumber) -> None:
        self.number_wanted.emit(one.source, one.text)

    # --- opening -----------------------------------------------------------------------------

    def take_keyboard(self) -> None:
        """Go on from the row in hand, or from the number where it has none."""
        self.table.setFocus()

    @property
    def place(self) -> int:
        """The row in hand."""
        return self.table.currentIndex().row()

    def _on_open(self) -> None:
        self._on_opened(self.table.currentIndex())

    def _on_opened(self, index: QModelIndex) -> None:
        row = self.rows.row_at(index.row())
        if row is None or not row.records:
            return
        if len(row.records) == 1:
            self.record_wanted.emit(row.records[0])
            return
        self._ask_which(row.records)

    def _ask_which(self, records: Sequence[Record]) -> None:
        """Let whoever opens a row say which of its records; the nearest is first, Enter takes it."""
        menu = QMenu(self)
        menu.setAccessibleName(self.tr("Open"))
        actions = [
            menu.addAction(
                self.tr("Open: {kind}").format(kind=OPENED[one.kind].lower()),
                partial(self.record_wanted.emit, one),
            )
            for one in records
        ]
        menu.setActiveAction(actions[0])
        menu.aboutToHide.connect(menu.deleteLater)
        place = self.table.visualRect(self.table.currentIndex()).bottomLeft()
        menu.popup(self.table.viewport().mapToGlobal(place))


def _columns(proof: Proof) -> tuple[Column[ProofRow], ...]:
    return tuple(_column(proof, place) for place in range(len(proof.columns)))


def _column(proof: Proof, place: int) -> Column[ProofRow]:
    """Return a column as wide as what it holds: days and numbers need little."""
    said = [row.cells[place] for row in proof.rows[:_SEEN] if row.cells[place]]
    dates = bool(said) and all(_DAY.fullmatch(one) for one in said)
    numbers = bool(said) and all(_NUMBER.fullmatch(one) for one in said)
    years = {one.rpartition(" ")[2] for one in said} if dates else set[str]()
    year = years.pop() if len(years) == 1 and len(said) == len(proof.rows) else ""
    return Column(
        key=f"{place}", title=proof.columns[place], text=partial(_cell, place, year),
        width=(84 if year else 106) if dates else 66 if numbers else 0, align=_RIGHT if numbers else _LEFT,
        spare=0 if place < _MOST_COLUMNS else place,
    )  # fmt: skip


def _cell(place: int, year: str, row: ProofRow) -> str:
    """Return the words of a cell; a day without its weekday, and without the only year there is."""
    said = row.cells[place] if place < len(row.cells) else ""
    if not _DAY.fullmatch(said):
        return said
    return said.partition(" ")[2].removesuffix(f" {year}" if year else "")


def _facts(proof: Proof) -> str:
    days = " to ".join(_without_weekday(day) for day in (proof.period.first, proof.period.last))
    rows = "1 row" if len(proof.rows) == 1 else f"{len(proof.rows):,} rows"
    return f"{days} · version {proof.version} · {rows}"


def _without_weekday(day: dt.date) -> str:
    return short_date(day).partition(" ")[2]


def _fill(column: QVBoxLayout, widgets: Sequence[QWidget]) -> None:
    while column.count():
        item = column.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
    for widget in widgets:
        column.addWidget(widget)
