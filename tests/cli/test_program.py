"""The program in a process of its own, as a terminal or a script starts it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.parser import COMMANDS

ROOT = Path(__file__).parents[2]
YEAR = ("--from", "2025-11-04", "--to", "2026-11-03")


def _run(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "app", *map(str, arguments)],
        cwd=ROOT, capture_output=True, timeout=120, check=False, **options,
    )  # fmt: skip


def _document(*arguments):
    done = _run(*arguments, "--json")
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_every_command_once_from_a_spreadsheet_to_the_paper(tmp_path, monkeypatch):
    """One evening's work by commands alone; the set at the end looks that none was left out."""
    book, copy = tmp_path / "art.hallbook", tmp_path / "pretend.hallbook"
    people = tmp_path / "people.csv"
    people.write_text("First name,Surname\nMaryam,Begum\nŁukasz,Wójcik\n", "utf-8")
    used = []

    def run(name, *arguments):
        used.append(name)
        return _document(name, *arguments)

    assert run("new", book, "--name", "Art Group")["register"] == str(book)
    report = run("import", "people", people, "--into", book)
    assert report["added"] == 2
    assert [one["import_id"] for one in run("imports", book)] == [report["import_id"]]
    assert run("info", book)["counts"]["people"] == 2
    run("undo-import", book, report["import_id"])
    assert run("info", book)["counts"]["people"] == 0
    run("example", copy, "--ending", "2026-11-03")
    assert run("figures", copy, *YEAR)["figures"]["people"]["value"] > 50
    assert run("check", copy)["ok"] is True
    assert any(one["id"] == "attendance-record" for one in run("returns"))
    filled = run("return", "attendance-record", copy, *YEAR, "--out", tmp_path / "record.pdf")
    assert filled["pages"] >= 1
    assert (tmp_path / "record.pdf").read_bytes().startswith(b"%PDF")
    assert run("export", "everything", copy, "--out", tmp_path / "out")["people.csv"] > 50
    made = run("backup", copy, "--to", tmp_path)["file"]
    assert run("restore", made, "--to", book)["counts"]["people"] > 50
    monkeypatch.setenv("HALLBOOK_NEW_PASSWORD", "kettle ladder orange")
    assert run("password", book, "set")["encrypted"] is True
    monkeypatch.setenv("HALLBOOK_PASSWORD", "kettle ladder orange")
    assert run("recovery-sheet", book, "--out", tmp_path / "sheet.pdf")["pages"] == 1
    somebody = run("figures", copy, *YEAR, "--rows", "people")["rows"][0]["person_id"]
    monkeypatch.setenv("HALLBOOK_HOME", str(tmp_path / "home"))
    assert run("anonymise", copy, "--person", somebody)["person_id"] == somebody
    assert run("retention", copy) == []
    used.append("selftest")  # it has a test of its own, in test_selftest.py
    assert set(used) == set(COMMANDS)


def test_installed_program_is_the_same_program(register_file):
    program = Path(sys.executable).with_name("hallbook")
    if not program.exists():
        program = program.with_suffix(".exe")
    if not program.exists():
        pytest.skip("the program is not installed beside this Python")
    done = subprocess.run(
        [program, "info", register_file, "--json"], capture_output=True, check=True
    )
    assert json.loads(done.stdout) == _document("info", register_file)


def test_pretend_group_is_the_same_bytes_for_the_same_seed(tmp_path):
    for name in ("a", "b"):
        _document("example", tmp_path / f"{name}.hallbook", "--seed", "3", "--ending", "2026-01-31")
    a, b = ((tmp_path / f"{name}.hallbook").read_bytes() for name in ("a", "b"))
    assert a == b


@pytest.mark.skipif(os.name != "posix", reason="needs a pipe that can be closed early")
def test_reader_that_goes_away_is_no_fault(register_file):
    reading, writing = os.pipe()
    os.close(reading)
    with subprocess.Popen(
        [sys.executable, "-m", "app", "info", str(register_file), "--json"],
        cwd=ROOT, stdout=writing, stderr=subprocess.PIPE,
    ) as program:  # fmt: skip
        os.close(writing)
        _, err = program.communicate(timeout=60)
    assert (program.returncode, err) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_answer_that_finds_no_room_is_told(register_file):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "app", "info", str(register_file)],
            cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert b"could not be written out" in done.stderr
    assert b"Traceback" not in done.stderr


def test_nobody_is_asked_for_a_password_where_nobody_sits(tmp_path):
    path = tmp_path / "a.hallbook"
    made = _run(
        "new", path, "--name", "Tea", env={**os.environ, "HALLBOOK_NEW_PASSWORD": "marigold"}
    )
    assert made.returncode == 0
    done = _run("info", path, stdin=subprocess.DEVNULL)
    assert done.returncode == 1
    assert b"needs its password" in done.stderr


def test_terminal_without_utf8_is_no_hindrance(tmp_path):
    path = tmp_path / "a.hallbook"
    env = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    assert _run("new", path, "--name", "ਕੌਰ ☃", env=env).returncode == 0
    done = _run("info", path, "--json", env=env)
    assert json.loads(done.stdout)["name"] == "ਕੌਰ ☃"


HEAVY = {
    "sqlite_utils", "dateutil", "holidays", "rapidfuzz", "psutil", "anyascii", "PySide6", "reportlab",
    "python_calamine", "pypdfium2", "uharfbuzz", "bidi", "charset_normalizer", "xlsxwriter", "logging",
    "phonenumberslite", "phonenumbers", "tomli_w", "secrets", "multiprocessing", "asyncio", "csv",
}  # fmt: skip


def _imported_by(*arguments):
    code = (
        "import sys\nfrom app.cli import run\nstatus = run(sys.argv[1:])\n"
        "print(*sorted({m.partition('.')[0] for m in sys.modules}), file=sys.stderr)\nsys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(done.stderr.split())


def test_info_imports_nothing_heavy(register_file):
    assert _imported_by("info", register_file) & HEAVY == set()


def test_figures_import_no_spreadsheets_windows_or_paper(small_example):
    heavy = HEAVY - {"anyascii", "csv", "logging"}
    assert _imported_by("figures", small_example, *YEAR, "--only", "people") & heavy == set()
