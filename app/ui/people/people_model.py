"""The lines of the list of people, and the columns somebody may choose."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from app.domain.ids import PersonId
from app.domain.periods import short_date
from app.services.people import Besides, Order, PersonRow
from app.ui.people import words
from app.ui.tables.blocks_model import BlocksModel
from app.ui.tables.rows_model import AnyIndex, Column

TICK = "tick"
DEFAULT_COLUMNS = ("known_as", "area", "phone", "last_came")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A person of the list, and what the columns tell besides."""

    person: PersonRow
    last_on: dt.date | None
    times: int = 0
    age: str = ""
    activities: str = ""
    roles: str = ""
    consent: str = ""
    not_seen_for: int = 0


def shown_name(person: PersonRow) -> str:
    """Return the name as on a register, and after it the name in its own script."""
    own = f" · {person.own_script_name}" if person.own_script_name else ""
    return f"{person.list_name}{own}"


def line_of(row: PersonRow, besides: Besides, today: dt.date, not_seen_for: int = 0) -> PersonLine:
    """Return the line of a person."""
    came = besides.came.get(row.id)
    return PersonLine(
        person=row,
        last_on=came[0] if came else None,
        times=came[1] if came else 0,
        age=words.age_words(row, today),
        activities=besides.activities.get(row.id, ""),
        roles=words.role_words(besides.roles.get(row.id, ())),
        consent=words.consent_words(besides.consents.get(row.id, ())),
        not_seen_for=not_seen_for,
    )


def _field(name: str, line: PersonLine) -> str:
    return str(getattr(line.person, name))


def _day(name: str, line: PersonLine) -> str:
    day = getattr(line.person, name)
    return short_date(day) if day else ""


def _last(line: PersonLine) -> str:
    return short_date(line.last_on) if line.last_on else "not yet"


def _own(name: str, line: PersonLine) -> str:
    return str(getattr(line, name) or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    title: str
    text: Callable[[PersonLine], str]
    width: int
    least: int = 0
    order: Order | None = None
    look: str = ""


KINDS: dict[str, _Kind] = {
    "known_as": _Kind(
        title="Known as", text=partial(_field, "known_as"), width=130, order=Order.KNOWN_AS,
        look="aside",
    ),
    "age": _Kind(title="Age", text=partial(_own, "age"), width=90, order=Order.AGE),
    "area": _Kind(title="Area", text=partial(_field, "area"), width=190, order=Order.AREA),
    "phone": _Kind(
        title="Phone", text=partial(_field, "phone"), width=150, least=124, order=Order.PHONE
    ),
    "email": _Kind(title="Email", text=partial(_field, "email"), width=230),
    "postcode": _Kind(
        title="Postcode", text=partial(_field, "postcode"), width=110, order=Order.POSTCODE
    ),
    "roles": _Kind(title="Roles", text=partial(_own, "roles"), width=160),
    "activities": _Kind(title="Activities", text=partial(_own, "activities"), width=230),
    "last_came": _Kind(
        title="Last came", text=_last, width=170, least=142, order=Order.LAST_CAME, look="aside"
    ),
    "times": _Kind(title="Times", text=partial(_own, "times"), width=80, order=Order.TIMES),
    "consent": _Kind(title="Consent", text=partial(_own, "consent"), width=190),
    "what_helps": _Kind(title="What helps", text=partial(_field, "what_helps"), width=230),
    "joined": _Kind(
        title="Joined", text=partial(_day, "joined_on"), width=150, order=Order.JOINED
    ),
    "left": _Kind(title="Left", text=partial(_day, "left_on"), width=150, order=Order.LEFT),
}  # fmt: skip
"""Every column that can be chosen, in the order in which they stand."""


def columns_for(
    chosen: Sequence[str], *, own_choice: bool, missed: bool = False
) -> tuple[Column[PersonLine], ...]:
    """Return the columns of the list; those somebody chose are never left out for room."""
    name: Column[PersonLine] = Column(
        key="name", title="Name", text=lambda line: shown_name(line.person)
    )
    tick: Column[PersonLine] = Column(key=TICK, title="", text=_nothing, width=38)
    rest = (
        Column(
            key=key,
            title=KINDS[key].title,
            text=KINDS[key].text,
            width=KINDS[key].width,
            least=KINDS[key].least,
            look=KINDS[key].look,
            spare=not own_choice and key in {"known_as", "area"},
        )
        for key in KINDS
        if key in chosen
    )
    away: Column[PersonLine] = Column(
        key="missed", title="Missed", text=partial(_own, "not_seen_for"), width=80
    )
    return (tick, name, *rest, *((away,) if missed else ()))


def _nothing(_line: PersonLine) -> str:
    return ""


def order_of(key: str) -> Order | None:
    """Return what a column orders by, or None when it cannot."""
    if key == "name":
        return Order.NAME
    return KINDS[key].order if key in KINDS else None


class PeopleModel(BlocksModel[PersonLine]):
    """People in the order asked for, read in blocks, with a tick for those chosen."""

    tick_requested = Signal(object)
    """The id of the person whose tick is to be turned over."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(columns_for(DEFAULT_COLUMNS, own_choice=False), parent)
        self._ticked: frozenset[PersonId] = frozenset()
        self._sorted: tuple[str, bool] = ("name", False)
        self.arrows: tuple[Any, Any] = (None, None)
        """The pictures of up and down, for the head of the column in order."""

    def set_columns(self, columns: Sequence[Column[PersonLine]]) -> None:
        """Show other columns."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def show_ticked(self, ticked: frozenset[PersonId]) -> None:
        """Show who is chosen."""
        self._ticked = ticked
        if self.rowCount():
            last = self.index(self.rowCount() - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.CheckStateRole])

    def show_sorted(self, key: str, *, down: bool) -> None:
        """Show by which column, and which way, the list is in order."""
        self._sorted = (key, down)
        if self.columns:
            last = len(self.columns) - 1
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)

    def ticked(self, line: PersonLine) -> bool:
        """Whether somebody is chosen."""
        return line.person.id in self._ticked

    def cell(self, row: PersonLine, column: Column[PersonLine], role: int) -> Any:
        """Return what a record shows in a column, and its tick."""
        if column.key == TICK:
            if role == Qt.ItemDataRole.CheckStateRole:
                ticked = Qt.CheckState.Checked if self.ticked(row) else Qt.CheckState.Unchecked
                return ticked.value
            if role == Qt.ItemDataRole.AccessibleTextRole:
                chosen = "chosen" if self.ticked(row) else "not chosen"
                return f"{row.person.full_name}: {chosen}"
        return super().cell(row, column, role)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        flags = super().flags(index)
        if index.isValid() and self.columns[index.column()].key == TICK:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(self, index: AnyIndex, _value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Change nothing: ask for the tick to be turned over."""
        line = self.row_at(index.row()) if index.isValid() else None
        if role != Qt.ItemDataRole.CheckStateRole or line is None:
            return False
        self.tick_requested.emit(line.person.id)
        return True

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return a column's title, and an arrow on the one in order."""
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            key, down = self._sorted
            mine = self.columns[section].key == key
            if role == Qt.ItemDataRole.DecorationRole:
                return self.arrows[int(down)] if mine else None
            if role == Qt.ItemDataRole.AccessibleTextRole:
                title = self.columns[section].title or "Chosen"
                way = "downwards" if down else "upwards"
                return f"{title}, in order {way}" if mine else title
        return super().headerData(section, orientation, role)
