"""A term planned in one go: the dates as a list first, then kept in one step."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain import activities as rules
from app.domain import recurrence
from app.domain.activities import Activity
from app.domain.periods import Period
from app.domain.problems import Problem
from app.domain.recurrence import PlannedDay, pattern_days
from app.services.activities.keeping import TOPICS, get_activity
from app.services.result import Done, Refused
from app.storage import activities
from app.storage.register import Register

_YEARS_PLANNED = 2
"""Longest period for which sessions are planned in one go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What planning made: sessions added, bank holidays left out by name, days already there."""

    done: Done
    skipped: tuple[PlannedDay, ...]
    already: tuple[dt.date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedDay:
    """One date of a plan that is looked at before it is kept."""

    day: dt.date
    holiday: str = ""
    """The bank holiday that falls on it, by name."""
    taken: bool = False
    """A session is there already, at whatever time and of whatever state."""
    wanted: bool = True
    """Planned unless told otherwise: a bank holiday is left out where the activity says so."""


def holidays_are_read() -> bool:
    """Say whether the bank holidays are in memory: else the first look at a plan is slow."""
    return recurrence.holidays_are_read()


def read_holidays(today: dt.date) -> None:
    """Read the bank holidays into memory, on a worker."""
    recurrence.bank_holidays(range(today.year, today.year + _YEARS_PLANNED))


def propose_days(
    register: Register, activity: Activity, period: Period, *, today: dt.date
) -> tuple[ProposedDay, ...] | Refused:
    """Return the dates of an activity's pattern in a period, to be looked at; nothing is changed."""
    problems = _period_problems(period, today)
    if not problems and activity.repeat is rules.Repeat.NONE:
        values = {"activity": activity.name}
        problems = (Problem(code="activity_no_pattern", field="activity", values=values),)
    if problems:
        return Refused(problems=problems)
    days = pattern_days(activity, period, rhythm=_rhythm(register, activity, period))
    taken = activities.days_taken(register, activity.id, period)
    return tuple(
        ProposedDay(
            day=one.day,
            holiday=one.holiday,
            taken=one.day in taken,
            wanted=one.day not in taken and not (one.holiday and activity.skip_bank_holidays),
        )
        for one in days
    )


def plan_days(
    register: Register, activity: Activity, days: Iterable[dt.date], *, today: dt.date
) -> Done | Refused:
    """Plan an activity's sessions on days that were looked at, in one step; taken days stay."""
    if get_activity(register, activity.id) is None:
        return Refused(problems=(Problem(code="activity_gone", field="activity"),))
    wanted = sorted(set(days))
    problems = [p for day in wanted for p in rules.validate_session_day(day, today=today)]
    if not wanted:
        problems.append(Problem(code="nothing_planned", field="days"))
    if problems:
        return Refused(problems=tuple(problems))
    taken = activities.days_taken(register, activity.id, Period(first=wanted[0], last=wanted[-1]))
    return _keep(register, activity, tuple(day for day in wanted if day not in taken))


def plan_sessions(
    register: Register, activity: Activity, period: Period, *, today: dt.date
) -> Plan | Refused:
    """Plan an activity's sessions over a period in one go, bank holidays left out by name.

    A day that has a session already, at whatever time and of whatever state, gets no second one.
    """
    problems = _period_problems(period, today)
    if problems:
        return Refused(problems=problems)
    days = pattern_days(activity, period, rhythm=_rhythm(register, activity, period))
    skipped = tuple(d for d in days if d.holiday and activity.skip_bank_holidays)
    wanted = [d.day for d in days if d not in skipped]
    taken = activities.days_taken(register, activity.id, period)
    already = tuple(day for day in wanted if day in taken)
    done = _keep(register, activity, tuple(day for day in wanted if day not in taken))
    return Plan(done=done, skipped=skipped, already=already)


def _keep(register: Register, activity: Activity, days: tuple[dt.date, ...]) -> Done:
    number = f"{len(days)} session{'' if len(days) == 1 else 's'}"
    text = f"plan {number} of {activity.name}"
    times = (activity.start_time, activity.end_time)
    with register.transaction("session.plan", text=text, topics=TOPICS, subject_id=activity.id):
        ids = tuple(activities.add_session(register, activity.id, day, times) for day in days)
    return Done(changes=TOPICS, text=text, ids=ids)


def _period_problems(period: Period, today: dt.date) -> tuple[Problem, ...]:
    problems = (
        *rules.validate_session_day(period.first, today=today),
        *rules.validate_session_day(period.last, today=today),
    )
    if not problems and period.days > _YEARS_PLANNED * 366:
        values = {"limit": str(_YEARS_PLANNED)}
        problems = (Problem(code="period_too_long", field="last", values=values),)
    return problems


def _rhythm(register: Register, activity: Activity, period: Period) -> dt.date | None:
    if activity.weekday is None:
        return None
    return activities.rhythm_day(register, activity.id, activity.weekday, period.first)
