"""Drafts: started, typed in, taken back, listed by what is due first."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.periods import Period
from app.domain.returns import DraftSettings, period_after
from app.services.result import Done, Refused
from app.services.returns import drafts
from app.storage.register import Register
from tests.conftest import NOW, TODAY
from tests.services.returns.making import FORM, YEAR, begun, own_form


@pytest.fixture(autouse=True)
def _form(register):
    own_form(register)


def text_of(register, draft_id, question="difference"):
    whole = drafts.get(register, draft_id)
    return whole.answers[question].text if question in whole.answers else ""


def test_draft_has_the_title_of_its_form_unless_another_is_given(register):
    named = drafts.get(register, begun(register, title="  Ward   councillor "))
    plain = drafts.get(register, begun(register))
    assert named.draft.title == "Ward councillor"
    assert plain.draft.title
    assert plain.draft.period == YEAR


def test_draft_of_an_unknown_form_is_refused(register):
    answer = drafts.start(register, DraftSettings(template_id="nothing-such", title=""))
    assert isinstance(answer, Refused)
    assert "nothing-such" in answer.text


def test_draft_is_about_a_grant_or_an_agreement(register):
    about = DraftSettings(template_id=FORM, title="Both", grant_id=1, agreement_id=2, sum_pence=-1)
    answer = drafts.start(register, about)
    assert {one.code for one in answer.problems} == {"draft_about_two", "amount_needed"}


def test_typing_on_in_one_answer_is_taken_back_as_one_step(register):
    draft = begun(register)
    steps = []
    for typed in ("People", "People came", "People came back"):
        done = drafts.answer(register, draft, "difference", typed, wording="What changed?")
        steps.append((done.merges, register.take_step()))
    assert len({merges for merges, _ in steps}) == 1
    whole = steps[2][1].after(steps[1][1].after(steps[0][1]))
    opposite = register.play(whole, use_case="undo")
    assert text_of(register, draft) == ""
    register.play(opposite, use_case="redo")
    assert text_of(register, draft) == "People came back"


def test_typing_on_keeps_one_statement_a_row_to_take_back(register):
    draft = begun(register)
    drafts.answer(register, draft, "difference", "P")
    register.take_step()
    drafts.answer(register, draft, "difference", "Pe")
    step = register.take_step()
    for typed in ("Peo", "Peop"):
        drafts.answer(register, draft, "difference", typed)
        step = register.take_step().after(step)
    assert len(step.statements) <= 3
    register.play(step, use_case="undo")
    assert text_of(register, draft) == "P"


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.sampled_from(["difference", "who"]), st.text("ab {}\n", max_size=8)),
            st.sampled_from(["undo", "redo", "merge"]),
        ),
        max_size=14,
    )
)
def test_any_way_of_answering_taking_back_and_making_again_keeps_the_text(moves):
    with Register.in_memory(now=lambda: NOW) as register:
        register.keep_undo()
        own_form(register)
        draft = begun(register)
        register.take_step()
        now: dict[str, str] = {}
        back, forth = [], []
        for move in moves:
            if move == "undo" and back:
                step, was, name = back.pop()
                forth.append((register.play(step, use_case="undo"), now, name))
                now = was
            elif move == "redo" and forth:
                step, was, name = forth.pop()
                back.append((register.play(step, use_case="redo"), now, name))
                now = was
            elif move == "merge" and len(back) > 1 and back[-1][2] == back[-2][2]:
                last, _, name = back.pop()
                first, was, _ = back.pop()
                back.append((last.after(first), was, name))
                forth = []
            elif isinstance(move, tuple):
                question, typed = move
                done = drafts.answer(register, draft, question, typed)
                step = register.take_step()
                kept = drafts.get(register, draft).answers[question].text
                assert kept.split() == typed.split()
                if step is not None:
                    back.append((step, now, done.merges))
                now, forth = {**now, question: kept}, []
            stands = drafts.get(register, draft).answers
            assert {name: one.text for name, one in stands.items() if one.text} == {
                name: text for name, text in now.items() if text
            }


def test_an_answer_that_is_changed_is_not_done_any_more(register):
    draft = begun(register)
    assert isinstance(drafts.mark_done(register, draft, "difference", done=True), Refused)
    drafts.answer(register, draft, "difference", "A lot")
    assert isinstance(drafts.mark_done(register, draft, "difference", done=True), Done)
    assert drafts.get(register, draft).answers["difference"].is_done
    drafts.answer(register, draft, "difference", "A lot more")
    assert not drafts.get(register, draft).answers["difference"].is_done


def test_an_answer_of_five_thousand_words_is_kept_and_one_without_end_is_not(register):
    draft = begun(register)
    long = "word " * 5_000
    assert isinstance(drafts.answer(register, draft, "difference", long), Done)
    assert len(text_of(register, draft).split()) == 5_000
    assert drafts.answer(register, draft, "difference", "x" * 100_001).problems[0].code == (
        "text_too_long"
    )
    assert len(text_of(register, draft).split()) == 5_000


def test_draft_in_the_bin_takes_no_answers_until_it_is_out_again(register):
    draft = begun(register)
    drafts.put_in_bin(register, draft)
    assert drafts.listed(register, today=TODAY) == ()
    assert [one.id for one in drafts.in_bin(register)] == [draft]
    assert isinstance(drafts.answer(register, draft, "difference", "x"), Refused)
    drafts.take_out_of_bin(register, draft)
    assert isinstance(drafts.answer(register, draft, "difference", "x"), Done)


def test_list_says_what_is_due_first_and_how_far_it_is(register):
    later = begun(register, title="Later", due_on=dt.date(2026, 12, 1))
    never = begun(register, title="Never")
    soon = begun(register, title="Soon", due_on=dt.date(2026, 11, 6))
    drafts.answer(register, soon, "difference", "word " * 2_000)
    lines = drafts.listed(register, today=TODAY)
    assert [line.draft.id for line in lines] == [soon, later, never]
    first = lines[0]
    assert (first.answered, first.warnings) == (1, 1)
    assert first.text == f"1 of {first.questions} answered, 1 warning, due Fri 6 Nov"
    assert lines[2].text == f"0 of {first.questions} answered"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (TODAY, "due today"),
        (TODAY + dt.timedelta(days=1), "due tomorrow"),
        (TODAY - dt.timedelta(days=1), "due yesterday"),
        (dt.date(2026, 10, 30), "was due Fri 30 Oct"),
        (dt.date(2027, 11, 1), "due Mon 1 Nov 2027"),
    ],
)
def test_days_are_said_as_people_say_them(day, said):
    assert drafts.due_words(day, TODAY) == said


@pytest.mark.parametrize(
    ("first", "last", "next_first", "next_last"),
    [
        ((2025, 4, 1), (2026, 3, 31), (2026, 4, 1), (2027, 3, 31)),
        ((2026, 7, 1), (2026, 9, 30), (2026, 10, 1), (2026, 12, 31)),
        ((2026, 1, 1), (2026, 1, 31), (2026, 2, 1), (2026, 2, 28)),
        ((2026, 1, 5), (2026, 1, 11), (2026, 1, 12), (2026, 1, 18)),
    ],
)
def test_period_after_is_as_long_in_months_or_in_days(first, last, next_first, next_last):
    after = period_after(Period(first=dt.date(*first), last=dt.date(*last)))
    assert (after.first, after.last) == (dt.date(*next_first), dt.date(*next_last))


def test_last_times_draft_is_begun_again_with_its_answers_for_the_next_period(register):
    draft = begun(register, due_on=TODAY, sum_pence=200_00)
    drafts.answer(register, draft, "difference", "A lot", wording="What changed?")
    drafts.mark_done(register, draft, "difference", done=True)
    again = drafts.get(register, drafts.start_again(register, draft_id=draft).ids[0])
    assert again.draft.period == Period(first=dt.date(2026, 10, 1), last=dt.date(2027, 9, 30))
    assert (again.draft.due_on, again.draft.sum_pence) == (None, 200_00)
    assert again.answers["difference"].text == "A lot"
    assert not again.answers["difference"].is_done
