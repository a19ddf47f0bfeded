"""What a payment or receipt is for: one part, or several that come to the whole."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.grants import Grant, GrantState
from app.domain.ids import AccountId, FundId, HeadingId
from app.domain.ledger import EntryKind, FundKind, LineDraft, share
from app.domain.money import pounds
from app.domain.problems import Problem
from app.services import activities, money
from app.services.money import Books
from app.ui.book import Book
from app.ui.forms.amount_line import AmountLine
from app.ui.forms.choosing import fill, take
from app.ui.forms.field import Field
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.choice import Choice
from app.ui.widgets.tab_order import tab_as_read
from app.ui.widgets.words import rule, words
from app.ui.widgets.wrap_row import WrapRow

MOST_PARTS = 20


class PartFields(QWidget):
    """Heading, fund, grant, activity and, where there are several parts, the amount of one."""

    changed = Signal()
    removed = Signal()

    def __init__(self, book: Book, known: Books, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        looks = book.looks
        self._book, self._known = book, known
        self._kept: LineDraft | None = None
        self.heading, self.fund = Choice(looks, ""), Choice(looks, "")
        self.grant, self.activity = Choice(looks, ""), Choice(looks, "")
        self.amount = AmountLine()
        self.fields = {
            "heading_id": Field(self.tr("Heading"), self.heading),
            "fund_id": Field(self.tr("Fund"), self.fund),
            "grant_id": Field(self.tr("Grant"), self.grant),
            "activity_id": Field(self.tr("Activity"), self.activity),
            "part": Field(self.tr("Amount (£)"), self.amount),
        }
        self.remove_button = ActionButton(looks, self.tr("Take this part away"), link=True)
        upper, lower = QHBoxLayout(), QHBoxLayout()
        for key, row in (("heading_id", upper), ("fund_id", upper), ("part", upper),
                         ("grant_id", lower), ("activity_id", lower)):  # fmt: skip
            row.addWidget(self.fields[key], 1)
        for row in (upper, lower):
            row.setSpacing(looks.px(12))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._rule = rule()
        column.addWidget(self._rule)
        column.addLayout(upper)
        column.addLayout(lower)
        column.addWidget(self.remove_button)
        self.grant.activated.connect(self._on_grant)
        self.fund.activated.connect(self.changed)
        self.heading.activated.connect(self.changed)
        self.activity.activated.connect(self.changed)
        self.amount.textChanged.connect(self.changed)
        self.remove_button.clicked.connect(self.removed)
        self.show_alone(alone=True)

    def offer(self, side: EntryKind, grants: tuple[Grant, ...]) -> None:
        """Offer what can be named on a side; what was chosen stays where it is offered."""
        known, tr = self._known, self.tr
        funds = [f for f in known.funds.values() if f.closed_on is None]
        free = next((f.id for f in funds if f.kind is FundKind.UNRESTRICTED), None)
        heads = known.open_headings(side)
        kept = self._kept
        fill(
            self.heading,
            [(tr("Not said yet"), None), *((h.name, h.id) for h in heads)],
            self.heading.currentData() or (kept.heading_id if kept else None),
        )
        fill(self.fund, [(f.name, f.id) for f in funds], self.fund.currentData() or free)
        self._grants = {one.id: one for one in grants if one.state is GrantState.AWARDED}
        names = [(_grant_words(one), one.id) for one in self._grants.values()]
        fill(self.grant, [(tr("None"), None), *names], self.grant.currentData())
        listed = activities.list_activities(self._book.register)
        about = [(tr("None in particular"), None), *((a.name, a.id) for a in listed)]
        fill(self.activity, about, self.activity.currentData())
        self.fields["grant_id"].setVisible(bool(names))
        self.fields["activity_id"].setVisible(bool(listed))

    def show_alone(self, *, alone: bool) -> None:
        """Be the only part, whose amount is the whole, or one of several."""
        self.fields["part"].setVisible(not alone)
        self.remove_button.setVisible(not alone)
        self._rule.setVisible(not alone)

    def load(self, line: LineDraft, sign: int) -> None:
        """Show a part that is kept."""
        self._kept = line
        for choice, value, name in (
            (self.heading, line.heading_id, self._name(line.heading_id, self._known.headings)),
            (self.fund, line.fund_id, self._name(line.fund_id, self._known.funds)),
            (self.grant, line.grant_id, self._grant_name(line)),
            (self.activity, line.activity_id, self.tr("An activity of before")),
        ):
            values = [choice.itemData(place) for place in range(choice.count())]
            if value is not None and value not in values:  # closed since then
                choice.addItem(name, value)
            take(choice, value)
        self.amount.show_pence(sign * line.amount_pence)

    def _name(self, key: object, known: object) -> str:
        found = known.get(key) if isinstance(known, dict) else None
        return found.name if found is not None else self.tr("One of before")

    def _grant_name(self, line: LineDraft) -> str:
        grant = money.get_grant(self._book.register, line.grant_id) if line.grant_id else None
        return _grant_words(grant) if grant else self.tr("A grant of before")

    def use_free(self, free: FundId) -> None:
        """Pay this part from free money, from no grant."""
        take(self.grant, None)
        take(self.fund, free)

    def draft(self, account_id: AccountId, pence: int) -> LineDraft:
        """Return the part with an amount (pence, with its sign)."""
        kept, heading_id = self._kept, self.heading.currentData()
        heading = self._known.headings.get(HeadingId(heading_id)) if heading_id else None
        return LineDraft(
            account_id=account_id,
            fund_id=self.fund.currentData(),
            amount_pence=pence,
            heading_id=heading_id,
            activity_id=self.activity.currentData(),
            grant_id=self.grant.currentData(),
            agreement_id=kept.agreement_id if kept else None,
            referral_id=kept.referral_id if kept else None,
            is_asset=heading.is_asset if heading else False,
            note=kept.note if kept else "",
        )

    def _on_grant(self) -> None:
        grant = self._grants.get(self.grant.currentData())
        if grant is not None and grant.fund_id is not None:
            take(self.fund, grant.fund_id)
        self.changed.emit()


class PartsBox(QWidget):
    """The parts of one amount: at first one, split when somebody asks."""

    changed = Signal()

    def __init__(self, book: Book, known: Books, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._known = book, known
        self._side = EntryKind.PAYMENT
        self._grants = money.list_grants(book.register)
        self._whole: int | None = None
        self.parts: list[PartFields] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.split_button = ActionButton(book.looks, self.tr("Split it…"), icon="plus")
        self.even_button = ActionButton(book.looks, self.tr("Share evenly"))
        self.rest = words("", "strong")
        buttons = WrapRow(book.looks)
        for widget in (self.split_button, self.even_button, self.rest):
            buttons.add(widget)
        self._column.addWidget(buttons)
        self.split_button.clicked.connect(self._on_split)
        self.even_button.clicked.connect(self._on_even)
        self._add()
        self._arrange()

    def show_side(self, side: EntryKind) -> None:
        """Offer the headings of a side."""
        self._side = side
        for part in self.parts:
            part.offer(side, self._grants)

    def show_whole(self, pence: int | None) -> None:
        """Know what the parts have to come to."""
        self._whole = pence
        self._say_rest()

    def load(self, lines: Sequence[LineDraft], sign: int) -> None:
        """Show kept parts."""
        for line, part in zip(lines, self._as_many(len(lines)), strict=True):
            part.load(line, sign)
        self._arrange()

    def drafts(
        self, account_id: AccountId, whole: int, sign: int
    ) -> tuple[tuple[LineDraft, ...], tuple[Problem, ...]]:
        """Return the parts with their amounts, and what is to correct of these."""
        if len(self.parts) == 1:
            return (self.parts[0].draft(account_id, sign * whole),), ()
        read = [part.amount.pence("part") for part in self.parts]
        problems = tuple(one for one in read if isinstance(one, Problem))
        amounts = [one if isinstance(one, int) else 0 for one in read]
        if not problems and sum(amounts) != whole:
            values = {"parts": pounds(sum(amounts)), "whole": pounds(whole)}
            problems = (Problem(code="split_uneven", field="amount_pence", values=values),)
        lines = tuple(
            part.draft(account_id, sign * pence)
            for part, pence in zip(self.parts, amounts, strict=True)
        )
        return lines, problems

    def _as_many(self, count: int) -> list[PartFields]:
        while len(self.parts) < count:
            self._add()
        return self.parts

    def _add(self) -> PartFields:
        part = PartFields(self._book, self._known)
        part.offer(self._side, self._grants)
        part.changed.connect(self._on_changed)
        part.removed.connect(partial(self._remove, part))
        self._column.insertWidget(len(self.parts), part)
        self.parts.append(part)
        return part

    def _remove(self, part: PartFields) -> None:
        if len(self.parts) < 2:
            return
        self.parts.remove(part)
        self._column.removeWidget(part)
        part.hide()
        part.deleteLater()
        self._arrange()
        self.parts[-1].heading.setFocus()
        self.changed.emit()

    def _arrange(self) -> None:
        for part in self.parts:
            part.show_alone(alone=len(self.parts) == 1)
        self.even_button.setVisible(len(self.parts) > 1)
        self.split_button.setVisible(len(self.parts) < MOST_PARTS)
        several = len(self.parts) > 1
        self.split_button.setText(self.tr("Another part") if several else self.tr("Split it…"))
        self._say_rest()
        tab_as_read(self.window())  # a scroll area keeps to itself that something came into it

    def _say_rest(self) -> None:
        self.rest.setVisible(len(self.parts) > 1)
        amounts = [part.amount.pence() for part in self.parts]
        left = (self._whole or 0) - sum(one for one in amounts if isinstance(one, int))
        text = self.tr("{sum} left to share").format(sum=pounds(left))
        if left < 0:
            text = self.tr("{sum} too much").format(sum=pounds(-left))
        self.rest.setText(self.tr("All of it is shared out") if not left else text)

    def _on_split(self) -> None:
        if len(self.parts) == 1:
            self.parts[0].amount.show_pence(self._whole)
        given = [part.amount.pence() for part in self.parts]
        left = (self._whole or 0) - sum(one for one in given if isinstance(one, int))
        part = self._add()
        take(part.heading, self.parts[0].heading.currentData())
        if left:
            part.amount.show_pence(left)
        self._arrange()
        first = self.parts[0] if len(self.parts) == 2 else part
        (first.amount if len(self.parts) == 2 else part.heading).setFocus()
        first.amount.selectAll()
        self.changed.emit()

    def _on_even(self) -> None:
        for part, pence in zip(self.parts, share(self._whole or 0, len(self.parts)), strict=True):
            part.amount.show_pence(pence)

    def _on_changed(self) -> None:
        self._fill_rest()
        self._say_rest()
        self.changed.emit()

    def _fill_rest(self) -> None:
        """Where there are two parts, what is typed in one leaves the rest for the other."""
        if len(self.parts) != 2 or self._whole is None:
            return
        typed = [part for part in self.parts if part.amount.hasFocus()]
        if len(typed) == 1 and isinstance(pence := typed[0].amount.pence(), int):
            other = self.parts[1] if typed[0] is self.parts[0] else self.parts[0]
            other.amount.blockSignals(True)
            other.amount.show_pence(self._whole - pence)
            other.amount.blockSignals(False)


def _grant_words(grant: Grant) -> str:
    parts = (grant.funder, grant.title or grant.reference)
    return " · ".join(part for part in parts if part)


def runs_on(grant: Grant, day: dt.date) -> bool:
    """Say whether a grant can pay for something of a day."""
    return (grant.starts_on is None or grant.starts_on <= day) and (
        grant.ends_on is None or day <= grant.ends_on
    )
