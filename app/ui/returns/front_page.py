"""The front of Returns: what is due, what is being written, what was sent, what can be printed."""

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.changes import Topic
from app.domain.periods import Period
from app.domain.returns import DraftSettings
from app.services import reports_due
from app.services.reports_due import DueState, ReportDue
from app.services.result import Done
from app.services.returns import drafts
from app.ui.book import Book
from app.ui.returns.draft_dialog import DraftDialog
from app.ui.returns.drafts_part import DraftsPart
from app.ui.returns.due_part import DuePart
from app.ui.texts import counted
from app.ui.widgets.page import Page
from app.ui.widgets.tab_order import tab_as_read
from app.ui.widgets.tabs import Tabs

if TYPE_CHECKING:  # made when they are first wanted: see below
    from app.ui.returns.forms_part import FormsPart
    from app.ui.returns.print_part import PrintPart
    from app.ui.returns.sent_part import SentPart


class Part(Protocol):
    """One of the parts of Returns: read when it is shown."""

    def look(self) -> None:
        """Read everything again."""

    def take_keyboard(self) -> None:
        """Take the keyboard."""


class FrontPage(Page):
    """By due date first; then what is begun, what went out, everything there is, our own forms."""

    topics = frozenset(Topic)
    help_text = (
        "Reports by the day they are due, the returns being written, those that were sent, everything "
        "Hallbook prints, and forms of your own. Enter opens the line in hand. Under “Everything to "
        "print”, PageUp and PageDown go from page to page, + and − make them larger and smaller, and "
        "Ctrl+S saves them."
    )
    draft_wanted = Signal(object)
    """Open the draft of this DraftId."""
    issued_wanted = Signal(object)
    """Show the return of this IssuedId."""
    form_wanted = Signal(str)
    """Open a form of our own to change, by its id."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, self.tr("Returns"), parent)
        self._began = False
        self._pressing = 0
        """How many reports are due within four weeks, or overdue."""
        self._old: set[str] = set()
        self.tabs = Tabs(book.looks, self.tr("Parts of Returns"))
        self.due = DuePart(book)
        self.drafts = DraftsPart(book)
        self.tabs.add("due", self.tr("Due"), self.due)
        self.tabs.add("drafts", self.tr("Being written"), self.drafts)
        self._holders: dict[str, QVBoxLayout] = {}
        for key, name in (
            ("sent", self.tr("Sent")),
            ("printing", self.tr("Everything to print")),
            ("forms", self.tr("Our own forms")),
        ):
            holder = QWidget()
            self._holders[key] = QVBoxLayout(holder)
            self._holders[key].setContentsMargins(0, 0, 0, 0)
            self.tabs.add(key, name, holder)
        self.body.addWidget(self.tabs, 1)
        self.tabs.chosen.connect(self._on_tab)
        self.due.opened.connect(self.draft_wanted)
        self.due.form_wanted.connect(self.write)
        self.drafts.opened.connect(self.draft_wanted)

    # --- parts that are made when they are first wanted -----------------------------------------

    made_later = {  # noqa: RUF012 - read only
        "sent": "app.ui.returns.sent_part",
        "printing": "app.ui.returns.print_part",
        "forms": "app.ui.returns.forms_part",
    }

    @cached_property
    def sent(self) -> "SentPart":
        """What was issued."""
        from app.ui.returns.sent_part import SentPart

        part = SentPart(self.book)
        part.opened.connect(self.issued_wanted)
        part.draft_opened.connect(self.draft_wanted)
        self._holders["sent"].addWidget(part)
        return part

    @cached_property
    def printing(self) -> "PrintPart":
        """Everything that can be printed."""
        from app.ui.returns.print_part import PrintPart

        part = PrintPart(self.book, self.head, self.notice)
        part.write_wanted.connect(self.write)
        self._holders["printing"].addWidget(part)
        part.show_actions(shown=self.tabs.key == "printing")
        return part

    @cached_property
    def forms(self) -> "FormsPart":
        """Forms of our own."""
        from app.ui.returns.forms_part import FormsPart

        part = FormsPart(self.book, self.notice)
        part.opened.connect(self.form_wanted)
        part.write_wanted.connect(self.write)
        self._holders["forms"].addWidget(part)
        return part

    # --- showing -----------------------------------------------------------------------------

    @property
    def part(self) -> Part:
        """The part shown."""
        part: Part = getattr(self, self.tabs.key)
        return part

    def reload(self) -> None:
        """Read the part shown again; the first time, begin with what presses most."""
        self._old = set(self.tabs.keys)
        waiting = reports_due.listed(self.book.register, today=self.book.today(), done=False)
        self._pressing = sum(one.state in {DueState.OVERDUE, DueState.SOON} for one in waiting)
        before = self.tabs.key
        if not self._began:
            self._began = True
            self.tabs.show_part(self._first(due_at_all=bool(waiting)))  # another one is looked at
        if self.tabs.key == before:
            self._look()

    def _first(self, *, due_at_all: bool) -> str:
        if due_at_all:
            return "due"
        begun = drafts.listed(self.book.register, today=self.book.today())
        return "drafts" if begun else "printing"

    def _look(self) -> None:
        part, key = self.part, self.tabs.key
        if key in self._old:
            self._old.discard(key)
            part.look()
        if "printing" in self.__dict__:
            self.printing.show_actions(shown=key == "printing")
        self._say()

    def _say(self) -> None:
        if self.tabs.key == "printing":
            self.printing.say()
            return
        waiting = self._pressing
        text = self.tr("Nothing is due in the next four weeks")
        if waiting:
            count = counted(waiting, self.tr("report is"), self.tr("reports are"))
            text = self.tr("{count} due within four weeks, or overdue").format(count=count)
        self.head.say(self.tr("Returns"), text)

    def _on_tab(self, _key: str) -> None:
        self.notice.clear()
        self._look()
        tab_as_read(self)  # what is made or filled just now goes in its place

    def show_part(self, key: str) -> None:
        """Show a part by its key."""
        self._began = True
        self.fresh()
        self.tabs.show_part(key)

    def take_keyboard(self) -> None:
        """Begin with the part shown."""
        self.fresh()
        self.part.take_keyboard()
        self.bring_up(self.tabs)

    # --- acting ------------------------------------------------------------------------------

    def make_for(self, template_id: str, period: Period | None, reference: str = "") -> None:
        """Make a return of a period, or about a grant or agreement, from elsewhere."""
        self.show_part("printing")
        self.printing.make_for(template_id, period, reference)

    def start_due(self, one: ReportDue) -> None:
        """Open the draft of a report that is due, or start one, from elsewhere."""
        self.show_part("due")
        self.due.choose(self.due.key_of(one))
        self.due.start(one)

    def write(self, wanted: DraftSettings) -> None:
        """Ask what a return is to be about, then begin to write it."""
        dialog = DraftDialog(self.book, wanted=wanted, parent=self.window())
        dialog.saved.connect(self._on_started)
        dialog.open()

    def _on_started(self, done: Done) -> None:
        self.draft_wanted.emit(done.ids[0])
