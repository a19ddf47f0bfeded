"""The referrer book: who sends people, who writes there, how many came from them and when last."""

from typing import Any

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from app.domain.changes import Topic
from app.domain.ids import ReferrerId
from app.domain.periods import short_date
from app.domain.referrals import SOURCE_TYPES
from app.services import referrals
from app.services.referrals import ReferrerRow, Worker
from app.services.result import Done, Refused
from app.ui import texts
from app.ui.book import Book
from app.ui.people.search_line import SearchLine
from app.ui.referrals.referrer_dialogs import JoinDialog, ReferrerDialog, WorkerDialog
from app.ui.tables.blocks_model import BlocksModel
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.facts import Facts
from app.ui.widgets.page import Page
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

_COLUMNS: tuple[Column[ReferrerRow], ...] = (
    Column(key="name", title="Organisation", text=lambda row: row.referrer.name, look="strong"),
    Column(
        key="type", title="Kind", text=lambda row: SOURCE_TYPES[row.referrer.source_type], width=214,
        spare=True, look="aside",
    ),
    Column(key="sent", title="Sent", text=lambda row: f"{row.sent:,}", width=70),
    Column(
        key="last", title="Last one", width=150, least=144,
        text=lambda row: short_date(row.last_on) if row.last_on else "none yet",
    ),
)  # fmt: skip


def _worker_words(one: Worker) -> str:
    left = f"left {short_date(one.left_on)}" if one.left_on else ""
    return " · ".join(part for part in (left, one.job, one.phone, one.email) if part)


_WORKER_COLUMNS: tuple[Column[Worker], ...] = (
    Column(key="name", title="Who writes", text=lambda one: one.name, look="strong"),
    Column(key="more", title="", look="aside", text=_worker_words),
)


class ReferrerBookPage(Page):
    """Organisations at the left, the one in hand at the right."""

    topics = frozenset({Topic.REFERRALS})
    help_text = (
        "Everybody who sends people to you. An organisation comes into the book by itself when a "
        "referral names it. Enter changes the one in hand. One that is there twice can be joined: "
        "what both sent is then one list. Whoever left keeps their letters."
    )
    left = Signal()
    referrals_wanted = Signal(str)
    """The name of the organisation whose referrals are to be shown."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, self.tr("Referrer book"), parent)
        self._build_head()
        self._build_list()
        self._build_side()
        self.columns = TwoColumns(book.looks, self.listing, self.side, needed=860, side_width=360)
        self.body.addWidget(self.columns, 1)
        self._connect()

    def _build_head(self) -> None:
        looks, tr = self.book.looks, self.tr
        self.back = ActionButton(looks, tr("All referrals"), icon="arrow-left", link=True)
        self.head.put_above(self.back)
        self.add_button = ActionButton(looks, tr("Add organisation…"), icon="plus", primary=True)
        self.head.add_action(self.add_button)

    def _build_list(self) -> None:
        looks, tr = self.book.looks, self.tr
        self.search = SearchLine()
        self.search.setPlaceholderText(tr("Organisation or worker"))
        self.search.setAccessibleName(tr("Find organisations"))
        self.search.show_icon(looks, "search")
        self.model = BlocksModel(_COLUMNS, self)
        self.table = LedgerTable(looks, tr("Organisations"))
        self.table.keep_rows(5)
        self.table.setModel(self.model)
        self.empty = EmptyState(looks, icon="book-open", title="", text="")
        self.listing = Card(looks)
        self.listing.body.addWidget(self.search)
        self.listing.body.addWidget(self.table, 1)
        self.listing.body.addWidget(self.empty, 1)

    def _build_side(self) -> None:
        looks, tr = self.book.looks, self.tr
        self.side = Card(looks)
        self.name = words("", "heading", wrap=True)
        self.facts = Facts(looks)
        self.change_button = ActionButton(looks, tr("Change…"), icon="pencil")
        self.join_button = ActionButton(looks, tr("Join with another…"), icon="merge")
        self.shown_button = ActionButton(looks, tr("Their referrals"), icon="list")
        self.remove_button = ActionButton(looks, tr("Take out of the book"), icon="trash-2")
        actions = WrapRow(looks)
        for button in (
            self.change_button, self.join_button, self.shown_button, self.remove_button
        ):  # fmt: skip
            actions.add(button)
        self.workers = RowsModel(_WORKER_COLUMNS, self)
        self.worker_table = LedgerTable(looks, tr("Who writes there"))
        self.worker_table.setModel(self.workers)
        self.worker_table.keep_rows(2)
        self.add_worker = ActionButton(looks, tr("Add somebody there…"), icon="user-plus")
        self.change_worker = ActionButton(looks, tr("Change them…"), icon="pencil")
        self.remove_worker = ActionButton(looks, tr("Take them out"), icon="user-minus")
        people = WrapRow(looks)
        for button in (self.add_worker, self.change_worker, self.remove_worker):
            people.add(button)
        for widget in (self.name, self.facts, actions):
            self.side.body.addWidget(widget)
        self.side.body.addWidget(self.worker_table, 1)
        self.side.body.addWidget(people)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.add_button.clicked.connect(self._on_add)
        self.search.textChanged.connect(self._show_list)
        self.search.went_down.connect(self._on_down)
        self.table.opened.connect(self._on_opened)
        self.table.selectionModel().currentChanged.connect(self._show_one)
        self.change_button.clicked.connect(self._on_change)
        self.join_button.clicked.connect(self._on_join)
        self.shown_button.clicked.connect(self._on_shown)
        self.remove_button.clicked.connect(self._on_remove)
        self.worker_table.opened.connect(self._on_worker_opened)
        self.worker_table.selectionModel().currentChanged.connect(self._on_worker_moved)
        self.add_worker.clicked.connect(self._on_add_worker)
        self.change_worker.clicked.connect(self._on_change_worker)
        self.remove_worker.clicked.connect(self._on_remove_worker)
        self.notice.acted.connect(self._on_notice)
        self.empty.acted.connect(self._on_add)

    # --- showing -----------------------------------------------------------------------------

    @property
    def row(self) -> ReferrerRow | None:
        """The organisation in hand."""
        row = self.table.currentIndex().data(ROW_ROLE)
        return row if isinstance(row, ReferrerRow) else None

    @property
    def worker(self) -> Worker | None:
        """The worker in hand."""
        worker = self.worker_table.currentIndex().data(ROW_ROLE)
        return worker if isinstance(worker, Worker) else None

    def reload(self) -> None:
        """Read the book again."""
        self._show_list()

    def take(self, referrer_id: ReferrerId) -> None:
        """Take an organisation in hand."""
        for place, row in enumerate(self.model.rows):
            if row.referrer.id == referrer_id:
                self.table.setCurrentIndex(self.model.index(place, 0))

    def _show_list(self) -> None:
        before = self.row
        typed = self.search.text().strip()
        rows = referrals.list_referrers(self.book.register, typed)
        self.model.set_rows(rows)
        self.head.say(
            self.tr("Referrer book"),
            texts.counted(len(rows), self.tr("organisation"), self.tr("organisations")),
        )
        self.table.setCurrentIndex(self.model.index(0, 0))
        if before is not None:
            self.take(before.referrer.id)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.side.setVisible(bool(rows))
        self.search.setVisible(bool(rows) or bool(typed))
        if not rows and typed:
            self.empty.say(self.tr("Nobody is found by that"), self.tr("Search for less."), "")
        elif not rows:
            self.empty.say(
                self.tr("No organisation yet"),
                self.tr("Whoever sends somebody comes into this book with the referral."),
                self.tr("Add organisation…"),
            )
        self._show_one()

    def _show_one(self) -> None:
        row = self.row
        whole = referrals.get_referrer(self.book.register, row.referrer.id) if row else None
        if row is None or whole is None:
            self.workers.set_rows(())
            return
        one = whole.referrer
        self.name.setText(one.name)
        facts = (
            (self.tr("Kind"), SOURCE_TYPES[one.source_type]),
            (self.tr("Address"), one.address.replace("\n", ", ")),
            (self.tr("Phone"), one.phone),
            (self.tr("Email"), one.email),
            (self.tr("Notes"), one.notes),
        )
        self.facts.show_facts(tuple(fact for fact in facts if fact[1]))
        self.remove_button.setVisible(not whole.sent)
        self.shown_button.setVisible(bool(row.sent))
        place = max(0, self.worker_table.currentIndex().row())
        self.workers.set_rows(whole.workers)
        if whole.workers:
            last = min(place, len(whole.workers) - 1)
            self.worker_table.setCurrentIndex(self.workers.index(last, 0))
        self.worker_table.setVisible(bool(whole.workers))
        self._on_worker_moved()

    def _on_worker_moved(self) -> None:
        for button in (self.change_worker, self.remove_worker):
            button.setEnabled(self.worker is not None)

    def take_keyboard(self) -> None:
        """Begin with the search, or with what fills the book."""
        self.fresh()
        if self.search.isVisibleTo(self):
            self.search.setFocus()
        else:
            self.empty.button.setFocus()

    def escape(self) -> bool:
        """Search for nothing any more, close a notice, or go back."""
        if self.search.text():
            self.search.empty()
        elif not super().escape():
            self.left.emit()
        return True

    # --- acting ------------------------------------------------------------------------------

    def _run(self, work: Any, said_then: str) -> None:
        answer = self.book.commands.run(work)
        if isinstance(answer, Refused):
            self.notice.tell(answer.text, tone="overdue")
        elif isinstance(answer, Done):
            self.notice.tell(said_then, tone="good", actions=(("undo", self.tr("Undo")),))

    def _on_down(self) -> None:
        self.table.setFocus()

    def _on_opened(self, _index: QModelIndex) -> None:
        self._on_change()

    def _on_add(self) -> None:
        dialog = ReferrerDialog(self.book, None, parent=self.window())
        dialog.saved.connect(self.take)
        dialog.open()

    def _on_change(self) -> None:
        if self.row is not None:
            ReferrerDialog(self.book, self.row.referrer, parent=self.window()).open()

    def _on_join(self) -> None:
        if self.row is not None:
            dialog = JoinDialog(self.book, self.row, parent=self.window())
            dialog.joined.connect(self.take)
            dialog.open()

    def _on_shown(self) -> None:
        if self.row is not None:
            self.referrals_wanted.emit(self.row.referrer.name)

    def _on_remove(self) -> None:
        if self.row is not None:
            register, one = self.book.register, self.row.referrer
            self._run(
                lambda: referrals.remove_referrer(register, one.id),
                self.tr("{name} is out of the referrer book.").format(name=one.name),
            )

    def _on_worker_opened(self, _index: QModelIndex) -> None:
        self._on_change_worker()

    def _on_add_worker(self) -> None:
        if self.row is not None:
            WorkerDialog(self.book, self.row.referrer, None, parent=self.window()).open()

    def _on_change_worker(self) -> None:
        if self.row is not None and self.worker is not None:
            WorkerDialog(self.book, self.row.referrer, self.worker, parent=self.window()).open()

    def _on_remove_worker(self) -> None:
        if self.worker is not None:
            register, one = self.book.register, self.worker
            self._run(
                lambda: referrals.remove_worker(register, one.id),
                self.tr("{name} is out of the referrer book.").format(name=one.name),
            )

    def _on_notice(self, key: str) -> None:
        self.notice.clear()
        if key == "undo":
            self.book.history.undo()
