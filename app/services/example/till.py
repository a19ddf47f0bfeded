"""The pretend cash book as it fills: what is in which account and fund, and which money pays."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.services.example import prices
from app.services.example.granting import Grant
from app.services.example.wishes import JOURNEY, Wish, mile_pence

BANK, FREE, SET_ASIDE = 0, 0, 1
"""Places of accounts and funds in their lists; the tin of group 0 is account 1."""
_FLOAT, _BANKED_ABOVE = 4_000, 7_000
_GIFT, _DEAREST = 25_000, 450_000


@dataclass(slots=True, kw_only=True)
class Line:
    """A line; accounts, funds, activities and grants by their place in the book."""

    account: int
    fund: int
    pence: int
    heading: str = ""
    activity: int | None = None
    grant: int | None = None
    asset: bool = False


@dataclass(slots=True, kw_only=True)
class Entry:
    """An entry; the day is an ordinal."""

    kind: str
    day: int
    lines: list[Line]
    name: str = ""
    what: str = ""
    method: str = "bank_transfer"
    minute: str = ""
    wish: Wish | None = None


@dataclass(slots=True, kw_only=True)
class Till:
    """Accounts and funds as they stand on a day; every pot stays at or above nothing."""

    grants: Sequence[Grant]
    chance: random.Random
    tins: list[int]
    bank: int
    """Free money at the bank; what is tied is with its grant or set aside."""
    target: int
    """What the group likes to have in reserve."""
    groups: int
    set_aside: int = 0
    entries: list[Entry] = field(default_factory=list)
    _of_group: dict[int, list[Grant]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for grant in self.grants:
            if grant.awarded:
                grant.held, grant.spent = 0, {}
                self._of_group.setdefault(grant.group, []).append(grant)

    def meet(self, wish: Wish) -> None:
        """Take in or pay what a wish says."""
        getattr(self, "_" + wish.what.replace(" ", "_"))(wish)

    def _add(self, wish: Wish, kind: str, lines: list[Line], **more: str) -> None:
        values = {"name": wish.name, **more}
        self.entries.append(Entry(kind=kind, day=wish.day, lines=lines, wish=wish, **values))

    # --- in ------------------------------------------------------------------------------------

    def _takings(self, wish: Wish) -> None:
        lines = [
            Line(account=1 + wish.group, fund=FREE, pence=pence, heading=heading,
                 activity=wish.activity)
            for pence, heading in ((wish.pence, prices.SUBS), (wish.more, prices.DONATIONS))
            if pence
        ]  # fmt: skip
        self.tins[wish.group] += wish.pence + wish.more
        self._add(wish, "receipt", lines, what="From the register", method="cash")

    def _into_bank(self, wish: Wish, pence: int, what: str) -> None:
        self.bank += pence
        line = Line(account=BANK, fund=FREE, pence=pence, heading=wish.heading)
        self._add(wish, "receipt", [line], what=what)

    def _fundraising(self, wish: Wish) -> None:
        short = (self.target - self.bank) // self.groups // 500 * 500
        pence = wish.pence + min(max(0, short), 60_000)
        names = prices.book()["names"]
        listed = names["fundraising" if wish.heading == prices.FUNDRAISING else "donors"]
        self._into_bank(wish, pence, self.chance.choice(listed))

    def _places(self, wish: Wish) -> None:
        self._into_bank(wish, wish.pence, "Places for people who were referred")

    def _grant(self, wish: Wish) -> None:
        if (grant := wish.grant) is None:
            return
        grant.held += wish.pence
        line = Line(
            account=BANK, fund=grant.fund, pence=wish.pence, heading=wish.heading,
            grant=grant.index, activity=grant.activities[0] if grant.activities else None,
        )  # fmt: skip
        self._add(wish, "receipt", [line], what=grant.reference)

    # --- moved ---------------------------------------------------------------------------------

    def _banking(self, wish: Wish) -> None:
        tin = self.tins[wish.group]
        if tin > _BANKED_ABOVE:
            pence = (tin - _FLOAT) // 500 * 500
        elif tin < _FLOAT - 500 and self.bank > 2 * _FLOAT:
            pence = -((_FLOAT - tin) // 500 * 500)
        else:
            return
        self.tins[wish.group] -= pence
        self.bank += pence
        lines = [
            Line(account=1 + wish.group, fund=FREE, pence=-pence),
            Line(account=BANK, fund=FREE, pence=pence),
        ]
        what = "Paid into the bank" if pence > 0 else "Taken out for the tin"
        self._add(wish, "transfer", lines, what=what, method="cash")

    def _set_aside(self, wish: Wish) -> None:
        pence = max(10_000, (self.bank - self.target) // 4 // 1_000 * 1_000)
        if self.bank < 2 * pence:
            return
        self.bank -= pence
        self.set_aside += pence
        lines = [
            Line(account=BANK, fund=FREE, pence=-pence),
            Line(account=BANK, fund=SET_ASIDE, pence=pence),
        ]
        what = "Set aside for what wears out"
        minute = "Committee, item 5: agreed by all, to be looked at again in a year"
        self._add(wish, "transfer", lines, what=what, method="not_recorded", minute=minute)

    # --- out -----------------------------------------------------------------------------------

    def _payment(self, wish: Wish, what: str = "") -> None:
        """Pay from the grant that ends first and fits, else from free money."""
        own = [wish.grant] if wish.grant else self._of_group.get(wish.group, [])
        for grant in own:
            if grant.pays(wish.day, wish.heading, wish.activity, wish.pence):
                grant.held -= wish.pence
                grant.spent[wish.heading] = grant.spent.get(wish.heading, 0) + wish.pence
                line = self._out(wish, wish.pence)
                line.fund, line.grant = grant.fund, grant.index
                self._add(wish, "payment", [line], what=what)
                return
        self._keep_afloat(wish, wish.pence)
        self.bank -= wish.pence
        self._add(wish, "payment", [self._out(wish, wish.pence)], what=what)

    def _out(self, wish: Wish, pence: int, account: int = BANK) -> Line:
        return Line(
            account=account, fund=FREE, pence=-pence, heading=wish.heading, activity=wish.activity,
            asset=wish.heading == prices.EQUIPMENT,
        )  # fmt: skip

    def _keep_afloat(self, wish: Wish, pence: int) -> None:
        """Let somebody give what is lacking: a pretend group is never overdrawn."""
        if self.bank < pence:
            given = pence - self.bank + _GIFT
            given += -given % 500
            self.bank += given
            line = Line(account=BANK, fund=FREE, pence=given, heading=prices.DONATIONS)
            entry = Entry(kind="receipt", day=wish.day, lines=[line], what="To tide us over")
            entry.name = self.chance.choice(prices.book()["names"]["donors"])
            self.entries.append(entry)

    def _petty(self, wish: Wish) -> None:
        """Pay something small: by a grant that has it in its budget, else from the tin."""
        what = self.chance.choice(prices.book()["things"][wish.heading.lower()])
        fits = any(
            grant.pays(wish.day, wish.heading, wish.activity, wish.pence)
            for grant in self._of_group.get(wish.group, ())
        )
        if fits or self.tins[wish.group] < wish.pence:
            self._payment(wish, what)
            return
        self.tins[wish.group] -= wish.pence
        line = self._out(wish, wish.pence, 1 + wish.group)
        self._add(wish, "payment", [line], what=what, method="cash")

    def _insurance(self, wish: Wish) -> None:
        """Pay one bill out of two activities' money: in halves, to the penny."""
        self._keep_afloat(wish, wish.pence)
        self.bank -= wish.pence
        half = wish.pence // 2
        lines = [self._out(wish, half), self._out(wish, wish.pence - half)]
        self._add(wish, "payment", lines, what="Public liability, a year", method="direct_debit")

    def _equipment(self, wish: Wish) -> None:
        pence = min(_DEAREST, self.set_aside * 2 // 3 // 100 * 100)
        if pence < 2_000:
            return
        self.set_aside -= pence
        line = self._out(wish, pence)
        line.fund = SET_ASIDE
        what = self.chance.choice(prices.book()["things"]["equipment"])
        self._add(wish, "payment", [line], what=what, method="card")

    def _bought(self, wish: Wish) -> None:
        if wish.grant and wish.grant.pays(wish.day, wish.heading, wish.activity, wish.pence):
            things = prices.book()["things"][wish.heading.lower()]
            self._payment(wish, self.chance.choice(things))

    def _given_back(self, wish: Wish) -> None:
        grant = wish.grant
        if grant is None or grant.held <= 0:
            return
        line = self._out(wish, grant.held)
        line.fund, line.grant = grant.fund, grant.index
        grant.held = 0
        self._add(wish, "payment", [line], what="What was not spent, given back")

    def _claim(self, wish: Wish) -> None:
        """Pay a helper: the bus or the shopping, and miles at the rate of the day."""
        miles = (wish.pence * mile_pence(wish.day - JOURNEY) + 5) // 10
        self._keep_afloat(wish, miles + wish.more)
        self.bank -= miles + wish.more
        lines = [self._out(wish, wish.more), self._out(wish, miles)]
        self._add(wish, "payment", lines, what="What a helper spent")
