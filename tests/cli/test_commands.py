"""Commands: exit status, one JSON document, sentences on standard error, and nothing touched."""

import json
import os
import shutil
import sqlite3
import sys

import pytest

from app import cli
from app.cli import parser
from app.cli.output import Outcome, pairs, table, words, written
from app.services import registers
from app.storage import schema
from app.storage.register import Register
from tests import builders

YEAR = ("--from", "2025-11-04", "--to", "2026-11-03")
BLAME = ("invalid", "failed", "error", "exception", "traceback")


def _refused(said, *parts):
    """Look that a command was refused with one plain sentence, and said nothing else."""
    assert said.status == 1, said.err
    assert said.out == ""
    assert said.err.endswith(".\n")
    assert said.err.count("\n") <= 2
    assert not [word for word in BLAME if word in said.err.lower()], said.err
    for part in parts:
        assert part in said.err


# --- new, info, check ---------------------------------------------------------------------------


def test_new_register_is_made_and_described(say, tmp_path):
    path = tmp_path / "tea.hallbook"
    made = say("new", path, "--name", "Tea Club", "--json")
    assert (made.status, made.err) == (0, "")
    assert made.json == {"register": str(path), "schema_version": schema.newest()}
    told = say("info", path, "--json")
    assert told.json["name"] == "Tea Club"
    assert set(told.json) == {
        "name", "schema_version", "encrypted", "counts", "first_session", "last_session",
    }  # fmt: skip
    assert told.json["counts"]["people"] == 0
    assert (told.json["encrypted"], told.json["first_session"]) == (False, None)


@pytest.mark.parametrize("command", [("new",), ("example",)])
def test_new_register_gets_the_ending_of_books_and_says_where_it_is(say, tmp_path, command):
    named = ("--name", "Tea Club") if command == ("new",) else ()
    made = tmp_path / "tea.hallbook"
    said = say(*command, tmp_path / "tea", *named)
    assert said.out.startswith(f"Made {made}")
    assert say("info", made, "--json").status == 0
    _refused(say(*command, tmp_path / "tea", *named), "tea.hallbook")


def test_new_register_is_said_in_words_without_json(say, tmp_path):
    said = say("new", tmp_path / "tea.hallbook", "--name", "Tea Club")
    assert said.out == f"Made {tmp_path / 'tea.hallbook'} for Tea Club.\n"


def test_info_in_words_has_a_line_a_fact(say, small_example):
    said = say("info", small_example)
    lines = dict(line.strip().split(": ", 1) for line in said.out.splitlines() if ": " in line)
    assert lines["Name"] == "Tuesday Movers"
    assert int(lines["Attendances"]) > 1000


def test_json_stands_before_or_after_the_command(say, register_file):
    assert say("--json", "info", register_file).json == say("info", register_file, "--json").json
    assert say("info", "--json", register_file).json["name"] == "Tea Club"


@pytest.mark.parametrize("name", ["", "   ", "x" * 300])
def test_register_without_a_fit_name_is_not_made(say, tmp_path, name):
    _refused(say("new", tmp_path / "tea.hallbook", "--name", name))
    assert not (tmp_path / "tea.hallbook").exists()


def test_name_in_another_encoding_is_taken(say, tmp_path):
    name = os.fsdecode(b"Caf\xe9 Club")
    assert say("new", tmp_path / "tea.hallbook", "--name", name).status == 0
    assert say("info", tmp_path / "tea.hallbook", "--json").json["name"].startswith("Caf")


def test_new_never_writes_over_anything(say, register_file):
    before = builders.fingerprint(register_file)
    _refused(say("new", register_file, "--name", "Other"), "already a file", "tea.hallbook")
    assert builders.fingerprint(register_file) == before
    _refused(say("new", register_file.parent, "--name", "Other"), "already a file or folder")
    _refused(say("new", "", "--name", "Other"))


def test_new_needs_its_folder(say, tmp_path):
    _refused(say("new", tmp_path / "no" / "tea.hallbook", "--name", "Tea"), "Check that the folder")


def test_check_of_a_sound_register(say, small_example):
    said = say("check", small_example, "--json")
    assert (said.status, said.json) == (0, {"ok": True, "findings": []})
    assert say("check", small_example).out == "movers.hallbook is sound.\n"


def test_check_finds_what_is_broken_and_says_so_in_json_too(say, small_example):
    with Register.open(small_example) as register, register.all_or_nothing():
        register.execute(
            "UPDATE session SET session_on = '1026-01-01' WHERE id = (SELECT max(id) FROM session)"
        )
    before = builders.fingerprint(small_example)
    said = say("check", small_example, "--json")
    assert said.status == 1
    assert said.json["ok"] is False
    assert "reach" in said.json["findings"][0]
    assert "to look at" in said.err
    assert builders.fingerprint(small_example) == before


def test_check_of_a_torn_register_lists_what_is_torn(say, small_example):
    with Register.open(small_example, write=False) as register:
        page = register.value("SELECT rootpage FROM sqlite_master WHERE name = 'attendance'")
    data = bytearray(small_example.read_bytes())
    for place in range((page - 1) * 4096, page * 4096):
        data[place] ^= 0xA5
    small_example.write_bytes(data)
    said = say("check", small_example, "--json")
    assert said.status == 1
    assert said.json["ok"] is False
    assert said.json["findings"]


# --- files that are no register -----------------------------------------------------------------


def _make(kind, folder):
    """Put a file that is no fit register into a folder; return its path."""
    path = folder / "odd.hallbook"
    if kind == "empty":
        path.touch()
    elif kind == "text":
        path.write_text("Milk, sugar, biscuits\n")
    elif kind == "folder":
        path.mkdir()
    elif kind == "zip":
        path.write_bytes(b"PK\x03\x04" + bytes(1020))
    elif kind == "noise":
        path.write_bytes(os.urandom(8192))
    elif kind == "foreign":
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE person (id INTEGER)")
        other.close()
    elif kind == "half":
        registers.create(path, "Tea").close()
        path.write_bytes(path.read_bytes()[:8192])
    return path


KINDS = ["missing", "empty", "text", "folder", "zip", "noise", "foreign", "half"]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "folder").mkdir()
    return tmp_path / "folder"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "command",
    [
        ("info",), ("check",), ("figures", *YEAR), ("export", "everything"), ("imports",),
        ("undo-import", "5"), ("return", "attendance-record", *YEAR), ("import", "people"),
    ],
    ids=lambda command: command[0],
)  # fmt: skip
def test_what_is_no_register_is_refused_by_every_command(say, folder, kind, command):
    path = _make(kind, folder)
    before = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    out = folder.parent / "out.pdf"
    (folder.parent / "list.csv").write_text("Name\nMaryam Begum\n")
    arguments = {
        "export": ("export", "everything", path, "--out", out),
        "return": ("return", "attendance-record", path, *YEAR, "--out", out),
        "import": ("import", "people", folder.parent / "list.csv", "--into", path),
    }.get(command[0], (command[0], path, *command[1:]))
    for extra in ((), ("--json",)):
        _refused(say(*arguments, *extra), "odd.hallbook")
    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir()} == before
    assert not out.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_register_is_refused_with_a_password_too(say, folder, kind, monkeypatch):
    monkeypatch.setenv("HALLBOOK_PASSWORD", "marigold")
    _refused(say("info", _make(kind, folder)), "odd.hallbook")


def test_register_of_a_newer_program_is_refused(say, register_file):
    with sqlite3.connect(register_file) as newer:
        newer.execute("INSERT INTO _sqlite_migrations VALUES (9, 'hallbook', 'm0099_x', 'x')")
    newer.close()
    _refused(say("info", register_file), "newer Hallbook")


def test_register_that_is_open_elsewhere_can_be_read_but_not_written(say, small_example, tmp_path):
    (tmp_path / "list.csv").write_text("Name\nMaryam Begum\n")
    with Register.open(small_example):
        _refused(
            say("import", "people", tmp_path / "list.csv", "--into", small_example), "already open"
        )
        assert say("info", small_example).status == 0
        assert say("figures", small_example, *YEAR).status == 0


# --- read-only commands -------------------------------------------------------------------------


def test_commands_that_read_leave_the_file_as_it_is(say, small_example, tmp_path):
    before = builders.fingerprint(small_example), small_example.stat().st_mtime_ns
    names = {file.name for file in tmp_path.iterdir()}
    for arguments in (
        ("info", small_example),
        ("check", small_example),
        ("figures", small_example, *YEAR),
        ("figures", small_example, *YEAR, "--by", "sex", "--only", "people"),
        ("figures", small_example, *YEAR, "--rows", "people"),
        ("export", "everything", small_example, "--out", tmp_path / "out"),
        ("imports", small_example),
    ):
        for extra in ((), ("--json",)):
            if arguments[0] == "export":
                shutil.rmtree(tmp_path / "out", ignore_errors=True)
            said = say(*arguments, *extra)
            assert said.status == 0, said.err
            if extra:
                assert said.json is not None
            else:
                assert said.out.strip() or arguments[0] == "imports"
    after = builders.fingerprint(small_example), small_example.stat().st_mtime_ns
    assert after == before
    assert {file.name for file in tmp_path.iterdir()} == names | {"out"}


def test_register_on_a_protected_stick_is_read(say, small_example, stick, tmp_path):
    there = shutil.copy(small_example, stick.path)
    stick.protect()
    for arguments in (
        ("info", there), ("check", there), ("figures", there, *YEAR),
        ("export", "everything", there, "--out", tmp_path / "out"),
    ):  # fmt: skip
        assert say(*arguments).status == 0
    (tmp_path / "list.csv").write_text("Name\nMaryam Begum\n")
    _refused(say("import", "people", tmp_path / "list.csv", "--into", there), "not changed")


# --- exports ------------------------------------------------------------------------------------


def test_export_says_what_it_wrote(say, small_example, tmp_path):
    said = say("export", "everything", small_example, "--out", tmp_path / "out", "--json")
    assert said.json["people.csv"] > 80
    assert (tmp_path / "out" / "datapackage.json").exists()
    _refused(
        say("export", "everything", small_example, "--out", tmp_path / "out"), "not an empty folder"
    )
    _refused(say("export", "everything", small_example, "--out", small_example))


# --- figures and returns ------------------------------------------------------------------------


def test_figures_of_all_of_time_and_of_one_day(say, small_example):
    always = say("figures", small_example, "--from", "0001-01-01", "--to", "9999-12-31", "--json")
    assert always.status == 0
    assert always.json["figures"]["people"]["value"] > 0
    day = say("figures", small_example, "--from", "1950-01-01", "--to", "1950-01-01", "--json")
    assert day.json["figures"]["people"]["value"] == 0
    assert day.json["figures"]["average_attendance"]["value"] is None


def test_period_that_ends_before_it_starts_is_refused(say, small_example):
    said = say("figures", small_example, "--from", "2026-02-02", "--to", "2026-02-01")
    _refused(said, "2 February 2026")


@pytest.mark.parametrize(
    "extra",
    [("--only", "nonsense"), ("--by", "nonsense"), ("--rows", "nonsense"), ("--activity", "Nonsense"),
     ("--bands", "nonsense"), ("--only", ""), ("--only", ","), ("--by", "")],
)  # fmt: skip
def test_figures_asked_for_by_a_name_that_is_none_are_refused(say, small_example, extra):
    said = say("figures", small_example, *YEAR, *extra)
    assert said.status in {0, 1}
    if extra[1].strip(","):
        _refused(said, extra[1])


@pytest.mark.parametrize("moment", ["9" * 30, "-1", "soon", "", "0"])
def test_moment_of_printing_that_is_none_is_no_hindrance(
    say, small_example, tmp_path, monkeypatch, moment
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
    out = tmp_path / "record.pdf"
    assert say("return", "attendance-record", small_example, *YEAR, "--out", out).status == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_figures_in_words_are_not_cut_off(say, small_example):
    said = say("figures", small_example, *YEAR)
    shown = {line.split()[0]: line.split()[1] for line in said.out.splitlines() if line.strip()}
    exact = say("figures", small_example, *YEAR, "--json").json["figures"]
    for name in ("people", "contact_hours", "volunteer_hours", "average_attendance"):
        assert float(shown[name]) == pytest.approx(exact[name]["value"], abs=1e-4)


def test_returns_are_listed(say):
    assert {one["id"] for one in say("returns", "--json").json} >= {"attendance-record"}
    assert "attendance-record" in say("returns").out


# --- passwords ----------------------------------------------------------------------------------


@pytest.fixture
def locked_up(say, tmp_path, monkeypatch):
    """A register with a password, made by the command line."""
    monkeypatch.setenv("HALLBOOK_NEW_PASSWORD", "mari gold")
    path = tmp_path / "locked.hallbook"
    assert say("new", path, "--name", "Tea Club").status == 0
    monkeypatch.delenv("HALLBOOK_NEW_PASSWORD")
    return path


def test_new_password_comes_from_the_environment(say, locked_up, monkeypatch):
    assert not locked_up.read_bytes().startswith(b"SQLite")
    _refused(say("info", locked_up), "needs its password")
    monkeypatch.setenv("HALLBOOK_PASSWORD", "tulip")
    before = builders.fingerprint(locked_up)
    _refused(say("info", locked_up), "password is not right")
    assert builders.fingerprint(locked_up) == before
    monkeypatch.setenv("HALLBOOK_PASSWORD", "mari gold")
    assert say("info", locked_up, "--json").json["encrypted"] is True
    assert say("check", locked_up).status == 0


def test_password_for_a_register_without_one_is_left_aside(say, register_file, monkeypatch):
    monkeypatch.setenv("HALLBOOK_PASSWORD", "marigold")
    assert say("info", register_file, "--json").json["encrypted"] is False
    assert say("check", register_file).status == 0


def test_password_in_another_encoding_is_a_password(say, tmp_path, monkeypatch):
    monkeypatch.setenv("HALLBOOK_NEW_PASSWORD", os.fsdecode(b"caf\xe9"))
    assert say("new", tmp_path / "a.hallbook", "--name", "Tea").status == 0
    monkeypatch.setenv("HALLBOOK_PASSWORD", os.fsdecode(b"caf\xe9"))
    assert say("info", tmp_path / "a.hallbook").status == 0


# --- wrong usage --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["bogus"], "“bogus”"),
        (["--json"], "COMMAND"),
        (["new"], "Still needed: REGISTER, --name"),
        (["new", "x.hallbook"], "Still needed: --name"),
        (["new", "x.hallbook", "--name"], "--name needs a value"),
        (["info"], "Still needed: REGISTER"),
        (["info", "a", "b"], "Not known here: b"),
        (["info", "a", "--jso"], "Not known here: --jso"),
        (["info", "a", "--password", "secret"], "Not known here: --password"),
        (["figures", "a"], "Still needed: --from, --to"),
        (["figures", "a", "--from", "3/7/2026", "--to", "2026-01-01"], "“3/7/2026” is not a date"),
        (["figures", "a", "--from", "20260101", "--to", "2026-01-01"], "“20260101” is not a date"),
        (["figures", "a", "--from", "2026-W10-1", "--to", "2026-01-01"], "is not a date"),
        (["figures", "a", "--from", "2026-02-30", "--to", "2026-01-01"], "is not a date"),
        (["example", "a", "--size", "big"], "--size cannot be “big”. Choose one of: small"),
        (["example", "a", "--seed", "many"], "“many” is not a whole number"),
        (["undo-import", "a", "9" * 30], "is not a whole number"),
        (["import", "people", "a", "--into", "b", "--year", "26"], "“26” is not a year"),
        (["import", "cats", "a", "--into", "b"], "cannot be “cats”"),
        (["export", "xlsb", "a", "--out", "b"], "cannot be “xlsb”"),
        (["return"], "Still needed"),
    ],
)
def test_wrong_usage_is_told_in_plain_words_with_status_2(say, arguments, part):
    said = say(*arguments)
    assert said.status == 2
    assert said.out == ""
    assert part in said.err
    assert "usage: hallbook" in said.err
    assert not [word for word in BLAME if word in said.err.lower()]


def test_version_and_help_are_told(say):
    assert say("--version").out.startswith("Hallbook ")
    told = say("--help").out
    assert all(name in told for name in parser.COMMANDS)
    for name, command in parser.COMMANDS.items():
        assert command.title in " ".join(say(name, "--help").out.split())


@pytest.mark.parametrize("name", parser.COMMANDS)
def test_every_command_leads_to_a_function(name):
    import importlib

    module, _, function = parser.COMMANDS[name].place.partition(":")
    assert callable(getattr(importlib.import_module(f"app.cli.{module}"), function))


# --- faults of our own, and of the terminal -----------------------------------------------------


@pytest.fixture
def fault(monkeypatch):
    """Make `info` meet a fault of the program that holds somebody's name."""

    def meet(error):
        def stumble(_):
            raise error

        monkeypatch.setattr(parser.Command, "run", lambda *_: stumble(None))

    return meet


def test_fault_of_the_program_is_told_without_a_traceback_and_noted_without_names(
    say, fault, tmp_path, monkeypatch
):
    monkeypatch.setenv("HALLBOOK_HOME", str(tmp_path / "own"))
    fault(RuntimeError("Maryam Begum 07700 900123"))
    said = say("info", "a.hallbook", "--json")
    assert (said.status, said.out) == (1, "")
    assert "a fault in the program" in said.err
    assert "Nothing was half saved" in said.err
    assert "Maryam" not in said.err
    log = tmp_path / "own" / "logs" / "hallbook.log"
    assert str(log) in said.err
    noted = log.read_text("utf-8")
    assert "the command line stopped" in noted
    assert "RuntimeError" in noted
    assert "stumble" in noted
    assert "Maryam" not in noted


def test_fault_is_told_even_where_no_log_can_be_written(say, fault, tmp_path, monkeypatch):
    (tmp_path / "own").write_text("a file where the folder should be")
    monkeypatch.setenv("HALLBOOK_HOME", str(tmp_path / "own"))
    fault(KeyError("x"))
    said = say("info", "a.hallbook")
    assert said.status == 1
    assert "a fault in the program" in said.err


@pytest.mark.parametrize(
    ("error", "part"), [(KeyboardInterrupt(), "Stopped"), (MemoryError(), "too little memory")]
)
def test_being_stopped_and_having_no_memory_are_told(say, fault, error, part):
    fault(error)
    said = say("info", "a.hallbook")
    assert said.status == 1
    assert part in said.err


def test_answer_that_is_no_json_is_a_fault_and_never_half_written(say, monkeypatch, tmp_path):
    monkeypatch.setenv("HALLBOOK_HOME", str(tmp_path / "own"))
    outcome = Outcome(document={"a": 1, "value": float("nan")})
    monkeypatch.setattr(parser.Command, "run", lambda *_: outcome)
    said = say("info", "a.hallbook", "--json")
    assert (said.status, said.out) == (1, "")
    assert "a fault in the program" in said.err


def test_window_is_for_a_register_or_nothing_but_not_for_a_slip(register_file, tmp_path):
    assert not cli.is_command([])
    assert not cli.is_command([str(register_file)])
    assert not cli.is_command(["gone.hallbook"])
    assert not cli.is_command([str(tmp_path)])
    for arguments in (["ifno"], ["info"], ["--version"], ["info", "a.hallbook"], ["-x"]):
        assert cli.is_command(arguments)


# --- words --------------------------------------------------------------------------------------


def test_outcome_is_one_document_or_lines():
    outcome = Outcome(document={"name": "ਕੌਰ"}, lines=("one", "two"))
    assert written(outcome, as_json=False) == "one\ntwo\n"
    assert json.loads(written(outcome, as_json=True)) == {"name": "ਕੌਰ"}
    assert "ਕੌਰ" not in repr(outcome)


def test_pairs_and_tables_for_people():
    assert pairs({"first_session": None, "counts": {"people": 3}, "rows": [1, 2]}) == (
        "First session: none", "Counts:", "  People: 3", "Rows: 2",
    )  # fmt: skip
    assert table(("figure", "value"), [("people", 12), ("x", None)]) == (
        "figure  value", "people  12", "x",
    )  # fmt: skip
    assert words("is_open") == "Is open"


def test_program_speaks_utf8_whatever_the_terminal(monkeypatch):
    told = []
    monkeypatch.setattr(sys.stdout, "reconfigure", lambda **k: told.append(k), raising=False)
    with pytest.raises(SystemExit):
        cli.run(["--version"])
    assert told == [{"encoding": "utf-8", "errors": "backslashreplace"}]


def test_a_grant_that_is_not_there_is_refused_and_those_there_are_listed(say, small_example):
    said = say("figures", small_example, *YEAR, "--grant", "NOPE-1")
    _refused(said, "There is no grant with the reference NOPE-1", "AFA-1041", "TC-1058")


def test_money_is_counted_in_info_and_by_its_own_ways(say, small_example):
    counts = say("info", small_example, "--json").json["counts"]
    assert abs(counts["money_lines"] - 300) <= 9
    assert counts["grants"] == 7
    by_fund = say("figures", small_example, *YEAR, "--by", "fund", "--json").json["figures"]
    spent = by_fund["payments_pence"]
    assert sum(part["value"] for part in spent["parts"]) == spent["value"] > 0
    assert "parts" not in by_fund["people"]
    of_one = say("figures", small_example, *YEAR, "--grant", "afa-1041", "--json").json["figures"]
    assert 0 < of_one["grant_awarded_pence"]["value"] < by_fund["grant_awarded_pence"]["value"]
    assert of_one["receipts_pence"]["value"] == by_fund["receipts_pence"]["value"]


@pytest.mark.parametrize(
    ("kind", "name", "count"),
    [("xlsx", "all.xlsx", "people"), ("360giving", "grants.json", "grants"),
     ("openreferral", "services.json", "services")],
)  # fmt: skip
def test_the_book_is_exported_in_open_formats(say, small_example, tmp_path, kind, name, count):
    said = say("export", kind, small_example, "--out", tmp_path / name, "--json")
    assert said.status == 0
    assert said.json[count] > 0
    assert (tmp_path / name).stat().st_size > 500
