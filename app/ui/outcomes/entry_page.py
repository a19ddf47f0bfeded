"""Enter questionnaires in paper order, by keyboard alone."""

import datetime as dt
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.changes import Topic
from app.domain.ids import ResponseId
from app.domain.measures import Entry
from app.domain.outcomes import STATES, Answer, Method, ResponseDraft, ResponseState, Stage
from app.domain.periods import short_date
from app.domain.problems import Problem
from app.services import outcomes
from app.services.outcomes import Questions
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.outcomes import sheets as sheet_lists
from app.ui.outcomes import words as said
from app.ui.outcomes.entry_parts import EntryCard, SheetsSide
from app.ui.outcomes.goal_dialog import GoalDialog
from app.ui.outcomes.sheets import Sheet
from app.ui.tables.rows_model import ROW_ROLE
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What was typed of a sheet and is not kept yet."""

    day: str
    method: str
    note: str = field(repr=False)
    answers: dict[str, str] = field(repr=False)


class EntryPage(Page):
    """One sheet after the other; what is typed and cannot be kept yet waits with its sheet."""

    topics = frozenset({Topic.OUTCOMES, Topic.PEOPLE})
    help_text = (
        "The sheets in the order in which they were printed. Type the number that is ringed, d for "
        "declined, nothing where it was left blank; Enter goes on. Enter in the last question keeps "
        "the sheet and takes the next one. Whole sheets can be declined, or not asked."
    )
    left = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, parent=parent)
        self.sheets: tuple[Sheet, ...] = ()
        self._place = 0
        self._drafts: dict[tuple[int, str, int, int], _Typed] = {}
        self._shown: _Typed | None = None
        self._questions: Questions | None = None
        self._warned = False
        self._build()
        self._connect()

    def _build(self) -> None:
        looks, tr = self.book.looks, self.tr
        self.back = ActionButton(looks, tr("Back"), icon="arrow-left", link=True)
        self.head.put_above(self.back)
        self.declined_button = ActionButton(looks, tr("Whole sheet declined"), icon="ban")
        self.not_asked_button = ActionButton(looks, tr("Not asked"), icon="circle")
        self.bin_button = ActionButton(looks, tr("Put in the bin"), icon="trash-2")
        self.save_button = ActionButton(looks, tr("Keep"), icon="check", primary=True)
        for button in (
            self.bin_button, self.not_asked_button, self.declined_button, self.save_button,
        ):  # fmt: skip
            self.head.add_action(button)
        self.card = EntryCard(self.book)
        self.side = SheetsSide(self.book)
        self.columns = TwoColumns(looks, self.card, self.side, needed=860, side_width=330)
        self.body.addWidget(self.columns)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.back.clicked.connect(self._on_back)
        self.save_button.clicked.connect(self.keep_and_go_on)
        self.declined_button.clicked.connect(self._on_declined)
        self.not_asked_button.clicked.connect(self._on_not_asked)
        self.bin_button.clicked.connect(self._on_bin)
        self.card.answers.finished.connect(self.keep_and_go_on)
        self.card.day.settled.connect(self._on_day)
        self.card.goal_wanted.connect(self._on_goal)
        self.side.sheets.opened.connect(self._on_sheet_opened)
        self.notice.acted.connect(self._on_notice)
        keep = QShortcut(QKeySequence("Ctrl+Return"), self)
        keep.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keep.activated.connect(self.keep_and_go_on)

    # --- showing -----------------------------------------------------------------------------

    def open_sheets(self, sheets: tuple[Sheet, ...], place: int | None = None) -> None:
        """Show sheets to enter, from the first that is not entered."""
        self._put_by()
        self.sheets = sheets
        waiting = [n for n, sheet in enumerate(sheets) if sheet.response is None]
        self.notice.clear()
        self._show(place if place is not None else (waiting or [0])[0])

    def open_pile(self, print_id: int) -> bool:
        """Show a printed pile; False when it is gone."""
        pile = outcomes.pile(self.book.register, print_id)
        if pile is None or not pile.rows:
            return False
        self.open_sheets(sheet_lists.of_pile(pile))
        return True

    @property
    def sheet(self) -> Sheet | None:
        """The sheet in hand."""
        return self.sheets[self._place] if self._place < len(self.sheets) else None

    def reload(self) -> None:
        """Read again what is kept of the sheets; what is typed stays."""
        sheet = self.sheet
        if sheet is None:
            return
        register = self.book.register
        pile = outcomes.pile(register, sheet.print_id) if sheet.print_id else None
        if pile is not None and len(self.sheets) == len(pile.rows):
            self.sheets = sheet_lists.of_pile(pile)
        else:
            self.sheets = tuple(self._reread(one) for one in self.sheets)
        changed = self.sheets[self._place].response != sheet.response
        if not self.dirty or changed:
            self._show(self._place)

    def _reread(self, sheet: Sheet) -> Sheet:
        kept = outcomes.response(self.book.register, sheet.response.id) if sheet.response else None
        return replace(sheet, response=None if kept is None or kept.binned else kept)

    def _show(self, place: int) -> None:
        self._place, self._warned = place, False
        sheet = self.sheet
        if sheet is None:
            return
        day = sheet.response.answered_on if sheet.response else self._suggested_day(sheet)
        self._questions = self._read_questions(sheet, day)
        if self._questions is None:  # the person or the measure was taken away meanwhile
            self.left.emit()
            return
        measure = self._questions.measure
        kept = sheet.response
        method = Method.SUPPLIED if measure.entry is Entry.SUPPLIED else Method.PAPER
        self.card.show_sheet(
            measure, self._questions.items, day, kept.method if kept else method,
            kept.note if kept else "", kept.answers if kept else {},
        )  # fmt: skip
        self._shown = self._typed()
        waiting = self._drafts.get(sheet.key)
        if waiting is not None:
            self._show_typed(waiting)
        self._say_head(sheet, measure.title)
        self.side.show_sheets(self.sheets, place)
        self.side.show_earlier(self._questions, kept)
        self.bin_button.setVisible(kept is not None)
        self.save_button.setText(self._save_words())

    def _say_head(self, sheet: Sheet, title: str) -> None:
        tr, several = self.tr, len(self.sheets) > 1
        parts = [
            tr("Sheet {row} of {all}").format(row=sheet.row, all=len(self.sheets))
            if several
            else "",
            tr("code {code}").format(code=sheet.code) if sheet.code else "",
            sheet.name,
            said.STAGE_WORDS[stage] if (stage := self._stage(sheet)) else "",
            tr("kept: {state}").format(state=STATES[sheet.response.state].lower())
            if sheet.response
            else "",
        ]
        self.head.say(title, " · ".join(part for part in parts if part))

    def _save_words(self) -> str:
        return self.tr("Keep and next") if self._next() is not None else self.tr("Keep")

    def _suggested_day(self, sheet: Sheet) -> dt.date:
        if sheet.day is not None:
            return sheet.day
        before = [one.response for one in self.sheets if one.response is not None]
        together = sheet.print_id is not None and before
        return before[-1].answered_on if together else self.book.today()

    def _stage(self, sheet: Sheet) -> Stage | None:
        if sheet.stage is not None or sheet.response is not None or self._questions is None:
            return sheet.stage if sheet.response is None else None
        some = any(one.state is ResponseState.ANSWERED for one in self._questions.earlier)
        if sheet.print_id is None:
            return None
        return Stage.FOLLOW_UP if some else Stage.START

    # --- keeping -----------------------------------------------------------------------------

    def keep(self, state: ResponseState = ResponseState.ANSWERED) -> bool:
        """Keep the sheet in hand; False when something is to correct."""
        sheet = self.sheet
        if sheet is None or self._questions is None:
            return False
        answers, problems = self.card.answers.read()
        day = self.card.day.day("answered_on")
        if isinstance(day, Problem):
            problems = (*problems, day)
        if problems:
            self._say(problems)
            return False
        draft = self._draft(sheet, state, day if isinstance(day, dt.date) else None, answers)
        answer = self._kept(sheet, draft)
        if isinstance(answer, Refused):
            self._say(answer.problems)
        if not isinstance(answer, Done):
            return False
        response = outcomes.response(self.book.register, ResponseId(answer.ids[0]))
        self._drafts.pop(sheet.key, None)
        kept = replace(sheet, response=response)
        self.sheets = (*self.sheets[: self._place], kept, *self.sheets[self._place + 1 :])
        self._shown = self._typed()
        self.notice.clear()
        return True

    def _draft(
        self, sheet: Sheet, state: ResponseState, day: dt.date | None, answers: dict[str, Answer]
    ) -> ResponseDraft:
        return ResponseDraft(
            person_id=sheet.person_id, measure=sheet.measure, answered_on=day, state=state,
            method=Method(self.card.method.currentData()), answers=answers,
            note=self.card.note.text(), print_id=sheet.print_id, stage=self._stage(sheet),
        )  # fmt: skip

    def _kept(self, sheet: Sheet, draft: ResponseDraft) -> Done | Refused | None:
        register, today, response = self.book.register, self.book.today(), sheet.response
        if response is None:
            return self.book.commands.run(
                lambda: outcomes.record(register, draft, today=today), origin=self
            )
        return self.book.commands.run(
            lambda: outcomes.correct(register, response.id, draft, today=today), origin=self
        )

    def _say(self, problems: tuple[Problem, ...]) -> None:
        rest = self.card.answers.show_problems(problems)
        by_day = [problem for problem in rest if problem.field == "answered_on"]
        self.card.day_field.show_problem(by_day[0].text if by_day else "")
        others = [problem for problem in rest if problem not in by_day]
        already = any(problem.code == "answered_already" for problem in problems)
        actions = (("earlier", self.tr("Show those answers")),) if already else ()
        text = " ".join(problem.text for problem in (*others, *(by_day if already else ())))
        self.notice.tell(text, tone="overdue", actions=actions)
        if by_day and len(rest) == len(problems):
            self.card.day.setFocus()

    def keep_and_go_on(self) -> None:
        """Keep the sheet and show the next one; after the last, go back."""
        if self.keep():
            self._go_on()

    def _go_on(self) -> None:
        following = self._next()
        if following is None:
            self.left.emit()
            return
        self._show(following)
        self.take_keyboard()

    def _next(self) -> int | None:
        """The next sheet to enter after the one in hand, from the first again after the last."""
        order = [*range(self._place + 1, len(self.sheets)), *range(self._place)]
        return next((place for place in order if self.sheets[place].response is None), None)

    # --- nothing typed is lost ---------------------------------------------------------------

    @property
    def dirty(self) -> bool:
        """Whether something is typed that is not kept."""
        return self.sheet is not None and self._shown is not None and self._typed() != self._shown

    def _typed(self) -> _Typed:
        card = self.card
        return _Typed(
            day=card.day.text(), method=str(card.method.currentData()), note=card.note.text(),
            answers={code: text.strip() for code, text in card.answers.typed.items()},
        )  # fmt: skip

    def _show_typed(self, typed: _Typed) -> None:
        self.card.day.setText(typed.day)
        self.card.method.setCurrentIndex(max(0, self.card.method.findData(typed.method)))
        self.card.note.setText(typed.note)
        self.card.answers.show_typed(typed.answers)

    def _put_by(self) -> None:
        """Keep what is typed with its sheet, until it is shown again."""
        sheet = self.sheet
        if sheet is not None and self.dirty:
            self._drafts[sheet.key] = self._typed()

    def settle(self) -> None:
        """Keep the sheet in hand if it can be kept; otherwise what is typed waits with it."""
        if self.dirty and any(self._typed().answers.values()) and not self.keep():
            self._put_by()

    # --- answering ---------------------------------------------------------------------------

    def _read_questions(self, sheet: Sheet, day: dt.date) -> Questions | None:
        return outcomes.questions_for(self.book.register, sheet.person_id, sheet.measure, day)

    def _on_day(self) -> None:
        """Show the questions for the age, or the goals, of another day."""
        day, sheet = self.card.day.day("answered_on"), self.sheet
        self.card.day_field.show_problem(day.text if isinstance(day, Problem) else "")
        if isinstance(day, dt.date) and sheet is not None:
            asked = self._read_questions(sheet, day)
            if asked is not None and self._questions is not None:
                self._questions = asked
                self.card.answers.show_items(asked.items)

    def _on_declined(self) -> None:
        if self.keep(ResponseState.DECLINED):
            self._go_on()

    def _on_not_asked(self) -> None:
        if self.keep(ResponseState.NOT_ASKED):
            self._go_on()

    def _on_bin(self) -> None:
        sheet = self.sheet
        if sheet is None or sheet.response is None:
            return
        response_id, register = sheet.response.id, self.book.register
        answer = self.book.commands.run(lambda: outcomes.put_in_bin(register, response_id))
        if isinstance(answer, Done):
            text = self.tr("These answers are in the bin and do not count any more.")
            self.notice.tell(text, tone="good", actions=(("undo", self.tr("Undo")),))

    def _on_goal(self) -> None:
        sheet = self.sheet
        if sheet is not None:
            dialog = GoalDialog(self.book, sheet.person_id, sheet.name, self.window())
            dialog.accepted.connect(self._on_goal_set)
            dialog.open()

    def _on_goal_set(self) -> None:
        self._on_day()
        self._shown = self._typed()
        self.take_keyboard()

    def _on_sheet_opened(self, index: QModelIndex | QPersistentModelIndex) -> None:
        sheet = index.data(ROW_ROLE)
        if isinstance(sheet, Sheet):
            self._put_by()
            self._show(self.sheets.index(sheet))
            self.take_keyboard()

    def _on_notice(self, key: str) -> None:
        day, sheet = self.card.day.day(), self.sheet
        self.notice.clear()
        if key == "undo":
            self.book.history.undo()
        elif key == "earlier" and sheet is not None and isinstance(day, dt.date):
            asked = self._read_questions(sheet, day)
            kept = asked.on_day(day) if asked else None
            if kept is not None:
                self._put_by()
                self.sheets = (replace(sheet, response=kept, print_id=None, row=1),)
                self._show(0)
                text = self.tr("These are the answers of {day}.").format(day=short_date(day))
                self.notice.tell(text, tone="plain")
                self.take_keyboard()

    def _on_back(self) -> None:
        self.escape()

    def take_keyboard(self) -> None:
        """Begin with the first question."""
        if self.card.answers.lines:
            self.card.answers.take_keyboard()
        else:
            self.card.goal_button.setFocus()

    def escape(self) -> bool:
        """Go back; what is typed is kept first, or waits with its sheet at the second press."""
        if self.dirty and not self._warned and any(self._typed().answers.values()):
            self._warned = True
            if not self.keep():
                return True
        self._put_by()
        self.notice.clear()
        self.left.emit()
        return True
