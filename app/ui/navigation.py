"""The rail of pages at the left: words with icons, Ctrl+1 and so on."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.ui.appearance import Appearance
from app.ui.widgets.ring import paint_inner_ring

RAIL_WIDTH = 196
_GAP = 6
"""Pixels between icon and word, over what the style leaves."""
_HEIGHT = 38
"""Pixels at 100 % of a button: at 200 % all of them are in sight on the smallest screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One page of the rail."""

    key: str
    word: str
    icon: str
    below: bool = False
    """At the foot of the rail: Help, Settings."""
    is_page: bool = True
    """Help is said over the page one is on."""


PLACES = (
    Place(key="home", word="Home", icon="house"),
    Place(key="people", word="People", icon="users"),
    Place(key="sessions", word="Sessions", icon="calendar-check"),
    Place(key="referrals", word="Referrals", icon="inbox"),
    Place(key="outcomes", word="Outcomes", icon="smile"),
    Place(key="money", word="Money", icon="wallet"),
    Place(key="returns", word="Returns", icon="file-check"),
    Place(key="help", word="Help", icon="circle-help", below=True, is_page=False),
    Place(key="settings", word="Settings", icon="settings", below=True),
)
"""The pages that exist, in the order of the rail."""


class RailButton(QPushButton):
    """A page's word and icon, and how many things wait there."""

    def __init__(self, looks: Appearance, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(place.word, parent)
        self.setObjectName("railButton")
        self.setCheckable(place.is_page)
        self.setAutoExclusive(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.place = place
        self._looks = looks
        self._crowded = False
        self._count = QLabel(self)
        self._count.setObjectName("railCount")
        self._count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._count.hide()
        self.toggled.connect(self.show_looks)
        looks.changed.connect(self.show_looks)
        self.show_looks()

    def show_count(self, number: int, meaning: str = "") -> None:
        """Show how many things wait here; 0 shows nothing. ``meaning`` is said to screen readers."""
        self._count.setText(str(number))
        self._count.setVisible(bool(number))
        self._count.adjustSize()
        self.setAccessibleName(
            f"{self.place.word}: {number} {meaning}" if number else self.place.word
        )
        self._place_count()

    def show_looks(self) -> None:
        """Draw the icon in the colour of the words."""
        self._show_icon()
        self.setFixedHeight(self._looks.gap(_HEIGHT))  # with its picture or without
        self._count.adjustSize()
        self._place_count()

    def _show_icon(self) -> None:
        colour, px = "on_accent" if self.isChecked() else "ink", self._looks.px
        icon = self._looks.icon(self.place.icon, colour, 20, _GAP)
        self.setIcon(QIcon() if self._crowded else icon)
        self.setIconSize(QSize(px(20) + px(_GAP), px(20)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button; the page one is on shows its ring in two lines."""
        super().paintEvent(event)
        if self.isChecked() and self.hasFocus():
            paint_inner_ring(self, self._looks)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the count at the right."""
        super().resizeEvent(event)
        self._place_count()

    def _place_count(self) -> None:
        size, px, gap = self._count.size(), self._looks.px, self._looks.gap
        words = round(1.1 * self.fontMetrics().horizontalAdvance(self.place.word))  # bold is wider
        taken = gap(8) + 4 + px(20) + px(_GAP) + words
        left = self.width() - size.width() - gap(6)
        crowded = left < taken and not self._count.isHidden()
        if crowded is not self._crowded:  # a long number: the word is read before the picture
            self._crowded = crowded
            self._show_icon()
        self._count.move(left, (self.height() - size.height()) // 2)


class Rail(QFrame):
    """The list of pages; those that do not exist yet are not in it."""

    chosen = Signal(str)
    """The key of a page."""

    def __init__(
        self, looks: Appearance, places: tuple[Place, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(self.tr("Pages"))
        self._looks = looks
        self.buttons: dict[str, RailButton] = {}
        body = QWidget()
        body.setObjectName("railBody")
        self._column = QVBoxLayout(body)
        for place in places:
            button = RailButton(looks, place)
            button.clicked.connect(self._on_clicked)
            self.buttons[place.key] = button
            if not place.below:
                self._column.addWidget(button)
        self._column.addStretch(1)
        for place in places:
            if place.below:
                self._column.addWidget(self.buttons[place.key])
        scroll = QScrollArea()
        scroll.setObjectName("railScroll")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()

    def show_count(self, key: str, meaning: str, number: int) -> None:
        """Show how many things wait on a page; ``meaning`` is said to screen readers."""
        self.buttons[key].show_count(number, meaning)

    def show_chosen(self, key: str) -> None:
        """Show which page one is on."""
        # Not a QButtonGroup: that lets Tab reach only the button that is down.
        for name, button in self.buttons.items():
            button.setChecked(name == key)

    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, RailButton):
            self.chosen.emit(button.place.key)

    def _on_looks_changed(self) -> None:
        px, gap = self._looks.px, self._looks.gap
        # Wider with the text, but not as fast: the page needs the room more.
        self.setFixedWidth(round(RAIL_WIDTH * (0.5 + 0.5 * px(100) / 100)))
        side = 10
        above = round(14 - 6 * (px(100) - 100) / 100)  # less with large text: nine have to fit
        self._column.setContentsMargins(side, above, side, above - 2)
        self._column.setSpacing(gap(2))
