"""A person's funded places, small, on their own page: what is used and left, the way to give one."""

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from app.domain.ids import PersonId
from app.services import places
from app.services.places import PlaceStanding
from app.ui.book import Book
from app.ui.people.fitted import fit
from app.ui.referrals import places_words as said
from app.ui.referrals.places_bars import BarsModel, BarTable
from app.ui.tables.rows_model import ROW_ROLE, Column
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

_MOST = 4


def own_columns(book: Book) -> tuple[Column[PlaceStanding], ...]:
    """Return the columns of one person's places."""
    today = book.today
    return (
        Column(key="under", title="Under", text=lambda one: one.agreement, look="strong"),
        Column(
            key="state", title="Now", width=170, least=150,
            text=lambda one: said.place_chip(one, today())[0],
            chip=lambda one: said.place_chip(one, today())[1:],
        ),
        Column(
            key="used", title="Used", width=240, least=130,
            text=lambda one: said.used_words(one.count, one.counted_by),
        ),
        Column(
            key="until", title="Last day", width=150, spare=True, look="aside",
            text=lambda one: said.day_words(one.last_on),
        ),
        Column(
            key="missed", title="Missed", width=76, spare=True, look="aside",
            text=lambda one: f"{one.count.no_shows:,}" if one.count.no_shows else "",
        ),
    )  # fmt: skip


class PlacesSection(Card):
    """The places of one person; Enter shows the sessions that used one."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "Funded place", parent)
        self._book = book
        self._person_id: PersonId | None = None
        looks = book.looks
        self.model = BarsModel(
            own_columns(book), lambda one: (one.count.used, one.count.granted), self
        )
        self.table = BarTable(looks, self.tr("Funded places of this person"))
        self.table.setModel(self.model)
        self.none = words(self.tr("Nobody pays for a place for them."), "aside", wrap=True)
        self.give_button = ActionButton(looks, self.tr("Give a place…"), icon="heart-handshake")
        row = WrapRow(looks)
        row.add(self.give_button)
        for widget in (self.table, self.none, row):
            self.body.addWidget(widget)
        self.table.opened.connect(self._on_opened)
        self.give_button.clicked.connect(self._on_give)

    def show_person(self, person_id: PersonId) -> None:
        """Show a person's places, those of joined records too, the newest first."""
        self._person_id = person_id
        found = places.places_of(self._book.register, person_id, today=self._book.today())
        self.model.set_rows(found[::-1])
        fit(self.table, most=_MOST)
        self.none.setVisible(not found)

    def _on_opened(self, index: QModelIndex) -> None:
        from app.ui.referrals.places_sessions_dialog import PlaceSessionsDialog

        one = index.data(ROW_ROLE)
        if isinstance(one, PlaceStanding):
            PlaceSessionsDialog(self._book, one, self.window()).open()

    def _on_give(self) -> None:
        from app.ui.referrals.places_give_dialog import GivePlaceDialog

        if self._person_id is not None:
            GivePlaceDialog(self._book, person_id=self._person_id, parent=self.window()).open()
