"""Our group: its name, what it is in law, its year, its picture."""

import base64
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.domain.periods import MONTHS
from app.domain.settings import LEGAL_FORMS, Settings, year_end
from app.ui.book import Book
from app.ui.forms.field import Field
from app.ui.settings.own_line import KeptLine
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card
from app.ui.widgets.choice import Choice, Counter
from app.ui.widgets.words import words

LOGO_SIDE = 600
"""Pixels of the longer side of a logo as it is kept: sharp in print at 5 cm."""
_MOST_BYTES = 30_000_000
_PICTURES = "Pictures (*.png *.jpg *.jpeg *.gif *.bmp *.webp *.svg);;Every file (*)"
_LINES = (
    ("group_name", "What is your group called?", "As it is printed on sheets and returns."),
    ("tagline", "What you do and where", "One line under the name."),
    ("contact", "Who keeps the book", "Printed on sheets: who to ask about what is kept."),
    ("charity_number", "Charity number", "If you are registered; it names you to funders."),
    ("company_number", "Company number", "If you are a company or a CIC."),
)


class GroupCard(Card):
    """The fields of the group; each is handed over when it is left."""

    changed_by_hand = Signal(str, object)
    """The name of a setting and its new value."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(book.looks, "Our group", parent)
        self._book = book
        looks = book.looks
        self.fields: dict[str, Field] = {}
        self.lines: dict[str, KeptLine] = {}
        for name, label, hint in _LINES:
            line = KeptLine()
            line.left.connect(partial(self._on_line, name))
            self.lines[name] = line
            self._add(name, Field(self.tr(label), line, hint=self.tr(hint)))
        self.legal = Choice(looks, "")
        for code, text in LEGAL_FORMS.items():
            self.legal.addItem(self.tr(text), code)
        self.legal.activated.connect(self._on_legal)
        self._add("legal_form", Field(self.tr("What your group is in law"), self.legal))
        self._add_year_end()
        self._add_logo()

    def _add(self, name: str, field: Field) -> None:
        self.fields[name] = field
        self.body.addWidget(field)

    def _add_year_end(self) -> None:
        self.day = Counter(self._looks, "")
        self.day.setRange(1, 31)
        self.day.setKeyboardTracking(False)
        self.month = Choice(self._looks, "")
        for number, text in enumerate(MONTHS, start=1):
            self.month.addItem(text, number)
        row = QHBoxLayout()
        self.fields["year_end"] = Field(self.tr("Your year ends on day"), self.day)
        row.addWidget(self.fields["year_end"], 1)
        row.addWidget(Field(self.tr("of the month"), self.month), 1)
        self.body.addLayout(row)
        self.day.valueChanged.connect(self._on_year_end)
        self.month.activated.connect(self._on_year_end)

    def _add_logo(self) -> None:
        self.picture = QLabel()
        self.picture.setAccessibleName(self.tr("Your logo"))
        self.choose = ActionButton(self._looks, self.tr("Choose a picture…"), icon="image")
        self.remove = ActionButton(self._looks, self.tr("Take it away"))
        self.choose.clicked.connect(self._on_choose)
        self.remove.clicked.connect(self._on_remove)
        row = QHBoxLayout()
        row.addWidget(self.picture)
        row.addWidget(self.choose)
        row.addWidget(self.remove)
        row.addStretch(1)
        self.body.addWidget(words(self.tr("Logo for reports"), "strong"))
        self.body.addLayout(row)
        self.logo_problem = words("", "problem", wrap=True)
        self.body.addWidget(self.logo_problem)
        self.logo_problem.hide()

    def show_settings(self, ours: Settings) -> None:
        """Show what is kept."""
        for name, line in self.lines.items():
            line.show_text(getattr(ours, name))
        self.legal.setCurrentIndex(self.legal.findData(ours.legal_form))
        month, day = year_end(ours.year_end) or (3, 31)
        self.day.blockSignals(True)
        self.day.setValue(day)
        self.day.blockSignals(False)
        self.month.setCurrentIndex(month - 1)
        self._show_logo(ours.logo)

    def show_problem(self, name: str, text: str) -> None:
        """Say what is to correct beside its field; "" when it is well."""
        if name in self.lines:
            self.lines[name].refused = bool(text)
        if name in self.fields:
            self.fields[name].show_problem(text)
        elif name == "logo":
            self.logo_problem.setText(text)
            self.logo_problem.setVisible(bool(text))

    def settle(self) -> None:
        """Hand over what is typed and not left yet."""
        for line in self.lines.values():
            line.settle()

    def _show_logo(self, logo: str) -> None:
        picture = QPixmap()
        if logo:
            picture.loadFromData(base64.b64decode(logo))
        side = self._looks.px(72)
        keep, smooth = (
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        shown = picture if picture.isNull() else picture.scaled(side * 2, side, keep, smooth)
        self.picture.setPixmap(shown)
        self.picture.setVisible(not picture.isNull())
        self.remove.setVisible(bool(logo))

    def _on_line(self, name: str, text: str) -> None:
        self.changed_by_hand.emit(name, text)

    def _on_legal(self) -> None:
        self.changed_by_hand.emit("legal_form", self.legal.currentData())

    def _on_year_end(self) -> None:
        end = f"{int(self.month.currentData()):02}-{self.day.value():02}"
        self.changed_by_hand.emit("year_end", end)

    def _on_choose(self) -> None:
        self._book.messages.ask_open_path(
            self.window(), title=self.tr("Choose your logo"), folder=Path.home(), kinds=_PICTURES,
            then=self.take_logo,
        )  # fmt: skip

    def _on_remove(self) -> None:
        self.show_problem("logo", "")
        self.changed_by_hand.emit("logo", "")
        self.choose.setFocus()

    def take_logo(self, path: Path) -> None:
        """Shrink a picture and hand it over; what is no picture is said in place."""
        logo = shrunk(path)
        if not logo:
            self.show_problem(
                "logo",
                self.tr(
                    "{name} could not be read as a picture. Save it as .png or .jpg and choose that."
                ).format(name=path.name),
            )
            return
        self.changed_by_hand.emit("logo", logo)


def shrunk(path: Path) -> str:
    """Return a picture as it is kept: at most 600 pixels, PNG, base 64; "" when it is none."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            return ""
    except OSError:
        return ""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    image: QImage = reader.read()
    if image.isNull():
        return ""
    if max(image.width(), image.height()) > LOGO_SIDE:
        keep, smooth = (
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        image = image.scaled(LOGO_SIDE, LOGO_SIDE, keep, smooth)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return base64.b64encode(buffer.data().data()).decode("ascii")
