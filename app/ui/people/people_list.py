"""The list of people: instant search, filters, columns, and those chosen for one change."""

from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.changes import Topic
from app.domain.errors import AppError
from app.domain.ids import PersonId
from app.domain.settings import asked_purposes
from app.services import activities, people, settings
from app.services.people import Order, PersonRow, Wanted, Where
from app.ui import texts
from app.ui.book import Book
from app.ui.people.choosing import Choosing
from app.ui.people.chosen_bar import ChosenBar
from app.ui.people.column_choice import ColumnChoice
from app.ui.people.filters import FilterBar, Filters
from app.ui.people.list_look import ListLook
from app.ui.people.people_model import (
    PeopleModel,
    PersonLine,
    columns_for,
    order_of,
)
from app.ui.people.people_table import PeopleTable
from app.ui.people.search_line import SearchLine
from app.ui.people.words import nobody_words, totals_words
from app.ui.tables.blocks_model import BLOCK
from app.ui.tables.rows_model import ROW_ROLE
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.page import Page

_EVERYONE = "everyone"
_MOST_LETTERS = 200
"""Letters of a search: more is something pasted by mistake."""


class PeopleListPage(Page):
    """Everybody in the book, found as one types."""

    topics = frozenset({Topic.PEOPLE, Topic.ATTENDANCE, Topic.ACTIVITIES, Topic.SETTINGS})
    help_text = (
        "Everybody in the book. Type part of a name, a phone number or a postcode to find somebody; "
        "accents and capitals do not matter. Enter opens the person in hand, Space ticks them, and "
        "what is ticked can be changed together. Press a column’s head to put the list in its order."
    )
    chosen = Signal(object)
    """The id of the person to show."""
    add_wanted = Signal()
    doubles_wanted = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, self.tr("People"), parent)
        self.looking = ListLook(book, self)
        self._build_head()
        self._build_controls()
        self._build_list()
        self._connect()
        self._show_columns()

    def _build_head(self) -> None:
        looks = self.book.looks
        self.doubles_button = ActionButton(looks, self.tr("Likely doubles"), icon="copy")
        self.add_button = ActionButton(
            looks, self.tr("Add person…"), icon="user-plus", primary=True
        )
        self.doubles_button.clicked.connect(self.doubles_wanted)
        self.add_button.clicked.connect(self.add_wanted)
        self.head.add_action(self.doubles_button)
        self.head.add_action(self.add_button)

    def _build_controls(self) -> None:
        looks = self.book.looks
        self.search = SearchLine()
        self.search.setMaxLength(_MOST_LETTERS)
        self.search.setPlaceholderText(self.tr("Name, phone or postcode"))
        self.search.setAccessibleName(self.tr("Find people"))
        self.search.show_icon(looks, "search")
        self.filter_bar = FilterBar(looks, people.age_bands(self.book.register))
        self.column_choice = ColumnChoice(looks)
        self.filter_bar.add(self.column_choice)
        self._controls = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._controls.addWidget(self.search, 1)
        self._controls.addWidget(self.filter_bar, 2)
        self.card = Card(looks)
        self.card.body.addLayout(self._controls)

    def _build_list(self) -> None:
        looks = self.book.looks
        self.model = PeopleModel(self)
        self.table = PeopleTable(looks, self.tr("People"))
        self.table.setModel(self.model)
        self.card.body.addWidget(self.table, 1)
        self.nobody = EmptyState(looks, icon="users", title="", text="", action="add")
        self.nobody.hide()
        self.card.body.addWidget(self.nobody, 1)
        self.chosen_bar = ChosenBar(looks)
        self.card.body.addWidget(self.chosen_bar)
        self.choosing = Choosing(self.book, self, self.looking.hidden)
        self.body.addWidget(self.card, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_typed)
        self.search.went_down.connect(self.focus_list)
        self.filter_bar.changed.connect(self._on_filters)
        self.column_choice.columns_changed.connect(self._on_columns)
        self.column_choice.order_changed.connect(self._on_order)
        self.table.opened.connect(self._on_opened)
        self.table.ticked.connect(self._on_ticked)
        self.table.typed.connect(self._on_letter)
        self.table.all_wanted.connect(self.choose_all)
        self.table.order_wanted.connect(self.column_choice.order_by)
        self.model.tick_requested.connect(self.choosing.turn)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.table.verticalScrollBar().rangeChanged.connect(self._on_scrolled)
        self.chosen_bar.wanted.connect(self.choosing.carry_out)
        self.choosing.changed.connect(self._on_chosen)
        self.choosing.said.connect(self._on_said)
        self.nobody.acted.connect(self._on_nobody)
        self.notice.acted.connect(self._on_notice)
        self.looking.ready.connect(self._on_ready)
        self.looking.failed.connect(self._on_look_failed)
        self.looking.progressed.connect(self._on_progress)
        self.book.looks.changed.connect(self._on_looks)

    # --- showing -----------------------------------------------------------------------------

    @property
    def filters(self) -> Filters:
        """What narrows the list now."""
        return self.filter_bar.filters

    @property
    def typed(self) -> str:
        """What is searched for."""
        return self.search.text().strip()

    @property
    def person(self) -> PersonRow | None:
        """The person in hand."""
        line = self.table.currentIndex().data(ROW_ROLE)
        return line.person if isinstance(line, PersonLine) else None

    def reload(self) -> None:
        """Read everything again, with the same person in hand where they are still in sight."""
        in_hand, bar = self.person, self.table.verticalScrollBar().value()
        register = self.book.register
        self.filter_bar.offer_activities(activities.list_activities(register))
        self.filter_bar.offer(people.age_bands(register), asked_purposes(settings.read(register)))
        self.looking.forget()
        self._ask()
        if in_hand is not None:
            self.table.verticalScrollBar().setValue(bar)
            self._on_scrolled()
            self._take_in_hand(in_hand.id)
        self.choosing.look_again()

    def _ask(self) -> None:
        """Ask for the list as it is wanted now; it is shown when it is there."""
        wanted = self.filters.wanted(self.book.today(), self.filter_bar.bands)
        order = order_of(self.column_choice.order) or Order.NAME
        wanted = replace(wanted, order=order, down=self.column_choice.down)
        self.looking.ask(self.filters, wanted, self.typed)

    def _on_ready(self) -> None:
        found = self.looking.page()
        self.model.start(found.total, self._lines(found.rows))
        if found.total:
            self.table.setCurrentIndex(self.model.index(0, 1))
        self._say(found.total)
        self.choosing.say_again()

    def _lines(self, rows: tuple[PersonRow, ...]) -> tuple[PersonLine, ...]:
        return self.looking.lines(rows, self.column_choice.chosen)

    def _say(self, total: int) -> None:
        count = texts.counted(total, self.tr("person"), self.tr("people"))
        self.head.say(self.tr("People"), self._counts())
        narrowed = bool(self.typed) or self.filters != Filters()
        nobody_at_all = not total and not narrowed and not any(self._totals or ())
        for control in (self.search, self.filter_bar):
            control.setVisible(not nobody_at_all)
        self.nobody.setVisible(not total)
        self.table.setVisible(bool(total))
        self._tell_filter(count if narrowed else "")
        if not total:
            self._say_nobody(nobody_at_all=nobody_at_all)

    def _counts(self) -> str:
        if self._totals is None:
            register, today = self.book.register, self.book.today()
            self._totals = tuple(
                people.count_people(register, Wanted(today=today, where=where))
                for where in (Where.HERE, Where.LEFT, Where.BIN)
            )
        return totals_words(*self._totals)

    _totals: tuple[int, ...] | None = None

    def _tell_filter(self, count: str) -> None:
        if not count:
            if self._told:
                self.notice.clear()
            self._told = False
            return
        asked = self.filters.words(self.filter_bar.bands)
        typed = self.tr("found by “{typed}”").format(typed=self.typed) if self.typed else ""
        what = " · ".join(part for part in (asked, typed) if part)
        self._told = True
        self.notice.tell(
            self.tr("Showing {count}: {what}.").format(count=count, what=what),
            tone="plain",
            actions=((_EVERYONE, self.tr("Show everyone")),),
        )

    _told = False

    def _say_nobody(self, *, nobody_at_all: bool) -> None:
        self.nobody.say(
            *nobody_words(
                at_all=nobody_at_all, filtered=self.filters != Filters(), typed=self.typed
            )
        )

    def _show_columns(self) -> None:
        choice = self.column_choice
        missed = self.filters.not_seen
        self.model.set_columns(
            columns_for(choice.chosen, own_choice=choice.own_choice, missed=missed)
        )
        self._show_order()
        self.table.spread()

    def _show_order(self) -> None:
        icon = self.book.looks.icon
        self.model.arrows = (icon("chevron-up", "muted", 14), icon("chevron-down", "muted", 14))
        self.model.show_sorted(self.column_choice.order, down=self.column_choice.down)

    def search_for(self, typed: str) -> None:
        """Search for something, from elsewhere."""
        self.search.setText(typed)

    def show_everyone(self) -> None:
        """Ask nothing of the list any more."""
        self.search.blockSignals(True)
        self.search.empty()
        self.search.blockSignals(False)
        if self.filters == Filters():
            self._ask()
        self.filter_bar.set_filters(Filters())

    def show_not_seen(self) -> None:
        """Show those who were not seen for three sessions, from elsewhere."""
        self.filter_bar.set_filters(Filters(not_seen=True))

    def show_bin(self) -> None:
        """Show who is in the bin."""
        self.filter_bar.set_filters(Filters(where=Where.BIN))

    def focus_list(self) -> None:
        """Give the list the keyboard."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_keyboard(self) -> None:
        """Begin with the search, with the list in sight under it."""
        self.search.setFocus()
        self.bring_up(self.search)

    def escape(self) -> bool:
        """Choose nobody, or show everybody again."""
        if self.choosing.ids:
            self.choosing.clear()
        elif self.typed or self.filters != Filters():
            self.show_everyone()
        else:
            return super().escape()
        return True

    # --- acting ------------------------------------------------------------------------------

    def choose_all(self) -> None:
        """Choose everybody shown; all of them again chooses nobody."""
        ids = self.looking.ids()
        if self.choosing.ids.issuperset(ids):
            self.choosing.clear()
        else:
            self.choosing.add(ids)

    def _take_in_hand(self, person_id: PersonId) -> None:
        first = max(0, self.table.rowAt(0))
        for place in range(first, min(first + 2 * BLOCK, self.model.rowCount())):
            line = self.model.row_at(place)
            if line is not None and line.person.id == person_id:
                self.table.setCurrentIndex(self.model.index(place, 1))
                return

    def _on_changed(self, topics: frozenset[Topic], origin: object) -> None:
        self._totals = None
        super()._on_changed(topics, origin)  # type: ignore[arg-type]

    def _on_typed(self) -> None:
        self._ask()
        self.table.scrollToTop()
        self.bring_up(self.search)

    def _on_filters(self, _filters: Filters) -> None:
        self._show_columns()
        self._ask()
        self.table.scrollToTop()
        self._on_chosen()

    def _on_columns(self) -> None:
        self._show_columns()
        self._ask()

    def _on_order(self) -> None:
        self._show_order()
        self._ask()
        self.table.scrollToTop()

    def _on_progress(self, done: int, total: int) -> None:
        self._told = True
        self.notice.tell(
            self.tr("Looking through the book: {done} of {total} …").format(
                done=f"{done:,}", total=f"{total:,}"
            ),
            tone="plain",
            actions=((_EVERYONE, self.tr("Stop and show everyone")),),
        )

    def _on_look_failed(self, error: AppError) -> None:
        self.notice.tell(error.text, tone="overdue")

    def _on_scrolled(self) -> None:
        """Read the blocks in sight before they are drawn."""
        first = self.table.rowAt(0)
        last = self.table.rowAt(self.table.viewport().height() - 1)
        if first < 0:
            return
        if last < 0:
            last = self.model.rowCount() - 1
        for offset in self.model.missing(first, last):
            self.model.fill(offset, self._lines(self.looking.page(offset).rows))

    def _on_opened(self, index: QModelIndex) -> None:
        line = index.data(ROW_ROLE)
        if isinstance(line, PersonLine):
            self.chosen.emit(line.person.id)

    def _on_ticked(self, line: PersonLine) -> None:
        self.choosing.turn(line.person.id)

    def _on_letter(self, letter: str) -> None:
        self.search.setFocus()
        self.search.setText(self.search.text() + letter)

    def _on_chosen(self) -> None:
        self.model.show_ticked(self.choosing.ids)
        ids, in_bin = self.choosing.ids, self.filters.where is Where.BIN
        self.chosen_bar.show_chosen(len(ids), self.choosing.words(), in_bin=in_bin)

    def _on_said(self, text: str, tone: str) -> None:
        self._told = False
        self.notice.tell(text, tone=tone, actions=self.choosing.after)

    def _on_nobody(self) -> None:
        if self.filters != Filters():
            self.show_everyone()
        else:
            self.add_wanted.emit()

    def _on_notice(self, key: str) -> None:
        if key == _EVERYONE:
            if self.looking.waits_for_coming:
                self.column_choice.order_by("name", down=False)
            self.show_everyone()
        elif key == "bin":
            self.show_bin()
        elif key == "undo":
            self.notice.clear()
            self.book.history.undo()

    def _on_looks(self) -> None:
        self._show_order()
        self._arrange()

    def resizeEvent(self, event: object) -> None:
        """Put the filters under the search where there is no room beside it."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._arrange()

    def _arrange(self) -> None:
        directions = QBoxLayout.Direction
        narrow = self.width() < self.book.looks.px(1000)
        self._controls.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self._controls.setSpacing(self.book.looks.px(10))
