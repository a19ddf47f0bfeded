"""Likely doubles in the whole book: found by likeness, never by guesswork, told apart for good."""

import pytest

from app.domain.errors import Cancelled
from app.domain.ids import PersonId
from app.services import people
from app.services.people import Named
from tests import builders
from tests.builders import TODAY


def named(number, name, **details):
    values = {"known_as": "", "born": "", "phone": "", **details}
    return Named(id=PersonId(number), name=name, **values)


def pairs(*everybody, **more):
    return [(pair.first, pair.second) for pair in people.find_pairs(everybody, **more)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("maryam hussain", "mariam hussein"),
        ("lukasz wisniewski", "lukasz wisniewsky"),
        ("begum shaheda", "shaheda begum"),
        ("sian oconnor", "sian o connor"),
    ],
)
def test_names_alike_are_found(one, other):
    assert pairs(named(1, one), named(2, other)) == [(1, 2)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("kate smith", "katherine smith"), ("bob jones", "robert jones"), ("mo ali", "mohammed ali")],
)
def test_short_form_of_a_first_name_is_found(one, other):
    assert pairs(named(1, one), named(2, other)) == [(1, 2)]
    assert pairs(named(1, one), named(2, other.replace(other.split()[1], "brown"))) == []


def test_short_form_is_offered_while_typing(register):
    robert = builders.person(register, "Robert", "Jones")
    builders.person(register, "Bill", "Jones")
    builders.person(register, "Robert", "Brown")
    found = people.likely_doubles(register, "Bob Jones")
    assert [likely.row.id for likely in found] == [robert]


def test_two_birthdays_are_two_people():
    one = named(1, "ann smith", born="1950-01-01")
    assert pairs(one, named(2, "ann smith", born="1980-01-01")) == []
    assert pairs(one, named(2, "ann smith", born="1950")) == [(1, 2)]
    assert pairs(one, named(2, "ann smith")) == [(1, 2)]


def test_a_family_on_one_telephone_is_not_one_person():
    mother = named(1, "ann smith", phone="700900001")
    assert pairs(mother, named(2, "ben smith", phone="700900001")) == []


def test_the_same_birthday_makes_up_for_a_changed_family_name():
    one = named(1, "katherine smith", born="1950-01-01")
    assert pairs(one, named(2, "katherine smyth", born="1950-01-01")) == [(1, 2)]


def test_known_as_is_a_name_too():
    one = named(1, "patricia wilson", known_as="pat")
    assert pairs(one, named(2, "pat wilson")) == [(1, 2)]


def test_likeliest_first():
    sure = (named(1, "ann smith", born="1950-01-01"), named(2, "ann smith", born="1950-01-01"))
    less = (named(3, "bob jonson"), named(4, "bob johnson"))
    assert pairs(*less, *sure) == [(1, 2), (3, 4)]


def test_known_to_be_two_are_not_offered():
    both = (named(1, "ann smith"), named(2, "ann smith"))
    assert pairs(*both, apart=frozenset({(1, 2)})) == []


def test_many_of_one_name_do_not_take_for_ever_and_can_be_stopped():
    crowd = [named(number, "mohammed khan") for number in range(1_000)]
    assert len(people.find_pairs(crowd)) > 10_000, "all that were compared are there"

    def stop(_done, _total):
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        people.find_pairs(crowd, tell=stop)


def test_the_book_is_read_and_told_apart_for_good(register):
    one = builders.person(register, "Maryam", "Hussain", phone="07700 900001")
    other = builders.person(register, "Mariam", "Hussein", phone="+44 7700 900001")
    people.put_in_bin(register, builders.person(register, "Maryam", "Hussain"))
    everybody = [who for part in people.read_names(register, TODAY) for who in part]
    assert len(everybody) == 2
    (pair,) = people.find_pairs(everybody)
    assert {pair.first, pair.second} == {one, other}
    assert pair.reasons == ("like_name", "same_phone")
    people.keep_apart(register, other, one)
    assert people.find_pairs(everybody, people.known_apart(register)) == ()
    before = people.known_apart(register)
    assert before == {(min(one, other), max(one, other))}
