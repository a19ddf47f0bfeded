"""Brings a register's schema up to date and refuses files that are not ours to change."""

from importlib import resources as package_files
from pathlib import Path
from typing import Any

from app.domain.errors import DamagedRegister, NewerRegister, NotARegister
from app.storage import driver
from app.storage.migrations import m0001_initial

APPLICATION_ID = 0x48414C4C
"""The letters HALL, in every register's header."""

MIGRATIONS = (m0001_initial,)
"""Every schema change, oldest first; each is frozen once released."""

SCHEMA_VERSION = len(MIGRATIONS)
_SET = "hallbook"


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
    applied = {
        row[0]
        for row in connection.execute(
            "SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (_SET,)
        )
    }
    known = {migration.NAME for migration in MIGRATIONS}
    if applied - known:
        raise NewerRegister(
            f"{name} was made by a newer Hallbook. Nothing was changed. Get the newer program, or "
            "open an older copy of the file."
        )
    return len(applied)


def migrate(connection: Any) -> None:
    """Apply every change a register does not have yet, then make its views again.

    Foreign keys are off while tables change and checked before the end; a change that does not
    go through leaves the file as it was.
    """
    from sqlite_utils.migrations import Migrations

    connection.execute("PRAGMA foreign_keys = OFF")
    database = driver.toolkit(connection)
    migrations = Migrations(_SET)
    for module in MIGRATIONS:
        migrations(name=module.NAME)(_runner(module.SQL))
    with database.atomic():
        migrations.apply(database)
        make_views(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        _prove(connection)
    connection.execute("PRAGMA foreign_keys = ON")


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
        if line.rstrip().endswith(";") and complete_statement(pending):
            statements.append(pending)
            pending = ""
    if pending.strip():
        statements.append(pending)
    return statements


def make_views(connection: Any) -> None:
    """Drop and make again the views that say what counts; each file of views/ is one script.

    The files are taken in the order of their names, so a view may stand on an earlier one.
    """
    old = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type='view'")]
    for name in old:
        connection.execute(f'DROP VIEW "{name}"')
    folder = package_files.files("app.storage") / "views"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".sql"):
            for statement in split(file.read_text("utf-8")):
                connection.execute(statement)
