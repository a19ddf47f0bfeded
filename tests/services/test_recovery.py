"""The recovery sheet: it opens the book without the password, until it is made anew."""

import datetime as dt
import io
import re

import pypdfium2
import pytest

from app.domain import errors
from app.services import backups, recovery, registers, returns
from app.services import password as passwords
from app.services.result import Done
from app.storage.register import Register

NOW = dt.datetime(2026, 11, 22, 21, 4, tzinfo=dt.UTC)
TODAY = NOW.date()
PASSWORD = "kettle ladder orange"


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "tea.hallbook"
    registers.create(path, "Tea Club", password=PASSWORD).close()
    return path


def _words(sheet):
    """Return the words as somebody reads them from the printed page, by their numbers."""
    document = pypdfium2.PdfDocument(returns.render_pdf(sheet).pdf)
    page = " ".join(page.get_textpage().get_text_range() for page in document)
    page = page[page.index("The words") : page.index("How to use it")]
    found = {
        int(number): word for number, word in re.findall(r"\b(\d{1,2})\s+([a-z]{3,8})\b", page)
    }
    return " ".join(found[number] for number in range(1, 25))


def _make(path, password=PASSWORD):
    return _words(recovery.make(path, password=password, holder="the secretary", now=NOW))


def _opens(path, typed):
    try:
        Register.open(path, password=typed, write=False).close()
    except errors.WrongPassword:
        return False
    return True


def test_sheet_opens_the_book_and_its_backups_without_the_password(book, tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    early = backups.make(book, folder, password=PASSWORD, now=NOW).file
    words = _make(book)
    late = backups.make(book, folder, password=words, now=NOW).file
    assert all(_opens(path, words) for path in (book, early, late))
    assert all(_opens(path, PASSWORD) for path in (book, early, late))
    new = tmp_path / "laptop" / "tea.hallbook"
    new.parent.mkdir()
    backups.restore(late, new, password=words, now=NOW)
    assert _opens(new, words)


def test_new_sheet_revokes_the_one_before(book):
    first = _make(book)
    second = _make(book)
    assert not _opens(book, first)
    assert _opens(book, second)
    assert _opens(book, PASSWORD)


def test_other_password_revokes_the_sheet_and_the_book_says_so(book):
    words = _make(book)
    with Register.open(book, password=PASSWORD, write=False) as register:
        assert recovery.state(register, TODAY).works
    done = passwords.change_password(book, old=words, new="blue teapot shelf", now=NOW)
    assert isinstance(done, Done)
    assert not _opens(book, words)
    with Register.open(book, password="blue teapot shelf", write=False) as register:
        state = recovery.state(register, TODAY)
    assert state.sheet is not None
    assert not state.works
    assert not state.ask


def test_it_is_asked_after_a_month_and_then_each_year_whether_it_can_be_found(book):
    with Register.open(book, password=PASSWORD) as register:
        assert recovery.state(register, TODAY).sheet is None
    _make(book)
    with Register.open(book, password=PASSWORD) as register:
        month = TODAY + dt.timedelta(days=30)
        assert not recovery.state(register, month - dt.timedelta(days=1)).ask
        assert recovery.state(register, month).ask
        assert isinstance(recovery.answer(register, found=True, today=month), Done)
        assert not recovery.state(register, month + dt.timedelta(days=300)).ask
        assert recovery.state(register, month + dt.timedelta(days=365)).ask
        lost = recovery.answer(register, found=False, today=month)
        assert [problem.code for problem in lost.problems] == ["recovery_sheet_lost"]


def test_holder_is_kept_and_the_words_are_not(book):
    words = _make(book)
    with Register.open(book, password=PASSWORD) as register:
        recovery.note_holder(register, "  the   treasurer ")
        assert recovery.state(register, TODAY).sheet.holder == "the treasurer"
        kept = " ".join(row[0] for row in register.rows("SELECT value FROM setting"))
        assert register.secret[2:-1] not in kept
    assert not any(word in kept.split() for word in words.split())


@pytest.mark.parametrize("typed", ["wrong wrong wrong", " ".join(["abandon"] * 23 + ["art"])])
def test_wrong_password_makes_no_sheet(book, typed):
    before = book.read_bytes()
    with pytest.raises(errors.WrongPassword):
        recovery.make(book, password=typed, now=NOW)
    assert book.read_bytes() == before


def test_sheet_is_not_made_of_a_sheet_nor_for_a_book_without_password(book, tmp_path):
    words = _make(book)
    with pytest.raises(errors.Refused, match="with the password"):
        recovery.make(book, password=words, now=NOW)
    plain = tmp_path / "plain.hallbook"
    registers.create(plain, "Tea Club").close()
    with pytest.raises(errors.Refused, match="has no password"):
        recovery.make(plain, password=None, now=NOW)


def test_printed_sheet_is_one_page_that_says_how(book):
    sheet = recovery.make(book, password=PASSWORD, holder="the secretary", now=NOW)
    document = pypdfium2.PdfDocument(io.BytesIO(returns.render_pdf(sheet).pdf))
    assert len(document) == 1
    page = document[0].get_textpage().get_text_range()
    for said in ("Tea Club", "tea.hallbook", "kept by the secretary", "Four letters"):
        assert said in page
    assert PASSWORD not in page


def test_register_keeps_the_key_and_not_what_was_typed(book):
    with Register.open(book, password=PASSWORD) as register:
        assert PASSWORD not in str(vars(register))
        assert register.secret not in repr(register)
        with register.opened_again(book) as other:
            assert other.value("SELECT count(*) FROM person") == 0
