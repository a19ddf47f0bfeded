"""A power cut loses nothing that was said to be saved: ticks and money, by our own save path."""

import datetime as dt
import shutil

import apsw
import pytest

from app.domain.attendance import Mark, MarkChange
from app.services import attendance, money, registers
from app.storage import driver
from app.storage.register import Register
from tests import builders
from tests.storage.power import Disk, Notes, left_by_a_cut, moments
from tests.times import times

TODAY = dt.date(2026, 11, 3)
_SAVES = 40


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A book with people, sessions and a purse, in which nothing has been ticked yet."""
    path = tmp_path_factory.mktemp("power") / "tea.hallbook"
    registers.create(path, "Tea Club").close()
    with Register.open(path) as register:
        money.prepare_book(register, opened_on=dt.date(2026, 4, 1), bank_pence=100_00, cash_pence=0)
        tea = builders.activity(register)
        for week in range(3):
            builders.session(register, tea, dt.date(2026, 10, 6) + dt.timedelta(weeks=week))
        for number in range(20):
            builders.person(register, f"Person {number}", notes="x" * 300)
    return path


def _work(register):
    """Tick and enter money by turns, as the window does; yield after each that was acknowledged."""
    pairs = register.rows("SELECT s.id, p.id FROM session s JOIN person p ORDER BY s.id, p.id")
    known = money.books(register)
    account, fund = next(iter(known.accounts)), next(iter(known.funds))
    for number, (session, person) in enumerate(pairs[:_SAVES]):
        if number % 3 == 2:
            draft = builders.entry(TODAY, (account, fund, number + 1), payee=f"Payer {number}")
            done = money.save_entry(register, draft, today=TODAY)
        else:
            change = MarkChange(session_id=session, person_id=person, mark=Mark.PRESENT)
            done = attendance.set_mark(register, change, today=TODAY)
        assert done.ids
        yield


def _said_to_the_driver(path, folder):
    """Do the work on a copy; return the statements that the driver was given, save by save."""
    copy = shutil.copy(path, folder / "traced.hallbook")
    said = []
    connect = driver.connect

    def hear(statement):
        # For each trigger that it wakes, a statement is told once more.
        if said[-1:] != [statement]:
            said.append(statement)

    def listening(*arguments, **options):
        connection = connect(*arguments, **options)
        connection.set_trace_callback(hear)
        return connection

    driver.connect = listening
    try:
        with registers.open_register(copy, undo=True) as register:
            saves = [tuple(said)]
            for _ in _work(register):
                saves.append(tuple(said[sum(map(len, saves)) :]))
            done = _saved(register)
    finally:
        driver.connect = connect
    return saves, done


def _saved(register):
    marks = register.value("SELECT count(*) FROM attendance")
    return marks + register.value("SELECT count(*) FROM entry")


@pytest.fixture(scope="module")
def statements(begun, tmp_path_factory):
    """What the driver was told, save by save; the first are those of opening."""
    saves, done = _said_to_the_driver(begun, tmp_path_factory.mktemp("traced"))
    assert done == _SAVES
    return saves


def _noted(begun, folder, saves, synchronous=""):
    """Repeat the statements on a disk that notes all; return its notes and the settings there."""
    path = shutil.copy(begun, folder / "tea.hallbook")
    notes = Notes()
    disk = Disk(f"noting {folder.name}", notes)
    connection = apsw.Connection(
        str(path), vfs=f"noting {folder.name}", flags=apsw.SQLITE_OPEN_READWRITE
    )
    for number, said in enumerate(saves):
        for statement in said:
            list(connection.execute(statement))
        if number:
            notes.acknowledge(number)
        elif synchronous:
            connection.execute(f"PRAGMA synchronous = {synchronous}")
    settings = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "secure_delete")
    }
    connection.close()
    del disk
    return notes, settings


def _cuts(begun, notes, folder, tries):
    """Cut the power so often; yield what was said to be saved, and the book that was left."""
    for number, (moment, said, chance) in enumerate(moments(notes, tries, seed=21)):
        left = folder / str(number)
        left.mkdir()
        files = left_by_a_cut({"tea.hallbook": begun.read_bytes()}, notes, moment, chance)
        for name, held in files.items():
            (left / name).write_bytes(held)
        yield said, left / "tea.hallbook", "tea.hallbook-journal" in files
        shutil.rmtree(left)


def test_power_cut_loses_nothing_that_was_said_to_be_saved(begun, statements, tmp_path):
    notes, settings = _noted(begun, tmp_path, statements)
    assert settings == {"journal_mode": "delete", "synchronous": 3, "secure_delete": 1}
    assert len(notes.saved) == _SAVES
    cuts = journals = in_flight = 0
    for said, book, journal in _cuts(begun, notes, tmp_path, times(40)):
        with registers.open_register(book) as register:
            assert registers.check(register) == ()
            saved = _saved(register)
            noted = register.value(
                "SELECT count(*) FROM journal WHERE use_case IN ('mark.set', 'money.save')"
            )
        assert saved in {said, said + 1}, "at most the save in flight"
        assert noted == saved, "a save and its line in the journal come together"
        cuts, journals, in_flight = cuts + 1, journals + journal, in_flight + saved - said
    print(f"{cuts} cuts, {journals} left a journal, {in_flight} saved though not yet said, 0 lost")
    assert journals


def test_cuts_show_what_a_weaker_setting_would_lose(begun, statements, tmp_path):
    """So that finding nothing above means something."""
    notes, settings = _noted(begun, tmp_path, statements, synchronous="FULL")
    assert settings["synchronous"] == 2
    lost = 0
    for said, book, _ in _cuts(begun, notes, tmp_path, 20):
        with registers.open_register(book) as register:
            lost += _saved(register) < said
    assert lost
