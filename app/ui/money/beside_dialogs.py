"""Match funding and gifts in kind: what stands beside the accounts and never in them."""

from PySide6.QtWidgets import QWidget

from app.domain.beside import (
    MATCH_KINDS,
    MATCH_STATES,
    Gift,
    GiftDraft,
    Match,
    MatchDraft,
    MatchKind,
    MatchState,
)
from app.domain.ids import GrantId
from app.services import activities, money
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.choosing import fill
from app.ui.forms.small_form import SmallForm
from app.ui.widgets.choice import Choice
from app.ui.widgets.line import Line


def grants_of(book: Book) -> list[tuple[str, object]]:
    """Return the grants to choose from, as (words, id)."""
    listed = money.list_grants(book.register)
    return [(f"{one.funder} · {one.title or one.reference}", one.id) for one in listed]


class MatchDialog(SmallForm):
    """Other money, or help in kind, for what a grant pays for."""

    def __init__(
        self, book: Book, match: Match | None = None, *, grant_id: GrantId | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        title = "Change match funding" if match else "Match funding"
        super().__init__(book, title, "Save it", parent)
        tr, self._match = self.tr, match
        self.grant, self.source = Choice(self.looks, ""), Line()
        fill(self.grant, grants_of(book), match.grant_id if match else grant_id)
        self.source.setText(match.source if match else "")
        self.kind, self.state = Choice(self.looks, ""), Choice(self.looks, "")
        kinds = [(tr(text), kind.value) for kind, text in MATCH_KINDS.items()]
        fill(self.kind, kinds, match.kind.value if match else MatchKind.CASH.value)
        states = [(tr(text), state.value) for state, text in MATCH_STATES.items()]
        fill(self.state, states, match.state.value if match else MatchState.CONFIRMED.value)
        self.amount = self.amount_line(match.amount_pence if match else None)
        self.since = self.day_line(match.from_on if match else book.today())
        self.add_field("source", tr("Who gives it"), self.source)
        self.add_field("grant_id", tr("Beside which grant"), self.grant)
        for pair in (
            (("kind", tr("What it is"), self.kind), ("state", tr("How sure"), self.state)),
            (("amount_pence", tr("How much (£)"), self.amount), ("from_on", tr("From"), self.since)),
        ):  # fmt: skip
            row = self.add_row()
            for key, label, editor in pair:
                self.add_field(key, label, editor, into=row)

    def read(self) -> MatchDraft:
        """Return it as typed."""
        return MatchDraft(
            grant_id=self.grant.currentData(), source=self.source.text(),
            kind=MatchKind(self.kind.currentData()), state=MatchState(self.state.currentData()),
            amount_pence=self.pence_of(self.amount, "amount_pence"),
            from_on=self.day_of(self.since, "from_on"),
        )  # fmt: skip

    def carry_out(self) -> Done | Refused:
        """Keep it."""
        match_id = self._match.id if self._match else None
        return money.save_match(self.book.register, self.read(), match_id)


class GiftDialog(SmallForm):
    """Something given that is not money: what it is worth, and how that was found."""

    def __init__(
        self, book: Book, gift: Gift | None = None, *, grant_id: GrantId | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        title = "Change a gift in kind" if gift else "A gift in kind"
        super().__init__(book, title, "Save it", parent)
        tr, self._gift = self.tr, gift
        self.what, self.giver, self.basis = Line(), Line(), Line()
        for line, text in (
            (self.what, gift.what if gift else ""), (self.giver, gift.giver if gift else ""),
            (self.basis, gift.basis if gift else ""),
        ):  # fmt: skip
            line.setText(text)
        self.value = self.amount_line(gift.value_pence if gift else None)
        self.given = self.day_line(gift.given_on if gift else book.today())
        self.grant, self.activity = Choice(self.looks, ""), Choice(self.looks, "")
        chosen = gift.grant_id if gift else grant_id
        fill(self.grant, [(tr("None"), None), *grants_of(book)], chosen)
        listed = [(a.name, a.id) for a in activities.list_activities(book.register)]
        fill(
            self.activity, [(tr("None in particular"), None), *listed],
            gift.activity_id if gift else None,
        )  # fmt: skip
        self.add_field("what", tr("What was given"), self.what)
        self.add_field("giver", tr("Who gave it"), self.giver)
        row = self.add_row()
        self.add_field("value_pence", tr("Worth (£)"), self.value, into=row)
        self.add_field("given_on", tr("On"), self.given, into=row)
        self.add_field(
            "basis", tr("How that was found"), self.basis,
            hint=tr("Such as: what the shop asks for it"),
        )  # fmt: skip
        row = self.add_row()
        self.add_field("grant_id", tr("Beside which grant"), self.grant, into=row)
        self.add_field("activity_id", tr("For which activity"), self.activity, into=row)

    def read(self) -> GiftDraft:
        """Return it as typed."""
        return GiftDraft(
            given_on=self.day_of(self.given, "given_on"), what=self.what.text(),
            giver=self.giver.text(), value_pence=self.pence_of(self.value, "value_pence"),
            basis=self.basis.text(), grant_id=self.grant.currentData(),
            activity_id=self.activity.currentData(),
        )  # fmt: skip

    def carry_out(self) -> Done | Refused:
        """Keep it."""
        gift_id = self._gift.id if self._gift else None
        return money.save_gift(self.book.register, self.read(), gift_id, today=self.book.today())
