"""Journey 1, Tuesday evening: open, print the sheet, take the register, without a mouse."""

import datetime as dt
import json
import time

import pytest
from pypdf import PdfReader

from app.domain.activities import Repeat
from app.domain.attendance import Mark, Role
from app.domain.periods import Period
from app.services import activities, attendance, registers
from tests import builders
from tests.e2e.conftest import wait_for

NAMES = (
    ("Shaheda", "Begum"), ("Zoë", "Brontë"), ("Delroy", "Campbell"), ("Gwen", "Dimmock"),
    ("Tunde", "Eze"), ("Alasdair", "Fraser"), ("Gita", "Ghosh"), ("Maryam", "Hussain"),
    ("Concetta", "Iannuzzi"), ("Barry", "Jones"), ("Gurpreet", "Kaur"), ("Muhammad", "Khan"),
    ("Lucy", "Lane"), ("Siobhán", "Murphy"), ("Hoa", "Nguyễn"), ("Siân", "O'Connor"),
    ("Ngozi", "Okafor"), ("Hasmukh", "Patel"), ("Peter", "Quill"), ("Ruth", "Reid"),
    ("Priya", "Shah"), ("Andrew", "Sibley"), ("Ivy", "Turner"), ("Łukasz", "Wiśniewski"),
    ("Jean", "Young"),
)  # fmt: skip
"""Twenty-five people in the order of their register."""
VOLUNTEERS = {"Campbell, Delroy", "Patel, Hasmukh", "Shah, Priya"}
APOLOGIES, LATE, AWAY = "Lane, Lucy", "Okafor, Ngozi", "Fraser, Alasdair"
HERE = {f"{family}, {given}" for given, family in NAMES} - VOLUNTEERS - {APOLOGIES, AWAY}
MOST_STROKES = 78
"""What the register costs: a key a row or two, two names, somebody's hours."""
MOST_SECONDS = 180


@pytest.fixture
def this_day():
    """The real day: the program in the other process has no other."""
    return dt.datetime.now().astimezone().date()


@pytest.fixture
def book(tmp_path, this_day, hallbook):
    """A group with tonight's class and twenty-five people on its register."""
    path = tmp_path / "movers.hallbook"
    hallbook("new", path, "--name", "Tuesday Movers")
    with registers.open_register(path) as register:
        gentle = builders.activity(
            register, name="Gentle Movement", place="Methodist hall", start_time="19:00",
            end_time="20:30", repeat=Repeat.WEEKLY, weekday=this_day.weekday(),
        )  # fmt: skip
        done = activities.plan_days(register, gentle, (this_day,), today=this_day)
        assert done.ids
        for given, family in NAMES:
            who = builders.person(register, given, family)
            start = this_day - dt.timedelta(days=30)
            activities.put_on_register(register, gentle.id, who, start, today=this_day)
    return path


def tonight(path, this_day):
    """Read tonight's register from the file, as another program would while the window is open."""
    with registers.open_register(path, write=False) as register:
        (session,) = activities.sessions_between(register, Period(first=this_day, last=this_day))
        return attendance.open_register_of(register, session.id)


def marks(path, this_day):
    return {line.list_name: line.mark for line in tonight(path, this_day).lines if line.mark}


def asks_where_to_save(program):
    """Press the key for saving until the pages are there and it does something."""
    program.keys("ctrl+s")
    title = program.screen.ask("xdotool", "getactivewindow", "getwindowname")
    return "Save the sheet" in title


def is_gone(program, title):
    """Whether no window of a title is on the screen: what is behind it hears keys again."""
    return not program.screen.ask("xdotool", "search", "--onlyvisible", "--name", title)


def take_rows(program):
    """Go down the sheet row by row, one key for a tick, two for anything else."""
    for given, family in NAMES:
        name = f"{family}, {given}"
        if name in VOLUNTEERS:
            program.keys("v", "Down")
        elif name == APOLOGIES:
            program.keys("a", "Down")
        elif name == LATE:
            program.keys("l", "Down")
        elif name == AWAY:
            program.keys("Down")
        else:
            program.keys("Return")


def test_tuesday_evening(tmp_path, book, this_day, hallbook, open_window):
    program = open_window(book, "Tuesday Movers")

    # Tonight's class is on the first page: its sheet is the first thing to press.
    sheet = tmp_path / "tonight.pdf"
    program.keys("space")
    program.focus("Print sheet")
    wait_for(lambda: asks_where_to_save(program), "the pages, and where to save them")
    program.type(str(sheet))
    program.keys("Return")
    wait_for(sheet.is_file, "the sheet as a file")
    printed = "\n".join(page.extract_text() for page in PdfReader(sheet).pages)
    opened = tonight(book, this_day)
    assert opened.session.code in printed
    assert printed.index("Begum") < printed.index("Wiśniewski") < printed.index("Young")

    wait_for(lambda: is_gone(program, "Print sheet"), "the sheet to close by itself")
    program.focus("Tuesday Movers")
    began, program.strokes = time.monotonic(), 0
    program.keys("Tab", "space")  # Take register, beside Print sheet
    program.keys("Tab")  # from finding a name to the rows
    take_rows(program)
    program.picture("rows")
    wait_for(lambda: len(marks(book, this_day)) == len(NAMES) - 1, "twenty-four marks on disk")
    program.keys("Tab")
    for walk_in in ("Bob Mar", "Ann Lee"):
        program.type(walk_in)
        program.keys("Return")
    program.keys("Tab", "Up", "Up")  # two guests without names
    program.keys("Tab", "space")  # somebody's hours besides
    program.focus("Log somebody")
    program.type("pri")
    program.keys("Down", "Return")
    program.type(".5")
    program.keys("Return")
    wait_for(lambda: len(marks(book, this_day)) == len(NAMES) + 1, "both walk-ins")
    seconds = time.monotonic() - began
    wait_for(lambda: is_gone(program, "Log somebody"), "the hours to be logged")
    program.focus("Tuesday Movers")
    program.picture("taken")
    strokes = program.strokes
    program.quit()
    print(f"{strokes} keystrokes, {seconds:.0f} s for {len(NAMES)} people and 2 walk-ins")
    assert strokes <= MOST_STROKES
    assert seconds < MOST_SECONDS

    entered = marks(book, this_day)
    here = {name for name, mark in entered.items() if mark in {Mark.PRESENT, Mark.LATE}}
    assert here - VOLUNTEERS == HERE | {"Mar, Bob", "Lee, Ann"}
    assert entered[LATE] is Mark.LATE
    assert entered[APOLOGIES] is Mark.APOLOGY
    assert AWAY not in entered
    roles = {line.list_name: line.role for line in tonight(book, this_day).lines}
    assert {name for name, role in roles.items() if role is Role.VOLUNTEER} == VOLUNTEERS

    period = ("--from", this_day, "--to", this_day)
    found = json.loads(hallbook("figures", book, *period, "--json"))["figures"]
    participants = len(HERE) + 2
    assert found["people"]["value"] == participants
    assert found["guests"]["value"] == 2
    assert found["attendances"]["value"] == participants + 2
    assert found["sessions_held"]["value"] == 1
    assert found["volunteers"]["value"] == 3
    assert found["volunteer_hours"]["value"] == pytest.approx(3 * 1.5 + 0.5)
    assert hallbook("check", book)
