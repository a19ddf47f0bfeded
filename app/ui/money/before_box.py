"""Before you save: what does not fit a grant, said in place, with the three ways on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.ui.appearance import Appearance
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.words import restyle, words
from app.ui.widgets.wrap_row import WrapRow

_DAYS = frozenset({"before_grant", "after_grant"})


class BeforeBox(QFrame):
    """An amber box under a payment: nothing in it stands in the way of saving with a note."""

    free_wanted = Signal()
    """Pay it from free money instead."""
    change_wanted = Signal(str)
    """Go to the field that can be changed: its key."""
    keep_wanted = Signal()
    """Save it as it is, with a note."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "notice")
        self.setProperty("tone", "due")
        self._looks = looks
        self._field = "entry_on"
        self._picture = QLabel()
        self._head = words(self.tr("Before you save:"), "strong")
        self._said = words("", wrap=True)
        self.free_button = ActionButton(looks, self.tr("Use free money"))
        self.change_button = ActionButton(looks, self.tr("Change the date"))
        self.keep_button = ActionButton(looks, self.tr("Save as it is, with a note"))
        buttons = WrapRow(looks)
        for button in (self.free_button, self.change_button, self.keep_button):
            buttons.add(button)
        said = QVBoxLayout()
        for widget in (self._head, self._said, buttons):
            said.addWidget(widget)
        row = QHBoxLayout(self)
        side, top = looks.px(14), looks.px(10)
        row.setContentsMargins(side, top, side, top)
        row.setSpacing(looks.px(12))
        row.addWidget(self._picture)
        row.addLayout(said, 1)
        self.free_button.clicked.connect(self.free_wanted)
        self.change_button.clicked.connect(self._on_change)
        self.keep_button.clicked.connect(self.keep_wanted)
        self.hide()

    def show_warnings(self, warnings: tuple[Problem, ...], *, free: bool) -> None:
        """Say what does not fit; ``free`` tells whether free money is a way. None hides it."""
        self._said.setText(" ".join(warning.text for warning in warnings))
        self.setAccessibleName(f"{self._head.text()} {self._said.text()}")
        self.free_button.setVisible(free)
        dated = [warning for warning in warnings if warning.code in _DAYS]
        first = next(iter(dated or warnings), None)
        self._field = first.field if first else ""
        change = self.tr("Change the date") if dated else self.tr("Change it")
        self.change_button.setText(change)
        self._picture.setPixmap(
            self._looks.pixmap("triangle-alert", "ink", 20, self.devicePixelRatioF())
        )
        restyle(self)
        self.setVisible(bool(warnings))

    @property
    def text(self) -> str:
        """What is said now."""
        return self._said.text()

    def _on_change(self) -> None:
        self.change_wanted.emit(self._field)
