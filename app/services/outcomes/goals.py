"""People's own goals: noted, reworded, let go."""

import datetime as dt
from dataclasses import replace

from app.domain.changes import Topic
from app.domain.ids import PersonId
from app.domain.names import NAME_LIMIT, clean
from app.domain.outcomes import Goal
from app.domain.periods import short_date
from app.domain.problems import Problem
from app.services.people.changing import short_name
from app.services.result import Done, Refused
from app.storage import goals, people
from app.storage.register import Register

_TOPICS = frozenset({Topic.OUTCOMES})


def goals_of(register: Register, person_id: PersonId) -> tuple[Goal, ...]:
    """Return a person's goals, the oldest first, those that were let go too."""
    return goals.of_person(register, person_id)


def set_goal(
    register: Register, person_id: PersonId, wording: str, day: dt.date, *, today: dt.date
) -> Done | Refused:
    """Note what somebody wants to reach."""
    wording = clean(wording)
    problems = _wording_problems(wording)
    if day > today:
        values = {"value": short_date(day)}
        problems += (Problem(code="answered_future", field="set_on", values=values),)
    person = people.get(register, person_id)
    if person is None:
        problems = (Problem(code="person_gone"),)
    if person is None or problems:
        return Refused(problems=problems)
    text = f"note a goal of {short_name(person)}"
    with register.transaction("goal.set", text=text, topics=_TOPICS, subject_id=person_id):
        goal_id = goals.add(register, person_id, wording, day)
    return Done(changes=_TOPICS, text=text, ids=(goal_id,))


def reword_goal(register: Register, goal_id: int, wording: str) -> Done | Refused:
    """Correct the words of a goal."""
    goal = goals.get(register, goal_id)
    wording = clean(wording)
    problems = _wording_problems(wording)
    if goal is None:
        problems = (Problem(code="goal_gone"),)
    if goal is None or problems:
        return Refused(problems=problems)
    return _changed(register, replace(goal, wording=wording), "goal.reword", "correct a goal")


def drop_goal(register: Register, goal_id: int, day: dt.date | None) -> Done | Refused:
    """Let a goal go from a day on, or take it up again (None); its answers stay."""
    goal = goals.get(register, goal_id)
    if goal is None:
        return Refused(problems=(Problem(code="goal_gone"),))
    if day is not None and day < goal.set_on:
        values = {"value": short_date(day), "start": short_date(goal.set_on)}
        problem = Problem(code="goal_dropped_before_set", field="dropped_on", values=values)
        return Refused(problems=(problem,))
    text = "let a goal go" if day else "take a goal up again"
    return _changed(register, replace(goal, dropped_on=day), "goal.drop", text)


def _changed(register: Register, goal: Goal, use_case: str, text: str) -> Done:
    with register.transaction(use_case, text=text, topics=_TOPICS, subject_id=goal.person_id):
        goals.change(register, goal)
    return Done(changes=_TOPICS, text=text, ids=(goal.id,))


def _wording_problems(wording: str) -> tuple[Problem, ...]:
    if not wording:
        return (Problem(code="goal_needed", field="wording"),)
    if len(wording) > NAME_LIMIT:
        values = {"limit": f"{NAME_LIMIT:,}"}
        return (Problem(code="text_too_long", field="wording", values=values),)
    return ()
