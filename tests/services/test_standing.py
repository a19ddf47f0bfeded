"""How a book stands with its copies: made when something changed, told when they cannot be."""

import datetime as dt
from dataclasses import replace

import pytest

from app.domain import errors
from app.services import backups, registers, standing
from app.storage.register import Register
from tests import builders
from tests.disks import protect_folder, stick

__all__ = ["stick"]

NOW = dt.datetime(2026, 11, 22, 21, 4).astimezone()
PASSWORD = "kettle ladder orange"


@pytest.fixture(params=[None, PASSWORD], ids=["plain", "locked"])
def password(request):
    return request.param


@pytest.fixture
def book(tmp_path, password, monkeypatch):
    monkeypatch.setenv("HALLBOOK_HOME", str(tmp_path / "home"))
    path = tmp_path / "Tea Club.hallbook"
    registers.create(path, "Tea Club", password=password).close()
    _add(path, password, "Alba Pretend")
    return path


def _add(path, password, name):
    with Register.open(path, password=password) as register:
        builders.person(register, name)


def _wanted(path, password):
    with Register.open(path, password=password, write=False) as register:
        return standing.wanted(register)


def _copies(folder):
    return sorted(path.name for path in folder.glob("*.hallbook"))


def test_first_copy_is_made_counted_and_remembered(book, password):
    want = _wanted(book, password)
    assert standing.is_due(want, standing.standing(want.book))
    known = standing.make_copies(want, now=NOW)
    assert (known.here.people, known.here.sessions, known.here.money_pence) == (1, 0, 0)
    assert known == standing.standing(want.book)
    assert known.trouble == ""
    assert _copies(standing.first_folder(book)) == ["Tea Club 2026-11-22 2104.hallbook"]
    assert not standing.is_due(want, known)


def test_nothing_new_makes_no_new_copy_and_something_does(book, password):
    standing.make_copies(_wanted(book, password), now=NOW)
    standing.make_copies(_wanted(book, password), now=NOW + dt.timedelta(hours=1))
    folder = standing.first_folder(book)
    assert len(_copies(folder)) == 1
    _add(book, password, "Bilal Pretend")
    known = standing.make_copies(_wanted(book, password), now=NOW + dt.timedelta(hours=2))
    assert len(_copies(folder)) == 2
    assert known.here.people == 2


def test_second_place_gets_its_copy_when_it_is_there(book, password, tmp_path):
    want = _wanted(book, password)
    away = tmp_path / "stick"
    known = standing.choose_second(want.book, away)
    assert not standing.second_is_there(known)
    known = standing.make_copies(want, now=NOW)
    assert known.here is not None
    assert known.away is None
    assert "no folder called stick" in known.trouble
    away.mkdir()
    assert standing.second_is_there(known)
    known = standing.make_copies(want, now=NOW)
    assert known.trouble == ""
    assert _copies(away) == ["Tea Club 2026-11-22 2104.hallbook"]
    assert len(_copies(standing.first_folder(book))) == 1


def test_days_without_a_copy_off_this_computer_are_counted(book, password, tmp_path):
    want = _wanted(book, password)
    known = standing.make_copies(want, now=NOW)
    today = NOW.date()
    assert known.days_without(today + dt.timedelta(days=29)) is None
    assert known.days_without(today + dt.timedelta(days=31)) == 31
    (tmp_path / "stick").mkdir()
    standing.choose_second(want.book, tmp_path / "stick")
    known = standing.make_copies(want, now=NOW + dt.timedelta(days=31))
    assert known.days_without(today + dt.timedelta(days=31)) is None


def test_full_stick_is_told_and_the_copy_here_is_made(book, password, stick):
    want = _wanted(book, password)
    stick.fill()
    standing.choose_second(want.book, stick.path)
    known = standing.make_copies(want, now=NOW)
    assert known.here is not None
    assert "no room" in known.trouble


def test_folder_that_may_not_be_written_is_told(book, password, tmp_path):
    want = _wanted(book, password)
    away = tmp_path / "stick"
    away.mkdir()
    protect_folder(away)
    standing.choose_second(want.book, away)
    known = standing.make_copies(want, now=NOW)
    assert "may not be written" in known.trouble


def test_copy_gives_way_to_whoever_saves(book, password):
    want = _wanted(book, password)
    with pytest.raises(errors.Cancelled):
        standing.make_copies(want, now=NOW, stop=lambda: True)
    assert standing.standing(want.book).here is None
    assert _copies(standing.first_folder(book)) == []


def test_spoilt_file_of_what_is_known_is_begun_anew(book, password, tmp_path):
    want = _wanted(book, password)
    standing.make_copies(want, now=NOW)
    (tmp_path / "home" / "copies.toml").write_text("not = [toml", encoding="utf-8")
    assert standing.standing(want.book) == standing.Standing()
    assert standing.make_copies(want, now=NOW).here is not None


def test_what_is_kept_names_nobody_and_no_key(book, password, tmp_path):
    want = _wanted(book, password)
    standing.make_copies(want, now=NOW)
    kept = (tmp_path / "home" / "copies.toml").read_text(encoding="utf-8")
    for private in ("Alba", PASSWORD, want.secret or PASSWORD):
        assert private not in kept
        assert private not in repr(want)


def test_key_of_an_open_book_is_enough_for_its_copies(book, password):
    want = _wanted(book, password)
    standing.make_copies(replace(want), now=NOW)
    (copy,) = standing.first_folder(book).glob("*.hallbook")
    with Register.open(copy, password=password, write=False) as register:
        assert register.encrypted is (password is not None)
        assert standing.wanted(register).book == want.book


def test_list_of_copies_says_what_each_holds_or_why_not(book, password, tmp_path):
    standing.make_copies(_wanted(book, password), now=NOW)
    folder = standing.first_folder(book)
    (folder / "empty.hallbook").write_bytes(b"")
    (folder / "photo.hallbook").write_bytes(b"\x89PNG" * 300)
    registers.create(folder / "other.hallbook", "Chess", password="another password").close()
    found = {
        one.path.name: one
        for one in backups.listing([tmp_path / "gone", folder.parent], password=password)
    }
    good = found["Tea Club 2026-11-22 2104.hallbook"]
    assert (good.held.group, good.held.people, good.trouble) == ("Tea Club", 1, "")
    assert f"{good.made_at:%Y-%m-%d %H:%M}" == "2026-11-22 21:04"
    assert found["other.hallbook"].locked
    assert "is empty" in found["empty.hallbook"].trouble
    assert found["photo.hallbook"].held is None
    assert found["photo.hallbook"].trouble
