"""On a person's page: what is held on them, their requests, the papers, and taking the name out."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.people import Person
from app.services import rights_papers
from app.services.anonymising import Mention
from app.ui.book import Book
from app.ui.rights.my_data_dialog import MyDataDialog
from app.ui.rights.nameless_dialog import ask_nameless
from app.ui.rights.paper_dialog import NoticeDialog, PaperDialog
from app.ui.rights.requests_list import RequestsList
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

NOTICES = {
    "consent-form": "Consent form",
    "privacy-notice": "Privacy notice",
}
"""Returns that anybody is given, by id."""


class RightsSection(QWidget):
    """What somebody may ask of the group about their own data."""

    mention_wanted = Signal(object)
    """The Mention to open."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._person: Person | None = None
        looks, tr = book.looks, self.tr
        self.held = ActionButton(looks, tr("What do you hold on me?…"), icon="file-text")
        self.notices = {
            key: ActionButton(looks, tr("{title}…").format(title=tr(title)), icon="printer")
            for key, title in NOTICES.items()
        }
        self.nameless = ActionButton(looks, tr("Make nameless…"), icon="ban")
        self.paper = ActionButton(looks, tr("Print that it was done…"), icon="printer")
        self.requests = RequestsList(book, of_one=True)
        self.gone = words("", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(looks.gap(16))
        for card in (self._asked_card(), self._requests_card(), self._out_card()):
            column.addWidget(card)
        column.addStretch(1)
        self.held.clicked.connect(self._on_held)
        self.nameless.clicked.connect(self._on_nameless)
        self.paper.clicked.connect(self._on_paper)
        for key, button in self.notices.items():
            button.clicked.connect(partial(self._on_notice, key))

    def _asked_card(self) -> Card:
        card = Card(self._book.looks, self.tr("What they may see"))
        card.body.addWidget(
            words(
                self.tr(
                    "Whoever asks is shown everything that is held on them, free, within a month: the "
                    "pages say what, why, where it came from and how long it is kept."
                ),
                "aside",
                wrap=True,
            )
        )
        row = WrapRow(self._book.looks)
        for button in (self.held, *self.notices.values()):
            row.add(button)
        card.body.addWidget(row)
        self._asked = card
        return card

    def _requests_card(self) -> Card:
        card = Card(self._book.looks, self.tr("What they asked, and complaints"))
        card.body.addWidget(self.requests)
        return card

    def _out_card(self) -> Card:
        card = Card(self._book.looks, self.tr("Take them out of the book"))
        self._about_out = words(
            self.tr(
                "Everything that says who they are goes for ever; what counted goes on counting. It "
                "cannot be taken back."
            ),
            "aside",
            wrap=True,
        )
        row = WrapRow(self._book.looks)
        row.add(self.nameless)
        row.add(self.paper)
        for widget in (self._about_out, self.gone, row):
            card.body.addWidget(widget)
        return card

    def show_person(self, person: Person) -> None:
        """Show what may be done for a person; of somebody nameless only that it was done."""
        self._person = person
        self.requests.show_of(person.id)
        gone = person.nameless
        self._asked.setVisible(not gone)
        self.requests.add.setVisible(not gone)
        self.nameless.setVisible(not gone)
        self._about_out.setVisible(not gone)
        self.paper.setVisible(gone)
        self.gone.setVisible(gone)
        self.gone.setText(
            self.tr(
                "The name was taken out. Nothing here says who it was, so nothing can be changed."
            )
        )

    def _on_held(self) -> None:
        if self._person is not None:
            MyDataDialog(self._book, self._person, self.window()).open()

    def _on_notice(self, key: str, _checked: bool = False) -> None:
        NoticeDialog(self._book, key, self.tr(NOTICES[key]), self.window()).open()

    def _on_nameless(self) -> None:
        if self._person is not None:
            dialog = ask_nameless(self._book, self._person, self.window())
            if dialog is not None:
                dialog.mention_wanted.connect(self._on_mention)

    def _on_mention(self, mention: Mention) -> None:
        self.mention_wanted.emit(mention)

    def _on_paper(self) -> None:
        if self._person is None:
            return
        page = rights_papers.certificate(
            self._book.register, self._person.id, now=self._book.keeper.now()
        )
        if page is not None:
            PaperDialog(self._book, page, parent=self.window()).open()
