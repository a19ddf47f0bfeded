"""The card of activities: choose one, add, change, see who is on it, its term grid."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.activities import Activity
from app.domain.ids import ActivityId
from app.services.activities import ActivityStanding
from app.ui.activities.activity_list import ActivityList
from app.ui.appearance import Appearance
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.choice import Choice
from app.ui.widgets.wrap_row import WrapRow


class ActivityCard(Card):
    """A list where there is room, a drop-down list where there is little."""

    chosen = Signal(object)
    """The id of an activity, or None for all."""
    add_wanted = Signal()
    change_wanted = Signal(object)
    """The Activity."""
    members_wanted = Signal(object)
    """Its id."""
    grid_wanted = Signal(object)

    def __init__(
        self, looks: Appearance, today: Callable[[], dt.date], parent: QWidget | None = None
    ) -> None:
        super().__init__(looks, parent=parent)
        self.list = ActivityList(looks, today)
        self.small = Choice(looks, self.tr("Show the sessions of"))
        self.small.hide()
        self.body.addWidget(self.list, 1)
        self.members_button = ActionButton(looks, self.tr("Who is on it"), icon="users", link=True)
        self.grid_button = ActionButton(looks, self.tr("Term grid"), icon="grid-3x3", link=True)
        self.change_button = ActionButton(looks, self.tr("Change…"), icon="pencil", link=True)
        self.add_button = ActionButton(looks, self.tr("Add activity…"), icon="plus", link=True)
        buttons = WrapRow(looks)
        for button in (
            self.small, self.members_button, self.grid_button, self.change_button, self.add_button,
        ):  # fmt: skip
            buttons.add(button)
        self.body.addWidget(buttons)
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self.members_wanted)
        self.small.currentIndexChanged.connect(self._on_small)
        self.add_button.clicked.connect(self.add_wanted)
        self.change_button.clicked.connect(self._on_change)
        self.members_button.clicked.connect(self._on_members)
        self.grid_button.clicked.connect(self._on_grid)

    @property
    def activity(self) -> Activity | None:
        """The activity in hand, or None for all."""
        one = self.list.standing
        return one.activity if one else None

    def show_rows(self, rows: tuple[ActivityStanding, ...], wanted: ActivityId | None) -> None:
        """Show activities and the one in hand."""
        self.list.show_rows(rows, wanted)
        self.small.blockSignals(True)  # filled, not chosen
        self.small.clear()
        self.small.addItem(self.tr("All activities"), None)
        for one in rows:
            self.small.addItem(one.activity.name, one.activity.id)
        self.small.setCurrentIndex(self.list.currentIndex().row())
        self.small.blockSignals(False)
        for button in (self.members_button, self.grid_button, self.change_button):
            button.setVisible(wanted is not None)

    def show_small(self, *, small: bool) -> None:
        """Be a drop-down list, or a list again."""
        self.list.setVisible(not small)
        self.small.setVisible(small)

    def _on_chosen(self, one: ActivityStanding | None) -> None:
        self.chosen.emit(one.activity.id if one else None)

    def _on_small(self) -> None:
        self.chosen.emit(self.small.currentData())

    def _on_change(self) -> None:
        if self.activity is not None:
            self.change_wanted.emit(self.activity)

    def _on_members(self) -> None:
        if self.activity is not None:
            self.members_wanted.emit(self.activity.id)

    def _on_grid(self) -> None:
        if self.activity is not None:
            self.grid_wanted.emit(self.activity.id)
