"""From one session to the one before or after it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.activities import Session
from app.ui import texts
from app.ui.appearance import Appearance
from app.ui.widgets.buttons import ActionButton


class SessionSteps(QWidget):
    """The session before and the session after, by their days."""

    chosen = Signal(object)
    """The id of the session wanted."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before: Session | None = None
        self._after: Session | None = None
        self._earlier = ActionButton(looks, "", icon="chevron-left", link=True)
        self._later = ActionButton(looks, "", icon="chevron-right", link=True)
        self._later.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._earlier.setShortcut(QKeySequence("Alt+Left"))
        self._later.setShortcut(QKeySequence("Alt+Right"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._earlier)
        row.addWidget(self._later)
        self._earlier.clicked.connect(self._on_earlier)
        self._later.clicked.connect(self._on_later)

    def show_around(self, session: Session, around: tuple[Session, ...]) -> None:
        """Offer the neighbours of a session among others of its activity, in order."""
        ids = [other.id for other in around]
        place = ids.index(session.id) if session.id in ids else -1
        self._before = around[place - 1] if place > 0 else None
        self._after = around[place + 1] if 0 <= place < len(around) - 1 else None
        for button, other in ((self._earlier, self._before), (self._later, self._after)):
            # The shortcut goes with the text in Qt, so it is given again.
            keys = button.shortcut()
            button.setText(texts.day_and_month(other.session_on) if other else "")
            button.setShortcut(keys)
            button.setVisible(other is not None)
        before = texts.day_and_month(self._before.session_on) if self._before else ""
        after = texts.day_and_month(self._after.session_on) if self._after else ""
        self._earlier.setAccessibleName(self.tr("Session before: {day}").format(day=before))
        self._later.setAccessibleName(self.tr("Session after: {day}").format(day=after))

    def _on_earlier(self) -> None:
        if self._before is not None:
            self.chosen.emit(self._before.id)

    def _on_later(self) -> None:
        if self._after is not None:
            self.chosen.emit(self._after.id)
