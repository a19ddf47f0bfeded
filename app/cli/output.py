"""What the command line says: one JSON document or plain lines, and sentences for people."""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a command found or did: a document for programs, lines for people."""

    document: Any = field(repr=False)
    lines: tuple[str, ...] = field(default=(), repr=False)
    faulty: bool = False


def written(outcome: Outcome, *, as_json: bool) -> str:
    """Return what an outcome says: one JSON document, or lines for people."""
    if as_json:
        return f"{json.dumps(outcome.document, ensure_ascii=False, indent=1, allow_nan=False)}\n"
    return "".join(f"{line}\n" for line in outcome.lines)


def show(text: str) -> None:
    """Write a text to standard output; raises OSError when it cannot be taken there."""
    sys.stdout.write(text)
    sys.stdout.flush()


def say(sentence: str) -> None:
    """Write a sentence for a person to standard error."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def pairs(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return a mapping as lines "name: value", inner mappings one step in."""
    lines: list[str] = []
    for name, value in document.items():
        if isinstance(value, Mapping):
            lines.append(f"{words(name)}:")
            lines += [f"  {line}" for line in pairs(value)]
        elif isinstance(value, list | tuple):
            lines.append(f"{words(name)}: {len(value)}")
        else:
            lines.append(f"{words(name)}: {'none' if value is None else value}")
    return tuple(lines)


def table(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> tuple[str, ...]:
    """Return rows as lines with columns under their heads."""
    cells = [list(heads), *([("" if c is None else str(c)) for c in row] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    return tuple(
        "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in cells
    )


def words(name: str) -> str:
    """Return a field's name as words: first_session -> First session."""
    return name.replace("_", " ").capitalize()
