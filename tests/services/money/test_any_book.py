"""Whatever is done to a cash book, in any order: accounts are funds, and its accounts are its lines."""

import dataclasses
import datetime as dt
from types import SimpleNamespace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.domain.ledger import AccountDraft, EntryKind, FundDraft, FundKind, transfer
from app.domain.periods import Period
from app.domain.year_end import LoanDraft
from app.returns.options import ReturnOptions
from app.services import figures, money, registers, returns
from app.services.result import Done
from app.storage.register import Register
from tests import builders

TODAY = dt.date(2026, 11, 3)
BEGUN = dt.date(2024, 4, 1)
YEARS = (
    Period(first=dt.date(2024, 4, 1), last=dt.date(2025, 3, 31)),
    Period(first=dt.date(2025, 4, 1), last=dt.date(2026, 3, 31)),
)
DAYS = st.integers(0, (TODAY - BEGUN).days).map(lambda days: BEGUN + dt.timedelta(days=days))
ACCOUNTS, FUNDS = (
    st.sampled_from(["bank", "cash"]),
    st.sampled_from(["free", "trip", "hall", "lift"]),
)
PARTS = st.lists(st.tuples(FUNDS, st.integers(1, 90_00), st.booleans()), min_size=1, max_size=3)
NAMES = ("receipts_pence", "payments_pence", "opening_balance_pence", "closing_balance_pence",
         "running_cost_pence", "free_reserves_pence")  # fmt: skip
TIED = ("hall", "lift")


@dataclasses.dataclass(frozen=True)
class Told:
    """The book as it should be, by our own record of what was said: nothing of the program's."""

    entries: tuple = ()
    """(id, day, kind, ((account, fund, pence, is_asset), ...), binned)."""
    loans: tuple = ()
    """(id, to fund, pence, from day, day before which it is paid back or None)."""
    closed: frozenset = frozenset()
    openings: tuple = (("bank", "free", 100_00), ("cash", "free", 20_00))

    @property
    def lines(self):
        return [
            (day, kind, *line) for _, day, kind, lines, binned in self.entries if not binned
            for line in lines
        ]  # fmt: skip

    def held(self, place, name, day):
        """What an account (place 0) or a fund (place 1) holds at the end of a day (pence)."""
        moved = sum(line[4] for line in self.lines if line[0] <= day and line[2 + place] == name)
        return moved + sum(one[2] for one in self.openings if one[place] == name)


class AnyBook(RuleBasedStateMachine):
    """A treasurer who does anything, undoes it, and does it again."""

    @initialize()
    def begin(self):
        self.register = Register.in_memory(
            now=lambda: dt.datetime(2026, 11, 3, 21, 4, tzinfo=dt.UTC)
        )
        self.register.keep_undo()
        money.prepare_book(self.register, opened_on=BEGUN, bank_pence=100_00, cash_pence=20_00)
        ids = {}
        for name, kind in (("trip", FundKind.DESIGNATED), ("hall", FundKind.RESTRICTED),
                           ("lift", FundKind.ENDOWMENT)):  # fmt: skip
            draft = FundDraft(name=name, kind=kind, purpose="as agreed")
            ids[name] = money.save_fund(self.register, draft).ids[0]
        known = money.books(self.register)
        ids["bank"], ids["cash"] = known.accounts
        ids["free"] = next(one for one in known.funds if one not in ids.values())
        self.ids = SimpleNamespace(**ids)
        self.told, self.undoable, self.redoable = Told(), [], []
        self.register.take_step()

    def teardown(self):
        if hasattr(self, "register"):
            self.look_at_the_accounts()
            self.register.close()

    # --- doing -------------------------------------------------------------------------------

    def after(self, answer, **changed):
        """Note what a use case did: the step it left, and the book as it should be then."""
        if not isinstance(answer, Done):
            return
        step = self.register.take_step()
        if step is not None:
            self.undoable.append((step, self.told))
            self.redoable.clear()
        self.told = dataclasses.replace(self.told, **changed)

    def of(self, name):
        return getattr(self.ids, name)

    def save(self, day, kind, lines, entry_id=None):
        parts = [
            (self.of(account), self.of(fund), pence, {"is_asset": asset})
            for account, fund, pence, asset in lines
        ]
        draft = builders.entry(day, *parts, kind=kind)
        answer = money.save_entry(self.register, draft, entry_id, today=TODAY)
        if isinstance(answer, Done):
            self.keep(answer, (answer.ids[0], day, kind, tuple(lines), False))

    def keep(self, answer, entry):
        others = tuple(one for one in self.told.entries if one[0] != entry[0])
        self.after(answer, entries=(*others, entry))

    @rule(day=DAYS, account=ACCOUNTS, parts=PARTS, comes=st.booleans())
    def enter(self, day, account, parts, comes):
        sign = 1 if comes else -1
        lines = [(account, fund, sign * pence, asset) for fund, pence, asset in parts]
        self.save(day, EntryKind.RECEIPT if comes else EntryKind.PAYMENT, lines)

    @rule(day=DAYS, account=ACCOUNTS, parts=PARTS, which=st.integers(0, 50))
    def correct(self, day, account, parts, which):
        ours = [one for one in self.told.entries if one[2] is not EntryKind.TRANSFER]
        if ours:
            entry_id, _, kind, _, binned = ours[which % len(ours)]
            sign = 1 if kind is EntryKind.RECEIPT else -1
            lines = [(account, fund, sign * pence, asset) for fund, pence, asset in parts]
            if not binned:
                self.save(day, kind, lines, entry_id)

    @rule(day=DAYS, pence=st.integers(1, 90_00), out_of=FUNDS, into=FUNDS, account=ACCOUNTS)
    def move_between_funds(self, day, pence, out_of, into, account):
        self.move(day, pence, (account, account), (out_of, into))

    @rule(day=DAYS, pence=st.integers(1, 90_00), fund=FUNDS, to_the_bank=st.booleans())
    def move_between_accounts(self, day, pence, fund, to_the_bank):
        ways = ("cash", "bank") if to_the_bank else ("bank", "cash")
        self.move(day, pence, ways, (fund, fund))

    def move(self, day, pence, accounts, funds):
        draft = transfer(
            entry_on=day, amount_pence=pence, accounts=tuple(map(self.of, accounts)),
            funds=tuple(map(self.of, funds)), minute="Committee, item 4",
        )  # fmt: skip
        answer = money.save_entry(self.register, draft, today=TODAY)
        if isinstance(answer, Done):
            lines = ((accounts[0], funds[0], -pence, False), (accounts[1], funds[1], pence, False))
            self.keep(answer, (answer.ids[0], day, EntryKind.TRANSFER, lines, False))

    @rule(which=st.integers(0, 50))
    def bin_or_unbin(self, which):
        if self.told.entries:
            entry = self.told.entries[which % len(self.told.entries)]
            do = money.take_entry_out_of_bin if entry[4] else money.put_entry_in_bin
            self.keep(do(self.register, entry[0]), (*entry[:4], not entry[4]))

    @rule(day=DAYS, pence=st.integers(1, 90_00), to=st.sampled_from(TIED))
    def lend(self, day, pence, to):
        draft = LoanDraft(from_fund_id=self.ids.free, to_fund_id=self.of(to), amount_pence=pence,
                          from_on=day, minute="Committee, item 5")  # fmt: skip
        answer = money.save_loan(self.register, draft, today=TODAY)
        if isinstance(answer, Done):
            loan = (answer.ids[0], to, pence, day, None)
            self.after(answer, loans=(*self.told.loans, loan))

    @rule(day=DAYS, which=st.integers(0, 50), away=st.booleans())
    def pay_back_or_take_away(self, day, which, away):
        if not self.told.loans:
            return
        loan = self.told.loans[which % len(self.told.loans)]
        others = tuple(one for one in self.told.loans if one is not loan)
        if away:
            self.after(money.remove_loan(self.register, loan[0]), loans=others)
            return
        draft = LoanDraft(
            from_fund_id=self.ids.free, to_fund_id=self.of(loan[1]), amount_pence=loan[2],
            from_on=loan[3], repaid_on=day, minute="Committee, item 5",
        )  # fmt: skip
        answer = money.save_loan(self.register, draft, loan[0], today=TODAY)
        self.after(answer, loans=(*others, (*loan[:4], day)))

    @rule(which=st.sampled_from([0, 1]))
    def close_or_open_a_year(self, which):
        year = YEARS[which]
        if which in self.told.closed:
            answer = money.open_year(self.register, year.last)
        else:
            answer = money.close_year(self.register, year, approved_on=TODAY, today=TODAY)
        self.after(answer, closed=self.told.closed ^ {which})

    @rule(fund=FUNDS, pence=st.integers(0, 200_00))
    def correct_what_the_bank_held_at_first(self, fund, pence):
        account = money.books(self.register).accounts[self.ids.bank]
        fields = {one.name: getattr(account, one.name) for one in dataclasses.fields(AccountDraft)}
        openings = {of: held for of, held in account.openings if held} | {self.of(fund): pence}
        fields["openings"] = tuple((of, held) for of, held in openings.items() if held)
        answer = money.save_account(self.register, AccountDraft(**fields), account.id, today=TODAY)
        others = [one for one in self.told.openings if one[:2] != ("bank", fund)]
        self.after(answer, openings=(*others, ("bank", fund, pence)))

    @precondition(lambda self: self.undoable)
    @rule()
    def undo(self):
        step, before = self.undoable.pop()
        self.redoable.append((self.register.play(step, use_case="undo"), self.told))
        self.told = before

    @precondition(lambda self: self.redoable)
    @rule()
    def redo(self):
        step, then = self.redoable.pop()
        self.undoable.append((self.register.play(step, use_case="redo"), self.told))
        self.told = then

    # --- what holds --------------------------------------------------------------------------

    @invariant()
    def accounts_are_funds_and_both_are_what_was_told(self):
        held = money.account_balances(self.register)
        funds = money.fund_balances(self.register)
        assert sum(held.values()) == sum(funds.values())
        for name in ("bank", "cash"):
            assert held[self.of(name)] == self.told.held(0, name, TODAY)
        for name in ("free", "trip", *TIED):
            assert funds.get(self.of(name), 0) == self.told.held(1, name, TODAY)

    @invariant()
    def tied_money_is_never_below_nothing_but_for_a_loan(self):
        days = {line[0] for line in self.told.lines} | {BEGUN}
        days |= {day for loan in self.told.loans for day in loan[3:] if day}
        for name in TIED:
            for day in days:
                lent = sum(
                    pence for _, to, pence, since, until in self.told.loans
                    if to == name and since <= day and (until is None or day < until)
                )  # fmt: skip
                assert self.told.held(1, name, day) + lent >= 0, (name, day)

    @invariant()
    def closed_years_stay_as_they_were(self):
        for which in range(len(YEARS)):
            seen = self.closed_sums(which)
            known = self.__dict__.setdefault("sealed", {})
            if which not in self.told.closed:
                known.pop(which, None)
            assert known.setdefault(which, seen) == seen or which not in self.told.closed

    def closed_sums(self, which):
        """What a year's accounts are made of, as the program has it."""
        year = YEARS[which]
        before = year.first - dt.timedelta(days=1)
        rows = self.register.rows(
            "SELECT e.id, e.kind, e.binned_at IS NULL, l.account_id, l.fund_id, l.amount_pence,"
            " l.is_asset FROM entry e JOIN entry_line l ON l.entry_id = e.id"
            " WHERE e.entry_on BETWEEN :first AND :last ORDER BY l.id",
            {"first": year.first.isoformat(), "last": year.last.isoformat()},
        )
        ends = (before, year.last)
        return (
            tuple(tuple(row) for row in rows),
            *(tuple(sorted(money.account_balances(self.register, day).items())) for day in ends),
            *(tuple(sorted(money.fund_balances(self.register, day).items())) for day in ends),
        )

    def look_at_the_accounts(self):
        """The figures and the printed accounts of each year are the lines, counted again."""
        for year in YEARS:
            told = figures.figures(self.register, year, only=NAMES)["figures"]
            moved = [line for line in self.told.lines if year.first <= line[0] <= year.last]
            came = sum(one[4] for one in moved if one[1] is EntryKind.RECEIPT)
            went = -sum(one[4] for one in moved if one[1] is EntryKind.PAYMENT)
            ran = -sum(one[4] for one in moved if one[1] is EntryKind.PAYMENT and not one[5])
            end = sum(self.told.held(0, name, year.last) for name in ("bank", "cash"))
            free = self.told.held(1, "free", year.last)  # what is set aside is not free
            assert {name: told[name]["value"] for name in NAMES} == {
                "receipts_pence": came, "payments_pence": went, "closing_balance_pence": end,
                "opening_balance_pence": end - came + went, "running_cost_pence": ran,
                "free_reserves_pence": free,
            }  # fmt: skip
            made = returns.prepare(
                self.register, "receipts-and-payments", ReturnOptions(period=year)
            )
            table = next(t for t in made.as_json(pages=1)["tables"] if t["id"] == "accounts")
            sums = {row[0]: row[2:] for row in table["rows"] if not row[1]}
            sides = (("free", "trip"), ("hall",), ("lift",))
            ends = [sum(self.told.held(1, name, year.last) for name in names) for names in sides]
            assert list(sums["cash_at_end"]) == [*ends, end]
            assert (sums["total_receipts"][3], sums["total_payments"][3]) == (came, went)
            assert not [one for one in made.warnings if "differ" in one]
        assert registers.check(self.register) == ()


AnyBook.TestCase.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip
TestAnyBook = AnyBook.TestCase
