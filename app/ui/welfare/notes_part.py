"""The welfare notes themselves: the list, the note in hand, and what can be done."""

from functools import partial

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.domain.periods import short_date
from app.domain.welfare import PARTS, Note, NoteDraft
from app.services import welfare
from app.services.welfare import WelfareFile
from app.ui.book import Book
from app.ui.people.words import moment_words
from app.ui.rights.paper_dialog import PaperDialog
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.welfare.keeping import Told, told
from app.ui.welfare.looks_dialog import LooksDialog
from app.ui.welfare.note_dialog import NoteDialog
from app.ui.welfare.password_forms import ChangeForm
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import NoticeBar
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.facts import Facts
from app.ui.widgets.page import scrolling
from app.ui.widgets.wrap_row import WrapRow


class NotesPart(QWidget):
    """Newest first; the note in hand is read below the list."""

    over = Signal(object)
    """A dialog that was opened over the notes."""

    def __init__(self, book: Book, notes: WelfareFile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._notes = book, notes
        looks, tr = book.looks, self.tr
        self.notice = NoticeBar(looks)
        self.write = ActionButton(looks, tr("Write a note…"), icon="pencil", primary=True)
        self.correct = ActionButton(looks, tr("Correct by a new note…"), icon="repeat")
        self.paper = ActionButton(looks, tr("Print…"), icon="printer")
        self.looked = ActionButton(looks, tr("Who looked…"), icon="eye")
        self.secret = ActionButton(looks, tr("Change the password…"), icon="lock")
        self.model = RowsModel(_columns(), self)
        self.table = LedgerTable(looks, tr("Welfare notes"))
        self.table.setModel(self.model)
        self.table.keep_rows(3)
        self.nothing = EmptyState(
            looks, icon="pencil", title=tr("No notes yet"),
            text=tr("Whoever sees or hears something that worries them writes it down here the same "
                    "day, in the words that were said."),
        )  # fmt: skip
        self.facts = Facts(looks)
        row = WrapRow(looks)
        for button in (self.write, self.correct, self.paper, self.looked, self.secret):
            row.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.gap(10))
        for widget in (self.notice, row):
            column.addWidget(widget)
        column.addWidget(self.nothing, 5)
        column.addWidget(self.table, 2)
        self._reading = scrolling(self.facts)
        column.addWidget(self._reading, 3)
        self.table.selectionModel().currentRowChanged.connect(self._on_in_hand)
        self.table.opened.connect(self._on_opened)
        self.write.clicked.connect(self._on_write)
        self.correct.clicked.connect(self._on_correct)
        self.paper.clicked.connect(self._on_paper)
        self.looked.clicked.connect(self._on_looked)
        self.secret.clicked.connect(self._on_secret)
        self.reload()

    def take_keyboard(self) -> None:
        """Begin with the list, or with the first note to write."""
        (self.table if self.model.rows else self.write).setFocus()

    def reload(self) -> None:
        """Read the notes again."""
        found = told(self._notes.notes)
        if isinstance(found, Told):
            self.notice.tell(found.text, tone="overdue")
            return
        self.model.set_rows(found)
        some = bool(found)
        self.nothing.setVisible(not some)
        for widget in (self.table, self._reading, self.correct, self.paper):
            widget.setVisible(some)
        if some:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def go_on(self, begun: NoteDraft) -> None:
        """Open the form with what was half typed when the notes closed by themselves."""
        self._open(NoteDialog(self._book, self._notes, self.window(), begun=begun))

    @property
    def note(self) -> Note | None:
        """The note in hand."""
        found = self.table.currentIndex().data(ROW_ROLE)
        return found if isinstance(found, Note) else None

    def _on_in_hand(self, _index: QModelIndex, _before: QModelIndex) -> None:
        note = self.note
        if note is None:
            return
        tr = self.tr
        corrected = tr("Note {number} corrects it").format(number=note.corrected_by)
        corrects = tr("It corrects note {number}").format(number=note.corrects)
        facts = [
            (tr("About"), note.about),
            (tr("Happened"), ", ".join(p for p in (short_date(note.happened_on), note.happened_at) if p)),
            # Shorter than in the form, where they say how to write: the words have the room.
            *(
                (tr(label).partition(",")[0], getattr(note, name))
                for name, label in PARTS
                if getattr(note, name)
            ),
            (tr("Written"), f"{note.signed_by}, {moment_words(note.written_at)}"),
        ]  # fmt: skip
        if note.corrects:
            facts.append((tr("Correction"), corrects))
        if note.corrected_by:
            facts.insert(0, (tr("Corrected"), corrected))
        self.facts.show_facts(tuple(facts))

    def _open(self, dialog: NoteDialog) -> None:
        dialog.accepted.connect(self._on_kept)
        self._show(dialog)

    def _show(self, dialog: QDialog) -> None:
        self.over.emit(dialog)
        dialog.open()

    def _on_kept(self) -> None:
        self.reload()
        self.notice.tell(self.tr("Kept."), tone="good")
        self.take_keyboard()

    def _on_write(self) -> None:
        self._open(NoteDialog(self._book, self._notes, self.window()))

    def _on_opened(self, _index: QModelIndex) -> None:
        self.facts.setFocus()

    def _on_correct(self) -> None:
        if self.note is not None:
            self._open(NoteDialog(self._book, self._notes, self.window(), corrects=self.note))

    def _on_paper(self) -> None:
        if self.note is None:
            return
        work = partial(
            welfare.paper, self._notes, self._book.register, self.note.number,
            now=self._book.keeper.now(),
        )  # fmt: skip
        page = told(work)
        if isinstance(page, Told):
            self.notice.tell(page.text, tone="overdue")
        elif page is not None:
            hint = self.tr(
                "That it was printed is kept with the notes. Paper only: give it to nobody but whom "
                "it is for, and lock it away."
            )
            dialog = PaperDialog(self._book, page, hint, self.window())
            dialog.save_button.hide()
            self._show(dialog)

    def _on_looked(self) -> None:
        found = told(self._notes.looks)
        if isinstance(found, Told):
            self.notice.tell(found.text, tone="overdue")
        else:
            self._show(LooksDialog(self._book, found, self.window()))

    def _on_secret(self) -> None:
        dialog = ChangeForm(self._book, self._notes, self.window())
        dialog.accepted.connect(self._on_changed)
        self._show(dialog)

    def _on_changed(self) -> None:
        self.notice.tell(self.tr("The notes have a new password."), tone="good")


def _columns() -> tuple[Column[Note], ...]:
    return (
        Column(key="number", title="Note", text=lambda n: str(n.number), width=70,
               sort=lambda n: n.number, look="strong"),
        Column(key="on", title="Happened", text=lambda n: short_date(n.happened_on), width=160,
               least=140, sort=lambda n: n.happened_on),
        Column(key="about", title="About", text=lambda n: n.about),
        Column(key="by", title="Written by", text=lambda n: n.signed_by, width=170, spare=1),
        Column(key="state", title="", width=180, least=150, spare=2,
               text=lambda n: f"Corrected by {n.corrected_by}" if n.corrected_by else ""),
    )  # fmt: skip
