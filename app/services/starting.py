"""Start a new book from its five questions: the group, its first activity, and twelve weeks planned."""

import datetime as dt
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.domain.activities import ActivityDraft, Repeat, validate_activity
from app.domain.names import clean
from app.domain.periods import Period, short_date
from app.domain.problems import Problem
from app.domain.recurrence import PlannedDay
from app.domain.settings import Settings, validate_settings
from app.services import activities, registers, settings
from app.services.activities import Plan
from app.services.result import Refused

WEEKS_PLANNED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBook:
    """The answers to the five questions; only the group's name is needed."""

    group_name: str = ""
    activity: ActivityDraft = field(default_factory=ActivityDraft)
    """What they do and when; without a name, nothing is planned."""
    contact: str = field(default="", repr=False)
    """Who keeps the book."""
    year_end: str = "03-31"
    password: str = field(default="", repr=False)
    again: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """What was made."""

    path: Path
    sessions: int = 0
    last_on: dt.date | None = None
    left_out: tuple[PlannedDay, ...] = ()
    """Bank holidays on which no session was planned."""

    @property
    def text(self) -> str:
        """What was planned, in words; "" when nothing was."""
        if not self.sessions or self.last_on is None:
            return ""
        some = f"{self.sessions} session{'' if self.sessions == 1 else 's'}"
        left = "; ".join(f"{short_date(day.day)}, {day.holiday}" for day in self.left_out)
        out = f" Left out: {left}." if left else ""
        return f"{some} planned up to {short_date(self.last_on)}.{out}"


def problems_of(new: NewBook) -> tuple[Problem, ...]:
    """Return what is to correct before a book can be made; nothing is written before."""
    problems = list(validate_settings(_settings(new)))
    if _has_activity(new):
        problems += _activity_problems(new.activity)
    if new.password != new.again:
        problems.append(Problem(code="password_differs", field="again"))
    return tuple(problems)


def _activity_problems(draft: ActivityDraft) -> list[Problem]:
    names = {"name": "activity"}
    return [
        replace(problem, field=names.get(problem.field, problem.field))
        for problem in validate_activity(activities.tidy(draft))
    ]


def _has_activity(new: NewBook) -> bool:
    draft = new.activity
    return bool(clean(draft.name) or draft.repeat is not Repeat.NONE or draft.start_time)


def _settings(new: NewBook) -> Settings:
    tagline = ", ".join(p for p in (clean(new.activity.name), clean(new.activity.place)) if p)
    return settings.tidy(
        Settings(
            group_name=new.group_name, tagline=tagline, contact=new.contact, year_end=new.year_end
        )
    )


def start_book(path: Path, new: NewBook, *, today: dt.date) -> Started | Refused:
    """Make a book, its first activity, and its sessions of the next twelve weeks.

    Raises RegisterExists for a file that is there already, and other AppErrors; then no file stays.
    """
    problems = problems_of(new)
    if problems:
        return Refused(problems=problems)
    path = registers.book_path(path)
    made = registers.create(path, new.group_name, password=new.password or None)
    if isinstance(made, Refused):
        return made
    try:
        with made as register:
            settings.save(register, _settings(new))
            planned = _plan(register, new, today) if _has_activity(new) else None
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    if planned is None or not planned.done.ids:
        return Started(path=path)
    return Started(
        path=path,
        sessions=len(planned.done.ids),
        last_on=_last_day(new.activity, planned, today),
        left_out=planned.skipped,
    )


def _weeks(today: dt.date) -> Period:
    return Period(first=today, last=today + dt.timedelta(days=7 * WEEKS_PLANNED - 1))


def _plan(register: registers.Register, new: NewBook, today: dt.date) -> Plan | None:
    activities.save_activity(register, new.activity)
    activity = activities.find_activity(register, new.activity.name)
    if activity is None or activity.repeat is Repeat.NONE:
        return None
    planned = activities.plan_sessions(register, activity, _weeks(today), today=today)
    return None if isinstance(planned, Refused) else planned


def _last_day(draft: ActivityDraft, planned: Plan, today: dt.date) -> dt.date:
    # Imported here, as planning is: it loads the calendar of holidays.
    from app.domain.recurrence import pattern_days

    skipped = {day.day for day in planned.skipped}
    days = [d.day for d in pattern_days(draft, _weeks(today)) if d.day not in skipped]
    return max(days)
