"""Registers as files: made with a name, described, checked, and taken back step by step."""

import pytest

from app.domain.changes import Topic
from app.domain.errors import RegisterExists
from app.services import registers
from app.services.result import Refused
from app.storage import schema
from app.storage.register import Register
from tests import builders


def test_new_register_has_its_name(tmp_path):
    with registers.create(tmp_path / "tea.hallbook", "  Tea \u200b Club ") as register:
        info = registers.info(register)
    assert info.name == "Tea Club"
    assert (info.schema_version, info.encrypted) == (schema.newest(), False)
    assert set(info.counts.values()) == {0}
    assert (info.first_session, info.last_session) == (None, None)


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "x" * 201])
def test_register_without_a_fit_name_is_not_made(tmp_path, name):
    answer = registers.create(tmp_path / "tea.hallbook", name)
    assert isinstance(answer, Refused)
    assert not (tmp_path / "tea.hallbook").exists()


def test_register_is_not_made_over_another(register_file):
    before = builders.fingerprint(register_file)
    with pytest.raises(RegisterExists):
        registers.create(register_file, "Other")
    assert builders.fingerprint(register_file) == before


def test_register_with_a_password_says_so(tmp_path):
    with registers.create(tmp_path / "a.hallbook", "Tea Club", password="marigold") as register:
        assert registers.info(register).encrypted
        assert registers.check(register) == ()


def test_info_counts_what_counts(small_example):
    with registers.open_register(small_example, write=False) as register:
        info = registers.info(register)
        assert info.counts["people"] == register.value("SELECT count(*) FROM person_counted")
        assert info.counts["attendances"] < info.counts["marks"]
        assert "2025-01-01" < info.first_session < info.last_session <= "2026-11-03"


def test_pretend_group_is_sound(small_example):
    with registers.open_register(small_example, write=False) as register:
        assert registers.check(register) == ()


BROKEN = {
    "itself joined": "UPDATE person SET merged_into = (SELECT id FROM person WHERE known_as = 'B')"
    " WHERE known_as = 'A'; UPDATE person SET merged_into = (SELECT id FROM person WHERE known_as = 'C')"
    " WHERE known_as = 'B'",
    "in the bin by itself": "UPDATE person SET binned_at = 'x', merged_into = (SELECT id FROM person"
    " WHERE known_as = 'B') WHERE known_as = 'A'",
    "at a cancelled session": "UPDATE session SET state = 'cancelled', cancelled_reason = 'weather'",
    "has guests": "DELETE FROM attendance; UPDATE session SET guests = 3, state = 'cancelled',"
    " cancelled_reason = 'weather'",
    "far outside the reach": "UPDATE session SET session_on = '1026-11-03'",
    "does not know a person": "DELETE FROM person_search_docsize WHERE id = (SELECT min(id) FROM person)",
    "who is not in the book": "INSERT INTO person_search (rowid, search_text) VALUES (7, 'nobody')",
    "points to a missing person": "DELETE FROM person WHERE known_as = 'A'",
}


@pytest.mark.parametrize("said", BROKEN)
def test_check_finds_what_is_broken_and_names_it(register, said):
    session = builders.session(register)
    for name in "ABC":
        builders.mark(register, session, builders.person(register, "", "", known_as=name))
    assert registers.check(register) == ()
    register._connection.execute("PRAGMA foreign_keys = OFF")
    with register.all_or_nothing():
        for statement in BROKEN[said].split("; "):
            register.execute(statement)
    found = registers.check(register)
    assert len([finding for finding in found if said in finding]) >= 1, found


def test_undo_and_redo_say_what_they_changed(register):
    builders.person(register)
    step = register.take_step()
    opposite, done = registers.undo(register, step)
    assert done.changes == frozenset({Topic.PEOPLE})
    assert done.text == "add Maryam"
    assert register.value("SELECT count(*) FROM person") == 0
    _, done = registers.redo(register, opposite)
    assert done.text == "add Maryam"
    assert register.value("SELECT count(*) FROM person") == 1
    cases = [row[0] for row in register.rows("SELECT use_case FROM journal ORDER BY id")]
    assert cases == ["person.add", "undo", "redo"]


def test_window_notes_how_to_take_back_and_the_command_line_does_not(register_file):
    with registers.open_register(register_file, undo=True) as register:
        builders.person(register)
        assert register.take_step() is not None
    with Register.open(register_file) as register:
        builders.person(register)
        assert register.take_step() is None


@pytest.mark.parametrize(
    ("typed", "made"),
    [("tea", "tea.hallbook"), ("tea.db", "tea.db.hallbook"), ("Tea.HallBook", "Tea.HallBook"),
     ("St. Mary’s v1.2", "St. Mary’s v1.2.hallbook"), ("tea. ", "tea.hallbook")],
)  # fmt: skip
def test_a_new_book_always_has_the_ending_of_books(tmp_path, typed, made):
    with registers.create(tmp_path / typed, "Tea Club") as register:
        assert register.path.name == made
    assert [path.name for path in tmp_path.glob("*ook")] == [made]
    with pytest.raises(RegisterExists):
        registers.create(tmp_path / typed, "Tea Club")
