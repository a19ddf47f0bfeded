"""Agreements, funded places and what was said of single sessions: rows in, frozen records out."""

import datetime as dt
import json
from typing import Any

from app.domain.ids import ActivityId, AgreementId, PersonId, PlaceId, ReferralId, SessionId
from app.domain.places import (
    Agreement,
    AgreementDraft,
    AgreementKind,
    CountedBy,
    FundedPlace,
    PlaceDraft,
    PlaceSession,
    PricePer,
)
from app.storage.place_counts import holder, of_some, people_named
from app.storage.register import Register

_AGREEMENT = """
SELECT g.*,
    (SELECT json_group_array(activity_id) FROM agreement_activity x WHERE x.agreement_id = g.id)
        AS activities,
    (SELECT json_group_array(source_type) FROM agreement_source x WHERE x.agreement_id = g.id)
        AS source_types
FROM agreement g
"""


def agreements(register: Register) -> tuple[Agreement, ...]:
    """Return the agreements, the newest first, the bin left out."""
    rows = register.rows(
        f"{_AGREEMENT} WHERE g.binned_at IS NULL ORDER BY g.from_on DESC, g.funder, g.id"
    )
    return tuple(_agreement(row) for row in rows)


def get_agreement(register: Register, agreement_id: AgreementId) -> Agreement | None:
    """Return an agreement, in the bin too, or None."""
    row = register.row(f"{_AGREEMENT} WHERE g.id = :id", {"id": agreement_id})
    return _agreement(row) if row else None


def agreement_of_reference(register: Register, reference: str) -> Agreement | None:
    """Return the agreement of a reference, capitals aside, or None."""
    row = register.row(
        f"{_AGREEMENT} WHERE g.reference = :reference COLLATE NOCASE AND g.binned_at IS NULL"
        " ORDER BY g.from_on DESC, g.id DESC",
        {"reference": reference},
    )
    return _agreement(row) if row else None


def _agreement(row: Any) -> Agreement:
    return Agreement(
        id=AgreementId(row["id"]),
        kind=AgreementKind(row["kind"]),
        funder=row["funder"],
        reference=row["reference"],
        from_on=dt.date.fromisoformat(row["from_on"]),
        to_on=_day(row["to_on"]),
        price_pence=row["price_pence"],
        price_per=PricePer(row["price_per"]),
        places=row["places"],
        counted_by=CountedBy(row["counted_by"]),
        units_each=row["units_each"],
        age_from=row["age_from"],
        age_to=row["age_to"],
        parent_consent=bool(row["parent_consent"]),
        no_show_uses=bool(row["no_show_uses"]),
        quarterly_pence=row["quarterly_pence"],
        who_counts=row["who_counts"],
        notes=row["notes"],
        activities=tuple(ActivityId(one) for one in sorted(json.loads(row["activities"]))),
        source_types=tuple(sorted(json.loads(row["source_types"]))),
        binned=row["binned_at"] is not None,
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _text(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def add_agreement(register: Register, draft: AgreementDraft) -> AgreementId:
    """Add an agreement inside a transaction; return the new id."""
    agreement_id = AgreementId(register.new_id())
    register.insert("agreement", {"id": agreement_id, **_columns(draft)})
    _keep_lists(register, agreement_id, draft)
    return agreement_id


def change_agreement(register: Register, agreement_id: AgreementId, draft: AgreementDraft) -> None:
    """Change an agreement inside a transaction."""
    register.update("agreement", agreement_id, _columns(draft))
    for table in ("agreement_activity", "agreement_source"):
        register.execute(f"DELETE FROM {table} WHERE agreement_id = :id", {"id": agreement_id})
    _keep_lists(register, agreement_id, draft)


def _columns(draft: AgreementDraft) -> dict[str, Any]:
    return {
        "kind": draft.kind.value,
        "funder": draft.funder,
        "reference": draft.reference,
        "from_on": _text(draft.from_on),
        "to_on": _text(draft.to_on),
        "price_pence": draft.price_pence,
        "price_per": draft.price_per.value,
        "places": draft.places,
        "counted_by": draft.counted_by.value,
        "units_each": draft.units_each,
        "age_from": draft.age_from,
        "age_to": draft.age_to,
        "parent_consent": int(draft.parent_consent),
        "no_show_uses": int(draft.no_show_uses),
        "quarterly_pence": draft.quarterly_pence,
        "who_counts": draft.who_counts,
        "notes": draft.notes,
    }


def _keep_lists(register: Register, agreement_id: AgreementId, draft: AgreementDraft) -> None:
    for activity in dict.fromkeys(draft.activities):
        register.insert(
            "agreement_activity", {"agreement_id": agreement_id, "activity_id": activity}
        )
    for source_type in dict.fromkeys(draft.source_types):
        register.insert(
            "agreement_source", {"agreement_id": agreement_id, "source_type": source_type}
        )


def set_agreement_binned(register: Register, agreement_id: AgreementId, at: str | None) -> None:
    """Put an agreement in the bin, or take it out (None), inside a transaction."""
    register.update("agreement", agreement_id, {"binned_at": at})


_PLACE = """
SELECT f.*, COALESCE(o.merged_into, o.id) AS person, COALESCE(f.to_on, g.to_on) AS last_on
FROM funded_place f
JOIN agreement g ON g.id = f.agreement_id
JOIN person o ON o.id = f.person_id
"""


def places_under(register: Register, agreement_id: AgreementId) -> tuple[FundedPlace, ...]:
    """Return the places under an agreement, the oldest first, the bin left out.

    Those of people in the bin are in it: they come back with their people.
    """
    rows = register.rows(
        f"{_PLACE} WHERE f.agreement_id = :id AND f.binned_at IS NULL ORDER BY f.from_on, f.id",
        {"id": agreement_id},
    )
    return tuple(_place(row) for row in rows)


def get_place(register: Register, place_id: PlaceId) -> FundedPlace | None:
    """Return a place, in the bin too, or None."""
    row = register.row(f"{_PLACE} WHERE f.id = :id", {"id": place_id})
    return _place(row) if row else None


def _place(row: Any) -> FundedPlace:
    return FundedPlace(
        id=PlaceId(row["id"]),
        agreement_id=AgreementId(row["agreement_id"]),
        person_id=PersonId(row["person"]),
        referral_id=row["referral_id"],
        from_on=dt.date.fromisoformat(row["from_on"]),
        to_on=_day(row["to_on"]),
        units=row["units"],
        price_pence=row["price_pence"],
        notes=row["notes"],
        last_on=_day(row["last_on"]),
        binned=row["binned_at"] is not None,
    )


def add_place(register: Register, draft: PlaceDraft, units: int) -> PlaceId:
    """Add a place inside a transaction; return the new id."""
    place_id = PlaceId(register.new_id())
    values = {
        "id": place_id,
        "agreement_id": draft.agreement_id,
        "person_id": draft.person_id,
        **_place_columns(draft, units),
    }
    register.insert("funded_place", values)
    return place_id


def change_place(register: Register, place_id: PlaceId, draft: PlaceDraft, units: int) -> None:
    """Change a place inside a transaction: not whose it is, nor its agreement."""
    register.update("funded_place", place_id, _place_columns(draft, units))


def _place_columns(draft: PlaceDraft, units: int) -> dict[str, Any]:
    return {
        "referral_id": draft.referral_id,
        "from_on": _text(draft.from_on),
        "to_on": _text(draft.to_on),
        "units": units,
        "price_pence": draft.price_pence,
        "notes": draft.notes,
    }


def set_place_binned(register: Register, place_id: PlaceId, at: str | None) -> None:
    """Put a place in the bin, or take it out (None), inside a transaction."""
    register.update("funded_place", place_id, {"binned_at": at})


def correct(
    register: Register, place_id: PlaceId, session_id: SessionId, uses: bool | None, why: str
) -> None:
    """Say of one session whether it uses a place (None: let the marks say), in a transaction."""
    values = {"place_id": place_id, "session_id": session_id}
    register.execute(
        "DELETE FROM place_correction WHERE place_id = :place_id AND session_id = :session_id",
        values,
    )
    if uses is not None:
        register.insert("place_correction", {**values, "uses": int(uses), "why": why})


_SESSIONS = """
WITH walked AS (SELECT * FROM place_walk_counted WHERE place_id = :place)
SELECT s.session_id, s.activity_id, a.name AS activity_name, s.session_on, s.mark, s.said, s.how,
    s.how IS NOT NULL AS used, COALESCE(c.why, '') AS why
FROM walked s
JOIN activity_listed a ON a.activity_id = s.activity_id
LEFT JOIN place_correction c ON c.place_id = s.place_id AND c.session_id = s.session_id
ORDER BY s.session_on, s.session_id
"""


def sessions_of(register: Register, place_id: PlaceId) -> tuple[PlaceSession, ...]:
    """Return the sessions within a place's days at which its person was marked, by day."""
    values = {"place": place_id, "people": people_named((holder(register, place_id),))}
    return tuple(
        PlaceSession(
            place_id=place_id,
            session_id=SessionId(row["session_id"]),
            activity_id=ActivityId(row["activity_id"]),
            activity_name=row["activity_name"],
            session_on=dt.date.fromisoformat(row["session_on"]),
            mark=row["mark"],
            said=None if row["said"] is None else bool(row["said"]),
            used=bool(row["used"]),
            how=row["how"] or "",
            why=row["why"],
        )
        for row in register.rows(of_some(_SESSIONS), values)
    )


_USING = """
WITH used AS (SELECT place_id, session_id FROM place_use_counted)
SELECT place_id FROM used WHERE session_id = :session
"""


def place_using(register: Register, person_id: PersonId, session_id: SessionId) -> PlaceId | None:
    """Return the place of a person that a session uses, or None."""
    value = register.value(
        of_some(_USING), {"people": people_named((person_id,)), "session": session_id}
    )
    return PlaceId(value) if value else None


def referral_of(register: Register, referral_id: ReferralId) -> tuple[PersonId, str] | None:
    """Return whose referral it is, joined records as one, and its kind of referrer, or None."""
    row = register.row(
        "SELECT person_id, source_type FROM referral_counted WHERE referral_id = :id",
        {"id": referral_id},
    )
    return (PersonId(row[0]), row[1]) if row else None
