"""Everything that is to correct in a form, in one place: each line leads to its field."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.words import restyle, words

_MOST = 5
"""Lines shown; more are counted, and come up when the first are mended."""
_LARGE, _MOST_LARGE = 150, 2
"""In letters over so many per cent it is so few lines, or no field would be in sight under them."""


class ProblemSummary(QFrame):
    """Shown over a form while something is to correct."""

    chosen = Signal(str)
    """The key of the field to go to."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "notice")
        self.setProperty("tone", "overdue")
        self._looks = looks
        self._column = QVBoxLayout(self)
        side, top = looks.px(14), looks.px(10)
        self._column.setContentsMargins(side, top, side, top)
        self._column.setSpacing(looks.gap(2))
        self.hide()

    def show_problems(self, problems: tuple[tuple[str, str], ...]) -> None:
        """Show (field, sentence) pairs; none hides it."""
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if problems:
            head = self.tr("One thing is to correct; everything you typed is still here.")
            if len(problems) > 1:
                head = self.tr(
                    "{count} things are to correct; everything you typed is still here."
                ).format(count=len(problems))
            self._column.addWidget(words(head, "strong", wrap=True))
            self.setAccessibleName(head)
        most = _MOST if self._looks.px(100) <= _LARGE else _MOST_LARGE
        for key, text in problems[:most]:
            self._column.addWidget(self._line(key, text))
        if len(problems) > most:
            more = self.tr("and {count} more").format(count=len(problems) - most)
            self._column.addWidget(words(more, "aside"))
        restyle(self)
        self.setVisible(bool(problems))

    def _line(self, key: str, text: str) -> QWidget:
        button = ActionButton(self._looks, text, icon="arrow-right", link=True)
        button.setProperty("field", key)
        button.setAccessibleName(self.tr("Go to: {problem}").format(problem=text))
        button.clicked.connect(self._on_clicked)
        return button

    def _on_clicked(self) -> None:
        self.chosen.emit(str(self.sender().property("field")))
