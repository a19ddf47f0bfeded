"""TOML that anybody may have written: read within bounds, or refused by the one kind of fault."""

import tomllib
from pathlib import Path
from typing import Any

MOST_LETTERS = 1_000_000
"""Far above any form, mapping or file of answers."""


def read_toml(text: str) -> dict[str, Any]:
    """Return what a TOML text says; raises TOMLDecodeError for any text that cannot be read.

    The reader itself gives up in other ways on brackets a thousand deep and on endless numbers.
    """
    if len(text) > MOST_LETTERS:
        raise tomllib.TOMLDecodeError("It is far longer than any file of this kind")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError as error:
        raise tomllib.TOMLDecodeError("Its brackets stand too deep inside each other") from error
    except ValueError as error:
        raise tomllib.TOMLDecodeError("A number in it is far too long") from error


def text_of(path: Path) -> str:
    """Return the text of a file of TOML, no more of it than could be read; raises as reading does."""
    with path.open(encoding="utf-8-sig") as file:
        return file.read(MOST_LETTERS + 1)
