"""Many rows at once, and the marks of time that a made book must not take from the clock."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from app.storage.register import Register


def fill(
    register: Register, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Add rows to a table inside a transaction; the names are columns of it, from our constants."""
    names = ", ".join(columns)
    holders = ", ".join("?" * len(columns))
    register.execute_many(f"INSERT INTO {table} ({names}) VALUES ({holders})", rows)


def change(
    register: Register, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Change columns of rows inside a transaction: each row is the new values, then the id."""
    sets = ", ".join(f"{name} = ?" for name in columns)
    register.execute_many(f"UPDATE {table} SET {sets} WHERE id = ?", rows)


def fill_in_slices(
    register: Register, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]],
    size: int = 200,
) -> Iterator[int]:  # fmt: skip
    """Add rows as `fill` does, a few at a time; give how many each time."""
    names = ", ".join(columns)
    holders = ", ".join("?" * len(columns))
    yield from run_in_slices(
        register, f"INSERT INTO {table} ({names}) VALUES ({holders})", rows, size
    )


def run_in_slices(
    register: Register, sql: str, rows: Iterable[Sequence[Any]], size: int
) -> Iterator[int]:
    """Run one statement for many rows, a few at a time; give how many each time."""
    source = iter(rows)
    while some := list(islice(source, size)):
        register.execute_many(sql, some)
        yield len(some)


@contextmanager
def indexes_made_after(register: Register, table: str) -> Iterator[None]:
    """Leave a table's indexes out while it is filled and make them again, as they were.

    An index in another order than the rows costs more per row the larger it gets; sorted once
    at the end it costs little. Unique ones stay: they guard.
    """
    found = register.rows(
        "SELECT name, sql FROM sqlite_master"
        " WHERE type = 'index' AND tbl_name = :table AND sql LIKE 'CREATE INDEX %' ORDER BY rowid",
        {"table": table},
    )
    for index in found:
        register.execute(f'DROP INDEX "{index["name"]}"')
    yield
    for index in found:
        register.execute(index["sql"])


def came(register: Register) -> dict[int, int]:
    """Return how many participants came to each session, by its id."""
    found = register.rows(
        "SELECT session_id, count(*) FROM attendance"
        " WHERE role = 'participant' AND mark IN ('present', 'late') GROUP BY session_id"
    )
    return {row[0]: row[1] for row in found}


def date_the_making(register: Register, *, who: str, row_id: int) -> None:
    """Give the notes of a book's making a time, a name and an id of its own.

    For a made book only: the same book is the same bytes on every computer. The journal's line is
    written as its transaction ends, so this comes after it, by itself.
    """
    with register.all_or_nothing():
        register.execute(
            "UPDATE journal SET id = :id, who = :who, done_at = :at",
            {"id": row_id, "who": who, "at": register.stamp()},
        )
        register.execute("UPDATE _sqlite_migrations SET applied_at = :at", {"at": register.stamp()})
