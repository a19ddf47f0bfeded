"""The register's own settings: read and change."""

from dataclasses import replace

from app.domain.changes import Topic
from app.domain.names import clean
from app.domain.settings import Settings, validate_settings
from app.services.result import Done, Refused
from app.storage import settings
from app.storage.register import Register


def read(register: Register) -> Settings:
    """Return the group's settings."""
    return settings.read(register)


def tidy(settings: Settings) -> Settings:
    """Return settings with clean texts."""
    return replace(
        settings,
        group_name=clean(settings.group_name),
        tagline=clean(settings.tagline),
        contact=clean(settings.contact),
    )


def save(register: Register, changed: Settings) -> Done | Refused:
    """Keep changed settings."""
    changed = tidy(changed)
    problems = validate_settings(changed)
    if problems:
        return Refused(problems=problems)
    topics = frozenset({Topic.SETTINGS})
    with register.transaction("settings.save", text="change settings", topics=topics):
        settings.write(register, changed)
    return Done(changes=topics, text="change settings")
