"""The sessions within somebody's place: which of them used it, and the correction of one."""

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.periods import short_date
from app.domain.places import PlaceSession
from app.services import places
from app.services.places import PlaceStanding
from app.services.result import Done, Refused
from app.ui.book import Book
from app.ui.forms.field import Field
from app.ui.referrals import places_words as said
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.tick_table import TickTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import NoticeBar
from app.ui.widgets.line import Line
from app.ui.widgets.words import words

_COLUMNS: tuple[Column[PlaceSession], ...] = (
    Column(
        key="used", title="Uses it", width=72,
        text=lambda one: said.tr("uses the place") if one.used else said.tr("uses nothing"),
    ),
    Column(
        key="day", title="Day", text=lambda one: short_date(one.session_on), width=148,
        look="strong",
    ),
    Column(
        key="activity", title="Activity", text=lambda one: one.activity_name, width=190, spare=True,
    ),
    Column(key="mark", title="Mark", text=said.whole_mark, look="aside"),
)  # fmt: skip


class PlaceSessionsModel(RowsModel[PlaceSession]):
    """Sessions with a box that says whether each uses the place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)

    def cell(self, row: PlaceSession, column: Column[PlaceSession], role: int) -> Any:
        """Return what a session shows; its box in the first column."""
        if column.key == "used":
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if row.used else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.DisplayRole:
                return ""
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return column.text(row)
        return super().cell(row, column, role)


class PlaceSessionsDialog(QDialog):
    """A tick a session; a reason goes with what is said by hand."""

    def __init__(self, book: Book, place: PlaceStanding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._book = book
        self._place = place
        title = self.tr("Sessions of {name}’s place").format(name=said.person_name(place))
        self.setWindowTitle(title)
        looks = book.looks
        self.heading = words(title, "heading", wrap=True)
        self.count = words("", "aside", wrap=True)
        self.notice = NoticeBar(looks)
        self.model = PlaceSessionsModel(self)
        self.table = TickTable(looks, title)
        self.table.setModel(self.model)
        self.table.keep_rows(3)
        self.nothing = words(
            self.tr("They were not marked at any session within this place yet."),
            "aside",
            wrap=True,
        )
        self.why = Line()
        self.why_field = Field(
            self.tr("Reason"), self.why,
            hint=self.tr(
                "Space says that a session uses the place or not, with this reason; again, and the "
                "register decides."
            ),
        )  # fmt: skip
        self.close_button = ActionButton(looks, self.tr("Close"), primary=True)
        self._lay_out()
        self.table.toggled.connect(self._on_toggled)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.why.returnPressed.connect(self._on_why)
        self.close_button.clicked.connect(self.accept)
        book.events.changed.connect(self._on_changed)
        self.reload()

    def _lay_out(self) -> None:
        px = self._book.looks.px
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        for widget in (self.heading, self.count, self.notice, self.nothing):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(self.why_field)
        column.addLayout(buttons)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(10))
        self.close_button.setAutoDefault(False)
        room = self.screen().availableGeometry()
        self.resize(min(px(820), room.width() - 40), min(px(600), room.height() - 60))

    # --- showing -----------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the sessions again; the one in hand stays in hand."""
        register, today = self._book.register, self._book.today()
        before = self._session()
        rows = places.sessions_of_place(register, self._place.place_id)
        self.model.set_rows(rows)
        standing = next(
            (
                one
                for one in places.places_of(register, self._place.person_id, today=today)
                if one.place_id == self._place.place_id
            ),
            None,
        )
        if standing is None:  # taken away by an undo
            self.reject()
            return
        left = said.units(standing.count.left, standing.counted_by)
        self.count.setText(
            self.tr("{used} used, {left} left").format(
                used=said.used_words(standing.count, standing.counted_by), left=left
            )
        )
        ids = [one.session_id for one in rows]
        if rows:
            at = ids.index(before.session_id) if before and before.session_id in ids else 0
            self.table.setCurrentIndex(self.model.index(at, 1))
        self.table.setVisible(bool(rows))
        self.why_field.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        (self.table if rows else self.close_button).setFocus()

    def _session(self) -> PlaceSession | None:
        one = self.table.currentIndex().data(ROW_ROLE)
        return one if isinstance(one, PlaceSession) else None

    def _on_row(self, current: QModelIndex, _before: QModelIndex) -> None:
        one = current.data(ROW_ROLE)
        self.why.setText(one.why if isinstance(one, PlaceSession) else "")

    def _on_changed(self, _topics: object, _origin: object) -> None:
        if self.isVisible():
            self.reload()

    # --- correcting --------------------------------------------------------------------------

    def _on_toggled(self, row: int) -> None:
        one = self.model.row_at(row)
        if one is None:
            return
        uses: bool | None = not one.used
        if one.said is not None and self._by_itself(one) is uses:
            uses = None
        self._correct(one, uses, "" if uses is None else self.why.text())

    def _by_itself(self, one: PlaceSession) -> bool:
        """Say whether a session uses the place when nobody says anything."""
        if one.mark == "absent":
            place = places.get_place(self._book.register, one.place_id)
            agreement = (
                places.get_agreement(self._book.register, place.agreement_id) if place else None
            )
            return agreement is not None and agreement.no_show_uses
        return one.mark in {"present", "late"}

    def _on_why(self) -> None:
        one = self._session()
        if one is not None and one.said is not None:
            self._correct(one, one.said, self.why.text())
        self.table.setFocus()

    def _correct(self, one: PlaceSession, uses: bool | None, why: str) -> None:
        register = self._book.register
        answer = self._book.commands.run(
            lambda: places.correct_use(register, one.place_id, one.session_id, uses, why)
        )
        self.why_field.show_problem("")
        self.notice.clear()
        if isinstance(answer, Refused):
            by_field = {problem.field: problem.text for problem in answer.problems}
            if "why" in by_field:
                self.why_field.show_problem(by_field["why"])
            else:
                self.notice.tell(answer.text)
        elif isinstance(answer, Done):
            self.reload()
