"""Fill a template: one moment of the book, one period, every number counted once."""

import base64
import binascii
import datetime as dt
from dataclasses import replace
from typing import Any

from app.domain.disclosure import Disclosure
from app.domain.errors import NotFound, Refused
from app.domain.grants import Grant
from app.domain.periods import Period, long_date
from app.domain.settings import Settings
from app.figures.bands import first_set
from app.figures.evaluate import Scope
from app.figures.known import of_register
from app.returns.counting.cautions import warn
from app.returns.counting.filling import Filling
from app.returns.counting.how import DISCLOSURE_TEXTS
from app.returns.counting.numbers import count, wanted_figures
from app.returns.counting.rates import volunteer_rate
from app.returns.counting.suggesting import suggestions
from app.returns.filled import Block, FilledPlace, FilledReturn, plain
from app.returns.language.answers import answered
from app.returns.language.phrases import Phrase, Slot, Words, place_as_typed
from app.returns.language.phrases import fill as fill_phrase
from app.returns.language.questions import AnsweredSpec
from app.returns.language.template import Need, Template, TextSpec
from app.returns.letters import warnings_of
from app.returns.options import ReturnOptions
from app.returns.parts.applications.targets import with_targets
from app.returns.parts.blocks import blocks
from app.returns.parts.money.granted import (
    asked_grant,
    asks_for_a_grant,
    chosen_grant,
    is_about_a_grant,
)
from app.returns.parts.referrals.agreed import chosen, is_about_one
from app.returns.parts.reports.own_scales import with_own_scales
from app.storage import activities, settings
from app.storage.moment import one_moment
from app.storage.register import Register
from app.storage.snapshot import Snapshot


def fill(template: Template, source: Register | Snapshot, options: ReturnOptions) -> FilledReturn:
    """Return a template filled from one moment of a register.

    Raises Refused when something it needs was not given, NotFound for an activity or session that
    is not in the book. A return always comes out, with warnings, however little there is to count.
    """
    _check(template, options)
    with one_moment(source) as register, of_register(register):
        used, left_aside = _used(template, options)
        filling = _begin(template, register, used)
        if left_aside:
            filling.warn(left_aside)
        filled = blocks(filling, filling.template.blocks)
        return _finish(filling, filled)


def _check(template: Template, options: ReturnOptions) -> None:
    given = {
        Need.PERIOD: options.period or options.session_id,
        Need.ACTIVITY: options.activity_id,
        Need.PERSON: options.person_id or options.referral_id,
        Need.GRANT: options.grant,
        Need.SESSION: options.session_id,
        Need.ANSWERS: True,
    }
    for need in template.needs:
        if need is Need.GRANT and (is_about_one(template) or is_about_a_grant(template)):
            continue  # the only agreement is taken by itself; which one is asked where there are more
        if not given[need]:
            raise Refused(f"{template.title} needs {_NEED_WORDS[need]}. Give it and try again.")


def _used(template: Template, options: ReturnOptions) -> tuple[ReturnOptions, str]:
    """Return what of the options a return uses, and a sentence about what it leaves aside."""
    asks = {*template.needs, *template.may_have}
    given = {
        Need.PERIOD: ("period", options.period, "the period"),
        Need.ACTIVITY: ("activity_id", options.activity_id, "the activity"),
        Need.PERSON: ("person_id", options.person_id, "the person"),
        Need.GRANT: ("grant", options.grant, "the grant"),
    }
    unused = {
        name: words
        for need, (name, value, words) in given.items()
        if need not in asks and value is not None
    }
    if not unused:
        return options, ""
    one = len(unused) == 1
    named = " and ".join(unused.values())
    said = f"{template.title} does not use {named}: {'it was' if one else 'they were'} left aside."
    nothing: dict[str, Any] = dict.fromkeys(unused)
    return replace(options, **nothing), said


_NEED_WORDS = {
    Need.PERIOD: "a period, from one day to another",
    Need.ACTIVITY: "an activity",
    Need.PERSON: "a person",
    Need.GRANT: "a grant",
    Need.SESSION: "a session",
    Need.ANSWERS: "answers",
}


def _begin(template: Template, register: Register, options: ReturnOptions) -> Filling:
    ours = settings.read(register)
    counted_at = options.counted_at or register.now()
    period = _period(register, options, counted_at.date())
    mode = _mode(template, options)
    grant = _grant(template, register, options, period)
    options = _about(template, options, grant)
    template = with_own_scales(with_targets(template, register, grant), register)
    template, said = answered(template, options.answers)
    scope = Scope(period=period, activity_id=options.activity_id, bands=first_set(ours))
    filling = Filling(
        template=template,
        options=options,
        period=period,
        settings=ours,
        activity=_activity_name(register, options),
        counted_at=counted_at,
        numbers=count(template, register, scope, mode),
        register=register,
        volunteer_rate=lambda: volunteer_rate(register, period),
        orientation=template.orientation,
        agreement=chosen(template, register, options.grant, period)
        if is_about_one(template)
        else None,
        grant=grant,
    )
    for sentence in said:
        filling.warn(sentence)
    warn(filling)
    return filling


def _grant(
    template: Template, register: Register, options: ReturnOptions, period: Period
) -> Grant | None:
    if is_about_a_grant(template):
        return chosen_grant(template, register, options.grant, period)
    return asked_grant(register, options.grant) if asks_for_a_grant(template) else None


def _about(template: Template, options: ReturnOptions, grant: Grant | None) -> ReturnOptions:
    """Return options for the one activity that a grant is for, where no other was chosen."""
    may_be = Need.ACTIVITY in {*template.needs, *template.may_have}
    if options.activity_id is not None or grant is None or not may_be:
        return options
    only = grant.activities[0] if len(grant.activities) == 1 else None
    return replace(options, activity_id=only)


def _period(register: Register, options: ReturnOptions, today: dt.date) -> Period:
    """Return the period asked for; the session's day, or today where a return is about no period."""
    if options.period is not None:
        return options.period
    if options.session_id is None:
        return Period(first=today, last=today)
    session = activities.session(register, options.session_id)
    if session is None:
        raise NotFound("That session is not in this book any more. Choose another one.")
    return Period(first=session.session_on, last=session.session_on)


def _activity_name(register: Register, options: ReturnOptions) -> str:
    if options.activity_id is None:
        return ""
    activity = activities.get(register, options.activity_id)
    if activity is None:
        raise NotFound("That activity is not in this book any more. Choose another one.")
    return activity.name


def _mode(template: Template, options: ReturnOptions) -> Disclosure:
    if options.disclosure is None or template.names_people:
        return template.disclosure
    return Disclosure(options.disclosure)


def _finish(filling: Filling, filled: tuple[Block, ...]) -> FilledReturn:
    template, numbers = filling.template, filling.numbers
    suggested = suggestions(template, numbers)
    for one in suggested:
        filling.warn(one.sentence)
    made = FilledReturn(
        id=template.id,
        title=_title(filling),
        group=filling.settings.group_name or "Our group",
        counted_at=filling.counted_at,
        blocks=filled,
        period=" · ".join(part for part in (filling.activity, _over(filling)) if part),
        disclosure=numbers.mode.value,
        disclosure_text="" if template.names_people else DISCLOSURE_TEXTS[numbers.mode],
        author=filling.settings.group_name,
        subject=template.subject or template.title,
        orientation=filling.orientation,
        paper=template.paper,
        pretend=filling.settings.pretend,
        logo=_logo(filling.settings),
        foot=filling.foot,
        figures=numbers.as_json(wanted_figures(template)),
        tables=tuple(filling.tables),
        answers=dict(filling.answers),
        warnings=tuple(filling.warnings),
        suggestions=suggested,
        days=filling.period,
        activity_id=filling.options.activity_id,
        places=_places(filling),
    )
    letters = warnings_of(made.walk())
    return replace(made, warnings=(*made.warnings, *letters)) if letters else made


def _places(filling: Filling) -> dict[str, FilledPlace]:
    """Return what every place in an answer prints, for whoever is writing it."""
    found: dict[str, FilledPlace] = {}
    for asked in filling.template.questions():
        for part in asked.parts if isinstance(asked, AnsweredSpec) else ():
            for piece in part.text.pieces if isinstance(part, TextSpec) else ():
                if isinstance(piece, Slot):
                    found[place_as_typed(piece)] = _place(filling, piece)
    return found


def _place(filling: Filling, slot: Slot) -> FilledPlace:
    value = filling.printed(slot.ref)
    # After a word, as no sentence begins with what stands in the middle of one.
    runs = fill_phrase(Phrase(pieces=(Words(text="a "), slot)), filling.printed)[1:]
    return FilledPlace(text=plain(runs), hidden=value.hidden, source=value.source)


def _title(filling: Filling) -> str:
    group = filling.settings.group_name or "Our group"
    about = f", {filling.activity}" if filling.activity else ""
    return f"{filling.template.title}: {group}{about}, {_over(filling)}"


def _over(filling: Filling) -> str:
    """Return the period in words, or the day where a return is about no period."""
    asks = {*filling.template.needs, *filling.template.may_have}
    about_a_period = Need.PERIOD in asks or Need.SESSION in asks
    return filling.period.text if about_a_period else long_date(filling.counted_at.date())


def _logo(ours: Settings) -> bytes | None:
    if not ours.logo:
        return None
    try:
        return base64.b64decode(ours.logo, validate=True)
    except binascii.Error:  # a logo that does not hold is left out; the initials stand in
        return None
