"""A snapshot is one moment, is read through views only, and harms nothing."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.domain.errors import Cancelled, RegisterMissing
from app.services import registers
from app.storage import driver
from app.storage.moment import one_moment
from app.storage.register import Register
from app.storage.snapshot import Snapshot
from tests import builders


@pytest.fixture
def snapshot(register):
    builders.mark(register, builders.session(register), builders.person(register))
    with Snapshot.of(register) as snapshot:
        yield snapshot


def _views(register):
    return [r["name"] for r in register.rows("SELECT name FROM sqlite_master WHERE type = 'view'")]


def test_every_view_can_be_read(register, snapshot):
    names = _views(register)
    assert len(names) > 8
    for name in names:
        every = snapshot.rows(f'SELECT * FROM "{name}"')
        assert snapshot.rows(f'SELECT count(*) FROM "{name}"')[0][0] == len(every)
        if every:
            column = every[0].keys()[0]
            assert len(snapshot.rows(f'SELECT "{column}" FROM "{name}"')) == len(every)
    assert snapshot.rows("SELECT person_id FROM attendance_counted")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT id FROM person",
        "SELECT given_name FROM main.person",
        "SELECT count(*) FROM person",
        "SELECT * FROM person_counted JOIN person ON person.id = person_id",
        "SELECT person_id FROM person_counted WHERE EXISTS (SELECT 1 FROM attendance WHERE mark = 'late')",
        "WITH own AS (SELECT * FROM person) SELECT * FROM own",
        "WITH own AS (SELECT id FROM person) SELECT count(*) FROM own",
        "SELECT * FROM (SELECT notes FROM person)",
        "SELECT search_text FROM person_search",
        "SELECT name FROM sqlite_master",
        "SELECT sql FROM sqlite_schema",
        "SELECT name FROM pragma_table_info('person')",
    ],
)
def test_bare_tables_are_closed(snapshot, sql):
    with pytest.raises(driver.DriverError):
        snapshot.rows(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO setting (name, value) VALUES ('a', 'b')",
        "UPDATE person SET given_name = 'x'",
        "DELETE FROM person",
        "DELETE FROM person_counted",
        "CREATE TABLE cup (tea)",
        "CREATE TEMP TABLE cup (tea)",
        "DROP VIEW person_counted",
        "ATTACH ':memory:' AS other",
        "ATTACH '/tmp/other.db' AS other",
        "DETACH main",
        "PRAGMA query_only = OFF",
        "PRAGMA writable_schema = ON",
        "BEGIN",
        "VACUUM",
        "VACUUM INTO '/tmp/other.db'",
        "REINDEX",
        "SELECT load_extension('x')",
    ],
)
def test_nothing_can_be_written_or_joined_to_it(snapshot, sql):
    with pytest.raises(driver.DriverError):
        snapshot.rows(sql)
    assert snapshot.rows("SELECT count(*) FROM person_counted")[0][0] == 1


@pytest.mark.parametrize(
    "sql",
    [
        "WITH own AS (SELECT person_id FROM person_counted) SELECT count(*) FROM own",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT max(i) FROM n",
        "SELECT count(*) FROM (SELECT DISTINCT person_id FROM attendance_counted)",
        "SELECT count(*) FROM json_each('[1, 2]')",
        "SELECT max(s.session_on) FROM session_counted s LEFT JOIN mark_counted m USING (session_id)",
    ],
)
def test_queries_over_views_may_take_any_form(snapshot, sql):
    assert snapshot.rows(sql)[0][0]


def test_snapshot_is_one_moment_while_ticking_goes_on(register_file):
    with Register.open(register_file) as register:
        at = builders.session(register)
        people = [builders.person(register, f"Person {n}") for n in range(20)]
        for number, who in enumerate(people):
            with Snapshot.of(register) as snapshot:
                builders.mark(register, at, who)
                assert snapshot.rows("SELECT count(*) FROM attendance_counted")[0][0] == number
        assert register.value("SELECT count(*) FROM attendance_counted") == 20


def test_snapshot_is_read_from_another_thread(register):
    builders.person(register)
    snapshot = Snapshot.of(register)
    found = []
    thread = threading.Thread(
        target=lambda: found.append(snapshot.rows("SELECT count(*) FROM person_counted")[0][0])
    )
    thread.start()
    thread.join()
    snapshot.close()
    assert found == [1]


def test_register_itself_is_refused_in_another_thread(register_file):
    with Register.open(register_file) as register:
        caught = []

        def read():
            try:
                register.value("SELECT 1")
            except driver.DriverError as error:
                caught.append(error)

        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
        assert len(caught) == 1


def test_snapshot_of_a_register_with_a_password(tmp_path):
    path = tmp_path / "tea.hallbook"
    registers.create(path, "Tea Club", password="marigold").close()
    with Register.open(path, password="marigold") as register:
        builders.person(register)
        with Snapshot.of(register) as snapshot:
            assert snapshot.rows("SELECT count(*) FROM person_counted")[0][0] == 1


LONG = """
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000000)
SELECT count(*) FROM n
"""


def test_long_query_stops_when_it_is_asked_to(snapshot):
    asked = []

    def enough():
        asked.append(1)
        return len(asked) > 3

    snapshot.stop_when(enough)
    with pytest.raises(Cancelled, match="Stopped"):
        snapshot.rows(LONG)
    assert len(asked) == 4
    snapshot.stop_when(None)
    assert snapshot.rows("SELECT count(*) FROM person_counted")[0][0] == 1


def test_moment_is_the_register_s_own(register, snapshot):
    assert snapshot.taken_at == register.now()


def test_whole_snapshot_can_be_read_for_a_while_and_never_written(snapshot):
    with one_moment(snapshot) as still:
        assert still.value("SELECT family_name FROM person") == "Begum"
        with pytest.raises(Exception, match=r"read|write"), still.all_or_nothing():
            still.execute("DELETE FROM person")
    with pytest.raises(driver.DriverError):
        snapshot.rows("SELECT family_name FROM person")


# --- taken by another thread --------------------------------------------------------------------


def _with_people(path, password=None, *, people=1):
    register = Register.create(path, password=password)
    for _ in range(people):
        builders.person(register)
    return register


def _elsewhere(work):
    """Return what some work gives on another thread."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(work).result(timeout=20)


@pytest.mark.parametrize("password", [None, "pretend password"])
def test_snapshot_taken_later_holds_what_was_saved_until_then(tmp_path, password):
    with _with_people(tmp_path / "tea.hallbook", password) as register:
        take = Snapshot.later(register)
        builders.person(register)

        def work():
            with take(None) as snapshot:
                return snapshot.rows("SELECT count(*) FROM person_counted")[0][0]

        assert _elsewhere(work) == 2


def test_somebody_may_save_while_a_snapshot_is_taken(tmp_path, monkeypatch):
    monkeypatch.setattr(driver, "_PAGES_A_STEP", 5)
    with _with_people(tmp_path / "tea.hallbook") as register:
        between, saved, steps = threading.Event(), threading.Event(), []

        def stop():
            steps.append(1)
            if len(steps) == 3:
                between.set()
                assert saved.wait(10), "saving waited for the copy"
            return False

        def work():
            with Snapshot.later(register)(stop) as snapshot:
                return snapshot.rows("SELECT count(*) FROM person_counted")[0][0]

        with ThreadPoolExecutor(max_workers=1) as pool:
            counted = pool.submit(work)
            assert between.wait(10)
            builders.person(register)
            saved.set()
            assert counted.result(timeout=20) == 2, "begun again, so that it is one moment"


def test_snapshot_is_stopped_between_two_steps(tmp_path, monkeypatch):
    monkeypatch.setattr(driver, "_PAGES_A_STEP", 5)
    with _with_people(tmp_path / "tea.hallbook") as register:
        asked = []

        def stop():
            asked.append(1)
            return len(asked) == 2

        with pytest.raises(Cancelled):
            _elsewhere(lambda: Snapshot.later(register)(stop))
        assert len(asked) == 2
        builders.person(register)


def test_file_that_has_gone_is_told_by_whoever_takes_the_snapshot(tmp_path):
    path = tmp_path / "tea.hallbook"
    with _with_people(path) as register:
        take = Snapshot.later(register)
        path.rename(tmp_path / "elsewhere.hallbook")
        with pytest.raises(RegisterMissing):
            _elsewhere(lambda: take(None))


def test_register_without_a_file_is_copied_at_once(register):
    take = Snapshot.later(register)
    builders.person(register)
    with take(None) as snapshot:
        assert snapshot.rows("SELECT count(*) FROM person_counted")[0][0] == 0
