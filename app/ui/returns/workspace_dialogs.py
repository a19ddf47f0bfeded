"""What a workspace opens: pickers, earlier answers, the bank, what the return is about."""

import datetime as dt
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.ids import DraftId
from app.domain.periods import short_date
from app.domain.returns import Draft
from app.services import activities, money, places
from app.services.returns import answers, drafts, proof, typed
from app.ui.book import Book
from app.ui.returns.answer_pane import AnswerPane
from app.ui.returns.open_draft import OpenDraft
from app.ui.returns.workspace_jobs import ToCount

_SAME = 100


class Host(Protocol):
    """What is wanted of the workspace."""

    draft: OpenDraft
    answer: AnswerPane

    @property
    def draft_id(self) -> DraftId | None:
        """The draft that is open."""

    @property
    def question(self) -> str:
        """The question in hand."""

    def settle(self) -> None:
        """Save what is typed."""

    def window(self) -> QWidget:
        """Return the window it is in."""


class WorkspaceDialogs(QObject):
    """Opens the dialogs of a workspace and does what is chosen in them."""

    def __init__(self, book: Book, host: Host, parent: QObject) -> None:
        super().__init__(parent)
        self._book = book
        self._page = host

    # --- what the return is about ------------------------------------------------------------

    def about(self, draft: Draft) -> str:
        """Return the grant or agreement and the activity of a draft, in words."""
        register, parts = self._book.register, list[str]()
        grant = money.get_grant(register, draft.grant_id) if draft.grant_id else None
        if grant is not None:
            parts.append(f"{grant.funder}, {grant.reference}")
        if draft.agreement_id is not None:
            same = (one for one in places.list_agreements(register) if one.id == draft.agreement_id)
            parts += [one.name for one in same]
        if draft.activity_id is not None:
            known = activities.list_activities(register)
            parts += [one.name for one in known if one.id == draft.activity_id]
        return " · ".join(parts)

    def subtitle(self, draft: Draft, today: dt.date) -> str:
        """Return what a draft is about, its period, and when it is due."""
        period = draft.period
        days = f"{_day(period.first)} to {_day(period.last)}" if period else ""
        due = drafts.due_words(draft.due_on, today) if draft.due_on else ""
        return " · ".join(part for part in (self.about(draft), days, due) if part)

    def change_settings(self) -> None:
        """Change title, period, grant, activity, eyes, sum and day."""
        from app.ui.returns.draft_dialog import DraftDialog

        whole = self._page.draft.whole
        if whole is not None:
            self._page.settle()
            DraftDialog(self._book, whole.draft, parent=self._page.window()).open()

    # --- putting in --------------------------------------------------------------------------

    def insert(self, kind: str) -> None:
        """Choose a figure, table, chart or quote, and put it in at the caret."""
        from app.ui.returns.place_dialogs import BlockDialog, FigureDialog, QuoteDialog

        draft_id, window = self._page.draft_id, self._page.window()
        if draft_id is None:
            return
        dialog: FigureDialog | BlockDialog | QuoteDialog
        if kind == "figure":
            dialog = FigureDialog(self._book, self._to_count(), parent=window)
        elif kind == "quote":
            dialog = QuoteDialog(self._book, draft_id, parent=window)
        else:
            dialog = BlockDialog(self._book, kind, parent=window)
        dialog.chosen.connect(self._page.answer.insert)
        dialog.open()

    def _to_count(self) -> ToCount:
        filled, whole = self._page.draft.filled, self._page.draft.whole
        if filled is not None:
            return ToCount(period=proof.days_of(filled), activity_id=filled.activity_id)
        period = whole.draft.period if whole else None
        if period is None:
            from app.domain.periods import group_year_of

            today = self._book.today()
            period = group_year_of(today, 3, 31)
        return ToCount(period=period, activity_id=whole.draft.activity_id if whole else None)

    # --- earlier answers ---------------------------------------------------------------------

    def show_earlier(self) -> None:
        """Offer last time's answer, and answers to questions that ask about the same."""
        from app.ui.returns.answers_dialogs import earlier_dialog

        self._page.settle()
        asked, draft_id = self._page.answer.asked, self._page.draft_id
        if asked is None or draft_id is None:
            return
        register = self._book.register
        found = [(one, _SAME) for one in answers.last_times(register, draft_id, asked.id)]
        there = {one.text for one, _ in found}
        found += [
            (one.answer, min(one.likeness, _SAME - 1))
            for one in answers.like(register, draft_id, asked.id, asked.text)
            if one.answer.text not in there
        ]
        dialog = earlier_dialog(self._book, tuple(found), self.printed, self._page.window())
        dialog.chosen.connect(partial(self._use, asked.id))
        dialog.open()

    def show_bank(self) -> None:
        """Offer the answers kept."""
        from app.ui.returns.answers_dialogs import BankDialog

        self._page.settle()
        if self._page.question:
            dialog = BankDialog(self._book, self.printed, self._page.window())
            dialog.chosen.connect(partial(self._use, self._page.question))
            dialog.open()

    def keep_answer(self) -> None:
        """Keep the answer in hand under a name."""
        from app.ui.returns.answers_dialogs import KeepDialog

        self._page.settle()
        asked = self._page.answer.asked
        if asked is not None:
            source = self._page.answer.source
            KeepDialog(
                self._book, source, name=asked.text.rstrip("?"), parent=self._page.window()
            ).open()

    def printed(self, source: str) -> str:
        """Return a kept answer in words, with the numbers that are known."""
        return "".join(
            self._page.draft.face(one).shown if one.kind != "words" else one.source
            for one in typed.pieces(source)
        )

    def _use(self, question: str, text: str) -> None:
        draft_id, register = self._page.draft_id, self._book.register
        asked = self._page.draft.asked.get(question)
        if draft_id is None:
            return
        wording = asked.text if asked else ""
        self._book.commands.run(
            lambda: answers.use(register, draft_id, question, text, wording=wording)
        )
        self._page.draft.begin_sitting()
        self._page.answer.take_keyboard()


def _day(day: dt.date) -> str:
    """Return a day without its weekday: 1 Apr 2026."""
    return short_date(day).partition(" ")[2]
