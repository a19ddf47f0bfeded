"""Welfare notes: apart, encrypted, only added to, and nowhere in what the book gives out."""

import datetime as dt
import re

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import errors
from app.domain.welfare import NoteDraft
from app.services import registers, returns, welfare
from app.services.result import Done, Refused
from app.storage import driver
from app.storage import welfare as storage
from app.storage.register import Register
from tests.disks import stick

__all__ = ["stick"]

NOW = dt.datetime(2026, 11, 22, 21, 4, tzinfo=dt.UTC)
TODAY = NOW.date()
PASSWORD = "marble lantern quiet"
DRAFT = NoteDraft(
    about="Pretend Pat",
    happened_on=dt.date(2026, 11, 20),
    happened_at="half past six, by the door",
    who_was_there="The leader and one other",
    what_happened="Said that nobody is at home in the evenings.",
    action_taken="The leader listened and wrote it down.",
    referred_to="Children's social care",
    signed_by="A. Pretend",
)


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "tea.hallbook"
    registers.create(path, "Tea Club").close()
    return path


@pytest.fixture
def notes(book):
    made = welfare.begin(book, new=PASSWORD, now=NOW)
    yield made
    made.close()


def _add(notes, **changes):
    draft = NoteDraft(**{name: getattr(DRAFT, name) for name in DRAFT.__slots__} | changes)
    return welfare.add(notes, draft, today=TODAY, now=NOW)


def test_note_is_kept_whole_and_read_again(book, notes):
    assert isinstance(_add(notes), Done)
    notes.close()
    with welfare.open_notes(book, PASSWORD, now=NOW) as again:
        (note,) = again.notes()
        assert (note.number, note.about, note.written_at) == (1, "Pretend Pat", NOW)
        assert note.what_happened == DRAFT.what_happened
        assert again.flaws() == ()
        assert [(what) for _, _, what in again.looks()] == ["opened"]


def test_note_is_never_changed_nor_taken_away_even_by_hand(notes):
    _add(notes)
    for sql in ("UPDATE note SET about = 'x'", "DELETE FROM note", "DELETE FROM looked"):
        notes.look("somebody", "opened", NOW)
        with pytest.raises(driver.DriverError, match="never changed"):
            notes._connection.execute(sql)
    assert notes.notes()[0].about == "Pretend Pat"


def test_correction_is_a_note_of_its_own_that_points_at_the_first(notes):
    _add(notes)
    _add(notes, what_happened="It was on Thursday, not Friday.", corrects=1)
    later, first = notes.notes()
    assert (later.corrects, first.corrected_by) == (1, 2)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"about": " "}, "welfare_about_needed"),
        ({"what_happened": ""}, "welfare_words_needed"),
        ({"signed_by": ""}, "welfare_signed_needed"),
        ({"happened_on": None}, "date_needed"),
        ({"happened_on": dt.date(2026, 11, 23)}, "welfare_future"),
        ({"referred_to": ""}, "welfare_why_not"),
        ({"about": "x" * 301}, "text_too_long"),
    ],
)
def test_note_that_will_not_do_is_told_why_and_nothing_is_kept(notes, changes, code):
    refused = _add(notes, **changes)
    assert isinstance(refused, Refused)
    assert [problem.code for problem in refused.problems] == [code]
    assert notes.notes() == ()


def test_wrong_password_opens_nothing_and_the_books_is_not_theirs(book, notes):
    notes.close()
    before = welfare.place_of(book).read_bytes()
    with pytest.raises(errors.WrongPassword):
        welfare.open_notes(book, "another password", now=NOW)
    assert welfare.place_of(book).read_bytes() == before


def test_there_is_one_file_of_notes_and_two_may_not_write_it(book, notes):
    with pytest.raises(errors.RegisterExists):
        welfare.begin(book, new=PASSWORD, now=NOW)
    with pytest.raises(errors.RegisterLocked):
        welfare.open_notes(book, PASSWORD, now=NOW)


def test_password_of_the_notes_is_changed(book, notes):
    _add(notes)
    notes.change_password("another lantern here")
    notes.close()
    with pytest.raises(errors.WrongPassword):
        welfare.open_notes(book, PASSWORD, now=NOW)
    with welfare.open_notes(book, "another lantern here", now=NOW) as again:
        assert len(again.notes()) == 1


def test_nothing_of_a_note_can_be_read_in_any_file_or_in_the_book(book, notes, tmp_path):
    _add(notes)
    notes.close()
    folder = tmp_path / "copies"
    folder.mkdir()
    storage.copy_to(welfare.place_of(book), folder, "tea 2026-11-22 2104.welfare")
    for file in (file for file in tmp_path.rglob("*") if file.is_file()):
        raw = file.read_bytes()
        for word in (b"Pretend Pat", b"nobody is at home", b"social care"):
            assert word not in raw, file.name
    with Register.open(book, write=False) as register:
        tables = register.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        held = [
            tuple(row) for (name,) in tables for row in register.rows(f'SELECT * FROM "{name}"')
        ]
    assert "Pretend Pat" not in str(held)


def test_copy_opens_with_the_password_of_the_notes(book, notes, tmp_path):
    _add(notes)
    notes.close()
    folder = tmp_path / "copies"
    folder.mkdir()
    copy = storage.copy_to(welfare.place_of(book), folder, "tea.welfare")
    with storage.WelfareFile.open(copy, PASSWORD, now=NOW) as opened:
        assert len(opened.notes()) == 1
    assert storage.copy_to(tmp_path / "none.welfare", folder, "none.welfare") is None


def test_full_disk_keeps_what_was_there(stick):
    stick.path.joinpath("tea.hallbook")
    book = stick.path / "tea.hallbook"
    with welfare.begin(book, new=PASSWORD, now=NOW) as notes:
        _add(notes)
        stick.fill()
        with pytest.raises(errors.DiskFull):
            for _ in range(60):
                _add(notes, what_happened="x" * 4_000)
        kept = len(notes.notes())
        stick.free()
        assert isinstance(_add(notes), Done)
        assert len(notes.notes()) == kept + 1


def test_printed_note_says_all_and_that_it_was_printed_is_kept(book, notes):
    _add(notes)
    with Register.open(book, write=False) as register:
        paper = welfare.paper(notes, register, 1, now=NOW)
        assert welfare.paper(notes, register, 2, now=NOW) is None
    document = pypdfium2.PdfDocument(returns.render_pdf(paper).pdf)
    page = re.sub(r"\s+", " ", document[0].get_textpage().get_text_range())
    for said in ("Pretend Pat", "20 November 2026", DRAFT.what_happened, "A. Pretend"):
        assert said in page
    assert notes.looks()[0][2] == "printed"
    assert "Pretend Pat" not in repr(paper)


@pytest.fixture(scope="module")
def one_file(tmp_path_factory):
    book = tmp_path_factory.mktemp("notes") / "tea.hallbook"
    with welfare.begin(book, new=PASSWORD, now=NOW) as made:
        yield made


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_any_words_come_back_as_they_were_written(one_file, words):
    done = _add(one_file, what_happened=words)
    assert isinstance(done, Done) is bool(words.strip())
    if isinstance(done, Done):
        assert one_file.notes()[0].what_happened == words.strip()
