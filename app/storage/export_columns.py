"""What an exported file is made of: columns of each type, made safe for spreadsheets."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.storage.register import Register

# What a spreadsheet would run, in the letters of East Asian keyboards too.
_DANGEROUS = "('=', '+', '-', '@', '＝', '＋', '－', '＠', char(9), char(10), char(13))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of an exported file: its name, type and meaning, and where it comes from."""

    name: str
    type: str
    meaning: str
    sql: str
    unit: str = ""
    refers: str = ""
    """The file and column whose identifiers these are: people.person_id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFile:
    """One exported file: its columns and the rest of its query."""

    name: str
    title: str
    columns: tuple[Column, ...]
    source: str
    key: tuple[str, ...] = ()
    """The columns that together name a row."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """What the query has places for."""

    def rows(self, register: Register) -> Iterator[Sequence[Any]]:
        """Yield the rows of the file; text a spreadsheet would run is made harmless."""
        select = ", ".join(_guarded(column) for column in self.columns)
        return register.stream(f"SELECT {select} {self.source}", self.values)

    def bare_rows(self, register: Register) -> Generator[Sequence[Any], None, None]:
        """Yield the rows as they are, for a file whose text cells can be nothing but text."""
        select = ", ".join(column.sql for column in self.columns)
        yield from register.stream(f"SELECT {select} {self.source}", self.values)


def _guarded(column: Column) -> str:
    if column.type != "string":
        return column.sql
    return f"CASE WHEN substr({column.sql}, 1, 1) IN {_DANGEROUS} THEN '''' ELSE '' END || {column.sql}"


def text(name: str, meaning: str, sql: str = "") -> Column:
    """Return a column of words."""
    return Column(name=name, type="string", meaning=meaning, sql=sql or name)


def code(name: str, meaning: str, sql: str) -> Column:
    """Return a column of codes, which nobody typed."""
    return Column(name=name, type="code", meaning=meaning, sql=sql)


def day(name: str, meaning: str, sql: str = "") -> Column:
    """Return a column of days."""
    return Column(name=name, type="date", meaning=meaning, sql=sql or name)


def whole(name: str, meaning: str, sql: str = "", *, unit: str = "") -> Column:
    """Return a column of whole numbers."""
    return Column(name=name, type="integer", meaning=meaning, sql=sql or name, unit=unit)


def naming(name: str, meaning: str, refers: str, sql: str = "") -> Column:
    """Return a column of the identifiers of another file."""
    return Column(name=name, type="integer", meaning=meaning, sql=sql or name, refers=refers)


def brought_by(sql: str = "import_id") -> Column:
    """Return the column that names the import."""
    return naming("import_id", "the import that brought it; blank when typed", "import_run.id", sql)


def yes_no(name: str, meaning: str, sql: str) -> Column:
    """Return a column of 1 for yes and 0 for no."""
    return Column(name=name, type="boolean", meaning=meaning, sql=sql)


def number(name: str, meaning: str, sql: str) -> Column:
    """Return a column of numbers."""
    # Whole numbers without a point, as they were ringed on the paper.
    whole = f"CASE WHEN {sql} = CAST({sql} AS INTEGER) THEN CAST({sql} AS INTEGER) ELSE {sql} END"
    return Column(name=name, type="number", meaning=meaning, sql=whole)
