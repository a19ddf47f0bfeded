"""Slow looks at the whole book, in small parts, so that nothing ever waits for them.

Each is a generator: it yields how far it is (done, total) after every part, a few milliseconds of
reading, and returns what it found. Whoever runs it stops between parts whenever they like.
"""

import datetime as dt
from collections.abc import Generator
from typing import TypeVar

from app.domain.ids import PersonId
from app.domain.people import ConsentPurpose
from app.services.people.finding import Came, find_ids
from app.storage import activities, people, people_list
from app.storage.people_list import Wanted, Where
from app.storage.register import Register

NOT_SEEN_AFTER = 3
"""Sessions in a row after which somebody is said to have not been seen."""
_REACH = 12
"""How many sessions back it is looked."""
_PART = 60
"""People whose marks are read at once."""
_RECORDS = 1_000
"""Records whose consents are read at once."""

Found = TypeVar("Found")
Look = Generator[tuple[int, int], None, Found]


def everybody_came(register: Register, today: dt.date) -> Look[Came]:
    """Find out when everybody last came, and how often."""
    ids = find_ids(register, Wanted(today=today, where=Where.EVERYBODY))
    found: dict[int, tuple[dt.date, int]] = {}
    for start in range(0, len(ids), _PART):
        yield start, len(ids)
        found |= people.seen(register, ids[start : start + _PART])
    return found


def not_seen(register: Register, today: dt.date) -> Look[dict[PersonId, int]]:
    """Find who missed three held sessions in a row of an activity they are on, and how many.

    Apologies, cancelled sessions and sessions from before they were put on it are not held
    against anybody. Of several activities the longest time away is told.
    """
    found: dict[PersonId, int] = {}
    listed = activities.listed(register)
    for place, activity in enumerate(listed):
        yield place, len(listed)
        missed = people_list.missed_at(register, activity.id, today, reach=_REACH)
        for person, away in missed.items():
            if away >= NOT_SEEN_AFTER:
                who = PersonId(person)
                found[who] = max(found.get(who, 0), away)
    return found


def without_consent(register: Register, purpose: ConsentPurpose) -> Look[tuple[PersonId, ...]]:
    """Find whose record says no to a purpose, or nothing, or took it back."""
    yield 0, 1
    records = sorted(people.every_id(register))
    agreed: set[int] = set()
    for start in range(0, len(records), _RECORDS):
        yield start, len(records)
        part = records[start : start + _RECORDS]
        yes, _ = people_list.agreed_between(register, purpose.value, part[0], part[-1])
        agreed |= yes
    return tuple(record for record in records if record not in agreed)
