"""Other tables of an open export: their rows brought in, ids turned into those of the book."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from app.storage.imports import note_made
from app.storage.register import Register

_SAME_BY: Mapping[str, str] = {"referrer": "name", "own_measure": "measure"}
"""Tables in which one text is one row, whatever its id: that column."""
_MISSING = object()


class Ids:
    """The book's id of everything an export points to, by table and the export's own id."""

    def __init__(self) -> None:
        self.known: dict[str, dict[str, int]] = {}
        self.new: dict[str, set[int]] = {}
        """Ids of rows that this very import brought."""


def add_extra(
    register: Register,
    import_id: int,
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    ids: Ids,
) -> int:
    """Add rows of another table of an export, its ids turned into the book's; return how many.

    A row whose id is there already, or that belongs to nobody here, is left out. Rows without an id
    of their own (the reasons of a referral) come with what they belong to, when that is new.
    """
    kinds = {row["name"]: row for row in register.rows(f'PRAGMA table_info("{table}")')}
    links = {row["from"]: row for row in register.rows(f'PRAGMA foreign_key_list("{table}")')}
    wanted = [i for i, name in enumerate(columns) if name in kinds and name != "import_id"]
    names = [columns[i] for i in wanted]
    keys = [row["name"] for row in sorted(kinds.values(), key=lambda r: r["pk"]) if row["pk"]]
    if not set(keys) <= set(names):
        return 0
    readers = [_reader(kinds[name], links.get(name), ids) for name in names]
    read = [tuple(get(row[i]) for get, i in zip(readers, wanted, strict=True)) for row in rows]
    whole = [values for values in read if _MISSING not in values]
    if len(keys) > 1:
        owner = links[keys[0]]["table"]
        at, fresh = names.index(keys[0]), ids.new.get(owner, set())
        made = [values for values in whole if values[at] in fresh]
        _insert(register, import_id, table, names, made, kinds)
        return len(made)
    return _add_keyed(register, import_id, table, names, whole, keys[0], kinds, ids)


def _add_keyed(
    register: Register, import_id: int, table: str, names: list[str],
    rows: Sequence[tuple[Any, ...]], key: str, kinds: Mapping[str, Any], ids: Ids,
) -> int:  # fmt: skip
    """Add rows that have a key of their own, and note under which id the book has each."""
    at = names.index(key)
    there = _keys_of(register, table, key)
    made = {values[at]: values for values in reversed(rows) if values[at] not in there}
    _insert(register, import_id, table, names, list(reversed(made.values())), kinds)
    now = _keys_of(register, table, key)
    added = [one for one in made if one in now]
    if "import_id" not in kinds:
        note_made(register, import_id, table, sorted(added))
    if key == "id":
        ids.new.setdefault(table, set()).update(added)
        known = ids.known.setdefault(table, {})
        known.update((str(values[at]), values[at]) for values in rows if values[at] in now)
        if table in _SAME_BY:
            _find_same(register, table, names, [v for v in rows if v[at] not in now], at, known)
    return len(added)


def _find_same(
    register: Register, table: str, names: list[str], rows: Sequence[tuple[Any, ...]], at: int,
    known: dict[str, int],
) -> None:  # fmt: skip
    """Point to what the book has under the same name where the row itself could not be added."""
    column = _SAME_BY[table]
    for values in rows:
        found = register.value(
            f'SELECT id FROM "{table}" WHERE {column} = :name COLLATE NOCASE',
            {"name": values[names.index(column)]},
        )
        if found is not None:
            known[str(values[at])] = int(found)


def _keys_of(register: Register, table: str, key: str) -> set[Any]:
    return {row[0] for row in register.rows(f'SELECT {key} FROM "{table}"')}


def _insert(
    register: Register, import_id: int, table: str, names: list[str],
    rows: Sequence[tuple[Any, ...]], kinds: Mapping[str, Any],
) -> None:  # fmt: skip
    """Insert rows; one that would break a rule of the book (the same merge twice) is left out."""
    with_import = "import_id" in kinds
    columns = [f'"{name}"' for name in names] + (["import_id"] if with_import else [])
    holders = ", ".join("?" * len(columns))
    register.execute_many(
        f'INSERT OR IGNORE INTO "{table}" ({", ".join(columns)}) VALUES ({holders})',
        [(*values, import_id) for values in rows] if with_import else rows,
    )


def _reader(column: Any, link: Any, ids: Ids) -> Callable[[str], Any]:
    """Return the function that turns a column's text into what is kept, or into `_MISSING`."""
    nothing = _MISSING if column["notnull"] or column["pk"] else None
    if link is not None:
        # What it points to may not have come along: then to nothing, where the row stands without.
        known = ids.known.get(link["table"], {})
        loose = None if nothing is None and link["on_delete"] == "SET NULL" else _MISSING
        return lambda text: known.get(text, loose) if text else nothing
    if column["type"] == "INTEGER":
        return lambda text: _number(int, text) if text else nothing
    if column["type"] == "REAL":
        return lambda text: _number(float, text) if text else nothing
    return (lambda text: text) if column["notnull"] else (lambda text: text or None)


def _number(kind: Callable[[str], Any], text: str) -> Any:
    try:
        number = kind(text)
    except ValueError:
        return _MISSING
    return number if abs(number) < 1 << 63 else _MISSING
