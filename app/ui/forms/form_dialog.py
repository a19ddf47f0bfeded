"""A dialog with fields: edits a draft, shows what is to correct, and never blocks."""

from abc import abstractmethod

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.ui.appearance import Appearance
from app.ui.forms.field import Field
from app.ui.widgets.buttons import ActionButton
from app.ui.widgets.cards import NoticeBar
from app.ui.widgets.page import scrolling
from app.ui.widgets.tab_order import tab_as_read
from app.ui.widgets.words import words


class FormDialog(QDialog):
    """Fields one under the other, Save and Cancel; subclasses add fields and try to save."""

    def __init__(
        self, looks: Appearance, title: str, save: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.looks = looks
        self.fields: dict[str, Field] = {}
        self._standing = ""
        """What the form says from the beginning: it stays while something is to correct."""
        heading = words(title, "heading")
        self.notice = NoticeBar(looks)
        body = QWidget()
        self.form = QVBoxLayout(body)
        self._area: QScrollArea = scrolling(body)
        self.save_button = ActionButton(looks, save, icon="check", primary=True)
        self.cancel_button = ActionButton(looks, self.tr("Cancel"))
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self._on_save)
        self.cancel_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.addWidget(heading)
        column.addWidget(self.notice)
        column.addWidget(self._area, 1)
        column.addLayout(buttons)
        px = looks.px
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(12))
        self.form.setContentsMargins(0, 0, px(8), 0)
        self.form.setSpacing(px(12))

    def add_field(
        self, key: str, label: str, editor: QWidget, *, hint: str = "", into: object = None
    ) -> Field:
        """Put a field at the foot of the form, or into a row made by ``add_row``."""
        field = Field(label, editor, hint=hint)
        self.fields[key] = field
        place = into if isinstance(into, QHBoxLayout) else self.form
        # At the top: a problem said under one field of a row must not push the others down.
        place.addWidget(field, 1 if place is not self.form else 0, Qt.AlignmentFlag.AlignTop)
        return field

    def add_row(self) -> QHBoxLayout:
        """Begin a row in which fields stand beside one another."""
        row = QHBoxLayout()
        row.setSpacing(self.looks.px(12))
        self.form.addLayout(row)
        return row

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say each problem beside its field, the rest above, and go to the first."""
        by_field: dict[str, str] = {}
        for problem in problems:
            by_field.setdefault(problem.field, problem.text)
        for key, field in self.fields.items():
            field.show_problem(by_field.get(key, ""))
        elsewhere = [text for key, text in by_field.items() if key not in self.fields]
        if self.notice.tone == "plain":
            self._standing = self.notice.text
        if elsewhere:
            self.notice.tell(" ".join(elsewhere), tone="overdue")
        else:
            self.notice.tell(self._standing, tone="plain")
        first = next((f for key, f in self.fields.items() if key in by_field), None)
        if first is not None:
            first.editor.setFocus()
            self._area.ensureWidgetVisible(first)
            QTimer.singleShot(0, self, self._make_room)  # once the words have their lines

    def _make_room(self) -> None:
        """Grow by what does not fit, as far as the screen allows: what is to correct is seen whole."""
        over = self._area.verticalScrollBar().maximum()
        room = self.screen().availableGeometry()
        height = min(self.height() + over, max(self.height(), room.height() - 60))
        if height > self.height():
            self.resize(self.width(), height)
            below = self.frameGeometry().bottom() - room.bottom()
            if below > 0:
                self.move(self.x(), self.y() - below)

    def showEvent(self, event: QShowEvent) -> None:
        """Open as large as the form wants and the screen allows."""
        super().showEvent(event)
        tab_as_read(self)
        if self.fields:
            next(iter(self.fields.values())).editor.setFocus()
        self.form.addStretch(1)  # what is over goes under the fields, not between them
        room = self.screen().availableGeometry()
        width = min(self.looks.px(560), room.width() - 40)
        told = self.notice.heightForWidth(width) if self.notice.isVisible() else 0
        wanted = self.form.sizeHint().height() + told + self.looks.px(160)
        self.resize(width, min(wanted, room.height() - 60))

    def event(self, event: QEvent) -> bool:
        """Put what came into the form later in its place for Tab too."""
        if event.type() == QEvent.Type.LayoutRequest:
            tab_as_read(self)
        return super().event(event)

    @abstractmethod
    def try_to_save(self) -> bool:
        """Carry the change out; False when something is to correct."""

    def _on_save(self) -> None:
        if self.try_to_save():
            self.accept()
