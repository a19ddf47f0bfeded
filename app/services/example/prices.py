"""What things cost and are called in the pretend cash books: the file, and prices by year."""

import datetime as dt
import random
import tomllib
from functools import cache
from typing import Any

from app import resources
from app.services.example.programme import Plan
from app.services.example.world import World

HIRE, TUTORS, MATERIALS = "Hall hire", "Tutors and leaders", "Materials"
REFRESHMENTS, PRINTING, INSURANCE = "Refreshments", "Printing and post", "Insurance"
EQUIPMENT, EXPENSES, OTHER_OUT = "Equipment", "Volunteers' expenses", "Other money out"
GRANTS, SUBS, DONATIONS = "Grants", "Subs", "Donations"
FUNDRAISING, PLACES = "Fundraising", "Payments for places"
_CHILD = 16
_PAYS_SHARE = 0.45
SESSION_PENCE = 3_000
"""What a session costs, as a first guess."""


@cache
def book() -> dict[str, Any]:
    """Return the file of money."""
    return tomllib.loads(resources.path("example/money.toml").read_text("utf-8"))


def then(pence: int, day: int, world: World) -> int:
    """Return what something of today's price cost on a day, to ten pence."""
    years = (world.ending.toordinal() - day) / 365.25
    share = 1 - float(book()["dearer_each_year"]) * years
    return max(10, round(pence * share / 10) * 10)


def hours(plan: Plan) -> float:
    """Return how long a session of an activity lasts."""
    return _between(plan.draft.start_time or "10:00", plan.draft.end_time or "12:00")


@cache
def _between(first: str, last: str) -> float:
    start, end = (int(text[:2]) + int(text[3:]) / 60 for text in (first, last))
    return max(0.5, end - start)


def hire(plan: Plan) -> int:
    """Return what the room costs a session (pence); nothing out of doors."""
    if plan.outdoors:
        return 0
    each: list[int] = book()["hire_an_hour"]
    return round(each[plan.index * 5 % len(each)] * hours(plan))


def tutor(plan: Plan) -> int:
    """Return what somebody is paid to lead a session (pence); many lead for nothing."""
    return 0 if plan.index % 3 == 1 or plan.outdoors else round(1_800 * hours(plan)) + 300


def subs(plan: Plan) -> int:
    """Return what somebody is asked for at the door (pence); nothing out of doors."""
    if plan.outdoors:
        return 0
    if (plan.draft.age_to or 99) <= _CHILD:
        return int(book()["subs_children"])
    return int(book()["subs"][plan.index % len(book()["subs"])])


def takings(plan: Plan, came: int, chance: random.Random) -> tuple[int, int]:
    """Return the subs of a session and what was put into the tin besides (pence)."""
    paying = min(came, round(came * _PAYS_SHARE * chance.uniform(0.75, 1.25)))
    given = 50 * chance.randrange(2, 16) if subs(plan) == 0 or chance.random() < 0.3 else 0
    return paying * subs(plan), given


def some(chance: random.Random, low: int, high: int, step: int = 1) -> int:
    """Return an amount between two (pence)."""
    return low + step * chance.randrange(max(1, (high - low) // step + 1))


def year_ends(year_end: str, first: int, last: int) -> list[dt.date]:
    """Return the last days of the group's years in a stretch of days."""
    month, day = (int(part) for part in year_end.split("-"))
    years = range(dt.date.fromordinal(first).year, dt.date.fromordinal(last).year + 1)
    found = [dt.date(year, month, min(day, 28) if month == 2 else day) for year in years]
    return [one for one in found if first <= one.toordinal() <= last]
