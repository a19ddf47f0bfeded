"""The pretend group: as large as said, the same every time, and nobody in it is real."""

import datetime as dt
import json
import random
import re
import subprocess
import sys
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from app import resources
from app.domain.activities import CANCEL_REASONS
from app.domain.equality import ANSWERS
from app.domain.errors import Cancelled, RegisterExists
from app.domain.recurrence import bank_holidays
from app.services import registers, settings
from app.services.example import Size, make_example
from app.storage.register import Register

ENDING = dt.date(2026, 11, 3)
WANTED = {
    Size.SMALL: {"people": 80, "sessions": 150, "attendances": 2_500},
    Size.BUSY: {"people": 3_000, "sessions": 8_000, "attendances": 150_000},
}


def make(
    folder: Path, size: Size = Size.SMALL, seed: int = 1, ending: dt.date = ENDING
) -> Register:
    path = folder / f"{size}-{seed}-{ending}.hallbook"
    make_example(path, size=size, seed=seed, ending=ending)
    return Register.open(path, write=False)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    with make(tmp_path_factory.mktemp("small")) as register:
        yield register


@pytest.fixture(scope="module")
def busy(tmp_path_factory):
    with make(tmp_path_factory.mktemp("busy"), Size.BUSY) as register:
        yield register


@pytest.fixture(params=["small", "busy"])
def book(request):
    """Either book: what must hold whatever the size."""
    return request.getfixturevalue(request.param)


def within_3_percent(counts: dict[str, int], size: Size) -> bool:
    return all(abs(counts[name] - wanted) <= 0.03 * wanted for name, wanted in WANTED[size].items())


# --- as large as said ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seed", "ending"),
    [(1, "2026-11-03"), (2, "2024-02-29"), (3, "2021-03-31"), (4, "2019-08-15"), (5, "2030-12-25")],
)
def test_small_book_is_as_large_as_said(tmp_path, seed, ending):
    with make(tmp_path, seed=seed, ending=dt.date.fromisoformat(ending)) as register:
        counts = registers.info(register).counts
        assert within_3_percent(counts, Size.SMALL), counts
        assert registers.check(register) == ()


def test_busy_book_is_as_large_as_said(busy):
    counts = registers.info(busy).counts
    assert within_3_percent(counts, Size.BUSY), counts


def test_busy_book_without_closed_months_is_as_large_as_said(tmp_path):
    with make(tmp_path, Size.BUSY, seed=2, ending=dt.date(2019, 3, 31)) as register:
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


# --- the same every time ---------------------------------------------------------------------


def test_same_seed_and_day_give_the_same_bytes_whatever_the_hash_seed(tmp_path):
    code = (
        "import sys, datetime as dt; from pathlib import Path;"
        "from app.services.example import Size, make_example;"
        "make_example(Path(sys.argv[1]), size=Size.SMALL, seed=5, ending=dt.date(2026, 11, 3))"
    )
    root = Path(__file__).resolve().parents[2]
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


def test_another_seed_gives_other_people_and_other_ids(small, tmp_path):
    with make(tmp_path, seed=2) as other:
        ids = "SELECT id FROM person"
        assert not {row[0] for row in small.rows(ids)} & {row[0] for row in other.rows(ids)}
        names = "SELECT given_name || family_name FROM person"
        here, there = ({row[0] for row in one.rows(names)} for one in (small, other))
    assert len(here & there) < len(here) * 0.75


def test_making_a_book_leaves_the_chance_of_others_alone(tmp_path):
    random.seed(3)
    state = random.getstate()
    make(tmp_path).close()
    assert random.getstate() == state


def test_nothing_in_the_book_comes_from_the_clock_or_the_account(small):
    rows = small.rows("SELECT done_at, who, use_case FROM journal")
    assert [tuple(row) for row in rows] == [
        ("2026-11-03T20:00:00+00:00", "example", "example.make")
    ]


# --- making it -------------------------------------------------------------------------------


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
        assert registers.info(register).counts["people"] == 80


def test_indexes_are_as_in_an_empty_book(small, register):
    schema = (
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
    )
    assert [tuple(row) for row in small.rows(schema)] == [
        tuple(row) for row in register.rows(schema)
    ]


# --- sound -----------------------------------------------------------------------------------


def test_book_is_sound(book):
    assert registers.check(book) == ()


def test_book_says_that_it_is_pretend(book):
    group = settings.read(book)
    assert group.pretend
    assert group.group_name
    assert group.contact


def test_nothing_was_held_on_the_last_day_or_after(book):
    late = "SELECT count(*) FROM session_counted WHERE state = 'held' AND session_on >= :day"
    assert book.value(late, {"day": ENDING.isoformat()}) == 0


def test_marks_stand_only_at_held_sessions(book):
    stray = (
        "SELECT count(*) FROM attendance m JOIN session s ON s.id = m.session_id"
        " WHERE s.state <> 'held' OR s.binned_at IS NOT NULL"
    )
    assert book.value(stray) == 0


def test_every_held_session_has_somebody(book):
    empty = (
        "SELECT count(*) FROM session s WHERE state = 'held' AND binned_at IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM attendance m WHERE m.session_id = s.id)"
    )
    assert book.value(empty) <= 0.004 * book.value("SELECT count(*) FROM session")


def test_nobody_comes_before_joining_or_after_leaving(book):
    wrong = (
        "SELECT count(*) FROM mark_counted m JOIN person p ON p.id = m.person_id"
        " WHERE m.session_on < p.joined_on OR m.session_on > p.left_on"
    )
    assert book.value(wrong) == 0


def test_ages_keep_to_what_the_activity_says(book):
    outside = (
        "SELECT count(*) FROM attendance_counted c JOIN person p ON p.id = c.person_id"
        " JOIN activity a ON a.id = c.activity_id WHERE a.age_to IS NOT NULL AND p.born_on NOT NULL"
        " AND (c.session_on < date(p.born_on, '+' || a.age_from || ' years')"
        " OR c.session_on >= date(p.born_on, '+' || (a.age_to + 1) || ' years'))"
    )
    assert book.value(outside) == 0


def test_no_session_falls_on_a_bank_holiday(book):
    days = {
        dt.date.fromisoformat(row[0])
        for row in book.rows("SELECT session_on FROM session WHERE binned_at IS NULL")
    }
    assert days.isdisjoint(bank_holidays(range(2016, 2027)))


def test_joined_records_point_straight_to_the_kept_one(book):
    rows = book.rows(
        "SELECT p.id, p.merged_into, m.kept_id, m.before FROM person p"
        " JOIN person_merge m ON m.merged_id = p.id WHERE p.merged_into IS NOT NULL"
    )
    joined = book.value("SELECT count(*) FROM person WHERE merged_into IS NOT NULL")
    assert len(rows) == joined >= 2
    assert all(row["merged_into"] == row["kept_id"] for row in rows)
    assert all(json.loads(row["before"]) == {"followers": []} for row in rows)
    marked = "SELECT count(DISTINCT a.person_id) FROM attendance a JOIN person p ON p.id = a.person_id WHERE p.merged_into NOT NULL"
    assert book.value(marked) == joined


def test_somebody_was_ticked_on_both_lines_and_counts_once(book):
    twice = (
        "SELECT a.session_id, k.id FROM attendance a JOIN person p ON p.id = a.person_id"
        " JOIN person k ON k.id = p.merged_into"
        " JOIN attendance b ON b.session_id = a.session_id AND b.person_id = k.id"
    )
    rows = book.rows(twice)
    assert rows
    for row in rows:
        counted = book.rows(
            "SELECT 1 FROM attendance_counted WHERE session_id = :session AND person_id = :person",
            {"session": row[0], "person": row[1]},
        )
        assert len(counted) <= 1


def test_bin_has_people_and_sessions(book):
    assert book.value("SELECT count(*) FROM person WHERE binned_at NOT NULL") >= 2
    assert book.value("SELECT count(*) FROM session WHERE binned_at NOT NULL") >= 1


# --- nobody real -----------------------------------------------------------------------------


def texts(book: Register) -> list[tuple[str, str, str]]:
    """Return every text of every table with its table and column."""
    found = []
    tables = book.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'"
        " AND name NOT LIKE 'person_search%'"
    )
    for (table,) in (tuple(row) for row in tables):
        for row in book.rows(f"SELECT * FROM {table}"):
            found += [
                (table, column, row[column])
                for column in row.keys()  # noqa: SIM118 - a driver's row, not a mapping
                if isinstance(row[column], str)
            ]
    return found


def test_every_number_is_from_the_ranges_kept_for_drama(small):
    numbers = [text for _, column, text in texts(small) if column == "phone" and text]
    assert len(numbers) > 60
    assert all(re.fullmatch(r"07700 900\d{3}|01632 960\d{3}", number) for number in numbers)
    elsewhere = [
        text
        for table, column, text in texts(small)
        if re.search(r"\b0\d{4} ?\d{3}", text) and column not in {"phone", "search_text"}
    ]
    assert all("07700 900" in text or "01632 960" in text for text in elsewhere)


def test_every_address_is_at_example_org(book):
    found = {
        row[0] for row in book.rows("SELECT email FROM person UNION SELECT email FROM guardian")
    }
    assert len(found) > 20
    assert all(re.fullmatch(r"[a-z.0-9]+@example\.org", email) for email in found - {""})


def test_no_postcode_is_anybodys(book):
    found = {row[0] for row in book.rows("SELECT postcode FROM person")} - {""}
    assert len(found) > 40
    for postcode in found:
        assert re.fullmatch(r"(LU[1-7]|MK4[0-5]|SG18) [1-9][A-Z]{2}", postcode), postcode
        assert set(postcode[-2:]) & set("CIKMOV"), postcode


@cache
def drawable() -> frozenset[int]:
    found: set[int] = set()
    for face in resources.folder("fonts").glob("*.ttf"):
        with TTFont(face, lazy=True) as font:
            found |= set(font.getBestCmap())
    return frozenset(found)


def test_every_letter_can_be_drawn(book):
    for table, column, text in texts(book):
        missing = {letter for letter in text if ord(letter) not in drawable() and letter != "\x1f"}
        assert not missing, (table, column, text)


def test_texts_are_composed_and_have_no_stray_spaces(book):
    for table, column, text in texts(book):
        if column in {"sort_key", "search_text"}:
            continue
        assert unicodedata.is_normalized("NFC", text), (table, column, text)
        assert text == text.strip(), (table, column, text)
        assert "  " not in text, (table, column, text)


# --- as groups are ---------------------------------------------------------------------------


def test_names_that_a_page_must_cope_with_are_in_every_book(book):
    rows = book.rows("SELECT given_name AS g, family_name AS f FROM person_counted")
    whole = [f"{row['g']} {row['f']}".strip() for row in rows]
    assert whole.count("Patricia Wilson") >= 2
    assert any(len(name) == 60 for name in whole)
    assert "Wahyuni" in whole
    assert any("O'" in name for name in whole)
    assert any("-" in row["f"] for row in rows)
    assert {"Олена Коваленко", "小紅 鄧", "فاطمہ بی بی"} <= set(whole)


SCRIPTS = (
    "ARABIC",
    "BENGALI",
    "GURMUKHI",
    "GUJARATI",
    "DEVANAGARI",
    "TAMIL",
    "CYRILLIC",
    "GREEK",
    "CJK",
)


def test_own_names_come_in_the_scripts_of_luton(small, busy):
    def of(book: Register) -> set[str]:
        rows = book.rows(
            "SELECT own_script_name || given_name || family_name FROM person WHERE binned_at IS NULL"
        )
        letters = {letter for row in rows for letter in row[0] if letter.isalpha()}
        return {unicodedata.name(letter).split()[0].replace("-", " ") for letter in letters}

    assert set(SCRIPTS) <= of(busy)
    assert len(set(SCRIPTS) & of(small)) >= 6


def test_people_of_the_pictures_are_on_the_small_books_register(small):
    rows = small.rows(
        "SELECT p.given_name || ' ' || p.family_name FROM enrolment e JOIN person p ON p.id = e.person_id"
        " JOIN activity a ON a.id = e.activity_id WHERE a.name = 'Gentle Movement'"
    )
    names = {row[0] for row in rows}
    expected = {"Shaheda Begum", "Zoë Brontë", "Maryam Hussain", "Gurpreet Kaur", "Muhammad Ali Khan",
                "Thị Hoa Nguyễn", "Siân O'Connor", "Ngozi Okafor", "Hasmukh Patel", "Priya Shah",
                "Łukasz Wiśniewski"}  # fmt: skip
    assert len(expected & names) >= 9, expected - names


def test_every_mark_and_role_is_used(book):
    assert {row[0] for row in book.rows("SELECT DISTINCT mark FROM attendance")} == {
        "present", "late", "absent", "apology",
    }  # fmt: skip
    assert {"participant", "volunteer", "leader"} <= {
        row[0] for row in book.rows("SELECT DISTINCT role FROM attendance")
    }


def test_some_leaders_write_absences_down_and_others_leave_them_blank(busy):
    shares = [
        row[0]
        for row in busy.rows(
            "SELECT 1.0 * sum(mark = 'absent') / count(*) FROM mark_counted GROUP BY activity_id"
        )
    ]
    assert min(shares) == 0
    assert max(shares) > 0.1


def test_regulars_and_people_who_came_once_are_both_there(book):
    times = [
        row[0] for row in book.rows("SELECT count(*) FROM attendance_counted GROUP BY person_id")
    ]
    assert 0.02 < sum(time == 1 for time in times) / len(times) < 0.3
    assert max(times) > 60
    assert 8 < sorted(times)[len(times) // 2] < 60


def test_some_people_came_back_after_months_away(busy):
    gaps = busy.value(
        "SELECT count(*) FROM (SELECT julianday(session_on) - julianday(lag(session_on) OVER"
        " (PARTITION BY person_id ORDER BY session_on)) AS gap FROM attendance_counted) WHERE gap > 120"
    )
    assert gaps > 100


def test_some_volunteers_came_as_participants_first(small, busy):
    became = (
        "SELECT count(*) FROM (SELECT person_id, min(session_on) AS first FROM volunteer_mark_counted"
        " GROUP BY person_id) v JOIN (SELECT person_id, min(session_on) AS first FROM attendance_counted"
        " GROUP BY person_id) p ON p.person_id = v.person_id WHERE p.first < v.first"
    )
    assert small.value(became) >= 2
    assert busy.value(became) >= 30


def test_august_and_december_are_quiet(busy):
    by_month = {
        row[0]: row[1]
        for row in busy.rows(
            "SELECT substr(session_on, 6, 2), 1.0 * count(*) / count(DISTINCT session_id)"
            " FROM attendance_counted GROUP BY 1"
        )
    }
    ordinary = (by_month["03"] + by_month["05"] + by_month["10"]) / 3
    assert by_month["08"] < 0.85 * ordinary
    assert by_month["12"] < 0.92 * ordinary


def test_doors_were_shut_in_spring_2020(busy):
    held = "SELECT count(*) FROM session WHERE state = 'held' AND session_on BETWEEN :a AND :b"
    assert busy.value(held, {"a": "2020-03-17", "b": "2020-07-12"}) == 0
    assert busy.value(held, {"a": "2019-03-17", "b": "2019-07-12"}) > 100
    noted = "SELECT count(*) FROM session WHERE cancelled_note LIKE '%Covid%'"
    assert busy.value(noted) > 10


def test_cancelled_sessions_say_why(book):
    reasons = {
        row[0]
        for row in book.rows("SELECT cancelled_reason FROM session WHERE state = 'cancelled'")
    }
    assert len(reasons) >= 2
    assert reasons <= set(CANCEL_REASONS)


def test_this_week_is_planned_and_tonight_is_not_yet_taken(small):
    week = "SELECT count(*) FROM session WHERE state = 'planned' AND session_on BETWEEN :a AND :b"
    tonight = {"a": "2026-11-03", "b": "2026-11-03"}
    assert small.value(week, tonight) == 1
    assert small.value(week, {"a": "2026-11-03", "b": "2026-11-09"}) >= 3
    assert small.value(week, {"a": "2026-11-17", "b": "2026-12-31"}) >= 1


def test_one_sheet_was_printed_and_not_yet_typed_in(book):
    rows = book.rows(
        "SELECT s.id, s.code, t.session_on, c.state FROM sheet s JOIN session t ON t.id = s.session_id"
        " JOIN session_counted c ON c.session_id = t.id"
    )
    assert len(rows) == 1
    assert rows[0]["state"] == "planned"
    assert rows[0]["session_on"] < ENDING.isoformat()
    assert rows[0]["code"].endswith(dt.date.fromisoformat(rows[0]["session_on"]).strftime("%d%m%y"))
    on_it = book.rows(
        "SELECT p.sort_key FROM sheet_row r JOIN person p ON p.id = r.person_id ORDER BY r.row"
    )
    assert len(on_it) > 8
    assert [row[0] for row in on_it] == sorted(row[0] for row in on_it)


def test_age_is_known_as_a_day_a_year_a_band_or_not(book):
    kinds = book.row(
        "SELECT sum(born_on NOT NULL) AS day, sum(birth_year NOT NULL) AS year, sum(age_low NOT NULL) AS band,"
        " sum(born_on IS NULL AND birth_year IS NULL AND age_low IS NULL) AS none FROM person_counted"
    )
    assert all(kinds[kind] >= 2 for kind in ("day", "year", "band", "none"))
    assert kinds["day"] > kinds["year"] + kinds["band"]


def test_equality_questions_are_refused_and_unasked_in_different_shares(busy):
    people = busy.value("SELECT count(*) FROM person_counted")
    shares = {}
    for question in ANSWERS:
        answers = {
            row[0]: row[1]
            for row in busy.rows(
                f"SELECT {question.value}, count(*) FROM person_counted GROUP BY 1"
            )
        }
        assert set(answers) <= set(ANSWERS[question])
        assert answers["prefer_not"] > 0
        shares[question] = answers["not_asked"] / people
    assert shares["sex"] < 0.15 < shares["carer"] < 0.45 < shares["orientation"]


def test_under_18s_have_a_parent_or_carer(book):
    without = (
        "SELECT count(*) FROM person_counted p WHERE born_on > date(joined_on, '-18 years')"
        " AND NOT EXISTS (SELECT 1 FROM guardian g WHERE g.person_id = p.person_id)"
    )
    assert book.value(without) == 0
    assert book.value("SELECT count(*) FROM guardian WHERE activity_consent_on IS NULL") > 0


def test_people_sent_by_others_arrive_together(busy):
    sent = busy.rows(
        "SELECT joined_on, count(*) AS n FROM person WHERE notes LIKE '%surgery%' OR notes LIKE '%link worker%'"
        " OR notes LIKE '%CAMHS%' OR notes LIKE '%school%' GROUP BY substr(joined_on, 1, 7)"
    )
    assert sum(row["n"] for row in sent) > 150


def test_every_further_table_has_rows(book):
    for table in ("rate", "emergency_contact", "guardian", "consent", "person_access", "person_role",
                  "enrolment", "waiting_place", "volunteer_log"):  # fmt: skip
        assert book.value(f"SELECT count(*) FROM {table}") > 0, table
    assert book.value("SELECT count(*) FROM waiting_counted WHERE to_on IS NULL") > 0
    assert book.value("SELECT count(DISTINCT purpose) FROM consent") >= 6
    assert book.value("SELECT count(*) FROM consent WHERE given = 0") > 0
