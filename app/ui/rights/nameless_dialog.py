"""Make somebody nameless: what goes, what stays, where the name still stands, and afterwards."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.people import Person
from app.services import anonymising, rights_papers
from app.services.anonymising import Because, Mention, Place, Preview
from app.services.result import Done, Refused
from app.ui import texts
from app.ui.book import Book
from app.ui.messages import Question
from app.ui.people.fitted import fit
from app.ui.rights.old_copies import OldCopies
from app.ui.rights.paper_dialog import PaperDialog
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import NoticeBar
from app.ui.widgets.choice import Choice
from app.ui.widgets.page import scrolling
from app.ui.widgets.tab_order import tab_as_read
from app.ui.widgets.words import words

_ROWS = 6
_WIDTH = 680
_GOES = (
    "Goes: every name, phone, email and address, the date of birth, health and access, emergency "
    "contacts, parents, stories and quotes, notes, and the words of goals, letters and claims."
)
_STAYS = (
    "Stays, without a name: that somebody came, was referred, answered and was paid, with the days; "
    "a span of ages, the first half of the postcode, answers to equality questions. Figures of past "
    "periods and returns that were issued do not change."
)


class NamelessDialog(QDialog):
    """Asks, copies the book, wipes, then lists the copies from before."""

    mention_wanted = Signal(object)
    """The Mention to open."""

    def __init__(self, book: Book, person: Person, found: Preview, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Make nameless"))
        self.setModal(True)
        self._book, self._person, self._found = book, person, found
        self._given_up = False
        looks, tr = book.looks, self.tr
        self.heading = words(
            tr("Make {name} nameless").format(name=found.name), "heading", wrap=True
        )
        self.notice = NoticeBar(looks)
        self.model = RowsModel(_columns(), self)
        self.table = LedgerTable(looks, tr("Where the name still stands"))
        self.table.setModel(self.model)
        self.because = Choice(looks, tr("Why"))
        for reason, text in rights_papers.BECAUSE.items():
            self.because.addItem(tr(text), reason.value)
        self.copies = OldCopies(book)
        self.open_button = ActionButton(looks, tr("Open it"), icon="arrow-right")
        self.paper_button = ActionButton(looks, tr("Print that it was done…"), icon="printer")
        self.cancel_button = ActionButton(looks, tr("Cancel"))
        self.go_button = ActionButton(looks, tr("Make nameless…"), icon="ban", primary=True)
        self._lay_out()
        self.table.opened.connect(self._on_opened)
        self.open_button.clicked.connect(self._on_open)
        self.paper_button.clicked.connect(self._on_paper)
        self.cancel_button.clicked.connect(self.reject)
        self.go_button.clicked.connect(self._on_go)
        self.finished.connect(self._on_finished)

    def _lay_out(self) -> None:
        looks, tr, gap = self._book.looks, self.tr, self._book.looks.gap
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, gap(8), 0)
        inner.setSpacing(gap(12))
        self._before = QWidget()
        before = QVBoxLayout(self._before)
        before.setContentsMargins(0, 0, 0, 0)
        before.setSpacing(gap(10))
        for text in (_GOES, _STAYS):
            before.addWidget(words(tr(text), wrap=True))
        before.addWidget(words(tr("Why"), "strong"))
        before.addWidget(self.because, 0, Qt.AlignmentFlag.AlignLeft)
        places = self._found.places
        self.still = words("", wrap=True)
        self.model.set_rows(places)
        rows = texts.counted(len(places), tr("text that was typed"), tr("texts that were typed"))
        self.still.setText(
            tr("The name still stands in {rows} about other things. They stay: open each and take the "
               "name out, or leave it where accounts or a sent return need it.").format(rows=rows)
            if places
            else tr("The name stands in no other text that was typed.")
        )  # fmt: skip
        inner.addWidget(self.still)
        inner.addWidget(self.table)
        inner.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        inner.insertWidget(0, self._before)
        inner.addWidget(self.copies)
        inner.addStretch(1)
        fit(self.table, most=_ROWS)
        self.table.setCurrentIndex(self.model.index(0, 0))
        self.open_button.setVisible(any(one.place is not Place.OTHER for one in places))
        self.copies.hide()
        self.paper_button.hide()
        self._area, self._inner, self._looks = scrolling(body), body, looks
        self._add_foot()

    def _add_foot(self) -> None:
        gap = self._book.looks.gap
        row = QHBoxLayout()
        row.setSpacing(gap(8))
        row.addWidget(self.paper_button)
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.go_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap(20), gap(16), gap(20), gap(16))
        column.setSpacing(gap(12))
        column.addWidget(self.heading)
        column.addWidget(self.notice)
        column.addWidget(self._area, 1)
        column.addLayout(row)

    def showEvent(self, event: QShowEvent) -> None:
        """Open as large as it wants and the screen allows; Cancel has the keyboard."""
        super().showEvent(event)
        room = self.screen().availableGeometry()
        width = min(self._looks.gap(_WIDTH), room.width() - 40)
        wanted = self._inner.sizeHint().height() + self._looks.px(200)
        self.resize(width, min(max(wanted, self._looks.gap(440)), room.height() - 60))
        tab_as_read(self)
        self.cancel_button.setFocus()

    # --- what is opened ----------------------------------------------------------------------

    def _on_opened(self, _index: QModelIndex) -> None:
        self._on_open()

    def _on_open(self) -> None:
        found = self.table.currentIndex().data(ROW_ROLE) or self.model.row_at(0)
        if not isinstance(found, Mention):
            return
        if found.place is Place.OTHER:
            self.notice.tell(
                self.tr("Look for it yourself: {where}.").format(where=found.where), tone="plain"
            )
            return
        self.accept()
        self.mention_wanted.emit(found)

    # --- doing it ----------------------------------------------------------------------------

    def _on_go(self) -> None:
        records = self._found.records
        joined = (
            self.tr(" {count} joined records go together.").format(count=records)
            if records > 1
            else ""
        )
        question = Question(
            text=self.tr("Make 1 person nameless: {name}?").format(name=self._found.name),
            more=self.tr(
                "It cannot be taken back, and neither can what was done before it in this sitting. A "
                "copy of the book is made first.{joined}"
            ).format(joined=joined),
            yes=self.tr("Make nameless"),
        )
        self._book.messages.ask(self, question, self._copy_first)

    def _copy_first(self) -> None:
        self.go_button.setEnabled(False)
        self.notice.tell(self.tr("Making a copy of the book first …"), tone="plain")
        self._book.keeper.first(self, self._carry_out)

    def _carry_out(self) -> None:
        if self._given_up:
            return
        register, person_id = self._book.register, self._person.id
        because = Because(str(self.because.currentData()))
        # Whoever stops it finds the form as it was.
        self.go_button.setEnabled(True)
        self.notice.tell("", tone="plain")
        self._book.commands.run_in_slices(
            anonymising.anonymise.in_slices(register, person_id, because),
            self.tr("Making 1 person nameless"),
            self._on_answer,
        )

    def _on_answer(self, answer: Done | Refused) -> None:
        if isinstance(answer, Refused):
            self.notice.tell(answer.text, tone="overdue")
            return
        self._book.history.clear()
        self._show_done()

    def _show_done(self) -> None:
        self.heading.setText(self.tr("The name is taken out"))
        self.notice.tell(self.tr("Done. What counted goes on counting."), tone="good")
        self._before.hide()
        self.go_button.hide()
        self.copies.show()
        self.paper_button.show()
        self.cancel_button.setText(self.tr("Close"))
        self.cancel_button.setFocus()
        self.copies.look()
        tab_as_read(self)

    def _on_paper(self) -> None:
        page = rights_papers.certificate(
            self._book.register, self._person.id, now=self._book.keeper.now()
        )
        if page is not None:
            PaperDialog(self._book, page, parent=self).open()

    def _on_finished(self) -> None:
        self._given_up = True
        self.copies.stop()
        self.deleteLater()


def ask_nameless(book: Book, person: Person, over: QWidget) -> NamelessDialog | None:
    """Open the dialog for somebody; None, and said why, for who cannot be made nameless."""
    found = anonymising.preview(book.register, person.id)
    if isinstance(found, Refused):
        book.messages.tell(over, found.text)
        return None
    dialog = NamelessDialog(book, person, found, over)
    dialog.open()
    return dialog


def _columns() -> tuple[Column[Mention], ...]:
    return (
        Column(key="where", title="Where", text=lambda m: f"{m.where[:1].upper()}{m.where[1:]}",
               width=250, least=190, look="strong"),
        Column(key="text", title="What it says", text=lambda m: m.text),
    )  # fmt: skip
