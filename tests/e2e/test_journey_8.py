"""Leaving the spreadsheet: ten years in by keys alone, doubles offered, undone whole, in again."""

import datetime as dt
import json

import openpyxl
import pytest

from app.services import people, registers
from tests.e2e.conftest import wait_for

NAMES = (
    ("Begum", "Shaheda"), ("Brontë", "Zoë"), ("Hussain", "Maryam"), ("O'Connor", "Siân"),
    ("Okafor", "Ngozi"), ("Patel", "Hasmukh"), ("Wiśniewski", "Łukasz"), ("Kaur", "Gurpreet"),
)  # fmt: skip
MARKS = ("x", "1", "P", "yes", "X", None, "A")
YEARS, WEEKS = range(2015, 2025), 30


@pytest.fixture
def ten_years(tmp_path):
    """Ten sheets as somebody kept them; returns the file and the attendances counted by hand."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    attended = 0
    for year in YEARS:
        sheet = book.create_sheet(f"{year}-{(year + 1) % 100:02}")
        days = [dt.date(year, 9, 8) + dt.timedelta(weeks=week) for week in range(WEEKS)]
        sheet.append([f"Gentle Movement {year}/{year + 1}"])
        sheet.append(["X = here, A = apologies"])
        sheet.append([])
        head = ["No", "Surname", "First name", "Tel", *(f"{d:%d/%m/%Y}" for d in days), "Total"]
        sheet.append(head)
        for number, (family, given) in enumerate(NAMES):
            marks = [MARKS[(number + week + year) % len(MARKS)] for week in range(WEEKS)]
            came = sum(mark not in {None, "A"} for mark in marks)
            attended += came
            sheet.append([number + 1, family, given, 7700900100 + number, *marks, came])
        sheet.append([])
        sheet.append(["", "Total", "", "", *([5] * WEEKS)])
    path = tmp_path / "Register 2015-2025 FINAL.xlsx"
    book.save(path)
    return path, attended


@pytest.fixture
def book(tmp_path, hallbook):
    """A book with somebody in it who may be one of the spreadsheet's."""
    path = tmp_path / "movers.hallbook"
    hallbook("new", path, "--name", "Tuesday Movers")
    with registers.open_register(path) as register:
        draft = people.PersonDraft(given_name="Sian", family_name="O'Conor", phone="07700 900103")
        people.save_new(register, draft, today=dt.date(2026, 1, 5))
    return path


def counts(path):
    with registers.open_register(path, write=False) as register:
        return registers.info(register).counts


def bring_in(program, path):
    """Go through the whole import with the keyboard."""
    program.keys("ctrl+i")
    program.focus("Import – Which file")
    program.keys("Return")  # Choose a file…
    program.focus("Choose a file")
    program.type(str(path))
    program.keys("Return")
    program.focus("Import – Is this the table")
    program.keys("alt+n")
    program.focus("Import – What is in each column")
    program.keys("space")  # All right as they are
    program.focus("Import – When was it")
    program.keys("alt+n")
    program.focus("Import – What do the marks mean")
    program.keys("alt+n")
    program.focus("Import – Who are they")


def test_ten_years_come_in_are_undone_whole_and_come_in_again(
    book, ten_years, open_window, hallbook
):
    path, attended = ten_years
    sessions = len(YEARS) * WEEKS
    program = open_window(book, "Tuesday Movers")
    bring_in(program, path)
    program.picture("doubles")
    program.keys("j")  # Siân O'Connor is the Sian O'Conor of the book
    program.keys("alt+n")
    program.focus("Import – This is what will be")
    program.picture("preview")
    assert counts(book)["sessions"] == 0, "nothing is written before the last press"
    program.keys("alt+i")
    program.focus("Import – Done")
    program.picture("done")
    wanted = {"people": len(NAMES), "sessions": sessions, "attendances": attended}
    wait_for(lambda: wanted.items() <= counts(book).items(), "the import")

    program.keys("alt+u")  # Undo the whole import
    gone = {"people": 1, "sessions": 0, "attendances": 0, "marks": 0, "activities": 0}
    wait_for(lambda: gone.items() <= counts(book).items(), "the whole import to be gone")
    program.keys("alt+c")
    program.focus("Tuesday Movers")

    bring_in(program, path)
    program.keys("alt+n")  # this time they stay two
    program.focus("Import – This is what will be")
    program.keys("alt+i")
    program.focus("Import – Done")
    apart = {"people": len(NAMES) + 1, "sessions": sessions, "attendances": attended}
    wait_for(lambda: apart.items() <= counts(book).items(), "the second import")
    program.keys("alt+c")
    program.focus("Tuesday Movers")
    program.keys("ctrl+z")  # Undo in the window takes it out as well
    wait_for(lambda: gone.items() <= counts(book).items(), "the import to be undone")
    program.keys("ctrl+shift+z")
    wait_for(lambda: apart.items() <= counts(book).items(), "the import to be made again")
    program.quit()

    period = ("--from", f"{YEARS[0]}-09-01", "--to", f"{YEARS[-1] + 1}-08-31")
    figures = json.loads(hallbook("figures", book, *period, "--json"))["figures"]
    assert figures["people"]["value"] == len(NAMES)
    assert figures["attendances"]["value"] == attended
    assert figures["sessions_held"]["value"] == sessions
    done = json.loads(hallbook("imports", book, "--json"))
    assert [run["removed_at"] is None for run in done] == [False, False, True]
    assert hallbook("check", book)
    print(f"{program.strokes} keystrokes")
