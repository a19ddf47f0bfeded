"""What the pretend group writes to funders: drafts, answers, promises, returns it has sent."""

from app.services import reports_due
from app.services.reports_due import DueState
from app.services.returns import answers, drafts, explaining, issuing
from app.storage import issued
from tests.services.example.conftest import ENDING


def test_drafts_are_being_written_and_one_is_due_soon(book):
    lines = [one for one in drafts.listed(book, today=ENDING) if one.issued_on is None]
    assert 2 <= len(lines) <= 3
    assert all(one.template_title for one in lines)
    assert any(one.draft.due_on and (one.draft.due_on - ENDING).days <= 60 for one in lines)
    assert any(one.answered for one in lines)


def test_every_draft_can_be_filled(book):
    for line in drafts.listed(book, today=ENDING):
        assert issuing.fill_draft(book, line.draft.id).blocks


def test_what_was_sent_is_whole_and_the_book_still_says_the_same(small):
    sent = issuing.listed(small)
    assert len(sent) == 2
    assert issued.findings(small) == ()
    for one in sent:
        assert issuing.pdf_of(small, one.id).startswith(b"%PDF-")
        assert one.sent
        assert not explaining.explain(small, one.id).differs


def test_large_book_has_one_return_that_was_sent(busy):
    (one,) = issuing.listed(busy)
    assert one.settings.activity_id is not None


def test_there_is_a_bank_of_answers_and_grants_have_promised_something(book):
    assert len(answers.bank(book)) >= 4
    assert book.value("SELECT count(*) FROM grant_target_listed") >= 2


def test_some_reports_are_waited_for(busy):
    states = {one.state for one in reports_due.listed(busy, today=ENDING)}
    assert states & {DueState.LATER, DueState.SOON}
