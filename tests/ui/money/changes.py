"""The changes of money for test_every_change: what each is called with, on a small cash book."""

import datetime as dt
from dataclasses import replace

from PIL import Image

from app.domain.bank_statements import StatementDraft
from app.domain.beside import GiftDraft, MatchDraft
from app.domain.claims import ClaimDraft, ClaimLineDraft
from app.domain.grants import GrantDraft
from app.domain.ledger import AccountDraft, EntryKind, FundDraft, FundKind
from app.domain.periods import Period
from app.domain.year_end import ItemDraft, ItemKind, LoanDraft
from app.services import money
from app.services.money import ReceiptFile
from tests import builders
from tests.conftest import TODAY

DAY = TODAY.replace(day=2)
BEGUN = dt.date(2025, 4, 1)
LAST_YEAR = Period(first=BEGUN, last=dt.date(2026, 3, 31))
NOW = {"today": TODAY}
GRANT = GrantDraft(reference="TC-1", funder="Town Council")
TIED = FundDraft(name="Hall fund", kind=FundKind.RESTRICTED, purpose="Hall hire")


class Purse:
    """A cash book begun in a world, with short names for what is in it."""

    def __init__(self, world):
        self.world = world
        self.register = world.register
        self.do(money.prepare_book, opened_on=BEGUN, bank_pence=100_00, cash_pence=20_00)
        known = money.books(self.register)
        self.bank, self.cash = known.accounts
        (self.free,) = known.funds
        self.heads = {heading.name: heading.id for heading in known.headings.values()}

    def do(self, use_case, *args, **more):
        """Do something first; return the id it made or changed."""
        return next(iter(self.world.before(use_case, *args, **more).ids), None)

    def rent(self, **details):
        line = (self.bank, self.free, -45_00, {"heading_id": self.heads["Hall hire"]})
        return builders.entry(DAY, line, payee="Village hall", **details)

    def entered(self, **details):
        return self.do(money.save_entry, self.rent(**details), **NOW)

    def grant(self):
        return self.do(money.save_grant, GRANT)

    def item(self):
        return ItemDraft(
            kind=ItemKind.ASSET, details="Urn", fund_id=self.free, from_on=DAY, cost_pence=60_00
        )

    def loan(self):
        tied = self.do(money.save_fund, TIED)
        return LoanDraft(from_fund_id=self.free, to_fund_id=tied, amount_pence=10_00,
                         from_on=DAY, minute="Committee, 2 Nov")  # fmt: skip

    def claim(self):
        line = ClaimLineDraft(spent_on=DAY, what="Milk", amount_pence=3_20)
        return ClaimDraft(person_id=self.world.ada, claimed_on=DAY, lines=(line,),
                          approved_by="Bo Lee", approved_on=DAY)  # fmt: skip


def receipt():
    import io

    out = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(out, "JPEG")
    return ReceiptFile(media_type="image/jpeg", file_name="till.jpg", content=out.getvalue())


def _gift(p):
    return GiftDraft(given_on=DAY, what="Cakes", giver="Baker", value_pence=12_00, basis="shop")


def _match(p):
    return MatchDraft(grant_id=p.grant(), source="Parish", amount_pence=50_00, from_on=DAY)


def _door(w):
    p = Purse(w)
    return (w.past.id, {p.heads["Subs"]: 21_00}, NOW)


def _of_book(change):
    return lambda w: change(Purse(w))


def _in_bin(p):
    entry = p.entered()
    p.do(money.put_entry_in_bin, entry)
    return (entry,)


def _with_receipt(p):
    return (p.do(money.keep_receipt, p.entered(), receipt()),)


def _other_rule(p):
    p.do(money.learn_rule, p.entered(bank_text="VILLAGE HALL"))
    return replace(money.list_rules(p.register)[0], payee="The hall")


def _paper(w):
    p = Purse(w)
    draft = StatementDraft(
        account_id=p.bank, from_on=BEGUN, to_on=DAY, opening_pence=100_00, closing_pence=55_00,
        entry_ids=(p.entered(),),
    )  # fmt: skip
    return (draft, NOW)


CHANGES = {
    "statements.paper.save_statement": _paper,
    "money.books.prepare_book": lambda _w: ({"opened_on": BEGUN, "bank_pence": 5_00},),
    "money.takings.enter_takings": _door,
} | {
    f"money.{name}": _of_book(change)
    for name, change in {
        "books.save_account": lambda p: (AccountDraft(name="Savings", opened_on=DAY), NOW),
        "books.remove_account": lambda p: (
            p.do(money.save_account, AccountDraft(name="Savings", opened_on=DAY), **NOW),
        ),
        "books.save_fund": lambda _p: (TIED,),
        "books.remove_fund": lambda p: (p.do(money.save_fund, TIED),),
        "books.save_heading": lambda _p: ("Coach", EntryKind.PAYMENT),
        "books.rename_heading": lambda p: (p.heads["Travel"], "Coach"),
        "books.close_heading": lambda p: (p.heads["Travel"], DAY),
        "books.move_heading": lambda p: (p.heads["Travel"], -1),
        "books.remove_heading": lambda p: (p.heads["Travel"],),
        "entries.save_entry": lambda p: (p.rent(), NOW),
        "entries.put_entry_in_bin": lambda p: (p.entered(),),
        "entries.take_entry_out_of_bin": _in_bin,
        "receipts.keep_receipt": lambda p: (p.entered(), receipt()),
        "receipts.remove_receipt": _with_receipt,
        "grants.save_grant": lambda _p: (GRANT,),
        "grants.put_grant_in_bin": lambda p: (p.grant(),),
        "beside.save_gift": lambda p: (_gift(p), NOW),
        "beside.put_gift_in_bin": lambda p: (p.do(money.save_gift, _gift(p), **NOW),),
        "beside.save_match": lambda p: (_match(p),),
        "beside.remove_match": lambda p: (p.do(money.save_match, _match(p)),),
        "claims.save_claim": lambda p: (p.claim(), NOW),
        "claims.put_claim_in_bin": lambda p: (p.do(money.save_claim, p.claim(), **NOW),),
        "claims.pay_claim": lambda p: (
            p.do(money.save_claim, p.claim(), **NOW),
            {"account_id": p.cash, "fund_id": p.free, "paid_on": DAY, **NOW},
        ),
        "bank_rules.learn_rule": lambda p: (p.entered(bank_text="VILLAGE HALL"),),
        "bank_rules.change_rule": lambda p: (_other_rule(p),),
        "bank_rules.forget_rule": lambda p: (
            p.do(money.learn_rule, p.entered(bank_text="VILLAGE HALL")),
        ),
        "year_end.save_item": lambda p: (p.item(),),
        "year_end.remove_item": lambda p: (p.do(money.save_item, p.item()),),
        "year_end.save_loan": lambda p: (p.loan(), NOW),
        "year_end.remove_loan": lambda p: (p.do(money.save_loan, p.loan(), **NOW),),
        "year_end.close_year": lambda _p: (LAST_YEAR, NOW),
        "year_end.open_year": lambda p: (
            p.do(money.close_year, LAST_YEAR, **NOW) or LAST_YEAR.last,
        ),
    }.items()
}
"""Each use case of money, and what it is called with after its register."""
