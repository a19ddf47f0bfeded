"""The sixth step: who is recognised, who is new, and who may be one and the same."""

from dataclasses import dataclass, field

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.periods import short_date
from app.services.imports import Known, Likely, PersonRow
from app.ui import texts
from app.ui.book import Book
from app.ui.imports.answers import Answers, Reading
from app.ui.imports.step import Step
from app.ui.tables.rows_model import Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.facts import Facts
from app.ui.widgets.words import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two who may be one: the one of the file, and the one of the book or of another row."""

    place: int
    """In the reading's list of likely doubles."""
    left: tuple[tuple[str, str], ...] = field(repr=False)
    right: tuple[tuple[str, str], ...] = field(repr=False)
    in_book: bool
    why: str
    joined: bool


def pair_columns() -> tuple[Column[Pair], ...]:
    """Return the columns of the list of pairs."""
    return (
        Column(key="file", title="In the file", text=lambda p: p.left[0][1], look="strong"),
        Column(
            key="other", title="May be the same as",
            text=lambda p: p.right[0][1] + ("" if p.in_book else " (same file)"),
        ),
        Column(key="why", title="Why", text=lambda p: p.why, look="aside", spare=True, width=300),
        Column(
            key="what", title="What is done", width=190, least=160,
            text=lambda p: "Joined" if p.joined else "Kept apart",
            chip=lambda p: ("good", "merge") if p.joined else ("plain", "minus"),
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """One person of the file."""

    facts: tuple[tuple[str, str], ...] = field(repr=False)
    known: bool


def _person_columns() -> tuple[Column[Somebody], ...]:
    return (
        Column(key="name", title="Name", text=lambda s: s.facts[0][1], look="strong"),
        Column(key="born", title="Born", text=lambda s: s.facts[1][1], width=160, spare=True),
        Column(key="phone", title="Phone", text=lambda s: s.facts[2][1], width=160, spare=True),
        Column(key="where", title="Where", text=lambda s: s.facts[4][1], look="aside"),
        Column(
            key="what", title="In the book", width=170, least=150,
            text=lambda s: "Recognised" if s.known else "New",
            chip=lambda s: ("good", "user-check") if s.known else ("plain", "user-plus"),
        ),
    )  # fmt: skip


class PairTable(LedgerTable):
    """The pairs; J joins the one in hand, K keeps it apart."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer for the pair in hand."""
        owner = self.parent()
        while owner is not None and not isinstance(owner, PeopleStep):
            owner = owner.parent()
        if isinstance(owner, PeopleStep) and event.key() in {Qt.Key.Key_J, Qt.Key.Key_K}:
            owner.answer(join=event.key() == Qt.Key.Key_J)
            return
        super().keyPressEvent(event)


class PeopleStep(Step):
    """Recognised, new, and likely doubles side by side: joined only when somebody says so."""

    title = "Who are they?"

    def __init__(self, book: Book, answers: Answers, parent: QWidget | None = None) -> None:
        super().__init__(book, answers, parent)
        looks = book.looks
        self._shown: object = None
        self.model = RowsModel(pair_columns(), self)
        self.table = PairTable(looks, self.tr("People who may be the same"))
        self.table.setModel(self.model)
        self.table.opened.connect(self._on_opened)
        self.table.selectionModel().currentRowChanged.connect(self._on_in_hand)
        self.left, self.right = Facts(looks), Facts(looks)
        self.left_card = Card(looks, self.tr("In the file"))
        self.right_card = Card(looks, self.tr("In the book"))
        self.left_card.body.addWidget(self.left)
        self.right_card.body.addWidget(self.right)
        self.join_button = ActionButton(looks, self.tr("The same person: join (J)"), icon="merge")
        self.keep_button = ActionButton(looks, self.tr("Two people: keep apart (K)"), icon="users")
        self.join_button.clicked.connect(self._on_join)
        self.keep_button.clicked.connect(self._on_keep)
        self._doubles = QWidget()
        row = QHBoxLayout()
        row.addWidget(self.left_card, 1)
        row.addWidget(self.right_card, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.join_button)
        buttons.addWidget(self.keep_button)
        self.hint = words("", "strong", wrap=True)
        for widget in (self.hint, self.table):
            self.body.addWidget(widget, 1 if widget is self.table else 0)
        self.body.addLayout(row)
        self.body.addLayout(buttons)
        self.everybody = RowsModel(_person_columns(), self)
        self.list = LedgerTable(looks, self.tr("People of the file"))
        self.list.setModel(self.everybody)
        self.body.addWidget(self.list, 1)

    def wanted(self, reading: Reading) -> bool:
        """Always where the file names people."""
        return bool(reading.plan.people)

    def show_reading(self, reading: Reading) -> None:
        """Show who is known and who may be."""
        if reading is self._shown:
            return
        before = self.model.rows
        self._shown = reading
        pairs = tuple(
            _pair(reading, place, joined=place in self.answers.joined)
            for place in range(len(reading.matching.likely))
        )
        if [p.left for p in before] != [p.left for p in pairs]:
            self.answers.joined.clear()
            pairs = tuple(_pair(reading, p.place, joined=False) for p in pairs)
        self.model.set_rows(pairs)
        self._say(reading, len(pairs))
        shown = bool(pairs)
        for widget in (self.hint, self.table, self.left_card, self.right_card,
                       self.join_button, self.keep_button):  # fmt: skip
            widget.setVisible(shown)
        self.list.setVisible(not shown)
        self.everybody.set_rows(
            tuple(
                Somebody(facts=_of_file(row), known=place in reading.matching.matched)
                for place, row in enumerate(reading.plan.people)
            )
            if not shown
            else ()
        )
        if pairs:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _say(self, reading: Reading, pairs: int) -> None:
        matched = len(reading.matching.matched)
        new = len(reading.plan.people) - matched
        known = texts.counted(matched, self.tr("person is"), self.tr("people are"))
        fresh = texts.counted(new, self.tr("is new"), self.tr("are new"))
        if not matched:
            self.say(
                self.tr("{people} in this file; nobody of them is in the book yet.").format(
                    people=texts.counted(new, self.tr("person"), self.tr("people"))
                )
            )
        else:
            self.say(
                self.tr(
                    "{known} in the book already, by the very same name; {fresh}. Nothing that is in "
                    "the book is overwritten: only blanks are filled."
                ).format(known=known, fresh=fresh)
            )
        self.hint.setText(
            self.tr("{count} may be the same person. They stay apart unless you join them.").format(
                count=texts.counted(pairs, self.tr("pair"), self.tr("pairs"))
            )
        )

    def answer(self, *, join: bool) -> None:
        """Join the pair in hand or keep it apart, and go on to the next."""
        place = self.table.currentIndex().row()
        pair = self.model.row_at(place)
        if pair is None:
            return
        if join:
            self.answers.joined.add(pair.place)
        else:
            self.answers.joined.discard(pair.place)
        self.model.replace_row(
            place,
            Pair(place=pair.place, left=pair.left, right=pair.right, in_book=pair.in_book,
                 why=pair.why, joined=join),
        )  # fmt: skip
        if place + 1 < self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(place + 1, 0))

    def take_keyboard(self) -> None:
        """Begin with the first pair."""
        (self.table if self.model.rowCount() else self.list).setFocus()

    def _on_join(self) -> None:
        self.answer(join=True)

    def _on_keep(self) -> None:
        self.answer(join=False)

    def _on_opened(self, index: QModelIndex) -> None:
        pair = self.model.row_at(index.row())
        if pair is not None:
            self.answer(join=not pair.joined)

    def _on_in_hand(self, index: QModelIndex, _before: QModelIndex) -> None:
        pair = self.model.row_at(index.row())
        if pair is None:
            return
        self.left.show_facts(pair.left)
        self.right.show_facts(pair.right)
        if self.right_card.heading is not None:
            self.right_card.heading.setText(
                self.tr("In the book") if pair.in_book else self.tr("Further down in the file")
            )


def _pair(reading: Reading, place: int, *, joined: bool) -> Pair:
    likely = reading.matching.likely[place]
    people = reading.plan.people
    return Pair(
        place=place,
        left=_of_file(people[likely.row]),
        right=_other(reading, likely),
        in_book=likely.known_id is not None,
        why=likely.why,
        joined=joined,
    )


def _other(reading: Reading, likely: Likely) -> tuple[tuple[str, str], ...]:
    if likely.known_id is not None and (known := reading.known.get(likely.known_id)):
        return _of_book(known)
    if likely.other_row is not None:
        return _of_file(reading.plan.people[likely.other_row])
    return (("Name", ""),)


def _of_file(row: PersonRow) -> tuple[tuple[str, str], ...]:
    draft = row.draft
    where = f"{row.place.sheet}, row {row.place.row}" if row.place.sheet else str(row.place.row)
    born = short_date(draft.born_on) if draft.born_on else str(draft.birth_year or "")
    return (
        ("Name", _name(draft.given_name, draft.family_name, draft.known_as)),
        ("Born", born), ("Phone", draft.phone), ("Postcode", draft.postcode), ("Where", where),
    )  # fmt: skip


def _of_book(known: Known) -> tuple[tuple[str, str], ...]:
    born = short_date(known.born_on) if known.born_on else str(known.birth_year or "")
    return (
        ("Name", _name(known.given_name, known.family_name, known.known_as)),
        ("Born", born), ("Phone", known.phone), ("Postcode", known.postcode), ("Where", "the book"),
    )  # fmt: skip


def _name(given: str, family: str, known_as: str) -> str:
    whole = f"{given} {family}".strip()
    return f"{whole} ({known_as})" if known_as and known_as != given else whole or known_as
