"""What narrows the referrals shown: search, source, activity, who pays; the list also by state."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.activities import Activity
from app.domain.ids import ActivityId
from app.domain.referrals import SOURCE_TYPES, STATE_WORDS, WHO_PAYS, State
from app.services.referrals import LANES, Order, WantedReferrals
from app.ui.appearance import Appearance
from app.ui.referrals import words as said
from app.ui.widgets.choice import Choice
from app.ui.widgets.wrap_row import WrapRow

BIN = "bin"
_LETTERS = 10
"""Letters of a choice: four of them and the search stand in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is asked; nothing asked shows every referral that is not in the bin."""

    stands: str = ""
    """A state, the key of a column of the board, or "bin"."""
    source_type: str = ""
    activity: ActivityId | None = None
    who_pays: str = ""

    @property
    def states(self) -> frozenset[State]:
        """The states asked for; none is all."""
        lane = next((one for one in LANES if one.key == self.stands), None)
        if lane is not None:
            return lane.states
        return frozenset({State(self.stands)}) if self.stands in set(State) else frozenset()

    def wanted(self, order: Order = Order.RECEIVED, *, down: bool = True) -> WantedReferrals:
        """Return what the register is asked, but for the states."""
        return WantedReferrals(
            source_type=self.source_type,
            activity=self.activity,
            who_pays=self.who_pays,
            bin=self.stands == BIN,
            order=order,
            down=down,
        )


class FilterBar(WrapRow):
    """The choices that narrow the board and the list."""

    changed = Signal()

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(looks, parent)
        self._activities: tuple[Activity, ...] = ()
        self.stands = Choice(looks, self.tr("State"))
        self.source = Choice(looks, self.tr("Who sends"))
        self.activity = Choice(looks, self.tr("Activity"))
        self.pays = Choice(looks, self.tr("Who pays"))
        self._fill_stands()
        self.source.addItem(self.tr("Any sender"), "")
        for code, text in SOURCE_TYPES.items():
            self.source.addItem(self.tr(text), code)
        self.pays.addItem(self.tr("Whoever pays"), "")
        for code, text in WHO_PAYS.items():
            self.pays.addItem(self.tr(text), code)
        self.activity.addItem(self.tr("Any activity"), None)
        for choice in (self.stands, self.source, self.activity, self.pays):
            choice.setSizeAdjustPolicy(
                Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            choice.setMinimumContentsLength(_LETTERS)
            self.add(choice)
            choice.activated.connect(self._on_chosen)

    def _fill_stands(self) -> None:
        self.stands.addItem(self.tr("Every state"), "")
        for key, (text, _icon) in said.LANES.items():
            if len(next(one for one in LANES if one.key == key).states) > 1:
                ended = self.tr("Ended")
                self.stands.addItem(ended if key == "ended" else self.tr(text), key)
        for state, text in STATE_WORDS.items():
            self.stands.addItem(self.tr(text), state.value)
        self.stands.addItem(self.tr("In the bin"), BIN)

    @property
    def filters(self) -> Filters:
        """What is asked now."""
        return Filters(
            stands=str(self.stands.currentData() or ""),
            source_type=str(self.source.currentData() or ""),
            activity=self.activity.currentData(),
            who_pays=str(self.pays.currentData() or ""),
        )

    def offer_activities(self, listed: tuple[Activity, ...]) -> None:
        """Offer the activities there are."""
        if listed == self._activities:
            return
        chosen = self.activity.currentData()
        self._activities = listed
        self.activity.clear()
        self.activity.addItem(self.tr("Any activity"), None)
        for activity in listed:
            self.activity.addItem(activity.name, activity.id)
        self.activity.setCurrentIndex(max(0, self.activity.findData(chosen)))

    def choose(self, *, stands: str = "") -> None:
        """Ask for one state (or none) and nothing else."""
        for choice in (self.source, self.activity, self.pays):
            choice.setCurrentIndex(0)
        self.stands.setCurrentIndex(max(0, self.stands.findData(stands)))
        self.changed.emit()

    def words(self) -> str:
        """Return what is asked, in words."""
        asked = (c for c in (self.stands, self.source, self.activity, self.pays))
        return " · ".join(one.currentText().lower() if one is not self.activity
                          else one.currentText() for one in asked if one.currentIndex() > 0)  # fmt: skip

    def _on_chosen(self) -> None:
        self.changed.emit()
