"""The pile: sheets printed or sessions past that are not entered yet, oldest first."""

import datetime as dt

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.activities import Session
from app.domain.changes import Topic
from app.domain.ids import SessionId
from app.domain.periods import short_date
from app.services import activities
from app.services.activities import Waiting
from app.services.result import Done, Refused
from app.ui import texts
from app.ui.book import Book
from app.ui.forms.field import Field
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.line import Line
from app.ui.widgets.page import Page
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow


def _printed(one: Waiting) -> str:
    return (
        f"Sheet printed {texts.day_and_month(one.printed_on)}"
        if one.printed_on
        else "No sheet printed"
    )


PILE_COLUMNS: tuple[Column[Waiting], ...] = (
    Column(
        key="day", title="Day", text=lambda one: short_date(one.session.session_on), width=170,
        least=142, look="strong",
    ),
    Column(key="activity", title="Activity", text=lambda one: one.session.activity_name),
    Column(
        key="code", title="Code", text=lambda one: one.session.code, width=160,
        least=116,
    ),
    Column(
        key="printed", title="Paper", text=_printed, width=230, least=150, look="aside", spare=True,
        chip=lambda one: ("due", "file-text") if one.printed_on else None,
    ),
)  # fmt: skip


class PilePage(Page):
    """What waits to be entered; begin with any sheet by its code, or take the next."""

    topics = frozenset({Topic.SESSIONS, Topic.ATTENDANCE, Topic.ACTIVITIES})
    help_text = (
        "Every session that is past or printed and has nothing entered yet, oldest first. Type the "
        "code that is at the top of a sheet and press Enter, or just press Enter to take the next. "
        "On the register, type a row's number and Enter to tick it; Ctrl and Enter goes on to the "
        "next sheet."
    )
    left = Signal()
    wanted = Signal(object)
    """The id of the session to enter."""
    cancel_wanted = Signal(object)

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, self.tr("Enter the pile"), parent)
        looks = book.looks
        self.done_button = ActionButton(looks, self.tr("Done"), icon="check")
        self.next_button = ActionButton(
            looks, self.tr("Enter the next"), icon="list-checks", primary=True
        )
        self.head.add_action(self.done_button)
        self.head.add_action(self.next_button)
        self.code = Line()
        self.code.setPlaceholderText("GM-031126")
        self.code_field = Field(
            self.tr("Code on the sheet"), self.code,
            hint=self.tr("Enter opens that sheet; with nothing typed it takes the next one"),
        )  # fmt: skip
        self.model = RowsModel(PILE_COLUMNS, self)
        self.table = LedgerTable(looks, self.tr("Not yet entered"))
        self.table.setModel(self.model)
        self._lay_out()
        self.done_button.clicked.connect(self.left)
        self.next_button.clicked.connect(self._on_next)
        self.code.returnPressed.connect(self._on_code)
        self.table.opened.connect(self._on_opened)
        self.held_button.clicked.connect(self._on_held)
        self.cancel_button.clicked.connect(self._on_cancel)

    def _lay_out(self) -> None:
        looks = self.book.looks
        self.card = Card(looks)
        self.table.keep_rows(4)
        self.card.body.addWidget(self.code_field)
        self.card.body.addWidget(self.table, 1)
        self.card.body.addWidget(
            words(self.tr("Nothing to enter for the one in hand?"), "small", wrap=True)
        )
        self.held_button = ActionButton(looks, self.tr("Tick as held"), icon="calendar-check")
        self.cancel_button = ActionButton(looks, self.tr("It was cancelled…"), icon="calendar-x")
        rest = WrapRow(looks)
        rest.add(self.held_button)
        rest.add(self.cancel_button)
        self.card.body.addWidget(rest)
        self.empty = EmptyState(
            looks, icon="circle-check", title=self.tr("Nothing waits"),
            text=self.tr("Every register up to today is entered."),
        )  # fmt: skip
        column = QVBoxLayout()
        column.addWidget(self.card, 1)
        column.addWidget(self.empty, 1)
        self.body.addLayout(column, 1)

    # --- showing -----------------------------------------------------------------------------

    def reload(self) -> None:
        """Read what waits again."""
        rows = activities.to_enter(self.book.register, today=self.book.today())
        before = self.waiting
        self.model.set_rows(rows)
        ids = [one.session.id for one in rows]
        if rows:
            place = ids.index(before.session.id) if before and before.session.id in ids else 0
            self.table.setCurrentIndex(self.model.index(place, 0))
        oldest = f" · the oldest of {short_date(rows[0].session.session_on)}" if rows else ""
        count = texts.counted(len(rows), "session to enter", "sessions to enter")
        self.head.say(self.tr("Enter the pile"), f"{count}{oldest}" if rows else "")
        self.card.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.next_button.setEnabled(bool(rows))

    @property
    def waiting(self) -> Waiting | None:
        """The one in hand."""
        one = self.table.currentIndex().data(ROW_ROLE)
        return one if isinstance(one, Waiting) else None

    def after(self, session: Session | None) -> SessionId | None:
        """Return the session to enter after one: the next in the pile, or None at its end."""
        rows = activities.to_enter(self.book.register, today=self.book.today())
        for one in rows:
            if session is None or _order(one.session) > _order(session):
                return one.session.id
        return None

    # --- acting ------------------------------------------------------------------------------

    def _on_code(self) -> None:
        if not self.code.text().strip():
            self._on_next()
            return
        found = activities.find_sheet(self.book.register, self.code.text(), today=self.book.today())
        if isinstance(found, Refused):
            self.code_field.show_problem(found.text)
            return
        self.code_field.show_problem("")
        self.code.empty()
        self.wanted.emit(found.id)

    def _on_next(self) -> None:
        if self.model.rows:
            self.wanted.emit(self.model.rows[0].session.id)

    def _on_opened(self, index: QModelIndex | QPersistentModelIndex) -> None:
        one = index.data(ROW_ROLE)
        if isinstance(one, Waiting):
            self.wanted.emit(one.session.id)

    def _on_held(self) -> None:
        one, today = self.waiting, self.book.today()
        if one is None:
            return
        answer = self.book.commands.run(
            lambda: activities.tick_as_held(self.book.register, one.session, today=today)
        )
        if isinstance(answer, Refused):
            self.notice.tell(answer.text)
        elif isinstance(answer, Done):
            self.notice.clear()

    def _on_cancel(self) -> None:
        if self.waiting is not None:
            self.cancel_wanted.emit(self.waiting.session)

    def take_keyboard(self) -> None:
        """Begin with the code."""
        self.code.setFocus()
        self.bring_up(self.card)

    def escape(self) -> bool:
        """Close what is open here; otherwise go back to the sessions."""
        if not super().escape():
            self.left.emit()
        return True


def _order(session: Session) -> tuple[dt.date, str, int]:
    """The order of the pile: the same as in which it is read."""
    return (session.session_on, session.start_time or "", session.id)
