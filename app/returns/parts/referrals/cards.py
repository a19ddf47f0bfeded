"""Capacity cards: an activity on a card of A5, for a link worker to pin up. No numbers of people sent."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.domain.activities import Activity, pattern_words
from app.domain.capacity import Capacity
from app.domain.periods import clock_range, long_date
from app.returns.counting.filling import Filling
from app.returns.filled import (
    Block,
    Column,
    Fact,
    Heading,
    KeepTogether,
    KeyFacts,
    Note,
    Notice,
    PageBreak,
    Paragraph,
    ReportHead,
    Table,
    row,
    table_json,
    text,
)
from app.returns.language.spec import Spec
from app.storage import activities, capacity

_SIZE = 12.2
"""Letters that can be read from a wall."""
_OLD_DAYS = 42
"""After six weeks what was said of free places is asked for again."""
_YEAR = 365
_MOST_NAMED = 3
_FULL = "Full at the moment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What the notice of a card says: words, a line about them, and whether it is no good news.

    ``short`` says it in a table.
    """

    words: str
    short: str
    about: str
    full: bool = False


def capacity_cards(filling: Filling, _: Spec) -> tuple[Block, ...]:
    """Return a card for the activity asked for, or one for each, as of the day of the count."""
    today = filling.counted_at.date()
    group = filling.settings.group_name or "Our group"
    filling.foot = (group, f"as of {long_date(today)}", "please ring first")
    found = _capacities(filling, today)
    if not found:
        filling.warn("There are no activities yet. Add one, then print its card.")
        return (
            Heading(text=f"What you can send people to: {group}", level=1),
            Note(runs=text("No activities are written down yet.")),
        )
    blocks: list[Block] = []
    for place, one in enumerate(found):
        if place:
            blocks.append(PageBreak())
        blocks += _card(filling, one, today)
    _warn(filling, found, today)
    filling.tables += [_json(one, today) for one in found]
    return tuple(blocks)


def services(filling: Filling, _: Spec) -> tuple[Block, ...]:
    """Return a table of the activities: when, where, for whom, and whether there is room."""
    today = filling.counted_at.date()
    found = _capacities(filling, today)
    table = Table(
        columns=(
            Column(title="Activity", weight=2.0),
            Column(title="When", weight=2.0),
            Column(title="Where", weight=2.0),
            Column(title="Who for", weight=1.5),
            Column(title="Room", weight=1.2),
        ),
        rows=tuple(
            row(
                one.activity.name,
                _when(one.activity),
                one.activity.place,
                ages(one.activity) or "Everybody",
                room_of(one, today).short,
            )
            for one in found
        ),
        id="services",
        summary="What we offer",
        notes=(text(f"As of {long_date(today)}."),),
        empty_text="No activities are written down yet.",
    )
    filling.tables.append(table_json(table))
    return (table,)


def _when(activity: Activity) -> str:
    hours = clock_range(activity.start_time, activity.end_time)
    return ", ".join(part for part in (pattern_words(activity), hours) if part)


def _card(filling: Filling, one: Capacity, today: dt.date) -> Iterator[Block]:
    room = room_of(one, today)
    group = filling.settings.group_name or "Our group"
    yield ReportHead(
        kicker=f"Somewhere to send people · {group}",
        title=one.activity.name,
        subtitle=one.activity.description or filling.settings.tagline,
    )
    yield Notice(text=room.words, detail=room.about, quiet=room.full)
    facts = (Fact(label=label, text=said) for label, said in _facts(one, filling) if said)
    yield KeyFacts(facts=tuple(facts), font_size=_SIZE)
    ring = filling.settings.contact or one.activity.leader
    yield KeepTogether(
        blocks=(
            Heading(text="How to send somebody", level=2),
            Paragraph(
                runs=text(
                    "Ask us first. We need a first name, how to reach them, and what would help on "
                    "the first day. We answer within ten days."
                )
            ),
            *((Notice(text=f"Ring: {ring}", quiet=True),) if ring else ()),
        )
    )


def _facts(one: Capacity, filling: Filling) -> Iterator[tuple[str, str]]:
    activity = one.activity
    yield "When", _when(activity) or "Ask us"
    yield "Where", activity.place or "Ask us"
    yield "Who for", ages(activity)
    yield "Cost", activity.cost_to_come or "Ask us"
    yield "Access", activity.access or "Ask us what you need to know"
    yield "Bring", activity.what_to_bring
    if filling.settings.contact:
        yield "Led by", activity.leader


def ages(activity: Activity) -> str:
    """Return whom an activity is for by age; "" where nobody said."""
    low, high = activity.age_from, activity.age_to
    if low is not None and high is not None:
        return f"Ages {low} to {high}"
    if low is not None:
        return f"Ages {low} and over"
    return f"Ages up to {high}" if high is not None else ""


def room_of(one: Capacity, today: dt.date) -> Room:
    """Return what a card says of free places: as stated, else by the register, else "ask us"."""
    waits = _waits(one)
    stated, said_on = one.activity.can_take, one.can_take_on
    if stated is not None:
        said = f"As we said on {long_date(said_on)}. {waits}" if said_on else waits
        if stated == 0:
            return Room(words=_FULL, short="Full", about=said, full=True)
        many = "1 more person" if stated == 1 else f"{stated:,} more people"
        return Room(words=f"We can take {many}", short=f"Room for {stated:,}", about=said)
    if one.room is None or not one.on_it:
        # Nobody on its list is no empty room: to some activities people just come.
        places = f"{one.activity.capacity:,} places." if one.activity.capacity else ""
        about = waits or "We will say at once whether there is room."
        about = " ".join(part for part in (places, about) if part)
        return Room(words="Ring us to ask for a place", short="Ask us", about=about, full=True)
    about = f"{one.activity.capacity:,} places, by our register on {long_date(today)}. {waits}"
    free = one.room - one.waiting
    if free <= 0:
        return Room(words=_FULL, short="Full", about=about, full=True)
    return Room(words=f"Room for {free:,} more", short=f"Room for {free:,}", about=about)


def _waits(one: Capacity) -> str:
    """Say that people wait and for how long; how many is not for a wall."""
    waiting = "There is a waiting list." if one.waiting else ""
    usual = one.typical_wait if one.waiting else None
    return f"{waiting} People usually wait {_weeks(usual)}." if usual else waiting


def _weeks(days: int) -> str:
    weeks = round(days / 7)
    if weeks < 2:
        return f"{days} day{'' if days == 1 else 's'}"
    return f"about {weeks} weeks"


def _warn(filling: Filling, found: Sequence[Capacity], today: dt.date) -> None:
    unsaid = [one.activity.name for one in found if one.can_take_on is None]
    if unsaid:
        named = ", ".join(unsaid[:_MOST_NAMED])
        more = f" and {len(unsaid) - _MOST_NAMED} more" if len(unsaid) > _MOST_NAMED else ""
        filling.warn(
            f"{named}{more}: nobody has said how many can come. Say it, with today’s date."
        )
    for one in found:
        said_on = one.can_take_on
        if said_on is not None and (today - said_on).days > _OLD_DAYS:
            filling.warn(
                f"{one.activity.name}: how many can come was said on {long_date(said_on)}. Say it "
                "again, so that link workers can rely on it."
            )
    if not filling.settings.contact:
        filling.warn("There is no telephone number to ring. Give it in Settings, under Our group.")


def _capacities(filling: Filling, today: dt.date) -> tuple[Capacity, ...]:
    """Return how the activity asked for stands, or every one by name."""
    register, asked = filling.register, filling.options.activity_id
    on_it, waiting = capacity.on_it(register, today), capacity.waiting(register, today)
    waits = capacity.waits(register, today - dt.timedelta(days=_YEAR), today)
    return tuple(
        Capacity(
            activity=one,
            on_it=on_it.get(one.id, 0),
            waiting=waiting[one.id][0] if one.id in waiting else 0,
            waits=waits.get(one.id, ()),
        )
        for one in activities.listed(register)
        if asked is None or one.id == asked
    )


def _json(one: Capacity, today: dt.date) -> dict[str, str | int | None]:
    return {
        "id": "capacity",
        "activity": one.activity.name,
        "activity_id": one.activity.id,
        "can_take": one.activity.can_take,
        "can_take_on": one.can_take_on.isoformat() if one.can_take_on else None,
        "says": room_of(one, today).words,
    }
