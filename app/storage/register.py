"""A register: one file, opened with care, written by one named transaction at a time."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from app.domain.changes import ALL_TOPICS, Topic
from app.domain.errors import DamagedRegister, Refused, RegisterLocked
from app.domain.ids import new_id
from app.storage import driver, opening, schema
from app.storage.faults import Place
from app.storage.lock import Lock, who
from app.storage.opening import SUFFIX
from app.storage.undo import ROWS_AT_ONCE, STOOD_ON, UndoLog, UndoStep, put_back

__all__ = ["SUFFIX", "Register", "who"]

_STEPS_BETWEEN_ASKING = 100_000  # some 2 ms; asked oftener, the two threads hinder each other
_BEING_WRITTEN = (
    "A large change is being written. Wait until it is done, or stop it; then do this again."
)
_TELLS_AT_MOST = 20  # flaws of one kind that are listed: a torn file has thousands


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
        schema_version: int | None = None,
        place: Place | None = None,
    ) -> None:
        self.path = path
        self._place = place or Place(path)
        self.now = now
        self.schema_version = schema_version or schema.newest()
        """The number of schema changes the file has had."""
        self._connection = connection
        self._password = password
        self._lock = lock
        self._undo: UndoLog | None = None
        self._step: UndoStep | None = None
        self._last_id = 0
        self._writing = self._writing_long = self._closed = False

    # --- opening and closing -----------------------------------------------------------------

    @classmethod
    def create(
        cls, path: Path, *, password: str | None = None, now: Callable[[], dt.datetime] = _utc_now,
        fill: Callable[[Self], object] | None = None,
    ) -> Self:  # fmt: skip
        """Make an empty register, let ``fill`` put its first things in, and leave it open.

        Refuses to write over any file; when something goes wrong, no file is left behind.
        """
        opening.reserve(path)
        lock, place = Lock(path), Place(path)
        connection = None
        try:
            lock.take(now())
            with place.told():
                connection = driver.connect(path, password=password)
                driver.settle(connection)
                schema.migrate(connection)
            place.remember()
            password = opening.key_of(path, password)
            register = cls(connection, path, password=password, lock=lock, now=now, place=place)
            if fill:
                fill(register)
        except BaseException:
            if connection is not None:
                connection.close()
            lock.release()
            path.unlink(missing_ok=True)
            raise
        return register

    @classmethod
    def in_memory(cls, *, now: Callable[[], dt.datetime] = _utc_now) -> Self:
        """Make an empty register that lives in memory, for trying things."""
        connection = driver.connect(None)
        driver.settle(connection)
        schema.migrate(connection)
        return cls(connection, None, now=now)

    @classmethod
    def open(
        cls, path: Path, *, password: str | None = None, write: bool = True,
        now: Callable[[], dt.datetime] = _utc_now,
    ) -> Self:  # fmt: skip
        """Open a register to write (with its lock) or only to read (without).

        Raises an AppError when it is missing, locked, foreign, newer, damaged, or needs another password.
        An older schema is brought up to date after a dated copy was made beside it; only to be read, it is
        brought up to date in memory. A password that the file does not need is left aside.
        """
        password = opening.key_of(path, opening.secret_of(path, password))  # not what was typed
        lock, place = Lock(path) if write else None, Place(path)
        if lock:
            lock.take(now())
        try:
            with place.told():
                connection, version = opening.open_file(path, password, write=write, now=now())
                place.remember()
        except BaseException:
            if lock:
                lock.release()
            raise
        return cls(
            connection, path, password=password, lock=lock, now=now, schema_version=version, place=place,
        )  # fmt: skip

    def close(self) -> None:
        """Close the file, what is half written not kept, and give its lock back; twice is harmless."""
        self._roll_back()
        self._closed = True
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
    def secret(self) -> str | None:
        """The key that opens this very file and its copies, for work on another connection."""
        return self._password

    def quick_check(self) -> tuple[str, ...]:
        """Return what a quick look by SQLite and SQLCipher finds wrong with the file, or nothing."""
        return self._check("quick_check")

    def full_check(self) -> tuple[str, ...]:
        """Return what a whole look by SQLite and SQLCipher finds wrong with the file, or nothing.

        It compares indexes with their tables too, and takes seconds where the other takes one.
        """
        return self._check("integrity_check")

    def _check(self, check: str) -> tuple[str, ...]:
        try:
            with self._place.told():
                flaws = driver.flaws(self._connection, check, encrypted=self.encrypted)
        except DamagedRegister as error:
            # So torn that looking for what is wrong cannot go on: that is what is wrong.
            return (error.text,)
        return flaws[:_TELLS_AT_MOST]

    def stop_when(self, cancelled: Callable[[], bool] | None) -> None:
        """Ask ``cancelled`` now and then during a long query, and stop it (Cancelled) if so."""
        self._connection.set_progress_handler(cancelled, _STEPS_BETWEEN_ASKING if cancelled else 0)

    # --- reading -----------------------------------------------------------------------------

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> list[Any]:
        """Return the rows of a query with named values."""
        with self._place.told():
            return list(self._connection.execute(sql, values or {}))

    def row(self, sql: str, values: Mapping[str, Any] | None = None) -> Any:
        """Return the first row of a query, or None."""
        with self._place.told():
            return self._connection.execute(sql, values or {}).fetchone()

    def value(self, sql: str, values: Mapping[str, Any] | None = None) -> Any:
        """Return the first value of a query's first row, or None."""
        row = self.row(sql, values)
        return row[0] if row else None

    def stream(self, sql: str, values: Mapping[str, Any] | None = None) -> Iterator[Any]:
        """Yield the rows of a large query one by one."""
        with self._place.told():
            yield from self._connection.execute(sql, values or {})

    def copy_to_memory(self, stop: Callable[[], bool] | None = None) -> Any:
        """Return a connection to a copy of one moment in memory, with the same password."""
        with self._place.told():
            return driver.copied_to_memory(self._connection, self._password, stop)

    def opened_again(self, path: Path) -> "Register":
        """Open the same file once more, only to read, for the thread that asks."""
        return Register.open(path, password=self._password, write=False, now=self.now)

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """Let everything read inside belong together: what others save meanwhile is not seen.

        Nothing can be written inside, and while it lasts nobody else's saving can end.
        """
        with self._place.told():
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._roll_back()

    # --- writing -----------------------------------------------------------------------------

    @contextmanager
    def transaction(
        self, use_case: str, *, text: str = "", topics: frozenset[Topic] = ALL_TOPICS,
        subject_id: int | None = None, subject_ids: tuple[int, ...] = (), bulk: bool = False,
    ) -> Iterator[None]:  # fmt: skip
        """Run one use case as one transaction, begun at once, noted in the journal.

        ``text`` names it in the undo menu. ``subject_ids`` notes it under each of many. A ``bulk`` change is taken back by
        its own use case, not row by row. Nothing inside may commit; an error leaves everything as it was.
        """
        if self._writing_long:
            raise RegisterLocked(_BEING_WRITTEN)
        undo = self._undo
        self._writing_long = bulk
        try:
            with self.all_or_nothing():
                if undo:
                    with self._place.told():
                        undo.clear()
                        if bulk:  # inside: whatever goes wrong, the noting comes back with the rest
                            undo.pause()
                yield
                subjects = subject_ids or ((subject_id,) if subject_id is not None else ())
                self._note(use_case, subjects)
                step = None if bulk else self._noted_step(text or use_case, topics, subjects)
                if undo and bulk:
                    with self._place.told():
                        undo.resume()
        finally:
            self._writing_long = False
        self._step = step

    def write_in_slices(
        self, use_case: str, pieces: Iterator[int], *,
        text: str, topics: frozenset[Topic], subject_ids: tuple[int, ...],
    ) -> Iterator[int]:  # fmt: skip
        """Run one use case as `transaction` does, a piece at a turn; give how many rows are written.

        Nobody else writes meanwhile. Closed before its end, it has changed nothing.
        """
        done, noted = 0, max(0, len(subject_ids) - 1) // ROWS_AT_ONCE * ROWS_AT_ONCE
        with self.transaction(use_case, text=text, topics=topics, subject_ids=subject_ids[noted:]):
            self._writing_long = True
            with self._place.told():
                for done in pieces:
                    if self._undo:
                        self._undo.read_on()
                    yield done
            for first in range(0, noted, ROWS_AT_ONCE):
                self._note(use_case, subject_ids[first : first + ROWS_AT_ONCE])
                yield done
        self._step = self._step and replace(self._step, subject_ids=subject_ids)

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Run writes as one, without a line in the journal or a step back: for making a book."""
        with self._place.told():
            self._connection.execute("BEGIN IMMEDIATE")
        self._writing = True
        try:
            yield
            self._commit()
        except BaseException:
            self._roll_back()
            raise
        finally:
            self._writing = False

    def _commit(self) -> None:
        if not self._connection.in_transaction:
            raise RuntimeError("something inside the transaction committed by itself")
        with self._place.told():
            self._connection.execute("COMMIT")

    def _noted_step(
        self, text: str, topics: frozenset[Topic], subjects: tuple[int, ...]
    ) -> UndoStep | None:
        with self._place.told():
            statements = self._undo.noted() if self._undo else ()
        if not statements:
            return None
        return UndoStep(text=text, topics=topics, statements=statements, subject_ids=subjects)

    def _roll_back(self) -> None:
        # A full disk may have rolled back by itself; a closed file always has.
        if not self._closed and self._connection.in_transaction:
            with suppress(driver.DriverError):
                self._connection.execute("ROLLBACK")

    def _note(self, use_case: str, subjects: tuple[int, ...]) -> None:
        lines: tuple[int | None, ...] = subjects or (None,)
        name, at = who(), self.stamp()
        self.execute_many(
            "INSERT INTO journal (id, done_at, who, use_case, subject_id) VALUES (?, ?, ?, ?, ?)",
            [
                (line, at, name, use_case, subject)
                for line, subject in zip(self.new_ids(len(lines)), lines, strict=True)
            ],
        )

    def execute(self, sql: str, values: Mapping[str, Any] | None = None) -> int:
        """Run one statement inside a transaction; return how many rows it changed."""
        self._must_be_writing()
        with self._place.told():
            return int(self._connection.execute(sql, values or {}).rowcount)

    def execute_many(self, sql: str, rows: Any) -> None:
        """Run one statement for many rows (tuples or mappings) inside a transaction."""
        self._must_be_writing()
        with self._place.told():
            self._connection.executemany(sql, rows)

    def _must_be_writing(self) -> None:
        if not self._writing:
            raise RuntimeError("a register is written only inside a transaction")

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
        """Return a fresh id, above every one that was given out before."""
        return self.new_ids(1)[0]

    def new_ids(self, count: int) -> range:
        """Return fresh ids in a row, for a bulk change."""
        fresh = new_id(int(self.now().timestamp() * 1000))
        first = max(fresh, self._last_id + 1)
        self._last_id = first + count - 1
        return range(first, first + count)

    def stamp(self) -> str:
        """Return this instant as text in UTC, for columns whose names end in _at."""
        return self.now().astimezone(dt.UTC).isoformat(timespec="seconds")

    # --- undo --------------------------------------------------------------------------------

    def keep_undo(self) -> None:
        """Note from now on how to take changes back (the window does; the command line does not)."""
        with self._place.told():
            self._undo = self._undo or UndoLog(self._connection)

    def take_step(self) -> UndoStep | None:
        """Return the undo step of the last transaction, once."""
        step, self._step = self._step, None
        return step

    def play(self, step: UndoStep, *, use_case: str) -> UndoStep | None:
        """Take a change back (or make it again); return the step that does the opposite.

        Raises Refused, with nothing changed, when something that came later stands on it.
        """
        for _ in self.play_in_slices(step, use_case=use_case):
            pass
        return self.take_step()

    def play_in_slices(self, step: UndoStep, *, use_case: str) -> Iterator[int]:
        """Play a step some milliseconds at a time; give how many rows are put back so far.

        Closed before its end, it has changed nothing; after it, ``take_step`` has the opposite.
        """
        try:
            yield from self.write_in_slices(
                use_case, put_back(self._connection, step.statements), text=step.text,
                topics=step.topics, subject_ids=step.subject_ids,
            )  # fmt: skip
        except driver.RuleBroken as error:
            raise Refused(STOOD_ON) from error
