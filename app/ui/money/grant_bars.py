"""How a grant stands, on a card: its bar, what is left under each heading, when its report is due."""

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.grants import GrantStanding, GrantState
from app.domain.money import pounds
from app.domain.periods import short_date
from app.ui.appearance import Appearance
from app.ui.money import words as said
from app.ui.texts import counted, tr
from app.ui.widgets.bar import Bar
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card, Chip
from app.ui.widgets.words import rule, words

_MOST_HEADINGS = 8
_SOON = 31
"""Days before a report in which it is said to be due soon."""


class GrantBars(Card):
    """One grant as the treasurer looks at it."""

    opened = Signal(object)
    """The id of the grant, when its name is pressed."""

    def __init__(
        self,
        looks: Appearance,
        standing: GrantStanding,
        today: dt.date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(looks, parent=parent)
        self._grant = standing.grant
        self.body.addWidget(words(standing.grant.funder, "heading", wrap=True))
        bar = Bar(looks)
        bar.show_part(standing.spent_pence, whole_of(standing), spent_words(standing))
        self.body.addWidget(bar)
        self.body.addWidget(words(spent_words(standing), "small", wrap=True))
        for place, row in enumerate(standing.headings[:_MOST_HEADINGS]):
            if place:
                self.body.addWidget(rule())
            self.body.addWidget(left_line(looks, row.heading, row.left_pence))
        rest = len(standing.headings) - _MOST_HEADINGS
        if rest > 0:
            self.body.addWidget(words(tr("and {count} more").format(count=rest), "aside"))
        due = report_words(standing, today)
        if due:
            self.body.addWidget(words(due, "small", wrap=True))
        look = ActionButton(looks, tr("Look at the grant"), link=True)
        look.setAccessibleName(
            tr("Look at the grant of {funder}").format(funder=self._grant.funder)
        )
        look.clicked.connect(self._on_opened)
        self.body.addWidget(look, 0, Qt.AlignmentFlag.AlignLeft)

    def _on_opened(self) -> None:
        self.opened.emit(self._grant.id)


def whole_of(standing: GrantStanding) -> int:
    """Return what a grant comes to: what was awarded, or received where that is more (pence)."""
    return max(standing.grant.awarded_pence or 0, standing.received_pence)


def spent_words(standing: GrantStanding) -> str:
    """Return how much of a grant is spent."""
    return tr("{spent} of {whole} spent").format(
        spent=pounds(standing.spent_pence), whole=pounds(whole_of(standing))
    )


def report_words(standing: GrantStanding, today: dt.date) -> str:
    """Return when a grant's report is due, and how many days are left."""
    due = standing.grant.report_due_on
    if due is None or standing.grant.state is GrantState.CLOSED:
        return ""
    days = (due - today).days
    text = tr("Report due {day}").format(day=short_date(due))
    if days < 0:
        late = counted(-days, tr("day"), tr("days"))
        return tr("{text}, {late} ago").format(text=text, late=late)
    if days <= _SOON:
        left = tr("today") if not days else counted(days, tr("day left"), tr("days left"))
        return f"{text}, {left}"
    return text


def left_line(looks: Appearance, name: str, left_pence: int) -> QWidget:
    """Return a heading with what is left, or by how much it is over."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    label = words(name, wrap=True)
    row.addWidget(label, 1)
    text = said.left_words(left_pence)
    if left_pence < 0:
        row.addWidget(Chip(looks, text, tone="overdue", icon="triangle-alert"))
    else:
        value: QLabel = words(text)
        row.addWidget(value)
    return line


def clear_layout(lines: QVBoxLayout) -> None:
    """Take everything out of a column of widgets."""
    while lines.count():
        item = lines.takeAt(0)
        if item is not None and (widget := item.widget()) is not None:
            widget.hide()  # else a show that is under way would show it as a window of its own
            widget.setParent(None)  # gone from the tab order at once
            widget.deleteLater()
