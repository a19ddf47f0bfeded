"""The register's own settings, kept as one row each."""

import json
from collections.abc import Iterable
from typing import Any

from app.domain.settings import Settings, setting_names
from app.storage.register import Register
from app.storage.snapshot import Snapshot

_READ = "SELECT name, value FROM setting"


def read(register: Register) -> Settings:
    """Return the settings; what was never set has its default."""
    return _settings(register.rows(_READ))


def read_in(source: object) -> Settings:
    """Return the settings of a register, or of a snapshot, which shows figures its views only."""
    if isinstance(source, Register):
        return read(source)
    if isinstance(source, Snapshot):
        with source.opened() as connection:
            return _settings(connection.execute(_READ))
    return Settings()


def _settings(rows: Iterable[Any]) -> Settings:
    known = set(setting_names())
    values: dict[str, Any] = {name: json.loads(value) for name, value in rows if name in known}
    return Settings(**values)


def write(register: Register, settings: Settings) -> None:
    """Keep all settings, inside a transaction."""
    rows = [(name, json.dumps(getattr(settings, name))) for name in setting_names()]
    register.execute_many(
        "INSERT INTO setting (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
        rows,
    )


def read_kept(register: Register, name: str) -> str | None:
    """Return what the program keeps for itself in the book under a name, or None."""
    value = register.value("SELECT value FROM setting WHERE name = :name", {"name": name})
    return str(value) if value is not None else None


def keep(register: Register, name: str, value: str) -> None:
    """Keep something of the program's own in the book, inside a transaction; as JSON text."""
    register.execute(
        "INSERT INTO setting (name, value) VALUES (:name, :value)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {"name": name, "value": value},
    )
