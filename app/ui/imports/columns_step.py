"""The third step: each column confirmed or set aside; nothing goes on before."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.services.imports import SET_ASIDE, Field
from app.ui import texts
from app.ui.appearance import Appearance
from app.ui.book import Book
from app.ui.imports import words as said
from app.ui.imports.answers import Answers, ColumnGroup, Reading, column_groups
from app.ui.imports.step import Step
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.choice import Choice
from app.ui.widgets.page import scrolling
from app.ui.widgets.tick import TickBox
from app.ui.widgets.words import rule, words

_HEADCOUNTS = "headcounts"
"""The format of lists of how many came, in which nobody is named."""


class QuietChoice(Choice):
    """A list that the mouse wheel does not change: it stands where one scrolls."""

    def __init__(self, looks: Appearance, name: str, parent: QWidget | None = None) -> None:
        super().__init__(looks, name, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class ColumnRow(QWidget):
    """One column: its heading, three of its values, what it is taken for, and whether that is right."""

    settled = Signal()

    def __init__(
        self, book: Book, group: ColumnGroup, offered: tuple[tuple[str, str], ...],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        looks = book.looks
        self.group = group
        self._looks = looks
        header = words(group.header, "strong", wrap=True)
        values = " · ".join(group.samples) if group.samples else self.tr("no values")
        samples = words(values, "aside", wrap=True)
        self.choice = QuietChoice(looks, self.tr("What {column} is").format(column=group.header))
        for answer, text in offered:
            self.choice.addItem(text, answer)
        self.choice.setCurrentIndex(max(0, self.choice.findData(group.taken_as)))
        self.choice.setAccessibleDescription(self.tr("Values: {values}").format(values=values))
        self.right = TickBox(looks, self.tr("Right"))
        self.right.setAccessibleName(
            self.tr("{column} is right as it is").format(column=group.header)
        )
        self.why = words(self._why(), "small", wrap=True)
        told = QVBoxLayout()
        told.setSpacing(2)
        for label in (header, samples, self.why):
            told.addWidget(label)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(told, 1)
        self._row.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self.right, 0, Qt.AlignmentFlag.AlignVCenter)
        self.choice.activated.connect(self._on_chosen)
        self.right.toggled.connect(self.settled)
        looks.changed.connect(self._on_looks)
        self._on_looks()

    @property
    def answer(self) -> str:
        """What the column is taken for."""
        return str(self.choice.currentData())

    def _why(self) -> str:
        if self.group.by in {"header", "mapping", "content"}:
            by = {"header": "", "mapping": self.tr("As you said."),
                  "content": self.tr("By what is in it.")}[self.group.by]  # fmt: skip
        else:
            by = self.tr("Set aside: {why}.").format(why=self.group.by)
        sheets = self.group.sheets
        return (by + (self.tr(" On {n} sheets.").format(n=sheets) if sheets > 1 else "")).strip()

    def _on_chosen(self) -> None:
        self.right.setChecked(True)
        self.settled.emit()

    def _on_looks(self) -> None:
        self.why.setVisible(bool(self.why.text()))
        self.choice.setFixedWidth(self._looks.px(290))
        self._row.setSpacing(self._looks.px(12))


class ColumnsStep(Step):
    """Every column with what it was taken for; a column that is not wanted is set aside."""

    title = "What is in each column?"

    def __init__(self, book: Book, answers: Answers, parent: QWidget | None = None) -> None:
        super().__init__(book, answers, parent)
        self.rows: list[ColumnRow] = []
        self._shown: tuple[ColumnGroup, ...] | None = None
        self._names_nobody = False
        self._of_referrals = False
        self.all_right = ActionButton(
            book.looks, self.tr("&All right as they are"), icon="list-checks"
        )
        self.all_right.clicked.connect(self._on_all_right)
        self.left = QLabel()
        self.left.setProperty("look", "aside")
        head = QHBoxLayout()
        head.addWidget(self.left, 1)
        head.addWidget(self.all_right)
        self.body.addLayout(head)
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, book.looks.gap(8), 0)
        self.area = scrolling(self._holder)
        self.body.addWidget(self.area, 1)
        self.say(
            self.tr(
                "Look at what each column was taken for. Change what is wrong; what you do not want "
                "in the book, set aside. Tick each one, or all that are left at once."
            )
        )

    def wanted(self, reading: Reading) -> bool:
        """An export of Hallbook has nothing to confirm."""
        return bool(column_groups(reading.plan.columns))

    def show_reading(self, reading: Reading) -> None:
        """Show the columns; those confirmed as they still are stay confirmed."""
        groups = column_groups(reading.plan.columns)
        if groups == self._shown:
            return
        self._shown = groups
        self._clear()
        self._names_nobody = reading.plan.format == _HEADCOUNTS
        self._of_referrals = reading.kind == "referrals" and bool(reading.opened.workbook)
        is_list = reading.plan.format in {"attendance list", _HEADCOUNTS}
        offered = said.fields_for(reading.kind, is_list=is_list)
        for group in groups:
            row = ColumnRow(self.book, group, offered)
            row.right.setChecked(self.answers.confirmed.get(group.key) == group.taken_as)
            row.settled.connect(self._count)
            self.rows.append(row)
            self._column.addWidget(row)
            self._column.addWidget(rule())
        self._column.addStretch(1)
        self._count()

    def missing(self) -> str:
        """Take the columns in; each has to be confirmed."""
        for row in self.rows:
            if row.answer != row.group.taken_as:
                self.answers.set_column(row.group.key, row.answer)
            if row.right.isChecked():
                self.answers.confirmed[row.group.key] = row.answer
            else:
                self.answers.confirmed.pop(row.group.key, None)
        open_rows = [row for row in self.rows if not row.right.isChecked()]
        if not open_rows:
            return self._names_missing() or self._day_missing()
        open_rows[0].right.setFocus()
        self.area.ensureWidgetVisible(open_rows[0])
        return self.tr(
            "{columns} not confirmed yet. Tick each one, or say they are all right."
        ).format(columns=texts.counted(len(open_rows), "column is", "columns are"))

    def take_keyboard(self) -> None:
        """Begin with the one press that confirms the rest."""
        self.all_right.setFocus()

    def _names_missing(self) -> str:
        names = {"given_name", "family_name", "full_name", "known_as", "own_script_name"}
        if self._names_nobody or any(row.answer in names for row in self.rows):
            return ""
        return self.tr("No column holds names. Say which one does.")

    def _day_missing(self) -> str:
        if not self._of_referrals or any(row.answer == Field.RECEIVED_ON for row in self.rows):
            return ""
        return self.tr("No column holds the day a referral was received. Say which one does.")

    def _on_all_right(self) -> None:
        for row in self.rows:
            row.right.setChecked(True)
        self.ready.emit()

    def _count(self) -> None:
        done = sum(row.right.isChecked() for row in self.rows)
        aside = sum(row.answer == SET_ASIDE for row in self.rows)
        text = self.tr("{done} of {all} confirmed").format(done=done, all=len(self.rows))
        if aside:
            text += self.tr(" · {count} set aside").format(count=aside)
        self.left.setText(text)
        self.all_right.setEnabled(bool(self.rows))

    def _clear(self) -> None:
        self.rows = []
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
