"""Who is on an activity's register, and who waits for a place."""

import datetime as dt

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.changes import Topic
from app.domain.ids import ActivityId, PersonId
from app.domain.periods import short_date
from app.domain.problems import Problem
from app.services import activities, people
from app.services.activities import ActivityStanding, Member
from app.services.people import PersonRow
from app.services.result import Done, Refused
from app.ui import texts
from app.ui.activities.words import activity_line
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.forms.field import Field
from app.ui.people.people_model import shown_name
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.page import Page
from app.ui.widgets.suggestions import SuggestField, Suggestion
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

_FOUND = 8
_DAY = dt.timedelta(days=1)


def _since(one: Member) -> str:
    until = f" to {short_date(one.to_on)}" if one.to_on else ""
    return f"{short_date(one.from_on)}{until}"


MEMBER_COLUMNS: tuple[Column[Member], ...] = (
    Column(key="name", title="Name", text=lambda one: shown_name(one.person), weight=2),
    Column(
        key="role", title="As", text=lambda one: texts.role_word(one.role), width=120, spare=True,
        look="aside",
    ),
    Column(key="since", title="Since", text=_since, width=260, least=134, look="aside"),
)  # fmt: skip
WAITING_COLUMNS: tuple[Column[Member], ...] = (
    Column(key="name", title="Name", text=lambda one: shown_name(one.person)),
    Column(
        key="since", title="Waits since", text=lambda one: short_date(one.from_on), width=150,
        look="aside",
    ),
)  # fmt: skip


class MembersPage(Page):
    """The register of an activity: put on, take off, let wait, offer a place."""

    topics = frozenset({Topic.ACTIVITIES, Topic.PEOPLE, Topic.SESSIONS, Topic.ATTENDANCE})
    help_text = (
        "Who is on this activity's register: they are printed on its sheets and offered when you "
        "take the register. Type a name and press Enter to put somebody on; take them off from any "
        "date, and what was entered stays. Whoever waits for a place is at the right."
    )
    left = Signal()
    change_wanted = Signal(object)
    """The activity to change."""
    end_wanted = Signal(object)
    person_wanted = Signal(object)

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, parent=parent)
        self._activity_id: ActivityId | None = None
        self.standing: ActivityStanding | None = None
        self._build_head()
        self._build_members()
        self._build_waiting()
        self.columns = TwoColumns(
            book.looks, self.members_card, self.waiting_card, needed=700, side_width=340
        )
        self.body.addWidget(self.columns, 1)
        self._connect()

    # --- building ----------------------------------------------------------------------------

    def _build_head(self) -> None:
        looks = self.book.looks
        self.change_button = ActionButton(looks, self.tr("Change activity…"), icon="pencil")
        self.end_button = ActionButton(looks, self.tr("End it…"), icon="calendar-x")
        self.bin_button = ActionButton(looks, self.tr("Put in the bin"), icon="trash-2")
        self.done_button = ActionButton(looks, self.tr("Done"), icon="check", primary=True)
        for button in (self.bin_button, self.end_button, self.change_button, self.done_button):
            self.head.add_action(button)

    def _build_members(self) -> None:
        looks = self.book.looks
        self.members_card = Card(looks, self.tr("On the register"))
        self.name = SuggestField(looks, self.tr("Put somebody on the register"))
        self.name.setPlaceholderText(self.tr("Type a name"))
        self.name.show_icon(looks, "user-plus")
        self.day = DateLine(self.book.today)
        self.name_field = Field(self.tr("Put somebody on"), self.name)
        self.day_field = Field(self.tr("From"), self.day)
        row = QHBoxLayout()
        row.addWidget(self.name_field, 3)
        row.addWidget(self.day_field, 2)
        self.members_card.body.addLayout(row)
        self.members = RowsModel(MEMBER_COLUMNS, self)
        self.members_table = LedgerTable(looks, self.tr("On the register"))
        self.members_table.setModel(self.members)
        self.members_table.keep_rows(4)
        self.members_card.body.addWidget(self.members_table, 1)
        self.empty = words(self.tr("Nobody is on it yet: type a name above."), "aside")
        self.members_card.body.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)
        self.off_button = ActionButton(looks, self.tr("Take off…"), icon="user-minus")
        self.off_day = DateLine(self.book.today)
        self.off_field = Field(self.tr("Their last day"), self.off_day)
        self.off_now = ActionButton(looks, self.tr("Take off"), icon="user-minus")
        self.off_field.hide()
        self.off_now.hide()
        foot = QHBoxLayout()
        foot.addWidget(self.off_button)
        foot.addWidget(self.off_field, 1)
        foot.addWidget(self.off_now)
        foot.addStretch(1)
        self.members_card.body.addLayout(foot)

    def _build_waiting(self) -> None:
        looks = self.book.looks
        self.waiting_card = Card(looks, self.tr("Waiting for a place"))
        self.wait_name = SuggestField(looks, self.tr("Let somebody wait"))
        self.wait_name.setPlaceholderText(self.tr("Type a name"))
        self.wait_field = Field(self.tr("Let somebody wait"), self.wait_name)
        self.waiting_card.body.addWidget(self.wait_field)
        self.waiting = RowsModel(WAITING_COLUMNS, self)
        self.waiting_table = LedgerTable(looks, self.tr("Waiting for a place"))
        self.waiting_table.setModel(self.waiting)
        self.waiting_table.keep_rows(2)
        self.waiting_card.body.addWidget(self.waiting_table, 1)
        self.nobody = words(self.tr("Nobody is waiting."), "aside", wrap=True)
        self.waiting_card.body.addWidget(self.nobody, 1, Qt.AlignmentFlag.AlignTop)
        self.offer_button = ActionButton(looks, self.tr("Give the place"), icon="user-check")
        self.give_up_button = ActionButton(looks, self.tr("Does not want it"), icon="x")
        row = WrapRow(looks)
        row.add(self.offer_button)
        row.add(self.give_up_button)
        self.waiting_card.body.addWidget(row)

    def _connect(self) -> None:
        self.done_button.clicked.connect(self.left)
        self.change_button.clicked.connect(self._on_change)
        self.end_button.clicked.connect(self._on_end)
        self.bin_button.clicked.connect(self._on_bin)
        self.name.wanted.connect(self._on_name_typed)
        self.name.taken.connect(self._on_put_on)
        self.name.entered.connect(self._on_name_entered)
        self.wait_name.wanted.connect(self._on_wait_typed)
        self.wait_name.taken.connect(self._on_let_wait)
        self.wait_name.entered.connect(self._on_wait_entered)
        self.off_button.clicked.connect(self._on_off)
        self.off_now.clicked.connect(self._on_off_now)
        self.off_day.returnPressed.connect(self._on_off_now)
        self.offer_button.clicked.connect(self._on_offer)
        self.give_up_button.clicked.connect(self._on_give_up)
        self.members_table.opened.connect(self._on_opened)
        self.waiting_table.opened.connect(self._on_opened)

    # --- showing -----------------------------------------------------------------------------

    def open_activity(self, activity_id: ActivityId) -> None:
        """Show the register of another activity."""
        self._activity_id = activity_id
        self.notice.clear()
        self._show_off(wanted=False)
        self.name.empty()
        self.wait_name.empty()
        self.day.show_day(self.book.today())
        self.reload()
        self.take_keyboard()

    def reload(self) -> None:
        """Read the register and the waiting list again."""
        if self._activity_id is None:
            return
        today, register = self.book.today(), self.book.register
        self.standing = activities.standing_of(register, self._activity_id, today=today)
        if self.standing is None:  # it is gone: in the bin, or taken away by an undo
            self.left.emit()
            return
        activity = self.standing.activity
        self.head.say(activity.name, activity_line(self.standing))
        _keep_in_hand(
            self.members_table, self.members,
            activities.on_register(register, activity.id, today=today),
        )  # fmt: skip
        waiting = activities.waiting_list(register, activity.id)
        _keep_in_hand(self.waiting_table, self.waiting, waiting)
        self.waiting_table.setVisible(bool(waiting))
        self.nobody.setVisible(not waiting)
        for button in (self.offer_button, self.give_up_button):
            button.setVisible(bool(waiting))
        self.off_button.setEnabled(bool(self.members.rows))
        self.members_table.setVisible(bool(self.members.rows))
        self.empty.setVisible(not self.members.rows)
        met = self.standing.standing.last_on is not None
        self.bin_button.setVisible(not met)
        self.end_button.setVisible(met and not self.standing.over)

    # --- acting ------------------------------------------------------------------------------

    def _run(self, answer: Done | Refused | None, field: Field | None = None) -> bool:
        if isinstance(answer, Refused):
            if field is not None:
                field.show_problem(answer.text)
            else:
                self.notice.tell(answer.text)
        elif isinstance(answer, Done):
            for shown in (self.name_field, self.day_field, self.wait_field, self.off_field):
                shown.show_problem("")
            self.notice.clear()
        return isinstance(answer, Done)

    def _on_name_typed(self, typed: str) -> None:
        self.name.offer(self._found(typed))

    def _on_wait_typed(self, typed: str) -> None:
        self.wait_name.offer(self._found(typed))

    def _found(self, typed: str) -> tuple[Suggestion, ...]:
        if not typed.strip():
            return ()
        found = people.list_people(self.book.register, typed, limit=_FOUND)
        return tuple(Suggestion(text=_told(row), value=row.id) for row in found.rows)

    def _on_put_on(self, person_id: PersonId) -> None:
        day = self.day.day("from_on")
        if not isinstance(day, dt.date):
            problem = day or Problem(code="date_needed", field="from_on")
            self.day_field.show_problem(problem.text)
            return
        self.day_field.show_problem("")
        if self._put_on(person_id, day, self.name_field):
            self.name.empty()
            self._warn_when_full()

    def _put_on(self, person_id: PersonId, day: dt.date, field: Field | None) -> bool:
        activity_id, today = self._activity_id, self.book.today()
        if activity_id is None:
            return False
        answer = self.book.commands.run(
            lambda: activities.put_on_register(
                self.book.register, activity_id, person_id, day, today=today
            )
        )
        return self._run(answer, field)

    def _warn_when_full(self) -> None:
        """Say that there are more people than places: allowed, but not unseen."""
        if self.standing is None or not self.standing.activity.capacity:
            return
        over = self.standing.standing.on_it - self.standing.activity.capacity
        if over > 0:
            more = texts.counted(over, "person more", "people more")
            self.notice.tell(self.tr("That is {more} than there are places.").format(more=more))

    def _on_let_wait(self, person_id: PersonId) -> None:
        activity_id, today = self._activity_id, self.book.today()
        if activity_id is None:
            return
        answer = self.book.commands.run(
            lambda: activities.let_wait(
                self.book.register, activity_id, person_id, today, today=today
            )
        )
        if self._run(answer, self.wait_field):
            self.wait_name.empty()

    def _on_name_entered(self, typed: str) -> None:
        self._enter(typed, self.name_field, self._on_put_on)

    def _on_wait_entered(self, typed: str) -> None:
        self._enter(typed, self.wait_field, self._on_let_wait)

    def _enter(self, typed: str, field: Field, take: object) -> None:
        """Enter with nobody chosen: the only one found is meant, else one is to be chosen."""
        found = self._found(typed)
        if len(found) == 1 and callable(take):
            take(found[0].value)
        elif typed.strip():
            field.show_problem(Problem(code="person_needed").text)

    def _on_off(self) -> None:
        self.off_day.show_day(self.book.today())
        self._show_off(wanted=True)
        self.off_day.setFocus()
        self.off_day.selectAll()

    def _show_off(self, *, wanted: bool) -> None:
        self.off_button.setVisible(not wanted)
        self.off_field.setVisible(wanted)
        self.off_now.setVisible(wanted)
        self.off_field.show_problem("")

    def _on_off_now(self) -> None:
        member, day = _in_hand(self.members_table), self.off_day.day("last")
        if not isinstance(day, dt.date):
            self.off_field.show_problem((day or Problem(code="date_needed")).text)
            return
        activity_id, today = self._activity_id, self.book.today()
        if member is None or activity_id is None:
            return
        answer = self.book.commands.run(
            lambda: activities.take_off_register(
                self.book.register, activity_id, member.person.id, day, today=today
            )
        )
        if self._run(answer, self.off_field):
            self._show_off(wanted=False)
            self.members_table.setFocus()

    def _on_offer(self) -> None:
        member = _in_hand(self.waiting_table)
        if member is not None and self._put_on(member.person.id, self.book.today(), None):
            self._warn_when_full()

    def _on_give_up(self) -> None:
        member, activity_id, today = (
            _in_hand(self.waiting_table),
            self._activity_id,
            self.book.today(),
        )
        if member is None or activity_id is None:
            return
        self._run(
            self.book.commands.run(
                lambda: activities.give_up_waiting(
                    self.book.register, activity_id, member.person.id, today=today
                )
            )
        )

    def _on_opened(self, index: QModelIndex | QPersistentModelIndex) -> None:
        member = index.data(ROW_ROLE)
        if isinstance(member, Member):
            self.person_wanted.emit(member.person.id)

    def _on_change(self) -> None:
        if self.standing is not None:
            self.change_wanted.emit(self.standing.activity)

    def _on_end(self) -> None:
        if self.standing is not None:
            self.end_wanted.emit(self.standing.activity)

    def _on_bin(self) -> None:
        activity_id = self._activity_id
        if activity_id is not None:
            self._run(
                self.book.commands.run(
                    lambda: activities.put_activity_in_bin(self.book.register, activity_id)
                )
            )

    # --- leaving -----------------------------------------------------------------------------

    def take_keyboard(self) -> None:
        """Begin with putting somebody on."""
        self.name.setFocus()
        self.bring_up(self.columns)

    def escape(self) -> bool:
        """Close what is open here; otherwise go back to the sessions."""
        if super().escape() or self.name.close_list() or self.wait_name.close_list():
            return True
        if self.off_field.isVisible():
            self._show_off(wanted=False)
            return True
        self.left.emit()
        return True


def _keep_in_hand(table: LedgerTable, model: RowsModel[Member], rows: tuple[Member, ...]) -> None:
    """Show rows; the person in hand stays in hand, or else the first is."""
    before = _in_hand(table)
    model.set_rows(rows)
    ids = [one.person.id for one in rows]
    place = ids.index(before.person.id) if before and before.person.id in ids else 0
    if rows:
        table.setCurrentIndex(model.index(place, 0))


def _in_hand(table: LedgerTable) -> Member | None:
    member = table.currentIndex().data(ROW_ROLE)
    return member if isinstance(member, Member) else None


def _told(row: PersonRow) -> str:
    return " · ".join(part for part in (shown_name(row), row.area) if part)
