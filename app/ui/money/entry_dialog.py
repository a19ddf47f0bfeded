"""A payment, a receipt or a transfer: entered by keyboard, warned about before it is saved."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.domain.activities import Session
from app.domain.ids import EntryId
from app.domain.ledger import METHODS, AccountKind, Entry, EntryDraft, EntryKind, FundKind
from app.domain.problems import Problem
from app.services import money
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.dropping import dropped_path
from app.ui.forms.amount_line import AmountLine
from app.ui.forms.choosing import fill, take
from app.ui.forms.date_field import DateLine
from app.ui.forms.form_dialog import FormDialog
from app.ui.messages import Question
from app.ui.money.before_box import BeforeBox
from app.ui.money.line_fields import PartsBox, runs_on
from app.ui.money.receipt_strip import ReceiptStrip
from app.ui.money.transfer_fields import TransferFields
from app.ui.widgets.choice import Choice
from app.ui.widgets.fold import Fold
from app.ui.widgets.line import Line
from app.ui.widgets.suggestions import SuggestField, Suggestion

PAYMENT, RECEIPT, ACCOUNTS, FUNDS = "payment", "receipt", "accounts", "funds"
_AT_THE_DOOR = "Refreshments"
"""What is mostly paid out of the tin, as a new cash book calls it."""
_WORDS = {
    PAYMENT: "Money out: a payment",
    RECEIPT: "Money in: a receipt",
    ACCOUNTS: "Moved between our accounts",
    FUNDS: "Moved between funds",
}


class EntryDialog(FormDialog):
    """One entry of the book; an entry that is given is changed."""

    saved = Signal(object)
    """The id of the entry."""

    def __init__(
        self, book: Book, entry: Entry | None = None, *, kind: str = PAYMENT,
        session: Session | None = None, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        title = "Change an entry" if entry else "Payment or receipt"
        super().__init__(book.looks, title, "Save it", parent)
        self.book = book
        self._entry = entry
        self._session_id = session.id if session else entry.session_id if entry else None
        self.known = money.books(book.register)
        self._accepted: EntryDraft | None = None
        self._build()
        self._connect()
        if entry is not None:
            self._load(entry)
        else:
            take(self.kind, kind)
            self.day.show_day(session.session_on if session else book.today())
        if session is not None:
            self._begin_at(session)
        self._on_kind()
        self._at_first = self._typed()

    # --- building ----------------------------------------------------------------------------

    def _build(self) -> None:
        looks, tr = self.looks, self.tr
        self.kind = Choice(looks, "")
        fill(self.kind, [(tr(text), key) for key, text in _WORDS.items()])
        self.amount, self.day = AmountLine(), DateLine(self.book.today)
        self.payee = SuggestField(looks, "")
        self.account = Choice(looks, "")
        fill(
            self.account,
            [(a.name, a.id) for a in self.known.accounts.values() if a.closed_on is None],
        )
        row = self.add_row()
        self.add_field("amount_pence", tr("How much (£)"), self.amount, into=row)
        self.add_field("kind", tr("What happened"), self.kind, into=row)
        row = self.add_row()
        self.add_field("payee", tr("Paid to"), self.payee, into=row)
        self.add_field("entry_on", tr("Date"), self.day, into=row)
        self.add_field("account_id", tr("Account"), self.account)
        self.parts = PartsBox(self.book, self.known)
        self.form.addWidget(self.parts)
        self.moved = TransferFields(looks, self.known)
        self.form.addWidget(self.moved)
        self.before = BeforeBox(looks)
        self._build_more()

    def _build_more(self) -> None:
        looks, tr = self.looks, self.tr
        self.method = Choice(looks, "")
        fill(self.method, [(tr(text), code) for code, text in METHODS.items()], "not_recorded")
        self.reference, self.approved, self.about = Line(), Line(), Line()
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(looks.px(58))
        row = self.add_row()
        self.add_field("method", tr("How"), self.method, into=row)
        self.add_field("reference", tr("Reference"), self.reference, into=row)
        self.strip = ReceiptStrip(self.book, self._entry.id if self._entry else None)
        self.form.addWidget(self.strip)
        self.form.addWidget(self.before)
        self.more = Fold(looks, tr("What for, who approved it, note"))
        self.form.addWidget(self.more)
        for key, label, editor in (
            ("description", tr("What for"), self.about),
            ("approved_by", tr("Approved by"), self.approved),
            ("note", tr("Note"), self.note),
        ):
            self.more.body.addWidget(self.add_field(key, label, editor))

    def _connect(self) -> None:
        self.kind.activated.connect(self._on_kind)
        self.payee.wanted.connect(self._on_payee)
        self.payee.taken.connect(self._on_taken)
        self.payee.entered.connect(self._on_save)
        self.amount.textChanged.connect(self._on_amount)
        self.strip.busy_changed.connect(self.save_button.setDisabled)
        self.setAcceptDrops(True)
        self.before.free_wanted.connect(self._on_free)
        self.before.change_wanted.connect(self._on_change)
        self.before.keep_wanted.connect(self._on_keep)

    def _begin_at(self, session: Session) -> None:
        """Begin with what is paid at a session: from the tin, for its activity."""
        accounts = self.known.accounts.values()
        tins = [a.id for a in accounts if a.kind is AccountKind.CASH and a.closed_on is None]
        take(self.account, next(iter(tins), self.account.currentData()))
        take(self.method, "cash")
        part = self.parts.parts[0]
        take(part.activity, session.activity_id)
        heads = self.known.open_headings(EntryKind.PAYMENT)
        usual = (one.id for one in heads if one.name == _AT_THE_DOOR)
        take(part.heading, next(usual, None))

    def _load(self, entry: Entry) -> None:
        self.day.show_day(entry.entry_on)
        self.payee.setText(entry.payee)
        self.about.setText(entry.description)
        take(self.method, entry.method)
        self.reference.setText(entry.reference)
        self.approved.setText(entry.approved_by)
        self.note.setPlainText(entry.note)
        self.more.open(any((entry.description, entry.approved_by, entry.note)))
        if entry.kind is EntryKind.TRANSFER:
            moved = sum(max(0, line.amount_pence) for line in entry.lines)
            self.amount.show_pence(moved)
            take(self.kind, FUNDS if entry.between_funds else ACCOUNTS)
            self.moved.load(entry)
            return
        take(self.kind, entry.kind.value)
        self.amount.show_pence(abs(entry.total_pence))
        account = self.known.accounts.get(entry.lines[0].account_id)
        if account is not None and account.closed_on is not None:
            self.account.addItem(account.name, account.id)
        take(self.account, entry.lines[0].account_id)
        self.parts.show_side(entry.kind)
        self.parts.load(entry.lines, self._sign)

    # --- reading -----------------------------------------------------------------------------

    @property
    def is_transfer(self) -> bool:
        """Whether money only moves between what is ours."""
        return self.kind.currentData() in {ACCOUNTS, FUNDS}

    @property
    def _sign(self) -> int:
        return 1 if self.kind.currentData() == RECEIPT else -1

    def draft(self) -> tuple[EntryDraft, tuple[Problem, ...]]:
        """Return the entry as typed, and what could not be read of it."""
        day, pence = self.day.day("entry_on"), self.amount.pence("amount_pence")
        unread = tuple(one for one in (pence, day) if isinstance(one, Problem))
        whole = pence if isinstance(pence, int) else 0
        when = None if isinstance(day, Problem) else day
        if self.is_transfer:
            draft = self.moved.draft(when, abs(whole), self.about.text())
        else:
            draft, more = self._paid(when, whole)
            unread = unread or more
        kept = self._entry
        return replace(
            draft,
            method=str(self.method.currentData()),
            reference=self.reference.text(),
            approved_by=self.approved.text(),
            note=self.note.toPlainText(),
            session_id=self._session_id,
            person_id=kept.person_id if kept else None,
            bank_key=kept.bank_key if kept else "",
            bank_text=kept.bank_text if kept else "",
        ), unread

    def _paid(self, day: Any, whole: int) -> tuple[EntryDraft, tuple[Problem, ...]]:
        account = self.account.currentData()
        lines, problems = self.parts.drafts(account, whole, self._sign)
        draft = EntryDraft(
            kind=EntryKind.RECEIPT if self._sign > 0 else EntryKind.PAYMENT,
            entry_on=day, lines=lines, payee=self.payee.text(), description=self.about.text(),
        )  # fmt: skip
        return draft, problems if whole else ()

    # --- saving ------------------------------------------------------------------------------

    def try_to_save(self) -> bool:
        """Save the entry; False when something is to correct or to be decided first."""
        draft, problems = self.draft()
        if problems:
            self._refuse(problems)
            return False
        if not self._may_be_kept(draft):
            return False
        register, today = self.book.register, self.book.today()
        entry_id = self._entry.id if self._entry else None
        answer = self.book.commands.run(
            lambda: money.save_entry(register, draft, entry_id, today=today)
        )
        if isinstance(answer, Refused):
            self._refuse(answer.problems)
        if not isinstance(answer, Done):
            return False
        self.strip.keep(EntryId(answer.ids[0]))
        self._at_first = self._typed()
        self.saved.emit(EntryId(answer.ids[0]))
        return True

    def _may_be_kept(self, draft: EntryDraft) -> bool:
        """Say whether nothing speaks against it, or it was said that it is kept all the same."""
        entry_id = self._entry.id if self._entry else None
        warnings = money.warn_before_saving(self.book.register, draft, entry_id)
        free = self._free is not None
        if self._accepted is not None and replace(draft, note="") == self._accepted:
            if draft.note.strip():
                return True
            self._refuse((Problem(code="override_note_needed", field="note"),))
            return False
        self.before.show_warnings(warnings, free=free)
        if warnings:
            self.show_problems(())
            (self.before.free_button if free else self.before.change_button).setFocus()
            QTimer.singleShot(0, self.before, self._show_before)  # once it has its height
        return not warnings

    def _show_before(self) -> None:
        self._area.ensureWidgetVisible(self.before)

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        if any(problem.field in {"description", "approved_by", "note"} for problem in problems):
            self.more.open()
        inside = self.moved.fields if self.is_transfer else self.parts.parts[0].fields
        own = {**self.fields, **inside}
        mine, self.fields = self.fields, own
        try:
            self.show_problems(problems)
        finally:
            self.fields = mine

    @property
    def _free(self) -> Any:
        funds = self.known.funds.values()
        open_ones = (f.id for f in funds if f.kind is FundKind.UNRESTRICTED and not f.closed_on)
        return next(open_ones, None)

    def _on_free(self) -> None:
        for part in self.parts.parts:
            if part.grant.currentData() is not None:
                part.use_free(self._free)
        self.before.show_warnings((), free=False)
        self._on_save()

    def _on_change(self, key: str) -> None:
        inside = self.parts.parts[0].fields
        field = self.fields.get(key) or inside.get(key) or self.fields["entry_on"]
        field.editor.setFocus()
        if isinstance(field.editor, Line):
            field.editor.selectAll()

    def _on_keep(self) -> None:
        draft, _ = self.draft()
        self._accepted = replace(draft, note="")
        if draft.note.strip():
            self._on_save()
            return
        self.more.open()
        self.note.setFocus()
        self._area.ensureWidgetVisible(self.fields["note"])

    # --- while typing ------------------------------------------------------------------------

    def _on_kind(self) -> None:
        moved, tr = self.is_transfer, self.tr
        for key in ("payee", "account_id"):
            self.fields[key].setVisible(not moved)
        self.parts.setVisible(not moved)
        self.strip.setVisible(not moved or self.strip.count > 0)
        self.moved.setVisible(moved)
        if moved:
            self.moved.show_between(funds=self.kind.currentData() == FUNDS)
        else:
            side = EntryKind.RECEIPT if self._sign > 0 else EntryKind.PAYMENT
            self.parts.show_side(side)
        self.fields["payee"].say(tr("From") if self._sign > 0 else tr("Paid to"))
        self.before.show_warnings((), free=False)

    def _on_amount(self) -> None:
        pence = self.amount.pence()
        self.parts.show_whole(pence if isinstance(pence, int) else None)

    def _on_payee(self, typed: str) -> None:
        found = money.likely_payees(self.book.register, typed)
        self.payee.offer(tuple(Suggestion(text=name, value=(name, entry)) for name, entry in found))

    def _on_taken(self, offered: object) -> None:
        """Fill in what was said of this payee last time, where nothing is said yet."""
        if not isinstance(offered, tuple):
            return
        name, entry_id = offered
        self.payee.setText(name)
        last = money.get_entry(self.book.register, entry_id)
        if last is None or self._entry is not None or len(self.parts.parts) > 1:
            return
        if last.kind.value != self.kind.currentData():
            return
        line, part = last.lines[0], self.parts.parts[0]
        take(part.heading, line.heading_id)
        take(part.activity, line.activity_id)
        take(self.method, last.method)
        take(self.account, line.account_id)
        grant = money.get_grant(self.book.register, line.grant_id) if line.grant_id else None
        day = self.day.day()
        if grant is None or (not isinstance(day, Problem) and day and runs_on(grant, day)):
            take(part.fund, line.fund_id)
            take(part.grant, line.grant_id)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the heading where that is what a line of the bank waits for."""
        super().showEvent(event)
        kept = self._entry
        if kept is not None and not self.is_transfer and kept.lines[0].heading_id is None:
            self.parts.parts[0].heading.setFocus()

    # --- closing -----------------------------------------------------------------------------

    def _typed(self) -> tuple[Any, ...]:
        return (*self.draft(), self.amount.text(), self.day.text(), tuple(self.strip.waiting))

    # --- receipts that are dropped on the form -------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        if dropped_path(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach the file that was dropped."""
        path = dropped_path(event)
        if path is not None:
            self.strip.add_path(path)
            event.acceptProposedAction()

    def reject(self) -> None:
        """Close; asks first when something was typed that would be lost."""
        if not self.isVisible() or self._typed() == self._at_first:
            super().reject()
            return
        self.book.messages.ask(
            self,
            Question(
                text=self.tr("Throw away what you typed?"),
                more=self.tr("It is not saved yet."),
                yes=self.tr("Throw it away"),
                no=self.tr("Go on typing"),
            ),
            super().reject,
        )
