"""Counts referrals again, one after the other, from what was written down and who came."""

import datetime as dt
from fractions import Fraction
from statistics import median

CUTS = {"source_type", "source_organisation", "referral_reason", "need"}
DAY = dt.timedelta(days=1)
NO = {"not_accepted", "person_declined", "no_contact"}
DONE = {"completed", "left_early", "moved_on"}
ACCEPTED = {"accepted", "started", "attending"} | DONE
OPEN = {"received", "contacted", "accepted", "waiting"}
PAYING = {"agreement", "spot", "referrer", "other"}
FIGURES = {
    "referrals_received", "referrals_answered_in_14_days", "referrals_accepted", "referrals_full",
    "referrals_not_accepted", "referrals_person_declined", "referrals_no_contact",
    "referrals_waiting", "referrals_open", "referrals_started", "take_up", "referrals_came_4_times",
    "referrals_here_at_12_weeks", "days_to_first_attendance", "referred_attendances",
    "unpaid_referred_attendances", "unpaid_referral_cost_pence",
    "journey_referred", "journey_came", "journey_regular", "journey_volunteer", "journey_leader",
}  # fmt: skip
SHARES = {"referrals_answered_in_14_days", "take_up", "referrals_here_at_12_weeks"}


def day_of(text):
    return dt.date.fromisoformat(text)


class Referrals:
    """The referrals of one book, for the period and activity of a recount."""

    def __init__(self, recount):
        self.recount = recount
        self.all = [self.read(row) for row in recount.book.referrals if self.counts(row)]
        self.received = [one for one in self.all if recount.inside(one["day"])]

    def counts(self, row):
        wanted = self.recount.activity
        return (
            not row.get("bin")
            and self.recount.counted_as[row["person"]] is not None
            and (wanted is None or row.get("activity") == wanted)
        )

    def read(self, row):
        last = self.recount.last
        day, keeper = day_of(row["on"]), self.recount.counted_as[row["person"]]
        came = [one for one in self.recount.days_of(keeper) if day <= one <= last]
        taken = [(day_of(on), place, step, *why) for place, (step, on, *why) in
                 enumerate(row.get("steps", ())) if day_of(on) <= last]  # fmt: skip
        newest = max(taken, default=None)
        answers = [
            on for on, _, step, *_ in taken if step in {"accepted", "waiting", "not_accepted"}
        ]
        return {
            "id": row["id"], "keeper": keeper, "day": day, "came": came, "row": row,
            "activity": row.get("activity"),
            "state": self.state(newest, came),
            "full": bool(newest) and newest[3:] == ("full",),
            "answered": min(answers) if answers else min(came, default=None),
        }  # fmt: skip

    @staticmethod
    def state(newest, came):
        """Say how a referral stands: by its newest step, and by who came after it."""
        on, _, step, *_ = newest or (None, 0, None)
        if step in DONE or (step in NO and not [day for day in came if day > on]):
            return step
        if came:
            return "attending" if len(came) > 1 else "started"
        return {"tried": "contacted", "contacted": "contacted", "accepted": "accepted",
                "waiting": "waiting"}.get(step, "received")  # fmt: skip

    # --- what each figure counts -------------------------------------------------------------

    def chosen(self, figure):
        """Return (referral, amount) of a figure of referrals."""
        last = self.recount.last
        weeks = 84 * DAY
        if figure == "referrals_answered_in_14_days":
            return [
                (one, int(one["answered"] is not None and one["answered"] - one["day"] <= 14 * DAY))
                for one in self.received
                if one["answered"] or one["day"] + 14 * DAY <= last
            ]
        if figure == "referrals_here_at_12_weeks":
            return [
                (one, int(one["came"][-1] >= one["came"][0] + weeks))
                for one in self.received
                if one["came"] and one["came"][0] + weeks <= last
            ]
        if figure == "take_up":
            return [(one, int(bool(one["came"]))) for one in self.received]
        if figure == "days_to_first_attendance":
            return [
                (one, (one["came"][0] - one["day"]).days) for one in self.received if one["came"]
            ]
        test = {
            "referrals_received": lambda one: True,
            "referrals_accepted": lambda one: one["state"] in ACCEPTED,
            "referrals_full": lambda one: one["state"] == "not_accepted" and one["full"],
            "referrals_open": lambda one: one["state"] in OPEN,
            "referrals_started": lambda one: bool(one["came"]),
            "referrals_came_4_times": lambda one: len(one["came"]) >= 4,
        }.get(figure, lambda one: one["state"] == figure.removeprefix("referrals_"))
        return [(one, 1) for one in self.received if test(one)]

    def visits(self):
        """Yield (session, person, the referral it is listed under, whether anybody pays)."""
        for session, person in self.recount.came:
            day = self.recount.session[session]["day"]
            if not self.recount.inside(day):
                continue
            over = [
                one for one in self.all
                if one["keeper"] == person and one["day"] <= day and one["state"] in ACCEPTED
            ]  # fmt: skip
            if over:
                latest = max(over, key=lambda one: (one["day"], one["id"]))
                paid = any(one["row"].get("pays", "not_known") in PAYING for one in over)
                yield self.recount.session[session], person, latest, paid

    def journey(self, figure):
        """Return the people referred in the period who got as far."""
        return {keeper for keeper in {one["keeper"] for one in self.received}
                if self.got_to(figure, keeper)}  # fmt: skip

    def got_to(self, figure, keeper):
        start = self.first_day(keeper)
        last = self.recount.last
        came = [day for day in self.recount.days_of(keeper) if start <= day <= last]
        if figure == "journey_referred":
            return True
        if figure in {"journey_came", "journey_regular"}:
            return len(came) >= (4 if figure == "journey_regular" else 1)
        if not came:
            return False
        if figure == "journey_leader":
            days = [
                self.recount.session[s]["day"]
                for s, person, mark, role in self.recount.book.marks()
                if self.recount.counted_as[person] == keeper and role == "leader"
                and mark in {"present", "late"} and s in self.recount.session
                and self.recount.session[s]["true_state"] == "held"
            ]  # fmt: skip
        else:
            days = [self.recount.session[s]["day"] for s, p in self.recount.helped if p == keeper]
            days += [row["day"] for row in self.recount.logs if row["keeper"] == keeper]
        return any(came[0] < day <= last for day in days)

    def first_day(self, keeper):
        return min(one["day"] for one in self.received if one["keeper"] == keeper)

    # --- as a recount asks -------------------------------------------------------------------

    def lines(self, figure):
        """Return (row id, person, day, activity, amount, referral) of everything a figure counts."""
        if figure.startswith("journey_"):
            return [(str(p), p, None, None, 1, None) for p in self.journey(figure)]
        if figure in {"referred_attendances", "unpaid_referred_attendances",
                      "unpaid_referral_cost_pence"}:  # fmt: skip
            return [
                (f"{s['id']}/{person}", person, s["day"], s.get("activity", 1), 1, one)
                for s, person, one, paid in self.visits()
                if figure == "referred_attendances" or not paid
            ]
        return [
            (str(one["id"]), one["keeper"], one["day"], one["activity"], amount, one)
            for one, amount in self.chosen(figure)
        ]

    @staticmethod
    def amount_of(figure, lines):
        amounts = [line[4] for line in lines]
        if figure in SHARES:
            return Fraction(sum(amounts), len(amounts)) if amounts else None
        if figure == "days_to_first_attendance":
            return median(amounts) if amounts else None
        return sum(amounts)

    def events(self):
        """Return (person, day, activity) by which a journey is cut."""
        return [(one["keeper"], one["day"], one["activity"]) for one in self.received]

    def age_day(self, figure, person):
        if "attendances" in figure or figure.endswith("_pence"):
            return min(self.recount.people_here()[person])
        return self.first_day(person)

    def parts(self, figure, cut):
        """Return the value of each part by who sent them and why."""
        found = {}
        for line in self.lines(figure):
            rows = [line[5]] if line[5] else [o for o in self.received if o["keeper"] == line[1]]
            for part in {part for one in rows for part in self.parts_of(cut, one["row"])}:
                found.setdefault(part, []).append(line)
        amount_of = self.amount_of
        if figure == "unpaid_referral_cost_pence":
            amount_of = self.recount.money.amount_of
        return {part: amount_of(figure, some) for part, some in found.items()}

    @staticmethod
    def parts_of(cut, row):
        if cut == "source_type":
            return [row.get("source", "not_recorded")]
        if cut == "source_organisation":
            return [ascii_lower(row.get("organisation", ""))]
        return row.get("reasons" if cut == "referral_reason" else "needs") or [""]


def ascii_lower(text):
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)
