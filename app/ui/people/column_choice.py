"""Which columns the list of people has, and by which it is in order; remembered."""

from PySide6.QtCore import QSettings, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QWidget

from app import paths
from app.ui.appearance import Appearance
from app.ui.people.people_model import DEFAULT_COLUMNS, KINDS, order_of
from app.ui.widgets.menu_button import MenuButton

_KEY_COLUMNS = "people/columns"
_KEY_ORDER = "people/order"


class ColumnChoice(MenuButton):
    """A button with a menu: check marks for columns, and what to order by."""

    columns_changed = Signal()
    order_changed = Signal()

    def __init__(self, looks: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(looks, "Columns", icon="columns", parent=parent)
        self._stored = QSettings(str(paths.settings_file()), QSettings.Format.IniFormat, self)
        stored = str(self._stored.value(_KEY_COLUMNS, ""))
        self.own_choice = bool(stored)
        chosen = stored.removeprefix("=").split(",") if stored else DEFAULT_COLUMNS
        self.chosen = tuple(key for key in KINDS if key in chosen)
        order, _, way = str(self._stored.value(_KEY_ORDER, "name")).partition(" ")
        self.order = order if order_of(order) is not None else "name"
        self.down = way == "down"
        self._columns: dict[str, QAction] = {}
        self._orders: dict[str, QAction] = {}
        self._fill()

    def _fill(self) -> None:
        menu = self.own_menu
        for key, kind in KINDS.items():
            action = QAction(self.tr(kind.title), menu)
            action.setCheckable(True)
            action.setChecked(key in self.chosen)
            action.triggered.connect(self._on_column)
            menu.addAction(action)
            self._columns[key] = action
        menu.addSeparator()
        orders = menu.addMenu(self.tr("In order of"))
        group = QActionGroup(orders)
        for key in ("name", *(key for key in KINDS if order_of(key) is not None)):
            title = KINDS[key].title if key in KINDS else "Name"
            action = QAction(self.tr(title), orders)
            action.setCheckable(True)
            action.triggered.connect(self._on_order)
            group.addAction(action)
            orders.addAction(action)
            self._orders[key] = action
        orders.addSeparator()
        self._down = QAction(self.tr("The other way round"), orders)
        self._down.setCheckable(True)
        self._down.triggered.connect(self._on_down)
        orders.addAction(self._down)
        self.usual = QAction(self.tr("As it was at first"), menu)
        self.usual.triggered.connect(self._on_usual)
        menu.addSeparator()
        menu.addAction(self.usual)
        self._show_order()

    def order_by(self, key: str, *, down: bool | None = None) -> None:
        """Order by a column; pressed again, the other way round."""
        if order_of(key) is None:
            return
        if down is None:
            down = not self.down if key == self.order else key in {"last_came", "times", "joined"}
        self.order, self.down = key, down
        self._stored.setValue(_KEY_ORDER, f"{key} down" if down else key)
        self._show_order()
        self.order_changed.emit()

    def _show_order(self) -> None:
        self._orders[self.order].setChecked(True)
        self._down.setChecked(self.down)

    def _keep(self) -> None:
        self.chosen = tuple(key for key, action in self._columns.items() if action.isChecked())
        if self.own_choice:
            self._stored.setValue(_KEY_COLUMNS, f"={','.join(self.chosen)}")
        else:
            self._stored.remove(_KEY_COLUMNS)
        self.columns_changed.emit()

    def _on_column(self) -> None:
        self.own_choice = True
        self._keep()

    def _on_usual(self) -> None:
        self.own_choice = False
        for key, action in self._columns.items():
            action.setChecked(key in DEFAULT_COLUMNS)
        self._keep()
        self.order_by("name", down=False)

    def _on_order(self) -> None:
        for key, action in self._orders.items():
            if action is self.sender():
                self.order_by(key, down=self.down)

    def _on_down(self) -> None:
        self.order_by(self.order, down=self._down.isChecked())
