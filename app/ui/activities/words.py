"""What is said of an activity: its pattern, when it meets next, how full it is."""

import datetime as dt

from app.domain.activities import Activity, pattern_words
from app.domain.periods import clock_range, short_date
from app.services.activities import ActivityStanding
from app.ui import texts


def when_line(activity: Activity) -> str:
    """Return when it meets: Tuesdays 7.00–8.30 pm."""
    times = clock_range(activity.start_time, activity.end_time)
    return " ".join(part for part in (pattern_words(activity), times) if part)


def pattern_line(activity: Activity) -> str:
    """Return when and where it meets: Tuesdays 7.00–8.30 pm, Methodist hall."""
    return ", ".join(part for part in (when_line(activity), activity.place) if part)


def next_line(one: ActivityStanding, today: dt.date) -> str:
    """Return when it meets next, or met last."""
    standing = one.standing
    if standing.next_on == today:
        return texts.tr("Next: today")
    if standing.next_on is not None:
        return texts.tr("Next: {day}").format(day=texts.day_and_month(standing.next_on))
    if one.over and standing.last_on is not None:
        return texts.tr("Ended · last met {day}").format(day=short_date(standing.last_on))
    return texts.tr("Nothing planned ahead")


def room_line(one: ActivityStanding) -> str:
    """Return how full it is: 23 of 24 places · 2 waiting."""
    standing, capacity = one.standing, one.activity.capacity
    if capacity:
        parts = [f"{standing.on_it} of {texts.counted(capacity, 'place', 'places')}"]
    else:
        parts = [texts.counted(standing.on_it, "person", "people")]
    if standing.waiting:
        parts.append(f"{standing.waiting} waiting")
    return " · ".join(parts)


def ages_words(activity: Activity) -> str:
    """Return for which ages it is: ages 11 to 18, from 60, up to 25, or ""."""
    low, high = activity.age_from, activity.age_to
    if low is None and high is None:
        return ""
    if high is None:
        return f"from {low}"
    return f"up to {high}" if low is None else f"ages {low} to {high}"


def activity_line(one: ActivityStanding) -> str:
    """Return an activity's pattern, leader, ages and room in one line."""
    activity = one.activity
    led = f"led by {activity.leader}" if activity.leader else ""
    parts = (pattern_line(activity), led, ages_words(activity), room_line(one))
    return " · ".join(part for part in parts if part)
