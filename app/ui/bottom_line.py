"""The bottom line: when the book was last saved, how it stands with its copies, whether it is sound."""

import datetime as dt

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.cards import Chip
from app.ui.widgets.short_words import ShortWords
from app.ui.widgets.words import tip, words


class BottomLine(QFrame):
    """What one wants to be sure of before closing the lid."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bottomLine")
        self._looks = looks
        self._tick = QLabel()
        self._saved = words()
        self._told = words()
        self.copies = ShortWords()
        self.copies_trouble = Chip(looks, "", tone="due")
        self.warning = Chip(looks, "", tone="due")
        self.copies_trouble.hide()
        self.warning.hide()
        self._row = QHBoxLayout(self)
        for widget in (self._tick, self._saved, self._told):
            self._row.addWidget(widget)
        self._row.addWidget(self.copies, 1)
        for chip in (self.copies_trouble, self.warning):
            self._row.addWidget(chip)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()

    def show_saved(self, moment: dt.datetime) -> None:
        """Say when something was last saved."""
        self._saved.setText(self.tr("Saved {time}").format(time=f"{moment:%H:%M}"))

    def show_opened(self) -> None:
        """Say that everything is in the file, before anything was changed."""
        self._saved.setText(self.tr("Everything is saved"))

    def tell(self, text: str) -> None:
        """Say something aside: what is being looked at, what was counted."""
        self._told.setText(text)

    def show_copies(self, text: str, trouble: str = "", whole: str = "") -> None:
        """Say how the book stands with its copies; ``whole`` is all there is to say of the trouble."""
        self.copies.say(text)
        self.copies_trouble.show_status(trouble, tone="due")
        self.copies_trouble.setToolTip(tip(whole))
        self.copies_trouble.setAccessibleDescription(whole)
        self.copies_trouble.setVisible(bool(trouble))

    def warn(self, text: str) -> None:
        """Say something that needs a person to act."""
        self.warning.show_status(text, tone="due")
        self.warning.setVisible(bool(text))

    @property
    def text(self) -> str:
        """What is said about saving."""
        return self._saved.text()

    def _on_looks_changed(self) -> None:
        px = self._looks.px
        self._tick.setPixmap(self._looks.pixmap("check", "muted", 16, self.devicePixelRatioF()))
        gap = self._looks.gap
        self._row.setContentsMargins(gap(20), gap(5), gap(20), gap(5))
        self._row.setSpacing(px(18))
