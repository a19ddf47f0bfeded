"""Hold text with bold parts and figures in it, each figure with where it came from."""

from collections.abc import Mapping, Sequence  # noqa: TC003 - the alias Json names them
from dataclasses import dataclass, field
from typing import TypeAlias

Scalar: TypeAlias = str | int | float | bool | None
Json: TypeAlias = "Scalar | Mapping[str, Json] | Sequence[Json]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Say where a printed value came from: the figure, its wording, and the rows behind it."""

    figure: str
    version: int = 1
    title: str = ""
    definition: str = ""
    period: str = ""
    value: Scalar = None
    unit: str = ""
    rows: int | None = None
    by: str = ""
    """The breakdown and the key of its part, where the value is one part of the figure."""
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text of one weight; a figure in a sentence is a run with a source."""

    text: str = field(repr=False)
    bold: bool = False
    source: Source | None = None


Text: TypeAlias = tuple[Run, ...]


def text(*parts: str | Run) -> Text:
    """Return text made of plain words and runs: `text("Of ", bold("38"), " people …")`."""
    return tuple(part if isinstance(part, Run) else Run(text=part) for part in parts)


def bold(words: str, source: Source | None = None) -> Run:
    """Return a bold run."""
    return Run(text=words, bold=True, source=source)


def plain(runs: Text) -> str:
    """Return the words of `runs` alone."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledPlace:
    """What one place in an answer prints, and whether its number is hidden."""

    text: str = field(repr=False)
    hidden: bool = False
    source: Source | None = None
