"""One style sheet for the whole program, made from the theme and the text size."""

from string import Template

from app.ui.theme import Theme, colours

_PIXELS = (
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
    11,
    12,
    13,
    14,
    15,
    16,
    18,
    20,
    22,
    24,
    28,
    32,
    36,
    48,
    360,
)
"""The lengths the sheet may use: $p8 grows with the text, $g8 half as fast, for empty space."""


def stylesheet(theme: Theme, size: int) -> str:
    """Return the style sheet for a theme at a text size in hundredths."""
    lengths = {f"p{length}": f"{max(1, round(length * size / 100))}px" for length in _PIXELS}
    gaps = {f"g{length}": f"{max(1, round(length * (100 + size) / 200))}px" for length in _PIXELS}
    return Template(_SHEET).substitute(
        colours(theme), **lengths, **gaps, **_ringed(size), **_round(lengths, gaps), **_tight(size)
    )


def _ringed(size: int) -> dict[str, str]:
    """Return the ring's width, and $f8: what is left of $g8 where the ring takes its part."""
    ring = max(2, round(2 * size / 100))
    left = {
        f"f{length}": f"{max(0, round(length * (100 + size) / 200) - ring + 1)}px"
        for length in _PIXELS
    }
    return {"ring": f"{ring}px", **left}


def _tight(size: int) -> dict[str, str]:
    """Return the air round the words of the rail and of tabs: less at large text, so that all are seen."""
    over = (size - 100) / 100
    return {
        "rail_air": f"{round(7 - 3 * over)}px",
        "tab_side": f"{round(10 - 6 * over)}px",
        "tab_gap": f"{round(8 - 4 * over)}px",
    }


def _round(lengths: dict[str, str], gaps: dict[str, str]) -> dict[str, str]:
    """Return the radii of what is quite round: Qt draws a corner where a radius is half a pixel over."""

    def px(name: str) -> int:
        return int((lengths | gaps)[name].removesuffix("px"))

    whole = px("p14") + 2 * px("p2")
    return {
        "radio_radius": f"{whole // 2}px",
        "radio_dot": f"{whole - 2 * px('p5')}px",
        "bar_radius": f"{px('p10') // 2}px",
        "handle_radius": f"{(px('p14') - 2 * px('g3')) // 2}px",
    }


_SHEET = """
* { outline: none; }
QWidget#page, QStackedWidget#pages, QScrollArea#pageScroll, QWidget#pageBody { background: $paper; }
QScrollArea { border: none; background: transparent; }
QWidget#cardBody { background: $card; }
QToolTip { color: $ink; background: $card; border: 1px solid $edge; padding: $g4; }

/* --- the frame --- */
QFrame#topBar { background: $bar; border: none; border-bottom: 1px solid $line; }
QFrame#bottomLine { background: $bar; border: none; border-top: 1px solid $line; }
QFrame#bottomLine QLabel { color: $muted; font-size: $p13; }
QFrame#rail { background: $rail; border: none; border-right: 1px solid $line; }
QScrollArea#railScroll, QWidget#railBody { background: $rail; }
QLabel#groupName { font-size: $p18; font-weight: 700; color: $ink; }
QLabel#tagline { color: $muted; }

QPushButton#railButton {
    text-align: left; border: $ring solid transparent; border-radius: $p7;
    padding: $rail_air $g8; color: $ink; background: transparent; font-weight: 400;
}
QPushButton#railButton:hover { background: $hover; }
QPushButton#railButton:checked { background: $accent; color: $on_accent; font-weight: 600; }
QPushButton#railButton:focus { border-color: $focus; }
QLabel#railCount {
    background: $due_soft; color: $due; border-radius: $p8; padding: 1px $g7; font-size: $p13;
    border: 1px solid $due_line;
}

/* --- words --- */
QLabel#pageTitle { font-size: $p24; font-weight: 700; color: $ink; }
QLabel[look="aside"] { color: $muted; }
QLabel[look="small"] { color: $muted; font-size: $p13; }
QLabel[look="heading"] { font-size: $p16; font-weight: 700; }
QLabel[look="strong"] { font-weight: 600; }
QLabel[look="pageFigure"] { font-size: $p24; font-weight: 700; }
QLabel[look="figure"] { font-size: $p48; font-weight: 700; }
QLabel[look="problem"] { color: $overdue; }

/* --- cards, chips, notices --- */
QFrame[look="card"] { background: $card; border: 1px solid $line; border-radius: $p11; }
QFrame[look="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[look="chip"] { border-radius: $p6; border: 1px solid transparent; }
QFrame[look="chip"][tone="good"] { background: $good_soft; border-color: $good_line; }
QFrame[look="chip"][tone="due"] { background: $due_soft; border-color: $due_line; }
QFrame[look="chip"][tone="overdue"] { background: $overdue_soft; border-color: $overdue_line; }
QFrame[look="chip"][tone="plain"] { background: $hover; border-color: $line; }
QFrame[look="chip"] QLabel { font-size: $p13; font-weight: 600; }
QFrame[look="chip"][tone="good"] QLabel { color: $good; }
QFrame[look="chip"][tone="due"] QLabel { color: $due; }
QFrame[look="chip"][tone="overdue"] QLabel { color: $overdue; }
QFrame[look="notice"] { border-radius: $p8; border: 1px solid $edge; background: $card; }
QFrame[look="notice"][tone="due"] { background: $due_soft; border-color: $due; }
QFrame[look="notice"][tone="overdue"] { background: $overdue_soft; border-color: $overdue; }
QFrame[look="notice"][tone="good"] { background: $good_soft; border-color: $good; }

/* --- what is pressed --- */
QPushButton, QToolButton {
    background: $card; color: $ink; border: 1px solid $line; border-radius: $p7;
    padding: $g7 $g14; font-weight: 600;
}
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $selection; }
QPushButton:focus, QToolButton:focus { border: $ring solid $focus; padding: $f7 $f14; }
QPushButton:disabled, QToolButton:disabled { color: $muted; border-color: $line; }
QPushButton[look="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[look="primary"]:hover, QPushButton[look="primary"]:pressed {
    background: $accent_pressed;
}
QPushButton[look="primary"]:focus { border: $ring solid $focus; }
QPushButton[look="primary"]:disabled { background: $bar_empty; color: $muted; border-color: $line; }
QPushButton[look="link"] {
    background: transparent; border: $ring solid transparent; color: $accent; text-align: left;
    padding: $g2 $g4 $g2 1px; font-weight: 600;
}
QPushButton[look="link"]:hover { text-decoration: underline; }
QPushButton[look="link"]:focus { border: $ring solid $focus; padding: $g2 $g4 $g2 1px; }
QPushButton[look="link"]:disabled { color: $muted; border-color: transparent; }
QPushButton::menu-indicator { image: none; width: 0; }
QPushButton[look="menu"] { text-align: left; padding: $g7 $p28 $g7 $g12; }
QPushButton[look="menu"]:focus { padding: $f7 $p28 $f7 $f12; }
QPushButton[look="segment"]:checked { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[look="segment"]:checked:focus { border-color: $focus; }
QCheckBox, QRadioButton { spacing: $p8; padding: $g4; border: $ring solid transparent; }
QCheckBox:focus, QRadioButton:focus { border-color: $focus; border-radius: $p6; }
QCheckBox::indicator, QRadioButton::indicator { width: $p18; height: $p18; }

/* --- tabs --- */
QTabBar { background: transparent; border: none; }
QTabBar::tab {
    background: transparent; color: $muted; border: 2px solid transparent;
    border-bottom: 3px solid transparent; padding: $g6 $tab_side; margin-right: $tab_gap;
}
QTabBar::tab:hover { color: $ink; background: $hover; }
QTabBar::tab:selected { color: $ink; font-weight: 700; border-bottom: 3px solid $accent; }
QTabBar::scroller { width: $p48; }
QTabBar QToolButton { padding: 0; border-radius: $p4; color: transparent; }
QRadioButton::indicator {
    width: $p14; height: $p14; border: $p2 solid $edge; border-radius: $radio_radius;
    background: $card;
}
QRadioButton::indicator:checked {
    width: $radio_dot; height: $radio_dot; border: $p5 solid $accent; border-radius: $radio_radius;
    background: $card;
}

/* --- what is typed in --- */
QLineEdit, QPlainTextEdit, QSpinBox, QComboBox, QDateEdit, QTimeEdit {
    background: $card; color: $ink; border: 1px solid $edge; border-radius: $p7;
    padding: $g6 $g9; selection-background-color: $accent; selection-color: $on_accent;
    placeholder-text-color: $muted;
}
QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QComboBox:focus, QDateEdit:focus {
    border: $ring solid $focus; padding: $f6 $f9;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QSpinBox:disabled, QComboBox:disabled {
    background: $paper; color: $muted; border-color: $line;
}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {
    border: $ring solid $overdue; padding: $f6 $f9;
}
QLineEdit[wrong="true"]:focus, QPlainTextEdit[wrong="true"]:focus, QComboBox[wrong="true"]:focus {
    border-color: $focus;
}
QLineEdit#searchField { background: $paper; }
QTextEdit#answer, QTextBrowser#part {
    background: $card; color: $ink; border: 1px solid $edge; border-radius: $p7; padding: 1px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QTextBrowser#part { border: 1px solid $line; }
QTextEdit#answer:focus, QTextBrowser#part:focus { border: $ring solid $focus; padding: 0; }
QLabel#keyHint {
    color: $muted; border: 1px solid $edge; border-radius: $p4; padding: 0 $g5; font-size: $p12;
    background: $card;
}
QComboBox::drop-down { border: none; width: $p32; }
QComboBox::down-arrow, QSpinBox::up-arrow, QSpinBox::down-arrow { image: none; width: 0; height: 0; }
QSpinBox::up-button, QSpinBox::down-button { width: $p24; border: none; background: transparent; }
QComboBox QAbstractItemView {
    background: $card; color: $ink; border: 1px solid $edge; selection-background-color: $selection;
    selection-color: $ink; padding: $g4;
}
QComboBox QAbstractItemView::item { min-height: $p32; padding: 0 $g8; }

/* --- lists and tables --- */
QTableView, QListView, QTreeView {
    background: $card; color: $ink; border: 2px solid transparent; gridline-color: $line;
    selection-background-color: $selection; selection-color: $ink;
}
QListView[look="suggestions"] { border: 1px solid $edge; border-radius: $p7; padding: $g4; }
QListView[look="board"] { background: $paper; }
QListView::item { min-height: $p32; padding: 0 $g8; border-radius: $g5; }
QListView::item:selected { background: $selection; color: $ink; }
QTableCornerButton::section { background: $card; border: none; border-bottom: 1px solid $line; }
QHeaderView { background: $card; border: none; }
QHeaderView::section {
    background: $card; color: $muted; border: none; border-bottom: 1px solid $line;
    padding: $g8; font-size: $p13; font-weight: 600; text-align: left;
}

/* --- what is told in a window of its own --- */
QMessageBox QLabel#qt_msgbox_label { font-size: $p16; font-weight: 700; }
QMessageBox QLabel#qt_msgbox_informativelabel { min-width: $p360; }

/* --- menus, scroll bars, progress --- */
QMenuBar { background: $bar; color: $ink; border-bottom: 1px solid $line; padding: 0 $g8; }
QMenuBar::item { padding: $g4 $g10; background: transparent; border-radius: $p4; }
QMenuBar::item:selected { background: $selection; color: $ink; }
QMenu { background: $card; color: $ink; border: 1px solid $edge; padding: $g4; }
QMenu::item { padding: $g7 $p36 $g7 $p24; border-radius: $p4; }
QMenu::right-arrow { width: $p12; height: $p12; }
QMenu::item:selected { background: $selection; color: $ink; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: $g4 $g8; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: $p14; margin: 0; }
QScrollBar:horizontal { background: transparent; height: $p14; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: $handle_radius; margin: $g3; }
QScrollBar::handle:vertical { min-height: $p36; }
QScrollBar::handle:horizontal { min-width: $p36; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar {
    background: $bar_empty; border: 1px solid $edge; border-radius: $bar_radius;
    min-height: $p10; max-height: $p10;
}
QProgressBar::chunk { background: $accent; border-radius: $bar_radius; }
"""
