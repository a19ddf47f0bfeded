"""Stories and quotes: what somebody said, and each use they agreed to, asked one by one."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.consents import METHODS
from app.domain.ids import ActivityId, PersonId, StoryId
from app.domain.names import NAME_LIMIT, TEXT_LIMIT
from app.domain.periods import short_date
from app.domain.problems import Problem


class StoryKind(StrEnum):
    """A few words somebody said, or how things went for them."""

    QUOTE = "quote"
    STORY = "story"


class StoryPurpose(StrEnum):
    """What a story may be used for, each agreed to by itself."""

    FUNDERS = "funders"
    IMPACT_REPORT = "impact_report"
    WEBSITE = "website"
    PRESS = "press"
    TRAINING = "training"


PURPOSES: Mapping[StoryPurpose, str] = {
    StoryPurpose.FUNDERS: "Reports to funders",
    StoryPurpose.IMPACT_REPORT: "Our impact report",
    StoryPurpose.WEBSITE: "Our website",
    StoryPurpose.PRESS: "Newspapers",
    StoryPurpose.TRAINING: "Training",
}
"""Every use in the order in which it is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDraft:
    """A story as it is entered; without a person it belongs to nobody by name."""

    kind: StoryKind = StoryKind.QUOTE
    told_on: dt.date | None = None
    wording: str = field(default="", repr=False)
    credited_as: str = field(default="", repr=False)
    """How the person wants to be named: "a walker, 78"."""
    person_id: PersonId | None = None
    activity_id: ActivityId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryUse:
    """One use, and what the person said to it."""

    purpose: StoryPurpose
    given: bool
    asked_on: dt.date
    method: str = "paper"
    taken_by: str = field(default="", repr=False)
    withdrawn_on: dt.date | None = None

    @property
    def stands(self) -> bool:
        """Whether it may be used so now."""
        return self.given and self.withdrawn_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A kept story with its uses."""

    id: StoryId
    kind: StoryKind
    told_on: dt.date
    wording: str = field(repr=False)
    credited_as: str = field(repr=False)
    person_id: PersonId | None
    activity_id: ActivityId | None
    uses: tuple[StoryUse, ...] = ()
    binned: bool = False

    def usable_for(self, purpose: StoryPurpose) -> bool:
        """Say whether it may be used for something now."""
        return not self.binned and any(u.purpose is purpose and u.stands for u in self.uses)


def validate_story(draft: StoryDraft, *, today: dt.date) -> tuple[Problem, ...]:
    """Return what has to be corrected before a story can be kept."""
    problems: list[Problem] = []
    if not draft.wording:
        problems.append(Problem(code="story_words_needed", field="wording"))
    if draft.told_on is None:
        problems.append(Problem(code="date_needed", field="told_on"))
    elif draft.told_on > today:
        values = {"value": short_date(draft.told_on)}
        problems.append(Problem(code="story_future", field="told_on", values=values))
    limits = (("wording", TEXT_LIMIT), ("credited_as", NAME_LIMIT))
    problems += [
        Problem(code="text_too_long", field=name, values={"limit": f"{limit:,}"})
        for name, limit in limits
        if len(getattr(draft, name)) > limit
    ]
    return tuple(problems)


def validate_use(use: StoryUse, told_on: dt.date, *, today: dt.date) -> tuple[Problem, ...]:
    """Return what has to be corrected before an answer to a use can be kept."""
    problems: list[Problem] = []
    for name in ("asked_on", "withdrawn_on"):
        day = getattr(use, name)
        if day is not None and day > today:
            values = {"value": short_date(day)}
            problems.append(Problem(code="consent_future", field=name, values=values))
    if use.asked_on < told_on:
        values = {"value": short_date(use.asked_on), "start": short_date(told_on)}
        problems.append(Problem(code="use_before_told", field="asked_on", values=values))
    if use.withdrawn_on is not None and use.withdrawn_on < use.asked_on:
        values = {"value": short_date(use.withdrawn_on), "asked": short_date(use.asked_on)}
        problems.append(Problem(code="withdrawn_before_given", field="withdrawn_on", values=values))
    if use.method not in METHODS:
        problems.append(Problem(code="answer_unknown", field="method"))
    if len(use.taken_by) > NAME_LIMIT:
        values = {"limit": f"{NAME_LIMIT:,}"}
        problems.append(Problem(code="text_too_long", field="taken_by", values=values))
    return tuple(problems)
