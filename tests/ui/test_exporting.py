"""Exports of the File menu, and a return saved in other forms: a plain sentence says what was written."""

import json

import openpyxl
import pytest
from PySide6.QtCore import Qt

from app.services.returns.saving import Form


def _exported(window, messages, qtbot, key, out):
    messages.answers.append(out)
    said = len(messages.said)
    window.menus.exports[key].trigger()
    qtbot.waitUntil(lambda: len(messages.said) > said, timeout=60_000)
    return messages.said[-1]


def test_grants_are_exported_with_a_sentence(window, messages, qtbot, tmp_path):
    out = tmp_path / "grants.json"
    said = _exported(window, messages, qtbot, "grants", out)
    grants = json.loads(out.read_text("utf-8"))["grants"]
    assert said == f"Saved grants.json: {len(grants)} grants awarded to the group."
    assert messages.asked[-1].endswith("Tuesday Movers, grants.json")


def test_activities_are_exported_with_a_sentence(window, messages, qtbot, tmp_path):
    out = tmp_path / "activities.json"
    said = _exported(window, messages, qtbot, "activities", out)
    assert said == "Saved activities.json: 4 activities, as they stand today."
    assert len(json.loads(out.read_text("utf-8"))) == 4


def test_everything_is_exported_with_a_sentence(window, messages, qtbot, tmp_path):
    out = tmp_path / "all.xlsx"
    said = _exported(window, messages, qtbot, "everything", out)
    assert said.startswith("Saved all.xlsx: ")
    assert "people" in openpyxl.load_workbook(out, read_only=True).sheetnames


def test_what_cannot_be_exported_is_said(window, messages, qtbot, tmp_path):
    out = tmp_path / "grants.json"
    out.write_text("my own notes")
    assert "Nothing was written" in _exported(window, messages, qtbot, "grants", out)
    assert out.read_text() == "my own notes"


def test_exports_wait_for_a_book_and_have_keys_of_their_own(empty_window):
    actions = empty_window.menus.exports.values()
    assert not [one for one in actions if one.isEnabled()]
    keys = [one.text().partition("&")[2][0].casefold() for one in actions]
    assert len(set(keys)) == len(keys)


@pytest.fixture
def page(frame, qtbot):
    frame.go_to("returns")
    frame.returns.show_part("printing")
    part = frame.returns.front.printing
    qtbot.waitUntil(lambda: part.preview.current is not None, timeout=20_000)
    return part


@pytest.mark.parametrize("form", [Form.WORD, Form.TEXT, Form.SHEET, Form.PAGE])
def test_a_return_is_saved_in_another_form(page, qtbot, messages, tmp_path, form):
    out = tmp_path / f"report{form}"
    messages.answers.append(out)
    page.save_as.actions_of[form].trigger()
    qtbot.waitUntil(lambda: page.notice.text == f"Saved as report{form}.", timeout=20_000)
    assert out.stat().st_size > 1000
    assert messages.asked[-1].endswith(form.value)
    page.notice._actions[0].click()
    assert messages.opened == [out]


def test_a_file_of_another_program_stays_and_that_is_said(page, qtbot, messages, tmp_path):
    out = tmp_path / "report.docx"
    out.write_bytes(b"my own letter")
    messages.answers.append(out)
    page.save_as.actions_of[Form.WORD].trigger()
    qtbot.waitUntil(lambda: "another program" in page.notice.text, timeout=20_000)
    assert out.read_bytes() == b"my own letter"


def test_the_forms_are_reached_by_keyboard(page):
    button = page.save_as
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert button.menu() is button.own_menu
    keys = [action.text().partition("&")[2][0].casefold() for action in button.own_menu.actions()]
    assert len(set(keys)) == 4


def test_what_is_made_for_paper_has_no_other_form(page, qtbot):
    assert page.save_as.isEnabled()
    page.templates.choose("capacity-card")
    assert not page.save_as.isEnabled()
    qtbot.waitUntil(page.save_button.isEnabled, timeout=20_000)
    assert not page.save_as.isEnabled()
