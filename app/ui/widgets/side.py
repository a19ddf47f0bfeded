"""The card beside a list: as long as what it tells, scrolling where there is little room."""

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.ui.widgets.cards import Card
from app.ui.widgets.page import scrolling


def scrolling_card(card: Card) -> QScrollArea:
    """Return a scroll area with a card in it."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(card)
    return scrolling(holder)
