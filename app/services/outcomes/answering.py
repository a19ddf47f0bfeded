"""Keeping answers: recorded, corrected, put in the bin; what a person answered so far."""

import datetime as dt
from dataclasses import dataclass, replace

from app.domain.changes import Topic
from app.domain.ids import PersonId, ResponseId
from app.domain.measures import Entry, Item, Measure
from app.domain.names import clean_lines
from app.domain.outcomes import BLANK, Goal, Response, ResponseDraft, validate_response
from app.domain.people import Person, age_span
from app.domain.periods import short_date
from app.domain.problems import Problem
from app.domain.scoring import scores
from app.figures.measures import measures
from app.services.outcomes.measuring import measure_here, with_own_texts
from app.services.people.changing import short_name
from app.services.result import Done, Refused
from app.storage import goals, outcomes, people
from app.storage.register import Register

_TOPICS = frozenset({Topic.OUTCOMES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """What one person is asked on a day: the measure and its items for their age, or their goals."""

    measure: Measure
    items: tuple[Item, ...]
    earlier: tuple[Response, ...]
    """What they answered of it before, newest first."""

    def on_day(self, day: dt.date) -> Response | None:
        """Return what is kept of a day, to be corrected rather than entered twice."""
        return next((one for one in self.earlier if one.answered_on == day), None)


def questions_for(
    register: Register, person_id: PersonId, measure_id: str, day: dt.date
) -> Questions | None:
    """Return what somebody is asked on a day, or None without such a person or measure."""
    here = measure_here(register, measure_id)
    person = people.get(register, person_id)
    if here is None or person is None:
        return None
    earlier = outcomes.of_person(register, person_id, measure=measure_id)
    if here.measure.entry is Entry.GOALS:
        items = tuple(goal.item for goal in open_goals(register, person_id, day))
    else:
        span = age_span(person, day)
        items = with_own_texts(here).items_for(span.high if span else None)
    return Questions(measure=here.measure, items=items, earlier=earlier)


def open_goals(register: Register, person_id: PersonId, day: dt.date) -> tuple[Goal, ...]:
    """Return a person's goals that stood on a day."""
    return tuple(g for g in goals.of_person(register, person_id) if g.is_open_on(day))


def record(register: Register, draft: ResponseDraft, *, today: dt.date) -> Done | Refused:
    """Keep somebody's answers to a measure, or that they declined or were not asked."""
    person = people.get(register, draft.person_id)
    problems = _person_problems(person)
    if person is None or problems:
        return Refused(problems=problems)
    draft, measure, problems = _checked(register, draft, person, today=today)
    if measure is None or problems:
        return Refused(problems=problems)
    text = f"keep answers of {short_name(person)}"
    with register.transaction(
        "response.add", text=text, topics=_TOPICS, subject_id=draft.person_id
    ):
        response_id = outcomes.add(register, draft, measure.version, _scores(measure, draft))
    return Done(changes=_TOPICS, text=text, ids=(response_id,))


def correct(
    register: Register, response_id: ResponseId, draft: ResponseDraft, *, today: dt.date
) -> Done | Refused:
    """Correct kept answers; whose they are and which measure stays."""
    kept = outcomes.get(register, response_id)
    person = people.get(register, kept.person_id) if kept else None
    if kept is None or kept.binned or person is None:
        return _gone()
    draft = replace(
        draft, person_id=kept.person_id, measure=kept.measure,
        print_id=draft.print_id or kept.print_id, stage=None,
    )  # fmt: skip
    draft, measure, problems = _checked(register, draft, person, today=today, but=response_id)
    if measure is None or problems:
        return Refused(problems=problems)
    text = f"correct answers of {short_name(person)}"
    with register.transaction(
        "response.correct", text=text, topics=_TOPICS, subject_id=kept.person_id
    ):
        outcomes.change(register, response_id, draft, measure.version, _scores(measure, draft))
    return Done(changes=_TOPICS, text=text, ids=(response_id,))


def put_in_bin(register: Register, response_id: ResponseId) -> Done | Refused:
    """Put answers in the bin; they no longer count."""
    kept = outcomes.get(register, response_id)
    if kept is None or kept.binned:
        return _gone()
    return _binned(register, kept, at=register.stamp())


def take_out_of_bin(register: Register, response_id: ResponseId) -> Done | Refused:
    """Take answers out of the bin, unless others were kept for that day meanwhile."""
    kept = outcomes.get(register, response_id)
    if kept is None or not kept.binned:
        return _gone()
    others = outcomes.of_person(register, _kept_record(register, kept), measure=kept.measure)
    if any(one.answered_on == kept.answered_on for one in others):
        measure = measures(register).get(kept.measure)
        title = measure.title if measure else kept.measure
        values = {"measure": title, "value": short_date(kept.answered_on)}
        return Refused(problems=(Problem(code="answered_already", values=values),))
    return _binned(register, kept, at=None)


def responses_of(register: Register, person_id: PersonId) -> tuple[Response, ...]:
    """Return everything a person answered, declined or was not asked, newest first."""
    return outcomes.of_person(register, person_id)


def response(register: Register, response_id: ResponseId) -> Response | None:
    """Return one kept questionnaire, or None."""
    return outcomes.get(register, response_id)


def latest_responses(register: Register, limit: int = 50) -> tuple[Response, ...]:
    """Return what was entered last, newest first."""
    return outcomes.latest(register, limit)


def binned_responses(register: Register) -> tuple[Response, ...]:
    """Return the answers in the bin."""
    return outcomes.in_bin(register)


def _person_problems(person: Person | None) -> tuple[Problem, ...]:
    if person is None:
        return (Problem(code="person_gone"),)
    if person.merged_into is not None:
        return (Problem(code="person_joined"),)
    return (Problem(code="person_in_bin"),) if person.binned else ()


def _kept_record(register: Register, kept: Response) -> PersonId:
    person = people.get(register, kept.person_id)
    return (person.merged_into if person else None) or kept.person_id


def _checked(
    register: Register, draft: ResponseDraft, person: Person, *, today: dt.date,
    but: ResponseId | None = None,
) -> tuple[ResponseDraft, Measure | None, tuple[Problem, ...]]:  # fmt: skip
    measure = measures(register).get(draft.measure)
    if measure is None:
        problem = Problem(code="measure_unknown", field="measure", values={"value": draft.measure})
        return draft, None, (problem,)
    who = person.merged_into or draft.person_id
    items = measure.items
    if measure.entry is Entry.GOALS:
        # Corrected answers may be about a goal that was let go since.
        items = tuple(goal.item for goal in goals.of_person(register, who))
        if not items:
            values = {"name": short_name(person)}
            return draft, measure, (Problem(code="goals_missing", values=values),)
    earlier = outcomes.of_person(register, who, measure=measure.id)
    earlier = tuple(one for one in earlier if one.id != but)
    draft = replace(draft, note=clean_lines(draft.note))
    problems = validate_response(draft, measure, items, person, today=today, earlier=earlier)
    return _whole(draft, measure, person), measure, problems


def _whole(draft: ResponseDraft, measure: Measure, person: Person) -> ResponseDraft:
    """Return answers with every question that was there and stayed empty noted as blank."""
    if not any(one.state != BLANK.state for one in draft.answers.values()):
        return replace(draft, answers={})
    span = age_span(person, draft.answered_on) if draft.answered_on else None
    asked = measure.items_for(span.high if span else None)
    blanks = {item.code: BLANK for item in asked}
    return replace(draft, answers={**blanks, **draft.answers})


def _scores(measure: Measure, draft: ResponseDraft) -> dict[str, float]:
    return scores(measure, {code: one.value for code, one in draft.answers.items()})


def _binned(register: Register, kept: Response, *, at: str | None) -> Done:
    person = people.get(register, kept.person_id)
    name = short_name(person) if person else "a person"
    text = f"put answers of {name} in the bin" if at else f"take answers of {name} out of the bin"
    use_case = "response.bin" if at else "response.unbin"
    with register.transaction(use_case, text=text, topics=_TOPICS, subject_id=kept.person_id):
        outcomes.set_binned(register, kept.id, at)
    return Done(changes=_TOPICS, text=text, ids=(kept.id,))


def _gone() -> Refused:
    return Refused(problems=(Problem(code="response_gone"),))
