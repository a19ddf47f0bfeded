"""People: found while typing, added with a name only, changed, put in the bin."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from app.services import people
from app.ui.people.person_dialog import PersonDialog


@pytest.fixture
def page(frame):
    frame.go_to("people")
    return frame.people


def dialog_of(window):
    return next(
        d for d in window.findChildren(QDialog) if isinstance(d, PersonDialog) and d.isVisible()
    )


def names(page):
    model = page.list.model
    return [model.row_at(row).person.list_name for row in range(model.rowCount())]


def test_list_says_how_many_people_there_are(page, frame):
    total = people.list_people(frame.book.register).total
    assert page.list.head.subtitle.text().startswith(f"{total} ")
    assert page.list.model.rowCount() == total


def test_each_letter_narrows_the_list_and_emptying_shows_all_again(page):
    everybody = page.list.model.rowCount()
    counts = []
    for letter in "kaur":
        QTest.keyClicks(page.list.search, letter)
        counts.append(page.list.model.rowCount())
    assert counts == sorted(counts, reverse=True)
    assert 0 < counts[-1] < everybody
    assert any("Kaur" in name for name in names(page))
    page.list.search.setText("")
    assert page.list.model.rowCount() == everybody


@pytest.mark.parametrize("typed", ["zoe", "ZOË", "bronte"])
def test_accents_and_capitals_do_not_matter(page, typed):
    page.list.search_for(typed)
    assert any("Brontë, Zoë" in name for name in names(page))


def test_nobody_found_says_so_and_offers_to_add(page):
    page.list.search_for("qqqq")
    assert page.list.nobody.isVisible()
    assert page.list.nobody.button.isVisible()
    assert not page.list.table.isVisible()


def test_empty_book_says_what_goes_here(tea_frame):
    tea_frame.go_to("people")
    assert tea_frame.people.list.nobody._title.text() == "Nobody in the book yet"
    tea_frame.people.list.nobody.button.click()
    assert dialog_of(tea_frame.window())


def test_person_is_added_with_a_name_only_and_can_be_taken_back(window, page, frame):
    before = people.list_people(frame.book.register).total
    page.list.add_button.click()
    dialog = dialog_of(window)
    QTest.keyClicks(dialog.lines["given_name"], "Wilhelmina")
    dialog.save_button.click()
    assert page.person.person.given_name == "Wilhelmina"
    assert people.list_people(frame.book.register).total == before + 1
    frame.top.undo.click()
    assert people.list_people(frame.book.register).total == before


def test_form_without_a_name_says_so_and_keeps_what_was_typed(window, page):
    page.list.add_button.click()
    dialog = dialog_of(window)
    QTest.keyClicks(dialog.lines["phone"], "07700 900123")
    dialog.save_button.click()
    assert dialog.isVisible()
    assert "A name is needed" in dialog.fields["given_name"].problem
    assert dialog.lines["phone"].text() == "07700 900123"


def test_name_of_three_hundred_letters_is_said_to_be_too_long(window, page):
    page.list.add_button.click()
    dialog = dialog_of(window)
    dialog.lines["family_name"].setText("x" * 300)
    dialog.save_button.click()
    assert "300 letters" in dialog.fields["family_name"].problem
    assert len(dialog.lines["family_name"].text()) == 300


def test_likely_double_is_offered_while_typing_and_opened(window, page, frame):
    row = people.list_people(frame.book.register, "bronte").rows[0]
    page.list.add_button.click()
    dialog = dialog_of(window)
    QTest.keyClicks(dialog.lines["given_name"], "Zoe")
    QTest.keyClicks(dialog.lines["family_name"], "Bron")
    assert "Already in the book?" in dialog.notice.text
    dialog.notice._actions[0].click()
    assert not dialog.isVisible()
    assert page.person.person.id == row.id


def test_search_on_ten_thousand_lines_pasted_is_harmless(page):
    page.list.search.setText("kaur " * 10_000)
    assert page.list.model.rowCount() < 20
    page.list.search.setText("")
    assert page.list.model.rowCount() > 0


def test_down_goes_from_search_into_the_list_and_enter_opens(window, page):
    page.list.search_for("bront")
    QTest.keyClick(page.list.search, Qt.Key.Key_Down)
    assert page.list.table.hasFocus()
    QTest.keyClick(page.list.table, Qt.Key.Key_Return)
    assert "Brontë" in page.person.head.title.text()
