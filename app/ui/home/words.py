"""What Home says of the day, of a session and of what waits."""

import datetime as dt

from app.domain.activities import Session, SessionState
from app.domain.periods import full_date
from app.ui import texts


def heading(today: dt.date) -> str:
    """Return the day as the page's title: without its year."""
    return full_date(today).rpartition(" ")[0]


def aside_of(session: Session) -> str:
    """Return where a session is, for how many, and how many were here."""
    parts = [session.place]
    if session.capacity:
        parts.append(texts.counted(session.capacity, "place", "places"))
    if session.state is SessionState.HELD:
        parts.append(f"{session.people_here + (session.guests or 0)} here")
    return " · ".join(part for part in parts if part)


def on_today_words(on_today: int) -> str:
    """Return how many sessions there are today."""
    numbers = {0: "No session", 1: "One session", 2: "Two sessions", 3: "Three sessions"}
    return f"{numbers.get(on_today, f'{on_today} sessions')} today."


def waiting_words(count: int) -> str:
    """Return how many things wait."""
    if not count:
        return "Nothing is waiting for you."
    things = "One thing is" if count == 1 else f"{count} things are"
    return f"{things} waiting for you."
