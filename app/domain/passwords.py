"""What a new password needs."""

from app.domain.problems import Problem

FEWEST_LETTERS = 8


def may_be_password(new: str, *, old: str | None = None) -> list[Problem]:
    """Return what stands against a new password: none, too short, or the one it has already."""
    if not new.strip():
        return [Problem(code="password_needed", field="password")]
    if len(new.strip()) < FEWEST_LETTERS:
        values = {"limit": str(FEWEST_LETTERS)}
        return [Problem(code="password_too_short", field="password", values=values)]
    if new == old:
        return [Problem(code="password_same", field="password")]
    return []
