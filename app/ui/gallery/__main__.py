"""Write the gallery as pictures: three themes, at 100 % and at 200 % text."""

import sys
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from app.ui.appearance import Appearance
from app.ui.gallery.sheets import draw_sheet
from app.ui.theme import ThemeChoice


def main(folder: Path) -> None:
    """Draw every sheet into a folder."""
    application = QApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    stored = QSettings(str(folder / "gallery.ini"), QSettings.Format.IniFormat)
    looks = Appearance(stored, application)
    looks.start()
    for theme in (ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.CONTRAST):
        for size in (100, 200):
            looks.set_theme(theme)
            looks.set_text_size(size)
            path = folder / f"{theme.value}-{size}.png"
            draw_sheet(looks).save(str(path))
            print(path)  # noqa: T201 - whoever drew them wants to know where they are


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "gallery"))
