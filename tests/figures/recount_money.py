"""Counts the cash book again, line by line, from what was written down."""

import datetime as dt
from collections import defaultdict
from fractions import Fraction

LINES = {
    "receipts_pence", "payments_pence", "running_cost_pence", "grant_received_pence",
    "grant_spent_pence", "grant_left_pence", "referral_income_pence",
}  # fmt: skip
BALANCES = {"opening_balance_pence", "closing_balance_pence", "free_reserves_pence"}
PER = {
    "cost_per_session_pence": "sessions_held", "cost_per_attendance_pence": "attendances",
    "cost_per_person_pence": "people",
}  # fmt: skip
NEEDS = {*PER, "weeks_left", "referral_income_pence", "unpaid_referral_cost_pence"}
FIGURES = {
    *LINES,
    *BALANCES,
    *PER,
    "grant_awarded_pence",
    "match_pence",
    "in_kind_pence",
    "weeks_left",
}
CUTS = {"fund", "heading", "grant", "account"}
SHARED_OUT = {"volunteer_value_pence", "in_kind_pence", "unpaid_referral_cost_pence"}
"""Parts are shared out so that the pence add up: each is within a penny of its own value."""


def day_of(text):
    return dt.date.fromisoformat(text)


def half_up(value):
    return (value + Fraction(1, 2)).__floor__()


class Money:
    """The cash book of one register, for the period, activity and grant of a recount."""

    def __init__(self, recount):
        self.recount, self.book = recount, recount.book
        self.fund = {row["id"]: row for row in self.book.funds}
        self.account = {row["id"]: row for row in self.book.accounts}
        self.heading = {row["id"]: row["name"] for row in self.book.headings}
        self.grants = {row["id"]: row for row in self.book.grants if not row.get("bin")}
        self.every = [
            {**line, "id": entry["id"] * 10 + place, "kind": entry["kind"], "day": day_of(entry["on"])}
            for entry in self.book.entries
            if not entry.get("bin")
            for place, line in enumerate(entry["lines"], start=1)
        ]  # fmt: skip
        wanted = recount.activity
        self.all = [one for one in self.every if wanted is None or one.get("activity") == wanted]

    def chosen(self, figure):
        """Return the lines a figure is made of, each with its sign."""
        upto = [one for one in self.all if one["day"] <= self.recount.last]
        inside = [one for one in upto if one["day"] >= self.recount.first]
        if figure.startswith("grant_"):
            wanted = self.recount.grant
            upto = [one for one in upto if one.get("grant") in self.grants]
            upto = [one for one in upto if wanted is None or one["grant"] == wanted]
        pick = {
            "receipts_pence": (inside, {"receipt"}, 1),
            "payments_pence": (inside, {"payment"}, -1),
            "running_cost_pence": (inside, {"payment"}, -1),
            "grant_received_pence": (upto, {"receipt"}, 1),
            "grant_spent_pence": (upto, {"payment"}, -1),
            "grant_left_pence": (upto, {"receipt", "payment"}, 1),
            "referral_income_pence": (inside, {"receipt"}, 1),
        }
        lines, kinds, sign = pick["running_cost_pence" if figure in PER else figure]
        for one in lines:
            if one["kind"] not in kinds:
                continue
            if figure in {*PER, "running_cost_pence"} and one.get("asset"):
                continue
            if figure == "referral_income_pence" and not (
                one.get("referral") or one.get("agreement")
            ):
                continue
            yield one, sign * one["pence"]

    def balances(self, figure):
        """Return {(account, fund): pence} at the start or the end."""
        found = defaultdict(int)
        for row in self.book.accounts:
            if day_of(row["on"]) <= self.recount.last and self.recount.activity is None:
                for fund, pence in row.get("opening", {}).items():
                    found[row["id"], int(fund)] += pence
        for one in self.all:
            if one["day"] <= self.recount.last:
                counts = figure != "opening_balance_pence" or one["day"] < self.recount.first
                found[one["account"], one["fund"]] += one["pence"] if counts else 0
        if figure == "free_reserves_pence":
            return {k: v for k, v in found.items() if self.kind(k[1]) == "unrestricted"}
        return found

    def kind(self, fund):
        return self.fund[fund].get("kind", "unrestricted")

    def for_activity(self, grant):
        named = grant.get("activities", ())
        return self.recount.activity is None or not named or self.recount.activity in named

    def looked_at(self):
        return [
            row
            for row in self.grants.values()
            if self.recount.grant in {None, row["id"]} and self.for_activity(row)
        ]

    def in_kind(self):
        """Yield (row id, person, day, activity, pence as a fraction) of what was given."""
        wanted = self.recount.grant
        for row in self.book.gifts:
            right = self.recount.activity in {None, row.get("activity")}
            right = right and wanted in {None, row.get("grant")} and not row.get("bin")
            if right and self.recount.inside(day_of(row["on"])):
                id_ = f"{row['id']}/-/-/-"
                yield id_, None, day_of(row["on"]), row.get("activity"), Fraction(row["pence"])
        named = next((g.get("activities") for g in self.book.grants if g["id"] == wanted), None)
        for person, day, minutes, activity, id_ in self.recount.given():
            if not named or activity in named:
                pence = Fraction(minutes, 60) * self.recount.rate_on(day)
                yield f"-/{id_}", person, day, activity, pence

    def free(self):
        """Yield (fund, pence held at the end, pence run on in the 364 days up to it)."""
        start = self.recount.last - dt.timedelta(days=363)
        held = self.balances("free_reserves_pence")
        for fund in self.fund:
            if self.kind(fund) == "unrestricted":
                spent = -sum(
                    one["pence"]
                    for one in self.all
                    if one["fund"] == fund and one["kind"] == "payment" and not one.get("asset")
                    and start <= one["day"] <= self.recount.last
                )  # fmt: skip
                yield fund, sum(v for (_, f), v in held.items() if f == fund), spent

    # --- as a recount asks -------------------------------------------------------------------

    def lines(self, figure):
        """Return (row id, person, day, activity, amount, words of its parts)."""
        if figure in LINES or figure in PER:
            return [
                (str(one["id"]), None, one["day"], one.get("activity"), pence, self.words(one))
                for one, pence in self.chosen(figure)
            ]
        if figure in BALANCES:
            return [
                (f"{a}/{f}", None, None, None, pence, self.words({"account": a, "fund": f}))
                for (a, f), pence in self.balances(figure).items()
            ]
        if figure == "grant_awarded_pence":
            return [
                (str(row["id"]), None, None, None, row["awarded"],
                 {"grant": row["ref"].lower(), "fund": self.fund[row["fund"]]["name"].lower()})
                for row in self.looked_at()
                if row.get("state", "awarded") in {"awarded", "closed"}
                and day_of(row["on"]) <= self.recount.last
            ]  # fmt: skip
        if figure == "match_pence":
            grants = {row["id"]: row["ref"].lower() for row in self.looked_at()}
            return [
                (str(row["id"]), None, day_of(row["on"]), None, row["pence"],
                 {"grant": grants[row["grant"]]})
                for row in self.book.matches
                if row["grant"] in grants and row.get("kind", "cash") == "cash"
                and row.get("state", "confirmed") == "confirmed"
                and self.recount.inside(day_of(row["on"]))
            ]  # fmt: skip
        if figure == "weeks_left":
            return [
                (str(fund), None, None, None, (held, spent),
                 {"fund": self.fund[fund]["name"].lower()})
                for fund, held, spent in self.free()
            ]  # fmt: skip
        return [(*line, {}) for line in self.in_kind()]

    def words(self, line):
        grant = self.grants.get(line.get("grant"))
        return {
            "account": self.account[line["account"]]["name"].lower(),
            "fund": self.fund[line["fund"]]["name"].lower(),
            "heading": self.heading.get(line.get("heading"), "").lower(),
            "grant": grant["ref"].lower() if grant else "no_grant",
        }

    def amount_of(self, figure, lines):
        """Return the value of some lines of a figure that divides nothing else."""
        if figure in NEEDS and not self.every:
            return None
        amounts = [line[4] for line in lines]
        if figure == "weeks_left":
            spent = sum(s for _, s in amounts)
            return Fraction(52 * sum(h for h, _ in amounts), spent) if spent else None
        if figure == "unpaid_referral_cost_pence":
            price = self.value("cost_per_attendance_pence")
            return half_up(len(amounts) * price) if amounts else 0
        return half_up(sum(amounts)) if figure == "in_kind_pence" else sum(amounts)

    def value(self, figure):
        if figure not in PER:
            return self.amount_of(figure, self.recount.lines(figure))
        base = self.recount.value(PER[figure])
        cost = sum(pence for _, pence in self.chosen("running_cost_pence"))
        return Fraction(cost) / base if base and self.every else None

    def parts(self, figure, cut, found):
        """Return the value of each part, of the lines that are in it."""
        if figure not in PER:
            return {part: self.amount_of(figure, some) for part, some in found.items()}
        bases = self.recount.parts(PER[figure], cut)
        return {
            part: Fraction(sum(line[4] for line in some)) / bases[part]
            if self.every and bases.get(part) else None
            for part, some in ({key: [] for key in bases} | dict(found)).items()
        }  # fmt: skip
