"""Restore a backup: the copies there are, newest first; what stands in its place is saved first."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.backups import book_name
from app.domain.errors import AppError, WrongPassword
from app.services import guesses, password, standing
from app.services.backups import Found
from app.ui import texts
from app.ui.bookshelf import SUFFIX, Bookshelf
from app.ui.jobs import Job, JobContext
from app.ui.safekeeping import restore_list
from app.ui.safekeeping.unlock_form import UnlockForm
from app.ui.start.places import books_folder
from app.ui.tables.rows_model import RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import NoticeBar
from app.ui.widgets.page import scrolling
from app.ui.widgets.tab_order import tab_as_read
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

_WIDTH, _HEIGHT = 1000, 660


class RestoreDialog(QDialog):
    """Looks in likely places by itself; a locked copy asks for its password or the words."""

    wanted = Signal(object, object, str, bool)
    """The copy, where it is to go, its key ("" for none), and whether words were typed."""

    def __init__(self, shelf: Bookshelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Restore a backup"))
        self._shelf = shelf
        self._looks = looks = shelf.looks
        book = shelf.book
        self._key = book.register.secret if book else None
        self._by_words = False
        self._chosen: Path | None = None
        self._folders: tuple[Path, ...] = ()
        self._asking: Path | None = None
        self._job: Job | None = None
        self.notice = NoticeBar(looks)
        self.told = words("", "aside", wrap=True)
        self.model = RowsModel(restore_list.columns(), self)
        self.table = LedgerTable(looks, self.tr("Copies that can be restored"))
        self.table.setModel(self.model)
        self.table.keep_rows(4)
        self.form: UnlockForm | None = None
        self.target = words("", "small", wrap=True)
        self._button("folder_button", self.tr("&Look in another folder…"), "folder-open")
        self._button("place_button", self.tr("Another &place…"), "")
        self._button("restore_button", self.tr("&Restore"), "history", primary=True)
        self._button("cancel_button", self.tr("Cancel"), "")
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.opened.connect(self._on_opened)
        self.folder_button.clicked.connect(self._on_folder)
        self.place_button.clicked.connect(self._on_place)
        self.restore_button.clicked.connect(self._on_restore)
        self.cancel_button.clicked.connect(self.reject)
        self.finished.connect(self._on_finished)
        self._look()

    folder_button: ActionButton
    place_button: ActionButton
    restore_button: ActionButton
    cancel_button: ActionButton

    def _button(self, name: str, text: str, icon: str, *, primary: bool = False) -> None:
        setattr(self, name, ActionButton(self._looks, text, icon=icon, primary=primary))

    def _lay_out(self) -> None:
        px = self._looks.px
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, px(8), 0)
        self._column.setSpacing(px(10))
        for part in (self.notice, self.told, self.table, self.target):
            self._column.addWidget(part, 1 if part is self.table else 0)
        buttons = WrapRow(self._looks)
        for button in (self.folder_button, self.place_button):
            buttons.add(button)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.cancel_button)
        last.addWidget(self.restore_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(20), px(16), px(20), px(16))
        whole.setSpacing(px(10))
        whole.addWidget(words(self.tr("Restore a backup"), "heading"))
        whole.addWidget(scrolling(body), 1)
        whole.addWidget(buttons)
        whole.addLayout(last)

    # --- looking -----------------------------------------------------------------------------

    def _look(self) -> None:
        """Have the worker look for copies and open each."""
        if self._job is not None:
            self._job.cancel()
        self.told.setText(self.tr("Looking for copies in likely places …"))
        self.restore_button.setEnabled(False)
        folders = (*self._folders, *self._own_folders())
        work = partial(restore_list.look, folders=folders, key=self._key, likely=True)
        self._job = job = self._shelf.jobs.start(work)
        job.done.connect(self._on_looked)
        job.failed.connect(self._on_look_failed)

    def _own_folders(self) -> tuple[Path, ...]:
        book, known = self._shelf.book, self._shelf.keeper.known
        path = book.register.path if book else None
        own = (standing.first_folder(path), path.parent) if path else ()
        return (*own, *((known.second,) if book and known.second else ()))

    def _on_looked(self, found: tuple[Found, ...]) -> None:
        self._job = None
        open_now = self._shelf.book.register.path if self._shelf.book else None
        rows = tuple(one for one in found if open_now is None or one.path != open_now.resolve())
        before = self._asking
        self.model.set_rows(rows)
        if rows:
            locked = sum(one.locked for one in rows)
            told = self.tr("{all}, the newest first.").format(
                all=texts.counted(len(rows), self.tr("copy"), self.tr("copies"))
            )
            if locked:
                told += self.tr(" {locked} a password: choose one, and type it.").format(
                    locked=texts.counted(locked, self.tr("has"), self.tr("have"))
                )
        else:
            told = self.tr(
                "No copies were found in likely places. Put the stick in, or look in another folder."
            )
        self.told.setText(told)
        place = next((n for n, one in enumerate(rows) if one.path == before), 0)
        if rows:
            self.table.selectRow(place)
        self._show_row()
        (self.restore_button if self.restore_button.isEnabled() else self.table).setFocus()
        if self.form is not None:
            self.form.secret.setFocus()

    def _on_look_failed(self, error: AppError) -> None:
        self.notice.tell(error.text, tone="overdue")

    # --- the row in hand ---------------------------------------------------------------------

    @property
    def row(self) -> Found | None:
        """The copy in hand."""
        return self.model.row_at(self.table.currentIndex().row())

    def _on_row(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._show_row()

    def _show_row(self) -> None:
        one = self.row
        self.notice.clear()
        if one is not None and one.trouble and not one.locked:
            self.notice.tell(one.trouble, tone="overdue")
        self._show_form(one if one is not None and one.locked else None)
        self.restore_button.setEnabled(one is not None and not one.trouble)
        self.place_button.setEnabled(one is not None)
        self.target.setText(self._about_target(one) if one is not None else "")

    def _show_form(self, one: Found | None) -> None:
        wanted = one.path if one else None
        if wanted == self._asking and (self.form is not None) == (one is not None):
            return
        self._asking = wanted
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        if one is not None:
            self.form = UnlockForm(
                self._looks,
                one.path,
                open_word=self.tr("Show what it holds"),
                now=self._shelf.keeper.now,
            )
            self.form.typed.connect(self._on_typed)
            self._column.addWidget(self.form)
            self.form.show()  # at once: what is not shown yet is not given the keyboard
        tab_as_read(self)

    def _about_target(self, one: Found) -> str:
        path = self.target_of(one)
        saved = self.tr(" What is there now is saved first, dated.") if path.exists() else ""
        at = restore_list.last_entry(one)
        last = self.tr("Last entry {at}. ").format(at=at) if at else ""
        return self.tr("{last}It becomes {path}.{saved}").format(last=last, path=path, saved=saved)

    def target_of(self, one: Found) -> Path:
        """Return where a copy goes: over the open book it is of, or where books are kept."""
        if self._chosen is not None:
            return self._chosen
        name, book = book_name(one.path.stem), self._shelf.book
        path = book.register.path if book else None
        return path if path and path.stem == name else books_folder() / f"{name}{SUFFIX}"

    # --- a password --------------------------------------------------------------------------

    def _on_typed(self, typed: str) -> None:
        if self.form is None or self._asking is None:
            return
        self._by_words = self.form.by_words
        job = self._shelf.jobs.start(partial(_key, path=self._asking, typed=typed))
        job.done.connect(self._on_key)
        job.failed.connect(self._on_no_key)

    def _on_key(self, key: str | None) -> None:
        if self._asking is not None:
            guesses.note_right(self._asking)
        self._key = key
        self._look()

    def _on_no_key(self, error: AppError) -> None:
        if self.form is None or self._asking is None:
            return
        if isinstance(error, WrongPassword):
            guesses.note_wrong(self._asking, self.form.now())
        self.form.refuse(error.text)

    # --- pressing ----------------------------------------------------------------------------

    def _on_folder(self) -> None:
        self._shelf.messages.ask_folder(
            self, title=self.tr("Look for copies in"), folder=Path.home(), then=self.look_in
        )

    def look_in(self, folder: Path) -> None:
        """Look in a folder too, and in those just inside."""
        self._folders = (folder, *self._folders)
        self._look()

    def _on_place(self) -> None:
        if (one := self.row) is not None:
            self._shelf.messages.ask_save_path(
                self, title=self.tr("Where the book is to live"), suggested=self.target_of(one),
                kinds=self.tr("Hallbook books (*.hallbook)"), then=self._on_placed,
            )  # fmt: skip

    def _on_placed(self, path: Path) -> None:
        self._chosen = (
            path if path.suffix.casefold() == SUFFIX else path.with_name(path.name + SUFFIX)
        )
        self._show_row()

    def _on_opened(self, _index: QModelIndex) -> None:
        if self.restore_button.isEnabled():
            self._on_restore()
        elif self.form is not None:
            self.form.secret.setFocus()

    def _on_restore(self) -> None:
        one = self.row
        if one is None or one.trouble:
            return
        key = self._key if password.is_locked(one.path) else ""
        self.wanted.emit(one.path, self.target_of(one), key or "", self._by_words)
        self.accept()

    def showEvent(self, event: QShowEvent) -> None:
        """Open as large as the list is read well, and no larger than the screen."""
        super().showEvent(event)
        gap, room = self._looks.gap, self.screen().availableGeometry()
        self.resize(min(gap(_WIDTH), room.width() - 40), min(gap(_HEIGHT), room.height() - 40))
        tab_as_read(self)

    def _on_finished(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self.deleteLater()


def _key(_context: JobContext, path: Path, typed: str) -> str | None:
    key = password.key_of(path, typed)
    password.prove(path, key)
    return key
