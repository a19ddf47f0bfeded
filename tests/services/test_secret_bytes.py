"""Every byte that using an encrypted book leaves on a disk, searched for what is in the book."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PASSWORD, NEW = "kettle ladder orange", "blue teapot on a shelf"
_READABLE = re.compile(rb"[\x20-\x7e\x80-\xff]{6,}")
_WIDE = re.compile(rb"(?:[\x20-\x7e]\x00){6,}")


@pytest.fixture
def used(tmp_path):
    """Use a book in a program whose home, settings and temporary files are all in one folder."""

    def use(kind):
        everything = tmp_path / "everything"
        places = {name: everything / name for name in ("home", "settings", "temp", "books")}
        for place in places.values():
            place.mkdir(parents=True)
        done = subprocess.run(
            [sys.executable, "-m", "tests.services.secret_work", places["books"] / "movers.hallbook", kind],
            cwd=ROOT, capture_output=True, text=True, check=False,
            env={
                **os.environ, "HALLBOOK_HOME": str(places["settings"]), "HOME": str(places["home"]),
                "TMPDIR": str(places["temp"]), "HALLBOOK_PASSWORD": PASSWORD, "HALLBOOK_NEW_PASSWORD": NEW,
            },
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert not done.stderr
        files = {file: file.read_bytes() for file in everything.rglob("*") if file.is_file()}
        return json.loads(done.stdout), files

    return use


def _found(words, held):
    """Return which words stand in the bytes, in one byte a letter or two."""
    readable = b"\n".join([*_READABLE.findall(held), *(w[::2] for w in _WIDE.findall(held))])
    return [word for word in words if word.encode() in readable]


def test_no_name_note_phone_or_payee_stands_in_any_file_of_an_encrypted_book(used):
    words, files = used("locked")
    names = {file.name for file in files}
    assert len(words) > 500
    assert {"recent.toml", "copies.toml", "guesses.toml", "hallbook.log", "movers.welfare"} <= names
    assert "movers.hallbook-journal.seen in the middle" in names
    assert sum(name.endswith(".hallbook") for name in names) >= 4
    for file, held in files.items():
        assert _found([*words, PASSWORD, NEW], held) == [], file.name
        assert not held.startswith(b"SQLite"), file.name


def test_search_finds_them_all_in_a_book_without_a_password(used):
    """So that finding nothing above means something."""
    words, files = used("plain")
    (book,) = [held for file, held in files.items() if file.name == "movers.hallbook"]
    assert len(_found(words, book)) > 0.9 * len(words)
    (journal,) = [held for file, held in files.items() if "-journal.seen" in file.name]
    assert _found(words, journal)
