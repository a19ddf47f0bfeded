"""Count words as funders' forms do, strictly and plainly.

Forms disagree: one counter cuts "B&YC" apart, another takes it for one word. Sources: National
Lottery Awards for All [S1], Sport England [S10], London Community Foundation's counter [S16].
"""

import re
import unicodedata

_STRETCH = re.compile(r"[^\W_]+")
_MAYBE_SIGN = re.compile(r"[^\x00-\u02ff\u2000-\u206f]")
"""Everything but Latin letters and the usual quotes and dashes: there are no signs among those."""


def plain_count(text: str) -> int:
    """Return the number of words with space between them, as a word processor counts."""
    return len(text.split())


def strict_count(text: str) -> int:
    """Return the number of stretches of letters and figures: "B&YC" is two words, "it's" is two."""
    if not text.isascii():
        text = _MAYBE_SIGN.sub(_unless_sign, text)
    return sum(1 for _ in _STRETCH.finditer(text))


def _unless_sign(letter: re.Match[str]) -> str:
    """Return a letter; an accent or vowel sign belongs to the letter before it and is left out."""
    return "" if unicodedata.category(letter[0]).startswith("M") else letter[0]


def safe_count(text: str) -> int:
    """Return the larger of both counts: what is within a limit by this is within it on any form."""
    return max(plain_count(text), strict_count(text))


def letter_count(text: str) -> int:
    """Return the number of characters as a form's box counts them, spaces included."""
    return len(unicodedata.normalize("NFC", text))
