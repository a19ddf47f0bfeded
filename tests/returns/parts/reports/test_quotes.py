"""What people said is printed only where they agreed to this very use."""

import datetime as dt

import pytest

from app.domain.periods import Period
from app.domain.stories import StoryDraft, StoryKind, StoryPurpose, StoryUse
from app.returns.filled import Quote
from app.returns.options import ReturnOptions
from app.services import returns, stories

TODAY = dt.date(2026, 11, 3)
YEAR = Period(first=dt.date(2025, 11, 4), last=TODAY)


@pytest.fixture
def told(register):
    def tell(wording, *uses, given=True, day=TODAY, kind=StoryKind.QUOTE):
        draft = StoryDraft(kind=kind, told_on=day, wording=wording, credited_as="a walker, 78")
        story_id = stories.add(register, draft, today=TODAY).ids[0]
        for purpose in uses:
            use = StoryUse(purpose=purpose, given=given, asked_on=TODAY)
            stories.note_use(register, story_id, use, today=TODAY)
        return story_id

    return tell


def said(register, name="ageing-well"):
    made = returns.prepare(register, name, ReturnOptions(period=YEAR))
    return [block.text for block in made.blocks if isinstance(block, Quote)], made


def test_only_quotes_agreed_to_for_funders_are_in_a_return_to_funders(register, told):
    told("I sleep again.", StoryPurpose.FUNDERS)
    told("Only on the website.", StoryPurpose.WEBSITE)
    told("Not for anybody.")
    told("She said no.", StoryPurpose.FUNDERS, given=False)
    told("Last year's.", StoryPurpose.FUNDERS, day=dt.date(2025, 11, 3))
    told("A whole story.", StoryPurpose.FUNDERS, kind=StoryKind.STORY)
    quotes, made = said(register)
    assert quotes == ["I sleep again."]
    assert next(b.by for b in made.blocks if isinstance(b, Quote)) == "a walker, 78"


def test_a_use_taken_back_leaves_the_return(register, told):
    story_id = told("I sleep again.", StoryPurpose.FUNDERS)
    stories.withdraw(register, story_id, StoryPurpose.FUNDERS, TODAY, today=TODAY)
    assert said(register)[0] == []


def test_where_nobody_agreed_whoever_fills_it_is_told(register, told):
    assert not any("No quote" in warning for warning in said(register)[1].warnings)
    told("Only on the website.", StoryPurpose.WEBSITE)
    quotes, made = said(register)
    assert quotes == []
    assert any("No quote of this period may be used" in warning for warning in made.warnings)


def test_the_newest_few_are_taken(register, told):
    for day in (1, 3, 2):
        told(f"Day {day}.", StoryPurpose.IMPACT_REPORT, day=dt.date(2026, 10, day))
    assert said(register, "impact-report")[0] == ["Day 3.", "Day 2."]
