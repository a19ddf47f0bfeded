"""Transactions are whole or nothing, ids rise, and the journal names nobody."""

import datetime as dt

import pytest

from app.domain.changes import ALL_TOPICS, Topic
from app.domain.errors import RegisterLocked
from app.services import people
from app.storage import driver
from app.storage.register import Register
from tests import builders

CUP = {"name": "cup", "value": '"mint"'}


def _cups(register):
    return register.value("SELECT count(*) FROM setting WHERE name = 'cup'")


def test_transaction_is_kept_whole(register):
    with register.transaction("cup.add"):
        register.insert("setting", CUP)
    assert _cups(register) == 1


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt, SystemExit])
def test_transaction_that_goes_wrong_leaves_everything_as_it_was(register, fault):
    builders.person(register)
    before = builders.dump(register)
    with pytest.raises(fault), register.transaction("cup.add"):
        register.insert("setting", CUP)
        register.execute("DELETE FROM person")
        raise fault
    assert builders.dump(register) == before
    assert register.value("SELECT count(*) FROM journal WHERE use_case = 'cup.add'") == 0
    with register.transaction("cup.add"):
        register.insert("setting", CUP)
    assert _cups(register) == 1


def test_nothing_is_written_outside_a_transaction(register):
    for write in (
        lambda: register.insert("setting", CUP),
        lambda: register.execute("DELETE FROM setting"),
        lambda: register.execute_many("DELETE FROM setting WHERE name = ?", [("a",)]),
        lambda: register.update("person", 1, {"notes": "x"}),
    ):
        with pytest.raises(RuntimeError, match="inside a transaction"):
            write()


def test_nothing_inside_a_transaction_commits(register):
    with pytest.raises(RuntimeError, match="committed by itself"), register.transaction("cup.add"):
        register.execute("COMMIT")
    with pytest.raises(RuntimeError, match="inside a transaction"):
        register.insert("setting", CUP)


def test_no_transaction_begins_inside_another(register):
    with (
        pytest.raises(Exception, match="within a transaction"),
        register.transaction("outer"),
    ):
        register.insert("setting", CUP)
        with register.transaction("inner"):
            pass
    assert _cups(register) == 0


def test_one_moment_cannot_be_written_and_ends_whatever_happens(register):
    with pytest.raises(RuntimeError), register.one_moment():
        register.insert("setting", CUP)
    with register.transaction("cup.add"):
        register.insert("setting", CUP)
    assert _cups(register) == 1


@pytest.fixture
def other(register_file):
    """Another program's connection to the same file, without patience."""
    connection = driver.connect(register_file)
    connection.execute("PRAGMA busy_timeout = 0")
    yield connection
    connection.close()


def test_one_moment_does_not_see_what_is_saved_meanwhile(register_file, other):
    with Register.open(register_file, write=False) as reader:
        with reader.one_moment():
            before = reader.value("SELECT count(*) FROM setting")
            other.execute("BEGIN IMMEDIATE")
            other.execute("DELETE FROM setting")
            with pytest.raises(driver.DriverError, match="locked"):
                other.execute("COMMIT")
            assert reader.value("SELECT count(*) FROM setting") == before
        other.execute("COMMIT")
        assert reader.value("SELECT count(*) FROM setting") == 0


def test_writer_that_meets_another_says_so_and_works_again_later(register_file, other):
    with Register.open(register_file) as register:
        register._connection.execute("PRAGMA busy_timeout = 0")
        other.execute("BEGIN IMMEDIATE")
        with (
            pytest.raises(RegisterLocked, match="Another program is using tea"),
            register.transaction("cup.add"),
        ):
            pass
        other.execute("ROLLBACK")
        with register.transaction("cup.add"):
            register.insert("setting", CUP)
        assert _cups(register) == 1


def test_save_that_a_reader_holds_up_is_told_and_rolled_back(register_file, other):
    with Register.open(register_file) as register:
        register._connection.execute("PRAGMA busy_timeout = 0")
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM person").fetchone()
        with pytest.raises(RegisterLocked), register.transaction("cup.add"):
            register.insert("setting", CUP)
        other.execute("ROLLBACK")
        assert _cups(register) == 0
        with register.transaction("cup.add"):
            register.insert("setting", CUP)
        assert _cups(register) == 1


def test_ids_rise_even_when_the_clock_stands_still(register):
    ids = [register.new_id() for _ in range(5000)]
    assert ids == sorted(set(ids))


def test_ids_rise_even_when_the_clock_goes_back(tmp_path):
    times = iter(
        dt.datetime(2026, 11, 3, 21, tzinfo=dt.UTC) - dt.timedelta(hours=h) for h in range(9)
    )
    with Register.in_memory(now=lambda: next(times)) as register:
        ids = [register.new_id() for _ in range(5)]
        assert ids == sorted(set(ids))


def test_ids_for_many_rows_are_in_a_row_and_below_the_next(register):
    many = register.new_ids(100_000)
    assert len(many) == 100_000
    assert register.new_id() > many[-1]


def test_journal_says_who_when_and_what_but_nothing_about_anybody(register):
    who = builders.person(register, "Zaynab", "Quartermain", phone="07700 900321", notes="asthma")
    draft = people.get_person(register, who)
    people.change_person(register, who, draft, today=builders.TODAY)
    people.put_in_bin(register, who)
    rows = [tuple(row) for row in register.rows("SELECT * FROM journal ORDER BY id")]
    assert [row[3] for row in rows] == ["person.add", "person.bin"]
    assert rows[-1][4] == who
    assert all(row[1] == "2026-11-03T21:04:00+00:00" for row in rows)
    text = repr(rows)
    for private in ("Zaynab", "Quartermain", "900321", "asthma"):
        assert private not in text


def test_step_names_the_change_and_what_it_touches(register):
    builders.person(register)
    step = register.take_step()
    assert step.text == "add Maryam"
    assert step.topics == frozenset({Topic.PEOPLE})
    assert register.take_step() is None
    with register.transaction("cup.add"):
        register.insert("setting", CUP)
    step = register.take_step()
    assert step.text == "cup.add"
    assert step.topics == ALL_TOPICS


def test_closing_twice_is_harmless(register_file):
    register = Register.open(register_file)
    register.close()
    register.close()
