"""Every colour can be read on its ground, in every theme."""

import ast
import re
from pathlib import Path

import pytest

import app.ui
from app.ui import stylesheet, theme

UI = Path(app.ui.__file__).parent
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
        if ground and letters:
            assert (letters[1], ground[1]) in checked, rule


@pytest.mark.parametrize("size", [90, 100, 200])
def test_sheet_leaves_no_name_unfilled(size):
    assert "$" not in stylesheet.stylesheet(theme.LIGHT, size)


OWNERS = {"theme.py", "appearance.py"}
"""Where colours and letters are decided; everything else asks them."""
# White is a printed page, whatever the theme.
COLOUR = re.compile(
    r"#[0-9A-Fa-f]{6}\b|QColor\(|GlobalColor\.(?!transparent|white)|rgba?\(|setPixelSize|setPointSize|"
    r"setStyleSheet|setFont\(QFont"
)
LENGTHS = {
    "setContentsMargins", "setSpacing", "setHorizontalSpacing", "setVerticalSpacing", "addSpacing",
    "setFixedWidth", "setFixedHeight", "setFixedSize", "setMinimumWidth", "setMinimumHeight",
    "setMaximumWidth", "setMaximumHeight", "setMinimumSize", "setIconSize", "setIndent",
}  # fmt: skip
HAIR = 3
"""Pixels that need not grow: a hair's breadth between two lines of one thing."""
ALL_THERE_IS = 16_777_215
"""Qt's own number for no limit."""


def sources():
    for path in sorted(UI.rglob("*.py")):
        yield path, path.read_text(encoding="utf-8")


def test_colours_and_letters_are_decided_in_one_place():
    written = [
        f"{path.relative_to(UI)}: {line.strip()}"
        for path, text in sources()
        if path.name not in OWNERS
        for line in text.splitlines()
        if COLOUR.search(line) and "QColor(looks.theme" not in line
    ]
    assert written == []


def test_lengths_grow_with_the_text():
    fixed = []
    for path, text in sources():
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr not in LENGTHS:
                continue
            numbers = [a.value for a in node.args if isinstance(a, ast.Constant)]
            if any(HAIR < abs(n) != ALL_THERE_IS for n in numbers):
                fixed.append(f"{path.relative_to(UI)}:{node.lineno}: {ast.unparse(node)}")
    assert fixed == []


@pytest.mark.parametrize("size", range(90, 201, 5))
def test_what_is_round_stays_round_at_every_size(size):
    """Qt draws a square corner where a radius is more than half of the height."""
    sheet = stylesheet.stylesheet(theme.LIGHT, size)
    rules = dict(re.findall(r"([^{}]+)\{([^}]*)\}", sheet))
    for name, rule in rules.items():
        radius = re.search(r"border-radius: (\d+)px", rule)
        height = re.search(r"(?:^|;|\s)(?:max-)?height: (\d+)px", rule)
        border = re.search(r"border: (\d+)px", rule)
        if radius and height:
            whole = int(height[1]) + 2 * int(border[1] if border else 0)
            assert 2 * int(radius[1]) <= whole, name.strip()
