"""One person in the real window: page, form, consents, leaving, joining, parting."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from app.domain.consents import Standing
from app.domain.contacts import Guardian
from app.domain.equality import Question
from app.domain.people import ConsentPurpose
from app.returns.parts.people.kept_for import wording
from app.services import people, settings
from app.ui.people.many_dialogs import ManyDialog
from app.ui.people.merge_dialog import MergeDialog, OtherDialog
from app.ui.people.person_dialog import PersonDialog
from app.ui.rights.consents_list import ConsentsList
from app.ui.widgets.cards import Chip
from tests.conftest import TODAY
from tests.ui.test_accessibility import nameless, reachable


@pytest.fixture
def who(frame):
    return people.list_people(frame.book.register, "begum").rows[0].id


@pytest.fixture
def page(frame, who):
    frame.open_person(who)
    return frame.people.person


def dialog_of(window, kind=QDialog):
    return next(d for d in window.findChildren(QDialog) if isinstance(d, kind) and d.isVisible())


def form(window, frame, person_id=None):
    if person_id is None:
        frame.people.add_person()
    else:
        frame.people._on_edit(person_id)
    return dialog_of(window, PersonDialog)


def test_the_head_tells_who_it_is_at_a_glance(page):
    assert page.head.title.text() == page.person.full_name
    assert "aged " in page.head.subtitle.text()
    assert page.strip.isVisible()
    assert "sessions" in page.strip.accessibleName()


def test_every_section_is_reached_by_keyboard_and_has_names(window, page):
    page.tabs.bar.setFocus()
    for key in list(page.tabs._parts)[1:]:
        QTest.keyClick(page.tabs.bar, Qt.Key.Key_Right)
        assert page.tabs.key == key
        assert list(reachable(page))
        assert nameless(page) == []


def test_access_and_health_are_folded_away(page, frame, window):
    dialog = form(window, frame, page.person.id)
    assert not dialog.access.opened
    dialog.texts["health"].setPlainText("Asthma")
    dialog.save_button.click()
    assert page.about.access.button.text() == "Health: noted"
    assert not page.about.access_facts.isVisible()
    page.about.access.button.click()
    assert page.about.access_facts.isVisible()


def test_a_consent_is_noted_withdrawn_and_stays_to_be_seen(window, page, frame):
    page.tabs.show_part("consent")
    page.consent.ask_wanted.emit(ConsentPurpose.STORY)
    dialog_of(window, ManyDialog).save_button.click()
    line = next(r for r in page.consent.model.rows if r.purpose is ConsentPurpose.STORY)
    assert line.answer.standing is Standing.GIVEN
    page.consent.table.setCurrentIndex(
        page.consent.model.index(page.consent.model.rows.index(line), 0)
    )
    page.consent.withdraw.click()
    dialog_of(window, ManyDialog).save_button.click()
    line = next(r for r in page.consent.model.rows if r.purpose is ConsentPurpose.STORY)
    assert line.answer.standing is Standing.WITHDRAWN
    assert line.answer.asked_on == TODAY
    assert frame.book.history.undo_text.startswith("withdraw consent of ")


def test_leaving_and_coming_back_with_one_press(window, page):
    page.left_button.click()
    dialog_of(window, ManyDialog).save_button.click()
    assert page.person.left_on == TODAY
    assert not page.left_button.isVisible()
    page.return_button.click()
    assert page.person.left_on is None
    assert "is back" in page.notice.text


def test_the_bin_is_named_and_left_again(page, frame):
    page.bin_button.click()
    assert "bin" in page.notice.text
    assert page.person.binned
    page.unbin_button.click()
    assert not page.person.binned
    page.bin_button.click()
    page.notice._actions[0].click()
    assert frame.people.page is frame.people.list
    assert frame.people.list.person.id == page.person.id or frame.people.list.model.rowCount() > 1


def test_only_a_name_is_needed(window, frame, reread):
    dialog = form(window, frame)
    QTest.keyClicks(dialog.lines["given_name"], "Xanthe")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert reread("SELECT count(*) FROM person WHERE given_name = 'Xanthe'") == [(1,)]
    assert frame.people.person.person.full_name == "Xanthe"


def test_problems_are_beside_the_field_and_in_a_summary_that_leads_there(window, frame):
    dialog = form(window, frame)
    QTest.keyClicks(dialog.lines["given_name"], "x" * 300)
    dialog.age.born.setText("31 Feb")
    dialog.texts["health"].setPlainText("h" * 10_001)
    dialog.save_button.click()
    assert dialog.isVisible()
    assert "300 letters" in dialog.fields["given_name"].problem
    assert "no such day as 31 Feb" in dialog.fields["born_on"].problem
    assert dialog.focusWidget() is dialog.lines["given_name"]
    assert dialog.save_button.isEnabled()
    buttons = list(reachable(dialog.summary))
    assert len(buttons) == 3
    assert buttons[1].text().startswith("Date of birth: There is no such day")
    assert not dialog.access.opened or dialog.fields["health"].problem
    buttons[2].click()
    assert dialog.access.opened
    assert dialog.focusWidget() is dialog.texts["health"]
    assert dialog.lines["given_name"].text() == "x" * 300
    assert dialog.age.born.text() == "31 Feb"


@pytest.mark.parametrize("typed", ["3/7/1958", "3.7.58", "3 jul 1958"])
def test_a_date_of_birth_as_people_write_it(window, frame, typed):
    dialog = form(window, frame)
    dialog.age.born.setText(typed)
    dialog.age._on_changed()
    assert dialog.draft().born_on.isoformat() == "1958-07-03"
    assert "68" in dialog.age.makes.text()


def test_under_18_asks_for_a_parent_or_carer(window, frame):
    dialog = form(window, frame)
    assert not dialog.guardians.isVisible()
    QTest.keyClicks(dialog.age.born, "3/7/2014")
    assert dialog.guardians.isVisible()
    assert dialog.guardians.count == 1
    QTest.keyClicks(dialog.lines["given_name"], "Quince")
    dialog.save_button.click()
    assert not dialog.isVisible(), "an empty parent is nobody, not a problem"


def test_nothing_typed_closes_at_once_and_something_typed_is_asked_about(window, frame, messages):
    dialog = form(window, frame)
    dialog.reject()
    assert not dialog.isVisible()
    assert messages.asked == []
    dialog = form(window, frame)
    QTest.keyClicks(dialog.lines["phone"], "07700")
    messages.answers.append(False)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.lines["phone"].text() == "07700"
    messages.answers.append(True)
    dialog.reject()
    assert not dialog.isVisible()
    assert len(messages.asked) == 2


def test_opening_a_form_and_saving_changes_nothing(window, frame, reread):
    # Every sixth will do: each has another mixture of what can be known.
    for row in people.list_people(frame.book.register, left_too=True).rows[::6]:
        before = people.read_whole(frame.book.register, row.id, today=TODAY)
        dialog = form(window, frame, row.id)
        read, problems = dialog.whole()
        assert not problems
        changed = people.save_whole(frame.book.register, row.id, read, today=TODAY)
        assert changed.changes == frozenset(), "something was lost or made up by the form"
        assert people.read_whole(frame.book.register, row.id, today=TODAY) == before
        dialog.reject()


def test_it_is_the_same_person_goes_on_with_their_record(window, frame, who):
    person = people.get_person(frame.book.register, who)
    total = people.list_people(frame.book.register, left_too=True).total
    dialog = form(window, frame)
    dialog.texts["notes"].setPlainText("Likes tea")
    QTest.keyClicks(dialog.lines["given_name"], person.given_name)
    QTest.keyClicks(dialog.lines["family_name"], person.family_name)
    dialog.notice._actions[1].click()
    assert person.full_name in dialog.windowTitle()
    dialog.save_button.click()
    changed = people.get_person(frame.book.register, dialog._person_id)
    assert "Likes tea" in changed.notes
    assert changed.family_name == person.family_name
    assert people.list_people(frame.book.register, left_too=True).total == total


def test_a_paste_of_ten_thousand_lines_is_kept_and_told(window, frame, qapp):
    dialog = form(window, frame)
    QTest.keyClicks(dialog.lines["given_name"], "Zed")
    qapp.clipboard().setText("a line of notes\n" * 10_000)
    dialog.texts["notes"].paste()
    dialog.lines["known_as"].paste()
    dialog.save_button.click()
    assert "10,000 letters" in dialog.fields["notes"].problem
    assert dialog.texts["notes"].toPlainText().count("a line of notes") == 10_000


@pytest.mark.parametrize(
    "name", ["গুরপ্রীত", "محمد علی", "Nguyễn Thị Hoa", "鄧小紅", "O’Connor-Þór", "🙂"]
)
def test_a_name_in_any_script_is_kept(window, frame, name):
    dialog = form(window, frame)
    dialog.lines["given_name"].setText(name)
    dialog.save_button.click()
    assert frame.people.person.person.given_name == name


def test_joined_side_by_side_and_parted_again(window, frame, page, who, reread):
    other = people.list_people(frame.book.register, "bronte").rows[0].id
    before = reread("SELECT id, phone, area, merged_into FROM person ORDER BY id")
    frame.people.join(who, other)
    dialog = dialog_of(window, MergeDialog)
    assert nameless(dialog) == []
    dialog.keep(who)
    dialog.choices["given_name"].button(1).setChecked(True)
    dialog.join_button.click()
    assert page.person.id == who
    assert page.person.given_name == "Zoë"
    assert len(people.joined_records(frame.book.register, who)) == 1
    page.history.part_wanted.emit(other)
    assert page.person.given_name == "Shaheda"
    assert reread("SELECT id, phone, area, merged_into FROM person ORDER BY id") == before
    assert frame.book.history.undo_text.startswith("part ")


def test_keeping_the_other_record_turns_the_choice_round(window, frame, who):
    other = people.list_people(frame.book.register, "bronte").rows[0].id
    frame.people.join(who, other)
    dialog = dialog_of(window, MergeDialog)
    dialog.keep(other)
    assert dialog.keeper.id == other
    assert not dialog.take_other()["given_name"]


def test_another_record_is_found_by_name(window, frame, page):
    page.tabs.show_part("history")
    page.history.join_button.click()
    dialog = dialog_of(window, OtherDialog)
    dialog.save_button.click()
    assert dialog.fields["other"].problem
    QTest.keyClicks(dialog.other, "bront")
    QTest.keyClick(dialog.other, Qt.Key.Key_Down)
    QTest.keyClick(dialog.other, Qt.Key.Key_Return)
    assert dialog_of(window, MergeDialog)


def test_likely_doubles_are_found_by_the_worker_and_told_apart_for_good(frame, qtbot):
    register = frame.book.register
    for phone in ("07700 900001", "07700 900002"):
        draft = people.PersonDraft(given_name="Maryam", family_name="Quillfeather", phone=phone)
        people.save_new(register, draft, today=TODAY)
    page = frame.people.doubles
    frame.go_to("people")
    frame.people.show_doubles()
    qtbot.waitUntil(lambda: page._pairs is not None)
    rows = [line.first.family_name for line in page.model.rows]
    assert "Quillfeather" in rows
    place = rows.index("Quillfeather")
    page.table.setCurrentIndex(page.model.index(place, 0))
    page.apart_button.click()
    assert "Quillfeather" not in [line.first.family_name for line in page.model.rows]
    frame.people.show_doubles()
    qtbot.waitUntil(lambda: page._pairs is not None)
    assert "Quillfeather" not in [line.first.family_name for line in page.model.rows]
    frame.book.history.undo()


def test_more_doubles_than_are_shown_at_once_are_counted_and_offered(frame, qtbot):
    register = frame.book.register
    draft = people.PersonDraft(given_name="Maryam", family_name="Quillfeather")
    for _ in range(34):  # 561 pairs
        people.save_new(register, draft, today=TODAY)
    page = frame.people.doubles
    frame.go_to("people")
    frame.people.show_doubles()
    qtbot.waitUntil(lambda: page._pairs is not None)
    every = len(page._pairs)
    assert every >= 561
    assert page.model.rowCount() == 200
    assert page.head.subtitle.text() == f"200 pairs, the likeliest of {every}"
    assert page.more.text() == "Show the next 200"
    page.more.click()
    assert page.model.rowCount() == 400
    assert page.head.subtitle.text() == f"400 pairs, the likeliest of {every}"
    assert page.table.currentIndex().row() == 200
    assert page.more.text() == f"Show the next {min(200, every - 400)}"
    while page.more.isVisible():
        page.more.click()
    assert page.model.rowCount() == every
    assert page.head.subtitle.text() == f"{every} pairs"


def told(page, purpose):
    """Return what the list of purposes says of how one was asked."""
    row = [line.purpose for line in page.consent.model.rows].index(purpose)
    return page.consent.model.index(row, 3).data()


def test_only_questions_the_group_asks_are_in_the_form_but_never_one_that_is_answered_hidden(
    window, page, frame
):
    book = frame.book
    draft = people.PersonDraft(given_name="Zoë", religion="sikh")
    (somebody,) = people.save_new(book.register, draft, today=TODAY).ids
    book.commands.run(lambda: settings.change(book.register, "questions", "sex carer"))
    dialog = form(window, frame)
    shown = [q for q in Question if dialog.fields[q.value].isVisibleTo(dialog.equality)]
    assert shown == []  # folded
    dialog.equality.button.click()
    shown = [q for q in Question if dialog.fields[q.value].isVisibleTo(dialog.equality)]
    assert shown == [Question.SEX, Question.CARER]
    dialog.reject()
    dialog = form(window, frame, somebody)
    dialog.equality.button.click()
    shown = [q for q in Question if dialog.fields[q.value].isVisibleTo(dialog.equality)]
    assert shown == [Question.SEX, Question.CARER, Question.RELIGION]
    dialog.save_button.click()
    assert people.get_person(book.register, somebody).religion == "sikh"
    page.open_person(somebody)
    assert page.about.equality.button.text() == "Equality answers: 1 of 3 asked"


def test_a_group_that_asks_no_equality_question_is_not_asked_for_consent_to_them(page, frame):
    book, bar = frame.book, frame.people.list.filter_bar
    assert ("consent", ConsentPurpose.EQUALITY) in bar._actions
    (somebody,) = people.save_new(
        book.register, people.PersonDraft(given_name="Zoë"), today=TODAY
    ).ids
    book.commands.run(lambda: settings.change(book.register, "questions", ""))
    frame.go_to("people")
    frame.people.show_list()
    assert ("consent", ConsentPurpose.EQUALITY) not in bar._actions
    frame.open_person(somebody)
    purposes = [line.purpose for line in page.consent.model.rows]
    assert ConsentPurpose.EQUALITY not in purposes
    assert ConsentPurpose.PHOTOS in purposes
    assert not page.about.equality.isVisible()


def test_own_age_bands_are_offered_in_the_filter(frame):
    book, bar = frame.book, frame.people.list.filter_bar
    settings.save_bands(book.register, "Ours", "0, 40")
    book.commands.run(lambda: settings.change(book.register, "age_bands", "own_ours"))
    frame.go_to("people")
    frame.people.show_list()
    assert [band.label for band in bar.bands] == ["0 to 39", "40 and over"]
    assert ("age", bar.bands[0].key) in bar._actions


def test_consent_to_photos_is_noted_use_by_use_corrected_and_undone_by_name(window, page, frame):
    page.tabs.show_part("consent")
    page.consent.ask_wanted.emit(ConsentPurpose.PHOTOS)
    dialog = dialog_of(window, ManyDialog)
    dialog.uses.boxes["website"].click()
    dialog.taken_by.setText("Sam")
    dialog.detail.setPlainText("not from close by")
    assert dialog.wording.version == "2024-1"  # as it was noted the last time
    dialog.wording.choice.setCurrentIndex(0)
    dialog.save_button.click()
    answer = page.consent.answers.rows[0]
    assert answer.wording_version == wording().version
    assert answer.detail == "For: our website\nnot from close by"
    assert told(page, ConsentPurpose.PHOTOS).endswith("For: our website · not from close by")
    page.consent.every.setCurrentIndex(page.consent.answers.index(0, 0))
    page.consent.correct.click()
    dialog = dialog_of(window, ManyDialog)
    assert (dialog.taken_by.text(), dialog.detail.toPlainText()) == ("Sam", "not from close by")
    assert dialog.uses.ticked == ("website",)
    assert not dialog.wording.other.isVisible()
    dialog.wording.show_version("of May 2024")
    assert dialog.wording.other.isVisible()
    dialog.answer.setCurrentIndex(1)
    dialog.answer.activated.emit(1)
    assert not dialog.fields["uses"].isVisible()
    dialog.save_button.click()
    corrected = page.consent.answers.rows[0]
    assert (corrected.id, corrected.given, corrected.detail) == (
        answer.id, False, "not from close by",
    )  # fmt: skip
    assert frame.book.history.undo_text.startswith("correct consent of ")
    assert corrected.wording_version == "of May 2024"
    log = ConsentsList(frame.book)
    log.reload()
    column = [one.key for one in log.model.columns].index("wording")
    shown = {log.model.index(row, column).data() for row in range(log.model.rowCount())}
    assert "of May 2024" in shown
    frame.book.history.undo()
    assert page.consent.answers.rows[0] == answer
    chips = [c.accessibleName() for c in page.chips.findChildren(Chip) if c.isVisible()]
    assert "Photos and film: given" in chips


def test_a_withdrawal_dated_before_the_asking_is_said_in_the_form(window, page):
    page.consent.ask_wanted.emit(ConsentPurpose.STORY)
    dialog_of(window, ManyDialog).save_button.click()
    page.consent.correct_wanted.emit(page.consent.answers.rows[0])
    dialog = dialog_of(window, ManyDialog)
    dialog.withdrawn.setText("1/2/2026")
    dialog.save_button.click()
    assert "before it was asked" in dialog.fields["withdrawn_on"].problem
    assert dialog.withdrawn.text() == "1/2/2026"


def test_a_parent_or_carer_agrees_for_a_young_person(window, page, frame):
    draft = people.WholeDraft(
        person=people.PersonDraft(given_name="Zoë", birth_year=2014),
        guardians=(
            Guardian(name="Al Brontë", has_responsibility=False),
            Guardian(name="Bea Brontë", relationship="Mother", travel_consent_on=TODAY),
        ),
    )
    (child,) = people.save_whole(frame.book.register, None, draft, today=TODAY).ids
    frame.open_person(child)
    page.consent.ask_wanted.emit(ConsentPurpose.HOLD_DETAILS)
    dialog = dialog_of(window, ManyDialog)
    assert dialog.fields["by"].isVisible()
    assert dialog.by.text() == "Bea Brontë, mother"
    dialog.save_button.click()
    assert page.consent.answers.rows[0].detail == "Agreed by: Bea Brontë, mother"
    page.consent.correct_wanted.emit(page.consent.answers.rows[0])
    assert dialog_of(window, ManyDialog).by.text() == "Bea Brontë, mother"


def test_a_grown_up_agrees_for_themselves(window, page):
    page.consent.ask_wanted.emit(ConsentPurpose.HOLD_DETAILS)
    assert not dialog_of(window, ManyDialog).fields["by"].isVisible()
