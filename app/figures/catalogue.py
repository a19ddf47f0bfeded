"""The catalogue: every figure by its id, loaded from definitions/ and checked."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from app.figures.breakdowns import breakdowns
from app.figures.definition import DefinitionFault, Figure, Subject, read_figure

DEFINITIONS = Path(__file__).parent / "definitions"
"""One file a figure; period.sql has the tables they share."""

_ALL_OF_PERSON = "person"
"""In a figure's list of breakdowns: every one about persons."""


@cache
def catalogue() -> Mapping[str, Figure]:
    """Return every figure by its id, by subject; raises DefinitionFault naming file and key."""
    return load(DEFINITIONS)


@cache
def shared_tables() -> str:
    """Return the WITH tables that figures' rows may read."""
    return (DEFINITIONS / "period.sql").read_text("utf-8")


@cache
def more_tables(name: str) -> str:
    """Return the WITH tables that only some figures' rows read."""
    (file,) = DEFINITIONS.glob(f"*/{name}.sql")
    return file.read_text("utf-8")


def load(folder: Path) -> Mapping[str, Figure]:
    """Read and check every definition of a folder."""
    found: dict[str, Figure] = {}
    for file in sorted(folder.glob("*.toml")):
        try:
            values = tomllib.loads(file.read_text("utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise DefinitionFault(f"{file.name}: {error}") from error
        figure = with_breakdowns(read_figure(file.name, values))
        found[figure.id] = figure
    for figure in found.values():
        _check_ratio(figure, found)
    subjects = list(Subject)
    return dict(
        sorted(found.items(), key=lambda item: (subjects.index(item[1].subject), item[1].order))
    )


def with_breakdowns(figure: Figure) -> Figure:
    """Return a figure with its breakdowns spelt out; raises DefinitionFault for one there is not."""
    known = breakdowns()
    listed: list[str] = []
    for name in figure.breakdowns:
        if name == _ALL_OF_PERSON:
            listed += [cut.id for cut in known.values() if cut.about == "person"]
        elif name in known:
            listed.append(name)
        else:
            raise DefinitionFault(f"{figure.id}.toml, breakdowns: there is no {name!r}.")
    by_event = any(known[name].about == "event" for name in listed)
    by_person = any(known[name].about == "person" for name in listed)
    if figure.is_of_people and by_event and not figure.spread:
        raise DefinitionFault(f"{figure.id}.toml, spread: its breakdowns need it.")
    if not figure.is_of_people and by_person and not figure.people:
        raise DefinitionFault(f"{figure.id}.toml, people: its breakdowns need it.")
    return replace(figure, breakdowns=tuple(listed))


def _check_ratio(figure: Figure, found: Mapping[str, Figure]) -> None:
    for key in ("numerator", "denominator"):
        name = getattr(figure, key)
        if name and (name not in found or found[name].numerator):
            raise DefinitionFault(
                f"{figure.id}.toml, {key}: there is no figure {name!r} with a measure."
            )
        missing = set(figure.breakdowns) - set(found[name].breakdowns) if name else set()
        if missing:
            raise DefinitionFault(
                f"{figure.id}.toml, breakdowns: {name} has no {sorted(missing)[0]}."
            )
