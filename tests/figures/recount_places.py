"""Counts funded places again, session after session, each to the first place that has room for it."""

import datetime as dt

CUTS = {"agreement", "source_type"}
HERE = {"present", "late"}


def day_of(text):
    return dt.date.fromisoformat(text)


class Places:
    """The funded places of one book, for the period and activity of a recount."""

    def __init__(self, recount):
        self.recount, book = recount, recount.book
        self.agreements = {row["id"]: row for row in book.agreements if not row.get("bin")}
        self.sessions = {
            row["id"]: row
            for row in book.sessions
            if not row.get("bin") and row.get("state") != "cancelled"
        }
        self.marks = self.marked(book)
        self.places = sorted(
            (self.place(row) for row in book.places if self.counts(row)),
            key=lambda place: (place["start"], place["id"]),
        )
        self.uses = {place["id"]: [] for place in self.places}
        for keeper in {place["keeper"] for place in self.places}:
            self.use_up([place for place in self.places if place["keeper"] == keeper])

    def marked(self, book):
        """Return {(session, person): mark} as a participant; who was there under one name was there."""
        found = {}
        for session, person, mark, role in book.marks():
            keeper = self.recount.counted_as[person]
            if role == "participant" and keeper is not None and session in self.sessions:
                # Present under any record first; then the kept record's mark, then the oldest's.
                rank = (mark not in HERE, person != keeper, person)
                before = found.get((session, keeper))
                found[session, keeper] = min(before, (rank, mark)) if before else (rank, mark)
        return {key: mark for key, (_, mark) in found.items()}

    def counts(self, row):
        person = self.recount.counted_as[row["person"]]
        return not row.get("bin") and person is not None and row["agreement"] in self.agreements

    def place(self, row):
        agreement = self.agreements[row["agreement"]]
        end = row.get("to") or agreement.get("to")
        return {
            "id": row["id"],
            "keeper": self.recount.counted_as[row["person"]],
            "start": day_of(row["from"]),
            "end": day_of(end) if end else dt.date.max,
            "units": row["units"],
            "said": {int(session): uses for session, uses in row.get("said", {}).items()},
            "agreement": agreement,
            "called": agreement.get("reference") or agreement.get("funder", "Council"),
        }

    def within(self, place, session):
        activities = place["agreement"].get("activities")
        return place["start"] <= day_of(session["on"]) <= place["end"] and (
            not activities or session.get("activity", 1) in activities
        )

    def would_use(self, place, session):
        if not self.within(place, session):
            return False
        mark = self.marks.get((session["id"], place["keeper"]))
        said = place["said"].get(session["id"])
        if said is not None:
            return bool(said)
        return mark in HERE or (mark == "absent" and place["agreement"].get("no_show_uses", False))

    def use_up(self, places):
        for session in sorted(self.sessions.values(), key=lambda s: (s["on"], s["id"])):
            for place in places:
                if self.would_use(place, session) and self.take(place, session):
                    break

    def take(self, place, session):
        unit = self.unit(place, session)
        units = {one for _, one in self.uses[place["id"]]}
        if unit in units or len(units) < place["units"]:
            self.uses[place["id"]].append((session["id"], unit))
            return True
        return False

    @staticmethod
    def unit(place, session):
        if place["agreement"].get("by") == "weeks":
            return day_of(session["on"]).isocalendar()[:2]
        return session["id"]

    def used(self, place, before=None):
        """Return the units used by the end of the period, or on days before a day."""
        days = [(day_of(self.sessions[s]["on"]), unit) for s, unit in self.uses[place["id"]]]
        last = before - dt.timedelta(days=1) if before else self.recount.last
        return len({unit for day, unit in days if day <= last})

    def now(self):
        """Return the places the period counts."""
        found = []
        for place in self.places:
            agreement, activity = place["agreement"], self.recount.activity
            ends = agreement.get("to")
            over = ends is not None and day_of(ends) < self.recount.first
            begun = max(place["start"], day_of(agreement["from"])) <= self.recount.last
            elsewhere = activity is not None and activity not in (
                agreement.get("activities") or [activity]
            )
            if begun and not over and not elsewhere:
                found.append(place)
        return found

    def amount(self, figure, place):
        rest = place["units"] - self.used(place)
        over = place["end"] <= self.recount.last
        return {
            "places_granted": place["units"],
            "places_used": self.used(place),
            "places_left": 0 if over else rest,
            "places_expired": rest if over else 0,
        }[figure]

    def missed(self):
        """Yield (session, place) of what people missed within a place that had something left."""
        for (number, keeper), mark in self.marks.items():
            session = self.sessions[number]
            day, activity = day_of(session["on"]), self.recount.activity
            wrong = activity is not None and session.get("activity", 1) != activity
            if mark != "absent" or wrong or not self.recount.inside(day):
                continue
            own = [p for p in self.places if p["keeper"] == keeper and self.within(p, session)]
            using = [p for p in own if number in {s for s, _ in self.uses[p["id"]]}]
            open_then = [p for p in own if self.used(p, before=day) < p["units"]]
            for place in (using or open_then)[:1]:
                yield session, place

    def people(self):
        return {place["keeper"] for place in self.now()}

    def lines(self, figure):
        """Return (row id, person, day, activity, amount, base), as the recount does."""
        if figure == "places_people":
            return [(str(p), p, None, None, 1, 1) for p in self.people()]
        if figure == "places_no_shows":
            return [
                (f"{session['id']}/{place['keeper']}", place["keeper"], day_of(session["on"]),
                 session.get("activity", 1), 1, 1)
                for session, place in self.missed()
            ]  # fmt: skip
        return [
            (str(place["id"]), place["keeper"], None, None, self.amount(figure, place), 1)
            for place in self.now()
        ]

    def age_day(self, figure, person):
        if figure == "places_no_shows":
            return min(day_of(s["on"]) for s, place in self.missed() if place["keeper"] == person)
        return min(place["start"] for place in self.now() if place["keeper"] == person)

    def parts(self, figure, cut):
        """Return the value of each part by agreement or by who referred."""
        found = {}
        pairs = (
            [(place, 1) for _, place in self.missed()]
            if figure == "places_no_shows"
            else [
                (place, 1 if figure == "places_people" else self.amount(figure, place))
                for place in self.now()
            ]
        )
        seen = set()
        for place, amount in pairs:
            part = place["called"].lower() if cut == "agreement" else "not_recorded"
            if figure == "places_people" and (part, place["keeper"]) in seen:
                continue
            seen.add((part, place["keeper"]))
            found[part] = found.get(part, 0) + amount
        return found
