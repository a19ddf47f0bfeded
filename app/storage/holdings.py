"""How much a register holds."""

from collections.abc import Mapping

from app.storage.register import Register

_COUNTS: Mapping[str, str] = {
    "people": "SELECT count(*) FROM person_counted",
    "activities": "SELECT count(*) FROM activity WHERE binned_at IS NULL",
    "sessions": "SELECT count(*) FROM session WHERE binned_at IS NULL",
    "attendances": "SELECT count(*) FROM attendance_counted",
    "marks": "SELECT count(*) FROM attendance",
    "referrals": "SELECT count(*) FROM referral_counted",
    "money_lines": "SELECT count(*) FROM money_counted",
    "grants": "SELECT count(*) FROM grant_listed",
    "volunteer_log": "SELECT count(*) FROM volunteer_log",
}


def counts(register: Register) -> dict[str, int]:
    """Return what there is of each kind, the bin left out; marks are every row as it was entered."""
    return {name: int(register.value(sql)) for name, sql in _COUNTS.items()}
