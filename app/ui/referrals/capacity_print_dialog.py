"""Print capacity cards: seen first, of one activity or of all, then printed or saved."""

from PySide6.QtWidgets import QWidget

from app.domain.ids import ActivityId
from app.services import activities
from app.services.returns import ReturnOptions
from app.ui.book import Book
from app.ui.returns.preview_dialog import PreviewDialog
from app.ui.widgets.choice import Choice


class CapacityPrintDialog(PreviewDialog):
    """The very pages, and what is still to be said on them."""

    template = "capacity-card"

    def __init__(
        self, book: Book, activity_id: ActivityId | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(book, "Print capacity cards", "Capacity cards", parent)
        self.save_title = self.tr("Save the cards")
        self.which = Choice(book.looks, self.tr("Which card"))
        self.which.addItem(self.tr("Every activity"), None)
        for one in activities.list_activities(book.register):
            self.which.addItem(one.name, one.id)
        self.which.setCurrentIndex(max(0, self.which.findData(activity_id)))
        self.add_choice(self.which)
        self.hint.setText(self.tr("A5, a page for each activity, dated today."))
        self.make()

    def options(self) -> ReturnOptions:
        """Return the activity chosen, or every one."""
        return ReturnOptions(activity_id=self.which.currentData())
