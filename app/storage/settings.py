"""The register's own settings, kept as one row each."""

import json
from typing import Any

from app.domain.settings import Settings, setting_names
from app.storage.register import Register


def read(register: Register) -> Settings:
    """Return the settings; what was never set has its default."""
    known = set(setting_names())
    rows = register.rows("SELECT name, value FROM setting")
    values: dict[str, Any] = {r["name"]: json.loads(r["value"]) for r in rows if r["name"] in known}
    return Settings(**values)


def write(register: Register, settings: Settings) -> None:
    """Keep all settings, inside a transaction."""
    rows = [(name, json.dumps(getattr(settings, name))) for name in setting_names()]
    register.execute_many(
        "INSERT INTO setting (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
        rows,
    )
