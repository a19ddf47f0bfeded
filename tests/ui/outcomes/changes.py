"""Every use case of outcomes and stories, and what it is called with: for test_every_change."""

import datetime as dt

from app.domain.ids import PersonId
from app.domain.outcomes import Answer, ItemState, ResponseDraft
from app.domain.own_measures import OwnMeasureDraft, definition_of
from app.domain.stories import StoryDraft, StoryPurpose, StoryUse
from app.services import outcomes, stories
from app.services.outcomes import Licence
from tests.conftest import TODAY

DAY = TODAY.replace(day=2)
NOW = {"today": TODAY}
OWN = OwnMeasureDraft(title="How was tea?", questions="I felt welcome")
LICENCE = Licence(holder="Our group", reference="L-1", item_texts={})
WORDS = StoryDraft(wording="I look forward to Tuesdays.", told_on=DAY)
AGREED = StoryUse(purpose=StoryPurpose.FUNDERS, given=True, asked_on=DAY)


def answers(who, *, day=DAY, measure="ons4", value=6):
    """Return somebody's one answer."""
    given = {"satisfied": Answer(state=ItemState.ANSWERED, value=value)}
    return ResponseDraft(person_id=PersonId(who), measure=measure, answered_on=day, answers=given)


def _response(w):
    return w.before(outcomes.record, answers(w.ada), today=TODAY).ids[0]


def _goal(w):
    return w.before(outcomes.set_goal, w.ada, "Walk to the shop", DAY, today=TODAY).ids[0]


def _story(w):
    return w.before(stories.add, WORDS, today=TODAY).ids[0]


def _agreed(w):
    story = _story(w)
    w.before(stories.note_use, story, AGREED, today=TODAY)
    return story


def _binned(w, put_in_bin, thing):
    w.before(put_in_bin, thing)
    return thing


def _own(w):
    w.before(outcomes.add_own_questions, OWN, today=TODAY)
    return "own_how_was_tea"


CHANGES = {
    "outcomes.answering.record": lambda w: (answers(w.ada), NOW),
    "outcomes.answering.correct": lambda w: (_response(w), answers(w.ada, value=7), NOW),
    "outcomes.answering.put_in_bin": lambda w: (_response(w),),
    "outcomes.answering.take_out_of_bin": lambda w: (
        _binned(w, outcomes.put_in_bin, _response(w)),
    ),
    "outcomes.goals.set_goal": lambda w: (w.ada, "Walk to the shop", DAY, NOW),
    "outcomes.goals.reword_goal": lambda w: (_goal(w), "Walk to the park"),
    "outcomes.goals.drop_goal": lambda w: (_goal(w), TODAY),
    "outcomes.measuring.use_measure": lambda _w: ("ons4", {"asked": True}),
    "outcomes.measuring.record_licence": lambda _w: ("swemwbs", LICENCE),
    "outcomes.measuring.add_own_measure": lambda _w: (definition_of(OWN), NOW),
    "outcomes.measuring.add_own_questions": lambda _w: (OWN, NOW),
    "outcomes.measuring.remove_own_measure": lambda w: (_own(w),),
    "outcomes.piles.print_pile": lambda w: ("ons4", [w.bo, w.ada], {"large": True}),
    "stories.add": lambda _w: (WORDS, NOW),
    "stories.change": lambda w: (
        _story(w),
        StoryDraft(wording="I sleep better.", told_on=DAY - dt.timedelta(days=1)),
        NOW,
    ),
    "stories.note_use": lambda w: (_story(w), AGREED, NOW),
    "stories.withdraw": lambda w: (_agreed(w), StoryPurpose.FUNDERS, TODAY, NOW),
    "stories.withdraw_all": lambda w: (_agreed(w), TODAY, NOW),
    "stories.put_in_bin": lambda w: (_story(w),),
    "stories.take_out_of_bin": lambda w: (_binned(w, stories.put_in_bin, _story(w)),),
}
