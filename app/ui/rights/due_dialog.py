"""What is kept for longer than the rules say: looked at, ticked, and done in one go."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.changes import ALL_TOPICS
from app.domain.periods import short_date
from app.services import retention
from app.services.registers import Register
from app.services.result import Changing, Done
from app.services.retention import Due, DueKind
from app.ui import texts
from app.ui.book import Book
from app.ui.gathering import Gathering
from app.ui.messages import Question
from app.ui.rights import words as said
from app.ui.rights.old_copies import OldCopies
from app.ui.tables.rows_model import NO_INDEX, ROW_ROLE, AnyIndex, Column, RowsModel
from app.ui.tables.tick_table import TickTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import NoticeBar
from app.ui.widgets.choice import Choice
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.tab_order import tab_as_read
from app.ui.widgets.words import words

_WIDTH, _HEIGHT = 860, 620
_NAMED = 2
"""People named in the question; the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """Something that is due, whose it is, and whether it is ticked."""

    due: Due
    name: str
    ticked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """How far it has come."""

    done: int
    total: int


class DueModel(RowsModel[DueLine]):
    """Lines with a box in the first column."""

    def cell(self, row: DueLine, column: Column[DueLine], role: int) -> object:
        """Return the box's state too."""
        if column.key == "tick":
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if row.ticked else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return "ticked" if row.ticked else "not ticked"
        return super().cell(row, column, role)

    def flags(self, index: AnyIndex = NO_INDEX) -> Qt.ItemFlag:
        """Say that lines can be ticked."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.isValid() else flags

    def turn(self, place: int) -> None:
        """Tick a line, or take its tick away."""
        row = self.row_at(place)
        if row is not None:
            self.replace_row(place, replace(row, ticked=not row.ticked))


class DueDialog(QDialog):
    """One kind at a time; everything is ticked at first."""

    person_wanted = Signal(object)
    """The id of a person to show."""
    entry_wanted = Signal(object)
    """The id of an entry to show."""

    def __init__(self, book: Book, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Kept long enough"))
        self.setModal(True)
        self._book = book
        self._found: tuple[DueLine, ...] = ()
        self._work: Any = None
        """The Slices of what is being done."""
        self._going: tuple[DueLine, ...] = ()
        self._closed = False
        looks, tr = book.looks, self.tr
        self.heading = words(tr("Kept for longer than your rules say"), "heading", wrap=True)
        self.notice = NoticeBar(looks)
        self.kind = Choice(looks, tr("What is due"))
        self.why = words("", "aside", wrap=True)
        self.model = DueModel(_columns(), self)
        self.table = TickTable(looks, tr("What is due"))
        self.table.setModel(self.model)
        self.table.keep_rows(4)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(tr("Progress"))
        self.bar.setTextVisible(False)
        self.copies = OldCopies(book)
        self.show_button = ActionButton(looks, tr("Show"), icon="arrow-right")
        self.close_button = ActionButton(looks, tr("Close"))
        self.stop_button = ActionButton(looks, tr("Stop"))
        self.go_button = ActionButton(looks, "", icon="ban", primary=True)
        self._lay_out()
        self._gathering = Gathering(self)
        self._gathering.found.connect(self._on_found)
        self._connect()
        self._gathering.start(retention.look(book.register, book.today()), at_once=False)
        self.notice.tell(tr("Looking …"), tone="plain")

    def _lay_out(self) -> None:
        gap = self._book.looks.gap
        buttons = QHBoxLayout()
        buttons.setSpacing(gap(8))
        buttons.addWidget(self.show_button)
        buttons.addStretch(1)
        for button in (self.stop_button, self.close_button, self.go_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap(20), gap(16), gap(20), gap(16))
        column.setSpacing(gap(10))
        for widget in (self.heading, self.notice, self.kind, self.why):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(self.bar)
        column.addWidget(self.copies)
        self._empty = QStackedWidget()  # what is over goes here while there is no table
        self._empty.addWidget(QWidget())
        self._empty.addWidget(
            EmptyState(
                self._book.looks, icon="circle-check", title=self.tr("Nothing is due"),
                text=self.tr("Nothing is kept for longer than your rules say. The rules are under "
                             "Settings, in “How long we keep things”."),
            )
        )  # fmt: skip
        column.addWidget(self._empty, 1)
        column.addLayout(buttons)
        for hidden in (self.bar, self.stop_button, self.go_button, self.show_button, self.copies,
                       self.kind, self.table):  # fmt: skip
            hidden.hide()

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.table.toggled.connect(self._on_toggled)
        self.table.opened.connect(self._on_opened)
        self.show_button.clicked.connect(self._on_show)
        self.close_button.clicked.connect(self.reject)
        self.stop_button.clicked.connect(self._on_stop)
        self.go_button.clicked.connect(self._on_go)
        self.finished.connect(self._on_finished)

    def showEvent(self, event: QShowEvent) -> None:
        """Open as large as a list wants and the screen allows."""
        super().showEvent(event)
        room, gap = self.screen().availableGeometry(), self._book.looks.gap
        self.resize(min(gap(_WIDTH), room.width() - 40), min(gap(_HEIGHT), room.height() - 60))
        tab_as_read(self)
        self.close_button.setFocus()

    # --- what is due -------------------------------------------------------------------------

    def _on_found(self, found: tuple[Due, ...]) -> None:
        register = self._book.register
        self.notice.clear()
        self._found = tuple(
            DueLine(due=one, name=retention.name_of(register, one)) for one in found
        )
        now = self.kind.currentData()
        self.kind.blockSignals(True)
        self.kind.clear()
        for kind in DueKind:
            many = sum(one.due.kind is kind for one in self._found)
            if many:
                self.kind.addItem(f"{self.tr(said.DUE_TITLES[kind])}: {many:,}", kind.value)
        self.kind.setCurrentIndex(max(0, self.kind.findData(now)))
        self.kind.blockSignals(False)
        some = bool(self._found)
        self._empty.setVisible(not some)
        for widget in (self.kind, self.table, self.show_button, self.go_button):
            widget.setVisible(some)
        self._on_kind()
        self._empty.setCurrentIndex(1)
        self.why.setVisible(some)
        tab_as_read(self)

    def _on_kind(self) -> None:
        chosen = self.kind.currentData()
        self.model.set_rows([one for one in self._found if one.due.kind.value == chosen])
        if self.model.rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
            self.why.setText(self._why(self.model.rows[0].due))
        self._name_button()

    def _why(self, due: Due) -> str:
        rules = retention.rules(self._book.register)
        rule = next(one.kept for one in rules if one.kept.id == due.kind.value)
        return self.tr("Your rule: {how_long}, {reason}.").format(
            how_long=rule.how_long, reason=rule.reason
        )

    def _on_toggled(self, place: int) -> None:
        self.model.turn(place)
        self._name_button()

    @property
    def ticked(self) -> tuple[DueLine, ...]:
        """What is ticked of the kind shown."""
        return tuple(one for one in self.model.rows if one.ticked)

    def _name_button(self) -> None:
        self.go_button.setText(self.tr("{what}…").format(what=self._what(self.ticked)))
        self.go_button.setEnabled(bool(self.ticked))

    def _what(self, lines: tuple[DueLine, ...]) -> str:
        many, tr = len(lines), self.tr
        kind = lines[0].due.kind if lines else None
        if kind is DueKind.PARENTS:
            people_ = texts.counted(many, tr("person"), tr("people"))
            return tr("Delete parents’ details of {people}").format(people=people_)
        if kind in {DueKind.ACCOUNTS, DueKind.LOTTERY}:
            entries = texts.counted(many, tr("payment"), tr("payments"))
            return tr("Delete the receipts’ pictures of {entries}").format(entries=entries)
        people_ = texts.counted(many, tr("person"), tr("people"))
        return tr("Make {people} nameless").format(people=people_)

    def _on_opened(self, _index: QModelIndex) -> None:
        self._on_show()

    def _on_show(self) -> None:
        line = self.table.currentIndex().data(ROW_ROLE)
        if isinstance(line, DueLine) and self._work is None:
            self.accept()
            if line.due.person_id is not None:
                self.person_wanted.emit(line.due.person_id)
            else:
                self.entry_wanted.emit(line.due.row)

    # --- doing it ----------------------------------------------------------------------------

    def _on_go(self) -> None:
        lines = self.ticked
        named = [one.name for one in lines[:_NAMED]]
        rest = len(lines) - len(named)
        if rest == 1:
            named.append(lines[-1].name)
        elif rest:
            named.append(self.tr("{count} others").format(count=f"{rest:,}"))
        who = " and ".join(part for part in (", ".join(named[:-1]), named[-1]) if part)
        question = Question(
            text=f"{self._what(lines)}?",
            more=self.tr(
                "{who}. It cannot be taken back, and neither can what was done before it in this "
                "sitting. A copy of the book is made first."
            ).format(who=who),
            yes=self._what(lines),
        )
        self._book.messages.ask(self, question, partial(self._copy_first, lines))

    def _copy_first(self, lines: tuple[DueLine, ...]) -> None:
        self._going = lines
        for widget in (self.go_button, self.kind, self.table, self.show_button):
            widget.setEnabled(False)
        self.notice.tell(self.tr("Making a copy of the book first …"), tone="plain")
        self._book.keeper.first(self, self._begin)

    def _begin(self) -> None:
        if self._closed:
            return
        work = _carry_out(self._book.register, tuple(one.due for one in self._going))
        self._work = self._book.commands.begin_slices(work, self)
        self._work.progressed.connect(self._on_progressed)
        self._work.done.connect(self._on_done)
        self._work.failed.connect(self._book.commands.failed)
        self._work.ended.connect(self._on_ended)
        self.bar.setRange(0, len(self._going))
        self.bar.show()
        self.stop_button.show()
        self.close_button.hide()
        self.stop_button.setFocus()
        self.notice.tell(self._what(self._going) + " …", tone="plain")

    def _on_progressed(self, done: int, total: int) -> None:
        self.bar.setValue(done)
        self.notice.tell(
            self.tr("{what}: {done} of {total}").format(
                what=self._what(self._going), done=f"{done:,}", total=f"{total:,}"
            ),
            tone="plain",
        )

    def _on_stop(self) -> None:
        if self._work is not None:
            self._work.cancel()

    def _on_done(self, many: int) -> None:
        whole = self._going[:many]
        self.notice.tell(
            self.tr("Done: {what}.").format(what=self._what(whole).lower()), tone="good"
        )

    def _on_ended(self) -> None:
        """Empty what could be taken back, tell everybody, and look again."""
        stopped = self._work is not None and self.bar.value() < len(self._going)
        self._work = None
        self._book.register.take_step()
        self._book.history.clear()
        self._book.events.announce(ALL_TOPICS)
        for widget in (self.bar, self.stop_button):
            widget.hide()
        for shown in (self.go_button, self.kind, self.table, self.show_button):
            shown.setEnabled(True)
        self.close_button.show()
        self.close_button.setFocus()
        told = self.notice.text
        self._gathering.start(
            retention.look(self._book.register, self._book.today()), at_once=False
        )
        self._told_after = self.tr("Stopped. What was done before stays done.") if stopped else told
        self._gathering.found.connect(self._say_after)
        self.copies.show()
        self.copies.look()

    def _say_after(self, _found: object) -> None:
        self._gathering.found.disconnect(self._say_after)
        self.notice.tell(self._told_after, tone="good")

    def _on_finished(self) -> None:
        self._closed = True
        self._gathering.stop()
        self.copies.stop()
        if self._work is not None:
            self._work.cancel()
        self.deleteLater()


def _carry_out(register: Register, due: tuple[Due, ...]) -> Generator[_Step, None, int]:
    """Do one after another, each by itself on the disk; stopping leaves what was done."""
    many = 0
    for place, one in enumerate(due):
        with closing(retention.carry_out.in_slices(register, one)) as work:
            many += yield from _each(work, _Step(done=place, total=len(due)))
        yield _Step(done=place + 1, total=len(due))
    return many


def _each(work: Changing, step: _Step) -> Generator[_Step, None, bool]:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return isinstance(end.value, Done)
        yield step


def _columns() -> tuple[Column[DueLine], ...]:
    return (
        Column(key="tick", title="", text=lambda _: "", width=44),
        Column(key="name", title="Who or what", text=lambda one: one.name, look="strong"),
        Column(key="since", title="Since", text=lambda one: short_date(one.due.since), width=160,
               least=142, sort=lambda one: one.due.since),
        Column(key="due", title="Due on", text=lambda one: short_date(one.due.due_on), width=160,
               least=142, sort=lambda one: one.due.due_on, spare=1),
        Column(key="then", title="Then", text=lambda one: said.then_words(one.due), width=200,
               least=170, look="aside", spare=1),
    )  # fmt: skip
