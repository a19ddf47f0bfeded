"""Print a pile of questionnaires: for whom and how large, then the very pages."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.ids import PersonId
from app.domain.outcomes import Stage, may_be_printed
from app.services import activities, outcomes
from app.services.outcomes import Due
from app.services.result import Done, Refused
from app.services.returns import ReturnOptions
from app.ui import texts
from app.ui.book import Book
from app.ui.forms.form_dialog import FormDialog
from app.ui.returns.making import Made
from app.ui.returns.preview_dialog import PreviewDialog
from app.ui.widgets.choice import Choice


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
        count = texts.counted(len(people), self.tr("sheet"), self.tr("sheets"))
        self._book.commands.run_in_slices(
            outcomes.print_pile.in_slices(register, measure, people, large=large),
            self.tr("Making a pile of {count}").format(count=count),
            self._on_answer,
        )
        return False  # it closes itself once the pile is noted

    def _on_answer(self, answer: Done | Refused) -> None:
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        else:
            self.made.emit(answer.ids[0])
            self.accept()


class PilePagesDialog(PreviewDialog):
    """The very pages of a pile, to print or save."""

    template = "questionnaire"

    def __init__(self, book: Book, print_id: int, title: str, parent: QWidget) -> None:
        super().__init__(book, "Questionnaires", title, parent)
        self.save_title = self.tr("Save the questionnaires")
        self._print_id = print_id
        self.hint.setText(self.tr("The sheets stay in this order when you enter them."))
        self.make()

    def options(self) -> ReturnOptions:
        """Return the pile."""
        return ReturnOptions(answers={"pile": str(self._print_id)})

    def on_made(self, made: Made) -> None:
        """Say nothing: a pile has nothing to warn of."""
