"""Which measures the group asks, when again, their licences, and its own."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.measures import Entry
from app.services.outcomes import MeasureHere
from app.ui.book import Book
from app.ui.outcomes import words as said
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.facts import Facts
from app.ui.widgets.side import scrolling_card
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

MEASURE_COLUMNS: tuple[Column[MeasureHere], ...] = (
    Column(key="title", title="Measure", text=lambda m: m.measure.title, look="strong"),
    Column(
        key="asked", title="Asked", width=112, text=lambda m: "Asked" if m.use.asked else "Not asked",
        chip=lambda m: ("good", "check") if m.use.asked else ("plain", "circle"),
    ),
    Column(
        key="days", title="Again after", width=110, spare=True, look="aside",
        text=lambda m: f"{m.use.follow_up_days} days" if m.use.asked else "",
    ),
    Column(
        key="kept", title="Kept", width=80, align=_RIGHT, text=lambda m: f"{m.responses:,}",
        sort=lambda m: m.responses,
    ),
)  # fmt: skip


class MeasuresPart(QWidget):
    """The list; beside it what the one in hand is, and what can be done about it."""

    ask_wanted = Signal(object)
    """The MeasureHere to begin or stop asking."""
    days_wanted = Signal(object)
    licence_wanted = Signal(object)
    remove_wanted = Signal(object)
    own_wanted = Signal()
    file_wanted = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._build()
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.opened.connect(self._on_ask)
        self.ask_button.clicked.connect(self._on_ask)
        self.days_button.clicked.connect(self._on_days)
        self.licence_button.clicked.connect(self._on_licence)
        self.remove_button.clicked.connect(self._on_remove)
        self.own_button.clicked.connect(self.own_wanted)
        self.file_button.clicked.connect(self.file_wanted)

    def _build(self) -> None:
        looks, tr = self._book.looks, self.tr
        self.model = RowsModel(MEASURE_COLUMNS, self)
        self.table = LedgerTable(looks, tr("Measures"))
        self.table.setModel(self.model)
        self.table.keep_rows(5)
        self.own_button = ActionButton(looks, tr("Add our own questions…"), icon="plus")
        self.file_button = ActionButton(looks, tr("Add from a file…"), icon="folder-open")
        row = WrapRow(looks)
        row.add(self.own_button)
        row.add(self.file_button)
        card = Card(looks)
        card.body.addWidget(
            words(tr("What you ask people, at first and again later."), "aside", wrap=True)
        )
        card.body.addWidget(self.table, 1)
        card.body.addWidget(row)
        self.columns = TwoColumns(looks, card, self._build_side(), needed=900, side_width=430)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.columns, 1)

    def _build_side(self) -> QWidget:
        looks, tr = self._book.looks, self.tr
        side = Card(looks)
        self.title = words("", "heading", wrap=True)
        self.about = words("", "", wrap=True)
        self.facts = Facts(looks)
        self.ask_button = ActionButton(looks, tr("Ask it"), icon="check")
        self.days_button = ActionButton(looks, tr("Ask again after…"), icon="repeat")
        self.licence_button = ActionButton(looks, tr("Licence…"), icon="lock")
        self.remove_button = ActionButton(looks, tr("Take away"), icon="trash-2")
        row = WrapRow(looks)
        for button in (
            self.ask_button, self.days_button, self.licence_button, self.remove_button,
        ):  # fmt: skip
            row.add(button)
        for widget in (self.title, self.about, row, self.facts):
            side.body.addWidget(widget)
        side.body.addStretch(1)
        return scrolling_card(side)

    # --- showing -----------------------------------------------------------------------------

    def show_measures(self, here: tuple[MeasureHere, ...]) -> None:
        """Show the measures there are."""
        before = self.measure
        self.model.set_rows(here)
        ids = [one.measure.id for one in here]
        place = ids.index(before.measure.id) if before and before.measure.id in ids else 0
        self.table.setCurrentIndex(self.model.index(place, 0))
        self._show(here[place])

    def choose(self, measure_id: str) -> None:
        """Take a measure in hand."""
        ids = [one.measure.id for one in self.model.rows]
        if measure_id in ids:
            self.table.setCurrentIndex(self.model.index(ids.index(measure_id), 0))

    @property
    def measure(self) -> MeasureHere | None:
        """The measure in hand."""
        one = self.table.currentIndex().data(ROW_ROLE)
        return one if isinstance(one, MeasureHere) else None

    def _on_row(self, index: QModelIndex, _before: QModelIndex) -> None:
        one = index.data(ROW_ROLE)
        if isinstance(one, MeasureHere):
            self._show(one)

    def _show(self, here: MeasureHere) -> None:
        measure, use, tr = here.measure, here.use, self.tr
        self.title.setText(measure.title)
        self.about.setText(measure.about)
        self.ask_button.setText(tr("Stop asking it") if use.asked else tr("Ask it"))
        self.ask_button.set_icon("x" if use.asked else "check")
        self.days_button.setVisible(use.asked)
        self.licence_button.setVisible(measure.entry is Entry.LICENSED)
        self.remove_button.setVisible(measure.own and not here.responses)
        ages = f"{measure.age_from} and over" if measure.age_from else "everybody"
        if measure.age_to is not None:
            ages = f"{measure.age_from} to {measure.age_to}"
        again = tr("after {days} days").format(days=use.follow_up_days) if use.asked else ""
        scales = "; ".join(f"{s.title} ({said.better(s).lower()})" for s in measure.scales)
        facts = [
            (tr("Asked again"), again),
            (tr("For"), ages),
            (tr("Questions"), said.ENTRIES[measure.entry]),
            (tr("Licence here"), said.licence_words(here)),
            (tr("Scores"), scales),
            (tr("Terms"), said.bare(measure.licence)),
            (tr("Where it comes from"), said.bare(measure.source)),
        ]
        self.facts.show_facts(tuple(fact for fact in facts if fact[1]))

    # --- acting ------------------------------------------------------------------------------

    def _on_ask(self, *_index: QModelIndex | QPersistentModelIndex | bool) -> None:
        if self.measure is not None:
            self.ask_wanted.emit(self.measure)

    def _on_days(self) -> None:
        if self.measure is not None:
            self.days_wanted.emit(self.measure)

    def _on_licence(self) -> None:
        if self.measure is not None:
            self.licence_wanted.emit(self.measure)

    def _on_remove(self) -> None:
        if self.measure is not None:
            self.remove_wanted.emit(self.measure)

    def take_keyboard(self) -> None:
        """Begin with the list."""
        self.table.setFocus()
