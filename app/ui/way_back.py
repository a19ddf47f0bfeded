"""The way back to a return from a record that was opened behind one of its numbers."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton

from app.ui.appearance import Appearance
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.page import Page
from app.ui.widgets.tab_order import tab_as_read

_KEYS = QKeySequence("Alt+Left")
_KEYS_BESIDE = QKeySequence("Alt+Shift+Left")
"""Where a page takes Alt+Left itself: a register steps through its sessions with it."""


class WayBack(ActionButton):
    """Stands over the title of the page that a record is shown on, until another is gone to."""

    def __init__(self, looks: Appearance) -> None:
        super().__init__(looks, "", icon="arrow-left", link=True)
        self.setText(self.tr("Back to the return"))
        self.hide()

    def stand_on(self, page: Page) -> None:
        """Stand on a page, first of what the keyboard comes to."""
        taken = any(
            button.shortcut() == _KEYS
            for button in page.findChildren(QAbstractButton)
            if button is not self
        )
        page.head.put_above(self)
        self.setShortcut(_KEYS_BESIDE if taken else _KEYS)
        keys = self.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(self.tr("Back to the return ({keys})").format(keys=keys))
        self.show()
        tab_as_read(page)

    def leave(self) -> None:
        """Stand nowhere: the record was left by another way."""
        self.hide()
        self.setShortcut(QKeySequence())
