"""Add a person or change one: likely doubles are offered while typing, and nothing typed is lost."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.equality import ANSWERS, NOT_ASKED
from app.domain.ids import PersonId
from app.domain.people import Person
from app.services import people
from app.services.people import WholeDraft
from app.services.result import Done, Refused
from app.ui import texts
from app.ui.book import Book
from app.ui.messages import Question as Asked
from app.ui.people.person_form import ACCESS, NAMES, TEXTS, PersonForm

_SAME, _OPEN = "same", "open"


class PersonDialog(PersonForm):
    """Add a person, or change one."""

    saved = Signal(object)
    """The id of the person."""
    known_wanted = Signal(object)
    """It is somebody already in the book: their id."""

    def __init__(
        self,
        book: Book,
        person: Person | PersonId | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        self._person_id: PersonId | None = person.id if isinstance(person, Person) else person
        whole = self._read_kept(book)
        super().__init__(book, whole, _title(whole), new=self._person_id is None, parent=parent)
        self._likely: PersonId | None = None
        self.notice.acted.connect(self._on_notice)
        for name in NAMES[:3]:
            self.lines[name].textEdited.connect(self._on_name_typed)
        self._at_first = self.typed()
        self._besides_names = self.typed(names_too=False)

    def _read_kept(self, book: Book) -> WholeDraft:
        if self._person_id is None:
            return WholeDraft()
        kept = people.read_whole(book.register, self._person_id, today=book.today())
        return kept or WholeDraft()

    # --- saving ------------------------------------------------------------------------------

    def try_to_save(self) -> bool:
        """Add or change the person; what is to correct is said beside its field."""
        whole, problems = self.whole()
        today = self._book.today()
        if problems:
            tidied = people.tidy_whole(whole)
            unread = {problem.field for problem in problems}
            more = people.validate_whole(tidied, today=today)
            self.show_problems(
                (*problems, *(problem for problem in more if problem.field not in unread))
            )
            return False
        answer = self._book.commands.run(
            lambda: people.save_whole(self._book.register, self._person_id, whole, today=today)
        )
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        if not isinstance(answer, Done):
            return False
        self.saved.emit(answer.ids[0])
        return True

    def accept(self) -> None:
        """Close after saving."""
        self._at_first = self.typed()
        super().accept()

    def reject(self) -> None:
        """Close; asks first when something was typed that would be lost."""
        if not self.isVisible() or self.typed() == self._at_first:
            super().reject()
        else:
            self._ask_to_throw_away(self._throw_away)

    def _ask_to_throw_away(self, then: Callable[[], None]) -> None:
        name = " ".join(self.lines[key].text().strip() for key in NAMES[:2]).strip()
        self._book.messages.ask(
            self,
            Asked(
                text=self.tr("Throw away what you typed about {who}?").format(
                    who=name or self.tr("this person")
                ),
                more=self.tr("It is not saved yet."),
                yes=self.tr("Throw it away"),
                no=self.tr("Go on typing"),
            ),
            then,
        )

    def _throw_away(self) -> None:
        self._at_first = self.typed()
        super().reject()

    # --- while typing ------------------------------------------------------------------------

    def _on_name_typed(self) -> None:
        if self._person_id is not None:
            return
        typed = " ".join(self.lines[key].text() for key in NAMES[:2]).strip()
        typed = typed or self.lines["known_as"].text()
        likely = people.likely_doubles(self._book.register, typed)[:1]
        if not likely:
            self._likely = None
            self.notice.clear()
            return
        self._likely = likely[0].row.id
        self.notice.tell(
            self.tr("Already in the book? {who}").format(who=texts.described(likely[0])),
            actions=(
                (_OPEN, self.tr("Open")),
                (_SAME, self.tr("It is the same person")),
            ),
        )

    def _on_notice(self, key: str) -> None:
        person_id = self._likely
        if person_id is None:
            return
        if key == _SAME:
            self._become(person_id)
            return
        if self.typed(names_too=False) == self._besides_names:
            self._open_known()  # only the name of somebody who is there was typed
        else:
            self._ask_to_throw_away(self._open_known)

    def _open_known(self) -> None:
        if self._likely is not None:
            self.known_wanted.emit(self._likely)
        self._throw_away()

    def _become(self, person_id: PersonId) -> None:
        """Go on with the record that is there; what was typed besides the name is kept."""
        typed, _ = self.whole()
        self._person_id = person_id
        self._whole = self._read_kept(self._book)
        kept = self._whole.person
        for name, editor in self.lines.items():
            own = getattr(kept, name)
            editor.setText(own if own and (name in NAMES or not editor.text()) else editor.text())
        for name in TEXTS:
            own, new = getattr(kept, name), self.texts[name].toPlainText()
            self.texts[name].setPlainText("\n".join(part for part in (own, new) if part))
        self._become_rest(typed)
        self.setWindowTitle(_title(self._whole))
        self.notice.tell(
            self.tr(
                "This is {name}’s own record now, with what you typed in it. Save keeps it."
            ).format(name=_name(self._whole)),
            tone="good",
        )
        self._at_first = ()

    def _become_rest(self, typed: WholeDraft) -> None:
        kept, whole = self._whole.person, self._whole
        for question, choice in self.questions.items():
            if getattr(typed.person, question.value) == NOT_ASKED:
                codes = list(ANSWERS[question])
                choice.setCurrentIndex(codes.index(getattr(kept, question.value)))
        self.show_questions(self.whole()[0].person)
        for name, date in self.dates.items():
            if not date.text().strip():
                date.show_day(getattr(kept, name))
        for name in ACCESS:
            own, new = getattr(whole.access, name), self.texts[name].toPlainText()
            self.texts[name].setPlainText("\n".join(part for part in (own, new) if part))
        for role, tick in self.roles.items():
            tick.setChecked(tick.isChecked() or role in whole.roles)
        if not (self.age.born.text() or self.age.year.text() or self.age.band.currentData()):
            self.age.load(kept)
        self.reason.setText(kept.left_reason)
        self.contacts.keep_first(whole.contacts)
        self.guardians.keep_first(whole.guardians)


def _name(whole: WholeDraft) -> str:
    person = whole.person
    return person.full_name if isinstance(person, Person) else ""


def _title(whole: WholeDraft) -> str:
    return f"Change {_name(whole)}" if _name(whole) else "Add person"
