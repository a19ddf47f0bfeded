"""The schema: as the golden file has it, with its rules kept, and brought up to date safely."""

import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.domain.errors import DamagedRegister, DiskFull, NewerRegister
from app.services import registers
from app.storage import driver, schema
from app.storage.register import Register
from tests import builders

GOLDEN = Path(__file__).parents[1] / "data" / "schema.sql"
TOMORROW = "m0002_tomorrow"


def _own(register, kind):
    return [
        row["name"]
        for row in register.rows(
            "SELECT name FROM sqlite_master WHERE type = :kind AND name NOT LIKE 'sqlite_%'"
            " AND name NOT LIKE 'person_search%' ORDER BY name",
            {"kind": kind},
        )
    ]


def _tables(register):
    return [name for name in _own(register, "table") if name != "_sqlite_migrations"]


# --- as it is -----------------------------------------------------------------------------------


def test_fresh_register_has_the_schema_of_the_golden_file(register, update_golden):
    rows = register.rows(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'view'"
        " AND name NOT LIKE 'person_search_%' OR type = 'trigger' ORDER BY type DESC, name"
    )
    made = "".join(f"{row['sql']};\n\n" for row in rows)
    if update_golden:
        GOLDEN.write_text(made, "utf-8")
    assert made == GOLDEN.read_text("utf-8"), "a released migration is never changed: add one"


def test_every_table_is_strict(register):
    strict = {row["name"] for row in register.rows("PRAGMA table_list") if row["strict"]}
    assert set(_tables(register)) - strict == set()


def test_every_foreign_key_says_what_happens_on_deleting_and_has_an_index(register):
    seen = 0
    for table in _tables(register):
        first_columns = {
            register.rows(f'PRAGMA index_info("{index["name"]}")')[0]["name"]
            for index in register.rows(f'PRAGMA index_list("{table}")')
        }
        keys = [r for r in register.rows(f'PRAGMA table_info("{table}")') if r["pk"] == 1]
        first_columns |= {row["name"] for row in keys}
        for key in register.rows(f'PRAGMA foreign_key_list("{table}")'):
            seen += 1
            assert key["from"] in first_columns, f"{table}.{key['from']} has no index"
            assert key["on_delete"] in {"CASCADE", "RESTRICT", "SET NULL"}, f"{table}.{key['from']}"
    assert seen > 20


def test_taking_a_row_out_reads_no_other_table_from_end_to_end(register):
    """An index that leaves rows out, such as those in the bin, is none for SQLite's own questions."""
    read = set()
    for table in _tables(register):
        keys = [r["name"] for r in register.rows(f'PRAGMA table_info("{table}")') if r["pk"]]
        where = " AND ".join(f'"{key}" = 1' for key in keys)
        plan = register.rows(f'EXPLAIN QUERY PLAN DELETE FROM "{table}" WHERE {where}')
        read |= {(table, row["detail"]) for row in plan if row["detail"].startswith("SCAN")}
    # A group has few activities, and its sessions are short rows.
    assert read == {("activity", "SCAN session")}


def test_every_table_has_a_key_that_is_never_null(register):
    for table in _tables(register):
        info = register.rows(f'PRAGMA table_info("{table}")')
        keys = [row for row in info if row["pk"]]
        assert keys, table
        assert all(row["notnull"] or row["type"] == "INTEGER" for row in keys), table


def test_names_of_columns_say_what_they_hold(register):
    for table in _tables(register):
        for column in register.rows(f'PRAGMA table_info("{table}")'):
            name, kind = column["name"], column["type"]
            if name.endswith(("_on", "_at")):
                assert kind == "TEXT", f"{table}.{name}"
            if name.endswith(("_id", "_pence", "pence", "minutes")):
                assert kind == "INTEGER", f"{table}.{name}"
            real = {"REAL"} if name in {"value", "score", "target"} else set()
            assert kind in {"TEXT", "INTEGER", "BLOB"} | real, f"{table}.{name}"


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("person", {"known_as": "Nan", "born_on": "1950-02-30"}),
        ("person", {"known_as": "Nan", "born_on": "3/7/1950"}),
        ("person", {"known_as": "Nan", "age_low": 30, "age_high": 20}),
        ("person", {"known_as": "Nan", "joined_on": "2026-02-02", "left_on": "2026-02-01"}),
        ("person", {"known_as": ""}),
        ("activity", {"name": "Bingo", "code": "B", "start_time": "25:00"}),
        ("activity", {"name": "Bingo", "code": "B", "start_time": "24:00"}),
        ("activity", {"name": "Bingo", "code": "B", "start_time": "14:00", "end_time": "13:00"}),
        ("activity", {"name": "Bingo", "code": "B", "capacity": "many"}),
        ("volunteer_log", {"person_id": 77, "logged_on": "2026-01-01", "minutes": 60}),
        ("volunteer_log", {"person_id": 1, "logged_on": "2026-01-01", "minutes": 0}),
    ],
)
def test_database_itself_refuses_what_cannot_be(register, table, row):
    builders.person(register)
    if table == "person":
        row = {"sort_key": "", "search_text": "", **row}
    with pytest.raises(driver.RuleBroken), register.all_or_nothing():
        register.insert(table, {"id": 1, **row})


def test_one_mark_a_person_a_session(register):
    builders.mark(register, at := builders.session(register), who := builders.person(register))
    with pytest.raises(driver.RuleBroken), register.all_or_nothing():
        register.insert("attendance", {"session_id": at.id, "person_id": who, "mark": "late"})


def test_scripts_come_apart_at_their_statements():
    script = """
-- a word before
CREATE TABLE a (x TEXT DEFAULT ';'); -- and one behind

CREATE TRIGGER t AFTER INSERT ON a BEGIN
    DELETE FROM a;
    DELETE FROM a;
END;
SELECT 1"""
    statements = schema.split(script)
    assert [s.split()[0:2] for s in statements] == [
        ["CREATE", "TABLE"], ["CREATE", "TRIGGER"], ["SELECT", "1"],
    ]  # fmt: skip


# --- brought up to date -------------------------------------------------------------------------


@pytest.fixture
def tomorrow(monkeypatch):
    """Make this program the one of tomorrow, with one more change of schema."""

    def become(sql="ALTER TABLE person ADD COLUMN shoe_size INTEGER;"):
        change = SimpleNamespace(NAME=TOMORROW, SQL=sql)
        monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, change))

    return become


def _columns(path):
    with Register.open(path, write=False) as register:
        return [row["name"] for row in register.rows("PRAGMA table_info(person)")]


def _others(path):
    return sorted(file.name for file in path.parent.glob("*") if file.is_file() and file != path)


def test_older_register_is_brought_up_to_date_after_a_dated_copy(small_example, tomorrow):
    with Register.open(small_example, write=False) as register:
        before = builders.dump(register)
    old = builders.fingerprint(small_example)
    today = schema.newest()
    tomorrow()
    with Register.open(small_example) as register:
        assert register.schema_version == today + 1
        assert "shoe_size" in [r["name"] for r in register.rows("PRAGMA table_info(person)")]
        assert register.full_check() == ()
        now = register.now()
    assert builders.fingerprint(small_example) != old
    assert _others(small_example) == [f"movers before update {now:%Y-%m-%d}.hallbook"]
    copy = small_example.with_name(_others(small_example)[0])
    with sqlite3.connect(copy) as kept:
        names = {row[1] for row in kept.execute("PRAGMA table_info(person)")}
        assert "shoe_size" not in names
    kept.close()
    with Register.open(copy, write=False) as register:
        assert register.schema_version == today
        rows = register.rows("SELECT id, given_name FROM person ORDER BY id")
        assert [tuple(r) for r in rows] == [(p[0], p[1]) for p in before["person"]]


def test_older_copy_is_never_written_over(register_file, tomorrow):
    with Register.open(register_file, write=False) as register:
        name = f"tea before update {register.now():%Y-%m-%d}.hallbook"
    register_file.with_name(name).write_text("an older copy")
    tomorrow()
    Register.open(register_file).close()
    assert register_file.with_name(name).read_text() == "an older copy"
    assert register_file.with_name(name.replace(".hallbook", " 2.hallbook")).exists()


def test_older_register_that_is_only_read_stays_as_it_is(register_file, tomorrow):
    before = builders.fingerprint(register_file)
    today = schema.newest()
    tomorrow()
    assert "shoe_size" in _columns(register_file)
    with Register.open(register_file, write=False) as register:
        assert registers.info(register).schema_version == today
        assert registers.info(register).name == "Tea Club"
    assert builders.fingerprint(register_file) == before
    assert _others(register_file) == []


def test_older_register_with_a_password_keeps_it(tmp_path, tomorrow):
    path = tmp_path / "tea.hallbook"
    registers.create(path, "Tea Club", password="marigold").close()
    tomorrow()
    with Register.open(path, password="marigold", write=False) as register:
        assert registers.info(register).encrypted
    with Register.open(path, password="marigold") as register:
        assert registers.info(register).name == "Tea Club"
    (copy,) = _others(path)
    for file in (path, path.with_name(copy)):
        assert not file.read_bytes().startswith(b"SQLite")
        with Register.open(file, password="marigold", write=False) as register:
            assert registers.info(register).name == "Tea Club"


@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE person ADD COLUMN shoe_size INTEGER;\nSELECT * FROM no_such_table;",
        "DELETE FROM person;\nINSERT INTO sheet_row VALUES (5, 1, 77);",
        "DROP VIEW person_counted;\nDROP TABLE person;",
    ],
    ids=["stops half-way", "points at nothing", "drops what others point at"],
)
def test_change_that_does_not_go_through_leaves_the_register_as_it_was(
    small_example, tomorrow, sql
):
    before = builders.fingerprint(small_example)
    tomorrow(sql)
    with pytest.raises((driver.DriverError, DamagedRegister)):
        Register.open(small_example)
    assert builders.fingerprint(small_example) == before
    assert not small_example.with_name("movers.hallbook.lock").exists()


def test_copy_that_finds_no_room_stops_everything_and_leaves_no_half(
    stick, small_example, tomorrow
):
    there = stick.path / "movers.hallbook"
    there.write_bytes(small_example.read_bytes())
    before = builders.fingerprint(there)
    room = (4 * 2**20 - there.stat().st_size) - there.stat().st_size // 2
    (stick.path / "pictures").write_bytes(bytes(room))
    tomorrow()
    with pytest.raises(DiskFull, match="no room left"):
        Register.open(there)
    assert builders.fingerprint(there) == before
    assert {file.name for file in stick.path.iterdir()} == {"movers.hallbook", "pictures"}


def test_program_of_today_refuses_the_register_of_tomorrow(register_file, tomorrow, monkeypatch):
    today = schema.MIGRATIONS
    tomorrow()
    Register.open(register_file).close()
    monkeypatch.setattr(schema, "MIGRATIONS", today)
    before = builders.fingerprint(register_file)
    with pytest.raises(NewerRegister):
        Register.open(register_file)
    with pytest.raises(NewerRegister):
        Register.open(register_file, write=False)
    assert builders.fingerprint(register_file) == before


def test_register_up_to_date_gets_no_copy_and_is_not_touched(register_file):
    before = builders.fingerprint(register_file)
    Register.open(register_file).close()
    assert _others(register_file) == []
    assert builders.fingerprint(register_file) == before


def test_known_changes_have_names_in_order():
    names = [change.NAME for change in schema.MIGRATIONS]
    assert names == sorted(names)
    assert [name[:5] for name in names] == [f"m{n:04}" for n in range(1, len(names) + 1)]
