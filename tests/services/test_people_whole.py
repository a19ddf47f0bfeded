"""A person with everything that belongs to them: one form, one step, one line in the journal."""

import datetime as dt
from dataclasses import replace

from app.domain.attendance import Role
from app.domain.consents import ConsentDraft, Standing
from app.domain.contacts import EmergencyContact, Guardian
from app.domain.people import ConsentPurpose, PersonDraft, PersonRole
from app.services import attendance, consents, people, registers
from app.services.people import AccessNotes, WholeDraft
from tests import builders
from tests.builders import TODAY

WHOLE = WholeDraft(
    person=PersonDraft(given_name="Zoë", family_name="Brontë", born_on=dt.date(2013, 2, 1)),
    access=AccessNotes(access_needs="Ramp", health="Asthma"),
    contacts=(EmergencyContact(name="Ann", phone="07700 900001"), EmergencyContact()),
    guardians=(Guardian(name="Bea Brontë", relationship="Mother", medical_consent_on=TODAY),),
    roles=frozenset({PersonRole.VOLUNTEER}),
)


def saved(register, whole=WHOLE, person_id=None):
    return people.save_whole(register, person_id, whole, today=TODAY)


def use_cases(register, person_id):
    return [line.use_case for line in people.history_of(register, person_id)]


def test_everything_of_the_form_comes_back(register):
    (person_id,) = saved(register).ids
    kept = people.read_whole(register, person_id, today=TODAY)
    assert (kept.access.access_needs, kept.access.health) == ("Ramp", "Asthma")
    assert [one.name for one in kept.contacts] == ["Ann"]
    assert kept.guardians[0].medical_consent_on == TODAY
    assert kept.roles == {PersonRole.VOLUNTEER}
    assert kept.person.joined_on == TODAY


def test_every_telephone_number_of_the_form_is_kept_spaced(register):
    whole = WholeDraft(
        person=PersonDraft(given_name="Zoë", phone="01525123456"),
        contacts=(EmergencyContact(name="Ann", phone="+447700900001"),),
        guardians=(Guardian(name="Bea", phone="7700900002"),),
    )
    (person_id,) = saved(register, whole).ids
    kept = people.read_whole(register, person_id, today=TODAY)
    numbers = (kept.person.phone, kept.contacts[0].phone, kept.guardians[0].phone)
    assert numbers == ("01525 123456", "07700 900001", "07700 900002")


def test_adding_is_one_step_and_undo_leaves_nothing(register):
    before = builders.dump(register)
    saved(register)
    registers.undo(register, register.take_step())
    assert builders.dump(register) == before


def test_saving_again_as_it_is_writes_nothing(register):
    (person_id,) = saved(register).ids
    register.take_step()
    kept = people.read_whole(register, person_id, today=TODAY)
    done = saved(register, kept, person_id)
    assert done.changes == frozenset()
    assert register.take_step() is None


def test_the_journal_names_the_parts_and_no_value(register):
    (person_id,) = saved(register).ids
    kept = people.read_whole(register, person_id, today=TODAY)
    changed = replace(
        kept,
        person=replace(kept.person, phone="07700 900002"),
        access=AccessNotes(access_needs="Ramp", health="Asthma and hay fever"),
    )
    saved(register, changed, person_id)
    assert use_cases(register, person_id) == ["person.change:contact+access", "person.add"]


def test_an_undone_change_is_in_the_journal_too(register):
    who = builders.person(register)
    people.put_in_bin(register, who)
    registers.undo(register, register.take_step())
    assert use_cases(register, who)[:2] == ["undo", "person.bin"]


def test_a_problem_anywhere_keeps_everything_out(register):
    before = builders.dump(register)
    wrong = replace(WHOLE, guardians=(Guardian(phone="1"),))
    refused = saved(register, wrong)
    assert [problem.field for problem in refused.problems] == ["guardian_1_name"]
    assert builders.dump(register) == before


def test_a_taken_role_ends_and_stays_in_history(register):
    (person_id,) = saved(register).ids
    kept = people.read_whole(register, person_id, today=TODAY)
    later = TODAY + dt.timedelta(days=30)
    people.save_whole(register, person_id, replace(kept, roles=frozenset()), today=later)
    standing = people.standing_of(register, person_id, today=later)
    (role,) = [one for one in standing.memberships if one.kind == "role"]
    assert (role.from_on, role.to_on) == (TODAY, later - dt.timedelta(days=1))


def test_consent_is_dated_withdrawn_and_stays_to_be_seen(register):
    who = builders.person(register)
    draft = ConsentDraft(purpose=ConsentPurpose.PHOTOS, asked_on=TODAY, wording_version="v2")
    (number,) = consents.add(register, who, draft, today=TODAY).ids
    consents.withdraw(register, number, TODAY, today=TODAY)
    (kept,) = consents.consents_of(register, who)
    assert (kept.standing, kept.asked_on, kept.wording_version) == (
        Standing.WITHDRAWN, TODAY, "v2",
    )  # fmt: skip
    refused = consents.withdraw(register, number, dt.date(2020, 1, 1), today=TODAY)
    assert refused.problems[0].code == "withdrawn_before_given"
    assert consents.remove(register, 99).problems[0].code == "consent_gone"


def test_hours_are_those_at_sessions_and_those_besides(register):
    who = builders.person(register)
    meeting = builders.session(register)
    builders.mark(register, meeting, who, role=Role.VOLUNTEER)
    attendance.log_hours(register, who, TODAY, 30, today=TODAY)
    standing = people.standing_of(register, who, today=TODAY)
    assert (standing.helped_minutes, standing.logged_minutes) == (120, 30)


def test_the_strip_shows_what_was_not_recorded_as_that(register):
    who = builders.person(register)
    first = builders.session(register, day=TODAY - dt.timedelta(days=14))
    second = builders.session(register, day=TODAY - dt.timedelta(days=7))
    builders.mark(register, first, who)
    builders.mark(register, second, builders.person(register, "Ann", "Other"))
    marks = [one.mark for one in people.standing_of(register, who, today=TODAY).strip]
    assert marks == [None, "present"]
