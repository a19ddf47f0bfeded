"""How a draft stands: by what is printed, and by nothing else."""

import datetime as dt

import pytest

from app.returns.counting.merging import bands_in
from app.services.returns import drafts, issuing, proof, state
from app.services.returns.proof import RecordKind
from app.services.returns.state import Standing
from tests import builders
from tests.conftest import TODAY
from tests.services.returns.making import TEXT, YEAR, begun, own_form

DAY = dt.date(2026, 9, 29)


@pytest.fixture
def draft(register):
    own_form(register)
    at = builders.session(register, day=DAY)
    for name, sex in (("Amy", "female"), ("Bea", "female"), ("Cy", "male")):
        builders.mark(register, at, builders.person(register, name, sex=sex))
    return begun(register, disclosure="internal", due_on=dt.date(2026, 11, 1))


def looked(register, draft):
    whole, filled = drafts.get(register, draft), issuing.fill_draft(register, draft)
    return state.look(whole, filled, today=TODAY)


def by_question(found):
    return {part.question: part for part in found.parts if part.question}


def test_parts_stand_in_the_order_of_the_form(register, draft):
    found = looked(register, draft)
    assert [(part.question, part.title) for part in found.parts] == [
        ("", "At a glance"),
        ("who", "Who are you?"),
        ("difference", "What difference did you make?"),
        ("number", "How many people came?"),
        ("", "Who came"),
    ]
    assert found.parts[0].standing is found.parts[-1].standing is Standing.AUTOMATIC


@pytest.mark.parametrize(
    ("typed", "done", "standing", "said"),
    [
        ("", False, Standing.EMPTY, "not answered yet"),
        ("Two words", False, Standing.TOO_SHORT, "2 of 20 words, too short"),
        ("Just three words", False, Standing.BEGUN, "3 of 20 words"),
        ("Just three words", True, Standing.DONE, "3 of 20 words, done"),
        ("word " * 21, False, Standing.OVER, "21 of 20 words, over its limit"),
        ("B&YC and it's so", False, Standing.BEGUN, "6 of 20 words"),
        ("{people} people came", False, Standing.BEGUN, "3 of 20 words"),
    ],
)
def test_question_stands_by_its_words_as_printed(register, draft, typed, done, standing, said):
    drafts.answer(register, draft, "difference", typed)
    if done:
        drafts.mark_done(register, draft, "difference", done=True)
    part = by_question(looked(register, draft))["difference"]
    assert (part.standing, part.text) == (standing, said)


def test_optional_question_is_not_missing_and_not_counted_until_it_is_answered(register, draft):
    form = TEXT.replace('id = "who"\n', 'id = "who"\noptional = true\n', 1)
    own_form(register, form)
    found = looked(register, draft)
    part = by_question(found)["who"]
    assert (part.standing, part.text) == (Standing.OPTIONAL, "may stay empty")
    assert (found.answered, found.questions) == (0, 2)
    drafts.answer(register, draft, "who", "A walking group")
    found = looked(register, draft)
    assert by_question(found)["who"].standing is Standing.BEGUN
    assert (found.answered, found.questions) == (1, 3)


def test_our_own_suggestion_is_not_an_answer_yet(register, draft):
    part = by_question(looked(register, draft))["number"]
    assert (part.standing, part.is_draft, part.text) == (
        Standing.EMPTY,
        True,
        "our suggestion, not read yet",
    )


def test_before_you_send_names_what_is_missing_and_the_question_it_is_about(register, draft):
    drafts.answer(register, draft, "old", "Kept", wording="An old question?")
    found = looked(register, draft)
    texts = [one.text for one in found.cautions]
    assert texts[0] == "This return was due on Sun 1 Nov 2026."
    assert "“An old question?” is not in this form any more; what was written is kept." in texts
    about = {one.question: one.text for one in found.cautions if one.question}
    assert about["who"] == "“Who are you?” is not answered yet."
    assert found.text == f"0 of 3 answered, {len(texts)} warnings"


# --- where a number came from -----------------------------------------------------------------------


def test_every_number_of_a_draft_says_its_rows_and_what_they_open(register, draft):
    filled = issuing.fill_draft(register, draft)
    printed = proof.sources(filled)
    assert {one.figure for one in printed} == {"people", "attendances"}
    for one in printed:
        behind = proof.behind_printed(register, filled, one)
        assert (behind.value, behind.n) == (one.value, one.rows)
        assert len(behind.rows) == one.rows
        kind = RecordKind.PERSON if one.figure == "people" else RecordKind.SESSION
        assert {row.records[0].kind for row in behind.rows} <= {kind}
    women = next(one for one in printed if one.part == "female")
    behind = proof.behind_printed(register, filled, women)
    assert (behind.title, behind.value_text, behind.period) == ("People: Female", "2", YEAR)
    names = [row.cells[behind.columns.index("Name")] for row in behind.rows]
    assert all("Begum" in name for name in names)
    assert "Begum" not in repr(behind)


def test_ages_added_together_are_taken_apart_again():
    whole = ("0-4", "5-17", "18-64", "65+", "not_known")
    assert bands_in("0-4+5-17", whole) == ("0-4", "5-17")
    assert bands_in("18-64+65+", whole) == ("18-64", "65+")
    assert bands_in("65+", whole) == ("65+",)
