"""People's rights in one place: requests and complaints, breaches, consents."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.changes import Topic
from app.ui.book import Book
from app.ui.rights.breaches_list import BreachesList
from app.ui.rights.consents_list import ConsentsList
from app.ui.rights.requests_list import RequestsList
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.tab_order import tab_as_read
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.words import words

_WIDTH, _HEIGHT = 980, 660
_TOPICS = frozenset({Topic.RIGHTS, Topic.PEOPLE})


class RightsDialog(QDialog):
    """The logs; what changes meanwhile is shown at once."""

    person_wanted = Signal(object)
    """The id of the person to show."""

    def __init__(self, book: Book, part: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("People’s rights"))
        self.setModal(True)
        self._book = book
        looks, tr, gap = book.looks, self.tr, book.looks.gap
        self.requests = RequestsList(book)
        self.breaches = BreachesList(book)
        self.consents = ConsentsList(book)
        self.tabs = Tabs(looks, tr("People’s rights"))
        self.tabs.add("requests", tr("Requests and complaints"), _at_top(self.requests))
        self.tabs.add("breaches", tr("Breaches"), self.breaches)
        self.tabs.add("consents", tr("Consents"), self.consents)
        self.close_button = ActionButton(looks, tr("Close"))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap(20), gap(16), gap(20), gap(16))
        column.setSpacing(gap(12))
        column.addWidget(words(tr("People’s rights"), "heading"))
        column.addWidget(self.tabs, 1)
        column.addLayout(row)
        self.close_button.clicked.connect(self.reject)
        self.consents.person_wanted.connect(self._on_person)
        self.finished.connect(self.deleteLater)
        book.events.changed.connect(self._on_changed)
        self.reload()
        if part == "renew":
            self.consents.show_to_renew()
        self.tabs.show_part("consents" if part == "renew" else part)

    def reload(self) -> None:
        """Read the logs again."""
        self.requests.show_of(None)
        self.breaches.reload()
        self.consents.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """Open as large as tables want and the screen allows."""
        super().showEvent(event)
        room, gap = self.screen().availableGeometry(), self._book.looks.gap
        self.resize(min(gap(_WIDTH), room.width() - 40), min(gap(_HEIGHT), room.height() - 60))
        tab_as_read(self)
        self.tabs.bar.setFocus()

    def _on_changed(self, topics: frozenset[Topic], _origin: object) -> None:
        if topics & _TOPICS:
            self.reload()

    def _on_person(self, person_id: object) -> None:
        self.accept()
        self.person_wanted.emit(person_id)


def _at_top(part: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(part)
    column.addStretch(1)
    return holder
