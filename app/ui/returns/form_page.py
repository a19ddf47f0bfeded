"""A form of our own: its parts in order, each to change, move or take out."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from app.domain.changes import Topic
from app.services.result import Done, Refused
from app.services.returns import form_editing, own_forms
from app.services.returns.own_forms import FormPart, OwnForm
from app.ui.book import Book
from app.ui.returns.form_dialogs import FormHeadDialog, FormTextDialog, QuestionDialog
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.page import Page
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

KINDS = {
    "question": "Question",
    "heading": "Heading",
    "text": "Paragraph",
    "note": "Note",
    "table": "Table",
    "numbers": "Numbers",
    "chart": "Chart",
    "head": "Head of the page",
    "sign": "Signatures",
    "columns": "Two columns",
    "together": "Kept together",
    "quotes": "Quotes",
    "facts": "Facts",
    "list": "List",
    "budget": "Budget",
    "targets": "What was promised",
    "receipts": "Receipts",
    "how": "How we counted",
    "buys": "What the sum buys",
}
_WRITTEN = frozenset({"heading", "text", "note"})


def kind_words(part: FormPart) -> str:
    """Return what a part is; what stands in columns is set in."""
    deep = "– " * (len(part.place) // 2)
    return deep + KINDS.get(part.kind, part.kind.replace("-", " ").capitalize())


def limits(part: FormPart) -> str:
    """Return the limits of a question in a few words."""
    one = part.question
    if one is None:
        return ""
    if one.words_to:
        least = f"{one.words_from:,} to " if one.words_from else "Up to "
        return f"{least}{one.words_to:,} words"
    if one.words_from:
        return f"{one.words_from:,} words or more"
    if one.letters_to:
        return f"Up to {one.letters_to:,} letters"
    if one.choices:
        return f"{len(one.choices)} choices"
    return "A number" if one.number else ""


def one_line(part: FormPart) -> str:
    """Return the words of a part in one line."""
    return " ".join((part.question.text if part.question else part.text).split())


COLUMNS: tuple[Column[FormPart], ...] = (
    Column(key="kind", title="Part", width=190, least=150, text=kind_words, look="aside"),
    Column(key="text", title="Words", text=one_line, look="strong"),
    Column(key="limits", title="Limits", width=190, spare=1, text=limits, look="aside"),
)


class FormPage(Page):
    """Every change is kept at once, and undone by name."""

    topics = frozenset({Topic.RETURNS})
    help_text = (
        "A form of your own, part by part. Enter changes the part in hand; Alt+Up and Alt+Down move it. "
        "Answers already written stay with their question when its words change. Once a return was "
        "issued on it, a change makes a new version."
    )
    left = Signal()
    """Back to the list of returns."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, parent=parent)
        self._form: OwnForm | None = None
        looks, tr = book.looks, self.tr
        self.back = ActionButton(looks, tr("All returns"), icon="arrow-left", link=True)
        self.back.clicked.connect(self.left)
        self.head.put_above(self.back)
        self.head_button = ActionButton(looks, tr("Title and funder…"), icon="pencil")
        self.add_button = ActionButton(looks, tr("Add a question…"), icon="plus", primary=True)
        self.text_button = ActionButton(looks, tr("Add words…"), icon="plus")
        for button in (self.head_button, self.text_button, self.add_button):
            self.head.add_action(button)
        self.model = RowsModel(COLUMNS, self)
        self.table = LedgerTable(looks, tr("Parts of the form"))
        self.table.setModel(self.model)
        self.table.keep_rows(5)
        self._build_buttons()
        card = Card(looks)
        for widget in (self.row, self.problem):
            card.body.addWidget(widget)
        card.body.addWidget(self.table, 1)
        self.body.addWidget(card, 1)
        self._connect()

    def _build_buttons(self) -> None:
        looks, tr = self.book.looks, self.tr
        self.change_button = ActionButton(looks, tr("Change it…"), icon="pencil")
        self.up_button = ActionButton(looks, tr("Move up"), icon="chevron-up")
        self.down_button = ActionButton(looks, tr("Move down"), icon="chevron-down")
        self.remove_button = ActionButton(looks, tr("Take it out"), icon="trash-2")
        self.up_button.setShortcut("Alt+Up")
        self.down_button.setShortcut("Alt+Down")
        self.row = WrapRow(looks)
        for button in (self.change_button, self.up_button, self.down_button, self.remove_button):
            self.row.add(button)
        self.problem = words("", "problem", wrap=True)
        self.problem.hide()

    def _connect(self) -> None:
        self.head_button.clicked.connect(self._on_head)
        self.add_button.clicked.connect(self.add_question)
        self.text_button.clicked.connect(self.add_text)
        self.change_button.clicked.connect(self.change_part)
        self.up_button.clicked.connect(lambda: self._move(-1))
        self.down_button.clicked.connect(lambda: self._move(1))
        self.remove_button.clicked.connect(self._on_remove)
        self.table.opened.connect(self._on_opened)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)

    # --- showing -----------------------------------------------------------------------------

    def show_form(self, form_id: str) -> None:
        """Show a form of our own."""
        self._form = own_forms.get(self.book.register, form_id)
        self.notice.clear()
        self.model.set_rows(())
        self._stale = False
        self.reload()

    def reload(self) -> None:
        """Read the form again; the part in hand stays in hand."""
        if self._form is None:
            return
        form = self._form = own_forms.get(self.book.register, self._form.id)
        if form is None:  # it was taken away meanwhile
            self.left.emit()
            return
        place = max(0, self.table.currentIndex().row())
        self.head.say(form.title, self.tr("For: {whom}").format(whom=form.for_whom))
        self.model.set_rows(form.parts)
        self._take(min(place, len(form.parts) - 1))
        if form.fault:
            self.notice.tell(form.fault, tone="overdue")
        self._on_row()

    @property
    def form_id(self) -> str:
        """The form that is shown."""
        return self._form.id if self._form else ""

    @property
    def part(self) -> FormPart | None:
        """The part in hand."""
        found = self.table.currentIndex().data(ROW_ROLE)
        return found if isinstance(found, FormPart) else None

    def _take(self, place: int) -> None:
        if place >= 0:
            self.table.setCurrentIndex(self.model.index(place, 0))

    def _on_row(self) -> None:
        self.problem.hide()
        part = self.part
        self.row.setEnabled(part is not None)
        if part is not None:
            self.change_button.setEnabled(part.question is not None or bool(part.text_key))
            self.up_button.setEnabled(not part.first)
            self.down_button.setEnabled(not part.last)

    def take_keyboard(self) -> None:
        """Begin with the parts."""
        self.table.setFocus()

    def escape(self) -> bool:
        """Go back to the list."""
        if not super().escape():
            self.left.emit()
        return True

    # --- acting ------------------------------------------------------------------------------

    def _run(self, use_case: Callable[[], Done | Refused]) -> bool:
        answer = self.book.commands.run(use_case)
        if isinstance(answer, Refused):
            self.problem.setText(answer.text)
            self.problem.show()
        return isinstance(answer, Done)

    def _on_head(self) -> None:
        if self._form is not None:
            FormHeadDialog(self.book, self._form, parent=self.window()).open()

    def add_question(self) -> None:
        """Add a question after the part in hand."""
        QuestionDialog(self.book, self.form_id, after=self._after(), parent=self.window()).open()

    def add_text(self) -> None:
        """Add a heading, a paragraph or a note after the part in hand."""
        FormTextDialog(self.book, self.form_id, after=self._after(), parent=self.window()).open()

    def _after(self) -> own_forms.Place | None:
        return self.part.place if self.part is not None else None

    def change_part(self) -> None:
        """Change the words or the question of the part in hand."""
        part = self.part
        if part is None:
            return
        if part.question is not None:
            QuestionDialog(self.book, self.form_id, part, parent=self.window()).open()
        elif part.text_key:
            FormTextDialog(self.book, self.form_id, part, parent=self.window()).open()

    def _on_opened(self, _index: QModelIndex) -> None:
        self.change_part()

    def _move(self, by: int) -> None:
        part = self.part
        if part is None:
            return
        register, form_id = self.book.register, self.form_id
        before = [one.place for one in self.model.rows]
        moved = (*part.place[:-1], int(part.place[-1]) + by)
        if self._run(lambda: form_editing.move(register, form_id, part.place, by)):
            now = [one.place for one in self.model.rows]
            self._take(now.index(moved) if moved in now else before.index(part.place))

    def _on_remove(self) -> None:
        part = self.part
        if part is not None:
            register, form_id = self.book.register, self.form_id
            self._run(lambda: form_editing.remove_part(register, form_id, part.place))
            self.table.setFocus()
