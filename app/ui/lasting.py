"""What one sees while a change of many rows is written: how far it is, and a way to stop it."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.changes import ALL_TOPICS
from app.ui.appearance import Appearance
from app.ui.events import RegisterEvents
from app.ui.held_keys import MOST_KEYS, press_again
from app.ui.slices import Slices
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.short_words import ShortWords
from app.ui.widgets.words import words

_SHOWN_MS = 300
"""What is over sooner is not worth a window of its own; until then keys wait."""
_KEYS = (QEvent.Type.KeyPress, QEvent.Type.Shortcut)
_SWALLOWED = (
    QEvent.Type.KeyRelease,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
)


class Lasting(QObject):
    """Keeps the book to one change at a time: nothing is pressed on its pages meanwhile.

    Keys of the first moment wait until the change is written, then they are given on; after that a
    window stands over the page, and its one button stops the change, which leaves no trace.
    """

    def __init__(
        self, looks: Appearance, events: RegisterEvents, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._looks = looks
        self._events = events
        self._slices: Slices | None = None
        self._said = ""
        self._held: list[tuple[QObject, QEvent]] = []
        self._before: QWidget | None = None
        """What had the keyboard; it has it again some moments after the window is gone."""
        self.dialog: LastingDialog | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SHOWN_MS)
        self._soon.timeout.connect(self._show)
        events.lasting.connect(self._on_begun)

    @property
    def active(self) -> bool:
        """Whether a change is being written."""
        return self._slices is not None

    def stop(self) -> None:
        """Stop the change, with everything as it was before."""
        self._held.clear()
        if self._slices is not None:
            self._slices.cancel()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what is pressed for when the change is written."""
        kind = event.type()
        if kind in _KEYS and (watched.isWidgetType() or kind == QEvent.Type.Shortcut):
            if len(self._held) < MOST_KEYS:
                self._held.append((watched, event.clone()))
            return True
        return kind in _SWALLOWED and watched.isWidgetType()

    def _on_begun(self, slices: Slices, said: str) -> None:
        self._slices, self._said = slices, said
        self._before = QApplication.focusWidget() or self._before
        slices.stopped.connect(self._on_stopped)
        slices.ended.connect(self._on_ended)
        if (application := QCoreApplication.instance()) is not None:
            application.installEventFilter(self)
        self._soon.start()

    def _show(self) -> None:
        self._let_through()
        if self._slices is not None:
            over = QApplication.activeModalWidget() or QApplication.activeWindow()
            self.dialog = dialog = LastingDialog(self._looks, self._said, over)
            dialog.stop_wanted.connect(self.stop)
            self._slices.progressed.connect(dialog.show_rows)
            dialog.open()

    def _let_through(self) -> None:
        self._soon.stop()
        if (application := QCoreApplication.instance()) is not None:
            application.removeEventFilter(self)

    def _on_stopped(self) -> None:
        """Let pages look again: what they read meanwhile may have been half-way."""
        self._events.changed.emit(ALL_TOPICS, None)

    def _on_ended(self) -> None:
        self._slices = None
        self._let_through()
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.done(QDialog.DialogCode.Accepted)
        self.dialog = None
        QTimer.singleShot(0, self, self._give_on)

    def _give_on(self) -> None:
        """Give what was pressed to whatever has the keyboard now; another long change keeps the rest."""
        held, self._held = self._held, []
        for place, (watched, event) in enumerate(held):
            if self.active:
                self._held = held[place:]
                return
            if isinstance(event, QKeyEvent):
                press_again(event, otherwise=self._before)
            elif isValid(watched):
                QCoreApplication.sendEvent(watched, event)


class LastingDialog(QDialog):
    """A line, a bar that fills, and Stop; Esc presses it."""

    stop_wanted = Signal()

    def __init__(self, looks: Appearance, said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(said)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = words(f"{said} …", wrap=True)
        title.setObjectName("heading")
        self.rows = ShortWords()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(self.tr("How far it is"))
        self.stop = ActionButton(looks, self.tr("Stop, and leave it as it was"), icon="x")
        self.stop.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.rows, 1)
        foot.addWidget(self.stop)
        column, gap = QVBoxLayout(self), looks.gap
        column.setContentsMargins(gap(24), gap(18), gap(24), gap(18))
        column.setSpacing(gap(12))
        column.addWidget(title)
        column.addWidget(self.bar)
        column.addLayout(foot)
        self.setMinimumWidth(looks.px(460))
        self.stop.setFocus()

    def show_rows(self, done: int, total: int) -> None:
        """Say how far it is; the last of it, when it is brought onto the disk, has no length."""
        self.bar.setRange(0, total if done < total else 0)
        self.bar.setValue(done)
        self.rows.say(self.tr("{n:,} of {all:,} rows").format(n=done, all=total))

    def reject(self) -> None:
        """Stop the change; the window goes when it has ended."""
        self.stop_wanted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the change, as Esc does."""
        event.ignore()
        self.reject()
