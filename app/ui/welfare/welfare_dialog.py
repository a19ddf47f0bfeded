"""The window of the welfare notes: it closes by itself, and nothing of it is left behind."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.welfare import NoteDraft
from app.services import welfare
from app.services.welfare import WelfareFile
from app.ui.book import Book
from app.ui.safekeeping.idle import Idle
from app.ui.welfare.note_dialog import NoteDialog
from app.ui.welfare.notes_part import NotesPart
from app.ui.welfare.password_forms import BeginForm, OpenForm
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.page import scrolling
from app.ui.widgets.tab_order import tab_as_read
from app.ui.widgets.words import words

IDLE_SECONDS = 300.0
_WIDTH, _HEIGHT = 820, 660


class WelfareDialog(QDialog):
    """A password first; then the notes, until it is closed, locked, or left alone for five minutes."""

    lock_wanted = Signal()
    """Ctrl+L: the notes are closed already."""

    def __init__(
        self, book: Book, path: Path, begun: NoteDraft | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Welfare notes"))
        self.setModal(True)
        self._book, self._begun = book, begun
        self._notes: WelfareFile | None = None
        self._typing: NoteDialog | None = None
        self.begun: NoteDraft | None = begun
        """What was half typed when it closed by itself."""
        self.part: NotesPart | None = None
        there = welfare.place_of(path).exists()
        self.form: BeginForm | OpenForm = (
            OpenForm(book, path, self) if there else BeginForm(book, path, self)
        )
        self.close_button = ActionButton(book.looks, self.tr("Close"))
        gap = book.looks.gap
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(gap(20), gap(16), gap(20), gap(16))
        self._column.setSpacing(gap(12))
        self._column.addWidget(words(self.tr("Welfare notes"), "heading"))
        self._area = scrolling(self.form)
        self._column.addWidget(self._area, 1)
        self._column.addLayout(foot)
        self.form.opened.connect(self._on_opened)
        self.close_button.clicked.connect(self.reject)
        self.finished.connect(self._on_finished)
        self.idle = Idle(parent=self)
        self.idle.limit = IDLE_SECONDS
        self.idle.idled.connect(self.close_at_once)
        self.idle.slept.connect(self.close_at_once)
        self._lock = QShortcut(QKeySequence("Ctrl+L"), self)
        self._lock.activated.connect(self._on_lock)

    def showEvent(self, event: QShowEvent) -> None:
        """Open large enough to read, no larger than the screen."""
        super().showEvent(event)
        room, gap = self.screen().availableGeometry(), self._book.looks.gap
        self.resize(min(gap(_WIDTH), room.width() - 40), min(gap(_HEIGHT), room.height() - 60))
        tab_as_read(self)
        (self.part or self.form).take_keyboard()
        self.idle.begin()

    def close_at_once(self) -> None:
        """Close with everything over it; what is half typed is kept in memory for whoever opens it."""
        if self._typing is not None:
            self.begun = self._typing.draft()
        for dialog in self.findChildren(QDialog):
            dialog.done(QDialog.DialogCode.Rejected)
        self.reject()

    def _on_lock(self) -> None:
        self.close_at_once()
        self.lock_wanted.emit()

    def _on_opened(self, notes: WelfareFile) -> None:
        self._notes = notes
        self.part = NotesPart(self._book, notes, self)
        self.part.over.connect(self._on_over)
        self._area.takeWidget().deleteLater()
        self.part.setObjectName("pageBody")
        self._area.setWidget(self.part)  # in the largest letters it is higher than a small screen
        tab_as_read(self)
        self.part.take_keyboard()
        if self._begun is not None:
            begun, self._begun, self.begun = self._begun, None, None
            self.part.go_on(begun)

    def _on_over(self, dialog: QDialog) -> None:
        if isinstance(dialog, NoteDialog):
            self._typing = dialog
            dialog.finished.connect(self._on_typed)
        # A shortcut of what is under a modal dialog would not be heard.
        shortcut = QShortcut(QKeySequence("Ctrl+L"), dialog)
        shortcut.activated.connect(self._on_lock)

    def _on_typed(self) -> None:
        self._typing = None

    def _on_finished(self) -> None:
        self.idle.end()
        if self._notes is not None:
            self._notes.close()
            self._notes = None
        self.deleteLater()
