"""What the pretend group writes to funders: drafts, answers, promises, and returns it has sent."""

import datetime as dt
from dataclasses import replace

from app.domain.grants import HELD, Grant
from app.domain.ids import DraftId
from app.domain.periods import Period, month_of
from app.domain.returns import Answer, Draft
from app.services.example.size import Size
from app.services.example.world import World
from app.storage import activities, bulk, grants, issued
from app.storage.register import Register

_ANSWERS = {
    "Who we are": "We are a small group of neighbours. We meet every week in halls that people can "
    "walk to, and nobody needs to book, to be good at anything, or to tell us why they came.",
    "How we keep people safe": "Two of the committee are named for safeguarding. Whoever leads a "
    "session has been checked, knows whom to ring, and writes down what worried them the same day.",
    "How we ask people": "We ask at the tea table, once a term on paper, and when somebody leaves. "
    "What they say is read out at the next committee meeting.",
    "What happens after the grant": "We keep the sessions going from subs and our own fund raising "
    "and ask the town and two other funders before the money ends.",
}
_WRITTEN = {
    "difference": "{people} different people came {attendances:once|# times}. Several told us that "
    "it is the one day of the week on which they leave the house.",
    "activities": "We met {sessions_held:once|# times} and {volunteers:nobody|one volunteer|"
    "# volunteers} gave a hand.",
    "challenges": "The hall was closed for repairs in the spring, so we met in the library.",
    "need": "More people are sent to us than we have chairs for, and the hall has gone up.",
}
_WORDS = {
    "difference": "What difference it made, and how you know",
    "activities": "What the grant paid for: the activities",
    "challenges": "The main challenges, and how you overcame them",
    "need": "Why we ask, and why now",
}
_FORMS = {
    "end-of-grant": ("activities", "difference", "challenges"),
    "small-grant": ("need",),
    "impact-report": (),
}
_COUNTED_AT = dt.time(9, 30, tzinfo=dt.UTC)
_BY = "example"


def report(register: Register, world: World) -> None:
    """Write the drafts, answers and promises of a pretend book, and the returns it has sent.

    Called when the rest of the book is there, as what was sent is counted from it.
    """
    held = [one for one in grants.listed(register) if one.state in HELD]
    waiting = [one for one in held if one.report_due_on and one.report_due_on >= world.ending]
    waiting.sort(key=lambda one: one.report_due_on or world.ending)
    drafts = _drafts(world, waiting)
    sent = _sent(register, world)
    with register.all_or_nothing():
        _write_drafts(register, [*drafts, *sent])
        _write_bank(register, world)
        _write_promises(register, world, held)
    for place, draft in enumerate(sent):
        _send(register, world, draft, place)


# --- what is being written ------------------------------------------------------------------------


def _drafts(world: World, waiting: list[Grant]) -> list[Draft]:
    first = world.first_id("draft")
    year = Period(first=max(world.first, world.ending - dt.timedelta(days=364)), last=world.ending)
    made = [
        _draft(world, first, "small-grant", "Ward councillor's small grant", year, due=33),
        _draft(world, first + 1, "impact-report", "What we did this year", year, due=None),
    ]
    made[0] = replace(made[0], sum_pence=200_00)
    if waiting:
        grant = waiting[0]
        due = (grant.report_due_on or world.ending) - world.ending
        about = Period(first=grant.starts_on or year.first, last=grant.ends_on or year.last)
        report = _draft(
            world, first + 2, "end-of-grant", f"Report to {grant.funder}", about, due=due.days
        )
        made.append(replace(report, grant_id=grant.id))
    return made


def _draft(
    world: World, row_id: int, form: str, title: str, period: Period, *, due: int | None,
    days_ago: int = 3,
) -> Draft:  # fmt: skip
    at = dt.datetime.combine(world.ending - dt.timedelta(days=days_ago), _COUNTED_AT)
    return Draft(
        id=DraftId(row_id), template_id=form, title=title, period=period,
        due_on=None if due is None else world.ending + dt.timedelta(days=due),
        created_at=at, changed_at=at,
    )  # fmt: skip


def _write_drafts(register: Register, made: list[Draft]) -> None:
    columns = [
        "id",
        "template",
        "title",
        "first_on",
        "last_on",
        "activity_id",
        "grant_id",
        "due_on",
        "sum_pence",
        "created_at",
        "changed_at",
    ]
    rows = [
        (
            one.id, one.template_id, one.title,
            one.period.first.isoformat() if one.period else None,
            one.period.last.isoformat() if one.period else None,
            one.activity_id, one.grant_id, one.due_on.isoformat() if one.due_on else None, one.sum_pence,
            _stamp(one.created_at), _stamp(one.changed_at),
        )
        for one in made
    ]  # fmt: skip
    bulk.fill(register, "draft", columns, rows)
    answers = [
        (one.id, name, _WORDS[name], _WRITTEN[name], int(place == 0), _stamp(one.changed_at))
        for one in made
        for place, name in enumerate(_FORMS[one.template_id])
    ]
    columns = ["draft_id", "question", "wording", "answer", "is_done", "changed_at"]
    bulk.fill(register, "draft_answer", columns, answers)


def _write_bank(register: Register, world: World) -> None:
    first, at = world.first_id("standing_answer"), register.stamp()
    rows = [(first + n, name, text, at) for n, (name, text) in enumerate(_ANSWERS.items())]
    bulk.fill(register, "standing_answer", ["id", "name", "answer", "changed_at"], rows)


def _write_promises(register: Register, world: World, held: list[Grant]) -> None:
    """Write what the latest grants promised: so many people, and so many sessions."""
    first = world.first_id("grant_target")
    promised = (("people", "Different people", 40), ("sessions_held", "Sessions", 60))
    rows = [
        (first + 2 * n + place, one.id, figure, label, target)
        for n, one in enumerate(held[:3])
        for place, (figure, label, target) in enumerate(promised)
    ]
    bulk.fill(register, "grant_target", ["id", "grant_id", "figure", "label", "target"], rows)


# --- what was sent --------------------------------------------------------------------------------


def _sent(register: Register, world: World) -> list[Draft]:
    """Return what was sent, as the drafts they were; a large book has one, of one activity."""
    past = month_of(world.ending - dt.timedelta(days=80)).last
    half = Period(first=max(world.first, month_of(past - dt.timedelta(days=160)).first), last=past)
    ids = world.first_id("draft") + 3  # behind those that are being written
    report = _draft(
        world, ids, "impact-report", "Half a year in numbers", half, due=None, days_ago=45
    )
    if world.size is Size.SMALL:
        asked = _draft(
            world, ids + 1, "small-grant", "Town council small grant", half, due=None, days_ago=30
        )
        return [report, replace(asked, sum_pence=250_00)]
    only = activities.listed(register)[0]
    return [replace(report, activity_id=only.id)]


def _send(register: Register, world: World, draft: Draft, place: int) -> None:
    """Freeze a return as it was counted on its day, and note to whom it went."""
    # Imported here: whoever makes no pretend book waits for no forms.
    from app.returns.options import ReturnOptions
    from app.services.returns import issuing, templates

    given = {name: _WRITTEN[name] for name in _FORMS[draft.template_id]}
    answers = tuple(
        Answer(question=name, wording=_WORDS[name], text=text, changed_at=draft.changed_at)
        for name, text in given.items()
    )
    what = issuing.WhatToIssue(
        draft=draft,
        options=ReturnOptions(
            period=draft.period, activity_id=draft.activity_id, sum_pence=draft.sum_pence,
            answers=given, counted_at=draft.changed_at,
        ),
        answers=answers,
        template_text=templates.text_of(register, draft.template_id),
        about="",
    )  # fmt: skip
    made = issuing.freeze(register, what)
    signed = issued.Signed(
        id=world.first_id("issued_return") + place, at=_stamp(draft.changed_at), by=_BY
    )
    with register.all_or_nothing():
        issued.add(register, made, signed)
        row = (
            world.first_id("issued_sent") + place, signed.id, draft.changed_at.date().isoformat(),
            "The town council's grants officer", "email",
        )  # fmt: skip
        bulk.fill(
            register, "issued_sent", ["id", "issued_id", "sent_on", "sent_to", "channel"], [row]
        )


def _stamp(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="seconds")
