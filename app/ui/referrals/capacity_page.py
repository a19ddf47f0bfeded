"""Capacity: the activities with their room and who waits; a card of the one in hand."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from app.domain.activities import Activity
from app.domain.capacity import Capacity
from app.domain.changes import Topic
from app.domain.ids import ActivityId, PersonId
from app.domain.periods import year_ending
from app.services import capacity
from app.services.result import Done, Refused
from app.ui import texts
from app.ui.book import Book
from app.ui.gathering import Gathering
from app.ui.referrals import capacity_words as said
from app.ui.referrals.capacity_card import CapacityCard
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.page import Page
from app.ui.widgets.side import scrolling_card

CAPACITY_COLUMNS: tuple[Column[Capacity], ...] = (
    Column(key="name", title="Activity", text=lambda one: one.activity.name, look="strong"),
    Column(
        key="room", title="Room", width=118, text=lambda one: said.room_chip(one)[0],
        chip=lambda one: said.room_chip(one)[1:],
    ),
    Column(
        key="waiting", title="Waiting", width=78,
        text=lambda one: f"{one.waiting:,}" if one.waiting else "",
    ),
    Column(
        key="wait", title="Usual wait", width=96, spare=True, look="aside",
        text=lambda one: said.long(one.typical_wait) if one.typical_wait is not None else "",
    ),
    Column(
        key="full", title="Told “full”", width=92, spare=True, look="aside",
        text=lambda one: f"{one.full:,}" if one.full else "",
    ),
)  # fmt: skip


class CapacityPage(Page):
    """How much room there is, said and printed."""

    topics = frozenset(
        {Topic.ACTIVITIES, Topic.PEOPLE, Topic.REFERRALS, Topic.ATTENDANCE, Topic.SESSIONS}
    )
    help_text = (
        "How many more each activity can take, who waits in which order, how long people usually "
        "wait, and how often somebody was told that it is full. Say a number by hand and the card "
        "carries it with today’s date. The cards are for link workers’ walls."
    )
    left = Signal()
    person_wanted = Signal(object)
    print_wanted = Signal(object)
    """The id of the activity whose card to print, None for all of them."""
    add_wanted = Signal()
    """An activity, where there is none."""
    change_wanted = Signal(object)
    """The Activity."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, self.tr("Capacity and waiting lists"), parent)
        looks = book.looks
        self._wanted: ActivityId | None = None
        self._months: tuple[capacity.FullMonth, ...] = ()
        self.back = ActionButton(looks, self.tr("Referrals"), icon="arrow-left", link=True)
        self.head.put_above(self.back)
        self.print_button = ActionButton(
            looks, self.tr("Print all cards…"), icon="printer", primary=True
        )
        self.change_button = ActionButton(looks, self.tr("What its card says…"), icon="pencil")
        self.print_one_button = ActionButton(looks, self.tr("Print its card…"), icon="printer")
        for button in (self.change_button, self.print_one_button, self.print_button):
            self.head.add_action(button)
        self.model = RowsModel(CAPACITY_COLUMNS, self)
        self.table = LedgerTable(looks, self.tr("Activities and their room"))
        self.table.setModel(self.model)
        self.table.keep_rows(4)
        self.list_card = Card(looks)
        self.list_card.body.addWidget(self.table, 1)
        self.card = CapacityCard(book)
        side = scrolling_card(self.card)
        self.columns = TwoColumns(looks, self.list_card, side, needed=940, side_width=470)
        self.empty = EmptyState(
            looks,
            icon="calendar-check",
            title=self.tr("No activities yet"),
            text=self.tr(
                "Add what you do: its room, who waits and its card for link workers are then here."
            ),
            action=self.tr("Add an activity…"),
        )
        self.empty.acted.connect(self.add_wanted)
        self.body.addWidget(self.columns, 1)
        self.body.addWidget(self.empty, 1)
        self.columns.hide()
        self.empty.hide()
        self.looking = Gathering(self)
        self._connect()

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.looking.found.connect(self._on_found)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.opened.connect(self._on_opened)
        self.print_button.clicked.connect(self._on_print_all)
        self.print_one_button.clicked.connect(self._on_print)
        self.change_button.clicked.connect(self._on_change)
        self.card.number_said.connect(self._on_said)
        self.card.waiting.offered.connect(self._on_offered)
        self.card.waiting.gave_up.connect(self._on_gave_up)
        self.card.waiting.person_wanted.connect(self.person_wanted)
        self.notice.acted.connect(self._on_notice)

    # --- showing -----------------------------------------------------------------------------

    def open_activity(self, activity_id: ActivityId | None) -> None:
        """Show the page with an activity in hand, None for the one that was."""
        self.notice.clear()
        self._wanted = activity_id or self._wanted
        self.reload()
        self.take_keyboard()

    def reload(self) -> None:
        """Read the room of every activity again, a question at a time."""
        self.looking.start(capacity.look_at_capacities(self.book.register, today=self.book.today()))

    def settle(self) -> None:
        """Look no further when the page is left; what is missing is read on coming back."""
        if self.looking.running:
            self.looking.stop()
            self._stale = True

    def _on_found(self, found: tuple[Capacity, ...]) -> None:
        year = year_ending(self.book.today())
        self._months = capacity.full_by_month(self.book.register, year)
        waiting_before = self.table.hasFocus()
        self.model.set_rows(found)
        ids = [one.activity.id for one in found]
        if found:
            place = ids.index(self._wanted) if self._wanted in ids else 0
            self.table.setCurrentIndex(self.model.index(place, 0))
        self.columns.setVisible(bool(found))
        self.empty.setVisible(not found)
        for button in (self.change_button, self.print_one_button, self.print_button):
            button.setVisible(bool(found))
        self.head.say(self.tr("Capacity and waiting lists"), self._summary(found))
        if waiting_before or (self.isVisible() and self.window().focusWidget() is None):
            self.take_keyboard()

    def _summary(self, found: tuple[Capacity, ...]) -> str:
        if not found:
            return ""
        full = sum(one.can_take == 0 for one in found)
        waiting = sum(one.waiting for one in found)
        told = sum(one.times for one in self._months)
        parts = [
            self.tr("{count} full").format(count=texts.counted(full, "activity", "activities")),
            texts.counted(waiting, self.tr("person waits"), self.tr("people wait")),
        ]
        if told:
            parts.append(
                self.tr("told “full” {count}").format(
                    count=texts.counted(told, self.tr("time"), self.tr("times"))
                )
            )
        return " · ".join(parts)

    @property
    def capacity(self) -> Capacity | None:
        """The activity in hand."""
        one = self.table.currentIndex().data(ROW_ROLE)
        return one if isinstance(one, Capacity) else None

    def _on_row(self, current: QModelIndex, _before: QModelIndex) -> None:
        one = current.data(ROW_ROLE)
        if isinstance(one, Capacity):
            self._wanted = one.activity.id
            waiting = capacity.waiting_in_order(self.book.register, one.activity.id)
            year = year_ending(self.book.today())
            months = said.months_of(self._months, year, one.activity.id)
            self.card.show_capacity(one, waiting, months)

    def _on_opened(self, _index: QModelIndex) -> None:
        self.card.number.setFocus()
        self.card.number.selectAll()

    # --- acting ------------------------------------------------------------------------------

    def _on_said(self, number: int | None) -> None:
        one, today = self.capacity, self.book.today()
        if one is None:
            return
        answer = self.book.commands.run(
            lambda: capacity.say_can_take(self.book.register, one.activity.id, number, today=today)
        )
        if isinstance(answer, Refused):
            self.card.show_problem(answer.text)

    def _on_offered(self, person_id: PersonId) -> None:
        one, today, name = self.capacity, self.book.today(), self._waiter()
        if one is None:
            return
        answer = self.book.commands.run(
            lambda: capacity.offer_place(
                self.book.register, one.activity.id, person_id, today=today
            )
        )
        self._told(answer, self.tr("{name} is on the register of {activity}."), name, one.activity)

    def _on_gave_up(self, person_id: PersonId) -> None:
        one, today, name = self.capacity, self.book.today(), self._waiter()
        if one is None:
            return
        answer = self.book.commands.run(
            lambda: capacity.give_up_place(
                self.book.register, one.activity.id, person_id, today=today
            )
        )
        self._told(answer, self.tr("{name} waits no more for {activity}."), name, one.activity)

    def _waiter(self) -> str:
        member = self.card.waiting.in_hand
        return member.person.list_name if member else ""

    def _told(
        self, answer: Done | Refused | None, then: str, name: str, activity: Activity
    ) -> None:
        if isinstance(answer, Refused):
            self.notice.tell(answer.text)
        elif isinstance(answer, Done):
            self.notice.tell(
                then.format(name=name, activity=activity.name), tone="good",
                actions=(("undo", self.tr("Undo")),),
            )  # fmt: skip
            waiting = self.card.waiting
            (waiting.table if waiting.model.rows else self.card.number).setFocus()

    def _on_notice(self, key: str) -> None:
        self.notice.clear()
        if key == "undo":
            self.book.history.undo()
            self.take_keyboard()

    def _on_print_all(self) -> None:
        self.print_wanted.emit(None)

    def _on_print(self) -> None:
        if self.capacity is not None:
            self.print_wanted.emit(self.capacity.activity.id)

    def _on_change(self) -> None:
        if self.capacity is not None:
            self.change_wanted.emit(self.capacity.activity)

    def take_keyboard(self) -> None:
        """Begin with the activities."""
        (self.table if self.model.rows else self.empty.button).setFocus()

    def escape(self) -> bool:
        """Close a notice, or go back to the referrals."""
        if not super().escape():
            self.left.emit()
        return True
