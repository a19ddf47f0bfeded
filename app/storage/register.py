"""A register: one file, opened with care, written by one named transaction at a time."""

import datetime as dt
import getpass
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from app.domain.changes import ALL_TOPICS, Topic
from app.domain.errors import (
    DamagedRegister,
    NotARegister,
    PasswordNeeded,
    RegisterExists,
    RegisterMissing,
)
from app.domain.ids import new_id
from app.storage import driver, faults, schema
from app.storage.lock import Lock
from app.storage.undo import UndoLog, UndoStep

SUFFIX = ".hallbook"
_PLAIN_HEADER = b"SQLite format 3\x00"


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Register:
    """An open register file. Its connection belongs to the thread that opened it."""

    def __init__(
        self,
        connection: Any,
        path: Path | None,
        *,
        password: str | None = None,
        lock: Lock | None = None,
        now: Callable[[], dt.datetime] = _utc_now,
    ) -> None:
        self.path = path
        self.now = now
        self._connection = connection
        self._password = password
        self._lock = lock
        self._undo: UndoLog | None = None
        self._step: UndoStep | None = None

    # --- opening and closing -----------------------------------------------------------------

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        password: str | None = None,
        now: Callable[[], dt.datetime] = _utc_now,
    ) -> Self:
        """Make an empty register and open it; refuses to write over any file."""
        try:
            path.open("xb").close()
        except FileExistsError as error:
            raise RegisterExists(
                f"There is already a file called {path.name} there. Nothing was changed. Choose "
                "another name."
            ) from error
        except OSError as error:
            raise RegisterMissing(
                f"{path.name} could not be made in {path.parent}. Check that the folder is there "
                "and that you may write in it."
            ) from error
        lock = Lock(path)
        try:
            lock.take(now())
            with faults.told(path):
                connection = driver.connect(path, password=password)
                schema.migrate(connection)
                driver.settle(connection)
        except BaseException:
            lock.release()
            path.unlink(missing_ok=True)
            raise
        return cls(connection, path, password=password, lock=lock, now=now)

    @classmethod
    def in_memory(cls, *, now: Callable[[], dt.datetime] = _utc_now) -> Self:
        """Make an empty register that lives in memory, for trying things."""
        connection = driver.connect(None)
        schema.migrate(connection)
        driver.settle(connection)
        return cls(connection, None, now=now)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        password: str | None = None,
        write: bool = True,
        now: Callable[[], dt.datetime] = _utc_now,
    ) -> Self:
        """Open a register to write (with its lock) or only to read (without).

        Raises an AppError when it is missing, locked, foreign, newer, damaged, or needs another
        password. An older schema is brought up to date after a dated copy was made beside it.
        """
        _check_header(path, password)
        lock = Lock(path) if write else None
        if lock:
            lock.take(now())
        try:
            with faults.told(path):
                connection = _connect(path, password, write=write)
                version = schema.check_ours(connection, path)
                driver.settle(connection)
                if version < schema.SCHEMA_VERSION:
                    connection = _bring_up_to_date(path, connection, password, version, now())
                if not write:
                    connection.execute("PRAGMA query_only = ON")
        except BaseException:
            if lock:
                lock.release()
            raise
        return cls(connection, path, password=password, lock=lock, now=now)

    def close(self) -> None:
        """Close the file and give its lock back; closing twice is harmless."""
        with suppress(driver.DriverError):
            self._connection.close()
        if self._lock:
            self._lock.release()

    def __enter__(self) -> Self:
        """Enter a block that closes the register at its end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    # --- facts -------------------------------------------------------------------------------

    @property
    def encrypted(self) -> bool:
        """Whether the file has a password."""
        return self._password is not None

    @property
    def schema_version(self) -> int:
        """The number of schema changes the file has had."""
        return schema.SCHEMA_VERSION

    def quick_check(self) -> tuple[str, ...]:
        """Return what SQLite's and SQLCipher's own checks find wrong, or nothing."""
        with faults.told(self.path):
            found = [row[0] for row in self._connection.execute("PRAGMA quick_check")]
            found = [] if found == ["ok"] else found
            if self.encrypted:
                found += [
                    row[0] for row in self._connection.execute("PRAGMA cipher_integrity_check")
                ]
            broken = self._connection.execute("PRAGMA foreign_key_check").fetchall()
        return (*found, *(f"{row[0]} points to a missing {row[2]}" for row in broken))

    # --- reading -----------------------------------------------------------------------------

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> list[Any]:
        """Return the rows of a query with named values."""
        with faults.told(self.path):
            return list(self._connection.execute(sql, values or {}))

    def row(self, sql: str, values: Mapping[str, Any] | None = None) -> Any:
        """Return the first row of a query, or None."""
        with faults.told(self.path):
            return self._connection.execute(sql, values or {}).fetchone()

    def value(self, sql: str, values: Mapping[str, Any] | None = None) -> Any:
        """Return the first value of a query's first row, or None."""
        row = self.row(sql, values)
        return row[0] if row else None

    def stream(self, sql: str, values: Mapping[str, Any] | None = None) -> Iterator[Any]:
        """Yield the rows of a large query one by one."""
        with faults.told(self.path):
            yield from self._connection.execute(sql, values or {})

    def copy_to_memory(self) -> Any:
        """Return a connection to a copy of this moment in memory, with the same password."""
        memory = driver.connect(None, password=self._password)
        with faults.told(self.path):
            self._connection.backup(memory)
        return memory

    # --- writing -----------------------------------------------------------------------------

    @contextmanager
    def transaction(
        self,
        use_case: str,
        *,
        text: str = "",
        topics: frozenset[Topic] = ALL_TOPICS,
        subject_id: int | None = None,
        bulk: bool = False,
    ) -> Iterator[None]:
        """Run one use case as one transaction, begun at once, noted in the journal.

        ``text`` names it in the undo menu. A ``bulk`` change is not noted row by row: it is taken
        back by its own use case. Nothing inside may commit; an error leaves everything as it was.
        """
        undo = self._undo
        if undo and bulk:
            undo.pause()
        try:
            with faults.told(self.path):
                self._connection.execute("BEGIN IMMEDIATE")
            try:
                if undo:
                    undo.clear()
                yield
                self._note(use_case, subject_id)
                step = self._noted_step(text or use_case, topics) if undo and not bulk else None
                with faults.told(self.path):
                    self._connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise
        finally:
            if undo and bulk:
                undo.resume()
        self._step = step

    def _noted_step(self, text: str, topics: frozenset[Topic]) -> UndoStep | None:
        statements = self._undo.noted() if self._undo else ()
        return UndoStep(text=text, topics=topics, statements=statements) if statements else None

    def _roll_back(self) -> None:
        # A full disk may already have rolled back by itself.
        if self._connection.in_transaction:
            with suppress(driver.DriverError):
                self._connection.execute("ROLLBACK")

    def _note(self, use_case: str, subject_id: int | None) -> None:
        self.execute(
            "INSERT INTO journal (id, done_at, who, use_case, subject_id)"
            " VALUES (:id, :done_at, :who, :use_case, :subject_id)",
            {
                "id": self.new_id(),
                "done_at": self.stamp(),
                "who": _who(),
                "use_case": use_case,
                "subject_id": subject_id,
            },
        )

    def execute(self, sql: str, values: Mapping[str, Any] | None = None) -> int:
        """Run one statement inside a transaction; return how many rows it changed."""
        with faults.told(self.path):
            return int(self._connection.execute(sql, values or {}).rowcount)

    def execute_many(self, sql: str, rows: Any) -> None:
        """Run one statement for many rows (tuples or mappings) inside a transaction."""
        with faults.told(self.path):
            self._connection.executemany(sql, rows)

    def insert(self, table: str, values: Mapping[str, Any]) -> None:
        """Insert one row; the names are columns of ``table``, from our own constants."""
        names = ", ".join(values)
        holders = ", ".join(f":{name}" for name in values)
        self.execute(f"INSERT INTO {table} ({names}) VALUES ({holders})", values)

    def update(self, table: str, row_id: int, values: Mapping[str, Any]) -> int:
        """Change columns of the row with an id; return how many rows there were."""
        sets = ", ".join(f"{name} = :{name}" for name in values)
        return self.execute(f"UPDATE {table} SET {sets} WHERE id = :id", {**values, "id": row_id})

    def new_id(self) -> int:
        """Return a fresh id; a bulk change takes one and counts on from it."""
        return new_id(int(self.now().timestamp() * 1000))

    def stamp(self) -> str:
        """Return this instant as text in UTC, for columns whose names end in _at."""
        return self.now().astimezone(dt.UTC).isoformat(timespec="seconds")

    # --- undo --------------------------------------------------------------------------------

    def keep_undo(self) -> None:
        """Note from now on how to take changes back (the window does; the command line does not)."""
        self._undo = self._undo or UndoLog(self._connection)

    def take_step(self) -> UndoStep | None:
        """Return the undo step of the last transaction, once."""
        step, self._step = self._step, None
        return step

    def play(self, step: UndoStep, *, use_case: str) -> UndoStep | None:
        """Take a change back (or make it again); return the step that does the opposite."""
        with self.transaction(use_case, text=step.text, topics=step.topics):
            self._connection.execute("PRAGMA defer_foreign_keys = ON")
            for statement in step.statements:
                self.execute(statement)
        return self.take_step()


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a computer account without a name
        return "somebody"


def _check_header(path: Path, password: str | None) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(16)
    except IsADirectoryError as error:
        raise NotARegister(f"{path.name} is a folder. Choose a .hallbook file in it.") from error
    except FileNotFoundError as error:
        raise RegisterMissing(
            f"There is no file called {path.name} in {path.parent}. Check the name and the folder."
        ) from error
    except OSError as error:
        raise RegisterMissing(
            f"{path.name} could not be read. Check that you may open it."
        ) from error
    if not header:
        raise NotARegister(f"{path.name} is empty. Nothing was changed. Open a backup instead.")
    if header != _PLAIN_HEADER and not password:
        if path.suffix != SUFFIX:
            raise NotARegister(
                f"{path.name} is not a Hallbook register. Nothing was changed. Choose a file that "
                "ends in .hallbook, or import it if it is a spreadsheet."
            )
        raise PasswordNeeded(
            f"{path.name} needs its password, or is damaged. Type the password, or open a backup."
        )


def _connect(path: Path, password: str | None, *, write: bool) -> Any:
    with path.open("rb") as file:
        plain = file.read(16) == _PLAIN_HEADER
    connection = driver.connect(path, password=None if plain else password)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.DriverError as error:
        connection.close()
        # A read-only stick cannot take a journal back; reading it as it stands still helps.
        if write or getattr(error, "sqlite_errorname", "") not in {
            "SQLITE_CANTOPEN",
            "SQLITE_READONLY",
        }:
            raise
        connection = driver.connect(path, mode="ro", password=None if plain else password)
    return connection


def _bring_up_to_date(
    path: Path, connection: Any, password: str | None, version: int, now: dt.datetime
) -> Any:
    """Make a dated copy, check it, then change the schema of the file itself."""
    copy = free_name(path.with_name(f"{path.stem} before update {now:%Y-%m-%d}{SUFFIX}"))
    connection.execute("VACUUM INTO :copy", {"copy": str(copy)})
    checked = driver.connect(copy, mode="ro", password=password)
    same = schema.check_ours(checked, copy) == version and _counts(checked) == _counts(connection)
    checked.close()
    if not same:
        raise DamagedRegister(
            f"A copy of {path.name} could not be proved good, so nothing was changed. Open your "
            "latest backup instead."
        )
    schema.migrate(connection)
    driver.settle(connection)
    return connection


def _counts(connection: Any) -> Sequence[int]:
    tables = [
        row[0]
        for row in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " ORDER BY name"
        )
    ]
    return [connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables]


def free_name(path: Path) -> Path:
    """Return a path that no file has yet: the one given, or with a number."""
    number = 2
    candidate = path
    while candidate.exists():
        candidate = path.with_name(f"{path.stem} {number}{path.suffix}")
        number += 1
    return candidate
