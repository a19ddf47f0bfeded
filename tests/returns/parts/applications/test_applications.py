"""Applications and ends of grants: what a sum buys, budgets, receipts, targets."""

import datetime as dt
from types import SimpleNamespace

import pytest

from app.domain.disclosure import Disclosure
from app.domain.errors import TemplateFaulty
from app.domain.grants import BudgetRow, GrantDraft, GrantState
from app.domain.ledger import EntryKind, FundDraft, FundKind
from app.domain.money import pounds
from app.domain.returns import Target
from app.domain.settings import Settings
from app.returns.fill import fill
from app.returns.filled import BigNumbers, KeyFacts, Paragraph, plain
from app.returns.language.reading import parse_template
from app.returns.language.schemes import in_force, read_schemes, whole_pounds
from app.services import figures, money, returns
from app.services.returns import _known
from app.storage import drafts, grants
from app.storage import settings as kept_settings
from app.storage.register import Register
from tests import builders
from tests.returns.making import HEAD, YEAR, filled, options, tables, texts
from tests.returns.pdf import pdf_checks
from tests.returns.test_every_return import asked
from tests.returns.test_impact_report import text_of

TODAY = dt.date(2026, 11, 3)
OURS = ("small-grant", "grant-application", "movement-fund", "end-of-grant", "town-council-report")
INFOS = {one.id: one for one in returns.list_templates() if one.id in OURS}


@pytest.fixture(scope="module")
def example(small_example_made):
    with Register.open(small_example_made, write=False) as register:
        yield register


@pytest.fixture
def purse(register):
    """A cash book with a grant of £200 for hall hire and paint, and one planned."""
    money.prepare_book(register, opened_on=dt.date(2025, 4, 1), bank_pence=500_00, cash_pence=0)
    tied = FundDraft(name="Council grant", kind=FundKind.RESTRICTED, purpose="Hall hire")
    fund = money.save_fund(register, tied).ids[0]
    known = money.books(register)
    heads = {h.name: h.id for h in known.headings.values()}
    hall, paint = heads["Hall hire"], heads["Materials"]
    budget = (BudgetRow(heading_id=hall, budget_pence=150_00),
              BudgetRow(heading_id=paint, budget_pence=50_00))  # fmt: skip
    draft = GrantDraft(
        reference="TC-1", funder="Town Council", state=GrantState.AWARDED, fund_id=fund,
        awarded_pence=200_00, budget=budget,
    )  # fmt: skip
    grant = money.save_grant(register, draft).ids[0]
    free = next(f.id for f in known.funds.values() if f.kind is FundKind.UNRESTRICTED)
    return SimpleNamespace(
        bank=known.accounts and next(iter(known.accounts)), fund=fund, free=free, grant=grant,
        hall=hall, paint=paint, budget=budget,
    )  # fmt: skip


def move(register, purse, pence, day, *, heading=None, grant=None, **details):
    fund = purse.fund if grant else purse.free
    line = {"heading_id": heading, "grant_id": grant}
    draft = builders.entry(day, (purse.bank, fund, pence, line.items()), **details)
    done = money.save_entry(register, draft, today=TODAY)
    assert getattr(done, "ids", ()), done


def tuesdays(register, number, people=("Ann",)):
    """Hold some Tuesdays with the same people at each."""
    club = builders.activity(register)
    known = [builders.person(register, name) for name in people]
    for week in range(number):
        at = builders.session(register, club, day=dt.date(2026, 10, 27) - dt.timedelta(weeks=week))
        for who in known:
            builders.mark(register, at, who)
    return club


# --- what a sum buys ----------------------------------------------------------------------------

BUYS = '[[blocks]]\nkind = "buys"\nof = ["session", "attendance"]\n'


def said(made):
    return [plain(block.runs) for block in made.walk() if isinstance(block, Paragraph)]


def test_a_sum_is_told_in_tuesdays(register, purse):
    tuesdays(register, 4, ("Ann", "Bea"))
    move(register, purse, -148_00, dt.date(2026, 10, 6), payee="Hall")
    made = filled(register, BUYS, sum_pence=200_00)
    assert said(made) == ["£200 = 5 more Tuesdays, or 10 more attendances."]
    numbers = next(block for block in made.walk() if isinstance(block, BigNumbers))
    assert [(one.value, one.label) for one in numbers.items] == [
        ("5", "more Tuesdays"), ("10", "more attendances"),
    ]  # fmt: skip
    assert numbers.items[0].source.figure == "cost_per_session_pence"


def test_a_sum_below_the_cost_of_one_session_says_what_part_it_is(register, purse):
    tuesdays(register, 1)
    move(register, purse, -80_00, dt.date(2026, 10, 6), payee="Hall")
    made = filled(register, BUYS.replace(', "attendance"', ""), answers={"sum": "£20"})
    assert said(made) == ["One Tuesday costs us £80.00 to run: £20 pays for 25% of one."]


def test_sessions_of_several_activities_are_no_tuesdays(register, purse):
    tuesdays(register, 1)
    other = builders.activity(register, name="Art")
    at = builders.session(register, other, day=dt.date(2026, 10, 27))
    builders.mark(register, at, builders.person(register, "Cat"))
    move(register, purse, -80_00, dt.date(2026, 10, 6), payee="Hall")
    assert "£100 = 2 more sessions, or 2 more attendances." in said(
        filled(register, BUYS, sum_pence=100_00)
    )


def test_the_sum_of_the_planned_grant_is_taken_where_no_other_is_said(register, purse):
    tuesdays(register, 1)
    move(register, purse, -100_00, dt.date(2026, 10, 6), payee="Hall")
    money.save_grant(register, GrantDraft(reference="P-1", funder="Trust", applied_pence=300_00))
    assert said(filled(register, BUYS))[0].startswith("£300 = 3 more Tuesdays")


@pytest.mark.parametrize(("pence", "why"), [(None, "how much you ask for"), (1, "not known yet")])
def test_what_is_not_known_is_said(register, pence, why):
    made = filled(register, BUYS, sum_pence=pence)
    assert any(why in warning for warning in made.warnings)


def test_the_cost_of_few_people_does_not_give_their_number_away(register, purse):
    tuesdays(register, 2, ("Ann", "Bea"))
    move(register, purse, -100_00, dt.date(2026, 10, 6), payee="Hall")
    made = filled(register, BUYS, sum_pence=200_00, disclosure="funder")
    assert said(made) == ["£200 = 4 more Tuesdays."]
    assert made.figures["cost_per_attendance_pence"]["value"] is None


# --- schemes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "most"), [(dt.date(2023, 11, 14), 10_000_00), (dt.date(2023, 11, 15), 20_000_00)]
)
def test_a_scheme_gives_what_it_gave_on_the_day(day, most):
    assert in_force("awards_for_all", day).sum_to_pence == most
    assert in_force("movement_fund", dt.date(2023, 12, 31)) is None


def test_a_faulty_scheme_is_named():
    with pytest.raises(TemplateFaulty, match=r"schemes\.toml, luck"):
        read_schemes({"luck": [{"title": "No day"}]})


@pytest.mark.parametrize(
    ("said", "whole"),
    [("£1,234.50", "£1,235"), ("£0.49", "£0"), ("12", "12"), ("£999.99", "£1,000")],
)
def test_sums_are_rounded_to_whole_pounds(said, whole):
    assert whole_pounds(said) == whole


# --- budget, receipts, targets ------------------------------------------------------------------

BUDGET = '[[blocks]]\nkind = "budget"\n'


def test_budget_and_spending_stand_side_by_side_with_the_difference(register, purse):
    move(register, purse, 200_00, dt.date(2026, 5, 1), grant=purse.grant)
    move(register, purse, -160_00, dt.date(2026, 6, 2), heading=purse.hall, grant=purse.grant)
    move(register, purse, -20_00, dt.date(2026, 6, 9), heading=purse.paint, grant=purse.grant)
    made = filled(register, BUDGET)
    table = tables(made)["budget"]
    assert [texts(row) for row in (*table.rows, table.total)] == [
        ["Hall hire", "£150.00", "£160.00", "£10.00 over"],
        ["Materials", "£50.00", "£20.00", "£30.00 left"],
        ["Together", "£200.00", "£180.00", "£20.00 left"],
    ]
    assert "£10.00 more was spent on Hall hire than the budget has." in made.warnings
    assert any("£20.00 of this grant is not spent yet" in one for one in made.warnings)


def test_beyond_the_most_headings_the_smallest_are_one_line(register, purse):
    many_headings(register, purse, 6)
    move(register, purse, 200_00, dt.date(2026, 5, 1), grant=purse.grant)
    move(register, purse, -2_00, dt.date(2026, 6, 9), heading=purse.paint, grant=purse.grant)
    whole, cut = (tables(filled(register, BUDGET + f"most = {n}\n"))["budget"] for n in (0, 4))
    assert [texts(row)[0] for row in whole.rows] == [
        "Hall hire", "Materials", *(f"Heading {n}" for n in range(6))]  # fmt: skip
    assert [texts(row) for row in cut.rows] == [
        ["Hall hire", "£150.00", "£0.00", "£150.00 left"],
        ["Materials", "£50.00", "£2.00", "£48.00 left"],
        ["Heading 5", "£6.00", "£0.00", "£6.00 left"],
        ["5 smaller headings", "£15.00", "£0.00", "£15.00 left"],
    ]
    assert cut.total == whole.total


def many_headings(register, purse, count):
    """Give the grant of the purse as many headings more, the last one the largest."""
    new = [
        money.save_heading(register, f"Heading {n}", EntryKind.PAYMENT).ids[0] for n in range(count)
    ]
    rows = (BudgetRow(heading_id=one, budget_pence=(n + 1) * 1_00) for n, one in enumerate(new))
    draft = GrantDraft(
        reference="TC-1", funder="Town Council", state=GrantState.AWARDED, fund_id=purse.fund,
        awarded_pence=200_00, budget=(*purse.budget, *rows),
    )  # fmt: skip
    assert money.save_grant(register, draft, purse.grant).ids


def test_costs_are_the_planned_grant_s_until_others_are_typed(register, purse):
    draft = GrantDraft(reference="P-1", funder="Trust", applied_pence=200_00, budget=purse.budget)
    money.save_grant(register, draft)
    asks = '[[blocks]]\nkind = "question"\nid = "costs"\ntext = "Costs"\nbox = "costs"\n'
    made = filled(register, asks)
    assert made.answers["costs"]["answer"] == "Hall hire: £150.00\nMaterials: £50.00"
    assert made.answers["costs"]["is_draft"]
    typed = filled(register, asks, answers={"costs": "Chairs: 90"})
    assert typed.answers["costs"]["answer"] == "Chairs: £90.00"


RECEIPTS = '[[blocks]]\nkind = "receipts"\n'


def test_payments_are_listed_and_the_total_is_what_was_spent(register, purse):
    move(register, purse, 200_00, dt.date(2026, 5, 1), grant=purse.grant)
    for day in (2, 9, 16):
        move(
            register, purse, -20_00, dt.date(2026, 6, day),
            heading=purse.hall, grant=purse.grant, payee="Methodist hall",
        )  # fmt: skip
    move(
        register, purse, -9_50, dt.date(2026, 6, 20), heading=purse.paint, grant=purse.grant,
        payee="Shop", description="Paint",
    )  # fmt: skip
    made = filled(register, RECEIPTS)
    table = tables(made)["receipts"]
    assert len(table.rows) == 4
    assert texts(table.rows[-1]) == [
        "20 Jun 2026", "Shop", "Paint (Materials)", "none", "£9.50",
    ]  # fmt: skip
    assert table.total[-1].text == "£69.50"
    assert "4 payments have no receipts kept with them." in made.warnings
    together = tables(filled(register, RECEIPTS + "together = true\n"))["receipts"]
    assert [texts(row)[2] for row in together.rows] == [
        "Hall hire, 3 payments",
        "Paint (Materials)",
    ]
    assert texts(together.rows[0])[0] == "2 Jun to 16 Jun 2026"
    assert together.total == table.total
    large = tables(filled(register, RECEIPTS + "from_pounds = 20\n"))["receipts"]
    assert len(large.rows) == 3
    assert "Smaller ones together: £9.50." in plain(large.notes[0])
    short = tables(filled(register, RECEIPTS + "most = 2\n"))["receipts"]
    assert [texts(row)[1:] for row in short.rows] == [
        ["Methodist hall", "Hall hire", "none", "£20.00"],
        ["2 others", "3 smaller payments", "none", "£49.50"],
    ]
    assert short.total == table.total


def test_a_council_gets_two_pages_however_many_payments_there_were(register, purse):
    tuesdays(register, 6, ("Ann", "Bea", "Cat", "Dee", "Eve"))
    many_headings(register, purse, 12)
    move(register, purse, 2_000_00, dt.date(2026, 5, 1), grant=purse.grant)
    for number in range(40):
        move(
            register, purse, -1_00 - number, dt.date(2026, 6, 2), heading=purse.hall,
            grant=purse.grant, payee=f"Hall {number}",
        )  # fmt: skip
    words = " ".join(["company"] * 150)
    given = options(grant="TC-1", answers={"difference": words, "learned": words})
    made = returns.prepare(register, "town-council-report", given)
    assert len(tables(made)["receipts"].rows) == 10
    assert returns.render_pdf(made).pages == 2


TARGETS = '[[blocks]]\nkind = "targets"\n'


def promise(register, purse, *targets):
    with register.transaction("Targets"):
        drafts.set_targets(register, purse.grant, targets)


def test_targets_stand_beside_results(register, purse):
    tuesdays(register, 6, ("Ann", "Bea"))
    promise(
        register, purse,
        Target(figure="sessions_held", target=6),
        Target(figure="people", target=8, label="People helped"),
        Target(figure="people", breakdown="sex", part="not_asked", target=1),
        Target(figure="shoes", target=1),
    )  # fmt: skip
    made = filled(register, TARGETS)
    assert [texts(row) for row in tables(made)["targets"].rows] == [
        ["Sessions held", "6", "6", "Yes"],
        ["People helped", "8", "2", "Not yet: 25% of it"],
        ["People: Not asked", "1", "2", "Yes"],
    ]
    assert any("“shoes” is left out" in warning for warning in made.warnings)


def test_a_target_of_few_people_does_not_give_them_away(register, purse):
    tuesdays(register, 6, ("Ann", "Bea"))
    promise(register, purse, Target(figure="people", target=8))
    made = filled(register, TARGETS, disclosure="funder")
    assert texts(tables(made)["targets"].rows[0])[2:] == ["fewer than 5", "Too few to say"]


def test_a_grant_for_one_activity_counts_that_one(register, purse):
    club = tuesdays(register, 3)
    builders.mark(
        register,
        builders.session(register, builders.activity(register, name="Art"), day=TODAY),
        builders.person(register, "Cat"),
    )
    blocks = BUDGET + '[[blocks]]\nkind = "text"\ntext = "{sessions_held} held."\n'
    may = 'may_have = ["activity"]\n'
    head = HEAD.replace("{disclosure}", "internal") + may
    template = parse_template(head + blocks, _known(), name="mine/template.toml")
    assert "4 held." in said(fill(template, register, options()))
    only_for(register, purse, (club.id,))
    made = fill(template, register, options())
    assert "3 held." in said(made)
    assert "Tea Club" in made.period


def only_for(register, purse, activities):
    kept = grants.get(register, purse.grant)
    values = {name: getattr(kept, name) for name in GrantDraft.__dataclass_fields__}
    with register.transaction("Grant"):
        draft = GrantDraft(**{**values, "activities": activities})
        grants.change(register, purse.grant, draft)


def test_the_money_in_brief_is_the_figures_of_the_whole_group(example):
    known = figures.figures(example, YEAR)["figures"]
    made = filled(example, '[[blocks]]\nkind = "money-brief"\n')
    facts = next(block for block in made.walk() if isinstance(block, KeyFacts))
    names = ("opening_balance", "receipts", "payments", "closing_balance", "free_reserves")
    assert [one.text for one in facts.facts] == [
        pounds(known[f"{name}_pence"]["value"]) for name in names
    ]


# --- the five returns, however little or much there is -------------------------------------------

LONG = ("Walking together on Tuesdays helps. " * 1_000).strip()
LETTERS = "Łukasz Nguyễn ਗੁਰਪ੍ਰੀਤ অনন্যা مریم עברית Ελένη Олена 王小明 አበበ 🙂"


def every_answer(info, text):
    return dict.fromkeys(info.questions, text)


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize("text", [LONG, LETTERS, "a" * 5_000, "{" * 50, "=1+1\n\n\t;:|"])
def test_it_is_printed_whatever_was_typed(example, name, text):
    info = INFOS[name]
    made = returns.prepare(example, name, asked(example, info, answers=every_answer(info, text)))
    rendered = returns.render_pdf(made)
    assert rendered.pages >= 1
    if text == LONG:
        assert any("over its limit" in warning for warning in made.warnings)
    if text == LETTERS:
        assert pdf_checks.standard_faults(rendered.pdf) == []


@pytest.mark.parametrize("name", OURS)
def test_it_is_printed_under_a_name_of_300_letters(register, name):
    long_name = Settings(group_name="Long" * 75, tagline="w" * 200)
    with register.transaction("Settings"):
        kept_settings.write(register, long_name)
    made = returns.prepare(register, name, options())
    assert returns.render_pdf(made).pages >= 1


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize("mode", Disclosure)
def test_the_numbers_named_are_the_figures(example, name, mode):
    made = returns.prepare(example, name, asked(example, INFOS[name], disclosure=mode.value))
    if mode is Disclosure.INTERNAL and "grant" not in INFOS[name].needs:
        known = figures.figures(example, YEAR)["figures"]
        assert {n: said["value"] for n, said in made.figures.items()} == {
            n: known[n]["value"] for n in made.figures
        }
    people = made.figures["people"]
    assert f"{people['value']:,}" in text_of(returns.render_pdf(made).pdf)


def test_the_two_pages_of_a_small_grant(example):
    costs = "".join(f"Something that we need for it, number {n}: {n}0\n" for n in range(1, 7))
    full = {"need": LONG[: 6 * 120], "costs": costs, "match": "Chairs, lent by the church."}
    for answers in ({}, full):
        made = returns.prepare(example, "small-grant", options(sum_pence=200_00, answers=answers))
    assert returns.render_pdf(made).pages == 2
