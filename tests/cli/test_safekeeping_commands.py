"""backup, restore and password: one document, one sentence, and no password but from the environment."""

import re
import sys

import pypdfium2
import pytest

from app.cli import opening
from app.services import registers
from app.storage.register import Register
from tests import builders

PASSWORD, NEW = "kettle ladder orange", "blue teapot on a shelf"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "copies"
    folder.mkdir()
    return folder


def _refused(said, *parts):
    assert (said.status, said.out) == (1, ""), said.err
    assert said.err.count("\n") == 1
    for part in parts:
        assert part in said.err


def _people(path, password=None):
    with Register.open(path, password=password, write=False) as register:
        assert registers.check(register) == ()
        return register.value("SELECT count(*) FROM person")


def test_backup_says_file_checked_and_counts(say, small_example, folder):
    said = say("backup", small_example, "--to", folder, "--json")
    assert (said.status, said.err) == (0, "")
    assert set(said.json) == {"file", "checked", "counts"}
    assert said.json["checked"] is True
    assert said.json["counts"] == say("info", small_example, "--json").json["counts"]
    assert said.json["file"].startswith(str(folder / "movers 20"))
    assert [str(each) for each in folder.iterdir()] == [said.json["file"]]
    assert say("backup", small_example, "--to", folder).out.startswith("Made ")


def test_backup_to_nowhere_or_of_nothing_is_refused(say, register_file, folder, tmp_path):
    _refused(say("backup", register_file, "--to", tmp_path / "stick"), "no folder called stick")
    _refused(say("backup", tmp_path / "gone.hallbook", "--to", folder), "gone.hallbook")
    assert list(folder.iterdir()) == []


def test_full_stick_is_one_sentence(say, stick, register_file):
    stick.fill()
    filled = sorted(stick.path.iterdir())
    _refused(say("backup", register_file, "--to", stick.path), "no room", "tea.hallbook")
    assert sorted(stick.path.iterdir()) == filled


def test_backup_is_restored_and_what_was_there_is_saved(say, register_file, folder):
    made = say("backup", register_file, "--to", folder, "--json").json["file"]
    with Register.open(register_file) as register:
        builders.person(register, "Alba Pretend")
    said = say("restore", made, "--to", register_file, "--json")
    assert (said.status, said.err) == (0, "")
    assert (said.json["register"], said.json["backup"]) == (str(register_file), made)
    assert said.json["counts"]["people"] == 0
    assert said.json["saved_checked"] is True
    assert (_people(register_file), _people(folder.parent / said.json["saved"])) == (0, 1)
    said = say("restore", made, "--to", folder / "new.hallbook")
    assert said.out.startswith(f"Restored {folder / 'new.hallbook'}.\n")
    assert "saved" not in said.out


def test_restore_says_when_what_was_there_could_not_be_opened(say, register_file, folder):
    made = say("backup", register_file, "--to", folder, "--json").json["file"]
    register_file.write_bytes(register_file.read_bytes()[:5000])
    said = say("restore", made, "--to", register_file)
    assert said.status == 0
    assert "byte for byte" in said.out
    _refused(say("restore", register_file.parent / "gone.hallbook", "--to", register_file), "gone")


def test_register_with_a_password_is_backed_up_and_restored_with_it(
    say, register_file, folder, monkeypatch
):
    monkeypatch.setenv("HALLBOOK_NEW_PASSWORD", PASSWORD)
    assert say("password", register_file, "set", "--json").json == {
        "register": str(register_file), "encrypted": True,
    }  # fmt: skip
    _refused(say("backup", register_file, "--to", folder), "needs its password")
    monkeypatch.setenv("HALLBOOK_PASSWORD", PASSWORD)
    made = say("backup", register_file, "--to", folder, "--json").json["file"]
    assert say("restore", made, "--to", register_file).status == 0
    assert _people(register_file, PASSWORD) == 0


def test_password_is_set_changed_and_removed(say, register_file, monkeypatch):
    monkeypatch.setenv("HALLBOOK_NEW_PASSWORD", PASSWORD)
    said = say("password", register_file, "set")
    assert said.out.startswith("tea.hallbook has a password now.")
    assert PASSWORD not in said.out + said.err
    monkeypatch.setenv("HALLBOOK_PASSWORD", PASSWORD)
    monkeypatch.setenv("HALLBOOK_NEW_PASSWORD", NEW)
    said = say("password", register_file, "change")
    assert (said.status, said.err) == (0, "")
    assert NEW not in said.out
    monkeypatch.setenv("HALLBOOK_PASSWORD", NEW)
    assert say("password", register_file, "remove", "--json").json["encrypted"] is False
    assert _people(register_file) == 0


@pytest.mark.parametrize(("new", "said"), [("", "needed"), ("tea", "too short")])
def test_password_that_will_not_do_is_refused(say, register_file, monkeypatch, new, said):
    monkeypatch.setenv("HALLBOOK_NEW_PASSWORD", new)
    _refused(say("password", register_file, "set"), said)
    assert _people(register_file) == 0


def test_wrong_password_is_refused(say, register_file, monkeypatch):
    monkeypatch.setenv("HALLBOOK_NEW_PASSWORD", PASSWORD)
    say("password", register_file, "set")
    monkeypatch.setenv("HALLBOOK_NEW_PASSWORD", NEW)
    for what in ("change", "remove"):
        monkeypatch.delenv("HALLBOOK_PASSWORD", raising=False)
        _refused(say("password", register_file, what), "needs its password")
        monkeypatch.setenv("HALLBOOK_PASSWORD", NEW)
        _refused(say("password", register_file, what), "did not open")
    _refused(say("password", register_file, "set"), "has a password already")
    assert _people(register_file, PASSWORD) == 0


def test_password_is_never_an_argument(say, register_file):
    assert say("password", register_file, "set", PASSWORD).status == 2
    assert say("password", register_file, "--password", PASSWORD).status == 2


class _Terminal:
    """Somebody at a terminal who types these passwords."""

    def __init__(self, *typed):
        self.typed, self.asked = list(typed), []

    def __call__(self, words):
        self.asked.append(words)
        return self.typed.pop(0)

    def isatty(self):
        return True


@pytest.fixture
def terminal(monkeypatch):
    def at(*typed):
        one = _Terminal(*typed)
        monkeypatch.setattr(sys, "stdin", one)
        monkeypatch.setattr(opening.getpass, "getpass", one)
        return one

    return at


def test_new_password_is_asked_for_twice_at_a_terminal(say, register_file, terminal):
    somebody = terminal(PASSWORD, PASSWORD)
    assert say("password", register_file, "set").status == 0
    assert somebody.asked == ["New password: ", "The same once more: "]
    somebody = terminal(PASSWORD, NEW, NEW)
    assert say("password", register_file, "change").status == 0
    assert somebody.asked == ["Password: ", "New password: ", "The same once more: "]
    terminal(NEW)
    assert say("password", register_file, "remove").status == 0
    assert _people(register_file) == 0


def test_two_different_new_passwords_change_nothing(say, register_file, terminal):
    terminal(PASSWORD, NEW)
    _refused(say("password", register_file, "set"), "not the same")
    assert _people(register_file) == 0


def test_wrong_password_is_told_before_a_new_one_is_asked_for(say, register_file, terminal):
    terminal(PASSWORD, PASSWORD)
    say("password", register_file, "set")
    somebody = terminal(NEW)
    _refused(say("password", register_file, "change"), "did not open")
    assert somebody.asked == ["Password: "]
    somebody = terminal()
    _refused(say("password", register_file, "set"), "has a password already")
    assert somebody.asked == []


def test_recovery_sheet_is_printed_and_opens_the_register(
    say, small_example, monkeypatch, tmp_path
):
    monkeypatch.setenv(opening.NEW_PASSWORD, PASSWORD)
    say("password", small_example, "set")
    monkeypatch.setenv(opening.PASSWORD, PASSWORD)
    said = say("recovery-sheet", small_example, "--out", tmp_path / "sheet.pdf", "--json")
    assert (said.status, said.err) == (0, "")
    assert said.json["pages"] == 1
    page = pypdfium2.PdfDocument(tmp_path / "sheet.pdf")[0].get_textpage().get_text_range()
    page = page[page.index("The words") : page.index("How to use it")]
    found = {int(n): word for n, word in re.findall(r"\b(\d{1,2})\s+([a-z]{3,8})\b", page)}
    words = " ".join(found[number] for number in range(1, 25))
    monkeypatch.setenv(opening.PASSWORD, words)
    assert say("info", small_example, "--json").json["encrypted"] is True
    assert say("check", small_example, "--json").json["ok"] is True
    monkeypatch.setenv(opening.NEW_PASSWORD, NEW)
    assert say("password", small_example, "change").status == 0
    _refused(say("info", small_example), "did not open")


def test_recovery_sheet_of_a_register_without_password_is_refused(say, register_file, tmp_path):
    _refused(
        say("recovery-sheet", register_file, "--out", tmp_path / "sheet.pdf"), "has no password"
    )
    assert not (tmp_path / "sheet.pdf").exists()


def test_wrong_passwords_slow_the_next_one_down_and_never_lock_out(
    say, register_file, monkeypatch, naps
):
    monkeypatch.setenv("HALLBOOK_NEW_PASSWORD", PASSWORD)
    say("password", register_file, "set")
    monkeypatch.setenv("HALLBOOK_PASSWORD", NEW)
    for _ in range(4):
        _refused(say("info", register_file), "did not open")
    assert [round(nap, 1) for nap in naps] == [0.5, 1.0, 2.0]
    monkeypatch.setenv("HALLBOOK_PASSWORD", PASSWORD)
    assert say("info", register_file).status == 0
    assert len(naps) == 4
    assert say("info", register_file).status == 0
    assert len(naps) == 4, "nobody waits after a right one"
