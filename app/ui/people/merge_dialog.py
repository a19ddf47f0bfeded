"""Two records side by side: which is kept, and field by field what the joined person shall say."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.equality import ANSWERS, Question
from app.domain.ids import PersonId
from app.domain.merging import AGE_FIELDS, Differing, compare
from app.domain.people import Person
from app.domain.periods import short_date
from app.services import people
from app.services.people import PersonRow
from app.services.result import Done, Refused
from app.ui import texts
from app.ui.book import Book
from app.ui.forms.form_dialog import FormDialog
from app.ui.people import words as said
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import NoticeBar
from app.ui.widgets.page import scrolling
from app.ui.widgets.suggestions import SuggestField, Suggestion
from app.ui.widgets.tab_order import tab_as_read
from app.ui.widgets.words import rule, tip, words

_TITLES = {
    "given_name": "First name",
    "family_name": "Family name",
    "known_as": "Known as",
    "own_script_name": "Name in their own script",
    "pronouns": "Pronouns",
    "born_on": "Age",
    "email": "Email",
    "phone": "Phone",
    "address": "Address",
    "what_helps": "What helps",
    "notes": "Notes",
    "joined_on": "Joined",
    "left_on": "Left",
    **{question.value: text for question, text in said.QUESTIONS.items()},
}
_LETTERS_SHOWN = 160


class MergeDialog(QDialog):
    """Keep one of two records, and take over from the other what is wanted."""

    joined = Signal(object)
    """The id of the person who was kept."""

    def __init__(
        self, book: Book, one: PersonId, other: PersonId, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._book = book
        self.setWindowTitle(self.tr("Join as one person"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        found = (people.get_person(book.register, who) for who in (one, other))
        self._people: tuple[Person, ...] = tuple(person for person in found if person is not None)
        self._kept = self._usual_keeper()
        self.choices: dict[str, QButtonGroup] = {}
        self._build()
        self._show_choice()

    def _usual_keeper(self) -> int:
        """Keep the record that came more often."""
        times = []
        for person in self._people:
            seen = people.seen(self._book.register, person.id)
            times.append(seen[1] if seen else 0)
        return 1 if len(times) == 2 and times[1] > times[0] else 0

    # --- building ----------------------------------------------------------------------------

    def _build(self) -> None:
        looks, tr = self._book.looks, self.tr
        self.notice = NoticeBar(looks)
        self.keepers = QButtonGroup(self)
        heads = QHBoxLayout()
        for place, person in enumerate(self._people):
            heads.addWidget(self._head(place, person), 1)
        body = QWidget()
        self.grid_place = QVBoxLayout(body)
        area = scrolling(body)
        self.join_button = ActionButton(looks, tr("Join them"), icon="merge", primary=True)
        self.cancel_button = ActionButton(looks, tr("Cancel"))
        self.join_button.clicked.connect(self._on_join)
        self.cancel_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.join_button)
        column = QVBoxLayout(self)
        column.addWidget(words(tr("Are they the same person?"), "heading"))
        column.addWidget(
            words(
                tr(
                    "Everything of both is kept: a session at which both were ticked counts once, "
                    "consents, contacts and parents go along. They can be parted again at any time, "
                    "and then everything is as it was."
                ),
                "aside",
                wrap=True,
            )
        )
        column.addWidget(self.notice)
        column.addLayout(heads)
        column.addWidget(area, 1)
        column.addLayout(buttons)
        px = looks.px
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(12))
        self.keepers.idToggled.connect(self._on_keeper)

    def _head(self, place: int, person: Person) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        button = QRadioButton(self.tr("Keep the record of {name}").format(name=person.full_name))
        button.setChecked(place == self._kept)
        self.keepers.addButton(button, place)
        seen = people.seen(self._book.register, person.id)
        times = texts.counted(seen[1], "time", "times") if seen else ""
        came = (
            self.tr("came {times}, last on {day}").format(times=times, day=short_date(seen[0]))
            if seen
            else self.tr("has not come yet")
        )
        column.addWidget(button)
        column.addWidget(words(came, "aside", wrap=True))
        return head

    def _show_choice(self) -> None:
        while self.grid_place.count():
            item = self.grid_place.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.choices = {}
        if len(self._people) < 2:
            self.notice.tell(self.tr("One of the two is no longer in the book."))
            self.join_button.setEnabled(False)
            return
        self.differing = compare(self.keeper, self.other)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.setHorizontalSpacing(self._book.looks.px(16))
        for one in self.differing:
            self._add_choice(grid, one)
        if not self.differing:
            text = self.tr("The other record says nothing that this one does not say.")
            grid.addWidget(words(text, "aside", wrap=True), 0, 0, 1, 3)
        self.grid_place.addWidget(inside)
        self.grid_place.addStretch(1)
        tab_as_read(self)

    def _add_choice(self, grid: QGridLayout, one: Differing) -> None:
        row = grid.rowCount()
        title = self.tr(_TITLES.get(one.key, one.key))
        label = words(title, "strong", wrap=True)
        if one.conflict:
            label.setText(self.tr("{title}: they differ").format(title=title))
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        group = QButtonGroup(grid)
        for place, values in enumerate((one.kept, one.other)):
            shown = _shown(one.names, values) or self.tr("nothing")
            button = _Wrapped(self, shown)
            button.radio.setAccessibleName(f"{title}: {shown}")
            button.radio.setChecked(one.takes_other == bool(place))
            group.addButton(button.radio, place)
            # The record that is kept stands on its own side, whichever it is.
            side = place if self._kept == 0 else 1 - place
            grid.addWidget(button, row, 1 + side, Qt.AlignmentFlag.AlignTop)
        self.choices[one.key] = group
        grid.addWidget(rule(), row + 1, 0, 1, 3)

    # --- what is chosen ----------------------------------------------------------------------

    @property
    def keeper(self) -> Person:
        """The record that is kept."""
        return self._people[self._kept]

    @property
    def other(self) -> Person:
        """The record that will stand under it."""
        return self._people[1 - self._kept]

    def take_other(self) -> dict[str, bool]:
        """Return, field by field, whether the other's is taken."""
        return {key: group.checkedId() == 1 for key, group in self.choices.items()}

    def keep(self, person_id: PersonId) -> None:
        """Keep the record of somebody."""
        for place, person in enumerate(self._people):
            if person.id == person_id:
                self.keepers.button(place).setChecked(True)

    def _on_keeper(self, place: int, checked: bool) -> None:
        if checked and place != self._kept:
            self._kept = place
            self._show_choice()

    def _on_join(self) -> None:
        self._book.keeper.first(self, self._join, often=True)

    def _join(self) -> None:
        kept, other, take = self.keeper.id, self.other.id, self.take_other()
        answer = self._book.commands.run(
            lambda: people.merge_people(self._book.register, kept, other, take_other=take)
        )
        if isinstance(answer, Refused):
            self.notice.tell(answer.text, tone="overdue")
        elif isinstance(answer, Done):
            self.joined.emit(kept)
            self.accept()

    def showEvent(self, event: QShowEvent) -> None:
        """Open large enough for two columns, with the keyboard on the keeper."""
        super().showEvent(event)
        room = self.screen().availableGeometry()
        px = self._book.looks.px
        self.resize(min(px(860), room.width() - 40), min(px(640), room.height() - 60))
        if self.keepers.button(self._kept) is not None:
            self.keepers.button(self._kept).setFocus()


class _Wrapped(QWidget):
    """A choice whose words go on in the next line: a radio button's own do not."""

    def __init__(self, parent: QWidget, text: str) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.radio = QRadioButton()
        short = text if len(text) <= _LETTERS_SHOWN else f"{text[:_LETTERS_SHOWN]} …"
        label = words(short, wrap=True)
        label.setToolTip(tip(text))
        label.setBuddy(self.radio)
        row.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label, 1)
        label.mousePressEvent = partial(_press, self.radio)  # type: ignore[method-assign]


def _press(radio: QRadioButton, _event: Any) -> None:
    radio.setChecked(True)
    radio.setFocus()


def _shown(names: tuple[str, ...], values: tuple[Any, ...]) -> str:
    if names == AGE_FIELDS:
        return _age(dict(zip(names, values, strict=True)))
    name, value = names[0], values[0]
    if name in set(Question):
        return ANSWERS[Question(name)].get(value, "")
    shown = [short_date(one) if hasattr(one, "isoformat") else str(one or "") for one in values]
    return ", ".join(" ".join(part.split("\n")) for part in shown if part)


def _age(values: dict[str, Any]) -> str:
    if values["born_on"]:
        return f"born {short_date(values['born_on'])}"
    if values["birth_year"]:
        return f"born in {values['birth_year']}"
    low, high, day = values["age_low"], values["age_high"], values["age_band_on"]
    if low is None and high is None:
        return ""
    band = f"{low or 0} to {high}" if high is not None else f"{low} or over"
    return f"{band} on {short_date(day)}" if day else band


class OtherDialog(FormDialog):
    """Find the other record of a person, to join both."""

    chosen = Signal(object, object)
    """The ids of both."""

    def __init__(self, book: Book, person_id: PersonId, *, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "Join with another record", "Compare them", parent)
        self._book = book
        self._person_id = person_id
        self._other: PersonId | None = None
        self.other = SuggestField(book.looks, "")
        self.add_field("other", self.tr("The other record"), self.other)
        self.other.wanted.connect(self._on_typed)
        self.other.taken.connect(self._on_taken)
        self.other.entered.connect(self._on_save)
        person = people.get_person(book.register, person_id)
        if person is not None:
            self._offer(person.full_name)

    def _offer(self, name: str) -> None:
        likely = people.likely_doubles(self._book.register, name, but=self._person_id)
        if likely:
            text = self.tr("Perhaps {who}?").format(who=texts.described(likely[0]))
            self.notice.tell(text, tone="plain", actions=(("take", self.tr("That one")),))
            self.notice.acted.connect(partial(self._on_likely, likely[0].row))

    def try_to_save(self) -> bool:
        """Go on to compare, once somebody was chosen."""
        if self._other is None:
            self.fields["other"].show_problem(
                self.tr("Type part of the name, then take somebody from the list.")
            )
            self.other.setFocus()
            return False
        self.chosen.emit(self._person_id, self._other)
        return True

    def _on_likely(self, row: PersonRow, _key: str) -> None:
        self._on_taken(row)

    def _on_typed(self, typed: str) -> None:
        self._other = None
        found = people.list_people(self._book.register, typed, left_too=True, limit=8).rows
        self.other.offer(
            tuple(
                Suggestion(text=" · ".join(p for p in (row.list_name, row.area) if p), value=row)
                for row in found
                if row.id != self._person_id and typed.strip()
            )
        )

    def _on_taken(self, row: object) -> None:
        if isinstance(row, PersonRow):
            self._other = row.id
            self.other.setText(row.full_name)
            self._on_save()
