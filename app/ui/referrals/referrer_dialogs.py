"""The forms of the referrer book: an organisation, somebody who writes there, two that are one."""

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.problems import Problem
from app.domain.referrals import SOURCE_TYPES
from app.services import referrals
from app.services.referrals import Referrer, ReferrerDraft, ReferrerRow, Worker, WorkerDraft
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.date_field import DateLine
from app.ui.forms.form_dialog import FormDialog
from app.ui.widgets.choice import Choice
from app.ui.widgets.line import Line
from app.ui.widgets.suggestions import SuggestField, Suggestion

_MOST = 8


class ReferrerDialog(FormDialog):
    """Add an organisation, or change one."""

    saved = Signal(object)
    """The id of the organisation."""

    def __init__(
        self, book: Book, referrer: Referrer | None, *, parent: QWidget | None = None
    ) -> None:
        title = f"Change {referrer.name}" if referrer else "Add organisation"
        super().__init__(book.looks, title, "Save", parent)
        self._book, self._referrer = book, referrer
        kept = referrer or ReferrerDraft()
        self.name, self.phone, self.email = Line(), Line(), Line()
        self.source = Choice(book.looks, "")
        for code, text in SOURCE_TYPES.items():
            self.source.addItem(self.tr(text), code)
        self.address, self.notes = _text(book, kept.address), _text(book, kept.notes)
        self.name.setText(kept.name)
        self.phone.setText(kept.phone)
        self.email.setText(kept.email)
        self.source.setCurrentIndex(max(0, self.source.findData(kept.source_type)))
        self.add_field("name", self.tr("Organisation"), self.name)
        self.add_field("source_type", self.tr("What kind of sender"), self.source)
        self.add_field(
            "address", self.tr("Address"), self.address,
            hint=self.tr("A line each, as on an envelope: letters begin with it."),
        )  # fmt: skip
        row = self.add_row()
        self.add_field("phone", self.tr("Phone"), self.phone, into=row)
        self.add_field("email", self.tr("Email"), self.email, into=row)
        self.add_field("notes", self.tr("Notes"), self.notes)

    def try_to_save(self) -> bool:
        """Keep the organisation."""
        draft = ReferrerDraft(
            name=self.name.text(),
            source_type=str(self.source.currentData()),
            address=self.address.toPlainText(),
            phone=self.phone.text(),
            email=self.email.text(),
            notes=self.notes.toPlainText(),
        )
        key = self._referrer.id if self._referrer else None
        register = self._book.register
        answer = self._book.commands.run(lambda: referrals.save_referrer(register, key, draft))
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        if not isinstance(answer, Done):
            return False
        self.saved.emit(answer.ids[0])
        return True


class WorkerDialog(FormDialog):
    """Add somebody who writes for an organisation, or change them."""

    def __init__(
        self,
        book: Book,
        referrer: Referrer,
        worker: Worker | None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        title = f"Change {worker.name}" if worker else f"Add somebody at {referrer.name}"
        super().__init__(book.looks, title, "Save", parent)
        self._book, self._referrer, self._worker = book, referrer, worker
        kept = worker or WorkerDraft()
        self.lines = {key: Line() for key in ("name", "job", "phone", "email")}
        for key, line in self.lines.items():
            line.setText(getattr(kept, key))
        self.left = DateLine(book.today)
        self.left.show_day(kept.left_on)
        self.add_field("name", self.tr("Name"), self.lines["name"])
        self.add_field("job", self.tr("What they do there"), self.lines["job"])
        row = self.add_row()
        self.add_field("phone", self.tr("Phone"), self.lines["phone"], into=row)
        self.add_field("email", self.tr("Email"), self.lines["email"], into=row)
        self.add_field(
            "left_on", self.tr("Left on"), self.left,
            hint=self.tr("Who left is not offered any more; what they wrote stays."),
        )  # fmt: skip

    def try_to_save(self) -> bool:
        """Keep the worker."""
        day = self.left.day("left_on")
        if isinstance(day, Problem):
            self.show_problems((day,))
            return False
        draft = self._draft(day)
        key, register = self._worker.id if self._worker else None, self._book.register
        answer = self._book.commands.run(
            lambda: referrals.save_worker(register, key, draft, referrer_id=self._referrer.id)
        )
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        return isinstance(answer, Done)

    def _draft(self, left_on: dt.date | None) -> WorkerDraft:
        typed = {key: line.text() for key, line in self.lines.items()}
        return WorkerDraft(left_on=left_on, **typed)


class JoinDialog(FormDialog):
    """Find the other name of an organisation, and make both one."""

    joined = Signal(object)
    """The id of the organisation that was kept."""

    def __init__(self, book: Book, row: ReferrerRow, *, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, f"Join with {row.referrer.name}", "Join them", parent)
        self._book, self._kept = book, row.referrer
        self._other: Referrer | None = None
        self.other = SuggestField(book.looks, "")
        self.add_field(
            "other", self.tr("The same organisation under another name"), self.other,
            hint=self.tr(
                "{name} is kept. What the other sent and who writes there becomes theirs. It can be "
                "undone."
            ).format(name=row.referrer.name),
        )  # fmt: skip
        self.other.wanted.connect(self._on_typed)
        self.other.taken.connect(self._on_taken)
        self.other.entered.connect(self._on_save)

    def try_to_save(self) -> bool:
        """Join the two, once the other was chosen."""
        other, kept, register = self._other, self._kept.id, self._book.register
        if other is None:
            self.fields["other"].show_problem(
                self.tr("Type part of the name, then take the organisation from the list.")
            )
            self.other.setFocus()
            return False
        answer = self._book.commands.run(lambda: referrals.join_referrers(register, kept, other.id))
        if isinstance(answer, Refused):
            self.show_problems(answer.problems)
        if not isinstance(answer, Done):
            return False
        self.joined.emit(kept)
        return True

    def _on_typed(self, typed: str) -> None:
        self._other = None
        rows = referrals.list_referrers(self._book.register, typed, limit=_MOST)
        self.other.offer(
            tuple(
                Suggestion(text=f"{row.referrer.name} · sent {row.sent:,}", value=row.referrer)
                for row in rows
                if row.referrer.id != self._kept.id and typed.strip()
            )
        )

    def _on_taken(self, referrer: object) -> None:
        if isinstance(referrer, Referrer):
            self._other = referrer
            self.other.setText(referrer.name)
            self.save_button.setFocus()


def _text(book: Book, kept: str) -> QPlainTextEdit:
    text = QPlainTextEdit(kept)
    text.setTabChangesFocus(True)
    text.setFixedHeight(book.looks.px(76))
    return text
