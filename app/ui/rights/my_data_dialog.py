"""What do you hold on me? The very pages, and the request noted in the log."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.domain.people import Person
from app.domain.rights import Request, RequestKind
from app.services import rights
from app.services.returns import ReturnOptions
from app.ui.book import Book
from app.ui.returns.making import Made
from app.ui.returns.preview_dialog import PreviewDialog
from app.ui.rights.request_dialog import RequestDialog
from app.ui.widgets.buttons import ActionButton


class MyDataDialog(PreviewDialog):
    """Everything held on one person; printing or saving it notes that they asked."""

    template = "my-data"

    def __init__(self, book: Book, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(
            book, "What we hold on somebody", f"What we hold on {person.full_name}", parent
        )
        self.save_title = self.tr("Save what we hold on somebody")
        self._person = person
        self.given_button = ActionButton(book.looks, self.tr("They have it now…"), icon="check")
        self.add_button(self.given_button)
        self.given_button.clicked.connect(self._on_given)
        self.hint.setText(
            self.tr(
                "First be sure that it is they who ask. Give it to nobody else: it holds everything "
                "there is on them. It is free, and due within a month."
            )
        )
        self.make()

    def options(self) -> ReturnOptions:
        """Return whose pages they are."""
        return ReturnOptions(person_id=self._person.id)

    def on_made(self, made: Made) -> None:
        """Say where their name stands besides, so that whoever answers looks."""
        self.notice.tell(" ".join(made.filled.warnings), tone="due")

    def on_saved(self, path: Path) -> None:
        """Note that they asked; say what the file means."""
        self._note(
            self.tr("Saved as {name}. Delete the file when they have it.").format(name=path.name)
        )

    def on_printed(self) -> None:
        """Note that they asked."""
        self._note(self.tr("Sent to the printer."))

    def _note(self, done: str) -> None:
        register, today = self._book.register, self._book.today()
        if self._open_request() is None:
            self._book.commands.run(lambda: rights.ask(register, self._person.id, today=today))
        waiting = self._open_request()
        if waiting is not None:
            left = waiting.days_left(today)
            done = self.tr("{done} Their request is in the log, {count} days left.").format(
                done=done, count=left
            )
        self.notice.tell(done, tone="good")
        self.print_button.set_primary(primary=False)
        self.given_button.set_primary(primary=True)
        self.given_button.setFocus()

    def _open_request(self) -> Request | None:
        mine = rights.list_requests(self._book.register, self._person.id)
        return next((one for one in mine if one.kind is RequestKind.ACCESS and one.open), None)

    def _on_given(self) -> None:
        dialog = RequestDialog(
            self._book, self, request=self._open_request(), person_id=self._person.id,
            answering=True,
        )  # fmt: skip
        dialog.outcome.setText(self.tr("Gave them the pages."))
        dialog.accepted.connect(self.accept)
        dialog.open()
