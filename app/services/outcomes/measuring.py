"""Which measures the group asks, their licences, and measures of its own."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain.changes import Topic
from app.domain.measure_file import MeasureFault, read_measure
from app.domain.measures import Entry, Measure
from app.domain.names import NAME_LIMIT, clean, clean_lines
from app.domain.outcomes import MeasureUse, validate_use, worded
from app.domain.own_measures import OwnMeasureDraft, definition_of, validate_own
from app.domain.problems import Problem
from app.figures import measures as known
from app.services.result import Done, Refused
from app.storage import outcomes
from app.storage.register import Register

_TOPICS = frozenset({Topic.OUTCOMES})


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureHere:
    """A measure as this group has it: what it is, whether it is asked, how many were kept."""

    measure: Measure
    use: MeasureUse
    responses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """A group's licence for a measure, and its own copy of the questions by item."""

    holder: str
    reference: str
    licensed_on: dt.date | None = None
    item_texts: Mapping[str, str]


def measures_here(register: Register) -> tuple[MeasureHere, ...]:
    """Return every measure with how this group uses it, the group's own last."""
    uses, counts = outcomes.uses(register), outcomes.counts(register)
    return tuple(
        MeasureHere(
            measure=measure,
            use=uses.get(name, MeasureUse(measure=name)),
            responses=counts.get(name, 0),
        )
        for name, measure in known.measures(register).items()
    )


def measure_here(register: Register, measure_id: str) -> MeasureHere | None:
    """Return one measure with how this group uses it, or None."""
    return next((one for one in measures_here(register) if one.measure.id == measure_id), None)


def with_own_texts(here: MeasureHere) -> Measure:
    """Return a measure with the group's own copy of its questions, where one is recorded."""
    return worded(here.measure, here.use)


def use_measure(
    register: Register, measure_id: str, *, asked: bool, follow_up_days: int | None = None
) -> Done | Refused:
    """Say whether a measure is asked from now on, and after how many days again."""
    here = measure_here(register, measure_id)
    if here is None:
        return _unknown(measure_id)
    days = here.use.follow_up_days if follow_up_days is None else follow_up_days
    use = replace(here.use, asked=asked, follow_up_days=days)
    problems = validate_use(use)
    if problems:
        return Refused(problems=problems)
    if use == here.use:
        return Refused(problems=(Problem(code="nothing_to_change"),))
    return _kept(register, use, f"{'ask' if asked else 'stop asking'} {here.measure.title}")


def record_licence(register: Register, measure_id: str, licence: Licence) -> Done | Refused:
    """Record the group's licence, and its own copy of the questions, which unlocks printing."""
    here = measure_here(register, measure_id)
    if here is None:
        return _unknown(measure_id)
    texts = {code: clean(text) for code, text in licence.item_texts.items() if clean(text)}
    holder, reference = clean(licence.holder), clean(licence.reference)
    problems = _licence_problems(here.measure, holder, reference, texts)
    if problems:
        return Refused(problems=problems)
    use = replace(
        here.use,
        licence_holder=holder,
        licence_reference=reference,
        licensed_on=licence.licensed_on,
        item_texts=texts,
    )
    return _kept(register, use, f"record licence of {here.measure.title}")


def _licence_problems(
    measure: Measure, holder: str, reference: str, texts: Mapping[str, str]
) -> tuple[Problem, ...]:
    named = {"measure": measure.title}
    if measure.entry is not Entry.LICENSED:
        return (Problem(code="licence_not_wanted", values=named),)
    problems: list[Problem] = []
    if not holder:
        problems.append(Problem(code="licence_holder_needed", field="holder"))
    if not reference:
        problems.append(Problem(code="licence_reference_needed", field="reference"))
    limit = {"limit": f"{NAME_LIMIT:,}"}
    for name, text in (("holder", holder), ("reference", reference), *texts.items()):
        if len(text) > NAME_LIMIT:
            problems.append(Problem(code="text_too_long", field=name, values=limit))
    # All or none: a form with one question missing would be another questionnaire.
    if texts and set(texts) != {item.code for item in measure.items}:
        problems.append(Problem(code="licence_needed", field="item_texts", values=named))
    return tuple(problems)


def add_own_measure(register: Register, definition: str, *, today: dt.date) -> Done | Refused:
    """Add a measure of the group's own, in the form of the files in resources/measures."""
    text = clean_lines(definition)
    try:
        measure = read_measure(text, "Your measure", own=True)
    except MeasureFault as fault:
        return Refused(problems=(Problem(code="measure_faulty", values={"value": str(fault)}),))
    taken = {*known.measures(register), *known.scales(register)}
    for name in (measure.id, *(scale.id for scale in measure.scales)):
        if name in taken:
            return Refused(problems=(Problem(code="measure_taken", values={"value": name}),))
    named = f"add {measure.title}"
    with register.transaction("measure.add", text=named, topics=_TOPICS):
        row_id = outcomes.add_own(register, measure.id, text, today)
        outcomes.keep_use(register, MeasureUse(measure=measure.id, asked=True))
    return Done(changes=_TOPICS, text=named, ids=(row_id,))


def add_own_questions(
    register: Register, draft: OwnMeasureDraft, *, today: dt.date
) -> Done | Refused:
    """Add a measure of the group's own from a few plain answers."""
    problems = validate_own(draft)
    if problems:
        return Refused(problems=problems)
    taken = frozenset({*known.measures(register), *known.scales(register)})
    return add_own_measure(register, definition_of(draft, taken), today=today)


def remove_own_measure(register: Register, measure_id: str) -> Done | Refused:
    """Take away a measure of the group's own that nobody answered."""
    here = measure_here(register, measure_id)
    if here is None or not here.measure.own:
        return _unknown(measure_id)
    if here.responses:
        values = {"measure": here.measure.title}
        return Refused(problems=(Problem(code="measure_has_answers", values=values),))
    text = f"take away {here.measure.title}"
    with register.transaction("measure.remove", text=text, topics=_TOPICS):
        outcomes.remove_own(register, measure_id)
    return Done(changes=_TOPICS, text=text)


def _kept(register: Register, use: MeasureUse, text: str) -> Done:
    with register.transaction("measure.use", text=text, topics=_TOPICS):
        outcomes.keep_use(register, use)
    return Done(changes=_TOPICS, text=text)


def _unknown(measure_id: str) -> Refused:
    return Refused(problems=(Problem(code="measure_unknown", values={"value": measure_id}),))
