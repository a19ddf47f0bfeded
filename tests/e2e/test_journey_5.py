"""Journey 5, the laptop is stolen: a new one restores the stick's checked backup, by password or by words."""

import re
import shutil
import sys
import time
from pathlib import Path

import pytest

from app.services import registers, standing
from tests import builders
from tests.e2e.conftest import Program, wait_for
from tests.e2e.steps import is_gone, words_of

PASSWORD, NEW = "kettle ladder orange", "green kettle on a hob"
MOST_STROKES = 8
"""What restoring with the password costs, the folder's and the password's letters left out."""
MOST_SECONDS = 120


@pytest.fixture
def laptop(tmp_path, monkeypatch, screen):
    """Give a laptop of its own: another home, other settings; call to begin with the next."""

    def make(name):
        home = tmp_path / name
        (home / "Documents").mkdir(parents=True)
        monkeypatch.setenv("HOME", str(home))
        monkeypatch.setenv("HALLBOOK_HOME", str(home / "settings"))
        for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            monkeypatch.setenv(variable, str(home / variable))
        return home

    return make


@pytest.fixture
def start(screen):
    """Start the program on the screen and wait for a window."""

    def begin(title, *arguments):
        process = screen.start(sys.executable, "-m", "app", *map(str, arguments))
        program = Program(screen=screen, process=process)
        program.focus(title)
        return program

    return begin


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "STICK"
    folder.mkdir()
    return folder


def held(path, password):
    with registers.open_register(path, password=password, write=False) as register:
        return register.value("SELECT count(*) FROM person_counted")


def sheet_words(path):
    """Read the words of a printed sheet as somebody would: by their numbers, four letters each."""
    said = words_of(path).partition("The words")[2]
    pairs = {int(n): word for n, word in re.findall(r"\b(\d{1,2}) ([a-z]{3,8})\b", said)}
    return [pairs[number] for number in range(1, 25)]


@pytest.fixture
def stolen(laptop, stick, tmp_path, start, hallbook, monkeypatch):
    """A book with a password and a sheet; closed one evening, its copy on the stick; then gone."""
    home = laptop("old laptop")
    book = home / "Documents" / "movers.hallbook"
    monkeypatch.setenv("HALLBOOK_NEW_PASSWORD", PASSWORD)
    hallbook("new", book, "--name", "Tuesday Movers")
    monkeypatch.delenv("HALLBOOK_NEW_PASSWORD")
    monkeypatch.setenv("HALLBOOK_PASSWORD", PASSWORD)
    paper = tmp_path / "sheet.pdf"
    hallbook("recovery-sheet", book, "--out", paper, "--holder", "the chair")
    monkeypatch.delenv("HALLBOOK_PASSWORD")
    with registers.open_register(book, password=PASSWORD) as register:
        for name in ("Alba Pretend", "Bo Made-Up"):
            builders.person(register, name)
        standing.choose_second(standing.book_of(register), stick)
    program = start("Password", book)
    program.picture("asked")
    program.type(PASSWORD)
    program.keys("Return")
    program.focus("Tuesday Movers")
    program.quit()
    words = sheet_words(paper)
    paper.unlink()
    assert len(list(stick.glob("*.hallbook"))) == 1, "checked and counted when it was closed"
    shutil.rmtree(home)
    return words


def look_at_stick(program, stick):
    """From the start screen to the list of what is on the stick."""
    program.focus("Hallbook")
    program.keys("alt+f", "r")
    program.focus("Restore a backup")
    program.keys("alt+l")
    program.focus("Look for copies in")
    before = program.sight
    program.type(str(stick))
    program.keys("Return")
    wait_for(lambda: is_gone(program, "Look for copies in"), "the folder to be chosen")
    program.focus("Restore a backup")
    program.wait_change(before, "the list")
    program.picture("locked")


def restore(program):
    """From the copies that are open to the open book."""
    before = program.sight
    program.keys("Return")
    program.wait_change(before, "what the copy holds")
    program.picture("list")
    strokes = program.strokes

    def is_restored():
        # While the copy is tried the key does nothing yet.
        program.keys("alt+r")
        return is_gone(program, "Restore a backup")

    wait_for(is_restored, "the list to close")
    program.strokes = strokes + 1


def test_stolen_laptop(stolen, laptop, stick, start, hallbook, monkeypatch):
    copies = {path: path.read_bytes() for path in stick.iterdir()}

    # With the password.
    home = laptop("new laptop")
    program = start("Hallbook")
    began, program.strokes = time.monotonic(), 0
    look_at_stick(program, stick)
    program.type(PASSWORD)
    restore(program)
    program.focus("Tuesday Movers")
    program.picture("restored")
    strokes = program.strokes - len(PASSWORD) - len(str(stick))
    seconds = time.monotonic() - began
    program.quit()
    book = home / "Documents" / "movers.hallbook"
    assert held(book, PASSWORD) == 2
    monkeypatch.setenv("HALLBOOK_PASSWORD", PASSWORD)
    assert hallbook("check", book)
    monkeypatch.delenv("HALLBOOK_PASSWORD")

    # With the words of the sheet, on yet another laptop: a new password is asked at once.
    home = laptop("third laptop")
    program = start("Hallbook")
    look_at_stick(program, stick)
    before = program.sight
    program.keys("alt+s")
    program.wait_change(before, "the field for the words")
    program.type(" ".join(word[:4] for word in stolen))
    program.picture("words")
    restore(program)
    program.focus("Choose a new password")
    program.picture("new password")
    program.type(NEW)
    program.keys("Tab", "Tab")
    program.type(NEW)
    program.keys("Return")
    wait_for(lambda: is_gone(program, "Choose a new password"), "the new password")
    program.focus("Tuesday Movers")
    program.picture("settings")
    program.quit()
    book = home / "Documents" / "movers.hallbook"
    assert held(book, NEW) == 2
    for revoked in (PASSWORD, " ".join(stolen)):
        with pytest.raises(Exception, match="did not open"):
            held(book, revoked)
    now = {path: path.read_bytes() for path in stick.iterdir()}
    assert now == copies, "the backup itself is only read"
    assert Path(book).is_file()

    print(f"{strokes} keystrokes, {seconds:.0f} s from the start screen to the restored book")
    assert strokes <= MOST_STROKES
    assert seconds < MOST_SECONDS
