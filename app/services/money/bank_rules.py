"""What the treasurer taught: this text from the bank is that fund and heading, offered the next time."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.changes import Topic
from app.domain.ids import ActivityId, EntryId, FundId, GrantId, HeadingId
from app.domain.ledger import EntryKind, Fund, Heading, LineDraft
from app.domain.names import NAME_LIMIT, clean, plain
from app.domain.problems import Problem
from app.services.money.books import books
from app.services.result import Done, Refused
from app.storage import money, statements
from app.storage.register import Register

_TOPICS = frozenset({Topic.MONEY})
_MOST_WORDS = 6
_BANKERS = frozenset({
    "payment", "to", "from", "by", "the", "ref", "on", "card", "direct", "debit", "credit",
    "faster", "standing", "order", "bank", "bill", "counter", "transfer", "via", "mobile",
    "online", "gb", "bgc", "bbp", "chq", "clp", "fpi", "fpo", "bac", "dd", "so", "pos", "deb",
})  # fmt: skip
"""Words that banks put round a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing taught: words of the bank's text, and what such a line is."""

    id: int
    pattern: str = field(repr=False)
    side: EntryKind
    payee: str = field(default="", repr=False)
    fund_id: FundId | None = None
    heading_id: HeadingId | None = None
    activity_id: ActivityId | None = None
    grant_id: GrantId | None = None
    used: int = 0

    def fits(self, text: str, side: EntryKind) -> bool:
        """Say whether a line of the bank is such a line."""
        return side is self.side and f" {self.pattern} " in f" {' '.join(_words(text))} "


def _words(text: str) -> list[str]:
    return [w for w in plain(text).split() if not any(c.isdigit() for c in w)]


def pattern_of(text: str) -> str:
    """Return the words by which a line like this is known again: no numbers, no bankers' words."""
    words = _words(text)
    starts = [i for i, word in enumerate(words) if word not in _BANKERS]
    if not starts:
        return ""
    kept: list[str] = []
    for word in words[starts[0] :]:
        if word in _BANKERS or len(kept) == _MOST_WORDS:
            break
        kept.append(word)
    return " ".join(kept)


def list_rules(register: Register) -> tuple[Rule, ...]:
    """Return what the treasurer taught, the most telling first."""
    return tuple(
        Rule(
            id=row["id"],
            pattern=row["pattern"],
            side=EntryKind(row["side"]),
            payee=row["payee"],
            fund_id=FundId(row["fund_id"]) if row["fund_id"] else None,
            heading_id=HeadingId(row["heading_id"]) if row["heading_id"] else None,
            activity_id=ActivityId(row["activity_id"]) if row["activity_id"] else None,
            grant_id=GrantId(row["grant_id"]) if row["grant_id"] else None,
            used=row["used"],
        )
        for row in statements.rule_rows(register)
    )


def learn_rule(register: Register, entry_id: EntryId) -> Done | Refused:
    """Teach what an entry's bank text means: its payee, fund, heading, activity and grant."""
    entry = money.get(register, entry_id)
    if entry is None or entry.binned or entry.kind is EntryKind.TRANSFER:
        return Refused(problems=(Problem(code="entry_gone"),))
    pattern = pattern_of(entry.bank_text or entry.payee)
    if not pattern:
        return Refused(problems=(Problem(code="rule_without_words"),))
    line = entry.lines[0]
    text = f"learn what {entry.payee or pattern} is"
    values = {
        "pattern": pattern, "side": entry.kind.value, "payee": entry.payee,
        "fund_id": line.fund_id, "heading_id": line.heading_id,
        "activity_id": line.activity_id, "grant_id": line.grant_id,
    }  # fmt: skip
    with register.transaction("bank_rule.learn", text=text, topics=_TOPICS):
        rule_id = statements.keep_rule(register, values)
    return Done(changes=_TOPICS, text=text, ids=(rule_id,))


def change_rule(register: Register, rule: Rule) -> Done | Refused:
    """Change what is offered for a line of the bank; its words and side stay as they were learned."""
    before = next((one for one in list_rules(register) if one.id == rule.id), None)
    if before is None:
        return Refused(problems=(Problem(code="rule_gone"),))
    known = books(register)
    payee, problems = clean(rule.payee), list[Problem]()
    if rule.fund_id is not None and rule.fund_id not in known.funds:
        problems.append(Problem(code="fund_gone", field="fund_id"))
    heading = known.headings.get(rule.heading_id) if rule.heading_id else None
    if rule.heading_id is not None and heading is None:
        problems.append(Problem(code="heading_gone", field="heading_id"))
    if heading is not None and heading.side is not before.side:
        problems.append(Problem(code="heading_other_side", field="heading_id"))
    if not (payee or rule.fund_id or heading):
        problems.append(Problem(code="rule_side", field="heading_id"))
    if len(payee) > NAME_LIMIT:
        values = {"limit": f"{NAME_LIMIT:,}"}
        problems.append(Problem(code="text_too_long", field="payee", values=values))
    if problems:
        return Refused(problems=tuple(problems))
    text = f"change what {before.payee or before.pattern} is"
    values_now = {
        "payee": payee, "fund_id": rule.fund_id, "heading_id": rule.heading_id,
        "activity_id": rule.activity_id, "grant_id": rule.grant_id,
    }  # fmt: skip
    with register.transaction("bank_rule.change", text=text, topics=_TOPICS, subject_id=rule.id):
        statements.change_rule(register, rule.id, values_now)
    return Done(changes=_TOPICS, text=text, ids=(rule.id,))


def forget_rule(register: Register, rule_id: int) -> Done | Refused:
    """Forget what was taught once; what was booked by it stays as it is."""
    rule = next((rule for rule in list_rules(register) if rule.id == rule_id), None)
    if rule is None:
        return Refused(problems=(Problem(code="rule_gone"),))
    text = f"forget what {rule.payee or rule.pattern} is"
    with register.transaction("bank_rule.forget", text=text, topics=_TOPICS, subject_id=rule_id):
        statements.forget_rule(register, rule_id)
    return Done(changes=_TOPICS, text=text, ids=(rule_id,))


def rule_for(rules: Sequence[Rule], text: str, pence: int) -> Rule | None:
    """Return the rule with the most words that fits a line of the bank, or None."""
    side = EntryKind.RECEIPT if pence > 0 else EntryKind.PAYMENT
    return next((rule for rule in rules if rule.fits(text, side)), None)


def ruled(
    line: LineDraft, rule: Rule, *, day: dt.date, funds: Mapping[FundId, Fund],
    headings: Mapping[HeadingId, Heading],
) -> LineDraft:  # fmt: skip
    """Return a line as a rule says, leaving out a fund or heading that was closed since."""
    fund = funds.get(rule.fund_id) if rule.fund_id else None
    open_fund = fund is not None and (fund.closed_on is None or day <= fund.closed_on)
    heading = headings.get(rule.heading_id) if rule.heading_id else None
    return LineDraft(
        account_id=line.account_id,
        fund_id=fund.id if fund is not None and open_fund else line.fund_id,
        amount_pence=line.amount_pence,
        heading_id=heading.id if heading is not None and heading.closed_on is None else None,
        activity_id=rule.activity_id,
        grant_id=rule.grant_id if open_fund else None,
        is_asset=heading.is_asset if heading is not None and heading.closed_on is None else False,
    )
