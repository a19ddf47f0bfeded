"""What changed, told to every page at once; each decides by itself whether to look again."""

from PySide6.QtCore import QObject, Signal

from app.domain.changes import Topic


class RegisterEvents(QObject):
    """Announce changes of the register by topic, with the one who began them."""

    changed = Signal(object, object)
    """The topics (a frozenset of Topic) and the origin: the QObject that asked, or None."""

    saved = Signal()
    """Something was written to the file just now."""

    lasting = Signal(object, str)
    """A change of many rows was begun: its Slices, and what is being done."""

    saving = Signal()
    """Something is about to be written: whoever reads the file at length gives way."""

    def announce(self, topics: frozenset[Topic], origin: QObject | None = None) -> None:
        """Say that things of these topics were changed and saved."""
        self.saved.emit()
        self.changed.emit(topics, origin)
