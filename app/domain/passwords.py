"""What a new password needs, how hard it is to guess, and how long a wrong one makes wait."""

from app.domain.problems import Problem

FEWEST_LETTERS = 8
_GOOD_LETTERS, _STRONG_LETTERS = 12, 16
_FEWEST_DIFFERENT = 5
"""A password of fewer different letters is a pattern: aaaaaaaa, 12121212."""
_EASY = ("password", "letmein", "welcome", "hallbook", "qwerty", "12345", "abcdef", "iloveyou")
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
"""Seconds after the first wrong password, and at most."""


def wait_after(guesses: int) -> float:
    """Return how many seconds so many wrong passwords in a row make the next one wait."""
    if guesses < 1:
        return 0.0
    return min(FIRST_WAIT * 2.0 ** min(guesses - 1, 10), LONGEST_WAIT)


def strength(new: str) -> str:
    """Return how hard a new password is to guess, in plain words; "" while nothing is typed."""
    tidy = new.strip()
    if not tidy:
        return ""
    if len(tidy) < FEWEST_LETTERS:
        return f"Too short: {FEWEST_LETTERS} letters or more."
    low = tidy.casefold()
    if len(set(low)) < _FEWEST_DIFFERENT or any(one in low for one in _EASY):
        return "Easy to guess. Three or four words in a row are better."
    if len(tidy) >= _STRONG_LETTERS or len(tidy.split()) > 2:
        return "Strong: hard to guess, even for a computer."
    if len(tidy) >= _GOOD_LETTERS:
        return "Good. One more word would make it strong."
    return "Fair: it keeps out somebody who finds the laptop. Another word would make it strong."


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
