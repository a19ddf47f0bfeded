"""One driver, with a password and without, quiet, and at home in sqlite-utils."""

import os
import subprocess
import sys
import unicodedata

import pytest

from app.storage import driver

PASSWORD = "pä\"ss'w ਰ"


@pytest.fixture(params=[None, PASSWORD], ids=["plain", "with a password"])
def password(request):
    return request.param


def _make(path, password):
    connection = driver.connect(path, mode="rwc", password=password)
    connection.execute("CREATE TABLE cup (id INTEGER PRIMARY KEY, tea TEXT NOT NULL) STRICT")
    connection.execute("INSERT INTO cup (tea) VALUES ('mint')")
    connection.close()


def _cups(path, password):
    connection = driver.connect(path, password=password)
    try:
        return [row["tea"] for row in connection.execute("SELECT tea FROM cup")]
    finally:
        connection.close()


def test_what_was_written_is_read_again(tmp_path, password):
    _make(tmp_path / "a.db", password)
    assert _cups(tmp_path / "a.db", password) == ["mint"]


def test_password_hides_everything_even_the_header(tmp_path):
    _make(tmp_path / "a.db", PASSWORD)
    data = (tmp_path / "a.db").read_bytes()
    assert b"SQLite" not in data
    assert b"mint" not in data


@pytest.mark.parametrize("typed", ["wrong", PASSWORD + " ", "\udcff", "a\x00b", "x" * 10_000])
def test_wrong_password_opens_nothing(tmp_path, typed):
    _make(tmp_path / "a.db", PASSWORD)
    with pytest.raises(driver.DriverError) as caught:
        _cups(tmp_path / "a.db", typed)
    assert driver.name_of(caught.value) == "SQLITE_NOTADB"


def test_password_is_the_same_from_every_keyboard(tmp_path):
    _make(tmp_path / "a.db", unicodedata.normalize("NFD", "café"))
    assert _cups(tmp_path / "a.db", unicodedata.normalize("NFC", "café")) == ["mint"]


def test_password_of_half_letters_works_and_is_its_own(tmp_path):
    _make(tmp_path / "a.db", "x\udcff")
    assert _cups(tmp_path / "a.db", "x\udcff") == ["mint"]
    with pytest.raises(driver.DriverError):
        _cups(tmp_path / "a.db", "x\udcfe")


def test_wrong_password_makes_no_noise(tmp_path):
    _make(tmp_path / "a.db", PASSWORD)
    code = (
        "from pathlib import Path; from app.storage import driver\n"
        f"c = driver.connect(Path({str(tmp_path / 'a.db')!r}), password='wrong')\n"
        "try: c.execute('SELECT 1 FROM sqlite_master')\n"
        "except driver.DriverError: print('refused')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "refused\n"
    assert done.stderr == ""


@pytest.mark.parametrize(
    "name", ["100% #1?.db", "naïve ਕੌਰ.db", "a&b=c;d.db", " .db", os.fsdecode(b"caf\xe9.db")]
)
def test_any_name_of_a_file_is_opened_and_no_other(folder, name):
    try:
        _make(folder / name, None)
    except (UnicodeError, OSError):
        pytest.skip("this disk cannot hold such a name")
    assert [file.name for file in folder.iterdir()] == [name]
    assert _cups(folder / name, None) == ["mint"]


def test_opening_never_makes_a_new_empty_file(folder):
    with pytest.raises(driver.DriverError):
        driver.connect(folder / "gone.db")
    assert list(folder.iterdir()) == []


def test_settings_keep_a_saved_line_saved(tmp_path, password):
    _make(tmp_path / "a.db", password)
    connection = driver.connect(tmp_path / "a.db", password=password)
    driver.settle(connection)
    found = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in (
            "journal_mode",
            "synchronous",
            "foreign_keys",
            "secure_delete",
            "temp_store",
            "cache_size",
        )
    }
    connection.close()
    assert found == {
        "journal_mode": "delete",
        "synchronous": 3,  # EXTRA
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": 2,  # memory
        "cache_size": -8192
        if password
        else -4096,  # KiB: what is read already is read again for less
    }


def test_sqlite_utils_works_over_it(password):
    database = driver.toolkit(driver.connect(None, password=password))
    database["cup"].insert({"id": 1, "tea": "mint"}, pk="id")
    (row,) = database.query("INSERT INTO cup (tea) VALUES ('sage') RETURNING id, tea")
    assert row == {"id": 2, "tea": "sage"}
    database["no such table"].drop(ignore=True)
    database["cup"].insert({"id": 3, "tea": "nettle", "sugar": 2}, alter=True)
    assert database["cup"].count == 3
    database.conn.close()


def test_importing_it_does_not_import_sqlite_utils():
    code = (
        "import sys, app.storage.register; print([m for m in sys.modules if 'sqlite_utils' in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_flaws_of_a_sound_file_are_none_and_of_a_torn_one_some(tmp_path, password):
    path = tmp_path / "a.db"
    _make(path, password)
    connection = driver.connect(path, password=password)
    assert driver.flaws(connection, "integrity_check", encrypted=bool(password)) == ()
    connection.execute("CREATE TABLE sugar (id INTEGER PRIMARY KEY, cup REFERENCES cup (id))")
    connection.execute("INSERT INTO sugar (cup) VALUES (77)")
    assert driver.flaws(connection, "quick_check", encrypted=bool(password)) == (
        "sugar points to a missing cup",
    )
    connection.close()
