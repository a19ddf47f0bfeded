"""How the specimens of the gallery are made; the people and things in them are made up."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.problems import Problem
from app.ui.appearance import Appearance
from app.ui.bottom_line import BottomLine
from app.ui.forms.date_field import DateLine
from app.ui.forms.field import Field
from app.ui.forms.form_dialog import FormDialog
from app.ui.forms.problem_summary import ProblemSummary
from app.ui.help.keys_dialog import KeysDialog
from app.ui.navigation import Place, RailButton
from app.ui.tables.rows_model import Column, RowsModel
from app.ui.tables.table_view import LedgerTable
from app.ui.top_bar import TopBar
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card, Chip, NoticeBar
from app.ui.widgets.choice import Choice, Counter
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.facts import Facts
from app.ui.widgets.fold import Fold
from app.ui.widgets.line import Line
from app.ui.widgets.menu_button import MenuButton
from app.ui.widgets.page import PageHead
from app.ui.widgets.suggestions import SuggestField, Suggestion
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.tick import TickBox
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

_DAY = dt.date(2026, 11, 3)
Make = Callable[[Appearance], QWidget]


# --- what is pressed -------------------------------------------------------------------------


def button(text: str, **more: Any) -> Make:
    """Return a button."""

    def make(looks: Appearance) -> QWidget:
        return ActionButton(looks, text, **more)

    return make


def menu_button(looks: Appearance) -> QWidget:
    """Return a button with a menu."""
    button = MenuButton(looks, "Filter", icon="filter")
    button.own_menu.addAction("Here now")
    return button


def segment(looks: Appearance) -> QWidget:
    """Return one of two ways to look, chosen."""
    button = ActionButton(looks, "Month")
    button.setProperty("look", "segment")
    button.setCheckable(True)
    button.setChecked(True)
    return button


def rail_button(looks: Appearance) -> QWidget:
    """Return a page of the rail with something waiting."""
    button = RailButton(looks, Place(key="sessions", word="Sessions", icon="calendar-check"))
    button.show_count(2, "not entered")
    return button


def tick(looks: Appearance) -> QWidget:
    """Return a tick box."""
    return TickBox(looks, "Photos and film")


def radio(_looks: Appearance) -> QWidget:
    """Return one of some."""
    return QRadioButton("Day first: 3/7 is 3 July")


def checked(widget: Any) -> None:
    """Tick it."""
    widget.setChecked(True)


def off(widget: QWidget) -> None:
    """Switch it off."""
    widget.setEnabled(False)


def under_mouse(widget: QWidget) -> None:
    """Put the mouse over it."""
    middle = QPointF(widget.rect().center())
    none, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    move = QMouseEvent(QEvent.Type.MouseMove, middle, widget.mapToGlobal(middle), none, none, keys)
    QApplication.sendEvent(widget, move)


def down(widget: Any) -> None:
    """Hold it down."""
    widget.setDown(True)


# --- what is typed in ------------------------------------------------------------------------


def line(looks: Appearance) -> QWidget:
    """Return a line to find somebody with."""
    line = Line()
    line.setPlaceholderText("Name, phone or postcode")
    line.show_icon(looks, "search")
    return line


def say(text: str) -> Callable[[Any], None]:
    """Return what fills a line."""

    def then(widget: Any) -> None:
        widget.setText(text)

    return then


def marked(widget: Any) -> None:
    """Fill a line and mark a part of it."""
    widget.setText("Shaheda Begum")
    widget.setSelection(0, 7)


def date(_looks: Appearance) -> QWidget:
    """Return a date."""
    line = DateLine(lambda: _DAY)
    line.show_day(_DAY)
    return line


def notes(_looks: Appearance) -> QWidget:
    """Return room for notes."""
    text = QPlainTextEdit()
    text.setPlaceholderText("What happened, who led, what to remember")
    return text


def choice(looks: Appearance) -> QWidget:
    """Return a list to choose from."""
    choice = Choice(looks, "Period")
    choice.addItems(["Our year so far", "Last quarter"])
    return choice


def counter(looks: Appearance) -> QWidget:
    """Return a number to step."""
    counter = Counter(looks, "Guests not named")
    counter.setValue(31)
    return counter


def suggest(looks: Appearance) -> QWidget:
    """Return a line with room for what it offers."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, looks.px(130))
    column.addWidget(SuggestField(looks, "Who"))
    return holder


def offer(holder: QWidget) -> None:
    """Open the list under the line."""
    field = holder.findChild(SuggestField)
    if field is None:
        return
    field.setText("Sha")
    names = ("Shah, Priya · Linslade", "Shaheda Begum · শাহেদা বেগম", "Shaw, Tom · Stanbridge")
    field.offer(tuple(Suggestion(text=name, value=name) for name in names))
    if field.offered is not None:
        field.offered.step(1)


def field(problem: str) -> Make:
    """Return a field of a form, with or without a problem."""

    def make(_looks: Appearance) -> QWidget:
        field = Field("Date of birth", Line(), hint="Or only the year")
        field.show_problem(problem)
        return field

    return make


# --- what is told ----------------------------------------------------------------------------


def chip(tone: str, text: str) -> Make:
    """Return a status."""

    def make(looks: Appearance) -> QWidget:
        return Chip(looks, text, tone=tone)

    return make


def notice(tone: str, text: str) -> Make:
    """Return something said in place."""

    def make(looks: Appearance) -> QWidget:
        bar = NoticeBar(looks)
        bar.tell(text, tone=tone, actions=(("undo", "Take back"),))
        return bar

    return make


def summary(looks: Appearance) -> QWidget:
    """Return what is to correct in a form."""
    summary = ProblemSummary(looks)
    summary.show_problems(
        (("name", "A name is needed: a first name is enough."), ("day", "There is no 31 February."))
    )
    return summary


def bar(_looks: Appearance) -> QWidget:
    """Return a bar of progress."""
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setValue(62)
    return bar


def labels(_looks: Appearance) -> QWidget:
    """Return words in every look."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    for look in ("heading", "strong", "", "aside", "small", "problem", "figure"):
        column.addWidget(words(f"{look or 'plain'} 0123", look))
    return holder


# --- what is looked at -----------------------------------------------------------------------


def head(looks: Appearance) -> QWidget:
    """Return the head of a page."""
    head = PageHead(looks)
    head.say("Gentle Movement — Tue 3 Nov 2026", "7.00–8.30 pm, Methodist hall")
    head.add_action(ActionButton(looks, "Print sheet", icon="printer"))
    head.add_action(ActionButton(looks, "Done", icon="check", primary=True))
    return head


def card(looks: Appearance) -> QWidget:
    """Return a card with facts, chips and a fold."""
    card = Card(looks, "How to reach them")
    facts = Facts(looks)
    facts.show_facts((("Phone", "07700 900411"), ("Area or ward", "Linslade"), ("Email", "")))
    card.body.addWidget(facts)
    row = WrapRow(looks)
    for tone, text in (("good", "Contact me: given"), ("plain", "Comes along")):
        row.add(Chip(looks, text, tone=tone))
    card.body.addWidget(row)
    fold = Fold(looks, "Equality answers: 4 of 7 asked", opened=True)
    fold.body.addWidget(QLabel("Aged 65 to 74 · Woman"))
    card.body.addWidget(fold)
    return card


def tabs(looks: Appearance) -> QWidget:
    """Return tabs."""
    tabs = Tabs(looks, "Parts")
    for name in ("About", "Consent", "Attendance"):
        tabs.add(name, name, words(name, "aside"))
    return tabs


def empty(looks: Appearance) -> QWidget:
    """Return what an empty page says."""
    return EmptyState(
        looks,
        icon="users",
        title="Nobody in the book yet",
        text="Everybody who comes, helps or is sent to you goes here. A first name is enough.",
        action="Add person…",
    )


_PEOPLE = (
    ("Begum, Shaheda · শাহেদা বেগম", "Linslade", "26 here", "good"),
    ("Brontë, Zoë", "Brickhill", "Not entered", "due"),
    ("Featherstonehaugh-Woodcraft-Hall, Maria Guadalupe", "Heath and Reach", "Overdue", "overdue"),
    ("Khan, Muhammad Ali · محمد علی", "", "Planned", "plain"),
)


class _TickedModel(RowsModel[Any]):
    def cell(self, row: Any, column: Column[Any], role: int) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole and column.key == "tick":
            ticked = row[3] == "good"
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return super().cell(row, column, role)


def table(kind: type[LedgerTable]) -> Make:
    """Return a table of one kind."""

    def make(looks: Appearance) -> QWidget:
        table = kind(looks, "People")
        model = _TickedModel(
            (
                Column(key="tick", title="", text=lambda _row: "", width=40),
                Column(key="name", title="Name", text=lambda row: row[0], look="strong"),
                Column(key="area", title="Area", text=lambda row: row[1], width=130, look="aside"),
                Column(
                    key="state",
                    title="Register",
                    text=lambda row: row[2],
                    width=140,
                    chip=lambda row: (row[3], "circle-check" if row[3] == "good" else "clock"),
                ),
            ),
            table,
        )
        model.set_rows(_PEOPLE)
        table.setModel(model)
        table.setFixedHeight(looks.px(220))
        return table

    return make


def top_bar(looks: Appearance) -> QWidget:
    """Return the top bar."""
    bar = TopBar(looks)
    bar.show_group("Tuesday Movers", "Gentle movement in Leighton Buzzard", pretend=True)
    bar.show_undo("mark Maryam present")
    return bar


def bottom_line(looks: Appearance) -> QWidget:
    """Return the bottom line."""
    line = BottomLine(looks)
    line.show_saved(dt.datetime(2026, 11, 3, 21, 4, tzinfo=dt.UTC))
    line.warn("No copy off this laptop for 31 days")
    return line


class _Form(FormDialog):
    def __init__(self, looks: Appearance) -> None:
        super().__init__(looks, "Add person", "Save")
        row = self.add_row()
        self.add_field("given_name", "First name", Line(), into=row)
        self.add_field("family_name", "Family name", Line(), into=row)
        self.add_field("born", "Date of birth", Line(), hint="Or only the year")

    def try_to_save(self) -> bool:
        """Refuse, so that every problem is seen."""
        self.show_problems(
            (
                Problem(field="given_name", code="name_needed"),
                Problem(field="elsewhere", code="person_gone"),
            )
        )
        return False


def form(looks: Appearance) -> QWidget:
    """Return a form in a window."""
    return _Form(looks)


def try_to_save(form: Any) -> None:
    """Press Save."""
    form.try_to_save()


def keys(looks: Appearance) -> QWidget:
    """Return the list of keys."""
    return KeysDialog(looks, ())
