"""The front of Returns: what is due, what is written, what was sent, forms of our own."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QDialog

from app.domain.grants import GrantDraft, GrantState
from app.domain.ledger import FundDraft, FundKind
from app.domain.periods import Period
from app.domain.returns import DraftSettings
from app.services import money, reports_due
from app.services.returns import drafts, issuing, own_forms
from app.ui.finding import find
from app.ui.returns.draft_dialog import DraftDialog
from app.ui.returns.due_dialog import DueDialog
from app.ui.returns.form_dialogs import FormTextDialog, QuestionDialog
from app.ui.returns.forms_part import CopyFormDialog
from app.ui.returns.issue_dialog import IssueDialog
from app.ui.returns.sent_dialogs import SentDialog, WithdrawDialog
from app.ui.widgets.buttons import ActionButton
from tests import builders
from tests.conftest import TODAY

HALF = Period(first=dt.date(2026, 4, 1), last=dt.date(2026, 9, 30))


@pytest.fixture
def register(tea_frame):
    return tea_frame.book.register


@pytest.fixture
def grant(register):
    """A grant whose report is due on Mon 16 Nov 2026."""
    fund = money.save_fund(
        register, FundDraft(name="Hall", kind=FundKind.RESTRICTED, purpose="Hire")
    )
    draft = GrantDraft(
        reference="G1", funder="Town Council", state=GrantState.AWARDED, fund_id=fund.ids[0],
        awarded_pence=500_00, starts_on=dt.date(2025, 10, 1), ends_on=dt.date(2026, 9, 30),
        report_due_on=dt.date(2026, 11, 16),
    )  # fmt: skip
    grant_id = money.save_grant(register, draft).ids[0]
    register.take_step()
    return grant_id


@pytest.fixture
def front(tea_frame):
    tea_frame.go_to("returns")
    return tea_frame.returns.front


def dialog_of(window, kind):
    (found,) = (d for d in window.findChildren(QDialog) if isinstance(d, kind) and d.isVisible())
    return found


def begun(register, **details):
    wanted = DraftSettings(template_id="small-grant", title="Ask the ward fund", period=HALF)
    draft = drafts.start(register, wanted, **details).ids[0]
    register.take_step()
    return draft


def sent(register):
    draft = begun(register)
    issued_id = issuing.issue(register, draft).ids[0]
    register.take_step()
    return issued_id


# --- which part is first -----------------------------------------------------------------------


def test_what_is_due_comes_first(grant, front):
    assert front.tabs.key == "due"
    assert [row.about for row in front.due.model.rows] == ["Town Council, G1"]
    assert "1 report is due" in front.head.subtitle.text()


def test_what_is_written_comes_first_where_nothing_is_due(register, tea_frame):
    begun(register)
    tea_frame.go_to("returns")
    assert tea_frame.returns.front.tabs.key == "drafts"


def test_printing_comes_first_in_a_book_without_either(front):
    assert front.tabs.key == "printing"
    assert front.printing.save_button.isVisible()
    front.show_part("due")
    assert not front.printing.save_button.isVisible()
    assert front.due.empty.isVisible()


def test_number_on_the_rail_says_what_is_due(grant, tea_frame, qtbot):
    tea_frame.home.reload()
    button = tea_frame.rail.buttons["returns"]
    qtbot.waitUntil(lambda: button.accessibleName() == "Returns: 1 due", timeout=20_000)


# --- due -----------------------------------------------------------------------------------------


def test_report_without_a_form_asks_for_one_and_begins_with_all_that_is_known(
    grant, front, empty_window, register
):
    front.due.offers["write"].click()
    dialog = dialog_of(empty_window, DraftDialog)
    dialog.form_choice.setCurrentIndex(dialog.form_choice.findData("end-of-grant"))
    assert dialog.day.text() == "Mon 16 Nov 2026"
    dialog.save_button.click()
    page = empty_window.frame.returns.workspace
    assert empty_window.frame.returns.page is page
    draft = drafts.get(register, page.draft_id).draft
    assert (draft.template_id, draft.grant_id) == ("end-of-grant", grant)
    assert draft.period == Period(first=dt.date(2025, 10, 1), last=dt.date(2026, 9, 30))
    assert draft.due_on == dt.date(2026, 11, 16)
    page.left.emit()
    assert front.due.row.draft_id == draft.id
    front.due.offers["go on"].click()
    assert empty_window.frame.returns.page is page


def test_report_done_in_another_way_is_said_and_taken_back_by_name(grant, front, register):
    front.due.offers["done"].click()
    assert front.due.model.rows == ()
    assert "done" in front.due.none.text()
    front.due.shows.setCurrentIndex(1)
    assert [row.done_on for row in front.due.model.rows] == [TODAY]
    assert "report" in front.book.history.undo_text
    front.book.history.undo()
    assert [row.done_on for row in front.due.model.rows] == [None]


def test_report_is_added_with_what_is_to_correct_beside_its_field(
    grant, front, empty_window, register
):
    front.due.add_button.click()
    dialog = dialog_of(empty_window, DueDialog)
    dialog.save_button.click()
    assert dialog.fields["due_on"].problem
    dialog.day.setText("1/2/27")
    dialog.first.setText("1/1/27")
    dialog.save_button.click()
    assert dialog.fields["last_on"].problem
    dialog.last.setText("31/1/27")
    dialog.form_choice.setCurrentIndex(dialog.form_choice.findData("end-of-grant"))
    dialog.save_button.click()
    found = reports_due.listed(register, today=TODAY)
    assert dt.date(2027, 2, 1) in [one.due_on for one in found]
    assert len(front.due.model.rows) == len(found) == 2


# --- being written -------------------------------------------------------------------------------


def test_draft_is_opened_begun_again_and_put_in_the_bin(register, tea_frame):
    draft = begun(register)
    tea_frame.go_to("returns")
    front = tea_frame.returns.front
    front.show_part("drafts")
    front.drafts.offers["again"].click()
    assert tea_frame.returns.workspace.draft_id != draft
    tea_frame.returns.begin()
    assert len(front.drafts.model.rows) == 2
    front.drafts.choose(draft)
    front.drafts.offers["bin"].click()
    assert [row.draft.id for row in front.drafts.model.rows] != [draft]
    assert len(front.drafts.model.rows) == 1
    front.drafts.shows.setCurrentIndex(1)
    assert [row.draft.id for row in front.drafts.model.rows] == [draft]
    front.drafts.offers["unbin"].click()
    assert front.drafts.none.isVisible()


def test_what_a_draft_is_about_is_changed(register, tea_frame, empty_window):
    draft = begun(register)
    tea_frame.go_to("returns")
    tea_frame.returns.front.show_part("drafts")
    tea_frame.returns.front.drafts.offers["about"].click()
    dialog = dialog_of(empty_window, DraftDialog)
    assert not dialog.form_choice.isEnabled()
    assert dialog.period.period == HALF
    dialog.title_line.setText("Ask again")
    dialog.sum.setText("250")
    dialog.save_button.click()
    kept = drafts.get(register, draft).draft
    assert (kept.title, kept.sum_pence, kept.period) == ("Ask again", 250_00, HALF)


def test_printing_part_offers_to_write_what_has_questions(front, empty_window, qtbot):
    part = front.printing
    part.templates.choose("small-grant")
    part.sum.setText("300")
    assert part.write_button.isVisible()
    part.write_button.click()
    dialog = dialog_of(empty_window, DraftDialog)
    assert dialog.info.id == "small-grant"
    assert dialog.sum.text() == "300.00"
    dialog.reject()
    part.templates.choose("treasurer-report")
    assert not part.write_button.isVisible()
    qtbot.waitUntil(lambda: not part.preview.busy, timeout=20_000)


# --- sent ----------------------------------------------------------------------------------------


@pytest.fixture
def page(register, tea_frame, qtbot):
    """The page of a return that counts one person."""
    at = builders.session(register, day=dt.date(2026, 5, 5))
    builders.mark(register, at, builders.person(register, "Amy"))
    issued_id = sent(register)
    tea_frame.go_to("returns")
    tea_frame.returns.show_part("sent")
    part = tea_frame.returns.front.sent
    assert part.row.id == issued_id
    part.offers["open"].click()
    page = tea_frame.returns.issued
    qtbot.waitUntil(lambda: page.preview.kept is not None, timeout=20_000)
    return page


def test_pages_are_byte_for_byte_those_that_were_sent(page, register, messages, tmp_path):
    out = tmp_path / "sent.pdf"
    messages.answers.append(out)
    page.save_button.click()
    assert out.read_bytes() == issuing.pdf_of(register, page.issued_id)
    assert page.notice.text == "Saved as sent.pdf."


def test_to_whom_it_went_is_noted_and_forgotten(page, register, empty_window):
    page.sent_button.click()
    dialog = dialog_of(empty_window, SentDialog)
    dialog.to.setText("Cllr Hill")
    dialog.day.setText("")
    dialog.save_button.click()
    assert dialog.fields["sent_on"].problem
    dialog.day.setText("2/11/26")
    dialog.save_button.click()
    (noted,) = issuing.get(register, page.issued_id).sent
    assert (noted.sent_to, noted.sent_on) == ("Cllr Hill", dt.date(2026, 11, 2))
    (forget,) = [b for b in page.sent.findChildren(ActionButton) if b.text() == "Forget"]
    assert forget.accessibleName().startswith("Forget: To Cllr Hill")
    forget.click()
    assert issuing.get(register, page.issued_id).sent == ()
    assert page.book.history.undo_text == "take back that a return was sent"


def test_return_taken_back_needs_a_reason_and_nothing_starts_from_it(
    page, register, tea_frame, empty_window
):
    page.withdraw_button.click()
    dialog = dialog_of(empty_window, WithdrawDialog)
    dialog.save_button.click()
    assert dialog.fields["reason"].problem
    dialog.reason.setPlainText("Sent to the wrong fund")
    dialog.save_button.click()
    assert issuing.get(register, page.issued_id).withdrawn_on == TODAY
    assert "Taken back" in page.head.subtitle.text()
    assert not page.sent_button.isVisible()
    assert not page.again_button.isVisible()
    part = tea_frame.returns.front.sent
    assert part.offered(*part.read("")) == {"open"}


def test_later_changes_are_told_row_by_row_and_open_their_records(page, register, tea_frame, qtbot):
    page.difference.button.click()
    qtbot.waitUntil(lambda: page.difference.explanation is not None, timeout=20_000)
    assert not page.difference.explanation.differs
    assert "is what it was" in page.difference.said.text()
    at = builders.session(register, day=dt.date(2026, 6, 2))
    late = builders.person(register, "Bea")
    builders.mark(register, at, late)
    page.difference.show_issued(page.issued_id)
    page.difference.button.click()
    qtbot.waitUntil(lambda: page.difference.explanation is not None, timeout=20_000)
    assert page.difference.explanation.differs
    asked = []
    page.record_wanted.connect(asked.append)
    rows = [
        b for b in page.difference.findChildren(ActionButton)
        if "added since" in b.text() and "Bea" in b.text()
    ]  # fmt: skip
    rows[0].click()
    assert asked
    assert tea_frame.page is not tea_frame.returns


def test_comparing_gives_way_to_whoever_saves(page, qtbot):
    page.difference.button.click()
    page.book.events.saving.emit()
    assert page.difference.button.isVisible()
    assert "changed meanwhile" in page.difference.said.text()


# --- issuing -------------------------------------------------------------------------------------


def issue_dialog(frame, register, qtbot):
    draft = begun(register)
    frame.go_to("returns")
    frame.returns.open_draft(draft)
    frame.returns.workspace.issue_wanted.emit(draft)
    dialog = dialog_of(frame.window(), IssueDialog)
    qtbot.waitUntil(lambda: dialog.made is not None, timeout=20_000)
    return draft, dialog


def test_issue_keeps_the_very_pages_that_were_counted(tea_frame, register, qtbot):
    _, dialog = issue_dialog(tea_frame, register, qtbot)
    assert dialog.warnings.count(), "an empty answer is still to see to"
    dialog.issue_button.click()
    assert issuing.pdf_of(register, dialog.issued_id) == dialog.made.pdf
    assert dialog.save_button.isVisible()
    assert not dialog.issue_button.isVisible()
    dialog.show_button.click()
    assert tea_frame.returns.page is tea_frame.returns.issued


def test_draft_changed_meanwhile_is_said_and_counted_again(tea_frame, register, qtbot):
    draft, dialog = issue_dialog(tea_frame, register, qtbot)
    question = "why"
    drafts.answer(register, draft, question, "Because")
    dialog.issue_button.click()
    assert issuing.listed(register) == ()
    assert "changed while its pages were made" in dialog.notice.text
    dialog.again_button.click()
    qtbot.waitUntil(lambda: dialog.made is not None, timeout=20_000)
    dialog.issue_button.click()
    assert len(issuing.listed(register)) == 1


def test_cancel_while_counting_keeps_nothing(tea_frame, register, qtbot):
    tea_frame.go_to("returns")
    tea_frame.returns.issue(begun(register))
    dialog = dialog_of(tea_frame.window(), IssueDialog)
    dialog.close_button.click()
    qtbot.waitUntil(lambda: not tea_frame.book.jobs.busy, timeout=20_000)
    assert issuing.listed(register) == ()


# --- forms of our own ----------------------------------------------------------------------------


@pytest.fixture
def form(front, empty_window):
    """A copy of a small form, opened to be changed."""
    front.show_part("forms")
    front.forms.empty.button.click()
    dialog = dialog_of(empty_window, CopyFormDialog)
    dialog.form_choice.setCurrentIndex(dialog.form_choice.findData("small-grant"))
    dialog.save_button.click()
    assert dialog.fields["title"].problem, "a form needs a name"
    dialog.title_line.setText("Hill Trust")
    dialog.save_button.click()
    page = empty_window.frame.returns.form
    assert empty_window.frame.returns.page is page
    return page


def asked(page):
    return [part.question.text for part in page.model.rows if part.question]


def test_question_is_added_limited_moved_and_taken_out(form, empty_window, register):
    before = asked(form)
    form.add_button.click()
    dialog = dialog_of(empty_window, QuestionDialog)
    dialog.text.setPlainText("What did you learn?")
    dialog.limits["words_from"].setText("50")
    dialog.limits["words_to"].setText("20")
    dialog.save_button.click()
    assert dialog.fields["words_to"].problem
    dialog.limits["words_to"].setText("150")
    dialog.save_button.click()
    assert len(asked(form)) == len(before) + 1
    place = next(n for n, part in enumerate(form.model.rows) if "learn" in (part.text or ""))
    form.table.setCurrentIndex(form.model.index(place, 0))
    assert form.part.question.words_to == 150
    form.down_button.click()
    assert form.part.question is not None
    assert form.part.place != form.model.rows[place].place
    form.remove_button.click()
    assert asked(form) == before
    form.book.history.undo()
    assert "What did you learn?" in asked(form)


def test_words_that_hold_no_figure_are_refused_with_line_and_key(form, empty_window):
    form.text_button.click()
    dialog = dialog_of(empty_window, FormTextDialog)
    dialog.kind.setCurrentIndex(1)
    dialog.text.setPlainText("We saw {unicorns} people.")
    dialog.save_button.click()
    assert "unicorns" in dialog.notice.text
    assert "line" in dialog.notice.text
    dialog.text.setPlainText("We saw {people} people.")
    dialog.save_button.click()
    assert "We saw {people} people." in [part.text for part in form.model.rows]


def test_form_goes_out_as_a_file_and_comes_back(form, front, messages, tmp_path, register):
    form.left.emit()
    out = tmp_path / "hill.toml"
    messages.answers.append(out)
    front.forms.offers["save"].click()
    assert "[[blocks]]" in out.read_text("utf-8")
    front.forms.offers["remove"].click()
    assert own_forms.list_forms(register) == ()
    messages.answers.append(out)
    front.forms.empty.also.click()
    assert [one.title for one in own_forms.list_forms(register)] == ["Hill Trust"]
    (tmp_path / "bad.toml").write_text("title = \nversion = 1\n", "utf-8")
    messages.answers.append(tmp_path / "bad.toml")
    front.forms.read_button.click()
    assert "line 1" in front.notice.text


# --- Home and the search -------------------------------------------------------------------------


def test_home_opens_the_report_that_is_due(grant, tea_frame, register, qtbot):
    tea_frame.home.reload()
    lines = tea_frame.home.due
    qtbot.waitUntil(lines.isVisible, timeout=20_000)
    (button,) = lines.findChildren(ActionButton)
    assert button.accessibleName() == "Write it: Report to Town Council, G1"
    button.click()
    assert tea_frame.page is tea_frame.returns
    dialog_of(tea_frame.window(), DraftDialog).reject()


def test_search_finds_drafts_and_what_was_sent(register, tea_frame):
    issued_id = sent(register)
    (draft,) = drafts.listed(register, today=TODAY)
    found = find(tea_frame, "ward ask")
    assert [one.text.partition(" · ")[2][:6] for one in found] == ["being ", "issued"]
    found[0].value()
    assert tea_frame.returns.page is tea_frame.returns.workspace
    assert tea_frame.returns.workspace.draft_id == draft.draft.id
    found[1].value()
    assert tea_frame.returns.page is tea_frame.returns.issued
    assert tea_frame.returns.issued.issued_id == issued_id
    (nothing,) = find(tea_frame, "ward nothing")
    assert nothing.text == "Nothing is called “ward nothing”"
    assert nothing.value is None
