"""Read what is kept how long (resources/retention.toml) and what consent is asked for (consents.toml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app import resources
from app.domain import toml_places
from app.domain.errors import TemplateFaulty
from app.domain.people import ConsentPurpose
from app.domain.retention import KeepAction, Retention, rules_of
from app.domain.toml_text import TomlFault, read_toml
from app.storage.register import Register
from app.storage.retention import own_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWording:
    """What the form asks for each purpose, under the version that is kept with the answers."""

    version: str
    asks: Mapping[ConsentPurpose, str]


@cache
def retention() -> tuple[Retention, ...]:
    """Return the kinds of record with the times that the program suggests."""
    return read_retention(resources.path("retention.toml"))


def kept_here(register: Register) -> tuple[Retention, ...]:
    """Return the kinds of record with the times of this group: its own before the suggested."""
    return tuple(one.kept for one in rules_of(retention(), own_rules(register)))


@cache
def wording() -> ConsentWording:
    """Return what a consent form asks."""
    return read_wording(resources.path("consents.toml"))


def read_retention(path: Path) -> tuple[Retention, ...]:
    """Return the kinds of a file; raises TemplateFaulty with file, line and key."""
    file = _File(path)
    found = [
        Retention(
            id=file.text("kind", place, "id"),
            title=file.text("kind", place, "title"),
            months=12 * file.number("kind", place, "years") + file.number("kind", place, "months"),
            from_what=file.text("kind", place, "from"),
            reason=file.text("kind", place, "reason"),
            action=KeepAction(file.choice("kind", place, "action", KeepAction)),
            source=file.text("kind", place, "source"),
        )
        for place in range(file.many("kind"))
    ]
    file.once("kind", "id", [one.id for one in found])
    return tuple(found)


def read_wording(path: Path) -> ConsentWording:
    """Return the wording of a file; raises TemplateFaulty with file, line and key."""
    file = _File(path)
    version = file.data.get("version")
    if not isinstance(version, str) or not version.strip():
        file.fail(("version",), " is a text that names this wording")
    codes = [
        file.choice("purpose", place, "code", ConsentPurpose)
        for place in range(file.many("purpose"))
    ]
    file.once("purpose", "code", codes)
    asks = {
        ConsentPurpose(code): file.text("purpose", place, "asks")
        for place, code in enumerate(codes)
    }
    missing = [purpose.value for purpose in ConsentPurpose if purpose not in asks]
    if missing:
        file.fail(("purpose",), f" lacks {', '.join(missing)}")
    return ConsentWording(version=str(version), asks=asks)


class _File:
    """A TOML file of rows, and where in it something stands."""

    def __init__(self, path: Path) -> None:
        self._name = path.name
        self._text = path.read_text("utf-8")
        try:
            self.data: dict[str, Any] = read_toml(self._text)
        except TomlFault as error:
            raise TemplateFaulty(f"{self._name} cannot be read as TOML: {error}.") from error

    def fail(self, path: toml_places.Path, what: str) -> None:
        line = toml_places.line_of(toml_places.places(self._text), path)
        where = f", line {line}" if line else ""
        raise TemplateFaulty(f"{self._name}{where}: “{path[-1]}”{what}.")

    def many(self, table: str) -> int:
        rows = self.data.get(table)
        if not isinstance(rows, list) or not rows:
            self.fail((table,), " has at least one row")
        return len(rows or ())

    def text(self, table: str, place: int, key: str) -> str:
        value = self.data[table][place].get(key)
        if not isinstance(value, str) or not value.strip():
            self.fail((table, place, key), " is a text, in quotation marks")
        return str(value)

    def number(self, table: str, place: int, key: str) -> int:
        value = self.data[table][place].get(key, 0)
        if type(value) is not int or value < 0:
            self.fail((table, place, key), " is a whole number from 0")
        return int(value)

    def choice(self, table: str, place: int, key: str, of: Any) -> str:
        value = self.text(table, place, key)
        if value not in set(of):
            self.fail((table, place, key), f" “{value}” is not known. There are: {', '.join(of)}")
        return value

    def once(self, table: str, key: str, values: list[str]) -> None:
        for place, value in enumerate(values):
            if value in values[:place]:
                self.fail((table, place, key), f" “{value}” is there twice")
