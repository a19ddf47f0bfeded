"""Returns about an agreement: which one, its places, what is claimed; small numbers stay hidden."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.disclosure import Disclosure, Hidden
from app.domain.errors import AppError
from app.domain.periods import Period
from app.domain.places import (
    AgreementDraft,
    AgreementKind,
    CountedBy,
    PlaceDraft,
    PricePer,
    count_place,
)
from app.domain.referrals import ReferralDraft
from app.returns.options import ReturnOptions
from app.returns.parts.referrals.places import _cut, _merged, _number, _printed
from app.services import places, returns
from app.storage import referrals
from app.storage.place_counts import PlaceStanding
from tests import builders
from tests.domain.solver import MOST, reader_sees
from tests.returns.making import COUNTED, tables, texts, words
from tests.returns.test_impact_report import text_of
from tests.times import times

FIRST = dt.date(2026, 9, 1)
AUTUMN = Period(first=FIRST, last=dt.date(2026, 10, 31))
OCTOBER = Period(first=dt.date(2026, 10, 1), last=dt.date(2026, 10, 31))
SEPTEMBER = Period(first=FIRST, last=dt.date(2026, 9, 30))


def agreement(register, reference="YP-26", **details):
    """Add an agreement of twelve weeks a place; return its id."""
    values = {
        "funder": "Place board", "reference": reference, "from_on": FIRST,
        "counted_by": CountedBy.WEEKS, "units_each": 12, "price_pence": 9600,
        "age_from": 11, "age_to": 18, "parent_consent": True,
    }  # fmt: skip
    done = places.save_agreement(register, AgreementDraft(**(values | details)), today=FIRST)
    return done.ids[0]


def place(register, agreed, who, source="school", **details):
    """Give somebody a place from a referral with a reference."""
    with register.transaction("test"):
        referral = referrals.add(
            register,
            who,
            ReferralDraft(received_on=FIRST, source_type=source, reference=f"REF-{who % 1000}"),
        )
    draft = PlaceDraft(
        agreement_id=agreed, person_id=who, referral_id=referral, **({"from_on": FIRST} | details)
    )
    return places.grant_place(register, draft, today=FIRST)


@pytest.fixture
def young(register):
    """Twelve young people with places: ten sent by schools, two by CAMHS; each came in some weeks."""
    agreed = agreement(register)
    box = builders.activity(register, name="Boxers")
    who = [builders.person(register, f"Y{n}", "Bell", birth_year=2012) for n in range(12)]
    for number, one in enumerate(who):
        place(register, agreed, one, "camhs" if number < 2 else "school")
    for week in range(8):
        at = builders.session(register, of=box, day=dt.date(2026, 9, 1) + dt.timedelta(weeks=week))
        for one in who[: 12 - week]:
            builders.mark(register, at, one)
    return register


def made(register, name, period=AUTUMN, **details):
    """Fill a return."""
    return returns.prepare(
        register, name, ReturnOptions(**({"period": period, "counted_at": COUNTED} | details))
    )


def rows(filled, table):
    """Return a table's rows as texts, the total last."""
    found = tables(filled)[table]
    return [texts(one) for one in (*found.rows, *((found.total,) if found.total else ()))]


def test_places_are_those_of_the_figures(young):
    filled = made(young, "young-people", disclosure="internal")
    # 12 + 11 + … + 5 weeks were used.
    assert rows(filled, "places") == [["12", "144", "68", "76", "0", "0"]]
    assert rows(filled, "places-by-source") == [
        ["CAMHS (young people's mental health)", "2", "24", "16", "0", "0"],
        ["School or college", "10", "120", "52", "0", "0"],
        ["All", "12", "144", "68", "0", "0"],
    ]
    assert rows(filled, "places-by-ages")[-1] == ["All", "12"]
    assert rows(filled, "places-by-parents") == [
        ["No agreement written down", "12"], ["All", "12"],
    ]  # fmt: skip


def test_few_who_were_sent_by_one_kind_are_added_to_others_outside(young):
    filled = made(young, "young-people")
    assert not any("CAMHS" in row[0] for row in rows(filled, "places-by-source"))
    assert rows(filled, "places-by-source")[-1][1] == "12"
    assert "camhs" not in text_of(returns.render_pdf(filled).pdf).lower()


def test_the_only_agreement_is_taken_by_itself(young):
    assert "YP-26" in text_of(returns.render_pdf(made(young, "young-people")).pdf)


def test_of_several_one_has_to_be_named_and_they_are_listed(young):
    agreement(young, "YP-27")
    with pytest.raises(AppError, match=r"several: YP-2\d, YP-2\d\. Name one by its reference"):
        made(young, "young-people")
    assert rows(made(young, "young-people", grant="yp-26"), "places")[0][0] == "12"


def test_of_several_the_one_of_the_right_kind_is_taken(young):
    agreement(young, "C-1", kind=AgreementKind.CONTRACT, quarterly_pence=125_000)
    agreement(young, "S-1", kind=AgreementKind.SPOT)
    read = text_of(returns.render_pdf(made(young, "contract-return")).pdf)
    assert "Contract, C-1" in read
    assert "£1,250.00 a quarter" in read
    assert rows(made(young, "young-people"), "places")[0][0] == "12"
    none = made(young, "young-people", grant="S-1")
    said = words(none)
    assert "No funded place ran under this agreement in the period." in said
    assert "Who sent them" not in said
    assert not [one for one in none.tables if one["id"].startswith("places-")]
    assert "places" not in tables(none)


def test_a_reference_that_is_not_there_is_told_with_those_that_are(young):
    with pytest.raises(AppError, match=r"no agreement with the reference X-9.* are: YP-26"):
        made(young, "young-people", grant="X-9")


@pytest.mark.parametrize("name", ["young-people", "spot-payment-claim"])
def test_without_any_agreement_it_says_so(register, name):
    filled = made(register, name)
    assert any("No agreement is written down" in warning for warning in filled.warnings)
    assert returns.render_pdf(filled).pages >= 1


def test_a_place_is_claimed_once_in_the_period_in_which_it_began(young):
    first = made(young, "spot-payment-claim", SEPTEMBER)
    later = made(young, "spot-payment-claim", OCTOBER)
    assert first.tables[0]["total_pence"] == 12 * 9600
    assert later.tables[0]["total_pence"] == 0


def test_sessions_are_claimed_once_in_the_period_in_which_they_were(register):
    agreed = agreement(
        register, price_per=PricePer.SESSION, price_pence=850, counted_by=CountedBy.SESSIONS
    )
    box = builders.activity(register, name="Boxers")
    who = builders.person(register, birth_year=2012)
    place(register, agreed, who)
    for day in (dt.date(2026, 9, 8), dt.date(2026, 9, 15), dt.date(2026, 10, 6)):
        builders.mark(register, builders.session(register, of=box, day=day), who)
    assert made(register, "spot-payment-claim", SEPTEMBER).tables[0]["total_pence"] == 1700
    assert made(register, "spot-payment-claim", OCTOBER).tables[0]["total_pence"] == 850
    assert made(register, "spot-payment-claim", AUTUMN).tables[0]["total_pence"] == 2550


def test_a_claim_names_nobody(young):
    read = text_of(returns.render_pdf(made(young, "spot-payment-claim")).pdf)
    assert "REF-" in read
    assert "Bell" not in read


def test_outcomes_without_pairs_say_that_nothing_is_said(young):
    assert any("so nothing is said" in one for one in words(made(young, "ageing-well")))


def _standing(person, source, used, over):
    """One place of three weeks."""
    return PlaceStanding(
        place_id=person, agreement_id=1, agreement="YP-26", reference="", person_id=person,
        given_name="", family_name="", known_as="", referral_id=None, received_on=None,
        source_type=source, source_organisation="", needs=(), from_on=FIRST, last_on=None,
        counted_by=CountedBy.WEEKS, price_pence=None, price_per=PricePer.PLACE,
        count=count_place(3, used, FIRST if over else None, FIRST, sessions=used, no_shows=0),
    )  # fmt: skip


SOURCES = st.sampled_from(["school", "school", "gp", "camhs"])
STANDING = st.lists(st.tuples(SOURCES, st.integers(0, 3), st.booleans()), max_size=14)


@settings(max_examples=times(25), deadline=None)
@given(STANDING, st.sampled_from([Disclosure.FUNDER, Disclosure.NHS, Disclosure.PUBLIC]))
def test_nothing_small_of_the_places_can_be_worked_out(found, mode):
    made = [_standing(number, *one) for number, one in enumerate(found)]
    by_source = _cut(made, lambda one: (one.source_type,), {})
    cuts = {"": {"": tuple(made)}, "source": _merged(by_source, mode)}
    shown = _printed(cuts, mode)
    sums = [
        (("", "", number), [("source", part, number) for part in cuts["source"]], False)
        for number in ("people", "granted", "used", "expired", "missed")
        if cuts["source"]
    ]
    sums += [
        ((cut, part, "granted"), [(cut, part, one) for one in ("used", "left", "expired")], False)
        for cut in cuts
        for part in cuts[cut]
    ]
    page = reader_sees(shown, mode, sums)
    # What is left is printed of the whole only.
    page.ranges |= {key: (0, MOST) for key in page.ranges if key[2] == "left" and key[0]}
    assert page.tighten(dict(page.ranges)) is not None
    for (cut, part, number), one in shown.items():
        row = cuts[cut][part]
        if isinstance(one, Hidden):
            if number == "people":
                assert len(page.values_of((cut, part, number))) >= 2
                assert isinstance(shown[cut, part, "granted"], Hidden)
        else:
            assert not mode.hides(_number(row, number))
