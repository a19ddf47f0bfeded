"""Ask for a new book in five questions; where it is kept can be chosen."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.activities import ActivityDraft, Repeat, parse_time
from app.domain.errors import AppError
from app.domain.periods import MONTHS, WEEKDAYS
from app.domain.problems import Problem
from app.services import keeping, registers, starting
from app.services.result import Refused
from app.services.starting import NewBook
from app.ui.bookshelf import SUFFIX, Bookshelf
from app.ui.forms.form_dialog import FormDialog
from app.ui.start.places import books_folder
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.choice import Choice, Counter
from app.ui.widgets.line import Line
from app.ui.widgets.words import words

_REPEATS = (
    (Repeat.WEEKLY, "Every week"),
    (Repeat.FORTNIGHTLY, "Every second week"),
    (Repeat.MONTHLY, "Once a month"),
    (Repeat.NONE, "On no fixed day"),
)
_NTHS = ((1, "First"), (2, "Second"), (3, "Third"), (4, "Fourth"), (-1, "Last"))
_MARCH = 3


class NewBookDialog(FormDialog):
    """Whose book it is, what they do and when, who keeps it, the year end, a password or none."""

    made = Signal(object)
    """A Started."""

    def __init__(self, shelf: Bookshelf, parent: QWidget | None = None) -> None:
        super().__init__(shelf.looks, "Start a new book", "Make the book", parent)
        self._shelf = shelf
        self._chosen: Path | None = None
        self._build_group()
        self._build_activity()
        self._build_keeping()
        self._build_password()
        self.name.textEdited.connect(self._on_name)
        self._on_name()
        self._on_repeat()

    # --- the questions -----------------------------------------------------------------------

    def _build_group(self) -> None:
        self.name = Line()
        self.add_field("group_name", self.tr("1  What is your group called?"), self.name)

    def _build_activity(self) -> None:
        looks = self.looks
        self.activity = Line()
        self.activity.setPlaceholderText(self.tr("Gentle Movement"))
        self.add_field(
            "activity", self.tr("2  What do you do?"), self.activity,
            hint=self.tr("Your first activity; more can be added at any time. Blank if you like."),
        )  # fmt: skip
        row = self.add_row()
        self.repeat = Choice(looks, "")
        for repeat, text in _REPEATS:
            self.repeat.addItem(self.tr(text), repeat)
        self.nth = Choice(looks, "")
        for number, text in _NTHS:
            self.nth.addItem(self.tr(text), number)
        self.weekday = Choice(looks, "")
        for number, text in enumerate(WEEKDAYS):
            self.weekday.addItem(text, number)
        self.weekday.setCurrentIndex(self._shelf.today().weekday())
        self.add_field("repeat", self.tr("How often?"), self.repeat, into=row)
        self._nth_field = self.add_field("nth", self.tr("Which?"), self.nth, into=row)
        self._day_field = self.add_field(
            "weekday", self.tr("On which day?"), self.weekday, into=row
        )
        row = self.add_row()
        self.start, self.end, self.place = Line(), Line(), Line()
        self.start.setPlaceholderText("7 pm")
        self.end.setPlaceholderText("8.30 pm")
        self.add_field("start_time", self.tr("From"), self.start, into=row)
        self.add_field("end_time", self.tr("To"), self.end, into=row)
        self.add_field("place", self.tr("Where"), self.place, into=row)
        self.planned = words(
            self.tr("The next twelve weeks are planned for you, bank holidays left out."),
            "small", wrap=True,
        )  # fmt: skip
        self.form.addWidget(self.planned)
        self.repeat.currentIndexChanged.connect(self._on_repeat)

    def _build_keeping(self) -> None:
        self.contact = Line()
        self.add_field(
            "contact", self.tr("3  Who keeps the book?"), self.contact,
            hint=self.tr("A name and a phone number, printed on sheets: who to ask what is kept."),
        )  # fmt: skip
        row = self.add_row()
        self.day = Counter(self.looks, "")
        self.day.setRange(1, 31)
        self.day.setValue(31)
        self.month = Choice(self.looks, "")
        for number, text in enumerate(MONTHS, start=1):
            self.month.addItem(text, number)
        self.month.setCurrentIndex(_MARCH - 1)
        self.add_field(
            "year_end", self.tr("4  On which day does your year end?"), self.day, into=row
        )
        self.add_field("month", self.tr("Month"), self.month, into=row)

    def _build_password(self) -> None:
        self.password, self.again = Line(), Line()
        row = self.add_row()
        for key, label, line in (
            ("password", self.tr("5  A password, or none"), self.password),
            ("again", self.tr("The same again"), self.again),
        ):
            line.setEchoMode(QLineEdit.EchoMode.Password)
            self.add_field(key, label, line, into=row)
        self.form.addWidget(
            words(
                self.tr(
                    "With a password nobody can read the book from a lost laptop. But a lost password "
                    "cannot be found again by anybody: write it down, and let a second person keep it."
                ),
                "small", wrap=True,
            )
        )  # fmt: skip
        row = self.add_row()
        self.kept_in = Line()
        self.kept_in.setReadOnly(True)
        self.add_field("path", self.tr("Where the book is kept"), self.kept_in, into=row)
        button = ActionButton(self.looks, self.tr("Choose…"), icon="folder-open")
        button.clicked.connect(self._on_choose)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self.advice = words("", "small", wrap=True)
        self.form.addWidget(self.advice)

    # --- making ------------------------------------------------------------------------------

    def answers(self) -> NewBook:
        """Return what is answered so far."""
        repeat = Repeat(self.repeat.currentData())
        named = bool(self.activity.text().strip())
        draft = ActivityDraft(
            name=self.activity.text(),
            place=self.place.text(),
            start_time=parse_time(self.start.text()),
            end_time=parse_time(self.end.text()),
            repeat=repeat if named else Repeat.NONE,
            weekday=int(self.weekday.currentData()) if repeat is not Repeat.NONE else None,
            nth=int(self.nth.currentData()) if repeat is Repeat.MONTHLY else None,
        )
        return NewBook(
            group_name=self.name.text(),
            activity=draft,
            contact=self.contact.text(),
            year_end=f"{int(self.month.currentData()):02}-{self.day.value():02}",
            password=self.password.text(),
            again=self.again.text(),
        )

    def try_to_save(self) -> bool:
        """Make the book and open it; what is to correct is said beside its field."""
        new = self.answers()
        problems = (*starting.problems_of(new), *self._unread_times())
        self.show_problems(problems)
        if problems:
            return False
        try:
            started = starting.start_book(self._path(), new, today=self._shelf.today())
        except AppError as error:
            self.notice.tell(error.text, tone="overdue")
            return False
        if isinstance(started, Refused):
            self.show_problems(started.problems)
            return False
        self._shelf.open_path(started.path, new.password or None)
        self.made.emit(started)
        return True

    def _unread_times(self) -> tuple[Problem, ...]:
        return tuple(
            Problem(code="time_unknown", field=field, values={"value": line.text().strip()})
            for field, line in (("start_time", self.start), ("end_time", self.end))
            if line.text().strip() and parse_time(line.text()) is None
        )

    def _path(self) -> Path:
        if self._chosen is not None:
            return self._chosen
        stem = "".join(c for c in self.name.text() if c not in '\\/:*?"<>|').strip(" .")
        return books_folder() / f"{stem[:80] or 'Our group'}{SUFFIX}"

    def _on_repeat(self) -> None:
        repeat = Repeat(self.repeat.currentData())
        self._nth_field.setVisible(repeat is Repeat.MONTHLY)
        self._day_field.setVisible(repeat is not Repeat.NONE)
        self.planned.setVisible(repeat is not Repeat.NONE)

    def _on_name(self) -> None:
        path = self._path()
        self.kept_in.setText(str(path))
        text = keeping.advice(path)
        self.advice.setText(text)
        self.advice.setVisible(bool(text))

    def _on_choose(self) -> None:
        self._shelf.messages.ask_save_path(
            self,
            title=self.tr("Where the book is kept"),
            suggested=self._path(),
            kinds=self.tr("Hallbook books (*.hallbook)"),
            then=self._on_chosen,
        )

    def _on_chosen(self, path: Path) -> None:
        self._chosen = registers.book_path(path)
        self._on_name()
