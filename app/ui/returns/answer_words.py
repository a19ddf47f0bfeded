"""Words of an answer: what may come in from elsewhere, and how they are printed."""

import re

_SIGN = "\N{OBJECT REPLACEMENT CHARACTER}"
_MARKS = re.compile(r"\*\*|\{\{|\}\}")


def safe(text: str) -> str:
    """Return words that were typed elsewhere without what would not be words here."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    plain = (
        plain.replace("\u2029", "\n").replace(_SIGN, "").replace("\t", " ").replace("\u00a0", " ")
    )
    return "".join(letter for letter in plain if letter == "\n" or ord(letter) >= 32)


def unmarked(text: str) -> str:
    """Return a text without the stars of bold words, and with single braces."""
    marks = {"**": "", "{{": "{", "}}": "}"}
    return _MARKS.sub(lambda match: marks[match[0]], text)
