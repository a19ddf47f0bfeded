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
