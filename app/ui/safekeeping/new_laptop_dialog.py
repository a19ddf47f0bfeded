"""Moving to a new laptop: one page of help, three clicks."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.page import scrolling
from app.ui.widgets.tab_order import tab_as_read
from app.ui.widgets.words import words

_STEPS = {
    "1  On the old laptop": "Put a stick in. Under Settings, Backups, choose it as the second place. Close the book: the "
    "copy is made, opened and counted before it is called good.",
    "2  On the new laptop": "Install Hallbook, put the stick in, and press “Restore a backup…” on its first page. The "
    "copies on the stick are listed with their day, people, sessions and pounds.",
    "3  Choose the newest and press Restore": "Type the book’s password, or the 24 words of its recovery sheet. Then go on "
    "on this laptop only, so that nothing is entered twice.",
}
_STOLEN = (
    "Has the old laptop been lost or stolen? Begin with step 2, with the stick or the synchronised folder "
    "where the copies went. A book with a password cannot be read by whoever has the laptop; set a new "
    "password afterwards."
)


class NewLaptopDialog(QDialog):
    """The three steps, with the button of the second."""

    restore_wanted = Signal()

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Moving to a new laptop"))
        self._looks = looks
        body = QWidget()
        column = QVBoxLayout(body)
        column.setSpacing(looks.px(8))
        column.setContentsMargins(0, 0, looks.px(8), 0)
        for title, text in _STEPS.items():
            column.addWidget(words(self.tr(title), "heading", wrap=True))
            column.addWidget(words(self.tr(text), wrap=True))
        column.addWidget(words(self.tr(_STOLEN), "aside", wrap=True))
        column.addStretch(1)
        self._body = body
        self.restore_button = ActionButton(
            looks, self.tr("Restore a backup…"), icon="history", primary=True
        )
        self.close_button = ActionButton(looks, self.tr("Close"))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.restore_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(looks.px(20), looks.px(16), looks.px(20), looks.px(16))
        whole.setSpacing(looks.px(12))
        whole.addWidget(scrolling(body), 1)
        whole.addLayout(buttons)
        self.restore_button.clicked.connect(self._on_restore)
        self.close_button.clicked.connect(self.reject)
        self.finished.connect(self.deleteLater)

    def showEvent(self, event: QShowEvent) -> None:
        """Open as large as the words want."""
        super().showEvent(event)
        room = self.screen().availableGeometry()
        width = min(self._looks.px(560), room.width() - 40)
        wanted = self._body.heightForWidth(width - self._looks.px(60)) + self._looks.px(100)
        self.resize(width, min(wanted, room.height() - 60))
        tab_as_read(self)
        self.close_button.setFocus()

    def _on_restore(self) -> None:
        self.accept()
        self.restore_wanted.emit()
