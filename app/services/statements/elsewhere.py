"""The same statement twice: lines that stand in another account of the book already."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from app.domain.ids import AccountId
from app.domain.ledger import Account
from app.importers.base import Choice, Question
from app.services.statements.matching import Fate, Match
from app.storage.statements import KnownLine

SAME = "same lines"
"""The kind of the question; an empty answer is: another account with the very same lines."""
_ENOUGH = 3
"""So many lines of the same days and amounts, all there are, are no chance."""


def same_question(
    name: str,
    account_id: AccountId | int,
    matches: Sequence[Match],
    known: Sequence[KnownLine],
    accounts: Mapping[AccountId, Account],
) -> Question | None:
    """Return what has to be asked where most of a statement is in another account, or None.

    ``name`` is the account it would be booked in. What it has already, and the bin, say nothing.
    """
    fresh = [match for match in matches if match.fate is not Fate.KNOWN]
    others = [line for line in known if line.account_id != account_id and not line.binned]
    keys = [match.key.partition(":")[2] for match in fresh]
    wanted = Counter((match.row.day, match.row.amount_pence) for match in fresh)
    for other in sorted({line.account_id for line in others}):
        there = [line for line in others if line.account_id == other and line.bank_key]
        count = _same(keys, wanted, there, other)
        if count:
            return _question(name, accounts[other].name, count, len(fresh))
    return None


def _same(
    fresh: Sequence[str],
    wanted: Counter[tuple[dt.date, int]],
    there: Sequence[KnownLine],
    other: AccountId,
) -> int:
    """Return how many lines are the same as another account's; 0 where that may be chance.

    ``fresh`` are their keys without the account, ``wanted`` how often each day has each sum (pence).
    """
    keys = {key for line in there for key in line.bank_key.split()}
    in_words = sum(f"{other}:{key}" in keys for key in fresh)
    if 2 * in_words > len(fresh):
        return in_words
    held = Counter((line.entry_on, line.amount_pence) for line in there)
    return len(fresh) if len(fresh) >= _ENOUGH and wanted <= held else 0


def _question(name: str, other: str, count: int, total: int) -> Question:
    said = f"{count:,} of the {total:,} lines" if count < total else f"All {total:,} lines"
    if total == 1:
        said = "The one line"
    text = (
        f"{said} of this statement stand{'s' if total == 1 else ''} in {other} already, so booking "
        f"them in {name} would count them twice. If it is the statement of {other}, say --account "
        f"“{other}”. If {name} really has the very same lines, say another_account = true under "
        "[answers] in a mapping file (--mapping). Nothing was changed."
    )
    choices = (
        Choice(value=other, words=f"It is the statement of {other}"),
        Choice(value="", words=f"{name} has the very same lines: book them there as well"),
    )
    return Question(kind=SAME, text=text, choices=choices, about=said)
