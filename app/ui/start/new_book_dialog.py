"""Ask for a new book: whose it is, what they do, where it is kept, and a password if wanted."""

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.domain.problems import Problem
from app.ui.bookshelf import SUFFIX, Bookshelf
from app.ui.forms.form_dialog import FormDialog
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.line import Line


class NewBookDialog(FormDialog):
    """Make an empty book."""

    def __init__(self, shelf: Bookshelf, parent: QWidget | None = None) -> None:
        super().__init__(shelf.looks, "Start a new book", "Make the book", parent)
        self._shelf = shelf
        self._chosen: Path | None = None
        self.name = Line()
        self.tagline = Line()
        self.place = Line()
        self.place.setReadOnly(True)
        self.password = Line()
        self.again = Line()
        self.add_field("group_name", self.tr("Your group’s name"), self.name)
        self.add_field(
            "tagline", self.tr("What you do and where"), self.tagline,
            hint=self.tr("One line under the name, such as: Gentle movement in Leighton Buzzard"),
        )  # fmt: skip
        row = self.add_row()
        self.add_field("path", self.tr("Where the book is kept"), self.place, into=row)
        self._add_choose(row)
        row = self.add_row()
        for key, label, line in (
            ("password", self.tr("Password, if you want one"), self.password),
            ("again", self.tr("The same again"), self.again),
        ):
            line.setEchoMode(QLineEdit.EchoMode.Password)
            self.add_field(key, label, line, into=row)
        self.notice.tell(
            self.tr(
                "A lost password cannot be found again by anybody. Write it down and keep it safe."
            ),
            tone="plain",
        )
        self.name.textEdited.connect(self._on_name)
        self._on_name()

    def _add_choose(self, row: QHBoxLayout) -> None:
        button = ActionButton(self.looks, self.tr("Choose…"), icon="folder-open")
        button.clicked.connect(self._on_choose)
        row.addWidget(button)

    def try_to_save(self) -> bool:
        """Make the book and open it."""
        problems: list[Problem] = []
        if not self.name.text().strip():
            problems.append(Problem(code="group_name_needed", field="group_name"))
        if self.password.text() != self.again.text():
            problems.append(Problem(code="password_differs", field="again"))
        self.show_problems(tuple(problems))
        if problems:
            return False
        return self._shelf.make(
            self._path(),
            self.name.text(),
            tagline=self.tagline.text(),
            password=self.password.text() or None,
        )

    def _path(self) -> Path:
        if self._chosen is not None:
            return self._chosen
        stem = "".join(c for c in self.name.text() if c not in '\\/:*?"<>|').strip() or "Our group"
        return Path.home() / f"{stem}{SUFFIX}"

    def _on_name(self) -> None:
        self.place.setText(str(self._path()))

    def _on_choose(self) -> None:
        self._shelf.messages.ask_save_path(
            self,
            title=self.tr("Where the book is kept"),
            suggested=self._path(),
            kinds=self.tr("Hallbook books (*.hallbook)"),
            then=self._on_chosen,
        )

    def _on_chosen(self, path: Path) -> None:
        self._chosen = path
        self._on_name()
