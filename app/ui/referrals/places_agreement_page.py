"""One agreement: its terms, the people with a place under it, what is used and left of each."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.domain.changes import Topic
from app.domain.ids import AgreementId
from app.services import activities, places
from app.services.places import AgreementStanding, PlaceStanding
from app.services.result import Done, Refused
from app.ui import texts
from app.ui.book import Book
from app.ui.referrals import places_words as said
from app.ui.referrals.places_agreement_dialog import AgreementDialog
from app.ui.referrals.places_bars import BarsModel, BarTable
from app.ui.referrals.places_give_dialog import EndPlaceDialog, GivePlaceDialog
from app.ui.referrals.places_sessions_dialog import PlaceSessionsDialog
from app.ui.tables.rows_model import ROW_ROLE, Column
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.facts import Facts
from app.ui.widgets.page import Page
from app.ui.widgets.side import scrolling_card
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow


def place_columns(book: Book) -> tuple[Column[PlaceStanding], ...]:
    """Return the columns of the places under an agreement."""
    today = book.today
    return (
        Column(key="name", title="Who", text=said.person_name, look="strong"),
        Column(
            key="state", title="Now", width=150, least=144,
            text=lambda one: said.place_chip(one, today())[0],
            chip=lambda one: said.place_chip(one, today())[1:],
        ),
        Column(
            key="used", title="Used", width=202, least=126,
            text=lambda one: said.used_words(one.count, one.counted_by),
        ),
        Column(
            key="until", title="Last day", width=142, spare=True, look="aside",
            text=lambda one: said.day_words(one.last_on),
        ),
        Column(
            key="missed", title="Missed", width=66, spare=True, look="aside",
            text=lambda one: f"{one.count.no_shows:,}" if one.count.no_shows else "",
        ),
    )  # fmt: skip


class AgreementPage(Page):
    """An agreement and its people."""

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
        "Everybody with a place under this agreement. Attendance uses a place up by itself: Enter "
        "shows the sessions, where a single one can be corrected with its reason. Ending a place "
        "keeps what was used; the bin is for one that was given by mistake."
    )
    left = Signal()
    person_wanted = Signal(object)

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, parent=parent)
        self._agreement_id: AgreementId | None = None
        self.standing: AgreementStanding | None = None
        self._build_head()
        self._build_people()
        self.terms_card = Card(book.looks, self.tr("What was agreed"))
        self.terms = Facts(book.looks)
        self.terms_card.body.addWidget(self.terms)
        self.terms_card.body.addStretch(1)
        side = scrolling_card(self.terms_card)
        self.columns = TwoColumns(book.looks, self.people_card, side, needed=900, side_width=300)
        self.body.addWidget(self.columns, 1)
        self.notice.acted.connect(self._on_notice)

    def _build_head(self) -> None:
        looks = self.book.looks
        self.back = ActionButton(looks, self.tr("All agreements"), icon="arrow-left", link=True)
        self.head.put_above(self.back)
        self.bin_button = ActionButton(looks, self.tr("Put in the bin"), icon="trash-2")
        self.change_button = ActionButton(looks, self.tr("Change…"), icon="pencil")
        self.give_button = ActionButton(
            looks, self.tr("Give a place…"), icon="user-plus", primary=True
        )
        for button in (self.bin_button, self.change_button, self.give_button):
            self.head.add_action(button)
        self.back.clicked.connect(self.left)
        self.bin_button.clicked.connect(self._on_bin)
        self.change_button.clicked.connect(self._on_change)
        self.give_button.clicked.connect(self._on_give)

    def _build_people(self) -> None:
        looks, tr = self.book.looks, self.tr
        self.people_card = Card(looks)
        self.places = BarsModel(
            place_columns(self.book), lambda one: (one.count.used, one.count.granted), self
        )
        self.table = BarTable(looks, tr("People with a place"))
        self.table.setModel(self.places)
        self.table.keep_rows(4)
        self.nobody = words(tr("Nobody has a place under this agreement yet."), "aside", wrap=True)
        self.sessions_button = ActionButton(looks, tr("Sessions…"), icon="list-checks")
        self.change_place_button = ActionButton(looks, tr("Change place…"), icon="pencil")
        self.end_button = ActionButton(looks, tr("End it…"), icon="calendar-x")
        self.bin_place_button = ActionButton(looks, tr("Put place in the bin"), icon="trash-2")
        self.person_button = ActionButton(looks, tr("Their page"), icon="user", link=True)
        self.foot_row = WrapRow(looks)
        for button, act in (
            (self.sessions_button, self._on_sessions),
            (self.change_place_button, self._on_change_place),
            (self.end_button, self._on_end),
            (self.bin_place_button, self._on_bin_place),
            (self.person_button, self._on_person),
        ):
            self.foot_row.add(button)
            button.clicked.connect(act)
        self.people_card.body.addWidget(self.nobody)
        self.people_card.body.addWidget(self.table, 1)
        self.people_card.body.addWidget(self.foot_row)
        self.people_card.body.addStretch(0)
        self.table.opened.connect(self._on_opened)

    # --- showing -----------------------------------------------------------------------------

    def open_agreement(self, agreement_id: AgreementId) -> None:
        """Show another agreement."""
        self._agreement_id = agreement_id
        self.notice.clear()
        self.reload()
        self.take_keyboard()

    def reload(self) -> None:
        """Read the agreement and its places again."""
        if self._agreement_id is None:
            return
        register, today = self.book.register, self.book.today()
        self.standing = places.standing_of(register, self._agreement_id, today=today)
        if self.standing is None:  # it is gone: in the bin, or taken away by an undo
            self.left.emit()
            return
        agreement = self.standing.agreement
        self.head.say(said.title_of(agreement), self._summary(self.standing))
        named = {int(one.id): one.name for one in activities.list_activities(register)}
        self.terms.show_facts(said.terms(agreement, named))
        rows = places.places_under(register, agreement.id, today=today)
        before = self.place
        self.places.set_rows(rows)
        ids = [one.place_id for one in rows]
        if rows:
            at = ids.index(before.place_id) if before and before.place_id in ids else 0
            self.table.setCurrentIndex(self.places.index(at, 0))
        self.table.setVisible(bool(rows))
        self.foot_row.setVisible(bool(rows))
        self.nobody.setVisible(not rows)
        self.bin_button.setVisible(not rows)
        full = self.standing.free == 0
        self.give_button.setEnabled(not full and not self.standing.over(today))

    def _summary(self, one: AgreementStanding) -> str:
        agreement, parts = one.agreement, []
        given = said.given_words(one)
        parts.append(self.tr("{given} places given").format(given=given))
        parts.append(
            self.tr("{used} used, {left} left").format(
                used=said.used_words(one.count, agreement.counted_by), left=f"{one.count.left:,}"
            )
        )
        if one.expiring:
            many = texts.counted(one.expiring, self.tr("ends"), self.tr("end"))
            parts.append(self.tr("{many} within 28 days").format(many=many))
        if one.out:
            many = texts.counted(one.out, self.tr("person has"), self.tr("people have"))
            parts.append(self.tr("{many} used all").format(many=many))
        if one.count.no_shows:
            parts.append(self.tr("{count} missed").format(count=f"{one.count.no_shows:,}"))
        worth = said.worth_words(one.worth_pence)
        if worth:
            parts.append(self.tr("{money} so far").format(money=worth))
        return " · ".join(parts)

    @property
    def place(self) -> PlaceStanding | None:
        """The place in hand."""
        one = self.table.currentIndex().data(ROW_ROLE)
        return one if isinstance(one, PlaceStanding) else None

    # --- acting ------------------------------------------------------------------------------

    def _run(self, work: Callable[[], Done | Refused], then: str) -> None:
        answer = self.book.commands.run(work)
        if isinstance(answer, Refused):
            self.notice.tell(answer.text)
        elif isinstance(answer, Done):
            self.notice.tell(then, tone="good", actions=(("undo", self.tr("Undo")),))

    def _on_notice(self, key: str) -> None:
        self.notice.clear()
        if key == "undo":
            self.book.history.undo()
            self.take_keyboard()

    def _on_bin(self) -> None:
        one = self.standing
        if one is not None:
            answer = self.book.commands.run(
                lambda: places.put_agreement_in_bin(self.book.register, one.agreement.id)
            )
            if isinstance(answer, Refused):
                self.notice.tell(answer.text)

    def _on_change(self) -> None:
        if self.standing is not None:
            self._open(AgreementDialog(self.book, self.standing.agreement, self.window()))

    def _on_give(self) -> None:
        if self.standing is not None:
            agreement = self.standing.agreement
            self._open(GivePlaceDialog(self.book, agreement=agreement, parent=self.window()))

    def _on_change_place(self) -> None:
        one = self.place
        kept = places.get_place(self.book.register, one.place_id) if one else None
        if kept is not None and self.standing is not None:
            agreement = self.standing.agreement
            self._open(
                GivePlaceDialog(self.book, agreement=agreement, place=kept, parent=self.window())
            )

    def _on_end(self) -> None:
        if self.place is not None:
            self._open(EndPlaceDialog(self.book, self.place, self.window()))

    def _on_sessions(self) -> None:
        if self.place is not None:
            self._open(PlaceSessionsDialog(self.book, self.place, self.window()))

    def _on_opened(self, _index: QModelIndex) -> None:
        self._on_sessions()

    def _on_bin_place(self) -> None:
        one = self.place
        if one is not None:
            self._run(
                lambda: places.put_place_in_bin(self.book.register, one.place_id),
                self.tr("{name}’s place is in the bin and counts nowhere.").format(
                    name=said.person_name(one)
                ),
            )
            self.take_keyboard()

    def _on_person(self) -> None:
        if self.place is not None:
            self.person_wanted.emit(self.place.person_id)

    def _open(self, dialog: QDialog) -> None:
        dialog.open()

    def take_keyboard(self) -> None:
        """Begin with the people."""
        (self.table if self.places.rows else self.give_button).setFocus()

    def escape(self) -> bool:
        """Close a notice, or go back to the agreements."""
        if not super().escape():
            self.left.emit()
        return True
