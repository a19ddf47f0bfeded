"""Take register: the page of one session, by keyboard, each tick saved as it is made."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.activities import SessionState
from app.domain.attendance import Mark, MarkChange, RegisterLine
from app.domain.changes import Topic
from app.domain.ids import PersonId, SessionId
from app.services import activities, attendance, people
from app.services.result import Done, Refused
from app.ui import texts
from app.ui.attendance.find_row import FindRow
from app.ui.attendance.marking import MarkKey, change_for, matches
from app.ui.attendance.register_changes import RegisterChanges
from app.ui.attendance.register_model import RegisterModel
from app.ui.attendance.register_side import RegisterSide
from app.ui.attendance.register_table import RegisterTable
from app.ui.attendance.session_steps import SessionSteps
from app.ui.attendance.walk_in import WalkInRow
from app.ui.book import Book
from app.ui.speech import say
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.page import Page
from app.ui.widgets.words import words

_FIND_AGAIN = "find"
_BRING_BACK = "bring-back"
_HELD = "held"


class RegisterPage(Page):
    """The register of one session."""

    topics = frozenset({Topic.ATTENDANCE, Topic.PEOPLE, Topic.SESSIONS, Topic.VOLUNTEERS})
    help_text = (
        "Type the first letters of a name, then Space: that person is here. On a row, A is for "
        "apologies, L for late, V for volunteer, and the same key again takes the mark away. "
        "Enter ticks the row and goes to the next. Somebody new goes in the box under the list. "
        "A row's number and Enter ticks that row, 12a is apologies of row 12. ? shows the access "
        "note of the person in hand. Every tick is saved as you make it, can be undone, and can be "
        "corrected at any time later."
    )
    left = Signal()
    """Done, or back to the list of sessions."""
    print_wanted = Signal(object)
    """The id of the session whose sheet is to be printed."""
    next_wanted = Signal(object)
    """Done, and the next of the pile: the session that is done."""
    code_entered = Signal(str)
    """The code of another sheet of the pile."""
    hours_wanted = Signal(object)
    """The session on whose day somebody's hours are to be logged."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, parent=parent)
        self.opened: attendance.OpenRegister | None = None
        self._session_id: SessionId | None = None
        self.changes = RegisterChanges(book, self)
        self._last_key: tuple[MarkKey, RegisterLine] | None = None
        self._build_head()
        self._build_table()
        self.side = RegisterSide(book)
        self.columns = TwoColumns(book.looks, self.card, self.side)
        self.body.addWidget(self.columns, 1)
        self.hint = words(
            self.tr(
                "Type letters to find a name, or a row number · Space here · A apologies · L late · "
                "V volunteer · ? access note · each tick is saved as you make it"
            ),
            "small",
            wrap=True,
        )
        self.total_line = words("", "strong", wrap=True)
        self.foot.addWidget(self.total_line)
        self.foot.addWidget(self.hint)
        self.columns.stacked_changed.connect(self._on_stacked)
        self._on_stacked(self.columns.stacked)
        self._connect()

    # --- building ----------------------------------------------------------------------------

    def _build_head(self) -> None:
        looks = self.book.looks
        self.steps = SessionSteps(looks)
        self.head.add_action(self.steps)
        self.print_button = ActionButton(looks, self.tr("Print sheet"), icon="printer")
        self.done_button = ActionButton(looks, self.tr("Done"), icon="check", primary=True)
        self.next_button = ActionButton(
            looks, self.tr("Done and next"), icon="arrow-right", primary=True
        )
        self.next_button.setToolTip("Ctrl+Enter")
        self.next_button.hide()
        self.head.add_action(self.print_button)
        self.head.add_action(self.done_button)
        self.head.add_action(self.next_button)
        self.piled = False

    def _build_table(self) -> None:
        looks = self.book.looks
        self.card = Card(looks)
        self.model = RegisterModel(self)
        self.table = RegisterTable(looks, self.tr("Register"))
        self.table.setModel(self.model)
        self.finding = FindRow(looks, self.table, self.model)
        self.finder, self.found = self.finding.field, self.finding.found
        self.card.body.addWidget(self.finding)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.card.body.addWidget(self.table, 1)
        self.walk_in = WalkInRow(looks)
        self.card.body.addWidget(self.walk_in)
        self._rest = QVBoxLayout()
        self._rest.addStretch(1)
        self.card.body.addLayout(self._rest)

    def _connect(self) -> None:
        self.done_button.clicked.connect(self._on_left)
        self.print_button.clicked.connect(self._on_print)
        self.next_button.clicked.connect(self._on_next)
        self.table.note_wanted.connect(self._on_note)
        self.finder.note_wanted.connect(self._on_note)
        self.steps.chosen.connect(self.open_session)
        self.table.marked.connect(self._on_marked)
        self.table.marked_and_on.connect(self._on_marked_and_on)
        self.table.typed.connect(self._on_letter)
        self.model.mark_requested.connect(self._on_marked)
        self.finding.marked.connect(self._on_found_marked)
        self.finding.code_entered.connect(self.code_entered)
        self.walk_in.wanted.connect(self._on_name_typed)
        self.walk_in.added.connect(self._on_walk_in)
        self.walk_in.chosen.connect(self._on_known_walk_in)
        self.side.guests_changed.connect(self._on_guests)
        self.side.notes_changed.connect(self._on_notes)
        self.side.hours_wanted.connect(self._on_hours)
        self.notice.acted.connect(self._on_notice)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        shortcut.activated.connect(self.finding.take_keyboard)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            on = QShortcut(QKeySequence(keys), self)
            on.activated.connect(self._on_next)

    # --- showing -----------------------------------------------------------------------------

    def open_session(self, session_id: SessionId) -> None:
        """Show the register of another session, with the keyboard on the find field."""
        self.side.settle()
        self._session_id = session_id
        self._last_key = None
        self.notice.clear()
        self.finding.clear()
        self.walk_in.field.empty()
        self.reload()
        self.table.take_in_hand(0)
        self._show_steps()
        self._say_state()
        self.take_keyboard()

    def show_piled(self, *, piled: bool) -> None:
        """Show whether this is one sheet of a pile: then the next is one key away."""
        self.piled = self.finding.piled = piled
        self.next_button.setVisible(piled)
        self.done_button.set_primary(primary=not piled)

    def _say_state(self) -> None:
        """Say that a session was cancelled, and why; or that nothing is entered though it is past."""
        if self.opened is None:
            return
        session = self.opened.session
        if session.state is SessionState.CANCELLED:
            why = texts.session_state(session, self.book.today())[0]
            note = f" ({session.cancelled_note})" if session.cancelled_note else ""
            self.notice.tell(
                self.tr("{why}{note}. Nobody can be marked.").format(why=why, note=note),
                actions=((_BRING_BACK, self.tr("Bring back")),),
            )
        elif session.state is SessionState.PLANNED and not self.opened.lines:
            past = session.session_on <= self.book.today()
            self.notice.tell(
                self.tr("Nobody is on this register yet. Whoever came goes in the box below."),
                tone="plain",
                actions=((_HELD, self.tr("Tick as held")),) if past else (),
            )

    @property
    def session_id(self) -> SessionId | None:
        """The session shown."""
        return self._session_id

    def reload(self) -> None:
        """Read the register again; the person in hand stays in hand."""
        if self._session_id is None:
            return
        opened = attendance.open_register_of(self.book.register, self._session_id)
        if opened is None:  # it was taken away by an undo
            self.left.emit()
            return
        in_hand = self.table.line
        self.opened = opened
        self.model.show_register(opened)
        if in_hand is not None:
            self.table.take_in_hand(self.model.place_of(in_hand.person_id))
        when = texts.time_and_place(opened.session)
        order = self.tr("in the order of the printed sheet {code}").format(code=opened.session.code)
        moved = texts.moved_words(opened.session)
        self.head.say(
            texts.session_title(opened.session), " · ".join(p for p in (when, moved, order) if p)
        )
        logged = attendance.logged_minutes(self.book.register, opened.session.session_on)
        self.side.show_register(opened, logged)
        self.total_line.setText(self.side.total.text)
        self._fit_table()

    def _show_steps(self) -> None:
        if self.opened is not None:
            self.steps.show_around(
                self.opened.session,
                activities.sessions_around(self.book.register, self.opened.session),
            )

    def _on_stacked(self, stacked: bool) -> None:
        """Keep the running total in sight where the side column is under the table."""
        self.total_line.setVisible(stacked)
        self.hint.setVisible(not stacked)

    def _fit_table(self) -> None:
        """Let the table be as high as its rows, so that the walk-in box is the row after the last."""
        rows = self.model.rowCount() * self.table.verticalHeader().defaultSectionSize()
        head = self.table.horizontalHeader().sizeHint().height()
        self.table.setMaximumHeight(rows + head + 2 * self.table.frameWidth() + 2)
        least = min(6, max(1, self.model.rowCount()))
        self.table.setMinimumHeight(least * self.table.verticalHeader().defaultSectionSize() + head)

    def _on_page_looks_changed(self) -> None:
        super()._on_page_looks_changed()
        if hasattr(self, "model"):
            QTimer.singleShot(0, self, self._fit_table)

    # --- marking -----------------------------------------------------------------------------

    def _mark(self, change: MarkChange) -> bool:
        return self._show(self.changes.mark(change))

    def _show(self, answer: Done | Refused | None) -> bool:
        if isinstance(answer, Refused):
            self.notice.tell(answer.text)
            return False
        if answer is None:
            return False
        self.notice.clear()
        self.reload()
        if isinstance(answer, Done):
            say(self.table, f"{answer.text}; {self.side.total.here} {self.tr('here')}")
        return True

    def _on_marked(self, line: RegisterLine, key: MarkKey) -> None:
        if self._session_id is not None:
            self._mark(change_for(self._session_id, line, key))
            self._last_key = (key, line) if key is not MarkKey.HERE else None

    def _on_marked_and_on(self, line: RegisterLine) -> None:
        if not line.here and self._session_id is not None:
            self._mark(change_for(self._session_id, line, MarkKey.HERE))
        self._last_key = None
        self.table.take_in_hand(self.table.currentIndex().row() + 1)

    # --- finding -----------------------------------------------------------------------------

    def _on_letter(self, letter: str) -> None:
        """Begin to find a name from the table; say so when the letter before marked somebody."""
        last, self._last_key = self._last_key, None
        self.finding.begin(letter)
        if last is None:
            return
        key, line = last
        meant = key.value + letter
        if matches(self.model.rows, meant):
            asked = self.tr("“{key}” marked {name}. Did you mean to find “{meant}”?")
            self.notice.tell(
                asked.format(key=key.value.upper(), name=line.list_name, meant=meant),
                actions=((f"{_FIND_AGAIN}:{meant}", self.tr("Take the mark back and find it")),),
            )

    def _on_notice(self, key: str) -> None:
        if key in {_BRING_BACK, _HELD}:
            self._on_state_wanted(key)
            return
        _, _, meant = key.partition(":")
        self.book.history.undo()
        self.notice.clear()
        self.finding.begin(meant)

    def _on_state_wanted(self, key: str) -> None:
        if self.opened is None:
            return
        changes = self.changes
        use_case = changes.bring_back if key == _BRING_BACK else changes.tick_as_held
        self._show(use_case(self.opened.session))

    def _on_note(self) -> None:
        """Show the access note of the person in hand, and whom to ring."""
        line = self.table.line
        if line is None:
            return
        note = attendance.leader_note(self.book.register, line.person_id)
        ring = "; ".join(contact.replace("\n", " ") for contact in note.contacts)
        parts = [note.access_needs or self.tr("no access note")]
        parts += [self.tr("to ring: {who}").format(who=ring)] if ring else []
        self.notice.tell(f"{line.list_name}: {' · '.join(parts)}", tone="plain")

    def _on_found_marked(self, line: RegisterLine, key: MarkKey) -> None:
        if self._session_id is None or not self._mark(change_for(self._session_id, line, key)):
            return
        place = self.model.place_of(line.person_id)
        if place >= 0 and self.opened is not None:
            now = self.model.rows[place]
            self.finding.show_entered(now, texts.mark_words(now, self.opened.session))

    # --- walk-ins, guests, notes, hours --------------------------------------------------------

    def _on_name_typed(self, typed: str) -> None:
        self.walk_in.offer(people.likely_doubles(self.book.register, typed))

    def _on_walk_in(self, typed: str) -> None:
        if self._session_id is not None:
            self._after_walk_in(self.changes.walk_in(self._session_id, typed))

    def _on_known_walk_in(self, person_id: PersonId) -> None:
        if self._session_id is None:
            return
        change = MarkChange(session_id=self._session_id, person_id=person_id, mark=Mark.PRESENT)
        self._after_walk_in(self.changes.mark(change))

    def _after_walk_in(self, answer: Done | Refused | None) -> None:
        if self._show(answer) and isinstance(answer, Done):
            self.walk_in.empty()
            self.table.take_in_hand(self.model.place_of(answer.ids[-1]))
            self._warn_when_full()

    def _warn_when_full(self) -> None:
        """Say that more are here than there are places: allowed, but not unseen."""
        if self.opened is None or not self.opened.session.capacity:
            return
        places = self.opened.session.capacity
        over = self.opened.totals.here - places
        if over > 0:
            room = texts.counted(places, "place", "places")
            said = self.tr("{over} more are here than the {places}.")
            self.notice.tell(said.format(over=over, places=room))

    def _on_guests(self, guests: int) -> None:
        session = self.opened.session if self.opened else None
        if session is not None and not self._show(self.changes.guests(session, guests)):
            self.side.guests_not_saved(session.guests or 0)

    def _on_notes(self, notes: str) -> None:
        session = self.opened.session if self.opened else None
        answer = self.changes.notes(session, notes) if session is not None else None
        if session is not None and not self._show(answer):
            self.side.notes.not_saved(session.notes)
        if isinstance(answer, Refused):  # at large text the notes are far from what is said here
            self.notice.tell(self.tr("Notes: {problem}").format(problem=answer.text))

    def _on_hours(self) -> None:
        if self.opened is not None:
            self.hours_wanted.emit(self.opened.session)

    # --- leaving -----------------------------------------------------------------------------

    def settle(self) -> None:
        """Save what is typed and not saved yet."""
        self.side.settle()

    def take_keyboard(self) -> None:
        """Begin with finding a name, with the list in sight."""
        self.finder.setFocus()
        self.bring_up(self.finder)

    def escape(self) -> bool:
        """Close what is open here; otherwise go back to the list of sessions."""
        if super().escape() or self.walk_in.field.close_list():
            return True
        self._on_left()
        return True

    def _on_print(self) -> None:
        self.side.settle()
        if self._session_id is not None:
            self.print_wanted.emit(self._session_id)

    def _on_next(self) -> None:
        if self.piled and self.opened is not None:
            self.side.settle()
            self.next_wanted.emit(self.opened.session)

    def _on_left(self) -> None:
        self.side.settle()
        self.left.emit()
