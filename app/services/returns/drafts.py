"""Drafts: a return that is being written, saved as it is typed."""

import datetime as dt
from dataclasses import dataclass, field, replace

from app.domain.changes import Topic
from app.domain.errors import AppError
from app.domain.ids import DraftId, IssuedId
from app.domain.names import clean, clean_lines
from app.domain.periods import short_date
from app.domain.problems import Problem
from app.domain.returns import (
    Answer,
    Draft,
    DraftSettings,
    period_after,
    validate_answer,
    validate_draft,
)
from app.domain.words import letter_count, plain_count, safe_count
from app.returns.language.questions import QuestionSpec
from app.returns.language.template import Template
from app.services.result import Done, Refused
from app.services.returns.templates import template_of
from app.storage import drafts, issued
from app.storage.register import Register

TOPICS = frozenset({Topic.RETURNS})
_GONE = Refused(problems=(Problem(code="draft_gone"),))
_HALF_A_YEAR = 183
"""Days within which nobody needs to be told the year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """A draft as the list shows it: how far it is, without having counted anything in the book."""

    draft: Draft
    template_title: str
    """Nothing where the template is not there any more."""
    answered: int
    questions: int
    done: int
    """How many answers somebody said are done."""
    warnings: int
    """Answers over or under their limits."""
    issued_on: dt.date | None
    """The day on which it was last issued and not taken back."""
    text: str
    """4 of 7 answered, 2 warnings, due Fri 6 Nov."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeDraft:
    """A draft with its answers by the code of their question."""

    draft: Draft
    answers: dict[str, Answer] = field(repr=False)


def listed(register: Register, *, today: dt.date) -> tuple[DraftLine, ...]:
    """Return the drafts, what is due first, first, and those that were issued after them."""
    answers = drafts.answers_of_all(register)
    sent = issued.last_days(register)
    templates: dict[str, Template | None] = {}
    found: list[DraftLine] = []
    for draft in drafts.listed(register):
        if draft.template_id not in templates:
            templates[draft.template_id] = _template(register, draft.template_id)
        given = {one.question: one for one in answers.get(draft.id, ())}
        line = _line(draft, templates[draft.template_id], given, sent.get(draft.id))
        found.append(replace(line, text=_text(line, today)))
    # What was issued is behind us; the rest stays in its order.
    return tuple(sorted(found, key=lambda line: line.issued_on is not None))


def in_bin(register: Register) -> tuple[Draft, ...]:
    """Return the drafts in the bin."""
    return drafts.listed(register, binned=True)


def get(register: Register, draft_id: DraftId) -> WholeDraft | None:
    """Return a draft with its answers, or None when it is gone or in the bin."""
    draft = drafts.get(register, draft_id)
    if draft is None or draft.binned:
        return None
    return WholeDraft(draft=draft, answers=drafts.answers(register, draft_id))


def _template(register: Register, template_id: str) -> Template | None:
    try:
        return template_of(register, template_id)
    except AppError:  # taken away since, or it does not hold any more; the answers are kept
        return None


def _line(
    draft: Draft, template: Template | None, given: dict[str, Answer], sent: dt.date | None
) -> DraftLine:
    asked = template.questions() if template else ()
    written = {name for name, one in given.items() if one.text.strip()}
    # One that may stay empty is not missing: it is counted when it is answered.
    ids = {one.id for one in asked if not one.optional or one.id in written}
    ids = ids if template else set(given)
    answered = [one for one in given.values() if one.question in ids and one.text.strip()]
    return DraftLine(
        draft=draft,
        template_title=template.title if template else "",
        answered=len(answered),
        questions=len(ids),
        done=sum(one.is_done for one in answered),
        warnings=sum(_outside(spec, given[spec.id].text) for spec in asked if spec.id in given),
        issued_on=sent,
        text="",
    )


def _outside(spec: QuestionSpec, text: str) -> bool:
    """Say whether the words of an answer are outside the limits of its question."""
    if not text.strip() or spec.choices:
        return False
    count = safe_count(text) if spec.strict else plain_count(text)
    return bool(
        (spec.words_to and count > spec.words_to)
        or (spec.words_from and count < spec.words_from)
        or (spec.letters_to and letter_count(text) > spec.letters_to)
    )


def _text(line: DraftLine, today: dt.date) -> str:
    parts: list[str] = []
    if line.questions:
        parts.append(f"{line.answered} of {line.questions} answered")
    if line.warnings:
        parts.append(f"{line.warnings} warning{'' if line.warnings == 1 else 's'}")
    if line.issued_on:
        parts.append(f"issued {short_date(line.issued_on)}")
    elif line.draft.due_on:
        parts.append(due_words(line.draft.due_on, today))
    return ", ".join(parts)


def due_words(due_on: dt.date, today: dt.date) -> str:
    """Return when something is due, as the lists say it: "due Fri 6 Nov", "due yesterday"."""
    days = (due_on - today).days
    if days in {-1, 0, 1}:
        return f"due {('yesterday', 'today', 'tomorrow')[days + 1]}"
    said = short_date(due_on)
    if abs(days) < _HALF_A_YEAR:
        said = said.rsplit(" ", 1)[0]
    return f"due {said}" if days > 0 else f"was due {said}"


# --- starting -------------------------------------------------------------------------------------


def start(register: Register, settings: DraftSettings) -> Done | Refused:
    """Start a draft from a template; without a title it has the template's."""
    try:
        template = template_of(register, settings.template_id)
    except AppError as error:
        return Refused(
            problems=(Problem(code="template_faulty", values={"value": str(error).rstrip(".")}),)
        )
    settings = _tidy(replace(settings, title=settings.title or template.title))
    problems = validate_draft(settings)
    if problems:
        return Refused(problems=problems)
    text = f"start {settings.title}"
    with register.transaction("draft.start", text=text, topics=TOPICS):
        draft_id = drafts.add(register, settings)
    return Done(changes=TOPICS, text=text, ids=(draft_id,))


def start_again(
    register: Register, *, draft_id: DraftId | None = None, issued_id: IssuedId | None = None
) -> Done | Refused:
    """Start a draft as a copy of another, or of a return that was issued, for the period after.

    Answers are copied and are to be read again: none is done.
    """
    found = _to_copy(register, draft_id, issued_id)
    if found is None:
        return _GONE
    settings, answers = found
    text = f"start {settings.title} again"
    with register.transaction("draft.copy", text=text, topics=TOPICS):
        fresh = drafts.add(register, settings)
        for one in answers:
            values = {"wording": one.wording, "answer": one.text}
            drafts.write_answer(register, fresh, one.question, values)
    return Done(changes=TOPICS, text=text, ids=(fresh,))


def _to_copy(
    register: Register, draft_id: DraftId | None, issued_id: IssuedId | None
) -> tuple[DraftSettings, tuple[Answer, ...]] | None:
    if issued_id is not None:
        sent = issued.get(register, issued_id)
        if sent is None:
            return None
        return _moved_on(sent.settings), issued.answers(register, issued_id)
    whole = get(register, draft_id) if draft_id is not None else None
    if whole is None:
        return None
    return _moved_on(whole.draft), tuple(whole.answers.values())


def _moved_on(last: DraftSettings) -> DraftSettings:
    return DraftSettings(
        template_id=last.template_id,
        title=last.title,
        period=period_after(last.period) if last.period else None,
        activity_id=last.activity_id,
        grant_id=last.grant_id,
        agreement_id=last.agreement_id,
        disclosure=last.disclosure,
        sum_pence=last.sum_pence,
    )


# --- changing -------------------------------------------------------------------------------------


def change(register: Register, draft_id: DraftId, settings: DraftSettings) -> Done | Refused:
    """Change what a draft is about: its title, period, grant, activity, eyes, sum, day."""
    whole = get(register, draft_id)
    if whole is None:
        return _GONE
    settings = _tidy(replace(settings, template_id=settings.template_id or whole.draft.template_id))
    problems = validate_draft(settings)
    if problems:
        return Refused(problems=problems)
    text = f"change {settings.title}"
    with register.transaction("draft.change", text=text, topics=TOPICS, subject_id=draft_id):
        drafts.change(register, draft_id, settings)
    return Done(changes=TOPICS, text=text, ids=(draft_id,))


def _tidy(settings: DraftSettings) -> DraftSettings:
    return replace(settings, title=clean(settings.title), template_id=settings.template_id.strip())


def answer(
    register: Register, draft_id: DraftId, question: str, text: str, *, wording: str = ""
) -> Done | Refused:
    """Save one answer as it stands; typing in the same one is taken back as one step.

    An answer that was done and is changed is not done any more.
    """
    kept = drafts.get(register, draft_id)
    if kept is None or kept.binned:
        return _GONE
    typed = clean_lines(text)
    problems = validate_answer(typed)
    if problems:
        return Refused(problems=problems)
    said = f"type in {kept.title}"
    values = {"answer": typed, "is_done": 0, **({"wording": clean(wording)} if wording else {})}
    with register.transaction("draft.answer", text=said, topics=TOPICS, subject_id=draft_id):
        drafts.write_answer(register, draft_id, question, values)
    return Done(
        changes=TOPICS, text=said, ids=(draft_id,), merges=f"draft {draft_id} answer {question}"
    )


def mark_done(
    register: Register, draft_id: DraftId, question: str, *, done: bool
) -> Done | Refused:
    """Say of an answer that it is done, or that it is not yet."""
    whole = get(register, draft_id)
    if whole is None:
        return _GONE
    there = whole.answers.get(question)
    if done and (there is None or not there.text.strip()):
        return Refused(problems=(Problem(code="answer_needed", field=question),))
    text = f"mark an answer {'done' if done else 'not done yet'}"
    with register.transaction("draft.done", text=text, topics=TOPICS, subject_id=draft_id):
        drafts.write_answer(register, draft_id, question, {"is_done": int(done)})
    return Done(changes=TOPICS, text=text, ids=(draft_id,))


def put_in_bin(register: Register, draft_id: DraftId) -> Done | Refused:
    """Put a draft in the bin; returns that were issued from it stay."""
    return _binned(register, draft_id, binned=True)


def take_out_of_bin(register: Register, draft_id: DraftId) -> Done | Refused:
    """Take a draft out of the bin."""
    return _binned(register, draft_id, binned=False)


def _binned(register: Register, draft_id: DraftId, *, binned: bool) -> Done | Refused:
    draft = drafts.get(register, draft_id)
    if draft is None or draft.binned == binned:
        return _GONE
    text = f"put {draft.title} in the bin" if binned else f"take {draft.title} out of the bin"
    code = "draft.bin" if binned else "draft.unbin"
    with register.transaction(code, text=text, topics=TOPICS, subject_id=draft_id):
        drafts.set_binned(register, draft_id, binned=binned)
    return Done(changes=TOPICS, text=text, ids=(draft_id,))
