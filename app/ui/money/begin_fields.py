"""An account that is begun with a statement: what it is called, and what it held before the first line."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.services.statements import PreparedStatement
from app.ui.appearance import Appearance
from app.ui.forms.amount_line import AmountLine
from app.ui.forms.field import Field
from app.ui.widgets.line import Line
from app.ui.widgets.words import words


class BeginFields(QWidget):
    """Shown only where the book has no such account yet."""

    changed = Signal()

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said = words("", wrap=True)
        self.name, self.held = Line(), AmountLine()
        self.name_field = Field(self.tr("What the account is called"), self.name)
        self.held_field = Field(self.tr("It held before the first line (£)"), self.held)
        row = QHBoxLayout()
        row.setSpacing(looks.px(12))
        row.addWidget(self.name_field, 1)
        row.addWidget(self.held_field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.said)
        column.addLayout(row)
        self.name.editingFinished.connect(self._on_edited)
        self.held.settled.connect(self._on_edited)
        self._before: tuple[str, int | None] = ("", None)

    def show_prepared(self, prepared: PreparedStatement) -> None:
        """Show what is begun; what is typed stays while it is typed."""
        if not self.name.hasFocus():
            self.name.setText(prepared.whose.name)
        self.held_field.setVisible(not prepared.opening_told)
        begins_book = prepared.begins_book
        self.said.setText(
            self.tr("This begins the cash book: a bank account, a cash tin and free money.")
            if begins_book
            else self.tr("This account is not in the book yet; it is begun with the statement.")
        )
        self._before = (self.name.text(), self.opening_pence)

    @property
    def opening_pence(self) -> int | None:
        """What it held, as typed; None where the file tells or nothing can be read."""
        if self.held_field.isHidden():
            return None
        pence = self.held.pence()
        return pence if isinstance(pence, int) else None

    def check(self) -> bool:
        """Say what cannot be read; False when something is to correct."""
        pence = self.held.pence("held")
        wrong = isinstance(pence, Problem) and not self.held_field.isHidden()
        self.held_field.show_problem(pence.text if isinstance(pence, Problem) else "")
        empty = not self.name.text().strip()
        self.name_field.show_problem(
            self.tr("Type what the account is called, such as Current account.") if empty else ""
        )
        return not wrong and not empty

    def _on_edited(self) -> None:
        if self.check() and (self.name.text(), self.opening_pence) != self._before:
            self.changed.emit()
