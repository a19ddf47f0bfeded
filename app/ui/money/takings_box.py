"""Beside the register: what was taken at the door, and what was paid out of the tin."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.activities import Session, SessionState
from app.domain.changes import Topic
from app.domain.ids import EntryId, HeadingId
from app.domain.ledger import EntryKind
from app.domain.money import pounds
from app.services import money
from app.services.money import MoneyRow
from app.services.result import Refused
from app.ui.book import Book
from app.ui.forms.amount_line import AmountLine
from app.ui.money.entry_dialog import EntryDialog
from app.ui.money.grant_bars import clear_layout
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.page import Page
from app.ui.widgets.tab_order import tab_as_read
from app.ui.widgets.words import words

_LINE = 92
_DOOR = money.DOOR_HEADINGS[:2]


class TakingsBox(QWidget):
    """Subs and donations of a session, saved on leaving the field; petty cash paid."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._session: Session | None = None
        self.lines: dict[HeadingId, AmountLine] = {}
        self._shown: dict[HeadingId, int] = {}
        self._stale = True
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._amounts, self._paid = QVBoxLayout(), QVBoxLayout()
        self.problem = words("", "problem", wrap=True)
        self.problem.hide()
        self.pay_button = ActionButton(
            book.looks, self.tr("Paid from petty cash…"), icon="wallet", link=True
        )
        self.pay_button.clicked.connect(self.add_payment)
        column.addLayout(self._amounts)
        column.addWidget(self.problem)
        column.setSpacing(book.looks.px(3))
        for lines in (self._amounts, self._paid):
            lines.setSpacing(book.looks.px(3))
        column.addLayout(self._paid)
        column.addWidget(self.pay_button, 0, Qt.AlignmentFlag.AlignLeft)
        book.events.changed.connect(self._on_changed)
        book.looks.changed.connect(self._on_looks)

    def show_session(self, session: Session) -> None:
        """Show what was taken and paid at a session; nothing where there is no cash book."""
        new = self._session is None or self._session.id != session.id
        same = self._session is not None and self._session == session
        self._session = session
        if same and not self._stale:  # a tick on the register changes nothing here
            return
        self._stale = False
        known = money.books(self._book.register)
        self.setVisible(known.begun and session.state is not SessionState.CANCELLED)
        if not known.begun:
            return
        door = {h.id: h.name for h in known.open_headings(EntryKind.RECEIPT) if h.name in _DOOR}
        if tuple(door) != tuple(self.lines):
            self._make_lines(door)
        taken = self._taken()
        for heading_id, line in self.lines.items():
            pence = taken.get(heading_id, 0)
            if new or pence != self._shown.get(heading_id, 0) or not line.hasFocus():
                line.show_pence(pence or None)
        self._shown = taken
        self._say("")
        self._show_paid(session)
        self._put_in_tab_order()

    def _put_in_tab_order(self) -> None:
        page: QWidget | None = self
        while page is not None and not isinstance(page, Page):
            page = page.parentWidget()
        if page is not None:
            tab_as_read(page)

    def settle(self) -> None:
        """Save what is typed and not saved yet."""
        session = self._session
        if session is None or not self.lines or self.isHidden():
            return
        typed = dict(self._shown)
        for heading_id, line in self.lines.items():
            pence = line.pence()
            if pence is not None and not isinstance(pence, int):
                self._say(pence.text)
                return
            typed[heading_id] = pence or 0
        if {k: v for k, v in typed.items() if v} == {k: v for k, v in self._shown.items() if v}:
            self._say("")
            return
        register, today = self._book.register, self._book.today()
        answer = self._book.commands.run(
            lambda: money.enter_takings(register, session.id, typed, today=today)
        )
        if isinstance(answer, Refused):
            self._say(answer.text)

    def add_payment(self) -> None:
        """Open the form for what was paid out of the tin at this session."""
        if self._session is not None:
            self.settle()
            EntryDialog(self._book, session=self._session, parent=self.window()).open()

    def _taken(self) -> dict[HeadingId, int]:
        session = self._session
        entry = money.takings_of(self._book.register, session.id) if session else None
        taken: dict[HeadingId, int] = {}
        for line in entry.lines if entry else ():
            if line.heading_id is not None:
                taken[line.heading_id] = taken.get(line.heading_id, 0) + line.amount_pence
        return taken

    def _make_lines(self, door: dict[HeadingId, str]) -> None:
        clear_layout(self._amounts)
        self.lines = {}
        for heading_id, name in door.items():
            line = AmountLine()
            line.setFixedWidth(self._book.looks.px(_LINE))
            line.setAccessibleName(self.tr("{heading} taken, in pounds").format(heading=name))
            line.settled.connect(self.settle)
            line.returnPressed.connect(self.settle)
            row = QWidget()
            beside = QHBoxLayout(row)
            beside.setContentsMargins(0, 0, 0, 0)
            label = words(self.tr("{heading} taken (£)").format(heading=name))
            label.setBuddy(line)
            beside.addWidget(label, 1)
            beside.addWidget(line)
            self._amounts.addWidget(row)
            self.lines[heading_id] = line

    def _show_paid(self, session: Session) -> None:
        clear_layout(self._paid)
        for row in money.payments_at(self._book.register, session.id):
            self._paid.addWidget(self._paid_line(row))

    def _paid_line(self, row: MoneyRow) -> QWidget:
        looks, widget = self._book.looks, QWidget()
        beside = QHBoxLayout(widget)
        beside.setContentsMargins(0, 0, 0, 0)
        name = row.heading or row.payee or self.tr("Paid")
        button = ActionButton(looks, name, link=True)
        text = self.tr("Change: {name}, {sum} paid").format(
            name=name, sum=pounds(-row.amount_pence)
        )
        button.setAccessibleName(text)
        button.clicked.connect(partial(self._open, row.entry_id))
        beside.addWidget(button)
        if row.attachments:
            picture = QLabel()
            picture.setPixmap(looks.pixmap("paperclip", "ink", 16, self.devicePixelRatioF()))
            picture.setAccessibleName(self.tr("receipt kept"))
            beside.addWidget(picture)
        beside.addStretch(1)
        beside.addWidget(words(pounds(-row.amount_pence), "strong"))
        return widget

    def _open(self, entry_id: EntryId, _checked: bool = False) -> None:
        entry = money.get_entry(self._book.register, entry_id)
        if entry is not None:
            EntryDialog(self._book, entry, parent=self.window()).open()

    @Slot(object, object)
    def _on_changed(self, topics: frozenset[Topic], _origin: object) -> None:
        if Topic.MONEY in topics and self._session is not None:
            self._stale = True
            self.show_session(self._session)

    def _on_looks(self) -> None:
        for line in self.lines.values():
            line.setFixedWidth(self._book.looks.px(_LINE))

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
