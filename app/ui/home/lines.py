"""The lines of Home's cards, by what they say: one that says the same as before stays as it is."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Chip
from app.ui.widgets.words import rule, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button of a line."""

    key: str
    text: str
    name: str = field(default="", repr=False)
    """The button's whole name, for whoever hears it; "" is its text."""
    icon: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A chip of a line."""

    text: str
    tone: str
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something that is on or waits, and what can be done about it."""

    title: str = field(repr=False)
    aside: str = field(repr=False)
    icon: str = ""
    status: Status | None = None
    presses: tuple[Press, ...] = ()
    about: Hashable = field(default=None, repr=False)
    """What is told with the button that was pressed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A few quiet words."""

    text: str
    wrap: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A button that leads on."""

    key: str
    text: str
    icon: str
    whole: bool = True
    """Whether it is as wide as its card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A thin line between two others."""


Said = Line | Aside | Link | Rule


def ruled(lines: Iterable[Line]) -> list[Said]:
    """Return lines with a rule between them."""
    found: list[Said] = []
    for line in lines:
        found += [Rule(), line] if found else [line]
    return found


class Lines(QVBoxLayout):
    """Lines one under the other."""

    pressed = Signal(str, object)
    """The key of a button, and what its line is about."""
    giving_up = Signal()
    """The line that has the keyboard is about to go."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        if parent is None:
            super().__init__()
        else:
            super().__init__(parent)
        self._looks = looks
        self._said: tuple[Said, ...] = ()
        self._widgets: tuple[QWidget, ...] = ()

    def show_lines(self, said: Iterable[Said]) -> None:
        """Show these and no others; what was there and is said again is not made anew."""
        said = tuple(said)
        if said == self._said:
            return
        there: dict[Said, list[QWidget]] = defaultdict(list)
        for one, widget in zip(reversed(self._said), reversed(self._widgets), strict=True):
            there[one].append(widget)
        widgets = tuple(there[one].pop() if there[one] else self._made(one) for one in said)
        self._let_go([widget for left in there.values() for widget in left])
        while self.count():
            self.takeAt(0)
        for one, widget in zip(said, widgets, strict=True):
            narrow = isinstance(one, Link) and not one.whole
            self.addWidget(widget, 0, Qt.AlignmentFlag(Qt.AlignmentFlag.AlignLeft if narrow else 0))
        for widget in set(widgets).difference(self._widgets):
            widget.show()  # at once, not a turn later: the next key is for its first button
        self._said, self._widgets = said, widgets

    def _let_go(self, widgets: list[QWidget]) -> None:
        for widget in widgets:
            now = widget.window().focusWidget()
            if now is not None and widget.isAncestorOf(now):
                self.giving_up.emit()
            # Not taken out of the page, for which Qt would undress it and all that is inside.
            widget.hide()
            widget.deleteLater()

    def _made(self, said: Said) -> QWidget:
        if isinstance(said, Line):
            line = LineRow(self._looks, said)
            line.pressed.connect(self.pressed)
            return line
        if isinstance(said, Aside):
            return words(said.text, "aside", wrap=said.wrap)
        if isinstance(said, Link):
            button = ActionButton(self._looks, said.text, icon=said.icon, link=True)
            button.clicked.connect(partial(self._on_link, said.key))
            return button
        return rule()

    def _on_link(self, key: str, _checked: bool = False) -> None:
        self.pressed.emit(key, None)


class LineRow(QWidget):
    """One line: a picture, what it is, how it stands, and its buttons."""

    pressed = Signal(str, object)

    def __init__(self, looks: Appearance, said: Line, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks, self._line = looks, said
        self._row = QHBoxLayout(self)
        self._picture: QLabel | None = None
        if said.icon:
            self._picture = QLabel()
            self._row.addWidget(self._picture)
        self._told = QVBoxLayout()
        self._told.addWidget(words(said.title, "strong", wrap=True))
        self._told.addWidget(words(said.aside, "aside", wrap=True))
        self._row.addLayout(self._told, 1)
        if said.status is not None:
            status = said.status
            self._row.addWidget(Chip(looks, status.text, tone=status.tone, icon=status.icon))
        for press in said.presses:
            button = ActionButton(looks, press.text, icon=press.icon, primary=press.primary)
            button.setAccessibleName(press.name)
            button.clicked.connect(partial(self._on_pressed, press.key))
            self._row.addWidget(button)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()

    def _on_pressed(self, key: str, _checked: bool = False) -> None:
        self.pressed.emit(key, self._line.about)

    def _on_looks_changed(self) -> None:
        px = self._looks.px
        self._row.setContentsMargins(0, px(4), 0, px(4))
        self._row.setSpacing(px(8))
        self._told.setSpacing(px(2))
        if self._picture is not None:
            picture = self._looks.pixmap(self._line.icon, "ink", 20, self.devicePixelRatioF())
            self._picture.setPixmap(picture)
