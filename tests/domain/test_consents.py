"""Consents and contacts: what may be kept, and which answer counts."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.consents import (
    PURPOSES,
    USES,
    Consent,
    ConsentDetail,
    ConsentDraft,
    Standing,
    detail_text,
    latest,
    read_detail,
    standing_of,
    validate_consent,
)
from app.domain.contacts import (
    EmergencyContact,
    Guardian,
    validate_contacts,
    validate_guardians,
)
from app.domain.people import ConsentPurpose, PersonDraft, age_span, may_be_child

TODAY = dt.date(2026, 11, 3)
PHOTOS = ConsentPurpose.PHOTOS


def consent(number=1, day=TODAY, **details):
    return Consent(id=number, purpose=PHOTOS, asked_on=day, **details)


def codes(problems):
    return [(problem.code, problem.field) for problem in problems]


def test_every_purpose_has_its_words():
    assert set(PURPOSES) == set(ConsentPurpose)


def test_never_asked_is_not_refused():
    assert standing_of((), PHOTOS) is Standing.NOT_ASKED
    assert standing_of((consent(given=False),), PHOTOS) is Standing.REFUSED


def test_the_newest_answer_counts():
    earlier, later = consent(2, dt.date(2025, 1, 1)), consent(1, TODAY, given=False)
    assert latest((later, earlier))[PHOTOS] is later
    assert standing_of((consent(3, withdrawn_on=TODAY), earlier), PHOTOS) is Standing.WITHDRAWN


def test_a_day_to_come_and_a_withdrawal_before_the_asking_are_told():
    ahead = ConsentDraft(purpose=PHOTOS, asked_on=dt.date(2026, 11, 4))
    assert codes(validate_consent(ahead, today=TODAY)) == [("consent_future", "asked_on")]
    turned = ConsentDraft(purpose=PHOTOS, asked_on=TODAY, withdrawn_on=dt.date(2026, 1, 1))
    assert codes(validate_consent(turned, today=TODAY)) == [
        ("withdrawn_before_given", "withdrawn_on")
    ]
    assert codes(validate_consent(ConsentDraft(purpose=PHOTOS), today=TODAY)) == [
        ("date_needed", "asked_on")
    ]


def test_a_contact_is_a_name_or_a_number_and_an_empty_row_is_nobody():
    rows = (EmergencyContact(), EmergencyContact(relationship="Son"), EmergencyContact(phone="1"))
    assert codes(validate_contacts(rows)) == [("contact_needed", "contact_2_name")]


def test_a_guardian_needs_a_name_unless_in_the_book():
    rows = (Guardian(phone="07700 900001"), Guardian(person_id=7), Guardian())
    assert codes(validate_guardians(rows, today=TODAY)) == [("guardian_needed", "guardian_1_name")]


def test_consent_of_a_parent_is_not_dated_ahead():
    row = Guardian(name="Ann", medical_consent_on=dt.date(2027, 1, 1))
    assert codes(validate_guardians((row,), today=TODAY)) == [
        ("consent_future", "guardian_1_medical_consent_on")
    ]


def test_age_is_said_as_well_as_it_is_known():
    def said(**details):
        span = age_span(PersonDraft(**details), TODAY)
        return span.words if span else ""

    assert said(born_on=dt.date(1964, 11, 6)) == "61"
    assert said(birth_year=1964) == "about 62"
    band = {"age_low": 45, "age_high": 54, "age_band_on": dt.date(2024, 11, 3)}
    assert said(**band) == "47 to 56"
    assert said(age_low=65, age_band_on=TODAY) == "65 or over"
    assert said(age_high=15, age_band_on=TODAY) == "15 or under"
    assert said() == ""


def test_whoever_may_be_under_18_is_taken_care_of_as_such():
    assert may_be_child(PersonDraft(born_on=dt.date(2008, 11, 4)), TODAY)
    assert not may_be_child(PersonDraft(born_on=dt.date(2008, 11, 3)), TODAY)
    assert may_be_child(PersonDraft(age_low=16, age_high=25, age_band_on=TODAY), TODAY)
    assert not may_be_child(PersonDraft(), TODAY)


@given(
    st.sampled_from(sorted(USES)),
    st.data(),
    st.text(alphabet="abc ,é", max_size=20).map(str.strip),
    st.text(alphabet="abc \n", max_size=40).map(str.strip),
)
def test_what_is_kept_of_uses_and_who_agreed_is_read_back(purpose, data, by, more):
    uses = tuple(code for code in USES[purpose] if data.draw(st.booleans(), label=code))
    detail = ConsentDetail(uses=uses, by=by, more=more)
    assert read_detail(purpose, detail_text(purpose, detail)) == detail


@pytest.mark.parametrize("written", ["", "For: fun", "For: our website, fun\nmore", "by Ann"])
def test_words_of_ones_own_are_read_as_they_are(written):
    assert read_detail(PHOTOS, written).more == written
