"""Every return but the registers, for every pair of eyes, from a full book and an empty one."""

import re
from itertools import cycle

import pytest

from app.domain.disclosure import Disclosure
from app.domain.people import PersonDraft
from app.returns.filled import Heading, KeepTogether, Note, TwoColumns, plain
from app.returns.language.page_kinds import PlacesOf, PlacesSpec
from app.returns.language.reading import read_template
from app.services import figures, people, returns
from app.services.returns import _files, _known
from app.storage.register import Register
from tests.returns.making import COUNTED, YEAR, options
from tests.returns.pdf import pdf_checks
from tests.returns.test_impact_report import text_of

REGISTERS = {"term-register", "attendance-record", "attendance-sheet"}
"""Long ones, with tests of their own."""
ABOUT_A_GRANT = {"evidence-bundle", "end-of-grant", "town-council-report"}
RETURNS = [one for one in returns.list_templates() if one.id not in REGISTERS]
IDS = [one.id for one in RETURNS]


@pytest.fixture(scope="module")
def example(small_example_made):
    """The small pretend group, read and never written."""
    with Register.open(small_example_made, write=False) as register:
        yield register


def asked(register, info, **details):
    """Return options with everything that a return needs."""
    given = {} if "period" in info.needs else {"period": None}
    if "person" in info.needs:
        given["person_id"] = register.value(
            "SELECT person_id FROM referral_counted WHERE source_type <> 'self' LIMIT 1"
        )
    if "grant" in info.needs:
        given["grant"] = _agreement(register, info.id)
    return options(**(given | details))


def _agreement(register, name):
    if name in ABOUT_A_GRANT:
        return register.value("SELECT reference FROM grant_listed WHERE state = 'awarded' LIMIT 1")
    kind = {"contract-return": "contract", "spot-payment-claim": "spot"}.get(name, "places")
    return register.value(
        "SELECT name FROM agreement_counted ORDER BY kind <> :kind, agreement_id LIMIT 1",
        {"kind": kind},
    )


@pytest.mark.parametrize("info", RETURNS, ids=IDS)
def test_it_keeps_the_standards(example, info):
    filled = returns.prepare(example, info.id, asked(example, info))
    pdf = returns.render_pdf(filled).pdf
    assert pdf_checks.standard_faults(pdf) == []
    assert pdf_checks.parent_tree_faults(pdf) == []
    assert pdf_checks.listening_faults(pdf) == []
    assert pdf_checks.document_faults(pdf, title=filled.title) == []


OF_EVERYBODY = [one for one in RETURNS if "person" not in one.needs]


@pytest.mark.parametrize(
    ("info", "mode"),
    [(one, Disclosure.FUNDER) for one in OF_EVERYBODY] + list(zip(OF_EVERYBODY, cycle(
        [Disclosure.INTERNAL, Disclosure.NHS, Disclosure.PUBLIC])))
)  # fmt: skip
def test_an_empty_book_gives_a_return_that_says_so(register, info, mode):
    given = {} if "period" in info.needs else {"period": None}
    filled = returns.prepare(register, info.id, options(disclosure=mode.value, **given))
    read = text_of(returns.render_pdf(filled).pdf)
    assert read
    assert "nan" not in read.lower().split()


@pytest.mark.parametrize("info", OF_EVERYBODY, ids=[one.id for one in OF_EVERYBODY])
def test_an_empty_book_has_no_heading_over_nothing_and_says_nothing_twice(register, info):
    given = {} if "period" in info.needs else {"period": None}
    filled = returns.prepare(register, info.id, options(**given))
    assert list(over_nothing(filled.blocks)) == []
    notes = [plain(one.runs) for one in filled.walk() if isinstance(one, Note)]
    said = [one for one in notes if one.startswith("No ") and one.endswith("in this book yet.")]
    assert len(said) == len(set(said)) or info.id in ABOUT_A_GRANT
    read = text_of(returns.render_pdf(filled).pdf)
    assert not [clumsy for clumsy in CLUMSY if clumsy in read]


CLUMSY = ("no volunteers", "at no sessions", "not once", "none at a session", "questions: .",
          "came to no ", "0 hours in all", "Every session that was planned")  # fmt: skip
"""What was once said of nothing."""


def over_nothing(blocks):
    """Yield the headings that have nothing under them."""
    for place, block in enumerate(blocks):
        if isinstance(block, TwoColumns):
            yield from over_nothing(block.left)
            yield from over_nothing(block.right)
        elif isinstance(block, KeepTogether):
            yield from over_nothing(block.blocks)
        elif isinstance(block, Heading):
            after = blocks[place + 1] if place + 1 < len(blocks) else None
            while isinstance(after, KeepTogether | TwoColumns):
                after = (after.blocks if isinstance(after, KeepTogether) else after.left)[0]
            if after is None or (isinstance(after, Heading) and after.level <= block.level):
                yield block.text


@pytest.mark.parametrize("mode", Disclosure)
@pytest.mark.parametrize("name", ["unpaid-referrals", "ageing-well", "local-plan", "impact-report"])
def test_a_figure_of_nobody_is_none_for_everybody(register, name, mode):
    told = returns.prepare(register, name, options(disclosure=mode.value)).figures
    counted = figures.figures(register, YEAR)["figures"]
    nothing = {one for one in told.keys() & counted if counted[one]["value"] is None}
    assert nothing
    assert {one: told[one]["value"] for one in nothing} == dict.fromkeys(nothing)


@pytest.mark.parametrize("info", [one for one in RETURNS if "period" in one.needs and not
                                  one.names_people],
                         ids=[one.id for one in RETURNS if "period" in one.needs and not
                              one.names_people])  # fmt: skip
def test_one_person_alone_is_not_given_away(register, info):
    done = people.save_new(register, PersonDraft(given_name="Una"), today=YEAR.last)
    assert done.ids
    filled = returns.prepare(register, info.id, options())
    assert "Una" not in text_of(returns.render_pdf(filled).pdf)


@pytest.mark.parametrize(
    "name", ["unpaid-referrals", "contract-return", "ageing-well", "local-plan"]
)
def test_every_number_is_the_figure_s(example, name):
    info = next(one for one in RETURNS if one.id == name)
    known = figures.figures(example, YEAR)["figures"]
    filled = returns.prepare(example, name, asked(example, info, disclosure="internal"))
    counted = dict(filled.figures)
    assert counted
    for figure, said in counted.items():
        if figure in known:
            assert said["value"] == known[figure]["value"], figure
    read = text_of(returns.render_pdf(filled).pdf)
    large = [said["value"] for said in counted.values() if isinstance(said["value"], int)]
    assert max(large) > 20
    if name != "ageing-well":
        received = known["referrals_received"]["value"]
        assert re.search(rf"\b{received:,} referrals received", read)
        assert f"Accepted {known['referrals_accepted']['value']}" in read or name == "local-plan"


def test_money_that_is_not_recorded_is_said_to_be_so(register):
    filled = returns.prepare(register, "unpaid-referrals", options())
    assert "What this cost us no money recorded yet" in text_of(returns.render_pdf(filled).pdf)


def test_every_kind_of_table_of_places_is_printed_by_some_return():
    printed = {
        spec.of
        for path in _files().values()
        for spec in read_template(path, _known()).walk()
        if isinstance(spec, PlacesSpec)
    }
    assert printed == set(PlacesOf)


def test_the_moment_is_the_one_given(example):
    filled = returns.prepare(example, "local-plan", options())
    assert filled.counted_at == COUNTED
