"""anonymise: one person is wiped, a copy is made first, and the figures stay."""

import pytest

from app.storage.register import Register


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HALLBOOK_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def _somebody(path):
    with Register.open(path, write=False) as register:
        return tuple(
            register.row(
                "SELECT p.id, p.family_name FROM person p JOIN attendance m ON m.person_id = p.id"
                " WHERE p.merged_into IS NULL AND p.family_name <> '' LIMIT 1"
            )
        )


def test_person_is_made_nameless_and_the_figures_stay(say, small_example, home):
    person, _ = _somebody(small_example)
    period = ("--from", "2026-01-01", "--to", "2026-12-31", "--json")
    before = say("figures", small_example, *period).json
    said = say("anonymise", small_example, "--person", person, "--json")
    assert said.status == 0, said.err
    assert (said.json["person_id"], said.json["records"] >= 1) == (person, True)
    assert said.json["copy"].startswith(str(home))
    assert say("figures", small_example, *period).json == before
    assert say("check", small_example, "--json").json["ok"] is True


def test_unknown_person_and_somebody_nameless_are_refused(say, small_example, home):
    person, _ = _somebody(small_example)
    assert say("anonymise", small_example, "--person", 12).status == 1
    say("anonymise", small_example, "--person", person)
    said = say("anonymise", small_example, "--person", person)
    assert said.status == 1
    assert "nameless already" in said.err


def test_person_is_needed(say, small_example):
    assert say("anonymise", small_example).status == 2


def test_retention_lists_what_is_due_and_changes_nothing(say, small_example):
    before = small_example.read_bytes()
    found = say("retention", small_example, "--today", "2030-01-01", "--json").json
    assert found
    assert {one["kind"] for one in found} >= {"people"}
    assert all(
        set(one) == {"kind", "since", "due_on", "action", "reason", "person_id" if "person_id" in one else "row"}
        for one in found
    )  # fmt: skip
    assert [one["due_on"] for one in found] == sorted(one["due_on"] for one in found)
    assert small_example.read_bytes() == before
    said = say("retention", small_example, "--today", "2030-01-01")
    assert "made nameless" in said.out


def test_retention_of_a_young_book_says_that_nothing_is_due(say, register_file):
    said = say("retention", register_file)
    assert said.out == "Nothing is kept for longer than the rules say.\n"
    assert say("retention", register_file, "--json").json == []
