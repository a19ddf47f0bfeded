"""People's rights: the logs, and the papers that anybody is given."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.book import Book
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.words import words
from app.ui.widgets.wrap_row import WrapRow

_LOGS = (
    ("requests", "Requests and complaints…", "inbox"),
    ("breaches", "Breaches…", "triangle-alert"),
    ("consents", "Consents…", "list-checks"),
)
_PAPERS = (("consent-form", "Consent form…"), ("privacy-notice", "Privacy notice…"))


class RightsCard(Card):
    """Leads to what is written down about people's rights."""

    log_wanted = Signal(str)
    """Which log: "requests", "breaches", "consents"."""
    paper_wanted = Signal(str)
    """The id of a return that anybody is given."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "People’s rights", parent)
        looks = book.looks
        self.body.addWidget(
            words(
                self.tr(
                    "Whoever asks what you hold, wants it put right or taken out, or complains, is "
                    "answered within a month. What is lost or seen by the wrong eyes is noted here."
                ),
                "aside",
                wrap=True,
            )
        )
        row = WrapRow(looks)
        self.logs: dict[str, ActionButton] = {}
        self.papers: dict[str, ActionButton] = {}
        for key, text, icon in _LOGS:
            self.logs[key] = button = ActionButton(looks, self.tr(text), icon=icon)
            button.clicked.connect(partial(self._on_log, key))
            row.add(button)
        for key, text in _PAPERS:
            self.papers[key] = button = ActionButton(looks, self.tr(text), icon="printer")
            button.clicked.connect(partial(self._on_paper, key))
            row.add(button)
        self.body.addWidget(row)

    def _on_log(self, key: str, _checked: bool = False) -> None:
        self.log_wanted.emit(key)

    def _on_paper(self, key: str, _checked: bool = False) -> None:
        self.paper_wanted.emit(key)
