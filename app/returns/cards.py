"""Capacity cards: an activity on a card of A5, for a link worker to pin up. No numbers of people sent."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.activities import Activity, pattern_words
from app.domain.periods import clock_range, long_date
from app.returns.filled import (
    Block,
    Fact,
    Heading,
    KeepTogether,
    KeyFacts,
    Note,
    Notice,
    PageBreak,
    Paragraph,
    ReportHead,
    text,
)
from app.returns.filling import Filling
from app.storage.capacity import Capacity, of_activities

_SIZE = 12.2
"""Letters that can be read from a wall."""
_OLD_DAYS = 42
"""After six weeks what was said of free places is asked for again."""
_LEAST_SESSIONS = 3
"""So many sessions say how many usually come; fewer say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What the notice of a card says: words, a line about them, and whether it is no good news."""

    words: str
    about: str
    full: bool = False


def capacity_cards(filling: Filling) -> tuple[Block, ...]:
    """Return a card for the activity asked for, or one for each, as of the day of the count."""
    today = filling.counted_at.date()
    group = filling.settings.group_name or "Our group"
    filling.foot = (group, f"as of {long_date(today)}", "please ring before you send somebody")
    found = of_activities(filling.register, today, filling.options.activity_id)
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
        _warn(filling, one, today)
    filling.tables += [_json(one, today) for one in found]
    return tuple(blocks)


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
            *((Notice(text=f"Ring {ring}", quiet=True),) if ring else ()),
        )
    )


def _facts(one: Capacity, filling: Filling) -> Iterator[tuple[str, str]]:
    activity = one.activity
    hours = clock_range(activity.start_time, activity.end_time)
    yield "When", ", ".join(part for part in (pattern_words(activity), hours) if part) or "Ask us"
    yield "Where", activity.place or "Ask us"
    yield "Who for", ages(activity)
    yield "Cost", one.cost or "Ask us"
    yield "Access", one.access or "Ask us what you need to know"
    yield "Bring", one.what_to_bring
    if filling.settings.contact:
        yield "Led by", activity.leader


def ages(activity: Activity) -> str:
    """Return whom an activity is for by age; "" where nobody said."""
    low, high = activity.age_from, activity.age_to
    if low is not None and high is not None:
        return f"People of {low} to {high}"
    if low is not None:
        return f"People of {low} and over"
    return f"People up to {high}" if high is not None else ""


def room_of(one: Capacity, today: dt.date) -> Room:
    """Return what a card says of free places: as stated, else as the book knows, else "ask us"."""
    waiting = "There is a waiting list." if one.waiting else "Nobody is waiting."
    if one.can_take is not None and one.can_take_on is not None:
        said = f"As we said on {long_date(one.can_take_on)}. {waiting}"
        if one.can_take == 0:
            said = said.removesuffix(" Nobody is waiting.")
            return Room(words="Full at the moment", about=said, full=True)
        many = "1 more person" if one.can_take == 1 else f"{one.can_take:,} more people"
        return Room(words=f"We can take {many}", about=said)
    if one.activity.capacity is None or one.sessions < _LEAST_SESSIONS:
        return Room(
            words="Ring us to ask for a place",
            about=waiting if one.waiting else "We will say at once whether there is room.",
            full=True,
        )
    usual = -(-one.attendances // one.sessions)
    free = one.activity.capacity - usual - one.waiting
    about = (
        f"Places for {one.activity.capacity:,}; about {usual:,} come each time "
        f"(by {long_date(today)}). {waiting}"
    )
    if free <= 0:
        return Room(words="Usually full", about=about, full=True)
    return Room(words=f"Usually room for {free:,} more", about=about)


def _warn(filling: Filling, one: Capacity, today: dt.date) -> None:
    name, said_on = one.activity.name, one.can_take_on
    if one.can_take is None or said_on is None:
        filling.warn(f"{name}: nobody has said how many it can take. Say it, with today’s date.")
    elif (today - said_on).days > _OLD_DAYS:
        filling.warn(
            f"{name}: how many it can take was said on {long_date(said_on)}. Say it again, so that "
            "link workers can rely on it."
        )
    if not filling.settings.contact:
        filling.warn("There is no telephone number to ring. Give it in Settings, under Our group.")


def _json(one: Capacity, today: dt.date) -> dict[str, str | int | None]:
    return {
        "id": "capacity",
        "activity": one.activity.name,
        "activity_id": one.activity.id,
        "can_take": one.can_take,
        "can_take_on": one.can_take_on.isoformat() if one.can_take_on else None,
        "says": room_of(one, today).words,
    }
