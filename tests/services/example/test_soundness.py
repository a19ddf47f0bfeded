"""A pretend book keeps every rule of a register, and nobody in it is real."""

import datetime as dt
import json
import re
import unicodedata
from functools import cache

from fontTools.ttLib import TTFont

from app import resources
from app.domain.recurrence import bank_holidays
from app.services import registers, settings
from app.storage.register import Register

ENDING = dt.date(2026, 11, 3)


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


FILES = {
    ("issued_return", "template_text"),
    ("issued_return", "filled_json"),
    ("own_template", "text"),
}
"""Columns that keep a whole file as it was, with its lines; nobody typed it into a box."""


def texts(book: Register) -> list[tuple[str, str, str]]:
    """Return every text of every table with its table and column, but for whole files."""
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
                if isinstance(row[column], str) and (table, column) not in FILES
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
