"""The workspace of one return: its questions, the answer in hand, and the rows behind a number."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.changes import Topic
from app.domain.ids import DraftId
from app.services.returns import FilledReturn
from app.services.returns.proof import Record
from app.services.returns.shown import Source, hidden_numbers, merge_suggestions
from app.services.returns.state import PartState
from app.ui.book import Book
from app.ui.returns.answer_pane import AnswerPane
from app.ui.returns.counting_line import CountingLine
from app.ui.returns.making import Made
from app.ui.returns.open_draft import OpenDraft
from app.ui.returns.paste_menu import PasteMenu
from app.ui.returns.preview_card import PreviewCard
from app.ui.returns.proof_pane import ProofPane
from app.ui.returns.question_list import QuestionList
from app.ui.returns.save_as import SaveAs
from app.ui.returns.workspace_dialogs import WorkspaceDialogs
from app.ui.returns.workspace_jobs import print_filled
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.page import Page
from app.ui.widgets.panes import Panes

LEFT, MIDDLE, RIGHT = 0, 1, 2
_LEFT_WIDTH, _RIGHT_WIDTH = 264, 320


class Workspace(Page):
    """Write a draft: everything typed is saved as it is typed."""

    topics = frozenset(Topic)
    help_text = (
        "At the left every question with how it stands; in the middle your answer; at the right what "
        "stands behind a number. Figure puts a number from the book into your words: it stays right "
        "when the book changes. Move to a number to see its rows; Enter on a row opens the record. "
        "Everything is saved as you type. Ctrl+PageDown goes to the next question; F9 shows the very "
        "pages; Issue freezes them."
    )
    left = Signal()
    """Back to the list of returns."""
    issue_wanted = Signal(object)
    """Issue the draft of this DraftId."""
    record_wanted = Signal(object)
    """Open a record of the book: a services.returns.proof.Record."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, parent=parent)
        self.draft = OpenDraft(book, self)
        self._part: PartState | None = None
        self._places: dict[DraftId, tuple[str, str]] = {}
        """Where somebody was in each draft: the question, and the title of the part."""
        self._carets: dict[tuple[DraftId, str], int] = {}
        self._waiting_place = ""
        self._looked: Source | None = None
        self._build_head()
        self._build_panes()
        self.dialogs = WorkspaceDialogs(book, self, self)
        self._connect()

    # --- building ----------------------------------------------------------------------------

    def _build_head(self) -> None:
        looks, tr = self.book.looks, self.tr
        self.back = ActionButton(looks, tr("All returns"), icon="arrow-left", link=True)
        self.head.put_above(self.back)
        self.about_button = ActionButton(looks, tr("About it…"), icon="pencil")
        self.paste = PasteMenu(self.book)
        self.save_as = SaveAs(self.book, pdf=True)
        self.preview_button = ActionButton(looks, tr("Preview"), icon="eye")
        self.preview_button.setCheckable(True)
        self.preview_button.setShortcut(QKeySequence("F9"))
        self.preview_button.setToolTip(tr("The very pages (F9)"))
        self.issue_button = ActionButton(looks, tr("&Issue…"), icon="stamp", primary=True)
        for button in (
            self.about_button, self.paste, self.save_as, self.preview_button, self.issue_button,
        ):  # fmt: skip
            self.head.add_action(button)

    def _build_panes(self) -> None:
        looks = self.book.looks
        self.questions = QuestionList(looks)
        self.answer = AnswerPane(looks)
        self.proof = ProofPane(looks)
        self.preview = PreviewCard(looks, self.book.jobs)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.answer)
        self.middle.addWidget(self.preview)
        self.panes = Panes(
            looks,
            self.tr("Parts of the workspace"),
            (
                (self.tr("Questions"), self.questions, _LEFT_WIDTH),
                (self.tr("Answer"), self.middle, 0),
                (self.tr("How we counted"), self.proof, _RIGHT_WIDTH),
            ),
        )
        self.counting = CountingLine(looks)
        for keys, by in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            QShortcut(QKeySequence(keys), self, partial(self.step, by))
        self.body.addWidget(self.counting)
        self.body.addWidget(self.panes, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(self._on_back)
        self.issue_button.clicked.connect(self._on_issue)
        self.preview_button.toggled.connect(self._on_preview)
        self.about_button.clicked.connect(self.dialogs.change_settings)
        self.paste.wanted.connect(self._on_paste_wanted)
        self.paste.copied.connect(self._on_copied)
        self.save_as.saved.connect(self._on_saved)
        self.questions.chosen.connect(self._on_chosen)
        self.questions.question_wanted.connect(self.go_to_question)
        self.answer.typed.connect(self._on_typed)
        self.answer.insert_wanted.connect(self.dialogs.insert)
        self.answer.earlier_wanted.connect(self.dialogs.show_earlier)
        self.answer.bank_wanted.connect(self.dialogs.show_bank)
        self.answer.keep_wanted.connect(self.dialogs.keep_answer)
        self.answer.done_wanted.connect(self._on_done)
        self.answer.place_chosen.connect(self._on_place)
        self.answer.number_chosen.connect(self._on_number)
        self.proof.record_wanted.connect(self._on_record)
        self.proof.number_wanted.connect(self._look_behind)
        self.preview.made.connect(self._on_made)
        self.counting.follow(self.draft)
        self.draft.stood.connect(self._on_stood)
        for failed in (self.save_as.failed, self.preview.failed, self.draft.failed):
            failed.connect(self._on_failed)
        self.draft.failed.connect(self.questions.show_uncounted)
        self.draft.behind_found.connect(self.proof.show_behind)

    # --- showing -----------------------------------------------------------------------------

    @property
    def draft_id(self) -> DraftId | None:
        """The draft that is open."""
        return self.draft.whole.draft.id if self.draft.whole else None

    @property
    def question(self) -> str:
        """The question in hand, or "" for a part from the book."""
        return self.answer.asked.id if self.answer.asked else ""

    @property
    def parts(self) -> tuple[PartState, ...]:
        """The parts of the return as they are listed."""
        return self.draft.parts

    def show_draft(self, draft_id: DraftId) -> None:
        """Open a draft, at the place where it was left in this sitting."""
        self.settle()
        self._remember()
        self.preview_button.setChecked(False)
        self.notice.clear()
        self.proof.show_nothing()
        self.proof.show_hidden(())
        self.draft.begin_sitting()
        if not self.draft.open(draft_id):
            self.left.emit()
            return
        self._stale = False
        self._part = None
        self._show_head()
        self._show_parts()
        self._show_part(self._found(*self._places.get(draft_id, ("", ""))))
        self.panes.show_pane(MIDDLE)
        if self.draft.fault:
            self.draft.failed.emit(self.draft.fault)

    def reload(self) -> None:
        """Read the draft again and show what changed; what is being typed stays."""
        if self.draft.whole is None:
            return
        if not self.draft.reread():
            self.draft.close()
            self.left.emit()  # it went into the bin meanwhile
            return
        self.draft.forget_quotes()
        self._show_head()
        asked = self.answer.asked
        if asked is not None and not self.answer.waiting:
            kept = self.draft.text_of(asked.id)
            if kept.strip() != self.answer.source.strip():
                caret = self.answer.caret
                self.answer.load(kept, self.draft.face)
                self.answer.put_caret(caret)
            self.answer.show_done(done=self.draft.is_done(asked.id))

    def _show_head(self) -> None:
        whole = self.draft.whole
        if whole is None:
            return
        self.head.say(whole.draft.title, self.dialogs.subtitle(whole.draft, self.book.today()))

    def _show_parts(self) -> None:
        state = self.draft.state
        if state is not None:
            self.questions.show_state(state)
        else:
            self.questions.show_parts(self.parts)

    def _found(self, question: str, title: str) -> int:
        """Return the place of a part, else of the first question, else 0."""
        for place, part in enumerate(self.parts):
            if (question and part.question == question) or (not question and part.title == title):
                return place
        return next((place for place, part in enumerate(self.parts) if part.question), 0)

    def _show_part(self, place: int) -> None:
        if not 0 <= place < len(self.parts):
            return
        part = self._part = self.parts[place]
        self.questions.choose(place)
        asked = self.draft.asked.get(part.question)
        if asked is None:
            self.answer.show_part(part)
            return
        number = sum(bool(one.question) for one in self.parts[: place + 1])
        self.answer.show_question(number, asked, self.draft.text_of(asked.id), self.draft.face)
        self.answer.show_done(done=self.draft.is_done(asked.id))
        self.answer.show_state(part)
        if self.draft_id is not None:
            self.answer.put_caret(self._carets.get((self.draft_id, asked.id), 0))

    # --- going about -------------------------------------------------------------------------

    def go_to_question(self, question: str) -> None:
        """Show a question with the keyboard in its answer."""
        self._on_chosen(self._found(question, ""))
        self.panes.show_pane(MIDDLE)
        self.answer.take_keyboard()

    def step(self, by: int) -> None:
        """Go to the next part (1) or the one before (-1), with the keyboard in it."""
        place = self.parts.index(self._part) if self._part in self.parts else 0
        self._on_chosen(min(max(place + by, 0), len(self.parts) - 1))
        self.answer.take_keyboard()

    def _on_chosen(self, place: int) -> None:
        self.settle()
        self._remember()
        self.draft.begin_sitting()
        self.preview_button.setChecked(False)
        self._show_part(place)

    def _remember(self) -> None:
        if self.draft_id is None or self._part is None:
            return
        self._places[self.draft_id] = (self._part.question, self._part.title)
        if self.question:
            self._carets[self.draft_id, self.question] = self.answer.caret

    def take_keyboard(self) -> None:
        """Begin to write."""
        if self.panes.fits == 1:
            self.panes.show_pane(MIDDLE)
            self.bring_up(self.panes)  # large text: what is written before what it is called
        self.answer.take_keyboard()

    def come_back(self) -> None:
        """Go on with the number whose row was opened; its rows are read again if they changed."""
        if (looked := self._looked) is None or self.proof.behind is None:
            return
        self.panes.show_pane(RIGHT)
        self.proof.take_keyboard()
        if not self.draft.is_fresh:
            self.draft.when_fresh(lambda _filled: self.draft.look_behind(looked, ""))

    def escape(self) -> bool:
        """Leave the preview, or a notice."""
        if self.preview_button.isChecked():
            self.preview_button.setChecked(False)
            self.answer.take_keyboard()
            return True
        return super().escape()

    def _on_back(self) -> None:
        self.settle()
        self._remember()
        self.left.emit()

    def _on_issue(self) -> None:
        self.settle()
        if self.draft_id is not None:
            self.issue_wanted.emit(self.draft_id)

    # --- saving ------------------------------------------------------------------------------

    def settle(self) -> None:
        """Save what is typed and not saved yet."""
        if self.answer.waiting:
            self._on_typed()

    def _on_typed(self) -> None:
        self.answer.stop_waiting()
        if not self.question:
            return
        wrong = self.draft.save(self.question, self.answer.source, self)
        if wrong:
            self.notice.tell(" ".join(wrong), tone="overdue")
        self.answer.show_done(done=self.draft.is_done(self.question))

    def _on_done(self, done: bool) -> None:
        self.settle()
        wrong = self.draft.mark_done(self.question, done=done, origin=self)
        self.answer.show_done(done=self.draft.is_done(self.question))
        if wrong:
            self.notice.tell(" ".join(wrong), tone="overdue")

    # --- numbers -----------------------------------------------------------------------------

    def _on_stood(self) -> None:
        """Show what was counted: the chips, the list, the warnings."""
        state = self.draft.state
        if state is None or self._part is None or not state.parts:
            return
        question, title = self._part.question, self._part.title
        self.questions.show_state(state)
        place = self._found(question, title)
        self.questions.choose(place)
        self._part = state.parts[place]
        self.answer.show_faces(self.draft.face)
        self.answer.show_state(self._part)
        self.proof.show_hidden(hidden_numbers(state.filled), merge_suggestions(state.filled))
        self.save_as.show_filled(state.filled)
        waiting, self._waiting_place = self._waiting_place, ""
        if waiting:
            self._on_place(waiting)

    def _on_place(self, source: str) -> None:
        if not source:
            return
        found = self.draft.source_of(source)
        if found is not None:
            self._look_behind(*found)
        elif not self.draft.is_fresh:
            self._waiting_place = source
            self.proof.show_waiting(self.tr("this number"))
        else:
            self.proof.show_nothing(
                self.tr("Nothing is counted for this: it is said as it stands.")
            )

    def _on_number(self, source: Source, printed: str) -> None:
        self._look_behind(source, printed)
        self.panes.show_pane(RIGHT)

    def _look_behind(self, source: Source, printed: str) -> None:
        self._looked = source
        self.proof.show_waiting(printed)
        self.draft.look_behind(source, printed)

    def _on_record(self, record: Record) -> None:
        self.settle()
        self._remember()
        self.record_wanted.emit(record)

    # --- pages, files, the clipboard ---------------------------------------------------------

    def _on_preview(self, wanted: bool) -> None:
        self.settle()
        self.middle.setCurrentWidget(self.preview if wanted else self.answer)
        self.preview_button.setText(self.tr("Write on") if wanted else self.tr("Preview"))
        self.preview_button.set_icon("pencil" if wanted else "eye")
        self.panes.show_last(not wanted)
        if not wanted:
            self.preview.stop()
            return
        self.panes.show_pane(MIDDLE)
        self.preview.pages.setFocus()
        self.draft.when_fresh(self._print)
        self.counting.hurry()

    def _print(self, filled: FilledReturn) -> None:
        if self.preview_button.isChecked():
            self.preview.start_work(partial(print_filled, filled=filled))

    def _on_made(self, _made: Made) -> None:
        self.preview.pages.setFocus()

    def _on_paste_wanted(self, question: str) -> None:
        self.settle()
        self.draft.when_fresh(partial(self.paste.copy, self.question if question else ""))
        self.counting.hurry()

    def _on_copied(self, said: str) -> None:
        self.notice.tell(said, tone="good")

    def _on_saved(self, path: object) -> None:
        name = getattr(path, "name", "")
        self.notice.tell(self.tr("Saved as {name}.").format(name=name), tone="good")

    def _on_failed(self, text: str) -> None:
        self.notice.tell(text, tone="overdue")
