"""Those ticked in the list of people, and carrying out one change to all of them."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.domain.ids import PersonId
from app.services import people
from app.services.result import Changing, Done, Refused
from app.ui import texts
from app.ui.book import Book
from app.ui.people.consent_dialogs import AgreedDialog
from app.ui.people.many_dialogs import (
    ActivityDialog,
    AreaDialog,
    Ids,
    LeftDialog,
    ManyDialog,
    changing_words,
)

_MANY = 1_000


class Choosing(QObject):
    """Ticks stay while one searches for the next person; a filter never narrows them."""

    changed = Signal()
    said = Signal(str, str)
    """What was done, and its tone."""
    join_wanted = Signal(object, object)
    """Two people's ids."""

    def __init__(
        self, book: Book, page: QWidget, hidden: Callable[[frozenset[PersonId]], int]
    ) -> None:
        """``hidden`` tells how many of those chosen the list leaves out just now."""
        super().__init__(page)
        self._book = book
        self._hidden = hidden
        self._page = page
        self._chosen: dict[PersonId, None] = {}
        self.after: tuple[tuple[str, str], ...] = ()
        """What is offered after the last change."""

    @property
    def ids(self) -> frozenset[PersonId]:
        """Who is chosen."""
        return frozenset(self._chosen)

    def turn(self, person_id: PersonId) -> None:
        """Choose somebody, or no longer."""
        if person_id in self._chosen:
            del self._chosen[person_id]
        else:
            self._chosen[person_id] = None
        self.changed.emit()

    def add(self, ids: Iterable[PersonId]) -> None:
        """Choose many."""
        self._chosen.update(dict.fromkeys(ids))
        self.changed.emit()

    def clear(self) -> None:
        """Choose nobody."""
        if self._chosen:
            self._chosen = {}
            self.changed.emit()

    def say_again(self) -> None:
        """Say who is chosen: the list shows others now."""
        self._soon(self.changed.emit)

    def look_again(self) -> None:
        """Forget who is no longer in the book."""
        self._soon(self._forget_who_went)

    def _soon(self, look: Callable[[], None]) -> None:
        # Looking at many is worth a turn of its own: the list comes first.
        if len(self._chosen) > _MANY:
            QTimer.singleShot(0, self, look)
        else:
            look()

    def _forget_who_went(self) -> None:
        there = people.still_there(self._book.register, tuple(self._chosen))
        if len(there) < len(self._chosen):
            self._chosen = dict.fromkeys(there)
            self.changed.emit()

    def words(self) -> str:
        """Return how many are chosen, and who."""
        ids = tuple(self._chosen)
        if not ids:
            return ""
        # Two are named and the rest counted, so no more need be read.
        named = people.rows_of(self._book.register, ids[:3])
        count = texts.counted(len(ids), self.tr("person"), self.tr("people"))
        called = [row.full_name for row in named]
        if len(ids) > 3:
            rest = self.tr("{count} others").format(count=f"{len(ids) - 2:,}")
            called = [*called[:2], rest]
        who = " and ".join(part for part in (", ".join(called[:-1]), called[-1]) if part)
        told = self.tr("{count} chosen: {who}").format(count=count, who=who)
        hidden = self._hidden(self.ids)
        if not hidden:
            return told
        if len(ids) == 1:
            return self.tr("{told}. The filter hides them just now.").format(told=told)
        return self.tr("{told}. The filter hides {count} of them just now.").format(
            told=told, count=f"{hidden:,}"
        )

    def carry_out(self, key: str) -> None:
        """Do what was asked with those chosen."""
        ids = tuple(self._chosen)
        register = self._book.register
        if key == "nobody":
            self.clear()
        elif key == "join" and len(ids) == 2:
            self.join_wanted.emit(*ids)
        elif key == "bin":
            self._change(people.bin_many.in_slices(register, ids), key)
        elif key == "unbin":
            self._change(people.unbin_many.in_slices(register, ids), key)
        elif ids:
            dialog = many_dialog(key, self._book, ids, self.words(), self._page.window())
            dialog.carried_out.connect(self._on_carried_out)
            dialog.open()

    def _change(self, work: Changing, key: str) -> None:
        said = changing_words(len(self._chosen))
        self._book.commands.run_in_slices(work, said, lambda answer: self.told(answer, key))

    def told(self, answer: Done | Refused, key: str) -> None:
        """Say what was done; after a change nobody is chosen any more."""
        if isinstance(answer, Refused):
            self.after = ()
            self.said.emit(answer.text, "due")
        else:
            text = f"{answer.text[:1].upper()}{answer.text[1:]}."
            undo = ("undo", self.tr("Undo"))
            self.after = (undo,)
            if key == "bin":
                text = self.tr(
                    "{done} They do not count any more. The bin keeps them until you take them out."
                ).format(done=text)
                self.after = (("bin", self.tr("Show the bin")), undo)
            self.clear()
            self.said.emit(text, "good")

    def _on_carried_out(self, answer: object) -> None:
        if isinstance(answer, Done):
            self.told(answer, "")


def many_dialog(key: str, book: Book, ids: Ids, who: str, parent: QWidget) -> ManyDialog:
    """Return the form for one kind of change to many."""
    if key == "area":
        return AreaDialog(book, ids, who, parent)
    if key == "left":
        return LeftDialog(book, ids, who, parent)
    if key == "consent":
        return AgreedDialog(book, ids, who, parent)
    return ActivityDialog(book, ids, who, parent, on=key == "put_on")
