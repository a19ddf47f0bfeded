"""The workspace of one return: its questions, the answer in hand, and the rows behind a number."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.changes import Topic
from app.domain.ids import DraftId
from app.services.returns import drafts
from app.services.returns.drafts import WholeDraft
from app.ui.book import Book
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.page import Page


class Workspace(Page):
    """Write a draft: everything typed is saved as it is typed."""

    topics = frozenset(Topic)

    left = Signal()
    """Back to the list of returns."""
    issue_wanted = Signal(object)
    """Issue the draft of this DraftId."""
    record_wanted = Signal(object)
    """Open a record of the book: a services.returns.proof.Record."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book, parent=parent)
        self._whole: WholeDraft | None = None
        self.back = ActionButton(book.looks, self.tr("All returns"), icon="arrow-left", link=True)
        self.back.clicked.connect(self._on_back)
        self.head.put_above(self.back)
        self.issue_button = ActionButton(book.looks, self.tr("Issue…"), icon="stamp", primary=True)
        self.issue_button.clicked.connect(self._on_issue)
        self.head.add_action(self.issue_button)

    @property
    def draft_id(self) -> DraftId | None:
        """The draft that is open."""
        return self._whole.draft.id if self._whole else None

    def show_draft(self, draft_id: DraftId) -> None:
        """Open a draft, at the place where it was left in this sitting."""
        self.settle()
        self._whole = drafts.get(self.book.register, draft_id)
        self.reload()

    def reload(self) -> None:
        """Read the draft again and show it."""
        if self._whole is None:
            return
        self._whole = drafts.get(self.book.register, self._whole.draft.id)
        if self._whole is None:  # it went into the bin meanwhile
            self.left.emit()
            return
        self.head.say(self._whole.draft.title)

    def _on_back(self) -> None:
        self.settle()
        self.left.emit()

    def _on_issue(self) -> None:
        self.settle()
        if self.draft_id is not None:
            self.issue_wanted.emit(self.draft_id)
