"""Outcome figures: pairs worked out by hand, the interval against print, and any book recounted."""

import datetime as dt
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.outcomes import PAIR_DAYS
from app.domain.periods import Period
from app.figures.bands import band_set
from app.figures.evaluate import Scope, break_down, count, evaluate, rows_behind
from app.figures.intervals import mean_interval, t_quantile, worked_out
from app.figures.measures import shipped
from app.figures.outcomes import every_figure, outcome_figures
from app.figures.queries import rows_query
from app.storage.snapshot import Snapshot
from tests.figures.book import Book

KINDS = (
    "pairs", "before", "after", "change", "change_low", "change_high", "improved", "same", "worse",
    "band_before", "band_after",
)  # fmt: skip
YEAR = Scope(period=Period(first=dt.date(2026, 1, 1), last=dt.date(2026, 12, 31)))
START = dt.date(2026, 1, 5)


@pytest.fixture
def answered(filled):
    """Return a function that puts people and their scores on scales into an empty register."""
    registers = []

    def fill(people, scores, *, sessions=()):
        book = Book(
            people=people, activities=[{"id": 1, "name": "Walk"}, {"id": 2, "name": "Tea"}],
            sessions=list(sessions),
        )  # fmt: skip
        register = filled(book)
        registers.append(register)
        measure_of = {s.id: m.id for m in shipped().values() for s in m.scales}
        with register.transaction("test", bulk=True):
            for number, (person, scale, day, score, *more) in enumerate(scores, start=1):
                values = {"id": number, "person_id": person, "measure": measure_of[scale]}
                state = {"answered_on": str(day), "binned_at": more[0] if more else None}
                register.insert("response", {**values, **state})
                register.insert(
                    "response_score", {"response_id": number, "scale": scale, "score": score}
                )
        return register

    yield fill
    for register in registers:
        with register.transaction("test", bulk=True):
            register.execute("DELETE FROM response")
            register.execute("DELETE FROM own_measure")


def person(number, **more):
    return {"id": number, **more}


def later(days):
    return START + dt.timedelta(days=days)


def value(register, name, scope=YEAR):
    return evaluate(register, [name], scope)[name].value


# --- what there is ------------------------------------------------------------------------------


def test_every_scale_has_every_figure_that_was_promised():
    for measure in shipped().values():
        for scale in measure.scales:
            found = [figure.id for figure in outcome_figures(measure, scale)]
            wanted = KINDS if scale.bands else KINDS[:-2]
            assert found == [f"{scale.id}_{kind}" for kind in wanted]


@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_is_defined_in_whole_sentences_without_causes(kind):
    for figure in every_figure().values():
        if figure.id.endswith(f"_{kind}") and figure.shared:
            assert figure.definition.endswith(".")
            assert "{" not in figure.definition + figure.title + figure.rows
            assert not re.search(r"because|thanks to|improve|impact of", figure.definition)


# --- pairs --------------------------------------------------------------------------------------


def test_a_pair_is_the_first_answer_ever_and_the_last_of_the_period(answered):
    scale = "ons4_satisfied"
    scores = [
        (1, scale, "2025-03-01", 2),
        (1, scale, "2026-02-01", 9),
        (1, scale, "2026-06-01", 5),
        (1, scale, "2027-01-01", 10),
    ]
    register = answered([person(1)], scores)
    rows = rows_behind(register, f"{scale}_change", YEAR).as_dicts()
    assert [(row["before_score"], row["after_score"], row["change"]) for row in rows] == [(2, 5, 3)]
    assert (rows[0]["before_on"], rows[0]["after_on"]) == ("2025-03-01", "2026-06-01")


@pytest.mark.parametrize(("days", "expected"), [(27, 0), (28, 1)])
def test_a_pair_is_28_days_apart(answered, days, expected):
    register = answered([person(1)], [(1, "pain", START, 5), (1, "pain", later(days), 4)])
    assert value(register, "pain_pairs") == expected
    assert PAIR_DAYS == 28


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2025-12-31", 0), ("2026-01-01", 1), ("2026-12-31", 1), ("2027-01-01", 0)],
)
def test_the_later_answer_lies_in_the_period_its_edges_included(answered, day, expected):
    register = answered([person(1)], [(1, "pain", "2025-01-01", 5), (1, "pain", day, 4)])
    assert value(register, "pain_pairs") == expected


def test_the_bin_does_not_count_and_joined_records_are_one_person(answered):
    scale = "ons4_happy"
    people = [person(1), person(2, merged_into=1), person(3, bin=True), person(4)]
    scores = [
        (2, scale, START, 3), (1, scale, later(60), 8),
        (3, scale, START, 3), (3, scale, later(60), 8),
        (4, scale, START, 3), (4, scale, later(60), 8, "2026-05-01"),
    ]  # fmt: skip
    register = answered(people, scores)
    assert value(register, f"{scale}_pairs") == 1
    assert value(register, f"{scale}_change") == 5


def test_of_two_answers_of_joined_records_on_a_day_the_first_entered_stands(answered):
    people = [person(1), person(2, merged_into=1)]
    scores = [(1, "pain", START, 9), (2, "pain", START, 1), (1, "pain", later(40), 5)]
    register = answered(people, scores)
    assert value(register, "pain_before") == 9


def test_with_an_activity_chosen_only_those_who_came_to_it_count(answered):
    scores = [(who, "pain", day, 5) for who in (1, 2) for day in (START, later(90))]
    sessions = [
        {"id": 1, "on": "2026-02-03", "activity": 1, "marks": {1: "present"}},
        {"id": 2, "on": "2026-02-03", "activity": 2, "marks": {1: "absent", 2: "present"}},
    ]
    register = answered([person(1), person(2)], scores, sessions=sessions)
    walk = Scope(period=YEAR.period, activity_id=1)
    assert rows_behind(register, "pain_pairs", walk).row_ids == ("1",)
    assert value(register, "pain_pairs") == 2


def test_nothing_is_none_for_means_and_nought_for_counts(answered):
    register = answered([], [])
    found = evaluate(register, [f"pain_{kind}" for kind in KINDS], YEAR)
    none = {"before", "after", "change", "change_low", "change_high"}
    assert {name.removeprefix("pain_") for name, one in found.items() if one.value is None} == none


def test_one_pair_has_a_change_and_no_interval(answered):
    register = answered([person(1)], [(1, "pain", START, 5), (1, "pain", later(30), 3)])
    assert value(register, "pain_change") == -2
    assert value(register, "pain_change_low") is None


# --- better, same, worse; bands -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("scale", "before", "after", "kind"),
    [
        ("ons4_satisfied", 5, 6, "improved"),
        ("ons4_satisfied", 5, 5, "same"),
        ("ons4_satisfied", 5, 4, "worse"),
        ("ons4_anxious", 5, 4, "improved"),
        ("ucla3", 5, 6, "worse"),
        ("lonely", 2, 3, "improved"),
        ("swemwbs", 21.54, 22.35, "same"),
        ("swemwbs", 19.25, 20.73, "improved"),
        ("swemwbs", 20.0, 21.0, "improved"),
        ("swemwbs", 20.73, 19.25, "worse"),
        ("gp_visits", 4, 1, "improved"),
    ],
)
def test_better_is_by_the_scales_direction_and_meaningful_change(
    answered, scale, before, after, kind
):
    register = answered([person(1)], [(1, scale, START, before), (1, scale, later(84), after)])
    ids = [f"{scale}_{one}" for one in ("improved", "same", "worse")]
    found = evaluate(register, ids, YEAR)
    assert [name for name, one in found.items() if one.value] == [f"{scale}_{kind}"]


def test_bands_are_all_printed_and_add_up(answered):
    before, after = (0, 4, 5, 6, 7, 8, 9, 10), (10,) * 8
    scores = [
        (who, "ons4_satisfied", day, score)
        for who, pair in enumerate(zip(before, after, strict=True), start=1)
        for day, score in zip((START, later(84)), pair, strict=True)
    ]
    register = answered([person(n) for n in range(1, 9)], scores)
    cut = break_down(register, "ons4_satisfied_band_before", "band", YEAR)
    assert [(part.key, part.value) for part in cut.parts] == [
        ("low", 2), ("medium", 2), ("high", 2), ("very_high", 2),
    ]  # fmt: skip
    late = break_down(register, "ons4_satisfied_band_after", "band", YEAR)
    assert [part.value for part in late.parts] == [0, 0, 0, 8]
    assert (cut.total, cut.overlapping) == (8, False)


def test_parts_by_sex_have_intervals_of_their_own(answered):
    people = [person(n, sex="female" if n % 2 else "male") for n in range(1, 9)]
    scores = [(n, "pain", d, s) for n in range(1, 9) for d, s in ((START, 5), (later(50), n))]
    register = answered(people, scores)
    cut = break_down(register, "pain_change_low", "sex", YEAR)
    by_hand = mean_interval([n - 5 for n in range(1, 9) if n % 2])
    assert cut.parts[0].value == pytest.approx(by_hand[0])
    assert [part.value is None for part in cut.parts] == [False, False, True, True]


# --- Student's t --------------------------------------------------------------------------------

# Source: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, upper critical values of
# Student's t, column 0.975.
PRINTED = {
    1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262,
    10: 2.228, 14: 2.145, 19: 2.093, 24: 2.064, 29: 2.045, 30: 2.042, 40: 2.021, 60: 2.000,
    100: 1.984,
}  # fmt: skip


@pytest.mark.parametrize(("freedom", "printed"), list(PRINTED.items()))
def test_t_is_as_printed(freedom, printed):
    assert round(t_quantile(freedom), 3) == printed


@pytest.mark.parametrize("freedom", [1, 2, 17, 137, 399, 400, 401])
def test_t_that_is_kept_is_what_would_be_worked_out(freedom):
    assert t_quantile(freedom) == worked_out(freedom)


def test_t_falls_with_every_degree_of_freedom():
    every = [t_quantile(freedom) for freedom in range(1, 402)]
    assert every == sorted(set(every), reverse=True)


def test_t_of_very_many_is_the_normal_distributions():
    assert t_quantile(100_000) == pytest.approx(1.95997, abs=1e-4)


def test_the_interval_is_that_of_a_published_worked_example():
    # Source: "Student" (W. S. Gosset), The probable error of a mean, Biometrika 6 (1908), the
    # hours of sleep gained by ten patients under two drugs: the classic paired example. R's help
    # page of the data set `sleep` gives the mean difference 1.58 and its interval 0.70 to 2.46.
    first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    low, high = mean_interval([b - a for a, b in zip(first, second, strict=True)])
    assert (low + high) / 2 == pytest.approx(1.58)
    assert low == pytest.approx(0.7001142, abs=1e-7)
    assert high == pytest.approx(2.4598858, abs=1e-7)


def test_values_that_are_alike_have_an_interval_of_no_width():
    assert mean_interval([0.1] * 9) == (pytest.approx(0.1), pytest.approx(0.1))
    assert mean_interval([0.1]) is mean_interval([]) is None


# --- any book -----------------------------------------------------------------------------------

answers = st.lists(
    st.tuples(
        st.integers(1, 5), st.sampled_from(["ons4_satisfied", "ucla3"]), st.integers(-200, 500),
        st.integers(3, 9),
    ),
    max_size=30, unique_by=lambda one: one[:3],
)  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn=answers, joined=st.booleans())
def test_any_book_equals_a_count_person_by_person(filled, drawn, joined):
    people = [person(n) for n in range(1, 6)]
    if joined:
        people[4]["merged_into"] = 1
    register = filled(Book(people=people))
    measure = {"ons4_satisfied": "ons4", "ucla3": "loneliness"}
    with register.transaction("test", bulk=True):
        register.execute("DELETE FROM response")
        for number, (who, scale, days, score) in enumerate(drawn, start=1):
            row = {"id": number, "person_id": who, "measure": measure[scale]}
            register.insert("response", {**row, "answered_on": str(later(days))})
            values = {"response_id": number, "scale": scale, "score": score}
            register.insert("response_score", values)
    for scale, sign in (("ons4_satisfied", 1), ("ucla3", -1)):
        changes = {}
        for who in range(1, 6):
            if joined and who == 5:
                continue
            records = {who, 5} if joined and who == 1 else {who}
            days = {}
            for owner, of, day, score in drawn:
                if owner in records and of == scale:
                    days.setdefault(later(day), score)
            inside = [day for day in days if day in YEAR.period]
            if inside and max(inside) - min(days) >= dt.timedelta(days=28):
                changes[who] = days[max(inside)] - days[min(days)]
        found = count(register, YEAR, ids=[f"{scale}_{kind}" for kind in KINDS]).values
        assert found[f"{scale}_pairs"].value == len(changes)
        mean = sum(changes.values()) / len(changes) if changes else None
        assert found[f"{scale}_change"].value == (None if mean is None else pytest.approx(mean))
        assert found[f"{scale}_improved"].value == sum(c * sign > 0 for c in changes.values())
        assert found[f"{scale}_same"].value == sum(c == 0 for c in changes.values())
        ids = rows_behind(register, f"{scale}_pairs", YEAR).row_ids
        assert sorted(ids) == sorted(str(who) for who in changes)
    with register.transaction("test", bulk=True):
        register.execute("DELETE FROM response")


# --- cost ---------------------------------------------------------------------------------------


def test_no_outcome_figure_reads_the_whole_book(shared_register):
    values = {
        "first": "2026-01-01", "last": "2026-03-31", "activity_id": None, "rates": "[]",
        "bands": "[]", "scales": "[]",
    }  # fmt: skip
    for name in ("ons4_satisfied_change", "ons4_satisfied_band_before"):
        sql = f"EXPLAIN QUERY PLAN {rows_query(every_figure()[name], band_set())[0]}"
        plan = [row[3] for row in shared_register.rows(sql, values)]
        grown = {"response", "response_score", "person", "attendance", "r", "p", "k", "m", "s"}
        scans = [s.split()[1] for s in plan if s.startswith("SCAN")]
        # The scales themselves are a short list.
        assert not grown & {one for one in scans if one != "s"}, plan


def test_outcomes_are_read_through_views_only(answered):
    register = answered([person(1)], [(1, "pain", START, 5), (1, "pain", later(30), 3)])
    with Snapshot.of(register) as snapshot:
        assert value(snapshot, "pain_change") == -2
