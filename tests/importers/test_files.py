"""Which file is what: endings against bytes, letters, separators, line ends."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import AppError
from app.importers.refusals import CannotRead
from app.importers.workbook import open_workbook
from tests.importers import evil
from tests.times import times

NAMES = "Name,Town\nZoë Müller,Luton\nSiân O’Brien,Linslade\n"
ROWS = [["Name", "Town"], ["Zoë Müller", "Luton"], ["Siân O’Brien", "Linslade"]]


def rows_of(path):
    return list(open_workbook(path).sheets[0].rows())


def reason_of(path):
    with pytest.raises(CannotRead) as refusal:
        open_workbook(path)
    assert str(refusal.value).startswith((path.name, "There is no file", "The computer", "Row "))
    return refusal.value.reason


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"]
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_text_is_read_in_any_letters_and_line_ends(encoding, newline, tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(NAMES.replace("\n", newline).encode(encoding))
    assert rows_of(path) == ROWS


def test_polish_letters_of_windows_are_told_from_western_ones(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes("Name\nMałgorzata Wójcik\nŁukasz Szczepański\n".encode("cp1250"))
    assert rows_of(path)[1:] == [["Małgorzata Wójcik"], ["Łukasz Szczepański"]]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separator_is_found(separator, tmp_path):
    path = tmp_path / "people.txt"
    path.write_text(NAMES.replace(",", separator), encoding="utf-8")
    assert rows_of(path) == ROWS


def test_line_that_names_the_separator_is_no_row(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("sep=;\nName;Town\nAnn, Lee;Luton\n", encoding="utf-8")
    assert rows_of(path) == [["Name", "Town"], ["Ann, Lee", "Luton"]]


def test_nul_bytes_are_left_out(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes((b"Name,Town\nAnn\x00 Lee,Luton\n") + b"Bob Day,Luton\n" * 20)
    assert rows_of(path)[1] == ["Ann Lee", "Luton"]


def test_quoted_cells_keep_separators_and_line_ends(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text('Name,Notes\n"Lee, Ann","two\nlines"\n', encoding="utf-8")
    assert rows_of(path)[1] == ["Lee, Ann", "two\nlines"]


def test_quotation_mark_that_never_closes_is_said(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text('Name,Notes\n"Ann,x\n' + "Bob Day,y\n" * 20_000, encoding="utf-8")
    workbook = open_workbook(path)
    with pytest.raises(CannotRead) as refusal:
        list(workbook.sheets[0].rows())
    assert refusal.value.reason == "open_quote"


def test_too_many_columns_are_said(tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text("Name\n" + "," * 5000 + "\n", encoding="utf-8")
    with pytest.raises(CannotRead) as refusal:
        rows_of(path)
    assert refusal.value.reason == "too_many_columns"
    assert "5,001 columns" in str(refusal.value)


def test_a_line_of_megabytes_is_not_held(tmp_path):
    path = tmp_path / "long.csv"
    path.write_bytes(b"a" * 3_000_000)
    assert reason_of(path) == "damaged"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("none.csv", None, "missing"),
        ("empty.csv", b"", "empty"),
        ("blank.xlsx", b" \r\n\r\n", "empty"),
        ("names.xlsx", b"Name,Town\nAnn,Luton\n", "wrong_ending"),
        ("names.xls", b"Name\tTown\nAnn\tLuton\n", "wrong_ending"),
        ("names.ods", b"Name,Town\n", "wrong_ending"),
        ("page.xls", b"<html><table><tr><td>Name</td></tr></table></html>", "not_a_table"),
        ("report.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not_a_table"),
        ("photo.xlsx", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not_a_table"),
        ("photo.csv", b"\xff\xd8\xff\xe0\x00\x10JFIF", "not_a_table"),
        ("book.csv", b"SQLite format 3\x00" + bytes(84), "not_a_table"),
        ("noise.csv", bytes(range(256)) * 20, "not_a_table"),
        ("sheet.csv", b'{"url": "https://sheets.example/1"}', "not_a_table"),
        ("old.xml", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "not_a_table"),
        ("half.xlsx", b"PK\x03\x04\x14\x00", "damaged"),
        ("half.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), "not_a_table"),
    ],
)  # fmt: skip
def test_what_is_no_spreadsheet_is_said(name, content, reason, tmp_path):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert reason_of(path) == reason


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_never_waited_for(tmp_path):
    path = tmp_path / "register.csv"
    os.mkfifo(path)
    assert reason_of(path) == "not_a_file"


def test_folder_is_no_file(tmp_path):
    assert reason_of(tmp_path) == "folder"


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        (("word/document.xml",), "word-processor"),
        (("Index/Document.iwa",), "Numbers"),
        (("xl/workbook.bin",), "xlsb"),
        (("a.xlsx", "b.xlsx"), "zipped folder"),
    ],
)
def test_other_archives_are_named(parts, what, tmp_path):
    path = evil.zipped(tmp_path / "thing.xlsx", parts)
    with pytest.raises(CannotRead, match=what):
        open_workbook(path)


def test_workbook_with_another_workbooks_ending_is_said(tmp_path):
    good = evil.xlsx(tmp_path / "a.xlsx", f"{evil.HEAD}<sheetData>{evil.A1}{evil.TAIL}")
    for ending in ("xls", "ods", "csv"):
        path = tmp_path / f"names.{ending}"
        path.write_bytes(good.read_bytes())
        assert reason_of(path) == "wrong_ending"


def test_ending_that_says_nothing_is_no_hindrance(tmp_path):
    good = evil.xlsx(tmp_path / "a.xlsx", f"{evil.HEAD}<sheetData>{evil.A1}{evil.TAIL}")
    path = tmp_path / "download"
    path.write_bytes(good.read_bytes())
    assert rows_of(path) == [["Name"]]


@settings(max_examples=times(60), deadline=None)
@given(content=st.binary(max_size=3000), ending=st.sampled_from([".csv", ".txt", ""]))
def test_rubbish_is_read_or_refused_in_words(content, ending, tmp_path_factory):
    path = tmp_path_factory.mktemp("rubbish") / f"file{ending}"
    path.write_bytes(content)
    try:
        for sheet in open_workbook(path).sheets:
            assert all(isinstance(cell, str) for row in sheet.rows() for cell in row)
    except AppError as error:
        assert path.name in str(error)
