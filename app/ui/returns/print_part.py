"""Everything that can be printed: choose one, its period and for whose eyes; see it; save it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.changes import Topic
from app.domain.errors import AppError
from app.domain.periods import Period
from app.domain.problems import Problem
from app.domain.returns import DraftSettings
from app.services import activities, registers, returns, settings
from app.services.returns import Copy, ReturnOptions, TemplateInfo
from app.ui.book import Book
from app.ui.forms.amount_line import AmountLine
from app.ui.forms.field import Field
from app.ui.returns import about
from app.ui.returns.making import Made
from app.ui.returns.period_choice import PeriodChoice
from app.ui.returns.preview_card import PreviewCard
from app.ui.returns.save_as import SaveAs
from app.ui.returns.template_list import TemplateList
from app.ui.returns.words import COPIES, DISCLOSURES, suggested_name
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card, NoticeBar
from app.ui.widgets.choice import Choice
from app.ui.widgets.columns import TwoColumns
from app.ui.widgets.page import PageHead, scrolling

_AGAIN = "again"
_OPEN = "open"
_FIRST = "impact-report"
_LIST_HEIGHT = 190
"""Pixels at 100 % of the list of returns at the least: some of them are always in sight."""
_WEEK_FIRST = "attendance-sheet"


class PrintPart(QWidget):
    """Pick, look, save; its buttons stand in the head of the page it is a part of."""

    write_wanted = Signal(object)
    """DraftSettings: begin to write the return that is chosen."""

    def __init__(
        self, book: Book, head: PageHead, notice: NoticeBar, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.book, self.head, self.notice = book, head, notice
        self._began = False
        self._warned = ""
        """What the pages shown warn of: said while this part is shown."""
        self._asked: int | None = None
        self._there: tuple[TemplateInfo, ...] = ()
        self._saved_path: Path | None = None
        self.save_button = ActionButton(
            book.looks, self.tr("Save PDF…"), icon="download", primary=True
        )
        self.save_button.setShortcut(QKeySequence.StandardKey.Save)
        self.print_button = ActionButton(book.looks, self.tr("Print…"), icon="printer")
        self.save_as = SaveAs(book)
        self.write_button = ActionButton(book.looks, self.tr("Write it…"), icon="pencil")
        self.in_head = (self.write_button, self.print_button, self.save_as, self.save_button)
        for button in self.in_head:
            head.add_action(button)
        self._build_choices()
        self.preview = PreviewCard(book.looks, book.jobs)
        self.columns = TwoColumns(
            book.looks, self.preview, scrolling(self.choices), side_width=360, side_first=True,
            side_left=True,
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.columns, 1)
        self._connect()

    # --- building ----------------------------------------------------------------------------

    def _build_choices(self) -> None:
        book = self.book
        looks = book.looks
        self.templates = TemplateList(looks)
        kinds = Card(looks, self.tr("What to make"))
        kinds.body.addWidget(self.templates, 1)
        self.templates.setMinimumHeight(looks.gap(_LIST_HEIGHT))
        year_end = settings.read(book.register).year_end
        self.period = PeriodChoice(looks, book.today, year_end)
        self.activity = Choice(looks, self.tr("Activity"))
        self.eyes = Choice(looks, self.tr("For whose eyes"))
        self.copy = Choice(looks, self.tr("Which copy"))
        self.reference = Choice(looks, self.tr("Which grant or agreement"))
        for mode, text in DISCLOSURES.items():
            self.eyes.addItem(text, mode.value)
        for copy, text in COPIES.items():
            self.copy.addItem(text, copy.value)
        self._activity_field = Field(self.tr("Activity"), self.activity)
        self._eyes_field = Field(self.tr("For whose eyes"), self.eyes)
        self._copy_field = Field(self.tr("Which copy"), self.copy)
        self._reference_field = Field(self.tr("Which grant or agreement"), self.reference)
        self.sum = AmountLine()
        self._sum_field = Field(self.tr("The sum asked for (£)"), self.sum)
        about = Card(looks)
        about.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        about.body.addWidget(Field(self.tr("Period"), self.period))
        for field in (
            self._reference_field, self._sum_field, self._activity_field, self._eyes_field,
            self._copy_field,
        ):  # fmt: skip
            about.body.addWidget(field)
        self.choices = QWidget()
        column = QVBoxLayout(self.choices)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.gap(16))
        column.addWidget(kinds, 1)
        column.addWidget(about)

    def _connect(self) -> None:
        self.templates.chosen.connect(self._on_template)
        self.period.changed.connect(self.make)
        for choice in (self.reference, self.activity, self.eyes, self.copy):
            choice.currentIndexChanged.connect(self.make)
        self.sum.settled.connect(self._on_sum)
        self.preview.made.connect(self._on_made)
        self.preview.failed.connect(self._on_failed)
        self.save_button.clicked.connect(self._on_save)
        self.print_button.clicked.connect(self._on_print)
        self.save_as.saved.connect(self._on_saved)
        self.save_as.failed.connect(self._on_not_saved)
        self.write_button.clicked.connect(self._on_write)
        self.notice.acted.connect(self._on_notice)

    # --- showing -----------------------------------------------------------------------------

    def look(self) -> None:
        """Show what there is the first time; afterwards say that the pages are old."""
        self._show_activities()
        there = tuple(
            one for one in returns.list_templates(self.book.register) if "person" not in one.needs
        )
        if not self._began:
            self._began = True
            self._there = there
            self.templates.show_templates(there)
            self.templates.choose(_FIRST)
            return
        if there != self._there:  # a form of our own came, went or was changed
            self._there = there
            self._show_again(there)
        if self.preview.current is not None:
            self.notice.tell(
                self.tr("The book has changed since these pages were made."),
                actions=((_AGAIN, self.tr("Make them again")),),
            )

    def _show_again(self, there: tuple[TemplateInfo, ...]) -> None:
        before = self.templates.template
        self.templates.show_templates(there)
        self.templates.choose(before.id if before else _FIRST)

    def show_actions(self, *, shown: bool) -> None:
        """Show its buttons in the head, or hide them while another part is shown."""
        info = self.templates.template
        for button in self.in_head:
            button.setVisible(shown)
        self.write_button.setVisible(shown and info is not None and about.can_be_written(info))
        if shown and self._warned and not self.notice.text:
            self.notice.tell(self._warned)

    def say(self) -> None:
        """Say in the head what is chosen."""
        info, period = self.templates.template, self.period.period
        if info is not None and period is not None:
            self.head.say(info.title, f"{period.text} · {info.for_whom}")

    def _show_activities(self) -> None:
        wanted = self.activity.currentData()
        self.activity.blockSignals(True)  # filled, not chosen
        self.activity.clear()
        self.activity.addItem(self.tr("All activities"), None)
        for activity in activities.list_activities(self.book.register):
            self.activity.addItem(activity.name, activity.id)
        self.activity.setCurrentIndex(max(0, self.activity.findData(wanted)))
        self.activity.blockSignals(False)

    def _on_template(self, info: TemplateInfo) -> None:
        asks = {*info.needs, *info.may_have}
        self._activity_field.setVisible("activity" in asks)
        self._eyes_field.setVisible(not info.names_people)
        self._copy_field.setVisible("session" in asks)
        self._sum_field.setVisible(about.asks(info))
        self.write_button.setVisible(about.can_be_written(info))
        self._show_references(info)
        self.eyes.blockSignals(True)  # set to this return's own, not chosen
        self.eyes.setCurrentIndex(self.eyes.findData(info.disclosure))
        self.eyes.blockSignals(False)
        if info.id == _WEEK_FIRST:  # a year of sheets is nobody's wish
            self.period.blockSignals(True)
            self.period.choose("week")
            self.period.blockSignals(False)
        self.make()

    def _show_references(self, info: TemplateInfo) -> None:
        """Offer the grants or agreements that the return can be about, the latest chosen."""
        found = about.offered(self.book.register, info)
        self.reference.blockSignals(True)  # filled, not chosen
        self.reference.clear()
        if found and "grant" not in info.needs:
            self.reference.addItem(self.tr("None yet"), None)
        for reference, said in found:
            self.reference.addItem(said, reference)
        self.reference.blockSignals(False)
        self._reference_field.setVisible(bool(found))

    def make(self) -> None:
        """Make the pages for what is chosen."""
        info, period = self.templates.template, self.period.period
        if info is None or period is None:
            return
        self.notice.clear()
        self._warned = ""
        self._asked = self._sum(info)
        options = ReturnOptions(
            period=period,
            activity_id=self.activity.currentData()
            if "activity" in {*info.needs, *info.may_have}
            else None,
            disclosure=None if info.names_people else self.eyes.currentData(),
            copy=Copy(self.copy.currentData()),
            grant=self.reference.currentData(),
            sum_pence=self._asked,
        )
        self.say()
        self._show_ready(ready=False)
        self.preview.start(registers.take_snapshot_later(self.book.register), info.id, options)

    def _sum(self, info: TemplateInfo) -> int | None:
        """Return the sum asked for; what cannot be read is said beside it, and nothing is asked."""
        typed = self.sum.pence("sum") if about.asks(info) else None
        self._sum_field.show_problem(typed.text if isinstance(typed, Problem) else "")
        return typed if isinstance(typed, int) else None

    def _on_sum(self) -> None:
        info = self.templates.template
        if info is not None and self._sum(info) != self._asked:
            self.make()

    def _on_write(self) -> None:
        info = self.templates.template
        if info is None:
            return
        grant_id, agreement_id = about.about_of(self.book.register, self.reference.currentData())
        given = {*info.needs, *info.may_have}
        eyes = self.eyes.currentData()
        self.write_wanted.emit(
            DraftSettings(
                template_id=info.id, title=info.title, grant_id=grant_id,
                agreement_id=agreement_id,
                period=self.period.period if "period" in given else None,
                activity_id=self.activity.currentData() if "activity" in given else None,
                disclosure="" if eyes == info.disclosure else eyes, sum_pence=self._sum(info),
            )
        )  # fmt: skip

    def _show_ready(self, *, ready: bool) -> None:
        self.save_button.setEnabled(ready)
        self.print_button.setEnabled(ready)
        self.save_as.show_made(self.preview.current if ready else None)

    def _on_made(self, made: Made) -> None:
        self._show_ready(ready=True)
        self._warned = " ".join(made.filled.warnings)
        if self._warned and self.isVisible():
            self.notice.tell(self._warned)

    def _on_failed(self, text: str) -> None:
        self._show_ready(ready=False)
        self.notice.tell(text, tone="overdue")

    def make_for(self, template_id: str, period: Period | None, reference: str = "") -> None:
        """Make a return of a period, or about a grant or agreement, from elsewhere."""
        if period is not None:
            self.period.show_period(period)
        before = self.templates.template
        self.templates.choose(template_id)
        place = self.reference.findData(reference)
        if reference and place >= 0 and place != self.reference.currentIndex():
            self.reference.setCurrentIndex(place)  # which makes it
        elif before == self.templates.template:
            self.make()

    def take_keyboard(self) -> None:
        """Begin with what to make."""
        self.templates.setFocus()

    # --- saving and printing -----------------------------------------------------------------

    def _on_save(self) -> None:
        if self.preview.current is None:
            return
        folder = self._saved_path.parent if self._saved_path else Path.home()
        self.book.messages.ask_save_path(
            self.window(),
            title=self.tr("Save the PDF"),
            suggested=folder / suggested_name(self.preview.current),
            kinds=self.tr("PDF (*.pdf)"),
            then=self._save,
        )

    def _save(self, path: Path) -> None:
        made = self.preview.current
        if made is None:
            return
        try:
            returns.save_pdf(made.pdf, path)
        except AppError as error:
            self._on_not_saved(error.text)
            return
        self._keep_order(made)
        self._on_saved(path)

    def _on_not_saved(self, text: str) -> None:
        self.notice.tell(text, tone="overdue")

    def _on_saved(self, path: Path) -> None:
        self._saved_path = path
        self.notice.tell(
            self.tr("Saved as {name}.").format(name=path.name),
            tone="good",
            actions=((_OPEN, self.tr("Open it")),),
        )

    def _on_print(self) -> None:
        # Imported here: most sittings print nothing.
        from app.ui.returns.printing import print_pages

        made = self.preview.current
        if made is not None:
            print_pages(self.window(), made, self._on_printed)

    def _on_printed(self, made: Made) -> None:
        self._keep_order(made)
        self.notice.tell(self.tr("Sent to the printer."), tone="good")

    def _keep_order(self, made: Made) -> None:
        """Freeze the order of printed sheets; these very pages are then not old."""
        if returns.keep_printed_order(self.book.register, made.filled):
            self.book.register.take_step()
            self.book.events.announce(frozenset({Topic.SESSIONS}), self)

    def _on_notice(self, key: str) -> None:
        if key == _AGAIN:
            self.make()
        elif key == _OPEN and self._saved_path is not None:
            self.book.messages.open_file(self._saved_path)
