"""The last row of the register: type a name, Enter, and somebody new is here."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.domain.names import WHOLE_NAME_LIMIT, clean, plain
from app.services.people import Likely
from app.ui import texts
from app.ui.appearance import Appearance
from app.ui.widgets.suggestions import SuggestField, Suggestion

ANOTHER = "another"
"""What is taken when somebody says it is another person of the same name."""


class WalkInField(SuggestField):
    """A line to type a name in; it says in grey what Enter will do."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, and after the typed name what Enter does."""
        super().paintEvent(event)
        typed = self.text()
        if not typed.strip() or len(typed) > WHOLE_NAME_LIMIT:  # no room for a hint after so much
            return
        name = clean(typed)
        metrics = QFontMetrics(self.font())
        start = self._looks.px(18) + metrics.horizontalAdvance(typed)
        hint = self.tr("— Enter adds “{name}” as a walk-in").format(name=name)
        room = self.width() - start - self._looks.px(10)
        if metrics.horizontalAdvance(hint) > room:
            hint = self.tr("— Enter adds")
        if metrics.horizontalAdvance(hint) > room or self._has_choice():
            return
        painter = QPainter(self)
        painter.setPen(self._looks.colour("muted"))
        painter.drawText(start, 0, room, self.height(), int(Qt.AlignmentFlag.AlignVCenter), hint)
        painter.end()

    def _has_choice(self) -> bool:
        return self.offered is not None and self.offered.chosen() is not None


class WalkInRow(QWidget):
    """The box at the foot of the register, with likely doubles offered while typing."""

    wanted = Signal(str)
    """A name is being typed: offer likely doubles with ``offer()``."""
    added = Signal(str)
    """A new person came: the name as typed."""
    chosen = Signal(object)
    """Somebody who is already in the book came: a person's id."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field = WalkInField(looks, self.tr("Add somebody who is not on the list"))
        self.field.setPlaceholderText(self.tr("Somebody new? Type a name, Enter"))
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._picture)
        self._row.addWidget(self.field, 4)
        self._row.addStretch(1)
        self.field.wanted.connect(self.wanted)
        self.field.entered.connect(self._on_entered)
        self.field.taken.connect(self._on_taken)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()

    def offer(self, likely: tuple[Likely, ...]) -> None:
        """Offer people already in the book; one of exactly the typed name is chosen at once."""
        typed = clean(self.field.text()) if likely else ""
        offered = tuple(Suggestion(text=texts.described(one), value=one.row.id) for one in likely)
        same = bool(likely) and plain(likely[0].name) == plain(typed)
        if same:
            again = self.tr("Somebody else who is also called {name}").format(name=typed)
            offered = (*offered, Suggestion(text=again, value=ANOTHER))
        self.field.offer(offered)
        if same and self.field.offered:
            self.field.offered.step(1)
        self.field.update()

    def empty(self) -> None:
        """Make room for the next name and keep the keyboard."""
        self.field.empty()
        self.field.setFocus()

    def _on_entered(self, typed: str) -> None:
        if clean(typed):
            self.added.emit(typed)

    def _on_taken(self, value: object) -> None:
        if value == ANOTHER:
            self.added.emit(self.field.text())
        else:
            self.chosen.emit(value)

    def _on_looks_changed(self) -> None:
        px = self._looks.px
        self._picture.setPixmap(
            self._looks.pixmap("user-plus", "ink", 20, self.devicePixelRatioF())
        )
        # Under the boxes, with the field under the names.
        self._picture.setFixedWidth(px(92))
        self._picture.setContentsMargins(px(44), 0, 0, 0)
        self._row.setSpacing(0)
        self.field.setMaximumWidth(px(520))
