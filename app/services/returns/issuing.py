"""Issue a return: what was sent is kept as it was, for ever; to whom it went; taken back."""

import datetime as dt
from dataclasses import dataclass, field, replace

from app.domain.changes import Topic
from app.domain.errors import AppError
from app.domain.ids import AgreementId, DraftId, GrantId, IssuedId
from app.domain.names import NAME_LIMIT, TEXT_LIMIT, clean, clean_lines
from app.domain.periods import short_date
from app.domain.problems import Problem
from app.domain.returns import Answer, Channel, Draft
from app.figures.evaluate import Scope, count
from app.figures.many_rows import keys_behind
from app.figures.outcomes import figures_of
from app.returns.filled import FilledReturn
from app.returns.options import ReturnOptions
from app.services.result import Done, Refused
from app.services.returns import drafts, proof, templates
from app.services.returns.printing import render_pdf
from app.storage import activities, grants, issued, places
from app.storage.issued import Issued, IssuedFigure, Sent, ToIssue
from app.storage.register import Register
from app.storage.snapshot import Snapshot

__all__ = [
    "Issued",
    "IssuedFigure",
    "Sent",
    "ToIssue",
    "WhatToIssue",
    "answers_of",
    "fill_draft",
    "forget_sent",
    "freeze",
    "get",
    "issue",
    "keep",
    "listed",
    "note_sent",
    "numbers_of",
    "options_of",
    "pdf_of",
    "what_to_issue",
    "withdraw",
]

_TOPICS = frozenset({Topic.RETURNS})
_GONE = Refused(problems=(Problem(code="issued_gone"),))


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatToIssue:
    """A draft as it is read on the window's thread, so that a worker can make its pages."""

    draft: Draft
    options: ReturnOptions
    answers: tuple[Answer, ...] = field(repr=False)
    template_text: str = field(repr=False)
    about: str


# --- filling a draft ------------------------------------------------------------------------------


def options_of(register: Register, whole: drafts.WholeDraft) -> ReturnOptions:
    """Return what a draft asks of its return: period, activity, grant, eyes, answers."""
    draft = whole.draft
    return ReturnOptions(
        period=draft.period,
        activity_id=draft.activity_id,
        grant=_reference(register, draft.grant_id, draft.agreement_id),
        answers={name: one.text for name, one in whole.answers.items()},
        disclosure=draft.disclosure or None,
        sum_pence=draft.sum_pence,
    )


def _reference(
    register: Register, grant_id: GrantId | None, agreement_id: AgreementId | None
) -> str | None:
    if grant_id is not None:
        grant = grants.get(register, grant_id)
        return grant.reference if grant else None
    agreement = places.get_agreement(register, agreement_id) if agreement_id is not None else None
    return agreement.name if agreement else None


def fill_draft(
    register: Register, draft_id: DraftId, *, counted_at: dt.datetime | None = None
) -> FilledReturn | None:
    """Return a draft filled from this moment of the book, or None when it is gone.

    Raises AppError as `templates.prepare` does. A worker fills with `what_to_issue` and a snapshot.
    """
    whole = drafts.get(register, draft_id)
    if whole is None:
        return None
    options = replace(options_of(register, whole), counted_at=counted_at)
    return templates.prepare(register, whole.draft.template_id, options)


# --- issuing --------------------------------------------------------------------------------------


def what_to_issue(register: Register, draft_id: DraftId) -> WhatToIssue | Refused:
    """Return what a worker needs to make a draft's pages, or why it cannot be issued."""
    whole = drafts.get(register, draft_id)
    if whole is None:
        return Refused(problems=(Problem(code="draft_gone"),))
    try:
        template = templates.template_of(register, whole.draft.template_id)
        text = templates.text_of(register, whole.draft.template_id)
    except AppError as error:
        return Refused(
            problems=(Problem(code="template_faulty", values={"value": str(error).rstrip(".")}),)
        )
    if template.names_people:
        return Refused(problems=(Problem(code="issue_names"),))
    asked = [question.id for question in template.questions()]
    answers = {name: one for name, one in whole.answers.items() if one.text.strip()}
    return WhatToIssue(
        draft=whole.draft,
        options=options_of(register, whole),
        answers=tuple(answers[name] for name in asked if name in answers),
        template_text=text,
        about=_about(register, whole.draft),
    )


def _about(register: Register, draft: Draft) -> str:
    parts: list[str] = []
    if draft.grant_id is not None and (grant := grants.get(register, draft.grant_id)):
        parts.append(f"{grant.funder}, {grant.reference}")
    if draft.agreement_id is not None:
        agreement = places.get_agreement(register, draft.agreement_id)
        parts += [agreement.funder] if agreement else []
    if draft.activity_id is not None:
        activity = activities.get(register, draft.activity_id)
        parts += [activity.name] if activity else []
    return " · ".join(parts)


def freeze(source: Register | Snapshot, what: WhatToIssue) -> ToIssue:
    """Fill a draft, make its pages and note the rows behind each of its figures, of one moment.

    Packs them too, so that `keep` has little left to do. Writes nothing, so a worker can do it with
    a snapshot; a register itself is read by the thread that writes it, so nothing changes meanwhile.
    Raises AppError as filling does.
    """
    now = source.taken_at if isinstance(source, Snapshot) else source.now()
    counted_at = what.options.counted_at or now
    options = replace(what.options, counted_at=counted_at)
    filled = templates.prepare(source, what.draft.template_id, options)
    rendered = render_pdf(filled)
    period, activity_id = proof.days_of(filled), filled.activity_id
    figures = _figures(source, proof.scope_of(source, period, activity_id), tuple(filled.figures))
    version = templates.template_of(source, what.draft.template_id).version
    printed = filled.as_json(pages=rendered.pages)
    return ToIssue(
        draft=what.draft, settings=replace(what.draft, period=period, activity_id=activity_id),
        template_version=version,
        template_text=what.template_text, about=what.about, disclosure=filled.disclosure,
        counted_at=counted_at, filled=printed,
        answers=_with_questions(what.answers, filled), typed=what.options.answers, figures=figures,
        pages=rendered.pages, pdf=rendered.pdf,
        packed=issued.pack(printed, figures, rendered.pdf),
    )  # fmt: skip


def _with_questions(answers: tuple[Answer, ...], filled: FilledReturn) -> tuple[Answer, ...]:
    """Return the answers with their questions as they were printed."""
    asked = {
        name: str(one["question"])
        for name, one in filled.answers.items()
        if isinstance(one, dict) and "question" in one
    }
    return tuple(replace(one, wording=asked.get(one.question, one.wording)) for one in answers)


def _figures(
    source: Register | Snapshot, scope: Scope, names: tuple[str, ...]
) -> tuple[IssuedFigure, ...]:
    known = figures_of(source)
    here = tuple(name for name in names if name in known)
    counted = count(source, scope, ids=here).values
    keys = keys_behind(source, here, scope)
    return tuple(
        IssuedFigure(
            figure=name, title=one.title, unit=one.unit.value, definition=one.definition,
            version=one.version, value=one.value, n=one.n, rows=keys[name],
        )
        for name, one in ((name, counted[name]) for name in here)
    )  # fmt: skip


def keep(register: Register, made: ToIssue) -> Done | Refused:
    """Keep a return as it was sent; refused when its draft was changed since it was frozen.

    It cannot be taken back by undo: only withdrawn, with a reason.
    """
    now = drafts.get(register, made.draft.id)
    if now is None:
        return Refused(problems=(Problem(code="draft_gone"),))
    if now.draft != made.draft or _differ(now, made):
        return Refused(problems=(Problem(code="draft_changed"),))
    text = f"issue {made.settings.title}"
    with register.transaction("return.issue", text=text, topics=_TOPICS, subject_id=made.draft.id):
        issued_id = issued.add(register, made)
    return Done(changes=_TOPICS, text=text, ids=(issued_id,))


def _differ(now: drafts.WholeDraft, made: ToIssue) -> bool:
    return {name: one.text for name, one in now.answers.items()} != dict(made.typed)


def issue(register: Register, draft_id: DraftId) -> Done | Refused:
    """Issue a draft as it stands now; ``ids`` is the issued return.

    What cannot be filled is refused with the sentence that says why.
    """
    what = what_to_issue(register, draft_id)
    if isinstance(what, Refused):
        return what
    try:
        made = freeze(register, what)
    except AppError as error:
        return Refused(
            problems=(Problem(code="template_faulty", values={"value": str(error).rstrip(".")}),)
        )
    return keep(register, made)


# --- what was issued ------------------------------------------------------------------------------


def listed(register: Register) -> tuple[Issued, ...]:
    """Return the returns that were issued, the newest first."""
    return issued.listed(register)


def get(register: Register, issued_id: IssuedId) -> Issued | None:
    """Return a return that was issued, or None."""
    return issued.get(register, issued_id)


def pdf_of(register: Register, issued_id: IssuedId) -> bytes | None:
    """Return the very pages that were sent, or None."""
    return issued.pdf(register, issued_id)


def answers_of(register: Register, issued_id: IssuedId) -> tuple[Answer, ...]:
    """Return the answers of an issued return as they were written, in the form's order."""
    return issued.answers(register, issued_id)


def numbers_of(register: Register, issued_id: IssuedId) -> dict[str, object] | None:
    """Return every number, table and answer an issued return printed, or None."""
    return issued.filled_json(register, issued_id)


def note_sent(
    register: Register,
    issued_id: IssuedId,
    *,
    sent_on: dt.date,
    sent_to: str,
    channel: Channel = Channel.EMAIL,
    note: str = "",
    today: dt.date,
) -> Done | Refused:
    """Note to whom a return was sent, when and how; ``ids`` is the note."""
    if issued.get(register, issued_id) is None:
        return _GONE
    to, more = clean(sent_to), clean_lines(note)
    problems: list[Problem] = []
    if sent_on > today:
        values = {"value": short_date(sent_on)}
        problems.append(Problem(code="sent_future", field="sent_on", values=values))
    for name, typed, limit in (("sent_to", to, NAME_LIMIT), ("note", more, TEXT_LIMIT)):
        if len(typed) > limit:
            values = {"limit": f"{limit:,}"}
            problems.append(Problem(code="text_too_long", field=name, values=values))
    if problems:
        return Refused(problems=tuple(problems))
    text = "note a return as sent"
    with register.transaction("return.sent", text=text, topics=_TOPICS, subject_id=issued_id):
        sent_id = issued.note_sent(
            register, issued_id, sent_on=sent_on, sent_to=to, channel=channel, note=more
        )
    return Done(changes=_TOPICS, text=text, ids=(sent_id,))


def forget_sent(register: Register, sent_id: int) -> Done | Refused:
    """Take away a note that was made by mistake."""
    text = "take back that a return was sent"
    with register.transaction("return.unsent", text=text, topics=_TOPICS):
        there = issued.forget_sent(register, sent_id)
    if not there:
        return Refused(problems=(Problem(code="sent_gone"),))
    return Done(changes=_TOPICS, text=text, ids=(sent_id,))


def withdraw(
    register: Register, issued_id: IssuedId, reason: str, *, today: dt.date
) -> Done | Refused:
    """Note that a return was taken back, and why; what was sent stays as it was."""
    one = issued.get(register, issued_id)
    if one is None:
        return _GONE
    why = clean_lines(reason)
    if one.withdrawn_on is not None:
        values = {"value": short_date(one.withdrawn_on)}
        return Refused(problems=(Problem(code="issued_withdrawn", values=values),))
    if not why:
        return Refused(problems=(Problem(code="withdraw_reason_needed", field="reason"),))
    text = f"take back {one.settings.title}"
    with register.transaction("return.withdraw", text=text, topics=_TOPICS, subject_id=issued_id):
        issued.withdraw(register, issued_id, today, why)
    return Done(changes=_TOPICS, text=text, ids=(issued_id,))
