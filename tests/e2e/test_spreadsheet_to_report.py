"""The main job end to end: a spreadsheet in, a register ticked by keys, sheet and report out."""

import datetime as dt
import json
import re

import openpyxl
import pytest
from pypdf import PdfReader

from app.domain.periods import Period
from app.services import activities, attendance, registers
from tests.e2e.conftest import wait_for

PEOPLE = (
    ("Begum", "Shaheda"),
    ("Brontë", "Zoë"),
    ("Hussain", "Maryam"),
    ("O'Connor", "Siân"),
    ("Okafor", "Ngozi"),
    ("Patel", "Hasmukh"),
    ("Wiśniewski", "Łukasz"),
)


@pytest.fixture
def this_day():
    """The real day: the program in the other process has no other."""
    return dt.datetime.now().astimezone().date()


@pytest.fixture
def old_spreadsheet(tmp_path, this_day):
    """A register as somebody kept it: title, blank rows, a total, tonight's column still empty."""
    days = [this_day - dt.timedelta(days=7 * back) for back in range(12, -1, -1)]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Gentle Movement"
    sheet.append(["Gentle Movement"])
    sheet.append([])
    sheet.append(["Surname", "First name", "Tel", *(f"{day:%d/%m/%Y}" for day in days)])
    for number, (family, given) in enumerate(PEOPLE):
        marks = ["x" if (number + week) % 3 else "A" for week in range(12)]
        sheet.append([family, given, 7700900100 + number, *marks, None])
    sheet.append([])
    sheet.append(["Total", "", "", *([4] * 12)])
    path = tmp_path / "Register 2026 FINAL.xlsx"
    book.save(path)
    return path


IMPORTED = sum((number + week) % 3 > 0 for number in range(len(PEOPLE)) for week in range(12))


def text_of(path):
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def marks_in(path, this_day):
    """Read tonight's marks from the file, as another program would while the window is open."""
    with registers.open_register(path, write=False) as register:
        (session,) = activities.sessions_between(register, Period(first=this_day, last=this_day))
        lines = attendance.open_register_of(register, session.id).lines
        return {line.list_name: line.mark.value for line in lines if line.mark}


def test_spreadsheet_in_register_ticked_by_keys_sheet_and_report_out(
    tmp_path, old_spreadsheet, this_day, hallbook, open_window
):
    book = tmp_path / "movers.hallbook"
    hallbook("new", book, "--name", "Tuesday Movers")
    hallbook("import", "attendance", old_spreadsheet, "--into", book, "--dates", "dmy")

    program = open_window(book, "Tuesday Movers")
    program.keys("ctrl+3")  # Sessions: tonight's is chosen
    program.keys("Return")  # take its register
    program.type("mar")  # three letters find Maryam
    program.keys("Return")
    ticked = {"Hussain, Maryam": "present"}
    wait_for(lambda: marks_in(book, this_day) == ticked, "one tick on disk")
    program.type("zoe")  # plain letters find Zoë
    program.keys("Return", "Tab", "Down", "l", "Down", "a")  # the two after Zoë: late, apologies
    ticked = {"Brontë, Zoë": "present", "Hussain, Maryam": "late", "O'Connor, Siân": "apology"}
    wait_for(lambda: marks_in(book, this_day) == ticked, "three marks")
    program.keys("Tab")
    program.type("Bob Mar")
    program.keys("Return")
    ticked |= {"Mar, Bob": "present"}
    wait_for(lambda: marks_in(book, this_day) == ticked, "the walk-in")
    program.picture("ticked")
    program.quit()

    here = sum(mark in {"present", "late"} for mark in ticked.values())
    first, last = this_day - dt.timedelta(days=90), this_day
    period = ("--from", first, "--to", last)
    figures = json.loads(hallbook("figures", book, *period, "--json"))["figures"]
    assert figures["people"]["value"] == len(PEOPLE) + 1
    assert figures["attendances"]["value"] == IMPORTED + here
    assert figures["sessions_held"]["value"] == 13

    sheet, report = tmp_path / "sheet.pdf", tmp_path / "report.pdf"
    hallbook("return", "attendance-sheet", book, "--from", last, "--to", last, "--out", sheet)
    hallbook("return", "impact-report", book, *period, "--disclosure", "internal", "--out", report)
    printed = text_of(sheet)
    assert [
        line for line in printed.splitlines() if re.search(r"Wiśniewski, Łukasz|Mar, Bob", line)
    ]
    told = " ".join(text_of(report).split())
    assert re.search(rf"\b{len(PEOPLE) + 1} ?different people", told)
    assert re.search(rf"\b{IMPORTED + here} ?attendances at 13 sessions", told)
