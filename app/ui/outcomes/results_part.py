"""What people reported: each scale's matched pairs, its picture, and the people behind it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.periods import short_date
from app.domain.scoring import Change
from app.services import activities, outcome_results, settings
from app.services.outcome_results import PairRow, ScaleResult
from app.ui.book import Book
from app.ui.gathering import Gathering
from app.ui.outcomes import words as said
from app.ui.outcomes.pairs_chart import PairsChart
from app.ui.people.fitted import fit
from app.ui.returns.period_choice import PeriodChoice
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card, Chip
from app.ui.widgets.choice import Choice
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.fold import Fold
from app.ui.widgets.side import scrolling_card
from app.ui.widgets.words import words

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_VERDICTS = {
    Change.IMPROVED: ("Better", "good", "check"),
    Change.SAME: ("The same", "plain", "minus"),
    Change.WORSE: ("Worse", "due", "triangle-alert"),
}

SCALE_COLUMNS: tuple[Column[ScaleResult], ...] = (
    Column(key="scale", title="What was asked", text=lambda r: r.scale.title, look="strong"),
    Column(
        key="pairs", title="People", text=lambda r: f"{r.pairs:,}", width=86, align=_RIGHT,
        sort=lambda r: r.pairs,
    ),
    Column(key="before", title="Before", text=lambda r: said.mean(r.before), width=76, align=_RIGHT,
        spare=True,
    ),
    Column(key="after", title="After", text=lambda r: said.mean(r.after), width=70, align=_RIGHT,
        spare=True,
    ),
    Column(
        key="change", title="Change (95% interval)", text=said.interval, width=196, least=170,
        align=_RIGHT,
    ),
)  # fmt: skip
PAIR_COLUMNS: tuple[Column[PairRow], ...] = (
    Column(key="name", title="Name", text=lambda p: p.name, look="strong"),
    Column(
        key="before", title="First", width=150, spare=True, look="aside",
        text=lambda p: short_date(p.before_on),
    ),
    Column(
        key="scores", title="Scores", width=100,
        text=lambda p: f"{said.score(p.before)} → {said.score(p.after)}",
    ),
    Column(
        key="verdict", title="Change", width=116, text=lambda p: _VERDICTS[p.verdict][0],
        chip=lambda p: _VERDICTS[p.verdict][1:],
    ),
)  # fmt: skip


class ResultsPart(QWidget):
    """A line for each scale; of the one in hand its picture and its people."""

    person_wanted = Signal(object)
    measures_wanted = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._scale = ""
        self._stale = True
        self._looking = Gathering(self)
        self._looking.found.connect(self._on_found)
        self._build()
        self.period.changed.connect(self.look)
        self.activity.currentIndexChanged.connect(self.look)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.opened.connect(self._on_opened)
        self.people.opened.connect(self._on_person)
        self.person_button.clicked.connect(self._on_person)
        self.empty.acted.connect(self.measures_wanted)

    def _build(self) -> None:
        book, looks, tr = self._book, self._book.looks, self.tr
        self.period = PeriodChoice(looks, book.today, settings.read(book.register).year_end)
        self.activity = Choice(looks, tr("Activity"))
        choices = QWidget()
        row = QHBoxLayout(choices)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.period, 3)
        row.addWidget(self.activity, 2, Qt.AlignmentFlag.AlignTop)
        self.model = RowsModel(SCALE_COLUMNS, self)
        self.table = LedgerTable(looks, tr("What people reported"))
        self.table.setModel(self.model)
        self.table.keep_rows(5)
        self.honest = words(
            tr(
                "People reported this of themselves, at first and 28 or more days later; only those "
                "asked twice count. Before and after are means. Nobody was compared with, so it does not say what caused it."
            ),
            "small", wrap=True,
        )  # fmt: skip
        card = Card(looks)
        card.body.addWidget(choices)
        self.counting = words(tr("Counting…"), "aside")
        card.body.addWidget(self.counting)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.honest)
        self.empty = EmptyState(
            looks, icon="chart-column", title=tr("Nothing to show yet"),
            text=tr("Once people are asked, and asked again weeks later, it shows here."),
            action=tr("Choose measures"),
        )  # fmt: skip
        self.columns = TwoColumns(looks, card, self._build_side(), needed=900, side_width=430)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.columns, 1)
        column.addWidget(self.empty, 1)
        self.empty.hide()
        self._area.hide()

    def _build_side(self) -> QWidget:
        looks, tr = self._book.looks, self.tr
        self.side = Card(looks)
        self.title = words("", "heading", wrap=True)
        self.line = words("", "aside", wrap=True)
        self.few = Chip(looks, tr("Too few to say outside the group"), tone="due")
        self.chart = PairsChart(looks)
        self.pair_model = RowsModel(PAIR_COLUMNS, self)
        self.people = LedgerTable(looks, tr("The people behind it"))
        self.people.setModel(self.pair_model)
        self.person_button = ActionButton(looks, tr("Open this person"), icon="user")
        self.value = words("", "small", wrap=True)
        self.how = Fold(looks, tr("How it is counted"))
        self.how_words = words("", "small", wrap=True)
        self.how.body.addWidget(self.how_words)
        for widget in (self.title, self.line, self.few, self.chart, self.value, self.people):
            self.side.body.addWidget(widget)
        self.side.body.addWidget(self.person_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.side.body.addWidget(self.how)
        self.side.body.addStretch(1)
        self._area = scrolling_card(self.side)
        return self._area

    # --- showing -----------------------------------------------------------------------------

    def begin(self) -> None:
        """Look if something changed since the last time."""
        if self._stale:
            self._show_activities()
            self.look()

    def forget(self) -> None:
        """Look again when it is next shown."""
        self._stale = True
        if self.isVisible():
            self.begin()

    def look(self) -> None:
        """Count each scale again, one at a time."""
        period = self.period.period
        if period is not None:
            self._stale = False
            self._looking.start(
                outcome_results.results_in_steps(
                    self._book.register, period, self.activity.currentData()
                )
            )
            self.counting.setVisible(self._looking.running)

    @property
    def looking(self) -> bool:
        """Whether it still counts."""
        return self._looking.running

    def stop(self) -> None:
        """Count no further; what is missing is counted when it is shown again."""
        if self._looking.running:
            self._looking.stop()
            self._stale = True

    def _show_activities(self) -> None:
        wanted = self.activity.currentData()
        self.activity.blockSignals(True)  # filled, not chosen
        self.activity.clear()
        self.activity.addItem(self.tr("All activities"), None)
        for activity in activities.list_activities(self._book.register):
            self.activity.addItem(activity.name, activity.id)
        self.activity.setCurrentIndex(max(0, self.activity.findData(wanted)))
        self.activity.blockSignals(False)

    def _on_found(self, found: tuple[ScaleResult, ...]) -> None:
        scale = self._scale
        self.model.set_rows(found)
        self.counting.hide()
        self._area.setVisible(bool(found))
        self.columns.setVisible(bool(found))
        self.empty.setVisible(not found)
        names = [one.scale.id for one in found]
        some = next((n for n, one in enumerate(found) if one.pairs), 0)
        if found:
            place = names.index(scale) if scale in names else some
            self.table.setCurrentIndex(self.model.index(place, 0))
            self._show_result(found[place])

    @property
    def result(self) -> ScaleResult | None:
        """The scale in hand."""
        one = self.table.currentIndex().data(ROW_ROLE)
        return one if isinstance(one, ScaleResult) else None

    def _on_row(self, index: QModelIndex, _before: QModelIndex) -> None:
        one = index.data(ROW_ROLE)
        if isinstance(one, ScaleResult) and one.scale.id != self._scale:
            self._show_result(one)

    def _show_result(self, result: ScaleResult) -> None:
        self._scale = result.scale.id
        period = self.period.period
        self.title.setText(result.scale.title)
        self.line.setText(self._line(result))
        self.few.setVisible(result.pairs > 0 and result.too_few)
        self.chart.show_result(result)
        self.chart.setVisible(bool(result.pairs))
        rows: tuple[PairRow, ...] = ()
        if result.pairs and period is not None:
            register, activity_id = self._book.register, self.activity.currentData()
            rows = outcome_results.pairs_behind(register, result.scale.id, period, activity_id)
        self.pair_model.set_rows(rows)
        fit(self.people, most=8)
        self.person_button.setVisible(bool(rows))
        self._show_value(result)
        parts = (result.how, f"{said.better(result.scale)}.", said.bare(result.measure.source))
        self.how_words.setText("\n\n".join(parts))

    def _show_value(self, result: ScaleResult) -> None:
        """Say what the WELLBY makes of life satisfaction, where the group has switched it on."""
        found, period = None, self.period.period
        if result.scale.id == outcome_results.VALUED_SCALE and period is not None:
            found = outcome_results.valued(self._book.register, period, self.activity.currentData())
        self.value.setText(found.words if found else "")
        self.value.setVisible(found is not None)

    def _line(self, result: ScaleResult) -> str:
        if not result.pairs:
            return self.tr("Nobody was asked twice in this period, 28 or more days apart.")
        people = "person" if result.pairs == 1 else "people"
        return self.tr("{count} {people} reported twice. {better}. Change {change}.").format(
            count=f"{result.pairs:,}", people=people, better=said.better(result.scale),
            change=said.interval(result),
        )  # fmt: skip

    # --- acting ------------------------------------------------------------------------------

    def _on_opened(self, _index: QModelIndex | QPersistentModelIndex) -> None:
        if self.pair_model.rows:
            self.people.setFocus()

    def _on_person(self, *_index: object) -> None:
        row = self.people.currentIndex().data(ROW_ROLE)
        if row is None and self.pair_model.rows:
            row = self.pair_model.rows[0]
        if isinstance(row, PairRow):
            self.person_wanted.emit(row.person_id)

    def take_keyboard(self) -> None:
        """Begin with the scales."""
        shown = [w for w in (self.table, self.empty.button) if w.isVisibleTo(self)]
        (shown[0] if shown and not self.looking else self.period.choice).setFocus()
