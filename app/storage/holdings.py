"""How much a register holds."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.storage import settings
from app.storage.register import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What tells one copy of a register from another at a glance; money in pence, of all accounts."""

    group: str
    people: int
    sessions: int
    money_pence: int
    last_saved_at: str
    """The moment of the last line in its journal, ISO in UTC; "" for a register nobody wrote in."""
    last_line: int
    """The number of that line: a later one means that something was saved since."""


_COUNTS: Mapping[str, str] = {
    "people": "SELECT count(*) FROM person_counted",
    "activities": "SELECT count(*) FROM activity WHERE binned_at IS NULL",
    "sessions": "SELECT count(*) FROM session WHERE binned_at IS NULL",
    "attendances": "SELECT count(*) FROM attendance_counted",
    "marks": "SELECT count(*) FROM attendance",
    "referrals": "SELECT count(*) FROM referral_counted",
    "money_lines": "SELECT count(*) FROM money_counted",
    "grants": "SELECT count(*) FROM grant_listed",
    "drafts": "SELECT count(*) FROM draft WHERE binned_at IS NULL",
    "issued_returns": "SELECT count(*) FROM issued_return",
    "volunteer_log": "SELECT count(*) FROM volunteer_log",
}

_MONEY = (
    "SELECT (SELECT coalesce(sum(amount_pence), 0) FROM money_counted)"
    " + (SELECT coalesce(sum(amount_pence), 0) FROM opening_counted)"
)


def counts(register: Register) -> dict[str, int]:
    """Return what there is of each kind, the bin left out; marks are every row as it was entered."""
    return {name: int(register.value(sql)) for name, sql in _COUNTS.items()}


def last_line(register: Register) -> int:
    """Return the number of the last line of a register's journal, 0 for none."""
    return int(register.value("SELECT max(id) FROM journal") or 0)


def last_saved_at(register: Register) -> str:
    """Return the moment of the last line of a register's journal, ISO in UTC; "" for none."""
    at = register.value("SELECT done_at FROM journal ORDER BY id DESC LIMIT 1")
    return str(at or "")


def held(register: Register) -> Held:
    """Return what a register holds, in the few numbers by which its keeper knows it."""
    line = register.row("SELECT id, done_at FROM journal ORDER BY id DESC LIMIT 1")
    return Held(
        group=settings.read(register).group_name,
        people=int(register.value(_COUNTS["people"])),
        sessions=int(register.value(_COUNTS["sessions"])),
        money_pence=int(register.value(_MONEY)),
        last_saved_at=str(line["done_at"]) if line else "",
        last_line=int(line["id"]) if line else 0,
    )
