"""Returns: the front, a draft in three panes, a return as it was sent, a form of our own."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.domain.ids import DraftId, IssuedId
from app.domain.periods import Period
from app.services.reports_due import ReportDue
from app.ui.book import Book
from app.ui.returns.front_page import FrontPage
from app.ui.returns.issue_dialog import IssueDialog
from app.ui.returns.making import get_ready
from app.ui.way_back import WayBack
from app.ui.widgets.page import Page, PageStack

if TYPE_CHECKING:  # made when they are first wanted: see below
    from app.ui.returns.form_page import FormPage
    from app.ui.returns.issued_page import IssuedPage
    from app.ui.returns.workspace import Workspace


class ReturnsPage(PageStack):
    """The pages under Returns."""

    record_wanted = Signal(object)
    """Open a record of the book: a services.returns.proof.Record."""

    made_later = {  # noqa: RUF012 - read only
        "workspace": "app.ui.returns.workspace",
        "issued": "app.ui.returns.issued_page",
        "form": "app.ui.returns.form_page",
        "printing": "app.ui.returns.print_part",
    }

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._is_ready = False
        self.way_back = WayBack(book.looks)
        """Shown on the pages of records."""
        self.front = FrontPage(book)
        self.addWidget(self.front)
        self.front.draft_wanted.connect(self.open_draft)
        self.front.issued_wanted.connect(self.open_issued)
        self.front.form_wanted.connect(self.open_form)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the worker load what makes pages: whoever comes here is likely to look at some."""
        super().showEvent(event)
        if not self._is_ready:
            self._is_ready = True
            self._book.jobs.start(get_ready, background=True)

    @cached_property
    def workspace(self) -> "Workspace":
        """A draft in three panes."""
        from app.ui.returns.workspace import Workspace

        page = Workspace(self._book)
        page.left.connect(self.begin)
        page.issue_wanted.connect(self.issue)
        page.record_wanted.connect(self.record_wanted)
        self.addWidget(page)
        return page

    @cached_property
    def issued(self) -> "IssuedPage":
        """A return as it was sent."""
        from app.ui.returns.issued_page import IssuedPage

        page = IssuedPage(self._book)
        page.left.connect(self.begin)
        page.draft_opened.connect(self.open_draft)
        page.record_wanted.connect(self.record_wanted)
        self.addWidget(page)
        return page

    @cached_property
    def form(self) -> "FormPage":
        """A form of our own, to change."""
        from app.ui.returns.form_page import FormPage

        page = FormPage(self._book)
        page.left.connect(self.begin)
        self.addWidget(page)
        return page

    @cached_property
    def printing(self) -> QWidget:
        """Everything that can be printed: made ahead, as it has the most parts."""
        return self.front.printing

    # --- going about -------------------------------------------------------------------------

    def begin(self) -> None:
        """Show what the rail leads to: the front."""
        self.page.settle()
        self._show(self.front)

    def open_draft(self, draft_id: DraftId) -> None:
        """Open a draft in its three panes."""
        self.workspace.show_draft(draft_id)
        self._show(self.workspace)

    def open_issued(self, issued_id: IssuedId) -> None:
        """Show a return as it was sent."""
        self.issued.show_issued(issued_id)
        self._show(self.issued)

    def open_form(self, form_id: str) -> None:
        """Open a form of our own to change."""
        self.form.show_form(form_id)
        self._show(self.form)

    def open_due(self, one: ReportDue) -> None:
        """Open the draft of a report that is due, or start one."""
        self.begin()
        self.front.start_due(one)

    def show_part(self, key: str) -> None:
        """Show a part of the front."""
        self.page.settle()
        self.setCurrentWidget(self.front)
        self.front.show_part(key)
        self.front.take_keyboard()

    def make_for(self, template_id: str, period: Period | None, reference: str = "") -> None:
        """Make a return of a period, or about a grant or agreement, from elsewhere."""
        self.setCurrentWidget(self.front)
        self.front.make_for(template_id, period, reference)

    def issue(self, draft_id: DraftId) -> None:
        """See what will be kept of a draft, then keep it."""
        dialog = IssueDialog(self._book, draft_id, parent=self.window())
        dialog.show_wanted.connect(self.open_issued)
        dialog.open()

    def come_back(self) -> None:
        """Give the keyboard to where it was when a record was opened."""
        page = self.page
        if page is self.made("workspace"):
            self.workspace.come_back()
        elif page is self.made("issued"):
            self.issued.come_back()

    def _show(self, page: Page) -> None:
        if self.currentWidget() is not page:
            self.page.settle()
        self.setCurrentWidget(page)
        page.fresh()
        page.take_keyboard()
