"""Sentences that hold figures read properly for none, one and many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.returns.filled import plain
from app.returns.language.phrases import PhraseFaulty, Printed, Ref, fill, parse

VALUES = {"nobody": 0, "one": 1, "many": 84, "none": None}


def printed(ref):
    if ref.is_fact:
        return Printed(text=f"the {ref.name}")
    value = VALUES[ref.name]
    return Printed(text="none" if value is None else f"{value:,}", number=value)


def said(text, *, sentence=True, by=printed):
    return plain(fill(parse(text), by, sentence=sentence))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{many} different {many:person|people}", "84 different people"),
        ("{one} different {one:person|people}", "1 different person"),
        ("{nobody} different {nobody:person|people}", "0 different people"),
        ("{nobody:nobody|one person|# people} came", "Nobody came"),
        ("{one:nobody|one person|# people} came", "One person came"),
        ("{many:nobody|one person|# people} came", "84 people came"),
        ("{none:nothing|one|#} was said", "Nothing was said"),
        ("We are {group}, in {period}.", "We are the group, in the period."),
        ("It rained. {nobody:nobody|one|#} came.", "It rained. Nobody came."),
        ("about: {nobody:nobody|one|#}", "about: nobody"),
        ("{{braces}} stay", "{braces} stay"),
        ("", ""),
    ],
)
def test_sentences_read_properly(text, expected):
    assert said(text) == expected


def test_a_label_keeps_its_small_letter():
    assert said("{nobody:nobody|one|#}", sentence=False) == "nobody"


def test_a_hidden_number_is_said_in_words_and_takes_the_plural():
    def hidden(_):
        return Printed(text="not shown", said="some", hidden=True)

    assert said("{many} {many:person|people} came", by=hidden) == "Some people came"
    assert said("{many:nobody|one person|# people}", by=hidden) == "Some people"
    assert said("{many}", by=hidden, sentence=False) == "not shown"


def test_bold_words_are_bold_inside_a_wording_too():
    runs = fill(parse("**All {many}** and {one:none|**one** more|#}"), printed)
    assert [(run.text, run.bold) for run in runs] == [
        ("All ", True),
        ("84", True),
        (" and ", False),
        ("one", True),
        (" more", False),
    ]


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("{people}", Ref(name="people")),
        ("{people/sex[female]}", Ref(name="people", by="sex", part="female")),
        ("{people/sex[female].share}", Ref(name="people", by="sex", part="female", aspect="share")),
        ("{people/age:nlcf[65+]}", Ref(name="people", by="age:nlcf", part="65+")),
        ("{attendances/month.highest}", Ref(name="attendances", by="month", aspect="highest")),
        ("{still_coming.base}", Ref(name="still_coming", aspect="base")),
    ],
)
def test_places_name_figures_parts_and_aspects(text, ref):
    assert list(parse(text).refs()) == [ref]


@pytest.mark.parametrize(
    ("text", "part_of_message"),
    [
        ("{people", "brace stands alone"),
        ("people}", "brace stands alone"),
        ("{People}", "names nothing"),
        ("{}", "names nothing"),
        ("{people:one}", "two wordings"),
        ("{people:a|b|c|d}", "two wordings"),
        ("{group:one|many}", "not a number"),
        ("{people/sex}", "must name one part"),
        ("{people.share}", "not something that can be said"),
        ("{people/sex[female].highest}", "not something that can be said"),
        ("**bold", "not ended"),
    ],
)
def test_what_cannot_be_read_is_named(text, part_of_message):
    with pytest.raises(PhraseFaulty, match=part_of_message):
        parse(text)


@given(st.text())
def test_any_text_is_either_read_or_refused_with_a_sentence(text):
    try:
        phrase = parse(text)
    except PhraseFaulty as fault:
        assert str(fault)
    else:
        fill(phrase, lambda _: Printed(text="x", number=2))


@given(st.text(alphabet=st.characters(exclude_characters="{}*")))
def test_text_without_places_stays_as_it_is(text):
    assert said(text) == text
