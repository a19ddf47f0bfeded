"""Add… on Home: what is written down most, each with its form, one press away."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.menu_button import MenuButton

KINDS = {
    "person": "A &person…",
    "session": "A &session…",
    "referral": "A &referral…",
    "entry": "A pa&yment or receipt…",
    "activity": "An &activity…",
}
"""What can be added, and its words in the menu; the letter after & chooses it."""


class AddButton(MenuButton):
    """Opens with Space, Enter or Alt+D; the arrows or a letter choose."""

    wanted = Signal(str)
    """A key of KINDS."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(looks, "A&dd…", icon="plus", parent=parent)
        self.setAccessibleName(self.tr("Add a person, session, referral or payment"))
        for key, text in KINDS.items():
            self.own_menu.addAction(self.tr(text)).triggered.connect(partial(self._on_wanted, key))

    def _on_wanted(self, key: str, _checked: bool = False) -> None:
        self.wanted.emit(key)
