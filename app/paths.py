"""Say where this computer keeps Hallbook's settings, logs, backups and list of recent books.

Nothing here touches the disk but `make_private`. The environment variable HALLBOOK_HOME puts all
of it under one folder: for a memory stick that carries its own settings, and for the tests.
"""

import os
from pathlib import Path

from platformdirs import PlatformDirs

HOME_VARIABLE = "HALLBOOK_HOME"
_DIRS = PlatformDirs("Hallbook", appauthor=False)


def settings_file() -> Path:
    """Return the file of window sizes, theme and text size; never anything about people."""
    return _settings_folder() / "settings.ini"


def recent_file() -> Path:
    """Return the file that lists the books opened last."""
    return _settings_folder() / "recent.toml"


def copies_file() -> Path:
    """Return the file that says when each book's last good copies were made, and where they go."""
    return _settings_folder() / "copies.toml"


def guesses_file() -> Path:
    """Return the file that counts wrong passwords, by a hash of each book's path."""
    return _settings_folder() / "guesses.toml"


def log_folder() -> Path:
    """Return the folder of the program's own log."""
    home = _home()
    return home / "logs" if home else _DIRS.user_log_path


def backup_folder() -> Path:
    """Return the folder for dated copies of books, where the user has not chosen another."""
    home = _home()
    return home / "backups" if home else _DIRS.user_data_path / "backups"


def mappings_folder() -> Path:
    """Return the folder of what was said about spreadsheets' columns, kept to be used again."""
    home = _home()
    return home / "mappings" if home else _DIRS.user_data_path / "mappings"


def make_private(folder: Path) -> Path:
    """Make `folder` if it is not there, open to its owner alone, and return it.

    Raises OSError if the disk is full or the place may not be written to.
    """
    # The permission bits say nothing on Windows, where a user's folders are private already.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _settings_folder() -> Path:
    return _home() or _DIRS.user_config_path


def _home() -> Path | None:
    chosen = os.environ.get(HOME_VARIABLE)
    return Path(chosen).expanduser().absolute() if chosen else None
