"""Settings in the window: kept when left, said beside the field, taken back by name."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from app.services import settings
from app.ui.appearance import TEXT_SIZES
from app.ui.theme import ThemeChoice
from tests.ui.test_accessibility import nameless


@pytest.fixture
def page(window, frame):
    frame.go_to("settings")
    return frame.settings


def kept(frame):
    return settings.read(frame.book.register)


def test_name_is_kept_when_its_field_is_left_and_undone_by_name(window, frame, page):
    line = page.group.lines["group_name"]
    before = line.text()
    line.selectAll()
    QTest.keyClicks(line, "Tuesday Movers and Shakers")
    assert kept(frame).group_name == before, "not letter by letter"
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert kept(frame).group_name == "Tuesday Movers and Shakers"
    assert frame.book.history.undo_text == "change group's name"
    frame.book.history.undo()
    assert line.text() == before


def test_what_is_refused_stays_typed_with_its_problem_beside_it(frame, page):
    line = page.group.lines["group_name"]
    line.clear()
    line.settle()
    assert page.group.fields["group_name"].problem == "The group needs a name."
    page.printing.rows.setValue(9)
    assert line.text() == "", "another change does not put the old words back"
    assert kept(frame).blank_rows == 9
    line.setText("Movers")
    line.settle()
    assert page.group.fields["group_name"].problem == ""


def test_going_to_another_page_keeps_what_is_typed(frame, page):
    page.group.lines["contact"].setText("Sue Fox, 01525 000000")
    frame.go_to("home")
    assert kept(frame).contact == "Sue Fox, 01525 000000"


def test_picture_is_shrunk_and_kept_and_no_picture_is_said(frame, page, tmp_path):
    picture = QImage(3000, 1000, QImage.Format.Format_RGB32)
    picture.fill(0x17695A)
    picture.save(str(tmp_path / "logo.jpg"))
    page.group.take_logo(tmp_path / "logo.jpg")
    assert 0 < len(kept(frame).logo) < 100_000
    (tmp_path / "logo.png").write_bytes(b"no picture")
    page.group.take_logo(tmp_path / "logo.png")
    assert "could not be read as a picture" in page.group.logo_problem.text()
    assert kept(frame).logo


def test_questions_year_end_and_legal_form_are_kept(frame, page):
    box = next(iter(page.questions.boxes.values()))
    box.click()
    assert "sex" not in kept(frame).questions.split()
    page.group.month.setCurrentIndex(11)
    page.group.month.activated.emit(11)
    assert kept(frame).year_end == "12-31"
    page.group.legal.setCurrentIndex(2)
    page.group.legal.activated.emit(2)
    assert kept(frame).legal_form == "cio"


def test_own_age_bands_are_added_changed_and_taken_away(frame, page):
    row = page.bands.rows[-1]
    row.title.setText("Ours")
    row.bounds.setText("9, 3")
    row.button.click()
    assert "rising" in row.bounds_field.problem
    assert row.bounds.text() == "9, 3"
    row.bounds.setText("3, 9")
    row.button.click()
    assert page.bands.first.findData("own_ours") >= 0
    own = page.bands.rows[0]
    own.bounds.setText("3, 9, 18")
    own.bounds.settle()
    assert settings.band_sets(frame.book.register)[-1].bounds == (3, 9, 18)
    page.bands.rows[0].button.click()
    assert page.bands.first.findData("own_ours") < 0


def test_rate_is_stated_with_its_day_and_source(frame, page):
    page.rates.pounds.setText("15")
    page.rates.add.click()
    assert "date is needed" in page.rates.day_field.problem
    page.rates.day.setText("31/2/2026")
    page.rates.add.click()
    assert "no such day" in page.rates.day_field.problem
    page.rates.day.setText("1/10/2026")
    page.rates.add.click()
    assert settings.hour_rates(frame.book.register)[0].pence == 1500


def test_looks_follow_at_once(frame, page):
    page.looks.text_size.setCurrentIndex(len(TEXT_SIZES) - 1)
    page.looks.text_size.activated.emit(len(TEXT_SIZES) - 1)
    assert frame.book.looks.text_size == 200
    page.looks.theme.setCurrentIndex(2)
    page.looks.theme.activated.emit(2)
    assert frame.book.looks.choice is ThemeChoice.DARK


def test_every_control_has_a_name(window, page):
    assert nameless(window) == []
