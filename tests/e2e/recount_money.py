"""Counts the cash book again from the open export alone: plain Python, nothing of the program."""

import csv
import datetime as dt
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

PER = {
    "cost_per_session_pence": "sessions_held",
    "cost_per_attendance_pence": "attendances",
    "cost_per_person_pence": "people",
}
YEAR = dt.timedelta(days=363)


def read(folder, name):
    with (Path(folder) / name).open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def half_up(value):
    return (value + Fraction(1, 2)).__floor__()


def figures(folder, first, last, counted, grant=None):
    """Return every figure of money of a period, by id; ``counted`` are those of attendance and referrals."""
    lines = [
        {**row, "day": dt.date.fromisoformat(row["date"]), "pence": int(row["amount_pence"])}
        for row in read(folder, "money.csv")
        if row["in_bin"] == "0"
    ]
    inside = [one for one in lines if first <= one["day"] <= last]
    receipts = total(inside, "receipt")
    running = -total([one for one in inside if one["is_asset"] == "0"], "payment")
    grants = {row["grant_ref"]: row for row in read(folder, "grants.csv") if row["in_bin"] == "0"}
    theirs = [one for one in lines if one["grant_ref"] in grants and one["day"] <= last]
    theirs = [one for one in theirs if grant in {None, one["grant_ref"]}]
    tied = [one for one in inside if one["referral_id"] or one["agreement_id"]]
    free = balance(folder, lines, last, "unrestricted")
    week = -total(
        [one for one in lines if last - YEAR <= one["day"] <= last and one["is_asset"] == "0"
         and one["fund_kind"] == "unrestricted"],
        "payment",
    )  # fmt: skip
    each = Fraction(running, counted["attendances"]) if counted["attendances"] else None
    unpaid = counted["unpaid_referred_attendances"]
    return {
        "receipts_pence": receipts,
        "payments_pence": -total(inside, "payment"),
        "opening_balance_pence": balance(folder, lines, last) - sum(one["pence"] for one in inside),
        "closing_balance_pence": balance(folder, lines, last),
        "running_cost_pence": running,
        **{
            name: Fraction(running) / counted[base] if counted[base] else None
            for name, base in PER.items()
        },
        "grant_awarded_pence": sum(
            int(row["awarded_pence"]) for ref, row in grants.items()
            if grant in {None, ref} and row["awarded_on"] and row["awarded_on"] <= last.isoformat()
        ),
        "grant_received_pence": total(theirs, "receipt"),
        "grant_spent_pence": -total(theirs, "payment"),
        "grant_left_pence": total(theirs, "receipt") + total(theirs, "payment"),
        "match_pence": sum(
            int(row["amount_pence"]) for row in read(folder, "match_funding.csv")
            if row["kind"] == "cash" and row["state"] == "confirmed"
            and first.isoformat() <= row["from_on"] <= last.isoformat()
            and row["grant_id"] in {g["grant_id"] for r, g in grants.items() if grant in {None, r}}
        ),
        "free_reserves_pence": free,
        "weeks_left": Fraction(free * 52, week) if week else None,
        "referral_income_pence": total(tied, "receipt"),
        "unpaid_referral_cost_pence": half_up(unpaid * each) if unpaid else 0,
    }  # fmt: skip


def total(lines, kind):
    return sum(one["pence"] for one in lines if one["kind"] == kind)


def balance(folder, lines, last, kind=None):
    """Return what all accounts hold at the end of a day, or what the funds of one kind hold."""
    held = sum(
        one["pence"] for one in lines if one["day"] <= last and kind in {None, one["fund_kind"]}
    )
    opened = {
        row["account_id"] for row in read(folder, "accounts.csv")
        if row["opened_on"] <= last.isoformat()
    }  # fmt: skip
    if kind is None:
        return held + sum(
            int(row["opening_balance_pence"]) for row in read(folder, "accounts.csv")
            if row["account_id"] in opened
        )  # fmt: skip
    kinds = {row["id"]: row["kind"] for row in read(folder, "fund.csv")}
    return held + sum(
        int(row["amount_pence"]) for row in read(folder, "account_opening.csv")
        if row["account_id"] in opened and kinds[row["fund_id"]] == kind
    )  # fmt: skip


def in_kind(folder, book, first, last):
    """Return gifts in kind, and volunteers' hours at the group's own rate of each day."""
    gifts = sum(
        int(row["value_pence"]) for row in read(folder, "gift_in_kind.csv")
        if not row["binned_at"] and first.isoformat() <= row["given_on"] <= last.isoformat()
    )  # fmt: skip
    rates = sorted(
        (row["from_on"], int(row["pence"])) for row in read(folder, "rate.csv")
        if row["kind"] == "volunteer_hour"
    )  # fmt: skip

    def worth(day):
        return max((one for one in rates if one[0] <= day.isoformat()), default=("", 0))[1]

    hours = defaultdict(Fraction)
    for session, _ in book.helped:
        hours[book.held[session]] += book.hours[session]
    for _, day, given in book.logged:
        hours[day] += given
    time = sum((h * worth(d) for d, h in hours.items() if first <= d <= last), Fraction(0))
    return half_up(gifts + time)


def grant_refs(folder):
    """Return the references of the grants with money."""
    return [row["grant_ref"] for row in read(folder, "grants.csv") if row["awarded_on"]]


def of_grant(found):
    """Return the figures of a grant alone."""
    return {name: value for name, value in found.items() if name.startswith(("grant_", "match_"))}
