"""Whose statement a file is: which account of the file, and which account of the book."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.errors import Refused
from app.domain.ids import AccountId
from app.domain.ledger import Account, AccountKind
from app.domain.names import clean
from app.importers.bank.records import FileAccount
from app.importers.base import Choice, Question

FIRST_NAME = "Current account"
"""What the first bank account is called when nobody says."""
_LIKE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """The account of the file, and the account of the book; or what has to be asked."""

    part: FileAccount = field(repr=False)
    account: Account | None = None
    """None: an account called ``name`` is begun."""
    name: str = ""
    question: Question | None = None


def whose(parts: Sequence[FileAccount], accounts: Mapping[AccountId, Account], said: str) -> Whose:
    """Return whose statement it is; ``said`` is the account somebody named, or "".

    Raises Refused when the account that was named is not the one the file is of.
    """
    said = clean(said)
    named = next((a for a in accounts.values() if a.name.casefold() == said.casefold()), None)
    part = _part(parts, said, named)
    if part is None:
        return Whose(part=parts[0], question=_which_part(parts))
    if said and named is not None:
        _must_be_the_same(part, named)
        return Whose(part=part, account=named, name=named.name)
    by_code = next((a for a in accounts.values() if same_code(a.bank_code, part.code)), None)
    if said:
        return _new(part, accounts, said, by_code, is_of_file=_is_named(part, said))
    if by_code is not None:
        return Whose(part=part, account=by_code, name=by_code.name)
    return _without_a_name(part, accounts)


def _without_a_name(part: FileAccount, accounts: Mapping[AccountId, Account]) -> Whose:
    names = {pots_of(a.name).casefold() for a in accounts.values()}
    banks = [
        a for a in accounts.values()
        if a.kind is AccountKind.BANK and a.closed_on is None and a.name.casefold() not in names
    ]  # fmt: skip
    if not banks:
        return Whose(part=part, name=FIRST_NAME)
    if len(banks) == 1 and not (banks[0].bank_code and part.code):
        return Whose(part=part, account=banks[0], name=banks[0].name)
    choices = tuple(Choice(value=a.name, words=a.name) for a in banks)
    of = f" ({part.code})" if part.code else ""
    text = (
        f"Which account is this statement of{of}? Say --account with one of: "
        f"{_listed(a.name for a in banks)}; or with a new name, to begin another account."
    )
    return Whose(part=part, question=Question(kind="account", text=text, choices=choices))


def _new(
    part: FileAccount, accounts: Mapping[AccountId, Account], said: str,
    by_code: Account | None, *, is_of_file: bool,
) -> Whose:  # fmt: skip
    """Return an account to be begun under a name, unless it is likely one that is there."""
    if by_code is not None:
        if is_of_file:
            return Whose(part=part, account=by_code, name=by_code.name)
        raise Refused(
            f"This statement is of {part.code}, which is {by_code.name} in the book. Say --account "
            f"“{by_code.name}”, or leave it out. Nothing was changed."
        )
    names = [a.name for a in accounts.values()]
    folded = {name.casefold(): name for name in names}
    like = difflib.get_close_matches(said.casefold(), list(folded), n=1, cutoff=_LIKE)
    if like and not is_of_file:
        raise Refused(
            f"There is no account called {said}. Did you mean {folded[like[0]]}? The accounts are: "
            f"{_listed(names)}. Nothing was changed."
        )
    return Whose(part=part, name=part.name if is_of_file and part.name else said)


def _must_be_the_same(part: FileAccount, account: Account) -> None:
    if part.code and account.bank_code and not same_code(part.code, account.bank_code):
        raise Refused(
            f"This statement is of {part.code}, but {account.name} is {account.bank_code}. Choose "
            "the account it is of, or correct that account's number. Nothing was changed."
        )


def _part(parts: Sequence[FileAccount], said: str, named: Account | None) -> FileAccount | None:
    """Return the account of the file that is meant, or None when nothing tells."""
    if len(parts) == 1:
        return parts[0]
    if named is not None and named.bank_code:
        fits = [part for part in parts if same_code(part.code, named.bank_code)]
        if len(fits) == 1:
            return fits[0]
    fits = [part for part in parts if said and _is_named(part, said)]
    return fits[0] if len(fits) == 1 else None


def _names(part: FileAccount) -> tuple[str, ...]:
    return (part.name, part.code)


def _is_named(part: FileAccount, said: str) -> bool:
    return said.casefold() in {n.casefold() for n in _names(part)} or same_code(part.code, said)


def _which_part(parts: Sequence[FileAccount]) -> Question:
    choices = tuple(
        Choice(
            value=part.name if [p.name for p in parts].count(part.name) == 1 else part.code,
            words=" ".join(filter(None, (part.name, part.code))),
        )
        for part in parts
    )
    text = (
        f"This file holds {len(parts)} accounts: {_listed(c.words for c in choices)}. They are "
        f"imported one at a time. Say --account with one of: {_listed(c.value for c in choices)}."
    )
    return Question(kind="account", text=text, choices=choices)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def pots_of(name: str) -> str:
    """Return what the account is called that holds the pots of an account."""
    return f"{name} pots"


def same_code(one: str, other: str) -> bool:
    """Say whether two sort codes and numbers are the same; of a masked one only the end is told."""
    if not one or not other:
        return False
    a, b = _digits(one), _digits(other)
    if min(len(a), len(b)) < 4:
        return False
    return a == b or a.endswith(b) or b.endswith(a)


def _digits(code: str) -> str:
    return "".join(c for c in code if c.isdigit())
