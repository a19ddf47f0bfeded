"""What one sees while the book is locked: nothing of it but its file's name."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.errors import AppError, WrongPassword
from app.services import guesses, password
from app.ui.appearance import Appearance
from app.ui.jobs import JobContext, JobRunner
from app.ui.safekeeping.unlock_form import UnlockForm
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.page import scrolling
from app.ui.widgets.words import words


class LockPage(QWidget):
    """The password or the words unlock it; each is proved by opening the file."""

    unlocked = Signal(bool)
    """Whether it was by the words of the recovery sheet."""
    close_wanted = Signal()

    def __init__(
        self,
        looks: Appearance,
        jobs: JobRunner,
        path: Path,
        why: str,
        now: Callable[[], dt.datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._looks, self._jobs, self._path = looks, jobs, path
        self.form = UnlockForm(looks, path, open_word=self.tr("Unlock"), now=now)
        self.close_button = ActionButton(looks, self.tr("Close the book"))
        self.form.row.insertWidget(2, self.close_button)
        self._picture = QLabel()
        title = words(self.tr("Locked"))
        title.setObjectName("pageTitle")
        card = Card(looks)
        card.body.addWidget(words(why, wrap=True))
        card.body.addWidget(
            words(
                self.tr("What you were typing is kept, and is there again when you unlock."),
                "aside",
                wrap=True,
            )
        )
        card.body.addWidget(self.form)
        self._lay_out((self._picture, title, card))
        self.form.typed.connect(self._on_typed)
        self.close_button.clicked.connect(self.close_wanted)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()

    def _lay_out(self, parts: tuple[QWidget, ...]) -> None:
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.addStretch(1)
        for widget in parts:
            column.addWidget(widget)
        column.addStretch(2)
        self._column = column
        holder = QWidget()
        outer = QHBoxLayout(holder)
        outer.addStretch(1)
        outer.addWidget(self._body, 8)
        outer.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(holder))

    def take_keyboard(self) -> None:
        """Begin with the password."""
        self.form.secret.setFocus()

    def _on_typed(self, typed: str) -> None:
        job = self._jobs.start(partial(_prove, path=self._path, typed=typed))
        job.done.connect(self._on_proved)
        job.failed.connect(self._on_failed)

    def _on_proved(self, _proved: object) -> None:
        guesses.note_right(self._path)
        self.form.empty()
        self.unlocked.emit(self.form.by_words)

    def _on_failed(self, error: AppError) -> None:
        if isinstance(error, WrongPassword):
            guesses.note_wrong(self._path, self.form.now())
        self.form.refuse(error.text)

    def _on_looks_changed(self) -> None:
        density = self.devicePixelRatioF()
        self._picture.setPixmap(self._looks.pixmap("lock", "accent", 40, density))
        self._column.setSpacing(self._looks.gap(12))
        self._body.setMaximumWidth(self._looks.px(560))


def _prove(_context: JobContext, path: Path, typed: str) -> None:
    password.check_password(path, typed)
