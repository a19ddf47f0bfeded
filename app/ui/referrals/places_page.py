"""Funded places: the agreements with what is used of them, and whose place ends or is used up."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.changes import Topic
from app.domain.ids import AgreementId
from app.services import places
from app.services.places import AgreementStanding, PlacesLooked, PlaceStanding
from app.ui import texts
from app.ui.book import Book
from app.ui.gathering import Gathering
from app.ui.people.fitted import fit
from app.ui.referrals import places_words as said
from app.ui.referrals.places_bars import BarsModel, BarTable
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.page import Page
from app.ui.widgets.words import words

_MOST_LOOK_AT = 3
"""Rows of the side card before it scrolls by itself."""


def agreement_columns(book: Book) -> tuple[Column[AgreementStanding], ...]:
    """Return the columns of the list of agreements."""
    today = book.today
    return (
        Column(
            key="name", title="Agreement", text=lambda one: said.title_of(one.agreement),
            look="strong",
        ),
        Column(
            key="state", title="Now", width=150,
            text=lambda one: said.agreement_chip(one, today())[0],
            chip=lambda one: said.agreement_chip(one, today())[1:],
        ),
        Column(
            key="until", title="Until", width=138, spare=True, look="aside",
            text=lambda one: said.day_words(one.agreement.to_on),
        ),
        Column(key="given", title="Given", text=said.given_words, width=78, spare=True),
        Column(
            key="used", title="Used", width=156, least=92,
            text=lambda one: said.short_used(one.count),
        ),
        Column(
            key="left", title="Left", width=100, spare=True,
            text=lambda one: said.units(one.count.left, one.agreement.counted_by),
        ),
        Column(
            key="missed", title="Missed", width=62, spare=True, look="aside",
            text=lambda one: f"{one.count.no_shows:,}" if one.count.no_shows else "",
        ),
        Column(
            key="worth", title="Worth", width=92, spare=True,
            text=lambda one: said.worth_words(one.worth_pence),
        ),
    )  # fmt: skip


def look_at_columns(book: Book) -> tuple[Column[PlaceStanding], ...]:
    """Return the columns of those whose place ends or is used up."""
    today = book.today
    return (
        Column(key="name", title="Who", text=said.person_name, look="strong"),
        Column(
            key="state", title="Their place", width=170, least=150,
            text=lambda one: said.place_chip(one, today())[0],
            chip=lambda one: said.place_chip(one, today())[1:],
        ),
        Column(
            key="used", title="Used", width=140, least=126,
            text=lambda one: said.used_words(one.count, one.counted_by),
        ),
        Column(
            key="until", title="Last day", width=150, spare=True, look="aside",
            text=lambda one: said.day_words(one.last_on),
        ),
        Column(
            key="under", title="Under", width=220, spare=True, look="aside",
            text=lambda one: one.agreement,
        ),
    )  # fmt: skip


class PlacesPage(Page):
    """Agreements as they stand."""

    topics = frozenset(
        {
            Topic.PLACES,
            Topic.PEOPLE,
            Topic.ATTENDANCE,
            Topic.SESSIONS,
            Topic.ACTIVITIES,
            Topic.REFERRALS,
        }
    )
    help_text = (
        "Who pays for places, and how much of them is used: attendance uses a place up by itself. "
        "Enter opens an agreement, with its people. Under them are the people whose place ends "
        "within 28 days with something left, or who have used all of theirs."
    )
    left = Signal()
    agreement_wanted = Signal(object)
    """The id of the agreement to open."""
    add_wanted = Signal()
    person_wanted = Signal(object)

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, self.tr("Funded places"), parent)
        looks = book.looks
        self.back = ActionButton(looks, self.tr("Referrals"), icon="arrow-left", link=True)
        self.head.put_above(self.back)
        self.add_button = ActionButton(looks, self.tr("Add agreement…"), icon="plus", primary=True)
        self.head.add_action(self.add_button)
        self._build_agreements()
        self._build_look_at()
        self.columns = QWidget()
        column = QVBoxLayout(self.columns)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.gap(16))
        column.addWidget(self.agreements_card, 1)
        column.addWidget(self.look_at_card)
        self.empty = EmptyState(
            looks,
            icon="heart-handshake",
            title=self.tr("Nobody pays for places yet"),
            text=self.tr(
                "When somebody pays for the people they send, write the agreement down here: how "
                "many places, how many sessions or weeks each, for whom. Attendance then uses them "
                "up by itself."
            ),
            action=self.tr("Add agreement…"),
        )
        self.body.addWidget(self.columns, 1)
        self.body.addWidget(self.empty, 1)
        self.columns.hide()
        self.empty.hide()
        self.looking = Gathering(self)
        self._connect()

    def _build_agreements(self) -> None:
        self.agreements_card = Card(self.book.looks)
        self.agreements = BarsModel(
            agreement_columns(self.book), lambda one: (one.count.used, one.count.granted), self
        )
        self.table = BarTable(self.book.looks, self.tr("Agreements"))
        self.table.setModel(self.agreements)
        self.table.keep_rows(4)
        self.agreements_card.body.addWidget(self.table, 1)

    def _build_look_at(self) -> None:
        looks = self.book.looks
        self.look_at_card = Card(looks, self.tr("Ending soon or used up"))
        self.look_at = RowsModel(look_at_columns(self.book), self)
        self.look_at_table = LedgerTable(looks, self.tr("Ending soon or used up"))
        self.look_at_table.setModel(self.look_at)
        self.nobody = words(
            self.tr(
                "Nobody’s place ends within 28 days with something left, and nobody has used all "
                "of theirs."
            ),
            "aside", wrap=True,
        )  # fmt: skip
        self.look_at_card.body.addWidget(self.look_at_table)
        self.look_at_card.body.addWidget(self.nobody)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.add_button.clicked.connect(self.add_wanted)
        self.empty.acted.connect(self.add_wanted)
        self.table.opened.connect(self._on_opened)
        self.look_at_table.opened.connect(self._on_person)
        self.looking.found.connect(self._on_found)

    # --- showing -----------------------------------------------------------------------------

    def reload(self) -> None:
        """Read every place again, some people at a time."""
        look = places.look_at_places(self.book.register, today=self.book.today())
        self.looking.start(look)

    def settle(self) -> None:
        """Look no further when the page is left; what is missing is read on coming back."""
        if self.looking.running:
            self.looking.stop()
            self._stale = True

    def _on_found(self, found: PlacesLooked) -> None:
        some = bool(found.agreements)
        in_hand = self.table.hasFocus() or self.empty.button.hasFocus()
        before = self._agreement()
        self.agreements.set_rows(found.agreements)
        ids = [one.agreement.id for one in found.agreements]
        if some:
            place = ids.index(before.agreement.id) if before and before.agreement.id in ids else 0
            self.table.setCurrentIndex(self.agreements.index(place, 0))
        self.look_at.set_rows((*found.out, *found.expiring))
        fit(self.look_at_table, most=_MOST_LOOK_AT)
        self.nobody.setVisible(not self.look_at.rows)
        self.columns.setVisible(some)
        self.empty.setVisible(not some)
        self.add_button.setVisible(some)
        self.head.say(self.tr("Funded places"), self._summary(found) if some else "")
        if in_hand or (self.isVisible() and self.window().focusWidget() is None):
            self.take_keyboard()

    def _summary(self, found: PlacesLooked) -> str:
        now = [one for one in found.agreements if not one.over(self.book.today())]
        running = texts.counted(len(now), self.tr("agreement runs"), self.tr("agreements run"))
        given = texts.counted(
            sum(one.given for one in now), self.tr("place given"), self.tr("places given")
        )
        free = [one.free for one in now if one.free is not None]
        parts = [f"{running}, {given}"]
        if free:
            parts.append(self.tr("{count} still to give").format(count=f"{sum(free):,}"))
        return " · ".join(parts)

    def _agreement(self) -> AgreementStanding | None:
        one = self.table.currentIndex().data(ROW_ROLE)
        return one if isinstance(one, AgreementStanding) else None

    # --- acting ------------------------------------------------------------------------------

    def _on_opened(self, index: QModelIndex) -> None:
        one = index.data(ROW_ROLE)
        if isinstance(one, AgreementStanding):
            self.agreement_wanted.emit(AgreementId(one.agreement.id))

    def _on_person(self, index: QModelIndex) -> None:
        one = index.data(ROW_ROLE)
        if isinstance(one, PlaceStanding):
            self.person_wanted.emit(one.person_id)

    def take_keyboard(self) -> None:
        """Begin with the agreements."""
        (self.table if self.agreements.rows else self.empty.button).setFocus()

    def escape(self) -> bool:
        """Close a notice, or go back to the referrals."""
        if not super().escape():
            self.left.emit()
        return True
