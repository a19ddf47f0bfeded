"""The form for a welfare note: after it is kept it is never changed."""

import datetime as dt
from dataclasses import fields
from functools import partial

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.domain.problems import Problem
from app.domain.welfare import PARTS, Note, NoteDraft
from app.services import welfare
from app.services.result import Done, Refused
from app.services.welfare import WelfareFile
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.forms.form_dialog import FormDialog
from app.ui.welfare.keeping import Told, told
from app.ui.widgets.line import Line

_SHORT = frozenset({"referred_to"})


class NoteDialog(FormDialog):
    """What was seen or said, by whom, and what was done; or a correction of another note."""

    def __init__(
        self, book: Book, notes: WelfareFile, parent: QWidget, *, corrects: Note | None = None,
        begun: NoteDraft | None = None,
    ) -> None:  # fmt: skip
        title = "Write a note" if corrects is None else f"Correct note {corrects.number}"
        super().__init__(book.looks, title, "Keep it for ever", parent)
        self._book, self._notes = book, notes
        self._corrects = corrects.number if corrects else (begun.corrects if begun else None)
        self.notice.tell(
            self.tr(
                "Write what you saw and heard, in their own words, not what you think of it. If "
                "somebody is in danger now, ring 999 first. A note is never changed afterwards."
            ),
            tone="plain",
        )
        self.about, self.happened_at, self.signed_by = Line(), Line(), Line()
        self.day = DateLine(book.today)
        self.parts: dict[str, QPlainTextEdit | QLineEdit] = {}
        self._lay_out()
        self._load(begun or (draft_of(corrects) if corrects else None))

    def _lay_out(self) -> None:
        tr = self.tr
        self.add_field(
            "about", tr("Whom it is about"), self.about,
            hint=tr("Typed, not looked up: the notes and the register do not know each other."),
        )  # fmt: skip
        row = self.add_row()
        self.add_field("happened_on", tr("When it happened"), self.day, into=row)
        self.add_field("happened_at", tr("What time, and where"), self.happened_at, into=row)
        for name, label in PARTS:
            editor: QPlainTextEdit | QLineEdit = Line() if name in _SHORT else QPlainTextEdit()
            if isinstance(editor, QPlainTextEdit):
                editor.setTabChangesFocus(True)
                editor.setFixedHeight(self.looks.px(96))
            self.parts[name] = editor
            self.add_field(name, tr(label), editor)
        self.add_field("signed_by", tr("Signed: your name"), self.signed_by)

    def _load(self, begun: NoteDraft | None) -> None:
        self.day.show_day(begun.happened_on if begun else self._book.today())
        if begun is None:
            return
        self.about.setText(begun.about)
        self.happened_at.setText(begun.happened_at)
        self.signed_by.setText(begun.signed_by)
        for name, editor in self.parts.items():
            text = str(getattr(begun, name))
            editor.setPlainText(text) if isinstance(editor, QPlainTextEdit) else editor.setText(
                text
            )

    def draft(self) -> NoteDraft:
        """Return what is typed, also when the form is closed by itself."""
        day = self.day.day("happened_on")
        parts = {
            name: one.toPlainText() if isinstance(one, QPlainTextEdit) else one.text()
            for name, one in self.parts.items()
        }
        return NoteDraft(
            about=self.about.text(),
            happened_on=day if isinstance(day, dt.date) else None,
            happened_at=self.happened_at.text(),
            signed_by=self.signed_by.text(),
            corrects=self._corrects,
            **parts,
        )

    def try_to_save(self) -> bool:
        """Keep the note."""
        day, draft = self.day.day("happened_on"), self.draft()
        if isinstance(day, Problem):
            self.show_problems((day,))
            return False
        book = self._book
        work = partial(welfare.add, self._notes, draft, today=book.today(), now=book.keeper.now())
        answer = told(work)
        if isinstance(answer, Told):
            self.notice.tell(answer.text, tone="overdue")
        elif isinstance(answer, Refused):
            self.show_problems(answer.problems)
        return isinstance(answer, Done)


def draft_of(note: Note) -> NoteDraft:
    """Return a note as a draft of what corrects it."""
    values = {one.name: getattr(note, one.name) for one in fields(NoteDraft)}
    return NoteDraft(**(values | {"corrects": note.number, "signed_by": ""}))
