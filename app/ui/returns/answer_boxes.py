"""Answers that are no text: choices to tick, and costs a row each."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.money import pounds, read_pounds
from app.domain.problems import Problem
from app.services.returns import typed
from app.services.returns.typed import Asked
from app.ui.appearance import Appearance
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.line import Line
from app.ui.widgets.words import words

_SPARE = 1
"""Empty rows that wait under the last cost."""


class ChoiceBoxes(QWidget):
    """One of several, or several, each with room for words of one's own: "Other: travellers"."""

    edited = Signal()

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._loading = False
        self._boxes: list[tuple[str, QCheckBox | QRadioButton, Line]] = []
        self._kept: list[str] = []
        self._group: QButtonGroup | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)

    def show_answer(self, asked: Asked, source: str) -> None:
        """Show the choices of a question with those ticked that were answered."""
        self._loading = True
        self._clear()
        lines = [line.strip() for line in source.replace(";", "\n").splitlines() if line.strip()]
        said = dict(_parted(line, asked.choices) for line in lines)
        self._kept = [line for line in lines if not _parted(line, asked.choices)[0]]
        if not asked.several:
            self._group = QButtonGroup(self)
        for row, choice in enumerate(asked.choices):
            self._add(row, choice, said.get(choice), several=asked.several)
        self._grid.setRowStretch(len(asked.choices), 1)
        self._loading = False

    def _add(self, row: int, choice: str, said: str | None, *, several: bool) -> None:
        box: QCheckBox | QRadioButton = QCheckBox(choice) if several else QRadioButton(choice)
        if self._group is not None:
            self._group.addButton(box)
        more = Line()
        more.setAccessibleName(self.tr("{choice}: in your own words").format(choice=choice))
        more.setPlaceholderText(self.tr("more, if wanted"))
        box.setChecked(said is not None)
        more.setText(said or "")
        more.setVisible(said is not None)
        box.toggled.connect(more.setVisible)
        box.toggled.connect(self._on_edited)
        more.textEdited.connect(self._on_edited)
        self._grid.addWidget(box, row, 0)
        self._grid.addWidget(more, row, 1)
        self._boxes.append((choice, box, more))

    @property
    def source(self) -> str:
        """What is ticked, a line each; what is no choice of this form is kept."""
        ticked = [
            f"{choice}: {more.text().strip()}" if more.text().strip() else choice
            for choice, box, more in self._boxes
            if box.isChecked()
        ]
        return "\n".join((*ticked, *self._kept))

    def take_keyboard(self) -> None:
        """Begin with the first, or the one that is ticked."""
        ticked = [box for _, box, _ in self._boxes if box.isChecked()]
        for box in (ticked or [box for _, box, _ in self._boxes])[:1]:
            box.setFocus()

    def _on_edited(self) -> None:
        if not self._loading:
            self.edited.emit()

    def _clear(self) -> None:
        for _, box, more in self._boxes:
            for widget in (box, more):
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._boxes = []
        if self._group is not None:
            self._group.deleteLater()
            self._group = None


def _parted(line: str, choices: Sequence[str]) -> tuple[str, str]:
    """Return the choice that a line names and what is said with it; "" where it names none."""
    for choice in choices:
        if line.casefold() == choice.casefold():
            return choice, ""
        first, _, more = line.partition(":")
        if first.strip().casefold() == choice.casefold():
            return choice, more.strip()
    return "", ""


class CostRows(QWidget):
    """What something costs, a row each, and the sum of them."""

    edited = Signal()

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._loading = False
        self._rows: list[tuple[Line, Line]] = []
        self._most = 0
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(words(self.tr("Item or activity"), "small"), 0, 0)
        self._grid.addWidget(words("£", "small"), 0, 1, Qt.AlignmentFlag.AlignRight)
        self.total = words("", "strong")
        self.add = ActionButton(looks, self.tr("Add a row"), icon="plus")
        self.add.clicked.connect(self._on_add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        column.addWidget(self.total, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_answer(self, asked: Asked, source: str) -> None:
        """Show the costs of an answer."""
        self._loading = True
        self._most = asked.rows_to
        for item, cost in self._rows:
            for widget in (item, cost):
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._rows = []
        for one in typed.read_costs(source):
            self._add(one.item, "" if one.pence is None else pounds(one.pence).lstrip("£"))
        for _ in range(max(_SPARE, 3 - len(self._rows))):
            self._add("", "")
        self._loading = False
        self._say()

    def _add(self, item: str, cost: str) -> None:
        number = len(self._rows) + 1
        what, much = Line(), Line()
        what.setText(item)
        much.setText(cost)
        what.setAccessibleName(self.tr("Row {number}: item or activity").format(number=number))
        much.setAccessibleName(self.tr("Row {number}: pounds").format(number=number))
        much.setAlignment(Qt.AlignmentFlag.AlignRight)
        much.setFixedWidth(self._looks.px(120))
        for line in (what, much):
            line.textEdited.connect(self._on_edited)
        self._grid.addWidget(what, number, 0)
        self._grid.addWidget(much, number, 1)
        self._rows.append((what, much))

    @property
    def source(self) -> str:
        """The rows, a line each, the sum last."""
        lines: list[str] = []
        for what, much in self._rows:
            item, cost = what.text().strip(), much.text().strip().lstrip("£")
            if item or cost:
                lines.append(f"{item or self.tr('Not named')}: £{cost}" if cost else item)
        return "\n".join(lines)

    def take_keyboard(self) -> None:
        """Begin with the first row."""
        if self._rows:
            self._rows[0][0].setFocus()

    def _on_add(self) -> None:
        self._add("", "")
        self._rows[-1][0].setFocus()

    def _on_edited(self) -> None:
        if self._loading:
            return
        if any(line.text() for line in self._rows[-1]):
            self._add("", "")
        self._say()
        self.edited.emit()

    def _say(self) -> None:
        whole, used = 0, 0
        for what, much in self._rows:
            pence = read_pounds(much.text()) if much.text().strip() else 0
            whole += 0 if isinstance(pence, Problem) else pence
            used += bool(what.text().strip() or much.text().strip())
        rows = f" · {used} of {self._most} rows" if self._most else ""
        self.total.setText(self.tr("Together {sum}").format(sum=pounds(whole)) + rows)
