"""A line on Home: whose funded place ends soon or is used up, and the way to them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.services import places
from app.services.places import PlacesLooked
from app.ui import texts
from app.ui.book import Book
from app.ui.people.gathering import Gathering
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.words import rule, words


class PlacesLine(QWidget):
    """Looked at some people at a time, so that nothing waits for it; hidden while there is nobody."""

    wanted = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        looks = book.looks
        self._picture = QLabel()
        self.title = words("", "strong", wrap=True)
        self.aside = words("", "aside", wrap=True)
        self.button = ActionButton(looks, self.tr("Show them"), icon="heart-handshake")
        self.button.setAccessibleName(self.tr("Show the funded places that end or are used up"))
        said = QVBoxLayout()
        said.setSpacing(looks.px(2))
        said.addWidget(self.title)
        said.addWidget(self.aside)
        self._row = QHBoxLayout()
        self._row.addWidget(self._picture)
        self._row.addLayout(said, 1)
        self._row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(rule())
        column.addLayout(self._row)
        self._looking = Gathering(self)
        self._looking.found.connect(self._on_found)
        self.button.clicked.connect(self.wanted)
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()
        self.hide()

    def look(self) -> None:
        """Look at the places again."""
        self._looking.start(places.look_at_places(self._book.register, today=self._book.today()))

    def stop(self) -> None:
        """Look no further."""
        self._looking.stop()

    @property
    def looking(self) -> bool:
        """Whether it still looks."""
        return self._looking.running

    def _on_found(self, found: PlacesLooked) -> None:
        ending, out = len(found.expiring), len(found.out)
        count = texts.counted(ending + out, self.tr("funded place"), self.tr("funded places"))
        self.title.setText(self.tr("{count} to look at").format(count=count))
        parts = []
        if out:
            people = texts.counted(out, self.tr("person has"), self.tr("people have"))
            parts.append(self.tr("{people} used all of it").format(people=people))
        if ending:
            many = texts.counted(ending, self.tr("ends"), self.tr("end"))
            parts.append(self.tr("{many} within 28 days with something left").format(many=many))
        self.aside.setText(" · ".join(parts))
        self.setVisible(bool(ending or out))

    def _on_looks_changed(self) -> None:
        px = self._book.looks.px
        self._row.setContentsMargins(0, px(4), 0, px(4))
        self._row.setSpacing(px(8))
        self._picture.setPixmap(
            self._book.looks.pixmap("heart-handshake", "ink", 20, self.devicePixelRatioF())
        )
