"""Counts figures again from plain data, in plain Python, from the words of the definitions.

It shares nothing with the program's queries: no SQL, no views, no dates in text.
"""

import datetime as dt
import re
from collections import defaultdict
from fractions import Fraction
from functools import cached_property

from tests.figures import recount_money, recount_places, recount_referrals

DAY = dt.timedelta(days=1)
WEEKS_12 = 84 * DAY
HERE = {"present", "late"}
GUESTS = None


def day_of(text):
    return dt.date.fromisoformat(text)


def minutes_of(session):
    if not session.get("from") or not session.get("to"):
        return 0
    start, end = (dt.time.fromisoformat(session[name]) for name in ("from", "to"))
    return (end.hour - start.hour) * 60 + end.minute - start.minute


class Recount:
    """One book, one period, one activity or all."""

    def __init__(self, book, first, last, activity=None, default_rates=(), grant=None):
        self.book, self.first, self.last = book, first, last
        self.activity, self.grant = activity, grant
        self.default_rates = default_rates
        self.person = {row["id"]: row for row in book.people}
        self.counted_as = {}
        for number, row in self.person.items():
            keeper = row.get("merged_into") or number
            self.counted_as[number] = None if self.person[keeper].get("bin") else keeper
        marked = {session for session, *_ in book.marks()}
        self.session = {}
        for row in book.sessions:
            if row.get("bin") or (activity is not None and row.get("activity", 1) != activity):
                continue
            state = row.get("state", "planned")
            if state == "planned" and (row["id"] in marked or row.get("guests") is not None):
                state = "held"
            self.session[row["id"]] = {**row, "true_state": state, "day": day_of(row["on"])}
        self.came, self.helped = set(), set()
        for session, person, mark, role in book.marks():
            keeper = self.counted_as[person]
            if session in self.session and keeper is not None and mark in HERE:
                if self.session[session]["true_state"] != "held":
                    continue
                if role == "participant":
                    self.came.add((session, keeper))
                if role == "volunteer":
                    self.helped.add((session, keeper))
        self.logs = [
            {**row, "day": day_of(row["on"]), "keeper": self.counted_as[row["person"]]}
            for row in book.hours
            if self.counted_as[row["person"]] is not None
            and (activity is None or row.get("activity") == activity)
        ]

    # --- building blocks ---------------------------------------------------------------------

    def inside(self, day):
        return self.first <= day <= self.last

    def sessions(self, state):
        return [
            row
            for row in self.session.values()
            if row["true_state"] == state and self.inside(row["day"])
        ]

    def days_of(self, person):
        return sorted(self.session[s]["day"] for s, p in self.came if p == person)

    def people_here(self):
        days = defaultdict(list)
        for session, person in self.came:
            if self.inside(self.session[session]["day"]):
                days[person].append(self.session[session]["day"])
        return days

    def given(self):
        """Yield (person, day, minutes, activity, row id) of volunteering in the period."""
        for session, person in self.helped:
            row = self.session[session]
            if self.inside(row["day"]):
                id_ = f"{session}/-/{person}"
                yield person, row["day"], minutes_of(row), row.get("activity", 1), id_
        for row in self.logs:
            if self.inside(row["day"]):
                id_ = f"-/{row['id']}/{row['keeper']}"
                yield row["keeper"], row["day"], row["minutes"], row.get("activity"), id_

    def rate_on(self, day):
        for rates in (self.book.rates, self.default_rates):
            in_force = [row for row in rates if day_of(row["from"]) <= day]
            if in_force:
                return max(in_force, key=lambda row: row["from"])["pence"]
        return 0

    def first_gift(self, person):
        days = [self.session[s]["day"] for s, p in self.helped if p == person]
        days += [row["day"] for row in self.logs if row["keeper"] == person]
        return min(days)

    def attended(self):
        """Return what one session after another had: (person or guests, number, session)."""
        rows = [
            (person, 1, self.session[session])
            for session, person in self.came
            if self.inside(self.session[session]["day"])
        ]
        rows += [(GUESTS, r["guests"], r) for r in self.sessions("held") if r.get("guests")]
        return rows

    def size_of(self, session):
        return sum(1 for s, _ in self.came if s == session["id"]) + (session.get("guests") or 0)

    def starters(self):
        """Return {person: came again} of whom it can be said whether they stayed 12 weeks."""
        found = {}
        for person in {p for _, p in self.came}:
            days = self.days_of(person)
            if self.first - WEEKS_12 <= days[0] <= self.last - WEEKS_12:
                found[person] = any(days[0] + WEEKS_12 <= day <= self.last for day in days)
        return found

    def waiting(self):
        found = defaultdict(set)
        for row in self.book.waiting:
            keeper = self.counted_as[row["person"]]
            if keeper is None or (
                self.activity is not None and row.get("activity") != self.activity
            ):
                continue
            gone = row.get("to") is not None and day_of(row["to"]) <= self.last
            if day_of(row["from"]) <= self.last and not gone:
                found[keeper].add(row.get("activity"))
        return found

    @cached_property
    def places(self):
        return recount_places.Places(self)

    @cached_property
    def referrals(self):
        return recount_referrals.Referrals(self)

    @cached_property
    def money(self):
        return recount_money.Money(self)

    # --- people of each figure ---------------------------------------------------------------

    def people_of(self, figure):
        here = self.people_here()
        new = {p for p in here if self.inside(self.days_of(p)[0])}
        givers = {person for person, *_ in self.given()}
        return {
            "people": set(here),
            "people_new": new,
            "people_returning": set(here) - new,
            "people_regular": {p for p, days in here.items() if len(days) >= 4},
            "still_coming_12_weeks": set(self.starters()),
            "waiting_list": set(self.waiting()),
            "volunteers": givers,
            "became_volunteers": {p for p in givers if self.became_volunteer(p)},
        }[figure]

    def became_volunteer(self, person):
        first = self.first_gift(person)
        return self.inside(first) and any(day < first for day in self.days_of(person))

    # --- lines: what a figure is made of -----------------------------------------------------

    def lines(self, figure):
        """Return (row id, person, day, activity, amount, base) of everything a figure counts."""
        if some := self.of_its_own(figure):
            return some.lines(figure)
        held = self.sessions("held")
        if figure in {"sessions_held", "sessions_cancelled", "session_hours", "guests"}:
            rows = self.sessions("cancelled") if figure == "sessions_cancelled" else held
            amount = {
                "session_hours": lambda r: Fraction(minutes_of(r), 60),
                "guests": lambda r: r.get("guests") or 0,
            }.get(figure, lambda _: 1)
            return [
                (str(r["id"]), GUESTS, r["day"], r.get("activity", 1), amount(r), 1)
                for r in rows
                if figure != "guests" or r.get("guests")
            ]
        if figure in {"attendances", "contact_hours"}:
            hours = figure == "contact_hours"
            return [
                (f"{r['id']}/{'-' if p is GUESTS else p}", p, r["day"], r.get("activity", 1),
                 number * (Fraction(minutes_of(r), 60) if hours else 1), 1)
                for p, number, r in self.attended()
            ]  # fmt: skip
        if figure in {"average_attendance", "capacity_used"}:
            room = {row["id"]: row.get("capacity") for row in self.book.activities}
            base = (lambda _: 1) if figure == "average_attendance" else (
                lambda r: room[r.get("activity", 1)])  # fmt: skip
            return [
                (str(r["id"]), GUESTS, r["day"], r.get("activity", 1), self.size_of(r), base(r))
                for r in held
                if base(r)
            ]
        if figure in {"volunteer_hours", "volunteer_value_pence"}:
            money = figure == "volunteer_value_pence"
            return [
                (id_, person, day, activity,
                 Fraction(minutes, 60) * (self.rate_on(day) if money else 1), 1)
                for person, day, minutes, activity, id_ in self.given()
            ]  # fmt: skip
        came_again = self.starters() if figure == "still_coming_12_weeks" else {}
        return [
            (str(p), p, None, None, int(came_again.get(p, 1)), 1) for p in self.people_of(figure)
        ]

    def of_its_own(self, figure):
        """Return what counts referrals, places or money again, or None."""
        if figure in recount_money.FIGURES:
            return self.money
        if figure in recount_referrals.FIGURES:
            return self.referrals
        return self.places if figure.startswith("places_") else None

    @staticmethod
    def amount_of(figure, lines):
        """Return the value of some of a figure's lines."""
        if figure in recount_referrals.FIGURES:
            return recount_referrals.Referrals.amount_of(figure, lines)
        total = sum(amount for *_, amount, _ in lines)
        if figure in {"average_attendance", "capacity_used", "still_coming_12_weeks"}:
            base = sum(b for *_, b in lines)
            return Fraction(total) / base if base else None
        if figure == "volunteer_value_pence":
            return int(total + Fraction(1, 2))
        return total

    def value(self, figure):
        if figure in recount_money.FIGURES | recount_money.NEEDS:
            return self.money.value(figure)
        return self.amount_of(figure, self.lines(figure))

    def row_ids(self, figure):
        return sorted(line[0] for line in self.lines(figure))

    # --- parts -------------------------------------------------------------------------------

    def events_of(self, figure):
        """Return (person, day, activity) by which a figure of people is cut."""
        if figure in {"people_new", "became_volunteers"}:  # only where they began
            since = "people" if figure == "people_new" else "volunteers"
            events = self.events_of(since)
            return [
                (person, day, activity)
                for person, day, activity in events
                if day == min(d for p, d, _ in events if p == person)
            ]
        if figure == "volunteers":
            return [(person, day, activity) for person, day, _, activity, _ in self.given()]
        if figure == "waiting_list":
            return [(p, None, a) for p, places in self.waiting().items() for a in places]
        if figure.startswith("journey_"):
            return self.referrals.events()
        return [
            (p, self.session[s]["day"], self.session[s].get("activity", 1))
            for s, p in self.came
            if self.inside(self.session[s]["day"])
        ]

    def age_day(self, figure, person):
        if figure == "waiting_list":
            return self.last
        if figure.startswith("places_"):
            return self.places.age_day(figure, person)
        if figure in recount_referrals.FIGURES:
            return self.referrals.age_day(figure, person)
        if figure == "still_coming_12_weeks":
            return self.days_of(person)[0]
        if figure.startswith("volunteer") or figure == "became_volunteers":
            return min(day for p, day, *_ in self.given() if p == person)
        return min(self.people_here()[person])

    def part_of_event(self, cut, day, activity):
        if cut == "activity":
            return "no_activity" if activity is None else str(activity)
        if cut == "month":
            return f"{day.year}-{day.month:02}"
        if cut == "quarter":
            return f"{day.year}-Q{(day.month - 1) // 3 + 1}"
        return str(day.weekday())

    def part_of_person(self, figure, cut, person, bounds):
        if person is GUESTS:
            return "guests"
        row = self.person[person]
        if cut == "age":
            return age_part(row, self.age_day(figure, person), bounds)
        if cut == "ethnicity_group":
            code = row.get("ethnicity", "not_asked")
            return code if code in {"prefer_not", "not_asked"} else code.split("_")[0]
        if cut == "area":
            return row.get("area", "").strip().lower()
        if cut == "postcode_district":
            return district(row.get("postcode", "")).lower()
        return row.get(cut, "not_asked")

    def parts(self, figure, cut, bounds=()):
        """Return the value of each part that has anything in it."""
        if cut in recount_places.CUTS and figure.startswith("places_"):
            return self.places.parts(figure, cut)
        if cut in recount_referrals.CUTS:
            return self.referrals.parts(figure, cut)
        found = defaultdict(list)
        money = figure in recount_money.FIGURES | recount_money.NEEDS
        of_events = cut in {"activity", "month", "quarter", "weekday"}
        lines = self.lines(figure)
        people_only = all(day is None and a is None for _, _, day, a, _, _ in lines)
        for line in lines:
            _, person, day, activity, *_ = line
            if cut in recount_money.CUTS:
                found[line[5][cut]].append(line)
            elif not of_events:
                found[self.part_of_person(figure, cut, person, bounds)].append(line)
            elif people_only:
                events = {(d, a) for p, d, a in self.events_of(figure) if p == person}
                for part in {self.part_of_event(cut, *event) for event in events}:
                    found[part].append(line)
            else:
                found[self.part_of_event(cut, day, activity)].append(line)
        if money:
            return self.money.parts(figure, cut, found)
        return {part: self.amount_of(figure, some) for part, some in found.items()}


def district(postcode):
    """Return the first half of a postcode, blank for what does not look like one."""
    compact = re.sub(r" ", "", postcode.upper())
    if re.fullmatch(r".{2,4}[0-9][A-Z][A-Z]", compact):
        half = compact[:-3]
    else:
        half = postcode.upper().strip().partition(" ")[0] if " " in postcode.strip() else compact
    return half if re.fullmatch(r"[A-Z]{1,2}[0-9][0-9A-Z]?", half) else ""


def age_part(row, day, bounds):
    """Return the band of a person's age on a day, or why there is none."""
    if row.get("born_on"):
        low = high = whole_years(day_of(row["born_on"]), day)
    elif row.get("birth_year"):
        low = high = whole_years(dt.date(row["birth_year"], 7, 1), day)
    elif row.get("age_low") is None and row.get("age_high") is None:
        return "not_asked"
    elif not row.get("age_band_on"):
        return "not_known"
    else:
        moved = whole_years(day_of(row["age_band_on"]), day)
        low = max(0, (row.get("age_low") or 0) + moved)
        high = (130 if row.get("age_high") is None else row["age_high"]) + moved
    for low_bound, after in zip(bounds, (*bounds[1:], 999), strict=True):
        if low_bound <= low <= high < after:
            if after == 999:
                return f"{low_bound}+"
            return f"{low_bound}-{after - 1}" if after - low_bound > 1 else str(low_bound)
    return "not_known"


def whole_years(start, day):
    """Return full years between two days; of 29 February a year is full on 1 March."""
    years = day.year - start.year
    return years - 1 if (day.month, day.day) < (start.month, start.day) else years
