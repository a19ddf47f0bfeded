"""Everything as one spreadsheet: a sheet a table, the rows of the open export, text that stays text."""

import csv
import datetime as dt

import openpyxl
import pytest

from app.domain.errors import Refused
from app.services import everything_sheet, exports
from app.services.everything_sheet import export_sheet
from app.storage.register import Register
from tests import builders


def test_it_has_the_rows_and_columns_of_the_open_export(small_example_made, tmp_path):
    with Register.open(small_example_made, write=False) as register:
        counts = export_sheet(register, tmp_path / "all.xlsx")
        files = exports.export_everything(register, tmp_path / "folder")
    assert counts == {name.removesuffix(".csv"): rows for name, rows in files.items()}
    book = openpyxl.load_workbook(tmp_path / "all.xlsx", read_only=True)
    assert book.sheetnames == ["About", *(name[:31] for name in counts)]
    for name in ("people", "grants", "sessions"):
        rows = list(book[name].iter_rows(values_only=True))
        with (tmp_path / "folder" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            heads, *lines = list(csv.reader(file))
        assert list(rows[0]) == heads
        assert len(rows) - 1 == len(lines)
        assert [row[0] for row in rows[1:]] == [line[0] for line in lines]


def test_text_stays_text_and_days_and_numbers_are_what_they_are(register, tmp_path):
    builders.person(register, "=1+2", "@Begum", phone="01525 123456", born_on=dt.date(1950, 3, 4))
    export_sheet(register, tmp_path / "all.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "all.xlsx")["people"]
    heads = [cell.value for cell in sheet[1]]
    row = dict(zip(heads, sheet[2], strict=True))
    assert (row["given_name"].value, row["given_name"].data_type) == ("=1+2", "s")
    assert row["family_name"].value == "@Begum"
    assert row["phone"].value.startswith("01525")
    assert row["date_of_birth"].value == dt.datetime(1950, 3, 4)  # noqa: DTZ001 - a day in a sheet
    assert row["in_bin"].value == 0
    # An identifier has more figures than a spreadsheet's numbers keep.
    assert row["person_id"].data_type == "s"


def test_what_does_not_fit_one_sheet_goes_on_on_another(register, tmp_path, monkeypatch):
    monkeypatch.setattr(everything_sheet, "_MOST_ROWS", 2)
    for number in range(5):
        builders.person(register, f"Person {number}")
    assert export_sheet(register, tmp_path / "all.xlsx")["people"] == 5
    book = openpyxl.load_workbook(tmp_path / "all.xlsx", read_only=True)
    names = [row[1] for sheet in ("people", "people (2)", "people (3)")
             for row in book[sheet].iter_rows(min_row=2, values_only=True)]  # fmt: skip
    assert names == [f"Person {number}" for number in range(5)]


def test_it_can_be_stopped_and_leaves_nothing_behind(small_example_made, tmp_path):
    def stop():
        raise KeyboardInterrupt

    with (
        Register.open(small_example_made, write=False) as register,
        pytest.raises(KeyboardInterrupt),
    ):
        export_sheet(register, tmp_path / "all.xlsx", check=stop)
    assert list(tmp_path.iterdir()) == []


def test_an_older_one_is_replaced_and_another_file_is_not(register, tmp_path):
    out = tmp_path / "all.xlsx"
    export_sheet(register, out)
    export_sheet(register, out)
    openpyxl.load_workbook(out).save(out)
    with pytest.raises(Refused, match="another program"):
        export_sheet(register, out)
    with pytest.raises(Refused, match=r"ends in \.xlsx"):
        export_sheet(register, tmp_path / "all.csv")
