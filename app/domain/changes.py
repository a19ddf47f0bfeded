"""Topics: which kinds of thing a use case changed."""

from enum import StrEnum


class Topic(StrEnum):
    """A kind of thing that can change; views refresh by it."""

    PEOPLE = "people"
    ACTIVITIES = "activities"
    SESSIONS = "sessions"
    ATTENDANCE = "attendance"
    VOLUNTEERS = "volunteers"
    SETTINGS = "settings"
    IMPORTS = "imports"
    REFERRALS = "referrals"
    PLACES = "places"
    OUTCOMES = "outcomes"
    STORIES = "stories"
    MONEY = "money"
    GRANTS = "grants"
    RETURNS = "returns"
    RIGHTS = "rights"


ALL_TOPICS = frozenset(Topic)
"""Everything: after an import, an undo or a restore."""
