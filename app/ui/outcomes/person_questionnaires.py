"""A person's questionnaires and goals, on their own page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.measures import Measure
from app.domain.outcomes import METHODS, STATES, Goal, Response
from app.domain.people import Person
from app.domain.periods import short_date
from app.services import outcomes
from app.services.result import Done, Refused
from app.ui import texts
from app.ui.book import Book
from app.ui.outcomes import sheets
from app.ui.outcomes import words as said
from app.ui.outcomes.goal_dialog import DropGoalDialog, GoalDialog
from app.ui.people.fitted import fit
from app.ui.tables.rows_model import ROW_ROLE, Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card, NoticeBar
from app.ui.widgets.choice import Choice
from app.ui.widgets.fold import Fold
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

if TYPE_CHECKING:
    from app.domain.ids import PersonId


def response_columns(measures: dict[str, Measure]) -> tuple[Column[Response], ...]:
    """Return the columns of what somebody answered."""

    def title(one: Response) -> str:
        return measures[one.measure].title if one.measure in measures else one.measure

    return (
        Column(
            key="on", title="On", text=lambda one: short_date(one.answered_on), width=160,
            least=144, look="strong",
        ),
        Column(key="measure", title="Questionnaire", text=title),
        Column(
            key="state", title="Became", text=lambda one: STATES[one.state], width=126,
            chip=lambda one: said.STATE_CHIPS[one.state],
        ),
        Column(
            key="scores", title="Came to", text=lambda one: said.came_to(one, measures.get(one.measure)),
        ),
        Column(
            key="how", title="How", text=lambda one: METHODS[one.method], width=120, spare=True,
            look="aside",
        ),
    )  # fmt: skip


_GOAL_COLUMNS: tuple[Column[Goal], ...] = (
    Column(key="wording", title="In their own words", text=lambda g: g.wording, look="strong"),
    Column(key="set", title="Set on", text=lambda g: short_date(g.set_on), width=160),
    Column(
        key="dropped", title="Let go", width=160,
        text=lambda g: short_date(g.dropped_on) if g.dropped_on else "",
    ),
)  # fmt: skip


class QuestionnairesSection(QWidget):
    """What they were asked and answered; what is due; their goals."""

    enter_wanted = Signal(object)
    """The Sheet to enter or correct."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._person_id: PersonId | None = None
        self._name = ""
        self._measures: dict[str, Measure] = {}
        self._build_answers()
        self._build_goals()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(book.looks.gap(16))
        column.addWidget(self.notice)
        column.addWidget(self.card)
        column.addWidget(self.goal_card)
        column.addStretch(1)
        self._connect()

    def _build_answers(self) -> None:
        looks, tr = self._book.looks, self.tr
        self.notice = NoticeBar(looks)
        self.card = Card(looks, tr("Questionnaires"))
        self.due = words("", "aside", wrap=True)
        self.measure = Choice(looks, tr("Questionnaire"))
        self.enter_button = ActionButton(looks, tr("Enter answers"), icon="list-checks")
        self.print_button = ActionButton(looks, tr("Print its sheet…"), icon="printer")
        self.enter_row = WrapRow(looks)
        self.enter_row.add(self.measure)
        self.enter_row.add(self.enter_button)
        self.enter_row.add(self.print_button)
        self.model = RowsModel(response_columns(self._measures), self)
        self.table = LedgerTable(looks, tr("What they answered"))
        self.table.setModel(self.model)
        self.nothing = words(tr("Nothing is kept yet."), "aside")
        self.correct_button = ActionButton(looks, tr("Correct…"), icon="pencil")
        self.bin_button = ActionButton(looks, tr("Put in the bin"), icon="trash-2")
        self.kept_row = WrapRow(looks)
        self.kept_row.add(self.correct_button)
        self.kept_row.add(self.bin_button)
        self.bin = Fold(looks, tr("In the bin"))
        self.bin_model = RowsModel(response_columns(self._measures), self)
        self.binned = LedgerTable(looks, tr("Answers in the bin"))
        self.binned.setModel(self.bin_model)
        self.unbin_button = ActionButton(looks, tr("Take out of the bin"), icon="undo-2")
        self.bin.body.addWidget(self.binned)
        bin_row = WrapRow(looks)
        bin_row.add(self.unbin_button)
        self.bin.body.addWidget(bin_row)
        for widget in (
            self.due, self.enter_row, self.nothing, self.table, self.kept_row, self.bin,
        ):  # fmt: skip
            self.card.body.addWidget(widget)

    def _build_goals(self) -> None:
        looks, tr = self._book.looks, self.tr
        self.goal_card = Card(looks, tr("Their own goals"))
        self.goal_model = RowsModel(_GOAL_COLUMNS, self)
        self.goals = LedgerTable(looks, tr("Goals"))
        self.goals.setModel(self.goal_model)
        self.no_goal = words(tr("No goal is noted."), "aside")
        self.set_button = ActionButton(looks, tr("Set a goal…"), icon="plus")
        self.reword_button = ActionButton(looks, tr("Correct its words…"), icon="pencil")
        self.drop_button = ActionButton(looks, tr("Let it go…"), icon="x")
        row = WrapRow(looks)
        for button in (self.set_button, self.reword_button, self.drop_button):
            row.add(button)
        self.goal_card.body.addWidget(self.no_goal)
        self.goal_card.body.addWidget(self.goals)
        self.goal_card.body.addWidget(row)

    def _connect(self) -> None:
        self.enter_button.clicked.connect(self._on_enter)
        self.print_button.clicked.connect(self._on_print)
        self.table.opened.connect(self._on_correct)
        self.correct_button.clicked.connect(self._on_correct)
        self.bin_button.clicked.connect(self._on_bin)
        self.unbin_button.clicked.connect(self._on_unbin)
        self.binned.opened.connect(self._on_unbin)
        self.set_button.clicked.connect(self._on_set)
        self.reword_button.clicked.connect(self._on_reword)
        self.goals.opened.connect(self._on_reword)
        self.drop_button.clicked.connect(self._on_drop)
        self.goals.selectionModel().currentRowChanged.connect(self._on_goal_row)

    # --- showing -----------------------------------------------------------------------------

    def show_person(self, person: Person) -> None:
        """Show what one person answered; who is in the bin is not asked."""
        person_id, name, may_be_asked = person.id, person.full_name, not person.binned
        register, today = self._book.register, self._book.today()
        if person_id != self._person_id:
            self.notice.clear()
        self._person_id, self._name = person_id, name
        here = outcomes.measures_here(register)
        self._measures.clear()
        self._measures.update({one.measure.id: one.measure for one in here})
        due = outcomes.due_of(register, person_id, today=today)
        self.due.setText(self._due_words(due))
        self.due.setVisible(bool(due))
        wanted = due[0].measure.id if due else self.measure.currentData()
        self.measure.clear()
        for one in here:
            if one.use.asked or one.responses:
                self.measure.addItem(one.measure.title, one.measure.id)
        self.measure.setCurrentIndex(max(0, self.measure.findData(wanted)))
        self.enter_row.setVisible(bool(self.measure.count()) and may_be_asked)
        rows = outcomes.responses_of(register, person_id)
        binned = tuple(
            one for one in outcomes.binned_responses(register) if one.person_id == person_id
        )
        _fill(self.table, self.model, rows)
        _fill(self.binned, self.bin_model, binned)
        self.nothing.setVisible(not rows)
        self.kept_row.setVisible(bool(rows))
        self.bin.setVisible(bool(binned))
        goals = outcomes.goals_of(register, person_id)
        _fill(self.goals, self.goal_model, goals)
        self.no_goal.setVisible(not goals)
        self.set_button.setVisible(may_be_asked)
        for button in (self.reword_button, self.drop_button):
            button.setVisible(bool(goals))
        self._on_goal_row()

    def _due_words(self, due: tuple[outcomes.Due, ...]) -> str:
        today = self._book.today()
        parts = []
        for one in due:
            days = one.days_late(today)
            late = f", {texts.counted(days, 'day', 'days')} late" if days else ""
            parts.append(f"{one.measure.title} ({said.STAGE_WORDS[one.stage].lower()}{late})")
        return self.tr("Due: {what}").format(what="; ".join(parts))

    @property
    def response(self) -> Response | None:
        """The answers in hand."""
        one = self.table.currentIndex().data(ROW_ROLE)
        return one if isinstance(one, Response) else None

    @property
    def goal(self) -> Goal | None:
        """The goal in hand."""
        one = self.goals.currentIndex().data(ROW_ROLE)
        return one if isinstance(one, Goal) else None

    def _on_goal_row(self, *_index: object) -> None:
        dropped = self.goal is not None and self.goal.dropped_on is not None
        self.drop_button.setText(self.tr("Take it up again") if dropped else self.tr("Let it go…"))

    # --- acting ------------------------------------------------------------------------------

    def _on_enter(self) -> None:
        measure = self.measure.currentData()
        if self._person_id is None or not measure:
            return
        sheet = sheets.of_person(self._book.register, self._person_id, measure)
        if sheet is not None:
            self.enter_wanted.emit(sheet)

    def _on_print(self) -> None:
        from app.ui.outcomes.print_dialog import PilePagesDialog, PrintDialog  # heavy imports

        dialog = PrintDialog(
            self._book, self.measure.currentData() or "", self.window(), self._person_id
        )

        def show(print_id: int) -> None:
            PilePagesDialog(self._book, print_id, self._name, self.window()).open()

        dialog.made.connect(show)
        dialog.open()

    def _on_correct(self, *_index: QModelIndex | QPersistentModelIndex | bool) -> None:
        if self.response is not None:
            sheet = sheets.of_response(self._book.register, self.response.id)
            if sheet is not None:
                self.enter_wanted.emit(sheet)

    def _on_bin(self) -> None:
        one, register = self.response, self._book.register
        if one is not None:
            answer = self._book.commands.run(lambda: outcomes.put_in_bin(register, one.id))
            self._say(answer)

    def _on_unbin(self, *_index: QModelIndex | QPersistentModelIndex | bool) -> None:
        one, register = self.binned.currentIndex().data(ROW_ROLE), self._book.register
        if isinstance(one, Response):
            answer = self._book.commands.run(lambda: outcomes.take_out_of_bin(register, one.id))
            self._say(answer)

    def _on_set(self) -> None:
        if self._person_id is not None:
            GoalDialog(self._book, self._person_id, self._name, self.window()).open()

    def _on_reword(self, *_index: QModelIndex | QPersistentModelIndex | bool) -> None:
        if self.goal is not None and self._person_id is not None:
            GoalDialog(
                self._book, self._person_id, self._name, self.window(), goal=self.goal
            ).open()

    def _on_drop(self) -> None:
        goal, register = self.goal, self._book.register
        if goal is None:
            return
        if goal.dropped_on is None:
            DropGoalDialog(self._book, goal, self.window()).open()
        else:
            answer = self._book.commands.run(lambda: outcomes.drop_goal(register, goal.id, None))
            self._say(answer)

    def _say(self, answer: Done | Refused | None) -> None:
        if isinstance(answer, Refused):
            self.notice.tell(answer.text, tone="overdue")
        elif isinstance(answer, Done):
            self.notice.clear()


def _fill(table: LedgerTable, model: RowsModel[object] | RowsModel[Response] | RowsModel[Goal],
          rows: tuple[object, ...]) -> None:  # fmt: skip
    place = max(0, table.currentIndex().row())
    model.set_rows(rows)  # type: ignore[arg-type]
    fit(table, most=8)
    if rows:
        table.setCurrentIndex(model.index(min(place, len(rows) - 1), 0))
