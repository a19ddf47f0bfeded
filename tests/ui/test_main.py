"""The program as it is put together: its faults told plainly, its choices kept."""

import builtins
import importlib
import linecache
import sys

import pytest
from PySide6.QtCore import QSettings, Qt

from app import paths
from app.main import FaultHook, make_window
from app.ui.appearance import TEXT_SIZES, Appearance
from app.ui.theme import DARK, LIGHT, ThemeChoice
from tests.ui.conftest import CollectedMessages, let_go


def fault_with(values):
    try:
        return {}[values]
    except KeyError as error:
        return error


def test_fault_is_told_plainly_with_a_report_that_names_nobody(messages, caplog):
    FaultHook(messages).tell(fault_with("Shaheda Begum"))
    assert len(messages.said) == 1
    said = messages.said[0]
    assert said.startswith("This is a fault in the program, not in anything you did.")
    assert "KeyError" in said
    assert "test_main.py" in said
    assert "Shaheda" not in said
    caplog.clear()


def test_fault_in_a_slot_reaches_the_one_dialog(empty_window, messages, caplog):
    """PySide hands an exception of a slot to the hook; the window stays."""
    sys.excepthook(KeyError, fault_with("x"), None)
    assert len(messages.said) == 1
    assert empty_window.isVisible()
    caplog.clear()


def test_theme_and_text_size_are_kept_for_the_next_start(qapp, messages):
    first = make_window(messages)
    first.shelf.looks.set_text_size(150)
    first.shelf.looks.set_theme(ThemeChoice.DARK)
    first.close()
    first.deleteLater()
    let_go()
    second = make_window(CollectedMessages())
    assert second.shelf.looks.text_size == 150
    assert second.shelf.looks.theme is DARK
    assert paths.settings_file().is_file()
    second.shelf.looks.set_text_size(100)
    second.shelf.looks.set_theme(ThemeChoice.LIGHT)
    second.close()
    second.deleteLater()
    let_go()


def test_settings_of_a_window_hold_nothing_about_people(window, frame):
    frame.go_to("people")
    frame.people.list.search_for("kaur")
    window.close()
    text = paths.settings_file().read_text("utf-8").casefold()
    assert "kaur" not in text
    assert "tuesday movers" not in text


@pytest.mark.parametrize("stored", ["huge", "-5", "10000", ""])
def test_text_size_that_makes_no_sense_is_not_taken(qapp, tmp_path, stored):
    settings = QSettings(str(tmp_path / "odd.ini"), QSettings.Format.IniFormat)
    settings.setValue("appearance/text_size", stored)
    assert TEXT_SIZES[0] <= Appearance(settings).text_size <= TEXT_SIZES[-1]


def test_colours_follow_the_computer_until_somebody_chooses(looks, qapp):
    hints = qapp.styleHints()
    looks.set_theme(ThemeChoice.SYSTEM)
    hints.setColorScheme(Qt.ColorScheme.Dark)
    try:
        assert looks.theme is (DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT)
        looks.set_theme(ThemeChoice.LIGHT)
        assert looks.theme is LIGHT
    finally:
        hints.unsetColorScheme()
        looks.set_theme(ThemeChoice.LIGHT)


def test_icons_are_drawn_in_the_colour_of_the_theme(looks):
    image = looks.pixmap("check", "accent").toImage()
    colours = {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 250
    }
    assert LIGHT.accent in colours


def test_every_script_we_print_is_drawn_by_a_bundled_face(looks):
    """A box in place of a letter is wider or narrower than any letter, and the same for all."""
    from PySide6.QtGui import QRawFont

    families = looks.font().families()
    faces = []
    for family in families:
        font = looks.font()
        font.setFamilies([family])
        faces.append(QRawFont.fromFont(font))
    for letter in "AŵĐ✓ЖΩشবਗदગத李":
        assert any(face.supportsCharacter(ord(letter)) for face in faces), letter


def test_no_source_is_read_for_a_module_that_is_imported():
    """PySide6 would keep every line of every module, to see what it might want of Qt."""
    linecache.clearcache()
    importlib.reload(importlib.import_module("app.ui.safekeeping.new_laptop_dialog"))
    import app.ui.safekeeping.new_laptop_dialog  # noqa: F401 - by the statement that was replaced

    assert linecache.cache == {}
    assert builtins.__import__ is builtins.__orig_import__
