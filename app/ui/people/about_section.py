"""About a person: how to reach them, who they are, whom to ring, what must be known."""

from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.contacts import CONSENT_DAYS, Guardian
from app.domain.equality import ANSWERS, NOT_ASKED
from app.domain.ids import PersonId
from app.domain.people import Person, may_be_child
from app.domain.periods import short_date
from app.domain.settings import shown_questions
from app.services import settings
from app.services.people import PersonStanding
from app.ui import texts
from app.ui.appearance import Appearance
from app.ui.book import Book
from app.ui.people import words as said
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.facts import Facts
from app.ui.widgets.fold import Fold
from app.ui.widgets.words import rule, words

_AGREED = {
    "activity_consent_on": "to take part",
    "medical_consent_on": "to medical help",
    "travel_consent_on": "to travel home alone",
}


class AboutSection(QWidget):
    """The cards of what is known."""

    edit_wanted = Signal(str)
    """The field of the form with which to begin."""
    person_wanted = Signal(object)
    """The id of a parent, carer or child who is in the book."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        looks = book.looks
        self.reach = Facts(looks)
        self.known = Facts(looks)
        self.equality_facts = Facts(looks)
        self.equality = Fold(looks, self.tr("Equality answers"))
        self.equality.body.addWidget(self.equality_facts)
        self.notes = words("", wrap=True)
        self.contacts = _Lines(book)
        self.guardians = _Lines(book)
        self.children_list = _Lines(book)
        self.access_facts = Facts(looks)
        self.access = Fold(looks, "")
        self.access.body.addWidget(self.access_facts)
        self.hours = words("", wrap=True)
        self._lay_out()
        self.guardians.chosen.connect(self.person_wanted)
        self.children_list.chosen.connect(self.person_wanted)

    def _lay_out(self) -> None:
        looks, tr = self._book.looks, self.tr
        left, right = QWidget(), QWidget()
        first, second = QVBoxLayout(left), QVBoxLayout(right)
        self._columns = (first, second)
        for column in self._columns:
            column.setContentsMargins(0, 0, 0, 0)
        self.reach_card = _card(looks, tr("How to reach them"), self.reach)
        self.known_card = _card(looks, tr("About them"), self.known, rule(), self.equality)
        self.notes_card = _card(looks, tr("Notes"), self.notes)
        self.contacts_card = _card(looks, tr("In an emergency"), self.contacts)
        self.guardians_card = _card(looks, tr("Parent or carer"), self.guardians)
        self.children_card = _card(looks, tr("Parent or carer of"), self.children_list)
        self.access_card = _card(looks, "", self.access)
        self.hours_card = _card(looks, tr("Hours given"), self.hours)
        for card in (self.reach_card, self.known_card, self.notes_card):
            first.addWidget(card)
        first.addStretch(1)
        for card in (
            self.contacts_card, self.guardians_card, self.children_card, self.access_card,
            self.hours_card,
        ):  # fmt: skip
            second.addWidget(card)
        second.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(TwoColumns(looks, left, right, side_width=400))
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()

    def show_person(self, person: Person, standing: PersonStanding) -> None:
        """Show a person and what belongs to them."""
        today = self._book.today()
        self.reach.show_facts(
            (
                (self.tr("Phone"), person.phone),
                (self.tr("Email"), person.email),
                (self.tr("Address"), person.address),
                (self.tr("Postcode"), person.postcode),
                (self.tr("Area or ward"), person.area),
            )
        )
        self.known.show_facts(self._known(person))
        self._show_equality(person)
        self.notes.setText(person.notes)
        self.notes_card.setVisible(bool(person.notes))
        child = may_be_child(person, today)
        self._show_contacts(standing)
        self._show_guardians(standing, child=child)
        self._show_access(standing)
        self._show_hours(standing)

    def _known(self, person: Person) -> tuple[tuple[str, str], ...]:
        tr, age = self.tr, said.age_words(person, self._book.today())
        if person.born_on is not None:
            born = tr("{day} ({age})").format(day=short_date(person.born_on), age=age)
        elif person.birth_year is not None:
            born = tr("in {year} ({age})").format(year=person.birth_year, age=age)
        else:
            born = age
        left = short_date(person.left_on) if person.left_on else ""
        if person.left_reason:
            left = f"{left}: {person.left_reason}"
        facts = [
            (tr("Born"), born),
            (tr("Known as"), person.known_as),
            (tr("Own script"), person.own_script_name),
            (tr("Pronouns"), person.pronouns),
            (tr("Joined"), short_date(person.joined_on) if person.joined_on else ""),
            (tr("Left"), left),
        ]
        always = {tr("Born"), tr("Joined")}
        return tuple(fact for fact in facts if fact[1] or fact[0] in always)

    def _show_equality(self, person: Person) -> None:
        shown = shown_questions(settings.read(self._book.register), person)
        asked = {q: getattr(person, q.value) for q in shown}
        self.equality.setVisible(bool(asked))
        answered = sum(answer != NOT_ASKED for answer in asked.values())
        self.equality.say(
            self.tr("Equality answers: {count} of {all} asked").format(
                count=answered, all=len(asked)
            )
        )
        self.equality_facts.show_facts(
            tuple(
                (self.tr(said.QUESTIONS[q]), self.tr(ANSWERS[q][answer]))
                for q, answer in asked.items()
            )
        )

    def _show_contacts(self, standing: PersonStanding) -> None:
        lines = tuple(
            _Told(
                " · ".join(part for part in (one.name, one.relationship) if part) or one.phone,
                one.phone if one.name or one.relationship else "",
            )
            for one in standing.contacts
        )
        self.contacts.show_lines(lines, self.tr("Nobody is noted. Change… adds somebody to ring."))

    def _show_guardians(self, standing: PersonStanding, *, child: bool) -> None:
        self.guardians_card.setVisible(child or bool(standing.guardians))
        self.guardians.show_lines(
            tuple(self._guardian_line(one) for one in standing.guardians),
            self.tr("Nobody is noted, and this person is under 18 or may be."),
        )
        self.children_card.setVisible(bool(standing.children))
        self.children_list.show_lines(
            tuple(_Told(name, "", person) for person, name in standing.children), ""
        )

    def _guardian_line(self, one: Guardian) -> "_Told":
        tr = self.tr
        head = " · ".join(part for part in (one.shown_name, one.relationship) if part)
        notes = [one.shown_phone, one.email]
        if one.has_responsibility:
            notes.append(tr("has parental responsibility"))
        notes.append(tr("may collect") if one.may_collect else tr("may not collect"))
        for name in CONSENT_DAYS:
            day = getattr(one, name)
            what = tr(_AGREED[name])
            notes.append(
                tr("agreed {what} on {day}").format(what=what, day=short_date(day))
                if day
                else tr("has not agreed {what}").format(what=what)
            )
        return _Told(head, "\n".join(note for note in notes if note), one.person_id)

    def _show_access(self, standing: PersonStanding) -> None:
        notes = standing.access
        kinds = (bool(notes.access_needs), bool(notes.health))
        what = {
            (True, True): self.tr("Access needs and health: noted"),
            (True, False): self.tr("Access needs: noted"),
            (False, True): self.tr("Health: noted"),
        }.get(kinds, self.tr("Access needs and health: nothing noted"))
        self.access.open(False)
        self.access.say(what)
        day = short_date(notes.updated_on) if notes.updated_on else ""
        self.access_facts.show_facts(
            (
                (self.tr("Access needs"), notes.access_needs),
                (self.tr("Health"), notes.health),
                (self.tr("Noted on"), day),
            )
        )

    def _show_hours(self, standing: PersonStanding) -> None:
        at, logged = standing.helped_minutes, standing.logged_minutes
        self.hours_card.setVisible(bool(at or logged))
        self.hours.setText(
            self.tr("{all} in all: {at} at sessions, {besides} besides.").format(
                all=texts.hours(at + logged), at=texts.hours(at), besides=texts.hours(logged)
            )
        )

    def _on_looks_changed(self) -> None:
        for column in self._columns:
            column.setSpacing(self._book.looks.gap(16))


@dataclass(frozen=True, slots=True)
class _Told:
    """Somebody, what is noted of them, and the person of the book they are."""

    head: str = field(repr=False)
    more: str = field(repr=False)
    person_id: PersonId | None = None


class _Lines(QWidget):
    """People one under the other."""

    chosen = Signal(object)

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = book.looks
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_lines(self, lines: tuple[_Told, ...], nobody: str) -> None:
        """Show who there is, or that there is nobody."""
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not lines and nobody:
            self._column.addWidget(words(nobody, "aside", wrap=True))
        for line in lines:
            self._add(line)

    def _add(self, line: _Told) -> None:
        if line.person_id is not None:
            button = ActionButton(self._looks, line.head, icon="user", link=True)
            button.setProperty("person", str(line.person_id))
            button.clicked.connect(self._on_clicked)
            self._column.addWidget(button)
        elif line.head:
            self._column.addWidget(words(line.head, "strong", wrap=True))
        if line.more:
            self._column.addWidget(words(line.more, wrap=True))

    def _on_clicked(self) -> None:
        self.chosen.emit(PersonId(int(self.sender().property("person"))))


def _card(looks: Appearance, heading: str, *widgets: QWidget) -> Card:
    card = Card(looks, heading)
    for widget in widgets:
        card.body.addWidget(widget)
    return card
