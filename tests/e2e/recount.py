"""Counts the figures again from the open export alone: plain Python, nothing of the program.

Run by hand: python tests/e2e/recount.py EXPORT_FOLDER 2025-11-04 2026-11-03
"""

import csv
import datetime as dt
import json
import sys
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path

DAY = dt.timedelta(days=1)


def read(folder, name):
    with (Path(folder) / name).open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


class Book:
    """What the exported files say, with joined records made one and the bin left out."""

    def __init__(self, folder):
        merged, binned, self.people = {}, set(), {}
        for row in read(folder, "people.csv"):
            person = int(row["person_id"])
            self.people[person] = row
            if row["merged_into"]:
                merged[person] = int(row["merged_into"])
            if row["in_bin"] == "1":
                binned.add(person)
        self.counts_as = {}
        for person in self.people:
            keeper = person
            while keeper in merged:
                keeper = merged[keeper]
            self.counts_as[person] = None if keeper in binned else keeper
        self.activities = {int(r["activity_id"]): r for r in read(folder, "activities.csv")}
        self.sessions = {
            int(r["session_id"]): r for r in read(folder, "sessions.csv") if r["in_bin"] == "0"
        }
        self.held = {
            i: dt.date.fromisoformat(r["date"])
            for i, r in self.sessions.items()
            if r["state"] == "held"
        }
        self.hours = {i: _hours(self.sessions[i]) for i in self.held}
        self.came, self.helped = set(), set()
        for row in read(folder, "attendance.csv"):
            session, person = int(row["session_id"]), self.counts_as[int(row["person_id"])]
            if session not in self.held or person is None or row["mark"] not in {"present", "late"}:
                continue
            if row["role"] == "participant":
                self.came.add((session, person))
            elif row["role"] == "volunteer":
                self.helped.add((session, person))
        self.logged = [
            (
                self.counts_as[int(r["person_id"])],
                dt.date.fromisoformat(r["date"]),
                Fraction(r["minutes"]) / 60,
            )
            for r in read(folder, "volunteer_hours.csv")
            if self.counts_as[int(r["person_id"])] is not None
        ]
        self.waiting = [
            (self.counts_as[int(r["person_id"])], r["from_on"], r["to_on"])
            for r in read(folder, "waiting_place.csv")
            if self.counts_as[int(r["person_id"])] is not None
        ]
        self.dates = defaultdict(list)
        for session, person in self.came:
            self.dates[person].append(self.held[session])
        for days in self.dates.values():
            days.sort()


def _hours(session):
    if not session["starts_at"] or not session["ends_at"]:
        return Fraction(0)
    (a, b), (c, d) = (map(int, session[k].split(":")) for k in ("starts_at", "ends_at"))
    return Fraction((c - a) * 60 + d - b, 60)


def figures(book, first, last):
    """Return every Attendance and Volunteers figure of a period, by id."""
    inside = {s for s, day in book.held.items() if first <= day <= last}
    came = [(s, p) for s, p in book.came if s in inside]
    times = Counter(p for _, p in came)
    guests = {s: int(book.sessions[s]["guests"] or 0) for s in inside}
    new = {p for p in times if book.dates[p][0] >= first}
    attendances = len(came) + sum(guests.values())
    capacity = {
        s: book.activities[int(book.sessions[s]["activity_id"])]["capacity"] for s in inside
    }
    limited = {s: int(c) for s, c in capacity.items() if c}
    inside_limited = sum(1 for s, _ in came if s in limited) + sum(guests[s] for s in limited)
    started = [p for p, d in book.dates.items() if first - 84 * DAY <= d[0] <= last - 84 * DAY]
    stayed = [
        p
        for p in started
        if any(d >= book.dates[p][0] + 84 * DAY and d <= last for d in book.dates[p])
    ]
    helped = [(s, p) for s, p in book.helped if s in inside]
    logged = [(p, d, h) for p, d, h in book.logged if first <= d <= last]
    first_help = {}
    for person, day in [(p, book.held[s]) for s, p in book.helped] + [
        (p, d) for p, d, _ in book.logged
    ]:
        first_help[person] = min(day, first_help.get(person, day))
    became = [
        p for p, d in first_help.items()
        if first <= d <= last and p in book.dates and d > book.dates[p][0]
    ]  # fmt: skip
    return {
        "sessions_held": len(inside),
        "sessions_cancelled": sum(
            1 for r in book.sessions.values()
            if r["state"] == "cancelled" and first.isoformat() <= r["date"] <= last.isoformat()
        ),
        "session_hours": sum((book.hours[s] for s in inside), Fraction(0)),
        "attendances": attendances,
        "guests": sum(guests.values()),
        "people": len(times),
        "people_new": len(new),
        "people_returning": len(times) - len(new),
        "people_regular": sum(1 for n in times.values() if n >= 4),
        "average_attendance": Fraction(attendances, len(inside)) if inside else None,
        "contact_hours": sum((book.hours[s] for s, _ in came), Fraction(0))
        + sum((book.hours[s] * n for s, n in guests.items()), Fraction(0)),
        "capacity_used": Fraction(inside_limited, sum(limited.values())) if limited else None,
        "still_coming_12_weeks": Fraction(len(stayed), len(started)) if started else None,
        "waiting_list": len(
            {p for p, a, b in book.waiting if a <= last.isoformat() and (not b or b > last.isoformat())}
        ),
        "volunteers": len({p for _, p in helped} | {p for p, _, _ in logged}),
        "volunteer_hours": sum((book.hours[s] for s, _ in helped), Fraction(0))
        + sum((h for _, _, h in logged), Fraction(0)),
        "became_volunteers": len(became),
    }  # fmt: skip


def referral_figures(book, folder, first, last):
    """Return every figure of referrals of a period, by id; of each only what the files say."""
    steps = defaultdict(list)
    for row in read(folder, "referral_step.csv"):
        if row["step_on"] <= last.isoformat():
            steps[row["referral_id"]].append(
                (row["step_on"], int(row["id"]), row["step"], row["reason"])
            )
    ever = [
        _referral(row, book, steps[row["referral_id"]], last)
        for row in read(folder, "referrals.csv")
        if row["in_bin"] == "0" and book.counts_as[int(row["person_id"])] is not None
        and row["received_on"] <= last.isoformat()
    ]  # fmt: skip
    got = [one for one in ever if one["on"] >= first]
    of = Counter(one["state"] for one in got)
    old = [one for one in got if one["answer"] or (last - one["on"]).days >= 14]
    began = [one for one in got if one["came"]]
    settled = [one for one in began if (last - one["came"][0]).days >= 84]
    waits = sorted((one["came"][0] - one["on"]).days for one in began)
    middle = [waits[(len(waits) - 1) // 2], waits[len(waits) // 2]] if waits else []
    covered, paid = set(), set()
    by_person = defaultdict(list)
    for one in ever:
        if one["state"] in _TAKEN:
            by_person[one["person"]].append(one)
    for session, person in book.came:
        day = book.held[session]
        over = (
            [o for o in by_person.get(person, ()) if o["on"] <= day] if first <= day <= last else []
        )
        if over:
            covered.add((session, person))
        if any(one["paid"] for one in over):
            paid.add((session, person))
    return {
        "referrals_received": len(got),
        "referrals_answered_in_14_days": _share(
            old, lambda one: one["answer"] and (one["answer"] - one["on"]).days <= 14
        ),
        "referrals_accepted": sum(of[state] for state in _TAKEN),
        "referrals_full": sum(1 for one in got if one["state"] == "not_accepted" and one["why"] == "full"),
        "referrals_not_accepted": of["not_accepted"],
        "referrals_person_declined": of["person_declined"],
        "referrals_no_contact": of["no_contact"],
        "referrals_waiting": of["waiting"],
        "referrals_open": of["received"] + of["contacted"] + of["accepted"] + of["waiting"],
        "referrals_started": len(began),
        "take_up": _share(got, lambda one: one["came"]),
        "referrals_came_4_times": sum(1 for one in got if len(one["came"]) >= 4),
        "referrals_here_at_12_weeks": _share(
            settled, lambda one: (one["came"][-1] - one["came"][0]).days >= 84
        ),
        "days_to_first_attendance": Fraction(sum(middle), 2) if middle else None,
        "referred_attendances": len(covered),
        "unpaid_referred_attendances": len(covered - paid),
        **_journeys(book, folder, got, last),
    }  # fmt: skip


def stands(book, folder):
    """Return {referral id: (state, answered on)} as the steps and marks of the files say."""
    steps = defaultdict(list)
    for row in read(folder, "referral_step.csv"):
        step = (row["step_on"], int(row["id"]), row["step"], row["reason"])
        steps[row["referral_id"]].append(step)
    found = {}
    for row in read(folder, "referrals.csv"):
        one = _referral(row, book, steps[row["referral_id"]], dt.date.max)
        found[row["referral_id"]] = (one["state"], str(one["answer"] or ""))
    return found


_TAKEN = ("accepted", "started", "attending", "completed", "left_early", "moved_on")


def _share(some, test):
    return Fraction(sum(1 for one in some if test(one)), len(some)) if some else None


def _referral(row, book, steps, last):
    """Return a referral as it stood at the end of a day."""
    person, on = book.counts_as[int(row["person_id"])], dt.date.fromisoformat(row["received_on"])
    came = [day for day in book.dates.get(person, ()) if on <= day <= last]
    day, _, step, why = max(steps, default=("", 0, "", ""))
    closed = step in {"not_accepted", "person_declined", "no_contact"}
    done = step in {"completed", "left_early", "moved_on"}
    if done or (closed and not (came and came[-1].isoformat() > day)):
        state = step
    elif came:
        state = "started" if len(came) == 1 else "attending"
    else:
        state = {"": "received", "reopened": "received", "tried": "contacted"}.get(step, step)
    answers = [d for d, _, s, _ in steps if s in {"accepted", "waiting", "not_accepted"}]
    answer = dt.date.fromisoformat(min(answers)) if answers else came[0] if came else None
    return {"person": person, "on": on, "came": came, "state": state, "why": why,
            "answer": answer, "paid": row["paid"] == "1"}  # fmt: skip


def _journeys(book, folder, got, last):
    """Return how many of the people referred in a period got how far by its end."""
    start = {}
    for one in got:
        start[one["person"]] = min(one["on"], start.get(one["person"], one["on"]))
    came = {p: [d for d in book.dates.get(p, ()) if on <= d <= last] for p, on in start.items()}
    gave, led = defaultdict(list), defaultdict(list)
    for session, person in book.helped:
        gave[person].append(book.held[session])
    for person, day, _ in book.logged:
        gave[person].append(day)
    for row in read(folder, "attendance.csv"):
        session, person = int(row["session_id"]), book.counts_as[int(row["person_id"])]
        if row["role"] == "leader" and row["mark"] in {"present", "late"} and session in book.held:
            led[person].append(book.held[session])

    def after(days):
        return sum(1 for p in came if came[p] and any(came[p][0] < d <= last for d in days[p]))

    return {
        "journey_referred": len(start),
        "journey_came": sum(1 for days in came.values() if days),
        "journey_regular": sum(1 for days in came.values() if len(days) >= 4),
        "journey_volunteer": after(gave),
        "journey_leader": after(led),
    }


def people_by(book, column, first, last):
    """Return how many different people came in a period, by a column of people.csv."""
    inside = {s for s, day in book.held.items() if first <= day <= last}
    return Counter(book.people[p][column] for p in {p for s, p in book.came if s in inside})


if __name__ == "__main__":
    import recount_money

    exported, days = Book(sys.argv[1]), tuple(map(dt.date.fromisoformat, sys.argv[2:4]))
    found = figures(exported, *days) | referral_figures(exported, sys.argv[1], *days)
    found |= recount_money.figures(sys.argv[1], *days, found)
    found["in_kind_pence"] = recount_money.in_kind(sys.argv[1], exported, *days)
    sys.stdout.write(
        json.dumps({k: None if v is None else float(v) for k, v in found.items()}, indent=1)
    )
