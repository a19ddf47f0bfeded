"""Referrals: the board by state and the plain list, found as one types."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.domain.changes import Topic
from app.domain.errors import AppError
from app.domain.ids import ReferralId
from app.services import activities, referrals
from app.services.referrals import Looked, ReferralRow
from app.ui.book import Book
from app.ui.people.search_line import SearchLine
from app.ui.referrals import words as said
from app.ui.referrals.board import Board
from app.ui.referrals.filters import BIN, FilterBar, Filters
from app.ui.referrals.list_table import ReferralModel, ReferralTable
from app.ui.referrals.look import ReferralLook
from app.ui.tables.rows_model import ROW_ROLE
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.page import Page
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.words import words

_ALL = "all"
_MOST_LETTERS = 200


class ReferralListPage(Page):
    """Who was sent, by whom, and what is to be done about it."""

    topics = frozenset(
        {Topic.REFERRALS, Topic.PEOPLE, Topic.ATTENDANCE, Topic.ACTIVITIES, Topic.SESSIONS}
    )
    help_text = (
        "Everybody who was sent to you. On the board each column is a state: arrows go from card to "
        "card and from column to column, Enter opens, and a letter takes the next step: A offers a "
        "place, W is the waiting list, F says that you are full, T notes a try to reach them, S that "
        "you spoke, N that they said no. An answer is due on day 10; day 14 is the line. Who comes "
        "for the first time moves to “Here” by itself. The list shows all of them, in any order."
    )
    chosen = Signal(object)
    """The id of the referral to show."""
    record_wanted = Signal()
    book_wanted = Signal()
    """Show the referrer book."""
    step_wanted = Signal(object, object, str)
    """The ReferralRow, the Step and its reason."""
    counted = Signal(int)
    """How many referrals wait for an answer."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, self.tr("Referrals"), parent)
        self.looking = ReferralLook(book, self)
        self._told = self._any = self._unread = self._wants_board = False
        self._waiting = ""
        self._build_head()
        self._build_controls()
        self._build_parts()
        self._connect()

    def _build_head(self) -> None:
        looks = self.book.looks
        self.book_button = ActionButton(looks, self.tr("Referrer book"), icon="book-open")
        self.record_button = ActionButton(
            looks, self.tr("Record referral…"), icon="plus", primary=True
        )
        self.head.add_action(self.book_button)
        self.head.add_action(self.record_button)
        self.book_button.clicked.connect(self.book_wanted)
        self.record_button.clicked.connect(self.record_wanted)

    def _build_controls(self) -> None:
        looks = self.book.looks
        self.search = SearchLine()
        self.search.setMaxLength(_MOST_LETTERS)
        self.search.setPlaceholderText(self.tr("Name, organisation, worker or reference"))
        self.search.setAccessibleName(self.tr("Find referrals"))
        self.search.show_icon(looks, "search")
        self.filter_bar = FilterBar(looks)
        self._controls = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._controls.addWidget(self.search, 1)
        self._controls.addWidget(self.filter_bar, 2)

    def _build_parts(self) -> None:
        looks = self.book.looks
        self.board = Board(looks)
        board = QWidget()
        under = QVBoxLayout(board)
        under.setContentsMargins(0, 0, 0, 0)
        under.addWidget(self.board, 1)
        self.keys = words(said.tr(said.KEYS), "small", wrap=True)
        under.addWidget(self.keys)
        self.model = ReferralModel(self)
        self.table = ReferralTable(looks, self.tr("Referrals"))
        self.table.setModel(self.model)
        self.listing = Card(looks)
        self.listing.body.addWidget(self.table, 1)
        self.none = EmptyState(looks, icon="search", title="", text="")
        self.none.hide()
        self.listing.body.addWidget(self.none, 1)
        self.tabs = Tabs(looks, self.tr("How to show them"))
        self.tabs.add("board", self.tr("Board"), board)
        self.tabs.add("list", self.tr("List"), self.listing)
        self.empty = EmptyState(
            looks,
            icon="inbox",
            title=self.tr("Nobody was referred yet"),
            text=self.tr(
                "When somebody is sent to you by phone, on paper or by email, write it down here: a "
                "first name is enough. The board then says who waits for an answer, who came, and "
                "who pays."
            ),
            action=self.tr("Record a referral…"),
        )
        self.empty.hide()
        self.body.addLayout(self._controls)
        self.body.addWidget(self.tabs, 1)
        self.body.addWidget(self.empty, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_typed)
        self.search.went_down.connect(self.focus_list)
        self.filter_bar.changed.connect(self._on_filters)
        self.tabs.chosen.connect(self._on_tab)
        self.board.opened.connect(self.chosen)
        self.board.step_wanted.connect(self.step_wanted)
        self.board.refused.connect(self._on_refused)
        self.board.more_wanted.connect(self.show_states)
        self.board.left_upwards.connect(self._to_search)
        self.table.opened.connect(self._on_opened)
        self.table.typed.connect(self._on_letter)
        self.table.order_wanted.connect(self._on_order)
        self.table.left_upwards.connect(self._to_search)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.table.verticalScrollBar().rangeChanged.connect(self._on_scrolled)
        self.empty.acted.connect(self.record_wanted)
        self.none.acted.connect(self.show_all)
        self.notice.acted.connect(self._on_notice)
        self.looking.looked.connect(self._on_looked)
        self.looking.listed.connect(self._on_listed)
        self.looking.failed.connect(self._on_failed)
        self.looking.progressed.connect(self._on_progress)

    # --- showing -----------------------------------------------------------------------------

    @property
    def filters(self) -> Filters:
        """What narrows the referrals now."""
        return self.filter_bar.filters

    @property
    def typed(self) -> str:
        """What is searched for."""
        return self.search.text().strip()

    @property
    def narrowed(self) -> bool:
        """Whether somebody may be left out."""
        return bool(self.typed) or self.filters != Filters()

    def reload(self) -> None:
        """Look at everything again; what is shown already follows at once."""
        self.filter_bar.offer_activities(activities.list_activities(self.book.register))
        self._show_arrows()
        self._ask(at_once=referrals.are_few(self.book.register, today=self.book.today()))
        if self.looking.running and self.looking.found is not None:
            self._show_board()

    def _ask(self, *, at_once: bool = True) -> None:
        order, down = self.model.order, self.model.down
        self.looking.ask(self.filters, self.typed, order, down=down, at_once=at_once)

    def settle(self) -> None:
        """Look no further when the page is left; it is looked at again on coming back."""
        if self.looking.running:
            self.looking.stop()
            self._stale = True

    def _on_looked(self) -> None:
        if self._told and self.looking.found is not None:
            self.notice.clear()
            self._told = False
        self._show_board()
        self._say()
        if self._wants_board and self.search.hasFocus() and not self.typed:
            self.focus_list()
        self._wants_board = False

    def _show_board(self) -> None:
        self.board.show_lanes(*self.looking.cards())

    def _on_listed(self) -> None:
        self._unread = self.tabs.key != "list"
        if self._unread:  # it is read when somebody looks at it
            self._any = self.narrowed or referrals.are_any(self.book.register)
        else:
            self._show_list()
        self._say()

    def _show_list(self) -> None:
        self._unread = False
        in_hand = self.table.row
        bar = self.table.verticalScrollBar().value()
        rows, total = self.looking.page()
        self._any = bool(total)
        self.model.start(total, rows)
        if total:
            self.table.setCurrentIndex(self.model.index(0, 0))
        if in_hand is not None:
            self.table.verticalScrollBar().setValue(bar)
            self._on_scrolled()
            self._take_in_hand(in_hand.id)
        self.table.setVisible(bool(total))
        self.none.setVisible(not total)
        if not total:
            self._say_none()

    def _say_none(self) -> None:
        if self.looking.in_bin and not self.typed:
            self.none.say(self.tr("The bin is empty"), self.tr("No referral is in the bin."))
            return
        self.none.say(
            self.tr("No referral is found by that"),
            self.tr("Search for less, or ask less of the list."),
            self.tr("Show all referrals"),
        )

    def _say(self) -> None:
        found = self.looking.found
        if found is not None and not self.narrowed:
            self._waiting = self._waiting_words(found)
        nothing = not self.narrowed and not self._any
        self.head.say(self.tr("Referrals"), "" if nothing else self._waiting)
        self.empty.setVisible(nothing)
        for control in (self.tabs, self.search, self.filter_bar):
            control.setVisible(not nothing)

    def _waiting_words(self, found: Looked) -> str:
        waiting = len(found.lanes["answer"])
        self.counted.emit(waiting)
        parts = [self.tr("{count} to answer").format(count=f"{waiting:,}")]
        if found.due:
            parts.append(self.tr("{count} due").format(count=f"{found.due:,}"))
        if found.past:
            parts.append(self.tr("{count} past the 14-day line").format(count=f"{found.past:,}"))
        return " · ".join(parts)

    def _show_arrows(self) -> None:
        icon = self.book.looks.icon
        self.model.arrows = (icon("chevron-up", "muted", 14), icon("chevron-down", "muted", 14))

    # --- going about -------------------------------------------------------------------------

    def focus_list(self) -> None:
        """Give the board or the list the keyboard."""
        if self.tabs.key == "board":
            self.board.take_keyboard()
        else:
            self.table.setFocus()

    def take_keyboard(self) -> None:
        """Begin with the cards, or with the search where there are none."""
        self.fresh()
        if self.empty.isVisibleTo(self):
            self.empty.button.setFocus()
            return
        self.search.setFocus()
        self._wants_board = self.looking.found is None
        self.focus_list()
        self.bring_up(self.tabs)

    def search_for(self, typed: str) -> None:
        """Search for something, from elsewhere."""
        self.search.setText(typed)
        self.tabs.show_part("list")

    def show_states(self, stands: str) -> None:
        """Show those of a state, or of a column of the board, as a list."""
        self.filter_bar.choose(stands=stands)
        self.tabs.show_part("list")
        self.table.setFocus()

    def show_bin(self) -> None:
        """Show what is in the bin."""
        self.show_states(BIN)

    def show_all(self) -> None:
        """Ask nothing of the list any more."""
        self.search.blockSignals(True)
        self.search.empty()
        self.search.blockSignals(False)
        self.filter_bar.choose()

    def take_again(self, referral_id: ReferralId) -> None:
        """Take up the board or the list where somebody left it for one referral."""
        if self.tabs.key != "board" or not self.board.take_card(referral_id):
            self.focus_list()

    def escape(self) -> bool:
        """Ask nothing of the list any more, or close a notice."""
        if self.narrowed:
            self.show_all()
            return True
        return super().escape()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the filters under the search where there is no room beside it."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        directions = QBoxLayout.Direction
        narrow = self.width() < self.book.looks.px(1000)
        self._controls.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self._controls.setSpacing(self.book.looks.px(10))

    def _on_page_looks_changed(self) -> None:
        super()._on_page_looks_changed()
        if hasattr(self, "_controls"):
            self._arrange()

    # --- answering ---------------------------------------------------------------------------

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _on_typed(self) -> None:
        self._ask()
        self.table.scrollToTop()

    def _on_filters(self) -> None:
        self._ask()
        if self.filters.stands and self.tabs.key == "board":
            self.tabs.show_part("list")  # the board has every state beside one another
        self.table.scrollToTop()

    def _on_tab(self, key: str) -> None:
        if key == "board" and self.filters.stands:
            self.filter_bar.stands.setCurrentIndex(0)
            self._ask()
        elif key == "list" and self._unread and not self.looking.waits:
            self._show_list()

    def _on_order(self, key: str) -> None:
        if self.model.order_by(key):
            self.looking.order(self.model.order, down=self.model.down)
            self.table.scrollToTop()

    def _on_letter(self, letter: str) -> None:
        self.search.setFocus()
        self.search.setText(self.search.text() + letter)

    def _on_opened(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, ReferralRow):
            self.chosen.emit(row.id)

    def _take_in_hand(self, referral_id: ReferralId) -> None:
        first = max(0, self.table.rowAt(0))
        for place in range(first, min(first + 100, self.model.rowCount())):
            if (row := self.model.row_at(place)) is not None and row.id == referral_id:
                self.table.setCurrentIndex(self.model.index(place, 0))
                return

    def _on_scrolled(self) -> None:
        """Read the blocks in sight before they are drawn."""
        first = self.table.rowAt(0)
        last = self.table.rowAt(self.table.viewport().height() - 1)
        if first < 0:
            return
        if last < 0:
            last = self.model.rowCount() - 1
        for offset in self.model.missing(first, last):
            self.model.fill(offset, self.looking.page(offset)[0])

    def _on_progress(self, done: int, total: int) -> None:
        """Say how far the first look is, now and then; later ones go on behind what is shown."""
        tenth = 10 * done // max(1, total)
        if self.looking.found is None and tenth != self._tenth:
            self._tenth = tenth
            self._told = True
            text = self.tr("Looking through the referrals: {part} % …")
            self.notice.tell(text.format(part=10 * tenth), tone="plain")

    _tenth = 0

    def _on_refused(self, text: str) -> None:
        self.notice.tell(text)

    def _on_failed(self, error: AppError) -> None:
        self.notice.tell(error.text, tone="overdue")

    def _on_notice(self, key: str) -> None:
        self.notice.clear()
        if key == "undo":
            self.book.history.undo()
