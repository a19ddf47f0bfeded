"""The cells of the term grid: people down the side, dates with their totals across."""

import datetime as dt
from collections import Counter
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.activities import CANCEL_REASONS, Session, SessionState
from app.domain.attendance import Mark, Role
from app.domain.ids import PersonId, SessionId
from app.domain.periods import MONTHS, WEEKDAYS, short_date
from app.services.term_grid import Entered, GridPerson, TermGrid
from app.ui import texts
from app.ui.widgets.words import tip

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
ENTERED_ROLE = Qt.ItemDataRole.UserRole + 1
"""What is entered in a cell (an Entered), or None."""
_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_LETTERS = {Mark.PRESENT: "✓", Mark.LATE: "L", Mark.ABSENT: "–", Mark.APOLOGY: "A"}
_WORDS = {
    Mark.PRESENT: "here",
    Mark.LATE: "late",
    Mark.ABSENT: "absent",
    Mark.APOLOGY: "apologies",
}


class GridModel(QAbstractTableModel):
    """People by dates; the last column is each person's total, each head has its date's.

    It asks nothing and writes nothing: the page puts in what was entered.
    """

    def __init__(self, today: dt.date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.people: tuple[GridPerson, ...] = ()
        self.sessions: tuple[Session, ...] = ()
        self._marks: dict[tuple[SessionId, PersonId], Entered] = {}
        self._by_person = Counter[PersonId]()
        self._by_session = Counter[SessionId]()
        self._answers: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: self._text,
            Qt.ItemDataRole.AccessibleTextRole: self._said,
            Qt.ItemDataRole.ToolTipRole: lambda index: tip(self._said(index)),
            ENTERED_ROLE: self.entered_at,
        }

    # --- what is shown -----------------------------------------------------------------------

    def show_grid(self, grid: TermGrid | None) -> None:
        """Show another grid, or none."""
        self.beginResetModel()
        self.people = grid.people if grid else ()
        self.sessions = grid.sessions if grid else ()
        self._marks = dict(grid.marks) if grid else {}
        self._count()
        self.endResetModel()

    def put(self, session_id: SessionId, person_id: PersonId, entered: Entered | None) -> None:
        """Show what is entered in one cell now; its totals follow."""
        key = (session_id, person_id)
        before = self._marks.pop(key, None)
        if entered is not None:
            self._marks[key] = entered
        change = int(_counts(entered)) - int(_counts(before))
        self._by_person[person_id] += change
        self._by_session[session_id] += change
        cell = self.cell_of(session_id, person_id)
        if cell.isValid():
            last = len(self.sessions)
            for index in (cell, self.index(cell.row(), last)):
                self.dataChanged.emit(index, index)
            across = Qt.Orientation.Horizontal
            self.headerDataChanged.emit(across, cell.column(), cell.column())
            self.headerDataChanged.emit(across, last, last)

    def _count(self) -> None:
        counted = [key for key, entered in self._marks.items() if entered.counts]
        self._by_person = Counter(person_id for _, person_id in counted)
        self._by_session = Counter(session_id for session_id, _ in counted)

    def cell_of(self, session_id: SessionId, person_id: PersonId) -> QModelIndex:
        """Return the cell of a session and a person."""
        rows = [row for row, one in enumerate(self.people) if one.person_id == person_id]
        columns = [place for place, one in enumerate(self.sessions) if one.id == session_id]
        return self.index(rows[0], columns[0]) if rows and columns else QModelIndex()

    def total_of(self, session_id: SessionId) -> int:
        """Return how many participants were here at a session, as far as they have a name."""
        return self._by_session.get(session_id, 0)

    # --- what Qt asks ------------------------------------------------------------------------

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        """Return how many people."""
        return 0 if parent.isValid() or not self.sessions else len(self.people)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        """Return how many dates, and one column of totals."""
        return 0 if parent.isValid() or not self.sessions else len(self.sessions) + 1

    def session_at(self, column: int) -> Session | None:
        """Return the session of a column; the column of totals has none."""
        return self.sessions[column] if 0 <= column < len(self.sessions) else None

    def person_at(self, row: int) -> GridPerson | None:
        """Return the person of a row."""
        return self.people[row] if 0 <= row < len(self.people) else None

    def entered_at(self, index: AnyIndex) -> Entered | None:
        """Return what is entered in a cell."""
        session, person = self.session_at(index.column()), self.person_at(index.row())
        if session is None or person is None:
            return None
        return self._marks.get((session.id, person.person_id))

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return one cell in one role."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _CENTRE
        ask = self._answers.get(role)
        return ask(index) if ask else None

    def _text(self, index: AnyIndex) -> str:
        session, person = self.session_at(index.column()), self.person_at(index.row())
        if person is None:
            return ""
        if session is None:
            return str(self._by_person.get(person.person_id, 0))
        return letter_of(self._marks.get((session.id, person.person_id)))

    def _said(self, index: AnyIndex) -> str:
        session, person = self.session_at(index.column()), self.person_at(index.row())
        who = person.list_name if person else ""
        when = short_date(session.session_on) if session else "in all"
        if session is not None and _cancelled(session):
            return f"{who}, {when}: {cancelled_words(session)}"
        if session is None or person is None:
            return f"{who}, {when}: {self._text(index)}"
        return f"{who}, {when}: {entered_words(self.entered_at(index))}"

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return a date over its column, or a name beside its row."""
        across = orientation is Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _CENTRE if across else _LEFT
        if role == Qt.ItemDataRole.AccessibleTextRole and across:
            return self._date_said(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._date(section) if across else self._name(section)

    def _date(self, section: int) -> str:
        session = self.session_at(section)
        if session is None:
            return f"All\n\n{sum(self._by_session.values())}"
        day = session.session_on
        first = "Today" if day == self._today else WEEKDAYS[day.weekday()][:3]
        total = "–" if _cancelled(session) else str(self.total_of(session.id))
        if day > self._today:
            total = ""
        return f"{first}\n{day.day} {MONTHS[day.month - 1][:3]}\n{total}"

    def _date_said(self, section: int) -> str:
        session = self.session_at(section)
        if session is None:
            return f"In all: {sum(self._by_session.values())} here"
        said = f"{self.total_of(session.id)} here"
        if _cancelled(session):
            said = cancelled_words(session)
        return f"{short_date(session.session_on)}: {said}"

    def _name(self, section: int) -> str:
        person = self.person_at(section)
        return person.list_name if person else ""

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Say which cells can be gone to; those of cancelled sessions can, to hear the reason."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def is_ahead(self, column: int) -> bool:
        """Whether a column's day has not come yet."""
        session = self.session_at(column)
        return session is not None and session.session_on > self._today

    def is_today(self, column: int) -> bool:
        """Whether a column is today's."""
        session = self.session_at(column)
        return session is not None and session.session_on == self._today


def _counts(entered: Entered | None) -> bool:
    return entered is not None and entered.counts


def _cancelled(session: Session) -> bool:
    return session.state is SessionState.CANCELLED


def cancelled_words(session: Session) -> str:
    """Return why a session did not run: Cancelled: hall closed."""
    why = CANCEL_REASONS.get(session.cancelled_reason, "").lower()
    words = f"cancelled: {why}" if why else "cancelled"
    return f"{words}, {session.cancelled_note}" if session.cancelled_note else words


def letter_of(entered: Entered | None) -> str:
    """Return the one letter of a cell: a tick, L, A, V, a dash for absent."""
    if entered is None:
        return ""
    if entered.mark is Mark.PRESENT and entered.role is not Role.PARTICIPANT:
        return entered.role.value[0].upper()
    return _LETTERS[entered.mark]


def entered_words(entered: Entered | None) -> str:
    """Return what is entered, in words: here, late as volunteer, nothing entered."""
    if entered is None:
        return texts.tr("nothing entered")
    word = _WORDS[entered.mark]
    return word if entered.role is Role.PARTICIPANT else f"{word} as {entered.role.value}"
