"""Whether a part of Home still shows what is so: nothing it is read from changed, and no day began."""

import datetime as dt
from collections.abc import Collection

from app.domain.changes import ALL_TOPICS, Topic

OF_REGISTER = frozenset({Topic.PEOPLE, Topic.ACTIVITIES, Topic.SESSIONS, Topic.ATTENDANCE})
"""Who came to what: most of Home follows from it."""


class Kept:
    """What a part was read from, and the day on which it was read."""

    def __init__(self, topics: Collection[Topic] = ALL_TOPICS) -> None:
        """``topics``: what it is read from; without any, it may be anything."""
        self._topics = frozenset(topics)
        self._reading: dt.date | None = None
        self._read: dt.date | None = None

    def touch(self, topics: Collection[Topic] = ALL_TOPICS) -> None:
        """Forget it if it is read from any of these; what is just being read is not so either."""
        if not self._topics.isdisjoint(topics):
            self._reading = self._read = None

    def holds(self, today: dt.date) -> bool:
        """Return whether it need not be read again."""
        return self._read == today

    def begin(self, today: dt.date) -> None:
        """Note that it is being read."""
        self._reading, self._read = today, None

    def end(self) -> None:
        """Note that it was read, and is shown."""
        self._read = self._reading
