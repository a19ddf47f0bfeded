"""The only place that opens a message box or a file dialog; none of them blocks."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QLabel,
    QMessageBox,
    QWidget,
)

_END = re.compile(r"(?<=[a-z0-9’)”]{3}[.?!])\s+(?=[A-Z“])")
"""Between two sentences; not after St. or Mr."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something to confirm: only what cannot be undone is asked, saying how many and who."""

    text: str
    more: str = ""
    yes: str
    no: str = "Cancel"


class Messages(QObject):
    """Say and ask things in windows of their own; tests put something else in its place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open: set[QDialog] = set()

    def tell(self, over: QWidget | None, text: str, *, more: str = "", details: str = "") -> None:
        """Say something; ``details`` are folded away."""
        box = self._box(over, text, more)
        if details:
            box.setDetailedText(details)
        box.addButton(QMessageBox.StandardButton.Close)
        box.open()

    def ask(self, over: QWidget | None, question: Question, yes: Callable[[], None]) -> None:
        """Ask, and go on with ``yes`` only if that button is pressed."""
        box = self._box(over, question.text, question.more)
        button = box.addButton(question.yes, QMessageBox.ButtonRole.AcceptRole)
        # What cannot be undone is never one absent-minded Enter away.
        box.setDefaultButton(box.addButton(question.no, QMessageBox.ButtonRole.RejectRole))
        button.clicked.connect(partial(_call, yes))
        box.open()

    def ask_save_path(
        self,
        over: QWidget | None,
        *,
        title: str,
        suggested: Path,
        kinds: str,
        then: Callable[[Path], None],
    ) -> None:
        """Ask where to save a file; ``suggested`` names folder and file."""
        dialog = self._file_dialog(over, title, kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDirectory(str(suggested.parent))
        dialog.selectFile(suggested.name)
        dialog.setDefaultSuffix(suggested.suffix.lstrip("."))
        dialog.fileSelected.connect(partial(_with_path, then))
        dialog.open()

    def ask_open_path(
        self,
        over: QWidget | None,
        *,
        title: str,
        folder: Path,
        kinds: str,
        then: Callable[[Path], None],
    ) -> None:
        """Ask which file to open."""
        dialog = self._file_dialog(over, title, kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setDirectory(str(folder))
        dialog.fileSelected.connect(partial(_with_path, then))
        dialog.open()

    def ask_folder(
        self, over: QWidget | None, *, title: str, folder: Path, then: Callable[[Path], None]
    ) -> None:
        """Ask which folder to use."""
        dialog = QFileDialog(over, title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(str(folder))
        dialog.fileSelected.connect(partial(_with_path, then))
        self._keep_until_closed(dialog)
        dialog.open()

    def open_file(self, path: Path) -> None:
        """Open a file with the program this computer uses for it."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _box(self, over: QWidget | None, text: str, more: str) -> QMessageBox:
        box = QMessageBox(over)
        box.setWindowTitle("Hallbook")
        first, *rest = _END.split(text, maxsplit=1)  # what happened is read first, then what to do
        box.setText(first)
        box.setInformativeText("\n\n".join(filter(None, [*rest, more])))
        for label in box.findChildren(QLabel):
            label.setTextFormat(Qt.TextFormat.PlainText)  # a name with < in it is no markup
        self._keep_until_closed(box)
        return box

    def _file_dialog(self, over: QWidget | None, title: str, kinds: str) -> QFileDialog:
        dialog = QFileDialog(over, title)
        dialog.setNameFilter(kinds)
        self._keep_until_closed(dialog)
        return dialog

    def _keep_until_closed(self, dialog: QDialog) -> None:
        # What is over no window belongs to Python alone, which would drop it before it is seen.
        self._open.add(dialog)
        dialog.finished.connect(partial(self._on_closed, dialog))

    def _on_closed(self, dialog: QDialog, _result: int) -> None:
        self._open.discard(dialog)
        dialog.deleteLater()


def _call(action: Callable[[], None], _checked: bool = False) -> None:
    action()


def _with_path(then: Callable[[Path], None], chosen: str) -> None:
    then(Path(chosen))
