"""One person: who they are, what helps, and when they came."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.attendance import HERE, Role
from app.domain.changes import Topic
from app.domain.ids import PersonId
from app.domain.people import Person
from app.domain.periods import short_date
from app.services import attendance, people
from app.services.attendance import Past
from app.services.result import Refused
from app.ui import texts
from app.ui.book import Book
from app.ui.tables.rows_model import Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.page import Page
from app.ui.widgets.words import words

_PAST_COLUMNS: tuple[Column[Past], ...] = (
    Column(key="day", title="Day", text=lambda p: short_date(p.session_on), width=170, look="strong"),
    Column(key="activity", title="Activity", text=lambda p: p.activity_name),
    Column(
        key="mark", title="Mark", text=lambda p: texts.past_mark(p.mark, p.role), width=190,
        chip=lambda p: ("good", "check") if p.mark in HERE else None, look="aside",
    ),
)  # fmt: skip


class PersonPage(Page):
    """One person's page."""

    topics = frozenset({Topic.PEOPLE, Topic.ATTENDANCE})
    help_text = (
        "Everything in the book about one person. Change opens the form. A person put in the bin no "
        "longer counts, and can be taken out again with Undo."
    )
    left = Signal()
    edit_wanted = Signal(object)
    """The Person to change."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, parent=parent)
        self._person_id: PersonId | None = None
        self.person: Person | None = None
        looks = book.looks
        self.back = ActionButton(looks, self.tr("All people"), icon="arrow-left", link=True)
        self.head.put_above(self.back)
        self.bin_button = ActionButton(looks, self.tr("Put in the bin"), icon="trash-2")
        self.edit_button = ActionButton(looks, self.tr("Change…"), icon="pencil", primary=True)
        self.head.add_action(self.bin_button)
        self.head.add_action(self.edit_button)
        self._build_cards()
        self.back.clicked.connect(self.left)
        self.edit_button.clicked.connect(self._on_edit)
        self.bin_button.clicked.connect(self._on_bin)

    def _build_cards(self) -> None:
        looks = self.book.looks
        self.about = Card(looks, self.tr("About"))
        self._facts = QGridLayout()
        self._facts.setColumnStretch(1, 1)
        self._facts.setVerticalSpacing(8)
        self._facts.setHorizontalSpacing(16)
        self.about.body.addLayout(self._facts)
        self.about.body.addStretch(1)
        self.came = Card(looks, self.tr("Attendance"))
        self.came_words = words("", "aside", wrap=True)
        self.came.body.addWidget(self.came_words)
        self.past = RowsModel(_PAST_COLUMNS, self)
        self.table = LedgerTable(looks, self.tr("Sessions this person was marked at"))
        self.table.setModel(self.past)
        self.came.body.addWidget(self.table, 1)
        self.never = EmptyState(
            looks,
            icon="calendar-check",
            title=self.tr("Has not come yet"),
            text=self.tr("The sessions this person is ticked at are listed here."),
        )
        self.never.hide()
        self.came.body.addWidget(self.never, 1)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.about)
        columns = TwoColumns(looks, self.came, side, side_width=360, side_first=True)
        self.body.addWidget(columns, 1)

    # --- showing -----------------------------------------------------------------------------

    def open_person(self, person_id: PersonId) -> None:
        """Show another person."""
        self._person_id = person_id
        self.notice.clear()
        self.reload()
        self.take_keyboard()

    def reload(self) -> None:
        """Read the person again."""
        if self._person_id is None:
            return
        person = people.get_person(self.book.register, self._person_id)
        if person is None:  # taken away by an undo
            self.left.emit()
            return
        self.person = person
        known = self.tr("known as {name}").format(name=person.known_as) if person.known_as else ""
        parts = (person.own_script_name, known, person.pronouns, person.area)
        self.head.say(person.full_name, " · ".join(part for part in parts if part))
        self.bin_button.setVisible(not person.binned)
        if person.binned:
            self.notice.tell(self.tr("This person is in the bin and does not count."))
        self._show_facts(person)
        self._show_past()

    def _show_facts(self, person: Person) -> None:
        while self._facts.count():
            item = self._facts.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.deleteLater()
        for row, (label, value) in enumerate(_facts(person)):
            text = words(value or "—", wrap=True)
            self._facts.addWidget(words(label, "aside"), row, 0)
            self._facts.addWidget(text, row, 1)

    def _show_past(self) -> None:
        if self._person_id is None:
            return
        past = attendance.history_of(self.book.register, self._person_id)
        self.past.set_rows(past)
        helped = [one for one in past if one.mark in HERE and one.role is not Role.PARTICIPANT]
        seen = people.seen(self.book.register, self._person_id)
        parts = []
        if seen is not None:
            times = texts.counted(seen[1], self.tr("time"), self.tr("times"))
            parts.append(self.tr("Came {times}, last on {day}").format(
                times=times, day=short_date(seen[0])
            ))  # fmt: skip
        if helped:
            parts.append(
                texts.counted(
                    len(helped), self.tr("session helped at"), self.tr("sessions helped at")
                )
            )
        self.came_words.setText(" · ".join(parts))
        self.came_words.setVisible(bool(parts))
        self.table.setVisible(bool(past))
        self.never.setVisible(not past)

    # --- acting ------------------------------------------------------------------------------

    def _on_edit(self) -> None:
        if self.person is not None:
            self.edit_wanted.emit(self.person)

    def _on_bin(self) -> None:
        if self.person is None:
            return
        person_id = self.person.id
        answer = self.book.commands.run(lambda: people.put_in_bin(self.book.register, person_id))
        if isinstance(answer, Refused):
            self.notice.tell(answer.text)

    def take_keyboard(self) -> None:
        """Begin with the form."""
        self.edit_button.setFocus()

    def escape(self) -> bool:
        """Close a notice, or go back to the list."""
        if not super().escape():
            self.left.emit()
        return True


def _facts(person: Person) -> tuple[tuple[str, str], ...]:
    born = short_date(person.born_on) if person.born_on else str(person.birth_year or "")
    return (
        ("Phone", person.phone),
        ("Email", person.email),
        ("Postcode", person.postcode),
        ("Area", person.area),
        ("Born", born),
        ("What helps", person.what_helps),
        ("Joined", short_date(person.joined_on) if person.joined_on else ""),
        ("Left", short_date(person.left_on) if person.left_on else ""),
        ("Notes", person.notes),
    )
