"""The returns there are, by what they are for."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from app.services.returns import TemplateInfo
from app.ui.appearance import Appearance
from app.ui.tables.rows_model import AnyIndex
from app.ui.widgets.words import tip

_INFO = Qt.ItemDataRole.UserRole


class TemplateList(QListView):
    """Choose a return; the headings between them are their purposes."""

    chosen = Signal(object)
    """A TemplateInfo."""

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self.setAccessibleName(self.tr("Returns"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows = QStandardItemModel(self)
        self.setModel(self._rows)
        looks.changed.connect(self._on_looks_changed)

    def show_templates(self, templates: tuple[TemplateInfo, ...]) -> None:
        """Show the returns under their purposes."""
        self._rows.clear()
        purpose = ""
        for info in templates:
            if info.purpose != purpose:
                purpose = info.purpose
                heading = QStandardItem(purpose)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                self._rows.appendRow(heading)
            item = QStandardItem(info.title)
            item.setData(info, _INFO)
            item.setToolTip(tip(info.for_whom))
            item.setData(f"{info.title}. {info.for_whom}", Qt.ItemDataRole.AccessibleTextRole)
            self._rows.appendRow(item)
        self._on_looks_changed()

    def _on_looks_changed(self) -> None:
        """Write the headings as small as they are meant to be."""
        for place in range(self._rows.rowCount()):
            row = self._rows.item(place)
            if row.data(_INFO) is None:
                row.setFont(self._looks.font(13, QFont.Weight.DemiBold))

    @property
    def template(self) -> TemplateInfo | None:
        """The return chosen."""
        info = self.currentIndex().data(_INFO)
        return info if isinstance(info, TemplateInfo) else None

    def choose(self, template_id: str) -> None:
        """Choose a return by its id; the first one when there is none of that id."""
        indexes = [self._rows.index(row, 0) for row in range(self._rows.rowCount())]
        offered = [index for index in indexes if index.data(_INFO) is not None]
        same = [index for index in offered if index.data(_INFO).id == template_id]
        for index in (same or offered)[:1]:
            self.setCurrentIndex(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the one chosen in sight."""
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Tell which return is chosen."""
        super().currentChanged(current, previous)
        if self.template is not None:
            self.chosen.emit(self.template)
