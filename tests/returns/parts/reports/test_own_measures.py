"""The group's own measures in returns: in answers, forms of its own, tables, and what is offered."""

import datetime as dt
from contextvars import copy_context

import pytest

from app.domain.ids import PersonId
from app.domain.outcomes import Answer, ItemState, ResponseDraft
from app.domain.own_measures import OwnMeasureDraft
from app.domain.returns import DraftSettings
from app.figures.outcomes import every_figure
from app.returns.filled import plain
from app.services import outcomes, returns
from app.services.result import Done
from app.services.returns import drafts, issuing, offers, own_forms, typed
from tests import builders
from tests.builders import TODAY
from tests.returns.making import YEAR, options, tables, texts

MEASURE = "own_how_was_tea"
SCALE = f"{MEASURE}_q1"
FORM = f"""
id = "ours"
version = 1
title = "Ours"
for = "Us"
purpose = "Telling people"
needs = ["period"]
disclosure = "funder"
[[blocks]]
kind = "text"
text = "{{{SCALE}_pairs:nobody|one person|# people}} said so twice."
[[blocks]]
kind = "outcomes"
scales = ["ons4_satisfied"]
own = true
[[blocks]]
kind = "question"
id = "why"
text = "Why?"
"""


@pytest.fixture
def asked(register):
    """Nine people say twice how tea was: 2, then 4."""
    draft = OwnMeasureDraft(
        title="How was tea?", questions="I felt welcome", low=1, high=5, low_words="no",
        high_words="yes",
    )  # fmt: skip
    assert isinstance(outcomes.add_own_questions(register, draft, today=TODAY), Done)
    code = outcomes.measures_here(register)[-1].measure.items[0].code
    for number in range(9):
        who = builders.person(register, f"Person{number}")
        for day, score in ((dt.date(2026, 1, 5), 2), (dt.date(2026, 4, 6), 4)):
            given = {code: Answer(state=ItemState.ANSWERED, value=score)}
            one = ResponseDraft(
                person_id=PersonId(who), measure=MEASURE, answered_on=day, answers=given
            )
            assert outcomes.record(register, one, today=TODAY).ids
    return register


def form(register):
    own_forms.copy(register, "small-grant", "Ours")
    done = own_forms.kept(register, "ours", FORM, "x", "template.change")
    assert isinstance(done, Done), done.text


def test_form_names_own_measures_and_its_table_has_them(asked):
    form(asked)
    assert own_forms.get(asked, "ours").fault == ""
    made = returns.prepare(asked, "ours", options())
    assert "Nine people" in plain(made.blocks[0].runs) or "9 people" in plain(made.blocks[0].runs)
    (row,) = tables(made)["outcomes"].rows
    assert texts(row)[:4] == ["I felt welcome, higher is better", "9", "2.0", "4.0"]
    assert made.figures[f"{SCALE}_pairs"]["value"] == 9


def test_answer_may_name_an_own_measure_and_is_issued_with_it(asked):
    form(asked)
    draft = drafts.start(asked, DraftSettings(template_id="ours", title="O", period=YEAR)).ids[0]
    drafts.answer(asked, draft, "why", f"{{{SCALE}_improved}} of {{{SCALE}_pairs}} felt better")
    filled = issuing.fill_draft(asked, draft)
    assert filled.answers["why"]["answer"] == "9 of 9 felt better"
    assert not any("printed as it was typed" in one for one in filled.warnings)


def test_own_measures_are_offered_and_read_where_the_window_has_the_book_open(asked):
    offered = {one.id: one.title for one in offers.figures(asked)}
    name = f"{SCALE}_change"
    assert name not in every_figure()

    def read():
        typed.know_measures(asked)
        return typed.place_of(f"{{{name}}}")

    assert typed.place_of(f"{{{name}}}") is None
    assert copy_context().run(read).name == offered[name]
