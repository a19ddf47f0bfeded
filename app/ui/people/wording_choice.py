"""Which wording of the consent form somebody answered: the one printed here, one noted before, another."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.choice import Choice
from app.ui.widgets.line import Line
from app.ui.widgets.wrap_row import WrapRow


class WordingChoice(WrapRow):
    """A list of the wordings there are; the last choice opens a line to write another."""

    def __init__(
        self, looks: Appearance, printed: str, known: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(looks, parent)
        tr = self.tr
        self.choice = Choice(looks, tr("Wording of the form"))
        self.choice.addItem(tr("{version}, the form printed here").format(version=printed), printed)
        for version in known:
            if version != printed:
                self.choice.addItem(tr("{version}, noted before").format(version=version), version)
        self.choice.addItem(tr("Not written down"), "")
        self.choice.addItem(tr("Another form…"))
        self.other = Line()
        self.other.setAccessibleName(tr("What stands on the other form"))
        self.other.setPlaceholderText(tr("Its date or number"))
        self.add(self.choice)
        self.add(self.other)
        self.setFocusProxy(self.choice)
        self.choice.currentIndexChanged.connect(self._on_chosen)
        self.choice.activated.connect(self._on_activated)
        self.show_version(known[0] if known else printed)

    @property
    def version(self) -> str:
        """What is kept with the answer."""
        return self.other.text() if self._is_another else str(self.choice.currentData())

    @property
    def _is_another(self) -> bool:
        return self.choice.currentIndex() == self.choice.count() - 1

    def show_version(self, version: str) -> None:
        """Choose a wording; one that is not in the list is written out."""
        place = self.choice.findData(version)
        if place < 0:
            self.other.setText(version)
            place = self.choice.count() - 1
        self.choice.setCurrentIndex(place)
        self._on_chosen()

    def _on_chosen(self) -> None:
        self.other.setVisible(self._is_another)

    def _on_activated(self) -> None:
        if self._is_another:
            self.other.setFocus()
