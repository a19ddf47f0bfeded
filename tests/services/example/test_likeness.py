"""A pretend book is like the books of real groups: regulars, drop-offs, seasons, families."""

import datetime as dt
import unicodedata

from app.domain.activities import CANCEL_REASONS
from app.domain.equality import ANSWERS
from app.storage.register import Register

ENDING = dt.date(2026, 11, 3)


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
