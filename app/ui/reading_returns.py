"""What belongs to returns is large to read: the worker does it first, so that no page waits for it."""

import sys
from collections.abc import Callable
from importlib import import_module

from app.ui.jobs import Job, JobContext, JobRunner

_SERVICES = ("app.services.returns.due", "app.services.returns.offers")


def when_read(jobs: JobRunner, then: Callable[[], None]) -> Job | None:
    """Go on at once where everything is in memory; else when the job that is returned is done."""
    if all(name in sys.modules for name in _SERVICES):
        then()
        return None
    job = jobs.start(_read, background=True)
    job.done.connect(lambda _none: then())
    return job


def _read(_context: JobContext) -> None:
    for name in _SERVICES:
        import_module(name)
