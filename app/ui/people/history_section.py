"""What a person belonged to, which records stand under them, and what was done to their record."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.ids import PersonId
from app.domain.people import PersonRole
from app.domain.periods import short_date
from app.services.people import JoinedRecord, JournalLine, Membership, PersonStanding
from app.ui.book import Book
from app.ui.people import words as said
from app.ui.people.fitted import fit
from app.ui.tables.rows_model import Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.words import words

_OUTCOMES = {"place": "got a place", "gave_up": "gave up", "other": "ended", "": ""}


def _what(one: Membership) -> str:
    if one.kind == "waiting":
        where = one.activity_name or "any activity"
        return f"Waiting for {where}"
    role = said.ROLES.get(PersonRole(one.role), one.role)
    if one.kind == "enrolment":
        return f"On {one.activity_name}" + (
            f" as {role.lower()}" if one.role != PersonRole.PARTICIPANT else ""
        )
    return f"{role}, {one.activity_name}" if one.activity_name else role


def _until(one: Membership) -> str:
    said_of = _OUTCOMES.get(one.outcome, "")
    if one.to_on is None:
        return "goes on"
    return " · ".join(part for part in (short_date(one.to_on), said_of) if part)


_MEMBER_COLUMNS: tuple[Column[Membership], ...] = (
    Column(key="what", title="What", text=_what),
    Column(
        key="from",
        title="From",
        text=lambda one: short_date(one.from_on),
        width=160,
        least=134,
        spare=2,
    ),
    Column(key="to", title="Until", text=_until, width=220, least=134),
)
_JOURNAL_COLUMNS: tuple[Column[JournalLine], ...] = (
    Column(
        key="when",
        title="When",
        text=lambda one: said.moment_words(one.done_at),
        width=210,
        least=190,
    ),
    Column(key="what", title="What", text=lambda one: said.done_words(one.use_case)),
    Column(key="who", title="Who", text=lambda one: one.who, width=170, look="aside", spare=True),
)


class HistorySection(QWidget):
    """Memberships, joined records with the way to part them, and the journal."""

    part_wanted = Signal(object)
    """The id of the joined record to part again."""
    join_wanted = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks = book.looks
        tr = self.tr
        self.members = RowsModel(_MEMBER_COLUMNS, self)
        self.member_table = LedgerTable(looks, tr("What they belong and belonged to"))
        self.member_table.setModel(self.members)
        self.no_members = words(tr("On no activity yet, and no role noted."), "aside", wrap=True)
        self.journal = RowsModel(_JOURNAL_COLUMNS, self)
        self.journal_table = LedgerTable(looks, tr("What was done to this record"))
        self.journal_table.setModel(self.journal)
        self.no_journal = words(
            tr("Nothing since this record came into the book."), "aside", wrap=True
        )
        self.joined = QVBoxLayout()
        self.join_button = ActionButton(looks, tr("Join with another record…"), icon="merge")
        self.join_button.clicked.connect(self.join_wanted)
        self._lay_out()

    def _lay_out(self) -> None:
        tr, looks = self.tr, self._looks
        belonging = Card(looks, tr("Activities, waiting lists and roles"))
        belonging.body.addWidget(self.member_table)
        belonging.body.addWidget(self.no_members)
        records = Card(looks, tr("Records joined as this person"))
        records.body.addLayout(self.joined)
        row = QHBoxLayout()
        row.addWidget(self.join_button)
        row.addStretch(1)
        records.body.addLayout(row)
        done = Card(looks, tr("What was done to this record"))
        done.body.addWidget(
            words(tr("Who did what and when; never what was written."), "aside", wrap=True)
        )
        done.body.addWidget(self.journal_table)
        done.body.addWidget(self.no_journal)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for card in (belonging, records, done):
            column.addWidget(card)
        column.addStretch(1)
        column.setSpacing(looks.gap(16))

    def show_standing(self, standing: PersonStanding, history: tuple[JournalLine, ...]) -> None:
        """Show a person's history."""
        self.members.set_rows(standing.memberships)
        self.no_members.setVisible(not standing.memberships)
        fit(self.member_table, most=10)
        self.journal.set_rows(history)
        self.no_journal.setVisible(not history)
        fit(self.journal_table, most=12)
        self._show_joined(standing.joined)

    def _show_joined(self, records: tuple[JoinedRecord, ...]) -> None:
        while self.joined.count():
            item = self.joined.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not records:
            self.joined.addWidget(
                words(self.tr("No other record is joined to this one."), "aside", wrap=True)
            )
        for record in records:
            self.joined.addWidget(self._record(record))

    def _record(self, record: JoinedRecord) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        at = said.moment_words(record.joined_at) if record.joined_at else ""
        text = self.tr("{name} · joined on {at}").format(name=record.name, at=at)
        row.addWidget(words(text if at else record.name, wrap=True), 1)
        button = ActionButton(self._looks, self.tr("Part again"), icon="undo-2")
        button.setAccessibleName(self.tr("Part {name} again").format(name=record.name))
        button.setProperty("record", str(record.id))
        button.clicked.connect(self._on_part)
        row.addWidget(button)
        return line

    def _on_part(self) -> None:
        self.part_wanted.emit(PersonId(int(self.sender().property("record"))))
