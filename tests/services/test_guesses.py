"""Wrong passwords: each makes the next one wait longer, never for ever, whatever the clock says."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import paths
from app.domain.passwords import FEWEST_LETTERS, LONGEST_WAIT, strength, wait_after
from app.services import guesses

NOW = dt.datetime(2026, 11, 22, 21, 4, tzinfo=dt.UTC)
BOOK = Path("/somewhere/Alba Pretend's club.hallbook")


@pytest.fixture(autouse=True)
def own_settings(tmp_path, monkeypatch):
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "settings"))


def after(seconds):
    return NOW + dt.timedelta(seconds=seconds)


def test_each_wrong_password_doubles_the_wait_up_to_half_a_minute():
    assert [guesses.note_wrong(BOOK, NOW) for _ in range(9)] == [
        0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0,
    ]  # fmt: skip


def test_wait_runs_out_and_a_right_password_begins_anew():
    for _ in range(4):
        guesses.note_wrong(BOOK, NOW)
    assert guesses.wait_left(BOOK, after(1.5)) == 2.5
    assert guesses.wait_left(BOOK, after(4)) == 0
    guesses.note_right(BOOK)
    assert guesses.note_wrong(BOOK, NOW) == 0.5


def test_count_is_of_one_book_and_of_one_sitting():
    guesses.note_wrong(BOOK, NOW)
    assert guesses.wait_left(Path("/somewhere/other.hallbook"), NOW) == 0
    for _ in range(9):
        guesses.note_wrong(BOOK, NOW)
    assert guesses.note_wrong(BOOK, after(13 * 3600)) == 0.5


def test_file_names_no_book_and_one_that_is_spoilt_is_begun_anew():
    guesses.note_wrong(BOOK, NOW)
    kept = paths.guesses_file().read_text(encoding="utf-8")
    assert "Alba" not in kept
    assert "somewhere" not in kept
    paths.guesses_file().write_text("[not = toml", encoding="utf-8")
    assert guesses.wait_left(BOOK, NOW) == 0
    assert guesses.note_wrong(BOOK, NOW) == 0.5


@given(hours=st.integers(-100_000, 100_000), wrong=st.integers(1, 12))
def test_clock_set_anywhere_never_locks_out(hours, wrong):
    guesses.note_right(BOOK)
    for _ in range(wrong):
        guesses.note_wrong(BOOK, NOW)
    assert 0 <= guesses.wait_left(BOOK, NOW + dt.timedelta(hours=hours)) <= LONGEST_WAIT


@given(st.integers(0, 10_000))
def test_wait_never_falls_and_never_passes_half_a_minute(count):
    assert wait_after(count) <= wait_after(count + 1) <= LONGEST_WAIT


@pytest.mark.parametrize(("typed", "said"), [
    ("", ""), ("tea", "Too short"), ("password99", "Easy"), ("aaaaaaaaaaaa", "Easy"),
    ("kjhwqzrt", "Fair"), ("kjhwqzrtbnmf", "Good"), ("kettle ladder orange", "Strong"),
])  # fmt: skip
def test_strength_is_said_in_plain_words(typed, said):
    assert strength(typed).startswith(said)


@given(st.text(max_size=FEWEST_LETTERS - 1))
def test_what_is_refused_as_too_short_is_never_praised(typed):
    assert strength(typed)[:3] in {"", "Too"}
