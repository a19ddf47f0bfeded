"""What pages ask of the window about safekeeping: they open no book and close none."""

from PySide6.QtCore import QObject, QSettings, Signal

LOCK_AFTER = (5, 10, 15, 30, 0)
"""Minutes without a key or a movement; 0 for never."""
_USUAL = 10


class Wishes(QObject):
    """Pages emit; the window carries out. The minutes until the lock are kept on this computer."""

    password = Signal(str)
    """Set, change or remove the password: "set", "change", "remove"."""
    sheet = Signal()
    """Make a recovery sheet."""
    restore = Signal()
    move = Signal()
    """Move the open book into a folder of one's own."""
    lock_changed = Signal()

    def __init__(self, stored: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stored = stored

    def lock_after(self, book: str) -> int:
        """Return after how many idle minutes a book is locked; 0 for never."""
        kept = str(self._stored.value(f"lock/{book}", _USUAL))
        return int(kept) if kept in {str(one) for one in LOCK_AFTER} else _USUAL

    def choose_lock_after(self, book: str, minutes: int) -> None:
        """Keep after how many idle minutes a book is locked."""
        self._stored.setValue(f"lock/{book}", minutes)
        self.lock_changed.emit()
