"""What a figure is: its words, its rows, and how the number is taken from them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, TypeAlias

from app.domain.changes import Topic


class DefinitionFault(ValueError):  # noqa: N818 - a fault in the program, not the world's
    """A definition that came with the program does not hold together: names the file and the key."""


class Unit(StrEnum):
    """What a figure's value is counted in. A share is from 0 to 1; money is whole pence."""

    PEOPLE = "people"
    ATTENDANCES = "attendances"
    SESSIONS = "sessions"
    UNITS = "sessions_or_weeks"
    """Of funded places: sessions, or weeks, as each agreement counts."""
    REFERRALS = "referrals"
    HOURS = "hours"
    PENCE = "pence"
    SHARE = "share"
    MEAN = "mean"
    WEEKS = "weeks"


class Subject(StrEnum):
    """The part of the book a figure belongs to."""

    ATTENDANCE = "attendance"
    VOLUNTEERS = "volunteers"
    REFERRALS = "referrals"
    PLACES = "places"
    OUTCOMES = "outcomes"
    MONEY = "money"


_MEASURE = re.compile(
    r"(?P<kind>count|(?P<one>sum|hours|share|mean|median|per_hour|low|high):(?P<column>[a-z_]+)"
    r"|ratio:(?P<over>[a-z_]+)/(?P<under>[a-z_]+)(?: of (?P<behind>[a-z_]+))?)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One reported number, defined once.

    ``rows`` is the query of what is counted and ``measure`` how: count, sum:column,
    hours:column (minutes made hours), share:column and mean:column (None without rows),
    per_hour:column (pence times minutes made pence, rounded once), ratio:column/column (its base
    is the second column, or what stands after " of "), low:column
    and high:column (the ends of the 95% interval of the column's mean), median:column. A figure
    with ``numerator`` and ``denominator`` divides two others instead, and its rows only show how.

    ``columns`` are those of the rows; ``key`` the ones that tell one row from another. Rows of people hold ``person_id``
    and ``first_on``, the day on which age is taken, and ``spread`` names the table that says on
    which days and in which activities they are found; rows of anything else name in ``people``
    the table that says when each of their people was first there.

    ``shared`` names a file of tables its rows read besides those all figures share; ``few`` is
    whether it is said outside the group only where 8 or more stand behind it, as a rate is;
    ``bands`` are the parts, as key and label, of the breakdown by band. ``needs`` names what has to
    be recorded before there is a value ("money"): until then it is None, with a note. ``each``
    names a ratio of pence that what is counted is multiplied by, to be rounded once.
    """

    id: str
    version: int
    title: str
    definition: str
    unit: Unit
    subject: Subject
    order: int
    key: tuple[str, ...]
    columns: tuple[str, ...]
    topics: frozenset[Topic]
    rows: str
    breakdowns: tuple[str, ...] = ()
    measure: str = ""
    numerator: str = ""
    denominator: str = ""
    base_one: str = ""
    base: str = ""
    people: str = ""
    spread: str = ""
    at_end: bool = False
    shared: str = ""
    few: bool = False
    needs: str = ""
    each: str = ""
    bands: tuple[tuple[str, str], ...] = ()

    @property
    def is_of_people(self) -> bool:
        """Whether each row is a different person."""
        return self.key == ("person_id",)

    @property
    def is_rate(self) -> bool:
        """Whether the value is a mean, share or ratio, to be shown with its base."""
        return self.unit in {Unit.SHARE, Unit.MEAN}

    @property
    def is_interval_end(self) -> bool:
        """Whether the measure gives every value, of which the end of an interval is worked out."""
        return self.measure.startswith(("low:", "high:"))

    @property
    def is_median(self) -> bool:
        """Whether the measure gives every value, of which the middle one is taken."""
        return self.measure.startswith("median:")

    @property
    def is_rounded_once(self) -> bool:
        """Whether the measure gives pence times minutes, to be made pence at the very end."""
        return self.measure.startswith("per_hour:")

    @property
    def added(self) -> str:
        """The column of a row that is added up, or "" where rows are only counted."""
        return self.measure.partition(":")[2].partition("/")[0]

    @property
    def measure_sql(self) -> tuple[str, str]:
        """The value and what stands behind it, as two expressions over the rows."""
        match = _MEASURE.fullmatch(self.measure)
        if match is None:
            raise DefinitionFault(f"{self.id}.toml, measure: there is no measure {self.measure!r}.")
        column = match["column"]
        if match["over"]:
            over, under, behind = match["over"], match["under"], match["behind"] or match["under"]
            return f"sum({over}) * 1.0 / nullif(sum({under}), 0)", f"COALESCE(sum({behind}), 0)"
        if match["one"] is None:
            return "count(*)", "count(*)"
        value = {
            "sum": f"COALESCE(sum({column}), 0)",
            "hours": f"COALESCE(sum({column}), 0) / 60.0",
            "share": f"avg({column})",
            "mean": f"avg({column})",
            "per_hour": f"COALESCE(sum({column}), 0)",
            "median": f"json_group_array({column})",
            "low": f"json_group_array({column})",
            "high": f"json_group_array({column})",
        }
        return value[match["one"]], "count(*)"


_Fault: TypeAlias = Callable[[str, str], DefinitionFault]
_LISTS = {"key", "columns", "topics", "breakdowns"}
_NUMBERS = {"version", "order"}
_NEEDED = {
    "id", "version", "title", "definition", "unit", "subject", "order", "key", "columns", "topics",
    "rows",
}  # fmt: skip
_NAMES = {f.name for f in fields(Figure)}
_TEXTS = _NAMES - _LISTS - _NUMBERS - {"at_end", "few", "bands"}


def read_figure(file: str, values: Mapping[str, Any]) -> Figure:
    """Make a figure of a definition file's values; raises DefinitionFault naming file and key."""

    def fault(key: str, text: str) -> DefinitionFault:
        return DefinitionFault(f"{file}, {key}: {text}")

    _check_kinds(values, fault)
    if values["id"] != file.removesuffix(".toml"):
        raise fault("id", "it is the file's name without its ending.")
    try:
        figure = Figure(
            **{
                **values,
                "unit": _one_of(Unit, values["unit"], "unit"),
                "subject": _one_of(Subject, values["subject"], "subject"),
                "key": tuple(values["key"]),
                "columns": tuple(values["columns"]),
                "topics": frozenset(_one_of(Topic, name, "topics") for name in values["topics"]),
                "breakdowns": tuple(values.get("breakdowns", ())),
            }
        )
    except LookupError as error:
        raise DefinitionFault(f"{file}, {error.args[0]}") from error
    _check_counting(figure, fault)
    return figure


def _check_kinds(values: Mapping[str, Any], fault: _Fault) -> None:
    for key in sorted(values.keys() - _NAMES):
        raise fault(key, "no figure has such a key.")
    for key in sorted(_NEEDED - values.keys()):
        raise fault(key, "it is needed.")
    for key, value in values.items():
        if key in _TEXTS and not (isinstance(value, str) and value.strip()):
            raise fault(key, "it is a text that is not blank.")
        if key in _NUMBERS and not (isinstance(value, int) and value >= 1):
            raise fault(key, "it is a whole number from 1.")
        if key in _LISTS and not (
            isinstance(value, list) and all(isinstance(name, str) for name in value)
        ):
            raise fault(key, "it is a list of names.")


def _one_of(kinds: type[Any], name: str, key: str) -> Any:
    try:
        return kinds(name)
    except ValueError as error:
        raise LookupError(f"{key}: there is no {name!r}.") from error


def _check_counting(figure: Figure, fault: _Fault) -> None:
    if bool(figure.numerator) != bool(figure.denominator):
        raise fault("numerator", "a ratio names both its numerator and its denominator.")
    if bool(figure.measure) == bool(figure.numerator):
        raise fault("measure", "a figure has a measure, or else a numerator and a denominator.")
    if figure.measure and not _MEASURE.fullmatch(figure.measure):
        raise fault("measure", f"there is no measure {figure.measure!r}.")
    if figure.is_rate and not (figure.base and figure.base_one):
        raise fault("base", "a rate says what its base is, of one and of several.")
    if not set(figure.key) <= set(figure.columns):
        raise fault("key", "it names columns of the rows.")
    if not figure.rows.lstrip().startswith("SELECT"):
        raise fault("rows", "it is one SELECT.")
    for key in ("people", "spread"):
        if not re.fullmatch(r"([a-z_]+_counted)?", getattr(figure, key)):
            raise fault(key, "it names a table that ends in _counted.")
