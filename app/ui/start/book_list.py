"""A list of books on the start screen: whose, where, and when it was last open."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.periods import short_date
from app.ui.appearance import Appearance
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card, Chip
from app.ui.widgets.words import rule, words


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLine:
    """One book to open."""

    path: Path
    title: str
    when: str
    missing: bool = False


def ago(moment: dt.datetime, today: dt.date) -> str:
    """Return a day as people say it: today, yesterday, Tue 3 Nov 2026."""
    day = moment.astimezone().date()
    near = {0: "today", 1: "yesterday"}.get((today - day).days)
    return near or short_date(day)


class BookList(Card):
    """Books under a heading; one that is missing is said to be so and can be taken off the list."""

    chosen = Signal(object)
    """The path of the book to open."""
    dropped = Signal(object)
    """The path of a missing book that is to be taken off the list."""

    def __init__(self, looks: Appearance, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(looks, heading, parent)
        self.note = words("", "small", wrap=True)
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._rows)
        self.body.addWidget(self.note)
        self.buttons: list[ActionButton] = []

    def show_books(self, lines: tuple[BookLine, ...], note: str = "") -> None:
        """Show other books, and a line under them."""
        self.buttons = []
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, line in enumerate(lines):
            if place:
                self._column.addWidget(rule())
            self._column.addWidget(self._row(line))
        self._rows.setVisible(bool(lines))
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def _row(self, line: BookLine) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        told = QVBoxLayout()
        told.setSpacing(1)
        told.addWidget(words(line.title, "strong", wrap=True))
        told.addWidget(words(f"{line.when} · {line.path.parent}", "small", wrap=True))
        across.addLayout(told, 1)
        if line.missing:
            across.addWidget(Chip(self._looks, self.tr("Not there now"), tone="due"))
        text = self.tr("Take off the list") if line.missing else self.tr("Open")
        button = ActionButton(self._looks, text)
        button.setAccessibleName(f"{text}: {line.title}, {line.when}")
        button.setProperty("path", str(line.path))
        button.clicked.connect(self._on_drop if line.missing else self._on_open)
        across.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.buttons.append(button)
        return row

    def _on_open(self) -> None:
        self.chosen.emit(Path(str(self.sender().property("path"))))

    def _on_drop(self) -> None:
        self.dropped.emit(Path(str(self.sender().property("path"))))
