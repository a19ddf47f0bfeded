"""People: what is kept, and what makes a draft fit to save."""

import datetime as dt
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Protocol

from app.domain import names
from app.domain.activities import HIGHEST_AGE
from app.domain.equality import ANSWERS, NOT_ASKED
from app.domain.ids import PersonId
from app.domain.names import NAME_LIMIT, TEXT_LIMIT
from app.domain.periods import long_date, short_date
from app.domain.problems import Problem

OLDEST_AGE = 120
ADULT = 18
"""Under it somebody is a child. Source: [S120]."""
EARLIEST_JOINING = 1900


class PersonRole(StrEnum):
    """What somebody is to the group, over a time."""

    PARTICIPANT = "participant"
    VOLUNTEER = "volunteer"
    LEADER = "leader"
    CARER = "carer"
    COMMITTEE = "committee"


class ConsentPurpose(StrEnum):
    """What a person has agreed to; each is asked and dated by itself. Source: ICO [S111]."""

    HOLD_DETAILS = "hold_details"
    HEALTH_ACCESS = "health_access"
    REPORT_BACK = "report_back"
    EQUALITY = "equality"
    WELLBEING = "wellbeing"
    PHOTOS = "photos"
    CONTACT = "contact"
    STORY = "story"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDraft:
    """What a form or an import knows of a person; only a name is needed.

    Age is a date of birth *or* a year *or* a band: ``age_low`` to ``age_high`` (None: open)
    as it was on ``age_band_on``.
    """

    given_name: str = field(default="", repr=False)
    family_name: str = field(default="", repr=False)
    known_as: str = field(default="", repr=False)
    own_script_name: str = field(default="", repr=False)
    pronouns: str = field(default="", repr=False)
    born_on: dt.date | None = field(default=None, repr=False)
    birth_year: int | None = field(default=None, repr=False)
    age_low: int | None = field(default=None, repr=False)
    age_high: int | None = field(default=None, repr=False)
    age_band_on: dt.date | None = field(default=None, repr=False)
    sex: str = field(default=NOT_ASKED, repr=False)
    gender_same: str = field(default=NOT_ASKED, repr=False)
    ethnicity: str = field(default=NOT_ASKED, repr=False)
    disability: str = field(default=NOT_ASKED, repr=False)
    carer: str = field(default=NOT_ASKED, repr=False)
    orientation: str = field(default=NOT_ASKED, repr=False)
    religion: str = field(default=NOT_ASKED, repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    postcode: str = field(default="", repr=False)
    area: str = field(default="", repr=False)
    what_helps: str = field(default="", repr=False)
    notes: str = field(default="", repr=False)
    joined_on: dt.date | None = None
    left_on: dt.date | None = None
    left_reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(PersonDraft):
    """A person of the register."""

    id: PersonId
    binned: bool = False
    merged_into: PersonId | None = None
    nameless: bool = False
    """Whether the record was wiped, so that only what counts is left of it."""

    @property
    def full_name(self) -> str:
        """The name as spoken."""
        return names.full_name(self.given_name, self.family_name, self.known_as)

    @property
    def list_name(self) -> str:
        """The name as on a register."""
        return names.list_name(self.given_name, self.family_name, self.known_as)


DRAFT_FIELDS = tuple(f.name for f in fields(PersonDraft))
"""The names of everything a draft holds, which are the columns too."""

_NAMES = ("given_name", "family_name", "known_as", "own_script_name")
_TEXT_LIMITS = (
    (("pronouns", "email", "phone", "postcode", "area"), NAME_LIMIT),
    (("address", "what_helps", "notes", "left_reason"), TEXT_LIMIT),
)


def validate_person(draft: PersonDraft, *, today: dt.date) -> tuple[Problem, ...]:
    """Return what has to be corrected before a person can be kept; nothing if it is fit."""
    problems: list[Problem] = []
    if not any((draft.given_name, draft.family_name, draft.known_as)):
        problems.append(Problem(code="name_needed", field="given_name"))
    for name in _NAMES:
        length = len(getattr(draft, name))
        if length > NAME_LIMIT:
            values = {"length": str(length), "limit": str(NAME_LIMIT)}
            problems.append(Problem(code="name_too_long", field=name, values=values))
    problems += _length_problems(draft)
    problems += _birth_problems(draft, today)
    problems += _band_problems(draft)
    problems += _membership_problems(draft, today)
    for question, answers in ANSWERS.items():
        if getattr(draft, question.value) not in answers:
            problems.append(Problem(code="answer_unknown", field=question.value))
    return tuple(problems)


def _length_problems(draft: PersonDraft) -> list[Problem]:
    return [
        Problem(code="text_too_long", field=name, values={"limit": f"{limit:,}"})
        for names_of, limit in _TEXT_LIMITS
        for name in names_of
        if len(getattr(draft, name)) > limit
    ]


def _band_problems(draft: PersonDraft) -> list[Problem]:
    for name in ("age_low", "age_high"):
        age = getattr(draft, name)
        if age is not None and not 0 <= age <= HIGHEST_AGE:
            return [Problem(code="age_unlikely", field=name, values={"limit": str(HIGHEST_AGE)})]
    if draft.age_low is not None and draft.age_high is not None and draft.age_low > draft.age_high:
        return [Problem(code="age_range", field="age_low")]
    return []


def _membership_problems(draft: PersonDraft, today: dt.date) -> list[Problem]:
    for name in ("joined_on", "left_on"):
        day = getattr(draft, name)
        if day and not EARLIEST_JOINING <= day.year <= today.year + 1:
            values = {"value": short_date(day)}
            return [Problem(code="day_out_of_reach", field=name, values=values)]
    if draft.joined_on and draft.left_on and draft.left_on < draft.joined_on:
        values = {"left": short_date(draft.left_on), "joined": short_date(draft.joined_on)}
        return [Problem(code="joined_after_left", field="left_on", values=values)]
    return []


def _birth_problems(draft: PersonDraft, today: dt.date) -> list[Problem]:
    problems: list[Problem] = []
    year = draft.born_on.year if draft.born_on else draft.birth_year
    if year is None:
        return problems
    where = "born_on" if draft.born_on else "birth_year"
    shown = f"on {long_date(draft.born_on)}" if draft.born_on else f"in {year}"
    future = draft.born_on > today if draft.born_on else year > today.year
    if future:
        problems.append(Problem(code="born_in_future", field=where, values={"value": shown}))
    elif year < today.year - OLDEST_AGE:
        problems.append(Problem(code="born_too_long_ago", field=where, values={"value": shown}))
    if draft.born_on and draft.birth_year and draft.born_on.year != draft.birth_year:
        problems.append(Problem(code="birth_year_disagrees", field="birth_year"))
    return problems


def age_on(born_on: dt.date, day: dt.date) -> int:
    """Return whole years of age on a day; born on 29 February, a year is full on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


class Aged(Protocol):
    """Anybody whose age may be known: as a date of birth, a year or a band."""

    @property
    def born_on(self) -> dt.date | None:
        """The date of birth."""

    @property
    def birth_year(self) -> int | None:
        """The year of birth, where only that is known."""

    @property
    def age_low(self) -> int | None:
        """The lowest age of a band."""

    @property
    def age_high(self) -> int | None:
        """The highest age of a band."""

    @property
    def age_band_on(self) -> dt.date | None:
        """The day on which the band was told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeSpan:
    """The ages somebody may be on a day: one where the birthday is known."""

    low: int
    high: int
    exact: bool

    @property
    def words(self) -> str:
        """The age as said in one word or two: 52, about 52, 45 to 54, 65 or over."""
        if self.exact:
            return str(self.low)
        if self.low == self.high:
            return f"about {self.low}"
        if self.high >= HIGHEST_AGE:
            return f"{self.low} or over"
        return f"{self.low} to {self.high}" if self.low else f"{self.high} or under"


def age_span(draft: Aged, day: dt.date) -> AgeSpan | None:
    """Return the ages somebody may be on a day, or None when nothing is known.

    Born in a year, the birthday is taken as 1 July, as the figures take it; a band moves on by
    whole years from the day it was told.
    """
    if draft.born_on is not None:
        age = max(0, age_on(draft.born_on, day))
        return AgeSpan(low=age, high=age, exact=True)
    if draft.birth_year is not None:
        age = max(0, age_on(dt.date(draft.birth_year, 7, 1), day))
        return AgeSpan(low=age, high=age, exact=False)
    if draft.age_low is None and draft.age_high is None:
        return None
    moved = age_on(draft.age_band_on, day) if draft.age_band_on else 0
    high = HIGHEST_AGE if draft.age_high is None else min(HIGHEST_AGE, draft.age_high + moved)
    return AgeSpan(low=max(0, (draft.age_low or 0) + moved), high=max(0, high), exact=False)


def may_be_child(draft: Aged, day: dt.date) -> bool:
    """Say whether somebody is, or may be, under 18 [S120]; nothing known is not a child."""
    span = age_span(draft, day)
    return span is not None and span.low < ADULT
