"""Referrals with their steps and letters: rows in, frozen records out."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from app.domain.ids import ActivityId, AgreementId, PersonId, ReferralId
from app.domain.referrals import (
    Letter,
    Referral,
    ReferralDraft,
    ReferralStep,
    Step,
    StepDraft,
)
from app.storage.register import Register

_COLUMNS = (
    "activity_id", "source_type", "referrer_id", "worker_id", "channel", "reference",
    "what_helps", "report_back", "who_pays", "agreement_id", "notes",
)  # fmt: skip
_RECORDS = "(SELECT id FROM person WHERE id = :person OR merged_into = :person)"


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def get(register: Register, referral_id: ReferralId) -> Referral | None:
    """Return a referral, also from the bin, or None."""
    key = {"id": referral_id}
    row = register.row("SELECT * FROM referral WHERE id = :id", key)
    if row is None:
        return None
    reasons = register.rows("SELECT reason FROM referral_reason WHERE referral_id = :id", key)
    needs = register.rows("SELECT need FROM referral_need WHERE referral_id = :id", key)
    return Referral(
        id=row["id"],
        person_id=row["person_id"],
        received_on=dt.date.fromisoformat(row["received_on"]),
        binned=row["binned_at"] is not None,
        reasons=frozenset(one[0] for one in reasons),
        needs=frozenset(one[0] for one in needs),
        **{name: row[name] for name in _COLUMNS},
    )


def ids_of_person(register: Register, person_id: PersonId) -> tuple[ReferralId, ...]:
    """Return a person's referrals, joined records' too, the newest first, the bin left out."""
    rows = register.rows(
        f"SELECT id FROM referral WHERE person_id IN {_RECORDS} AND binned_at IS NULL"
        " ORDER BY received_on DESC, id DESC",
        {"person": person_id},
    )
    return tuple(ReferralId(row[0]) for row in rows)


def _columns(draft: ReferralDraft) -> dict[str, Any]:
    values = {name: getattr(draft, name) for name in _COLUMNS}
    values["received_on"] = draft.received_on.isoformat() if draft.received_on else None
    if draft.who_pays != "agreement":
        values["agreement_id"] = None
    return values


def add(
    register: Register,
    person_id: PersonId,
    draft: ReferralDraft,
    *,
    referral_id: ReferralId | None = None,
    import_id: int | None = None,
) -> ReferralId:
    """Add a referral inside a transaction, under a fresh id that may be given; return the id."""
    referral_id = referral_id or ReferralId(register.new_id())
    values = {"id": referral_id, "person_id": person_id, **_columns(draft), "import_id": import_id}
    register.insert("referral", values)
    _add_several(register, referral_id, draft)
    return referral_id


def change(register: Register, referral_id: ReferralId, draft: ReferralDraft) -> None:
    """Change a referral inside a transaction."""
    register.update("referral", referral_id, _columns(draft))
    for table in ("referral_reason", "referral_need"):
        register.execute(f"DELETE FROM {table} WHERE referral_id = :id", {"id": referral_id})
    _add_several(register, referral_id, draft)


def _add_several(register: Register, referral_id: ReferralId, draft: ReferralDraft) -> None:
    for reason in sorted(draft.reasons):
        register.insert("referral_reason", {"referral_id": referral_id, "reason": reason})
    for need in sorted(draft.needs):
        register.insert("referral_need", {"referral_id": referral_id, "need": need})


def set_binned(register: Register, referral_id: ReferralId, at: str | None) -> None:
    """Put a referral in the bin, or (None) take it out, inside a transaction."""
    register.update("referral", referral_id, {"binned_at": at})


def set_activity(register: Register, referral_id: ReferralId, activity: ActivityId) -> None:
    """Say for which activity a referral is, inside a transaction."""
    register.update("referral", referral_id, {"activity_id": activity})


# --- steps ---------------------------------------------------------------------------------------


def steps(register: Register, referral_id: ReferralId) -> tuple[ReferralStep, ...]:
    """Return what was done about a referral, the oldest first."""
    rows = register.rows(
        "SELECT * FROM referral_step WHERE referral_id = :id ORDER BY step_on, id",
        {"id": referral_id},
    )
    return tuple(_step(row) for row in rows)


def step(register: Register, step_id: int) -> ReferralStep | None:
    """Return one step, or None."""
    row = register.row("SELECT * FROM referral_step WHERE id = :id", {"id": step_id})
    return _step(row) if row else None


def _step(row: Any) -> ReferralStep:
    return ReferralStep(
        id=row["id"],
        referral_id=row["referral_id"],
        step=Step(row["step"]),
        step_on=dt.date.fromisoformat(row["step_on"]),
        reason=row["reason"],
        note=row["note"],
    )


def _step_columns(draft: StepDraft) -> dict[str, Any]:
    return {
        "step": draft.step.value,
        "step_on": draft.step_on.isoformat() if draft.step_on else None,
        "reason": draft.reason,
        "note": draft.note,
    }


def add_step(register: Register, referral_id: ReferralId, draft: StepDraft) -> int:
    """Add a step inside a transaction; return its id."""
    step_id = register.new_id()
    values = {"id": step_id, "referral_id": referral_id, **_step_columns(draft)}
    register.insert("referral_step", values)
    return step_id


def change_step(register: Register, step_id: int, draft: StepDraft) -> None:
    """Correct a step inside a transaction."""
    register.update("referral_step", step_id, _step_columns(draft))


def remove_step(register: Register, step_id: int) -> None:
    """Take a step out inside a transaction."""
    register.execute("DELETE FROM referral_step WHERE id = :id", {"id": step_id})


def came(register: Register, referral_id: ReferralId) -> tuple[dt.date, ...]:
    """Return the days on which the person came since the referral did, as a participant."""
    rows = register.rows(
        "SELECT session_on FROM referral_came_counted WHERE referral_id = :id ORDER BY session_on",
        {"id": referral_id},
    )
    return tuple(dt.date.fromisoformat(row[0]) for row in rows)


# --- letters -------------------------------------------------------------------------------------


def letters(register: Register, referral_id: ReferralId) -> tuple[Letter, ...]:
    """Return the letters that were sent about a referral, the oldest first."""
    rows = register.rows(
        "SELECT * FROM referral_letter WHERE referral_id = :id ORDER BY sent_on, id",
        {"id": referral_id},
    )
    return tuple(_letter(row) for row in rows)


def letter(register: Register, letter_id: int) -> Letter | None:
    """Return one letter, or None."""
    row = register.row("SELECT * FROM referral_letter WHERE id = :id", {"id": letter_id})
    return _letter(row) if row else None


def _letter(row: Any) -> Letter:
    return Letter(
        id=row["id"],
        referral_id=row["referral_id"],
        kind=row["kind"],
        sent_on=dt.date.fromisoformat(row["sent_on"]),
        sent_to=row["sent_to"],
        channel=row["channel"],
        told=row["told"],
    )


def add_letter(
    register: Register,
    referral_id: ReferralId,
    *,
    kind: str,
    sent_on: dt.date,
    sent_to: str,
    channel: str,
    told: str,
) -> int:
    """Note a letter as sent, inside a transaction; return its id."""
    letter_id = register.new_id()
    register.insert(
        "referral_letter",
        {
            "id": letter_id,
            "referral_id": referral_id,
            "kind": kind,
            "sent_on": sent_on.isoformat(),
            "sent_to": sent_to,
            "channel": channel,
            "told": told,
        },
    )
    return letter_id


def remove_letter(register: Register, letter_id: int) -> None:
    """Take a letter out inside a transaction."""
    register.execute("DELETE FROM referral_letter WHERE id = :id", {"id": letter_id})


# --- the waiting list ----------------------------------------------------------------------------


def keep_waiting(
    register: Register,
    referral_id: ReferralId,
    person_id: PersonId,
    activity: ActivityId | None,
    day: dt.date,
) -> None:
    """Let a referral's person wait for a place from a day, inside a transaction.

    Who waits for it already keeps that place in the queue.
    """
    values: dict[str, Any] = {
        "referral": referral_id,
        "person": person_id,
        "activity": activity,
        "day": day.isoformat(),
    }
    changed = register.execute(
        "UPDATE waiting_place SET activity_id = :activity, from_on = :day, to_on = NULL,"
        " outcome = '' WHERE id = (SELECT MAX(id) FROM waiting_place WHERE referral_id = :referral)",
        values,
    )
    if changed or register.value(
        f"SELECT 1 FROM waiting_place WHERE person_id IN {_RECORDS} AND to_on IS NULL"
        " AND activity_id IS :activity",
        values,
    ):
        return
    register.insert(
        "waiting_place",
        {
            "id": register.new_id(),
            "person_id": person_id,
            "activity_id": activity,
            "from_on": day.isoformat(),
            "referral_id": referral_id,
        },
    )


def end_waiting(register: Register, referral_id: ReferralId, day: dt.date, outcome: str) -> None:
    """End what is open of a referral's waiting with what came of it, inside a transaction."""
    register.execute(
        "UPDATE waiting_place SET to_on = max(from_on, :day), outcome = :outcome"
        " WHERE referral_id = :referral AND to_on IS NULL",
        {"referral": referral_id, "day": day.isoformat(), "outcome": outcome},
    )


def waiting_for(
    register: Register, person_id: PersonId, activity: ActivityId
) -> tuple[ReferralId, ...]:
    """Return the referrals by which a person waits for a place on an activity."""
    rows = register.rows(
        f"SELECT w.referral_id FROM waiting_place w JOIN referral r ON r.id = w.referral_id"
        f" WHERE w.person_id IN {_RECORDS} AND w.activity_id = :activity AND w.to_on IS NULL"
        " AND r.binned_at IS NULL ORDER BY w.id",
        {"person": person_id, "activity": activity},
    )
    return tuple(ReferralId(row[0]) for row in rows)


def forget_waiting(register: Register, referral_id: ReferralId) -> None:
    """Take out the places in a queue that a referral made, inside a transaction."""
    register.execute(
        "DELETE FROM waiting_place WHERE referral_id = :referral", {"referral": referral_id}
    )


def off_register_again(
    register: Register,
    person_id: PersonId,
    activity: ActivityId,
    accepted_on: dt.date,
    day: dt.date,
) -> None:
    """Undo from a day on what an acceptance put on a register, inside a transaction.

    A time on the register that began before the acceptance is none of its doing.
    """
    values = {
        "person": person_id,
        "activity": activity,
        "since": accepted_on.isoformat(),
        "day": day.isoformat(),
        "last": (day - dt.timedelta(days=1)).isoformat(),
    }
    theirs = f"activity_id = :activity AND from_on >= :since AND person_id IN {_RECORDS}"
    register.execute(f"DELETE FROM enrolment WHERE {theirs} AND from_on >= :day", values)
    register.execute(
        f"UPDATE enrolment SET to_on = :last WHERE {theirs} AND (to_on IS NULL OR to_on > :last)",
        values,
    )


# --- what is asked before one is kept ------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementTerms:
    """What of an agreement decides whether a referral fits it."""

    from_on: dt.date
    to_on: dt.date | None
    age_from: int | None
    age_to: int | None
    parent_consent: bool


def agreement_terms(register: Register, agreement_id: AgreementId) -> AgreementTerms | None:
    """Return what an agreement asks of a referral, or None when there is no such agreement."""
    row = register.row(
        "SELECT from_on, to_on, age_from, age_to, parent_consent FROM agreement WHERE id = :id",
        {"id": agreement_id},
    )
    if row is None:
        return None
    return AgreementTerms(
        from_on=dt.date.fromisoformat(row["from_on"]),
        to_on=_day(row["to_on"]),
        age_from=row["age_from"],
        age_to=row["age_to"],
        parent_consent=bool(row["parent_consent"]),
    )


def with_reference(register: Register, reference: str) -> tuple[ReferralId, ...]:
    """Return the referrals with a reference, capitals aside, the bin left out."""
    rows = register.rows(
        "SELECT id FROM referral WHERE reference = :reference COLLATE NOCASE"
        " AND reference <> '' AND binned_at IS NULL ORDER BY id",
        {"reference": reference},
    )
    return tuple(ReferralId(row[0]) for row in rows)


def first_came(register: Register, person_id: PersonId) -> dt.date | None:
    """Return the first day on which a person ever came as a participant, or None."""
    return _day(
        register.value(
            "SELECT min(a.session_on) FROM person_counts_as c"
            " JOIN attendance_counted a ON a.record_id = c.record_id WHERE c.person_id = :person",
            {"person": person_id},
        )
    )


def set_who_pays(
    register: Register, referral_id: ReferralId, who_pays: str, agreement_id: AgreementId | None
) -> None:
    """Note who pays for a referral, and under which agreement, inside a transaction."""
    register.update("referral", referral_id, {"who_pays": who_pays, "agreement_id": agreement_id})


def agreement_name(register: Register, agreement_id: AgreementId) -> str:
    """Return an agreement's funder with its reference, or blank."""
    row = register.row(
        "SELECT funder, reference FROM agreement WHERE id = :id", {"id": agreement_id}
    )
    return " ".join(filter(None, (row["funder"], row["reference"]))) if row else ""
