"""Activities and their sessions: patterns, states, what makes them fit to save."""

import contextlib
import datetime as dt
import re
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.ids import ActivityId, SessionId
from app.domain.names import NAME_LIMIT, TEXT_LIMIT, plain
from app.domain.periods import WEEKDAYS, short_date
from app.domain.problems import Problem

EARLIEST_YEAR = 1950
"""Older dates are slips of the finger: no group types in registers from before."""
FURTHEST_YEARS_AHEAD = 5
MOST_CAPACITY = 10_000
MOST_GUESTS = 10_000
_APOSTROPHE = re.compile(r"(?<=\w)['\u2018\u2019\u02bc`](?=\w)")
"""Inside a word: Men's is one word, not two."""
HIGHEST_AGE = 130
"""Nobody is older: an age band or an age limit above it is a slip of the finger."""


class SessionState(StrEnum):
    """What became of a session. Any mark or guest count makes a planned session held."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


CANCEL_REASONS = {
    "hall_closed": "Hall closed",
    "no_volunteers": "No volunteers",
    "leader_away": "Leader away",
    "weather": "Weather",
    "bank_holiday": "Bank holiday",
    "no_money": "No money",
    "few_coming": "Too few coming",
    "other": "Another reason",
}
"""Why a session did not run, code to words; free words are kept beside."""


class Repeat(StrEnum):
    """How an activity repeats."""

    NONE = "none"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityDraft:
    """What a form or an import knows of an activity; only its name is needed."""

    name: str = ""
    description: str = ""
    place: str = ""
    leader: str = field(default="", repr=False)
    start_time: str | None = None
    end_time: str | None = None
    capacity: int | None = None
    age_from: int | None = None
    age_to: int | None = None
    repeat: Repeat = Repeat.NONE
    weekday: int | None = None
    """Monday is 0."""
    nth: int | None = None
    """Which weekday of the month, 1 to 4, or -1 for the last, when monthly."""
    skip_bank_holidays: bool = True
    notes: str = field(default="", repr=False)
    access: str = ""
    """How people get in, and what is there for them."""
    what_to_bring: str = ""
    cost_to_come: str = ""
    can_take: int | None = None
    """How many more people the group says it can take."""
    can_take_on: dt.date | None = None
    """The day on which that was said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(ActivityDraft):
    """An activity of the register; ``code`` starts the codes of its printed sheets."""

    id: ActivityId
    code: str
    binned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One meeting of an activity."""

    id: SessionId
    activity_id: ActivityId
    activity_name: str
    activity_code: str
    session_on: dt.date
    start_time: str | None
    end_time: str | None
    state: SessionState
    cancelled_reason: str
    guests: int | None
    place: str
    leader: str = field(repr=False)
    notes: str = field(repr=False)
    capacity: int | None
    people_here: int = 0
    """Participants present; guests are not in it."""
    cancelled_note: str = field(default="", repr=False)
    moved_from_on: dt.date | None = None
    """The day it was planned for first, when it was moved to another."""
    own_place: str = ""
    """Where this one session is, when not at the activity's place."""
    own_leader: str = field(default="", repr=False)
    beside: int = 0
    """Other sessions of the activity on the same day: then the codes of their sheets tell the time."""

    @property
    def code(self) -> str:
        """The code printed on its sheet: GM-031126, or GM-031126-1400 of several that day."""
        start = self.start_time if self.beside else None
        return session_code(self.activity_code, self.session_on, start)


def session_code(activity_code: str, day: dt.date, start: str | None = None) -> str:
    """Return the short code that ties a printed sheet to its session: GM-031126-1400."""
    time = f"-{start.replace(':', '')}" if start else ""
    return f"{activity_code}-{day:%d%m%y}{time}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCode:
    """What a code on a sheet may mean."""

    activity_code: str
    day: dt.date
    start: str = ""
    """The time of day as 14:00, where the code tells it."""


def read_code(code: str) -> tuple[SheetCode, ...]:
    """Return what a sheet's code (capitals and figures only: GM0311261400) may mean."""
    found: list[SheetCode] = []
    for match in (_CODE.fullmatch(code), _CODE_AND_TIME.fullmatch(code)):
        if match is None:
            continue
        day, month, year = int(match["day"]), int(match["month"]), int(match["year"])
        start = f"{match['hour']}:{match['minute']}" if match.re is _CODE_AND_TIME else ""
        with contextlib.suppress(ValueError):  # no such day: it means something else
            on = dt.date(2000 + year, month, day)
            found.append(SheetCode(activity_code=match["activity"], day=on, start=start))
    return tuple(found)


_DAY = r"(?P<activity>.+)(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d\d)"
_CODE = re.compile(_DAY)
_CODE_AND_TIME = re.compile(rf"{_DAY}(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)")


def activity_code(name: str) -> str:
    """Return two or three capitals from a name: Men's Shed -> MS, Bingo -> BIN."""
    words = plain(_APOSTROPHE.sub("", name)).upper().split()
    if not words:
        return "X"
    return words[0][:3] if len(words) == 1 else "".join(w[0] for w in words[:3])


NTH_WORDS = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
"""Which weekday of the month, in words."""


def pattern_words(draft: ActivityDraft) -> str:
    """Return how an activity repeats: Tuesdays, Every second Tuesday, First Tuesday of the month."""
    if draft.repeat is Repeat.NONE or draft.weekday not in range(7):
        return ""
    day = WEEKDAYS[draft.weekday or 0]
    if draft.repeat is Repeat.WEEKLY:
        return f"{day}s"
    if draft.repeat is Repeat.FORTNIGHTLY:
        return f"Every other {day}"
    return f"{NTH_WORDS[draft.nth or 1].capitalize()} {day} of the month"


_TEXT_LIMITS = (
    ("place", NAME_LIMIT),
    ("leader", NAME_LIMIT),
    ("cost_to_come", NAME_LIMIT),
    ("access", TEXT_LIMIT),
    ("what_to_bring", TEXT_LIMIT),
)


def validate_activity(draft: ActivityDraft) -> tuple[Problem, ...]:
    """Return what has to be corrected before an activity can be kept."""
    problems: list[Problem] = []
    if not draft.name:
        problems.append(Problem(code="activity_name_needed", field="name"))
    if len(draft.name) > NAME_LIMIT:
        values = {"length": str(len(draft.name)), "limit": str(NAME_LIMIT)}
        problems.append(Problem(code="name_too_long", field="name", values=values))
    if draft.capacity is not None and not 1 <= draft.capacity <= MOST_CAPACITY:
        values = {"limit": str(MOST_CAPACITY)}
        problems.append(Problem(code="capacity_range", field="capacity", values=values))
    if draft.can_take is not None and not 0 <= draft.can_take <= MOST_CAPACITY:
        values = {"limit": f"{MOST_CAPACITY:,}"}
        problems.append(Problem(code="can_take_range", field="can_take", values=values))
    for field_name, limit in _TEXT_LIMITS:
        if len(getattr(draft, field_name)) > limit:
            values = {"limit": f"{limit:,}"}
            problems.append(Problem(code="text_too_long", field=field_name, values=values))
    problems += [p for name in ("description", "notes") for p in validate_text(draft, name)]
    problems += _age_problems(draft)
    problems += _repeat_problems(draft)
    return (*problems, *validate_times(draft.start_time, draft.end_time))


def validate_text(draft: object, field_name: str) -> tuple[Problem, ...]:
    """Return whether a long text, such as notes, is longer than fits."""
    if len(getattr(draft, field_name)) <= TEXT_LIMIT:
        return ()
    values = {"limit": f"{TEXT_LIMIT:,}"}
    return (Problem(code="text_too_long", field=field_name, values=values),)


def _age_problems(draft: ActivityDraft) -> list[Problem]:
    for name in ("age_from", "age_to"):
        age = getattr(draft, name)
        if age is not None and not 0 <= age <= HIGHEST_AGE:
            return [Problem(code="age_unlikely", field=name, values={"limit": str(HIGHEST_AGE)})]
    if draft.age_from is not None and draft.age_to is not None and draft.age_from > draft.age_to:
        return [Problem(code="age_range", field="age_from")]
    return []


def _repeat_problems(draft: ActivityDraft) -> list[Problem]:
    if draft.repeat is Repeat.NONE:
        return []
    if draft.weekday not in range(7):
        return [Problem(code="repeat_day_needed", field="weekday")]
    if draft.repeat is Repeat.MONTHLY and draft.nth not in {1, 2, 3, 4, -1}:
        return [Problem(code="repeat_week_needed", field="nth")]
    return []


def validate_times(start: str | None, end: str | None) -> tuple[Problem, ...]:
    """Return what is wrong with a session's hours ("HH:MM" texts, as parse_time gives them)."""
    unknown = [
        Problem(code="time_unknown", field=name, values={"value": time})
        for name, time in (("start_time", start), ("end_time", end))
        if time and parse_time(time) != time
    ]
    if unknown:
        return tuple(unknown)
    if start and end and end <= start:
        return (
            Problem(
                code="session_end_before_start",
                field="end_time",
                values={"start": start, "end": end},
            ),
        )
    return ()


def validate_session_day(day: dt.date, *, today: dt.date) -> tuple[Problem, ...]:
    """Return what is wrong with a session's date: out of the reach of any book."""
    if EARLIEST_YEAR <= day.year <= today.year + FURTHEST_YEARS_AHEAD:
        return ()
    return (
        Problem(code="day_out_of_reach", field="session_on", values={"value": short_date(day)}),
    )


def validate_guests(guests: int | None) -> tuple[Problem, ...]:
    """Return what is wrong with a count of guests."""
    if guests is None or 0 <= guests <= MOST_GUESTS:
        return ()
    return (Problem(code="guests_range", field="guests", values={"limit": str(MOST_GUESTS)}),)


def parse_time(text: str) -> str | None:
    """Return "HH:MM" from a typed time (19:00, 1900, 7.30 pm, 7pm), or None when it is not one."""
    match = re.fullmatch(
        r"(\d{1,2})(?:[:.h]?(\d{2})(?::\d{2})?)?\s*(am|pm|a\.m\.|p\.m\.)?", text.strip().lower()
    )
    if not match:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").replace(".", "")
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def minutes_between(start: str | None, end: str | None) -> int | None:
    """Return a session's length in minutes, or None when its times are not known."""
    if not start or not end:
        return None
    return (int(end[:2]) - int(start[:2])) * 60 + int(end[3:5]) - int(start[3:5])
