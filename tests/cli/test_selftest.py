"""hallbook selftest: a whole program says so, and one with a part missing says which."""

import sys
import tempfile
from pathlib import Path

import pytest

from app.services import returns
from app.services import selftest as trial


@pytest.fixture
def own_temp(tmp_path, monkeypatch):
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_whole_program_proves_itself_and_leaves_nothing_behind(say, own_temp):
    said = say("selftest", "--json")
    assert (said.status, said.err) == (0, "")
    proof = said.json
    assert proof["ok"] is True
    assert proof["findings"] == []
    assert proof["encrypted"] is True
    assert proof["backup"] is True
    assert proof["returns"] == len(returns.list_templates())
    assert proof["figures"] > 200
    assert proof["pages"] > proof["returns"]
    assert proof["files"] > 4 * proof["returns"] - 20
    assert list(own_temp.iterdir()) == []


def test_program_with_a_part_missing_names_it(say, own_temp, monkeypatch):
    """As in a built program that was packed without one of its modules."""
    few = tuple(
        one for one in returns.list_templates() if one.id in {"local-plan", "privacy-notice"}
    )
    monkeypatch.setattr(trial.returns, "list_templates", lambda: few)
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    monkeypatch.delitem(sys.modules, "app.returns.clothes.xlsx", raising=False)
    said = say("selftest")
    assert said.status == 1
    assert "local-plan: ModuleNotFoundError xlsxwriter" in said.out
    assert "not whole" in said.out
    assert "Every return" in said.err
    assert list(own_temp.iterdir()) == []


def test_no_room_is_one_sentence(say, stick, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(stick.path))
    stick.fill()
    before = sorted(Path(stick.path).iterdir())
    said = say("selftest", "--json")
    assert (said.status, said.out) == (1, "")
    assert "room" in said.err
    assert said.err.count("\n") == 1
    assert sorted(Path(stick.path).iterdir()) == before
