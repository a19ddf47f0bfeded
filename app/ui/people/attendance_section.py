"""When a person came: the strip, and every session by activity."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.attendance import HERE, Role
from app.domain.periods import short_date
from app.services.attendance import Past
from app.services.people import PersonStanding
from app.ui import texts
from app.ui.book import Book
from app.ui.people.fitted import fit
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.cards import Card
from app.ui.widgets.choice import Choice
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.words import words

_PAST_COLUMNS: tuple[Column[Past], ...] = (
    Column(key="day", title="Day", text=lambda p: short_date(p.session_on), width=170, least=142, look="strong"),
    Column(key="activity", title="Activity", text=lambda p: p.activity_name),
    Column(
        key="mark", title="Mark", text=lambda p: texts.past_mark(p.mark, p.role), width=190, least=136,
        chip=lambda p: ("good", "check") if p.mark in HERE else None, look="aside",
    ),
)  # fmt: skip


class AttendanceSection(QWidget):
    """Totals, a choice of activity, and the list."""

    session_wanted = Signal(object)
    """The id of the session to open."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        looks = book.looks
        self._past: tuple[Past, ...] = ()
        card = Card(looks, self.tr("Attendance"))
        self.totals = words("", "aside", wrap=True)
        self.activity = Choice(looks, self.tr("Activity"))
        self.model = RowsModel(_PAST_COLUMNS, self)
        self.table = LedgerTable(looks, self.tr("Sessions this person was marked at"))
        self.table.setModel(self.model)
        self.never = EmptyState(
            looks,
            icon="calendar-check",
            title=self.tr("Has not come yet"),
            text=self.tr("The sessions this person is ticked at are listed here."),
        )
        row = QHBoxLayout()
        row.addWidget(self.totals, 1)
        row.addWidget(self.activity)
        card.body.addLayout(row)
        card.body.addWidget(self.table)
        card.body.addWidget(self.never)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self.activity.activated.connect(self._on_activity)
        self.table.opened.connect(self._on_opened)

    def show_standing(self, standing: PersonStanding) -> None:
        """Show when a person came."""
        self._past = standing.past
        chosen = self.activity.currentData()
        names = sorted({one.activity_name for one in standing.past}, key=str.casefold)
        self.activity.clear()
        self.activity.addItem(self.tr("All activities"), None)
        for name in names:
            self.activity.addItem(name, name)
        self.activity.setCurrentIndex(names.index(chosen) + 1 if chosen in names else 0)
        self.activity.setVisible(len(names) > 1)
        self._show()

    def _show(self) -> None:
        only = self.activity.currentData()
        past = tuple(one for one in self._past if only in {None, one.activity_name})
        self.model.set_rows(past)
        self.totals.setText(_totals(past))
        self.never.setVisible(not self._past)
        fit(self.table, most=12)

    def _on_activity(self) -> None:
        self._show()

    def _on_opened(self, index: QModelIndex) -> None:
        one = index.data(ROW_ROLE)
        if isinstance(one, Past):
            self.session_wanted.emit(one.session_id)


def _totals(past: tuple[Past, ...]) -> str:
    came = [one for one in past if one.mark in HERE and one.role is Role.PARTICIPANT]
    helped = [one for one in past if one.mark in HERE and one.role is not Role.PARTICIPANT]
    parts = []
    if came:
        times = texts.counted(len(came), "time", "times")
        parts.append(f"Came {times}, first on {short_date(came[-1].session_on)}, "
                     f"last on {short_date(came[0].session_on)}")  # fmt: skip
    if helped:
        parts.append(f"helped at {texts.counted(len(helped), 'session', 'sessions')}")
    away = len(past) - len(came) - len(helped)
    if away:
        parts.append(f"{away} absent or apologies")
    return " · ".join(parts)
