"""The register's own settings: read and change."""

from app.domain.changes import Topic
from app.domain.problems import Problem
from app.domain.settings import Settings
from app.services.result import Done, Refused
from app.storage import settings
from app.storage.register import Register


def read(register: Register) -> Settings:
    """Return the group's settings."""
    return settings.read(register)


def save(register: Register, changed: Settings) -> Done | Refused:
    """Keep changed settings."""
    if not changed.group_name.strip():
        return Refused(problems=(Problem(code="group_name_needed", field="group_name"),))
    topics = frozenset({Topic.SETTINGS})
    with register.transaction("settings.save", text="change settings", topics=topics):
        settings.write(register, changed)
    return Done(changes=topics, text="change settings")
