"""The pretend sessions: which dates were met on, which were called off, which are still to come."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.activities import Repeat, SessionState
from app.services.example.chance import Weighted, stream
from app.services.example.programme import Plan
from app.services.example.times import COVID_NOTE, Closure, christmas, closure, school_holiday

_CANCELLED_SHARE, _KNOWN_AHEAD_SHARE = 0.028, 0.025
_REMARK_SHARE, _OTHER_PLACE_SHARE = 0.035, 0.012
_REASONS = Weighted(
    {
        "hall_closed": 30,
        "no_volunteers": 18,
        "leader_away": 24,
        "few_coming": 12,
        "no_money": 3,
        "other": 8,
    }
)
_WHY = {
    "hall_closed": ("Hall used for voting", "Boiler broken", "Floor being sealed", ""),
    "no_volunteers": ("Two of us down with the same cold", "", ""),
    "leader_away": ("Family wedding", "On holiday", "", ""),
    "few_coming": ("Only three said they could come", ""),
    "no_money": ("Could not pay for the hall this week",),
    "other": ("Funeral of a much loved member", "Water main burst in the road"),
    "weather": ("Ice on the path", "Heavy rain", "Towpath flooded", "Storm warning"),
    "heat": ("Too hot to be safe", "Thunderstorm", "Heavy rain"),
    "bank_holiday": ("",),
}
_REMARKS = (
    "Boiler off: coats on.",
    "Two birthdays, two cakes.",
    "Kettle broke, borrowed the church's.",
    "New people stayed for tea.",
    "Visitor from the town council came to see what we do.",
    "Fire drill half way through; everybody out in two minutes.",
    "Somebody left a blue scarf. It is in the cupboard.",
    "Ran out of milk. Buy more.",
    "Photographer from the paper came; only those who had said yes were in the pictures.",
    "Quiet week, long talks.",
    "Hall double-booked, started ten minutes late.",
    "Played the songs from the list people wrote last week.",
    "Lights in the far corner need a bulb.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One pretend session; ``index`` is its place in the whole book."""

    index: int
    activity: int
    day: dt.date
    state: SessionState
    reason: str = ""
    note: str = ""
    guests: int | None = None
    remark: str = ""
    place: str = ""
    moved_from: dt.date | None = None


def choose(
    plans: Sequence[Plan], wanted: int, ending: dt.date, seed: int
) -> tuple[tuple[Meeting, ...], ...]:
    """Return each activity's sessions, near enough as many as wanted in all."""
    kept = _kept_days(plans, wanted, ending, stream(seed, ending, "dates"))
    all_meetings: list[tuple[Meeting, ...]] = []
    index = 0
    for plan, days in zip(plans, kept, strict=True):
        chance = stream(seed, ending, "sessions", plan.draft.name)
        meetings = tuple(
            _meeting(plan, index + at, day, ending, chance) for at, (day, _) in enumerate(days)
        )
        index += len(meetings)
        all_meetings.append(meetings)
    all_meetings[0] = _leave_one_unentered(all_meetings[0], ending)
    return tuple(all_meetings)


def _kept_days(
    plans: Sequence[Plan], wanted: int, ending: dt.date, chance: random.Random
) -> list[list[tuple[dt.date, str]]]:
    """Leave out the dates on which groups rest, those first that most of them do."""
    ranked = [
        (_rest(plan, day, chance) if day <= ending else 9.0, plan.index, place)
        for plan in plans
        for place, (day, _) in enumerate(plan.days)
    ]
    ranked.sort()
    off = {(index, place) for _, index, place in ranked[: max(0, len(ranked) - wanted)]}
    return [
        [day for place, day in enumerate(plan.days) if (plan.index, place) not in off]
        for plan in plans
    ]


def _rest(plan: Plan, day: dt.date, chance: random.Random) -> float:
    """Return how likely a group meets on a day: the lowest are left out first."""
    if christmas(day):
        return chance.random()
    if plan.draft.repeat is Repeat.MONTHLY:
        return 8.0
    if plan.terms and school_holiday(day):
        return 1 + chance.random()
    if day.month == 8:
        return 2.3 + 2 * chance.random()
    return 3.0 + 2 * chance.random()


def _meeting(
    plan: Plan, index: int, day: dt.date, ending: dt.date, chance: random.Random
) -> Meeting:
    made = Meeting(index=index, activity=plan.index, day=day, state=SessionState.PLANNED)
    if day >= ending:  # tonight's has not been entered yet
        known = day > ending and chance.random() < _KNOWN_AHEAD_SHARE
        called_off = replace(made, state=SessionState.CANCELLED, reason="leader_away")
        return replace(called_off, note="On holiday") if known else made
    if plan.shut and closure(day, outdoors=plan.outdoors) is Closure.CANCELLED:
        return replace(made, state=SessionState.CANCELLED, reason="other", note=COVID_NOTE)
    winter = plan.outdoors and day.month in {12, 1, 2}
    if chance.random() < _CANCELLED_SHARE * (3 if winter else 1):
        reason = "weather" if winter or (plan.outdoors and chance.random() < 0.5) else ""
        reason = reason or _REASONS.pick(chance)
        summer = reason == "weather" and day.month in {6, 7, 8}
        note = chance.choice(_WHY["heat" if summer else reason])
        return replace(made, state=SessionState.CANCELLED, reason=reason, note=note)
    moved = None
    if chance.random() < _OTHER_PLACE_SHARE / 2:
        moved = day - dt.timedelta(days=chance.choice((1, 7)))
    return replace(
        made,
        state=SessionState.HELD,
        guests=_guests(plan, chance),
        remark=chance.choice(_REMARKS) if chance.random() < _REMARK_SHARE else "",
        place="Small hall next door" if chance.random() < _OTHER_PLACE_SHARE else "",
        moved_from=moved,
    )


def _guests(plan: Plan, chance: random.Random) -> int | None:
    if chance.random() >= plan.guests:
        return 0 if chance.random() < 0.1 else None
    return 1 + int(chance.expovariate(1 / 1.1))


def _leave_one_unentered(meetings: tuple[Meeting, ...], ending: dt.date) -> tuple[Meeting, ...]:
    """Make the last past session one whose sheet nobody has typed in yet."""
    past = [meeting for meeting in meetings if meeting.day < ending]
    if not past:
        return meetings
    blank = replace(
        past[-1],
        state=SessionState.PLANNED,
        reason="",
        note="",
        guests=None,
        remark="",
        place="",
        moved_from=None,
    )
    return tuple(blank if meeting.index == blank.index else meeting for meeting in meetings)
