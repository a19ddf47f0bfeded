"""The register's own settings: read and change."""

import datetime as dt
from dataclasses import dataclass, fields, replace
from typing import Any

from app.domain.ages import BandSet
from app.domain.changes import Topic
from app.domain.money import read_pounds
from app.domain.names import clean
from app.domain.org_ids import company_number, tidy_number
from app.domain.periods import short_date
from app.domain.problems import Problem
from app.domain.settings import (
    Settings,
    kept_band_sets,
    own_band_sets,
    read_band_set,
    validate_settings,
)
from app.figures import bands
from app.figures.rates import rates
from app.services.result import Done, Refused
from app.storage import rates as stated_rates
from app.storage import settings
from app.storage.rates import StatedRate
from app.storage.register import Register

_TOPICS = frozenset({Topic.SETTINGS})
_HOUR = "volunteer_hour"


def read(register: Register) -> Settings:
    """Return the group's settings."""
    return settings.read(register)


def tidy(settings: Settings) -> Settings:
    """Return settings with clean texts."""
    return replace(
        settings,
        group_name=clean(settings.group_name),
        tagline=clean(settings.tagline),
        contact=clean(settings.contact),
        charity_number=tidy_number(settings.charity_number),
        company_number=company_number(settings.company_number)
        or tidy_number(settings.company_number),
    )


def save(register: Register, changed: Settings) -> Done | Refused:
    """Keep changed settings."""
    changed = tidy(changed)
    problems = validate_settings(changed)
    if problems:
        return Refused(problems=problems)
    topics = frozenset({Topic.SETTINGS})
    with register.transaction("settings.save", text="change settings", topics=topics):
        settings.write(register, changed)
    return Done(changes=topics, text="change settings")


def change(register: Register, name: str, value: Any) -> Done | Refused:
    """Change one setting, named in the undo menu; only what is wrong with it stands in the way."""
    before = settings.read(register)
    changed = tidy(replace(before, **{name: value}))
    problems = tuple(p for p in validate_settings(changed) if p.field == name)
    if problems:
        return Refused(problems=problems)
    text = f"change {_titles()[name].lower()}"
    if changed != before:
        with register.transaction("settings.save", text=text, topics=_TOPICS):
            settings.write(register, changed)
    return Done(changes=_TOPICS, text=text)


def _titles() -> dict[str, str]:
    return {f.name: str(f.metadata["title"]) for f in fields(Settings)}


# --- age bands ----------------------------------------------------------------------------------


def band_sets(register: Register) -> tuple[BandSet, ...]:
    """Return the sets of age bands there are: the program's, then the group's own."""
    return tuple(bands.sets_of(settings.read(register)).values())


def save_bands(register: Register, title: str, typed: str, set_id: str = "") -> Done | Refused:
    """Add a set of age bands of one's own or (with its id) change it; ``typed`` are lowest ages."""
    ours = settings.read(register)
    own = own_band_sets(ours)
    others = [s for s in bands.sets_of(ours).values() if s.id != set_id]
    made = read_band_set(title, typed, others)
    if isinstance(made, Problem):
        return Refused(problems=(made,))
    if set_id:
        made = replace(made, id=set_id)
    kept = [made if s.id == set_id else s for s in own]
    if set_id not in {s.id for s in own}:
        kept.append(made)
    text = f"age bands {made.title}"
    with register.transaction("settings.save", text=text, topics=_TOPICS):
        settings.write(register, replace(ours, own_bands=kept_band_sets(kept)))
    return Done(changes=_TOPICS, text=text)


def remove_bands(register: Register, set_id: str) -> Done:
    """Take a set of one's own away; where it was shown first, the standard one is again."""
    ours = settings.read(register)
    kept = [s for s in own_band_sets(ours) if s.id != set_id]
    first = bands.STANDARD if ours.age_bands == set_id else ours.age_bands
    with register.transaction("settings.save", text="remove age bands", topics=_TOPICS):
        settings.write(register, replace(ours, own_bands=kept_band_sets(kept), age_bands=first))
    return Done(changes=_TOPICS, text="remove age bands")


# --- rates --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLine:
    """What an hour of a volunteer is worth from a day, in pence."""

    from_on: dt.date
    pence: int
    source: str
    own: bool
    """Stated by the group, not by the program."""


def hour_rates(register: Register) -> tuple[RateLine, ...]:
    """Return the rates of a volunteer's hour, newest first; the group's own go before the program's."""
    own = [
        RateLine(from_on=r.from_on, pence=r.pence, source=r.source, own=True)
        for r in stated_rates.stated(register, _HOUR)
    ]
    days = {line.from_on for line in own}
    shipped = [
        RateLine(from_on=r.from_on, pence=r.pence, source=r.source, own=False)
        for r in rates(_HOUR)
        if r.from_on not in days
    ]
    return tuple(sorted((*own, *shipped), key=lambda line: line.from_on, reverse=True))


def state_rate(register: Register, from_on: dt.date, typed: str, source: str) -> Done | Refused:
    """State what an hour is worth from a day, in pounds as typed."""
    pence = read_pounds(typed)
    if not isinstance(pence, int) or pence <= 0:
        return Refused(problems=(Problem(code="rate_amount_needed", field="pence"),))
    text = f"hour rate from {short_date(from_on)}"
    rate = StatedRate(from_on=from_on, pence=pence, source=clean(source))
    with register.transaction("settings.rate", text=text, topics=_TOPICS):
        stated_rates.put(register, _HOUR, rate)
    return Done(changes=_TOPICS, text=text)


def remove_rate(register: Register, from_on: dt.date) -> Done | Refused:
    """Take a rate of one's own away; the program's counts again."""
    text = f"remove hour rate from {short_date(from_on)}"
    with register.transaction("settings.rate", text=text, topics=_TOPICS):
        gone = stated_rates.remove(register, _HOUR, from_on)
    if not gone:
        return Refused(problems=(Problem(code="rate_gone"),))
    return Done(changes=_TOPICS, text=text)
