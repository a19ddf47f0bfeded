"""The card of one activity: room today, what was said by hand, who waits, how often it was full."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.capacity import Capacity
from app.domain.problems import Problem
from app.services.activities import Member
from app.ui.book import Book
from app.ui.forms.field import Field
from app.ui.referrals import capacity_words as said
from app.ui.referrals.capacity_chart import FullChart
from app.ui.referrals.places_fields import read_number, shown_number
from app.ui.referrals.waiting_card import WaitingList
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.line import Line
from app.ui.widgets.words import rule, words


class CapacityCard(Card):
    """Everything a link worker would ask about one activity."""

    number_said = Signal(object)
    """How many more they can take, or None: let the register say it."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "…", parent)
        looks = book.looks
        self._book = book
        self.shown: Capacity | None = None
        self.room = words("", "strong", wrap=True)
        self.places = words("", "aside", wrap=True)
        self.number = Line()
        self.number_field = Field(self.tr("How many more you can take"), self.number)
        self.say_button = ActionButton(looks, self.tr("Say it"), icon="check")
        self.register_button = ActionButton(looks, self.tr("Reckon it"), link=True)
        self.waiting = WaitingList(looks)
        self.typical = words("", "aside", wrap=True)
        self.full = words("", "aside", wrap=True)
        self.chart = FullChart(looks)
        self._lay_out()
        self.say_button.clicked.connect(self._on_say)
        self.number.returnPressed.connect(self._on_say)
        self.register_button.clicked.connect(self._on_register)

    def _lay_out(self) -> None:
        self.body.addWidget(self.room)
        self.body.addWidget(self.places)
        row = QHBoxLayout()
        row.addWidget(self.number_field, 1)
        row.addWidget(self.say_button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.register_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row)
        self.body.addWidget(rule())
        self.body.addWidget(self.waiting)
        self.body.addWidget(self.typical)
        self.body.addWidget(rule())
        self.body.addWidget(self.full)
        self.body.addWidget(self.chart)
        self.body.addStretch(1)

    def show_capacity(
        self, one: Capacity, waiting: tuple[Member, ...], months: tuple[tuple[str, int], ...]
    ) -> None:
        """Show an activity; what is typed and not yet said is kept while it is the same one."""
        another = self.shown is None or self.shown.activity.id != one.activity.id
        changed = self.shown is None or self.shown.activity.can_take != one.activity.can_take
        self.shown = one
        if self.heading is not None:
            self.heading.setText(one.activity.name)
        self.room.setText(said.room_words(one))
        self.places.setText(f"{said.places_words(one)}. {said.said_words(one)}")
        if another or changed:
            self.number.setText(shown_number(one.activity.can_take))
            self.number_field.show_problem("")
        self.number.setPlaceholderText(shown_number(one.room) or self.tr("no limit"))
        self.register_button.setVisible(one.activity.can_take is not None)
        self.waiting.show_waiting(said.in_order(waiting, self._book.today()))
        typical = said.typical_words(one)
        self.typical.setText(typical)
        self.typical.setVisible(bool(typical))
        times = sum(number for _, number in months)
        self.full.setText(
            self.tr("Told that it is full in the last 12 months: {count}").format(count=times)
            if times
            else self.tr("Nobody who was sent was told in the last 12 months that it is full.")
        )
        self.chart.show_months(months)
        self.chart.setVisible(bool(times))
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room for all lines of the words, also where the page does not ask for it."""
        super().resizeEvent(event)
        self._make_room()

    def event(self, event: QEvent) -> bool:
        """Make room again when something in it wants more or less."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._make_room()
        return super().event(event)

    def _make_room(self) -> None:
        self.setMinimumHeight(max(0, self.body.minimumHeightForWidth(max(1, self.width()))))

    def show_problem(self, text: str) -> None:
        """Say beside the number what is to correct."""
        self.number_field.show_problem(text)
        self._make_room()
        self.number.setFocus()

    def _on_say(self) -> None:
        number = read_number(self.number, "can_take")
        if isinstance(number, Problem):
            self.show_problem(number.text)
            return
        self.number_field.show_problem("")
        self.number_said.emit(number)

    def _on_register(self) -> None:
        self.number_said.emit(None)
        self.number.setFocus()
