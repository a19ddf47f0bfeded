"""The list in the real window: filters told and taken away, ticks, many changed, columns kept."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from app.domain.people import ConsentPurpose, PersonRole
from app.services import people
from app.services.people import Wanted, Where
from app.ui.people.filters import Filters
from app.ui.people.many_dialogs import ManyDialog
from app.ui.people.people_model import PeopleModel, columns_for
from tests.conftest import TODAY


@pytest.fixture
def page(frame):
    frame.go_to("people")
    return frame.people.list


def settled(page, qtbot):
    qtbot.waitUntil(lambda: not page.looking.running)


def shown(page):
    """Return who is in the list, after looking that what is drawn of it is the same."""
    ids = page.looking.ids()
    assert page.model.rowCount() == len(ids)
    for place, person in enumerate(ids):
        line = page.model.row_at(place)
        assert line is None or line.person.id == person
    return list(ids)


def dialog_of(window):
    return next(
        d for d in window.findChildren(QDialog) if isinstance(d, ManyDialog) and d.isVisible()
    )


def test_the_counts_are_always_shown(page, frame):
    def count(where):
        return people.count_people(frame.book.register, Wanted(today=TODAY, where=where))

    before = page.head.subtitle.text()
    assert before.startswith(f"{count(Where.HERE)} here now")
    assert f"{count(Where.LEFT)} have left" in before
    page.search_for("kaur")
    assert page.head.subtitle.text() == before


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (Filters(no_phone=True), "no phone"),
        (Filters(where=Where.LEFT), "have left"),
        (Filters(age="under_18"), "under 18"),
        (Filters(role=PersonRole.VOLUNTEER), "volunteer"),
        (Filters(consent=ConsentPurpose.PHOTOS), "without consent: photos"),
        (Filters(not_seen=True), "not seen for 3 sessions"),
    ],
)
def test_a_filter_is_told_and_show_everyone_takes_it_away(page, qtbot, filters, said):
    everybody = shown(page)
    page.filter_bar.set_filters(filters)
    settled(page, qtbot)
    assert said in page.notice.text
    assert page.model.rowCount() > 0
    assert shown(page) != everybody
    page.notice._actions[0].click()
    settled(page, qtbot)
    assert shown(page) == everybody
    assert not page.notice.isVisible()


def test_a_filter_that_leaves_nobody_says_so(page):
    page.filter_bar.set_filters(Filters(no_phone=True))
    page.search_for("07700")
    assert page.nobody.isVisible()
    page.nobody.button.click()
    assert page.typed == ""
    assert page.filters == Filters()
    assert page.table.isVisible()


def test_a_filter_chosen_in_the_menu_narrows_the_list(page):
    everybody = len(shown(page))
    page.filter_bar._actions["no_phone", True].trigger()
    assert page.filters.no_phone
    assert len(shown(page)) < everybody
    assert page.filter_bar.more.text() == "Filter: 1"


def test_ticks_stay_while_one_searches_for_the_next(page):
    first, second = shown(page)[0], shown(page)[5]
    page.focus_list()
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    page.search_for("qqqq")
    page.search.setText("")
    page.choosing.turn(second)
    assert page.choosing.ids == {first, second}
    assert page.chosen_bar.isVisible()
    assert "2 people chosen" in page.chosen_bar.said.text()
    assert page.chosen_bar.join.isVisible()
    page.escape()
    assert not page.chosen_bar.isVisible()


def test_choosing_all_chooses_those_shown_and_nobody_else(page):
    page.search_for("kaur")
    wanted = set(shown(page))
    QTest.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.choosing.ids == wanted
    page.search.setText("")
    assert page.choosing.ids == wanted


def test_many_go_to_the_bin_as_one_named_step_and_the_message_leads_there(page, frame, qtbot):
    three = shown(page)[:3]
    for who in three:
        page.choosing.turn(who)
    page.chosen_bar.bin.click()
    assert not set(three) & set(shown(page))
    assert "bin" in page.notice.text
    assert frame.book.history.undo_text.startswith("put ")
    page.notice._actions[0].click()
    assert set(three) <= set(shown(page))
    page.choosing.add(three)
    assert page.chosen_bar.unbin.isVisible()
    page.chosen_bar.unbin.click()
    assert not set(three) & set(shown(page))
    frame.book.history.undo()
    frame.book.history.undo()
    page.show_everyone()
    assert set(three) <= set(shown(page))


def test_many_get_an_area(page, window, frame, reread):
    two = shown(page)[:2]
    page.choosing.add(two)
    page.choosing.carry_out("area")
    dialog = dialog_of(window)
    QTest.keyClicks(dialog.area, "Eggington")
    dialog.save_button.click()
    assert reread("SELECT count(*) FROM person WHERE area = 'Eggington'") == [(2,)]
    assert frame.book.history.undo_text.startswith("change the area of ")


def test_many_left_on_a_day_that_is_none_is_said_in_place(page, window):
    page.choosing.add(shown(page)[:2])
    page.choosing.carry_out("left")
    dialog = dialog_of(window)
    dialog.day.setText("31 Feb")
    dialog.save_button.click()
    assert "There is no such day as 31 Feb" in dialog.fields["left_on"].problem
    assert dialog.day.text() == "31 Feb"
    dialog.day.setText("3/11/2026")
    dialog.save_button.click()
    assert not dialog.isVisible()


def test_consent_on_paper_for_many(page, window, frame):
    two = shown(page)[:2]
    page.choosing.add(two)
    page.choosing.carry_out("consent")
    dialog_of(window).save_button.click()
    assert frame.book.history.undo_text.startswith("note consent of ")


def test_columns_chosen_are_remembered(page, frame, window):
    page.column_choice._columns["email"].trigger()
    assert "email" in [column.key for column in page.model.columns]
    other = type(page.column_choice)(frame.book.looks)
    assert "email" in other.chosen
    other.deleteLater()
    page.column_choice.usual.trigger()
    assert "email" not in [column.key for column in page.model.columns]


def test_a_head_pressed_orders_and_pressed_again_turns_round(page, qtbot):
    by_name = shown(page)
    page.table._on_head(1)
    assert shown(page) == by_name[::-1]
    last = [column.key for column in page.model.columns].index("last_came")
    page.table._on_head(last)
    settled(page, qtbot)
    days = [line.last_on for line in page.model.rows]
    known = [day for day in days if day is not None]
    assert known == sorted(known, reverse=True)
    assert days == known + [None] * (len(days) - len(known))
    page.column_choice.order_by("name", down=False)
    assert shown(page) == by_name


def test_letters_in_the_list_begin_a_search(page):
    page.focus_list()
    QTest.keyClick(page.table, Qt.Key.Key_K)
    assert page.search.text() == "k"
    assert page.search.hasFocus()


def test_ten_thousand_lines_pasted_into_the_search_find_nobody_quickly(page, qapp):
    qapp.clipboard().setText("lots of words\n" * 10_000)
    page.search.paste()
    assert len(page.search.text()) <= 200
    assert page.nobody.isVisible()


def test_people_with_every_column_pass_qts_model_tester(qtmodeltester, frame):
    from app.ui.people.people_model import KINDS, line_of

    register = frame.book.register
    rows = people.find_people(register, Wanted(today=TODAY)).rows
    ids = tuple(row.id for row in rows)
    besides = people.besides(register, ids, today=TODAY, columns=frozenset(KINDS))
    model = PeopleModel()
    model.set_columns(columns_for(tuple(KINDS), own_choice=True, missed=True))
    model.set_rows(tuple(line_of(row, besides, TODAY) for row in rows))
    model.show_ticked(frozenset(ids[:3]))
    qtmodeltester.check(model)
    told = {model.index(row, 0).data(Qt.ItemDataRole.CheckStateRole) for row in range(5)}
    assert told == {Qt.CheckState.Checked.value, Qt.CheckState.Unchecked.value}
