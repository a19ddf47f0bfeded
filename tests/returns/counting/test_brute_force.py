"""Random groups of people, all that a return may print of them: nothing small can be worked out.

The people are made up here and counted by plain Python; only what is hidden is the program's. The
reader of these tests knows which number is part of which, takes every printed number and every
percentage at its word, and tries all ways to fill in the rest.
"""

import math
from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.disclosure import Disclosure
from app.figures.breakdowns import breakdown
from app.figures.evaluate import BrokenDown, FigureValue, Part, Scope
from app.figures.outcomes import every_figure
from app.returns.counting.hiding import hide
from app.returns.counting.numbers import Numbers
from tests.domain.solver import MOST, Page
from tests.returns.making import YEAR
from tests.times import times

HIDING = [Disclosure.FUNDER, Disclosure.NHS, Disclosure.PUBLIC]
SCALE = "ons4_satisfied"
BANDS = tuple(key for key, _ in every_figure()[f"{SCALE}_band_before"].bands)


def value_of(name, value, n=None):
    figure = every_figure()[name]
    return FigureValue(
        id=name, version=figure.version, title=figure.title, definition=figure.definition,
        unit=figure.unit, value=value, n=value if n is None else n,
    )  # fmt: skip


def cut_of(name, by, parts, *, overlapping=False):
    """Return a figure in parts, given as (value, n) by key."""
    made = tuple(Part(key=key, label=key, value=value, n=n) for key, (value, n) in parts.items())
    total = sum(part.value or 0 for part in made)
    return BrokenDown(
        figure=every_figure()[name], breakdown=breakdown(by), parts=made, total=total, n=total,
        overlapping=overlapping,
    )  # fmt: skip


class Return:
    """What a return prints: figures, figures in parts; and the sums a reader knows."""

    def __init__(self):
        self.totals, self.parts, self.true, self.sums = {}, {}, {}, []

    def says(self, name, number, behind=None):
        self.totals[name] = value_of(name, number, behind)
        self.true[name,] = number

    def cuts(self, name, by, counts, *, overlapping=False):
        self.parts[name, by] = cut_of(
            name, by, {key: (number, number) for key, number in counts.items()},
            overlapping=overlapping,
        )  # fmt: skip
        self.true |= {(name, by, key): number for key, number in counts.items()}
        self.sums.append(((name,), [(name, by, key) for key in counts], overlapping))

    def shares(self, name, inside, base, by="", parts=()):
        """Print a percentage of a base, and of the bases of its parts."""
        self.totals[name] = value_of(name, inside / base if base else None, base)
        self.true |= {(f"{name} part",): inside, (f"{name} base",): base}
        if by:
            found = {key: (a / b if b else None, b) for key, (a, b) in parts.items()}
            self.parts[name, by] = cut_of(name, by, found)
            for word, place in (("part", 0), ("base", 1)):
                one = f"{name} {word}"
                self.true |= {(one, by, key): pair[place] for key, pair in parts.items()}
                self.sums.append(((one,), [(one, by, key) for key in parts], False))

    def part_of(self, whole, *pieces, all_of_it=False):
        """Say that pieces are parts of a whole, with or without others, wherever it is printed."""
        for key in [key for key in self.true if key[0] == whole]:
            tied = [(piece, *key[1:]) for piece in pieces if (piece, *key[1:]) in self.true]
            if not tied:
                continue
            rest = ("rest", pieces[0], *key[1:])
            self.true[rest] = self.true[key] - sum(self.true[one] for one in tied)
            assert self.true[rest] >= 0
            assert not (all_of_it and self.true[rest])
            self.sums.append((key, tied if all_of_it else [*tied, rest], False))

    def printed(self, mode):
        hiding = hide(self.totals, self.parts, tuple(self.parts), mode)
        return Numbers(
            scope=Scope(period=YEAR), mode=mode, totals=self.totals, parts=self.parts,
            hiding=hiding,
        )  # fmt: skip


class Reader:
    """What somebody knows who has the paper: the least and most of every number."""

    def __init__(self, told, mode):
        self.told, self.mode, self.hidden = told, mode, set()
        numbers = told.printed(mode)
        self.ranges = dict.fromkeys(told.true, (0, MOST))
        for name, value in told.totals.items():
            self.sees(name, (), numbers.total(name), value.n, numbers)
        for (name, by), cut in told.parts.items():
            for part in cut.parts:
                self.sees(name, (by, part.key), numbers.part(name, by, part), part.n, numbers)

    def sees(self, name, where, said, base, numbers):
        if (name, *where) in self.told.true:
            self.ranges[name, *where] = self.span(said)
            if said.hidden:
                self.hidden.add((name, *where))
            return
        key = (f"{name} base", *where)
        self.ranges[key] = self.base_span(numbers, name, base) if not where else (0, MOST)
        self.share(key, (f"{name} part", *where), said)

    def share(self, base, inside, said):
        """Take a percentage, or the bound in its place, at its word."""
        low, high = self.ranges[base]
        words = said.text.removesuffix("%")
        if said.number is not None or words.startswith(("at least", "at most")):
            per_cent = int(words.split()[-1])
            slack = 2.5 if self.mode is Disclosure.NHS else 0.5
            least, most = max(0, per_cent - slack) / 100, (per_cent + slack) / 100
            if said.number is None:
                least = 0 if "most" in words else per_cent / 100
                most = 1 if "least" in words else per_cent / 100
            self.ranges[inside] = (
                math.ceil(low * least - 1e-9),
                min(MOST, math.floor(high * most + 1e-9)),
            )

    def base_span(self, numbers, name, base):
        state = numbers.hiding.base(name)
        if hasattr(state, "text"):
            self.hidden.add((f"{name} base",))
            return (0, MOST)
        return self.rounded(base) if base >= 8 or not base else (1, 7)

    def span(self, said):
        limit = self.mode.hidden_up_to
        if said.hidden:
            return (1, limit) if said.text == self.mode.small else (0, MOST)
        return self.rounded(int(said.number))

    def rounded(self, number):
        if self.mode is Disclosure.NHS and number:
            printed = self.mode.rounded(int(number))
            return (max(self.mode.hidden_up_to + 1, printed - 2), printed + 2)
        return (int(number), int(number))


def check(told, mode):
    """Fail where a hidden number, or a small one that is printed nowhere, can only be one."""
    reader = Reader(told, mode)
    page = Page(reader.ranges, told.sums)
    assert page.tighten(dict(page.ranges)) is not None, f"the paper contradicts itself: {page}"
    for key, (low, high) in reader.ranges.items():
        number = told.true[key]
        assert low <= number <= high, f"{key} is {number}, and the paper says {low} to {high}"
        if key in reader.hidden or mode.hides(number):
            could_be = page.values_of(key)
            assert len(could_be) >= 2, f"{mode}: {key} can only be {could_be}: {reader.ranges}"


# --- groups -----------------------------------------------------------------------------------

DISTRICTS = ("LU6", "LU7", "MK17")
SEXES = ("female", "male", "not_asked")
PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(("LU7", "LU7", "LU7", *DISTRICTS)),
        st.sampled_from(("female", "female", *SEXES)),
        st.booleans(),
        st.sampled_from((1, 1, 2, 5)),
    ),
    max_size=26,
)


def counted(rows, keys, of):
    found = Counter(of(row) for row in rows)
    return {key: found[key] for key in keys}


@pytest.mark.parametrize("mode", HIDING)
@settings(max_examples=times(12), deadline=None)
@given(PEOPLE)
def test_people_by_district_and_sex_in_columns_that_share_their_totals(mode, people):
    told = Return()
    groups = {
        "people": people,
        "people_new": [one for one in people if one[2]],
        "people_returning": [one for one in people if not one[2]],
        "people_regular": [one for one in people if one[3] >= 4],
    }
    for name, rows in groups.items():
        told.says(name, len(rows))
        told.cuts(name, "postcode_district", counted(rows, DISTRICTS, lambda one: one[0]))
    told.cuts("people", "sex", counted(people, SEXES, lambda one: one[1]))
    told.part_of("people", "people_new", "people_returning", all_of_it=True)
    told.part_of("people", "people_regular")
    check(told, mode)


PAIRS = st.lists(
    st.tuples(
        st.sampled_from(BANDS), st.sampled_from(BANDS), st.sampled_from(["better", "same", "worse"])
    ),
    max_size=24,
)


@pytest.mark.parametrize("mode", HIDING)
@settings(max_examples=times(20), deadline=None)
@given(PAIRS)
@example([("low", "low", "better")] * 9 + [("medium", "low", "better")] * 9)
def test_bands_before_and_after_and_who_was_better(mode, pairs):
    told = Return()
    told.says(f"{SCALE}_pairs", len(pairs))
    kinds = {"improved": "better", "same": "same", "worse": "worse"}
    for kind, word in kinds.items():
        told.says(f"{SCALE}_{kind}", sum(one[2] == word for one in pairs), len(pairs))
    for when, place in (("before", 0), ("after", 1)):
        name = f"{SCALE}_band_{when}"
        told.says(name, len(pairs))
        told.cuts(name, "band", counted(pairs, BANDS, lambda one, at=place: one[at]))
        told.part_of(f"{SCALE}_pairs", name, all_of_it=True)
    told.part_of(f"{SCALE}_pairs", *(f"{SCALE}_{kind}" for kind in kinds), all_of_it=True)
    check(told, mode)


STATES = (
    "referrals_accepted", "referrals_not_accepted", "referrals_person_declined",
    "referrals_no_contact", "referrals_waiting", "received",
)  # fmt: skip
REFERRALS = st.lists(
    st.tuples(
        st.sampled_from(("referrals_accepted",) * 4 + STATES),
        st.sampled_from(("gp", "gp", "school")),
        st.sampled_from((0, 1, 2, 6)),
        st.booleans(),
    ),
    max_size=30,
)


@pytest.mark.parametrize("mode", HIDING)
@settings(max_examples=times(12), deadline=None)
@given(REFERRALS)
@example([("referrals_accepted", "gp", 6, True)] * 20 + [("referrals_no_contact", "gp", 0, True)])
@example([("referrals_accepted", "gp", 1, True)] * 20 + [("referrals_waiting", "gp", 0, True)] * 3)
def test_referrals_by_what_became_of_them_with_their_percentages(mode, referrals):
    told = Return()
    told.says("referrals_received", len(referrals))
    for state in STATES[:-1]:
        told.says(state, sum(one[0] == state for one in referrals))
    full = [one for one in referrals if one[0] == "referrals_not_accepted" and one[3]]
    told.says("referrals_full", len(full))
    started = [one for one in referrals if one[0] == "referrals_accepted" and one[2]]
    told.says("referrals_started", len(started))
    told.says("referrals_came_4_times", sum(one[2] >= 4 for one in started))
    senders = ("gp", "school")
    received, came = (counted(rows, senders, lambda one: one[1]) for rows in (referrals, started))
    told.cuts("referrals_received", "source_type", received)
    told.cuts("referrals_started", "source_type", came)
    told.shares(
        "take_up", len(started), len(referrals), "source_type",
        {one: (came[one], received[one]) for one in senders},
    )  # fmt: skip
    told.part_of("referrals_received", *STATES[:-1])
    told.part_of("referrals_received", "referrals_started")
    told.part_of("referrals_not_accepted", "referrals_full")
    told.part_of("referrals_started", "referrals_came_4_times")
    told.part_of("referrals_received", "take_up base", all_of_it=True)
    told.part_of("referrals_started", "take_up part", all_of_it=True)
    told.part_of("take_up base", "take_up part")
    check(told, mode)


@pytest.mark.parametrize("mode", HIDING)
@settings(max_examples=times(30), deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 9)), min_size=2, max_size=3))
def test_a_percentage_and_what_it_is_of_name_nobody(mode, parts):
    told = Return()
    pairs = {
        key: (inside, inside + rest) for key, (inside, rest) in zip(SEXES, parts, strict=False)
    }
    inside, base = (sum(pair[place] for pair in pairs.values()) for place in (0, 1))
    told.shares("still_coming_12_weeks", inside, base, "sex", pairs)
    told.part_of("still_coming_12_weeks base", "still_coming_12_weeks part")
    check(told, mode)


PLACES = st.lists(st.tuples(st.sampled_from(SEXES), st.integers(0, 12), st.booleans()), max_size=16)


@pytest.mark.parametrize("mode", HIDING)
@settings(max_examples=times(12), deadline=None)
@given(PLACES)
def test_weeks_of_funded_places_of_few_people_are_hidden_with_them(mode, places):
    told = Return()
    told.says("places_people", len(places))
    told.cuts("places_people", "sex", counted(places, SEXES, lambda one: one[0]))
    for name, weeks in {
        "places_granted": lambda one: 12,
        "places_used": lambda one: one[1],
        "places_left": lambda one: 0 if one[2] else 12 - one[1],
        "places_expired": lambda one: 12 - one[1] if one[2] else 0,
    }.items():
        told.totals[name] = value_of(name, sum(map(weeks, places)))
        by_sex = {sex: sum(weeks(one) for one in places if one[0] == sex) for sex in SEXES}
        told.parts[name, "sex"] = cut_of(name, "sex", {k: (v, v) for k, v in by_sex.items()})
    numbers = told.printed(mode)
    few = {part.key for part in told.parts["places_people", "sex"].parts if mode.hides(part.value)}
    for (name, by), cut in told.parts.items():
        for part in cut.parts:
            if part.key in few:
                # Twelve weeks each: what is granted says how many there are.
                assert numbers.part(name, by, part).hidden, (name, part)


COMINGS = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from((1, 1, 2, 7))), min_size=2, max_size=3
)
TOLD_BY = {
    "contact_hours": ("attendances", 2.0),
    "volunteer_value_pence": ("volunteer_hours", 1221),
    "unpaid_referral_cost_pence": ("unpaid_referred_attendances", 450),
}
WHO = {
    "attendances": "people",
    "volunteer_hours": "volunteers",
    "unpaid_referred_attendances": "referrals_started",
}


@pytest.mark.parametrize("mode", HIDING)
@settings(max_examples=times(15), deadline=None)
@given(COMINGS)
def test_hours_and_money_are_hidden_with_the_few_whose_they_are(mode, comings):
    told = Return()
    people = {sex: many for sex, (many, _) in zip(SEXES, comings, strict=False)}
    often = {sex: many * each for sex, (many, each) in zip(SEXES, comings, strict=False)}
    for does, who in WHO.items():
        told.says(who, sum(people.values()))
        told.cuts(who, "sex", people)
        told.says(does, sum(often.values()))
        told.cuts(does, "sex", often)
    for name, (_, each) in TOLD_BY.items():
        told.totals[name] = value_of(name, sum(often.values()) * each, sum(often.values()))
        parts = {sex: (many * each, many) for sex, many in often.items()}
        told.parts[name, "sex"] = cut_of(name, "sex", parts)
    numbers = told.printed(mode)
    for name, (does, _) in TOLD_BY.items():
        for part in told.parts[name, "sex"].parts:
            said = numbers.part(name, "sex", part)
            if mode.hides(people[part.key]) or mode.hides(often[part.key]):
                assert said.hidden, (name, part)
            if not said.hidden and mode is Disclosure.NHS and said.number:
                assert said.number % 5 == 0, "no finer than what it follows"
            assert said.hidden is numbers.part(does, "sex", _part(told, does, part.key)).hidden


def _part(told, name, key):
    return next(part for part in told.parts[name, "sex"].parts if part.key == key)
