"""TOML that anybody may have written: read within bounds, or refused by the one kind of fault."""

import re
import tomllib
from pathlib import Path
from typing import Any

MOST_LETTERS = 1_000_000
"""Far above any form, mapping or file of answers."""

_AT = re.compile(r"\(at line (\d+), column (\d+)\)")
_KEY = re.compile(r"\s*(?:\[+\s*)?([A-Za-z0-9_.-]+|\"[^\"]*\"|'[^']*')\s*(?:=|\]|$)")
"""The name that a line of a key or a heading begins with."""
_BEGINS = re.compile(r"\s*(?:\[|[A-Za-z0-9_.-]+\s*=)")
_PLAIN = (
    ("twice", "is there twice"),
    ("Duplicate", "names something twice"),
    ("overwrite", "is there twice"),
    ("immutable", "adds to a table in braces, which is finished where its braces end"),
    ("redefine", "is there twice"),
    ("Unterminated", "begins a text whose last quotation mark is missing"),
    ("character '\\n'", "begins a text whose last quotation mark is missing"),
    ("Unclosed array", "has a list in which a comma or the last square bracket is missing"),
    ("Unclosed inline", "has a table in which a comma or the last brace is missing"),
    ("Escaped", "has a backslash that means no letter. Write two for one"),
    ("Unescaped", "has a backslash that means no letter. Write two for one"),
    ("hex value", "has a backslash that means no letter. Write two for one"),
    ("character", "has a letter that no text can have"),
    ("date", "is a day or time that is none"),
    ("'='", "has no = after its name"),
    ("key part", "has no name before its ="),
    ("declaration", "is a heading whose last square bracket is missing"),
    ("Expected newline", "has more behind its value. Each value stands on a line of its own"),
    ("statement", "begins with something that is neither a name nor a heading"),
    ("value", "has a value that is not understood. Texts stand in quotation marks"),
)
"""What the reader's words mean to whoever wrote the file; the first that fits."""
_ANY = "cannot be understood"


class TomlFault(tomllib.TOMLDecodeError):
    """A text that cannot be read, said plainly.

    ``line`` counts from 1 (None: none is to blame), ``key`` is the name on it; ``what`` goes on
    after them: "has a value that is not understood". As a text it is all of that, without a stop.
    """

    def __init__(self, what: str, *, line: int | None = None, key: str = "") -> None:
        where = ", ".join(part for part in (f"line {line}" if line else "", key) if part)
        super().__init__(f"{where} {what}" if where else what)
        self.what, self.line, self.key = what, line, key

    @property
    def named(self) -> str:
        """Return the key and what is wrong with it, for whoever has said the line already."""
        return f"{self.key or 'the line'} {self.what}" if self.line else self.what


def read_toml(text: str) -> dict[str, Any]:
    """Return what a TOML text says; raises TomlFault for any text that cannot be read.

    The reader itself gives up in other ways on brackets a thousand deep and on endless numbers.
    """
    if len(text) > MOST_LETTERS:
        raise TomlFault("it is far longer than any file of this kind")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _plain_fault(text, str(error)) from error
    except RecursionError as error:
        raise TomlFault("its brackets stand too deep inside each other") from error
    except ValueError as error:
        raise TomlFault("a number in it is far too long") from error


def _plain_fault(text: str, said: str) -> TomlFault:
    """Return the reader's fault in words of our own, with the line and the key on it."""
    lines = text.splitlines()
    at = _AT.search(said)
    what = next((words for mark, words in _PLAIN if mark in said), _ANY)
    line = int(at[1]) if at else _last_named(lines)
    key = _KEY.match(lines[line - 1]) if line <= len(lines) else None
    return TomlFault(what, line=line, key=f"“{key[1].strip(chr(34) + chr(39))}”" if key else "")


def _last_named(lines: list[str]) -> int:
    """Return the last line with a name on it: what never ends began there."""
    named = (number for number in range(len(lines), 0, -1) if _BEGINS.match(lines[number - 1]))
    return next(named, max(1, len(lines)))


def text_of(path: Path) -> str:
    """Return the text of a file of TOML, no more of it than could be read; raises as reading does."""
    with path.open(encoding="utf-8-sig") as file:
        return file.read(MOST_LETTERS + 1)
