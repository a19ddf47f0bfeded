"""The board by state and the plain list: cards, keys, filters, order, what is empty."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from app.domain.referrals import ReferralDraft, State, Step, StepDraft
from app.services import referrals
from app.services.referrals import LANES, NewReferral, WantedReferrals, looking
from app.ui.referrals.board import CARDS
from app.ui.referrals.card_list import CardModel
from app.ui.referrals.list_table import ReferralModel
from app.ui.referrals.step_dialog import StepDialog
from app.ui.tables.blocks_model import BLOCK
from app.ui.widgets.buttons import ActionButton
from tests import builders
from tests.conftest import TODAY


@pytest.fixture
def page(frame, qtbot):
    frame.go_to("referrals")
    qtbot.waitUntil(lambda: frame.referrals.list.looking.found is not None)
    return frame.referrals.list


def dialog_of(window, kind=QDialog):
    return next(d for d in window.findChildren(kind) if d.isVisible())


def test_columns_hold_exactly_the_referrals_of_their_states(page, frame):
    register = frame.book.register
    by_state = {c.state: c for c in referrals.board(register, WantedReferrals(), today=TODAY,
                                                    columns=tuple(State), cards=10_000)}  # fmt: skip
    for lane in LANES:
        wanted = {row.id for state in lane.states for row in by_state[state].rows}
        found = set(page.looking.found.lanes[lane.key])
        assert found <= wanted if lane.lately else found == wanted, lane.key
        column = page.board.columns[lane.key]
        assert column.cards.cards.rowCount() == min(len(found), CARDS)
        assert not found or f"{len(found):,}" in column.heading.text()


def test_ended_lately_is_of_the_last_eight_weeks(page, frame):
    rows = referrals.rows_of(frame.book.register, page.looking.found.lanes["ended"], today=TODAY)
    assert all((TODAY - row.state_on).days <= referrals.LATELY_DAYS for row in rows)


def test_every_card_says_its_state_in_a_word_and_a_shape(page):
    for column in page.board.columns.values():
        for place, row in enumerate(column.cards.cards.rows):
            told = column.cards.cards.index(place, 0).data(Qt.ItemDataRole.AccessibleTextRole)
            assert row.full_name in told
            assert "received" in told


def test_arrows_go_from_card_to_card_and_column_to_column(page, window):
    page.board.take_keyboard()
    columns = [c for c in page.board.columns.values() if c.cards.cards.rowCount()]
    assert len(columns) > 2
    assert columns[0].cards.hasFocus()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Right)
    assert columns[1].cards.hasFocus()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Left)
    assert columns[0].cards.hasFocus()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Up)
    assert page.search.hasFocus(), "up from the first card is the search"
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert columns[0].cards.hasFocus()


def test_enter_opens_the_card_and_escape_comes_back_to_it(page, frame, window):
    page.board.take_keyboard()
    row = page.board.row
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert frame.referrals.page is frame.referrals.referral
    assert frame.referrals.referral.whole.referral.id == row.id
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert frame.referrals.page is page
    assert page.board.row.id == row.id


def test_letter_takes_a_step_and_the_card_moves_on_at_once(page, frame, window):
    page.board.take_keyboard()
    row = page.board.row
    assert row.state in {State.RECEIVED, State.CONTACTED}
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_F)
    dialog = dialog_of(window, StepDialog)
    assert dialog.reason.currentData() == "full"
    dialog.save_button.click()
    whole = referrals.whole(frame.book.register, row.id, today=TODAY)
    assert (whole.row.state, whole.row.reason) == (State.NOT_ACCEPTED, "full")
    ended = page.board.columns["ended"].cards.cards.rows
    assert row.id in {one.id for one in ended}
    assert row.id not in {one.id for one in page.board.columns["answer"].cards.cards.rows}
    assert frame.book.history.undo_text.startswith("do not accept")


def test_letter_that_cannot_follow_says_so_in_place(page, window):
    column = page.board.columns["here"]
    column.cards.take(0)
    QTest.keyClick(column.cards, Qt.Key.Key_F)
    assert "cannot follow here" in page.notice.text
    assert not [d for d in window.findChildren(StepDialog) if d.isVisible()]


@pytest.mark.parametrize("state", [State.COMPLETED, State.NOT_ACCEPTED, State.ATTENDING])
def test_list_of_a_state_has_all_of_them_and_nobody_else(page, frame, state, qtbot):
    page.show_states(state.value)
    qtbot.waitUntil(lambda: not page.looking.running)
    wanted = referrals.count_states(frame.book.register, WantedReferrals(), today=TODAY)[state]
    assert page.model.rowCount() == wanted
    assert {row.state for row in page.model.rows} <= {state}


def test_list_is_narrowed_by_source_activity_and_payer_and_ordered_by_a_head(page, frame):
    page.tabs.show_part("list")
    total = page.model.rowCount()
    row = next(row for row in page.model.rows if row.activity_id)
    bar = page.filter_bar
    bar.source.setCurrentIndex(bar.source.findData(row.source_type))
    bar.activity.setCurrentIndex(bar.activity.findData(row.activity_id))
    bar.pays.setCurrentIndex(bar.pays.findData(row.who_pays))
    bar.pays.activated.emit(bar.pays.currentIndex())
    assert 0 < page.model.rowCount() < total
    assert all(
        (one.source_type, one.activity_id, one.who_pays)
        == (row.source_type, row.activity_id, row.who_pays)
        for one in page.model.rows
    )
    page.show_all()
    assert page.model.rowCount() == total
    page.table.order_wanted.emit("name")
    names = [one.list_name.casefold() for one in page.model.rows[:20]]
    page.table.order_wanted.emit("name")
    assert names[0] != page.model.rows[0].list_name.casefold()


def test_letters_in_the_list_search_and_escape_shows_all_again(page, window):
    page.tabs.show_part("list")
    total = page.model.rowCount()
    page.table.setFocus()
    name = page.model.rows[0].full_name.split()[0]
    QTest.keyClicks(page.table, name[0])
    assert page.search.hasFocus()
    QTest.keyClicks(page.search, name[1:])
    assert 0 < page.model.rowCount() < total
    page.escape()
    assert page.model.rowCount() == total


def test_empty_book_says_what_goes_here_and_offers_the_one_action(tea_frame, empty_window):
    tea_frame.go_to("referrals")
    page = tea_frame.referrals.list
    assert page.empty.isVisible()
    assert not page.tabs.isVisible()
    assert page.empty.button.hasFocus()
    QTest.keyClick(page.empty.button, Qt.Key.Key_Space)
    assert dialog_of(empty_window).windowTitle() == "Record referral"


def test_list_is_read_when_it_is_looked_at(page, frame):
    assert page.model.rows == ()
    one = page.board.columns["answer"].cards.cards.rows[0]
    register = frame.book.register
    frame.book.commands.run(lambda: referrals.put_in_bin(register, one.id, today=TODAY))
    page.tabs.show_part("list")
    wanted = referrals.listed(register, WantedReferrals(), today=TODAY, limit=BLOCK)
    assert page.model.rows == wanted.rows
    assert page.model.rowCount() == wanted.total
    page.tabs.show_part("board")
    frame.book.history.undo()
    page.tabs.show_part("list")
    assert page.model.rowCount() == wanted.total + 1


def test_many_are_looked_at_once_the_page_is_drawn_and_what_is_shown_is_so(
    page, frame, monkeypatch, qtbot
):
    monkeypatch.setattr(looking, "_FEW", 1)
    answer = page.board.columns["answer"].cards.cards
    one, count = answer.rows[0], len(answer.rows)
    frame.go_to("home")
    register = frame.book.register
    frame.book.commands.run(lambda: referrals.put_in_bin(register, one.id, today=TODAY))
    frame.go_to("referrals")
    assert page.looking.running
    assert one.id not in {row.id for row in answer.rows}
    frame.book.history.undo()
    qtbot.waitUntil(lambda: not page.looking.running)
    assert (answer.rows[0], len(answer.rows)) == (one, count)


def test_models_pass_qts_model_tester(page, qtmodeltester):
    page.tabs.show_part("list")
    rows = page.model.rows
    cards, listed = CardModel(), ReferralModel()
    for model in (cards, listed):
        qtmodeltester.check(model)
    cards.set_rows(rows)
    listed.start(3 * BLOCK, (rows * BLOCK)[:BLOCK])
    for model in (cards, listed):
        qtmodeltester.check(model)


def test_rail_counts_what_waits_for_an_answer(page, frame):
    waiting = unanswered(frame)
    badge = frame.rail.buttons["referrals"]
    assert badge.accessibleName() == f"Referrals: {waiting.total} to answer"


def unanswered(frame):
    look = referrals.look_for_unanswered(frame.book.register, today=TODAY)
    with pytest.raises(StopIteration) as ended:
        next(look)  # a small book is read in one part
    return ended.value.value


def test_home_names_who_waits_and_leads_to_the_referral(frame, qtbot):
    frame.go_to("home")
    waiting = unanswered(frame)
    qtbot.waitUntil(
        lambda: any(b.accessibleName().startswith("Answer: ") for b in _buttons(frame.home))
    )
    first = next(b for b in _buttons(frame.home) if b.accessibleName().startswith("Answer: "))
    assert waiting.rows[0].full_name in first.accessibleName()
    first.click()
    assert frame.referrals.referral.whole.referral.id == waiting.rows[0].id


def _buttons(widget):
    return widget.findChildren(ActionButton)


def test_search_at_the_top_finds_a_referral_and_opens_it(frame, window):
    row = referrals.listed(frame.book.register, WantedReferrals(), today=TODAY).rows[0]
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(frame.top.search, row.full_name)
    offered = frame.top.search.offered
    texts = [offered.model().index(n, 0).data() for n in range(offered.count)]
    place = next(n for n, text in enumerate(texts) if text.startswith("Referral: "))
    for _ in range(place + 1):
        QTest.keyClick(frame.top.search, Qt.Key.Key_Down)
    QTest.keyClick(frame.top.search, Qt.Key.Key_Return)
    assert frame.referrals.page is frame.referrals.referral
    assert frame.referrals.referral.whole.row.full_name == row.full_name


def test_persons_page_lists_their_referrals_and_records_one(frame, window):
    row = referrals.listed(frame.book.register, WantedReferrals(), today=TODAY).rows[0]
    frame.open_person(row.person_id)
    page = frame.people.person
    page.tabs.show_part("referrals")
    wanted = referrals.of_person(frame.book.register, row.person_id, today=TODAY)
    assert [one.id for one in page.part("referrals").model.rows] == [one.id for one in wanted]
    page.part("referrals").table.setFocus()
    QTest.keyClick(page.part("referrals").table, Qt.Key.Key_Return)
    assert frame.referrals.referral.whole.referral.id == wanted[0].id
    frame.open_person(row.person_id)
    page.part("referrals").record.click()
    dialog = dialog_of(window)
    assert dialog.name.text() == row.full_name
    assert "In the book already" in dialog.known.text()


def test_first_attendance_moves_a_card_on_by_itself(tea_frame, qtbot):
    register = tea_frame.book.register
    tea = builders.activity(register)
    at = builders.session(register, tea, TODAY)
    ada = builders.person(register, "Ada", "Shaw")
    new = NewReferral(person_id=ada, referral=ReferralDraft(received_on=TODAY, activity_id=tea.id))
    one = tea_frame.book.commands.run(lambda: referrals.record(register, new, today=TODAY)).ids[0]
    step = StepDraft(step=Step.ACCEPTED, step_on=TODAY)
    tea_frame.book.commands.run(lambda: referrals.take_step(register, one, step, today=TODAY))
    tea_frame.go_to("referrals")
    board = tea_frame.referrals.list.board
    assert [row.id for row in board.columns["accepted"].cards.cards.rows] == [one]
    tea_frame.book.commands.run(lambda: builders.mark(register, at, ada))
    assert [row.id for row in board.columns["here"].cards.cards.rows] == [one]
    assert board.columns["accepted"].cards.cards.rows == ()
