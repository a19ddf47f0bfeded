"""What narrows the list of people, and how it is told."""

import datetime as dt
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.activities import Activity
from app.domain.ages import Band
from app.domain.consents import PURPOSES
from app.domain.people import ADULT, ConsentPurpose, PersonRole
from app.services.people import Wanted, Where
from app.ui.appearance import Appearance
from app.ui.people import words
from app.ui.widgets.choice import Choice
from app.ui.widgets.menu_button import MenuButton
from app.ui.widgets.wrap_row import WrapRow

LATELY = 30
"""Days within which somebody was added lately."""
_WHERE = {
    Where.HERE: "Here now",
    Where.LEFT: "Have left",
    Where.EVERYBODY: "Here now and left",
    Where.BIN: "In the bin",
}
_UNDER_18, _ADULTS, _UNKNOWN = "under_18", "adults", "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What is asked of the list; nothing asked shows everybody who is here now."""

    where: Where = Where.HERE
    activity: Activity | None = None
    role: PersonRole | None = None
    age: str = ""
    """under_18, adults, unknown, or the key of a band."""
    consent: ConsentPurpose | None = None
    not_seen: bool = False
    no_phone: bool = False
    only_name: bool = False
    lately: bool = False

    @property
    def narrow(self) -> bool:
        """Whether somebody who is here now may be left out."""
        return self != Filters() and self != Filters(where=Where.EVERYBODY)

    @property
    def slow(self) -> bool:
        """Whether the whole book has to be looked through."""
        return self.not_seen or self.consent is not None

    def wanted(self, today: dt.date, bands: tuple[Band, ...]) -> Wanted:
        """Return what the register is asked, but for the slow looks."""
        band = next((one for one in bands if one.key == self.age), None)
        low, after = (band.low, band.after) if band else (None, None)
        if self.age == _ADULTS:
            low, after = ADULT, None
        return Wanted(
            today=today,
            where=self.where,
            activity=self.activity.id if self.activity else None,
            role=self.role.value if self.role else "",
            age_from=low,
            age_after=after,
            age_unknown=self.age == _UNKNOWN,
            maybe_under=ADULT if self.age == _UNDER_18 else None,
            no_phone=self.no_phone,
            only_name=self.only_name,
            added_since=today - dt.timedelta(days=LATELY) if self.lately else None,
        )

    def words(self, bands: tuple[Band, ...]) -> str:
        """Return what is asked, in words."""
        ages = dict(_ages(bands))
        parts = (
            words.tr(_WHERE[self.where]).lower() if self.where is not Where.HERE else "",
            words.tr("on {activity}").replace("{activity}", self.activity.name)
            if self.activity
            else "",
            words.tr(words.ROLES[self.role]).lower() if self.role else "",
            ages.get(self.age, "").lower(),
            words.tr("without consent: {purpose}").format(
                purpose=words.tr(PURPOSES[self.consent]).lower()
            )
            if self.consent
            else "",
            words.tr("not seen for 3 sessions") if self.not_seen else "",
            words.tr("no phone") if self.no_phone else "",
            words.tr("only a name so far") if self.only_name else "",
            words.tr("added in the last {days} days").format(days=LATELY) if self.lately else "",
        )
        return " · ".join(part for part in parts if part)


def _ages(bands: tuple[Band, ...]) -> tuple[tuple[str, str], ...]:
    return (
        (_UNDER_18, words.tr("Under 18, or may be")),
        (_ADULTS, words.tr("18 and over")),
        *((band.key, band.label) for band in bands),
        (_UNKNOWN, words.tr("Age not known")),
    )


class FilterBar(WrapRow):
    """Who is shown, which activity, and a menu with everything else that narrows."""

    changed = Signal(object)
    """The Filters as they are now."""

    def __init__(
        self, looks: Appearance, bands: tuple[Band, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(looks, parent)
        self.bands = bands
        self.filters = Filters()
        self._activities: tuple[Activity, ...] = ()
        self._purposes = tuple(PURPOSES)
        self.where = Choice(looks, self.tr("Whose records"))
        for where, text in _WHERE.items():
            self.where.addItem(self.tr(text), where)
        self.activity = Choice(looks, self.tr("Activity"))
        self.more = MenuButton(looks, self.tr("Filter"), icon="filter")
        self.menu = self.more.own_menu
        self._actions: dict[tuple[str, object], QAction] = {}
        self._fill_menu()
        for widget in (self.where, self.activity, self.more):
            self.add(widget)
        self.where.activated.connect(self._on_where)
        self.activity.activated.connect(self._on_activity)
        looks.changed.connect(self._on_filter_looks)
        self._on_filter_looks()

    def offer_activities(self, listed: tuple[Activity, ...]) -> None:
        """Offer the activities there are."""
        if listed == self._activities and self.activity.count():
            return
        self._activities = listed
        self.activity.clear()
        self.activity.addItem(self.tr("All activities"), None)
        for activity in listed:
            self.activity.addItem(activity.name, activity.id)
        self._show()

    def offer(self, bands: tuple[Band, ...], purposes: tuple[ConsentPurpose, ...]) -> None:
        """Offer the group's own age bands, and the consents of what it asks about."""
        if (bands, purposes) == (self.bands, self._purposes):
            return
        self.bands, self._purposes = bands, purposes
        self._actions = {}
        self.menu.clear()
        self._fill_menu()
        keys = {key for key, _ in _ages(bands)}
        gone = self.filters.consent not in {None, *purposes}
        self.filters = replace(
            self.filters,
            age=self.filters.age if self.filters.age in keys else "",
            consent=None if gone else self.filters.consent,
        )
        self._show()

    def set_filters(self, filters: Filters) -> None:
        """Ask something else of the list."""
        if filters == self.filters:
            return
        self.filters = filters
        self._show()
        self.changed.emit(filters)

    def _fill_menu(self) -> None:
        flags = (
            ("not_seen", self.tr("Not seen for 3 sessions")),
            ("no_phone", self.tr("No phone")),
            ("only_name", self.tr("Only a name so far: fill in later")),
            ("lately", self.tr("Added in the last {days} days").format(days=LATELY)),
        )
        for key, text in flags:
            action = QAction(text, self.menu)
            action.setCheckable(True)
            self._keep(self.menu, action, key, True)
        self.menu.addSeparator()
        self._fill_group(self.tr("Age"), "age", ("", self.tr("Any age")), _ages(self.bands))
        self._fill_group(
            self.tr("Role"), "role", (None, self.tr("Any role")),
            tuple((role, self.tr(text)) for role, text in words.ROLES.items()),
        )  # fmt: skip
        self._fill_group(
            self.tr("Consent missing"), "consent", (None, self.tr("Whether or not")),
            tuple((purpose, self.tr(PURPOSES[purpose])) for purpose in self._purposes),
        )  # fmt: skip

    def _fill_group(
        self,
        title: str,
        key: str,
        any_one: tuple[object, str],
        choices: tuple[tuple[object, str], ...],
    ) -> None:
        menu = self.menu.addMenu(title)
        group = QActionGroup(menu)
        for value, text in (any_one, *choices):
            action = QAction(text, menu)
            action.setCheckable(True)
            group.addAction(action)
            self._keep(menu, action, key, value)
            action.setChecked(value == any_one[0])

    def _keep(self, menu: QMenu, action: QAction, key: str, value: object) -> None:
        action.setProperty("key", key)
        self._actions[key, value] = action
        action.triggered.connect(self._on_action)
        menu.addAction(action)

    def _show(self) -> None:
        filters = self.filters
        self.where.setCurrentIndex(list(_WHERE).index(filters.where))
        ids = [activity.id for activity in self._activities]
        wanted = filters.activity.id if filters.activity else None
        place = ids.index(wanted) + 1 if wanted in ids else 0
        self.activity.setCurrentIndex(place)
        for (key, value), action in self._actions.items():
            action.setChecked(getattr(filters, key) == value)
        number = sum(
            (filters.role is not None, bool(filters.age), filters.consent is not None,
             filters.not_seen, filters.no_phone, filters.only_name, filters.lately)
        )  # fmt: skip
        text = self.tr("Filter: {count}").format(count=number) if number else self.tr("Filter")
        self.more.setText(text)

    def _on_filter_looks(self) -> None:
        self.activity.setMaximumWidth(self._looks.px(240))

    def _on_where(self) -> None:
        self.set_filters(replace(self.filters, where=Where(self.where.currentData())))

    def _on_activity(self) -> None:
        place = self.activity.currentIndex()
        activity = self._activities[place - 1] if place > 0 else None
        self.set_filters(replace(self.filters, activity=activity))

    def _on_action(self) -> None:
        for (key, value), action in self._actions.items():
            if action is not self.sender():
                continue
            wanted = action.isChecked() if value is True else value
            self.set_filters(replace(self.filters, **{key: wanted}))  # type: ignore[arg-type]
            return
