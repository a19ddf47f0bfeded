"""The start screen: open the last book, another, a new one, or a pretend one; what was found."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.domain.backups import read_moment
from app.services import recent, searching
from app.services.recent import RecentBook
from app.services.searching import Found
from app.ui import texts
from app.ui.bookshelf import Bookshelf
from app.ui.jobs import JobContext
from app.ui.start.book_list import BookLine, BookList, ago
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card, NoticeBar
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.page import scrolling
from app.ui.widgets.words import words


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """What the worker saw: which recent books are there, and which others."""

    there: frozenset[Path]
    found: Found


class StartScreen(QWidget):
    """What one sees with no book open."""

    last_wanted = Signal()
    open_wanted = Signal()
    new_wanted = Signal()
    pretend_wanted = Signal()
    restore_wanted = Signal()
    book_wanted = Signal(object)
    """The path of a book in one of the lists."""

    def __init__(self, shelf: Bookshelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._looks = looks = shelf.looks
        self._shelf = shelf
        self._recent = recent.recent_books()
        self._looked: _Looked | None = None
        self.notice = NoticeBar(looks)
        self._picture = QLabel()
        title = words("Hallbook")
        title.setObjectName("pageTitle")
        text = words(
            self.tr(
                "The clipboard, the cash tin and the grant form in one book, kept on this computer "
                "and nowhere else."
            ),
            "aside",
            wrap=True,
        )
        self.card = Card(looks)
        self._add_ways(shelf.last)
        self.recent = BookList(looks, self.tr("Books you have opened"))
        self.found = BookList(looks, self.tr("Found on this computer"))
        self._lay_out((self._picture, title, text, self.notice))
        for books in (self.recent, self.found):
            books.chosen.connect(self.book_wanted)
        self.recent.dropped.connect(self._on_dropped)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()
        self._show_recent()
        self._look_round()

    def _lay_out(self, head: tuple[QWidget, ...]) -> None:
        side = QWidget()
        lists = QVBoxLayout(side)
        lists.setContentsMargins(0, 0, 0, 0)
        for card in (self.recent, self.found):
            lists.addWidget(card)
        lists.addStretch(1)
        self._lists = lists
        ways = QWidget()
        left = QVBoxLayout(ways)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.card)
        left.addStretch(1)
        body = QWidget()
        column = QVBoxLayout(body)
        column.addStretch(1)
        for widget in head:
            column.addWidget(widget)
        self._two = TwoColumns(self._looks, ways, side, needed=820, side_width=500)
        column.addWidget(self._two)
        column.addStretch(2)
        self._body, self._column = body, column
        holder = QWidget()
        outer = QVBoxLayout(holder)
        outer.addWidget(body, 1, Qt.AlignmentFlag.AlignHCenter)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(holder))

    def _add_ways(self, last: Path | None) -> None:
        self.buttons: list[ActionButton] = []
        if last is not None:
            known = next((b for b in self._recent if b.path == last.absolute()), None)
            self._add_way(
                self.tr("Open {name}").format(name=known.group if known else last.stem),
                "book-open", self._about_last(last, known), self._on_last, primary=True,
            )  # fmt: skip
        if self._never_opened:
            self._add_new(primary=True)
        self._add_way(
            self.tr("Open a book…"), "folder-open", self.tr("A .hallbook file on this computer or a stick"),
            self._on_open, primary=last is None and not self._never_opened,
        )  # fmt: skip
        if not self._never_opened:
            self._add_new()
        self._add_way(
            self.tr("Restore a backup…"), "history",
            self.tr("On a new computer, or when something went wrong: copies are looked for first"),
            self._on_restore,
        )  # fmt: skip
        self._add_way(
            self.tr("Try it with a pretend group"), "users",
            self.tr("One press. Everybody in it is made up; nothing can be spoilt"), self._on_pretend,
        )  # fmt: skip

    @property
    def _never_opened(self) -> bool:
        """Whether no book was ever opened here: most begin with a new one."""
        return self._shelf.last is None and not self._recent

    def _add_new(self, *, primary: bool = False) -> None:
        self._add_way(
            self.tr("Start a new book…"), "plus", self.tr("Five questions, most of them can wait"),
            self._on_new, primary=primary,
        )  # fmt: skip

    def _about_last(self, last: Path, known: RecentBook | None) -> str:
        if known is None:
            return self.tr("The book you used last, in {folder}").format(folder=last.parent)
        when = ago(known.opened_at, self._shelf.today())
        return self.tr("The book you used last, {when}, in {folder}").format(
            when=when, folder=last.parent
        )

    def _add_way(
        self, text: str, icon: str, about: str, slot: object, *, primary: bool = False
    ) -> None:
        button = ActionButton(self._looks, text, icon=icon, primary=primary)
        button.setAccessibleDescription(about)
        button.clicked.connect(slot)
        self.buttons.append(button)
        self.card.body.addWidget(button)
        self.card.body.addWidget(words(about, "small", wrap=True))

    def take_keyboard(self) -> None:
        """Begin with the first way."""
        self.buttons[0].setFocus()

    # --- what there is -----------------------------------------------------------------------

    def _look_round(self) -> None:
        """Have the worker look for books: a drive that does not answer holds nobody up."""
        paths = tuple(book.path for book in self._recent)

        def work(context: JobContext) -> _Looked:
            there = frozenset(path for path in paths if path.is_file())
            found = searching.find_books(searching.likely_places(), cancelled=context.cancelled)
            return _Looked(there=there, found=found)

        self.found.show_books((), self.tr("Looking in likely places …"))
        self._job = self._shelf.jobs.start(work, background=True)
        self._job.done.connect(self._on_looked)
        self._shelf.jobs.somebody_waits.connect(self._on_somebody_waits)

    def _on_somebody_waits(self) -> None:
        """Stop looking: something that was asked for comes first."""
        if self._looked is None:
            self._job.cancel()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop looking when a book is opened meanwhile."""
        self._on_somebody_waits()
        super().hideEvent(event)

    def _on_looked(self, looked: _Looked) -> None:
        self._looked = looked
        self._show_recent()
        listed = {book.path for book in self._recent}
        last = self._shelf.last
        others = tuple(
            BookLine(
                path=book.path,
                title=book.path.stem,
                when=self.tr("changed {when}").format(
                    when=ago(
                        dt.datetime.fromtimestamp(book.changed).astimezone(), self._shelf.today()
                    )
                ),
            )
            for book in looked.found.books
            if book.path not in listed and book.path != last and not _is_copy(book.path)
        )
        copies = sum(_is_copy(book.path) for book in looked.found.books)
        places = ", ".join(dict.fromkeys(looked.found.places))
        if not looked.found.places:
            note = self.tr("There is no folder here in which books are usually kept.")
        elif others:
            note = self.tr("Looked in {places}.")
        elif looked.found.books:
            note = self.tr("Looked in {places}: no other books.")
        else:
            note = self.tr("Looked in {places} and found no books.")
        if copies:
            note += self.tr(" {copies} of books there too: Restore a backup.").format(
                copies=texts.counted(copies, self.tr("copy"), self.tr("copies"))
            )
        if not looked.found.whole:
            note += self.tr(" There was more than could be looked through; use Open a book.")
        self.found.show_books(others, note.format(places=places))

    def _show_recent(self) -> None:
        today = self._shelf.today()
        there = self._looked.there if self._looked else None
        self.recent.show_books(
            tuple(
                BookLine(
                    path=book.path,
                    title=book.group,
                    when=self.tr("open {when}").format(when=ago(book.opened_at, today)),
                    missing=there is not None and book.path not in there,
                )
                for book in self._recent
            )
        )
        self.recent.setVisible(bool(self._recent))

    def _on_dropped(self, path: Path) -> None:
        recent.forget(path)
        self._recent = recent.recent_books()
        self._show_recent()
        self.take_keyboard()

    # --- ways --------------------------------------------------------------------------------

    def _on_last(self) -> None:
        self.last_wanted.emit()

    def _on_open(self) -> None:
        self.open_wanted.emit()

    def _on_new(self) -> None:
        self.new_wanted.emit()

    def _on_pretend(self) -> None:
        self.pretend_wanted.emit()

    def _on_restore(self) -> None:
        self.restore_wanted.emit()

    def _on_looks_changed(self) -> None:
        px, gap = self._looks.px, self._looks.gap
        self._picture.setPixmap(
            self._looks.pixmap("book-open", "accent", 48, self.devicePixelRatioF())
        )
        self._column.setSpacing(gap(12))
        self._lists.setSpacing(gap(12))
        self._body.setMinimumWidth(min(px(940), 1180))
        self._body.setMaximumWidth(px(1000))


def _is_copy(path: Path) -> bool:
    """Say whether a file is named as a dated copy: to be restored, not to be gone on in."""
    return read_moment(path.stem) is not None
