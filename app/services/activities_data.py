"""The group's activities as Open Referral data: what directories for link workers list.

Source: HSDS with the UK profile 3.0 [S87]. What the book does not know is left out, and so is
everybody's name but the contact the group prints on its own cards.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from app.domain.activities import Activity, Repeat, pattern_words
from app.domain.capacity import Capacity
from app.domain.org_ids import charity_id, company_id, company_number
from app.domain.periods import long_date
from app.domain.settings import Settings
from app.services import capacity
from app.services.public_ids import PublicIds, public_ids
from app.storage import activities, settings
from app.storage.register import Register

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FEWEST_WAITING = 5
"""Fewer are not told in public: somebody might know who they are."""
_AMOUNT = re.compile(r"£(\d{1,4}(?:\.\d\d)?)(?!\d|[.,]\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivitiesData:
    """The services as they are written."""

    services: list[dict[str, Any]]

    @property
    def counts(self) -> dict[str, int]:
        """How many services are in it, and how many of them run."""
        running = sum(one["status"] == "active" for one in self.services)
        return {"services": len(self.services), "active": running}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """What all services of a group have in common."""

    register: Register
    ours: Settings
    ids: PublicIds
    today: dt.date


def activities_data(register: Register, *, today: dt.date) -> ActivitiesData:
    """Return every activity as a service of the group, as it stands today."""
    ours, ids = settings.read(register), public_ids(register)
    group = _Group(register=register, ours=ours, ids=ids, today=today)
    found = capacity.capacities(register, today=today)
    return ActivitiesData(services=[_service(one, group) for one in found])


def _service(one: Capacity, group: _Group) -> dict[str, Any]:
    activity, ids = one.activity, group.ids
    runs = activity.repeat is not Repeat.NONE or bool(
        activities.planned_after(group.register, activity.id, group.today - dt.timedelta(days=1))
    )
    description = _description(activity)
    alert = _alert(one) if runs else ""
    return {
        "id": ids.of("activity", activity.id),
        "name": activity.name,
        **({"description": description} if description else {}),
        "status": "active" if runs else "inactive",
        **({"minimum_age": activity.age_from} if activity.age_from is not None else {}),
        **({"maximum_age": activity.age_to} if activity.age_to is not None else {}),
        **({"alert": alert} if alert else {}),
        "organization": _organization(group),
        "schedules": _schedules(activity, group) if runs else [],
        "service_at_locations": _places(activity, ids),
        "cost_options": _costs(activity, ids),
        "contacts": _contacts(activity, group),
    }


def _description(activity: Activity) -> str:
    bring = f"What to bring: {activity.what_to_bring}" if activity.what_to_bring else ""
    # Without a place there is nowhere else to say it.
    access = f"Access: {activity.access}" if activity.access and not activity.place else ""
    return "\n".join(part for part in (activity.description, bring, access) if part)


def _alert(one: Capacity) -> str:
    """Say what room there is: as stated by hand, else by the register; "" where there is no limit."""
    free = one.can_take
    if free is None:
        return ""
    if one.activity.can_take is None:
        free -= one.waiting
    said = f" (said on {long_date(one.can_take_on)})" if one.can_take_on else ""
    if free > 0:
        return f"Room for {free:,} more{said}."
    if one.waiting >= _FEWEST_WAITING:
        return f"Full, {one.waiting:,} waiting{said}."
    return f"Full, with a waiting list{said}." if one.waiting else f"Full{said}."


def _organization(group: _Group) -> dict[str, Any]:
    ours, ids = group.ours, group.ids
    name = ours.group_name or "Our group"
    known = (
        ("Charity number", ours.charity_number, charity_id(ours.charity_number)),
        ("Company number", company_number(ours.company_number), company_id(ours.company_number)),
    )
    identifiers = [
        {
            "id": ids.of("identifier", kind),
            # What stands before the number: GB-CHC, or GB-SC and GB-NIC for charities elsewhere.
            "identifier_scheme": "-".join(whole.split("-")[:2]),
            "identifier_type": kind,
            "identifier": number,
        }
        for kind, number, whole in known
        if whole
    ]
    about = ours.tagline or name
    return {
        "id": ids.group(),
        "name": name,
        "description": f"Pretend group, made up: {about}" if ours.pretend else about,
        **({"organization_identifiers": identifiers} if identifiers else {}),
    }


def _schedules(activity: Activity, group: _Group) -> list[dict[str, Any]]:
    if activity.repeat is Repeat.NONE or activity.weekday not in range(7):
        return []
    monthly = activity.repeat is Repeat.MONTHLY
    day = _DAYS[activity.weekday or 0]
    schedule: dict[str, Any] = {
        "id": group.ids.of("schedule", activity.id),
        "freq": "MONTHLY" if monthly else "WEEKLY",
        "interval": 2 if activity.repeat is Repeat.FORTNIGHTLY else 1,
        "byday": f"{activity.nth or 1}{day}" if monthly else day,
        "description": _when(activity),
        "opens_at": activity.start_time,
        "closes_at": activity.end_time,
        "dtstart": _begins(activity, group),
    }
    return [{name: value for name, value in schedule.items() if value is not None}]


def _when(activity: Activity) -> str:
    closed = " Not on bank holidays." if activity.skip_bank_holidays else ""
    return f"{pattern_words(activity)}.{closed}"


def _begins(activity: Activity, group: _Group) -> str | None:
    """Return a day it met on, from which every other week is counted; None where it never met."""
    weekday = activity.weekday or 0
    day = activities.rhythm_day(group.register, activity.id, weekday, group.today)
    return day.isoformat() if day else None


def _places(activity: Activity, ids: PublicIds) -> list[dict[str, Any]]:
    if not activity.place:
        return []
    location: dict[str, Any] = {
        "id": ids.of("place", activity.place),
        "location_type": "physical",
        "name": activity.place,
    }
    if activity.access:
        said = {"id": ids.of("access", activity.id), "description": activity.access}
        location["accessibility"] = [said]
    return [{"id": ids.of("activity at place", activity.id), "location": location}]


def _costs(activity: Activity, ids: PublicIds) -> list[dict[str, Any]]:
    said = activity.cost_to_come
    if not said:
        return []
    amounts = _AMOUNT.findall(said)
    cost: dict[str, Any] = {"id": ids.of("cost", activity.id), "amount_description": said}
    # Of several sums none is the one.
    if len(amounts) == 1 and said.count("£") == 1:
        cost["amount"] = float(amounts[0])
    elif said.strip(" .!").casefold() == "free":
        cost["amount"] = 0
    return [cost]


def _contacts(activity: Activity, group: _Group) -> list[dict[str, Any]]:
    contact = group.ours.contact
    return [{"id": group.ids.of("contact", activity.id), "name": contact}] if contact else []
