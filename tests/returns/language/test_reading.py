"""Templates are checked on load, and a faulty one is named by file, line and key."""

import pytest

from app import resources
from app.domain.disclosure import Disclosure
from app.domain.errors import TemplateFaulty
from app.returns.filled import ChartKind, Orientation
from app.returns.language.reading import Known, parse_template, read_template
from app.returns.language.template import KINDS, Need, Order, TableSpec
from app.services.returns import _known

FIVE = ("attendance-record", "attendance-sheet", "impact-report", "term-register")

HEAD = """\
id = "mine"
version = 1
title = "Mine"
for = "Me"
purpose = "Telling people"
needs = ["period"]
disclosure = "funder"
"""

KNOWN = Known(
    figures={"people": frozenset({"sex", "age"}), "sessions_held": frozenset()},
    bands=frozenset({"standard", "nlcf"}),
)


def read(blocks, head=HEAD):
    return parse_template(head + blocks, KNOWN, name="mine/template.toml")


@pytest.mark.parametrize("name", FIVE)
def test_the_templates_that_come_with_the_program_load(name):
    template = read_template(resources.path(f"returns/{name}/template.toml"), _known())
    assert template.id == name
    assert Need.PERIOD in template.needs
    assert template.for_whom


def test_sheets_name_people_and_stay_in_the_house():
    for name in FIVE:
        template = read_template(resources.path(f"returns/{name}/template.toml"), _known())
        assert template.names_people is (name != "impact-report")
        expected = Disclosure.FUNDER if name == "impact-report" else Disclosure.INTERNAL
        assert template.disclosure is expected


def test_a_template_becomes_typed_records():
    template = read(
        """
        [[blocks]]
        kind = "table"
        figures = ["people", "people"]
        by = "age:nlcf"
        titles = ["A", "B"]
        order = "largest"
        most = 5
        [[blocks]]
        kind = "chart"
        draw = "funnel"
        points = [{ label = "Came", value = "{people}" }]
        height_mm = 40
        """
    )
    table, chart = template.blocks
    assert isinstance(table, TableSpec)
    assert (table.figures, table.by, table.order) == (
        ("people", "people"),
        "age:nlcf",
        Order.LARGEST,
    )
    assert (chart.draw, chart.height_mm) == (ChartKind.FUNNEL, 40.0)
    assert template.orientation is Orientation.AUTO


def test_questions_are_found_inside_other_blocks():
    template = read(
        """
        [[blocks]]
        kind = "together"
        [[blocks.blocks]]
        kind = "question"
        id = "why"
        text = "Why?"
        words_to = 50
        """
    )
    assert [question.id for question in template.questions()] == ["why"]


@pytest.mark.parametrize(
    ("blocks", "line", "key", "says"),
    [
        ('[[blocks]]\nkind = "tabel"', 9, "kind", "“tabel” is not known"),
        ('[[blocks]]\ntext = "x"', 8, "kind", "is missing"),
        ('[[blocks]]\nkind = "text"\ntext = "{peeple}"', 10, "text", "no figure or fact “peeple”"),
        ('[[blocks]]\nkind = "text"\ntext = "{people"', 10, "text", "brace stands alone"),
        ('[[blocks]]\nkind = "text"\ntext = 5', 10, "text", "is a text"),
        ('[[blocks]]\nkind = "text"\ntxt = "x"', 10, "txt", "not known here"),
        ('[[blocks]]\nkind = "text"', 8, "text", "is missing"),
        (
            '[[blocks]]\nkind = "text"\ntext = "x"\nwhen = "peeple"',
            11,
            "when",
            "no figure “peeple”",
        ),
        (
            '[[blocks]]\nkind = "table"\nfigures = ["people", "persons"]\nby = "sex"',
            10,
            "figure 2",
            "no figure “persons”",
        ),
        (
            '[[blocks]]\nkind = "table"\nfigures = ["people"]\nby = "height"',
            11,
            "by",
            "cannot be broken down by “height”",
        ),
        (
            '[[blocks]]\nkind = "table"\nfigures = ["people"]\nby = "age:mine"',
            11,
            "by",
            "age:nlcf",
        ),
        (
            '[[blocks]]\nkind = "table"\nfigures = ["people"]\nby = "sex"\ntitles = ["A", "B"]',
            12,
            "titles",
            "one title for each",
        ),
        ('[[blocks]]\nkind = "table"\nfigures = []\nby = "sex"', 10, "figures", "at least one"),
        (
            '[[blocks]]\nkind = "table"\nfigures = ["people"]\nby = "sex"\norder = "tall"',
            12,
            "order",
            "listed, largest",
        ),
        (
            '[[blocks]]\nkind = "table"\nfigures = ["people"]\nby = "sex"\nmost = -1',
            12,
            "most",
            "from 0",
        ),
        ('[[blocks]]\nkind = "chart"\nfigure = "people"', 8, "by", "is missing"),
        ('[[blocks]]\nkind = "chart"', 8, "block 1", "either a figure"),
        (
            '[[blocks]]\nkind = "columns"\nright = []\n[[blocks.left]]\nkind = "text"\ntext = "{x}"',
            13,
            "left 1",
            "no figure or fact “x”",
        ),
        (
            '[[blocks]]\nkind = "text"\ntext = "{people/hair[red]}"',
            10,
            "text",
            "cannot be broken down by “hair”",
        ),
    ],
)
def test_a_faulty_block_is_named_by_file_line_and_key(blocks, line, key, says):
    with pytest.raises(TemplateFaulty) as caught:
        read(blocks)
    assert f"mine/template.toml, line {line}:" in caught.value.text
    assert key in caught.value.text
    assert says in caught.value.text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("peeple", "Did you mean people"),
        ("Sessions held", "Did you mean sessions_held"),
        ("regular", "Did you mean people_regular"),
        ("zzz", "“zzz”. All are in the list"),
    ],
)
def test_an_unknown_figure_is_told_with_the_few_it_may_have_been(typed, meant):
    block = f'[[blocks]]\nkind = "text"\ntext = "x"\nwhen = "{typed}"'
    with pytest.raises(TemplateFaulty) as caught:
        parse_template(HEAD + block, _known(), name="mine/template.toml")
    assert meant in caught.value.text
    assert "`hallbook figures`" in caught.value.text
    assert len(caught.value.text) < 320


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('needs = ["period"]', 'needs = ["weather"]', 6, "“weather” is not known"),
        ('disclosure = "funder"', 'disclosure = "secret"', 7, "internal, funder, nhs, public"),
        ("version = 1", "version = true", 2, "a whole number"),
        ('title = "Mine"\n', "", None, "“title” is missing"),
        ('purpose = "Telling people"', 'purpose = "Fun"', 5, "“Fun” is not known"),
        ('for = "Me"', 'fore = "Me"', 4, "“fore” is not known here"),
        ('title = "Mine"', "title = Mine", 3, "cannot be read as TOML"),
    ],
)
def test_a_faulty_head_is_named_too(old, new, line, says):
    with pytest.raises(TemplateFaulty) as caught:
        read('[[blocks]]\nkind = "page"', head=HEAD.replace(old, new))
    assert says in caught.value.text
    if line:
        assert f"line {line}" in caught.value.text


def test_a_return_that_says_nothing_is_refused():
    with pytest.raises(TemplateFaulty, match="says something"):
        read("blocks = []")


def test_a_question_twice_is_refused():
    question = '[[blocks]]\nkind = "question"\nid = "why"\ntext = "Why?"\n'
    with pytest.raises(TemplateFaulty, match="twice"):
        read(question * 2)


def test_limits_that_contradict_each_other_are_refused():
    with pytest.raises(TemplateFaulty, match="more words than it allows"):
        read('[[blocks]]\nkind = "question"\nid = "w"\ntext = "W?"\nwords_from = 90\nwords_to = 50')


def test_a_file_that_is_not_there_or_not_utf8_is_a_plain_sentence(tmp_path):
    path = tmp_path / "mine" / "template.toml"
    path.parent.mkdir()
    with pytest.raises(TemplateFaulty, match="could not be read"):
        read_template(path, KNOWN)
    path.write_bytes(b'title = "caf\xe9"')
    with pytest.raises(TemplateFaulty, match="UTF-8"):
        read_template(path, KNOWN)


def test_every_kind_of_block_has_its_own_word():
    assert all(spec.kind == word for word, spec in KINDS.items())
    assert len(KINDS) == len(set(KINDS.values()))


ASKED = """
[[blocks]]
kind = "together"
[[blocks.blocks]]
kind = "question"
id = "why"
text = "Why?"
"""


@pytest.mark.parametrize(
    ("keys", "line", "key", "why"),
    [
        ("words_from = 9\nwords_to = 3", 16, "words_to", "asks for more words than it allows"),
        ('box = "number"\nwords_to = 3', 16, "words_to", "is for an answer in words"),
        ('box = "number"\nchoices = ["A"]', 15, "box", "do not go together"),
        ('box = "tick"', 15, "box", "is not known. There are: words, number, costs"),
        ('choices = ["A", "A"]', 15, "choices", "has a choice twice"),
        ("several = true", 15, "several", "there are none"),
        ("whole_pounds = true", 15, "whole_pounds", "is for a number or costs"),
        ("rows_to = 3", 15, "rows_to", "is for costs"),
        ("letters_each = 3", 15, "letters_each", "is for costs"),
        ('box = "costs"\nscheme = "luck"', 16, "scheme", "there is no scheme “luck”"),
        ('box = "number"\nat_least = "cost"', 16, "at_least", "names a question of costs"),
        ("strict = 1", 15, "strict", "is true or false"),
        ('draft = "{answer:how}"', 15, "draft", "there is no question “how” to repeat"),
        ('draft = "{answer:why}"', 15, "draft", "goes round in a circle: why repeats why"),
        ('prompt = "{answer:}"', 15, "prompt", "names no question"),
    ],
)
def test_a_question_that_does_not_hold_is_named_by_line_and_key(keys, line, key, why):
    with pytest.raises(TemplateFaulty) as fault:
        read(ASKED + keys + "\n")
    said = str(fault.value)
    assert f"mine/template.toml, line {line}:" in said, said
    assert f"“{key}”" in said
    assert why in said


@pytest.mark.parametrize(
    ("block", "key", "why"),
    [
        ('kind = "groups"\nof = "luck"', "of", "There are: nlcf, sport_england"),
        ('kind = "groups"', "of", "is missing"),
        ('kind = "buys"\nof = ["week"]', "of", "There are: session, attendance, person"),
        ('kind = "receipts"\nfrom_pounds = -5', "from_pounds", "is a whole number from 0"),
        ('kind = "receipts"\ntogether = 1', "together", "is true or false"),
        ('kind = "budget"\nwhole_pounds = "yes"', "whole_pounds", "is true or false"),
        ('kind = "targets"\nfigure = "people"', "figure", "is not known here"),
        ('kind = "money-brief"\nof = "x"', "of", "is not known here"),
    ],
)
def test_a_block_for_applications_that_does_not_hold_is_named(block, key, why):
    known = _known()
    with pytest.raises(TemplateFaulty) as fault:
        parse_template(f"{HEAD}[[blocks]]\n{block}\n", known, name="mine/template.toml")
    said = str(fault.value)
    assert "mine/template.toml, line " in said
    assert f", “{key}" in said or f", {key} 1" in said
    assert why in said
