"""Stories and quotes: kept, corrected, and used only as each person agreed."""

import datetime as dt
from dataclasses import replace

from app.domain.changes import Topic
from app.domain.ids import PersonId, StoryId
from app.domain.names import clean, clean_lines
from app.domain.problems import Problem
from app.domain.stories import (
    Story,
    StoryDraft,
    StoryPurpose,
    StoryUse,
    validate_story,
    validate_use,
)
from app.services.result import Done, Refused
from app.storage import activities, journeys, people, stories
from app.storage.journeys import Journey
from app.storage.register import Register

__all__ = [
    "Journey",
    "add",
    "binned_stories",
    "change",
    "journey_of",
    "note_use",
    "put_in_bin",
    "stories_listed",
    "stories_of",
    "story",
    "take_out_of_bin",
    "tidy",
    "usable_for",
    "withdraw",
    "withdraw_all",
]

_TOPICS = frozenset({Topic.STORIES})


def stories_listed(register: Register) -> tuple[Story, ...]:
    """Return every story and quote, the newest first."""
    return stories.listed(register)


def stories_of(register: Register, person_id: PersonId) -> tuple[Story, ...]:
    """Return a person's stories and quotes, the newest first."""
    return stories.of_person(register, person_id)


def story(register: Register, story_id: StoryId) -> Story | None:
    """Return one story, or None."""
    return stories.get(register, story_id)


def binned_stories(register: Register) -> tuple[Story, ...]:
    """Return the stories in the bin, the newest first."""
    return stories.in_bin(register)


def journey_of(register: Register, person_id: PersonId, *, today: dt.date) -> Journey:
    """Return a person's way: referred, came, came regularly, helped, led."""
    return journeys.of_person(register, person_id, today)


def usable_for(register: Register, purpose: StoryPurpose) -> tuple[Story, ...]:
    """Return the stories that may be used for something today, the newest first."""
    return stories.usable_for(register, purpose)


def tidy(draft: StoryDraft) -> StoryDraft:
    """Return a story with clean texts."""
    return replace(draft, wording=clean_lines(draft.wording), credited_as=clean(draft.credited_as))


def add(register: Register, draft: StoryDraft, *, today: dt.date) -> Done | Refused:
    """Keep a story or quote; nothing may be done with it until a use is agreed."""
    draft = tidy(draft)
    problems = (*validate_story(draft, today=today), *_whom(register, draft))
    if problems:
        return Refused(problems=problems)
    text = f"keep a {draft.kind}"
    with register.transaction("story.add", text=text, topics=_TOPICS, subject_id=draft.person_id):
        story_id = stories.add(register, draft)
    return Done(changes=_TOPICS, text=text, ids=(story_id,))


def change(
    register: Register, story_id: StoryId, draft: StoryDraft, *, today: dt.date
) -> Done | Refused:
    """Correct a story or quote."""
    kept = stories.get(register, story_id)
    draft = tidy(draft)
    problems = (*validate_story(draft, today=today), *_whom(register, draft))
    if kept is None or kept.binned:
        problems = (Problem(code="story_gone"),)
    if problems:
        return Refused(problems=problems)
    text = f"correct a {draft.kind}"
    with register.transaction(
        "story.change", text=text, topics=_TOPICS, subject_id=draft.person_id
    ):
        stories.change(register, story_id, draft)
    return Done(changes=_TOPICS, text=text, ids=(story_id,))


def note_use(
    register: Register, story_id: StoryId, use: StoryUse, *, today: dt.date
) -> Done | Refused:
    """Note what the person said to one use, in place of what was noted before."""
    kept = stories.get(register, story_id)
    if kept is None or kept.binned:
        return Refused(problems=(Problem(code="story_gone"),))
    use = replace(use, taken_by=clean(use.taken_by))
    problems = validate_use(use, kept.told_on, today=today)
    if problems:
        return Refused(problems=problems)
    return _use_kept(register, kept, use, f"note a use of a {kept.kind}")


def withdraw(
    register: Register, story_id: StoryId, purpose: StoryPurpose, day: dt.date, *, today: dt.date
) -> Done | Refused:
    """Note that the person took a use back on a day; that it was agreed stays to be seen."""
    kept = stories.get(register, story_id)
    if kept is None or kept.binned:
        return Refused(problems=(Problem(code="story_gone"),))
    use = next((one for one in kept.uses if one.purpose is purpose and one.given), None)
    if use is None:
        return Refused(problems=(Problem(code="use_not_agreed", field="purpose"),))
    use = replace(use, withdrawn_on=day)
    problems = validate_use(use, kept.told_on, today=today)
    if problems:
        return Refused(problems=problems)
    return _use_kept(register, kept, use, f"take back a use of a {kept.kind}")


def withdraw_all(
    register: Register, story_id: StoryId, day: dt.date, *, today: dt.date
) -> Done | Refused:
    """Note that the person took back every use that stood."""
    kept = stories.get(register, story_id)
    if kept is None or kept.binned:
        return Refused(problems=(Problem(code="story_gone"),))
    taken = tuple(replace(use, withdrawn_on=day) for use in kept.uses if use.stands)
    if not taken:
        return Refused(problems=(Problem(code="use_not_agreed", field="purpose"),))
    for use in taken:
        if problems := validate_use(use, kept.told_on, today=today):
            return Refused(problems=problems)
    return _use_kept(register, kept, taken[0], f"take back every use of a {kept.kind}", *taken[1:])


def put_in_bin(register: Register, story_id: StoryId) -> Done | Refused:
    """Put a story in the bin; it is used no more."""
    return _binned(register, story_id, into=True)


def take_out_of_bin(register: Register, story_id: StoryId) -> Done | Refused:
    """Take a story out of the bin."""
    return _binned(register, story_id, into=False)


def _whom(register: Register, draft: StoryDraft) -> tuple[Problem, ...]:
    problems: tuple[Problem, ...] = ()
    if draft.person_id is not None and people.get(register, draft.person_id) is None:
        problems += (Problem(code="person_gone", field="person_id"),)
    if draft.activity_id is not None and activities.get(register, draft.activity_id) is None:
        problems += (Problem(code="activity_gone", field="activity_id"),)
    return problems


def _use_kept(register: Register, kept: Story, use: StoryUse, text: str, *more: StoryUse) -> Done:
    with register.transaction("story.use", text=text, topics=_TOPICS, subject_id=kept.person_id):
        for one in (use, *more):
            stories.keep_use(register, kept.id, one)
    return Done(changes=_TOPICS, text=text, ids=(kept.id,))


def _binned(register: Register, story_id: StoryId, *, into: bool) -> Done | Refused:
    kept = stories.get(register, story_id)
    if kept is None or kept.binned is into:
        return Refused(problems=(Problem(code="story_gone"),))
    text = f"put a {kept.kind} in the bin" if into else f"take a {kept.kind} out of the bin"
    with register.transaction("story.bin", text=text, topics=_TOPICS, subject_id=kept.person_id):
        stories.set_binned(register, story_id, register.stamp() if into else None)
    return Done(changes=_TOPICS, text=text, ids=(story_id,))
