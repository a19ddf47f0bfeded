"""Stories and quotes: nothing is used without consent to that very use."""

import datetime as dt

import pytest

from app.domain.stories import StoryDraft, StoryKind, StoryPurpose, StoryUse
from app.services import people, stories
from app.services.result import Done, Refused
from tests import builders
from tests.builders import TODAY

TOLD = dt.date(2026, 9, 1)


def kept(register, **more):
    draft = StoryDraft(**{"wording": "I look forward to Tuesdays.", "told_on": TOLD, **more})
    return stories.add(register, draft, today=TODAY).ids[0]


def agree(register, story_id, purpose=StoryPurpose.FUNDERS, *, given=True, on=TOLD):
    use = StoryUse(purpose=purpose, given=given, asked_on=on)
    return stories.note_use(register, story_id, use, today=TODAY)


def usable(register, purpose=StoryPurpose.FUNDERS):
    return [one.id for one in stories.usable_for(register, purpose)]


def codes(said):
    assert isinstance(said, Refused)
    return [(problem.code, problem.field) for problem in said.problems]


def test_a_story_is_usable_for_what_was_agreed_and_nothing_else(register):
    story = kept(register)
    assert usable(register) == []
    agree(register, story)
    agree(register, story, StoryPurpose.PRESS, given=False)
    assert usable(register) == [story]
    assert usable(register, StoryPurpose.PRESS) == usable(register, StoryPurpose.WEBSITE) == []


def test_a_use_that_was_taken_back_is_usable_no_more_and_stays_to_be_seen(register):
    story = kept(register)
    agree(register, story)
    assert isinstance(
        stories.withdraw(register, story, StoryPurpose.FUNDERS, TODAY, today=TODAY), Done
    )
    assert usable(register) == []
    (use,) = stories.story(register, story).uses
    assert (use.given, use.withdrawn_on) == (True, TODAY)
    assert codes(stories.withdraw(register, story, StoryPurpose.PRESS, TODAY, today=TODAY)) == [
        ("use_not_agreed", "purpose")
    ]


def test_every_use_can_be_taken_back_at_once(register):
    story = kept(register)
    for purpose in StoryPurpose:
        agree(register, story, purpose)
    assert isinstance(stories.withdraw_all(register, story, TODAY, today=TODAY), Done)
    assert [usable(register, purpose) for purpose in StoryPurpose] == [[]] * len(StoryPurpose)


def test_neither_a_story_in_the_bin_nor_one_of_somebody_in_the_bin_is_used(register):
    who = builders.person(register)
    mine, nobodys = kept(register, person_id=who), kept(register)
    for story in (mine, nobodys):
        agree(register, story)
    people.put_in_bin(register, who)
    assert usable(register) == [nobodys]
    stories.put_in_bin(register, nobodys)
    assert usable(register) == []
    stories.take_out_of_bin(register, nobodys)
    assert usable(register) == [nobodys]


def test_stories_of_joined_records_are_one_persons(register):
    keeper, joined = builders.person(register), builders.person(register, "Mariam")
    story = kept(register, person_id=joined, kind=StoryKind.STORY)
    people.merge_people(register, keeper, joined)
    assert [one.id for one in stories.stories_of(register, keeper)] == [story]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"wording": "  "}, ("story_words_needed", "wording")),
        ({"told_on": None}, ("date_needed", "told_on")),
        ({"told_on": dt.date(2027, 1, 1)}, ("story_future", "told_on")),
        ({"credited_as": "x" * 300}, ("text_too_long", "credited_as")),
        ({"person_id": 9}, ("person_gone", "person_id")),
        ({"activity_id": 9}, ("activity_gone", "activity_id")),
    ],
)
def test_what_a_story_needs_is_said_at_its_field(register, more, expected):
    draft = StoryDraft(**{"wording": "Good.", "told_on": TOLD, **more})
    assert codes(stories.add(register, draft, today=TODAY)) == [expected]
    assert stories.stories_listed(register) == ()


def test_nobody_is_asked_before_it_was_told(register):
    story = kept(register)
    assert codes(agree(register, story, on=TOLD - dt.timedelta(days=1))) == [
        ("use_before_told", "asked_on")
    ]
    assert codes(agree(register, story, on=TODAY + dt.timedelta(days=1))) == [
        ("consent_future", "asked_on")
    ]


def test_a_story_is_corrected_and_changes_can_be_undone(register):
    story = kept(register)
    register.keep_undo()
    before = builders.dump(register)
    draft = StoryDraft(wording="I look forward to Wednesdays.", told_on=TOLD)
    stories.change(register, story, draft, today=TODAY)
    assert stories.story(register, story).wording == "I look forward to Wednesdays."
    register.play(register.take_step(), use_case="undo")
    assert builders.dump(register) == before
