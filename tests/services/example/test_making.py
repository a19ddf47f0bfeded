"""Making a pretend book: as large as said, the same every time, never over a file."""

import datetime as dt
import random
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.errors import Cancelled, Refused, RegisterExists
from app.services import registers
from app.services.example import Size, make_example
from app.services.example.parts import PARTS, contacts, volunteering
from app.services.example.world import imagine
from app.services.example.writing import Writer
from app.storage.register import Register

ENDING = dt.date(2026, 11, 3)
WANTED = {
    Size.SMALL: {"people": 80, "sessions": 150, "attendances": 2_500},
    Size.BUSY: {"people": 3_000, "sessions": 8_000, "attendances": 150_000},
}


def within_3_percent(counts: dict[str, int], size: Size) -> bool:
    return all(abs(counts[name] - wanted) <= 0.03 * wanted for name, wanted in WANTED[size].items())


@pytest.mark.parametrize(
    ("seed", "ending"),
    [(1, "2026-11-03"), (2, "2024-02-29"), (3, "2021-03-31"), (4, "2019-08-15"), (5, "2030-12-25")],
)
def test_small_book_is_as_large_as_said(make_book, seed, ending):
    with make_book(seed=seed, ending=dt.date.fromisoformat(ending)) as register:
        counts = registers.info(register).counts
        assert within_3_percent(counts, Size.SMALL), counts
        assert registers.check(register) == ()


def test_busy_book_is_as_large_as_said(busy):
    counts = registers.info(busy).counts
    assert within_3_percent(counts, Size.BUSY), counts


def test_busy_book_without_closed_months_is_as_large_as_said(make_book):
    with make_book(size=Size.BUSY, seed=2, ending=dt.date(2019, 3, 31)) as register:
        counts = registers.info(register).counts
    assert within_3_percent(counts, Size.BUSY), counts


def test_counts_told_are_the_counts_in_the_book(tmp_path):
    path = tmp_path / "told.hallbook"
    told = make_example(path, size=Size.SMALL, seed=7, ending=ENDING)
    with Register.open(path, write=False) as register:
        found = registers.info(register).counts
    assert {name: found[name] for name in ("people", "activities", "sessions", "attendances")} == {
        name: told[name] for name in ("people", "activities", "sessions", "attendances")
    }
    assert told["marks"] == found["marks"]


def test_book_reaches_back_as_many_years_as_said(small, busy):
    assert small.value("SELECT min(session_on) FROM session") >= "2025-11-04"
    assert "2016-11-04" <= busy.value("SELECT min(session_on) FROM session") <= "2016-11-30"


def test_same_seed_and_day_give_the_same_bytes_whatever_the_hash_seed(tmp_path):
    code = (
        "import sys, datetime as dt; from pathlib import Path;"
        "from app.services.example import Size, make_example;"
        "make_example(Path(sys.argv[1]), size=Size.SMALL, seed=5, ending=dt.date(2026, 11, 3))"
    )
    root = Path(__file__).resolve().parents[3]
    for hash_seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / f"{hash_seed}.hallbook")],
            check=True,
            cwd=root,
            env={
                "PYTHONHASHSEED": hash_seed,
                "PATH": "",
                "SYSTEMROOT": "",
                "USER": f"u{hash_seed}",
            },
        )
    assert (tmp_path / "1.hallbook").read_bytes() == (tmp_path / "2.hallbook").read_bytes()


def test_another_seed_gives_other_people_and_other_ids(small, make_book):
    with make_book(seed=2) as other:
        ids = "SELECT id FROM person"
        assert not {row[0] for row in small.rows(ids)} & {row[0] for row in other.rows(ids)}
        names = "SELECT given_name || family_name FROM person"
        here, there = ({row[0] for row in one.rows(names)} for one in (small, other))
    assert len(here & there) < len(here) * 0.75


def test_making_a_book_leaves_the_chance_of_others_alone(make_book):
    random.seed(3)
    state = random.getstate()
    make_book().close()
    assert random.getstate() == state


def test_a_part_left_out_changes_nothing_of_the_others(small, tmp_path):
    world = imagine(Size.SMALL, 1, ENDING)
    with Register.create(tmp_path / "parts.hallbook", now=world.now) as register:
        with register.transaction("example.make", bulk=True):
            writer = Writer(register, world, None)
            for write in PARTS:
                if write not in {contacts.write, volunteering.write}:
                    write(writer)
        assert register.value("SELECT count(*) FROM consent") == 0
        for table in ("person", "session", "attendance", "enrolment", "person_role", "sheet_row"):
            everything = f"SELECT * FROM {table} ORDER BY 1, 2"
            assert [tuple(row) for row in register.rows(everything)] == [
                tuple(row) for row in small.rows(everything)
            ]


def test_nothing_in_the_book_comes_from_the_clock_or_the_account(small):
    rows = small.rows("SELECT done_at, who, use_case FROM journal")
    assert [tuple(row) for row in rows] == [
        ("2026-11-03T20:00:00+00:00", "example", "example.make")
    ]


def test_existing_file_is_refused_and_left_as_it_was(tmp_path):
    path = tmp_path / "mine.hallbook"
    path.write_bytes(b"ten years of work")
    with pytest.raises(RegisterExists):
        make_example(path, size=Size.SMALL, seed=1, ending=ENDING)
    assert path.read_bytes() == b"ten years of work"


def test_stopping_leaves_no_file(tmp_path):
    heard = []

    def progress(done: int, total: int) -> bool:
        heard.append((done, total))
        return done < 2

    with pytest.raises(Cancelled):
        make_example(
            tmp_path / "half.hallbook", size=Size.SMALL, seed=1, ending=ENDING, progress=progress
        )
    assert heard == [(0, 4), (1, 4), (2, 4)]
    assert list(tmp_path.glob("half*")) == []


def test_book_can_have_a_password(tmp_path):
    path = tmp_path / "locked.hallbook"
    make_example(path, size=Size.SMALL, seed=1, ending=ENDING, password="bramble and tea")
    assert not path.read_bytes().startswith(b"SQLite")
    with Register.open(path, password="bramble and tea", write=False) as register:
        assert registers.info(register).counts["people"] == 82


def test_indexes_are_as_in_an_empty_book(small, register):
    schema = (
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
    )
    assert [tuple(row) for row in small.rows(schema)] == [
        tuple(row) for row in register.rows(schema)
    ]


@pytest.mark.parametrize("ending", ["1951-02-03", "2099-01-01"])
def test_day_out_of_reach_is_refused_and_leaves_no_file(tmp_path, ending):
    path = tmp_path / "far.hallbook"
    with pytest.raises(Refused, match="between 1990 and 2080"):
        make_example(path, size=Size.SMALL, seed=1, ending=dt.date.fromisoformat(ending))
    assert list(tmp_path.glob("far*")) == []
