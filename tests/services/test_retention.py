"""What is due by the rules: people, referrals, parents' details and receipts; and what is done then."""

import datetime as dt

import pytest

from app.domain.people import PersonRole
from app.domain.retention import Due, DueKind, KeepAction, OwnRule
from app.domain.rights import RequestDraft
from app.services import registers, retention, rights
from app.services.result import Done, Refused
from app.storage.register import Register
from tests import builders

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def register():
    made = Register.in_memory()
    made.keep_undo()
    yield made
    made.close()


def insert(register, table, **values):
    with register.transaction("test"):
        row_id = register.new_id()
        register.insert(table, {"id": row_id} | values)
    return row_id


def put(register, table, row, **values):
    with register.transaction("test"):
        register.update(table, row, values)


def somebody(register, name):
    """Add a person of whom no day is known."""
    person = builders.person(register, name)
    put(register, "person", person, joined_on=None)
    return person


def came(register, day, *people):
    activity = builders.activity(register, name=f"Tea {day}")
    session = builders.session(register, activity, day=day)
    for person in people:
        builders.mark(register, session, person)


def due_of(register, today=TODAY):
    return [
        (one.kind, one.person_id or one.row, one.due_on) for one in retention.due(register, today)
    ]


def test_person_is_due_two_years_after_the_last_time(register):
    alba = somebody(register, "Alba")
    came(register, dt.date(2024, 11, 22), alba)
    assert due_of(register, dt.date(2026, 11, 21)) == []
    assert due_of(register) == [(DueKind.PEOPLE, alba, TODAY)]
    (one,) = retention.due(register, TODAY)
    assert (one.since, one.action) == (dt.date(2024, 11, 22), KeepAction.ANONYMISE)
    assert "known when you come back" in one.reason


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("volunteer_log", {"logged_on": "2025-06-01", "minutes": 60}),
        ("referral", {"received_on": "2025-06-01"}),
        (
            "consent",
            {"purpose": "contact", "given": 1, "method": "paper", "asked_on": "2025-06-01"},
        ),
        ("claim", {"claimed_on": "2025-06-01"}),
        ("entry", {"kind": "payment", "entry_on": "2025-06-01"}),
        ("story", {"kind": "quote", "told_on": "2025-06-01", "wording": "Good."}),
        ("person_role", {"role": "participant", "from_on": "2025-06-01"}),
    ],
)
def test_any_sign_of_somebody_begins_the_time_again(register, table, values):
    alba = somebody(register, "Alba")
    came(register, dt.date(2023, 1, 9), alba)
    assert due_of(register)
    insert(register, table, person_id=alba, **values)
    assert due_of(register) == []


def test_attendance_of_a_joined_record_counts_and_the_bin_is_no_reason_to_keep(register):
    kept, other = somebody(register, "Alba"), somebody(register, "A.")
    came(register, dt.date(2023, 1, 9), kept)
    came(register, dt.date(2026, 1, 9), other)
    put(register, "person", other, merged_into=kept)
    put(register, "person", kept, joined_on="2022-01-01")
    assert due_of(register) == []
    put(register, "person", other, merged_into=None)
    put(register, "person", kept, binned_at="2023-02-01T10:00:00+00:00")
    assert due_of(register) == [(DueKind.PEOPLE, kept, dt.date(2025, 1, 9))]


def test_referral_of_somebody_who_never_came_is_due_after_six_months(register):
    alba, bea, waits = (somebody(register, name) for name in ("Alba", "Bea", "Cat"))
    for person in (alba, bea, waits):
        referral = insert(register, "referral", person_id=person, received_on="2026-01-05")
        insert(
            register, "referral_step", referral_id=referral, step="no_contact", step_on="2026-02-05"
        )
    came(register, dt.date(2026, 1, 20), bea)
    insert(register, "waiting_place", person_id=waits, from_on="2026-01-05")
    assert due_of(register) == [(DueKind.REFERRALS, alba, dt.date(2026, 8, 5))]


def test_volunteer_is_kept_six_years_after_they_stopped_and_not_due_while_they_serve(register):
    alba = somebody(register, "Alba")
    role = insert(register, "person_role", person_id=alba, role=PersonRole.VOLUNTEER.value,
                  from_on="2015-01-01")  # fmt: skip
    came(register, dt.date(2016, 1, 9), alba)
    assert due_of(register) == []
    put(register, "person_role", role, to_on="2019-06-30")
    assert due_of(register, dt.date(2025, 6, 29)) == []
    assert due_of(register) == [(DueKind.VOLUNTEERS, alba, dt.date(2025, 6, 30))]


def test_child_with_a_parents_agreement_is_kept_its_three_years(register):
    alba = somebody(register, "Alba")
    put(register, "person", alba, born_on="2012-05-01")
    insert(register, "guardian", person_id=alba, name="Bea", activity_consent_on="2023-01-01")
    came(register, dt.date(2024, 1, 9), alba)
    assert due_of(register) == []
    assert due_of(register, dt.date(2027, 1, 9)) == [(DueKind.PEOPLE, alba, dt.date(2027, 1, 9))]


def test_parents_of_somebody_grown_up_are_due_three_years_after_the_birthday(register):
    alba = somebody(register, "Alba")
    put(register, "person", alba, born_on="2005-05-01")
    insert(
        register, "guardian", person_id=alba, name="Bea Pretend", activity_consent_on="2022-01-01"
    )
    came(register, dt.date(2026, 11, 2), alba)
    (one,) = retention.due(register, TODAY)
    assert (one.kind, one.since, one.due_on) == (
        DueKind.PARENTS, dt.date(2023, 5, 1), dt.date(2026, 5, 1),
    )  # fmt: skip
    assert isinstance(retention.carry_out(register, one), Done)
    assert register.value("SELECT count(*) FROM guardian") == 0
    assert register.take_step() is None
    assert retention.due(register, TODAY) == ()


def receipt(register, day, **line):
    entry = insert(register, "entry", kind="payment", entry_on=day, payee="Cash and carry")
    picture = insert(register, "attachment", entry_id=entry, media_type="image/png", sha256="0" * 64,
                     size=3, added_at="2019-01-01T00:00:00+00:00")  # fmt: skip
    with register.transaction("test"):
        register.insert("attachment_content", {"attachment_id": picture, "content": b"abc"})
    return entry


def test_pictures_of_receipts_are_due_six_years_after_the_year_ends(register):
    old, young = receipt(register, "2019-11-01"), receipt(register, "2021-11-01")
    assert due_of(register) == [(DueKind.ACCOUNTS, old, dt.date(2026, 3, 31))]
    (one,) = retention.due(register, TODAY)
    assert isinstance(retention.carry_out(register, one), Done)
    assert isinstance(retention.carry_out(register, one), Refused)
    assert register.value("SELECT count(*) FROM entry") == 2
    assert register.value("SELECT count(*) FROM attachment") == 1
    assert register.value("SELECT entry_id FROM attachment") == young


def test_nothing_of_somebody_is_due_while_what_they_asked_waits(register):
    alba = somebody(register, "Alba")
    came(register, dt.date(2020, 1, 9), alba)
    draft = RequestDraft(person_id=alba, received_on=dt.date(2020, 2, 1))
    rights.save_request(register, draft, today=TODAY)
    assert due_of(register) == []


def test_person_carried_out_is_nameless_and_due_no_more(register):
    alba = somebody(register, "Alba")
    came(register, dt.date(2020, 1, 9), alba)
    (one,) = retention.due(register, TODAY)
    assert isinstance(retention.carry_out(register, one), Done)
    assert retention.due(register, TODAY) == ()
    assert register.value("SELECT because FROM anonymisation") == "retention"
    assert isinstance(retention.carry_out(register, one), Refused)


# --- rules -----------------------------------------------------------------------------------


def test_groups_own_rule_counts_and_the_programs_comes_back(register):
    alba = somebody(register, "Alba")
    came(register, dt.date(2025, 5, 22), alba)
    own = OwnRule(kind="people", months=12, reason=" Our policy of May. ")
    assert isinstance(retention.save_rule(register, own), Done)
    rule = next(one for one in retention.rules(register) if one.kept.id == "people")
    assert (rule.own, rule.kept.months, rule.kept.reason) == (True, 12, "Our policy of May.")
    assert rule.kept.how_long.startswith("one year after")
    assert due_of(register) == [(DueKind.PEOPLE, alba, dt.date(2026, 5, 22))]
    retention.back_to_suggested(register, "people")
    assert not any(one.own for one in retention.rules(register))
    assert due_of(register) == []


def test_rule_without_months_is_decided_each_time_and_nothing_is_due(register):
    alba = somebody(register, "Alba")
    came(register, dt.date(2010, 5, 22), alba)
    retention.save_rule(register, OwnRule(kind="people", months=None, reason="We ask each year."))
    assert due_of(register) == []
    rule = next(one for one in retention.rules(register) if one.kept.id == "people")
    assert rule.kept.how_long == "until we decide, person by person"


def test_rule_as_suggested_is_no_rule_of_ones_own_and_undo_takes_a_change_back(register):
    suggested = next(one.suggested for one in retention.rules(register) if one.kept.id == "people")
    same = OwnRule(kind="people", months=suggested.months, reason=suggested.reason)
    retention.save_rule(register, same)
    assert register.value("SELECT count(*) FROM retention_rule") == 0
    retention.save_rule(register, OwnRule(kind="people", months=36, reason="Longer."))
    registers.undo(register, register.take_step())
    assert register.value("SELECT count(*) FROM retention_rule") == 0


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (OwnRule(kind="people", months=0, reason="x"), "retention_months_range"),
        (OwnRule(kind="people", months=1201, reason="x"), "retention_months_range"),
        (OwnRule(kind="people", months=3, reason=" "), "retention_reason_needed"),
        (OwnRule(kind="people", months=3, reason="x" * 30_000), "text_too_long"),
        (OwnRule(kind="cats", months=3, reason="x"), "retention_unknown"),
    ],
)
def test_rule_that_cannot_be_is_refused(register, rule, code):
    refused = retention.save_rule(register, rule)
    assert [problem.code for problem in refused.problems] == [code]
    assert register.value("SELECT count(*) FROM retention_rule") == 0


def test_looking_comes_in_pieces(register):
    looking = retention.look(register, TODAY)
    assert sum(1 for _ in looking) > 10


def test_due_says_nothing_of_anybody():
    one = Due(kind=DueKind.PEOPLE, person_id=1, since=TODAY, due_on=TODAY,
              action=KeepAction.ANONYMISE, reason="so")  # fmt: skip
    assert "Alba" not in repr(one)
