"""An import, step by step: a file in, everything seen and confirmed, one press, and a way back."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import AppError
from app.services import imports
from app.services.imports import ImportReport, Options, Prepared
from app.ui.book import Book
from app.ui.imports.answers import Answers, Reading
from app.ui.imports.columns_step import ColumnsStep
from app.ui.imports.dates_step import DatesStep
from app.ui.imports.file_step import FileStep
from app.ui.imports.foot import Foot
from app.ui.imports.marks_step import MarksStep
from app.ui.imports.people_step import PeopleStep
from app.ui.imports.preview_step import PreviewStep
from app.ui.imports.reading import Stage, reader
from app.ui.imports.report_step import ReportStep
from app.ui.imports.step import Step
from app.ui.imports.step_stack import StepStack
from app.ui.imports.table_step import TableStep
from app.ui.imports.values_step import ValuesStep
from app.ui.imports.whole_import import WholeImport
from app.ui.messages import Question
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import NoticeBar
from app.ui.widgets.page import scrolling
from app.ui.widgets.words import words

if TYPE_CHECKING:
    from app.ui.jobs import Job
    from app.ui.slices import Slices

_FORGET = "forget"


class ImportDialog(QDialog):
    """The steps of an import over the window; nothing is written before the last press."""

    imported = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.book = book
        self.answers = Answers(options=Options(today=book.today()))
        self.reading: Reading | None = None
        self._asked: object = None
        self._job: Job | None = None
        self._writing: Slices | None = None
        self._whole: WholeImport | None = None
        self._stage: Stage | None = None
        self._then: Step | None = None
        self._done = self._copying = False
        self._build_steps()
        self._lay_out()
        self._show(self.file_step)

    # --- building ----------------------------------------------------------------------------

    def _build_steps(self) -> None:
        book, answers = self.book, self.answers
        self.file_step = FileStep(book, answers)
        self.table_step = TableStep(book, answers)
        self.columns_step = ColumnsStep(book, answers)
        self.values_step = ValuesStep(book, answers)
        self.dates_step = DatesStep(book, answers)
        self.marks_step = MarksStep(book, answers)
        self.people_step = PeopleStep(book, answers)
        self.preview_step = PreviewStep(book, answers)
        self.report_step = ReportStep(book, answers)
        self.steps: tuple[Step, ...] = (
            self.file_step, self.table_step, self.columns_step, self.values_step, self.dates_step,
            self.marks_step, self.people_step, self.preview_step, self.report_step,
        )  # fmt: skip
        self.stack = StepStack()
        for step in self.steps:
            self.stack.addWidget(step)
            step.ready.connect(self.go_on)
        self.file_step.chosen.connect(self.start_file)
        self.report_step.undo_wanted.connect(self._on_undo)

    def _lay_out(self) -> None:
        looks = self.book.looks
        self.heading = words("", wrap=True)
        self.heading.setObjectName("pageTitle")
        self.where = words("", "small")
        self.notice = NoticeBar(looks)
        self.notice.acted.connect(self._on_notice)
        self.foot = foot = Foot(looks)
        self.back, self.next, self.leave = foot.back, foot.next, foot.leave
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.leave.clicked.connect(self.reject)
        self.foot.stop.clicked.connect(self._on_stop)
        column, gap = QVBoxLayout(self), looks.gap
        column.setContentsMargins(gap(24), gap(18), gap(24), gap(18))
        column.setSpacing(gap(10))
        for part in (self.where, self.heading, self.notice):
            column.addWidget(part)
        column.addWidget(scrolling(self.stack), 1)
        column.addWidget(self.foot)
        for button in self.findChildren(ActionButton):
            button.setAutoDefault(True)  # Enter presses the one that has the keyboard
        self._show_busy(on=False)

    def showEvent(self, event: QShowEvent) -> None:
        """Open nearly as large as the window: there is much to see."""
        super().showEvent(event)
        parent = self.parentWidget()
        room = self.screen().availableGeometry().size()
        if parent is not None:
            room = room.boundedTo(parent.window().size())
        px = self.book.looks.px
        self.resize(min(px(1120), room.width() - 32), min(px(720), room.height() - 32))
        if parent is not None:
            over = parent.window().frameGeometry().center()
            self.move(over.x() - self.width() // 2, max(0, over.y() - self.height() // 2))
        self.step.take_keyboard()

    # --- going about -------------------------------------------------------------------------

    @property
    def step(self) -> Step:
        """The step shown."""
        return self.steps[self.stack.currentIndex()]

    def start_file(self, path: Path, kind: str = "") -> None:
        """Read a file, and go on to what was found in it."""
        if self.busy:
            return
        self.answers.start(path, kind)
        self.reading = None
        self.file_step.show_file(path)
        self._read(then=self.table_step)

    def go_on(self) -> None:
        """Take the answers of this step in, and show the next; read the file again if they differ."""
        if self.busy:
            return
        step = self.step
        if step is self.report_step:
            self.accept()
            return
        missing = step.missing()
        self.notice.tell(missing)
        if missing:
            return
        if step is self.preview_step:
            self._carry_out()
        elif self._asked_now() != self._asked or self.reading is None:
            self._read(then=self._after(step))
        else:
            self._show_from(self._after(step))

    def go_back(self) -> None:
        """Show the step before; every answer stays."""
        if self.busy or self.step is self.report_step:
            return
        self.step.missing()
        self.notice.clear()
        place = self.stack.currentIndex() - 1
        while place > 0 and not (self.reading and self.steps[place].wanted(self.reading)):
            place -= 1
        self._show(self.steps[max(0, place)])

    def reject(self) -> None:
        """Leave; what was answered is asked for before it is thrown away."""
        if self.busy:
            self._on_stop()
        elif self._done or self.stack.currentIndex() < self.steps.index(self.columns_step):
            super().reject()
        else:
            question = Question(
                text=self.tr("Leave this import?"),
                more=self.tr("Nothing was brought in. What you have answered would be lost."),
                yes=self.tr("Leave it"),
                no=self.tr("Go on with it"),
            )
            self.book.messages.ask(self, question, partial(self.done, 0))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave as Cancel does."""
        event.ignore()
        self.reject()

    def _after(self, step: Step) -> Step:
        return self.steps[self.steps.index(step) + 1]

    def _show_from(self, step: Step) -> None:
        """Show a step, or the next one that has anything to show or ask."""
        reading = self.reading
        if reading is None:
            return
        while not step.wanted(reading):
            step = self._after(step)
        self._show(step)

    def _show(self, step: Step) -> None:
        if self.reading is not None:
            if step is self.preview_step:
                self._preview(self.reading)
            else:
                step.show_reading(self.reading)
        self.stack.setCurrentWidget(step)
        self.heading.setText(step.title)
        self.setWindowTitle(self.tr("Import – {step}").format(step=step.title))
        self._show_where(step)
        self.next.setText(step.next_words)
        self.next.set_icon(
            "check" if step in {self.preview_step, self.report_step} else "arrow-right"
        )
        self.back.setVisible(step not in {self.file_step, self.report_step})
        self.leave.setVisible(step is not self.report_step)
        step.take_keyboard()

    def _show_where(self, step: Step) -> None:
        reading = self.reading
        name = self.answers.path.name if self.answers.path else ""
        if reading is None or step is self.file_step:
            self.where.setText(self.tr("Import from a spreadsheet"))
            return
        wanted = [s for s in self.steps if s.wanted(reading)]
        number = wanted.index(step) + 1 if step in wanted else len(wanted)
        self.where.setText(
            self.tr("Import of {file} · step {n} of {all}").format(
                file=name, n=number, all=len(wanted)
            )
        )

    # --- reading -----------------------------------------------------------------------------

    def _asked_now(self) -> object:
        answers = self.answers
        return (answers.path, answers.kind, answers.options, answers.use_remembered)

    def _read(self, then: Step) -> None:
        path = self.answers.path
        if path is None:
            return
        opened = self.reading.opened if self.reading else None
        self._stage = stage = Stage()
        work = reader(
            path, self.answers.kind, self.answers.options,
            imports.known_people(self.book.register), opened=opened,
            use_remembered=self.answers.use_remembered, stage=stage,
        )  # fmt: skip
        self._then = then
        self.notice.clear()
        self._job = job = self.book.jobs.start(work)
        job.progressed.connect(self._on_progress)
        job.done.connect(self._on_read)
        job.failed.connect(self._on_failed)
        job.ended.connect(self._on_ended)
        self._show_busy(on=True)

    def _on_progress(self, _done: int, _total: int) -> None:
        if self._stage is not None:
            self.foot.say_rows(*self._stage.now)

    def _on_read(self, reading: Reading) -> None:
        self.reading = reading
        self.answers.kind = reading.kind
        self.answers.options = reading.options
        self._asked = self._asked_now()
        self.file_step.show_reading(reading)

    def _on_failed(self, error: AppError) -> None:
        self._then = None
        self.notice.tell(error.text, tone="overdue")

    def _on_ended(self) -> None:
        self._job = None
        self._show_busy(on=False)
        then, self._then = self._then, None
        if then is None or self.reading is None:
            self.step.take_keyboard()
            return
        if then is self.table_step and self.reading.remembered and self.answers.use_remembered:
            self.notice.tell(
                self.tr(
                    "A file with these columns was brought in before. What you said about it then is "
                    "filled in; look at it and confirm it."
                ),
                tone="plain",
                actions=((_FORGET, self.tr("Forget it")),),
            )
        self._show_from(then)

    def _on_stop(self) -> None:
        if self._job is not None:
            self._then = None
            self._job.cancel()
        elif self._copying:
            self._copying = False
            self._show_busy(on=False)
        elif self._writing is not None:
            self._writing.cancel()
            self.notice.tell(
                self.tr("The import was stopped. Nothing was brought in; the book is as it was."),
                tone="plain",
            )

    @property
    def busy(self) -> bool:
        """Whether a file is being read or written just now."""
        return self._job is not None or self._writing is not None or self._copying

    def _on_notice(self, key: str) -> None:
        if key == _FORGET and self.reading is not None:
            imports.forget(self.reading.kind, self.reading.plan)
            path = self.answers.path
            if path is not None:
                self.start_file(path, self.answers.kind)

    def _show_busy(self, *, on: bool, writing: bool = False) -> None:
        self.stack.setEnabled(not on)
        self.foot.show_busy(on=on, writing=writing)

    # --- writing -----------------------------------------------------------------------------

    def _prepared(self, reading: Reading) -> Prepared:
        """Return the import with the doubles joined that somebody said are one."""
        prepared = reading.prepared()
        likely = [reading.matching.likely[place] for place in sorted(self.answers.joined)]
        known = {one.row: one.known_id for one in likely if one.known_id is not None}
        same = {
            one.other_row: one.row
            for one in likely
            if one.other_row is not None and one.other_row not in known
        }
        return imports.with_same(imports.with_joins(prepared, known), same)

    def _preview(self, reading: Reading) -> None:
        prepared = self._prepared(reading)
        joined = Reading(
            opened=reading.opened, kind=reading.kind, options=reading.options, plan=prepared.plan,
            matching=prepared.matching, looks=reading.looks, digest=reading.digest,
        )  # fmt: skip
        report = imports.report_of(self.book.register, prepared)
        self.preview_step.show_report(joined, report)

    def _carry_out(self) -> None:
        reading = self.reading
        if reading is None:
            return
        self._copying = True
        self._show_busy(on=True, writing=True)
        self.book.keeper.first(self, partial(self._write, reading))

    def _write(self, reading: Reading) -> None:
        if not self._copying:
            return  # stopped while the book was copied
        self._copying = False
        self._whole = whole = WholeImport(self.book, self._prepared(reading))
        self._writing = writing = self.book.commands.begin_slices(whole.slices(), self)
        writing.progressed.connect(partial(self.foot.say_rows, self.tr("Writing")))
        writing.done.connect(self._on_all_written)
        writing.failed.connect(self._on_failed)
        writing.ended.connect(self._on_writing_ended)

    def _on_all_written(self, report: ImportReport) -> None:
        reading, whole = self.reading, self._whole
        if reading is None or whole is None:
            return
        self.book.commands.note_whole(whole.name, whole.written(report), whole.do, whole.undo)
        self._done = True
        self.report_step.show_report(report)
        self._remember(reading, whole.prepared)

    def _on_writing_ended(self) -> None:
        self._writing = None
        self._show_busy(on=False)
        if self._done:
            self._show(self.report_step)
            self.imported.emit()
        else:
            self.step.take_keyboard()

    def _remember(self, reading: Reading, prepared: Prepared) -> None:
        if not self.answers.remember:
            return
        try:
            imports.remember(reading.kind, prepared.plan, prepared.options)
        except AppError as error:
            self.report_step.notice.tell(error.text)

    def _on_undo(self) -> None:
        self.book.history.undo(self.report_step.show_undone)
