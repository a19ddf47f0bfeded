"""What one sees while the last copy is made and the window waits for it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.words import words


class WaitingPage(QWidget):
    """A line, a bar that runs, and, where it may be cut short, a button for that; Esc presses it."""

    cut_short = Signal()

    def __init__(
        self, looks: Appearance, text: str, more: str = "", button: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        title = words(text, wrap=True)
        title.setObjectName("pageTitle")
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(text)
        column = QVBoxLayout(self)
        column.setContentsMargins(looks.px(60), looks.px(40), looks.px(60), looks.px(40))
        column.setSpacing(looks.px(14))
        column.addStretch(1)
        column.addWidget(title)
        column.addWidget(bar)
        if more:
            column.addWidget(words(more, "aside", wrap=True))
        self.button = ActionButton(looks, button)
        self.button.clicked.connect(self.cut_short)
        self._may_be_cut = bool(button)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.button.setVisible(self._may_be_cut)
        column.addStretch(2)

    def take_keyboard(self) -> None:
        """Let Esc be heard here."""
        (self.button if self._may_be_cut else self).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes on without waiting."""
        if event.key() == Qt.Key.Key_Escape and self._may_be_cut:
            self.cut_short.emit()
        else:
            super().keyPressEvent(event)
