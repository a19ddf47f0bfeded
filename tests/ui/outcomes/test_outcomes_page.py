"""Outcomes in the real window: due, paper order, results, stories, measures, a person's page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from app.domain.outcomes import ItemState, ResponseState, Stage
from app.domain.stories import StoryPurpose
from app.services import outcomes, stories
from app.services.result import Done
from app.ui.forms.form_dialog import FormDialog
from app.ui.outcomes.due_part import due_columns, pile_columns
from app.ui.outcomes.measures_part import MEASURE_COLUMNS
from app.ui.outcomes.print_dialog import PilePagesDialog
from app.ui.outcomes.results_part import PAIR_COLUMNS, SCALE_COLUMNS
from app.ui.outcomes.stories_part import STORY_COLUMNS
from app.ui.tables.rows_model import RowsModel
from tests.conftest import TODAY
from tests.ui.test_accessibility import nameless, reachable

ENTER = Qt.Key.Key_Return


@pytest.fixture
def page(frame):
    frame.go_to("outcomes")
    return frame.outcomes


@pytest.fixture
def pile(frame):
    """A printed pile of five who are due ONS4."""
    register = frame.book.register
    due = [d for d in outcomes.due_list(register, today=TODAY) if d.measure.id == "ons4"][:5]
    done = frame.book.commands.run(
        lambda: outcomes.print_pile(register, "ons4", [d.person.id for d in due])
    )
    return outcomes.pile(register, done.ids[0])


@pytest.fixture
def entry(page, pile):
    page.open_pile(pile.printed.id)
    return page.entry


def key_in(entry, *typed):
    """Type answers as from paper: each with Enter, wherever the keyboard is."""
    for text in typed:
        box = QApplication.focusWidget()
        box.selectAll()
        QTest.keyClick(box, Qt.Key.Key_Delete)
        QTest.keyClicks(box, text)
        QTest.keyClick(box, ENTER)


def dialog_of(window, kind=FormDialog):
    return next(d for d in window.findChildren(QDialog) if isinstance(d, kind) and d.isVisible())


def settled(page, qtbot):
    qtbot.waitUntil(lambda: not page.list.results.looking)
    return page.list.results


# --- due ---------------------------------------------------------------------------------------


def test_due_lists_everybody_longest_due_first(page, frame):
    due = outcomes.due_list(frame.book.register, today=TODAY)
    part = page.list.due
    assert part.model.rowCount() == len(due) > len(part.model.rows), "read as it is scrolled"
    assert "days late" in part.model.index(0, 3).data()
    for place in range(part.model.rowCount()):
        part.table.scrollTo(part.model.index(place, 0))
    assert part.model.rows == due
    assert f"{len(due)} questionnaires due" in page.list.head.subtitle.text()


def test_due_is_narrowed_to_a_questionnaire_and_a_time(page):
    part = page.list.due
    part.measure.setCurrentIndex(part.measure.findData("ons4"))
    part.stage.setCurrentIndex(part.stage.findData(Stage.FOLLOW_UP))
    rows = part.model.rows
    assert rows
    assert {(one.measure.id, one.stage) for one in rows} == {("ons4", Stage.FOLLOW_UP)}


def test_in_a_long_book_who_is_due_comes_a_moment_later_and_nothing_old_meanwhile(
    page, frame, qtbot, monkeypatch
):
    monkeypatch.setattr("app.services.outcomes.due._MANY", 0)
    part, head = page.list.due, page.list.head.subtitle
    every, said = part.model.rowCount(), head.text()
    part.table.setFocus()
    part.table.setCurrentIndex(part.model.index(120, 0))
    one = part.due
    register = frame.book.register
    frame.book.commands.run(lambda: outcomes.use_measure(register, "goals", asked=False))
    assert (part.model.rowCount(), part.due, part.enter_button.isEnabled()) == (0, None, False)
    assert head.text() != said
    assert "due" not in head.text()
    qtbot.waitUntil(lambda: not part.looking)
    due = outcomes.due_list(register, today=TODAY)
    assert 0 < part.model.rowCount() == len(due) <= every
    assert f"{len(due)} questionnaires due" in head.text()
    assert part.due == one, "who was in hand is so again"
    assert QApplication.focusWidget() is part.table
    part.table.setCurrentIndex(part.model.index(len(due) - 1, 0))
    assert part.due == due[-1]


def test_enter_on_a_line_opens_that_persons_sheet(page):
    part = page.list.due
    one = part.model.rows[0]
    part.table.setFocus()
    QTest.keyClick(part.table, ENTER)
    assert page.page is page.entry
    assert page.entry.sheet.person_id == one.person.id
    assert QApplication.focusWidget() is page.entry.card.answers.lines[0].box


def test_a_pile_is_noted_and_its_pages_are_the_ones_printed(
    window, page, qtbot, tmp_path, messages
):
    page.list.print_pile("ons4")
    asked = dialog_of(window)
    assert nameless(asked) == []
    asked.size_choice.setCurrentIndex(1)
    asked.save_button.click()
    shown = dialog_of(window, PilePagesDialog)
    qtbot.waitUntil(lambda: shown.preview.current is not None, timeout=20_000)
    made = shown.preview.current
    (printed,) = outcomes.piles(page.list.book.register)
    assert printed.large_print
    assert len(made.sizes) >= len(printed.people)
    assert nameless(shown) == []
    messages.answers.append(tmp_path / "pile.pdf")
    shown.save_button.click()
    assert (tmp_path / "pile.pdf").read_bytes() == made.pdf
    assert page.list.due.pile.id == printed.id


# --- paper order -------------------------------------------------------------------------------


def test_a_pile_is_entered_in_its_order_by_the_keyboard_alone(entry, pile, page):
    codes = [row.code for row in pile.rows]
    for row in pile.rows:
        assert row.code in entry.head.subtitle.text()
        assert row.person.list_name in entry.head.subtitle.text()
        key_in(entry, "7", "d", "", "3")
    assert page.page is page.list, "after the last sheet one is back"
    kept = outcomes.pile(entry.book.register, pile.printed.id).rows
    assert [row.code for row in kept] == codes
    for row in kept:
        states = [row.response.answers[i.code].state for i in pile.measure.items]
        assert states == [
            ItemState.ANSWERED, ItemState.DECLINED, ItemState.BLANK, ItemState.ANSWERED,
        ]  # fmt: skip
        assert row.response.scores["ons4_satisfied"] == 7


def test_an_answer_off_the_scale_is_said_beside_it_and_nothing_is_lost(entry):
    key_in(entry, "7", "12")
    lines = entry.card.answers.lines
    assert "12 is not on the scale" in lines[1].problem
    assert lines[1].box.hasFocus()
    assert [line.box.text() for line in lines] == ["7", "12", "", ""]
    key_in(entry, "2")
    assert lines[1].problem == ""
    assert lines[2].box.hasFocus()


def test_a_follow_up_before_its_start_is_said_beside_the_date(entry, frame):
    place = next(
        n for n, sheet in enumerate(entry.sheets)
        if outcomes.questions_for(frame.book.register, sheet.person_id, "ons4", TODAY).earlier
    )  # fmt: skip
    entry.open_sheets(entry.sheets, place)
    entry.card.day.setText("1 Jan 2020")
    entry.card.answers.take_keyboard()
    key_in(entry, "7", "7", "7", "7")
    assert "is before that" in entry.card.day_field.problem
    assert [line.box.text() for line in entry.card.answers.lines] == ["7"] * 4


def test_a_whole_sheet_is_declined_or_not_asked(entry, pile):
    entry.declined_button.click()
    entry.not_asked_button.click()
    rows = outcomes.pile(entry.book.register, pile.printed.id).rows
    assert [row.response.state for row in rows[:2]] == [
        ResponseState.DECLINED,
        ResponseState.NOT_ASKED,
    ]
    assert entry.sheet.row == 3


def test_a_sheet_with_answers_is_not_declined(entry):
    entry.card.answers.lines[0].box.setText("7")
    entry.declined_button.click()
    assert "neither declined nor not asked" in entry.notice.text
    assert entry.sheet.row == 1


def test_what_is_typed_waits_while_another_sheet_is_looked_at(entry):
    entry.card.answers.lines[0].box.setText("99")
    entry.side.sheets.opened.emit(entry.side.model.index(2, 0))
    assert entry.card.answers.lines[0].box.text() == ""
    entry.side.sheets.opened.emit(entry.side.model.index(0, 0))
    assert entry.card.answers.lines[0].box.text() == "99"


def test_leaving_keeps_a_sheet_that_can_be_kept(entry, frame, pile):
    key_in(entry, "7")
    frame.go_to("home")
    row = outcomes.pile(frame.book.register, pile.printed.id).rows[0]
    assert row.response.scores["ons4_satisfied"] == 7


def test_escape_with_something_unreadable_says_so_first_and_leaves_then(entry, page):
    entry.card.answers.lines[0].box.setText("99")
    entry.escape()
    assert page.page is entry
    entry.escape()
    assert page.page is page.list


def test_undo_takes_a_sheet_back_and_it_waits_again(entry, frame, pile):
    key_in(entry, "7", "6", "5", "4")
    assert "keep answers of" in frame.book.history.undo_text
    frame.book.history.undo()
    assert outcomes.pile(frame.book.register, pile.printed.id).rows[0].response is None
    assert entry.sheets[0].response is None


def test_a_day_answered_already_leads_to_those_answers(entry, page, frame, pile):
    key_in(entry, "7", "6", "5", "4")
    first = pile.rows[0].person.id
    frame.open_person(first)
    section = frame.people.person.part("questionnaires")
    section.measure.setCurrentIndex(section.measure.findData("ons4"))
    section.enter_button.click()
    key_in(page.entry, "1", "1", "1", "1")
    assert "already" in page.entry.notice.text
    page.entry.notice.acted.emit("earlier")
    assert [line.box.text() for line in page.entry.card.answers.lines] == ["7", "6", "5", "4"]
    key_in(page.entry, "8", "6", "5", "4")
    kept = outcomes.responses_of(frame.book.register, first)
    assert [k.scores["ons4_satisfied"] for k in kept if k.answered_on == TODAY] == [8]


def test_a_goal_is_set_and_rated(window, frame, page, pile):
    who = pile.rows[0].person.id
    frame.open_person(who)
    section = frame.people.person.part("questionnaires")
    section.measure.setCurrentIndex(section.measure.findData("goals"))
    section.enter_button.click()
    entry = page.entry
    entry.card.goal_button.click()
    dialog = dialog_of(window)
    dialog.wording.setText("Walk to the shop")
    dialog.save_button.click()
    (line,) = entry.card.answers.lines
    line.box.setFocus()
    key_in(entry, "4")
    assert frame.people.person.isVisible(), "back at the person it was begun from"
    kept = outcomes.responses_of(frame.book.register, who)[0]
    assert (kept.measure, kept.scores["goals"]) == ("goals", 4)
    assert section.goal.wording == "Walk to the shop"


def test_swemwbs_is_entered_by_number_without_its_questions(frame, page, pile):
    outcomes.use_measure(frame.book.register, "swemwbs", asked=True)
    who = pile.rows[0].person.id
    frame.open_person(who)
    frame.people.person.reload()
    section = frame.people.person.part("questionnaires")
    section.measure.setCurrentIndex(section.measure.findData("swemwbs"))
    section.enter_button.click()
    assert page.entry.card.answers.lines[0].box.accessibleName() == "Question 1"
    key_in(page.entry, *"3333333")
    assert outcomes.responses_of(frame.book.register, who)[0].scores["swemwbs"] == 19.25


# --- results -----------------------------------------------------------------------------------


def test_results_show_every_pair_with_its_number_and_lead_to_the_people(page, frame, qtbot):
    page.show_part("results")
    part = settled(page, qtbot)
    part.period.choose("twelve")
    settled(page, qtbot)
    result = part.result
    assert result.scale.id == "ons4_satisfied"
    assert len(part.pair_model.rows) == result.pairs > 0
    said = part.chart.accessibleDescription()
    assert f"{result.pairs} people asked twice" in said
    assert f"{result.improved} better" in said
    assert "reported" in part.line.text()
    assert "28 or more days" in part.how_words.text()
    wanted = part.pair_model.rows[0].person_id
    part.people.setCurrentIndex(part.pair_model.index(0, 0))
    part.person_button.click()
    assert frame.people.person.person.id == wanted


def test_few_pairs_are_marked_as_too_few_outside(page, qtbot):
    page.show_part("results")
    part = settled(page, qtbot)
    few = next(n for n, r in enumerate(part.model.rows) if 0 < r.pairs < 8)
    part.table.setCurrentIndex(part.model.index(few, 0))
    assert part.few.isVisible()
    many = next(n for n, r in enumerate(part.model.rows) if r.pairs >= 8)
    part.table.setCurrentIndex(part.model.index(many, 0))
    assert not part.few.isVisible()


# --- stories -----------------------------------------------------------------------------------


def test_a_story_is_added_and_each_use_agreed_and_taken_back(window, page, frame):
    page.show_part("stories")
    page.list.add_story()
    dialog = dialog_of(window)
    dialog.wording.setPlainText("I sleep better now.")
    dialog.save_button.click()
    part = page.list.stories
    story = next(s for s in part.model.rows if s.wording == "I sleep better now.")
    part.choose(story.id)
    assert part.use_model.index(0, 1).data() == "Not asked"
    part.use_button.click()
    dialog_of(window).save_button.click()
    usable = stories.usable_for(frame.book.register, StoryPurpose.FUNDERS)
    assert story.id in [one.id for one in usable]
    assert part.withdraw_button.isEnabled()
    part.withdraw_button.click()
    dialog_of(window).save_button.click()
    assert part.use_model.index(0, 1).data().startswith("Taken back")


def test_a_story_in_the_bin_can_be_taken_out(page, frame):
    page.show_part("stories")
    part = page.list.stories
    story = part.model.rows[0]
    part.bin_button.click()
    assert story.id not in [one.id for one in part.model.rows]
    part.show_choice.setCurrentIndex(part.show_choice.findData("bin"))
    assert [one.id for one in part.model.rows] == [story.id]
    part.bin_button.click()
    part.choose(story.id)
    assert part.story.id == story.id


# --- measures ----------------------------------------------------------------------------------


def test_a_measure_is_asked_licensed_and_its_days_chosen(window, page, frame):
    page.list.show_measures()
    part = page.list.measures
    part.choose("swemwbs")
    part.ask_button.click()
    assert part.measure.use.asked
    part.days_button.click()
    dialog = dialog_of(window)
    dialog.days.setValue(60)
    dialog.save_button.click()
    assert part.measure.use.follow_up_days == 60
    part.licence_button.click()
    dialog = dialog_of(window)
    dialog.holder.setText("Tuesday Movers")
    dialog.reference.setText("L-1")
    dialog.questions.setPlainText("only one")
    dialog.save_button.click()
    assert dialog.fields["item_texts"].problem
    dialog.questions.setPlainText("\n".join(f"Our copy {n}" for n in range(7)))
    dialog.save_button.click()
    assert part.measure.use.is_licensed


def test_our_own_questions_are_added_and_taken_away(window, page):
    page.list.show_measures()
    page.list.add_own()
    dialog = dialog_of(window)
    assert nameless(dialog) == []
    dialog.save_button.click()
    assert dialog.fields["title"].problem
    assert dialog.fields["questions"].problem
    dialog.title_line.setText("How was tea?")
    dialog.questions.setPlainText("I felt welcome")
    dialog.save_button.click()
    part = page.list.measures
    part.choose("own_how_was_tea")
    assert part.measure.use.asked
    part.remove_button.click()
    assert "own_how_was_tea" not in [one.measure.id for one in part.model.rows]


def test_a_faulty_file_is_told_by_its_line(page, tmp_path):
    page.list.show_measures()
    path = tmp_path / "ours.toml"
    path.write_text('id = "ours"\ntitle = 3\n', "utf-8")
    page.list.add_file(path)
    assert "line 2" in page.list.notice.text
    page.list.add_file(tmp_path / "not there.toml")
    assert "could not be read" in page.list.notice.text
    (tmp_path / "picture.toml").write_bytes(b"\xff\xd8\xff")
    page.list.add_file(tmp_path / "picture.toml")
    assert "could not be read" in page.list.notice.text


# --- elsewhere ---------------------------------------------------------------------------------


def test_a_person_shows_answers_and_their_way(frame, pile):
    who = frame.book.register.rows("SELECT person_id FROM response_counted LIMIT 1")[0][0]
    frame.open_person(who)
    person = frame.people.person
    person.tabs.show_part("questionnaires")
    assert person.part("questionnaires").model.rows == outcomes.responses_of(
        frame.book.register, who
    )
    person.tabs.show_part("story")
    assert "Came: " in person.part("story").strip.accessibleDescription()


def test_answers_in_the_bin_are_taken_out_on_the_persons_page(frame):
    who = frame.book.register.rows("SELECT person_id FROM response_counted LIMIT 1")[0][0]
    frame.open_person(who)
    person = frame.people.person
    person.tabs.show_part("questionnaires")
    section = person.part("questionnaires")
    before = section.model.rows
    section.bin_button.click()
    assert len(section.model.rows) == len(before) - 1
    section.bin.open()
    section.unbin_button.click()
    assert section.model.rows == before


def test_home_leads_to_what_is_due(frame, qtbot):
    frame.go_to("home")
    line = frame.home.questionnaires
    qtbot.waitUntil(line.isVisible)
    line.button.click()
    assert frame.page is frame.outcomes
    assert frame.outcomes.list.tabs.key == "due"


def test_an_empty_book_says_what_to_do_first(tea_frame, qtbot):
    tea_frame.go_to("outcomes")
    page = tea_frame.outcomes
    assert page.list.due.empty.button.isVisible()
    page.list.due.empty.button.click()
    assert page.list.tabs.key == "measures"
    page.show_part("results")
    settled(page, qtbot)
    assert page.list.results.empty.isVisible()
    page.show_part("stories")
    assert page.list.stories.empty.isVisible()
    assert not tea_frame.home.questionnaires.isVisible()


@pytest.mark.parametrize("part", ["due", "results", "stories", "measures"])
def test_everything_has_a_name_and_can_be_reached(window, page, qtbot, part):
    page.show_part(part)
    settled(page, qtbot)
    assert list(reachable(page))
    assert nameless(window) == []


def test_everything_of_a_sheet_has_a_name(window, entry):
    assert nameless(window) == []


def test_every_model_passes_qts_model_tester(qtmodeltester, page, frame, pile, qtbot):
    page.show_part("results")
    found = settled(page, qtbot)
    register = frame.book.register
    for columns, rows in (
        (due_columns(lambda: TODAY), outcomes.due_list(register, today=TODAY)),
        (pile_columns({}), outcomes.piles(register)),
        (SCALE_COLUMNS, found.model.rows),
        (PAIR_COLUMNS, found.pair_model.rows),
        (STORY_COLUMNS, stories.stories_listed(register)),
        (MEASURE_COLUMNS, outcomes.measures_here(register)),
    ):
        model = RowsModel(columns)
        qtmodeltester.check(model)
        model.set_rows(rows)
        assert model.rowCount()
        qtmodeltester.check(model)


def test_correcting_is_done_in_place(entry, frame, pile):
    key_in(entry, "7", "6", "5", "4")
    entry.side.sheets.opened.emit(entry.side.model.index(0, 0))
    assert "kept: answered" in entry.head.subtitle.text()
    key_in(entry, "9", "6", "5", "4")
    row = outcomes.pile(frame.book.register, pile.printed.id).rows[0]
    assert row.response.scores["ons4_satisfied"] == 9
    assert isinstance(outcomes.put_in_bin(frame.book.register, row.response.id), Done)


def test_a_pile_is_opened_from_the_list(page, pile):
    page.list.reload()
    page.list.due.piles.setFocus()
    QTest.keyClick(page.list.due.piles, ENTER)
    assert page.page is page.entry
    assert [sheet.code for sheet in page.entry.sheets] == [row.code for row in pile.rows]


def test_a_value_of_wellbeing_is_shown_only_where_it_is_switched_on(page, frame, qtbot):
    page.show_part("results")
    part = settled(page, qtbot)
    part.period.choose("twelve")
    settled(page, qtbot)
    assert not part.value.isVisible()
    frame.go_to("settings")
    card = frame.settings.wellby
    assert not card.tick.isChecked()
    assert not card.field.isVisible()
    qtbot.waitUntil(card.isVisible)  # the cards of Settings are made one at a time
    card.tick.click()
    qtbot.waitUntil(card.field.isVisible)
    assert frame.book.history.undo_text == "change wellby"
    card.deadweight.setValue(60)
    frame.go_to("outcomes")
    settled(page, qtbot)
    assert "60% is taken off" in part.value.text()
    assert "not money saved" in part.value.text()
    other = next(n for n, r in enumerate(part.model.rows) if r.scale.id == "ons4_happy")
    part.table.setCurrentIndex(part.model.index(other, 0))
    assert not part.value.isVisible()
