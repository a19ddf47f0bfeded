"""The file of welfare notes: apart from the register, encrypted always, only ever added to."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from app.domain.errors import DamagedRegister, NewerRegister, NotARegister, RegisterExists
from app.domain.welfare import Note, NoteDraft
from app.storage import copies, driver, opening
from app.storage.faults import Place
from app.storage.lock import Lock

APPLICATION_ID = 0x48414C57
"""The letters HALW, in the header of every such file."""
_VERSION = 1

_SCHEMA = """
CREATE TABLE note (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    written_at TEXT NOT NULL,
    about TEXT NOT NULL CHECK (about <> ''),
    happened_on TEXT NOT NULL CHECK (happened_on IS date(happened_on)),
    happened_at TEXT NOT NULL,
    who_was_there TEXT NOT NULL,
    what_happened TEXT NOT NULL CHECK (what_happened <> ''),
    action_taken TEXT NOT NULL,
    further_action TEXT NOT NULL,
    referred_to TEXT NOT NULL,
    why_not_referred TEXT NOT NULL,
    signed_by TEXT NOT NULL CHECK (signed_by <> ''),
    corrects INTEGER REFERENCES note (number)
) STRICT;
CREATE TABLE looked (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    looked_at TEXT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('opened', 'printed'))
) STRICT;
"""
_TABLES = ("note", "looked")


class WelfareFile:
    """The notes of one book, open; nothing in it is ever changed or taken away."""

    def __init__(self, connection: Any, path: Path, lock: Lock) -> None:
        self.path = path
        self._connection = connection
        self._place = Place(path)
        self._place.remember()
        self._lock = lock

    @classmethod
    def create(cls, path: Path, password: str, *, now: dt.datetime) -> Self:
        """Make an empty file; refuses one that is there."""
        opening.reserve(path)
        lock, connection = Lock(path), None
        try:
            lock.take(now)
            with Place(path).told():
                connection = driver.connect(path, password=password)
                driver.settle(connection)
                _make(connection)
        except BaseException:
            if connection is not None:
                connection.close()
            lock.release()
            path.unlink(missing_ok=True)
            raise
        return cls(connection, path, lock)

    @classmethod
    def open(cls, path: Path, password: str, *, now: dt.datetime) -> Self:
        """Open a file to read and add to.

        Raises WrongPassword, RegisterLocked, RegisterMissing, NotARegister, NewerRegister,
        DamagedRegister, with nothing changed.
        """
        if not opening.has_password(path):
            raise NotARegister(
                f"{path.name} has no password, so it is no file of welfare notes. It was left alone."
            )
        lock = Lock(path)
        lock.take(now)
        connection = None
        try:
            with Place(path).told():
                connection = driver.connect(path, password=password)
                _check_ours(connection, path)
                driver.settle(connection)
        except BaseException:
            if connection is not None:
                connection.close()
            lock.release()
            raise
        return cls(connection, path, lock)

    def close(self) -> None:
        """Close it and give its lock back; twice is harmless."""
        self._connection.close()
        self._lock.release()

    def __enter__(self) -> Self:
        """Enter a block that closes the file at its end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    # --- notes -------------------------------------------------------------------------------

    def add(self, draft: NoteDraft, written_at: dt.datetime) -> int:
        """Keep a note for ever; return its number. It is on the disk when this returns."""
        values = asdict(draft) | {"written_at": written_at.isoformat(timespec="seconds")}
        values["happened_on"] = draft.happened_on.isoformat() if draft.happened_on else ""
        names = ", ".join(values)
        places = ", ".join(f":{name}" for name in values)
        with self._whole():
            cursor = self._connection.execute(
                f"INSERT INTO note ({names}) VALUES ({places})", values
            )
            return int(cursor.lastrowid)

    def notes(self) -> tuple[Note, ...]:
        """Return all notes, the newest first."""
        sql = (
            "SELECT n.*, (SELECT max(c.number) FROM note c WHERE c.corrects = n.number)"
            " AS corrected_by FROM note n ORDER BY n.number DESC"
        )
        with self._place.told():
            return tuple(_note(row) for row in self._connection.execute(sql))

    def look(self, who: str, what: str, at: dt.datetime) -> None:
        """Keep that somebody opened or printed the notes."""
        with self._whole():
            self._connection.execute(
                "INSERT INTO looked (looked_at, who, what) VALUES (?, ?, ?)",
                (at.isoformat(timespec="seconds"), who, what),
            )

    def looks(self) -> tuple[tuple[str, str, str], ...]:
        """Return when, who and what of every opening and printing, the newest first."""
        sql = "SELECT looked_at, who, what FROM looked ORDER BY id DESC"
        with self._place.told():
            return tuple((row[0], row[1], row[2]) for row in self._connection.execute(sql))

    def flaws(self) -> tuple[str, ...]:
        """Return what a whole look finds wrong with the file, or nothing."""
        with self._place.told():
            return driver.flaws(self._connection, "integrity_check", encrypted=True)

    def change_password(self, new: str) -> None:
        """Give the file another password, or the key made of it, in place and in one step of SQLite's own."""
        with self._place.told():
            self._connection.reset_key(driver.typed_alike(new))

    @contextmanager
    def _whole(self) -> Iterator[None]:
        with self._place.told():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


def copy_to(path: Path, folder: Path, name: str) -> Path | None:
    """Copy a file of notes, encrypted as it is, beside a book's copy; None where there is none.

    Its password is not needed, so it cannot be counted: the copy is compared byte for byte.
    """
    if not path.is_file():
        return None
    wanted = opening.free_name(folder / name)
    with copies.beside(wanted, of=path) as part, copies.told(path, folder):
        part.write_bytes(path.read_bytes())
        if part.read_bytes() != path.read_bytes():
            raise DamagedRegister(
                f"A copy of {path.name} was not the same as the file, so it was not kept."
            )
        copies.put(part, wanted, like=path)
    return wanted


def must_be_free(path: Path) -> None:
    """Refuse a place where a file of notes is already."""
    if path.exists():
        raise RegisterExists(
            f"There are welfare notes already, in {path.name}. Open them with their password."
        )


def _make(connection: Any) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    for table in _TABLES:
        for verb in ("UPDATE", "DELETE"):
            connection.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
                " BEGIN SELECT RAISE(ABORT, 'a welfare note is never changed'); END"
            )
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {_VERSION}")
    connection.execute("COMMIT")


def _check_ours(connection: Any, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise NotARegister(f"{path.name} is no file of welfare notes. It was left alone.")
    if connection.execute("PRAGMA user_version").fetchone()[0] > _VERSION:
        raise NewerRegister(
            f"{path.name} was made by a newer Hallbook. Nothing was changed. Get the newer program."
        )


def _note(row: Any) -> Note:
    values = {name: row[name] for name in row.keys()}  # noqa: SIM118 - a row is no mapping
    values["written_at"] = dt.datetime.fromisoformat(values["written_at"])
    values["happened_on"] = dt.date.fromisoformat(values["happened_on"])
    return Note(**values)
