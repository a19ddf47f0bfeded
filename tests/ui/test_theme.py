"""Every colour can be read on its ground, in every theme."""

import re

import pytest

from app.ui import stylesheet, theme

THEMES = {"light": theme.LIGHT, "dark": theme.DARK, "contrast": theme.CONTRAST}


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("text", "ground"), theme.TEXT_PAIRS)
def test_letters_stand_out_from_their_ground(name, text, ground):
    colours = theme.colours(THEMES[name])
    assert theme.contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("shape", "ground"), theme.SHAPE_PAIRS)
def test_focus_ring_and_edges_stand_out_from_their_ground(name, shape, ground):
    colours = theme.colours(THEMES[name])
    assert theme.contrast(colours[shape], colours[ground]) >= 3


@pytest.mark.parametrize("name", THEMES)
def test_high_contrast_reaches_seven_to_one_where_the_others_reach_four_and_a_half(name):
    colours = theme.colours(THEMES[name])
    least = min(theme.contrast(colours[a], colours[b]) for a, b in theme.TEXT_PAIRS)
    assert least >= (7 if name == "contrast" else 4.5)


def test_black_on_white_is_twenty_one_to_one():
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.contrast("#777777", "#777777") == pytest.approx(1)


@pytest.mark.parametrize("name", THEMES)
def test_every_letters_and_ground_rule_of_the_sheet_is_a_checked_pair(name):
    """A rule that sets both must use a pair the contrast test knows."""
    checked = set(theme.TEXT_PAIRS)
    for rule in re.findall(r"\{([^}]*)\}", stylesheet._SHEET):
        ground = re.search(r"(?:^|;|\s)background: \$(\w+)", rule)
        letters = re.search(r"(?:^|;|\s)color: \$(\w+)", rule)
        if ground and letters and (letters[1], ground[1]) not in {("muted", "bar_empty")}:
            assert (letters[1], ground[1]) in checked, rule


@pytest.mark.parametrize("size", [90, 100, 200])
def test_sheet_leaves_no_name_unfilled(size):
    assert "$" not in stylesheet.stylesheet(theme.LIGHT, size)


def test_no_colour_is_written_outside_the_theme():
    assert not re.search(r"#[0-9A-Fa-f]{6}\b", stylesheet._SHEET)
