"""Answers hold figures, tables, charts and quotes; what is no place stands as it was typed."""

import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import words
from app.domain.disclosure import Disclosure
from app.domain.stories import StoryDraft, StoryPurpose, StoryUse
from app.returns.filled import Chart, KeyFacts, Quote, Table, plain
from app.returns.language.answers import answered, wrong_place
from app.returns.language.phrases import Printed, Words, as_typed, fill, paragraphs, read_typed
from app.services import stories
from app.storage.register import Register
from tests import builders
from tests.returns.making import filled, tables, template
from tests.returns.making import words as said_in

ONE = """
[[blocks]]
kind = "question"
id = "why"
text = "Why?"
"""
TWO = (
    ONE
    + """
[[blocks]]
kind = "question"
id = "how"
text = "How?"
"""
)
PLACES = st.sampled_from(
    ["{people}", "{people:person|people}", "{", "}", "{{", "}}", "**", "{answer:why}", "{answer:how}",
     "{table:people/age}", "{chart:attendances/month}", "{quote:1}", "{nothing}", "{people/}", "\n",
     "\n\n", " ", "word", "{quote:99999999999999999999}", "{table:people/shoes}", "{:|}", "{answer:}"]
)  # fmt: skip
TYPED = st.one_of(st.text(), st.lists(st.one_of(PLACES, st.text(max_size=5))).map("".join))


@pytest.fixture(scope="module")
def example(small_example_made):
    with Register.open(small_example_made, write=False) as register:
        yield register


def answer(source, text, blocks=ONE, **details):
    made = filled(source, blocks, answers={"why": text}, **details)
    return made, made.answers["why"]["answer"]


def read(text):
    return read_typed(text, wrong_place)


def print_any(phrase):
    return plain(fill(phrase, lambda _: Printed(text="7", number=7), sentence=False))


# --- any text -----------------------------------------------------------------------------------


@given(TYPED)
def test_any_text_is_read_and_printed(text):
    phrase, strays = read(text)
    printed = print_any(phrase)
    assert all(stray.typed in text for stray in strays)
    assert all(stray.typed in printed for stray in strays if len(stray.typed) > 1)


@given(st.text())
def test_a_text_with_its_braces_doubled_prints_as_it_stands(text):
    whole, strays = read(as_typed(text))
    assert strays == ()
    printed = print_any(whole)
    assert printed == text or "**" in text


@given(st.text(alphabet=st.characters(exclude_characters="{}*")))
def test_a_text_without_places_is_its_own_words(text):
    phrase, _ = read(text)
    assert phrase.pieces == ((Words(text=text),) if text else ())
    assert words.strict_count(" ".join(print_any(p) for p in paragraphs(phrase))) == (
        words.strict_count(text)
    )


@settings(max_examples=60, deadline=None)
@given(TYPED, TYPED)
def test_any_answers_become_a_template_without_repeats_left(why, how):
    made, _ = answered(template(TWO), {"why": why, "how": how})
    assert not [ref for ref in made.refs() if ref.is_answer]


@pytest.mark.parametrize(
    "text",
    ["2**3**4 ** 5", "a ** b ** c", "****", "**", "***x***", "a **bold** word", "**a", "} and {"],
)
def test_stars_weigh_only_in_pairs_close_to_words(text):
    phrase, _ = read(text)
    bold = [piece.text for piece in phrase.pieces if isinstance(piece, Words) and piece.bold]
    assert bold == {"2**3**4 ** 5": ["3"], "a **bold** word": ["bold"]}.get(text, [])
    assert print_any(phrase) == {"2**3**4 ** 5": "234 ** 5", "a **bold** word": "a bold word"}.get(
        text, text
    )


# --- figures ------------------------------------------------------------------------------------


def test_figures_in_an_answer_are_the_return_s_and_counted_as_printed(example):
    made, printed = answer(example, "{people} different {people:person|people} came to {group}.")
    people = made.figures["people"]["value"]
    assert printed == f"{people} different people came to {made.group}."
    assert made.answers["why"]["words_counted"] == words.safe_count(printed)
    run = next(run for block in made.walk() for run in getattr(block, "runs", ()) if run.source)
    assert (run.text, run.source.figure) == (str(people), "people")


def test_a_number_named_only_in_an_answer_is_hidden_with_the_rest(register):
    at = builders.session(register, day=dt.date(2026, 10, 20))
    for name in ("Ann", "Bea", "Cat"):
        builders.mark(register, at, builders.person(register, name))
    made = filled(register, ONE, answers={"why": "{people} came."}, disclosure="funder")
    printed = made.answers["why"]["answer"]
    assert printed == "Fewer than 5 came."
    assert made.figures["people"]["value"] is None


def test_a_place_that_names_nothing_stands_as_typed_and_is_named(register):
    made, printed = answer(register, "We {shoes} of {people/shoes[x]} and } here {people")
    assert printed == "We {shoes} of {people/shoes[x]} and } here {people"
    said = [one for one in made.warnings if "as it was typed" in one]
    assert len(said) == 4
    assert "there is no figure called shoes" in said[0]
    assert "people is not broken down by shoes" in said[1]


# --- tables, charts, quotes ---------------------------------------------------------------------


def test_a_line_that_is_only_a_table_or_chart_becomes_it(example):
    text = "Who came:\n{table:people/age:nlcf}\n\n{chart:attendances/month}\nThat is all."
    made, printed = answer(example, text)
    assert printed == "Who came:\n\nThat is all."
    assert made.answers["why"]["words"] == 5
    table = next(block for block in made.walk() if isinstance(block, Table))
    assert table.total[1].text == str(made.figures["people"]["value"])
    assert len([block for block in made.walk() if isinstance(block, Chart)]) == 1
    assert {"people", "attendances"} <= made.figures.keys()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("See {table:people/age} here", "on a line of its own"),
        ("{table:people/shoes}", "people is not broken down by shoes"),
        ("{chart:shoes/month}", "there is no figure called shoes"),
        ("{table:people}", "as in {table:people/age}"),
        ("{quote:x}", "named by its number"),
    ],
)
def test_a_table_that_cannot_be_had_stands_as_typed(register, text, why):
    made, printed = answer(register, text)
    assert printed == text
    assert any(why in warning for warning in made.warnings)


def test_a_quote_is_printed_only_with_consent_to_this_use(register):
    today = dt.date(2026, 11, 3)
    draft = StoryDraft(told_on=today, wording="It saved my week.", credited_as="a walker")
    told = stories.add(register, draft, today=today).ids[0]
    made, printed = answer(register, f"{{quote:{told}}}")
    assert "It saved my week" not in printed
    assert any("nobody agreed" in warning for warning in made.warnings)
    use = StoryUse(purpose=StoryPurpose.IMPACT_REPORT, given=True, asked_on=today)
    stories.note_use(register, told, use, today=today)
    made, printed = answer(register, f"{{quote:{told}}}")
    assert printed == "“It saved my week.” a walker"
    assert [block.text for block in made.walk() if isinstance(block, Quote)] == [
        "It saved my week."
    ]


def test_a_quote_that_is_gone_is_left_out_and_named(register):
    made, _ = answer(register, "{quote:12}")
    assert any("no quote 12" in warning for warning in made.warnings)


BY_TEMPLATE = """
[[blocks]]
kind = "text"
text = "{people} came, {people/sex[female]} of them women, {people/sex[female].share}."
[[blocks]]
kind = "table"
figures = ["people", "attendances"]
by = "sex"
[[blocks]]
kind = "table"
figures = ["people"]
by = "disability"
"""
BY_ANSWER = """{people} came, {people/sex[female]} of them women, {people/sex[female].share}.
{table:people,attendances/sex}
{table:people/disability}"""


@pytest.mark.parametrize("mode", Disclosure)
@pytest.mark.parametrize("seed", range(6))
def test_numbers_in_answers_are_hidden_as_if_the_template_had_them(register, mode, seed):
    dice = random.Random(seed)
    at = builders.session(register, day=dt.date(2026, 10, 20))
    for _ in range(dice.randint(1, 30)):
        sex = dice.choice(["female", "male", "not_asked"])
        limited = dice.choice(["none", "limited_a_lot", "not_limiting"])
        builders.mark(register, at, builders.person(register, sex=sex, disability=limited))
    plainly = filled(register, BY_TEMPLATE, disclosure=mode.value)
    answered_ = filled(register, ONE, answers={"why": BY_ANSWER}, disclosure=mode.value)
    assert numbers_of(plainly) == numbers_of(answered_)
    assert said_in(plainly)[0] in said_in(answered_)
    assert plainly.figures == answered_.figures


def numbers_of(made):
    return [
        [cell.text for cell in row]
        for block in made.walk()
        if isinstance(block, Table)
        for row in (*block.rows, block.total)
    ]


# --- repeating ----------------------------------------------------------------------------------


def test_an_answer_repeats_another_with_its_paragraphs(register):
    made = filled(register, TWO, answers={"why": "One.\n\nTwo", "how": "Again: {answer:why}, so."})
    assert made.answers["how"]["answer"] == "Again: One.\n\nTwo, so."


def test_a_circle_is_named_and_refused_kindly(register):
    made = filled(register, TWO, answers={"why": "A {answer:how}", "how": "B {answer:why}"})
    assert made.answers["why"]["answer"] == "A B {answer:why}"
    assert any("goes round in a circle (why repeats how repeats why)" in w for w in made.warnings)


def test_answers_that_double_each_other_come_to_an_end(register):
    blocks = "".join(ONE.replace("why", f"q{n}") for n in range(30))
    typed = {f"q{n}": f"{{answer:q{n + 1}}} {{answer:q{n + 1}}}" for n in range(29)} | {"q29": "x"}
    made = filled(register, blocks, answers=typed)
    assert any("too often" in warning for warning in made.warnings)


@pytest.mark.parametrize("other", ["nobody", "how"])
def test_an_answer_that_is_not_there_stands_as_typed(register, other):
    made = filled(register, TWO, answers={"why": f"So {{answer:{other}}}."})
    assert made.answers["why"]["answer"] == f"So {{answer:{other}}}."
    assert any(f"{{answer:{other}}}" in warning for warning in made.warnings)


def test_a_sentence_of_the_template_repeats_an_answer(register):
    blocks = ONE + '[[blocks]]\nkind = "heading"\ntext = "About: {answer:why}"\n'
    assert "About: Chairs" in said_in(filled(register, blocks, answers={"why": "Chairs"}))


# --- limits -------------------------------------------------------------------------------------

LIMITED = ONE + "words_to = 3\n"


@pytest.mark.parametrize(
    ("strict", "text", "number"),
    [("true", "B&YC came", 3), ("false", "B&YC came", 2), ("true", "it’s 1,234", 4)],
)
def test_words_are_counted_by_the_question_s_rule(register, strict, text, number):
    made, _ = answer(register, text, LIMITED + f"strict = {strict}\n")
    assert made.answers["why"]["words_counted"] == number
    assert any("over its limit" in warning for warning in made.warnings) is (number > 3)
    assert made.answers["why"]["is_over"] is (number > 3)


def test_a_draft_over_its_limit_is_said_to_be_so(register):
    made = filled(register, LIMITED + 'draft = "One two three four."\n')
    assert "“Why?” is not answered yet." in made.warnings
    assert "“Why?” is one word over its limit of 3." in made.warnings


# --- numbers, choices, costs --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "printed", "warned"),
    [("84", "84", False), ("£1,234.50", "£1,235", False), ("{sessions_held}", "0", False),
     ("about 40", "about 40", True), ("", "", True)],
)  # fmt: skip
def test_a_number_box_takes_one_number(register, text, printed, warned):
    made, given_ = answer(register, text, ONE + 'box = "number"\nwhole_pounds = true\n')
    assert given_ == printed
    assert any("Why?" in warning for warning in made.warnings) is warned
    facts = next(block for block in made.walk() if isinstance(block, KeyFacts))
    assert facts.facts[0].text == (printed or "not answered yet")


CHOICES = ONE + 'choices = ["Older people", "Carers", "Other"]\nseveral = true\n'


def test_choices_are_ticked_and_what_is_none_is_named(register):
    made, printed = answer(register, "carers\nOther: travellers; Cats", CHOICES)
    assert printed == "Carers; Other: travellers"
    ticks = [(row[0].tick.value, row[1].text) for row in tables(made)["why"].rows]
    assert ticks == [
        ("empty", "Older people"), ("ticked", "Carers"), ("ticked", "Other: travellers"),
    ]  # fmt: skip
    assert "“Cats” is none of the choices of “Why?”." in made.warnings


COSTS = ONE + 'box = "costs"\nrows_to = 2\nwhole_pounds = true\nscheme = "awards_for_all"\n'


def test_costs_are_rows_with_their_sums_and_a_total(register):
    made, printed = answer(register, "Hall, 26 Tuesdays: £208\nPaint 150.40", COSTS)
    assert printed == "Hall, 26 Tuesdays: £208\nPaint: £150"
    table = tables(made)["why"]
    assert table.total[1].text == "£358"
    assert made.answers["why"]["total_pence"] == 35800
    assert "Row 2 of “Why?” is rounded: the form takes whole pounds." in made.warnings


def test_costs_that_the_form_would_not_take_are_named(register):
    made, _ = answer(register, "A 1\nB\nC 3", COSTS)
    text = " ".join(made.warnings)
    assert made.answers["why"]["is_over"]
    assert "Row 2 of “Why?” has no sum" in text
    assert "has 3 rows and takes 2" in text
    assert "less than National Lottery Awards for All gives: £300 at least" in text


def test_an_optional_question_is_neither_printed_nor_missed(register):
    made, printed = answer(register, "", CHOICES + "optional = true\n")
    assert printed == ""
    assert "Why?" not in said_in(made)
    assert not any("Why?" in warning for warning in made.warnings)
    assert "Why?" in said_in(answer(register, "Carers", CHOICES + "optional = true\n")[0])


def test_a_total_below_the_costs_is_named(register):
    total = '[[blocks]]\nkind = "question"\nid = "all"\ntext = "All?"\nbox = "number"\nat_least = "why"\n'
    typed = {"why": "Hall 300\nTea 100", "all": "£350"}
    said = filled(register, COSTS + total, answers=typed).warnings
    assert "“All?” is less than the costs listed: it includes them." in said
    typed["all"] = "400"
    assert not any("All?" in one for one in filled(register, COSTS + total, answers=typed).warnings)


@given(TYPED)
@settings(max_examples=50)
def test_any_costs_are_read(text):
    from app.returns.parts.applications.costs import read_costs

    for row in read_costs(text):
        assert row.pence is None or row.item
