"""Finding people: the list with its filters, the search, one person."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.domain import names
from app.domain.ages import Band
from app.domain.consents import Consent
from app.domain.ids import PersonId
from app.domain.people import Person
from app.figures.bands import first_set
from app.storage import consents, people, people_list, settings
from app.storage.people import PersonRow
from app.storage.people_list import Order, Wanted, Where
from app.storage.register import Register

_LIST_LIMIT = 50_000

Came = Mapping[int, tuple[dt.date, int]]
"""The last day each person came and how often, of those who ever did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleList:
    """People for a list, and how many there are in all."""

    rows: tuple[PersonRow, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Besides:
    """What a list tells of some people besides their own line."""

    came: Came = field(repr=False)
    activities: Mapping[int, str] = field(default_factory=dict, repr=False)
    roles: Mapping[int, tuple[str, ...]] = field(default_factory=dict, repr=False)
    consents: Mapping[int, tuple[Consent, ...]] = field(default_factory=dict, repr=False)


def list_people(
    register: Register,
    typed: str = "",
    *,
    left_too: bool = False,
    limit: int = _LIST_LIMIT,
    offset: int = 0,
) -> PeopleList:
    """Return the people whose name, phone or postcode begins with what was typed, in order.

    A long list is read in parts: ``offset`` people are passed over and ``limit`` returned.
    """
    where = Where.EVERYBODY if left_too else Where.HERE
    wanted = Wanted(today=register.now().date(), where=where)
    return find_people(register, wanted, typed, limit=limit, offset=offset)


def find_people(
    register: Register,
    wanted: Wanted,
    typed: str = "",
    *,
    limit: int = _LIST_LIMIT,
    offset: int = 0,
) -> PeopleList:
    """Return one part of the people that filters and a search leave, and how many there are."""
    searched = searching(wanted, typed)
    if searched is None:
        return PeopleList(rows=(), total=0)
    rows = people_list.page(register, searched, limit=limit, offset=offset)
    if rows and len(rows) < limit:
        return PeopleList(rows=rows, total=offset + len(rows))
    return PeopleList(rows=rows, total=people_list.count(register, searched))


def searching(wanted: Wanted, typed: str) -> Wanted | None:
    """Return what is wanted with a search in it; None when what was typed can find nobody."""
    query = names.search_query(typed)
    if typed.strip() and not query:
        return None
    return replace(wanted, query=query)


def find_ids(
    register: Register, wanted: Wanted, typed: str = "", *, limit: int = -1, offset: int = 0
) -> tuple[PersonId, ...]:
    """Return the ids of a part of a list, or of all of it, in its order."""
    searched = searching(wanted, typed)
    if searched is None:
        return ()
    return people_list.ids(register, searched, limit=limit, offset=offset)


def count_people(register: Register, wanted: Wanted) -> int:
    """Return how many people there are."""
    return people_list.count(register, wanted)


def in_order_of_coming(
    register: Register, wanted: Wanted, typed: str, came: Came
) -> tuple[PersonId, ...]:
    """Return a list's ids by the last day people came, or by how often; never came is last."""
    by_name = replace(wanted, order=Order.NAME, down=False)
    ids = find_ids(register, by_name, typed)
    which = 0 if wanted.order is Order.LAST_CAME else 1
    those = [person for person in ids if person in came]
    those.sort(key=lambda person: came[person][which], reverse=wanted.down)
    return (*those, *(person for person in ids if person not in came))


def rows_of(register: Register, ids: tuple[PersonId, ...]) -> tuple[PersonRow, ...]:
    """Return the lines of some people, in the order asked for; who is gone is left out."""
    return people_list.by_ids(register, ids)


def besides(
    register: Register,
    ids: tuple[PersonId, ...],
    *,
    today: dt.date,
    columns: frozenset[str],
) -> Besides:
    """Return what the ``columns`` shown tell of some people besides their own lines."""
    return Besides(
        came=people.seen(register, ids) if columns & {"last_came", "times"} else {},
        activities=people_list.activities_of(register, ids, today)
        if "activities" in columns
        else {},
        roles=people_list.roles_of(register, ids, today) if "roles" in columns else {},
        consents=consents.of_people(register, ids) if "consent" in columns else {},
    )


def last_came(register: Register, ids: tuple[PersonId, ...]) -> dict[int, dt.date]:
    """Return the last day each of some people came; those who never did are not in it."""
    return {person: day for person, (day, _) in people.seen(register, ids).items()}


def seen(register: Register, person_id: PersonId) -> tuple[dt.date, int] | None:
    """Return the last day a person came and how often they ever did, or None."""
    return people.seen(register, (person_id,)).get(person_id)


def get_person(register: Register, person_id: PersonId) -> Person | None:
    """Return a person's details, or None."""
    return people.get(register, person_id)


def age_bands(register: Register) -> tuple[Band, ...]:
    """Return the age bands that the group has chosen to see first."""
    return first_set(settings.read(register)).bands


def areas_like(register: Register, typed: str) -> tuple[str, ...]:
    """Return the areas in use that begin like what was typed, the commonest first."""
    begun = names.clean(typed).casefold()
    return tuple(area for area in people.areas(register) if area.casefold().startswith(begun))[:8]
