"""How a telephone number is kept: spaced as people write it, its leading nought never lost."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from app.domain.names import at_home

_NUMBER = re.compile(r"[+(]?\d[\d ()./-]*\d")
"""Something that may be a number among other words: "07700 900123 (mum)"."""
_NO_NOUGHT = frozenset("123578")
"""First digits of British numbers behind their nought; a spreadsheet drops the nought."""
_LENGTHS_WITHOUT = frozenset({9, 10})


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number as it is kept, and whether its leading nought had to be put back."""

    text: str = field(repr=False)
    nought_put_back: bool = False
    doubtful: bool = False
    """Whether it holds nothing that can be dialled."""


def spaced(text: str) -> str:
    """Return a telephone number as it is kept: "07700900123" -> "07700 900123".

    A British number is written as dialled at home, one of elsewhere with its +. What stands
    beside a number stays, and what is no number stays as it was typed.
    """
    return read_phone(text).text


def parted(typed: str) -> tuple[str, str]:
    """Return a name and the number written behind it: "Ann Bell 07700900123" -> its two parts."""
    match = re.fullmatch(r"(.*[^\W\d].*?)[\s,:-]+([+(]?\d[\d ()./-]*\d)", typed)
    if match is None or sum(letter.isdecimal() for letter in match[2]) < min(_LENGTHS_WITHOUT):
        return typed, ""
    number = _read(match[2])
    return (match[1], number.text) if number else (typed, "")


@lru_cache(maxsize=5_000)
def read_phone(text: str) -> Phone:
    """Return a telephone number spaced, and what there is to say of it."""
    found = [_read(match[0]) for match in _NUMBER.finditer(text)]
    if not any(found):
        return Phone(text, doubtful=bool(text))
    parts = iter(found)

    def put(match: re.Match[str]) -> str:
        number = next(parts)
        return number.text if number else match[0]

    return Phone(
        _NUMBER.sub(put, text),
        nought_put_back=any(number.nought_put_back for number in found if number),
    )


def _read(typed: str) -> Phone | None:
    # Imported here: half a megabyte of numbering plans that most starts do not need.
    import phonenumbers

    digits = re.sub(r"\D", "", typed)
    lost = len(digits) in _LENGTHS_WITHOUT and digits[0] in _NO_NOUGHT and typed[0] not in "+("
    tried = "0" + digits if lost else typed
    try:
        number = phonenumbers.parse(tried, "GB")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    at = phonenumbers.PhoneNumberFormat
    british = number.country_code == 44
    shown = phonenumbers.format_number(number, at.NATIONAL if british else at.INTERNATIONAL)
    if british and re.sub(r"\D", "", shown) != re.sub(r"\D", "", at_home(tried)):
        return None  # the numbering plan would drop a digit: it stays as it was typed
    return Phone(shown, nought_put_back=lost)
