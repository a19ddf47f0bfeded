"""Count words as funders' forms do, strictly and plainly.

Forms disagree: one counter cuts "B&YC" apart, another takes it for one word. Sources: National
Lottery Awards for All [S1], Sport England [S10], London Community Foundation's counter [S16].
"""

import unicodedata


def plain_count(text: str) -> int:
    """Return the number of words with space between them, as a word processor counts."""
    return len(text.split())


def strict_count(text: str) -> int:
    """Return the number of stretches of letters and figures: "B&YC" is two words, "it's" is two."""
    count, inside = 0, False
    for letter in text:
        # An accent or vowel sign belongs to the letter before it.
        sign = unicodedata.category(letter).startswith("M")
        if letter.isalnum() and not inside:
            count += 1
        inside = letter.isalnum() or (sign and inside)
    return count


def safe_count(text: str) -> int:
    """Return the larger of both counts: what is within a limit by this is within it on any form."""
    return max(plain_count(text), strict_count(text))


def letter_count(text: str) -> int:
    """Return the number of characters as a form's box counts them, spaces included."""
    return len(unicodedata.normalize("NFC", text))
