"""Books are found in likely places, recent ones are remembered, and risky places are named."""

import datetime as dt
from pathlib import Path

import pytest

from app import paths
from app.services import keeping, recent, searching
from app.services.keeping import Where

NOON = dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def own_settings(tmp_path, monkeypatch):
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "settings"))


def put(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"book")
    return path


def test_books_are_found_in_folders_but_not_too_deep(tmp_path):
    near = put(tmp_path / "Documents" / "Group" / "movers.hallbook")
    put(tmp_path / "Documents" / "a" / "b" / "c" / "d" / "deep.hallbook")
    put(tmp_path / "Documents" / ".hidden" / "hidden.hallbook")
    put(tmp_path / "Documents" / "node_modules" / "odd.hallbook")
    found = searching.find_books((tmp_path / "Documents",))
    assert [book.path for book in found.books] == [near]
    assert found.whole


def test_a_link_round_in_a_ring_is_not_followed(tmp_path):
    book = put(tmp_path / "movers.hallbook")
    (tmp_path / "ring").symlink_to(tmp_path)
    assert [b.path for b in searching.find_books((tmp_path,)).books] == [book]


def test_search_ends_when_its_time_is_over(tmp_path):
    put(tmp_path / "one" / "movers.hallbook")
    ticks = iter([0.0, 1.0, 99.0, 99.0])
    found = searching.find_books((tmp_path,), clock=lambda: next(ticks))
    assert not found.whole
    assert not searching.find_books((tmp_path,), cancelled=lambda: True).whole


def test_recent_books_are_listed_newest_first_and_forgotten_when_asked(tmp_path):
    for hour, name in enumerate(("one", "two", "one")):
        recent.note_opened(tmp_path / name, name.title(), NOON + dt.timedelta(hours=hour))
    assert [book.group for book in recent.recent_books()] == ["One", "Two"]
    recent.forget(tmp_path / "one")
    assert [book.group for book in recent.recent_books()] == ["Two"]


@pytest.mark.parametrize("text", ["not toml [", "book = 3", 'book = [{path = "x"}]'])
def test_spoilt_list_of_recent_books_is_taken_as_empty(text):
    paths.recent_file().parent.mkdir(parents=True)
    paths.recent_file().write_text(text, encoding="utf-8")
    assert recent.recent_books() == ()


@pytest.mark.parametrize(
    ("path", "where", "named"),
    [
        ("/home/sue/OneDrive - Tuesday Movers/book.hallbook", Where.SYNCED, "OneDrive"),
        ("/home/sue/Dropbox/book.hallbook", Where.SYNCED, "Dropbox"),
        ("/Users/sue/Library/Mobile Documents/book.hallbook", Where.SYNCED, "iCloud"),
        ("/home/sue/Dropboxes of mine/book.hallbook", Where.OWN, ""),
        ("/home/sue/Documents/book.hallbook", Where.OWN, ""),
        ("/srv/share/book.hallbook", Where.NETWORK, ""),
        ("/mnt/stick/book.hallbook", Where.STICK, ""),
        ("/media/sue/STICK/book.hallbook", Where.STICK, ""),
    ],
)
def test_places_where_a_book_is_hurt_are_known(path, where, named):
    mounts = "/dev/sda1 / ext4 rw\n//nas/x /srv/share cifs rw\n/dev/sdb1 /mnt/stick vfat rw\n"
    assert keeping.where_is(Path(path), mounts=lambda: mounts) == (where, named)


def test_advice_names_the_service_and_is_silent_at_home():
    assert "Dropbox" in keeping.advice(Path("/home/sue/Dropbox/book.hallbook"))
    assert keeping.advice(Path("/home/sue/book.hallbook")) == ""
