"""Text as other programs' files can hold it: every letter kept, nothing that breaks a file.

XML and HTML have no place for most control characters and for halves of letters. Control characters
show nothing on paper and are dropped, and so are the marks that make letters read backwards; a half of
a letter leaves a mark that can be seen.
"""

import re
import unicodedata

MARK = "\N{REPLACEMENT CHARACTER}"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e]")
_NO_LETTERS = re.compile("[\ud800-\udfff\ufffe\uffff]")
_LINES = re.compile("\r\n?|\x85|\u2028|\u2029")


def kept(words: str) -> str:
    """Return words without what XML cannot hold; every way to end a line is a line feed."""
    if words.isascii() and words.isprintable():
        return words
    return _NO_LETTERS.sub(MARK, _CONTROLS.sub("", _LINES.sub("\n", words)))


def one_line(words: str) -> str:
    """Return words on one line, spaces in a row as one."""
    return " ".join(kept(words).split())


def starts_rtl(words: str) -> bool:
    """Say whether words are read from the right: their first letter with a direction says it."""
    if words.isascii():
        return False
    for letter in words:
        way = unicodedata.bidirectional(letter)
        if way in {"L", "R", "AL"}:
            return way != "L"
    return False
