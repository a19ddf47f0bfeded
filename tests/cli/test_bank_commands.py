"""import bank on the command line: what is said, what is asked, what is taken back."""

from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "importers" / "bank"


def test_statement_is_imported_twice_and_taken_out(say, register_file):
    first = say("import", "bank", SAMPLES / "lloyds.csv", "--into", register_file, "--json").json
    assert {
        name: first[name]
        for name in (
            "format", "rows", "added", "matched", "skipped", "transactions", "receipts_pence",
            "payments_pence", "opening_balance_pence", "closing_balance_pence", "first_date",
            "last_date", "currency", "problems", "difference_pence", "agreed",
        )
    } == {
        "format": "Lloyds", "rows": 6, "added": 6, "matched": 0, "skipped": 0, "transactions": 6,
        "receipts_pence": 54_000, "payments_pence": 17_167, "opening_balance_pence": 80_000,
        "closing_balance_pence": 116_833, "first_date": "2026-09-01", "last_date": "2026-09-30",
        "currency": "GBP", "problems": [], "difference_pence": 0, "agreed": True,
    }  # fmt: skip
    assert first["columns"]["Debit Amount"]["taken_as"] == "out"
    second = say("import", "bank", SAMPLES / "lloyds.csv", "--into", register_file, "--json").json
    assert (second["added"], second["matched"]) == (0, 6)
    listed = say("imports", register_file, "--json").json
    assert [run["kind"] for run in listed] == ["bank", "bank"]
    undone = say("undo-import", register_file, first["import_id"], "--json").json
    assert undone["transactions"] == 6
    assert say("check", register_file).status == 0


def test_dry_run_says_the_same_and_changes_nothing(say, register_file):
    before = register_file.read_bytes()
    told = say(
        "import", "bank", SAMPLES / "starling.csv", "--into", register_file, "--dry-run", "--json"
    ).json
    assert (told["added"], told["import_id"], told["opening_balance_pence"]) == (3, None, 310_00)
    assert register_file.read_bytes() == before


def test_accounts_of_a_file_are_asked_for(say, register_file):
    path = SAMPLES / "natwest.csv"
    asked = say("import", "bank", path, "--into", register_file)
    assert asked.status == 1
    assert "GROUP SAVINGS" in asked.err
    done = say(
        "import", "bank", path, "--into", register_file, "--account", "GROUP SAVINGS", "--json"
    ).json
    assert (done["account"], done["closing_balance_pence"]) == ("GROUP SAVINGS", 901_12)


def test_dates_without_an_order_are_asked_and_answered(say, register_file, tmp_path):
    path = tmp_path / "a.qif"
    path.write_text("!Type:Bank\nD03/04/2026\nT5.00\nPTea\n^\n")
    assert "--dates" in say("import", "bank", path, "--into", register_file).err
    done = say("import", "bank", path, "--into", register_file, "--dates", "dmy", "--json").json
    assert done["first_date"] == "2026-04-03"


def test_columns_are_shown_and_a_mapping_file_answers(say, register_file, tmp_path):
    said = say("import", "bank", SAMPLES / "unknown.csv", "--into", register_file, "--dry-run").out
    assert "Read as: 2026-09-01, −£4.20, Biscuits" in said
    path, mapping = tmp_path / "odd.csv", tmp_path / "odd.toml"
    path.write_text("Day,Thing,Alpha,Beta\n13/09/2026,Tea,1.00,\n14/09/2026,Subs,,2.00\n")
    assert "--mapping" in say("import", "bank", path, "--into", register_file).err
    mapping.write_text('[columns]\nAlpha = "out"\nBeta = "in"\n')
    done = say("import", "bank", path, "--into", register_file, "--mapping", mapping, "--json").json
    assert (done["receipts_pence"], done["payments_pence"]) == (2_00, 1_00)
    mapping.write_text('[columns]\nAlpha = "shoe size"\n')
    wrong = say("import", "bank", path, "--into", register_file, "--mapping", mapping)
    assert wrong.status == 1
    assert "shoe size" in wrong.err


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("1168.33", "1168.35", "£0.02 less than its closing balance"),
        ("14/09/2026", "31/02/2026", "Row 5, column A"),
        (",120.00,", ",$120,", "Row 6, column F: “$120” is not in pounds"),
        ('"TEA, TOAST AND CO 4417"', "TEA, TOAST AND CO 4417", "Row 5, column I"),
    ],
)
def test_what_is_wrong_is_named(say, register_file, tmp_path, old, new, words):
    text = (SAMPLES / "lloyds.csv").read_text(encoding="utf-8")
    path = tmp_path / "lloyds.xls"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    said = say("import", "bank", path, "--into", register_file)
    assert said.status == 0
    assert words in said.out


def test_money_of_another_country_is_refused(say, register_file, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Date,Description,Amount\n13/09/2026,Tea,$1.00\n14/09/2026,Jam,$2.00\n")
    said = say("import", "bank", path, "--into", register_file)
    assert said.status == 1
    assert "“$1.00” is not in pounds" in said.err
    assert say("imports", register_file, "--json").json == []


def test_statement_under_another_name_is_refused_until_it_is_said(say, register_file, tmp_path):
    path = SAMPLES / "starling.csv"
    say("import", "bank", path, "--into", register_file, "--account", "Starling")
    command = ("import", "bank", path, "--into", register_file, "--account", "Rainy day")
    before = register_file.read_bytes()
    for dry in ((), ("--dry-run",)):
        asked = say(*command, *dry)
        assert asked.status == 1
        assert "All 3 lines of this statement stand in Starling already" in asked.err
    assert register_file.read_bytes() == before
    mapping = tmp_path / "said.toml"
    mapping.write_text("[answers]\nanother_account = true\n")
    done = say(*command, "--mapping", mapping, "--json").json
    assert (done["account"], done["added"]) == ("Rainy day", 3)
    mapping.write_text('[answers]\nanother_account = "yes"\n')
    assert "true or false" in say(*command, "--mapping", mapping).err
