"""Where books are kept unless somebody says otherwise."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from app.ui.bookshelf import SUFFIX

PRETEND = f"Pretend group{SUFFIX}"


def books_folder() -> Path:
    """Return the user's documents, or the home folder where there are none."""
    kind = QStandardPaths.StandardLocation.DocumentsLocation
    documents = Path(QStandardPaths.writableLocation(kind) or Path.home())
    return documents if documents.is_dir() else Path.home()


def pretend_path() -> Path:
    """Return where the pretend group is kept."""
    return books_folder() / PRETEND
