"""The words of a recovery sheet: a book's key as twenty-four words that anybody can type again.

The words are those of BIP-39, whose first four letters tell each from all others; the last word
holds a checksum, so that a mistyped sheet is noticed before the book is tried with it.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from app.domain.problems import Problem

if TYPE_CHECKING:
    from mnemonic import Mnemonic

WORDS = 24
KEY_BYTES = 32
ASK_AFTER_DAYS = 30
"""So long after a sheet was made it is asked whether it can still be found."""
ASK_AGAIN_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a book says of its newest recovery sheet: never its words.

    ``mark`` tells which key the sheet carries; it is printed on the sheet too. Days are ISO.
    """

    mark: str
    made_on: str
    holder: str = ""
    found_on: str = ""


def words_of(key: bytes) -> tuple[str, ...]:
    """Return the twenty-four words of a key of 32 bytes."""
    return tuple(_book().to_mnemonic(key).split())


def key_of(typed: str) -> bytes | None:
    """Return the key that typed words are, or None when they are not the words of a sheet.

    Capitals, numbers and commas between the words do not matter; four letters of a word are enough.
    """
    words = words_in(typed)
    if len(words) != WORDS:
        return None
    try:
        return bytes(_book().to_entropy([whole_word(word) or "" for word in words]))
    except (ValueError, LookupError):
        return None


def may_be_words(typed: str) -> list[Problem]:
    """Return what stands against typed words being those of a sheet, naming them by their place."""
    words = words_in(typed)
    unknown = [str(place) for place, word in enumerate(words, start=1) if whole_word(word) is None]
    if unknown:
        values = {"value": ", ".join(unknown)}
        return [Problem(code="recovery_word_unknown", field="words", values=values)]
    if len(words) != WORDS:
        values = {"value": str(len(words)), "limit": str(WORDS)}
        return [Problem(code="recovery_word_count", field="words", values=values)]
    if key_of(typed) is None:
        return [Problem(code="recovery_words_do_not_fit", field="words")]
    return []


def words_in(typed: str) -> list[str]:
    """Return the words that were typed, in small letters; numbers and commas between are nothing."""
    return re.findall(r"[a-z]+", typed.casefold())


def whole_word(word: str) -> str | None:
    """Return the word of a sheet that was typed, whole or by its first four letters, or None."""
    known = _book().wordlist
    if word in known:
        return word
    found = [one for one in known if one.startswith(word)] if len(word) >= 4 else []
    return found[0] if len(found) == 1 else None


@cache
def _book() -> "Mnemonic":
    # Imported here: only a sheet that is printed or typed needs the words.
    from mnemonic import Mnemonic

    return Mnemonic("english")
