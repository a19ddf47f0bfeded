"""Recording a referral, its page and steps, the letter, the referrer book: nothing typed is lost."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from app.domain.referrals import ReferralDraft, State, Step
from app.services import referrals
from app.services.referrals import NewReferral, WantedReferrals
from app.ui.referrals.letter_dialog import LetterDialog, SentDialog
from app.ui.referrals.record_dialog import ChangeDialog, RecordDialog
from app.ui.referrals.referrer_dialogs import JoinDialog
from app.ui.referrals.step_dialog import CorrectStepDialog, StepDialog
from app.ui.referrals.words import sent_words
from tests import builders
from tests.conftest import TODAY


def dialog_of(window, kind=QDialog):
    return next(d for d in window.findChildren(kind) if d.isVisible())


@pytest.fixture
def form(tea_frame, empty_window):
    tea_frame.record_referral()
    return dialog_of(empty_window, RecordDialog)


@pytest.fixture
def every(tea_frame):
    """Every referral of the small book."""
    register = tea_frame.book.register
    return lambda: referrals.listed(register, WantedReferrals(), today=TODAY).rows


def test_a_first_name_is_enough(form, tea_frame, every):
    QTest.keyClicks(form.name, "Joan")
    QTest.keyClick(form.name, Qt.Key.Key_Return)
    (row,) = every()
    assert (row.full_name, row.received_on, row.state) == ("Joan", TODAY, State.RECEIVED)
    assert tea_frame.referrals.referral.whole.referral.id == row.id
    assert tea_frame.book.history.undo_text == "record referral of Joan"


def test_a_name_is_needed_and_is_asked_for_in_its_place(form, every):
    form.save_button.click()
    assert form.isVisible()
    assert form.fields["given_name"].problem
    assert form.name.hasFocus()
    assert every() == ()


def test_who_is_in_the_book_is_offered_and_taken(form, tea_frame, every):
    ada = builders.person(tea_frame.book.register, "Ada", "Shaw")
    QTest.keyClicks(form.name, "ada")
    assert form.name.offered.count == 1
    QTest.keyClick(form.name, Qt.Key.Key_Down)
    QTest.keyClick(form.name, Qt.Key.Key_Return)
    assert form.name.text() == "Ada Shaw"
    assert "In the book already" in form.known.text()
    form.save_button.click()
    assert [row.person_id for row in every()] == [ada]


def test_same_name_is_asked_about_once_and_can_be_somebody_else(form, tea_frame, every):
    ada = builders.person(tea_frame.book.register, "Ada", "Shaw")
    form.name.setText("Ada Shaw")
    form.save_button.click()
    assert "Already in the book?" in form.notice.text
    assert every() == ()
    form.save_button.click()
    (row,) = every()
    assert row.person_id != ada


def test_open_referral_from_another_source_is_said_in_place_and_both_can_be_kept(
    form, tea_frame, every
):
    register = tea_frame.book.register
    ada = builders.person(register, "Ada", "Shaw")
    new = NewReferral(person_id=ada, referral=ReferralDraft(received_on=TODAY, source_type="self"))
    assert referrals.record(register, new, today=TODAY).ids
    form._take(ada)
    assert "open referral" in form.known.text()
    form.source.setCurrentIndex(form.source.findData("school"))
    form.save_button.click()
    assert "already has an open referral" in form.notice.text
    assert form.save_button.text() == "Keep it all the same"
    form.notes.setPlainText("Second thoughts")
    form.save_button.click()
    assert form.isVisible(), "what was changed meanwhile is looked at again"
    form.save_button.click()
    assert len(every()) == 2


def test_organisation_and_worker_are_added_to_the_book_by_themselves(form, tea_frame, every):
    form.name.setText("Joan")
    form.sender_fields.organisation.setText("Mill Surgery")
    form.sender_fields.worker.setText("Dr Ives")
    form.save_button.click()
    (row,) = every()
    assert (row.referrer, row.worker) == ("Mill Surgery", "Dr Ives")
    assert len(referrals.list_referrers(tea_frame.book.register)) == 1


def test_reasons_are_ticked_with_arrows_and_space(form):
    first = form.reasons.boxes["loneliness"]
    form.reasons.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Space)
    QTest.keyClick(first, Qt.Key.Key_Down)
    QTest.keyClick(form.focusWidget(), Qt.Key.Key_Space)
    assert form.reasons.ticked == {"loneliness", "low_mood"}


def test_closing_asks_before_anything_typed_is_lost(form, messages):
    form.name.setText("Joan")
    messages.answers = [False]
    form.reject()
    assert form.isVisible()
    assert messages.asked == ["Throw away what you typed about Joan?"]
    messages.answers = [True]
    form.reject()
    assert not form.isVisible()


def test_day_that_cannot_be_read_keeps_everything(form, every):
    form.name.setText("Joan")
    form.received.setText("yesteryear")
    form.save_button.click()
    assert form.fields["received_on"].problem
    assert form.name.text() == "Joan"
    assert every() == ()


# --- the page ---------------------------------------------------------------------------------


@pytest.fixture
def page(tea_frame):
    register = tea_frame.book.register
    tea = builders.activity(register)
    new = NewReferral(
        person_id=builders.person(register, "Ada", "Shaw"),
        referral=ReferralDraft(
            received_on=TODAY, activity_id=tea.id, report_back="yes", source_type="gp_practice"
        ),
    )
    done = tea_frame.book.commands.run(lambda: referrals.record(register, new, today=TODAY))
    tea_frame.open_referral(done.ids[0])
    return tea_frame.referrals.referral


def test_only_steps_that_can_follow_are_offered(page):
    shown = {step for step, button in page.buttons.items() if button.isVisible()}
    assert shown == set(page.whole.moves)
    assert page.buttons[Step.ACCEPTED].hasFocus()


def test_step_is_taken_corrected_and_taken_out(page, empty_window):
    page.buttons[Step.WAITING].click()
    dialog_of(empty_window, StepDialog).save_button.click()
    assert page.whole.row.state is State.WAITING
    QTest.keyClick(page.steps.table, Qt.Key.Key_Return)
    dialog = dialog_of(empty_window, CorrectStepDialog)
    dialog.note.setPlainText("From January")
    dialog.save_button.click()
    assert page.whole.steps[0].note == "From January"
    assert "From January" in page.steps.model.rows[-1].more
    page.steps.remove.click()
    assert page.whole.row.state is State.RECEIVED


def test_no_without_a_reason_cannot_be_saved(page, empty_window):
    page.buttons[Step.NOT_ACCEPTED].click()
    dialog = dialog_of(empty_window, StepDialog)
    assert [dialog.reason.itemData(n) for n in range(2)] == ["full", "outside_area"]
    dialog.day.setText("1 Jan 2026")
    dialog.save_button.click()
    assert "before the referral came" in dialog.fields["step_on"].problem


def test_referral_goes_to_the_bin_and_comes_back(page):
    page.bin_button.click()
    assert page.whole.row.binned
    assert page.unbin_button.hasFocus()
    page.unbin_button.click()
    assert not page.whole.row.binned


def test_change_keeps_what_was_not_touched(page, empty_window):
    before = page.whole.referral
    page.change_button.click()
    dialog = dialog_of(empty_window, ChangeDialog)
    dialog.reasons.tick(frozenset({"bereavement"}))
    dialog.save_button.click()
    after = page.whole.referral
    assert after.reasons == {"bereavement"}
    assert (after.activity_id, after.report_back) == (before.activity_id, before.report_back)


def test_letter_is_seen_saved_and_noted_as_sent(page, empty_window, messages, tmp_path, qtbot):
    page.letter_button.click()
    dialog = dialog_of(empty_window, LetterDialog)
    qtbot.waitUntil(lambda: dialog.preview.current is not None, timeout=20_000)
    assert dialog.kind == "Acknowledgement"
    messages.answers = [tmp_path / "letter.pdf"]
    dialog.save_button.click()
    assert (tmp_path / "letter.pdf").read_bytes() == dialog.preview.current.pdf
    assert dialog.sent_button.hasFocus()
    dialog.sent_button.click()
    dialog_of(empty_window, SentDialog).save_button.click()
    assert not dialog.isVisible()
    (letter,) = page.whole.letters
    assert (letter.kind, letter.sent_on) == ("acknowledgement", TODAY)
    undo = page.book.history
    assert undo.undo_text == "note acknowledgement sent for Ada"
    undo.undo()
    assert page.whole.letters == ()
    undo.redo()
    page.letters.remove.click()
    assert page.whole.letters == ()


# --- the referrer book ------------------------------------------------------------------------


def test_two_organisations_are_joined_and_parted_by_undo(frame, window):
    frame.go_to("referrals")
    frame.referrals.show_referrers()
    page = frame.referrals.referrers
    one, other = page.model.rows[:2]
    count = len(page.model.rows)
    page.take(one.referrer.id)
    page.join_button.click()
    dialog = dialog_of(window, JoinDialog)
    dialog.save_button.click()
    assert dialog.fields["other"].problem, "nobody was chosen yet"
    dialog._on_taken(other.referrer)
    dialog.save_button.click()
    assert len(page.model.rows) == count - 1
    assert page.row.referrer.id == one.referrer.id
    assert page.row.sent == one.sent + other.sent
    frame.book.history.undo()
    assert len(page.model.rows) == count


def test_referrals_of_an_organisation_are_shown_as_a_list(frame):
    frame.go_to("referrals")
    frame.referrals.show_referrers()
    page = frame.referrals.referrers
    row = next(row for row in page.model.rows if row.sent)
    page.take(row.referrer.id)
    page.shown_button.click()
    listing = frame.referrals.list
    assert frame.referrals.page is listing
    assert listing.model.rowCount() >= row.sent


def test_nobody_is_said_to_be_sent_by_themselves(tea_frame, every):
    register = tea_frame.book.register
    draft = ReferralDraft(received_on=TODAY)
    new = NewReferral(person_id=builders.person(register), referral=draft)
    referrals.record(register, new, today=TODAY)
    (row,) = every()
    for organisation, kind, words in (
        ("The Surgery", "gp", "sent by The Surgery (Ann)"),
        ("", "self", "they came by themselves"),
        ("", "not_recorded", "sender not recorded"),
        ("", "family", "sent by family or carer (Ann)"),
        ("", "camhs", "sent by CAMHS (young people's mental health) (Ann)"),
    ):
        assert sent_words(replace(row, referrer=organisation, source_type=kind), " (Ann)") == words
