"""The cash book of a tiny register, put into a real one."""

from typing import Any

from app.storage.register import Register


def fill_money(register: Register, book: Any) -> None:
    """Put accounts, funds, grants, entries and what stands beside them into a register."""
    for row in book.funds:
        register.insert(
            "fund", {"id": row["id"], "name": row["name"], "kind": row.get("kind", "unrestricted")}
        )
    for row in book.accounts:
        values = {"id": row["id"], "name": row["name"], "kind": "bank", "opened_on": row["on"]}
        register.insert("account", values)
        for fund, pence in row.get("opening", {}).items():
            values = {"account_id": row["id"], "fund_id": int(fund), "amount_pence": pence}
            register.insert("account_opening", values)
    for row in book.headings:
        register.insert("heading", {name: row[name] for name in ("id", "name", "side")})
    for row in book.grants:
        register.insert("grant_award", grant_row(row))
        for activity in row.get("activities", ()):
            register.insert("grant_activity", {"grant_id": row["id"], "activity_id": activity})
    for row in book.entries:
        values = {"id": row["id"], "kind": row["kind"], "entry_on": row["on"]}
        register.insert("entry", values | {"binned_at": binned(row)})
        for place, line in enumerate(row["lines"], start=1):
            register.insert("entry_line", line_row(row["id"], place, line))
    for row in book.gifts:
        values = {
            "id": row["id"], "given_on": row["on"], "what": "Chairs", "value_pence": row["pence"],
            "activity_id": row.get("activity"), "grant_id": row.get("grant"),
            "binned_at": binned(row),
        }  # fmt: skip
        register.insert("gift_in_kind", values)
    for row in book.matches:
        values = {
            "id": row["id"], "grant_id": row["grant"], "source": "Rotary",
            "kind": row.get("kind", "cash"), "state": row.get("state", "confirmed"),
            "amount_pence": row["pence"], "from_on": row["on"],
        }  # fmt: skip
        register.insert("match_funding", values)


def grant_row(row: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of a grant."""
    return {
        "id": row["id"], "reference": row["ref"], "funder": row.get("funder", "The Trust"),
        "state": row.get("state", "awarded"), "fund_id": row["fund"], "decided_on": row["on"],
        "awarded_pence": row["awarded"], "binned_at": binned(row),
    }  # fmt: skip


def line_row(entry: int, place: int, line: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of a line."""
    names = ("heading", "activity", "grant", "agreement", "referral")
    return {
        "id": entry * 10 + place, "entry_id": entry, "position": place,
        "account_id": line["account"], "fund_id": line["fund"], "amount_pence": line["pence"],
        "is_asset": int(line.get("asset", False)), **{f"{n}_id": line.get(n) for n in names},
    }  # fmt: skip


def binned(row: dict[str, Any]) -> str | None:
    """Return when a row went in the bin, or None."""
    return "2026-01-01T00:00:00" if row.get("bin") else None
