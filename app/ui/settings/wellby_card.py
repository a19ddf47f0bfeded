"""WELLBY: whether changes in life satisfaction are valued in pounds, and what is taken off."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.settings import Settings
from app.ui.book import Book
from app.ui.forms.field import Field
from app.ui.widgets.cards import Card
from app.ui.widgets.choice import Counter
from app.ui.widgets.tick import TickBox
from app.ui.widgets.words import words


class WellbyCard(Card):
    """Off unless somebody ticks it: a price on wellbeing is easily oversold."""

    changed_by_hand = Signal(str, object)

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "A value of wellbeing (WELLBY)", parent)
        self.body.addWidget(
            words(
                self.tr(
                    "Values a point of life satisfaction, for one person and one year, as HM Treasury’s "
                    "guidance does. Only of people asked twice, only for the time between, always with "
                    "low, central and high; never money saved, and nothing to add to other benefits. "
                    "Some funders do not want to see it."
                ),
                "aside", wrap=True,
            )
        )  # fmt: skip
        self.tick = TickBox(book.looks, self.tr("Value changes in life satisfaction in pounds"))
        self.deadweight = Counter(book.looks, "")
        self.deadweight.setRange(0, 100)
        self.deadweight.setSuffix(" %")
        self.deadweight.setKeyboardTracking(False)  # one change when it is left, not one a figure
        self.body.addWidget(self.tick)
        self.field = Field(
            self.tr("Taken off for what might have happened anyway"), self.deadweight,
            hint=self.tr("Half, unless you know better: there is nobody to compare with."),
        )  # fmt: skip
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addStretch(1)
        self.body.addLayout(row)
        self.tick.toggled.connect(self._on_ticked)
        self.deadweight.valueChanged.connect(self._on_deadweight)

    def show_settings(self, ours: Settings) -> None:
        """Show what is kept."""
        for widget in (self.tick, self.deadweight):
            widget.blockSignals(True)  # shown, not changed
        self.tick.setChecked(ours.wellby)
        self.deadweight.setValue(ours.wellby_deadweight)
        self.field.setVisible(ours.wellby)
        for widget in (self.tick, self.deadweight):
            widget.blockSignals(False)

    def _on_ticked(self, ticked: bool) -> None:
        self.changed_by_hand.emit("wellby", ticked)

    def _on_deadweight(self, per_cent: int) -> None:
        self.changed_by_hand.emit("wellby_deadweight", per_cent)
