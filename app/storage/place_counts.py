"""How funded places stand at the end of a day: read from the views, on a file or a snapshot."""

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from app.domain.ids import AgreementId, PersonId, PlaceId, ReferralId
from app.domain.places import CountedBy, PlaceCount, PricePer, count_place, worth_pence


class Source(Protocol):
    """Anything views can be read from: an open register, or a snapshot of one."""

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> list[Any]:
        """Return the rows of a query with named values."""
        ...


_VIEWS = Path(__file__).parent / "views" / "30_places.sql"


@cache
def of_some(statement: str) -> str:
    """Return a statement that works out the places of :people only, by the very same views.

    The views take one place after another and so have to work out everybody's before a row is
    chosen; the people are named where they begin, as a JSON list of ids.
    """
    views = dict(
        re.findall(r"CREATE VIEW (\w+) AS\n(.*?);\n", _VIEWS.read_text("utf-8"), re.DOTALL)
    )
    own = {
        name: re.sub(r"(FROM|JOIN) (place(?:_\w+)?)_counted\b", r"\1 \2_own", text)
        for name, text in (*views.items(), ("", statement))
    }
    return (
        "WITH place_own AS MATERIALIZED (SELECT * FROM place_counted"
        " WHERE person_id IN (SELECT value FROM json_each(:people))),"
        f" place_session_own AS MATERIALIZED ({own['place_session_counted']}),"
        f" place_walk_own AS MATERIALIZED ({own['place_walk_counted']}),"
        f" place_use_own AS ({own['place_use_counted']}),"
        f" {own[''].strip().removeprefix('WITH ')}"
    )


def people_named(people: Iterable[PersonId | None]) -> str:
    """Return people as a statement of `of_some` takes them."""
    return json.dumps([one for one in people if one is not None])


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceStanding:
    """One person's place: under what, from whom, and how much of it is used by a day."""

    place_id: PlaceId
    agreement_id: AgreementId
    agreement: str
    """The agreement's reference, or its funder where it has none."""
    reference: str
    person_id: PersonId
    given_name: str = field(repr=False)
    family_name: str = field(repr=False)
    known_as: str = field(repr=False)
    referral_id: ReferralId | None
    received_on: dt.date | None
    """The day the referral came that it was given from."""
    source_type: str
    source_organisation: str
    needs: tuple[str, ...]
    """What the referral said the need is, in the codes of the national list."""
    from_on: dt.date
    last_on: dt.date | None
    counted_by: CountedBy
    price_pence: int | None
    price_per: PricePer
    count: PlaceCount

    @property
    def worth_pence(self) -> int | None:
        """What the place is worth so far: its price, or that of each session that used it."""
        return worth_pence(self.price_pence, self.price_per, places=1, sessions=self.count.sessions)

    def ends_within(self, day: dt.date, days: int) -> bool:
        """Say whether it ends after a day and within so many days, with something left."""
        if self.last_on is None or not self.count.left:
            return False
        return day < self.last_on <= day + dt.timedelta(days=days)


_STANDINGS = """
WITH walked AS MATERIALIZED (
    SELECT place_id, sum(begins) AS units, count(how) AS sessions, sum(missed) AS missed
    FROM place_walk_counted
    WHERE session_on <= :day GROUP BY place_id
)
SELECT p.*, k.given_name, k.family_name, k.known_as,
    -- Not joined: each referral is found by its id, where a join would read them all.
    (SELECT f.received_on FROM referral_counted f
        WHERE f.referral_id = p.referral_id) AS received_on,
    COALESCE((SELECT f.source_organisation FROM referral_counted f
        WHERE f.referral_id = p.referral_id), '') AS source_organisation,
    (SELECT group_concat(n.need) FROM referral_need_counted n
        WHERE n.referral_id = p.referral_id) AS needs,
    COALESCE(w.units, 0) AS used, COALESCE(w.sessions, 0) AS sessions,
    COALESCE(w.missed, 0) AS no_shows
FROM place_counted p
CROSS JOIN person_counted k ON k.person_id = p.person_id
LEFT JOIN walked w ON w.place_id = p.place_id
WHERE (:agreement IS NULL OR p.agreement_id = :agreement)
    AND (:people IS NULL OR p.person_id IN (SELECT value FROM json_each(:people)))
    AND (:place IS NULL OR p.place_id = :place)
    AND (:begun = 0 OR p.from_on <= :day)
    AND (:reference IS NULL OR p.reference = :reference COLLATE NOCASE)
ORDER BY k.sort_key, p.person_id, p.from_on, p.place_id
"""


def standings(
    source: Source,
    day: dt.date,
    *,
    agreement_id: AgreementId | None = None,
    person_id: PersonId | None = None,
    place_id: PlaceId | None = None,
    reference: str | None = None,
    begun: bool = False,
    people: Iterable[PersonId] | None = None,
) -> tuple[PlaceStanding, ...]:
    """Return how places stand at the end of a day, by their people's names.

    All of them, or those under an agreement (by id or reference), of a person or some people, or
    one; with ``begun`` only those that had begun by the day.
    """
    values = {
        "day": day.isoformat(),
        "agreement": agreement_id,
        "place": place_id,
        "reference": reference,
        "begun": int(begun),
        "people": None,
    }
    if person_id is not None:
        people = (person_id,)
    elif place_id is not None:
        people = [one for one in (holder(source, place_id),) if one is not None]
    elif agreement_id is not None:
        people = holders(source, agreement_id)
    if people is None:
        return tuple(_standing(row, day) for row in source.rows(_STANDINGS, values))
    values["people"] = people_named(people)
    return tuple(_standing(row, day) for row in source.rows(of_some(_STANDINGS), values))


def holder(source: Source, place_id: PlaceId) -> PersonId | None:
    """Return whose place it is, None when it does not count."""
    sql = "SELECT person_id FROM place_counted WHERE place_id = :place"
    found = source.rows(sql, {"place": place_id})
    return PersonId(found[0][0]) if found else None


def holders(source: Source, agreement_id: AgreementId | None = None) -> tuple[PersonId, ...]:
    """Return everybody who has a place, under one agreement or any, each once."""
    sql = (
        "SELECT DISTINCT person_id FROM place_counted"
        " WHERE :agreement IS NULL OR agreement_id = :agreement ORDER BY person_id"
    )
    return tuple(PersonId(row[0]) for row in source.rows(sql, {"agreement": agreement_id}))


def _standing(row: Any, day: dt.date) -> PlaceStanding:
    last_on = dt.date.fromisoformat(row["to_on"]) if row["to_on"] else None
    received = row["received_on"]
    return PlaceStanding(
        place_id=PlaceId(row["place_id"]),
        agreement_id=AgreementId(row["agreement_id"]),
        agreement=row["agreement"],
        reference=row["reference"],
        person_id=PersonId(row["person_id"]),
        given_name=row["given_name"],
        family_name=row["family_name"],
        known_as=row["known_as"],
        referral_id=row["referral_id"],
        received_on=dt.date.fromisoformat(received) if received else None,
        source_type=row["source_type"],
        source_organisation=row["source_organisation"],
        needs=tuple(sorted(row["needs"].split(","))) if row["needs"] else (),
        from_on=dt.date.fromisoformat(row["from_on"]),
        last_on=last_on,
        counted_by=CountedBy(row["counted_by"]),
        price_pence=row["price_pence"],
        price_per=PricePer(row["price_per"]),
        count=count_place(
            row["units"], row["used"], last_on, day,
            sessions=row["sessions"], no_shows=row["no_shows"],
        ),
    )  # fmt: skip
