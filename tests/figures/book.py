"""A tiny register as plain data, and the same put into a real one."""

from dataclasses import dataclass, field
from typing import Any

from app.storage.register import Register
from tests.figures.book_money import fill_money

TABLES = (
    "entry_line", "entry", "gift_in_kind", "match_funding", "grant_activity", "grant_award", "heading",
    "account_opening", "account", "fund",
    "referral", "referrer", "place_correction", "funded_place", "agreement_activity", "agreement",
    "attendance", "volunteer_log", "waiting_place", "rate", "session", "activity",
)  # fmt: skip


@dataclass
class Book:
    """Rows of plain values, as a worked example or a random register gives them.

    People, activities, sessions and logs are known by small numbers, which become their ids.
    """

    people: list[dict[str, Any]] = field(default_factory=list)
    activities: list[dict[str, Any]] = field(default_factory=list)
    sessions: list[dict[str, Any]] = field(default_factory=list)
    """Each with its marks: {person: "late volunteer"}; the role is participant where none is said."""
    hours: list[dict[str, Any]] = field(default_factory=list)
    waiting: list[dict[str, Any]] = field(default_factory=list)
    rates: list[dict[str, Any]] = field(default_factory=list)
    agreements: list[dict[str, Any]] = field(default_factory=list)
    """Each with the activities it pays for; none is all."""
    referrals: list[dict[str, Any]] = field(default_factory=list)
    """Each with its reasons and needs, and steps as (step, day, reason)."""
    places: list[dict[str, Any]] = field(default_factory=list)
    """Each with what was said of sessions: {session: whether it uses the place}."""

    accounts: list[dict[str, Any]] = field(default_factory=list)
    """Each with what it held at first: {fund: pence}."""
    funds: list[dict[str, Any]] = field(default_factory=list)
    headings: list[dict[str, Any]] = field(default_factory=list)
    grants: list[dict[str, Any]] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    """Each with its lines; the first line of entry 7 is 71."""
    gifts: list[dict[str, Any]] = field(default_factory=list)
    matches: list[dict[str, Any]] = field(default_factory=list)

    def marks(self):
        """Yield (session number, person number, mark, role)."""
        for session in self.sessions:
            for person, words in session.get("marks", {}).items():
                mark, _, role = words.partition(" ")
                yield session["id"], int(person), mark, role or "participant"


def fill(register: Register, book: Book) -> None:
    """Put a book into an empty register."""
    with register.transaction("test", bulk=True):
        for row in book.people:
            register.insert("person", person_row(row) | {"merged_into": None})
        for row in book.people:
            if row.get("merged_into"):
                register.update("person", row["id"], {"merged_into": row["merged_into"]})
        for row in book.activities:
            values = {"code": "X", "binned_at": _binned(row), "capacity": None, **row}
            values.pop("bin", None)
            register.insert("activity", values)
        for row in book.sessions:
            register.insert("session", session_row(row))
        for session, person, mark, role in book.marks():
            register.insert(
                "attendance",
                {"session_id": session, "person_id": person, "mark": mark, "role": role},
            )
        for row in book.hours:
            register.insert(
                "volunteer_log",
                {
                    "id": row["id"], "person_id": row["person"], "logged_on": row["on"],
                    "minutes": row["minutes"], "activity_id": row.get("activity"),
                },
            )  # fmt: skip
        for number, row in enumerate(book.waiting, start=1):
            register.insert(
                "waiting_place",
                {
                    "id": number, "person_id": row["person"], "activity_id": row.get("activity"),
                    "from_on": row["from"], "to_on": row.get("to"),
                },
            )  # fmt: skip
        for number, row in enumerate(book.rates, start=1):
            values = {"id": number, "kind": "volunteer_hour", "source": "The committee"}
            register.insert("rate", values | {"from_on": row["from"], "pence": row["pence"]})
        _fill_referrals(register, book)
        _fill_places(register, book)
        fill_money(register, book)


def _fill_referrals(register: Register, book: Book) -> None:
    names = sorted({row["organisation"] for row in book.referrals if row.get("organisation")})
    numbers = {name: number for number, name in enumerate(names, start=1)}
    for name, number in numbers.items():
        register.insert("referrer", {"id": number, "name": name})
    for row in book.referrals:
        values = {
            "id": row["id"], "person_id": row["person"], "activity_id": row.get("activity"),
            "received_on": row["on"], "source_type": row.get("source", "not_recorded"),
            "referrer_id": numbers.get(row.get("organisation", "")),
            "who_pays": row.get("pays", "not_known"), "binned_at": _binned(row),
        }  # fmt: skip
        register.insert("referral", values)
        for reason in row.get("reasons", ()):
            register.insert("referral_reason", {"referral_id": row["id"], "reason": reason})
        for need in row.get("needs", ()):
            register.insert("referral_need", {"referral_id": row["id"], "need": need})
        for number, (step, day, *reason) in enumerate(row.get("steps", ())):
            values = {"id": row["id"] * 100 + number, "referral_id": row["id"], "step": step}
            values |= {"step_on": day, "reason": reason[0] if reason else ""}
            register.insert("referral_step", values)


def _fill_places(register: Register, book: Book) -> None:
    for row in book.agreements:
        values = {
            "id": row["id"], "kind": "places", "funder": row.get("funder", "Council"),
            "reference": row.get("reference", ""), "from_on": row["from"], "to_on": row.get("to"),
            "counted_by": row.get("by", "sessions"),
            "no_show_uses": int(row.get("no_show_uses", False)), "binned_at": _binned(row),
        }  # fmt: skip
        register.insert("agreement", values)
        for activity in row.get("activities", ()):
            values = {"agreement_id": row["id"], "activity_id": activity}
            register.insert("agreement_activity", values)
    for row in book.places:
        values = {
            "id": row["id"], "agreement_id": row["agreement"], "person_id": row["person"],
            "from_on": row["from"], "to_on": row.get("to"), "units": row["units"],
            "referral_id": row.get("referral"), "binned_at": _binned(row),
        }  # fmt: skip
        register.insert("funded_place", values)
        for session, uses in row.get("said", {}).items():
            values = {"place_id": row["id"], "session_id": int(session), "uses": int(uses)}
            register.insert("place_correction", values)


def empty(register: Register) -> None:
    """Take everything out again."""
    with register.transaction("test", bulk=True):
        register.execute("UPDATE person SET merged_into = NULL")
        for table in (*TABLES, "person"):
            register.execute(f"DELETE FROM {table}")


def person_row(row: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of a person."""
    values = {
        "given_name": "" if row.get("anonymised") else f"Person {row['id']}",
        "sort_key": f"{row['id']:04}",
        "search_text": "",
        **row,
        "binned_at": _binned(row),
        "anonymised_at": "2026-01-01T00:00:00" if row.get("anonymised") else None,
    }
    for name in ("bin", "anonymised"):
        values.pop(name, None)
    return values


def session_row(row: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of a session."""
    return {
        "id": row["id"],
        "activity_id": row.get("activity", 1),
        "session_on": row["on"],
        "start_time": row.get("from"),
        "end_time": row.get("to"),
        "state": row.get("state", "planned"),
        "cancelled_reason": row.get("reason", "weather" if row.get("state") == "cancelled" else ""),
        "guests": row.get("guests"),
        "binned_at": _binned(row),
    }


def _binned(row: dict[str, Any]) -> str | None:
    return "2026-01-01T00:00:00" if row.get("bin") else None
