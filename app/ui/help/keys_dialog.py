"""Every key there is, by where it works: those of the menus are read from the menus."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.appearance import Appearance
from app.ui.texts import KEYS_HELP, tr
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.page import scrolling
from app.ui.widgets.words import words

_SIZE = (660, 620)
"""Pixels at 100 %; smaller where the screen is."""


class KeysDialog(QDialog):
    """The list of keys, to look at and scroll."""

    def __init__(
        self, looks: Appearance, actions: Iterable[QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys"))
        self._looks = looks
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, looks.px(8), 0)
        column.setSpacing(looks.gap(6))
        for part in (*KEYS_HELP.strip().split("\n\n"), _menu_part(actions)):
            heading, *lines = part.split("\n")
            column.addWidget(words(heading, "heading"))
            column.addLayout(self._lines(lines))
            column.addSpacing(looks.gap(10))
        column.addStretch(1)
        self.area = scrolling(body)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # arrows and Page Down scroll it
        self.area.setAccessibleName(self.tr("Keys"))
        close = ActionButton(looks, self.tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(looks.gap(20), looks.gap(16), looks.gap(20), looks.gap(16))
        outer.setSpacing(looks.gap(12))
        outer.addWidget(self.area, 1)
        outer.addLayout(foot)
        self.area.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Open as large as it likes and the screen allows."""
        super().showEvent(event)
        room = self.screen().availableGeometry()
        width, height = (self._looks.px(length) for length in _SIZE)
        self.resize(min(width, room.width() - 40), min(height, room.height() - 60))

    def _lines(self, lines: list[str]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._looks.gap(16))
        grid.setVerticalSpacing(self._looks.gap(4))
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for row, line in enumerate(lines):
            keys, meaning = line.split("\t")
            grid.addWidget(words(keys, "strong", wrap=True), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words(meaning, wrap=True), row, 1, Qt.AlignmentFlag.AlignTop)
        return grid


def _menu_part(actions: Iterable[QAction]) -> str:
    lines = [tr("In the menus")]
    for action in actions:
        keys = ", ".join(
            shortcut.toString(QKeySequence.SequenceFormat.NativeText)
            for shortcut in action.shortcuts()
        )
        if keys:
            lines.append(f"{keys}\t{action.iconText()}")
    return "\n".join(lines)
