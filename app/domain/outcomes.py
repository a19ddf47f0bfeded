"""Answers to questionnaires: what was answered, declined, left blank or never asked, and goals."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.domain.ids import PersonId, ResponseId
from app.domain.measures import Entry, Item, Measure
from app.domain.names import TEXT_LIMIT
from app.domain.people import Aged, age_span
from app.domain.periods import short_date
from app.domain.problems import Problem

PAIR_DAYS = 28
"""Least days between the two answers of a pair. Source: the catalogue of figures, outcomes."""
FOLLOW_UP_DAYS = 84
"""Days until a measure is asked again, unless the group says otherwise: twelve weeks."""
LEAST_FOLLOW_UP, MOST_FOLLOW_UP = 28, 730
FEWEST_PAIRS = 8
"""Below so many pairs there is too little to say outside the group. Source: GP Patient Survey [S130]."""
_DECLINED = frozenset({"d", "declined", "x"})
_CODE_LETTERS = "ACDEFGHJKMNPQRTUVWXY34679"
"""Letters and figures that nobody takes for another one in handwriting."""
_CODE_LENGTH = 5


class ResponseState(StrEnum):
    """What became of a questionnaire; declined and not asked are kept, and differ."""

    ANSWERED = "answered"
    DECLINED = "declined"
    NOT_ASKED = "not_asked"


class ItemState(StrEnum):
    """What became of one question."""

    ANSWERED = "answered"
    BLANK = "blank"
    DECLINED = "declined"


class Method(StrEnum):
    """How the answers came."""

    PAPER = "paper"
    ASKED_ALOUD = "asked_aloud"
    SUPPLIED = "supplied"
    SCREEN = "screen"


METHODS: Mapping[Method, str] = {
    Method.PAPER: "On paper",
    Method.ASKED_ALOUD: "Asked aloud, written down for them",
    Method.SUPPLIED: "Numbers supplied by somebody else",
    Method.SCREEN: "On a screen",
}
STATES: Mapping[ResponseState, str] = {
    ResponseState.ANSWERED: "Answered",
    ResponseState.DECLINED: "Declined",
    ResponseState.NOT_ASKED: "Not asked",
}


class Stage(StrEnum):
    """Whether answers are somebody's first to a measure or later ones."""

    START = "start"
    FOLLOW_UP = "follow_up"


STAGES: Mapping[Stage, str] = {Stage.START: "First time", Stage.FOLLOW_UP: "Follow-up"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer; ``value`` only where it is answered."""

    state: ItemState = ItemState.BLANK
    value: float | None = field(default=None, repr=False)


BLANK = Answer()
DECLINED = Answer(state=ItemState.DECLINED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseDraft:
    """A questionnaire as it is entered; ``answers`` by item, one that is not named is blank.

    ``stage`` is said where somebody enters a follow-up as such, and only checked, never kept.
    """

    person_id: PersonId
    measure: str
    answered_on: dt.date | None = None
    state: ResponseState = ResponseState.ANSWERED
    method: Method = Method.PAPER
    answers: Mapping[str, Answer] = field(default_factory=dict, repr=False)
    note: str = field(default="", repr=False)
    print_id: int | None = None
    stage: Stage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A kept questionnaire, with its scores by scale."""

    id: ResponseId
    person_id: PersonId
    measure: str
    measure_version: int
    answered_on: dt.date
    state: ResponseState
    method: Method
    answers: Mapping[str, Answer] = field(repr=False)
    scores: Mapping[str, float] = field(repr=False)
    note: str = field(default="", repr=False)
    print_id: int | None = None
    binned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What somebody wants to reach, in their own words."""

    id: int
    person_id: PersonId
    wording: str = field(repr=False)
    set_on: dt.date
    dropped_on: dt.date | None = None

    @property
    def item(self) -> Item:
        """The goal as a question, rated from 0 to 10."""
        return Item(
            code=goal_code(self.id), wording=self.wording, low_anchor="not begun",
            high_anchor="reached",
        )  # fmt: skip

    def is_open_on(self, day: dt.date) -> bool:
        """Say whether it stood on a day."""
        return self.set_on <= day and (self.dropped_on is None or day <= self.dropped_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureUse:
    """Whether the group asks a measure, when again, and its licence where one is needed."""

    measure: str
    asked: bool = False
    follow_up_days: int = FOLLOW_UP_DAYS
    licence_holder: str = ""
    licence_reference: str = ""
    licensed_on: dt.date | None = None
    item_texts: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def is_licensed(self) -> bool:
        """Whether a licence and the group's own copy of the questions are recorded."""
        return bool(self.licence_holder and self.licence_reference and self.item_texts)


def worded(measure: Measure, use: MeasureUse) -> Measure:
    """Return a measure with the group's own copy of its questions, where one is recorded."""
    texts = use.item_texts
    items = tuple(replace(i, wording=texts.get(i.code, i.wording)) for i in measure.items)
    return replace(measure, items=items)


def goal_code(goal_id: int) -> str:
    """Return the item's code of a goal."""
    return f"goal_{goal_id}"


def person_code(chance: int) -> str:
    """Return the letters and figures for a large number drawn by chance."""
    letters: list[str] = []
    for _ in range(_CODE_LENGTH):
        chance, place = divmod(chance, len(_CODE_LETTERS))
        letters.append(_CODE_LETTERS[place])
    return "".join(letters)


def may_be_printed(measure: Measure, use: MeasureUse) -> Problem | None:
    """Return what stands against printing a measure, or None."""
    if measure.entry is Entry.SUPPLIED:
        return Problem(code="not_for_print", values={"measure": measure.title})
    if measure.entry is Entry.LICENSED and not use.is_licensed:
        return Problem(code="licence_needed", values={"measure": measure.title})
    return None


def read_answer(item: Item, typed: str) -> Answer | Problem:
    """Return the answer somebody typed: a number, d for declined, nothing for blank."""
    text = typed.strip().casefold()
    if not text:
        return BLANK
    if text in _DECLINED:
        return DECLINED
    by_words = {choice.text.casefold(): choice.value for choice in item.choices}
    try:
        value = float(by_words[text] if text in by_words else text.replace(",", ""))
    except ValueError:
        values = {"value": typed.strip()[:20], "low": str(item.low), "high": str(item.high)}
        return Problem(code="answer_not_a_number", field=item.code, values=values)
    return answered(item, value)


def answered(item: Item, value: float) -> Answer | Problem:
    """Return a number as an answer, or the problem that it is not on the item's scale."""
    on_it = item.low <= value <= item.high and (item.decimals or value == int(value))
    if item.choices:
        on_it = on_it and value in {choice.value for choice in item.choices}
    if not on_it:
        values = {"value": f"{value:g}", "low": str(item.low), "high": str(item.high)}
        return Problem(code="answer_off_scale", field=item.code, values=values)
    return Answer(state=ItemState.ANSWERED, value=value)


def validate_response(
    draft: ResponseDraft, measure: Measure, items: tuple[Item, ...], person: Aged, *,
    today: dt.date, earlier: tuple[Response, ...] = (),
) -> tuple[Problem, ...]:  # fmt: skip
    """Return what has to be corrected before answers can be kept.

    ``items`` are the measure's, or the person's goals; ``earlier`` the person's other kept
    responses to the measure, joined records' too.
    """
    if draft.answered_on is None:
        return (Problem(code="date_needed", field="answered_on"),)
    problems = _day_problems(draft, draft.answered_on, measure, earlier, today)
    outside = _age_problems(measure, person, draft.answered_on)
    problems += outside or _answer_problems(draft, measure, items, person, draft.answered_on)
    if len(draft.note) > TEXT_LIMIT:
        values = {"limit": f"{TEXT_LIMIT:,}"}
        problems.append(Problem(code="text_too_long", field="note", values=values))
    return tuple(problems)


def _day_problems(
    draft: ResponseDraft, day: dt.date, measure: Measure, earlier: tuple[Response, ...],
    today: dt.date,
) -> list[Problem]:  # fmt: skip
    said = {"value": short_date(day)}
    if day > today:
        return [Problem(code="answered_future", field="answered_on", values=said)]
    if day.year < today.year - 120:
        return [Problem(code="day_out_of_reach", field="answered_on", values=said)]
    if any(one.answered_on == day for one in earlier):
        values = {**said, "measure": measure.title}
        return [Problem(code="answered_already", field="answered_on", values=values)]
    follows = draft.stage is Stage.FOLLOW_UP
    return _start_problems(day, measure, earlier) if follows else []


def _start_problems(day: dt.date, measure: Measure, earlier: tuple[Response, ...]) -> list[Problem]:
    starts = [one.answered_on for one in earlier if one.state is ResponseState.ANSWERED]
    if not starts:
        values = {"measure": measure.title}
        return [Problem(code="follow_up_without_start", field="answered_on", values=values)]
    if day < min(starts):
        values = {"value": short_date(day), "start": short_date(min(starts))}
        return [Problem(code="follow_up_before_start", field="answered_on", values=values)]
    return []


def _age_problems(measure: Measure, person: Aged, day: dt.date) -> list[Problem]:
    """Return a problem only where somebody is surely outside the ages a measure is for."""
    span = age_span(person, day)
    if span is None:
        return []
    values = {"measure": measure.title, "value": short_date(day), "actual": span.words}
    if span.high < measure.age_from:
        values["age"] = str(measure.age_from)
        return [Problem(code="too_young_for_measure", field="measure", values=values)]
    if measure.age_to is not None and span.low > measure.age_to:
        values["age"] = str(measure.age_to)
        return [Problem(code="too_old_for_measure", field="measure", values=values)]
    return []


def _answer_problems(
    draft: ResponseDraft, measure: Measure, items: tuple[Item, ...], person: Aged, day: dt.date
) -> list[Problem]:
    known = {item.code: item for item in items}
    span = age_span(person, day)
    problems: list[Problem] = []
    for code, answer in draft.answers.items():
        item = known.get(code)
        if item is None:
            values = {"measure": measure.title}
            problems.append(Problem(code="question_unknown", field=code, values=values))
        elif answer.state is ItemState.ANSWERED:
            checked = answered(item, answer.value if answer.value is not None else item.low - 1)
            if isinstance(checked, Problem):
                problems.append(checked)
            elif span is not None and span.high < item.age_from:
                values = {"age": str(item.age_from)}
                problems.append(Problem(code="question_too_old", field=code, values=values))
    some = any(answer.state is not ItemState.BLANK for answer in draft.answers.values())
    if draft.state is ResponseState.ANSWERED and not some:
        problems.append(Problem(code="answers_needed", field="answers"))
    if draft.state is not ResponseState.ANSWERED and some:
        problems.append(Problem(code="answers_not_wanted", field="state"))
    return problems


def validate_use(use: MeasureUse) -> tuple[Problem, ...]:
    """Return what has to be corrected before a measure's use can be kept."""
    if LEAST_FOLLOW_UP <= use.follow_up_days <= MOST_FOLLOW_UP:
        return ()
    values = {"low": str(LEAST_FOLLOW_UP), "high": str(MOST_FOLLOW_UP)}
    return (Problem(code="follow_up_days_range", field="follow_up_days", values=values),)
