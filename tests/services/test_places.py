"""Places are given under agreements, used up by attendance, corrected, ended; nothing is double."""

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.attendance import Mark
from app.domain.changes import Topic
from app.domain.contacts import Guardian
from app.domain.periods import Period
from app.domain.places import AgreementDraft, AgreementKind, CountedBy, PlaceDraft, PricePer
from app.domain.referrals import ReferralDraft
from app.services import people, places, referrals
from app.storage import contacts, invariants
from tests import builders
from tests.builders import TODAY

DAY = dt.timedelta(days=1)
PILOT = AgreementDraft(
    funder="Health partnership", reference="YP-1", from_on=dt.date(2026, 9, 1),
    to_on=dt.date(2026, 12, 31), places=2, units_each=3, price_pence=12_000,
)  # fmt: skip


@pytest.fixture
def maryam(register):
    return builders.person(register)


@pytest.fixture
def tea(register):
    return builders.activity(register)


def agreed(register, draft=PILOT, **changes):
    done = places.save_agreement(register, replace(draft, **changes), today=TODAY)
    return done.ids[0] if hasattr(done, "ids") else codes(done)


def codes(refused):
    return [problem.code for problem in refused.problems]


def given(register, agreement, person, day=dt.date(2026, 9, 1), **more):
    draft = PlaceDraft(agreement_id=agreement, person_id=person, from_on=day, **more)
    return places.grant_place(register, draft, today=TODAY)


def comes(register, activity, person, *days, mark=Mark.PRESENT):
    made = []
    for day in days:
        made.append(builders.session(register, activity, day))
        builders.mark(register, made[-1], person, mark)
    return made


def stands(register, person, today=TODAY):
    return [one.count for one in places.places_of(register, person, today=today)]


def september(*days):
    return [dt.date(2026, 9, day) for day in days]


def test_attendance_uses_a_place_up_by_itself_and_no_further(register, tea, maryam):
    agreement = agreed(register)
    (place,) = given(register, agreement, maryam).ids
    comes(register, tea, maryam, *september(8, 1, 15, 22))
    (count,) = stands(register, maryam)
    assert (count.granted, count.used, count.left, count.expired) == (3, 3, 0, 0)
    used = [s.session_on.day for s in places.sessions_of_place(register, place) if s.used]
    assert used == [1, 8, 15]
    (out,) = places.out_of_places(register, today=TODAY)
    assert out.place_id == place
    assert not invariants.findings(register)


def test_a_mark_that_is_taken_back_gives_the_session_back(register, tea, maryam):
    given(register, agreed(register), maryam)
    (met,) = comes(register, tea, maryam, *september(8))
    assert stands(register, maryam)[0].used == 1
    builders.mark(register, met, maryam, Mark.APOLOGY)
    assert stands(register, maryam)[0].used == 0


def test_what_is_unused_expires_with_the_agreements_last_day(register, tea, maryam):
    given(register, agreed(register), maryam)
    comes(register, tea, maryam, *september(8))
    last = dt.date(2026, 12, 31)
    assert stands(register, maryam, last - DAY)[0].left == 2
    count = stands(register, maryam, last)[0]
    assert (count.used, count.left, count.expired) == (1, 0, 2)
    (soon,) = places.expiring_places(register, today=last - 28 * DAY)
    assert soon.person_id == maryam
    assert not places.expiring_places(register, today=last - 29 * DAY)


def test_weeks_are_used_once_however_often_somebody_comes(register, tea, maryam):
    given(register, agreed(register, counted_by=CountedBy.WEEKS), maryam)
    comes(register, tea, maryam, *september(7, 9, 13, 14))
    (count,) = stands(register, maryam)
    assert (count.used, count.sessions) == (2, 4)


def test_not_coming_without_a_word_uses_a_place_only_where_agreed(register, tea, maryam):
    agreement = agreed(register)
    given(register, agreement, maryam)
    comes(register, tea, maryam, *september(8), mark=Mark.ABSENT)
    comes(register, tea, maryam, *september(15), mark=Mark.APOLOGY)
    assert (stands(register, maryam)[0].used, stands(register, maryam)[0].no_shows) == (0, 1)
    places.save_agreement(register, replace(PILOT, no_show_uses=True), agreement, today=TODAY)
    assert (stands(register, maryam)[0].used, stands(register, maryam)[0].no_shows) == (1, 1)


def test_only_the_agreements_activities_use_its_places(register, tea, maryam):
    walk = builders.activity(register, name="Walk")
    given(register, agreed(register, activities=(walk.id,)), maryam)
    comes(register, tea, maryam, *september(8))
    comes(register, walk, maryam, *september(10))
    assert stands(register, maryam)[0].used == 1


def test_a_session_is_used_by_one_place_and_the_next_takes_the_rest(register, tea, maryam):
    agreement = agreed(register)
    given(register, agreement, maryam)
    given(register, agreement, maryam, dt.date(2026, 9, 8))
    comes(register, tea, maryam, *september(1, 8, 15, 22, 29))
    assert [count.used for count in stands(register, maryam)] == [3, 2]


def test_a_session_is_corrected_both_ways_and_let_be_again(register, tea, maryam):
    (place,) = given(register, agreed(register), maryam).ids
    came, missed = comes(register, tea, maryam, *september(8, 15))
    builders.mark(register, missed, maryam, Mark.APOLOGY)
    places.correct_use(register, place, came.id, False, "a taster")
    assert stands(register, maryam)[0].used == 0
    places.correct_use(register, place, missed.id, True)
    assert stands(register, maryam)[0].used == 1
    places.correct_use(register, place, came.id, None)
    assert stands(register, maryam)[0].used == 2
    unmarked = builders.session(register, tea, dt.date(2026, 9, 22))
    places.correct_use(register, place, unmarked.id, True, "was there, not on the sheet")
    assert [s.how for s in places.sessions_of_place(register, place)] == ["came", "said", "said"]


def test_what_cannot_use_a_place_is_refused(register, tea, maryam):
    agreement = agreed(register)
    (first,) = given(register, agreement, maryam).ids
    (second,) = given(register, agreement, maryam).ids
    met = comes(register, tea, maryam, *september(1, 8, 15, 22))
    before = builders.session(register, tea, dt.date(2026, 8, 25))

    def corrected(place, session):
        return codes(places.correct_use(register, place, session.id, True))

    assert corrected(first, before) == ["session_not_of_place"]
    assert corrected(second, met[0]) == ["session_on_other_place"]
    places.correct_use(register, second, met[3].id, False)
    assert corrected(first, met[3]) == ["place_used_up"]


def test_a_place_stays_within_its_agreement(register, maryam):
    agreement = agreed(register)
    assert codes(given(register, agreement, maryam, dt.date(2026, 8, 31))) == [
        "place_outside_agreement"
    ]
    (place,) = given(register, agreement, maryam).ids
    later = replace(PILOT, from_on=dt.date(2026, 9, 2))
    assert codes(places.save_agreement(register, later, agreement, today=TODAY)) == [
        "agreement_leaves_places"
    ]
    ended = places.end_place(register, place, dt.date(2027, 1, 1), today=TODAY)
    assert codes(ended) == ["place_outside_agreement"]
    ended = places.end_place(register, place, dt.date(2026, 8, 1), today=TODAY)
    assert codes(ended) == ["place_ends_before"]


def test_no_more_places_are_given_than_were_agreed(register, maryam):
    agreement = agreed(register, kind=AgreementKind.SPOT, places=None)
    (place,) = given(register, agreement, maryam).ids
    assert codes(given(register, agreement, builders.person(register, "Joan"))) == [
        "places_all_given"
    ]
    places.put_place_in_bin(register, place)
    assert given(register, agreement, builders.person(register, "June")).ids
    assert codes(places.take_place_out_of_bin(register, place)) == ["places_all_given"]


def test_ages_outside_are_refused_and_unknown_ones_are_said(register, maryam):
    agreement = agreed(register, age_from=11, age_to=18, parent_consent=True)
    old = builders.person(register, "Ida", born_on=dt.date(1950, 1, 1))
    assert codes(given(register, agreement, old)) == ["age_outside_place"]
    child = builders.person(register, "Amy", born_on=dt.date(2014, 9, 2))
    draft = PlaceDraft(agreement_id=agreement, person_id=child, from_on=dt.date(2026, 9, 1))

    def cautions(**changes):
        found = places.place_cautions(register, replace(draft, **changes), today=TODAY)
        return [problem.code for problem in found]

    assert cautions() == ["parent_consent_needed"]
    assert cautions(person_id=maryam) == ["age_not_sure", "parent_consent_needed"]
    guardian = Guardian(name="Her mother", activity_consent_on=dt.date(2026, 9, 1))
    with register.transaction("test"):
        contacts.keep_guardians(register, child, (guardian,))
    assert cautions() == []
    assert given(register, agreement, child).ids
    assert cautions() == ["place_has_already"]


def test_an_agreement_with_places_does_not_go_in_the_bin(register, maryam):
    agreement = agreed(register)
    (place,) = given(register, agreement, maryam).ids
    assert codes(places.put_agreement_in_bin(register, agreement)) == ["agreement_has_places"]
    places.put_place_in_bin(register, place)
    assert places.put_agreement_in_bin(register, agreement).ids
    assert not places.list_agreements(register)
    assert agreed(register, from_on=dt.date(2026, 10, 1))
    assert codes(places.take_agreement_out_of_bin(register, agreement)) == [
        "agreement_reference_taken"
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"funder": " "}, "funder_needed"),
        ({"from_on": None}, "date_needed"),
        ({"to_on": dt.date(2026, 8, 31)}, "period_backwards"),
        ({"from_on": dt.date(1926, 9, 1)}, "day_out_of_reach"),
        ({"places": 0}, "places_range"),
        ({"units_each": 1_001}, "places_range"),
        ({"kind": AgreementKind.SPOT, "places": 2}, "spot_is_one"),
        ({"age_from": 19, "age_to": 18}, "age_range"),
        ({"age_to": 131}, "age_unlikely"),
        ({"price_pence": -1}, "amount_range"),
        ({"reference": "x" * 300}, "text_too_long"),
        ({"source_types": ("cousin",)}, "answer_unknown"),
    ],
)
def test_what_an_agreement_needs_is_said(register, changes, code):
    assert agreed(register, **changes) == [code]


def test_a_place_needs_units_a_person_and_a_referral_of_theirs(register, maryam):
    agreement = agreed(register, units_each=None)
    assert codes(given(register, agreement, maryam)) == ["units_needed"]
    assert codes(given(register, agreement, 1, units=1)) == ["person_gone"]
    assert codes(given(register, 1, maryam, units=1)) == ["agreement_gone"]
    assert codes(given(register, agreement, maryam, units=1, referral_id=1)) == [
        "referral_of_another"
    ]


def test_a_changed_place_keeps_what_is_used(register, tea, maryam):
    agreement = agreed(register)
    (place,) = given(register, agreement, maryam).ids
    comes(register, tea, maryam, *september(1, 8))
    draft = PlaceDraft(from_on=dt.date(2026, 9, 1), units=1)
    assert codes(places.change_place(register, place, draft, today=TODAY)) == ["place_units_used"]
    assert places.change_place(register, place, replace(draft, units=2), today=TODAY).ids
    assert stands(register, maryam)[0].out


def test_worth_is_of_places_or_of_sessions(register, tea, maryam):
    agreement = agreed(register)
    assert given(register, agreement, maryam).ids
    given(register, agreement, builders.person(register, "Joan"), price_pence=5_000)
    comes(register, tea, maryam, *september(1, 8))
    (standing,) = places.agreement_standings(register, today=TODAY)
    assert (standing.given, standing.free, standing.worth_pence) == (2, 0, 17_000)
    by_session = replace(PILOT, price_per=PricePer.SESSION, price_pence=900)
    places.save_agreement(register, by_session, agreement, today=TODAY)
    (standing,) = places.agreement_standings(register, today=TODAY)
    assert standing.worth_pence == 1_800
    assert standing.count.left == 4


def test_contracts_have_a_value_for_each_quarter_they_hold(register):
    agreed(register, kind=AgreementKind.CONTRACT, quarterly_pence=250_000)
    year = Period(first=dt.date(2026, 4, 1), last=dt.date(2027, 3, 31))
    values = places.contract_values(register, year)
    assert [(v.quarter.first, v.quarter.last, v.pence) for v in values] == [
        (dt.date(2026, 9, 1), dt.date(2026, 9, 30), 250_000),
        (dt.date(2026, 10, 1), dt.date(2026, 12, 31), 250_000),
    ]


def test_joined_people_have_their_places_together(register, tea, maryam):
    agreement = agreed(register, places=None)
    twin = builders.person(register, "Mariam")
    given(register, agreement, maryam)
    given(register, agreement, twin, dt.date(2026, 9, 8))
    comes(register, tea, twin, *september(1, 8, 15, 22))
    assert [c.used for c in stands(register, maryam) + stands(register, twin)] == [0, 3]
    people.merge_people(register, maryam, twin)
    assert [count.used for count in stands(register, maryam)] == [3, 1]
    assert not places.places_of(register, twin, today=TODAY)
    people.unmerge_person(register, twin)
    assert [c.used for c in stands(register, maryam) + stands(register, twin)] == [0, 3]


def test_somebody_in_the_bin_has_no_places(register, maryam):
    agreement = agreed(register)
    given(register, agreement, maryam)
    people.put_in_bin(register, maryam)
    assert not places.places_under(register, agreement, today=TODAY)
    people.take_out_of_bin(register, maryam)
    assert len(places.places_under(register, agreement, today=TODAY)) == 1


def test_every_change_is_taken_back(register, tea, maryam):
    agreement = agreed(register, activities=(tea.id,), source_types=("school",))
    (place,) = given(register, agreement, maryam).ids
    (met,) = comes(register, tea, maryam, *september(8))
    draft = PlaceDraft(from_on=dt.date(2026, 9, 2), units=2)
    for change in (
        lambda: places.save_agreement(register, PILOT, agreement, today=TODAY),
        lambda: places.change_place(register, place, draft, today=TODAY),
        lambda: places.end_place(register, place, dt.date(2026, 10, 1), today=TODAY),
        lambda: places.correct_use(register, place, met.id, False),
        lambda: places.put_place_in_bin(register, place),
    ):
        before = builders.dump(register)
        assert change().ids
        assert builders.dump(register) != before
        register.play(register.take_step(), use_case="undo")
        assert builders.dump(register) == before


def test_places_of_a_reference_stand_as_at_a_day(register, tea, maryam):
    given(register, agreed(register), maryam)
    comes(register, tea, maryam, *september(8, 15))
    (row,) = places.places_of_reference(register, " yp-1 ", dt.date(2026, 9, 8))
    assert (row.count.used, row.count.left, row.worth_pence) == (1, 2, 12_000)
    assert not places.places_of_reference(register, "yp-1", dt.date(2026, 8, 31))
    assert "Maryam" not in repr(row)


def test_a_place_outside_its_agreement_is_found_by_the_check(register, maryam):
    agreement = agreed(register)
    given(register, agreement, maryam)
    assert not invariants.findings(register)
    with register.transaction("test"):
        register.update("agreement", agreement, {"from_on": "2026-09-02"})
    (found,) = invariants.findings(register)
    assert found.startswith("A funded place lies outside the days of its agreement")


def test_a_place_given_from_a_referral_says_there_who_pays_in_one_step(register, maryam):
    def referred():
        draft = ReferralDraft(received_on=dt.date(2026, 8, 20), source_type="gp_practice")
        new = referrals.NewReferral(person_id=maryam, referral=draft)
        return referrals.record(register, new, today=TODAY, anyway=True).ids[0]

    pilot, spot = (
        agreed(register),
        agreed(register, reference="S", kind=AgreementKind.SPOT, places=1),
    )
    for agreement, paid in ((pilot, ("agreement", pilot)), (spot, ("spot", None))):
        referral = referred()
        register.take_step()
        before = builders.dump(register)
        done = given(register, agreement, maryam, referral_id=referral)
        assert {Topic.PLACES, Topic.REFERRALS} <= done.changes
        kept = referrals.get(register, referral)
        assert (kept.who_pays, kept.agreement_id) == paid
        register.play(register.take_step(), use_case="undo")
        assert builders.dump(register) == before
    (place,) = given(register, pilot, maryam).ids
    later = PlaceDraft(from_on=dt.date(2026, 9, 1), units=3, referral_id=referral)
    assert places.change_place(register, place, later, today=TODAY).ids
    assert referrals.get(register, referral).agreement_id == pilot
