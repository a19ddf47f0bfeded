"""Ask for the password of a book that is to be opened, or for the words of its recovery sheet."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.domain.errors import AppError
from app.services import password
from app.ui.appearance import Appearance
from app.ui.jobs import JobContext, JobRunner
from app.ui.safekeeping.unlock_form import UnlockForm
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.tab_order import tab_as_read
from app.ui.widgets.words import words

_WIDTH = 520


class UnlockDialog(QDialog):
    """Stays until the book is open or somebody gives up."""

    key_found = Signal(object, str, bool)
    """The path, its key made of what was typed (not proved yet), and whether words were typed."""

    def __init__(
        self,
        looks: Appearance,
        jobs: JobRunner,
        path: Path,
        text: str,
        now: Callable[[], dt.datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Password"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._looks, self._jobs, self.path = looks, jobs, path
        self.form = UnlockForm(looks, path, open_word=self.tr("Open"), now=now)
        self.cancel_button = ActionButton(looks, self.tr("Cancel"))
        self.form.row.insertWidget(2, self.cancel_button)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(looks.px(20), looks.px(16), looks.px(20), looks.px(16))
        column.setSpacing(looks.px(12))
        column.addWidget(words(path.stem, "heading", wrap=True))
        column.addWidget(words(text, wrap=True))
        column.addWidget(self.form)
        column.addStretch(1)
        self.form.typed.connect(self._on_typed)
        self.form.other.clicked.connect(self._grow)
        self.cancel_button.clicked.connect(self.reject)

    def refuse(self, text: str) -> None:
        """Say why the book did not open."""
        self.form.refuse(text)
        self._grow()

    def _on_typed(self, typed: str) -> None:
        job = self._jobs.start(partial(_key, path=self.path, typed=typed))
        job.done.connect(self._on_key)
        job.failed.connect(self._on_failed)

    def _on_key(self, key: str | None) -> None:
        self.key_found.emit(self.path, key or "", self.form.by_words)

    def _on_failed(self, error: AppError) -> None:
        self.refuse(error.text)

    def _grow(self) -> None:
        width = max(self.width(), 1)
        wanted = self._column.heightForWidth(width)
        room = self.screen().availableGeometry()
        self.resize(QSize(width, min(max(wanted, self.height()), room.height() - 60)))

    def event(self, event: QEvent) -> bool:
        """Grow when more is said in it."""
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._grow()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Open as wide as is read well, with the keyboard where the password is typed."""
        super().showEvent(event)
        room = self.screen().availableGeometry()
        self.resize(min(self._looks.px(_WIDTH), room.width() - 40), self.height())
        self._grow()
        tab_as_read(self)
        (self.form.words if self.form.by_words else self.form.secret).setFocus()


def _key(_context: JobContext, path: Path, typed: str) -> str | None:
    return password.key_of(path, typed)
