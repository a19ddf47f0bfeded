"""The form of a person: only a name is needed, likely doubles are offered while typing."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.ids import PersonId
from app.domain.people import Person, PersonDraft
from app.services import people
from app.services.result import Done, Refused
from app.ui import texts
from app.ui.book import Book
from app.ui.forms.form_dialog import FormDialog
from app.ui.widgets.line import Line

_LINES = (
    "given_name", "family_name", "known_as", "own_script_name", "phone", "email", "postcode", "area",
)  # fmt: skip
_TEXTS = ("what_helps", "notes")
_OPEN = "open"


class PersonDialog(FormDialog):
    """Add a person, or change one."""

    saved = Signal(object)
    """The id of the person."""
    known_wanted = Signal(object)
    """It is somebody already in the book: their id."""

    def __init__(
        self, book: Book, person: Person | None = None, *, parent: QWidget | None = None
    ) -> None:
        title = "Add person" if person is None else f"Change {person.full_name}"
        super().__init__(book.looks, title, "Save", parent)
        self._book = book
        self._person = person
        self.lines = {name: Line() for name in _LINES}
        self.texts = {name: QPlainTextEdit() for name in _TEXTS}
        self._build()
        self._load(person or PersonDraft())
        self.notice.acted.connect(self._on_notice)
        for name in ("given_name", "family_name"):
            self.lines[name].textEdited.connect(self._on_name_typed)

    def _build(self) -> None:
        row = self.add_row()
        self.add_field("given_name", self.tr("First name"), self.lines["given_name"], into=row)
        self.add_field("family_name", self.tr("Family name"), self.lines["family_name"], into=row)
        row = self.add_row()
        self.add_field("known_as", self.tr("Known as"), self.lines["known_as"], into=row)
        self.add_field(
            "own_script_name", self.tr("Name in their own script"),
            self.lines["own_script_name"], into=row,
        )  # fmt: skip
        row = self.add_row()
        self.add_field("phone", self.tr("Phone"), self.lines["phone"], into=row)
        self.add_field("email", self.tr("Email"), self.lines["email"], into=row)
        row = self.add_row()
        self.add_field("postcode", self.tr("Postcode"), self.lines["postcode"], into=row)
        self.add_field("area", self.tr("Area or ward"), self.lines["area"], into=row)
        for name, label, hint in (
            ("what_helps", self.tr("What helps"), self.tr("Shown beside the name on registers.")),
            ("notes", self.tr("Notes"), ""),
        ):
            self.texts[name].setTabChangesFocus(True)
            self.texts[name].setFixedHeight(self.looks.px(64))
            self.add_field(name, label, self.texts[name], hint=hint)

    def _load(self, draft: PersonDraft) -> None:
        for name, line in self.lines.items():
            line.setText(getattr(draft, name))
        for name, text in self.texts.items():
            text.setPlainText(getattr(draft, name))

    def draft(self) -> PersonDraft:
        """Return what is typed; what the form does not show stays as it was."""
        values: dict[str, Any] = {name: line.text() for name, line in self.lines.items()}
        values |= {name: text.toPlainText().strip() for name, text in self.texts.items()}
        before: PersonDraft = self._person or PersonDraft()
        return replace(before, **values)

    def try_to_save(self) -> bool:
        """Add or change the person; what is to correct is said beside its field."""
        answer = self._book.commands.run(self._save)
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        if not isinstance(answer, Done):
            return False
        self.saved.emit(answer.ids[0])
        return True

    def _save(self) -> Done | Refused:
        register, today = self._book.register, self._book.today()
        if self._person is None:
            return people.save_new(register, self.draft(), today=today)
        return people.change_person(register, self._person.id, self.draft(), today=today)

    def _on_name_typed(self) -> None:
        if self._person is not None:
            return
        typed = f"{self.lines['given_name'].text()} {self.lines['family_name'].text()}".strip()
        likely = people.likely_doubles(self._book.register, typed)[:1]
        if not likely:
            self.notice.clear()
            return
        self.notice.tell(
            self.tr("Already in the book? {who}").format(who=texts.described(likely[0])),
            actions=((f"{_OPEN}:{likely[0].row.id}", self.tr("Open that person")),),
        )

    def _on_notice(self, key: str) -> None:
        person_id = PersonId(int(key.partition(":")[2]))
        self.known_wanted.emit(person_id)
        self.reject()
