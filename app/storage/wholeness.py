"""Whether a register has every table and column that this program makes."""

from functools import cache

from app.storage.register import Register

_COLUMNS = (
    "SELECT t.name AS name, c.name AS field FROM sqlite_master t JOIN pragma_table_info(t.name) c"
    " WHERE t.type = 'table' ORDER BY t.name, c.cid"
)


def lacking(register: Register) -> tuple[str, ...]:
    """Return the tables, and the columns as table.column, that a whole register has and this lacks.

    None does that Hallbook itself has made and brought up to date; a file mended by hand may.
    """
    made, kept = _made(), _columns(register)
    found = [name for name in made if name not in kept]
    for table, columns in made.items():
        found += [f"{table}.{one}" for one in columns if table in kept and one not in kept[table]]
    return tuple(found)


@cache
def _made() -> dict[str, list[str]]:
    with Register.in_memory() as whole:
        return _columns(whole)


def _columns(register: Register) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in register.rows(_COLUMNS):
        found.setdefault(row["name"], []).append(row["field"])
    return found
