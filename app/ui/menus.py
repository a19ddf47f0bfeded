"""The menu bar: the platform's own shortcuts, each action once."""

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from app.ui.appearance import Appearance
from app.ui.navigation import Place
from app.ui.theme import ThemeChoice

_THEMES = (
    (ThemeChoice.SYSTEM, "As this computer"),
    (ThemeChoice.LIGHT, "Light"),
    (ThemeChoice.DARK, "Dark"),
    (ThemeChoice.CONTRAST, "High contrast"),
)


class Menus:
    """The actions of the window; those that need a book are off while none is open."""

    def __init__(self, window: QMainWindow, looks: Appearance, places: tuple[Place, ...]) -> None:
        self._window = window
        self._looks = looks
        bar = window.menuBar()
        self._actions: list[QAction] = []
        self._book_actions: list[QAction] = []
        self._fill_file(bar.addMenu(window.tr("&File")))
        self._fill_edit(bar.addMenu(window.tr("&Edit")))
        self._fill_view(bar.addMenu(window.tr("&View")), places)
        self._fill_help(bar.addMenu(window.tr("&Help")))
        self.show_book(is_open=False)

    @property
    def actions(self) -> tuple[QAction, ...]:
        """Every action of the menus, in their order."""
        return tuple(self._actions)

    def show_book(self, *, is_open: bool) -> None:
        """Switch the actions that need a book."""
        for action in self._book_actions:
            action.setEnabled(is_open)

    def show_history(self, undo: str, redo: str) -> None:
        """Name what undo takes back and redo makes again."""
        tr = self._window.tr
        undo, redo = undo.replace("&", "&&"), redo.replace("&", "&&")  # a name's own is no key
        self.undo.setText(tr("&Undo: {change}").format(change=undo) if undo else tr("&Undo"))
        self.redo.setText(tr("&Redo: {change}").format(change=redo) if redo else tr("&Redo"))
        self.undo.setEnabled(bool(undo))
        self.redo.setEnabled(bool(redo))

    def show_theme(self) -> None:
        """Tick the theme in use."""
        for choice, action in self.themes.items():
            action.setChecked(choice is self._looks.choice)

    # --- one menu each -----------------------------------------------------------------------

    def _fill_file(self, menu: QMenu) -> None:
        tr = self._window.tr
        self.new = self._add(menu, tr("&New book…"), QKeySequence.StandardKey.New)
        self.open = self._add(menu, tr("&Open a book…"), QKeySequence.StandardKey.Open)
        self.restore = self._add(menu, tr("&Restore a backup…"))
        self.pretend = self._add(menu, tr("&Pretend group"))
        self.throw_away = self._add(menu, tr("&Throw the pretend group away…"), book=True)
        menu.addSeparator()
        self.bring_in = self._add(menu, tr("&Import…"), QKeySequence("Ctrl+I"), book=True)
        self.imports = self._add(menu, tr("I&mports…"), book=True)
        self._fill_export(menu)
        self.welfare = self._add(menu, tr("&Welfare notes…"), book=True)
        menu.addSeparator()
        self.lock = self._add(menu, tr("&Lock"), QKeySequence("Ctrl+L"), book=True)
        self.close = self._add(
            menu, tr("&Close the book"), QKeySequence.StandardKey.Close, book=True
        )
        self.quit = self._add(menu, tr("&Quit"), QKeySequence("Ctrl+Q"))
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)

    def _fill_export(self, file: QMenu) -> None:
        tr = self._window.tr
        menu = file.addMenu(tr("&Export"))
        self.exports = {
            "everything": self._add(menu, tr("&Everything as a spreadsheet…"), book=True),
            "grants": self._add(
                menu, tr("&Grants for the grants directory (360Giving)…"), book=True
            ),
            "activities": self._add(
                menu, tr("&Activities for service directories (Open Referral)…"), book=True
            ),
        }

    def _fill_edit(self, menu: QMenu) -> None:
        tr = self._window.tr
        self.undo = self._add(menu, tr("&Undo"), QKeySequence.StandardKey.Undo, book=True)
        self.redo = self._add(menu, tr("&Redo"), QKeySequence("Ctrl+Shift+Z"), book=True)
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        menu.addSeparator()
        self.search = self._add(menu, tr("&Search"), QKeySequence("Ctrl+K"), book=True)
        self.add_person = self._add(
            menu, tr("&Add a person…"), QKeySequence("Ctrl+Shift+P"), book=True
        )
        self.record_referral = self._add(
            menu, tr("Record a re&ferral…"), QKeySequence("Ctrl+Shift+R"), book=True
        )
        menu.addSeparator()
        self.settings = self._add(menu, tr("Se&ttings"), QKeySequence("Ctrl+,"), book=True)
        self.settings.setMenuRole(QAction.MenuRole.PreferencesRole)

    def _fill_view(self, menu: QMenu, places: tuple[Place, ...]) -> None:
        tr = self._window.tr
        self.pages: dict[str, QAction] = {}
        for number, place in enumerate((p for p in places if not p.below), start=1):
            action = self._add(menu, place.word, QKeySequence(f"Ctrl+{number}"), book=True)
            self.pages[place.key] = action
        menu.addSeparator()
        self.larger = self._add(menu, tr("&Larger text"), QKeySequence("Ctrl++"))
        self.larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self.smaller = self._add(menu, tr("&Smaller text"), QKeySequence("Ctrl+-"))
        self.ordinary = self._add(menu, tr("&Ordinary text size"), QKeySequence("Ctrl+0"))
        menu.addSeparator()
        themes = menu.addMenu(tr("&Colours"))
        group = QActionGroup(self._window)
        self.themes: dict[ThemeChoice, QAction] = {}
        for choice, word in _THEMES:
            action = self._add(themes, tr(word))
            action.setCheckable(True)
            action.setData(choice.value)
            group.addAction(action)
            self.themes[choice] = action
        self.show_theme()

    def _fill_help(self, menu: QMenu) -> None:
        tr = self._window.tr
        self.help = self._add(menu, tr("&This page"), QKeySequence.StandardKey.HelpContents)
        self.shortcuts = self._add(menu, tr("&Keys"))
        self.new_laptop = self._add(menu, tr("&Moving to a new laptop"))
        self.about = self._add(menu, tr("&About Hallbook"))
        self.about.setMenuRole(QAction.MenuRole.AboutRole)

    def _add(
        self,
        menu: QMenu,
        text: str,
        keys: QKeySequence | QKeySequence.StandardKey | None = None,
        *,
        book: bool = False,
    ) -> QAction:
        action = QAction(text, self._window)
        if keys is not None:
            action.setShortcut(keys)
        menu.addAction(action)
        self._actions.append(action)
        if book:
            self._book_actions.append(action)
        return action
