"""One referral: who and from whom, how it stands, its dated steps, its letters, who came since."""

from typing import Any

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.changes import Topic
from app.domain.ids import ReferralId
from app.domain.periods import short_date
from app.domain.referrals import REPORT_BACK, TO_ANSWER, WHO_PAYS, ReferralStep, Step
from app.services import referrals
from app.services.referrals import ReferralRow, WholeReferral
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.referrals import words as said
from app.ui.referrals.referral_cards import AboutCard, CameCard, LettersCard, OthersCard, StepsCard
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card, Chip
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.page import Page
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow


class ReferralPage(Page):
    """One referral's page."""

    topics = frozenset(
        {Topic.REFERRALS, Topic.PEOPLE, Topic.ATTENDANCE, Topic.ACTIVITIES, Topic.SESSIONS,
         Topic.PLACES}
    )  # fmt: skip
    help_text = (
        "One referral. The buttons under “What happens next” note the steps that can follow, each "
        "with its day and its reason; Enter on a step corrects it. The letter says no more than the "
        "person agreed to. Whoever comes for the first time has started by themselves."
    )
    left = Signal()
    change_wanted = Signal(object)
    """The WholeReferral to change."""
    step_wanted = Signal(object, object, str)
    correct_wanted = Signal(object)
    """The ReferralStep that was noted wrongly."""
    letter_wanted = Signal(object)
    """The WholeReferral to write about."""
    person_wanted = Signal(object)
    referral_wanted = Signal(object)
    bin_wanted = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, parent=parent, long=True)
        self.referral_id: ReferralId | None = None
        self.whole: WholeReferral | None = None
        self._build_head()
        self._build_body()
        self.notice.acted.connect(self._on_notice)

    def _build_head(self) -> None:
        looks, tr = self.book.looks, self.tr
        self.back = ActionButton(looks, tr("All referrals"), icon="arrow-left", link=True)
        self.head.put_above(self.back)
        self.bin_button = ActionButton(looks, tr("Put in the bin"), icon="trash-2")
        self.unbin_button = ActionButton(looks, tr("Take out of the bin"), icon="undo-2")
        self.person_button = ActionButton(looks, tr("Open the person"), icon="user")
        self.change_button = ActionButton(looks, tr("Change…"), icon="pencil")
        self.letter_button = ActionButton(
            looks, tr("Letter to the sender…"), icon="mail", primary=True
        )
        for button in (
            self.bin_button, self.unbin_button, self.person_button, self.change_button,
            self.letter_button,
        ):  # fmt: skip
            self.head.add_action(button)
        self.back.clicked.connect(self.left)
        self.bin_button.clicked.connect(self._on_bin)
        self.unbin_button.clicked.connect(self._on_unbin)
        self.person_button.clicked.connect(self._on_person)
        self.change_button.clicked.connect(self._on_change)
        self.letter_button.clicked.connect(self._on_letter)

    def _build_body(self) -> None:
        book, looks = self.book, self.book.looks
        self.chips = WrapRow(looks)
        self.body.addWidget(self.chips)
        self.next = Card(looks, self.tr("What happens next"))
        self.hint = words("", "aside", wrap=True)
        self.next.body.addWidget(self.hint)
        self.next_row = WrapRow(looks)
        self.next.body.addWidget(self.next_row)
        self.buttons: dict[Step, ActionButton] = {}
        for step, (text, icon) in said.STEP_BUTTONS.items():
            button = ActionButton(looks, said.tr(text), icon=icon)
            button.setProperty("step", step.value)
            button.clicked.connect(self._on_step)
            self.buttons[step] = button
            self.next_row.add(button)
        self.steps, self.letters = StepsCard(book), LettersCard(book)
        self.about, self.came, self.others = AboutCard(book), CameCard(book), OthersCard(book)
        main = _column(looks, self.next, self.steps, self.letters)
        side = _column(looks, self.about, self.came, self.others)
        self.columns = TwoColumns(looks, main, side, needed=900, side_width=380)
        self.body.addWidget(self.columns)
        self.body.addStretch(1)
        self.steps.table.opened.connect(self._on_step_opened)
        self.steps.correct.clicked.connect(self._on_correct)
        self.steps.remove.clicked.connect(self._on_remove)
        self.letters.remove.clicked.connect(self._on_remove_letter)
        self.others.opened.connect(self.referral_wanted)

    # --- showing -----------------------------------------------------------------------------

    def open_referral(self, referral_id: ReferralId) -> None:
        """Show a referral from its top."""
        self.referral_id = referral_id
        self.notice.clear()
        self.reload()
        self._area.verticalScrollBar().setValue(0)
        self.take_keyboard()

    def reload(self) -> None:
        """Read the referral again."""
        if self.referral_id is None:
            return
        whole = referrals.whole(self.book.register, self.referral_id, today=self.book.today())
        if whole is None:  # taken away by an undo
            self.left.emit()
            return
        self.whole = whole
        self._show_head(whole)
        self._show_chips(whole.row)
        self._show_next(whole)
        self.steps.show_steps(whole)
        self.letters.show_letters(whole.letters)
        self.about.show_referral(whole)
        self.came.show_came(whole)
        self.others.show_others(whole.others)

    def _show_head(self, whole: WholeReferral) -> None:
        row = whole.row
        worker = f" ({whole.worker.name})" if whole.worker else ""
        parts = (
            said.sent_words(row, worker),
            said.came_how(row),
            self.tr("received {day}").format(day=short_date(row.received_on)),
            self.tr("for {activity}").format(activity=row.activity) if row.activity else "",
        )
        told = " · ".join(part for part in parts if part)
        self.head.say(row.full_name, told[:1].upper() + told[1:])
        self.bin_button.setVisible(not row.binned)
        self.unbin_button.setVisible(row.binned)
        self.change_button.setVisible(not row.binned)
        self.letter_button.setVisible(not row.binned)

    def _show_chips(self, row: ReferralRow) -> None:
        looks, tr = self.book.looks, self.tr
        self.chips.clear()
        found = []
        if row.binned:
            found.append((tr("In the bin: does not count"), "overdue", "trash-2"))
        found.append((said.state_words(row), *said.STATE_LOOKS[row.state]))
        found.append((said.clock_words(row.clock), *said.clock_look(row.clock)))
        if row.tries and row.state in TO_ANSWER:
            found.append((_capital(said.tries_words(row.tries)), "due", "phone"))
        pays = WHO_PAYS[row.who_pays].partition(":")[0]
        found.append((tr("Pays: {who}").format(who=pays.lower()), "plain", "wallet"))
        tone = {"yes": "good", "no": "plain"}.get(row.report_back, "due")
        back = tr("Sender may be told: {answer}").format(
            answer=REPORT_BACK[row.report_back].lower()
        )
        found.append((back, tone, "mail"))
        for text, look, icon in found:
            chip = Chip(looks, text, tone=look, icon=icon)
            self.chips.add(chip)
            chip.show()

    def _show_next(self, whole: WholeReferral) -> None:
        self.next.setVisible(bool(whole.moves))
        row = whole.row
        first = Step.NO_CONTACT if whole.offer_no_contact else _usual(whole.moves)
        for step, button in self.buttons.items():
            button.setVisible(step in whole.moves)
            button.set_primary(primary=step is first and row.state in TO_ANSWER)
        self.letter_button.set_primary(primary=row.state not in TO_ANSWER)
        self.hint.setText(self._hint(whole))

    def _hint(self, whole: WholeReferral) -> str:
        row, tr = whole.row, self.tr
        if whole.offer_no_contact:
            return tr("Tried three times in vain: it can be closed as “no contact”.")
        if row.state in TO_ANSWER:
            due, line = short_date(row.clock.due_on), short_date(row.clock.line_on)
            return tr("The sender waits for an answer: due by {due}, the line is {line}.").format(
                due=due, line=line
            )
        if row.state.value == "accepted":
            return tr("The first time they are ticked on a register, this moves on by itself.")
        if row.state.value == "waiting":
            return tr("When a place is free, offer it here or on the activity’s register.")
        if row.came_times:
            return tr("They are coming. When that ends, note how it ended.")
        return tr("This referral is over. It can be opened again.")

    # --- acting ------------------------------------------------------------------------------

    def _run(self, work: Any, *, said_then: str) -> None:
        answer = self.book.commands.run(work)
        if isinstance(answer, Refused):
            self.notice.tell(answer.text, tone="overdue")
        elif isinstance(answer, Done):
            self.say_done(said_then)

    def say_done(self, text: str) -> None:
        """Say that something was done, with the way back."""
        self.notice.tell(text, tone="good", actions=(("undo", self.tr("Undo")),))

    def _on_step(self) -> None:
        if self.whole is not None:
            step = Step(self.sender().property("step"))
            self.step_wanted.emit(self.whole.row, step, "")

    def _on_step_opened(self, _index: QModelIndex) -> None:
        self._on_correct()

    def _on_correct(self) -> None:
        step = self.steps.step
        if step is not None:
            self.correct_wanted.emit(step)

    def _on_remove(self) -> None:
        step = self.steps.step
        if isinstance(step, ReferralStep):
            register, step_id = self.book.register, step.id
            self._run(
                lambda: referrals.remove_step(register, step_id),
                said_then=self.tr("The step was taken out."),
            )

    def _on_remove_letter(self) -> None:
        letter = self.letters.letter
        if letter is not None:
            register, letter_id = self.book.register, letter.id
            self._run(
                lambda: referrals.remove_letter(register, letter_id),
                said_then=self.tr("The letter is not noted as sent any more."),
            )

    def _on_bin(self) -> None:
        if self.whole is not None:
            register, one, today = self.book.register, self.whole.referral.id, self.book.today()
            self._run(
                lambda: referrals.put_in_bin(register, one, today=today),
                said_then=self.tr("This referral is in the bin and does not count any more."),
            )
            self.unbin_button.setFocus()

    def _on_unbin(self) -> None:
        if self.whole is not None:
            register, one, today = self.book.register, self.whole.referral.id, self.book.today()
            self._run(
                lambda: referrals.take_out_of_bin(register, one, today=today),
                said_then=self.tr("This referral is out of the bin and counts again."),
            )
            self.take_keyboard()

    def _on_person(self) -> None:
        if self.whole is not None:
            self.person_wanted.emit(self.whole.row.person_id)

    def _on_change(self) -> None:
        if self.whole is not None:
            self.change_wanted.emit(self.whole)

    def _on_letter(self) -> None:
        if self.whole is not None:
            self.letter_wanted.emit(self.whole)

    def _on_notice(self, key: str) -> None:
        self.notice.clear()
        if key == "undo":
            self.book.history.undo()

    def take_keyboard(self) -> None:
        """Begin with the usual next step: who came is told of, if nobody was told yet."""
        moves = self.whole.moves if self.whole else ()
        first = _usual(moves)
        if self.whole is not None and self.whole.row.binned:
            self.unbin_button.setFocus()
        elif self.whole is not None and self.whole.came and not self.whole.letters:
            self.letter_button.setFocus()
        elif first is not None:
            self.buttons[first].setFocus()
        else:
            self.letter_button.setFocus()

    def escape(self) -> bool:
        """Close a notice, or go back."""
        if not super().escape():
            self.left.emit()
        return True


def _usual(moves: tuple[Step, ...]) -> Step | None:
    """Return the step that is taken most of those that can follow."""
    if Step.ACCEPTED in moves and Step.COMPLETED not in moves:
        return Step.ACCEPTED
    return next((step for step in (Step.COMPLETED, *moves) if step in moves), None)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _column(looks: Any, *cards: QWidget) -> QWidget:
    """Return cards one under the other, at the top of the room there is."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(looks.gap(16))
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return holder
