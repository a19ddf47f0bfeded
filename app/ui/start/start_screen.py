"""The start screen: open the last book, another, a new one, or a pretend one."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui.appearance import Appearance
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import Card, NoticeBar
from app.ui.widgets.page import scrolling
from app.ui.widgets.words import words


class StartScreen(QWidget):
    """What one sees with no book open."""

    last_wanted = Signal()
    open_wanted = Signal()
    new_wanted = Signal()
    pretend_wanted = Signal()

    def __init__(self, looks: Appearance, last: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._looks = looks
        self.notice = NoticeBar(looks)
        self._picture = QLabel()
        title = words("Hallbook")
        title.setObjectName("pageTitle")
        text = words(
            self.tr(
                "The clipboard, the cash tin and the grant form in one book, kept on this computer "
                "and nowhere else."
            ),
            "aside",
            wrap=True,
        )
        self.card = Card(looks)
        self._add_ways(last)
        body = QWidget()
        column = QVBoxLayout(body)
        column.addStretch(1)
        for widget in (self._picture, title, text, self.notice, self.card):
            column.addWidget(widget)
        column.addStretch(2)
        body.setMaximumWidth(looks.px(620))
        self._body = body
        self._column = column
        holder = QWidget()
        outer = QVBoxLayout(holder)
        outer.addWidget(body, 1, Qt.AlignmentFlag.AlignHCenter)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(holder))
        looks.changed.connect(self._on_looks_changed)
        self._on_looks_changed()

    def _add_ways(self, last: Path | None) -> None:
        self.buttons: list[ActionButton] = []
        if last is not None:
            self._add_way(
                self.tr("Open {name}").format(name=last.stem), "book-open",
                self.tr("The book you used last, in {folder}").format(folder=last.parent),
                self._on_last, primary=True,
            )  # fmt: skip
        self._add_way(
            self.tr("Open a book…"), "folder-open", self.tr("A .hallbook file on this computer or a stick"),
            self._on_open, primary=last is None,
        )  # fmt: skip
        self._add_way(
            self.tr("Start a new book…"),
            "plus",
            self.tr("For a group that has none yet"),
            self._on_new,
        )
        self._add_way(
            self.tr("Try it with a pretend group…"), "users",
            self.tr("Everybody in it is made up; nothing can be spoilt"), self._on_pretend,
        )  # fmt: skip

    def _add_way(
        self, text: str, icon: str, about: str, slot: object, *, primary: bool = False
    ) -> None:
        button = ActionButton(self._looks, text, icon=icon, primary=primary)
        button.setAccessibleDescription(about)
        button.clicked.connect(slot)
        self.buttons.append(button)
        self.card.body.addWidget(button)
        self.card.body.addWidget(words(about, "small", wrap=True))

    def take_keyboard(self) -> None:
        """Begin with the first way."""
        self.buttons[0].setFocus()

    def _on_last(self) -> None:
        self.last_wanted.emit()

    def _on_open(self) -> None:
        self.open_wanted.emit()

    def _on_new(self) -> None:
        self.new_wanted.emit()

    def _on_pretend(self) -> None:
        self.pretend_wanted.emit()

    def _on_looks_changed(self) -> None:
        px = self._looks.px
        self._picture.setPixmap(
            self._looks.pixmap("book-open", "accent", 48, self.devicePixelRatioF())
        )
        self._column.setSpacing(px(12))
        self._body.setMinimumWidth(min(px(520), 900))
        self._body.setMaximumWidth(px(620))
