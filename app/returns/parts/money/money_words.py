"""The group's money in plain words: what came in, from whom, and what it paid for."""

from collections import Counter
from collections.abc import Sequence

from app.domain.grants import HELD
from app.domain.ledger import TIED, EntryKind
from app.domain.money import pounds
from app.returns.counting.filling import Filling
from app.returns.filled import Block, Heading, KeepTogether, Note, Paragraph, bold, text
from app.returns.language.report_kinds import MoneyWordsSpec
from app.storage import accounts, grants, year_accounts

_MOST = 5
"""More sources or purposes than this are put together: a sentence is no table."""
_TEN = 10
_OTHER = "other things"


def money_words(filling: Filling, spec: MoneyWordsSpec) -> Sequence[Block]:
    """Return what came in and what was paid, in sentences; nothing where no money moved."""
    moved = year_accounts.moved(filling.register, filling.period)
    givers = _givers(filling)
    came: Counter[str] = Counter()
    went: Counter[str] = Counter()
    for one in moved:
        heading = _OTHER if one.heading.lower()[:5] in {"", "other"} else _small(one.heading)
        if one.kind is EntryKind.RECEIPT:
            source = givers.get(one.fund, one.fund) if one.fund_kind in TIED else heading
            came[source] += one.pence
        elif one.kind is EntryKind.PAYMENT:
            went[heading] -= one.pence
    if not any(came.values()) and not any(went.values()):
        return ()
    heading = filling.words(spec.text)
    blocks: list[Block] = [Heading(text=heading)] if heading else []
    if any(came.values()):
        blocks.append(
            Paragraph(runs=text(bold(pounds(came.total())), f" came in: {_listed(came, 'from')}."))
        )
    if any(went.values()):
        blocks.append(
            Paragraph(runs=text(bold(pounds(went.total())), f" was paid: {_listed(went, 'for')}."))
        )
        for_ten = of_ten(went)
        if for_ten:
            blocks.append(Paragraph(runs=text(for_ten)))
    if filling.options.activity_id is not None:
        blocks.append(Note(runs=text("The money is that of the whole group, all activities.")))
    return (KeepTogether(blocks=tuple(blocks)),)


def _givers(filling: Filling) -> dict[str, str]:
    """Return who gave the money of a fund, where grants say it, by the fund's name."""
    names = {one.id: one.name for one in accounts.funds(filling.register).values()}
    found: dict[str, dict[str, None]] = {}
    for grant in grants.listed(filling.register):
        if grant.state in HELD and grant.fund_id is not None:
            found.setdefault(names.get(grant.fund_id, ""), {}).setdefault(grant.funder)
    return {fund: " and ".join(funders) for fund, funders in found.items()}


def _small(heading: str) -> str:
    """Return a heading as it stands inside a sentence: "Hall hire" as hall hire, DBS as DBS."""
    return heading if heading[1:2].isupper() else heading[:1].lower() + heading[1:]


def _listed(sums: Counter[str], before: str) -> str:
    """Return sums in words, the largest first: "£200.00 for hall hire and £6.40 for tea"."""
    ordered = [one for one in sums.items() if one[1]]
    ordered.sort(key=lambda one: (one[0] == _OTHER, -one[1], one[0].casefold()))
    shown = [one for one in ordered if one[0] != _OTHER]
    rest = sums[_OTHER] + sum(pence for _, pence in shown[_MOST:])
    parts = [f"{pounds(pence)} {before} {name}" for name, pence in shown[:_MOST]]
    if rest:
        parts.append(f"{pounds(rest)} {before} {_OTHER}")
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def of_ten(sums: Counter[str]) -> str:
    """Return the sentence of what every £10 paid for, in whole pounds that come to £10.

    Each part is rounded down and the pounds left go to the largest remainders, so that the parts
    always add up. What comes to less than a pound is among the other things. Empty where a refund
    makes a heading less than nothing, or everything went on one thing.
    """
    total = sums.total()
    if total <= 0 or min(sums.values()) < 0:
        return ""
    exact = {name: pence * _TEN for name, pence in sums.items()}
    whole = {name: value // total for name, value in exact.items()}
    by_rest = sorted(exact, key=lambda name: (-(exact[name] % total), -exact[name], name))
    for name in by_rest[: _TEN - sum(whole.values())]:
        whole[name] += 1
    named = [name for name in whole if whole[name] and name != _OTHER]
    named = sorted(named, key=lambda name: (-whole[name], -exact[name]))[:_MOST]
    if not named or whole[named[0]] == _TEN:
        return ""
    parts = [f"£{whole[name]} went on {name}" for name in named[:1]]
    parts += [f"£{whole[name]} on {name}" for name in named[1:]]
    other = _TEN - sum(whole[name] for name in named)
    if other:
        parts.append(f"£{other} on {_OTHER}")
    return f"Of every £10 paid, {', '.join(parts[:-1])} and {parts[-1]}, to the nearest pound."
