"""The commands import, imports and undo-import, as a user runs them."""

import csv
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.importers import evil

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "data" / "importers"


@pytest.fixture
def hallbook(tmp_path):
    """Run a command; give (exit status, document or text, standard error)."""

    def run(*arguments, as_json=True):
        command = [sys.executable, "-m", "app", *map(str, arguments)]
        if as_json:
            command.append("--json")
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
        )
        assert "Traceback" not in done.stderr
        out = json.loads(done.stdout) if as_json and done.stdout else done.stdout
        return done.returncode, out, done.stderr

    return run


@pytest.fixture
def book(hallbook, tmp_path):
    path = tmp_path / "art.hallbook"
    assert hallbook("new", path, "--name", "Art Group")[0] == 0
    return path


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_attendance_goes_in_is_listed_and_comes_out(hallbook, book):
    path = SAMPLES / "attendance" / "months_over_days.xlsx"
    status, report, _ = hallbook("import", "attendance", path, "--into", book)
    assert status == 0
    assert {k: report[k] for k in ("people", "sessions", "attendances", "marks", "first_date")} == {
        "people": 5, "sessions": 10, "attendances": 15, "marks": 20, "first_date": "2024-09-05",
    }  # fmt: skip
    assert report["columns"]["First name"]["taken_as"] == "given_name"
    assert report["columns"]["Total"]["by"] == "Hallbook counts this itself"
    status, runs, _ = hallbook("imports", book)
    assert [(run["import_id"], run["kind"], run["removed_at"]) for run in runs] == [
        (report["import_id"], "attendance", None)
    ]
    assert hallbook("undo-import", book, report["import_id"])[0] == 0
    assert hallbook("info", book)[1]["counts"]["people"] == 0
    assert hallbook("check", book)[0] == 0


def test_dry_run_leaves_the_very_bytes(hallbook, book):
    before = digest(book)
    path = SAMPLES / "people" / "two_row_header.xlsx"
    status, report, _ = hallbook("import", "people", path, "--into", book, "--dry-run")
    assert (status, report["added"], report["import_id"]) == (0, 3, None)
    assert digest(book) == before


@pytest.mark.parametrize(
    ("name", "words", "answer"),
    [
        ("dates_that_can_be_both.csv", "--dates dmy", ("--dates", "dmy")),
        ("no_year_at_all.csv", "--year", ("--year", "2024")),
    ],
)
def test_open_question_is_refused_with_the_question_until_it_is_answered(
    name, words, answer, hallbook, book
):
    before = digest(book)
    path = SAMPLES / "attendance" / name
    status, _, said = hallbook("import", "attendance", path, "--into", book)
    assert status == 1
    assert words in said
    assert digest(book) == before
    assert hallbook("import", "attendance", path, "--into", book, *answer)[0] == 0


def test_problems_name_row_column_and_value(hallbook, book):
    path = SAMPLES / "attendance" / "long_list.csv"
    report = hallbook("import", "attendance", path, "--into", book)[1]
    found = {(p["row"], p["column"], p["value"]) for p in report["problems"]}
    assert {(9, "A", "31/09/2024"), (10, "A", "3/9/1026"), (11, "D", "zz")} <= found
    assert all(p["message"].endswith(".") for p in report["problems"])


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("locked.xlsx", evil.locked_xlsx), ("claims.xlsx", evil.claims_a_thousand_million),
        ("bomb.xlsx", evil.unpacks_to_gigabytes), ("cut.xlsx", evil.truncated),
        ("panic.xlsx", evil.nonsense_xml), ("repeats.ods", evil.ods_of_repeats),
        ("words.xlsx", lambda path: path.write_text("Name,DOB\nAnn,1950\n") and path),
        ("none.csv", lambda path: path),
    ],
)  # fmt: skip
def test_bad_file_is_one_sentence_and_the_register_is_untouched(
    name, write, hallbook, book, tmp_path
):
    before = digest(book)
    path = write(tmp_path / name)
    status, out, said = hallbook("import", "people", path, "--into", book)
    assert (status, out) == (1, "")
    assert name in said
    assert len(said.strip().splitlines()) == 1
    assert digest(book) == before


def test_a_person_reads_what_was_done(hallbook, book):
    path = SAMPLES / "people" / "titles_and_totals.csv"
    status, text, _ = hallbook("import", "people", path, "--into", book, as_json=False)
    assert status == 0
    assert "4 new people" in text
    assert "The leading 0 was put back on 2 telephone numbers." in text
    assert "row 9, column C: Somebody born on 2 May 2031" in text
    assert "Not understood, and left blank: “White” (Ethnicity, 1)" in text


def test_an_import_that_is_not_there_cannot_be_taken_out(hallbook, book):
    status, _, said = hallbook("undo-import", book, "42")
    assert status == 1
    assert "There is no import 42" in said


def test_referrals_go_in_once_are_listed_and_come_out(hallbook, book):
    path = SAMPLES / "referrals" / "platform_export.csv"
    before = digest(book)
    status, report, _ = hallbook("import", "referrals", path, "--into", book, "--dry-run")
    assert (status, report["added"], report["import_id"]) == (0, 9, None)
    assert digest(book) == before
    status, report, _ = hallbook("import", "referrals", path, "--into", book)
    wanted = {"rows": 11, "added": 9, "matched": 0, "skipped": 2, "people": 9, "referrals": 9,
              "referrers": 3, "workers": 2, "first_date": "2026-03-03", "last_date": "2026-04-01"}  # fmt: skip
    assert {name: report[name] for name in wanted} == wanted
    assert report["columns"]["Referral date"]["taken_as"] == "received_on"
    again = hallbook("import", "referrals", path, "--into", book)[1]
    assert (again["added"], again["people"]) == (0, 0)
    runs = hallbook("imports", book)[1]
    assert [(r["kind"], r["referrals"], r["referrers"]) for r in runs] == [
        ("referrals", 9, 3), ("referrals", 0, 0),
    ]  # fmt: skip
    out = hallbook("undo-import", book, report["import_id"])[1]
    assert (out["referrals"], out["referrers"], out["workers"], out["people"]) == (9, 3, 2, 9)
    assert hallbook("check", book)[0] == 0


@pytest.mark.parametrize(
    ("headers", "cells", "worker"),
    [
        ("Referred by,Organisation,Worker", "GP,Park Surgery,Kay Poll", "Kay Poll"),
        ("Organisation,Referred by", "Park Surgery,GP", None),
        ("Referred by,Organisation,Source", "Kay Poll,Park Surgery,GP", "Kay Poll"),
    ],
)
def test_who_sent_them_is_kept_whatever_stands_beside_it(
    hallbook, book, tmp_path, headers, cells, worker
):
    path, out = tmp_path / "list.csv", tmp_path / "out"
    path.write_text(f"Date received,First name,{headers}\n13/3/2026,Osk,{cells}\n", "utf-8")
    assert hallbook("import", "referrals", path, "--into", book)[0] == 0
    assert hallbook("export", "everything", book, "--out", out)[0] == 0
    one, names = rows(out / "referrals.csv")[0], rows(out / "referrer_worker.csv")
    assert (one["source_type"], one["source_organisation"]) == ("gp_practice", "Park Surgery")
    assert [row["name"] for row in names] == ([worker] if worker else [])


def test_a_list_without_days_of_referral_is_refused_and_nothing_changed(hallbook, book, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("Name,Phone\nAda Birch,01525 123456\n", encoding="utf-8")
    before = digest(book)
    status, _, said = hallbook("import", "referrals", path, "--into", book)
    assert status == 1
    assert "No list of referrals was found in people.csv" in said
    assert digest(book) == before


def test_what_a_referrals_words_mean_can_stand_in_a_mapping_file(hallbook, book, tmp_path):
    path, mapping = tmp_path / "list.csv", tmp_path / "said.toml"
    path.write_text("Who,When,Stands,Stands since\nAda Birch,13/3/2026,Zonk,20/3/2026\n", "utf-8")
    mapping.write_text(
        '[columns]\nWho = "full_name"\nWhen = "received_on"\nStands = "referral_state"\n'
        '"Stands since" = "state_on"\n[values.referral_state]\nZonk = "On the waiting list"\n',
        "utf-8",
    )
    status, report, _ = hallbook("import", "referrals", path, "--into", book, "--mapping", mapping)
    assert (status, report["referrals"], report["problems"]) == (0, 1, [])


def test_copy_is_made_before_an_import_and_trouble_with_it_stands_in_nobodys_way(
    hallbook, book, tmp_path, monkeypatch
):
    home = tmp_path / "home"
    monkeypatch.setenv("HALLBOOK_HOME", str(home))
    path = SAMPLES / "attendance" / "months_over_days.xlsx"
    status, report, said = hallbook("import", "attendance", path, "--into", book)
    assert (status, report["people"], said) == (0, 5, "")
    (copy,) = (home / "backups" / "art").glob("*.hallbook")
    assert hallbook("info", copy)[1]["counts"]["people"] == 0, "as it was before"
    monkeypatch.setenv("HALLBOOK_HOME", str(book))  # a file where the folder should be
    status, report, said = hallbook("import", "attendance", path, "--into", book)
    assert (status, report["people_matched"]) == (0, 5)
    assert "No copy was made before this" in said
