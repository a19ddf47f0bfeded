"""The open export: every row, every column described, safe to open, of one moment, whole or not."""

import csv
import hashlib
import json

import pytest

from app.domain.activities import ActivityDraft
from app.domain.errors import DiskFull, ReadOnly, Refused
from app.domain.periods import Period
from app.services import activities, attendance, exports, people, registers
from app.storage.exports import NAMED_FILES, other_files
from app.storage.register import Register
from tests import builders
from tests.builders import TODAY
from tests.disks import stick

__all__ = ["stick"]

PROMISED = {
    "people.csv": "person_id given_name family_name known_as date_of_birth birth_year sex ethnicity disability"
    " carer postcode area joined_on left_on in_bin merged_into",
    "activities.csv": "activity_id name capacity",
    "sessions.csv": "session_id activity_id date starts_at ends_at state cancelled_reason guests in_bin",
    "attendance.csv": "session_id person_id mark role",
    "volunteer_hours.csv": "person_id date hours",
    "referrals.csv": "referral_id person_id activity_id received_on answered_on state"
    " not_accepted_reason source_type source_organisation reasons paid in_bin",
    "accounts.csv": "account kind opening_balance_pence opened_on",
    "money.csv": "line_id entry_id date account fund fund_kind heading grant_ref kind is_asset"
    " amount_pence payee description in_bin",
    "grants.csv": "grant_ref funder fund awarded_pence awarded_on starts_on ends_on report_due_on",
    "budget.csv": "grant_ref heading budget_pence",
}
"""What cli.md promises to other programs, in this order."""


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


def _read(folder, name):
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_files_have_the_columns_that_were_promised_first(register, out):
    exports.export_everything(register, out)
    for name, columns in PROMISED.items():
        with (out / name).open(encoding="utf-8", newline="") as file:
            heads = next(csv.reader(file))
        assert heads[: len(columns.split())] == columns.split()


def test_every_table_and_column_of_the_book_is_in_the_export(register):
    exported = {}
    for file in (*NAMED_FILES, *other_files(register)):
        table = file.source.split()[1].strip('"')
        exported[table] = " ".join(column.sql for column in file.columns)
    in_files = {"attachment_content", "issued_content"}  # bytes, which no table of text holds
    for table in {*builders.dump(register), "journal", "money_journal"} - in_files:
        for row in register.rows(f'PRAGMA table_info("{table}")'):
            if row["name"] not in {"sort_key", "search_text"}:
                assert row["name"] in exported[table], f"{table}.{row['name']}"


def test_counts_are_those_of_the_rows(small_example, out):
    with registers.open_register(small_example, write=False) as register:
        counts = exports.export_everything(register, out)
        assert counts["people.csv"] == register.value("SELECT count(*) FROM person")
        assert counts["attendance.csv"] == register.value("SELECT count(*) FROM attendance")
    for name, count in counts.items():
        assert len(_read(out, name)) == count
    assert {file.name for file in out.iterdir()} == {*counts, "datapackage.json", "receipts"}


def test_values_are_written_as_promised(register, out):
    session = builders.session(register)
    who = builders.person(register, "Łucja", "O'Neill", birth_year=1950, phone="07700 900123")
    gone = builders.person(register, "Bin")
    joined = builders.person(register, "Lucja")
    people.put_in_bin(register, gone)
    people.merge_people(register, who, joined)
    builders.mark(register, session, who)
    activities.set_guests(register, session, 3, today=TODAY)
    attendance.log_hours(register, who, TODAY, 50, today=TODAY)
    cancelled = builders.session(register, day=TODAY.replace(day=10))
    activities.cancel_session(register, cancelled, "weather", "snow")
    exports.export_everything(register, out)
    by_id = {int(row["person_id"]): row for row in _read(out, "people.csv")}
    assert by_id[who]["given_name"] == "Łucja"
    assert by_id[who]["phone"] == "07700 900123"
    assert (by_id[who]["date_of_birth"], by_id[who]["birth_year"]) == ("", "1950")
    assert (by_id[who]["in_bin"], by_id[gone]["in_bin"]) == ("0", "1")
    assert by_id[joined]["merged_into"] == str(who)
    held, off = _read(out, "sessions.csv")
    assert (held["date"], held["starts_at"], held["ends_at"]) == ("2026-11-03", "14:00", "16:00")
    assert (held["state"], held["guests"]) == ("held", "3")
    assert (off["state"], off["cancelled_reason"], off["guests"]) == ("cancelled", "weather", "")
    (mark,) = _read(out, "attendance.csv")
    assert (mark["mark"], mark["role"]) == ("present", "participant")
    (hours,) = _read(out, "volunteer_hours.csv")
    assert float(hours["hours"]) == pytest.approx(50 / 60, abs=1e-5)
    assert hours["minutes"] == "50"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_text_that_a_spreadsheet_would_run_is_made_harmless(register, out, start):
    text = f"{start}cmd|' /C calc'!A0"
    builders.person(register, text, "Begum", notes=text, phone="07700 900123")
    activities.save_activity(register, ActivityDraft(name=text))
    exports.export_everything(register, out)
    (row,) = _read(out, "people.csv")
    assert row["given_name"] == row["notes"] == f"'{text}"
    assert row["family_name"] == "Begum"
    assert row["phone"] == "07700 900123"
    assert _read(out, "activities.csv")[0]["name"] == f"'{text}"


def test_no_cell_of_any_file_would_be_run(small_example, out):
    with registers.open_register(small_example, write=False) as register:
        exports.export_everything(register, out)
    for path in out.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell[:1] in {"=", "@", "\t", "\r"}], path.name


def test_quotes_commas_and_lines_come_back(register, out):
    text = 'She said "no, thanks";\nthen left\n\nfor good'
    builders.person(register, notes=text)
    exports.export_everything(register, out)
    assert _read(out, "people.csv")[0]["notes"] == text


def test_files_are_utf8_without_a_mark_and_with_crlf(register, out):
    builders.person(register, "ਗੁਰਪ੍ਰੀਤ")
    exports.export_everything(register, out)
    data = (out / "people.csv").read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == 2
    assert "ਗੁਰਪ੍ਰੀਤ" in data.decode("utf-8")


# --- the description ----------------------------------------------------------------------------


@pytest.fixture
def package(register, out):
    exports.export_everything(register, out)
    return json.loads((out / "datapackage.json").read_text("utf-8"))


def test_description_names_every_file_and_column_in_order(package, out):
    described = {resource["path"]: resource for resource in package["resources"]}
    assert set(described) == {file.name for file in out.glob("*.csv")}
    for path, resource in described.items():
        with (out / path).open(encoding="utf-8", newline="") as file:
            heads = next(csv.reader(file))
        assert [field["name"] for field in resource["schema"]["fields"]] == heads


def test_description_says_what_is_read_back_and_what_is_not(package):
    assert "money, and everything else, is not read back" in package["description"]


def test_description_has_the_form_of_a_frictionless_data_package(package):
    assert package["profile"] == "tabular-data-package"
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)
    for resource in package["resources"]:
        assert resource["profile"] == "tabular-data-resource"
        assert resource["name"] == resource["name"].lower().replace("_", "-")
        assert resource["title"]
        assert (resource["format"], resource["encoding"]) == ("csv", "utf-8")
        for field in resource["schema"]["fields"]:
            assert field["type"] in {"integer", "number", "string", "date", "boolean"}
            assert len(field["description"]) > 1, field
    units = {
        f["name"]: f["unit"]
        for r in package["resources"]
        for f in r["schema"]["fields"]
        if "unit" in f
    }
    assert units["hours"] == "hours"
    assert units["minutes"] == "minutes"
    assert units["pence"] == "pence"
    assert units["guests"] == "people"


def test_keys_of_the_description_lead_somewhere(package):
    fields = {r["name"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]}
    seen = 0
    for resource in package["resources"]:
        own = fields[resource["name"]]
        assert resource["schema"]["primaryKey"]
        assert set(resource["schema"]["primaryKey"]) <= set(own)
        for key in resource["schema"].get("foreignKeys", []):
            seen += 1
            assert key["fields"] in own
            assert (
                key["reference"]["fields"]
                in fields[key["reference"]["resource"] or resource["name"]]
            )
    assert seen > 20


def test_values_have_the_types_that_are_described(small_example, out):
    import datetime as dt

    read = {
        "integer": int, "number": float, "date": dt.date.fromisoformat, "string": str,
        "boolean": lambda text: {"0": False, "1": True}[text],
    }  # fmt: skip
    with registers.open_register(small_example, write=False) as register:
        exports.export_everything(register, out)
    package = json.loads((out / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        types = {f["name"]: read[f["type"]] for f in resource["schema"]["fields"]}
        for row in _read(out, resource["path"]):
            for name, text in row.items():
                assert text == "" or types[name](text) is not None


# --- where it is written ------------------------------------------------------------------------


def test_folder_with_something_in_it_is_refused_and_left_alone(register, out):
    out.mkdir()
    (out / "letter.txt").write_text("Dear Sue")
    with pytest.raises(Refused, match="is not an empty folder"):
        exports.export_everything(register, out)
    assert [file.name for file in out.iterdir()] == ["letter.txt"]
    file = out / "letter.txt"
    with pytest.raises(Refused):
        exports.export_everything(register, file)
    with pytest.raises(ReadOnly, match="could not be written"):
        exports.export_everything(register, file / "inside")
    assert file.read_text() == "Dear Sue"


def test_empty_folder_and_new_ones_inside_each_other_are_filled(register, out):
    out.mkdir()
    exports.export_everything(register, out)
    exports.export_everything(register, out / "a" / "b")
    assert (out / "a" / "b" / "datapackage.json").exists()


def test_export_that_finds_no_room_is_taken_away_again(small_example, stick):
    (stick.path / "pictures").write_bytes(bytes(4 * 2**20 - 60_000))
    with registers.open_register(small_example, write=False) as register:
        with pytest.raises(DiskFull, match="what was begun was taken away"):
            exports.export_everything(register, stick.path / "out")
        assert [file.name for file in stick.path.iterdir()] == ["pictures"]
        (stick.path / "out").mkdir()
        with pytest.raises(DiskFull):
            exports.export_everything(register, stick.path / "out")
        assert list((stick.path / "out").iterdir()) == []


def test_protected_stick_is_said_so(register, stick):
    stick.protect()
    with pytest.raises(ReadOnly, match="Choose a folder of your own"):
        exports.export_everything(register, stick.path / "out")


def test_export_is_of_one_moment_while_ticking_goes_on(register_file, out, monkeypatch):
    with Register.open(register_file) as register:
        session = builders.session(register)
        written = exports._write

        def tick_meanwhile(still, file, folder):
            who = builders.person(register, f"Person {file.name}")
            builders.mark(register, session, who)
            return written(still, file, folder)

        monkeypatch.setattr(exports, "_write", tick_meanwhile)
        counts = exports.export_everything(register, out)
        assert register.value("SELECT count(*) FROM attendance") == len(counts)
    assert (counts["people.csv"], counts["attendance.csv"], counts["enrolment.csv"]) == (0, 0, 0)


def test_export_counts_the_same_as_the_register(small_example, out):
    """A recount from the files alone: attendances of a year, by the rules in words."""
    year = Period(first=TODAY.replace(year=2025, day=4), last=TODAY)
    with registers.open_register(small_example, write=False) as register:
        exports.export_everything(register, out)
        counted = register.rows(
            "SELECT DISTINCT session_id, person_id FROM attendance_counted"
            " WHERE session_on BETWEEN :first AND :last",
            {"first": year.first.isoformat(), "last": year.last.isoformat()},
        )
    people_of = {row["person_id"]: row for row in _read(out, "people.csv")}
    sessions = {
        row["session_id"] for row in _read(out, "sessions.csv")
        if row["in_bin"] == "0" and row["state"] == "held"
        and year.first.isoformat() <= row["date"] <= year.last.isoformat()
    }  # fmt: skip
    found = set()
    for row in _read(out, "attendance.csv"):
        kept = people_of[people_of[row["person_id"]]["merged_into"] or row["person_id"]]
        here = row["mark"] in {"present", "late"} and row["role"] == "participant"
        if here and row["session_id"] in sessions and kept["in_bin"] == "0":
            found.add((int(row["session_id"]), int(kept["person_id"])))
    assert found == {tuple(row) for row in counted}
    assert len(found) > 1000


def test_lines_of_the_cash_book_are_written_as_promised(small_example, out):
    with registers.open_register(small_example, write=False) as register:
        exports.export_everything(register, out)
        binned = register.value(
            "SELECT count(*) FROM entry_line l JOIN entry e ON e.id = l.entry_id"
            " WHERE e.binned_at NOT NULL"
        )
        held = {
            row["name"]: row["pence"]
            for row in register.rows(
                "SELECT a.name, (SELECT sum(amount_pence) FROM account_opening WHERE account_id = a.id)"
                " + (SELECT sum(amount_pence) FROM money_counted m WHERE m.account_id = a.id) AS pence"
                " FROM account a"
            )
        }
    lines = _read(out, "money.csv")
    assert sum(line["in_bin"] == "1" for line in lines) == binned > 0
    counted = [line for line in lines if line["in_bin"] == "0"]
    for account in _read(out, "accounts.csv"):
        told = int(account["opening_balance_pence"]) + sum(
            int(line["amount_pence"]) for line in counted if line["account"] == account["account"]
        )
        assert told == held[account["account"]]
    assert {line["kind"] for line in counted} == {"receipt", "payment", "transfer"}
    moved = [int(line["amount_pence"]) for line in counted if line["kind"] == "transfer"]
    assert len(moved) % 2 == 0
    assert sum(moved) == 0
    assert {row["grant_ref"] for row in _read(out, "budget.csv")} == {
        row["grant_ref"] for row in _read(out, "grants.csv")
    }
    awarded = [row for row in _read(out, "grants.csv") if row["state"] in {"awarded", "closed"}]
    assert all(row["fund"] and row["awarded_on"] and row["awarded_pence"] for row in awarded)


def test_receipts_go_out_as_files_that_their_rows_name(small_example, out):
    with registers.open_register(small_example, write=False) as register:
        exports.export_everything(register, out)
    rows = _read(out, "attachment.csv")
    assert rows
    for row in rows:
        data = (out / row["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == row["sha256"]
    assert len(list((out / "receipts").iterdir())) == len(rows)
