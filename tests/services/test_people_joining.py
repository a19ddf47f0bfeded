"""Joining with values, and parting: everything as it was before, for ever."""

import pytest

from app.domain.consents import ConsentDraft, Standing, standing_of
from app.domain.contacts import EmergencyContact, Guardian
from app.domain.people import ConsentPurpose, PersonDraft
from app.services import consents, people, registers
from app.services.people import WholeDraft
from tests import builders
from tests.builders import TODAY


@pytest.fixture
def two(register):
    kept = builders.person(register, "Maryam", "Hussain", area="Linslade")
    other = builders.person(register, "Mariam", "Hussein", phone="07700 900009", area="Soulbury")
    return kept, other


def without_notes(dump):
    return {table: rows for table, rows in dump.items() if table != "person_merge"}


def test_blanks_are_filled_and_a_search_finds_the_new_number(register, two):
    kept, other = two
    people.merge_people(register, kept, other, take_other={})
    person = people.get_person(register, kept)
    assert (person.phone, person.area) == ("07700 900009", "Linslade")
    assert [row.id for row in people.list_people(register, "900009").rows] == [kept]


def test_without_a_choice_the_kept_record_stays_as_it_is(register, two):
    kept, other = two
    people.merge_people(register, kept, other)
    assert people.get_person(register, kept).phone == ""


def test_parting_gives_every_value_back(register, two):
    kept, other = two
    before = without_notes(builders.dump(register))
    people.merge_people(register, kept, other, take_other={"area": True, "given_name": True})
    assert people.get_person(register, kept).given_name == "Mariam"
    people.unmerge_person(register, other)
    assert without_notes(builders.dump(register)) == before
    assert [row.id for row in people.list_people(register, "Maryam").rows] == [kept]


def test_what_was_changed_since_is_kept_when_they_part(register, two):
    kept, other = two
    people.merge_people(register, kept, other, take_other={"area": True})
    person = people.get_person(register, kept)
    changed = PersonDraft(given_name="Mary", family_name=person.family_name, area="Stewkley",
                          phone=person.phone, joined_on=person.joined_on)  # fmt: skip
    people.change_person(register, kept, changed, today=TODAY)
    people.unmerge_person(register, other)
    parted = people.get_person(register, kept)
    assert (parted.given_name, parted.area, parted.phone) == ("Mary", "Stewkley", "")
    assert [row.id for row in people.list_people(register, "Mary").rows] == [kept]


def test_joining_and_parting_can_be_undone(register, two):
    before = builders.dump(register)
    people.merge_people(register, *two, take_other={"area": True})
    registers.undo(register, register.take_step())
    assert builders.dump(register) == before


def test_a_session_of_both_counts_once_and_comes_apart_again(register, two):
    meeting = builders.session(register)
    for who in two:
        builders.mark(register, meeting, who)
    people.merge_people(register, *two, take_other={})
    assert people.seen(register, two[0])[1] == 1
    people.unmerge_person(register, two[1])
    assert [people.seen(register, who)[1] for who in two] == [1, 1]


def test_consents_contacts_and_parents_go_along_and_come_back(register, two):
    kept, other = two
    whole = people.read_whole(register, other, today=TODAY)
    more = WholeDraft(
        person=whole.person,
        contacts=(EmergencyContact(name="Ann", phone="07700 900001"),),
        guardians=(Guardian(name="Bea"),),
    )
    people.save_whole(register, other, more, today=TODAY)
    draft = ConsentDraft(purpose=ConsentPurpose.PHOTOS, asked_on=TODAY)
    consents.add(register, other, draft, today=TODAY)
    people.merge_people(register, kept, other, take_other={})
    standing = people.standing_of(register, kept, today=TODAY)
    assert [one.name for one in standing.contacts] == ["Ann"]
    assert [one.name for one in standing.guardians] == ["Bea"]
    assert standing_of(standing.consents, ConsentPurpose.PHOTOS) is Standing.GIVEN
    assert [one.id for one in standing.joined] == [other]
    people.unmerge_person(register, other)
    assert people.standing_of(register, kept, today=TODAY).contacts == ()


def test_who_left_by_one_record_is_here_when_joined(register, two):
    kept, other = two
    people.leave(register, kept, TODAY, today=TODAY)
    people.merge_people(register, kept, other, take_other={})
    assert people.get_person(register, kept).left_on is None
    people.unmerge_person(register, other)
    assert people.get_person(register, kept).left_on == TODAY


def test_both_records_tell_of_the_joining(register, two):
    people.merge_people(register, *two, take_other={})
    people.unmerge_person(register, two[1])
    told = [line.use_case for line in people.history_of(register, two[1])]
    assert told == ["person.unmerge", "person.merge", "person.add"]
