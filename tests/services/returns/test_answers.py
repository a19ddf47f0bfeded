"""Earlier answers, those like them, the bank, and quotes that may be used."""

import pytest

from app.domain.stories import StoryDraft, StoryKind, StoryPurpose, StoryUse
from app.services import stories
from app.services.result import Done, Refused
from app.services.returns import answers, drafts, issuing
from tests import builders
from tests.services.returns.making import TEXT, begun, own_form


@pytest.fixture(autouse=True)
def _form(register):
    own_form(register)


def test_last_times_answers_come_from_the_same_question_each_once(register):
    first = begun(register, title="Two years ago")
    drafts.answer(register, first, "difference", "They made friends.", wording="What difference?")
    drafts.answer(register, first, "who", "We are us.", wording="Who are you?")
    assert isinstance(issuing.issue(register, first), Done)
    now = begun(register, title="This year")
    drafts.answer(register, now, "difference", "Not to be offered to itself")
    (found,) = answers.last_times(register, now, "difference")
    assert found.text == "They made friends."
    assert answers.last_times(register, now, "number") == ()


def test_answers_in_the_bin_are_not_offered(register):
    first, now = begun(register), begun(register)
    drafts.answer(register, first, "difference", "Gone", wording="What difference?")
    drafts.put_in_bin(register, first)
    assert answers.last_times(register, now, "difference") == ()


def test_answers_to_like_questions_of_other_forms_are_offered_the_likest_first(register):
    other = TEXT.replace('id = "our-form"', 'id = "other-form"')
    own_form(register, other, "other-form")
    before = begun(register, template_id="other-form")
    drafts.answer(
        register, before, "a", "Friends.", wording="What difference has your project made?"
    )
    drafts.answer(register, before, "b", "A hall.", wording="Where do you meet?")
    now = begun(register)
    found = answers.like(register, now, "difference", "What difference did you make?")
    assert [one.answer.text for one in found] == ["Friends."]
    assert 60 < found[0].likeness <= 100


def test_bank_keeps_changes_and_takes_away_answers(register):
    kept = answers.keep(register, " Who  we are ", "We meet on Tuesdays.").ids[0]
    assert [(one.name, one.text) for one in answers.bank(register)] == [
        ("Who we are", "We meet on Tuesdays.")
    ]
    assert isinstance(answers.keep(register, "who we are", "Again"), Refused)
    assert isinstance(answers.keep(register, "Who we are", "We meet daily.", kept), Done)
    assert isinstance(answers.keep(register, "", ""), Refused)
    answers.remove(register, kept)
    assert answers.bank(register) == ()
    register.play(register.take_step(), use_case="undo")
    assert [one.text for one in answers.bank(register)] == ["We meet daily."]
    assert isinstance(answers.remove(register, 7), Refused)
    assert isinstance(answers.keep(register, "New", "x", 7), Refused)


def test_answer_of_a_draft_goes_into_the_bank_and_back_into_another(register):
    first, second = begun(register), begun(register)
    assert isinstance(answers.keep_from_draft(register, first, "who", "Us"), Refused)
    drafts.answer(register, first, "who", "We are us.")
    answers.keep_from_draft(register, first, "who", "Us")
    (kept,) = answers.bank(register)
    drafts.answer(register, second, "who", "Hello.")
    assert answers.use(register, second, "who", kept.text).merges == ""
    assert drafts.get(register, second).answers["who"].text == "Hello.\n\nWe are us."
    answers.use(register, second, "difference", kept.text)
    assert drafts.get(register, second).answers["difference"].text == "We are us."


def test_only_quotes_agreed_for_funders_are_offered(register, today):
    who = builders.person(register)
    ids = []
    for words in ("I came back to life.", "Lovely."):
        told = StoryDraft(person_id=who, kind=StoryKind.QUOTE, told_on=today, wording=words)
        ids.append(stories.add(register, told, today=today).ids[0])
    use = StoryUse(purpose=StoryPurpose.FUNDERS, given=True, asked_on=today, method="paper")
    assert isinstance(stories.note_use(register, ids[0], use, today=today), Done)
    draft = begun(register)
    assert [one.id for one in answers.quotes_for(register, draft)] == [ids[0]]
    assert answers.quotes_for(register, 7) == ()
