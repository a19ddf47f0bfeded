"""Our own forms: copied from another, changed, shared as files."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import AppError
from app.domain.returns import DraftSettings
from app.services import returns
from app.services.result import Done, Refused
from app.services.returns import form_files, own_forms
from app.services.returns.own_forms import OwnForm
from app.ui.book import Book
from app.ui.forms.choosing import fill
from app.ui.forms.small_form import SmallForm
from app.ui.returns.list_part import ListPart, PartWords
from app.ui.tables.rows_model import Column
from app.ui.texts import counted
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import NoticeBar
from app.ui.widgets.choice import Choice
from app.ui.widgets.line import Line

_KINDS = "Forms (*.toml)"

COLUMNS: tuple[Column[OwnForm], ...] = (
    Column(key="title", title="Form", text=lambda f: f.title, look="strong"),
    Column(key="whom", title="For", text=lambda f: f.for_whom, look="aside", spare=1),
    Column(
        key="asks", title="Questions", width=190, least=180,
        text=lambda f: "Something is to mend" if f.fault else counted(_asked(f), "question", "questions"),
        chip=lambda f: ("due", "triangle-alert") if f.fault else ("plain", "list-checks"),
    ),
)  # fmt: skip


def _asked(form: OwnForm) -> int:
    return sum(part.question is not None for part in form.parts)


class FormsPart(ListPart[OwnForm]):
    """Copy one, change it, write with it, save it for another group, read one of theirs."""

    words = PartWords(
        name="Our own forms",
        icon="file-text",
        nothing="No forms of our own",
        why=(
            "When a funder’s form is not among ours, copy the one that is nearest and change its questions, "
            "their limits and their order. A form can be saved as a file for other groups."
        ),
        add="Copy a form to change it…",
    )
    opened = Signal(str)
    """The id of the form to change."""
    write_wanted = Signal(object)
    """DraftSettings: begin to write a return on a form."""

    def __init__(self, book: Book, notice: NoticeBar, parent: QWidget | None = None) -> None:
        super().__init__(book, COLUMNS, parent)
        self._notice = notice
        tr = self.tr
        self.read_button = ActionButton(book.looks, tr("Read one from a file…"), icon="folder-open")
        self.read_button.clicked.connect(self.read_file)
        self.row_above.add(self.read_button)
        self.empty.offer_also(tr("Read one from a file…"))
        self.empty.also_acted.connect(self.read_file)
        self.add_action("change", tr("Change it"), self.open_row, icon="pencil", primary=True)
        self.add_action("write", tr("Write with it…"), self._on_write, icon="file-check")
        self.add_action("save", tr("Save it as a file…"), self._on_save, icon="download")
        self.add_action("remove", tr("Take it away"), self._on_remove, icon="trash-2")

    def read(self, _show: str) -> Sequence[OwnForm]:
        """Read the forms."""
        return own_forms.list_forms(self.book.register)

    def key_of(self, row: OwnForm) -> object:
        """Return the form's id."""
        return row.id

    def say(self, row: OwnForm) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Return what is known of a form."""
        tr = self.tr
        return row.title, (
            (tr("For"), row.for_whom),
            (tr("Questions"), str(_asked(row))),
            (tr("Parts"), str(len(row.parts))),
            (tr("Version"), str(row.version)),
            (tr("To mend"), row.fault),
        )

    def offered(self, row: OwnForm) -> frozenset[str]:
        """Return what can be done about a form."""
        return frozenset({"change", "save", "remove"} | (set() if row.fault else {"write"}))

    def open_row(self, row: OwnForm) -> None:
        """Change a form."""
        self.opened.emit(row.id)

    def add(self) -> None:
        """Ask which form to copy, and how to call the copy."""
        dialog = CopyFormDialog(self.book, parent=self.window())
        dialog.saved.connect(self._on_copied)
        dialog.open()

    def _on_copied(self, done: Done) -> None:
        form_id = own_forms.id_of(self.book.register, done.ids[0])
        if form_id is not None:
            self.opened.emit(form_id)

    def _on_write(self, row: OwnForm) -> None:
        self.write_wanted.emit(DraftSettings(template_id=row.id, title=row.title))

    def _on_remove(self, row: OwnForm) -> None:
        self.run(lambda: own_forms.remove(self.book.register, row.id))

    # --- files -------------------------------------------------------------------------------

    def _on_save(self, row: OwnForm) -> None:
        self.book.messages.ask_save_path(
            self.window(),
            title=self.tr("Save the form"),
            suggested=Path.home() / f"{row.id}.toml",
            kinds=self.tr(_KINDS),
            then=lambda path: self._save(row.id, path),
        )

    def _save(self, form_id: str, path: Path) -> None:
        try:
            form_files.save_to(self.book.register, form_id, path)
        except AppError as error:
            self._notice.tell(error.text, tone="overdue")
            return
        self._notice.tell(self.tr("Saved as {name}.").format(name=path.name), tone="good")

    def read_file(self) -> None:
        """Ask for a file and add the form in it."""
        self.book.messages.ask_open_path(
            self.window(),
            title=self.tr("Read a form from a file"),
            folder=Path.home(),
            kinds=self.tr(_KINDS),
            then=self._read,
        )

    def _read(self, path: Path) -> None:
        answer = self.book.commands.run(lambda: form_files.read_from(self.book.register, path))
        if isinstance(answer, Refused):
            self._notice.tell(answer.text, tone="overdue")
        elif isinstance(answer, Done):
            self._notice.tell(self.tr("The form is here now."), tone="good")
            self.choose(own_forms.id_of(self.book.register, answer.ids[0]))


class CopyFormDialog(SmallForm):
    """Which form to copy, and what to call the copy."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, "Copy a form", "Copy it", parent)
        self.form_choice, self.title_line = Choice(self.looks, ""), Line()
        offered = [
            (info.title, info.id)
            for info in returns.list_templates(book.register)
            if info.questions and not info.names_people
        ]
        fill(self.form_choice, offered)
        self.add_field("template_id", self.tr("The form that is nearest"), self.form_choice)
        self.add_field(
            "title", self.tr("What to call yours"), self.title_line,
            hint=self.tr("Such as the funder’s name and the form’s: “Hill Trust, small grants”."),
        )  # fmt: skip

    def carry_out(self) -> Done | Refused:
        """Copy it."""
        return own_forms.copy(
            self.book.register, str(self.form_choice.currentData() or ""), self.title_line.text()
        )
