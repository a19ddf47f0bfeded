"""Home in the real window: the weeks, and who was not seen."""

import pytest
from PySide6.QtWidgets import QDialog

from app.services import people
from app.services.weekly import weeks_up_to
from app.ui.widgets.buttons import ActionButton
from tests.conftest import TODAY


def counted(frame, qtbot):
    qtbot.waitUntil(lambda: not frame.home.looking)


def result(look):
    while True:
        try:
            next(look)
        except StopIteration as end:
            return end.value


def test_the_weeks_are_drawn_and_told_to_a_screen_reader(frame, qtbot):
    counted(frame, qtbot)
    found = result(weeks_up_to(frame.book.register, TODAY))
    home = frame.home
    assert home.weeks.chart.isVisible()
    told = home.weeks.chart.accessibleDescription().split("; ")
    assert len(told) == 12
    for week, said in zip(found.weeks, told, strict=True):
        assert f": {week.attendances} attendance" in said
        assert f"by {week.people} pe" in said
    assert f"{found.attendances} attendances by {found.people} people in 12 weeks" in (
        home.weeks.said.text()
    )
    drawn = home.weeks.chart.grab().toImage()
    accent = home.book.looks.colour("accent").rgb()
    highest = max(found.weeks, key=lambda week: week.people)
    place = found.weeks.index(highest)
    middle = home.weeks.chart._slot(place).center().x()
    assert accent in {drawn.pixel(middle, y) for y in range(drawn.height())}


def test_who_was_not_seen_is_counted_on_home_and_one_press_away(frame, qtbot):
    counted(frame, qtbot)
    away = result(people.not_seen(frame.book.register, TODAY))
    assert away
    line = frame.home.away
    assert line.isVisible()
    assert line.title.text().startswith(f"{len(away)} pe")
    line.button.click()
    page = frame.people.list
    qtbot.waitUntil(lambda: not page.looking.running)
    assert frame.page.isVisible()
    assert page.filters.not_seen
    assert set(page.looking.ids()) <= set(away)


def test_a_new_book_says_that_the_weeks_are_still_empty(tea_frame, qtbot):
    counted(tea_frame, qtbot)
    weeks = tea_frame.home.weeks
    assert not weeks.chart.isVisible()
    assert "Nobody is entered" in weeks.said.text()
    assert not tea_frame.home.away.isVisible()


def test_leaving_home_stops_the_counting_and_coming_back_goes_on(frame, qtbot):
    home = frame.home
    home.weeks.look()
    frame.go_to("people")
    assert not home.weeks.looking
    assert not home.away.looking
    frame.go_to("home")
    counted(frame, qtbot)
    assert home.weeks.chart.isVisible()


@pytest.mark.parametrize(
    ("letter", "dialog", "page"),
    [
        ("P", "PersonDialog", "home"),
        ("S", "SessionDialog", "home"),
        ("R", "RecordDialog", "referrals"),
        ("Y", "EntryDialog", "money"),
        ("A", "ActivityDialog", "sessions"),
    ],
)
def test_add_on_home_opens_each_form_by_its_letter(window, frame, letter, dialog, page):
    menu = frame.home.add.own_menu
    by_letter = {one.text().partition("&")[2][0].upper(): one for one in menu.actions()}
    assert len(by_letter) == len(menu.actions()), "a letter chooses one thing"
    by_letter[letter].trigger()
    (shown,) = [d for d in window.findChildren(QDialog) if d.isVisible()]
    assert type(shown).__name__ == dialog
    assert frame._key == page


def test_payment_leads_to_the_beginning_of_the_cash_book_where_there_is_none(tea_frame):
    tea_frame.home.add.wanted.emit("entry")
    assert tea_frame._key == "money"
    assert tea_frame.money.empty.isVisible()
    assert not tea_frame.money.findChildren(QDialog)


def test_keyboard_begins_on_home_with_what_is_on_not_with_add(frame, qtbot):
    frame.go_to("people")
    frame.go_to("home")
    counted(frame, qtbot)
    focused = frame.window().focusWidget()
    assert isinstance(focused, ActionButton)
    assert focused is not frame.home.add


def test_page_stays_where_it_is_while_its_lines_are_made_anew(frame, qtbot):
    counted(frame, qtbot)
    home = frame.home
    first = next(home._pressable())
    name = first.accessibleName()
    first.setFocus()
    bar = home._area.verticalScrollBar()
    assert (bar.value(), bar.maximum() > 0) == (0, True)
    went = []
    bar.valueChanged.connect(went.append)
    home.reload()
    counted(frame, qtbot)
    qtbot.waitUntil(lambda: home.isAncestorOf(home.window().focusWidget()))
    assert home.window().focusWidget().accessibleName() == name
    assert went == []
