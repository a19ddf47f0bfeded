"""The top bar: whose book it is, search, and undo by name."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Chip
from app.ui.widgets.short_words import ShortWords
from app.ui.widgets.suggestions import SuggestField
from app.ui.widgets.words import tip

_MOST_LETTERS = 1_000
"""Nobody searches for more: a whole list that is pasted by mistake need not be laid out."""


class SearchField(SuggestField):
    """The search field, with the key that leads to it."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(looks, "", parent=parent)
        self.setObjectName("searchField")
        self.setMaxLength(_MOST_LETTERS)
        self.setAccessibleName(self.tr("Search people, referrals, payments"))
        self.setPlaceholderText(self.tr("Search people, referrals, payments"))
        self.show_icon(looks, "search")
        self._hint = QLabel("Ctrl K", self)
        self._hint.setObjectName("keyHint")
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textChanged.connect(self._on_text)
        looks.changed.connect(self._on_looks)
        self._on_looks()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the hint at the right."""
        super().resizeEvent(event)
        self._place_hint()

    def _on_text(self) -> None:
        self._place_hint()

    def _on_looks(self) -> None:
        self.setMinimumHeight(self._looks.px(36))
        self._hint.adjustSize()
        self._place_hint()

    def _place_hint(self) -> None:
        size = self._hint.sizeHint()
        self._hint.setVisible(not self.text() and self.width() > self._looks.px(230))
        taken = self._looks.px(52) + (size.width() if self._hint.isVisibleTo(self) else 0)
        whole = self.accessibleName()
        fits = self.fontMetrics().horizontalAdvance(whole) + taken <= self.width()
        self.setPlaceholderText(whole if fits else self.tr("Search"))
        right = self.width() - size.width() - self._looks.px(12)
        self._hint.setGeometry(
            right, (self.height() - size.height()) // 2, size.width(), size.height()
        )


_ROOMY = 960
"""Pixels at 100 % with which everything has its place."""


class TopBar(QFrame):
    """Group's name and tagline, search, undo."""

    undo_wanted = Signal()

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self._looks = looks
        self._undo_text = ""
        self._name = ShortWords()
        self._name.setObjectName("groupName")
        self._tagline = ShortWords()
        self._tagline.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._tagline.setObjectName("tagline")
        self.pretend = Chip(looks, self.tr("Pretend group"), tone="due", icon="info")
        self.search = SearchField(looks)
        self.undo = ActionButton(looks, "", icon="undo-2")
        self.undo.clicked.connect(self.undo_wanted)
        self._row = QHBoxLayout(self)
        for widget, stretch in (
            (self._name, 0),
            (self.pretend, 0),
            (self._tagline, 2),
            (self.search, 3),
            (self.undo, 0),
        ):
            self._row.addWidget(widget, stretch)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()
        self.show_undo("")

    def show_group(self, name: str, tagline: str, *, pretend: bool) -> None:
        """Show whose book it is."""
        self._name.say(name)
        self._tagline.say(tagline)
        self.pretend.setVisible(pretend)

    def show_undo(self, text: str) -> None:
        """Show what undo would take back; nothing to take back shows no button."""
        self._undo_text = self.tr("Undo: {change}").format(change=text) if text else ""
        self.undo.setToolTip(tip(self._undo_text))
        self.undo.setAccessibleName(self._undo_text or self.tr("Nothing to undo"))
        self.undo.setVisible(bool(text))
        self._shorten()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give undo as many of its words as there is room for."""
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        """Leave the tagline out where there is little room, and shorten what undo takes back."""
        px = self._looks.px
        narrow = self.width() < px(_ROOMY)
        self._tagline.setVisible(not narrow)
        room = min(px(280), self.width() // 3 - px(50) if narrow else self.width() // 4 - px(50))
        elided = self.undo.fontMetrics().elidedText(
            self._undo_text, Qt.TextElideMode.ElideRight, room
        )
        self.undo.setText(elided.replace("&", "&&"))  # a name's own is no key

    def _on_looks_changed(self) -> None:
        px, gap = self._looks.px, self._looks.gap
        self._row.setContentsMargins(gap(20), gap(7), gap(20), gap(7))
        self._row.setSpacing(gap(14))
        self.search.setMaximumWidth(px(420))
        self.search.setMinimumWidth(min(px(200), 260))
        self._shorten()
