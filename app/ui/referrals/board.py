"""The board: a column for each kind of state, with the reply clock on each card."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.ids import ReferralId
from app.domain.referral_steps import moves
from app.services.referrals import LANES, ReferralRow
from app.ui.appearance import Appearance
from app.ui.referrals import words as said
from app.ui.referrals.card_list import CardList
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.words import words

CARDS = 40
"""Cards of a column; the list has the rest."""
_WIDTH = 196
"""Pixels at 100 % that a column has at least; narrower windows scroll sideways."""


class LaneColumn(QFrame):
    """One column: its words, how many there are, the cards."""

    more_wanted = Signal(str)
    """The key of the column whose rest is to be seen as a list."""

    def __init__(self, looks: Appearance, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self._looks = looks
        text, _ = said.LANES[key]
        self._text = said.tr(text)
        self.heading = words(self._text, "heading")
        self.none = words(said.tr(said.LANES_EMPTY[key]), "aside", wrap=True)
        self.cards = CardList(looks, self._text)
        self.more = ActionButton(looks, "", icon="arrow-right", link=True)
        self.more.clicked.connect(self._on_more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.heading)
        column.addWidget(self.none)
        column.addWidget(self.cards, 1)
        column.addWidget(self.more)
        column.addStretch(0)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()
        self.show_cards((), 0)
        self.none.hide()  # it is not known yet that there is none

    def show_cards(self, rows: tuple[ReferralRow, ...], total: int) -> None:
        """Show the first cards, with the same one in hand where it is still there."""
        before, place = self.cards.row, self.cards.currentIndex().row()
        self.heading.setText(f"{self._text} · {total:,}" if total else self._text)
        self.cards.setAccessibleName(f"{self._text}: {total:,}")
        if rows != self.cards.cards.rows:
            self.cards.cards.set_rows(rows)
            ids = [row.id for row in rows]
            if before is not None and before.id in ids:
                place = ids.index(before.id)
            if rows and place >= 0:
                place = min(place, len(rows) - 1)
                self.cards.setCurrentIndex(self.cards.cards.index(place, 0))
        self.none.setVisible(not rows)
        self.cards.setVisible(bool(rows))
        rest = total - len(rows)
        self.more.setText(said.tr("{count} more").format(count=f"{rest:,}"))
        self.more.setAccessibleName(
            said.tr("{column}: {count} more, as a list").format(column=self._text, count=rest)
        )
        self.more.setVisible(rest > 0)

    def _on_more(self) -> None:
        self.more_wanted.emit(self.key)

    def _on_looks_changed(self) -> None:
        self.setMinimumWidth(self._looks.px(_WIDTH))


class Board(QScrollArea):
    """The columns beside one another; arrows go from card to card and from column to column."""

    opened = Signal(object)
    """The id of the referral to show."""
    step_wanted = Signal(object, object, str)
    """The ReferralRow, the Step to take and the reason it brings along."""
    refused = Signal(str)
    """Why a letter does nothing on the card in hand."""
    more_wanted = Signal(str)
    left_upwards = Signal()

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setObjectName("pageScroll")
        body = QWidget()
        body.setObjectName("pageBody")
        self._row = QHBoxLayout(body)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.columns: dict[str, LaneColumn] = {}
        for lane in LANES:
            column = LaneColumn(looks, lane.key)
            self.columns[lane.key] = column
            self._row.addWidget(column, 1)
            column.cards.opened.connect(self._on_opened)
            column.cards.sideways.connect(self._on_sideways)
            column.cards.lettered.connect(self._on_letter)
            column.cards.left_upwards.connect(self.left_upwards)
            column.more_wanted.connect(self.more_wanted)
        self.setWidget(body)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()

    def show_lanes(
        self, cards: Mapping[str, tuple[ReferralRow, ...]], totals: Mapping[str, int]
    ) -> None:
        """Show the cards of every column."""
        for key, column in self.columns.items():
            column.show_cards(cards.get(key, ()), totals.get(key, 0))

    @property
    def row(self) -> ReferralRow | None:
        """The card in hand."""
        column = self._in_hand()
        return column.cards.row if column else None

    def take_keyboard(self) -> None:
        """Begin with the first card there is."""
        column = next((c for c in self.columns.values() if c.cards.cards.rowCount()), None)
        if column is not None:
            column.cards.take(max(0, column.cards.currentIndex().row()))

    def take_card(self, referral_id: ReferralId) -> bool:
        """Take a card in hand; False when it is not on the board."""
        for column in self.columns.values():
            for place, row in enumerate(column.cards.cards.rows):
                if row.id == referral_id:
                    column.cards.take(place)
                    self.ensureWidgetVisible(column, 0, 0)
                    return True
        return False

    def _in_hand(self) -> LaneColumn | None:
        return next((c for c in self.columns.values() if c.cards.hasFocus()), None)

    def _on_opened(self, row: ReferralRow) -> None:
        self.opened.emit(row.id)

    def _on_sideways(self, by: int) -> None:
        keys = list(self.columns)
        now = self._in_hand()
        if now is None:
            return
        place = keys.index(now.key) + by
        while 0 <= place < len(keys):
            column = self.columns[keys[place]]
            if column.cards.cards.rowCount():
                column.cards.take(now.cards.currentIndex().row())
                self.ensureWidgetVisible(column, 0, 0)
                return
            place += by

    def _on_letter(self, letter: str) -> None:
        row = self.row
        if row is None or letter not in said.STEP_KEYS:
            return
        step, reason = said.STEP_KEYS[letter]
        if step in moves(row.state):
            self.step_wanted.emit(row, step, reason)
            return
        button = said.tr(said.STEP_BUTTONS[step][0]).rstrip("…")
        self.refused.emit(
            said.tr("“{step}” cannot follow here: {name} stands at “{state}”.").format(
                step=button, name=row.full_name, state=said.state_words(row).lower()
            )
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in hand in sight."""
        super().resizeEvent(event)
        column = self._in_hand()
        if column is not None:
            self.ensureWidgetVisible(column, 0, 0)

    def _on_looks_changed(self) -> None:
        px = self._looks.px
        self._row.setSpacing(px(12))
        self.setMinimumHeight(px(240))
