"""A measure's file is read whole, or told by file, line and key what is wrong in it."""

import pytest

from app.domain.measure_file import MeasureFault, read_measure
from app.domain.measures import Entry
from app.figures.measures import shipped

GOOD = """\
id = "garden"
version = 1
title = "Garden questions"
about = "What we ask."
source = "Our own."
licence = "Ours."

[[items]]
code = "outdoors"
wording = "On how many days were you outdoors?"
high = 7

[[items]]
code = "company"
wording = "Who with?"
choices = [
    { value = 1, text = "Nobody" },
    { value = 2, text = "Somebody" },
]

[[scales]]
id = "garden_days"
title = "Days outdoors"
items = ["outdoors"]
high = 7
bands = [
    { key = "few", label = "Few", low = 0 },
    { key = "many", label = "Many", low = 4 },
]
"""


def test_a_good_file_is_read():
    measure = read_measure(GOOD, "garden.toml", own=True)
    assert measure.item("company").high == 2
    assert measure.scale("garden_days").band_of(3.9).key == "few"
    assert (measure.own, measure.entry) == (True, Entry.ASKED)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "garden"', 'id = "The Garden"', "garden.toml, line 1, id: "),
        ('about = "What we ask."\n', "", "garden.toml, about: it is needed."),
        ("version = 1", 'version = "one"', "garden.toml, line 2, version: it is a number."),
        ("version = 1", "versoin = 1", "garden.toml, line 2, versoin: there is no such key."),
        ("version = 1", "version = 1\nown = true", "line 3, own: there is no such key."),
        ("version = 1", 'version = 1\nentry = "guessed"', "line 3, entry: it is one of "),
        ('wording = "On how many days were you outdoors?"', "", "items.1.wording: what is asked"),
        ("high = 7\n\n", "high = -1\n\n", "line 11, items.1.high: the highest answer"),
        ('code = "company"', 'code = "outdoors"', "items: two items have the same code."),
        ("value = 2", "value = 1", "items.2.choices: each choice has a number of its own."),
        ('items = ["outdoors"]', 'items = ["indoors"]', "line 24, scales.1.items: there is no item"),
        ('items = ["outdoors"]', 'items = ["outdoors", "company"]', "single is of one item."),
        ("low = 4", "low = 0", "scales.1.bands: each band begins above the one before."),
        ("low = 0", "low = 1", "scales.1.bands: the first band begins at the lowest score."),
        ("high = 7\nbands", "high = 7\nmeaningful_change = -1\nbands", "it is 0 or more."),
        ("high = 7\nbands", 'high = 7\nscoring = "table"\nbands', "every sum from 0 to 7"),
        ("high = 7\nbands", "high = 7\nweights = { x = 2 }\nbands", "is not an item of this scale"),
        ("[[scales]]", "[[scales", "garden.toml: "),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_file_line_and_key(old, new, told):
    text = GOOD.replace(old, new, 1)
    assert text != GOOD
    with pytest.raises(MeasureFault) as caught:
        read_measure(text, "garden.toml")
    assert told in str(caught.value)


def test_a_file_far_too_long_is_not_read():
    with pytest.raises(MeasureFault, match="longer than any questionnaire"):
        read_measure(GOOD + "#" * 50_000, "garden.toml")


# --- those that come with the program -------------------------------------------------------------


def test_the_measures_that_come_with_the_program():
    assert list(shipped()) == [
        "ons4", "loneliness", "swemwbs", "activity", "health_care", "ageing_well", "goals", "pam",
        "mycaw",
    ]  # fmt: skip


@pytest.mark.parametrize("measure", shipped().values(), ids=lambda measure: measure.id)
def test_each_says_source_licence_ages_and_what_a_change_means(measure):
    assert measure.source.endswith(".")
    assert measure.licence.endswith(".")
    for scale in measure.scales:
        assert scale.note, scale.id
    if measure.entry in {Entry.SUPPLIED, Entry.LICENSED}:
        assert not any(item.wording for item in measure.items), "it is not ours to give"


def test_no_two_scales_have_one_id():
    ids = [scale.id for measure in shipped().values() for scale in measure.scales]
    assert len(set(ids)) == len(ids)


def test_self_reported_visits_say_so():
    assert all("self-reported" in s.title for s in shipped()["health_care"].scales)


def test_ons4_is_worded_as_published():
    # Source: domain.md 2.1 [S50].
    assert [item.wording for item in shipped()["ons4"].items] == [
        "Overall, how satisfied are you with your life nowadays?",
        "Overall, to what extent do you feel that the things you do in your life are worthwhile?",
        "Overall, how happy did you feel yesterday?",
        (
            'On a scale where 0 is "not at all anxious" and 10 is "completely anxious", overall, how '
            "anxious did you feel yesterday?"
        ),
    ]
