"""Where a number came from: what it means, over which days, and the rows that it was counted from."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from typing import Any

from app.domain.errors import NotFound
from app.domain.ids import ActivityId
from app.domain.money import pounds
from app.domain.periods import Period, short_date
from app.figures.bands import first_set
from app.figures.definition import Unit
from app.figures.evaluate import FigureRows, Scope, count, rows_behind
from app.figures.evaluate import Source as Reader
from app.figures.outcomes import figures_of
from app.returns.counting.merging import OTHERS, bands_in
from app.returns.filled import FilledReturn
from app.returns.filled import Source as Printed
from app.returns.language.wording import number_text
from app.storage import settings


class RecordKind(StrEnum):
    """What a row opens."""

    PERSON = "person"
    SESSION = "session"
    REFERRAL = "referral"
    ENTRY = "entry"
    PLACE = "place"
    GRANT = "grant"
    HOURS = "hours"
    GIFT = "gift"
    FUND = "fund"
    MATCH = "match"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record of the book that a row comes from."""

    kind: RecordKind
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofRow:
    """One row behind a number, as the screen shows it, and what it opens, the best first."""

    key: str
    """What tells it from the others, without a name: "17", or "4/17"."""
    cells: tuple[str, ...] = field(repr=False)
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A figure or one part of it: what it is, over which days, and every row it was counted from."""

    figure: str
    title: str
    definition: str
    version: int
    unit: str
    period: Period
    value: float | int | None
    value_text: str
    n: int
    """How many rows stand behind it, or the base of a rate."""
    note: str
    columns: tuple[str, ...]
    rows: tuple[ProofRow, ...] = field(repr=False)


def behind_printed(
    source: Reader,
    filled: FilledReturn,
    printed: Printed,
) -> Proof:
    """Return where a number of a filled return came from, by what it says of itself.

    Raises NotFound as `behind` does. A line of small parts added together has the rows of all that have no line of their own.
    """
    period, activity_id = days_of(filled), filled.activity_id
    parts: tuple[str, ...] = (printed.part,)
    if printed.by and printed.part == OTHERS:
        own = {
            one.part
            for one in sources(filled)
            if (one.figure, one.by) == (printed.figure, printed.by)
        }
        whole = _parts_of(source, printed, scope_of(source, period, activity_id))
        parts = tuple(key for key in whole if key not in own) or (OTHERS,)
    elif printed.by and "+" in printed.part:
        whole = _parts_of(source, printed, scope_of(source, period, activity_id))
        parts = bands_in(printed.part, whole) or (printed.part,)
    return behind(
        source, printed.figure, period, activity_id=activity_id, by=printed.by, parts=parts
    )


def _parts_of(source: Reader, printed: Printed, scope: Scope) -> tuple[str, ...]:
    pair = (printed.figure, printed.by)
    return tuple(part.key for part in count(source, scope, parts=(pair,)).parts[pair].parts)


def days_of(filled: FilledReturn) -> Period:
    """Return the days that a filled return counted; the day it was filled where it is about none."""
    day = filled.counted_at.date()
    return filled.days or Period(first=day, last=day)


def sources(filled: FilledReturn) -> tuple[Printed, ...]:
    """Return every number of a filled return that says where it came from, in reading order."""
    return tuple(_sources(filled.blocks))


def _sources(part: object) -> Iterator[Printed]:
    if isinstance(part, Printed):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from _sources(one)
    elif is_dataclass(part):
        for one in fields(part):
            yield from _sources(getattr(part, one.name))


def behind(
    source: Reader,
    figure_id: str,
    period: Period,
    *,
    activity_id: ActivityId | None = None,
    by: str = "",
    parts: tuple[str, ...] = (),
) -> Proof:
    """Return where a figure came from, or (with a breakdown and keys of its parts) those of it.

    Raises NotFound for a figure that is not there or is not broken down so. ``source`` may be a
    snapshot, so that a worker can look.
    """
    scope = scope_of(source, period, activity_id)
    try:
        counted = count(source, scope, ids=(figure_id,), parts=((figure_id, by),) if by else ())
        every = counted.parts[figure_id, by].parts if by else ()
        keys = parts if by else ("",)
        found = [rows_behind(source, figure_id, scope, by=by, part=key) for key in keys]
    except KeyError as error:
        raise NotFound(
            f"There is no figure called {figure_id} that can be looked at so. Choose it in the list."
        ) from error
    taken = counted.values[figure_id]
    value, n, title = taken.value, taken.n, taken.title
    if by:
        inside = [one for one in every if one.key in keys]
        numbers = [one.value for one in inside if one.value is not None]
        value, n = (sum(numbers) if numbers else None), sum(one.n for one in inside)
        title = f"{title}: {', '.join(one.label for one in inside) or ', '.join(keys)}"
    columns, rows = shown(found)
    return Proof(
        figure=figure_id, title=title, definition=taken.definition, version=taken.version,
        unit=taken.unit.value, period=period, value=value,
        value_text=number_text(value, Unit(taken.unit)), n=n, note=taken.note,
        columns=columns, rows=rows,
    )  # fmt: skip


def scope_of(source: Reader, period: Period, activity_id: ActivityId | None) -> Scope:
    """Return what a return about a period and an activity counts."""
    bands = first_set(settings.read_in(source))
    return Scope(period=period, activity_id=activity_id, bands=bands)


def knows(source: Reader, figure_id: str) -> bool:
    """Say whether there is a figure of that id."""
    return figure_id in figures_of(source)


_TITLES = {
    "name": "Name",
    "activity": "Activity",
    "day": "Date",
    "number": "Counted",
    "first_on": "First here",
    "grant_ref": "Grant",
    "amount_pence": "Amount",
    "pence_minutes": "",
    "contact_minutes": "",
    "times": "Times",
    "source_type": "Referred by",
    "source_organisation": "Organisation",
}
_FIRST = ("name", "day", "activity")
_DROPPED = frozenset({"pence_minutes", "contact_minutes"})


def shown(found: Sequence[FigureRows]) -> tuple[tuple[str, ...], tuple[ProofRow, ...]]:
    """Return the heads and the rows of what stands behind a number, without identifiers."""
    names = found[0].columns
    seen = [one for one in _FIRST if one in names]
    seen += [n for n in names if n not in _FIRST and not n.endswith("_id") and n not in _DROPPED]
    rows: dict[str, ProofRow] = {}
    for part in found:
        for key, row in zip(part.row_ids, part.as_dicts(), strict=True):
            cells = tuple(_cell(name, row[name]) for name in seen)
            rows.setdefault(key, ProofRow(key=key, cells=cells, records=records_of(row)))
    heads = tuple(_TITLES.get(name) or _head(name) for name in seen)
    return heads, tuple(rows.values())


def _head(name: str) -> str:
    return name.removesuffix("_on").removesuffix("_pence").replace("_", " ").capitalize()


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name.endswith("_pence") and isinstance(value, int):
        return pounds(value)
    if name == "day" or name.endswith(("_on", "_since")):
        return short_date(dt.date.fromisoformat(str(value)[:10]))
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


_RECORDS = (
    ("entry_id", RecordKind.ENTRY),
    ("referral_id", RecordKind.REFERRAL),
    ("session_id", RecordKind.SESSION),
    ("place_id", RecordKind.PLACE),
    ("log_id", RecordKind.HOURS),
    ("gift_id", RecordKind.GIFT),
    ("person_id", RecordKind.PERSON),
    ("grant_id", RecordKind.GRANT),
    ("match_id", RecordKind.MATCH),
    ("fund_id", RecordKind.FUND),
)
"""What a row opens, by the columns it has, the nearest to it first."""


def records_of(row: dict[str, Any]) -> tuple[Record, ...]:
    """Return the records a row comes from, the nearest to it first; a referral is one of its own."""
    found = [
        Record(kind=kind, id=int(row[name])) for name, kind in _RECORDS if row.get(name) is not None
    ]
    # A mark of somebody who was referred is a mark first.
    if row.get("session_id") is not None:
        found.sort(key=lambda one: one.kind is RecordKind.REFERRAL)
    return tuple(found)
