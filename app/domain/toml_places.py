"""Find the line on which a key of a TOML file stands, for messages that somebody has to act on.

The standard library reads TOML without saying where anything stood. This walks the same text, which
is already known to be good TOML, and notes the line of each table and key.
"""

import re
from collections.abc import Mapping

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*((?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*[A-Za-z0-9_-]+)*)\s*=(.*)$")
_STRING = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*$')


def places(text: str) -> Mapping[Path, int]:
    """Return the line (from 1) of each table and key, by its path: ("blocks", 2, "figure")."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    open_until = ""  # the quotes or the depth of brackets that a value of several lines waits for
    depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if open_until:
            open_until = "" if open_until in line else open_until
            continue
        if depth:
            depth += _brackets(line)
            continue
        if header := _HEADER.match(line):
            table = _table(header[2], double=header[1] == "[[", counts=counts)
            found[table] = number
        elif key := _KEY.match(line):
            path = (*table, *_parts(key[1]))
            found[path] = number
            open_until = _long_string(key[2])
            depth = 0 if open_until else _brackets(key[2])
    return found


def line_of(found: Mapping[Path, int], path: Path) -> int | None:
    """Return the line of a path, or of the nearest table or key around it."""
    while path:
        if path in found:
            return found[path]
        path = path[:-1]
    return None


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _table(dotted: str, *, double: bool, counts: dict[Path, int]) -> Path:
    """Return the path of a header; an array of tables on the way stands at its newest entry."""
    path: Path = ()
    parts = _parts(dotted)
    for place, part in enumerate(parts):
        path = (*path, part)
        if double and place == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _long_string(value: str) -> str:
    for quotes in ('"""', "'''"):
        if value.strip().startswith(quotes) and value.count(quotes) == 1:
            return quotes
    return ""


def _brackets(line: str) -> int:
    bare = _STRING.sub("", line)
    return sum(bare.count(c) for c in "[{") - sum(bare.count(c) for c in "]}")
