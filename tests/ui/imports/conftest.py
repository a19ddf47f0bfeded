"""A messy register of several years, as somebody kept it, and a window on an empty book."""

import datetime as dt

import openpyxl
import pytest
from PySide6.QtWidgets import QDialog

PEOPLE = (
    ("Begum", "Shaheda"),
    ("Brontë", "Zoë"),
    ("Hussain", "Maryam"),
    ("O'Connor", "Siân"),
    ("Okafor", "Ngozi"),
    ("Smith", "Jonathan"),
)
MARKS = ("x", "1", "P", "yes", None)


def write_register(path, years=(2023, 2024), weeks=10):
    """Write a register with titles, dates as dd/mm/yyyy, odd marks and totals; return the attendances."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    attended = 0
    for year in years:
        sheet = book.create_sheet(f"{year}-{(year + 1) % 100:02}")
        first = dt.date(year, 9, 5)
        days = [first + dt.timedelta(weeks=week) for week in range(weeks)]
        sheet.append([f"Gentle Movement register {year}"])
        sheet.append([])
        sheet.append(
            ["No", "Surname", "First name", "Tel", *(f"{d:%d/%m/%Y}" for d in days), "Total"]
        )
        for number, (family, given) in enumerate(PEOPLE):
            marks = [MARKS[(number + week) % len(MARKS)] for week in range(weeks)]
            attended += sum(mark is not None for mark in marks)
            phone = 7700900100 + number
            sheet.append(
                [number + 1, family, given, phone, *marks, sum(m is not None for m in marks)]
            )
        sheet.append([])
        sheet.append(["", "Total", "", "", *([4] * weeks)])
    book.save(path)
    return attended


@pytest.fixture
def messy(tmp_path):
    path = tmp_path / "Register FINAL.xlsx"
    return path, write_register(path)


@pytest.fixture
def wizard(empty_window, tea_frame, qtbot):
    """The steps of an import over an empty book; call with a file to read it."""

    def start(path):
        tea_frame.start_import(path)
        dialog = next(d for d in empty_window.findChildren(QDialog) if d.isVisible())
        settled(dialog, qtbot)
        return dialog

    return start


def settled(dialog, qtbot):
    """Wait until nothing is being read or written."""
    qtbot.waitUntil(lambda: not dialog.busy, timeout=30_000)


def go_to(dialog, step, qtbot):
    """Go on, with everything right as it is, until a step is shown."""
    for _ in range(12):
        if dialog.step is step:
            return
        if dialog.step is dialog.columns_step:
            dialog.columns_step.all_right.click()
        else:
            dialog.next.click()
        settled(dialog, qtbot)
    raise AssertionError(
        f"{step.title!r} was not reached: {dialog.step.title}, {dialog.notice.text}"
    )
