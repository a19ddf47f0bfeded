"""A line for a password: hidden, shown on demand, with a word about locked capitals."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.line import Line
from app.ui.widgets.words import words


class _Hidden(Line):
    """Tells from each letter whether the capitals are locked; Qt cannot be asked."""

    capitals = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look at a letter before it is taken: a capital without Shift, or a small one with it."""
        letter = event.text()
        if letter.isalpha() and letter.upper() != letter.lower():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.capitals.emit(letter.isupper() != shift)
        super().keyPressEvent(event)


class SecretLine(QWidget):
    """A password's line with its Show button; ``line`` is what is typed into."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = _Hidden()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.show_button = ActionButton(looks, self.tr("Show"), icon="eye")
        self.show_button.setCheckable(True)
        self.show_button.setAccessibleName(self.tr("Show what is typed"))
        self.told = words("", "small", wrap=True)
        self.told.hide()
        row = QHBoxLayout()
        row.setSpacing(looks.px(8))
        row.addWidget(self.line, 1)
        row.addWidget(self.show_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.px(3))
        column.addLayout(row)
        column.addWidget(self.told)
        self.setFocusProxy(self.line)
        self._strength = self._locked = ""
        self.show_button.toggled.connect(self._on_shown)
        self.line.capitals.connect(self._on_capitals)

    def setAccessibleName(self, name: str) -> None:
        """Give the name to what is typed into."""
        self.line.setAccessibleName(name)

    def setAccessibleDescription(self, text: str) -> None:
        """Say it of what is typed into."""
        self.line.setAccessibleDescription(text)

    def text(self) -> str:
        """Return what is typed."""
        return self.line.text()

    def empty(self) -> None:
        """Forget what is typed, and hide what will be."""
        self.line.empty()
        self.show_button.setChecked(False)

    def tell(self, text: str) -> None:
        """Say how hard it is to guess; "" says nothing."""
        self._strength = text
        self._say()

    def _on_shown(self, shown: bool) -> None:
        modes = QLineEdit.EchoMode
        self.line.setEchoMode(modes.Normal if shown else modes.Password)
        self.show_button.setText(self.tr("Hide") if shown else self.tr("Show"))

    def _on_capitals(self, locked: bool) -> None:
        self._locked = self.tr("Capital letters are locked.") if locked else ""
        self._say()

    def _say(self) -> None:
        said = " ".join(part for part in (self._locked, self._strength) if part)
        self.told.setText(said)
        self.told.setVisible(bool(said))
