"""Settings, Backups: the last good copies, the second place, restoring, where the book lives."""

import datetime as dt
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.services import keeping, standing
from app.ui.book import Book
from app.ui.settings import copy_words as said
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card, NoticeBar
from app.ui.widgets.words import rule, words
from app.ui.widgets.wrap_row import WrapRow


class BackupsCard(Card):
    """Copies are made by themselves; here one sees them and says where else they go."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "Backups", parent)
        self._book = book
        self.trouble = NoticeBar(book.looks)
        self.here = words("", wrap=True)
        self.where = words("", "small", wrap=True)
        self.away = words("", wrap=True)
        self.live = words("", "small", wrap=True)
        self.copy_button = ActionButton(book.looks, self.tr("Make a copy now"), icon="copy")
        self.second_button = ActionButton(
            book.looks, self.tr("Choose a second place…"), icon="folder-open"
        )
        self.none_button = ActionButton(book.looks, self.tr("No second place"))
        self.restore_button = ActionButton(book.looks, self.tr("Restore a backup…"), icon="history")
        self.move_button = ActionButton(book.looks, self.tr("Move the book…"), icon="arrow-right")
        explained = self.tr(
            "A copy is made when the book is opened and closed, if something is new, and before "
            "imports and other large changes. Each is opened and counted. The ten newest stay, and one "
            "a month for a year."
        )
        for part in (
            words(explained, "aside", wrap=True), self.trouble, self.here, self.where,
            self._row(self.copy_button, self.restore_button), rule(),
            words(self.tr("Second place: a stick, or a folder that is synchronised"), "strong"),
            self.away, self._row(self.second_button, self.none_button), rule(),
            words(self.tr("Where the book lives"), "strong"), self.live,
            self._row(self.move_button),
        ):  # fmt: skip
            self.body.addWidget(part)
        self.copy_button.clicked.connect(book.keeper.copy_now)
        self.second_button.clicked.connect(self._on_second)
        self.none_button.clicked.connect(self._on_none)
        self.restore_button.clicked.connect(book.wishes.restore)
        self.move_button.clicked.connect(book.wishes.move)
        book.keeper.changed.connect(self.show_state)

    def _row(self, *buttons: ActionButton) -> WrapRow:
        row = WrapRow(self._looks)
        for button in buttons:
            row.add(button)
        return row

    def show_state(self) -> None:
        """Show how the book stands with its copies."""
        keeper, today, path = self._book.keeper, self._book.today(), self._book.register.path
        known = keeper.known
        _, trouble = said.trouble_of(known, today)
        self.trouble.tell(trouble) if trouble else self.trouble.clear()
        self.here.setText(self.tr("Making a copy …") if keeper.busy else _sentence(known, today))
        self.away.setText(said.about_away(known, today))
        self.none_button.setVisible(known.second is not None)
        self.copy_button.setEnabled(not keeper.busy)
        if path is not None:
            folder = standing.first_folder(path)
            self.where.setText(self.tr("Kept in {folder}").format(folder=folder))
            self.live.setText(" ".join(part for part in (str(path), keeping.advice(path)) if part))

    def _on_second(self) -> None:
        self._book.messages.ask_folder(
            self.window(),
            title=self.tr("Choose where copies go as well"),
            folder=self._book.keeper.known.second or Path.home(),
            then=self.take_second,
        )

    def take_second(self, folder: Path) -> None:
        """Keep the second place, unless it is where the first copies are."""
        path = self._book.register.path
        if path is not None and folder == standing.first_folder(path):
            self.trouble.tell(
                self.tr("That is where the copies are already. Choose a stick or another folder."),
                tone="overdue",
            )
            return
        self._book.keeper.choose_second(folder)

    def _on_none(self) -> None:
        self._book.keeper.choose_second(None)
        self.second_button.setFocus()


def _sentence(known: standing.Standing, today: dt.date) -> str:
    return f"{said.about_copy(known, today)}."
