"""What can be done with the people who are ticked, and how many and who they are."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.menu_button import MenuButton
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow


class ChosenBar(QFrame):
    """Shown while somebody is ticked."""

    wanted = Signal(str)
    """area, put_on, take_off, left, consent, bin, unbin, join or nobody."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "notice")
        self._looks = looks
        self.said = words("", "strong", wrap=True)
        self._row = WrapRow(looks)
        self.change = MenuButton(looks, self.tr("Change them"), icon="pencil")
        self.menu = self.change.own_menu
        for key, text in (
            ("area", self.tr("Area or ward…")),
            ("put_on", self.tr("Put on an activity…")),
            ("take_off", self.tr("Take off an activity…")),
            ("consent", self.tr("Consent given…")),
            ("left", self.tr("They left…")),
        ):
            action = QAction(text, self.menu)
            action.setData(key)
            action.triggered.connect(self._on_action)
            self.menu.addAction(action)
        self.join = self._button("join", self.tr("Join as one person…"), "merge")
        self.bin = self._button("bin", self.tr("Put in the bin"), "trash-2")
        self.unbin = self._button("unbin", self.tr("Take out of the bin"), "undo-2")
        self.nobody = self._button("nobody", self.tr("Choose nobody"), "x")
        for button in (self.change, self.join, self.bin, self.unbin, self.nobody):
            self._row.add(button)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.said)
        self._column.addWidget(self._row)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()
        self.hide()

    def show_chosen(self, number: int, said: str, *, in_bin: bool) -> None:
        """Show who is chosen, and what can be done with them; nobody hides it."""
        self.said.setText(said)
        self.setAccessibleName(said)
        self.change.setVisible(not in_bin)
        self.join.setVisible(number == 2 and not in_bin)
        self.bin.setVisible(not in_bin)
        self.unbin.setVisible(in_bin)
        self.setVisible(bool(number))

    def _button(self, key: str, text: str, icon: str) -> ActionButton:
        button = ActionButton(self._looks, text, icon=icon)
        button.setProperty("key", key)
        button.clicked.connect(self._on_button)
        return button

    def _on_button(self) -> None:
        self.wanted.emit(str(self.sender().property("key")))

    def _on_action(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.wanted.emit(str(action.data()))

    def _on_looks_changed(self) -> None:
        gap = self._looks.gap
        self._column.setContentsMargins(gap(14), gap(8), gap(14), gap(8))
        self._column.setSpacing(gap(8))
