"""People: found as they are typed, changed, put in the bin, joined and parted."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.people import PersonDraft
from app.services import people
from app.services.result import Done, Refused
from app.storage.register import Register
from tests import builders
from tests.builders import TODAY


def _names(register, typed="", **options):
    return [row.list_name for row in people.list_people(register, typed, **options).rows]


def _codes(answer):
    assert isinstance(answer, Refused), answer
    return [problem.code for problem in answer.problems]


# --- keeping ------------------------------------------------------------------------------------


def test_new_person_is_kept_tidy(register):
    who = builders.person(
        register, "  Mary \u200b Ann ", "O'Neill\t", phone=" 07700  900123 ", postcode="lu71ab",
        notes="line one\r\n\x00line two  ", email=" a@example.org ",
    )  # fmt: skip
    person = people.get_person(register, who)
    assert (person.given_name, person.family_name) == ("Mary Ann", "O'Neill")
    assert person.phone == "07700 900123"
    assert person.postcode == "LU7 1AB"
    assert person.notes == "line one\n line two"
    assert person.email == "a@example.org"
    assert person.joined_on == TODAY


def test_whoever_has_left_already_did_not_join_today(register):
    who = builders.person(register, left_on=dt.date(2020, 5, 1))
    assert people.get_person(register, who).joined_on is None


def test_refused_person_is_not_kept_and_every_problem_is_told(register):
    draft = PersonDraft(born_on=dt.date(2030, 1, 1))
    answer = people.save_new(register, draft, today=TODAY)
    assert _codes(answer) == ["name_needed", "born_in_future"]
    assert "A name is needed" in answer.text
    assert people.list_people(register).total == 0
    assert register.take_step() is None


def test_name_of_spaces_is_no_name(register):
    assert _codes(people.save_new(register, PersonDraft(given_name=" \u200b "), today=TODAY)) == [
        "name_needed"
    ]


def test_change_is_kept(register):
    who = builders.person(register)
    draft = replace(
        people.get_person(register, who), given_name="Miriam", born_on=dt.date(1950, 2, 3)
    )
    assert people.change_person(register, who, draft, today=TODAY).ids == (who,)
    person = people.get_person(register, who)
    assert (person.given_name, person.born_on) == ("Miriam", dt.date(1950, 2, 3))
    assert _names(register, "miri") == ["Begum, Miriam"]
    assert _names(register, "mary") == []


def test_change_that_changes_nothing_writes_nothing(register):
    who = builders.person(register)
    register.take_step()
    answer = people.change_person(register, who, people.get_person(register, who), today=TODAY)
    assert isinstance(answer, Done)
    assert answer.changes == frozenset()
    assert register.take_step() is None
    assert register.value("SELECT count(*) FROM journal WHERE use_case = 'person.change'") == 0


def test_person_who_is_not_there_cannot_be_changed_binned_or_joined(register):
    who = builders.person(register)
    assert _codes(people.change_person(register, 7, PersonDraft(given_name="A"), today=TODAY)) == [
        "person_gone"
    ]
    for answer in (
        people.put_in_bin(register, 7),
        people.take_out_of_bin(register, 7),
        people.merge_people(register, 7, who),
        people.merge_people(register, who, 7),
        people.unmerge_person(register, 7),
    ):
        assert _codes(answer) == ["person_gone"]
    assert people.get_person(register, 7) is None


# --- finding ------------------------------------------------------------------------------------


def test_list_is_in_the_order_of_family_given_and_known_as_then_of_coming(register):
    for given_name, family in [("Zoe", "Adams"), ("amy", "ADAMS"), ("Bea", ""), ("Łucja", "Łoś")]:
        builders.person(register, given_name, family)
    twins = [builders.person(register, "Ann", "Lee") for _ in range(3)]
    assert _names(register) == [
        "ADAMS, amy", "Adams, Zoe", "Bea", "Lee, Ann", "Lee, Ann", "Lee, Ann", "Łoś, Łucja",
    ]  # fmt: skip
    assert [row.id for row in people.list_people(register, "lee").rows] == twins


@pytest.mark.parametrize(
    "typed",
    ["ÅSE", "ase", "kaur", "ਕੌਰ", "ਗੁਰ", "gurpri", "07700 900", "+447700900123", "lu7", "LU7 1AB"],
)
def test_person_is_found(register, typed):
    builders.person(
        register,
        "Åse",
        "Kaur",
        own_script_name="ਗੁਰਪ੍ਰੀਤ ਕੌਰ",
        phone="07700 900123",
        postcode="LU7 1AB",
    )
    builders.person(register, "Bob", "Brown", phone="01582 111222", postcode="MK45 9XX")
    assert _names(register, typed) == ["Kaur, Åse"]


@pytest.mark.parametrize("typed", ['"', "*", "' OR 1", "(", "NEAR(a b)", "a AND", "—", "search_text:x",
                                   "x" * 5000, "word " * 2000, "\x00", "🙂", "-"])  # fmt: skip
def test_odd_typing_finds_nobody_and_harms_nothing(register, typed):
    builders.person(register, "Quentin", "Zebedee")
    found = people.list_people(register, typed)
    assert (found.rows, found.total) == ((), 0)
    assert people.likely_doubles(register, typed) == ()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(typed=st.text(max_size=30))
def test_any_typing_is_taken(register, typed):
    people.list_people(register, typed)
    people.likely_doubles(register, typed)


def test_long_list_comes_in_parts_that_fit_together(register):
    for number in range(25):
        builders.person(register, f"Person {number:02}", "")
    first = people.list_people(register, limit=10)
    second = people.list_people(register, limit=10, offset=10)
    third = people.list_people(register, limit=10, offset=20)
    assert first.total == second.total == third.total == 25
    together = [*first.rows, *second.rows, *third.rows]
    assert together == list(people.list_people(register).rows)
    past = people.list_people(register, limit=10, offset=30)
    assert (past.rows, past.total) == ((), 25)


def test_those_who_left_are_listed_when_asked_for(register):
    builders.person(register, "Gone", "", left_on=dt.date(2026, 1, 1))
    builders.person(register, "Here", "")
    assert _names(register) == ["Here"]
    assert _names(register, left_too=True) == ["Gone", "Here"]


# --- doubles ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["Shaheda Begum", "shahida begum", "Begum Shaheda", "Shaheda Begam", "shah", "Begum, Shaheda"],
)
def test_likely_double_is_offered(register, typed):
    builders.person(register, "Bob", "Brown")
    who = builders.person(register, "Shaheda", "Begum")
    found = people.likely_doubles(register, typed)
    assert [one.row.id for one in found] == [who]
    assert found[0].name == "Shaheda Begum"
    assert (found[0].last_seen, found[0].times) == (None, 0)


def test_line_longer_than_any_name_is_nobodys_and_is_not_looked_for(register, monkeypatch):
    builders.person(register, "Shaheda", "Begum")
    pasted = "Shaheda Begum " * 10_000
    assert people.likely_doubles(register, pasted[:13])
    monkeypatch.setattr(type(register), "rows", None)  # whoever asks the book now raises
    assert people.likely_doubles(register, pasted) == ()


def test_likely_double_says_when_they_last_came(register):
    who = builders.person(register, "Shaheda", "Begum")
    builders.mark(register, builders.session(register, day=dt.date(2026, 10, 6)), who)
    builders.mark(register, builders.session(register, day=dt.date(2026, 10, 13)), who)
    (one,) = people.likely_doubles(register, "Shaheda")
    assert (one.last_seen, one.times) == (dt.date(2026, 10, 13), 2)
    assert "Shaheda" not in repr(one)


@pytest.mark.parametrize("typed", ["", "S", "  ", "Zebedee Quince"])
def test_nobody_is_offered_for_next_to_nothing_or_a_stranger(register, typed):
    builders.person(register, "Shaheda", "Begum")
    assert people.likely_doubles(register, typed) == ()


def test_those_in_the_bin_or_joined_are_not_offered(register):
    binned, kept, joined = (builders.person(register, "Shaheda", "Begum") for _ in range(3))
    people.put_in_bin(register, binned)
    people.merge_people(register, kept, joined)
    assert [one.row.id for one in people.likely_doubles(register, "Shaheda Begum")] == [kept]


# --- the bin ------------------------------------------------------------------------------------


def test_person_in_the_bin_is_not_listed_or_counted_and_comes_out_again(register):
    who = builders.person(register)
    builders.mark(register, builders.session(register), who)
    assert people.put_in_bin(register, who).ids == (who,)
    assert _names(register) == []
    assert _names(register, "maryam") == []
    assert register.value("SELECT count(*) FROM attendance_counted") == 0
    assert people.get_person(register, who).binned
    people.take_out_of_bin(register, who)
    assert _names(register) == ["Begum, Maryam"]
    assert register.value("SELECT count(*) FROM attendance_counted") == 1


# --- joining ------------------------------------------------------------------------------------


def test_joined_records_are_one_person_then_and_now(register):
    kept, other = builders.person(register, "Shaheda"), builders.person(register, "Shahida")
    both, one = builders.session(register), builders.session(register, day=dt.date(2026, 10, 6))
    for who, at in ((kept, both), (other, both), (other, one)):
        builders.mark(register, at, who)
    assert people.merge_people(register, kept, other).ids == (kept, other)
    rows = register.rows("SELECT session_id, person_id FROM attendance_counted")
    assert {tuple(row) for row in rows} == {(both.id, kept), (one.id, kept)}
    assert people.last_came(register, (kept,)) == {kept: TODAY}
    assert _names(register) == ["Begum, Shaheda"]
    people.unmerge_person(register, other)
    assert len(_names(register)) == 2
    assert register.value("SELECT count(*) FROM attendance_counted") == 3


def test_joining_is_refused_with_the_reason(register):
    a, b, c = (builders.person(register, name) for name in "ABC")
    assert _codes(people.merge_people(register, a, a)) == ["merge_with_self"]
    people.put_in_bin(register, c)
    assert _codes(people.merge_people(register, a, c)) == ["person_in_bin"]
    assert _codes(people.merge_people(register, c, a)) == ["person_in_bin"]
    people.merge_people(register, a, b)
    assert _codes(people.merge_people(register, a, b)) == ["person_joined"]
    assert _codes(people.merge_people(register, b, a)) == ["person_joined"]
    assert _codes(people.put_in_bin(register, b)) == ["person_joined"]
    assert _codes(people.unmerge_person(register, a)) == ["not_joined"]


def test_parting_leaves_alone_who_was_joined_elsewhere_since(register):
    a, b, c, d = (builders.person(register, name) for name in "ABCD")
    people.merge_people(register, b, a)
    people.merge_people(register, c, b)
    people.unmerge_person(register, a)
    people.merge_people(register, d, a)
    people.unmerge_person(register, b)
    where = {who: people.get_person(register, who).merged_into for who in (a, b, c, d)}
    assert where == {a: d, b: None, c: None, d: None}


class _Model:
    """Joining as it should be: each join remembers who followed; parting takes them along."""

    def __init__(self, people_ids):
        self.into = dict.fromkeys(people_ids)
        self.joins = []

    def join(self, kept, merged):
        if kept == merged or self.into[kept] or self.into[merged]:
            return False
        followers = {who for who, into in self.into.items() if into == merged}
        self.joins.append((merged, followers))
        for who in (merged, *followers):
            self.into[who] = kept
        return True

    def part(self, merged):
        if self.into[merged] is None:
            return False
        place = max(n for n, (who, _) in enumerate(self.joins) if who == merged)
        _, followers = self.joins.pop(place)
        there = self.into[merged]
        for who in followers:
            if self.into[who] == there:
                self.into[who] = merged
        self.into[merged] = None
        return True


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 4), st.integers(0, 4)), max_size=14))
def test_joining_and_parting_in_any_order(moves):
    with Register.in_memory() as register:
        ids = [builders.person(register, name) for name in "ABCDE"]
        model = _Model(ids)
        for join, one, other in moves:
            if join:
                answer = people.merge_people(register, ids[one], ids[other])
                assert isinstance(answer, Done) is model.join(ids[one], ids[other])
            else:
                answer = people.unmerge_person(register, ids[one])
                assert isinstance(answer, Done) is model.part(ids[one])
            found = {who: people.get_person(register, who).merged_into for who in ids}
            assert found == model.into
            assert all(found[into] is None for into in found.values() if into)


def test_answers_do_not_print_names_by_accident(register):
    draft = PersonDraft(given_name="Zaynab", family_name="Quartermain")
    done = people.save_new(register, draft, today=TODAY)
    assert done.text == "add Zaynab"
    listed = people.list_people(register)
    assert "Zaynab" not in repr(done) + repr(listed)
    assert "Quartermain" not in repr(listed)
