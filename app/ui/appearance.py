"""How everything looks now: theme and text size, applied to the whole program at once."""

from PySide6.QtCore import QObject, QSettings, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QStyleFactory

from app.ui import fonts, icons
from app.ui.dressing import LaterDressing
from app.ui.stylesheet import stylesheet
from app.ui.theme import CONTRAST, DARK, LIGHT, Theme, ThemeChoice

BASE_PIXELS = 11 * 96 / 72
"""11 pt; counted in pixels so that it is the same size where a screen claims 72 dots an inch."""
TEXT_SIZES = (90, 100, 110, 125, 150, 175, 200)
"""The text sizes offered, in hundredths."""
_KEY_THEME = "appearance/theme"
_KEY_SIZE = "appearance/text_size"


class Appearance(QObject):
    """Theme and text size of one program; widgets ask it for colours, lengths and icons."""

    changed = Signal()

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._families: tuple[str, ...] = ()
        self._choice = _choice(str(settings.value(_KEY_THEME, "system")))
        self._size = _size(str(settings.value(_KEY_SIZE, "100")))
        self._theme = LIGHT
        self.later = LaterDressing(self)

    # --- what is so now ----------------------------------------------------------------------

    @property
    def theme(self) -> Theme:
        """The colours in use."""
        return self._theme

    @property
    def choice(self) -> ThemeChoice:
        """What the user asked for."""
        return self._choice

    @property
    def text_size(self) -> int:
        """The text size in hundredths."""
        return self._size

    def px(self, length: float) -> int:
        """Return a length drawn for 100 % at the text size in use."""
        return round(length * self._size / 100)

    def gap(self, length: float) -> int:
        """Return an empty space drawn for 100 %: it grows half as fast, as words need the room."""
        return round(length * (100 + self._size) / 200)

    def colour(self, name: str) -> QColor:
        """Return a colour of the theme by its name."""
        return QColor(getattr(self._theme, name))

    def icon(self, name: str, colour: str = "ink", size: int = 20, gap: int = 0) -> QIcon:
        """Return an icon in a colour of the theme, grown with the text."""
        return icons.icon(name, getattr(self._theme, colour), self.px(size), self.px(gap))

    def pixmap(
        self, name: str, colour: str = "ink", size: int = 20, density: float = 1.0
    ) -> QPixmap:
        """Return an icon as a picture."""
        return icons.pixmap(name, getattr(self._theme, colour), self.px(size), density)

    def font(self, size: float = BASE_PIXELS, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Return the face of the screen, ``size`` pixels high at 100 %."""
        font = QFont(list(self._families)) if self._families else QFont()
        font.setPixelSize(self.px(size))
        font.setWeight(weight)
        return font

    # --- changing it -------------------------------------------------------------------------

    def start(self) -> None:
        """Load the faces, dress the program and follow the system from now on."""
        self._families = fonts.load()
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._on_system_changed)
        style = QStyleFactory.create("Fusion")
        QApplication.setStyle(style)
        self._dress()

    def set_theme(self, choice: ThemeChoice) -> None:
        """Use a theme from now on, or follow the system again."""
        self._choice = choice
        self._settings.setValue(_KEY_THEME, choice.value)
        self._dress()

    def set_text_size(self, size: int) -> None:
        """Use a text size, 90 to 200; letters, rows and buttons move together."""
        self._size = min(max(size, TEXT_SIZES[0]), TEXT_SIZES[-1])
        self._settings.setValue(_KEY_SIZE, self._size)
        self._dress()

    def step_text_size(self, step: int) -> None:
        """Go to the next larger (1) or smaller (-1) text size."""
        nearest = min(TEXT_SIZES, key=lambda size: abs(size - self._size))
        place = TEXT_SIZES.index(nearest) + step
        self.set_text_size(TEXT_SIZES[min(max(place, 0), len(TEXT_SIZES) - 1)])

    @Slot()
    def _on_system_changed(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._dress()

    def _dress(self) -> None:
        self._theme = _theme_for(self._choice)
        application = QApplication.instance()
        with self.later.undressed():
            if isinstance(application, QApplication):
                # Undressed first: Qt changes a sheet for another widget by widget, each with all
                # that is inside it, and takes four times as long as for no sheet and then a new one.
                application.setStyleSheet("")
            QApplication.setFont(self.font())
            QApplication.setPalette(_palette(self._theme))
            if isinstance(application, QApplication):
                application.setStyleSheet(stylesheet(self._theme, self._size))
        self.changed.emit()


def _choice(stored: str) -> ThemeChoice:
    return ThemeChoice(stored) if stored in list(ThemeChoice) else ThemeChoice.SYSTEM


def _size(stored: str) -> int:
    return min(max(int(stored), TEXT_SIZES[0]), TEXT_SIZES[-1]) if stored.isdecimal() else 100


def _theme_for(choice: ThemeChoice) -> Theme:
    named = {ThemeChoice.LIGHT: LIGHT, ThemeChoice.DARK: DARK, ThemeChoice.CONTRAST: CONTRAST}
    if choice in named:
        return named[choice]
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
        return CONTRAST
    return DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, theme.paper),
        (roles.WindowText, theme.ink),
        (roles.Base, theme.card),
        (roles.AlternateBase, theme.hover),
        (roles.Text, theme.ink),
        (roles.PlaceholderText, theme.muted),
        (roles.Button, theme.card),
        (roles.ButtonText, theme.ink),
        (roles.BrightText, theme.overdue),
        (roles.ToolTipBase, theme.card),
        (roles.ToolTipText, theme.ink),
        (roles.Highlight, theme.accent),
        (roles.HighlightedText, theme.on_accent),
        (roles.Accent, theme.accent),
        (roles.Link, theme.accent),
        (roles.LinkVisited, theme.accent),
        (roles.Mid, theme.line),
        (roles.Dark, theme.edge),
    ):
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.muted))
    return palette
