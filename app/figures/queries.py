"""Puts figures' rows together into one statement: the only place where figures' SQL is assembled.

All figures and breakdowns that are wanted together go into one statement, so that the tables they
share are filled once and everything comes from one moment, on a snapshot or on the file itself.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from app.domain.ages import BandSet
from app.figures.breakdowns import GUESTS, NOWHERE, Breakdown
from app.figures.catalogue import DEFINITIONS, more_tables, shared_tables
from app.figures.definition import Figure

_AGE_PART = """
CASE WHEN a.asked = 0 THEN 'not_asked' ELSE COALESCE(
    (SELECT b.key FROM band_counted b
        WHERE b.band_set = {number} AND a.low >= b.low AND a.high >= a.low AND a.high < b.after),
    'not_known') END
"""
_BANDS = """
SELECT value ->> 0 AS band_set, value ->> 1 AS key, value ->> 2 AS low, value ->> 3 AS after
FROM json_each(:bands)
"""


@dataclass(slots=True, kw_only=True)
class Statement:
    """A statement in the making; each wish is a figure, cut in no, one or two ways.

    Its rows are (wish, key, label, second key, second label, value, what stands behind it).
    """

    bands: BandSet
    _tables: dict[str, str] = field(default_factory=dict)
    _arms: list[str] = field(default_factory=list)
    _sets: list[BandSet] = field(default_factory=list)
    _shared: set[str] = field(default_factory=set)

    def add(self, figure: Figure, cuts: Sequence[Breakdown] = ()) -> int:
        """Wish for a figure, or for its parts; return the wish's number."""
        rows = self._rows(figure)
        value, behind = figure.measure_sql
        number = len(self._arms)
        if not cuts:
            self._arms.append(
                f"SELECT {number}, NULL, NULL, NULL, NULL, {value}, {behind} FROM {rows}"
            )
            return number
        joins, parts = self._cut(figure, cuts)
        columns = "r.*"
        if _of_people_spread_out(figure, cuts):
            # Each person once a part: found where they were, by day and activity.
            rows = (
                f"(SELECT * FROM {figure.spread} WHERE person_id IN (SELECT person_id FROM {rows}))"
            )
            columns, value, behind = "DISTINCT r.person_id", "count(*)", "count(*)"
        self._arms.append(_parted(number, columns, rows, joins, parts, cuts, value, behind))
        return number

    def _cut(self, figure: Figure, cuts: Sequence[Breakdown]) -> tuple[list[str], list[str]]:
        """Return the joins that say in which part a row r is, and the words that name each part."""
        joins: list[str] = []
        parts: list[str] = []
        for position, cut in enumerate(cuts):
            name = f"w{position}"
            if cut.about == "person":
                who = self._who(figure, cut)
                joins.append(f"LEFT JOIN {who} {name} ON {name}.person_id = r.person_id")
                parts.append(f"COALESCE({name}.part, '{GUESTS}')")
            elif cut.listed:
                # A row of several is in several parts; of none, in the part that says so.
                joins.append(f"LEFT JOIN {cut.listed} {name} ON {name}.{cut.by} = r.{cut.by}")
                parts.append(f"COALESCE({name}.{cut.part}, '')")
            else:
                parts.append(f"COALESCE({cut.part}, '{NOWHERE}')")
        return joins, parts

    def keys_of_part(self, figure: Figure, cut: Breakdown) -> str:
        """Return the query for the keys of the rows that are in the part named :part."""
        rows, keys = self._rows(figure), figure.key
        joins, (part,) = self._cut(figure, (cut,))
        if _of_people_spread_out(figure, (cut,)):
            rows = (
                f"(SELECT * FROM {figure.spread} WHERE person_id IN (SELECT person_id FROM {rows}))"
            )
        if cut.names == "open":
            part = f"lower({part})"
        named = ", ".join(f"r.{name}" for name in keys)
        # Keys of months and days are texts, those of activities numbers: compared as they are read.
        return (
            f"SELECT DISTINCT {named} FROM {rows} r {' '.join(joins)}"
            f" WHERE CAST({part} AS TEXT) = :part"
        )

    def wish_for_rows(self, figure: Figure) -> None:
        """Let the table of a figure's own rows be among those of the statement."""
        self._rows(figure)

    def tables(self) -> str:
        """Return the WITH of everything that was wished for so far."""
        tables = "".join(f",\n{name} AS {sql}" for name, sql in self._tables.items())
        more = "".join(f",\n{more_tables(name)}" for name in sorted(self._shared))
        return f"WITH\n{shared_tables()}{more}{tables}"

    def _rows(self, figure: Figure) -> str:
        name = f"{figure.id}_rows_counted"
        if figure.shared:
            self._shared.add(figure.shared)
        # People are few and hard to find: found once. The others stand ready in the shared tables.
        once = "MATERIALIZED " if figure.is_of_people else ""
        self._tables.setdefault(name, f"{once}({figure.rows})")
        return name

    def _who(self, figure: Figure, cut: Breakdown) -> str:
        """Return the table that says in which part each of a figure's people is."""
        people = self._rows(figure) if figure.is_of_people else figure.people
        if cut.names != "age":
            name = f"{people}_{cut.id}_counted"
            self._tables.setdefault(
                name,
                f"MATERIALIZED (SELECT f.person_id, {cut.part} AS part FROM {people} f"
                " CROSS JOIN person_counted p ON p.person_id = f.person_id)",
            )
            return name
        bands = cut.bands or self.bands
        if bands not in self._sets:
            self._sets.append(bands)
        number = self._sets.index(bands)
        ages, name = f"{people}_age_counted", f"{people}_age_{number}_counted"
        self._tables.setdefault("band_counted", f"MATERIALIZED ({_BANDS})")
        query = _age_query().replace("{people}", people)
        self._tables.setdefault(ages, f"MATERIALIZED ({query})")
        part = _AGE_PART.format(number=number)
        query = f"SELECT a.person_id, {part} AS part FROM {ages} a"
        self._tables.setdefault(name, f"MATERIALIZED ({query})")
        return name

    @property
    def sql(self) -> str:
        """The whole statement."""
        return f"{self.tables()}\n" + "\nUNION ALL\n".join(self._arms)

    @property
    def bands_json(self) -> str:
        """The age bands the statement reads: [set, key, low, after]."""
        return json.dumps(
            [
                [number, band.key, band.low, band.after]
                for number, bands in enumerate(self._sets)
                for band in bands.bands
            ]
        )


def overlaps(figure: Figure, cuts: Sequence[Breakdown]) -> bool:
    """Say whether one of a figure's people or rows can be in two parts (two activities, two reasons)."""
    return _of_people_spread_out(figure, cuts) or any(cut.listed for cut in cuts)


def _of_people_spread_out(figure: Figure, cuts: Sequence[Breakdown]) -> bool:
    return figure.is_of_people and any(cut.about == "event" for cut in cuts)


def _parted(
    number: int, columns: str, rows: str, joins: list[str], parts: list[str],
    cuts: Sequence[Breakdown], value: str, behind: str,
) -> str:  # fmt: skip
    """Return the arm that takes a measure part by part."""
    names = ("part", "part2")[: len(parts)]
    named = ", ".join(f"{part} AS {name}" for part, name in zip(parts, names, strict=True))
    # Free words are one part in small and large letters; the label is one way they were typed.
    keys = [
        f"lower({name})" if cut.names == "open" else name
        for name, cut in zip(names, cuts, strict=True)
    ]
    shown = [f"{key}, min({name})" for key, name in zip(keys, names, strict=True)]
    shown += ["NULL, NULL"] * (2 - len(shown))
    return (
        f"SELECT {number}, {', '.join(shown)}, {value}, {behind}\n"
        f"FROM (SELECT {columns}, {named} FROM {rows} r {' '.join(joins)})\n"
        f"GROUP BY {', '.join(keys)}"
    )


def rows_query(
    figure: Figure, bands: BandSet, cut: Breakdown | None = None
) -> tuple[str, dict[str, Any]]:
    """Return the statement of the rows behind a figure, with the names that make them readable.

    With ``cut`` only those in the part of it that the value :part names. What else the statement
    has places for stands beside it.
    """
    statement = Statement(bands=bands)
    statement.wish_for_rows(figure)
    keys = statement.keys_of_part(figure, cut) if cut else ""
    shown = [f"own.{name}" for name in figure.columns]
    joins: list[str] = []
    order: list[str] = ["own.day"] if "day" in figure.columns else []
    if "activity_id" in figure.columns:
        shown.append("a.name AS activity")
        joins.append("LEFT JOIN activity_listed a ON a.activity_id = own.activity_id")
    if "person_id" in figure.columns:
        shown += ["p.given_name", "p.family_name", "p.known_as"]
        joins.append("LEFT JOIN person_counted p ON p.person_id = own.person_id")
        order.append("p.sort_key")
    order += [f"own.{name}" for name in figure.key]
    if keys:
        same = " AND ".join(f"k.{name} IS own.{name}" for name in figure.key)
        joins.insert(0, f"JOIN wanted_counted k ON {same}")
    wanted = f",\nwanted_counted AS MATERIALIZED ({keys})" if keys else ""
    sql = (
        f"{statement.tables()}{wanted}\n"
        f"SELECT {', '.join(shown)} FROM {figure.id}_rows_counted own {' '.join(joins)}\n"
        f"ORDER BY {', '.join(order)}"
    )
    return sql, {"bands": statement.bands_json}


@cache
def _age_query() -> str:
    return (DEFINITIONS / "age.sql").read_text("utf-8")


def keys_query(figures: Sequence[Figure], bands: BandSet) -> tuple[str, dict[str, Any]]:
    """Return the statement of what tells the rows behind several figures apart, without names.

    Its rows are (number of the figure, key as `FigureRows.row_ids` has it, what it adds).
    """
    statement = Statement(bands=bands)
    arms: list[str] = []
    for number, figure in enumerate(figures):
        statement.wish_for_rows(figure)
        adds = figure.added if figure.added in figure.columns else "NULL"
        arms.append(f"SELECT {number}, {_key_of(figure)}, {adds} FROM {figure.id}_rows_counted r")
    sql = f"{statement.tables()}\n" + "\nUNION ALL\n".join(arms)
    return sql, {"bands": statement.bands_json}


def some_rows_query(figures: Sequence[Figure], bands: BandSet) -> tuple[str, dict[str, Any]]:
    """Return the statement of some of the rows behind several figures, with names.

    Its rows are (number of the figure, its columns, activity, three names), nothing where a figure
    has fewer. The value :wanted is JSON: [[number of the figure, key], ...].
    """
    statement = Statement(bands=bands)
    wide = max(len(figure.columns) for figure in figures)
    arms: list[str] = []
    for number, figure in enumerate(figures):
        statement.wish_for_rows(figure)
        shown = [f"r.{name}" for name in figure.columns]
        shown += ["NULL"] * (wide - len(shown))
        joins: list[str] = []
        activity, names = "NULL", "NULL, NULL, NULL"
        if "activity_id" in figure.columns:
            activity = "a.name"
            joins.append("LEFT JOIN activity_listed a ON a.activity_id = r.activity_id")
        if "person_id" in figure.columns:
            names = "p.given_name, p.family_name, p.known_as"
            joins.append("LEFT JOIN person_counted p ON p.person_id = r.person_id")
        arms.append(
            f"SELECT {number}, {', '.join(shown)}, {activity}, {names}"
            f" FROM {figure.id}_rows_counted r {' '.join(joins)}"
            f" WHERE {_key_of(figure)} IN (SELECT value ->> 1 FROM json_each(:wanted)"
            f" WHERE value ->> 0 = {number})"
        )
    sql = f"{statement.tables()}\n" + "\nUNION ALL\n".join(arms)
    return sql, {"bands": statement.bands_json}


def _key_of(figure: Figure) -> str:
    """Return the words for a row's key: "17", or "4/17"; "-" stands for none."""
    parts = (f"COALESCE(CAST(r.{name} AS TEXT), '-')" for name in figure.key)
    return " || '/' || ".join(parts) or "''"
