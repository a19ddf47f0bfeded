"""Pretend names: given and family names of one community, in both of its scripts."""

import random
import unicodedata

import pytest

from app.services.example import names
from app.services.example.names import FEMALE, MALE
from app.services.example.places import places

CODES = tuple(names.communities())


@pytest.mark.parametrize("code", CODES)
def test_own_name_has_no_latin_letters_where_the_script_is_another(code):
    chance = random.Random(1)
    for _ in range(150):
        own = names.draw(chance, code, chance.randrange(2), chance.randrange(5, 90)).own
        scripts = {unicodedata.name(letter).split()[0] for letter in own if letter.isalpha()}
        assert len(scripts) <= 1, own


def test_family_names_follow_her_and_him():
    chance = random.Random(2)
    his = {names.draw(chance, "polish", MALE, 40).family for _ in range(300)}
    hers = {names.draw(chance, "polish", FEMALE, 40).family for _ in range(300)}
    assert "Wiśniewski" in his - hers
    assert "Wiśniewska" in hers - his


def test_nobody_has_one_word_for_both_names():
    chance = random.Random(6)
    drawn = [names.draw(chance, "scottish", MALE, 70) for _ in range(600)]
    assert "Fraser" in {name.given for name in drawn} & {name.family for name in drawn}
    assert not [name for name in drawn if name.given == name.family]


def test_no_man_is_called_kaur_or_begum():
    chance = random.Random(3)
    for code in ("punjabi", "bangladeshi", "pakistani"):
        families = {names.draw(chance, code, MALE, 40).family for _ in range(400)}
        assert not families & {"Kaur", "Kaur Gill", "Begum", "Bibi", "Khatun"}


def test_relative_has_the_family_name_and_another_given_name():
    chance = random.Random(4)
    for _ in range(200):
        child = names.draw(chance, "ukrainian", MALE, 12)
        mother = names.relative(chance, child, FEMALE, 40)
        assert mother.part == child.part
        assert mother.given != child.given


def test_fashions_of_given_names_go_with_age():
    chance = random.Random(5)
    older = {names.draw(chance, "english", FEMALE, 80).given for _ in range(300)}
    young = {names.draw(chance, "english", FEMALE, 13).given for _ in range(300)}
    assert "Doris" in older - young
    assert "Olivia" in young - older


def test_every_place_draws_from_communities_that_have_names():
    listed = {code for place in places().values() for code in place.people.things}
    assert listed <= set(CODES)
    assert set(CODES) - listed == set()
