"""Print a pile of questionnaires: for whom and how large, then the very pages."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.errors import AppError
from app.domain.ids import PersonId
from app.domain.outcomes import Stage, may_be_printed
from app.services import activities, outcomes, registers, returns
from app.services.outcomes import Due
from app.services.result import Done, Refused
from app.services.returns import ReturnOptions
from app.ui import texts
from app.ui.book import Book
from app.ui.forms.form_dialog import FormDialog
from app.ui.returns.making import Made
from app.ui.returns.preview_card import PreviewCard
from app.ui.returns.words import suggested_name
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import NoticeBar
from app.ui.widgets.choice import Choice
from app.ui.widgets.words import words

_TEMPLATE = "questionnaire"


class PrintDialog(FormDialog):
    """Which questionnaire, for whom, how large."""

    made = Signal(object)
    """The id of the pile."""

    def __init__(
        self, book: Book, measure: str, parent: QWidget, person_id: PersonId | None = None
    ) -> None:
        super().__init__(book.looks, "Print a pile", "Make the pages", parent)
        self._book = book
        self._person_id = person_id
        self._due = outcomes.due_list(book.register, today=book.today())
        self.measure, self.who = Choice(book.looks, ""), Choice(book.looks, "")
        for one in outcomes.measures_here(book.register):
            if may_be_printed(one.measure, one.use) is None and (one.use.asked or person_id):
                self.measure.addItem(one.measure.title, one.measure.id)
        self.measure.setCurrentIndex(max(0, self.measure.findData(measure)))
        self.size_choice = Choice(book.looks, "")
        self.size_choice.addItem(self.tr("Usual print"), False)
        self.size_choice.addItem(self.tr("Large print (18 pt)"), True)
        self.add_field("measure", self.tr("Questionnaire"), self.measure)
        self.add_field(
            "people", self.tr("For whom"), self.who,
            hint=self.tr("One sheet each, with a code instead of the name."),
        )  # fmt: skip
        self.add_field("large", self.tr("Letters"), self.size_choice)
        self.fields["people"].setVisible(person_id is None)
        self.measure.currentIndexChanged.connect(self._fill_people)
        self._fill_people()

    def _fill_people(self) -> None:
        """Offer everybody who is due, by which time it is and by activity."""
        self.who.clear()
        due = [one for one in self._due if one.measure.id == self.measure.currentData()]
        groups = [
            (self.tr("Everybody due"), due),
            (self.tr("First time"), [one for one in due if one.stage is Stage.START]),
            (self.tr("Follow-up"), [one for one in due if one.stage is Stage.FOLLOW_UP]),
            *self._by_activity(due),
        ]
        for text, chosen in groups:
            if chosen:
                ordered = sorted(chosen, key=lambda one: one.person.list_name.casefold())
                ids = tuple(one.person.id for one in ordered)
                self.who.addItem(f"{text}: {texts.counted(len(ids), 'sheet', 'sheets')}", ids)

    def _by_activity(self, due: list[Due]) -> list[tuple[str, list[Due]]]:
        register, today = self._book.register, self._book.today()
        found = []
        for activity in activities.list_activities(register):
            on = {
                one.person.id for one in activities.on_register(register, activity.id, today=today)
            }
            found.append((activity.name, [one for one in due if one.person.id in on]))
        return found

    def try_to_save(self) -> bool:
        """Note the pile; its codes and its order are kept from now on."""
        register, measure = self._book.register, self.measure.currentData() or ""
        people = (self._person_id,) if self._person_id else self.who.currentData() or ()
        large = bool(self.size_choice.currentData())
        answer = self._book.commands.run(
            lambda: outcomes.print_pile(register, measure, people, large=large)
        )
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        if isinstance(answer, Done):
            self.made.emit(answer.ids[0])
        return isinstance(answer, Done)


class PilePagesDialog(QDialog):
    """The very pages of a pile, to print or save."""

    def __init__(self, book: Book, print_id: int, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Questionnaires"))
        self.setModal(True)
        self._book, self._print_id = book, print_id
        looks = book.looks
        self.notice = NoticeBar(looks)
        self.preview = PreviewCard(looks, book.jobs)
        self.close_button = ActionButton(looks, self.tr("Close"))
        self.save_button = ActionButton(looks, self.tr("Save PDF…"), icon="download")
        self.print_button = ActionButton(looks, self.tr("Print…"), icon="printer", primary=True)
        self.save_button.setShortcut(QKeySequence.StandardKey.Save)
        self.print_button.setShortcut(QKeySequence.StandardKey.Print)
        self._lay_out(title)
        self._show_ready(ready=False)
        self.preview.made.connect(self._on_made)
        self.preview.failed.connect(self._on_failed)
        self.close_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._on_save)
        self.print_button.clicked.connect(self._on_print)
        self.finished.connect(self._on_finished)
        options = ReturnOptions(answers={"pile": str(print_id)})
        self.preview.start(registers.take_snapshot_later(book.register), _TEMPLATE, options)

    def _lay_out(self, title: str) -> None:
        gap = self._book.looks.gap
        buttons = QHBoxLayout()
        buttons.addWidget(
            words(self.tr("The sheets stay in this order when you enter them."), "small"), 1
        )
        for button in (self.close_button, self.save_button, self.print_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap(20), gap(16), gap(20), gap(16))
        column.setSpacing(gap(12))
        column.addWidget(words(title, "heading", wrap=True))
        column.addWidget(self.notice)
        column.addWidget(self.preview, 1)
        column.addLayout(buttons)
        room = self.screen().availableGeometry()
        self.resize(min(gap(860), room.width() - 40), min(gap(760), room.height() - 60))

    def _show_ready(self, *, ready: bool) -> None:
        self.save_button.setEnabled(ready)
        self.print_button.setEnabled(ready)

    def _on_made(self, _made: Made) -> None:
        self._show_ready(ready=True)
        self.print_button.setFocus()

    def _on_failed(self, text: str) -> None:
        self.notice.tell(text, tone="overdue")

    def _on_save(self) -> None:
        if self.preview.current is not None:
            self._book.messages.ask_save_path(
                self,
                title=self.tr("Save the questionnaires"),
                suggested=Path.home() / suggested_name(self.preview.current),
                kinds=self.tr("PDF (*.pdf)"),
                then=self._save,
            )

    def _save(self, path: Path) -> None:
        if self.preview.current is None:
            return
        try:
            returns.save_pdf(self.preview.current.pdf, path)
        except AppError as error:
            self.notice.tell(error.text, tone="overdue")
            return
        self._book.messages.open_file(path)
        self.accept()

    def _on_print(self) -> None:
        # Imported here: most sittings print nothing.
        from app.ui.returns.printing import print_pages

        if self.preview.current is not None:
            print_pages(self, self.preview.current, self._on_printed)

    def _on_printed(self, _made: Made) -> None:
        self.accept()

    def _on_finished(self) -> None:
        self.preview.stop()
        self.deleteLater()
