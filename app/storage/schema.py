"""Brings a register's schema up to date and refuses files that are not ours to change."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from app.domain.errors import DamagedRegister, NewerRegister, NotARegister
from app.storage import driver
from app.storage.migrations import (
    m0001_initial,
    m0002_referrals,
    m0003_outcomes,
    m0004_money,
    m0005_returns,
    m0006_rights,
)

APPLICATION_ID = 0x48414C4C
"""The letters HALL, in every register's header."""

MIGRATIONS: tuple[Any, ...] = (
    m0001_initial,
    m0002_referrals,
    m0003_outcomes,
    m0004_money,
    m0005_returns,
    m0006_rights,
)
"""Every schema change, oldest first; each is frozen once released."""

_SET = "hallbook"
_VIEWS = Path(__file__).parent / "views"


def newest() -> int:
    """Return the schema version that this program makes: the number of changes it knows."""
    return len(MIGRATIONS)


def check_ours(connection: Any, path: Path | None) -> int:
    """Return the schema version of an opened file.

    Raises NotARegister for another program's database and NewerRegister for a file whose
    changes we do not know.
    """
    name = path.name if path else "This file"
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise NotARegister(
            f"{name} is not a Hallbook register. Nothing was changed. Choose a file that ends in "
            ".hallbook, or import it if it is a spreadsheet."
        )
    applied = _applied(connection)
    if not applied:
        raise DamagedRegister(
            f"{name} does not say which Hallbook it was made by, so it was left alone. Open your "
            "latest backup instead."
        )
    known = {migration.NAME for migration in MIGRATIONS}
    stated = connection.execute("PRAGMA user_version").fetchone()[0]
    if applied - known or stated > newest():
        raise NewerRegister(
            f"{name} was made by a newer Hallbook. Nothing was changed. Get the newer program, or "
            "open an older copy of the file."
        )
    return len(applied)


def _applied(connection: Any) -> frozenset[str]:
    ledger = "SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'"
    if not connection.execute(ledger).fetchone():
        return frozenset()
    rows = connection.execute(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (_SET,)
    )
    return frozenset(row[0] for row in rows)


def migrate(connection: Any) -> None:
    """Apply every change a register does not have yet, then make its views again.

    Foreign keys are off while tables change and checked before the end; a change that does not
    go through leaves the file as it was.
    """
    from sqlite_utils.migrations import Migrations

    migrations = Migrations(_SET)
    for module in MIGRATIONS:
        migrations(name=module.NAME)(_runner(module.SQL))
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        with _all_or_nothing(connection):
            migrations.apply(driver.toolkit(connection))
            _make_views(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {newest()}")
            _prove(connection)
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


@contextmanager
def _all_or_nothing(connection: Any) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _prove(connection: Any) -> None:
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise DamagedRegister(
            "Some lines of this register point to others that are not there, so it was not "
            "changed. Open your latest backup instead."
        )


def _runner(sql: str) -> Any:
    def run(database: Any) -> None:
        for statement in split(sql):
            database.conn.execute(statement)

    return run


def split(sql: str) -> list[str]:
    """Cut a script into statements; a trigger's body stays whole."""
    from sqlcipher3.dbapi2 import complete_statement

    statements: list[str] = []
    pending = ""
    for line in sql.splitlines():
        if not pending and (not line.strip() or line.lstrip().startswith("--")):
            continue
        pending += line + "\n"
        if ";" in line and complete_statement(pending):
            statements.append(pending)
            pending = ""
    if pending.strip():
        statements.append(pending)
    return statements


def views_are_ours(connection: Any) -> bool:
    """Say whether a register's views are those of this program: another version may differ."""
    rows = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'view'")
    return {row[0] for row in rows} == {view.rstrip().rstrip(";") for view in _views()}


def renew_views(connection: Any) -> None:
    """Put this program's views in the place of a register's, whole or not at all."""
    with _all_or_nothing(connection):
        _make_views(connection)


def _make_views(connection: Any) -> None:
    old = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type='view'")]
    for name in old:
        connection.execute(f'DROP VIEW "{name}"')
    for view in _views():
        connection.execute(view)


@cache
def _views() -> tuple[str, ...]:
    """Read the views that say what counts; each file of views/ is a script.

    The files are taken in the order of their names, so a view may stand on an earlier one.
    """
    return tuple(
        statement
        for file in sorted(_VIEWS.glob("*.sql"))
        for statement in split(file.read_text("utf-8"))
    )
