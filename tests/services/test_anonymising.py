"""Somebody made nameless: nothing of them is left in the file, and every count stands as it was."""

import datetime as dt
import json

import pytest

from app.domain.anonymising import Because
from app.domain.people import PersonDraft
from app.domain.periods import Period
from app.services import anonymising, figures, people, registers
from app.services.example import Size, make_example
from app.services.result import Done, Refused
from app.storage import anonymising as storage
from app.storage.register import Register
from tests import builders

ENDING = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    path = tmp_path_factory.mktemp("nameless") / "movers.hallbook"
    make_example(path, size=Size.SMALL, seed=3, ending=ENDING)
    return path


@pytest.fixture
def book(example, tmp_path):
    path = tmp_path / "movers.hallbook"
    path.write_bytes(example.read_bytes())
    return path


def _busiest(register, count):
    """Return the people of whom most is known."""
    rows = register.rows(
        "SELECT p.id FROM person p WHERE p.merged_into IS NULL AND p.binned_at IS NULL ORDER BY"
        " (SELECT count(*) FROM referral r WHERE r.person_id = p.id)"
        " + (SELECT count(*) FROM response o WHERE o.person_id = p.id)"
        " + (SELECT count(*) FROM emergency_contact c WHERE c.person_id = p.id) DESC, p.id"
    )
    return [row[0] for row in rows][:count]


def _periods():
    yield Period(first=dt.date(2025, 11, 23), last=ENDING)
    yield Period(first=dt.date(2026, 4, 10), last=dt.date(2026, 7, 2))


def _counted(register):
    found = {}
    for period in _periods():
        for by in (None, "age", "age:nlcf", "sex", "district", "area"):
            found[period, by] = figures.figures(register, period, by=by)["figures"]
    return found


def test_no_figure_of_any_past_period_changes(book):
    with Register.open(book) as register:
        before = _counted(register)
        for person in _busiest(register, 12):
            assert isinstance(anonymising.anonymise(register, person, Because.ASKED), Done)
        assert _counted(register) == before
        assert registers.check(register) == ()


def test_nothing_of_the_person_is_left_in_the_file(book):
    with Register.open(book) as register:
        person = _busiest(register, 1)[0]
        row = register.row("SELECT * FROM person WHERE id = :id", {"id": person})
        known = people.get_person(register, person)
        private = [known.family_name, row["phone"], row["email"], row["address"], row["born_on"]]
        private += [
            value
            for (value,) in register.rows(
                "SELECT name FROM emergency_contact WHERE person_id = :id", {"id": person}
            )
        ]
        only_theirs = [
            text
            for text in private
            if text
            and len(text) > 4
            and _times(register, text) == _times_of(register, text, person)
        ]
        assert only_theirs
        anonymising.anonymise(register, person, Because.ASKED)
    raw = book.read_bytes()
    assert [text for text in only_theirs if text.encode() in raw] == []


def _cells(register, where=""):
    tables = register.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'person_search%'"
    )
    for (name,) in tables:
        yield from register.rows(f'SELECT * FROM "{name}"')


def _times(register, text):
    return sum(text in str(cell) for row in _cells(register) for cell in row)


def _times_of(register, text, person):
    found = 0
    for table, part in storage.PARTS.items():
        where = part.of.format(ids="(SELECT value FROM json_each(:ids))")
        rows = register.rows(f"SELECT * FROM {table} WHERE {where}", {"ids": json.dumps([person])})
        found += sum(text in str(cell) for row in rows for cell in row)
    return found


def test_every_table_and_column_that_belongs_to_a_person_is_named():
    with Register.in_memory() as register:
        tables = {
            row[0] for row in register.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        linked, grew = {"person"}, True
        while grew:
            grew = False
            for table in sorted(tables - linked):
                targets = {
                    row["table"] for row in register.rows(f'PRAGMA foreign_key_list("{table}")')
                }
                if targets & (linked - _ENDS):
                    linked.add(table)
                    grew = True
        assert linked - _ENDS - _OTHERWISE == set(storage.PARTS)
        for table, part in storage.PARTS.items():
            columns = {row["name"] for row in register.rows(f'PRAGMA table_info("{table}")')}
            assert part.gone or columns == {*part.kept, *part.wiped}, table


_ENDS = {"entry_line", "attachment", "statement_entry", "draft_answer"}
"""Linked through money or drafts: they hold nothing of the person but what is told under mentions."""
_OTHERWISE = {"attachment_content"}


def test_age_postcode_and_answers_stay_as_coarse_as_they_can():
    with Register.in_memory() as register:
        person = builders.person(register, "Alba Pretend")
        with register.transaction("test"):
            values = {"born_on": "1948-06-15", "postcode": "LU7 1AB", "sex": "female"}
            register.update("person", person, values)
        builders.mark(register, builders.session(register), person)
        anonymising.anonymise(register, person, Because.RETENTION)
        row = register.row("SELECT * FROM person WHERE id = :id", {"id": person})
        assert (row["born_on"], row["birth_year"]) == (None, None)
        assert (row["age_low"], row["age_band_on"][5:]) == (75, "01-01")
        assert (row["postcode"], row["sex"]) == ("LU7", "female")
        assert row["anonymised_at"]
        assert register.value("SELECT because FROM anonymisation") == "retention"


def test_it_is_done_once_and_for_somebody_who_is_there(book):
    with Register.open(book) as register:
        person = _busiest(register, 1)[0]
        anonymising.anonymise(register, person, Because.ASKED)
        again = anonymising.anonymise(register, person, Because.ASKED)
        assert [problem.code for problem in again.problems] == ["person_nameless"]
        gone = anonymising.anonymise(register, 12345, Because.ASKED)
        assert [problem.code for problem in gone.problems] == ["person_gone"]


def test_joined_records_go_together_and_cannot_be_parted_into_names():
    with Register.in_memory() as register:
        kept = builders.person(register, "Alba Pretend")
        other = builders.person(register, "A. Pretend")
        people.merge_people(register, kept, other)
        assert isinstance(anonymising.anonymise(register, other, Because.ASKED), Refused)
        assert anonymising.preview(register, kept).records == 2
        anonymising.anonymise(register, kept, Because.ASKED)
        assert "Pretend" not in str([tuple(row) for row in _cells(register)])
        for refused in (
            people.unmerge_person(register, other),
            people.merge_people(register, builders.person(register), kept),
            people.change_person(
                register, kept, PersonDraft(given_name="Alba"), today=builders.TODAY
            ),
        ):
            assert [one.code for one in refused.problems] == ["person_nameless_stays"]
        assert people.get_person(register, kept).full_name == "(name taken out)"


def test_step_to_take_it_back_is_not_noted():
    with Register.in_memory() as register:
        register.keep_undo()
        person = builders.person(register, "Alba Pretend")
        register.take_step()
        anonymising.anonymise(register, person, Because.ASKED)
        assert register.take_step() is None
        assert register.value("SELECT count(*) FROM undo_log") == 0


def test_names_in_other_peoples_words_are_pointed_out():
    with Register.in_memory() as register:
        person = builders.person(register, "Alba", "Pretend")
        session = builders.session(register)
        with register.transaction("test"):
            register.update("session", session.id, {"notes": "Alba Pretend brought the kettle."})
        assert anonymising.preview(register, person).mentions == (("notes of sessions", 1),)


def test_stopped_on_the_way_it_leaves_everything_and_done_everybody_is_found_again(monkeypatch):
    monkeypatch.setattr(storage, "_INDEXED_AT_ONCE", 2)
    with Register.in_memory() as register:
        register.keep_undo()
        who = [
            builders.person(register, name, "")
            for name in ("Zuzanna", "Boleslaw", "Cy", "Dee", "Quentin")
        ]

        def found():
            sql = "SELECT rowid FROM person_search WHERE person_search MATCH :name"
            names = ("zuzanna", "boleslaw", "quentin")
            return [[row[0] for row in register.rows(sql, {"name": name})] for name in names]

        steps = [*anonymising.anonymise.in_slices(register, who[1], Because.ASKED)]
        assert [(step.done, step.total) for step in steps] == [(n, 5) for n in (0, 0, 2, 4, 5)]
        assert found() == [[who[0]], [], [who[4]]]
        for turns in range(1, len(steps) + 1):
            before, looked = builders.dump(register), found()
            work = anonymising.anonymise.in_slices(register, who[0], Because.ASKED)
            for _ in range(turns):
                next(work)
            work.close()
            assert (builders.dump(register), found()) == (before, looked)
        assert anonymising.anonymise(register, who[0], Because.ASKED).ids == (who[0],)
        assert found() == [[], [], [who[4]]]
        assert registers.check(register) == ()
