"""Scoring: against the published tables, with answers missing, and any answers at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.measures import Better, Scale
from app.domain.scoring import Change, change, scores
from app.figures.measures import shipped

# Source: domain.md 2.2, the metric scores of SWEMWBS as two public analyses print them [S57].
METRIC = (
    7.00, 9.51, 11.25, 12.40, 13.33, 14.08, 14.75, 15.32, 15.84, 16.36, 16.88, 17.43, 17.98, 18.59,
    19.25, 19.98, 20.73, 21.54, 22.35, 23.21, 24.11, 25.03, 26.02, 27.03, 28.13, 29.31, 30.70,
    32.55, 35.00,
)  # fmt: skip
SCALES = {scale.id: (m, scale) for m in shipped().values() for scale in m.scales}


def band(scale, score):
    return SCALES[scale][1].band_of(score).key


@pytest.mark.parametrize(("raw", "metric"), list(enumerate(METRIC, start=7)))
def test_swemwbs_is_converted_by_the_published_table(raw, metric):
    each, more = divmod(raw, 7)
    answers = {f"q{n}": each + (n <= more) for n in range(1, 8)}
    assert scores(shipped()["swemwbs"], answers) == {"swemwbs": metric}


@pytest.mark.parametrize("missing", range(1, 8))
def test_swemwbs_has_no_score_with_an_answer_missing(missing):
    answers = {f"q{n}": None if n == missing else 3 for n in range(1, 8)}
    assert scores(shipped()["swemwbs"], answers) == {}


def test_swemwbs_carries_no_question_and_the_owners_line():
    measure = shipped()["swemwbs"]
    assert [item.wording for item in measure.items] == [""] * 7
    assert measure.copyright == (
        "Short Warwick Edinburgh Mental Wellbeing Scale (SWEMWBS) © NHS Health Scotland, "
        "University of Warwick and University of Edinburgh, 2008, all rights reserved."
    )


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (7, "low"),
        (19.25, "low"),
        (19.98, "medium"),
        (27.03, "medium"),
        (28.13, "high"),
        (35, "high"),
    ],
)
def test_swemwbs_bands(score, expected):
    assert band("swemwbs", score) == expected


@pytest.mark.parametrize("scale", ["ons4_satisfied", "ons4_worthwhile", "ons4_happy"])
def test_ons4_thresholds(scale):
    # Source: ONS thresholds [S51].
    found = [band(scale, score) for score in range(11)]
    assert found == ["low"] * 5 + ["medium"] * 2 + ["high"] * 2 + ["very_high"] * 2


def test_ons4_anxiety_thresholds_run_the_other_way():
    found = [band("ons4_anxious", score) for score in range(11)]
    assert found == ["very_low"] * 2 + ["low"] * 2 + ["medium"] * 2 + ["high"] * 5
    assert SCALES["ons4_anxious"][1].better is Better.LOWER


def test_the_four_of_ons4_are_never_added_up():
    assert all(len(scale.items) == 1 for scale in shipped()["ons4"].scales)


@pytest.mark.parametrize(("each", "total"), [(1, 3), (2, 6), (3, 9)])
def test_ucla_is_the_sum_of_three_from_3_to_9(each, total):
    answers = {"companionship": each, "left_out": each, "isolated": each, "lonely": 5}
    assert scores(shipped()["loneliness"], answers) == {"ucla3": total, "lonely": 5}


def test_scales_whose_answers_are_there_are_scored_without_the_others():
    answers = {"companionship": 2, "left_out": None, "isolated": 3, "lonely": 1}
    assert scores(shipped()["loneliness"], answers) == {"lonely": 1}


@pytest.mark.parametrize(
    ("moderate", "vigorous", "minutes", "expected"),
    [
        (29, 0, 29, "inactive"), (30, 0, 30, "fairly"), (9, 10, 29, "inactive"),
        (10, 10, 30, "fairly"), (149, 0, 149, "fairly"), (0, 75, 150, "active"),
    ],
)  # fmt: skip
def test_a_vigorous_minute_counts_as_two(moderate, vigorous, minutes, expected):
    # Source: Active Lives, bands and how minutes are added up [S67].
    found = scores(shipped()["activity"], {"moderate": moderate, "vigorous": vigorous})
    assert found == {"activity_minutes": minutes}
    assert band("activity_minutes", minutes) == expected


@pytest.mark.parametrize(
    ("better", "least", "before", "after", "expected"),
    [
        (Better.HIGHER, 0, 5, 5, Change.SAME),
        (Better.HIGHER, 0, 5, 5.1, Change.IMPROVED),
        (Better.LOWER, 0, 5, 5.1, Change.WORSE),
        (Better.HIGHER, 1, 5, 5.99, Change.SAME),
        (Better.HIGHER, 1, 20.1, 21.1, Change.IMPROVED),
        (Better.LOWER, 1, 21.1, 20.1, Change.IMPROVED),
    ],
)
def test_change_is_by_direction_and_the_least_that_matters(better, least, before, after, expected):
    scale = Scale(id="x", title="X", items=("a",), better=better, meaningful_change=least)
    assert change(scale, before, after) is expected


@given(data=st.data(), name=st.sampled_from([n for n in shipped() if n != "goals"]))
def test_any_answers_score_within_the_scale_and_only_where_all_are_there(data, name):
    measure = shipped()[name]
    answers = {
        item.code: data.draw(st.none() | st.integers(item.low, item.high)) for item in measure.items
    }
    found = scores(measure, answers)
    for scale in measure.scales:
        whole = all(answers[code] is not None for code in scale.items)
        assert (scale.id in found) is whole
        if whole:
            assert scale.low <= found[scale.id] <= scale.high
            assert not scale.bands or scale.band_of(found[scale.id])


@given(rated=st.dictionaries(st.text(min_size=1), st.none() | st.integers(0, 10)))
def test_goals_are_the_mean_of_those_that_were_rated(rated):
    given_ones = [value for value in rated.values() if value is not None]
    found = scores(shipped()["goals"], rated)
    if given_ones:
        assert found["goals"] == pytest.approx(sum(given_ones) / len(given_ones), abs=1e-6)
    else:
        assert found == {}


@given(before=st.integers(0, 100), after=st.integers(0, 100), least=st.integers(0, 20))
def test_what_is_better_one_way_is_worse_the_other(before, after, least):
    up = Scale(id="x", title="X", items=("a",), meaningful_change=least)
    there, back = change(up, before, after), change(up, after, before)
    opposite = {Change.IMPROVED: Change.WORSE, Change.WORSE: Change.IMPROVED}
    assert back is opposite.get(there, Change.SAME)
